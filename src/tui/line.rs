//! A line of text while it is typed.
//!
//! The cursor moves from grapheme to grapheme: by `char`, as ready-made lines do, a family
//! of emoji would be taken apart by a Backspace. Which key is which [`Stroke`] is not known
//! here, and neither is where on the screen the line stands.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::beam::row::{Glyphs, width};
use crate::keymap::Stroke;
use crate::text::{NOTE_BYTES, is_harmless, is_plain, terminal_safe};

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
    /// Whether it began with what was not typed.
    is_taken: bool,
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

/// How much of what was typed or pasted went in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// All of it; its line breaks became spaces.
    All,
    /// All but characters that a terminal could obey or nobody could see.
    Cleaned,
    /// Only its beginning: the line is full, or it was too much to look at.
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
        self.is_taken = self.is_taken();
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
        self.is_taken = true;
    }

    /// Whether it holds what was put in its place, and not only what was typed: a completion,
    /// or what was there before. Until it is empty once, nobody can tell one from the other.
    pub fn is_taken(&self) -> bool {
        self.is_taken && !self.text.is_empty()
    }

    /// Does a stroke; returns whether anything moved or changed.
    pub fn stroke(&mut self, stroke: Stroke) -> bool {
        let (cursor, end) = (self.cursor, self.text.len());
        self.is_taken = self.is_taken();
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
        let under = rest.clone().next().map_or(1, |grapheme| width(&grapheme));
        // How much stands behind, up to the third; the cell for the cursor at the end is part of it.
        let third = under.max(cells / 3).max(1);
        let mut behind = 1;
        for grapheme in rest.clone() {
            if behind >= third {
                break;
            }
            behind += width(&grapheme);
        }
        let room = cells.saturating_sub(behind.min(third));

        let mut window = Window::default();
        let mut from = self.cursor;
        for (at, grapheme) in self.before_cursor().grapheme_indices(true).rev() {
            let wider = window.cursor + width(&shown(grapheme, glyphs));
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
            used += width(&grapheme);
            if used <= cells {
                window.text.push_str(&grapheme);
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
        let back = self.before_cursor().grapheme_indices(true).rev().skip_while(|(_, grapheme)| is_space(grapheme));
        let word = back.take_while(|(_, grapheme)| !is_space(grapheme));
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
            c if is_plain(c) => clean.push(c),
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

fn is_space(grapheme: &str) -> bool {
    grapheme.starts_with(char::is_whitespace)
}

/// Returns a grapheme as it is shown: a tab looks like something else, and so does what
/// would mislead where it stands, such as a joiner that joins nothing.
fn shown(grapheme: &str, glyphs: Glyphs) -> Cow<'_, str> {
    match grapheme {
        "\t" => glyphs.pick(" ⇥ ", " > ").into(),
        _ if is_harmless(grapheme) => grapheme.into(),
        _ => terminal_safe(grapheme).to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;

    const FAMILY: &str = "👩‍👩‍👧";

    const STROKES: [Stroke; 10] = [
        Stroke::Left,
        Stroke::Right,
        Stroke::WordLeft,
        Stroke::WordRight,
        Stroke::Start,
        Stroke::End,
        Stroke::DeleteBack,
        Stroke::DeleteForward,
        Stroke::DeleteWord,
        Stroke::DeleteToStart,
    ];

    /// Returns a line with the cursor at the `|`.
    fn line(text: &str) -> Line {
        let (before, after) = text.split_once('|').unwrap();
        let mut line = Line::with_tabs();
        line.insert(after);
        line.stroke(Stroke::Start);
        line.insert(before);
        line
    }

    /// Returns the text of a line with a `|` at the cursor.
    fn drawn(line: &Line) -> String {
        format!("{}|{}", line.before_cursor(), line.after_cursor())
    }

    fn after(text: &str, strokes: &[Stroke]) -> String {
        let mut line = line(text);
        for stroke in strokes {
            line.stroke(*stroke);
        }
        drawn(&line)
    }

    /// Returns the window, a `|` before the cell of the cursor, `<` and `>` where it goes on.
    fn seen(text: &str, cells: usize) -> String {
        let window = line(text).window(cells, Glyphs::Unicode);
        let before = crate::beam::row::fitting(&window.text, window.cursor);
        let (left, right) = (if window.hidden_before { "<" } else { "" }, if window.hidden_after { ">" } else { "" });
        format!("{left}{before}|{}{right}", &window.text[before.len()..])
    }

    #[test]
    fn the_cursor_and_what_is_deleted_go_by_whole_graphemes() {
        assert_eq!(after(&format!("a{FAMILY}|b"), &[Stroke::Left]), format!("a|{FAMILY}b"));
        assert_eq!(after(&format!("a{FAMILY}|b"), &[Stroke::DeleteBack]), "a|b");
        assert_eq!(after(&format!("a|{FAMILY}b"), &[Stroke::DeleteForward]), "a|b");
        assert_eq!(after("e\u{301}|", &[Stroke::DeleteBack]), "|");
    }

    #[test]
    fn words_are_parted_by_white_space_alone() {
        assert_eq!(after("1:1 platform +team|", &[Stroke::WordLeft]), "1:1 platform |+team");
        assert_eq!(after("1:1 platform  |+team", &[Stroke::WordLeft]), "1:1 |platform  +team");
        assert_eq!(after("1|:1 platform", &[Stroke::WordRight]), "1:1| platform");
        assert_eq!(after("1:1|  platform x", &[Stroke::WordRight]), "1:1  platform| x");
        assert_eq!(after("sync @9:30|", &[Stroke::DeleteWord]), "sync |");
        assert_eq!(after("sync\tnow|", &[Stroke::DeleteWord, Stroke::DeleteWord]), "|");
        assert_eq!(after("x  |", &[Stroke::WordRight]), "x  |");
        assert_eq!(after("  |x", &[Stroke::WordLeft]), "|  x");
    }

    #[test]
    fn either_side_of_the_cursor_can_be_taken_out() {
        assert_eq!(after("one |two", &[Stroke::DeleteToStart]), "|two");
        assert_eq!(after("one |two", &[Stroke::End, Stroke::Start]), "|one two");
    }

    #[test]
    fn a_stroke_says_whether_it_did_anything() {
        for stroke in STROKES {
            assert!(!Line::new().stroke(stroke), "{stroke:?}");
            assert!(line("one t|wo").stroke(stroke), "{stroke:?}");
        }
    }

    #[test]
    fn what_is_pasted_becomes_one_line_that_no_terminal_obeys() {
        let mut pasted = Line::new();
        assert_eq!(pasted.insert("staff\r\n\tsync"), Inserted::All);
        assert_eq!(pasted.insert("\u{1b}[31m\u{9b}\u{7f}\u{202e}!\u{e0041}\u{2069}"), Inserted::Cleaned);
        assert_eq!(pasted.text(), "staff sync[31m!");
        assert_eq!(Line::of("one\u{2028}two\u{85}\u{b}three").text(), "one two three");
        assert_eq!(Line::of(&format!("{FAMILY} ❤\u{fe0f}")).text(), format!("{FAMILY} ❤\u{fe0f}"));
        assert_eq!(line("standup\t|9:15\n").text(), "standup\t9:15 ");
    }

    #[test]
    fn a_line_is_never_longer_than_a_note_and_a_paste_of_anything_is_only_looked_into() {
        let mut full = Line::of(&"x".repeat(LONGEST - 4));
        assert_eq!(full.insert(FAMILY), Inserted::Cut);
        assert_eq!(full.text().len(), LONGEST - 4, "no half of it");
        assert_eq!(full.insert("yyyyz"), Inserted::Cut);
        assert!(full.text().ends_with("xyyyy"));
        assert_eq!(full.insert(""), Inserted::All);
        assert!(Text::note(full.text()).is_ok());
        let mut late = Line::new();
        assert_eq!(late.insert(&("\u{7f}".repeat(LOOKED_AT) + "late")), Inserted::Cut);
        assert!(late.is_empty());
    }

    #[test]
    fn replacing_takes_the_place_of_all_of_it_and_stays_a_line_with_tabs_or_without() {
        let mut with = line("on|e\t");
        with.replace("two\tthree");
        assert_eq!(drawn(&with), "two\tthree|");
        let mut without = Line::of("one");
        without.replace("two\tthree");
        assert_eq!(drawn(&without), "two three|");
    }

    #[test]
    fn a_window_shows_all_that_fits_and_else_goes_with_the_cursor() {
        assert_eq!(seen("design| doc", 11), "design| doc");
        assert_eq!(seen("design doc|", 10), "<esign doc|");
        assert_eq!(seen("design doc|", 11), "design doc|");
        assert_eq!(seen("|design doc", 6), "|design>");
        assert_eq!(seen("design| doc", 6), "<sign| d>");
        assert_eq!(seen("design do|c", 6), "<n do|c");
        assert_eq!(seen("設計設計|", 6), "<設計|");
        assert_eq!(seen("|設計", 1), "|>");
        assert_eq!(seen("設|計設", 3), "<|計>");
        assert_eq!(seen("sync\t|9:15", 20), "sync ⇥ |9:15");
        assert_eq!(line("sync|\t").window(20, Glyphs::Ascii).text, "sync > ");
        assert_eq!(line("a|b").window(0, Glyphs::Unicode).text, "");
    }

    /// What people, programs and the hostile put into a line.
    fn typed() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z ]{0,6}",
            "\\PC{0,4}",
            any::<String>(),
            proptest::sample::select(vec![
                FAMILY,
                "\u{200d}",
                "👩",
                "🇩🇪",
                "🇫",
                "e\u{301}",
                "\u{301}",
                "設",
                "\t",
                "\r\n",
                "\u{1b}[2J",
                "\u{202e}",
                "\u{e0067}",
                "क्",
                "ष",
                "\u{600}",
                "ل",
                "ا",
                "\u{fe0f}",
            ])
            .prop_map(str::to_owned),
        ];
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    /// Returns lines after anything was done to them.
    fn lines() -> impl Strategy<Value = Line> {
        let deed = prop_oneof![typed().prop_map(Ok), proptest::sample::select(STROKES.to_vec()).prop_map(Err)];
        (any::<bool>(), proptest::collection::vec(deed, 0..12)).prop_map(|(tabs, deeds)| {
            let mut line = if tabs { Line::with_tabs() } else { Line::new() };
            for deed in deeds {
                match deed {
                    Ok(typed) => {
                        line.insert(&typed);
                    }
                    Err(stroke) => {
                        line.stroke(stroke);
                    }
                }
            }
            line
        })
    }

    proptest! {
        #[test]
        fn whatever_is_done_the_cursor_stands_between_graphemes_of_harmless_text(line in lines()) {
            let borders = line.text().grapheme_indices(true).map(|(at, _)| at).chain([line.text().len()]);
            prop_assert!(borders.into_iter().any(|at| at == line.before_cursor().len()), "{:?}", drawn(&line));
            prop_assert!(line.text().chars().all(|c| is_plain(c) || c == '\t' && line.tabs == Tabs::Kept));
            prop_assert!(line.text().len() <= LONGEST);
            prop_assert_eq!(line.at_end(), line.after_cursor().is_empty());
        }

        #[test]
        fn a_window_is_never_wider_than_asked_and_the_cursor_is_in_it(line in lines(), cells in 0..30usize) {
            let window = line.window(cells, Glyphs::Unicode);
            let wide: usize = window.text.graphemes(true).map(width).sum();
            prop_assert!(wide <= cells, "{window:?}");
            prop_assert!(crate::text::is_harmless(&window.text));
            prop_assert!(window.cursor < cells.max(1) && window.cursor <= wide, "{window:?}");
        }

        #[test]
        fn what_a_window_hides_is_said_and_all_of_it_is_seen_where_there_is_room(line in lines(), cells in 1..60usize) {
            let whole = line.window(1_000_000, Glyphs::Unicode);
            prop_assert!(!whole.hidden_before && !whole.hidden_after);
            let window = line.window(cells, Glyphs::Unicode);
            let hides = window.hidden_before || window.hidden_after;
            prop_assert_eq!(hides, window.text != whole.text, "{:?} of {:?}", window, whole);
            let wide: usize = line.text().graphemes(true).map(|grapheme| width(&shown(grapheme, Glyphs::Unicode))).sum();
            prop_assert!(!hides || wide + 1 > cells, "{:?} of {:?}", window, whole);
        }

        #[test]
        fn left_after_right_and_right_after_left_come_back(line in lines()) {
            for (there, back) in [(Stroke::Right, Stroke::Left), (Stroke::Left, Stroke::Right)] {
                let mut moved = line.clone();
                if moved.stroke(there) {
                    prop_assert!(moved.stroke(back));
                }
                prop_assert_eq!(drawn(&moved), drawn(&line));
            }
        }

        #[test]
        fn deleting_a_letter_that_was_just_typed_brings_the_line_back(mut line in lines(), letter in "[a-z]") {
            line.stroke(Stroke::End);
            // A few signs of Arabic and other scripts make one grapheme with what follows.
            let mut typed = line.clone();
            typed.insert(&letter);
            prop_assume!(typed.text().graphemes(true).next_back() == Some(letter.as_str()));
            typed.stroke(Stroke::DeleteBack);
            prop_assert_eq!(drawn(&typed), drawn(&line));
        }

        #[test]
        fn typing_letter_by_letter_is_as_good_as_pasting(typed in typed()) {
            let mut line = Line::with_tabs();
            let clean = cleaned(&typed, Tabs::Kept, LONGEST).0;
            for c in clean.chars() {
                line.insert(c.encode_utf8(&mut [0; 4]));
            }
            prop_assert_eq!(line.text(), clean);
            prop_assert!(line.at_end());
        }

        #[test]
        fn a_line_goes_through_the_door_of_notes_unless_it_is_empty(typed in typed()) {
            let line = Line::of(&typed);
            // What misleads where it stands is shown for what it is, and refused at the door.
            let may_go = !line.text().trim().is_empty() && is_harmless(line.text().trim());
            prop_assert_eq!(Text::note(line.text()).is_ok(), may_go);
        }
    }
}
