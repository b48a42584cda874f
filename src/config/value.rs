//! Values as people write them in a file of settings.

use std::ops::RangeInclusive;

use chrono::{NaiveTime, TimeDelta, Weekday};

use super::mistake::{Mistake, Taken, all, meant, nearest};
use super::tree::{Node, Row, Value};
use crate::domain::{Kind, Share};
use crate::keymap::{self, Keymap, NoKey, Press};

/// What switches off what can be switched off, and what is free of a break.
pub(super) const NONE: &str = "none";

/// Reads one of a few words.
pub(super) fn word<T: Copy>(node: &Node, words: &[(&str, T)]) -> Taken<T> {
    let typed = node.text().unwrap_or_default();
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let all = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(" or ");
        let wrong = node.instead(&all);
        match nearest(typed, words.iter().map(|(word, _)| *word)) {
            Some(near) => wrong.hint(format!("did you mean \"{near}\"?")).into(),
            None => wrong.into(),
        }
    })
}

/// Reads a time on the wall: `"9:00"`.
pub(super) fn wall_time(node: &Node) -> Taken<NaiveTime> {
    Ok(node.text().and_then(parse_wall_time).ok_or_else(|| node.instead("a time such as \"09:00\""))?)
}

fn parse_wall_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// Reads two times on the wall, one after the other: `"12:00-13:00"`; the same time twice for none.
pub(super) fn break_of(node: &Node) -> Taken<(NaiveTime, NaiveTime)> {
    let wanted = || node.instead("a time such as \"12:00-13:00\", or \"none\"");
    let text = node.text().ok_or_else(wanted)?;
    if matches!(text, NONE | "") {
        return Ok((NaiveTime::MIN, NaiveTime::MIN));
    }
    let (from, until) = text.split_once(['-', '–']).ok_or_else(wanted)?;
    let times = parse_wall_time(from).zip(parse_wall_time(until));
    Ok(times.filter(|(from, until)| from < until).ok_or_else(wanted)?)
}

/// Reads a share in per cent.
pub(super) fn share(node: &Node) -> Taken<Share> {
    Ok(node.number().and_then(Share::percent).ok_or_else(|| node.instead("a number from 0 to 100"))?)
}

/// Reads a length in hours, to the minute.
pub(super) fn hours(node: &Node) -> Taken<TimeDelta> {
    Ok(hours_within(node, 0.0..=24.0).ok_or_else(|| node.instead("a number of hours from 0 to 24"))?)
}

/// Reads a length in hours, or that there is none.
pub(super) fn hours_or_none(node: &Node) -> Taken<Option<TimeDelta>> {
    if is_none(node) {
        return Ok(None);
    }
    let hours = hours_within(node, 0.25..=24.0);
    Ok(Some(hours.ok_or_else(|| node.instead("a number of hours from 0.25 to 24, or \"none\""))?))
}

fn hours_within(node: &Node, hours: RangeInclusive<f64>) -> Option<TimeDelta> {
    #[expect(clippy::cast_possible_truncation, reason = "at most 24 hours")]
    let minutes = |hours: f64| TimeDelta::minutes((hours * 60.0).round() as i64);
    node.number().filter(|number| hours.contains(number)).map(minutes)
}

/// Reads a whole number of minutes.
pub(super) fn minutes(node: &Node, (least, most): (u32, u32)) -> Taken<TimeDelta> {
    let wanted = || node.instead(&format!("a whole number of minutes from {least} to {most}"));
    Ok(whole_minutes(node, (least, most)).ok_or_else(wanted)?)
}

/// Reads a whole number of minutes, or that there is none.
pub(super) fn minutes_or_none(node: &Node, (least, most): (u32, u32)) -> Taken<Option<TimeDelta>> {
    let wanted = || node.instead(&format!("a whole number of minutes from {least} to {most}, or \"none\""));
    if is_none(node) { Ok(None) } else { Ok(Some(whole_minutes(node, (least, most)).ok_or_else(wanted)?)) }
}

