//! What settings take, for whoever writes them: the schema for editors, the documentation.

use serde_json::{Value, json};

use crate::keymap;

/// What a setting takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any text.
    Text,
    /// A time on the wall: `"09:00"`.
    Time,
    /// From one time on the wall to another, or `"none"`.
    Break,
    /// A number of this unit, from 0 to the one given; or a table of them by day of the week.
    Weekdays(&'static str, f64),
    /// A number of hours, or `"none"`.
    HoursOrNone,
    /// A table of actions, and the key or keys of each.
    Keys,
    /// A number of minutes, from one to another.
    Minutes((u32, u32)),
    /// The same, or `"none"`.
    MinutesOrNone((u32, u32)),
    /// Yes or no.
    Switch,
    /// Any of these words, with spaces between them.
    Words(&'static [&'static str]),
    /// A table of names that one chooses, and what each takes.
    Table(&'static Self),
}

/// A time on the wall.
const TIME: &str = "([01]?[0-9]|2[0-3]):[0-5][0-9]";

impl Form {
    /// Whether it is a table of its own in the file.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Table(_) | Self::Keys)
    }

    /// Returns what it takes in a few words.
    pub fn words(self) -> String {
        match self {
            Self::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
            Self::Text => "text".into(),
            Self::Time => "a time, `\"09:00\"`".into(),
            Self::Break => "two times, `\"12:00-13:00\"`, or `\"none\"`".into(),
            Self::Weekdays(unit, _) => format!("{unit}: a number, or a table by day, `{{ mon = … }}`"),
            Self::HoursOrNone => "hours, or `\"none\"`".into(),
            Self::Keys => "a table of actions; each takes a key, or a list of keys".into(),
            Self::Minutes((least, most)) => format!("minutes, {least} to {most}"),
            Self::MinutesOrNone((least, most)) => format!("minutes, {least} to {most}, or `\"none\"`"),
            Self::Switch => "`true` or `false`".into(),
            Self::Words(words) => format!("any of these words: {}", words.join(", ")),
            Self::Table(form) => format!("a table; each takes {}", form.words()),
        }
    }

    /// Returns it as a JSON Schema (draft 7, which the editors' TOML plugins read).
    pub fn schema(self) -> Value {
        match self {
            Self::Word(words) => json!({ "type": "string", "enum": words }),
            Self::Text => json!({ "type": "string" }),
            Self::Time => json!({ "type": "string", "pattern": format!("^{TIME}$") }),
            Self::Break => json!({ "type": "string", "pattern": format!("^(none|{TIME} *[-–] *{TIME})$") }),
            Self::Weekdays(_, most) => {
                let one = json!({ "type": "number", "minimum": 0, "maximum": most });
                let days = super::show::DAYS.map(|day| (day.to_owned(), one.clone()));
                json!({ "anyOf": [one, {
                    "type": "object",
                    "properties": days.into_iter().collect::<serde_json::Map<_, _>>(),
                    "additionalProperties": false,
                }] })
            }
            Self::HoursOrNone => {
                json!({ "anyOf": [{ "type": "number", "minimum": 0.25, "maximum": 24 }, { "const": "none" }] })
            }
            Self::Keys => {
                let one = json!({ "type": "string" });
                let keys = json!({ "anyOf": [one, { "type": "array", "items": one }] });
                let actions = keymap::names().map(|name| (name.to_owned(), keys.clone()));
                json!({
                    "type": "object",
                    "properties": actions.collect::<serde_json::Map<_, _>>(),
                    "additionalProperties": false,
                })
            }
            Self::Minutes((least, most)) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Self::MinutesOrNone((least, most)) => {
                json!({ "anyOf": [{ "type": "integer", "minimum": least, "maximum": most }, { "const": "none" }] })
            }
            Self::Switch => json!({ "type": "boolean" }),
            Self::Words(words) => {
                let one = words.join("|");
                json!({ "type": "string", "pattern": format!("^({one})?( +({one}))*$") })
            }
            Self::Table(form) => json!({ "type": "object", "additionalProperties": form.schema() }),
        }
    }
}
