//! `history`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::VERSION;
use super::shape::{self, Stretch};
use crate::domain::{Block, Lived};
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
    /// The blocks that it touches, as it left them.
    pub blocks: Vec<Version<'a>>,
}

/// A block as a change left it.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// The block.
    pub block: &'a Block,
    /// The fields that the change set; all of them in the first version.
    pub set: Vec<&'a str>,
    /// Whether the change took it out.
    pub removed: bool,
}

#[derive(Serialize)]
struct HistoryReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    changes: Vec<ChangeLine<'a>>,
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
}

#[derive(Serialize)]
struct VersionLine<'a> {
    set: &'a [&'a str],
    removed: bool,
    block: Stretch<'a>,
}

/// Returns `history --json`, the changes in the order in which they come.
pub fn history(changes: &[Change<'_>], now: Lived) -> String {
    text::json::line(&HistoryReport {
        tiltmeter: VERSION,
        report: "history",
        now: shape::time(now),
        changes: changes.iter().map(change_line).collect(),
    })
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
        blocks: change.blocks.iter().map(version_line).collect(),
    }
}

fn version_line<'a>(version: &'a Version<'a>) -> VersionLine<'a> {
    VersionLine { set: &version.set, removed: version.removed, block: Stretch::of_block(version.block) }
}
