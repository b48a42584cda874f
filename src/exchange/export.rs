//! Taking blocks out of the journal: one table of formats.

use std::io;

use super::{csv, json, jsonl};
use crate::domain::{Block, Calendar, Ledger};

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

/// Whether notes leave with the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// They do.
    #[default]
    With,
    /// They stay: notes are where the private things are.
    Without,
}

/// How the blocks of an export are read: what only a whole ledger knows (when a block
/// ends, how much of it counts) and what a day is.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The ledger the blocks stand in.
    pub ledger: &'a Ledger,
    /// The calendar of the days.
    pub calendar: &'a Calendar,
    /// Whether notes leave.
    pub notes: Notes,
}

/// Writes `blocks` to `out` in the order in which they come.
///
/// JSON and JSON Lines hold every block whole, as it was written; CSV holds it as it
/// counts. Writes are large (64 KiB), so `out` needs no buffer of its own; it is
/// flushed at the end. An error is one of `out`, a closed pipe among them.
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

/// Gathers what is written until there is enough of it for one write.
pub(super) struct Gathered<'a> {
    buffer: Vec<u8>,
    out: &'a mut dyn io::Write,
}

impl<'a> Gathered<'a> {
    /// What is gathered before it is written.
    const ENOUGH: usize = 64 << 10;

    pub(super) fn new(out: &'a mut dyn io::Write) -> Self {
        Self { buffer: Vec::with_capacity(Self::ENOUGH + (Self::ENOUGH >> 2)), out }
    }

    /// Returns where to put what comes next. A `Vec`, so that nothing between here and
    /// the serializer is a call through a table.
    pub(super) fn next(&mut self) -> io::Result<&mut Vec<u8>> {
        if self.buffer.len() >= Self::ENOUGH {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(&mut self.buffer)
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.out.flush()
    }
}
