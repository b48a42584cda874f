//! A line of text while it is typed.
//!
//! The cursor moves from grapheme to grapheme: by `char`, as ready-made lines do, a family
//! of emoji would be taken apart by a Backspace. Which key is which [`Stroke`] is not known
//! here, and neither is where on the screen the line stands.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::beam::row::{Glyphs, width};
use crate::text::{NOTE_BYTES, is_plain};

/// The most bytes that a line holds: as many as the longest text that is typed, a note.
pub const LONGEST: usize = NOTE_BYTES;
/// No more of what is pasted is looked at than this, whatever is left out of it.
const LOOKED_AT: usize = 4 * LONGEST;

/// A line of text that is being typed, with a cursor in it.
///
/// Whatever is put in, it holds one line that no terminal obeys a part of, at most
/// [`LONGEST`] bytes; and the cursor stands between graphemes, never inside one.
#[derive(Clone, Debug, Default)]
pub struct Line {
    text: String,
    /// Where the cursor is, in bytes.
    cursor: usize,
    tabs: Tabs,
}

/// What becomes of a tab that is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tabs {
    /// It is white space like any other.
    #[default]
    Spaces,
    /// It parts the line into fields.
    Kept,
}

/// Something done to a line other than typing into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// To where this word begins, or the one before. Words are parted by white space, so
    /// that `1:1`, `+tag` and `@9:30` are one each.
    WordLeft,
    /// To where this word ends, or the one after.
    WordRight,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
    /// Takes out the grapheme before the cursor.
    DeleteBack,
    /// Takes out the grapheme after the cursor.
    DeleteForward,
    /// Takes out what [`Stroke::WordLeft`] goes past.
    DeleteWord,
    /// Takes out everything before the cursor.
    DeleteToStart,
    /// Takes out everything after the cursor.
    DeleteToEnd,
}

/// How much of what was typed or pasted went in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// All of it; its line breaks became spaces.
    All,
    /// All but characters that a terminal could obey or nobody could see.
    Cleaned,
    /// Only its beginning: the line is full.
    Cut,
}

/// What of a line is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Whole graphemes, safe on a terminal, never wider than was asked for.
    pub text: String,
    /// The column of the cursor, inside what was asked for.
    pub cursor: usize,
    /// Whether the line goes on to the left.
    pub hidden_before: bool,
    /// Whether the line goes on to the right.
    pub hidden_after: bool,
}

impl Line {
    /// Returns an empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a line with a text in it, cleaned as if it were typed; the cursor is at its end.
    pub fn of(text: &str) -> Self {
        let mut line = Self::new();
        line.insert(text);
        line
    }

    /// Returns an empty line that keeps tabs.
    pub fn with_tabs() -> Self {
        Self { tabs: Tabs::Kept, ..Self::default() }
    }

