//! Which characters are shown as they are: the one rule that every escaper begins with.
//!
//! What is shown must be what it seems to be. Four sorts of characters are not:
//!
//! * what a terminal obeys or a line ends with: controls, C1 among them, and separators of
//!   lines and paragraphs;
//! * what turns the direction of what stands around it: the bidirectional controls (UAX #9,
//!   «Directional Formatting Characters»; what they can hide is in UTR #36 and UTS #55);
//! * what nobody sees: Unicode's `Default_Ignorable_Code_Point`, the interlinear annotation and
//!   the noncharacters. Whole messages hide in tag characters and variation selectors, and
//!   two names that look alike can be two. Where such a character has a meaning to readers
//!   it stays: joiners within a script or a picture that joins (UTS #39, 3.1.1), a selector behind what it
//!   can select;
//! * more marks on one letter than any writing has, which climb over the lines around (UTS #39, 5.4,
//!   finds more than four suspicious), and more pictures joined to one than any emoji has.
//!
//! The first three are *spelled*, as `\u{202e}`; the marks beyond are cut off. What is stored stays.

use std::str::Chars;

use unicode_width::UnicodeWidthChar;

/// How many marks may stand on one letter: twice as many as UTS #39 finds suspicious, for
/// Tibetan stacks up to seven.
pub const MARKS: usize = 8;
/// How many joiners may follow each other with a picture between. Emoji have three (UTS #51).
const JOINS: usize = 4;

/// What becomes of a character where text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// It stands there as it is.
    As(char),
    /// Its code point stands there: it would mislead.
    Spelled(char),
    /// Here marks were cut off, one or any number.
    Cut,
}

/// Returns what is shown of a text.
pub(crate) fn shown(text: &str) -> Showing<'_> {
    Showing { chars: text.chars(), before: Before::default(), marks: 0 }
}

/// Returns the characters of a text that are shown as they are. What was left out leaves no
/// trace: the marks behind it stand on the letter before it, with those that stood there.
pub(crate) fn without_what_misleads(text: &str) -> String {
    let (mut kept, mut before, mut marks) = (String::with_capacity(text.len()), Before::default(), 0);
    for c in text.chars() {
        let mut then = before;
        let more = if takes_no_cell(c) { marks + 1 } else { 0 };
        if then.lets(c) && more <= MARKS {
            (before, marks) = (then, more);
            kept.push(c);
        }
    }
    kept
}

/// What is shown of a text, character by character.
pub(crate) struct Showing<'a> {
    chars: Chars<'a>,
    before: Before,
    marks: usize,
}

impl Iterator for Showing<'_> {
    type Item = Shown;

    fn next(&mut self) -> Option<Shown> {
        loop {
            let c = self.chars.next()?;
            if !self.before.lets(c) {
                self.marks = 0;
                return Some(Shown::Spelled(c));
            }
            self.marks = if takes_no_cell(c) { self.marks + 1 } else { 0 };
            match self.marks {
                ..=MARKS => return Some(Shown::As(c)),
                _ if self.marks == MARKS + 1 => return Some(Shown::Cut),
                _ => {}
            }
        }
    }
}

/// What stood before, as far as it decides what a character means.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before {
    last: Option<char>,
    joins: usize,
}

impl Before {
    /// Whether a character that follows may be shown as it is.
    pub(crate) fn lets(&mut self, c: char) -> bool {
        if c.is_ascii() {
            *self = Self { last: Some(c), joins: 0 };
            return !c.is_ascii_control();
        }
        let lets = is_plain(c) && (!is_ignorable(c) || self.gives_meaning_to(c));
        match (c, self.last) {
            _ if !lets => *self = Self::default(),
            (ZWJ, _) => *self = Self { last: Some(c), joins: self.joins + 1 },
            (_, Some(ZWJ)) => self.last = Some(c),
            _ if is_ignorable(c) || takes_no_cell(c) => self.last = Some(c),
            _ => *self = Self { last: Some(c), joins: 0 },
        }
        lets
    }

    /// Whether what stood before gives a meaning to a character that nobody sees.
    fn gives_meaning_to(&self, c: char) -> bool {
        let Some(last) = self.last else { return false };
        match c {
            ZWNJ => joins(last),
            ZWJ => joins(last) && self.joins < JOINS,
            '\u{200b}' => is_written_without_spaces(last),
            // Text or picture; of ASCII, the keys 0–9, # and * are either.
            '\u{fe00}'..='\u{fe0f}' => !is_ignorable(last) && (!last.is_ascii() || is_key(last)),
            '\u{180b}'..='\u{180d}' | '\u{180f}' => ('\u{1820}'..='\u{18aa}').contains(&last),
            '\u{e0100}'..='\u{e01ef}' => is_ideograph(last),
            _ => false,
        }
    }
}

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

