//! Times: `9:30`, `yesterday 17:00`, `15m ago`.

use std::cmp::Ordering;
use std::fmt;

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::Here;
use super::error::{NotUnderstood, What, Why};
use super::length::{any_length, length};
use crate::domain::{Lived, WallTime};

/// An instant that was typed. [`Time::tell`] is the only way to it, so that nobody is
/// left in the dark about a time that happened twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    pub(super) at: Lived,
    /// What the user should hear of, where the clocks said so twice.
    pub(super) doubled: Option<Doubled>,
}

impl Time {
    /// Returns the instant; calls `say` where the clocks said it twice.
    pub fn tell(self, say: impl FnMut(&Doubled)) -> Lived {
        self.doubled.iter().for_each(say);
        self.at
    }
}

/// A time that the clocks said twice, of which the earlier was taken. Shown, it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubled {
    /// The earlier, which was taken.
    pub taken: Lived,
    /// The later.
    pub other: Lived,
}

impl fmt::Display for Doubled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (taken, other) = (self.taken.format("%H:%M%:z"), self.other.format("%H:%M%:z"));
        write!(f, "{} happened twice; taken as the earlier, {taken}, and not {other}", self.taken.format("%H:%M"))
    }
}

impl From<Lived> for Time {
    fn from(at: Lived) -> Self {
        Self { at, doubled: None }
    }
}

/// What a clock says, without a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wall {
    pub(super) time: NaiveTime,
    /// Whether it is 24:00, which belongs to the day that ends.
    pub(super) ends_day: bool,
    offset: Option<Offset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offset {
    /// `Z`: the instant is known, the place is not (RFC 9557, 2.2); so it is home.
    Home,
    /// The place had this offset.
    Of(FixedOffset),
}

/// The day that a time is of.
#[derive(Clone, Copy, Debug)]
enum On {
    /// As its list shows it: 01:30 is in the night after.
    LogicalDay(NaiveDate),
    /// As a calendar has it: 01:30 is in the night before.
    Date(NaiveDate),
}

/// What stands between a date and a time where they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// A space, as people write it.
    Space,
    /// A `T`, where it has to be one word.
    T,
    /// `@`, after a logical day.
    At,
}

