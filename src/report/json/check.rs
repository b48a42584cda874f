//! `check`.

use serde::Serialize;

use super::VERSION;
use super::shape;
use crate::domain::{Id, Lived};
use crate::text;

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Files of the journal.
    pub files: usize,
    /// Lines in them.
    pub lines: u64,
    /// Blocks that there are in the end.
    pub blocks: usize,
}

/// Something that is wrong with the journal, or could be.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// What it is, in one word: `unreadable`, `overlap`, `conflict`, …
    pub what: &'a str,
    /// What a person is told of it.
    pub message: &'a str,
    /// The file it stands in, as a path from the journal's folder.
    pub file: Option<&'a str>,
    /// The line it stands on, counted from 1.
    pub line: Option<u64>,
    /// The blocks it is about.
    pub blocks: Vec<Id>,
    /// What can be typed to settle it.
    pub ways: Vec<String>,
}

/// Something that a repair does.
#[derive(Clone, Debug, Serialize)]
pub struct Repair {
    /// What it is, in one word: `take_out`, `take_in`, …
    pub what: &'static str,
    /// What a person is told of it.
    pub message: String,
    /// The file that it is about.
    pub file: String,
    /// Whether it was done; `None` where nobody asked for it.
    pub done: Option<bool>,
    /// Why it was not.
    pub why: Option<String>,
}

#[derive(Serialize)]
struct CheckReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    files: usize,
    lines: u64,
    blocks: usize,
    findings: Vec<FindingLine<'a>>,
    repairs: &'a [Repair],
}

#[derive(Serialize)]
struct FindingLine<'a> {
    what: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u64>,
    blocks: Vec<String>,
    ways: &'a [String],
}

/// Returns `check --json`. A journal is sound where there are no findings.
pub fn check(read: Read, findings: &[Finding<'_>], repairs: &[Repair], now: Lived) -> String {
    text::json::line(&CheckReport {
        tiltmeter: VERSION,
        report: "check",
        now: shape::time(now),
        files: read.files,
        lines: read.lines,
        blocks: read.blocks,
        findings: findings.iter().map(finding_line).collect(),
        repairs,
    })
}

fn finding_line<'a>(finding: &'a Finding<'a>) -> FindingLine<'a> {
    FindingLine {
        what: finding.what,
        message: finding.message,
        file: finding.file,
        line: finding.line,
        blocks: finding.blocks.iter().map(ToString::to_string).collect(),
        ways: &finding.ways,
    }
}
