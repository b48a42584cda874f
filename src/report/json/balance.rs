//! `day`, `week` and `trend`.

use serde::Serialize;

use super::kept::Thought;
use super::shape::{self, Balance, Gap, Longest, Measure, Stretch};
use super::{Reading, VERSION};
use crate::domain::insight::{self, Activity as DomainActivity};
use crate::domain::{Block, DayBalance, WeekBalance};
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
    longest: Option<Longest<'a>>,
    switches: usize,
    fragments: usize,
    interrupted: u32,
    thought: Option<Thought<'a>>,
}

/// Returns `day --json`.
pub fn day(day: &DayBalance<'_>, reading: &Reading<'_>) -> String {
    text::json::line(&DayReport {
        tiltmeter: VERSION,
        report: "day",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        day: shape::date(day.day),
        day_off: day_off(day),
        balance: day_balance(day, reading),
        blocks: day.slices.iter().map(Stretch::of_slice).collect(),
        gaps: day.gaps.iter().map(Gap::from).collect(),
        longest: day.longest.as_ref().map(Longest::from),
        switches: day.switches,
        fragments: day.fragments,
        interrupted: day.interrupted,
        thought: thought(day, reading),
    })
}

#[derive(Serialize)]
struct WeekReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    week: WeekLine<'a>,
    days: Vec<DayLine<'a>>,
    activities: Vec<Activity<'a>>,
}

/// A day as a line of its week.
#[derive(Serialize)]
struct DayLine<'a> {
    day: String,
    day_off: Option<&'a str>,
    balance: Balance,
    gap_seconds: i64,
    longest: Option<Longest<'a>>,
    switches: usize,
    fragments: usize,
    interrupted: u32,
    thought: Option<Thought<'a>>,
}

/// An activity's part of a week.
#[derive(Serialize)]
struct Activity<'a> {
    #[serde(rename = "activity")]
    name: &'a str,
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    blocks: usize,
    share_without: Option<f64>,
}

/// Returns `week --json`.
pub fn week(week: &WeekBalance<'_>, reading: &Reading<'_>) -> String {
    let slices = week.days.iter().flat_map(|day| day.slices.iter().copied());
    let activities = insight::activities(slices);
    text::json::line(&WeekReport {
        tiltmeter: VERSION,
        report: "week",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        week: week_line(week, reading),
        days: week.days.iter().map(|day| day_line(day, reading)).collect(),
        activities: activities.iter().map(|activity| activity_line(activity, week)).collect(),
    })
}

#[derive(Serialize)]
struct TrendReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    weeks: Vec<WeekLine<'a>>,
}

/// A week as a line among weeks.
#[derive(Serialize)]
struct WeekLine<'a> {
    week: String,
    first: String,
    last: String,
    balance: Balance,
    longest: Option<Longest<'a>>,
    switches: usize,
    interrupted: u32,
}

/// Returns `trend --json`, the weeks in the order in which they come.
pub fn trend(weeks: &[WeekBalance<'_>], reading: &Reading<'_>) -> String {
    text::json::line(&TrendReport {
        tiltmeter: VERSION,
        report: "trend",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        weeks: weeks.iter().map(|week| week_line(week, reading)).collect(),
    })
}

fn forgotten<'a>(reading: &Reading<'a>) -> Vec<Stretch<'a>> {
    reading.ledger.forgotten().map(Stretch::of_block).collect()
}

/// Returns what a day is off for, if it is.
fn day_off<'a>(day: &DayBalance<'a>) -> Option<&'a str> {
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

fn thought<'a>(day: &DayBalance<'_>, reading: &Reading<'a>) -> Option<Thought<'a>> {
    reading.thoughts.iter().find(|thought| thought.day == day.day).map(Thought::of)
}

fn day_line<'a>(day: &DayBalance<'a>, reading: &Reading<'a>) -> DayLine<'a> {
    DayLine {
        day: shape::date(day.day),
        day_off: day_off(day),
        balance: day_balance(day, reading),
        gap_seconds: day.gaps.iter().map(|gap| gap.length().num_seconds()).sum(),
        longest: day.longest.as_ref().map(Longest::from),
        switches: day.switches,
        fragments: day.fragments,
        interrupted: day.interrupted,
        thought: thought(day, reading),
    }
}

fn week_line<'a>(week: &WeekBalance<'a>, reading: &Reading<'_>) -> WeekLine<'a> {
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

fn activity_line<'a>(activity: &DomainActivity<'a>, week: &WeekBalance<'_>) -> Activity<'a> {
    let part = activity.tally;
    Activity {
        name: activity.activity.raw(),
        creating_seconds: part.creating.num_seconds(),
        shaping_seconds: part.shaping.num_seconds(),
        consuming_seconds: part.consuming.num_seconds(),
        blocks: activity.blocks,
        share_without: activity.without(&week.tally).share(week.lens).map(shape::part),
    }
}
