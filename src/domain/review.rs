//! A week looked at again: as it was, as it would be with some of it lifted off the beam,
//! and beside the weeks before it.

use chrono::TimeDelta;

use super::balance::{Habits, WeekBalance};
use super::block::Lived;
use super::calendar::{Calendar, Week};
use super::days::Days;
use super::lift::Lifts;
use super::ratio::{Share, Tally};

/// So many weeks before a week are set beside it.
pub const WEEKS_BEFORE: i64 = 4;

/// A week, looked at again.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// As it was.
    pub was: WeekBalance<'a>,
    /// As it would be; where nothing is lifted, as it was.
    pub tipped: WeekBalance<'a>,
    /// What is lifted off the beam.
    pub lifts: Lifts,
    /// What came before it, where that was read.
    pub before: Option<Before>,
}

impl<'a> Review<'a> {
    /// Reviews `week`, with these things lifted.
    pub fn of(
        days: &Days<'a>,
        week: Week,
        (calendar, habits): (&Calendar, &Habits),
        now: Lived,
        lifts: &Lifts,
    ) -> Self {
        let balance = |days: &Days<'a>| WeekBalance::of(days, week, calendar, habits, now);
        let was = balance(days);
        let tipped = if lifts.is_empty() { was.clone() } else { balance(&days.of_week(week).lifted(lifts)) };
        Self { was, tipped, lifts: lifts.clone(), before: None }
    }

    /// Returns it with what came before it set beside it.
    #[must_use]
    pub fn with_before(self, before: Option<Before>) -> Self {
        Self { before, ..self }
    }
}

/// What the weeks before a week came to: [`WEEKS_BEFORE`] of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Before {
    /// What was logged, by kind.
    pub tally: Tally,
    /// In how many of the weeks anything was.
    pub weeks: usize,
}

impl Before {
    /// Sums up the weeks before `week`; `None` where nothing was logged in them.
    pub fn of(days: &Days<'_>, week: Week) -> Option<Self> {
        let weeks = (1..=WEEKS_BEFORE).map(|back| week.plus(-back));
        let tallies = weeks.map(|week| week.days().map(|day| days.tally(day)).sum::<Tally>());
        let tallies: Vec<Tally> = tallies.filter(|tally| tally.logged() > TimeDelta::zero()).collect();
        let weeks = tallies.len();
        (weeks > 0).then(|| Self { tally: tallies.into_iter().sum(), weeks })
    }

    /// Returns the share of their summed time.
    pub fn share(&self, habits: &Habits) -> Option<Share> {
        self.tally.share(habits.lens)
    }
}
