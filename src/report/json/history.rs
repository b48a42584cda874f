//! `history`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::VERSION;
use super::asked::SampleLine;
use super::kept::{BaselineLine, SparkLine, Thought};
use super::shape::{self, Stretch};
use crate::domain::{Kept, Lived, Thing};
use crate::text;

/// One change of the journal.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// Its id.
    pub id: &'a str,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The device that made it.
    pub by: &'a str,
    /// What it is called: `start`, `switch`, `edit`, …
    pub does: &'a str,
    /// The change that it undoes.
    pub undoes: Option<&'a str>,
    /// The change that it redoes.
    pub redoes: Option<&'a str>,
    /// Whether it is undone now.
    pub undone: bool,
    /// What it touches, as it left it.
    pub versions: Vec<Version<'a>>,
}

/// A block, or something else that is kept, as a change left it.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// What it is.
    pub what: &'a Thing,
    /// The fields that the change set; all of them in the first version.
    pub set: Vec<&'a str>,
    /// Whether the change took it out.
    pub removed: bool,
}

/// What `history` was asked for, besides changes.
#[derive(Clone, Debug, Default)]
pub struct Besides<'a> {
    /// What one thing was after each change of it, the first first.
    pub versions: Vec<Stage<'a>>,
    /// What was removed, the last first, each with what it is called to be restored.
    pub removed: Vec<(String, DateTime<Utc>, &'a str, &'a Thing)>,
}

/// What something was after a change.
#[derive(Clone, Debug)]
pub struct Stage<'a> {
    /// The id of the change.
    pub change: String,
    /// What it was.
    pub what: &'a Thing,
    /// Whether it was removed.
    pub removed: bool,
    /// The fields that the change set and that another device set later.
    pub not_shown: &'a [String],
}

#[derive(Serialize)]
struct HistoryReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    changes: Vec<ChangeLine<'a>>,
    versions: Vec<StageLine<'a>>,
    gone: Vec<GoneLine<'a>>,
}

#[derive(Serialize)]
struct StageLine<'a> {
    version: usize,
    change: &'a str,
    removed: bool,
    not_shown: &'a [String],
    what: Option<WhatLine<'a>>,
}

#[derive(Serialize)]
struct GoneLine<'a> {
    restore: &'a str,
    at: String,
    by: &'a str,
    what: Option<WhatLine<'a>>,
}

/// A block, or something else.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum WhatLine<'a> {
    Block(Stretch<'a>),
    Spark(SparkLine<'a>),
}

#[derive(Serialize)]
struct ChangeLine<'a> {
    change: &'a str,
    at: String,
    by: &'a str,
    does: &'a str,
    undoes: Option<&'a str>,
    redoes: Option<&'a str>,
    undone: bool,
    blocks: Vec<VersionLine<'a>>,
    sparks: Vec<KeptLine<'a, SparkLine<'a>>>,
    days: Vec<KeptLine<'a, DayLine<'a>>>,
    baselines: Vec<KeptLine<'a, BaselineLine<'a>>>,
    samples: Vec<KeptLine<'a, SampleLine>>,
}

/// Something besides a block, as a change left it.
#[derive(Serialize)]
struct KeptLine<'a, T> {
    set: &'a [&'a str],
    removed: bool,
    what: T,
}

/// What was thought of a day.
#[derive(Serialize)]
struct DayLine<'a> {
    day: String,
    thought: Thought<'a>,
}

#[derive(Serialize)]
struct VersionLine<'a> {
    set: &'a [&'a str],
    removed: bool,
    block: Stretch<'a>,
}

/// Returns `history --json`, the changes in the order in which they come.
pub fn history(changes: &[Change<'_>], besides: &Besides<'_>, now: Lived) -> String {
    text::json::line(&HistoryReport {
        tiltmeter: VERSION,
        report: "history",
        now: shape::time(now),
        changes: changes.iter().map(change_line).collect(),
        versions: (1..).zip(&besides.versions).map(stage_line).collect(),
        gone: besides.removed.iter().map(gone_line).collect(),
    })
}

fn stage_line<'a>((version, stage): (usize, &'a Stage<'a>)) -> StageLine<'a> {
    StageLine {
        version,
        change: &stage.change,
        removed: stage.removed,
        not_shown: stage.not_shown,
        what: what_line(stage.what),
    }
}

fn gone_line<'a>((restore, at, by, what): &'a (String, DateTime<Utc>, &'a str, &'a Thing)) -> GoneLine<'a> {
    GoneLine { restore, at: shape::stamp(*at), by, what: what_line(what) }
}

fn what_line(what: &Thing) -> Option<WhatLine<'_>> {
    match what {
        Thing::Block(block) => Some(WhatLine::Block(Stretch::of_block(block))),
        Thing::Kept(Kept::Spark(spark)) => Some(WhatLine::Spark(SparkLine::of(spark, None))),
        Thing::Kept(Kept::Reflection(_) | Kept::Baseline(_) | Kept::Sample(_)) => None,
    }
}

fn change_line<'a>(change: &'a Change<'a>) -> ChangeLine<'a> {
    ChangeLine {
        change: change.id,
        at: shape::stamp(change.at),
        by: change.by,
        does: change.does,
        undoes: change.undoes,
        redoes: change.redoes,
        undone: change.undone,
        blocks: change.versions.iter().filter_map(version_line).collect(),
        sparks: kept_lines(change, spark_line),
        days: kept_lines(change, day_line),
        baselines: kept_lines(change, baseline_line),
        samples: kept_lines(change, sample_line),
    }
}

fn version_line<'a>(version: &'a Version<'a>) -> Option<VersionLine<'a>> {
    let Thing::Block(block) = version.what else { return None };
    Some(VersionLine { set: &version.set, removed: version.removed, block: Stretch::of_block(block) })
}

/// Returns the versions of one of the other things.
fn kept_lines<'a, T>(change: &'a Change<'a>, of: impl Fn(&'a Kept) -> Option<T>) -> Vec<KeptLine<'a, T>> {
    let line = |version: &'a Version<'a>| match version.what {
        Thing::Block(_) => None,
        Thing::Kept(kept) => Some(KeptLine { set: &version.set, removed: version.removed, what: of(kept)? }),
    };
    change.versions.iter().filter_map(line).collect()
}

fn spark_line(kept: &Kept) -> Option<SparkLine<'_>> {
    let Kept::Spark(spark) = kept else { return None };
    Some(SparkLine::of(spark, None))
}

fn day_line(kept: &Kept) -> Option<DayLine<'_>> {
    let Kept::Reflection(reflection) = kept else { return None };
    Some(DayLine { day: shape::date(reflection.day), thought: Thought::of(reflection) })
}

fn baseline_line(kept: &Kept) -> Option<BaselineLine<'_>> {
    let Kept::Baseline(baseline) = kept else { return None };
    Some(BaselineLine::of(baseline, None))
}

fn sample_line(kept: &Kept) -> Option<SampleLine> {
    let Kept::Sample(sample) = kept else { return None };
    Some(SampleLine::of(sample))
}
