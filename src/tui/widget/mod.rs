//! The pieces that several views are made of: plain values in, rows or drawing out.

use ratatui::layout::{Position, Rect};

use super::line::Line;
use super::stage::{Stage, cells, right_of};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::beam::row::width;
use crate::beam::{Glyphs, Role, Row, kinds};
use crate::domain::{Face, Habit, Kind};
use crate::failure::Failure;
use crate::text::Text;

/// Draws a line that is typed, behind its label; the cursor stands in it.
pub fn field(stage: &mut Stage<'_>, area: Rect, label: &str, line: &Line) {
    let label = Row::new().with(label, Role::Faint);
    let taken = if cells(&label) + 8 <= area.width { cells(&label) } else { 0 };
    if taken > 0 {
        stage.row(area, &label);
    }
    let area = right_of(area, taken);
    let window = line.window(area.width.into(), stage.glyphs());
    stage.row(area, &Row::new().with(window.text, Role::Strong));
    if !area.is_empty() {
        let column = u16::try_from(window.cursor).unwrap_or_default().min(area.width - 1);
        stage.cursor = Some(Position::new(area.x + column, area.y));
    }
}

/// Returns the mark before what is chosen, or the space before what is not.
pub fn marker(is_chosen: bool, glyphs: Glyphs) -> Row {
    let mark = if is_chosen { glyphs.pick("› ", "> ") } else { "  " };
    Row::new().with(mark, Role::Strong)
}

/// Returns why something cannot be, and what can.
pub fn failure(failure: &Failure) -> Row {
    let mut row = Row::new().with(failure.message.clone(), Role::Alert);
    for hint in failure.hints.iter().filter(|hint| !super::toast::is_for_the_shell(hint)) {
        row.push(format!("  {hint}"), Role::Faint);
    }
    row
}

/// Returns the question for a kind: a letter answers it.
pub fn question(glyphs: Glyphs) -> Row {
    let mut row = Row::new().with("which kind?  ", Role::Alert);
    row.append(self::kinds(glyphs));
    row
}

/// Returns the kinds, each with its letter.
pub fn kinds(glyphs: Glyphs) -> Row {
    let mut row = Row::new();
    for kind in Kind::ALL {
        row.push(format!("{} ", kind.letter()), Role::Strong);
        row.push(kinds::glyph(kind, glyphs), kinds::role(kind));
        row.push(format!(" {}   ", kind.done()), Role::Plain);
    }
    row
}

/// Returns an activity with what was matched of it set strong.
pub fn matched(activity: &Text, positions: &[usize]) -> Row {
    let graphemes: Vec<(usize, &str)> = activity.raw().graphemes(true).enumerate().collect();
    let is_matched = |at: usize| positions.contains(&at);
    // In runs, for what stands before a character may give it its meaning.
    let runs = graphemes.chunk_by(|(one, _), (next, _)| is_matched(*one) == is_matched(*next));
    let mut row = Row::new();
    for run in runs {
        let role = if run.first().is_some_and(|(at, _)| is_matched(*at)) { Role::Strong } else { Role::Plain };
        row.push(run.iter().map(|(_, grapheme)| *grapheme).collect::<String>(), role);
    }
    row
}

/// Returns a habit: `Tue 11:00, 5 of the last 6 weeks`.
pub fn habit(habit: &Habit, face: Face) -> String {
    format!("{} {}, {} of the last {} weeks", habit.weekday, face.time(habit.time), habit.seen, habit.of)
}

/// Breaks a row between its words into at most so many.
pub fn wrapped(row: &Row, columns: u16, most: usize) -> Vec<Row> {
    let columns = usize::from(columns);
    let mut rows: Vec<Row> = vec![Row::new()];
    for span in row.spans() {
        for word in span.text.split_inclusive(' ') {
            let used = rows.last().map_or(0, Row::width);
            let is_full = used > 0 && used + width(word.trim_end()) > columns;
            if is_full && rows.len() < most {
                rows.push(Row::plain("  "));
            }
            if let Some(last) = rows.last_mut() {
                last.push(word, span.role);
            }
        }
    }
    // The space after the last word of a full row would be cut off as if it were a word.
    rows.iter_mut().for_each(Row::trim_end);
    rows
}
