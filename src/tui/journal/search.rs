//! What is searched for: words, each of which must be found.

use crate::domain::{Block, Kind};
use crate::text::Text;

use super::super::line::Line;
use super::list::List;

/// A line that is searched for, and what was found so far.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// What is typed.
    pub(super) line: Line,
    /// What it means.
    pub(super) query: Query,
    /// Whether keys go to the line.
    pub(super) is_typing: bool,
    /// What was found so far.
    pub(super) found: List,
}

/// What a block must have to be found: all of these. Nothing is found by every block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query(Vec<Term>);

/// One word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// In small letters, without its `+`.
    word: String,
    /// Whether only a tag is meant.
    is_tag: bool,
    /// The kind that it also means.
    kind: Option<Kind>,
}

impl Query {
    /// Returns what a line means.
    pub(super) fn of(typed: &str) -> Self {
        let typed = typed.to_lowercase();
        let mut words = typed.split_whitespace().peekable();
        let mut terms = Vec::new();
        while let Some(word) = words.next() {
            // The one kind whose name on the screen is two words.
            let is_taken_in = word == "taken" && words.next_if_eq(&"in").is_some();
            terms.push(Term::of(if is_taken_in { Kind::Consuming.done() } else { word }));
        }
        Self(terms)
    }

    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it finds a block.
    pub(super) fn finds(&self, block: &Block) -> bool {
        self.0.iter().all(|term| term.is_in(block))
    }

    /// Whether it is sure to find nothing that another does not find.
    pub(super) fn narrows(&self, other: &Self) -> bool {
        other.0.iter().all(|wide| self.0.iter().any(|narrow| narrow.narrows(wide)))
    }
}

impl Term {
    fn of(word: &str) -> Self {
        if let Some(tag) = word.strip_prefix('+').filter(|tag| !tag.is_empty()) {
            return Self { word: tag.to_owned(), is_tag: true, kind: None };
        }
        // A letter, or "in", is far more often the part of a word.
        let kind = Kind::from_typed(word).filter(|_| word.len() > 2);
        Self { word: word.to_owned(), is_tag: false, kind }
    }

    fn is_in(&self, block: &Block) -> bool {
        let has = |text: &Text| text.raw().to_lowercase().contains(&self.word);
        let in_words = || has(&block.activity) || block.note.as_ref().is_some_and(has);
        block.tags.iter().any(has) || (!self.is_tag && (self.kind == Some(block.kind) || in_words()))
    }

    fn narrows(&self, wide: &Self) -> bool {
        let same_place = self.is_tag || !wide.is_tag;
        same_place && self.word.contains(&wide.word) && (self.kind.is_none() || self.kind == wide.kind)
    }
}
