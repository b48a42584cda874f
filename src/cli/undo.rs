//! `undo` and `redo`, which say in words what they did.

use super::desk::Desk;
use super::tell;
use crate::beam::{Role, Row};
use crate::domain::{Block, Kept};
use crate::failure::Failure;
use crate::journal::Undone;
use crate::report::{change, kept, words};
use crate::text::terminal_safe;

pub(super) fn undo(desk: &Desk<'_>) -> Result<(), Failure> {
    say(desk, "undone", &desk.silent.undo()?)
}

pub(super) fn redo(desk: &Desk<'_>) -> Result<(), Failure> {
    say(desk, "redone", &desk.silent.redo()?)
}

fn say(desk: &Desk<'_>, verb: &str, undone: &Undone) -> Result<(), Failure> {
    let made = words::moment(desk.calendar.home().at(undone.at), &desk.look());
    let head = Row::new()
        .with(format!("{verb}: "), Role::Strong)
        .with(format!("{} of {made}", terminal_safe(&undone.does)), Role::Plain);
    let mut rows = vec![head];
    rows.extend(undone.after.iter().map(|block| line(desk, block, now_as(block, &undone.before))));
    let gone = undone.before.iter().filter(|block| !undone.after.iter().any(|after| after.id == block.id));
    rows.extend(gone.map(|block| line(desk, block, "gone")));
    rows.extend(kept_lines(desk, &undone.kept));
    for row in &mut rows {
        row.cut_to(desk.out.width(), desk.glyphs);
    }
    desk.out.rows(&rows)?;
    tell::notices(desk, &undone.notices);
    Ok(())
}

/// Says what became of what is kept besides blocks.
fn kept_lines(desk: &Desk<'_>, (before, after): &(Vec<Kept>, Vec<Kept>)) -> Vec<Row> {
    let there = after.iter().map(|now| (now, kept::became(before.iter().find(|was| was.is_same_as(now)), now)));
    let gone = before.iter().filter(|was| !after.iter().any(|now| now.is_same_as(was))).map(|was| (was, "gone"));
    there.chain(gone).map(|(kept, verb)| kept::row(kept, verb, &desk.look())).collect()
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
