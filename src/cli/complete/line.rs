//! A command line that is being typed, as a shell hands it over, cut into words. Nothing in it
//! is ever expanded or run.

use std::iter::Peekable;
use std::str::Chars;

use crate::text::shell::Quote;

/// A command line up to the cursor, without the name of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The words that are finished.
    pub(super) before: Vec<String>,
    /// The word that is being typed; empty where it has not begun.
    pub(super) word: String,
    /// How many characters of that word the shell leaves as they are: it replaces what follows.
    pub(super) kept: usize,
    /// The quote that stands open.
    pub(super) quote: Quote,
}

impl Line {
    /// Takes words as a shell has cut them; the last is being typed.
    pub(super) fn of_words(mut words: Vec<String>) -> Self {
        let word = words.pop().unwrap_or_default();
        Self { before: words, word, ..Self::default() }
    }

    /// Cuts a line as bash would, and not where it does for completion: `1:1` is one word. At
    /// `replaced`, the end of the line, it puts what is chosen.
    pub(super) fn of_bash(line: &str, replaced: &str) -> Self {
        let (mut words, last, quote) = cut(line);
        // What is replaced may begin in the middle of a word, for it does at `:`, `@` and `=`.
        let front = line.strip_suffix(replaced).map(cut);
        let kept = match front {
            Some((front, half, _)) if front.len() == words.len() => half.map_or(0, |half| half.chars().count()),
            _ => 0,
        };
        if !words.is_empty() {
            words.remove(0);
        }
        Self { before: words, word: last.unwrap_or_default(), kept, quote }
    }
}

/// Returns the finished words of a line, the one that is not, and the quote that stands open.
fn cut(line: &str) -> (Vec<String>, Option<String>, Quote) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\n' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                if !single(&mut chars, word) {
                    return (words, Some(std::mem::take(word)), Quote::Single);
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                if !double(&mut chars, word) {
                    return (words, Some(std::mem::take(word)), Quote::Double);
                }
            }
            '\\' => word.get_or_insert_default().extend(chars.next()),
            c => word.get_or_insert_default().push(c),
        }
    }
    (words, word, Quote::None)
}

/// Takes what stands up to the closing `'`; returns whether there is one.
fn single(chars: &mut Peekable<Chars<'_>>, word: &mut String) -> bool {
    for c in chars.by_ref() {
        match c {
            '\'' => return true,
            c => word.push(c),
        }
    }
    false
}

/// Takes what stands up to the closing `"`; returns whether there is one.
fn double(chars: &mut Peekable<Chars<'_>>, word: &mut String) -> bool {
    while let Some(c) = chars.next() {
        match c {
            '"' => return true,
            '\\' => match chars.next_if(|c| matches!(c, '"' | '\\' | '$' | '`')) {
                Some(meant) => word.push(meant),
                None => word.push('\\'),
            },
            c => word.push(c),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, replaced: &str) -> (String, String, usize, Quote) {
        let line = Line::of_bash(line, replaced);
        (line.before.join("|"), line.word, line.kept, line.quote)
    }

    #[test]
    fn words_are_cut_as_bash_means_them_and_not_where_it_completes() {
        assert_eq!(read("tiltmeter now 1:1 pl", "pl"), ("now|1:1".into(), "pl".into(), 0, Quote::None));
        assert_eq!(read("t now 1:1", "1"), ("now".into(), "1:1".into(), 2, Quote::None));
        assert_eq!(read("t edit @", ""), ("edit".into(), "@".into(), 1, Quote::None));
        assert_eq!(read("t now ", ""), ("now".into(), String::new(), 0, Quote::None));
        assert_eq!(read(r"t now design\ d", r"design\ d"), ("now".into(), "design d".into(), 0, Quote::None));
        assert_eq!(read("t now \"design d", "design d"), ("now".into(), "design d".into(), 0, Quote::Double));
        assert_eq!(read("t now 'it'\\''s' x", "x"), ("now|it's".into(), "x".into(), 0, Quote::None));
        assert_eq!(read("t now '1:1 p", "1:1 p"), ("now".into(), "1:1 p".into(), 0, Quote::Single));
    }

    #[test]
    fn nothing_in_a_line_is_expanded() {
        assert_eq!(read("t now $(touch x) `y` $HOME", "$HOME").0, "now|$(touch|x)|`y`");
    }
}
