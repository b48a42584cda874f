//! What a change did, in words: for the command line's answer and the pane's toast.

use super::{Look, words};
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::{Block, Change, Ledger, Remark};

/// Returns a row for each block that a change touched, in the order of time, and then
/// what it did besides. Blocks are cut to the width, sentences go on.
pub fn rows(change: &Change, before: &Ledger, look: &Look<'_>) -> Vec<Row> {
    let mut touched: Vec<(&Block, String)> =
        change.put.iter().map(|block| (block, verb(before.get(block.id), block))).collect();
    let told = |block: &&Block| change.remarks.iter().any(|remark| tells_of_removal(remark, block));
    touched.extend(change.removed.iter().filter(|block| !told(block)).map(|block| (block, "removed".to_owned())));
    touched.sort_by_key(|(block, _)| block.began());
    let noted = |block: &Block| if changes_note(before.get(block.id), block) { note(block) } else { None };
    let lines = |(block, verb): (&Block, String)| std::iter::once(row(block, &verb, look)).chain(noted(block));
    let mut rows: Vec<Row> = touched.into_iter().flat_map(lines).collect();
    for said in change.remarks.iter().filter_map(|remark| said(remark, look)) {
        rows.extend(wrapped(&said, look.width).into_iter().map(|line| Row::new().with(line, Role::Faint)));
    }
    for row in &mut rows {
        row.cut_to(look.width, look.glyphs);
    }
    rows
}

/// Breaks a sentence between its words.
fn wrapped(sentence: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut().filter(|line| width(line) + 1 + width(word) <= cells) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Returns a block on a row, and what was done to it: `09:15–10:30  █ design doc +team  ended`.
pub fn row(block: &Block, verb: &str, look: &Look<'_>) -> Row {
    let when = if block.is_day_off() {
        words::date(look.calendar.day_of_block(block))
    } else {
        words::range(block.start, block.end, look)
    };
    let mut row = Row::plain(format!("{when:<13} "));
    row.push(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind));
    row.push(format!(" {}", block.activity.for_terminal()), Role::Strong);
    for tag in &block.tags {
        row.push(format!(" +{}", tag.for_terminal()), Role::Faint);
    }
    row.push(format!("  {} ", words::kind(block.kind)), Role::Plain);
    match block.end {
        Some(_) if block.is_day_off() => row.push(" all day", Role::Plain),
        Some(end) => row.push(format!(" {}", words::length(words::between(block.start, end))), Role::Plain),
        None => {}
    }
    row.push(format!(" {verb}"), Role::Faint);
    row
}

/// Returns the note of a block on a row of its own, if it has one.
pub fn note(block: &Block) -> Option<Row> {
    let note = block.note.as_ref()?;
    Some(Row::new().with(format!("{:<16}{}", "", note.for_terminal()), Role::Faint))
}

fn changes_note(before: Option<&Block>, after: &Block) -> bool {
    before.map_or(&None, |before| &before.note) != &after.note
}

fn verb(before: Option<&Block>, after: &Block) -> String {
    match before {
        None if after.end.is_none() => "started".into(),
        None => "added".into(),
        Some(before) if before.end.is_none() && after.end.is_some() && before.start == after.start => "ended".into(),
        Some(_) => "changed".into(),
    }
}

/// Whether a remark says that the block was removed.
fn tells_of_removal(remark: &Remark, block: &Block) -> bool {
    match remark {
        Remark::NoLength(removed) | Remark::Swallowed(removed) | Remark::ClockBehind(removed) => removed.id == block.id,
        Remark::Trimmed(_) | Remark::Fitted { .. } => false,
    }
}

fn said(remark: &Remark, look: &Look<'_>) -> Option<String> {
    Some(match remark {
        Remark::NoLength(block) => {
            format!("{} lasted no time and was removed", words::quoted(&block.activity))
        }
        Remark::ClockBehind(block) => format!(
            "the clock stands before the start of {}: it ended where it began, lasted no time and was removed",
            words::block(block, look)
        ),
        Remark::Trimmed(block) => format!("{} was cut to make room", words::block(block, look)),
        Remark::Swallowed(block) => format!("{} was in the way and was removed", words::block(block, look)),
        Remark::Fitted { .. } => return None,
    })
}
