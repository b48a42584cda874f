//! What is said after a change, and of a journal that is not as it should be.

use std::io::ErrorKind;

use super::desk::Desk;
use crate::beam::{self, Role, Row};
use crate::domain::{Change, DayBalance, Ledger, balance};
use crate::failure::Failure;
use crate::journal::{JournalError, Notice};
use crate::report::{self, words};

/// Says what a change did, and which way today tilts after it.
pub(super) fn change(desk: &Desk<'_>, before: &Ledger, change: &Change) -> Result<(), Failure> {
    let mut rows = report::change::rows(change, before, desk.out.width(), desk.glyphs);
    let after = before.after(change);
    let today = balance::day(&after, desk.today(), &desk.calendar, &desk.config.habits);
    if today.share().is_some() {
        let mut tilt = tilt(desk, &today);
        tilt.cut_to(desk.out.width(), desk.glyphs);
        rows.push(tilt);
    }
    desk.out.rows(&rows)
}

/// Returns the row that says which way today tilts: `today  ───░▲───  23 %  …`.
fn tilt(desk: &Desk<'_>, today: &DayBalance<'_>) -> Row {
    let mut row = Row::new().with("today  ", Role::Faint);
    row.append(beam::level(today.share(), today.target, 25, desk.glyphs));
    let tally = words::shown(&today.tally);
    row.push(format!("  {}", words::share(today.share())), Role::Strong);
    row.push(format!("  made {}  shaped {}", words::length(tally.creating), words::length(tally.shaping)), Role::Plain);
    if let Some(level) = today.level() {
        row.push(format!("  {}", words::level(level)), Role::Plain);
    }
    row
}

/// Tells what is wrong with a journal.
pub(super) fn notices(desk: &Desk<'_>, notices: &[Notice]) {
    for notice in notices {
        desk.out.note(&notice.to_string());
    }
}

/// Returns what a person is told where the journal could not be read or written.
pub(super) fn failure(error: &JournalError) -> Failure {
    let failure = Failure::environment(error.to_string());
    match error {
        JournalError::NotSaved { maybe: true, .. } => failure.hint("tiltmeter history shows whether it is"),
        JournalError::NotSaved { kind: ErrorKind::StorageFull | ErrorKind::QuotaExceeded, .. } => {
            failure.hint("make room on the disk, then say it again")
        }
        JournalError::NotSaved { .. } | JournalError::Unreadable { .. } | JournalError::NotAFolder { .. } => {
            failure.hint("TILTMETER_JOURNAL names another folder for the journal")
        }
        JournalError::Locked { .. } => failure.hint("say it again when that command has ended"),
        JournalError::NewerVersion { .. } => failure.hint("update tiltmeter on this machine, then say it again"),
        JournalError::Gone { .. } => failure.hint("tiltmeter day shows what there is"),
        JournalError::TooLarge => failure.hint("say it in fewer words, or in two changes"),
        JournalError::EndOfTime { .. } => failure.hint("tiltmeter check shows whose clock was ahead"),
    }
}

/// Returns a failure as one line: what happened, and what can be done.
pub(super) fn one_line(failure: &Failure) -> String {
    std::iter::once(&failure.message).chain(&failure.hints).map(String::as_str).collect::<Vec<_>>().join("; ")
}
