//! Settings as a file would have them.

use chrono::{NaiveTime, TimeDelta, Weekday};
use toml::Value;

use super::value::NONE;
use crate::domain::Share;

/// The days as the file names them, Monday first.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

pub(super) fn time(time: NaiveTime) -> String {
    quoted(&time.format("%H:%M").to_string())
}

pub(super) fn break_of((from, until): (NaiveTime, NaiveTime)) -> String {
    if from == until {
        return quoted(NONE);
    }
    quoted(&format!("{}-{}", from.format("%H:%M"), until.format("%H:%M")))
}

pub(super) fn weekday(day: Weekday) -> String {
    quoted(match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    })
}

pub(super) fn targets(targets: [Share; 7]) -> String {
    let [first, ..] = targets;
    if targets.iter().all(|target| *target == first) {
        return number(first.points());
    }
    table(DAYS.into_iter().zip(targets.map(|target| number(target.points()))))
}

pub(super) fn expected(week: [TimeDelta; 7]) -> String {
    let [mon, tue, wed, thu, fri, sat, sun] = week;
    if [tue, wed, thu, fri] == [mon; 4] && sat.is_zero() && sun.is_zero() {
        return hours(mon);
    }
    table(DAYS.into_iter().zip(week.map(hours)).filter(|(_, hours)| hours != "0"))
}

pub(super) fn hours_or_none(length: Option<TimeDelta>) -> String {
    length.map_or_else(|| quoted(NONE), hours)
}

pub(super) fn minutes(length: TimeDelta) -> String {
    length.num_minutes().to_string()
}

pub(super) fn minutes_or_none(length: Option<TimeDelta>) -> String {
    length.map_or_else(|| quoted(NONE), minutes)
}

fn hours(length: TimeDelta) -> String {
    number(Share::of(length, TimeDelta::hours(24)).map_or(0.0, |day| day.fraction() * 24.0))
}

/// Returns a table on one line; names that are no plain words stand in quotes.
pub(super) fn table(rows: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> String {
    let rows: Vec<String> = rows.into_iter().map(|(name, value)| format!("{} = {value}", key(name.as_ref()))).collect();
    if rows.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", rows.join(", ")) }
}

/// Returns a list on one line.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// Returns a name as TOML has it: bare where it may be.
pub(super) fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

/// Writes a number as short as it can be: `8`, `7.5`.
pub(super) fn number(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
