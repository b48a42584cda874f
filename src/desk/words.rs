//! What a person is told where the time, the journal or the words stand in the way.

use std::io::ErrorKind;

use super::Desk;
use crate::clock::ClockError;
use crate::domain::Thing;
use crate::failure::Failure;
use crate::journal::{JournalError, UndoError};
use crate::notation::NotUnderstood;
use crate::report::{kept, refusal, words};
use crate::text::terminal_safe;

impl From<ClockError> for Failure {
    fn from(error: ClockError) -> Self {
        Self::environment(error.to_string()).hint(error.hint())
    }
}

impl From<NotUnderstood> for Failure {
    fn from(error: NotUnderstood) -> Self {
        Self::refused(error.to_string()).hint(error.hint())
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        let way_out = matches!(error, JournalError::UnsafeFileSystem { .. })
            .then_some("TILTMETER_UNSAFE_FILESYSTEM=1 writes there all the same, if only one machine ever does");
        let failure = Self::environment(error.to_string()).hint(match error {
            JournalError::NotSaved { maybe: true, .. } => "tiltmeter history shows whether it is",
            JournalError::NotSaved { kind: ErrorKind::StorageFull | ErrorKind::QuotaExceeded, .. } => {
                "make room on the disk, then say it again"
            }
            JournalError::NotSaved { kind: ErrorKind::AlreadyExists, .. } => {
                "move away what stands there, then say it again"
            }
            JournalError::NotSaved { kind: ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied, .. } => {
                "make it writable, then say it again (TILTMETER_JOURNAL names where the journal is)"
            }
            JournalError::NotSaved { .. } | JournalError::Unreadable { .. } | JournalError::NotAFolder { .. } => {
                "TILTMETER_JOURNAL names another folder for the journal"
            }
            JournalError::UnsafeFileSystem { .. } => {
                "keep it on a local disk (TILTMETER_JOURNAL names its folder), and let git or a sync service carry it"
            }
            JournalError::Unread { .. } => "make it readable, then say it again; tiltmeter check reads everything",
            JournalError::Locked { .. } => "say it again when that command has ended",
            JournalError::NewerVersion { .. } => "update tiltmeter on this machine, then say it again",
            JournalError::Gone { .. } => "tiltmeter day shows what there is",
            JournalError::TooLarge => "say it in fewer words, or in two changes",
            JournalError::Unwritable { .. } => "say it with a time nearer to now",
            JournalError::EndOfTime { .. } => "tiltmeter check shows whose clock was ahead",
        });
        way_out.into_iter().fold(failure, Self::hint)
    }
}

/// Returns what a person is told where nothing was undone or redone.
pub(super) fn not_undone(desk: &Desk, error: UndoError) -> Failure {
    let look = desk.wording();
    match error {
        UndoError::NothingToUndo | UndoError::NothingToRedo => {
            Failure::refused(error.to_string()).hint("tiltmeter history shows what was changed")
        }
        UndoError::SetAgain { what, by, at } => {
            let when = words::moment(desk.calendar.home().at(at), &look);
            let by = terminal_safe(&by);
            Failure::refused(format!("{} was changed again by {by} at {when}", kept::thing(&what, &look))).hint(
                match *what {
                    Thing::Block(_) => "tiltmeter history shows what was changed; tiltmeter edit mends it by hand",
                    Thing::Kept(_) => "tiltmeter history shows what was changed; say it anew to change it",
                },
            )
        }
        UndoError::NotHereYet { .. } => Failure::refused(format!("that cannot be taken back: {error}"))
            .hint("wait until the journal has been synced, then try again"),
        UndoError::Refused(why) => {
            let why = refusal::failure(&why, &look);
            Failure::refused(format!("that no longer fits: {}", why.message))
                .hint("tiltmeter day shows what is there; tiltmeter edit mends it by hand")
        }
        UndoError::Journal(error) => error.into(),
    }
}
