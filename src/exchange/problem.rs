//! Why something was not imported: what is wrong, and where.

use std::{fmt, io};

use chrono::TimeDelta;

use super::wire::rfc3339;
use crate::domain::Lived;
use crate::text::terminal_safe;

/// Why nothing was imported. Everything in it is safe to show on a terminal.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read; that it is not UTF-8 is one way.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is no JSON document with `format`, `version` and `blocks`.
    #[error("it is no document of blocks: {0}")]
    NotADocument(String),
    /// It is one, of another program.
    #[error("its format is \"{0}\", not \"tiltmeter\"")]
    NotOurs(String),
    /// It is one, of a later version.
    #[error("its version is {0}, and this program reads version 1: a newer one wrote it")]
    Newer(u32),
    /// These of its blocks cannot be taken; there is at least one. After [`MOST_PROBLEMS`]
    /// nothing more was read.
    #[error("{} cannot be taken, so nothing was imported", blocks(.0.len()))]
    Refused(Vec<Problem>),
    /// It is a document of more than [`LARGEST_DOCUMENT`] bytes.
    #[error("it is larger than {} MiB, and a document is read in one piece", LARGEST_DOCUMENT >> 20)]
    TooLarge,
}

/// How many problems are listed: a file that is something else altogether has one on every line.
pub const MOST_PROBLEMS: usize = 10_000;

/// The largest document that is read: four decades of twenty blocks a day.
pub const LARGEST_DOCUMENT: u64 = 64 << 20;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub reason: Reason,
}

/// Where a block stands in what is imported, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this line.
    Line(usize),
    /// In this place of the document's list.
    Block(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Block(number) => write!(f, "block {number}"),
        }
    }
}

/// Why a block cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It is not JSON, or not in the shape of a block.
    #[error("{0}")]
    NotABlock(String),
    /// A line of more than a mebibyte is no block; what follows was not read.
    #[error("it is longer than 1 MiB")]
    LongLine,
    /// A time that is none, or says no offset.
    #[error("\"{typed}\" is no time to {side} at: it takes one like 2026-11-22T09:00:00+01:00")]
    NotATime {
        /// Which: `start` or `end`.
        side: &'static str,
        /// What stands there.
        typed: String,
    },
    /// A kind that is none.
    #[error("\"{0}\" is no kind: those are creating, shaping, consuming and off")]
    NotAKind(String),
    /// A zone that cannot be one.
    #[error("\"{0}\" is no name of a time zone")]
    NotAZone(String),
    /// Nothing that can be read is left of its activity.
    #[error("its activity has no words")]
    NoWords,
    /// The end is not after the start.
    #[error("it ends at {}, and starts at {}", rfc3339(*.end), rfc3339(*.start))]
    EndsBeforeStart {
        /// The start.
        start: Lived,
        /// The end.
        end: Lived,
    },
    /// It is a day off of more than a day, of which only one would be off.
    #[error("it lasts {} h, and a day off is one day: each has a block of its own", .0.num_hours())]
    DaysOff(TimeDelta),
    /// It starts or ends after now, and is no day off.
    #[error("{} is in the future", rfc3339(*.0))]
    InTheFuture(Lived),
    /// Another block has the same id and says something else.
    #[error("it has the id of {0} and says something else")]
    SameId(Place),
}

impl Reason {
    pub(super) fn not_a_block(error: &serde_json::Error) -> Self {
        Self::NotABlock(plain(error))
    }
}

/// Returns what `serde_json` has to say without a line that is always the first, and
/// safe to show: it quotes what it read.
pub(super) fn plain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let said = match said.strip_suffix(&place) {
        Some(what) if error.line() == 1 => format!("{what} (column {})", error.column()),
        _ => said,
    };
    terminal_safe(&said).to_string()
}

fn blocks(count: usize) -> String {
    match count {
        1 => "1 block".to_owned(),
        MOST_PROBLEMS.. => format!("{MOST_PROBLEMS} blocks or more"),
        _ => format!("{count} blocks"),
    }
}