impl Here<'_> {
    /// Reads a time: `9`, `9:30`, `9.30`, `0930`, `2pm`, `2:30pm`, `noon`, `24:00`, `now`,
    /// `15m ago`; after a day `yesterday 17:00`, `mon 9:00`, `20 nov 9:00`,
    /// `2026-11-20 09:00`; with an offset `02:30+01:00`; and as RFC 3339 has it.
    ///
    /// A weekday is the most recent, today included, and a date without a year as
    /// [`Toward::Past`](super::Toward::Past) has it. An offset west of Greenwich that is
    /// not home's is read after a date and a `T` only: `9:00-10:30` is a range elsewhere.
    ///
    /// A time alone is the one within the logical day that is dealt with, so in the night
    /// `23:00` is the evening before. So it is after the word for a day and after `DAY@`;
    /// a written date, a space and a time are the calendar's. A time that the clocks
    /// were set over is refused; one that they said twice is the earlier.
    pub fn time(&self, typed: &str) -> Result<Time, NotUnderstood> {
        self.read_time(typed).map_err(|why| NotUnderstood::new(typed, why))
    }

    /// Reads when something ended that began at `start`: [`Here::time`], but a time alone
    /// is the first after `start`, so after 22:00 `1:30` is on the next date.
    pub fn until(&self, start: Lived, typed: &str) -> Result<Time, NotUnderstood> {
        self.read_end(start, typed).map_err(|why| NotUnderstood::new(typed, why))
    }

    /// Reads when something ended that began at `start`, or how long it lasted: what
    /// [`Here::until`] does, or a length, `45m`, `1h30`.
    pub fn until_or_for(&self, start: Lived, typed: &str) -> Result<Time, NotUnderstood> {
        if any_length(typed).is_some() {
            Ok(self.later(start, length(typed)?).into())
        } else {
            self.until(start, typed)
        }
    }

    /// Returns the shortest that [`Here::time`] reads as just this instant and offset.
    pub fn show(&self, at: Lived) -> String {
        self.show_joined(at, Joint::Space)
    }

    pub(super) fn read_time(&self, typed: &str) -> Result<Time, Why> {
        let (typed, not) = (normal(typed), Why::Not(What::Time));
        if typed == "now" {
            return Ok(self.now().into());
        }
        if let Some(ago) = typed.strip_suffix(" ago").and_then(any_length) {
            return Ok(self.home_at(self.now() - ago).into());
        }
        let (day, time, joint) = match typed.find('@').or_else(|| typed.find('T')).or_else(|| typed.rfind(' ')) {
            Some(at) => {
                let (day, time) = typed.split_at(at);
                (Some(day), time.get(1..).unwrap_or_default(), Joint::of(time))
            }
            None => (None, typed.as_str(), Joint::Space),
        };
        let (Some(wall), Some(on)) = (Wall::read(time), self.day_before(day, joint)) else {
            return Err(not);
        };
        let time = self.on_day(wall, on)?;
        let surely = joint == Joint::T || !self.could_be_range(wall, time.at);
        if surely { Ok(time) } else { Err(not) }
    }

    /// Finds the day that stands before a time; the one that is dealt with where none does.
    fn day_before(&self, typed: Option<&str>, joint: Joint) -> Option<On> {
        let Some(typed) = typed else {
            return Some(On::LogicalDay(self.day));
        };
        let day = self.past_day(typed.strip_suffix(" at").unwrap_or(typed))?;
        let logical = joint == Joint::At || !day.written;
        Some(if logical { On::LogicalDay(day.date) } else { On::Date(day.date) })
    }

    /// Returns whether the offset could as well be the end of a range, `9:00-10:30`: it
    /// is west of Greenwich, and not what the clocks at home keep then.
    fn could_be_range(&self, wall: Wall, at: Lived) -> bool {
        let west = matches!(wall.offset, Some(Offset::Of(offset)) if offset.local_minus_utc() < 0);
        west && self.home_at(at).offset() != at.offset()
    }

    pub(super) fn read_end(&self, start: Lived, typed: &str) -> Result<Time, Why> {
        let end = match Wall::read(&normal(typed)) {
            Some(wall) => {
                let end = self.first_after(start, wall)?;
                if end.at.offset() != start.offset() && self.could_be_range(wall, end.at) {
                    return Err(Why::Not(What::Time));
                }
                end
            }
            None => self.read_time(typed)?,
        };
        match end.at.cmp(&start) {
            Ordering::Greater => Ok(end),
            Ordering::Equal => Err(Why::EndsAtStart),
            Ordering::Less => Err(Why::EndsBeforeStart),
        }
    }

    pub(super) fn show_joined(&self, at: Lived, joint: Joint) -> String {
        let reads_back = |shown: &String| self.time(shown).is_ok_and(|read| is_just(read, at));
        let day = match joint {
            Joint::At => self.calendar.day_at_home(at.to_utc()),
            Joint::Space | Joint::T => at.date_naive(),
        };
        let (time, with_offset, joint) = (clock(at), with_offset(at), joint.character());
        let (dated, in_full) = (format!("{day}{joint}{time}"), format!("{day}{joint}{with_offset}"));
        [time, with_offset, dated, in_full].into_iter().find(reads_back).unwrap_or_else(|| at.to_rfc3339())
    }

    pub(super) fn home_at(&self, at: Lived) -> Lived {
        self.calendar.home().at(at.to_utc())
    }

    /// Returns the instant that is so long after `start`, which stays where it was lived.
    pub(super) fn later(&self, start: Lived, length: TimeDelta) -> Lived {
        let abroad = self.home_at(start).offset() != start.offset();
        if abroad { start + length } else { self.home_at(start + length) }
    }

    fn on_day(&self, wall: Wall, on: On) -> Result<Time, Why> {
        let date = match on {
            On::Date(date) => date,
            On::LogicalDay(day) if wall.ends_day || wall.time >= self.calendar.day_start() => day,
            On::LogicalDay(day) => next(day),
        };
        match self.meaning(wall, date) {
            WallTime::Once(at) => Ok(at.into()),
            WallTime::Twice { earlier, later } => {
                Ok(Time { at: earlier, doubled: Some(Doubled { taken: earlier, other: later }) })
            }
            WallTime::Never { before, after } => Err(Why::Skipped { before, after }),
        }
    }

    fn first_after(&self, start: Lived, wall: Wall) -> Result<Time, Why> {
        // What began elsewhere ends there, unless something else is said.
        let abroad = self.home_at(start).offset() != start.offset();
        let offset = wall.offset.or_else(|| abroad.then(|| Offset::Of(*start.offset())));
        let wall = Wall { offset, ..wall };
        let date = start.date_naive();
        for date in [date.pred_opt().unwrap_or(date), date, next(date)] {
            match self.meaning(wall, date) {
                // The midnight that `0:00-24:00` begins with ends the day before.
                WallTime::Once(at) | WallTime::Twice { earlier: at, .. } if at == start && wall.ends_day => {}
                // Else a whole day, meant or not, has to be said with its date.
                WallTime::Once(at) if at == start => return Err(Why::EndsAtStart),
                WallTime::Once(at) if at > start => return Ok(at.into()),
                WallTime::Twice { earlier, later } if earlier > start => {
                    return Ok(Time { at: earlier, doubled: Some(Doubled { taken: earlier, other: later }) });
                }
                WallTime::Twice { later, .. } if later > start => return Ok(later.into()),
                WallTime::Never { before, after } if after > start => return Err(Why::Skipped { before, after }),
                WallTime::Once(_) | WallTime::Twice { .. } | WallTime::Never { .. } => {}
            }
        }
        Err(Why::EndsBeforeStart)
    }

    fn meaning(&self, wall: Wall, date: NaiveDate) -> WallTime {
        let date = if wall.ends_day { next(date) } else { date };
        let at = date.and_time(wall.time);
        match wall.offset {
            None => self.calendar.home().meaning(at),
            Some(Offset::Home) => WallTime::Once(self.calendar.home().at(at.and_utc())),
            Some(Offset::Of(offset)) => {
                let shift = TimeDelta::seconds(i64::from(offset.local_minus_utc()));
                let instant = at.checked_sub_signed(shift).unwrap_or(at).and_utc();
                WallTime::Once(instant.with_timezone(&offset))
            }
        }
    }
}

