//! The hours of the week: one map of what was made, and one of what was shaped.
//!
//! Two, for they are never added, and one glyph cannot say both without colour.

use chrono::{Datelike as _, NaiveTime, TimeDelta, Weekday};

use super::{heading, height};
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::trend::Rhythm;
use crate::domain::{Kind, Share};
use crate::report::look::{Look, beside};
use crate::report::words;

/// Before the hours stands the weekday.
const LABEL: usize = 7;
/// Between two maps beside each other.
const BETWEEN: usize = 4;
/// Beside each other, an hour of them has so many cells at least.
const EASY_HOUR: usize = 3;
/// An hour is at most so many cells wide: more would say nothing more.
const WIDEST_HOUR: usize = 5;
/// Hours with less than one in so many parts of all time are not on the map.
const RARE: i32 = 200;

/// Draws the hours of the week: the height of a cell is the part of that hour, of all logged days of
/// its weekday, that was made, or shaped.
pub fn map(rhythm: &Rhythm, look: &Look<'_>) -> Vec<Row> {
    let hours = usual_hours(rhythm);
    if hours.is_empty() {
        return Vec::new();
    }
    let weeks = rhythm.last.first().signed_duration_since(rhythm.first.first()).num_weeks() + 1;
    let dot = look.glyphs.pick('·', '.');
    let height = look.glyphs.pick("height: part of the hour", "0-9: tenths of the hour");
    let about = format!("{weeks} weeks   {height}   {dot} none   blank not logged");
    let mut rows = look.wrapped(&heading("hours of the week", &about));
    let one = |kind: Kind, width: usize| Map { rhythm, hours: &hours, kind, width }.rows(look);
    let half = look.width.saturating_sub(BETWEEN) / 2;
    if half >= LABEL + EASY_HOUR * hours.len() {
        let left = one(Kind::Creating, half);
        let widest = left.iter().map(Row::width).max().unwrap_or_default();
        rows.extend(beside(left, one(Kind::Shaping, half), widest + BETWEEN));
    } else {
        rows.extend(one(Kind::Creating, look.width));
        rows.push(Row::new());
        rows.extend(one(Kind::Shaping, look.width));
    }
    rows.extend(at_other_hours(rhythm, &hours, look));
    rows
}

/// Returns the hours from the first to the last that are more than rare, in the order of a day.
fn usual_hours(rhythm: &Rhythm) -> Vec<u32> {
    let all = rhythm.tally().logged();
    let is_rare = |hour: &u32| in_hour(rhythm, *hour) * RARE <= all;
    let mut hours: Vec<u32> = rhythm.order().skip_while(is_rare).collect();
    while hours.last().is_some_and(is_rare) {
        hours.pop();
    }
    hours
}

fn in_hour(rhythm: &Rhythm, hour: u32) -> TimeDelta {
    weekdays(rhythm).map(|weekday| rhythm.hour(weekday, hour).tally.logged()).sum()
}

fn weekdays(rhythm: &Rhythm) -> impl Iterator<Item = Weekday> + use<> {
    rhythm.first.days().map(|day| day.weekday())
}

/// Says what is not on the map.
fn at_other_hours(rhythm: &Rhythm, hours: &[u32], look: &Look<'_>) -> Option<Row> {
    let other: TimeDelta = rhythm.order().filter(|hour| !hours.contains(hour)).map(|hour| in_hour(rhythm, hour)).sum();
    let said = (other > TimeDelta::zero()).then(|| format!("and {} logged at other hours", words::length(other)))?;
    let mut row = Row::new().with(said, Role::Faint);
    row.cut_to(look.width, look.glyphs);
    Some(row)
}

/// One of the maps.
struct Map<'a> {
    rhythm: &'a Rhythm,
    hours: &'a [u32],
    kind: Kind,
    width: usize,
}

impl Map<'_> {
    fn rows(&self, look: &Look<'_>) -> Vec<Row> {
        let days = weekdays(self.rhythm).filter(|weekday| self.rhythm.logged_days(*weekday) > 0);
        std::iter::once(self.heading(look)).chain(days.map(|weekday| self.day(weekday, look))).collect()
    }

    /// Returns how many cells an hour has.
    fn cells(&self) -> usize {
        (self.width.saturating_sub(LABEL) / self.hours.len().max(1)).clamp(1, WIDEST_HOUR)
    }

    /// Returns the name of the kind over the weekdays, and every hour that there is room for.
    fn heading(&self, look: &Look<'_>) -> Row {
        let mut row = Row::new().with(self.kind.done(), kinds::role(self.kind));
        let named =
            |hour: u32| look.calendar.face().short(NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap_or_default());
        let widest = self.hours.iter().map(|hour| width(&named(*hour))).max().unwrap_or_default();
        let every = (widest + 1).div_ceil(self.cells());
        for (at, hour) in self.hours.iter().enumerate().step_by(every) {
            row.pad_to(LABEL + at * self.cells());
            let hour = named(*hour);
            if row.width() + width(&hour) <= self.width {
                row.push(hour, Role::Faint);
            }
        }
        row
    }

    fn day(&self, weekday: Weekday, look: &Look<'_>) -> Row {
        let mut row = Row::new().with(format!("{:<LABEL$}", weekday.to_string()), Role::Faint);
        for hour in self.hours {
            let (glyph, role) = self.hour(weekday, *hour, look);
            row.push(String::from(glyph).repeat(self.cells()), role);
        }
        row
    }

    fn hour(&self, weekday: Weekday, hour: u32, look: &Look<'_>) -> (char, Role) {
        let spent = self.rhythm.hour(weekday, hour).tally;
        let days = i32::try_from(self.rhythm.logged_days(weekday)).unwrap_or(i32::MAX);
        let part = Share::of(spent.time(self.kind), TimeDelta::hours(1) * days).filter(|part| part.fraction() > 0.0);
        match part {
            Some(part) => (height(part.fraction(), look), kinds::role(self.kind)),
            None if spent.logged() > TimeDelta::zero() => (look.glyphs.pick('·', '.'), Role::Rail),
            None => (' ', Role::Plain),
        }
    }
}
