//! Until when it is sure what was done: where `was` begins, with words and without.

use super::Desk;
use crate::domain::{Ledger, Lived};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report::words;

/// Reads what tells it.
pub fn read(desk: &Desk) -> Result<Ledger, Failure> {
    Ok(desk.read(&Reach { days: desk.around(&[]), now_too: true, back_until: None })?.ledger)
}

/// Returns until when it is sure what was done: until the start of what runs, the end of the last block
/// of today, or when work begins.
pub fn until(desk: &Desk, ledger: &Ledger) -> Result<Lived, Failure> {
    let (now, today) = (desk.here().now(), desk.today());
    if let Some(running) = ledger.running() {
        return Ok(running.start);
    }
    match ledger.logged_until().filter(|until| desk.calendar.day_at_home(until.to_utc()) == today) {
        Some(until) if until < now => Ok(until),
        Some(_) => Err(Failure::refused(format!("all time until now, {}, is logged", words::clock(now)))
            .hint("tiltmeter day shows it")),
        None => {
            let begins = desk.calendar.home().first(today.and_time(desk.config.habits.work_begins));
            Some(begins).filter(|begins| *begins < now).ok_or_else(|| {
                let begins = words::clock(begins);
                let message =
                    format!("nothing is logged today, and work begins at {begins}, so it is not known when this began");
                Failure::refused(message).hint("say when: tiltmeter was ACTIVITY --at 7:30")
            })
        }
    }
}
