//! One week among weeks.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::marks::Marks;
use crate::domain::balance::WeekBalance;
use crate::domain::block::Lived;
use crate::domain::calendar::Week;
use crate::domain::kept::Reflection;
use crate::domain::ratio::{Share, Tally};
use crate::text::Text;

/// What a trend keeps of one week.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    /// Which.
    pub week: Week,
    /// What was logged, by kind.
    pub tally: Tally,
    /// How much was expected.
    pub expected: TimeDelta,
    /// The share at which the week was level.
    pub target: Share,
    /// The longest creating stretch, where anything was made.
    pub longest: Option<LongestOfWeek>,
    /// How often one activity followed another.
    pub switches: usize,
    /// How often blocks were interrupted.
    pub interrupted: u32,
    /// How its days felt.
    pub marks: Marks,
}

/// The longest creating stretch of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongestOfWeek {
    /// What was made.
    pub activity: Text,
    /// Where it begins.
    pub start: Lived,
    /// How long was spent on it.
    pub length: TimeDelta,
}

impl TrendPoint {
    /// Keeps what a trend needs of a week.
    pub fn of(week: &WeekBalance<'_>, reflections: &BTreeMap<NaiveDate, Reflection>) -> Self {
        let longest = week.days.iter().filter_map(|day| day.longest).max_by_key(|longest| longest.length);
        let felt = |day: NaiveDate| reflections.get(&day).and_then(|reflection| reflection.felt);
        Self {
            week: week.week,
            tally: week.tally,
            expected: week.expected,
            target: week.target,
            longest: longest.map(|longest| LongestOfWeek {
                activity: longest.activity.clone(),
                start: longest.start,
                length: longest.length,
            }),
            switches: week.switches(),
            interrupted: week.days.iter().fold(0, |sum, day| sum.saturating_add(day.interrupted)),
            marks: week.week.days().filter_map(felt).collect(),
        }
    }

    /// Returns a week of which nothing is known.
    pub fn nothing(week: Week, target: Share) -> Self {
        Self {
            week,
            tally: Tally::default(),
            expected: TimeDelta::zero(),
            target,
            longest: None,
            switches: 0,
            interrupted: 0,
            marks: Marks::default(),
        }
    }

    /// Says whether too little was logged to say much: less than half of what was expected.
    pub fn is_thin(&self) -> bool {
        self.tally.logged() * 2 < self.expected
    }

    /// Whether nothing at all was logged.
    pub fn is_empty(&self) -> bool {
        self.tally.logged() <= TimeDelta::zero()
    }
}
