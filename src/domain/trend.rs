//! Weeks in a row: what is kept of each to see where it goes.

use chrono::TimeDelta;

use super::balance::{Habits, WeekBalance};
use super::block::Lived;
use super::calendar::{Calendar, Week};
use super::days::Days;
use super::ratio::{Share, Tally};

/// What a trend keeps of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendPoint {
    /// Which.
    pub week: Week,
    /// What was logged, by kind.
    pub tally: Tally,
    /// How much was expected.
    pub expected: TimeDelta,
    /// The share at which the week was level.
    pub target: Share,
    /// The longest creating stretch; zero where nothing was made.
    pub longest: TimeDelta,
    /// How often one activity followed another.
    pub switches: usize,
}

impl TrendPoint {
    /// Says whether too little was logged to say much: less than half of what was expected.
    pub fn is_thin(&self) -> bool {
        self.tally.logged() * 2 < self.expected
    }
}

impl From<&WeekBalance<'_>> for TrendPoint {
    fn from(week: &WeekBalance<'_>) -> Self {
        let longest = week.days.iter().filter_map(|day| day.longest.map(|longest| longest.length)).max();
        Self {
            week: week.week,
            tally: week.tally,
            expected: week.expected,
            target: week.target,
            longest: longest.unwrap_or_default(),
            switches: week.switches(),
        }
    }
}

/// Returns the `weeks` weeks up to `last`, the oldest first.
pub fn trend(
    days: &Days<'_>,
    last: Week,
    weeks: u32,
    calendar: &Calendar,
    habits: &Habits,
    now: Lived,
) -> Vec<TrendPoint> {
    let back = (0..i64::from(weeks)).rev().map(|weeks| last.plus(-weeks));
    back.map(|week| TrendPoint::from(&WeekBalance::of(days, week, calendar, habits, now))).collect()
}
