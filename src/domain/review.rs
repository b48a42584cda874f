//! A week looked at again: as it was, as it would be with some of it lifted off the beam,
//! and beside the weeks before it.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use super::balance::{Habits, WeekBalance};
use super::block::Lived;
use super::calendar::{Calendar, Week};
use super::days::Days;
use super::kept::Spark;
use super::lift::Lifts;
use super::ratio::{Share, Tally};
use super::trend::gaps::LOOKED_BACK;
use super::trend::{RecurringGap, recurring_gaps};

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
    /// Where something small may fit into the week after it.
    pub opening: Option<Opening>,
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
        Self { was, tipped, lifts: lifts.clone(), before: None, opening: None }
    }

    /// Returns it with what the weeks around it say set beside it. `sparks` are those that are
    /// still to be made, the oldest first.
    #[must_use]
    pub fn beside(self, beside: &Beside, sparks: &[Spark]) -> Self {
        let opening = Opening::of(&beside.gaps, sparks, self.was.week.plus(1));
        Self { before: beside.before, opening, ..self }
    }
}

/// What the weeks around a week say of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// What came before it.
    pub before: Option<Before>,
    /// The gaps that recur, as of today; none where the week is another than today's, for what
    /// follows that is past or far.
    pub gaps: Vec<RecurringGap>,
}

impl Beside {
    /// Returns the first day that is needed to tell.
    pub fn since(week: Week, today: NaiveDate) -> NaiveDate {
        let weeks = if week.range().contains(&today) { i64::from(LOOKED_BACK) } else { WEEKS_BEFORE };
        week.plus(-weeks.max(WEEKS_BEFORE)).first()
    }

    /// Reads it off days that reach back to [`Beside::since`].
    pub fn of(days: &Days<'_>, week: Week, habits: &Habits, today: NaiveDate) -> Self {
        let is_this = week.range().contains(&today);
        let gaps = if is_this { recurring_gaps(days, habits, today) } else { Vec::new() };
        Self { before: Before::of(days, week), gaps }
    }
}

/// A gap that recurs, on its day of a week to come, and a spark that fits into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The day.
    pub day: NaiveDate,
    /// The gap.
    pub gap: RecurringGap,
    /// What may be made in it: of the sparks that fit, the oldest.
    pub spark: Option<Spark>,
}

impl Opening {
    /// Returns the longest gap of `week`, of those as long the first, and what fits into it.
    fn of(gaps: &[RecurringGap], sparks: &[Spark], week: Week) -> Option<Self> {
        let gap = gaps.iter().reduce(|most, gap| if gap.length() > most.length() { gap } else { most })?;
        let day = week.days().find(|day| day.weekday() == gap.weekday)?;
        let spark = sparks.iter().find(|spark| spark.is_open() && spark.length <= gap.length()).cloned();
        Some(Self { day, gap: *gap, spark })
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
