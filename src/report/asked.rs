//! What was answered at random moments, in words: shares as estimates, with how far off they may be.

use chrono::TimeDelta;

use super::{Look, words};
use crate::beam::{Role, Row, kinds};
use crate::domain::{Answers, Estimate, Kind, Lived, Sample};

/// Some days, by what they are called, and what was answered on them.
pub type Span = (&'static str, Answers);

/// From this width on every kind has a column.
const WIDE: usize = 62;
/// The widths of the columns: what days, the share, how far off it may be, a number.
const NAME: usize = 12;
const SHARE: usize = 7;
const BOUNDS: usize = 10;
const COUNT: usize = 10;

/// Returns what was answered in one line: `asked at random  50 %, 15–85 %  of 4 answers`; nothing where
/// nothing was.
pub fn line(answers: Answers, look: &Look<'_>) -> Option<Row> {
    let count = |number| words::count(number, "answer", "answers");
    let row = Row::new().with("asked at random  ", Role::Faint);
    match answers.share(look.habits.lens) {
        _ if answers.is_empty() => None,
        None => Some(row.with(format!("no work, of {}", count(usize_of(answers.off))), Role::Plain)),
        Some(estimate) => Some(
            row.with(look.share(Some(estimate.share)), Role::Strong)
                .with(format!(", {}", bounds(estimate, look)), Role::Plain)
                .with(format!("  of {}", count(usize_of(estimate.answers))), Role::Faint),
        ),
    }
}

/// Returns what was answered on some days, a row each.
pub fn table(spans: &[Span], look: &Look<'_>) -> Vec<Row> {
    let is_wide = look.width >= WIDE;
    let mut heading = Row::new().with(format!("{:NAME$}{:>SHARE$}{:>BOUNDS$}", "", "share", "95 %"), Role::Faint);
    for kind in Kind::ALL.into_iter().filter(|_| is_wide) {
        heading.push(format!("{:>COUNT$}", words::kind(kind)), Role::Faint);
    }
    let mut rows = vec![heading];
    rows.extend(spans.iter().map(|(name, answers)| table_row(name, *answers, is_wide, look)));
    look.set(rows)
}

fn table_row(name: &str, answers: Answers, is_wide: bool, look: &Look<'_>) -> Row {
    let estimate = answers.share(look.habits.lens);
    let share = look.share(estimate.map(|estimate| estimate.share));
    let bounds = estimate.map_or_else(|| look.dash().to_owned(), |estimate| bounds(estimate, look));
    let mut row = Row::plain(format!("{name:NAME$}"));
    row.push(format!("{share:>SHARE$}"), Role::Strong);
    row.push(format!("{bounds:>BOUNDS$}"), Role::Plain);
    if !is_wide {
        return row.with(format!("  of {}", answers.of_work()), Role::Faint);
    }
    for kind in Kind::ALL {
        let role = if answers.count(kind) == 0 { Role::Faint } else { kinds::role(kind) };
        row.push(format!("{:>COUNT$}", answers.count(kind)), role);
    }
    row
}

/// Returns between what a share lies: `15–85 %`.
fn bounds(estimate: Estimate, look: &Look<'_>) -> String {
    format!("{}{}{} %", estimate.low.shown(), look.dash(), estimate.high.shown())
}

/// Returns the question of a moment.
pub fn question(at: Lived, look: &Look<'_>) -> String {
    format!("{}: creating, shaping or consuming?", words::read(at, look.calendar))
}

/// Says how often is asked, and what was answered today of what was asked.
pub fn how_often(every: TimeDelta, (answered, asked): (usize, usize), look: &Look<'_>) -> Row {
    let every = words::length(every);
    let said = format!("asked once in {every} of working time on average; today {answered} of {asked} answered");
    let mut row = Row::new().with(said, Role::Faint);
    row.cut_to(look.width, look.glyphs);
    row
}

/// Returns what was answered: the mark of its kind, and the word.
pub(super) fn answer(sample: &Sample, look: &Look<'_>) -> Row {
    let role = kinds::role(sample.kind);
    Row::new().with(kinds::glyph(sample.kind, look.glyphs), role).with(format!(" {}", words::kind(sample.kind)), role)
}

fn usize_of(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
