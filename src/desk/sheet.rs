//! A day as its text was written, and what can be wrong with a text.

use chrono::NaiveDate;

use super::Desk;
use crate::domain::{Block, Doing, Entry, Ledger};
use crate::failure::Failure;

/// What leads a line that says what was wrong.
const ERROR: &str = "#! ";

/// A day as it was when its text was written.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) day: NaiveDate,
    pub(super) blocks: Vec<Block>,
    pub(super) entries: Vec<Entry>,
    pub(super) shown: String,
}

impl Sheet {
    pub(super) fn of(desk: &Desk, day: NaiveDate, ledger: &Ledger) -> Self {
        let blocks = blocks_of(desk, day, ledger);
        let entries: Vec<Entry> = blocks.iter().map(entry).collect();
        let shown = desk.here().on(day).show_day(&entries);
        Self { day, blocks, entries, shown }
    }

    /// Whether the day is another in `ledger` than it was.
    pub(super) fn has_changed(&self, desk: &Desk, ledger: &Ledger) -> bool {
        blocks_of(desk, self.day, ledger) != self.blocks
    }
}

/// Returns the blocks that began on a day, by the clocks of the places where they were
/// lived, as the day's list has them. Whole days off are not lines of it.
fn blocks_of(desk: &Desk, day: NaiveDate, ledger: &Ledger) -> Vec<Block> {
    let of_day = |block: &&Block| !block.is_day_off() && desk.calendar.day_of(block.start) == day;
    ledger.blocks().iter().filter(of_day).cloned().collect()
}

fn entry(block: &Block) -> Entry {
    Entry { start: block.start, end: block.end, doing: Doing::of(block) }
}

/// What is wrong with a text, and on which line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which line, from 1; `None` where it is the day as a whole.
    pub line: Option<usize>,
    /// What is the matter with it.
    pub failure: Failure,
}

impl Wrong {
    /// Returns what a person is told, where so many lines stand above the text.
    pub(super) fn failure(&self, above: usize) -> Failure {
        let mut failure = self.failure.clone();
        if let Some(line) = self.line {
            failure.message = format!("line {}: {}", line + above, failure.message);
        }
        failure
    }
}

/// Returns a text with what is wrong above it.
pub(super) fn with_error(text: &str, wrong: &Wrong) -> String {
    let failure = wrong.failure(1 + wrong.failure.hints.len());
    let errors = std::iter::once(&failure.message).chain(&failure.hints).map(|line| format!("{ERROR}{line}\n"));
    errors.collect::<String>() + text
}

/// Returns a text without the lines that said what was wrong with it.
pub(super) fn without_errors(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(ERROR)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_stands_above_the_text_and_counts_the_lines_it_takes() {
        let wrong = Wrong { line: Some(2), failure: Failure::refused("\"x\" is not a time").hint("try 9:30") };
        let text = "09:00 c spec\nx\n";
        let shown = with_error(text, &wrong);
        assert_eq!(shown, "#! line 4: \"x\" is not a time\n#! try 9:30\n09:00 c spec\nx\n");
        assert_eq!(without_errors(&shown), text);
        assert_eq!(wrong.failure(0).message, "line 2: \"x\" is not a time");
    }
}
