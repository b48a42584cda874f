//! One day of a made-up manager: what stands in the calendar, and what fills the margins.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Density;
use super::words::{CALENDAR, Doing, FIRE, LUNCH, MAKING, MARGINS, Meeting, NIGHT, PROJECTS, SUNDAY};
use crate::domain::Kind;
use crate::domain::random::Random;

/// How a week is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Usual,
    /// Half of the meetings do not take place.
    Calm,
    /// Something is on fire from Tuesday to Thursday, and wakes people at night.
    Incident,
}

impl Mood {
    /// Of eight weeks in a row, one is calm and one is not at all.
    pub(super) fn of(date: NaiveDate, seed: u64) -> Self {
        match (week_number(date).wrapping_add(seed)) % 8 {
            2 => Self::Calm,
            5 => Self::Incident,
            _ => Self::Usual,
        }
    }
}

/// Returns a seed of which the week of `date` is a usual one, after an incident.
pub(super) fn seed_of_usual_week(date: NaiveDate) -> u64 {
    const AFTER_AN_INCIDENT: u64 = 6;
    AFTER_AN_INCIDENT + 8 - week_number(date) % 8
}

/// A block before it has a place on earth: minutes from the midnight that begins its date.
pub(super) struct Planned {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
    pub(super) activity: String,
    pub(super) tags: Vec<String>,
    pub(super) note: Option<&'static str>,
    pub(super) interrupted: u32,
}

/// Returns why the whole of a day is off, if it is.
pub(super) fn off(date: NaiveDate, random: &mut Random) -> Option<&'static str> {
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        return None;
    }
    match (date.month(), date.day()) {
        (12, 24..) | (1, 1) => Some("Christmas week"),
        _ if (31..=32).contains(&date.iso_week().week()) => Some("summer"),
        _ if random.happens(1) => Some("ill"),
        _ if random.happens(1) => Some("a day off"),
        _ => None,
    }
}

/// Returns the blocks of a day in the order of time, without overlap.
pub(super) fn plan(date: NaiveDate, mood: Mood, density: Density, random: &mut Random) -> Vec<Planned> {
    let mut day = Day { date, mood, density, random, planned: Vec::new() };
    match date.weekday() {
        Weekday::Sat => {}
        Weekday::Sun => day.sunday(),
        _ => day.working(),
    }
    day.planned
}

struct Day<'a> {
    date: NaiveDate,
    mood: Mood,
    density: Density,
    random: &'a mut Random,
    planned: Vec<Planned>,
}

