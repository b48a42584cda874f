//! `day`, and what `week` and `trend` have in common with it.

use chrono::NaiveDate;
use serde::Serialize;

use super::asked::Sampled;
use super::kept::Thought;
use super::shape::{self, Balance, Gap, Longest, Measure, Stretch};
use super::{Reading, VERSION};
use crate::domain::{Block, DayBalance, Slice, TrendPoint, WeekBalance};
use crate::text;

#[derive(Serialize)]
struct DayReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    day: String,
    day_off: Option<&'a str>,
    balance: Balance,
    blocks: Vec<Stretch<'a>>,
    gaps: Vec<Gap>,
    over: Over,
    longest: Option<Longest<'a>>,
    switches: usize,
    fragments: usize,
    interrupted: u32,
    thought: Option<Thought<'a>>,
    sampled: Option<Sampled>,
}

/// By how much a day has more than it may; null where it has not.
#[derive(Serialize)]
struct Over {
    taken_in_seconds: Option<i64>,
    work_seconds: Option<i64>,
}

impl Over {
    fn of(day: &DayBalance<'_>) -> Self {
        Self {
            taken_in_seconds: day.limits.over_taken_in(&day.tally).map(|over| over.num_seconds()),
            work_seconds: day.limits.over_work(&day.tally).map(|over| over.num_seconds()),
        }
    }
}

/// Returns `day --json`.
pub fn day<'a>(day: &DayBalance<'a>, reading: &Reading<'a>) -> String {
    text::json::line(&DayReport {
        tiltmeter: VERSION,
        report: "day",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        day: shape::date(day.day),
        day_off: day_off(day),
        balance: day_balance(day, reading),
        blocks: day.slices.iter().map(|slice| of_slice(slice, reading)).collect(),
        gaps: day.gaps.iter().map(Gap::from).collect(),
        over: Over::of(day),
        longest: day.longest.as_ref().map(Longest::from),
        switches: day.switches,
        fragments: day.fragments,
        interrupted: day.interrupted,
        thought: thought(day, reading),
        sampled: sampled(reading, |it| it == day.day),
    })
}

/// A week as a line among weeks.
#[derive(Serialize)]
pub(super) struct WeekLine<'a> {
    week: String,
    first: String,
    last: String,
    balance: Balance,
    longest: Option<Longest<'a>>,
    switches: usize,
    interrupted: u32,
}

pub(super) fn forgotten<'a>(reading: &Reading<'a>) -> Vec<Stretch<'a>> {
    let ledger = reading.ledger;
    ledger.forgotten().map(|block| Stretch::of_block(block).started_on(ledger.elsewhere(block.id))).collect()
}

fn of_slice<'a>(slice: &Slice<'a>, reading: &Reading<'a>) -> Stretch<'a> {
    Stretch::of_slice(slice).started_on(reading.ledger.elsewhere(slice.block.id))
}

/// Returns what a day is off for, if it is.
pub(super) fn day_off<'a>(day: &DayBalance<'a>) -> Option<&'a str> {
    day.off.map(|off: &Block| off.activity.raw())
}

pub(super) fn day_balance(day: &DayBalance<'_>, reading: &Reading<'_>) -> Balance {
    let measure = Measure {
        expected: day.expected,
        lens: day.lens,
        target: day.target,
        target_is_a_guess: reading.target_is_a_guess,
    };
    Balance::of(&day.tally, measure)
}

pub(super) fn week_balance(week: &WeekBalance<'_>, reading: &Reading<'_>) -> Balance {
    let measure = Measure {
        expected: week.expected,
        lens: week.lens,
        target: week.target,
        target_is_a_guess: reading.target_is_a_guess,
    };
    Balance::of(&week.tally, measure)
}

pub(super) fn thought<'a>(day: &DayBalance<'_>, reading: &Reading<'a>) -> Option<Thought<'a>> {
    reading.thoughts.iter().find(|thought| thought.day == day.day).map(Thought::of)
}

/// Returns what was answered at random moments of some days.
pub(super) fn sampled(reading: &Reading<'_>, wanted: impl Fn(NaiveDate) -> bool) -> Option<Sampled> {
    Sampled::some_of(reading.samples.iter().filter(|sample| wanted(sample.day)), reading.lens)
}

pub(super) fn week_line<'a>(week: &WeekBalance<'a>, reading: &Reading<'_>) -> WeekLine<'a> {
    let longest = week.days.iter().filter_map(|day| day.longest.as_ref()).max_by_key(|longest| longest.length);
    WeekLine {
        week: shape::week(week.week),
        first: shape::date(week.week.first()),
        last: shape::date(week.week.last()),
        balance: week_balance(week, reading),
        longest: longest.map(Longest::from),
        switches: week.switches(),
        interrupted: week.days.iter().fold(0, |sum, day| sum.saturating_add(day.interrupted)),
    }
}

pub(super) fn trend_week_line<'a>(week: &'a TrendPoint, reading: &Reading<'_>) -> WeekLine<'a> {
    let measure = Measure {
        expected: week.expected,
        lens: reading.lens,
        target: week.target,
        target_is_a_guess: reading.target_is_a_guess,
    };
    WeekLine {
        week: shape::week(week.week),
        first: shape::date(week.week.first()),
        last: shape::date(week.week.last()),
        balance: Balance::of(&week.tally, measure),
        longest: week.longest.as_ref().map(Longest::from),
        switches: week.switches,
        interrupted: week.interrupted,
    }
}
