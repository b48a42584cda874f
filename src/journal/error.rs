//! Why a journal could not be read or written.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::NotMade;
use crate::domain::Id;
use crate::failure::in_words;
use crate::text::terminal_safe;

/// Why a journal could not be read or written. Lines and files that cannot be understood
/// are no errors: see [`super::Notice`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// What was asked for was decided and could not be written.
    #[error("{}: {why} ({})", if *.maybe { "it may or may not be saved" } else { "not saved" }, shown(.path))]
    NotSaved {
        /// The file or folder that was written to.
        path: PathBuf,
        /// What the system said; `AlreadyExists` where something else stands there.
        kind: ErrorKind,
        /// The same in words.
        why: String,
        /// Whether a part of it may be on the disk all the same.
        maybe: bool,
    },
    /// The journal stands on another machine, where what is appended may overwrite what
    /// others append.
    #[error("not saved: the journal is on a network file system ({name}), where lines of two machines can overwrite one another ({})", shown(.path))]
    UnsafeFileSystem {
        /// The folder.
        path: PathBuf,
        /// What the file system is called.
        name: String,
    },
    /// Another command has been changing the journal for as long as one may wait.
    #[error("not saved: another command has held the journal for 10 seconds ({})", shown(.path))]
    Locked {
        /// The lock.
        path: PathBuf,
    },
    /// The journal's folder cannot be read.
    #[error("the journal cannot be read: {why} ({})", shown(.path))]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
        /// The same in words.
        why: String,
    },
    /// What a change is to be decided on cannot be read, and nothing was decided on less.
    #[error("not saved: a part of the journal cannot be read: {why} ({})", shown(.path))]
    Unread {
        /// The file, or the folder.
        path: PathBuf,
        /// What the system said, in words.
        why: String,
    },
    /// Where the journal's folder should be stands something else.
    #[error("the journal is not a folder ({})", shown(.path))]
    NotAFolder {
        /// What should be a folder.
        path: PathBuf,
    },
    /// A newer program wrote the block; changing it would lose what only that one knows.
    #[error("not saved: a newer version of tiltmeter wrote this, and only that can change it")]
    NewerVersion {
        /// The block.
        id: Id,
    },
    /// The block is not in the journal any more: a file was taken away meanwhile.
    #[error("not saved: the block is no longer in the journal")]
    Gone {
        /// The block.
        id: Id,
    },
    /// The change cannot be written in the format: a year of five digits is no time in it.
    #[error("not saved: it cannot be written down: {why}")]
    Unwritable {
        /// What is wrong with it.
        why: String,
    },
    /// The change does not fit on a line that would be read again.
    #[error("not saved: the change is larger than 1 MiB")]
    TooLarge,
    /// The block was last changed in the last millisecond that the format knows.
    #[error("not saved: the block was last changed at the end of the year 2199, and nothing can be later")]
    EndOfTime {
        /// The block.
        id: Id,
    },
}

impl JournalError {
    pub(super) fn not_saved(path: &Path, error: &io::Error) -> Self {
        let kind = if stands_in_the_way(error) { ErrorKind::AlreadyExists } else { error.kind() };
        Self::NotSaved { path: path.to_owned(), kind, why: why_not_written(error), maybe: false }
    }

    /// Returns what is told where no file, but something else stands.
    pub(super) fn no_file(path: &Path) -> Self {
        Self::not_saved(path, &io::Error::new(ErrorKind::AlreadyExists, "it is not a file"))
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), kind: error.kind(), why: in_words(error) }
    }

    pub(super) fn unread(path: &Path, error: &io::Error) -> Self {
        Self::Unread { path: path.to_owned(), why: in_words(error) }
    }

    /// Returns the same where nothing was to be changed.
    pub(super) fn of_reading(self) -> Self {
        match self {
            Self::Unread { path, why } => Self::Unreadable { path, kind: ErrorKind::Other, why },
            other => other,
        }
    }

    /// Returns the same, with whether a part of it may be on the disk.
    pub(super) fn maybe_saved(self, is_it: bool) -> Self {
        match self {
            Self::NotSaved { path, kind, why, maybe } => Self::NotSaved { path, kind, why, maybe: maybe || is_it },
            other => other,
        }
    }
}

impl From<NotMade> for JournalError {
    fn from(NotMade { path, error }: NotMade) -> Self {
        Self::not_saved(&path, &error)
    }
}

fn shown(path: &Path) -> String {
    terminal_safe(&path.to_string_lossy()).to_string()
}

/// Says in a user's words what the system said of something that was to be written.
fn why_not_written(error: &io::Error) -> String {
    if is_link(error) { "it is a link, and links are not written through".to_owned() } else { in_words(error) }
}

/// Whether it is something else that stands where a file or a folder should: a folder, a
/// file, a link, or a socket, which nothing can open.
fn stands_in_the_way(error: &io::Error) -> bool {
    is_link(error) || is_socket(error) || matches!(error.kind(), ErrorKind::IsADirectory | ErrorKind::NotADirectory)
}

#[cfg(unix)]
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(unix)]
fn is_socket(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error())
}

#[cfg(not(unix))]
fn is_link(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
fn is_socket(_: &io::Error) -> bool {
    false
}
