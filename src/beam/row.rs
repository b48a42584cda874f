//! What is drawn, before it is painted: rows of text with a role.
//!
//! A role says what a thing *is* (made, a rail, an alert); which colour that has is
//! the business of the command line, the pane and the pictures.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{is_harmless, terminal_safe};

/// What a piece of a picture stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary words and numbers.
    #[default]
    Plain,
    /// Time that was made.
    Made,
    /// Time that was shaped.
    Shaped,
    /// Time that was taken in.
    TakenIn,
    /// Time off.
    Off,
    /// The beam itself, axes and ticks.
    Rail,
    /// What is there for reference and read last.
    Faint,
    /// What is read first.
    Strong,
    /// What needs a hand.
    Alert,
}

/// Which characters a picture is drawn in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Block and box drawing characters.
    #[default]
    Unicode,
    /// Only ASCII: for fonts and terminals that draw the others too wide or not at all.
    Ascii,
}

impl Glyphs {
    /// Returns the one of two that this set has.
    pub fn pick<T>(self, unicode: T, ascii: T) -> T {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}

/// Some text in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text; nothing in it can be obeyed by a terminal.
    pub text: String,
    /// What it stands for.
    pub role: Role,
}

/// One row of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    spans: Vec<Span>,
}

impl Row {
    /// Returns a row with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a row of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new().with(text, Role::Plain)
    }

    /// Adds text at the end.
    ///
    /// A row is one line on a terminal, whatever it is made of: what could be obeyed is
    /// escaped here once more, for those who forget.
    pub fn push(&mut self, text: impl Into<String>, role: Role) {
        let text = text.into();
        let text = if is_harmless(&text) { text } else { terminal_safe(&text).to_string() };
        match self.spans.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.role == role => last.text.push_str(&text),
            _ => self.spans.push(Span { text, role }),
        }
    }

    /// Returns the row with text added at the end.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// Adds all of another row at the end.
    pub fn append(&mut self, other: Self) {
        for span in other.spans {
            self.push(span.text, span.role);
        }
    }

    /// Returns its parts from left to right; neighbours differ in their role.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns how many cells it takes on a terminal.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| width(&span.text)).sum()
    }

    /// Adds spaces until it takes `cells`.
    pub fn pad_to(&mut self, cells: usize) {
        let missing = cells.saturating_sub(self.width());
        self.push(" ".repeat(missing), Role::Plain);
    }

    /// Takes away the spaces at its end.
    pub fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                return;
            }
            self.spans.pop();
        }
    }

    /// Cuts it to `cells`; what was cut off is marked by `…` (`~` in ASCII).
    pub fn cut_to(&mut self, cells: usize, glyphs: Glyphs) {
        if self.width() <= cells {
            return;
        }
        let spans = std::mem::take(&mut self.spans);
        let mut left = cells.saturating_sub(1);
        for span in spans {
            let kept = fitting(&span.text, left);
            left -= width(kept);
            let whole = kept.len() == span.text.len();
            self.push(kept, span.role);
            if !whole {
                break;
            }
        }
        if cells > 0 {
            self.push(glyphs.pick("…", "~"), Role::Faint);
        }
    }

    /// Returns its text without roles and without spaces at the end.
    pub fn text(&self) -> String {
        let text: String = self.spans.iter().map(|span| span.text.as_str()).collect();
        text.trim_end().to_owned()
    }
}

/// Returns how many cells a text takes on a terminal (UAX #11; ambiguous is narrow).
///
/// It is the sum of its graphemes, as they are put into cells one by one. That is more than the
/// text's own width where letters of two graphemes would make one ligature (Arabic lam and alef).
pub fn width(text: &str) -> usize {
    if text.chars().all(stands_alone) { text.width() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Whether a character makes no grapheme and no ligature with another: most of what is
/// drawn, which is measured faster.
fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{27bf}')
}

/// Returns the longest beginning of `text` that takes at most `cells`, graphemes whole.
pub fn fitting(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_row_can_be_obeyed() {
        let row = Row::plain("a\u{1b}[2J\u{9b}31m\n\u{202e}b");
        assert_eq!(row.text(), "a\\u{1b}[2J\\u{9b}31m \\u{202e}b");
    }

    #[test]
    fn a_row_is_cut_between_graphemes_and_never_wider_than_asked() {
        for cells in 0..12 {
            let mut row = Row::plain("設計 👩‍👩‍👧 doc").with("umenté", Role::Made);
            row.cut_to(cells, Glyphs::Unicode);
            assert!(row.width() <= cells, "{cells}: {:?}", row.text());
            assert!(!row.text().contains('\u{fffd}'));
        }
        let mut short = Row::plain("doc");
        short.cut_to(3, Glyphs::Unicode);
        assert_eq!(short.text(), "doc");
    }

    /// Else the pane, which puts graphemes into cells, would draw what stands right of
    /// them further right than the row says.
    #[test]
    fn a_text_is_as_wide_as_its_graphemes() {
        for text in ["لا إله", "ᨕᨗᨐ", "ⵏ\u{2d7f}ⵏ", "❤\u{fe0f} 1\u{fe0f}\u{20e3}", "שלום", "─▲░ 23 %"]
        {
            assert_eq!(width(text), text.graphemes(true).map(width).sum::<usize>(), "{text}");
        }
    }
}
