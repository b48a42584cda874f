//! When something is made, or shaped, week after week.

use chrono::{TimeDelta, Weekday};

use super::rhythm::{HOURS, WeekHours};
use crate::domain::block::Kind;
use crate::domain::ratio::{Share, Tally};

/// A window is one to so many hours long.
pub const LONGEST: u32 = 3;
/// It must have been used in so many weeks at least,
pub const FEWEST_WEEKS: u32 = 4;
/// and in this part of the weeks that have the weekday logged, in per cent.
pub const MOST_WEEKS: u32 = 60;
/// A week has used it if this part of the window was spent so, in per cent.
pub const USED: i32 = 50;
/// The part of the window spent so is at least this many times that of all logged time. With the two rules
/// before, that is always ten points more, too.
pub const TIMES_USUAL: f64 = 1.5;

/// Some hours of a weekday in which one kind of time recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Made, or shaped.
    pub kind: Kind,
    /// On which weekday.
    pub weekday: Weekday,
    /// From which hour on the wall.
    pub from: u32,
    /// Until which hour, to 24.
    pub until: u32,
    /// How long it was spent so, in all of its weeks.
    pub spent: TimeDelta,
    /// How long the window was open, in all of its weeks.
    pub open: TimeDelta,
    /// In how many weeks it was used.
    pub weeks: u32,
    /// How many weeks have that weekday logged.
    pub of_weeks: u32,
    /// On how many other weekdays it recurs in the same hours.
    pub other_days: u32,
}

/// Returns the window in which most of a kind recurs, if there is one. Every weekday of every
/// week is one that is over: `is_over` says so.
pub(super) fn window(
    kind: Kind,
    weeks: &[WeekHours],
    begins: u32,
    is_over: impl Fn(&WeekHours, Weekday) -> bool,
) -> Option<Window> {
    let logged = |weekday: Weekday| {
        let is_logged = |week: &&WeekHours| week.tally(weekday).logged() > TimeDelta::zero() && is_over(week, weekday);
        weeks.iter().filter(is_logged).collect::<Vec<_>>()
    };
    let by_weekday: Vec<_> = WEEKDAYS.iter().map(|&weekday| (weekday, logged(weekday))).collect();
    let all: Tally = by_weekday.iter().flat_map(|(weekday, weeks)| weeks.iter().map(|week| week.tally(*weekday))).sum();
    let usual = Share::of(all.time(kind), all.logged())?;
    let candidates = by_weekday.iter().flat_map(|(weekday, weeks)| {
        let places = (1..=LONGEST).flat_map(|length| (0..=HOURS - length).map(move |at| (at, length)));
        places.map(|(at, length)| Window::of(kind, *weekday, weeks, (begins + at) % HOURS, length))
    });
    // An hour makes a window better if more than half of it is spent so.
    let worth = |window: &Window| window.spent * 2 - window.open;
    let better = |best: Option<Window>, window: Window| match best {
        Some(best) if worth(&best) >= worth(&window) => Some(best),
        _ => Some(window),
    };
    let found: Vec<Window> = candidates.filter(|window| window.recurs(usual)).collect();
    let best = found.iter().copied().fold(None, better)?;
    let same_hours =
        |other: &&Window| (other.from, other.until) == (best.from, best.until) && other.weekday != best.weekday;
    let other_days = u32::try_from(found.iter().filter(same_hours).count()).unwrap_or(u32::MAX);
    Some(Window { other_days, ..best })
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl Window {
    fn of(kind: Kind, weekday: Weekday, weeks: &[&WeekHours], from: u32, length: u32) -> Self {
        let hours = |week: &WeekHours| -> TimeDelta {
            (from..from + length).map(|hour| week.time(weekday, hour % HOURS, kind)).sum()
        };
        let open = TimeDelta::hours(length.into());
        let count = |weeks: usize| u32::try_from(weeks).unwrap_or(u32::MAX);
        let until = (from + length - 1) % HOURS + 1;
        Self {
            kind,
            weekday,
            from,
            until,
            spent: weeks.iter().map(|week| hours(week)).sum(),
            open: open * i32::try_from(weeks.len()).unwrap_or(i32::MAX),
            weeks: count(weeks.iter().filter(|week| hours(week) * 100 >= open * USED).count()),
            of_weeks: count(weeks.len()),
            other_days: 0,
        }
    }

    /// Whether it is used often enough, and clearly more than other time.
    fn recurs(&self, usual: Share) -> bool {
        let often = self.weeks >= FEWEST_WEEKS && self.weeks * 100 >= self.of_weeks * MOST_WEEKS;
        let part = Share::of(self.spent, self.open).map_or(0.0, Share::points);
        often && part >= usual.points() * TIMES_USUAL
    }
}
