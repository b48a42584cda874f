//! `config`.

use serde::{Serialize, Serializer};

use super::VERSION;
use crate::text;

/// One setting, and where its value comes from.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// Its name as the file has it: `day_start`.
    pub name: &'a str,
    /// Its value.
    pub value: Value<'a>,
    /// Who says so: `default`, `file`, `environment` or `flag`.
    pub from: &'a str,
}

/// The value of a setting.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// It has none.
    None,
    /// Yes or no.
    Is(bool),
    /// A number.
    Number(f64),
    /// Anything that is written in quotes.
    Text(&'a str),
    /// Several.
    List(Vec<Value<'a>>),
    /// Several, each with a name, in order.
    Table(Vec<(&'a str, Value<'a>)>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Is(is) => serializer.serialize_bool(*is),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Table(rows) => serializer.collect_map(rows.iter().map(|(name, value)| (name, value))),
        }
    }
}

#[derive(Serialize)]
struct ConfigReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    file: Option<&'a str>,
    settings: Vec<SettingLine<'a>>,
}

#[derive(Serialize)]
struct SettingLine<'a> {
    name: &'a str,
    value: &'a Value<'a>,
    from: &'a str,
}

/// Returns `config --json`: every setting as it holds now. `file` is the settings'
/// file, if there is one.
pub fn config(file: Option<&str>, settings: &[Setting<'_>]) -> String {
    text::json::line(&ConfigReport {
        tiltmeter: VERSION,
        report: "config",
        file,
        settings: settings
            .iter()
            .map(|setting| SettingLine { name: setting.name, value: &setting.value, from: setting.from })
            .collect(),
    })
}
