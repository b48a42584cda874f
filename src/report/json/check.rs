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
}

#[derive(Serialize)]
struct FindingLine<'a> {
    what: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u64>,
    blocks: Vec<String>,
}

/// Returns `check --json`. A journal is sound where there are no findings.
pub fn check(read: Read, findings: &[Finding<'_>], now: Lived) -> String {
    text::json::line(&CheckReport {
        tiltmeter: VERSION,
        report: "check",
        now: shape::time(now),
        files: read.files,
        lines: read.lines,
        blocks: read.blocks,
        findings: findings.iter().map(finding_line).collect(),
    })
}

fn finding_line<'a>(finding: &Finding<'a>) -> FindingLine<'a> {
    FindingLine {
        what: finding.what,
        message: finding.message,
        file: finding.file,
        line: finding.line,
        blocks: finding.blocks.iter().map(ToString::to_string).collect(),
    }
}
