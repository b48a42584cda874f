//! The days of a year, each with what came of it.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::domain::balance::Habits;
use crate::domain::calendar::Week;
use crate::domain::days::Days;
use crate::domain::kept::{Felt, Reflection};
use crate::domain::ratio::{Share, Tally};

/// So many weeks are a year of days: every date of a year is in one of them.
pub const WEEKS: i64 = 53;

/// What a year keeps of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearDay {
    /// The logical day.
    pub day: NaiveDate,
    /// What was logged, by kind.
    pub tally: Tally,
    /// How much was expected: nothing on a day off.
    pub expected: TimeDelta,
    /// The share at which the day is level.
    pub target: Share,
    /// Whether all of it is off.
    pub is_off: bool,
    /// How it felt, where somebody said.
    pub felt: Option<Felt>,
}

/// Returns the days of the year that ends with a week: from the first week that has
/// anything, a day off too, and without days that are still to come.
pub(super) fn days(
    of: &Days<'_>,
    last: Week,
    today: NaiveDate,
    habits: &Habits,
    reflections: &BTreeMap<NaiveDate, Reflection>,
) -> Vec<YearDay> {
    let weeks = (1 - WEEKS..=0).map(|back| last.plus(back));
    let is_empty = |week: &Week| week.days().all(|day| of.slices(day).is_empty() && of.off(day).is_none());
    let point = |day: NaiveDate| {
        let is_off = of.off(day).is_some();
        YearDay {
            day,
            tally: of.tally(day),
            expected: if is_off { TimeDelta::zero() } else { habits.expected(day.weekday()) },
            target: habits.target(day.weekday()),
            is_off,
            felt: reflections.get(&day).and_then(|reflection| reflection.felt),
        }
    };
    weeks.skip_while(is_empty).flat_map(Week::days).filter(|day| *day <= today).map(point).collect()
}
