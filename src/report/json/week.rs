//! `week`.

use serde::Serialize;

use super::asked::Sampled;
use super::balance::{self, WeekLine, forgotten, week_line};
use super::kept::Thought;
use super::shape::{self, Balance, Longest, Stretch};
use super::{Reading, VERSION};
use crate::domain::insight::{self, Part};
use crate::domain::{Before, DayBalance, Habits, Lift, Lifts, Review, Subject, WeekBalance};
use crate::text;

#[derive(Serialize)]
struct WeekReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    week: WeekLine<'a>,
    days: Vec<DayLine<'a>>,
    activities: Vec<PartLine<'a>>,
    tags: Vec<PartLine<'a>>,
    before: Option<BeforeLine>,
    lifted: Option<Lifted<'a>>,
    sampled: Option<Sampled>,
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

/// The part of a week that an activity is, or what has a tag.
#[derive(Serialize)]
struct PartLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    blocks: usize,
    share_without: Option<f64>,
}

/// The four weeks before, summed up.
#[derive(Serialize)]
struct BeforeLine {
    weeks: usize,
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    share: Option<f64>,
}

/// The week as it would be with some of it lifted off the beam.
#[derive(Serialize)]
struct Lifted<'a> {
    without: Vec<String>,
    as_made: Vec<String>,
    week: WeekLine<'a>,
    days: Vec<DayLine<'a>>,
}

/// Returns `week --json`.
pub fn week(review: &Review<'_>, habits: &Habits, reading: &Reading<'_>) -> String {
    let week = &review.was;
    let slices = || week.days.iter().flat_map(|day| day.slices.iter().copied());
    let (activities, tags) = (insight::activities(slices()), insight::tags(slices()));
    text::json::line(&WeekReport {
        tiltmeter: VERSION,
        report: "week",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        week: week_line(week, reading),
        days: days(week, reading),
        activities: activities
            .iter()
            .map(|part| PartLine { activity: Some(part.name.raw()), ..part_line(part, week) })
            .collect(),
        tags: tags.iter().map(|part| PartLine { tag: Some(part.name.raw()), ..part_line(part, week) }).collect(),
        before: review.before.as_ref().map(|before| before_line(before, habits)),
        lifted: (!review.lifts.is_empty()).then(|| Lifted {
            without: lifted(&review.lifts, Lift::Free),
            as_made: lifted(&review.lifts, Lift::Made),
            week: week_line(&review.tipped, reading),
            days: days(&review.tipped, reading),
        }),
        sampled: balance::sampled(reading, |day| week.week.range().contains(&day)),
    })
}

fn lifted(lifts: &Lifts, lift: Lift) -> Vec<String> {
    let name = |subject: &Subject| match subject {
        Subject::Activity(name) => name.raw().to_owned(),
        Subject::Tag(tag) => format!("+{}", tag.raw()),
    };
    lifts.each(lift).map(name).collect()
}

fn days<'a>(week: &WeekBalance<'a>, reading: &Reading<'a>) -> Vec<DayLine<'a>> {
    week.days.iter().map(|day| day_line(day, reading)).collect()
}

fn day_line<'a>(day: &DayBalance<'a>, reading: &Reading<'a>) -> DayLine<'a> {
    DayLine {
        day: shape::date(day.day),
        day_off: balance::day_off(day),
        balance: balance::day_balance(day, reading),
        gap_seconds: day.gaps.iter().map(|gap| gap.length().num_seconds()).sum(),
        longest: day.longest.as_ref().map(Longest::from),
        switches: day.switches,
        fragments: day.fragments,
        interrupted: day.interrupted,
        thought: balance::thought(day, reading),
    }
}

fn part_line<'a>(part: &Part<'a>, week: &WeekBalance<'_>) -> PartLine<'a> {
    PartLine {
        activity: None,
        tag: None,
        creating_seconds: part.tally.creating.num_seconds(),
        shaping_seconds: part.tally.shaping.num_seconds(),
        consuming_seconds: part.tally.consuming.num_seconds(),
        blocks: part.blocks,
        share_without: part.without(&week.tally).share(week.lens).map(shape::part),
    }
}

fn before_line(before: &Before, habits: &Habits) -> BeforeLine {
    BeforeLine {
        weeks: before.weeks,
        creating_seconds: before.tally.creating.num_seconds(),
        shaping_seconds: before.tally.shaping.num_seconds(),
        consuming_seconds: before.tally.consuming.num_seconds(),
        share: before.share(habits).map(shape::part),
    }
}
