//! Which day of a week tilted farthest, and what took most of its time in.

use chrono::TimeDelta;

use super::balance::{DayBalance, WeekBalance};
use super::block::Kind;
use super::insight::{self, Part};
use super::ratio::{Level, Share};

/// The day that tilted farthest towards taking in.
#[derive(Clone, Debug)]
pub struct Tilted<'r, 'a> {
    /// The day.
    pub day: &'r DayBalance<'a>,
    /// What most of the time was spent on that was taken in.
    pub most: Part<'a>,
}

impl<'r, 'a> Tilted<'r, 'a> {
    /// Finds the day whose share lies farthest below its target, beyond what still counts as
    /// level, of the days of which at least half of what was expected was logged (an hour,
    /// where nothing was): of less, a share says little. `None` where no day does.
    pub fn of(week: &'r WeekBalance<'a>) -> Option<Self> {
        let below = |day: &DayBalance<'_>| day.target.points() - day.share().map_or(f64::MAX, Share::points);
        let tilts = |day: &&DayBalance<'_>| matches!(day.level(), Some(Level::ToLevel(_)));
        let day = week
            .days
            .iter()
            .filter(|day| says_much(day))
            .filter(tilts)
            .reduce(|most, day| if below(day) > below(most) { day } else { most })?;
        let taken_in = day.slices.iter().filter(|slice| slice.kind == Kind::Consuming).copied();
        let most = insight::activities(taken_in).into_iter().next()?;
        Some(Self { day, most })
    }
}

fn says_much(day: &DayBalance<'_>) -> bool {
    let enough = if day.expected > TimeDelta::zero() { day.expected / 2 } else { TimeDelta::hours(1) };
    day.tally.logged() >= enough
}
