//! `undo` and `redo`, which say in words what they did.

use super::desk::Desk;
use super::tell;
use crate::beam::{Role, Row};
use crate::domain::Block;
use crate::failure::Failure;
use crate::journal::{UndoError, Undone};
use crate::report::{change, refusal, words};
use crate::text::terminal_safe;

pub(super) fn undo(desk: &Desk<'_>) -> Result<(), Failure> {
    said(desk, "undone", desk.journal.undo(desk.now()))
}

pub(super) fn redo(desk: &Desk<'_>) -> Result<(), Failure> {
    said(desk, "redone", desk.journal.redo(desk.now()))
}

fn said(desk: &Desk<'_>, verb: &str, undone: Result<Undone, UndoError>) -> Result<(), Failure> {
    let undone = undone.map_err(|error| why_not(desk, &error))?;
    let made = words::moment(desk.calendar.home().at(undone.at), &desk.look());
    let head = Row::new()
        .with(format!("{verb}: "), Role::Strong)
        .with(format!("{} of {made}", terminal_safe(&undone.does)), Role::Plain);
    let mut rows = vec![head];
    rows.extend(undone.after.iter().map(|block| line(desk, block, now_as(block, &undone.before))));
    let gone = undone.before.iter().filter(|block| !undone.after.iter().any(|after| after.id == block.id));
    rows.extend(gone.map(|block| line(desk, block, "gone")));
    for row in &mut rows {
        row.cut_to(desk.out.width(), desk.glyphs);
    }
    desk.out.rows(&rows)?;
    tell::notices(desk, &undone.notices);
    Ok(())
}

fn line(desk: &Desk<'_>, block: &Block, verb: &str) -> Row {
    change::row(block, verb, &desk.look())
}

/// Says what became of a block that is there now.
fn now_as(after: &Block, before: &[Block]) -> &'static str {
    match before.iter().find(|before| before.id == after.id) {
        None => "there again",
        Some(before) if before.end.is_some() && after.end.is_none() => "runs again",
        Some(_) => "as it was",
    }
}

fn why_not(desk: &Desk<'_>, error: &UndoError) -> Failure {
    match error {
        UndoError::NothingToUndo | UndoError::NothingToRedo => {
            Failure::refused(error.to_string()).hint("tiltmeter history shows what was changed")
        }
        UndoError::SetAgain { block, by, at } => {
            let when = words::moment(desk.calendar.home().at(*at), &desk.look());
            let by = terminal_safe(by);
            Failure::refused(format!("{} was changed again by {by} at {when}", words::block(block, &desk.look())))
                .hint("tiltmeter history shows what was changed; tiltmeter edit mends it by hand")
        }
        UndoError::NotHereYet { .. } => Failure::refused(format!("that cannot be taken back: {error}"))
            .hint("wait until the journal has been synced, then try again"),
        UndoError::Refused(why) => {
            let why = refusal::failure(why, &desk.look());
            Failure::refused(format!("that no longer fits: {}", why.message))
                .hint("tiltmeter day shows what is there; tiltmeter edit mends it by hand")
        }
        UndoError::Journal(error) => tell::failure(error),
    }
}
