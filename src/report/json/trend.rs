//! `trend`.

use chrono::{NaiveTime, Weekday};
use serde::Serialize;

use super::balance::{WeekLine, forgotten, trend_week_line};
use super::shape::{self, Stretch};
use super::{Reading, VERSION};
use crate::domain::trend::{Feeling, Marks, Moved as DomainMoved, Once, Rhythm, Window as DomainWindow, YearDay};
use crate::domain::{BaselineFrom, Lens, RecurringGap, Tally, Trend};
use crate::text;

#[derive(Serialize)]
struct TrendReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    unread: usize,
    weeks: Vec<WeekLine<'a>>,
    baseline: Option<Baseline<'a>>,
    making_window: Option<Window>,
    shaping_window: Option<Window>,
    recurring_gaps: Vec<Gap>,
    grew: Option<Moved<'a>>,
    shrank: Option<Moved<'a>>,
    felt: Option<Felt>,
    rhythm: Hours,
    days: Vec<DayLine>,
}

/// Returns `trend --json`, the weeks in the order in which they come. What is found is null
/// in under four weeks.
pub fn trend(trend: &Trend, reading: &Reading<'_>) -> String {
    let lens = reading.lens;
    let found = trend.says_something();
    text::json::line(&TrendReport {
        tiltmeter: VERSION,
        report: "trend",
        now: shape::time(reading.now),
        forgotten: forgotten(reading),
        unread: trend.unread,
        weeks: trend.weeks.iter().map(|week| trend_week_line(week, reading)).collect(),
        baseline: trend.baseline.as_ref().map(|once| baseline(once, lens)),
        making_window: trend.making.as_ref().filter(|_| found).map(Window::from),
        shaping_window: trend.shaping.as_ref().filter(|_| found).map(Window::from),
        recurring_gaps: trend.gaps.iter().filter(|_| found).map(Gap::from).collect(),
        grew: trend.grew.as_ref().filter(|_| found).map(Moved::from),
        shrank: trend.shrank.as_ref().filter(|_| found).map(Moved::from),
        felt: Feeling::of(&trend.days, lens)
            .map(|feeling| Felt { above: MeanMark::of(feeling.above), below: MeanMark::of(feeling.below) }),
        rhythm: hours(&trend.rhythm),
        days: trend.days.iter().map(|day| day_line(day, lens)).collect(),
    })
}

#[derive(Serialize)]
struct Baseline<'a> {
    name: Option<&'a str>,
    share: Option<f64>,
    first: Option<String>,
    last: Option<String>,
}

fn baseline(once: &Once, lens: Lens) -> Baseline<'_> {
    let (first, last) = match once.baseline.from {
        BaselineFrom::Remembered(_) => (None, None),
        BaselineFrom::Days { first, last } => (Some(shape::date(first)), Some(shape::date(last))),
    };
    let name = once.baseline.name.as_ref().map(text::Text::raw);
    Baseline { name, share: once.share(lens).map(shape::part), first, last }
}

/// Hours of a weekday in which something recurs.
#[derive(Serialize)]
struct Window {
    weekday: String,
    from_hour: u32,
    until_hour: u32,
    spent_seconds: i64,
    open_seconds: i64,
    weeks: u32,
    of_weeks: u32,
    other_days: u32,
}

impl From<&DomainWindow> for Window {
    fn from(window: &DomainWindow) -> Self {
        Self {
            weekday: weekday(window.weekday),
            from_hour: window.from,
            until_hour: window.until,
            spent_seconds: window.spent.num_seconds(),
            open_seconds: window.open.num_seconds(),
            weeks: window.weeks,
            of_weeks: window.of_weeks,
            other_days: window.other_days,
        }
    }
}

/// A gap that recurs.
#[derive(Serialize)]
struct Gap {
    weekday: String,
    from: String,
    until: String,
    weeks: u32,
}

impl From<&RecurringGap> for Gap {
    fn from(gap: &RecurringGap) -> Self {
        let clock = |time: NaiveTime| time.format("%H:%M").to_string();
        Self { weekday: weekday(gap.weekday), from: clock(gap.from), until: clock(gap.until), weeks: gap.weeks }
    }
}

/// An activity that grew or shrank.
#[derive(Serialize)]
struct Moved<'a> {
    activity: &'a str,
    kind: &'static str,
    now_weekly_seconds: i64,
    before_weekly_seconds: i64,
}

impl<'a> From<&'a DomainMoved> for Moved<'a> {
    fn from(moved: &'a DomainMoved) -> Self {
        Self {
            activity: moved.activity.raw(),
            kind: moved.kind.word(),
            now_weekly_seconds: moved.now.num_seconds(),
            before_weekly_seconds: moved.before.num_seconds(),
        }
    }
}

/// How days on either side of their target felt.
#[derive(Serialize)]
struct Felt {
    above: MeanMark,
    below: MeanMark,
}

#[derive(Serialize)]
struct MeanMark {
    mean: Option<f64>,
    of_days: u32,
}

impl MeanMark {
    fn of(marks: Marks) -> Self {
        Self { mean: marks.mean().map(shape::rounded), of_days: marks.days }
    }
}

/// The hours of the last weeks.
#[derive(Serialize)]
struct Hours {
    first: String,
    last: String,
    weekdays: Vec<Hourly>,
}

#[derive(Serialize)]
struct Hourly {
    weekday: String,
    logged_days: u32,
    hours: Vec<Spent>,
}

#[derive(Serialize)]
struct Spent {
    hour: u32,
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    made_in: u32,
    shaped_in: u32,
    empty_on: u32,
}

fn hours(rhythm: &Rhythm) -> Hours {
    let mut weekdays = Vec::new();
    for day in rhythm.first.days().map(|day| chrono::Datelike::weekday(&day)) {
        let hours = rhythm.order().map(|hour| (hour, rhythm.hour(day, hour)));
        let hours = hours.filter(|(_, spent)| spent.tally != Tally::default()).map(|(hour, spent)| Spent {
            hour,
            creating_seconds: spent.tally.creating.num_seconds(),
            shaping_seconds: spent.tally.shaping.num_seconds(),
            consuming_seconds: spent.tally.consuming.num_seconds(),
            made_in: spent.made_in,
            shaped_in: spent.shaped_in,
            empty_on: spent.empty_on,
        });
        let hours: Vec<Spent> = hours.collect();
        if !hours.is_empty() {
            weekdays.push(Hourly { weekday: weekday(day), logged_days: rhythm.logged_days(day), hours });
        }
    }
    Hours { first: shape::date(rhythm.first.first()), last: shape::date(rhythm.last.last()), weekdays }
}

/// A day of the year.
#[derive(Serialize)]
struct DayLine {
    day: String,
    off: bool,
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    expected_seconds: i64,
    share: Option<f64>,
    target: f64,
    felt: Option<u8>,
}

fn day_line(day: &YearDay, lens: Lens) -> DayLine {
    DayLine {
        day: shape::date(day.day),
        off: day.is_off,
        creating_seconds: day.tally.creating.num_seconds(),
        shaping_seconds: day.tally.shaping.num_seconds(),
        consuming_seconds: day.tally.consuming.num_seconds(),
        expected_seconds: day.expected.num_seconds(),
        share: day.tally.share(lens).map(shape::part),
        target: shape::part(day.target),
        felt: day.felt.map(crate::domain::Felt::mark),
    }
}

fn weekday(weekday: Weekday) -> String {
    weekday.to_string().to_lowercase()
}
