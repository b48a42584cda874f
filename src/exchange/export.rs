//! Taking blocks out of the journal: one table of formats.

use std::io;

use super::view::View;
use super::{csv, json, jsonl};
use crate::domain::Block;

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document.
    Json,
    /// A block a line.
    Jsonl,
    /// A row a block, for spreadsheets (RFC 4180).
    Csv,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Json, Self::Jsonl, Self::Csv];

    /// Returns what it is called: `json`, `jsonl`, `csv`. So its files end, too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// Returns the format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Writes `blocks` to `out` in the order in which they come.
///
/// JSON and JSON Lines hold every block whole, as it was written; CSV holds it as it
/// counts. Writes are large (64 KiB), so `out` needs no buffer of its own; it is
/// flushed at the end. An error is one of `out`, a closed pipe among them.
///
/// ```
/// # use std::sync::Arc;
/// # use chrono::{NaiveTime, Weekday};
/// # use tiltmeter::domain::{Calendar, Ledger, NoZones, Zone};
/// # use tiltmeter::made_up::MadeUp;
/// use tiltmeter::exchange::{Format, Notes, View, export};
///
/// # let now = "2026-11-24T15:44:00Z".parse()?;
/// # let ledger = Ledger::new(MadeUp::quarter(Zone::utc(), now).blocks().collect(), now);
/// # let calendar = Calendar::new(Zone::utc(), Arc::new(NoZones), NaiveTime::MIN, Weekday::Mon);
/// let view = View { ledger: &ledger, calendar: &calendar, notes: Notes::Without };
/// let mut csv = Vec::new();
/// export(Format::Csv, ledger.blocks(), &view, &mut csv)?;
/// let rows = String::from_utf8(csv)?;
/// assert_eq!(rows.lines().count(), 1 + ledger.blocks().len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn export<'a>(
    format: Format,
    blocks: impl IntoIterator<Item = &'a Block>,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Json => json::write(blocks, view, out),
        Format::Jsonl => jsonl::write(blocks, view.notes, out),
        Format::Csv => csv::write(blocks, view, out),
    }
}
