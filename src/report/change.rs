//! What a change did, in words: for the command line's answer and the pane's toast.

use super::{Look, words};
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::{Block, Change, Edit, Ledger, Remark};

/// Returns a row for each block that a change touched, in the order of time, and then
/// what it did besides. Blocks are cut to the width, sentences go on.
pub fn rows(change: &Change, before: &Ledger, look: &Look<'_>) -> Vec<Row> {
    let mut touched: Vec<(&Block, String)> =
        change.put.iter().map(|block| (block, became(change, before.get(block.id), block))).collect();
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

/// Returns what a change did, in a line: `started █ spec, ended ░ staff sync`. What was
/// asked for comes first.
pub fn brief(change: &Change, before: &Ledger, look: &Look<'_>) -> Row {
    let put = change.put.iter().map(|block| (block, what_became(before.get(block.id), block, look)));
    let removed = change.removed.iter().map(|block| (block, ("removed".to_owned(), String::new())));
    let mut touched: Vec<_> = put.chain(removed).collect();
    // What begins was asked for, then what is new; what gave way to it comes last.
    touched.sort_by_key(|(block, _)| (before.get(block.id).is_some(), block.end.is_some(), block.began()));
    sentence(&touched, look)
}

/// Returns what taking a change back, or doing it again, has come to, in a line.
pub fn back(before: &[Block], after: &[Block], look: &Look<'_>) -> Row {
    let now = after.iter().map(|block| {
        let was = before.iter().find(|was| was.id == block.id);
        let became = match was {
            None => ("there again".to_owned(), String::new()),
            Some(was) if was.end.is_some() && block.end.is_none() => ("runs again".to_owned(), String::new()),
            Some(_) => ("back to".to_owned(), format!(" {}", words::range(block.start, block.end, look))),
        };
        (block, became)
    });
    let gone = before.iter().filter(|was| !after.iter().any(|block| block.id == was.id));
    let pieces: Vec<_> = now.chain(gone.map(|block| (block, ("gone".to_owned(), String::new())))).collect();
    sentence(&pieces, look)
}

/// So many blocks are named in a line.
const NAMED: usize = 3;

fn sentence(pieces: &[(&Block, (String, String))], look: &Look<'_>) -> Row {
    let mut row = Row::new();
    for (at, (block, (verb, rest))) in pieces.iter().take(NAMED).enumerate() {
        if at > 0 {
            row.push(", ", Role::Plain);
        }
        // What is said of many is said once.
        let is_said = at > 0 && pieces.get(at - 1).is_some_and(|(_, (before, _))| before == verb);
        if !is_said {
            row.push(format!("{verb} "), Role::Plain);
        }
        row.push(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind));
        row.push(format!(" {}", block.activity.for_terminal()), Role::Strong);
        row.push(rest.as_str(), Role::Plain);
    }
    if let Some(more) = pieces.len().checked_sub(NAMED).filter(|more| *more > 0) {
        row.push(format!(" and {more} more"), Role::Plain);
    }
    row
}

/// Returns what became of a block: a verb before its name, and words after it.
fn what_became(before: Option<&Block>, after: &Block, look: &Look<'_>) -> (String, String) {
    let Some(was) = before else {
        return match after.end {
            None => ("started".to_owned(), String::new()),
            Some(_) => ("added".to_owned(), format!(" {}", words::range(after.start, after.end, look))),
        };
    };
    let verb = |verb: &str, rest: String| (verb.to_owned(), rest);
    match after.end {
        Some(end) if was.end.is_none() && was.start == after.start => {
            verb("ended", format!(" {}", words::length(words::between(after.start, end))))
        }
        _ if was.activity != after.activity => {
            let turned = (was.kind != after.kind).then(|| format!(", turned to {}", words::kind(after.kind)));
            verb("renamed", format!(" from {}{}", words::quoted(&was.activity), turned.unwrap_or_default()))
        }
        _ if was.kind != after.kind => verb("turned", format!(" to {}", words::kind(after.kind))),
        _ if was.start != after.start => {
            verb("moved the start of", format!(" to {}", words::read(after.start, look.calendar)))
        }
        Some(end) if was.end != after.end => {
            verb("moved the end of", format!(" to {}", words::read(end, look.calendar)))
        }
        None if was.end.is_some() => verb("goes on:", String::new()),
        _ if was.interrupted != after.interrupted => {
            verb("interrupted", format!(" {}", look.times(usize::try_from(after.interrupted).unwrap_or(usize::MAX))))
        }
        _ => verb("changed", String::new()),
    }
}

/// Breaks a sentence between its words.
pub(super) fn wrapped(sentence: &str, cells: usize) -> Vec<String> {
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

fn became(change: &Change, before: Option<&Block>, after: &Block) -> String {
    match before {
        None if change.does == Edit::RESTORE => "there again".into(),
        _ => verb(before, after),
    }
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
