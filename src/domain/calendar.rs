//! Logical days and weeks, and where a stretch of time is cut into them.
//!
//! A day begins at `day_start` (so an incident at 02:00 belongs to the evening
//! before) and is counted in the zone in which the time was lived. Lengths are
//! differences of instants: days of 23 and 25 hours add up.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, IsoWeek, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};

use super::block::{Block, Lived, ZoneName};
use super::zone::{Zone, Zones};

/// How instants become days: where home is, when a day begins, when a week begins.
#[derive(Clone, Debug)]
pub struct Calendar {
    home: Zone,
    zones: Arc<dyn Zones>,
    day_start: NaiveTime,
    week_start: Weekday,
    face: Face,
}

/// How the hours of a day are counted where times are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// `14:05`.
    #[default]
    Of24,
    /// `2:05pm`.
    Of12,
}

impl Face {
    /// Returns a time on the wall as this face has it.
    pub fn time(self, time: NaiveTime) -> String {
        match self {
            Self::Of24 => time.format("%H:%M").to_string(),
            Self::Of12 => time.format("%-I:%M%P").to_string(),
        }
    }

    /// Returns a time as short as it can be said: `11`, `11:30`; `11am`, `11:30am`.
    pub fn short(self, time: NaiveTime) -> String {
        let form = match (self, time.minute() == 0) {
            (Self::Of24, true) => "%-H",
            (Self::Of24, false) => "%-H:%M",
            (Self::Of12, true) => "%-I%P",
            (Self::Of12, false) => "%-I:%M%P",
        };
        time.format(form).to_string()
    }

    /// Returns the hour of it, in two cells.
    pub fn hour(self, time: NaiveTime) -> String {
        match self {
            Self::Of24 => time.format("%H").to_string(),
            Self::Of12 => time.format("%_I").to_string(),
        }
    }

    /// Returns how many cells a time takes at most.
    pub fn width(self) -> usize {
        match self {
            Self::Of24 => "14:05".len(),
            Self::Of12 => "12:05pm".len(),
        }
    }
}

/// A stretch of one logical day: the day, and from when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The logical day it belongs to.
    pub day: NaiveDate,
    /// Where it begins.
    pub start: Lived,
    /// Where it ends, after `start`.
    pub end: Lived,
}

impl Piece {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

impl Calendar {
    /// Makes a calendar for somebody who lives in `home`.
    pub fn new(home: Zone, zones: Arc<dyn Zones>, day_start: NaiveTime, week_start: Weekday) -> Self {
        Self { home, zones, day_start, week_start, face: Face::default() }
    }

    /// Returns the same calendar, whose times are shown as `face` has them.
    #[must_use]
    pub fn with_face(self, face: Face) -> Self {
        Self { face, ..self }
    }

    /// Returns how times are shown.
    pub fn face(&self) -> Face {
        self.face
    }

    /// Returns the zone of now.
    pub fn home(&self) -> &Zone {
        &self.home
    }

    /// Returns where the rules of other zones are found.
    pub fn zones(&self) -> &Arc<dyn Zones> {
        &self.zones
    }

    /// Returns the time on the wall at which a day begins.
    pub fn day_start(&self) -> NaiveTime {
        self.day_start
    }

    /// Returns the logical day that an instant has at home.
    pub fn day_at_home(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.day_in(&self.home, instant)
    }

    /// Returns the logical day of a time by its own wall clock, which is home's where
    /// home keeps the same offset.
    pub fn day_of(&self, at: Lived) -> NaiveDate {
        let zone = if agrees(&self.home, at) { self.home.clone() } else { Zone::fixed(*at.offset()) };
        self.day_in(&zone, at.to_utc())
    }

    /// Returns the logical day that a block belongs to: of a whole day off the one that
    /// its middle is in, however `day_start` has moved since; else the one on which it
    /// began.
    pub fn day_of_block(&self, block: &Block) -> NaiveDate {
        match block.length() {
            Some(length) if block.is_day_off() => self.day_of(block.start + length / 2),
            _ => self.day_of(block.start),
        }
    }

    /// Returns from when to when a logical day lasts at home; the two are equal for
    /// a day that was skipped.
    pub fn day_at_home_bounds(&self, day: NaiveDate) -> (Lived, Lived) {
        (self.begins(&self.home, day), self.begins(&self.home, next(day)))
    }

    /// Cuts the time from `start` to `end`, lived in `zone`, into logical days.
    /// Nothing comes back of a stretch without length.
    pub fn cut(&self, start: Lived, end: Lived, zone: Option<&ZoneName>) -> Vec<Piece> {
        let zone = self.zone_of(start, zone);
        let mut pieces = Vec::new();
        let mut from = start;
        while from < end {
            let day = self.day_in(&zone, from.to_utc());
            // A skipped day (Apia, 2011-12-30) has no length: go on to the first that has.
            let mut following = next(day);
            while self.begins(&zone, following) <= from {
                following = next(following);
            }
            // Where the day ends with the stretch, the end keeps the offset it was written with.
            let begins = self.begins(&zone, following);
            let until = if begins < end { begins } else { end };
            pieces.push(Piece { day, start: from, end: until });
            from = until;
        }
        pieces
    }

