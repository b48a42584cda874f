//! What a read has to tell besides the blocks.

use std::fmt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::text::terminal_safe;

/// Something about the journal that a person should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A line that cannot be understood. It hides no other.
    UnreadableLine {
        /// The file it stands in.
        file: PathBuf,
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        flaw: Flaw,
        /// Whether this device wrote the file. Then every command tells of it until it is
        /// repaired; of another device's, once a day.
        own: bool,
    },
    /// A file that belongs to the journal and cannot be read.
    UnreadableFile {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// A file that was read, and that a command that reads only a few days may miss: it
    /// stands in the folder of another year, or too deep.
    Misplaced {
        /// The file.
        file: PathBuf,
    },
    /// A line that a newer program wrote: it is shown as far as it is understood, and its
    /// blocks cannot be changed.
    NewerFormat {
        /// The file it stands in.
        file: PathBuf,
        /// Its number, from 1.
        line: u64,
        /// The version of the format.
        format: u32,
    },
    /// A device whose clock stood more than a day ahead when it wrote.
    StampAhead {
        /// The device.
        device: String,
        /// What its clock said.
        at: DateTime<Utc>,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| terminal_safe(&path.to_string_lossy()).to_string();
        match self {
            Self::UnreadableLine { file, line, flaw, .. } => {
                write!(f, "{}, line {line} cannot be understood: {flaw}; all other lines count", shown(file))
            }
            Self::UnreadableFile { file, why } => {
                write!(f, "{} belongs to the journal and cannot be read: {why}", shown(file))
            }
            Self::Misplaced { file } => write!(
                f,
                "{} is not in the folder of its year, where commands that read a few days look for it; move it there",
                shown(file)
            ),
            Self::NewerFormat { file, line, format } => write!(
                f,
                "{}, line {line} was written by a newer tiltmeter (format {format}): its blocks are shown as far as \
                 they are understood, and cannot be changed here",
                shown(file)
            ),
            Self::StampAhead { device, at } => write!(
                f,
                "the clock of {} was ahead: it wrote a change dated {}",
                terminal_safe(device),
                at.format("%Y-%m-%d %H:%M UTC")
            ),
        }
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It was not read.
    #[error("longer than 1 MiB")]
    TooLong,
    /// It is no JSON, or not the JSON of a change.
    #[error("{0}")]
    NotJson(String),
    /// A field holds what it cannot.
    #[error("the field \"{field}\" cannot be \"{}\"", crate::text::terminal_safe(value))]
    Value {
        /// The field.
        field: &'static str,
        /// What it holds, cut short; it may be anything.
        value: String,
    },
}

/// How much of a wrong value is shown.
const SHOWN_CHARACTERS: usize = 40;

impl Flaw {
    pub(super) fn value(field: &'static str, value: &str) -> Self {
        Self::Value { field, value: value.chars().take(SHOWN_CHARACTERS).collect() }
    }

    /// Takes what the parser says, which may quote the line.
    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        let said = error.to_string();
        let at = format!(" at line 1 column {}", error.column());
        let what = said.strip_suffix(&at).unwrap_or(&said);
        Self::NotJson(format!("{} (column {})", crate::text::terminal_safe(what), error.column()))
    }
}
