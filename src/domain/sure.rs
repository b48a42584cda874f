//! Until when it is sure what was done: where a catch-up begins.

use super::balance::Habits;
use super::block::Lived;
use super::calendar::Calendar;
use super::ledger::Ledger;

/// Until when it is sure what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// Until then: the start of what runs, the end of the last block of today, or when work
    /// begins.
    Until(Lived),
    /// All time until now is logged.
    AllLogged,
    /// Nothing is logged today, and work begins then, which is still to come.
    WorkBegins(Lived),
}

impl Sure {
    /// Returns what a ledger tells of it.
    pub fn of(ledger: &Ledger, calendar: &Calendar, habits: &Habits) -> Self {
        let now = calendar.home().at(ledger.now());
        let today = calendar.day_at_home(ledger.now());
        if let Some(running) = ledger.running() {
            return Self::Until(running.start);
        }
        match ledger.logged_until().filter(|until| calendar.day_at_home(until.to_utc()) == today) {
            Some(until) if until < now => Self::Until(until),
            Some(_) => Self::AllLogged,
            None => {
                let begins = calendar.home().first(today.and_time(habits.work_begins));
                if begins < now { Self::Until(begins) } else { Self::WorkBegins(begins) }
            }
        }
    }
}
