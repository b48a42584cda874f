//! The hours of the week, and what they are for.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, TimeDelta, Timelike as _, Utc, Weekday};

use crate::domain::block::Kind;
use crate::domain::calendar::{Calendar, Week};
use crate::domain::days::{Days, Slice};
use crate::domain::ratio::Tally;

/// What an hour of a weekday was spent on, over some weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// By kind, of all those weeks together.
    pub tally: Tally,
    /// In how many of the weeks something was made then.
    pub made_in: u32,
    /// In how many of them something was shaped then.
    pub shaped_in: u32,
    /// On how many logged days of that weekday there is nothing then, not even time off.
    pub empty_on: u32,
}

/// Hours by weekday over a range of weeks: the hour is the one that the wall showed
/// where the time was lived, the weekday that of the logical day, so that an incident at
/// 02:10 stands under the evening before. An hour that the clocks repeat simply adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The first week.
    pub first: Week,
    /// The last week.
    pub last: Week,
    /// The hour in which a day begins.
    pub begins: u32,
    hours: Vec<Hour>,
    days: [u32; 7],
}

impl Rhythm {
    /// Returns what an hour of a weekday was spent on; nothing, for an hour there is not.
    pub fn hour(&self, weekday: Weekday, hour: u32) -> Hour {
        self.hours.get(place(weekday, hour)).copied().unwrap_or_default()
    }

    /// Returns on how many days of a weekday something was logged.
    pub fn logged_days(&self, weekday: Weekday) -> u32 {
        self.days.get(weekday.num_days_from_monday() as usize).copied().unwrap_or_default()
    }

    /// Returns all of its time, which is that of its weeks.
    pub fn tally(&self) -> Tally {
        self.hours.iter().map(|hour| hour.tally).sum()
    }

    /// Returns the hours of a day in their order, from the one in which it begins.
    pub fn order(&self) -> impl Iterator<Item = u32> + Clone + use<> {
        let begins = self.begins;
        (0..HOURS).map(move |hour| (begins + hour) % HOURS)
    }

    /// Sums up weeks, the first of them first.
    pub(super) fn of(weeks: &[WeekHours], (first, last): (Week, Week), begins: u32) -> Self {
        let mut rhythm = Self { first, last, begins, hours: vec![Hour::default(); PLACES], days: [0; 7] };
        for week in weeks {
            rhythm.add(week);
        }
        rhythm
    }

    fn add(&mut self, week: &WeekHours) {
        for (sum, is_logged) in self.days.iter_mut().zip(&week.logged) {
            *sum += u32::from(*is_logged);
        }
        for (at, (sum, spent)) in self.hours.iter_mut().zip(&week.hours).enumerate() {
            let is_logged = week.logged.get(at / HOURS as usize).copied().unwrap_or_default();
            sum.tally += spent.tally;
            sum.made_in += u32::from(spent.tally.creating > TimeDelta::zero());
            sum.shaped_in += u32::from(spent.tally.shaping > TimeDelta::zero());
            sum.empty_on += u32::from(is_logged && !spent.is_spoken_for);
        }
    }
}

/// The hours of one week.
#[derive(Clone, Debug)]
pub(super) struct WeekHours {
    pub(super) week: Week,
    hours: Vec<Spent>,
    /// On which days work was logged, Monday first.
    logged: [bool; 7],
}

#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    tally: Tally,
    /// Whether anything is known of it, time off too.
    is_spoken_for: bool,
}

pub(super) const HOURS: u32 = 24;
const PLACES: usize = 7 * HOURS as usize;

fn place(weekday: Weekday, hour: u32) -> usize {
    (weekday.num_days_from_monday() * HOURS + hour) as usize
}

impl WeekHours {
    /// Lays the slices of a week into its hours.
    pub(super) fn of(days: &Days<'_>, week: Week, calendar: &Calendar) -> Self {
        let mut hours = Self { week, hours: vec![Spent::default(); PLACES], logged: [false; 7] };
        for day in week.days().filter(|day| !days.slices(*day).is_empty()) {
            let clock = Clock::of(day, calendar);
            for slice in days.slices(day) {
                hours.add(day.weekday(), slice, &clock);
            }
        }
        hours
    }

    /// Returns the time of a kind in an hour.
    pub(super) fn time(&self, weekday: Weekday, hour: u32, kind: Kind) -> TimeDelta {
        self.hours.get(place(weekday, hour)).map_or(TimeDelta::zero(), |spent| spent.tally.time(kind))
    }

    /// Returns all that was logged on a weekday.
    pub(super) fn tally(&self, weekday: Weekday) -> Tally {
        (0..HOURS).filter_map(|hour| self.hours.get(place(weekday, hour))).map(|spent| spent.tally).sum()
    }

    fn add(&mut self, weekday: Weekday, slice: &Slice<'_>, clock: &Clock<'_>) {
        let kind = slice.block.kind;
        if let Some(logged) = self.logged.get_mut(weekday.num_days_from_monday() as usize) {
            *logged |= kind != Kind::Off;
        }
        clock.each_hour(slice, |hour, time| {
            if let Some(spent) = self.hours.get_mut(place(weekday, hour)) {
                spent.tally += Tally::of(kind, time);
                spent.is_spoken_for = true;
            }
        });
    }
}

/// What the walls showed on one day.
struct Clock<'c> {
    calendar: &'c Calendar,
    /// The offset at home, on a day on which no clock was set there.
    still: Option<FixedOffset>,
}

impl<'c> Clock<'c> {
    fn of(day: NaiveDate, calendar: &'c Calendar) -> Self {
        let (begins, ends) = calendar.day_at_home_bounds(day);
        let is_still = begins.offset() == ends.offset() && ends - begins == TimeDelta::days(1);
        Self { calendar, still: is_still.then(|| *begins.offset()) }
    }

    /// Tells of every hour on the wall that a slice has a part of, and how long.
    fn each_hour(&self, slice: &Slice<'_>, mut tell: impl FnMut(u32, TimeDelta)) {
        let still = self.still.filter(|offset| offset == slice.start.offset());
        let zone = || self.calendar.zone_of(slice.start, slice.block.zone.as_ref());
        let zone = if still.is_some() { None } else { Some(zone()) };
        let wall_at = |at: DateTime<Utc>| match &zone {
            Some(zone) => zone.at(at),
            None => at.with_timezone(slice.start.offset()),
        };
        let mut from = slice.start.to_utc();
        let end = slice.end.to_utc();
        while from < end {
            let wall = wall_at(from);
            let into = TimeDelta::seconds((wall.minute() * 60 + wall.second()).into());
            let mut until = end.min(from + TimeDelta::hours(1) - into);
            // Where a clock was set in the middle of an hour, it is another hour at once.
            if wall_at(until).offset() != wall.offset() {
                until = until.min(from + TimeDelta::minutes(1));
            }
            tell(wall.hour(), until - from);
            from = until;
        }
    }
}
