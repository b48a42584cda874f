//! Settings as values that know where in their file they stand, so that a mistake is told with
//! its line and column.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    /// In bytes from the beginning of the file.
    pub(super) at: Range<usize>,
}

/// What can be written in a file of settings.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Real(f64),
    Truth(bool),
    List(Vec<Node>),
    Table(Vec<Row>),
    /// A date or time of TOML: no setting is one. As it is written.
    Time(String),
}

/// A name in a table, and what it has.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: Range<usize>,
    pub(super) node: Node,
}

/// Reads a file as far as it can be read; and what in it is no TOML.
pub(super) fn parse(text: &str) -> (Vec<Row>, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mistakes = errors.into_iter().map(|error| {
        let at = error.span().unwrap_or_default();
        let is_nothing = text.get(at.clone()).is_none_or(|meant| meant.trim().is_empty());
        let said = error.message().trim_end().replace('\n', ", ");
        // What the parser says of a value that is not there helps nobody.
        let said = if is_nothing && said.starts_with("string values") { "a value is missing".to_owned() } else { said };
        Mistake::at(at, said).hint(HOW)
    });
    let mut mistakes: Vec<Mistake> = mistakes.collect();
    mistakes.sort_by_key(Mistake::start);
    // What follows on the same line follows from it.
    mistakes.dedup_by(|later, first| first.shares_line(later, text));
    (rows(table.get_ref()), mistakes)
}

const HOW: &str = "a line is NAME = VALUE, with words in quotes: target = 35, lunch = \"12:00-13:00\"";

/// Reads what an environment variable or a flag says: as in the file, where quotes may be left out.
pub(super) fn parse_value(text: &str) -> Node {
    let line = format!("value = {text}");
    let parsed = DeTable::parse(&line).ok().filter(|table| table.get_ref().len() == 1);
    let value = parsed.and_then(|table| rows(table.get_ref()).pop()).map(|row| row.node.value);
    // TOML knows times too; no setting is one, and `04:00` is what the file has in quotes.
    let value = value.filter(|value| !matches!(value, Value::Time(_)));
    Node { value: value.unwrap_or_else(|| Value::Text(text.to_owned())), at: 0..0 }
}

/// Returns the rows of a table in the order in which they are written.
fn rows(table: &DeTable<'_>) -> Vec<Row> {
    let row = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Row {
        name: ToString::to_string(name.get_ref()),
        at: name.span(),
        node: node(value),
    };
    let mut rows: Vec<Row> = table.iter().map(row).collect();
    rows.sort_by_key(|row| row.at.start);
    rows
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let at = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Whole(number),
            Err(_) => Value::Time(number.as_str().to_owned()),
        },
        DeValue::Float(number) => Value::Real(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(time) => Value::Time(time.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(rows(table)),
    };
    Node { value, at }
}

impl Node {
    /// Returns its words, if it is words.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns its number, whole or not.
    #[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
    pub(super) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(number) => Some(number as f64),
            Value::Real(number) => Some(number),
            _ => None,
        }
    }

    /// Returns its rows, if it is a table.
    pub(super) fn table(&self) -> Option<&[Row]> {
        match &self.value {
            Value::Table(rows) => Some(rows),
            _ => None,
        }
    }

    /// Says that something else is taken here: `takes a number, not "x"`.
    pub(super) fn instead(&self, wanted: &str) -> Mistake {
        Mistake::at(self.at.clone(), format!("takes {wanted}, not {}", self.value))
    }
}

/// As a file would have it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{}", toml::Value::String(text.clone())),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Real(number) => write!(f, "{number}"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Time(time) => f.write_str(time),
            Self::List(nodes) if nodes.len() == 1 => f.write_str("a list of one"),
            Self::List(nodes) => write!(f, "a list of {}", nodes.len()),
            Self::Table(_) => f.write_str("a table"),
        }
    }
}
