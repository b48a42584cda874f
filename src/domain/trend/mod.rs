//! Where it goes, over many weeks: the weeks one after another, the hours of the week, a year
//! of days, and what of it is more than chance.
//!
//! docs/findings.md has every rule by which something is found, and why; the numbers of the
//! rules are the constants of these files.

pub mod gaps;
pub mod marks;
pub mod moved;
mod point;
mod rhythm;
#[cfg(test)]
mod tests;
pub mod window;
pub mod year;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta, Timelike as _, Weekday};

pub use gaps::{RecurringGap, recurring_gaps};
pub use marks::{Feeling, Marks};
pub use moved::Moved;
pub use point::{LongestOfWeek, TrendPoint};
pub use rhythm::{Hour, Rhythm};
pub use window::Window;
pub use year::YearDay;

use super::balance::{Habits, WeekBalance};
use super::block::{Kind, Lived};
use super::calendar::{Calendar, Week};
use super::days::Days;
use super::kept::{Baseline, BaselineFrom, Reflection};
use super::ratio::{Lens, Share, Tally};
use rhythm::WeekHours;

/// The rhythm, and what is found in it, is that of so many weeks: what one does now, and not
/// what one did years ago.
pub const RHYTHM_WEEKS: i64 = 12;
/// Of fewer weeks with something in them, nothing can be said that is not chance.
pub const FEWEST_WEEKS: usize = 4;

/// Many weeks, summed up: it holds no block.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The weeks that were asked for, the oldest first.
    pub weeks: Vec<TrendPoint>,
    /// The hours of the last [`RHYTHM_WEEKS`].
    pub rhythm: Rhythm,
    /// The days of the last year, from the first week that has anything; none to come.
    pub days: Vec<YearDay>,
    /// What the share once was.
    pub baseline: Option<Once>,
    /// The gaps that recur, by weekday and time.
    pub gaps: Vec<RecurringGap>,
    /// When things are made.
    pub making: Option<Window>,
    /// When others are shaped.
    pub shaping: Option<Window>,
    /// What grew the most.
    pub grew: Option<Moved>,
    /// What shrank the most.
    pub shrank: Option<Moved>,
    /// How many lines and files of the journal could not be read: so much is missing.
    pub unread: usize,
}

/// What is known besides the blocks.
#[derive(Clone, Debug, Default)]
pub struct Besides {
    /// What somebody thought of a day, by day.
    pub reflections: BTreeMap<NaiveDate, Reflection>,
    /// What the share once was.
    pub baseline: Option<Once>,
}

/// What the share once was, worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Once {
    /// What is kept.
    pub baseline: Baseline,
    /// The time of its days; nothing, where a share is remembered.
    pub tally: Tally,
}

impl Once {
    /// Returns the share, or `None` where nothing was logged on its days. What is
    /// remembered is the same through either lens.
    pub fn share(&self, lens: Lens) -> Option<Share> {
        match self.baseline.from {
            BaselineFrom::Remembered(share) => Some(share),
            BaselineFrom::Days { .. } => self.tally.share(lens),
        }
    }
}

/// Something that is more than chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding<'t> {
    /// In these hours something recurs.
    Window(&'t Window),
    /// This gap comes back.
    Gap(&'t RecurringGap),
    /// This grew the most.
    Grew(&'t Moved),
    /// This shrank the most.
    Shrank(&'t Moved),
    /// Days above and below their target have these marks.
    Felt(Feeling),
}

impl Trend {
    /// Sums up the weeks from `first` to `last`, which is the one of `now`. The days should
    /// reach back [`year::WEEKS`] as well; what is not in them was not logged.
    pub fn of(
        days: &Days<'_>,
        (first, last): (Week, Week),
        (calendar, habits): (&Calendar, &Habits),
        now: Lived,
        besides: Besides,
    ) -> Self {
        let today = calendar.day_at_home(now.to_utc());
        let Besides { reflections, baseline } = besides;
        let hours: Vec<WeekHours> =
            (1 - RHYTHM_WEEKS..=0).map(|back| WeekHours::of(days, last.plus(back), calendar)).collect();
        let begins = calendar.day_start().hour();
        let is_over = |week: &WeekHours, weekday: Weekday| {
            week.week.days().find(|day| day.weekday() == weekday).is_some_and(|day| day < today)
        };
        let [grew, shrank] = moved::moved(days, last);
        Self {
            weeks: points(days, (first, last), (calendar, habits), now, &reflections),
            rhythm: Rhythm::of(&hours, (last.plus(1 - RHYTHM_WEEKS), last), begins),
            days: year::days(days, last, today, habits, &reflections),
            baseline,
            gaps: recurring_gaps(days, habits, today),
            making: window::window(Kind::Creating, &hours, begins, is_over),
            shaping: window::window(Kind::Shaping, &hours, begins, is_over),
            grew,
            shrank,
            unread: 0,
        }
    }

    /// Returns in how many weeks there is anything, of a year or of all that were asked for.
    pub fn weeks_with_time(&self) -> usize {
        let asked = self.weeks.iter().filter(|week| !week.is_empty()).count();
        asked.max(
            self.days.chunks(7).filter(|days| days.iter().any(|day| day.tally.logged() > TimeDelta::zero())).count(),
        )
    }

    /// Whether there is enough for a trend.
    pub fn says_something(&self) -> bool {
        self.weeks_with_time() >= FEWEST_WEEKS
    }

    /// Returns what is found, the most useful first: at most six sentences.
    pub fn findings(&self, lens: Lens) -> Vec<Finding<'_>> {
        if !self.says_something() {
            return Vec::new();
        }
        // Shaping that does not count as creation has no window of its own.
        let shaping = self.shaping.as_ref().filter(|_| lens == Lens::Counted);
        let gap = self.gaps.iter().rev().max_by_key(|gap| (gap.weeks, gap.length()));
        let found = [
            self.making.as_ref().map(Finding::Window),
            gap.map(Finding::Gap),
            shaping.map(Finding::Window),
            self.grew.as_ref().map(Finding::Grew),
            self.shrank.as_ref().map(Finding::Shrank),
            Feeling::of(&self.days, lens).map(Finding::Felt),
        ];
        found.into_iter().flatten().collect()
    }
}

/// Returns what a trend keeps of the weeks from `first` to `last`, in the order of time.
pub fn points(
    days: &Days<'_>,
    (first, last): (Week, Week),
    (calendar, habits): (&Calendar, &Habits),
    now: Lived,
    reflections: &BTreeMap<NaiveDate, Reflection>,
) -> Vec<TrendPoint> {
    std::iter::successors(Some(first), |week| Some(week.plus(1)))
        .take_while(|week| *week <= last)
        .map(|week| TrendPoint::of(&WeekBalance::of(days, week, calendar, habits, now), reflections))
        .collect()
}
