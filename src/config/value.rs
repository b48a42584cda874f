//! Values as people write them in a file of settings.

use chrono::{NaiveTime, TimeDelta, Weekday};
use toml::Value;

use crate::domain::Share;
use crate::text::terminal_safe;

/// A value that a setting does not take: what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAValue(String);

impl NotAValue {
    /// Says what would be taken instead of `value`.
    pub(super) fn instead_of(value: &Value, wanted: &str) -> Self {
        Self(format!("takes {wanted}, not {}", terminal_safe(&value.to_string())))
    }
}

/// Reads the value of an environment variable: as in the file, quotes left out.
pub(super) fn from_environment(text: &str) -> Value {
    if let Ok(number) = text.parse::<i64>() {
        return Value::Integer(number);
    }
    let parsed = toml::from_str::<toml::Table>(&format!("value = {text}"));
    let value = parsed.ok().and_then(|mut table| table.remove("value"));
    // TOML knows times too; no setting is one, and `04:00` is what the file has in quotes.
    value.filter(|value| !value.is_datetime()).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Reads one of a few words.
pub(super) fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Result<T, NotAValue> {
    let found = value.as_str().and_then(|typed| words.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed)));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let all = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(" or ");
        NotAValue::instead_of(value, &all)
    })
}

/// Reads a time on the wall: `"9:00"`.
pub(super) fn wall_time(value: &Value) -> Result<NaiveTime, NotAValue> {
    value.as_str().and_then(parse_wall_time).ok_or_else(|| NotAValue::instead_of(value, "a time such as \"09:00\""))
}

pub(super) fn parse_wall_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// Reads a share in per cent.
pub(super) fn share(value: &Value) -> Result<Share, NotAValue> {
    number(value).and_then(Share::percent).ok_or_else(|| NotAValue::instead_of(value, "a number from 0 to 100"))
}

/// Reads a length in hours, to the minute.
pub(super) fn hours(value: &Value) -> Result<TimeDelta, NotAValue> {
    #[expect(clippy::cast_possible_truncation, reason = "at most 24 hours")]
    let minutes = |hours: f64| TimeDelta::minutes((hours * 60.0).round() as i64);
    let hours = number(value).filter(|hours| (0.0..=24.0).contains(hours));
    hours.map(minutes).ok_or_else(|| NotAValue::instead_of(value, "a number of hours from 0 to 24"))
}

/// Reads a value for each day of the week, Monday first: one for all, or a table of
/// days, where days that are not named have what `unnamed` gives.
pub(super) fn by_weekday<T: Copy>(
    value: &Value,
    all: impl Fn(T) -> [T; 7],
    unnamed: [T; 7],
    one: impl Fn(&Value) -> Result<T, NotAValue>,
) -> Result<[T; 7], NotAValue> {
    let Some(table) = value.as_table() else { return one(value).map(all) };
    let mut week = unnamed;
    for (day, value) in table {
        let weekday: Weekday =
            day.parse().map_err(|_| NotAValue(format!("knows no day \"{}\"", terminal_safe(day))))?;
        let index = weekday.num_days_from_monday() as usize;
        if let Some(place) = week.get_mut(index) {
            *place = one(value)?;
        }
    }
    Ok(week)
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|number| number as f64))
}
