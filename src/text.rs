//! What people wrote, and the one way out for it.
//!
//! What a person or another program wrote is hostile until shown otherwise: a
//! JSON `\u001b` is a real escape by the time we hold it. So [`Text`] has no
//! `Display`. It is cleaned when it comes in by hand ([`Text::activity`],
//! [`Text::note`], [`Text::tag`]), kept as it is when it comes from the journal
//! ([`Text::as_written`]), and leaves only through the escaper of the place it
//! goes to. This module knows nothing else of the program and anything may use it.

pub mod json;
pub mod markdown;
pub mod markup;
pub mod shell;
mod shown;
pub mod status_line;

use std::fmt::{self, Write as _};

use unicode_segmentation::UnicodeSegmentation;

pub use shown::MARKS;
pub(crate) use shown::is_plain;
use shown::{Before, Shown, shown, turns_direction, without_what_misleads};

/// The most graphemes an activity may have.
pub const ACTIVITY_GRAPHEMES: usize = 200;
/// The most bytes an activity may have.
pub const ACTIVITY_BYTES: usize = 1_000;
/// The most bytes a note may have.
pub const NOTE_BYTES: usize = 40_000;
/// The most bytes a tag may have.
pub const TAG_BYTES: usize = 64;
/// The most bytes of one text that a terminal is given. What may be longer, a note, is whole in
/// the journal, in JSON and on pages.
pub const SHOWN_BYTES: usize = 4_000;
/// The most tags a block may have.
pub const TAGS: usize = 32;

/// What somebody wrote: an activity, a tag or a note.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Text(Box<str>);

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("no words")]
    Empty,
    /// A control character, shown by its code point.
    #[error("the control character U+{:04X}", *.0 as u32)]
    Control(char),
    /// A character that changes the direction of what follows, by its code point.
    #[error("the character U+{:04X}, which turns the direction of text", *.0 as u32)]
    Direction(char),
    /// A character that nobody sees, by its code point.
    #[error("the character U+{:04X}, which nobody sees", *.0 as u32)]
    Unseen(char),
    /// More marks on one letter than any writing has.
    #[error("more than {MARKS} marks on one letter")]
    Marks,
    /// More than fits.
    #[error("more than {limit} {unit}")]
    TooLong {
        /// How many fit.
        limit: usize,
        /// What was counted: `characters` or `bytes`.
        unit: &'static str,
    },
    /// White space or a comma in a tag.
    #[error("a tag is one word")]
    TagWords,
}