    /// Returns the week that a day belongs to.
    pub fn week_of(&self, day: NaiveDate) -> Week {
        Week { first: day.week(self.week_start).first_day() }
    }

    /// Returns the clocks by which a stretch is cut: those of the zone where it was
    /// recorded. Its own offset alone would not do, not even where it has the same at
    /// both ends: an hour after the clocks were set back, a day that begins inside the
    /// repeated hour has begun already. Where the rules of the zone now say something
    /// else than what was written, the written offset stands.
    pub(super) fn zone_of(&self, start: Lived, name: Option<&ZoneName>) -> Zone {
        let zone = match name {
            // A home that is known by its rules alone writes no name.
            name if self.home.name() == name => Some(self.home.clone()),
            Some(name) => self.zones.zone(name),
            None => None,
        };
        zone.filter(|zone| agrees(zone, start)).unwrap_or_else(|| Zone::fixed(*start.offset()))
    }

    /// Returns when a block goes on that another interrupted, by the clocks where it is lived:
    /// they may have been set since it began, and its offset then would name none of them.
    pub(super) fn again(&self, block: &Block, at: Lived) -> Lived {
        self.zone_of(block.start, block.zone.as_ref()).at(at.to_utc())
    }

    /// Returns a day of the zone in which a stretch from `start` is cut, if no clock was
    /// set on it.
    fn whole_day(&self, day: NaiveDate, start: Lived, name: Option<&ZoneName>) -> Option<WholeDay> {
        let zone = self.zone_of(start, name);
        let (begins, ends) = (self.begins(&zone, day), self.begins(&zone, next(day)));
        let whole = begins.offset() == ends.offset() && ends - begins == TimeDelta::days(1);
        whole.then(|| WholeDay { zone: name.cloned(), day, begins, ends })
    }

    fn day_in(&self, zone: &Zone, instant: DateTime<Utc>) -> NaiveDate {
        let wall = zone.at(instant).date_naive();
        // The wall's date is right or a day late (before day_start), and where clocks
        // are set at the very start of a day, it may be one off either way.
        let mut day = next(wall);
        while self.begins(zone, day).to_utc() > instant {
            day = day.pred_opt().unwrap_or(NaiveDate::MIN);
        }
        day
    }

    fn begins(&self, zone: &Zone, day: NaiveDate) -> Lived {
        zone.first(day.and_time(self.day_start))
    }
}

/// Cuts many stretches, in the order of time: it remembers the last day, so that not
/// every one of them asks the rules of its zone.
#[derive(Clone, Debug)]
pub struct Cutter<'c> {
    calendar: &'c Calendar,
    last: Option<WholeDay>,
}

/// A day on which no clock was set, in one zone.
#[derive(Clone, Debug)]
struct WholeDay {
    zone: Option<ZoneName>,
    day: NaiveDate,
    begins: Lived,
    ends: Lived,
}

impl<'c> Cutter<'c> {
    /// Makes a cutter that remembers nothing yet.
    pub fn new(calendar: &'c Calendar) -> Self {
        Self { calendar, last: None }
    }

    /// Cuts as [`Calendar::cut`] does.
    pub fn cut(&mut self, start: Lived, end: Lived, zone: Option<&ZoneName>) -> Vec<Piece> {
        if let Some(last) = self.last.as_ref().filter(|last| last.holds(start, end, zone)) {
            return vec![Piece { day: last.day, start, end }];
        }
        let pieces = self.calendar.cut(start, end, zone);
        if let Some(piece) = pieces.last() {
            self.last = self.calendar.whole_day(piece.day, start, zone);
        }
        pieces
    }
}

impl WholeDay {
    fn holds(&self, start: Lived, end: Lived, zone: Option<&ZoneName>) -> bool {
        let here = self.zone.as_ref() == zone && self.begins.offset() == start.offset();
        here && self.begins <= start && start < end && end <= self.ends
    }
}

/// Seven logical days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    first: NaiveDate,
}

impl Week {
    /// Returns its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Returns its last day.
    pub fn last(self) -> NaiveDate {
        self.first.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
    }

    /// Returns its seven days in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take(7)
    }

    /// Returns the seven days as a range.
    pub fn range(self) -> RangeInclusive<NaiveDate> {
        self.first..=self.last()
    }

    /// Returns the week that lies `weeks` after this one (before, where negative).
    #[must_use]
    pub fn plus(self, weeks: i64) -> Self {
        let first = self.first.checked_add_signed(TimeDelta::weeks(weeks)).unwrap_or(self.first);
        Self { first }
    }

    /// Returns its number by ISO 8601, which is that of its Thursday: a week that
    /// begins on a Sunday shares four days or more with it.
    pub fn iso(self) -> IsoWeek {
        let thursday = self.days().find(|day| day.weekday() == Weekday::Thu);
        thursday.unwrap_or(self.first).iso_week()
    }
}

/// Returns whether the clocks of `zone` say what was written.
fn agrees(zone: &Zone, at: Lived) -> bool {
    zone.at(at.to_utc()).offset() == at.offset()
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NaiveDate::MAX)
}
