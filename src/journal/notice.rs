//! What a read has to tell besides the blocks.

use std::fmt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::domain::Lived;
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
    /// A copy of a file of this device that holds changes by it that the file does not: only a
    /// check looks for it.
    CopyHoldsMore {
        /// The copy.
        file: PathBuf,
        /// How many changes.
        changes: usize,
        /// The device.
        device: String,
    },
    /// The last change that this machine made is not in its own file: only undo and redo look for it.
    OwnReplaced {
        /// When it was made.
        at: DateTime<Utc>,
    },
    /// Lines that a newer program wrote: they are shown as far as they are understood, and
    /// their blocks cannot be changed.
    NewerFormat {
        /// The file they stand in.
        file: PathBuf,
        /// How many of those that were read.
        lines: u64,
        /// The newest version of the format.
        format: u32,
    },
    /// Blocks that begin after now, and are left out until then.
    Ahead {
        /// How many.
        blocks: usize,
        /// When the first of them begins.
        earliest: Lived,
    },
    /// A device whose clock stood more than a day ahead when it wrote.
    StampAhead {
        /// The device.
        device: String,
        /// What its clock said.
        at: DateTime<Utc>,
    },
}

impl Notice {
    /// Returns what is told, and what can be done about it.
    pub fn with_way_out(&self) -> String {
        match self {
            Self::UnreadableLine { own: true, .. } | Self::Misplaced { .. } => {
                format!("{self}; tiltmeter check --repair mends that")
            }
            _ => self.to_string(),
        }
    }

    /// Returns whether it is told once, or once a day, and not until it is mended: see
    /// [`super::Journal::not_told_yet`].
    pub fn is_told_once(&self) -> bool {
        matches!(self, Self::UnreadableLine { own: false, .. } | Self::StampAhead { .. })
    }

    /// Returns whether two tell of one thing, perhaps as far as different reads saw it.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::NewerFormat { file, .. }, Self::NewerFormat { file: same, .. }) => file == same,
            (Self::StampAhead { device, .. }, Self::StampAhead { device: same, .. }) => device == same,
            _ => self == other,
        }
    }
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
            Self::Misplaced { file } => write!(f, "{} is not in the folder of its year, where it belongs", shown(file)),
            Self::CopyHoldsMore { file, changes, device } => {
                let (what, count, them) = match changes {
                    1 => ("1 change".to_owned(), "counts", "it"),
                    more => (format!("{more} changes"), "count", "them"),
                };
                write!(
                    f,
                    "{} holds {what} by {device} that its own file does not, which {count}, but undo does not find \
                     {them}: a sync service put an older file back, or another machine writes as {device} too; then \
                     give one of them another name with TILTMETER_DEVICE; tiltmeter check --repair takes {them} into \
                     the file",
                    shown(file),
                )
            }
            Self::OwnReplaced { at } => write!(
                f,
                "the last change of this machine ({}) is not in its file: a sync service put another in its place, or \
                 another machine writes by the same name; it is that file whose newest change this was about; \
                 tiltmeter check says more",
                at.format("%Y-%m-%d %H:%M UTC")
            ),
            Self::NewerFormat { file, lines, format } => write!(
                f,
                "{} holds {} of a newer tiltmeter (format {format}): blocks in it are shown as far as they are \
                 understood, and cannot be changed here",
                shown(file),
                if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") }
            ),
            Self::Ahead { blocks, earliest } => {
                let what = if *blocks == 1 { "1 block begins".to_owned() } else { format!("{blocks} blocks begin") };
                let earliest = earliest.format("%Y-%m-%d %H:%M");
                write!(
                    f,
                    "{what} after now (from {earliest} on), left out until then: the clock of some device is wrong"
                )
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(own: bool) -> Notice {
        Notice::UnreadableLine { file: PathBuf::from("2026-11.laptop.jsonl"), line: 3, flaw: Flaw::TooLong, own }
    }

    #[test]
    fn what_this_device_can_mend_is_told_with_the_command_and_what_another_must_mend_without() {
        let ways_out = [line(true), line(false)].map(|notice| notice.with_way_out().contains("check --repair"));
        assert_eq!(ways_out, [true, false]);
    }
}