impl Text {
    /// Returns the text as it stands in a journal, good or bad.
    pub fn as_written(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Takes an activity that was typed: one line, its white space folded.
    pub fn activity(typed: &str) -> Result<Self, TextError> {
        let folded = fold_white_space(typed);
        refuse_misleading(&folded, |_| false)?;
        if folded.is_empty() {
            return Err(TextError::Empty);
        }
        if folded.graphemes(true).count() > ACTIVITY_GRAPHEMES {
            return Err(TextError::TooLong { limit: ACTIVITY_GRAPHEMES, unit: "characters" });
        }
        within(ACTIVITY_BYTES, &folded)?;
        Ok(Self(folded.into()))
    }

    /// Takes a note that was typed: any number of lines.
    pub fn note(typed: &str) -> Result<Self, TextError> {
        let text = typed.replace("\r\n", "\n").replace('\t', " ");
        let text = text.trim();
        refuse_misleading(text, |c| c == '\n')?;
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        within(NOTE_BYTES, text)?;
        Ok(Self(text.into()))
    }

    /// Takes a tag that was typed, without its `+`: one word.
    pub fn tag(typed: &str) -> Result<Self, TextError> {
        refuse_misleading(typed, |_| false)?;
        if typed.is_empty() {
            return Err(TextError::Empty);
        }
        if typed.contains(|c: char| c.is_whitespace() || c == ',') {
            return Err(TextError::TagWords);
        }
        within(TAG_BYTES, typed)?;
        Ok(Self(typed.into()))
    }

    /// Returns `raw` without the characters that typing refuses, for what another
    /// program wrote; cut to the limits of an activity, `None` if nothing is left.
    pub fn cleaned_activity(raw: &str) -> Option<Self> {
        cut(&fold_white_space(&without_what_misleads(&fold_white_space(raw))), ACTIVITY_GRAPHEMES, ACTIVITY_BYTES)
    }

    /// Returns `raw` as a note, without the characters that typing refuses; cut to the
    /// limit of a note, `None` if nothing is left. See [`Text::cleaned_activity`].
    pub fn cleaned_note(raw: &str) -> Option<Self> {
        let lines =
            raw.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        let kept: Vec<String> = lines.split('\n').map(without_what_misleads).collect();
        cut(kept.join("\n").trim(), usize::MAX, NOTE_BYTES)
    }

    /// Returns `raw` as a tag, its words joined by hyphens, without the characters that
    /// typing refuses; cut to the limit of a tag, `None` if nothing is left. See
    /// [`Text::cleaned_activity`].
    pub fn cleaned_tag(raw: &str) -> Option<Self> {
        let words = raw.split(|c: char| c.is_whitespace() || c == ',').map(without_what_misleads);
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        cut(&words.join("-"), usize::MAX, TAG_BYTES)
    }

    /// Returns the characters as they are: for the journal, for comparing and for
    /// measuring. What is shown goes through an escaper instead.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Returns a form that is safe in one line of a terminal: control characters, those that
    /// turn the direction of text and those that nobody sees become their visible code
    /// points; a heap of marks on one letter is cut, and so is what goes on for pages.
    ///
    /// ```
    /// use tiltmeter::text::Text;
    ///
    /// let hostile = Text::as_written("mail\u{1b}[2J");
    /// assert_eq!(hostile.for_terminal().to_string(), "mail\\u{1b}[2J");
    /// ```
    pub fn for_terminal(&self) -> impl fmt::Display + '_ {
        terminal_safe(&self.0)
    }

    /// Returns a form that is safe in a cell of a spreadsheet: what could be taken
    /// for a formula is led by an apostrophe (OWASP, «CSV Injection»).
    pub fn for_cell(&self) -> String {
        let in_a_cell = |shown| match shown {
            Shown::As(c) | Shown::Spelled(c @ '\n') => c,
            Shown::Spelled(_) => '\u{fffd}',
            Shown::Cut => '…',
        };
        let plain: String = shown(&self.0).map(in_a_cell).collect();
        let risky =
            plain.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
                || plain.starts_with(['\t', '\r', '\n']);
        if risky { format!("'{plain}") } else { plain }
    }
}

/// Returns any string in a form that is safe in one line of a terminal; see
/// [`Text::for_terminal`]. For file names, arguments and messages of other programs.
pub fn terminal_safe(raw: &str) -> impl fmt::Display + '_ {
    TerminalSafe(raw)
}

/// Whether a string is one line that can be shown on a terminal as it is.
pub fn is_harmless(text: &str) -> bool {
    // Nearly all of what is shown is ASCII and told apart by the byte.
    text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) || shown(text).all(|shown| matches!(shown, Shown::As(_)))
}

struct TerminalSafe<'a>(&'a str);

impl fmt::Display for TerminalSafe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = String::with_capacity(self.0.len().min(SHOWN_BYTES));
        for one in shown::shown(self.0) {
            match one {
                _ if shown.len() >= SHOWN_BYTES => {
                    shown.push('…');
                    break;
                }
                Shown::As(c) => shown.push(c),
                Shown::Spelled('\n' | '\t') => shown.push(' '),
                Shown::Spelled(c) => shown.extend(c.escape_unicode()),
                Shown::Cut => shown.push('…'),
            }
        }
        f.pad(&shown)
    }
}

