//! A week looked at again: as it was, as it would be with some of it lifted off the beam,
//! and beside the weeks before it.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use super::balance::{Habits, WeekBalance};
use super::block::Lived;
use super::calendar::{Calendar, Week};
use super::days::Days;
use super::kept::Spark;
use super::lift::{Lift, Lifts, Subject};
use super::ratio::{Share, Tally};
use super::trend::gaps::LOOKED_BACK;
use super::trend::{RecurringGap, recurring_gaps};
use crate::text::Text;

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

    /// Returns how this is lifted: itself, or, of an activity, every block of it by a tag.
    pub fn lift_of(&self, subject: &Subject) -> Option<Lift> {
        let by_tags = |name: &Text| {
            let slices = self.was.days.iter().flat_map(|day| &day.slices);
            let mut ways = slices.filter(|slice| slice.block.activity == *name).map(|slice| self.lifts.on(slice.block));
            let first = ways.next().flatten()?;
            ways.all(|way| way == Some(first)).then_some(first)
        };
        match subject {
            _ if self.lifts.is_empty() => None,
            Subject::Activity(name) => self.lifts.of(subject).or_else(|| by_tags(name)),
            Subject::Tag(_) => self.lifts.of(subject),
        }
    }

    /// Returns it with what the weeks around it say set beside it. `sparks` are those that are
    /// still to be made, the oldest first.
    #[must_use]
    pub fn beside(self, beside: &Beside, sparks: &[Spark]) -> Self {
        let opening = beside.ahead.as_ref().and_then(|ahead| Opening::of(ahead, sparks));
        Self { before: beside.before, opening, ..self }
    }
}

/// What the weeks around a week say of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// What came before it.
    pub before: Option<Before>,
    /// Of this week and the next, as of today: what recurs in the next.
    pub ahead: Option<Ahead>,
}

/// The next week, and the gaps that recur.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// The next week.
    pub week: Week,
    /// The gaps.
    pub gaps: Vec<RecurringGap>,
}

/// Whether a week is the one of today, or the next after it.
fn is_near(week: Week, today: NaiveDate) -> bool {
    week.range().contains(&today) || week.plus(-1).range().contains(&today)
}

impl Beside {
    /// Returns the first day that is needed to tell.
    pub fn since(week: Week, today: NaiveDate) -> NaiveDate {
        let this = if week.range().contains(&today) { week } else { week.plus(-1) };
        let weeks = if is_near(week, today) { this.plus(-i64::from(LOOKED_BACK)) } else { week };
        weeks.min(week.plus(-WEEKS_BEFORE)).first()
    }

    /// Reads it off days that reach back to [`Beside::since`].
    pub fn of(days: &Days<'_>, week: Week, habits: &Habits, today: NaiveDate) -> Self {
        let next = if week.range().contains(&today) { week.plus(1) } else { week };
        let ahead = is_near(week, today).then(|| Ahead { week: next, gaps: recurring_gaps(days, habits, today) });
        Self { before: Before::of(days, week), ahead }
    }

    /// Whether a gap recurs, so that a spark may fit.
    pub fn has_room(&self) -> bool {
        self.ahead.as_ref().is_some_and(|ahead| !ahead.gaps.is_empty())
    }
}

/// A gap that recurs, on its day of the week to come, and the sparks that fit into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The day.
    pub day: NaiveDate,
    /// The gap.
    pub gap: RecurringGap,
    /// What may be made in it, one after another: the oldest that fit.
    pub sparks: Vec<Spark>,
}

impl Opening {
    /// Returns the longest gap, of those as long the first, and what fits into it.
    fn of(ahead: &Ahead, sparks: &[Spark]) -> Option<Self> {
        let longest = |most: RecurringGap, gap: RecurringGap| if gap.length() > most.length() { gap } else { most };
        let gap = ahead.gaps.iter().copied().reduce(longest)?;
        let day = ahead.week.days().find(|day| day.weekday() == gap.weekday)?;
        let mut left = gap.length();
        let fits = |spark: &&Spark| {
            let fits = spark.is_open() && spark.length <= left;
            left -= if fits { spark.length } else { TimeDelta::zero() };
            fits
        };
        Some(Self { day, gap, sparks: sparks.iter().filter(fits).cloned().collect() })
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
