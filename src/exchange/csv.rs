//! Rows for a spreadsheet (RFC 4180), one for each block, as it counts.
//!
//! One way only. A spreadsheet runs what looks like a formula, so every column with
//! words that people wrote goes through [`Text::for_cell`], zone names too.

use std::collections::HashMap;
use std::io;

use chrono::TimeDelta;

use super::view::{Notes, View};
use super::wire::rfc3339;
use crate::domain::{Block, Ends, Id, Ledger, ZoneName};
use crate::text::Text;

/// The columns, and what stands in each.
const HEADER: [&str; 12] = [
    "id",          // stays the same through every edit
    "date",        // the logical day on which it began; of a day off, which it takes
    "start",       // RFC 3339, with the offset of the place
    "end",         // the same; empty while it runs or is forgotten
    "zone",        // its IANA name
    "kind",        // creating, shaping, consuming, off
    "activity",    //
    "tags",        // with a space between them
    "note",        //
    "interrupted", // how often
    "hours",       // what it counts for: no second of two blocks is counted twice
    "state",       // ended, running, forgotten
];

pub(super) fn write<'a>(
    blocks: impl IntoIterator<Item = &'a Block>,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let counted = counted(view.ledger);
    let mut rows =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(64 << 10).from_writer(out);
    rows.write_record(HEADER).map_err(not_written)?;
    for block in blocks {
        // A day off counts nowhere and others may stand on it: its hours are its own.
        let time = match block.length() {
            Some(length) if block.is_day_off() => length,
            _ => counted.get(&block.id).copied().unwrap_or_default(),
        };
        rows.write_record(row(block, time, view)).map_err(not_written)?;
    }
    rows.flush()
}

/// Returns what the system said, and not that something was said while writing CSV: a
/// closed pipe has to be known for what it is.
fn not_written(error: csv::Error) -> io::Error {
    if !error.is_io_error() {
        return io::Error::other(error);
    }
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::ErrorKind::Other.into(),
    }
}

fn row(block: &Block, time: TimeDelta, view: &View<'_>) -> [String; 12] {
    let (end, state) = match view.ledger.ends(block) {
        Ends::At(end) => (rfc3339(end), "ended"),
        Ends::Running => (String::new(), "running"),
        Ends::Forgotten => (String::new(), "forgotten"),
    };
    let tags: Vec<&str> = block.tags.iter().map(Text::raw).collect();
    let note = block.note.as_ref().filter(|_| view.notes == Notes::With);
    [
        block.id.to_string(),
        view.calendar.day_of_block(block).to_string(),
        rfc3339(block.start),
        end,
        cell(block.zone.as_ref().map_or("", ZoneName::as_str)),
        block.kind.word().to_owned(),
        block.activity.for_cell(),
        cell(&tags.join(" ")),
        note.map(Text::for_cell).unwrap_or_default(),
        block.interrupted.to_string(),
        hours(time),
        state.to_owned(),
    ]
}

/// Sums up what each block counts for.
fn counted(ledger: &Ledger) -> HashMap<Id, TimeDelta> {
    let mut counted = HashMap::new();
    for stretch in ledger.stretches() {
        *counted.entry(stretch.block.id).or_default() += stretch.length();
    }
    counted
}

fn cell(text: &str) -> String {
    Text::as_written(text).for_cell()
}

/// Returns hours with four decimals, rounded to the nearest: near enough to give every
/// second back.
fn hours(time: TimeDelta) -> String {
    let ten_thousandths = (time.num_seconds().max(0) * 10_000 + 1_800) / 3_600;
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}