/// Returns JSON text with every character that a terminal could obey, or that nobody sees,
/// written as `\uXXXX`. Such characters stand only inside strings, so the value is the same.
pub fn json_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut before = Before::default();
    for c in json.chars() {
        if before.lets(c) || c == '\n' {
            safe.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
}

/// Returns as many whole graphemes of `text` as both limits allow, `None` for nothing. One that is
/// longer than all there may be is no letter of any script, and is cut between its characters.
fn cut(text: &str, graphemes: usize, bytes: usize) -> Option<Text> {
    let ends = text.grapheme_indices(true).take(graphemes).map(|(at, grapheme)| at + grapheme.len());
    let whole = ends.take_while(|end| *end <= bytes).last();
    let within = |at: &usize| text.is_char_boundary(*at);
    let kept = whole.or_else(|| (0..=bytes.min(text.len())).rev().find(within)).unwrap_or_default();
    let kept = text.get(..kept).unwrap_or_default().trim_end();
    (!kept.is_empty()).then(|| Text(kept.into()))
}

fn fold_white_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses what would not be shown as it is, but for what is allowed all the same.
fn refuse_misleading(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), TextError> {
    let wrong = |shown| match shown {
        Shown::Spelled(c) if allowed(c) => None,
        Shown::Spelled(c) if turns_direction(c) => Some(TextError::Direction(c)),
        Shown::Spelled(c) if c.is_control() => Some(TextError::Control(c)),
        Shown::Spelled(c) => Some(TextError::Unseen(c)),
        Shown::Cut => Some(TextError::Marks),
        Shown::As(_) => None,
    };
    shown(text).find_map(wrong).map_or(Ok(()), Err)
}

fn within(limit: usize, text: &str) -> Result<(), TextError> {
    if text.len() > limit { Err(TextError::TooLong { limit, unit: "bytes" }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_in_what_was_written_never_reaches_the_terminal_or_a_cell() {
        let hostile = Text::as_written("a\u{1b}[2Jb\u{9b}c\u{202e}d");
        for shown in [hostile.for_terminal().to_string(), hostile.for_cell(), json_safe("\"\u{9b}\u{202e}\"")] {
            assert!(shown.chars().all(is_plain), "{shown:?}");
        }
        assert_eq!(hostile.for_terminal().to_string(), "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d");
    }

    #[test]
    fn typing_folds_white_space_and_refuses_what_a_terminal_obeys() {
        assert_eq!(Text::activity("  design \t doc\n").unwrap().raw(), "design doc");
        assert_eq!(Text::activity(" \t "), Err(TextError::Empty));
        assert_eq!(Text::activity("a\u{1b}b"), Err(TextError::Control('\u{1b}')));
        assert_eq!(Text::activity("a\u{202e}b"), Err(TextError::Direction('\u{202e}')));
        assert!(Text::activity(&"x".repeat(201)).is_err());
        assert!(Text::activity(&"👩‍👩‍👧".repeat(60)).is_err(), "60 graphemes, but more than 1 kB");
        assert_eq!(Text::note("one\r\ntwo").unwrap().raw(), "one\ntwo");
        assert_eq!(Text::tag("two words"), Err(TextError::TagWords));
    }

    #[test]
    fn cleaning_keeps_what_typing_would_and_mends_the_rest() {
        assert_eq!(Text::cleaned_activity(" a\u{1b}b\n c\u{202e} "), Some(Text::activity("ab c").unwrap()));
        assert_eq!(Text::cleaned_activity("\u{1b}\u{7f}"), None);
        assert_eq!(Text::cleaned_activity(&"x".repeat(300)), Some(Text::activity(&"x".repeat(200)).unwrap()));
        assert_eq!(Text::cleaned_note("one\r\ntwo\u{9b}\tthree\n").unwrap().raw(), "one\ntwo three");
        assert_eq!(Text::cleaned_note(&"é".repeat(30_000)).unwrap().raw().len(), NOTE_BYTES);
        assert_eq!(Text::cleaned_tag(" deep work, now\u{200f}").unwrap().raw(), "deep-work-now");
        assert_eq!(Text::cleaned_tag(", "), None);
    }

    #[test]
    fn a_cell_that_could_be_a_formula_is_led_by_an_apostrophe() {
        for formula in ["=1+1", "+cmd", "-2", "@SUM(A1)", "  =x", "\u{ff1d}1"] {
            assert!(Text::as_written(formula).for_cell().starts_with('\''), "{formula}");
        }
        assert_eq!(Text::as_written("1:1 = fine").for_cell(), "1:1 = fine");
    }
}