impl Joint {
    fn of(text: &str) -> Self {
        [Self::At, Self::T].into_iter().find(|joint| text.starts_with(joint.character())).unwrap_or(Self::Space)
    }

    pub(super) fn character(self) -> char {
        match self {
            Self::Space => ' ',
            Self::T => 'T',
            Self::At => '@',
        }
    }
}

impl Wall {
    /// Reads a time alone, in the form of [`normal`]. Minutes have two digits, so `1:1` is none.
    pub(super) fn read(typed: &str) -> Option<Self> {
        if typed == "noon" {
            return Self::read("12:00");
        }
        let (typed, offset) = split_offset(typed);
        let (digits, half) = split_half(typed);
        let (hour, minute, second) = digits_of(digits)?;
        let hour = match half {
            None => hour,
            Some(after_noon) if (1..=12).contains(&hour) => hour % 12 + 12 * u32::from(after_noon),
            Some(_) => return None,
        };
        let ends_day = (hour, minute, second) == (24, 0, 0);
        let time = NaiveTime::from_hms_opt(if ends_day { 0 } else { hour }, minute, second)?;
        Some(Self { time, ends_day, offset })
    }
}

/// Folds white space and case, but for the `T` of ISO 8601; and joins what belongs to the
/// time: `2 PM`, `9:30 +01:00`.
pub(super) fn normal(typed: &str) -> String {
    let mut folded = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        let joins = matches!(word, "am" | "AM" | "pm" | "PM") || (word.len() == 6 && split_offset(word).0.is_empty());
        if !folded.is_empty() && !joins {
            folded.push(' ');
        }
        folded.push_str(&word.to_lowercase());
    }
    match folded.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _, b't', ..] => folded.replacen('t', "T", 1),
        _ => folded,
    }
}

/// Returns what the clock said, with the seconds only if there are some.
pub(super) fn clock(at: Lived) -> String {
    at.format(if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// Returns what the clock said, and its offset.
pub(super) fn with_offset(at: Lived) -> String {
    format!("{}{}", clock(at), at.format("%:z"))
}

/// Returns whether it was read as this instant, lived at this offset, without a doubt.
pub(super) fn is_just(read: Time, at: Lived) -> bool {
    read.doubled.is_none() && same(read.at, at)
}

/// Returns whether two are the same instant, lived at the same offset.
pub(super) fn same(one: Lived, other: Lived) -> bool {
    one == other && one.offset() == other.offset()
}

fn split_offset(typed: &str) -> (&str, Option<Offset>) {
    if let Some(clock) = typed.strip_suffix('z').filter(|clock| clock.ends_with(|c: char| c.is_ascii_digit())) {
        return (clock, Some(Offset::Home));
    }
    let offset = || {
        let (clock, offset) = typed.split_at_checked(typed.len().checked_sub(6)?)?;
        let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = offset.as_bytes() else {
            return None;
        };
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| i32::from(byte - b'0'));
        let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
        let seconds = (hours * 60 + minutes) * 60 * if *sign == b'-' { -1 } else { 1 };
        let known = hours <= 18 && minutes < 60;
        Some((clock, Some(Offset::Of(FixedOffset::east_opt(seconds).filter(|_| known)?))))
    };
    offset().unwrap_or((typed, None))
}

/// Splits off `am` and `pm`; whether it is after noon.
fn split_half(typed: &str) -> (&str, Option<bool>) {
    match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(false)),
        (_, Some(digits)) => (digits, Some(true)),
        (None, None) => (typed, None),
    }
}

/// Reads `9`, `930`, `0930`, `9:30`, `9.30`, `9:30:15`.
fn digits_of(typed: &str) -> Option<(u32, u32, u32)> {
    let number = |digits: &str, most: usize| {
        let fits = !digits.is_empty() && digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let two = |digits: &str| number(digits, 2).filter(|_| digits.len() == 2);
    let mut parts = typed.split(':');
    match (parts.next()?, parts.next(), parts.next(), parts.next()) {
        (alone, None, None, None) => match alone.split_once('.') {
            Some((hour, minute)) => Some((number(hour, 2)?, two(minute)?, 0)),
            None if alone.len() <= 2 => Some((number(alone, 2)?, 0, 0)),
            None => number(alone, 4).map(|digits| (digits / 100, digits % 100, 0)),
        },
        (hour, Some(minute), None, None) => Some((number(hour, 2)?, two(minute)?, 0)),
        (hour, Some(minute), Some(second), None) => Some((number(hour, 2)?, two(minute)?, two(second)?)),
        _ => None,
    }
}

pub(super) fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NaiveDate::MAX)
}
