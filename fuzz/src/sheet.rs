//! A day in the editor: what was read, written again, is read as the same.

use tiltmeter::domain::{Doing, Entry, Kind};
use tiltmeter::notation::Here;
use tiltmeter::text::{Text, is_harmless};

use super::ground::{self, lived};

pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let here = Here::new(ground::now(), ground::berlin());
    let _ = here.day_text(text, &as_it_was());
    let read = match here.day_text(text, &[]) {
        Ok(read) => read.entries,
        Err(error) => return assert!(is_harmless(&error.to_string()) && is_harmless(&error.hint()), "{error}"),
    };
    if is_a_day(here, &read) {
        let written = here.show_day(&read);
        let again = here.day_text(&written, &read).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(again.entries, read, "{written}");
        assert_eq!(again.doubled, [], "{written}");
    }
}

/// Whether these are what a sheet is written of: the blocks of one day, in order. (A text
/// may say more than that; the ledger then refuses it.)
fn is_a_day(here: Here<'_>, entries: &[Entry]) -> bool {
    let (from, until) = ground::berlin().day_at_home_bounds(here.day());
    let ordered = entries.windows(2).all(|pair| match pair {
        [one, next] => one.end.is_some_and(|end| end > one.start && end <= next.start),
        _ => true,
    });
    let last = entries.last().is_none_or(|entry| entry.end.is_none_or(|end| end > entry.start));
    ordered && last && entries.iter().all(|entry| entry.start >= from && entry.start < until)
}

/// A morning with a minute that has two borders.
fn as_it_was() -> [Entry; 3] {
    let entry = |start: &str, end: Option<&str>, activity: &str| Entry {
        start: lived(start),
        end: end.map(lived),
        doing: Doing { kind: Kind::Creating, activity: Text::as_written(activity), tags: Vec::new(), note: None },
    };
    [
        entry("2026-11-24T09:00:05+01:00", Some("2026-11-24T09:15:10+01:00"), "standup"),
        entry("2026-11-24T09:15:40+01:00", Some("2026-11-24T11:00:00+01:00"), "design doc"),
        entry("2026-11-24T13:00:00+01:00", None, "#1 +1 @9"),
    ]
}
