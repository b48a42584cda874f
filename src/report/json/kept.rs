//! `spark`, `baseline`, `target`, and what other reports say of the same things.

use serde::Serialize;

use super::VERSION;
use super::shape;
use crate::domain::usual::Usual;
use crate::domain::{Baseline, BaselineFrom, Felt, Lived, Reflection, Share, Spark};
use crate::text::{self, Text};

/// A spark, with the number it is called by while it is open.
#[derive(Serialize)]
pub(super) struct SparkLine<'a> {
    number: Option<usize>,
    id: String,
    text: &'a str,
    seconds: i64,
    put: String,
    done: Option<String>,
}

impl<'a> SparkLine<'a> {
    pub(super) fn of(spark: &'a Spark, number: Option<usize>) -> Self {
        Self {
            number,
            id: spark.id.to_string(),
            text: spark.text.raw(),
            seconds: spark.length.num_seconds(),
            put: shape::time(spark.put),
            done: spark.done.map(shape::time),
        }
    }
}

/// What was thought of a day.
#[derive(Serialize)]
pub(super) struct Thought<'a> {
    felt: Option<u8>,
    note: Option<&'a str>,
}

impl<'a> Thought<'a> {
    pub(super) fn of(reflection: &'a Reflection) -> Self {
        Self { felt: reflection.felt.map(Felt::mark), note: reflection.note.as_ref().map(Text::raw) }
    }
}

/// What the share once was.
#[derive(Serialize)]
pub(super) struct BaselineLine<'a> {
    name: Option<&'a str>,
    share: Option<f64>,
    first: Option<String>,
    last: Option<String>,
}

impl<'a> BaselineLine<'a> {
    pub(super) fn of(baseline: &'a Baseline, share: Option<Share>) -> Self {
        let (share, days) = match baseline.from {
            BaselineFrom::Remembered(share) => (Some(share), None),
            BaselineFrom::Days { first, last } => (share, Some((first, last))),
        };
        Self {
            name: baseline.name.as_ref().map(Text::raw),
            share: share.map(shape::part),
            first: days.map(|(first, _)| shape::date(first)),
            last: days.map(|(_, last)| shape::date(last)),
        }
    }
}

#[derive(Serialize)]
struct SparkReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    sparks: Vec<SparkLine<'a>>,
}

/// Returns `spark --json`: those that are open, numbered, and the others that are given.
pub fn spark(sparks: &[Spark], now: Lived) -> String {
    let open = (1..).zip(sparks.iter().filter(|spark| spark.is_open()));
    let open = open.map(|(number, spark)| SparkLine::of(spark, Some(number)));
    let done = sparks.iter().filter(|spark| !spark.is_open()).map(|spark| SparkLine::of(spark, None));
    text::json::line(&SparkReport {
        tiltmeter: VERSION,
        report: "spark",
        now: shape::time(now),
        sparks: open.chain(done).collect(),
    })
}

#[derive(Serialize)]
struct BaselineReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    baseline: Option<BaselineLine<'a>>,
}

/// Returns `baseline --json`.
pub fn baseline(baseline: Option<(&Baseline, Option<Share>)>, now: Lived) -> String {
    text::json::line(&BaselineReport {
        tiltmeter: VERSION,
        report: "baseline",
        now: shape::time(now),
        baseline: baseline.map(|(baseline, share)| BaselineLine::of(baseline, share)),
    })
}

#[derive(Serialize)]
struct TargetReport {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    targets: Days,
    target_is_a_guess: bool,
    usual: Option<UsualLine>,
}

#[derive(Serialize)]
struct UsualLine {
    share: f64,
    days: usize,
    weekdays: Days,
}

/// A share for each day of the week.
#[derive(Serialize)]
struct Days {
    mon: Option<f64>,
    tue: Option<f64>,
    wed: Option<f64>,
    thu: Option<f64>,
    fri: Option<f64>,
    sat: Option<f64>,
    sun: Option<f64>,
}

impl Days {
    fn of(shares: [Option<Share>; 7]) -> Self {
        let [mon, tue, wed, thu, fri, sat, sun] = shares.map(|share| share.map(shape::part));
        Self { mon, tue, wed, thu, fri, sat, sun }
    }
}

/// Returns `target --json`.
pub fn target(targets: [Share; 7], is_a_guess: bool, usual: Option<&Usual>, now: Lived) -> String {
    text::json::line(&TargetReport {
        tiltmeter: VERSION,
        report: "target",
        now: shape::time(now),
        targets: Days::of(targets.map(Some)),
        target_is_a_guess: is_a_guess,
        usual: usual.map(|usual| UsualLine {
            share: shape::part(usual.share),
            days: usual.days,
            weekdays: Days::of(usual.weekdays),
        }),
    })
}
