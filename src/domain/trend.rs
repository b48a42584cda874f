//! Weeks in a row: what is kept of each to see where it goes.

use chrono::TimeDelta;

use super::balance::WeekBalance;
use super::calendar::Week;
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
