//! How a report is to look, and the few ways in which all reports set their rows.

use chrono::{DateTime, NaiveDate, Utc};

use crate::beam::row::{fitting, width};
use crate::beam::{Glyphs, Role, Row};
use crate::domain::{Calendar, Habits, Share};
use crate::notation::Here;

/// The width of the lever where there is room for more: longer arms say nothing more.
pub(super) const LEVER: usize = 41;

/// For whom a report is set: how wide, in which characters, by whose clock and habits.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// How many cells a row may have at most.
    pub width: usize,
    /// The characters.
    pub glyphs: Glyphs,
    /// What a day is, and where home is.
    pub calendar: &'a Calendar,
    /// What the user expects.
    pub habits: &'a Habits,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Look<'_> {
    /// Returns the logical day of now.
    pub fn today(&self) -> NaiveDate {
        self.calendar.day_at_home(self.now)
    }

    /// Returns what typed words are read against, and times are shown in where they are
    /// to be typed.
    pub(super) fn here(&self) -> Here<'_> {
        Here::new(self.now, self.calendar)
    }

    /// Returns a share as `23 %`, or a dash where there is none.
    pub fn share(&self, share: Option<Share>) -> String {
        share.map_or_else(|| self.dash().to_owned(), |share| format!("{} %", share.shown()))
    }

    /// Returns how often: `4×`.
    pub(super) fn times(&self, number: usize) -> String {
        format!("{number}{}", self.glyphs.pick('×', 'x'))
    }

    /// Returns the dash of «from – to» and of «there is none».
    pub(super) fn dash(&self) -> &'static str {
        self.glyphs.pick("–", "-")
    }

    /// Returns text in exactly so many cells, cut or filled up at its end.
    pub(super) fn left(&self, text: &str, cells: usize) -> String {
        let missing = cells.saturating_sub(width(text));
        if missing > 0 || width(text) == cells {
            return format!("{text}{}", " ".repeat(missing));
        }
        let mark = self.glyphs.pick("…", "~");
        let kept = fitting(text, cells.saturating_sub(1));
        let mark = if cells == 0 { "" } else { mark };
        let missing = cells.saturating_sub(width(kept) + width(mark));
        format!("{kept}{mark}{}", " ".repeat(missing))
    }

    /// Returns the rows as they go out: nothing wider than asked, no spaces at the end,
    /// no empty rows at either end and never two in a row.
    pub(super) fn set(&self, rows: Vec<Row>) -> Vec<Row> {
        let mut set: Vec<Row> = Vec::with_capacity(rows.len());
        for mut row in rows {
            row.cut_to(self.width, self.glyphs);
            row.trim_end();
            let blank = row.spans().is_empty();
            if !blank || set.last().is_some_and(|last| !last.spans().is_empty()) {
                set.push(row);
            }
        }
        while set.last().is_some_and(|last| last.spans().is_empty()) {
            set.pop();
        }
        set
    }

    /// Breaks a row between its words into rows no wider than asked; but a word that is wider is
    /// left so. Those after the first are set in by two cells.
    pub(super) fn wrapped(&self, row: &Row) -> Vec<Row> {
        let mut rows = vec![Row::new()];
        for span in row.spans() {
            for word in span.text.split_inclusive(' ') {
                let used = rows.last().map_or(0, Row::width);
                if used > 2 && used + width(word.trim_end()) > self.width {
                    rows.push(Row::plain("  "));
                }
                if let Some(last) = rows.last_mut() {
                    last.push(word, span.role);
                }
            }
        }
        rows.iter_mut().for_each(Row::trim_end);
        rows
    }

    /// Returns words in rows no wider than asked, three spaces between them, the
    /// following rows set in as far as the first.
    pub fn flow(&self, indent: usize, words: Vec<(String, Role)>) -> Vec<Row> {
        let margin = || Row::plain(" ".repeat(indent));
        let mut rows = Vec::new();
        let mut row = margin();
        for (text, role) in words {
            let is_first = row.width() == indent;
            if !is_first && row.width() + 3 + width(&text) > self.width {
                rows.push(std::mem::replace(&mut row, margin()));
            } else if !is_first {
                row.push("   ", Role::Plain);
            }
            row.push(text, role);
        }
        rows.push(row);
        rows
    }
}

/// Returns text in at least so many cells, filled up at its beginning.
pub(super) fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(width(text))))
}

/// Sets rows beside each other: `right` begins at `column`; both end at the last row.
pub(super) fn beside(left: Vec<Row>, right: Vec<Row>, column: usize) -> Vec<Row> {
    let height = left.len().max(right.len());
    let from_below = |rows: Vec<Row>| {
        let missing = height - rows.len();
        std::iter::repeat_n(Row::new(), missing).chain(rows)
    };
    from_below(left)
        .zip(from_below(right))
        .map(|(mut row, right)| {
            row.pad_to(column);
            row.append(right);
            row
        })
        .collect()
}