    /// Returns what was typed so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is in it, not even a space.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the cursor is at the end.
    pub fn at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Returns what stands before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after_cursor(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Puts in what was typed or pasted, at the cursor, which goes behind it. A run of line
    /// breaks and tabs becomes one space; a line made by [`Line::with_tabs`] keeps tabs.
    pub fn insert(&mut self, typed: &str) -> Inserted {
        let (clean, inserted) = cleaned(typed, self.tabs, LONGEST - self.text.len());
        self.text.insert_str(self.cursor, &clean);
        self.place(self.cursor + clean.len());
        inserted
    }

    /// Puts a text in the place of the whole line; the cursor goes to its end.
    pub fn replace(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.insert(text);
    }

    /// Does a stroke; returns whether anything moved or changed.
    pub fn stroke(&mut self, stroke: Stroke) -> bool {
        let (cursor, end) = (self.cursor, self.text.len());
        match stroke {
            Stroke::Left => self.go(self.left()),
            Stroke::Right => self.go(self.right()),
            Stroke::WordLeft => self.go(self.word_left()),
            Stroke::WordRight => self.go(self.word_right()),
            Stroke::Start => self.go(0),
            Stroke::End => self.go(end),
            Stroke::DeleteBack => self.delete(self.left()..cursor),
            Stroke::DeleteForward => self.delete(cursor..self.right()),
            Stroke::DeleteWord => self.delete(self.word_left()..cursor),
            Stroke::DeleteToStart => self.delete(0..cursor),
            Stroke::DeleteToEnd => self.delete(cursor..end),
        }
    }

    /// Returns the part of the line around the cursor that `cells` have room for. There is
    /// always a cell for the cursor; where the line goes on behind it, up to a third of the
    /// cells show how.
    pub fn window(&self, cells: usize, glyphs: Glyphs) -> Window {
        let mut rest = self.after_cursor().graphemes(true).map(|grapheme| shown(grapheme, glyphs));
        if cells == 0 {
            return Window { hidden_before: self.cursor > 0, hidden_after: !self.at_end(), ..Window::default() };
        }
        let under = rest.clone().next().map_or(1, width);
        let behind =
            rest.clone().scan(0, |sum, grapheme| (*sum <= cells).then(|| *sum += width(grapheme)).map(|()| *sum));
        let behind = behind.last().unwrap_or(0) + 1;
        let room = cells.saturating_sub(behind.min(under.max(cells / 3).max(1)));

        let mut window = Window::default();
        let mut from = self.cursor;
        for (at, grapheme) in self.before_cursor().grapheme_indices(true).rev() {
            let wider = window.cursor + width(shown(grapheme, glyphs));
            if wider > room {
                break;
            }
            (from, window.cursor) = (at, wider);
        }
        let before = self.text.get(from..self.cursor).unwrap_or_default();
        window.hidden_before = from > 0;
        window.text.extend(before.graphemes(true).map(|grapheme| shown(grapheme, glyphs)));
        let mut used = window.cursor;
        window.hidden_after = rest.any(|grapheme| {
            used += width(grapheme);
            if used <= cells {
                window.text.push_str(grapheme);
            }
            used > cells
        });
        window
    }

    fn go(&mut self, to: usize) -> bool {
        let moves = to != self.cursor;
        self.cursor = to;
        moves
    }

    fn delete(&mut self, range: Range<usize>) -> bool {
        let changes = !range.is_empty();
        let at = range.start;
        self.text.replace_range(range, "");
        self.place(at);
        changes
    }

    /// Puts the cursor where the text was changed. What stands on both sides of it may have
    /// become one grapheme; then the cursor goes behind that.
    fn place(&mut self, at: usize) {
        let mut place = GraphemeCursor::new(at, self.text.len(), true);
        self.cursor = match place.is_boundary(&self.text, 0) {
            Ok(false) => place.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            _ => at,
        };
    }

    fn left(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor + self.after_cursor().graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        let mut back = self.before_cursor().grapheme_indices(true).rev().skip_while(|(_, grapheme)| is_space(grapheme));
        let word = back.by_ref().take_while(|(_, grapheme)| !is_space(grapheme));
        word.last().map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let ahead = self.after_cursor().grapheme_indices(true).skip_while(|(_, grapheme)| is_space(grapheme));
        let word = ahead.take_while(|(_, grapheme)| !is_space(grapheme));
        word.last().map_or(self.text.len(), |(at, grapheme)| self.cursor + at + grapheme.len())
    }
}

/// Returns what goes into a line that has so many bytes left, and how much of it that is.
fn cleaned(typed: &str, tabs: Tabs, room: usize) -> (String, Inserted) {
    let mut clean = String::new();
    let mut inserted = Inserted::All;
    let mut after_break = false;
    for (at, c) in typed.char_indices() {
        let breaks = is_break(c) && !(c == '\t' && tabs == Tabs::Kept);
        if at >= LOOKED_AT || clean.len() > room {
            inserted = Inserted::Cut;
            break;
        }
        match c {
            _ if breaks && after_break => {}
            _ if breaks => clean.push(' '),
            '\t' => clean.push(c),
            c if is_plain(c) && !is_tag(c) => clean.push(c),
            _ => inserted = Inserted::Cleaned,
        }
        after_break = breaks;
    }
    if clean.len() > room {
        inserted = Inserted::Cut;
        let ends = clean.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
        clean.truncate(ends.take_while(|end| *end <= room).last().unwrap_or(0));
    }
    (clean, inserted)
}

/// Whether a character ends a line or a field, here or in some other program.
fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is one of the tags of Unicode, which spell words that nobody sees.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

fn is_space(grapheme: &str) -> bool {
    grapheme.starts_with(char::is_whitespace)
}

/// Returns a grapheme as it is shown: only a tab looks like something else.
fn shown(grapheme: &str, glyphs: Glyphs) -> &str {
    if grapheme == "\t" { glyphs.pick(" ⇥ ", " > ") } else { grapheme }
}
