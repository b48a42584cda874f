//! `undo` and `redo`.

use super::desk::Desk;
use crate::failure::Failure;

pub(super) fn undo(_: &Desk<'_>) -> Result<(), Failure> {
    Ok(())
}

pub(super) fn redo(_: &Desk<'_>) -> Result<(), Failure> {
    Ok(())
}
