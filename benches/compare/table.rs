//! What was measured, side by side.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use crate::ground::Ground;
use crate::{Measured, What};

/// A command, and what it is compared with.
pub(crate) struct Row {
    what: What,
    median: Duration,
    ratio: Option<Ratio>,
}

/// How a command stands to its limit.
struct Ratio {
    of: What,
    and_a_sync: bool,
    is: f64,
    at_most: f64,
}

/// What a command took at its peak.
pub(crate) struct Peak {
    pub(crate) what: What,
    pub(crate) bytes: u64,
    pub(crate) limit: Option<u64>,
}

impl Row {
    pub(crate) fn of(measured: &Measured, medians: &HashMap<What, Duration>) -> Option<Self> {
        let median = *medians.get(&measured.what)?;
        let ratio = match measured.limit {
            None => None,
            Some(limit) => {
                let of = medians.get(&limit.of)?.as_secs_f64();
                let sync = if limit.and_a_sync { medians.get(&What::Sync)?.as_secs_f64() } else { 0.0 };
                // A sync comes on top of what is allowed: of the rest, it is no part.
                let is = (median.as_secs_f64() - sync).max(0.0) / of;
                Some(Ratio { of: limit.of, and_a_sync: limit.and_a_sync, is, at_most: limit.times })
            }
        };
        Some(Self { what: measured.what, median, ratio })
    }

    /// Returns whether it keeps its limit, if it has one.
    pub(crate) fn is_kept(&self) -> bool {
        self.ratio.as_ref().is_none_or(|ratio| ratio.is <= ratio.at_most)
    }
}

impl Peak {
    /// Returns whether it keeps its limit, if it has one.
    pub(crate) fn is_kept(&self) -> bool {
        self.limit.is_none_or(|limit| self.bytes < limit)
    }
}

/// Returns what a person calls it.
pub(crate) fn name(what: What) -> String {
    match what {
        What::Nothing => "a program that does nothing".into(),
        What::Program { args: ["--version"], .. } => "--version".into(),
        What::Program { args, years } => format!("{}, {}", args.join(" "), count(years)),
        What::Change { years } => format!("now ACTIVITY, {}", count(years)),
        What::Parse { years } => format!("bare serde_json, {}", count(years)),
        What::Sync => "one fdatasync".into(),
    }
}

fn count(years: u32) -> String {
    if years == 1 { "1 year".into() } else { format!("{years} years") }
}

/// Writes everything that was measured.
pub(crate) fn write(out: &mut impl io::Write, ground: &Ground, rows: &[Row], peaks: &[Peak]) -> io::Result<()> {
    for (years, journal) in ground.journals() {
        writeln!(out, "{:>8}: {} blocks, {} KiB", count(years), journal.blocks, journal.bytes >> 10)?;
    }
    writeln!(out, "\n{:<32}{:>11}{:>8}  at most", "whole command, median", "", "ratio")?;
    for row in rows {
        let millis = row.median.as_secs_f64() * 1_000.0;
        write!(out, "{:<32}{millis:>8.2} ms", name(row.what))?;
        if let Some(Ratio { of, and_a_sync, is, at_most }) = &row.ratio {
            let sync = if *and_a_sync { " and one fdatasync" } else { "" };
            write!(out, "{is:>8.2}  {at_most} × {}{sync}{}", name(*of), verdict(row.is_kept()))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\n{:<32}{:>11}", "memory at its peak", "")?;
    for peak in peaks {
        write!(out, "{:<32}{:>7} KiB", name(peak.what), peak.bytes >> 10)?;
        if let Some(limit) = peak.limit {
            write!(out, "          {} KiB{}", limit >> 10, verdict(peak.is_kept()))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "" } else { "   OVER" }
}