/// Whether a character is one that typing takes somewhere: no control, nothing that turns the
/// direction of text, no separator of lines, nothing that is never seen.
pub(crate) fn is_plain(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    let separates = matches!(c, '\u{2028}' | '\u{2029}');
    !(c.is_control() || separates || turns_direction(c) || is_never_seen(c))
}

/// The bidirectional controls of Unicode (UAX #9, «Directional Formatting Characters»).
pub(super) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What has no meaning to a reader wherever it stands.
fn is_never_seen(c: char) -> bool {
    let may_mean = matches!(c, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}');
    !may_mean && (is_ignorable(c) || matches!(c, '\u{fff9}'..='\u{fffb}') || is_noncharacter(c))
}

/// Unicode's `Default_Ignorable_Code_Point` (version 16, `DerivedCoreProperties.txt`).
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The 66 code points that are no characters and never will be (Unicode, chapter 23.7); two
/// of them make a document that is no XML.
fn is_noncharacter(c: char) -> bool {
    let point = u32::from(c);
    (0xfdd0..=0xfdef).contains(&point) || point & 0xfffe == 0xfffe
}

/// Whether a joiner behind a character may change how it looks: letters of scripts that join,
/// pictures, and what stands on them.
fn joins(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !matches!(c, ZWNJ | ZWJ | '\u{200b}')
}

/// Thai, Lao, Burmese and Khmer, where a break between words is a character that nobody sees.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

fn is_key(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*')
}

/// The characters of Chinese and Japanese that have written variants.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn takes_no_cell(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is shown, what is spelled as `<202E>`, a cut as `…`.
    fn seen(text: &str) -> String {
        shown(text)
            .map(|shown| match shown {
                Shown::As(c) => c.to_string(),
                Shown::Spelled(c) => format!("<{:04X}>", u32::from(c)),
                Shown::Cut => "…".to_owned(),
            })
            .collect()
    }

    #[test]
    fn what_people_write_is_shown_as_it_is() {
        for text in [
            "設計レビュー 👩‍👩‍👧‍👦 👩🏽‍❤️‍💋‍👨🏿 ❤️‍🔥 1️⃣ 🇩🇪",
            "שָׁלוֹם עולם مرحبا می‌خواهم क्‍ष ཧཱུྃ ก็ดี",
            "葛\u{e0100}飾 e\u{301}te\u{301} \u{e0b0}powerline",
            "ខ្ញុំ\u{200b}ទៅ",
        ] {
            assert_eq!(seen(text), text);
        }
    }

    #[test]
    fn what_hides_or_turns_is_spelled() {
        assert_eq!(seen("a\u{1b}\u{9b}\u{7f}\u{2028}b"), "a<001B><009B><007F><2028>b");
        assert_eq!(seen("a\u{202e}\u{2066}\u{200f}b"), "a<202E><2066><200F>b");
        assert_eq!(
            seen("a\u{200b}b\u{200d}c\u{ad}\u{feff}\u{2060}\u{34f}d"),
            "a<200B>b<200D>c<00AD><FEFF><2060><034F>d"
        );
        assert_eq!(seen("a\u{e0041}\u{fff9}\u{3164}\u{ffff}b"), "a<E0041><FFF9><3164><FFFF>b");
        // One selector selects; more of them are a message.
        assert_eq!(seen("☺\u{fe0f}\u{fe01}\u{e0101}a\u{fe00}"), "☺\u{fe0f}<FE01><E0101>a<FE00>");
        assert_eq!(seen("\u{200d}é\u{200d}\u{200d}"), "<200D>é\u{200d}<200D>");
    }

    #[test]
    fn a_heap_of_marks_and_an_endless_family_are_cut() {
        let heap = format!("e{}x", "\u{301}".repeat(5_000));
        assert_eq!(seen(&heap), format!("e{}…x", "\u{301}".repeat(MARKS)));
        let family = "👩\u{200d}".repeat(5_000);
        assert!(!seen(&family).contains(&"👩\u{200d}".repeat(JOINS + 1)));
    }
}
