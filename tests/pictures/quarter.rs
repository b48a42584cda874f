//! A quarter of a manager's time, always the same.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate, TimeDelta};

use crate::Desk;

const WEEK: [&str; 5] = [
    "09:00-09:30 i standup\n09:30-10:30 c design doc\n10:30-12:00 i staff sync\n13:00-13:40 s reviews
     13:40-14:30 i interviews\n14:30-16:00 i mail, threads\n16:00-16:30 s 1:1s\n16:30-16:50 c debugging",
    "08:40-09:15 i mail, threads\n09:15-09:30 i standup +team\n09:30-10:10 c design doc: rate limits +platform
     10:10-11:00 i escalation: billing\n11:00-12:00 i interview: backend\n12:00-12:45 o lunch
     12:45-13:05 s review: rate-limit change\n13:05-13:30 i mail, threads\n13:30-15:00 i staff sync
     15:20-16:10 s 1:1 platform lead +team\n16:10-16:40 i planning",
    "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i staff sync\n13:00-13:50 s 1:1s
     13:50-15:10 i interviews\n15:10-18:20 i escalations",
    "09:00-09:30 i standup\n09:30-11:40 c design doc\n11:40-12:00 i planning\n13:00-13:50 s 1:1s
     13:50-15:10 i interviews\n15:10-16:20 i retro",
    "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i status\n13:00-13:35 s 1:1s
     13:35-14:10 i budget\n14:10-14:40 i hiring",
];

/// Returns the desk of somebody who logged twelve weeks, on the Friday of the last.
pub(crate) fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.at("2026-11-27T17:44:00+01:00");
    desk.write("quarter.jsonl", &lines());
    desk.does("import jsonl quarter.jsonl\noff 28 nov retreat");
    desk
}

fn lines() -> String {
    let last: NaiveDate = "2026-11-23".parse().unwrap();
    let mut lines = String::new();
    let mut number = 0;
    for (week, weeks_ago) in (0..12).rev().enumerate() {
        let first = last - TimeDelta::weeks(weeks_ago);
        // One week is short, and in the one after it nothing was logged.
        let days = [5, 5, 5, 5, 2, 0, 5, 5, 5, 5, 5, 5][week];
        for (at, day) in WEEK.iter().enumerate().take(days) {
            let date = first + Days::new(at.try_into().unwrap());
            for line in day.lines() {
                number += 1;
                let turned = weeks_ago > 0 && number % 7 == week % 3;
                let _ = writeln!(lines, "{}", block(date, line.trim(), number, turned));
            }
        }
    }
    lines
}

/// Writes a block as `export jsonl` does. One that is turned was spent otherwise than in the
/// last week, so that weeks differ.
fn block(day: NaiveDate, line: &str, number: usize, turned: bool) -> String {
    let (times, rest) = line.split_once(' ').unwrap();
    let (kind, words) = rest.split_once(' ').unwrap();
    let (start, end) = times.split_once('-').unwrap();
    let kind = match (kind, turned) {
        ("c", false) | ("i", true) => "creating",
        ("s", _) => "shaping",
        ("o", _) => "off",
        _ => "consuming",
    };
    let mut words = words.split(" +");
    let activity = words.next().unwrap();
    let tags: Vec<&str> = words.collect();
    let summer = day < NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
    let offset = if summer { "+02:00" } else { "+01:00" };
    let note = activity.ends_with("limits").then_some("per tenant first;\nthen per route");
    serde_json::json!({
        "id": format!("00000000-0000-0000-0000-{number:012}"),
        "start": format!("{day}T{start}:00{offset}"),
        "end": format!("{day}T{end}:00{offset}"),
        "kind": kind,
        "activity": activity,
        "tags": tags,
        "note": note,
        "interrupted": if activity == "staff sync" { 4 } else { 0 },
    })
    .to_string()
}