fn whole_minutes(node: &Node, (least, most): (u32, u32)) -> Option<TimeDelta> {
    let range = f64::from(least)..=f64::from(most);
    let number = node.number().filter(|number| range.contains(number) && number.fract() == 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and within the range")]
    Some(TimeDelta::minutes(number as i64))
}

/// Reads yes or no.
pub(super) fn switch(node: &Node) -> Taken<bool> {
    match node.value {
        Value::Truth(truth) => Ok(truth),
        _ => Err(node.instead("true or false").into()),
    }
}

/// Reads any of a few words, with spaces between them: each once, in the order of the table.
pub(super) fn words<T: Copy>(node: &Node, known: &[(&str, T)]) -> Taken<Vec<T>> {
    let names = || known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let wanted = || node.instead(&format!("any of these words: {}", names()));
    let typed = node.text().ok_or_else(wanted)?;
    if typed.split_whitespace().any(|word| !known.iter().any(|(name, _)| *name == word)) {
        return Err(wanted().into());
    }
    let is_named = |name: &str| typed.split_whitespace().any(|word| word == name);
    Ok(known.iter().filter(|(name, _)| is_named(name)).map(|(_, meaning)| *meaning).collect())
}

fn is_none(node: &Node) -> bool {
    node.text().is_some_and(|text| text.eq_ignore_ascii_case(NONE))
}

/// Reads a kind.
pub(super) fn kind(node: &Node) -> Taken<Kind> {
    let kind = node.text().and_then(Kind::from_typed);
    Ok(kind.ok_or_else(|| node.instead("\"creating\", \"shaping\", \"consuming\" or \"off\""))?)
}

/// Reads the rows of a table.
pub(super) fn rows<'n>(node: &'n Node, wanted: &str) -> Taken<&'n [Row]> {
    Ok(node.table().ok_or_else(|| node.instead(wanted))?)
}

/// Reads a value for each day of the week, Monday first: one for all, or a table of
/// days, where days that are not named have what `unnamed` gives.
pub(super) fn by_weekday<T: Copy>(
    node: &Node,
    every: impl Fn(T) -> [T; 7],
    unnamed: [T; 7],
    one: impl Fn(&Node) -> Taken<T>,
) -> Taken<[T; 7]> {
    let Some(rows) = node.table() else { return one(node).map(every) };
    let read = all(rows.iter().map(|row| Ok((weekday(row)?, one(&row.node)?))))?;
    let mut week = unnamed;
    for (day, value) in read {
        if let Some(place) = week.get_mut(day.num_days_from_monday() as usize) {
            *place = value;
        }
    }
    Ok(week)
}

fn weekday(row: &Row) -> Taken<Weekday> {
    let day = row.name.parse().map_err(|_| {
        let days = "the days are mon, tue, wed, thu, fri, sat, sun";
        Mistake::at(row.at.clone(), format!("knows no day \"{}\"", row.name)).hint(days)
    });
    Ok(day?)
}

/// Reads which keys do what.
pub(super) fn keys(node: &Node) -> Taken<Keymap> {
    let rows = rows(node, "a table of actions and keys")?;
    let mut keymap = Keymap::default();
    let set = rows.iter().map(|row| {
        if !keymap::names().any(|name| name == row.name) {
            return Err(no_key(row, &NoKey::NoAction(row.name.clone())).into());
        }
        let presses = match &row.node.value {
            Value::List(keys) => all(keys.iter().map(press))?,
            _ => vec![press(&row.node)?],
        };
        keymap.set(&row.name, presses).map_err(|why| no_key(row, &why))?;
        Ok(())
    });
    let mut wrong = all(set).err().unwrap_or_default();
    wrong.extend(keymap.clashes().into_iter().map(|why| {
        let row = rows.iter().find(|row| matches!(why, NoKey::Taken(name, ..) if name == row.name));
        row.map_or_else(|| node.instead("keys that mean one thing"), |row| no_key(row, &why))
    }));
    if wrong.is_empty() { Ok(keymap) } else { Err(wrong) }
}

fn press(node: &Node) -> Taken<Press> {
    let key = node.text().ok_or_else(|| node.instead("a key such as \"n\" or \"ctrl-n\", or a list of them"))?;
    Ok(key.parse().map_err(|why: keymap::NoPress| Mistake::at(node.at.clone(), format!(": {why}")))?)
}

fn no_key(row: &Row, why: &NoKey) -> Mistake {
    match why {
        NoKey::NoAction(name) => {
            Mistake::at(row.at.clone(), format!(": {why}")).hint(elsewhere(name, meant(name, keymap::names())))
        }
        NoKey::Taken(_, _, other) => {
            let hint = format!("give {other} another key as well, or none: {other} = []");
            Mistake::at(row.node.at.clone(), format!(": {why}")).hint(hint)
        }
        _ => Mistake::at(row.node.at.clone(), format!(": {why}")),
    }
}

/// Says of a name that stands under the head of another table where it belongs; `otherwise` where it
/// belongs nowhere.
pub(super) fn elsewhere(name: &str, otherwise: String) -> String {
    match super::options::named(name) {
        Some(option) if option.place().0.is_none() => format!("{name} belongs above the first [table] of the file"),
        _ => otherwise,
    }
}