impl Day<'_> {
    fn sunday(&mut self) {
        if self.random.happens(10) {
            let start = self.random.minutes(20 * 60, 21 * 60);
            let end = start + self.random.minutes(25, 50);
            self.log(start, end, &SUNDAY);
        }
    }

    fn working(&mut self) {
        let mut free_from = self.random.minutes(8 * 60 + 40, 9 * 60);
        let ends = self.random.minutes(17 * 60, 18 * 60);
        for meeting in self.meetings() {
            free_from = self.through_lunch(free_from, meeting.at);
            let start = (meeting.at + self.lateness()).max(free_from);
            let end = start + meeting.lasts + self.random.minutes(0, 10);
            self.fill(free_from, start);
            self.log(start, end, &meeting.doing);
            free_from = end;
        }
        free_from = self.through_lunch(free_from, ends);
        self.fill(free_from, ends);
        if self.mood == Mood::Incident && self.date.weekday() == Weekday::Tue {
            let end = NIGHT_BEGINS + self.random.minutes(45, 75);
            self.log(NIGHT_BEGINS, end, &NIGHT);
        }
    }

    /// Returns the meetings of the day that take place, in order.
    fn meetings(&mut self) -> Vec<&'static Meeting> {
        let index = self.date.weekday().num_days_from_monday() as usize;
        let calendar: &'static [Meeting] = CALENDAR.get(index).copied().unwrap_or_default();
        let calm = self.mood == Mood::Calm;
        let takes_place = |meeting: &&Meeting| {
            let chance = if calm { meeting.chance / 2 } else { meeting.chance };
            self.random.happens(chance)
        };
        calendar.iter().filter(takes_place).collect()
    }

    /// Returns how late a meeting begins: most are on time.
    fn lateness(&mut self) -> u32 {
        if self.random.happens(20) { 5 } else { 0 }
    }

    /// Fills the time from `from` up to lunch, and lunch, if that lies before `until`;
    /// returns where the time after it begins.
    fn through_lunch(&mut self, from: u32, until: u32) -> u32 {
        if from > LUNCH_BEGINS + 30 || until < LUNCH_BEGINS + 60 {
            return from;
        }
        let start = from.max(LUNCH_BEGINS);
        self.fill(from, start);
        let end = start + self.random.minutes(30, 50);
        if self.random.happens(45) {
            self.log(start, end, &LUNCH);
        }
        end
    }

    /// Fills the time between two meetings with what fits there.
    fn fill(&mut self, from: u32, until: u32) {
        let mut at = from;
        while at + SHORTEST <= until {
            if self.is_left_free(at) {
                at = FREE_UNTIL;
                continue;
            }
            let length = self.length(at);
            let rest = until - at;
            // A rest too short for a block of its own goes to this one.
            let length = if rest < length + SHORTEST { rest } else { length };
            if let Some(doing) = self.something_else(at) {
                self.log(at, at + length, doing);
            }
            at += length;
        }
    }

    /// Returns what comes next; hardly ever the same again, for that would be one block.
    fn something_else(&mut self, at: u32) -> Option<&'static Doing> {
        let first = self.random.weighted(self.margins(at))?.as_ref()?;
        if self.planned.last().is_some_and(|last| last.activity == self.words(first)) {
            return self.random.weighted(self.margins(at))?.as_ref();
        }
        Some(first)
    }

    /// Returns what a thing is called in these weeks.
    fn words(&self, doing: &Doing) -> String {
        doing.activity.replace('*', project(self.date))
    }

    /// Returns how long the next thing takes; making takes longer in a kept morning.
    fn length(&mut self, at: u32) -> u32 {
        match self.density {
            Density::Busy => self.random.minutes(10, 25),
            Density::Believable if self.is_kept_free(at) => self.random.minutes(50, 90),
            Density::Believable => self.random.minutes(25, 70),
        }
    }

    fn margins(&self, at: u32) -> &'static [(u32, Option<Doing>)] {
        let burning = matches!(self.date.weekday(), Weekday::Tue | Weekday::Wed | Weekday::Thu);
        match self.mood {
            Mood::Incident if burning => FIRE,
            Mood::Calm if at < LUNCH_BEGINS => MAKING,
            _ if self.is_kept_free(at) => MAKING,
            _ => MARGINS,
        }
    }

    /// Thursdays from nine to eleven are kept free for making.
    fn is_kept_free(&self, at: u32) -> bool {
        self.date.weekday() == Weekday::Thu && at < 11 * 60
    }

    /// Wednesdays from lunch to two have nothing, week after week: a gap that recurs. Where
    /// journals are made up to measure with, all time is filled.
    fn is_left_free(&self, at: u32) -> bool {
        let is_then = (LUNCH_BEGINS + 15..FREE_UNTIL).contains(&at);
        is_then && self.date.weekday() == Weekday::Wed && self.density == Density::Believable
    }

    fn log(&mut self, start: u32, end: u32, doing: &Doing) {
        let project = project(self.date).replace(' ', "-");
        let note = if self.random.happens(15) { self.random.one_of(doing.notes).copied() } else { None };
        let interrupted = match doing.kind {
            Kind::Creating if self.random.happens(35) => 1 + self.random.below(4),
            Kind::Shaping if self.random.happens(8) => 1,
            _ => 0,
        };
        self.planned.push(Planned {
            start,
            end,
            kind: doing.kind,
            activity: self.words(doing),
            tags: doing.tags.iter().map(|tag| tag.replace('*', &project)).collect(),
            note,
            interrupted,
        });
    }
}

/// Nothing shorter is planned.
const SHORTEST: u32 = 10;
const LUNCH_BEGINS: u32 = 12 * 60;
/// On Wednesdays, nothing is done until then.
const FREE_UNTIL: u32 = 14 * 60;
/// Ten past two in the night after.
const NIGHT_BEGINS: u32 = 26 * 60 + 10;

fn project(date: NaiveDate) -> &'static str {
    let index = usize::try_from(week_number(date) / 5).unwrap_or_default() % PROJECTS.len();
    PROJECTS.get(index).copied().unwrap_or_default()
}

/// Returns the number of the week, counted from Monday, 1 January of the year 1.
fn week_number(date: NaiveDate) -> u64 {
    u64::from((date.num_days_from_ce() - 1).unsigned_abs() / 7)
}
