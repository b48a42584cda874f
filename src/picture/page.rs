//! What a page says, before it is written as HTML or Markdown.

use super::drawing::Drawing;
use crate::beam::Row;
use crate::domain::Kind;

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its heading; nobody's words but ours.
    pub(super) title: String,
    /// Its first paragraphs; the first of them is the balance.
    pub(super) said: Vec<Vec<Cell>>,
    /// The picture.
    pub(super) drawing: Drawing,
    /// The picture in characters.
    pub(super) rows: Vec<Row>,
    /// The numbers.
    pub(super) tables: Vec<Table>,
    /// What is to be known of them.
    pub(super) remarks: Vec<String>,
}

/// A table with a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) heading: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The row below, of what the others come to.
    pub(super) sum: Option<Vec<Cell>>,
}

/// A column, by what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Words that may be long.
    Words(&'static str),
    /// Words that are short and stay on a line.
    Short(&'static str),
    /// Numbers, set to the right.
    Numbers(&'static str),
}

impl Column {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Words(name) | Self::Short(name) | Self::Numbers(name) => name,
        }
    }
}

/// A piece of what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Our words and numbers.
    Ours(String),
    /// The same, read first.
    Strong(String),
    /// What somebody wrote, in one line or several, in whichever direction.
    Theirs(String),
    /// An activity and its tags.
    Named(String, String),
    /// The mark and the word of a kind.
    Kind(Kind),
}

impl Cell {
    /// Returns our words.
    pub(super) fn ours(words: impl Into<String>) -> Self {
        Self::Ours(words.into())
    }

    /// Returns a cell without anything in it.
    pub(super) fn none() -> Self {
        Self::Ours(String::new())
    }
}

impl Page {
    /// Returns what is said, to be read aloud.
    pub(super) fn in_words(&self) -> String {
        let piece = |cell: &Cell| match cell {
            Cell::Ours(words) | Cell::Strong(words) | Cell::Theirs(words) | Cell::Named(words, _) => words.clone(),
            Cell::Kind(kind) => kind.done().to_owned(),
        };
        let said = self.said.iter().map(|said| said.iter().map(piece).collect::<String>().trim_end().to_owned());
        said.collect::<Vec<_>>().join(" ")
    }
}
