//! What people type: what was understood, shown again, is understood as the same.

use std::num::NonZeroUsize;

use chrono::Datelike;
use tiltmeter::domain::{Lived, block::LONGEST_BLOCK};
use tiltmeter::notation::{self, Here, Line, NotUnderstood, Reference, Toward, When};
use tiltmeter::text::{Text, is_harmless};

use super::ground;

pub fn holds(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    let here = Here::new(ground::now(), ground::berlin());
    for here in [here, here.on(chrono::NaiveDate::from_ymd_opt(2026, 10, 25).expect("the clocks change"))] {
        times(here, typed);
        ranges(here, typed);
        days(here, typed);
        references(here, typed);
        lines(here, typed);
    }
    lengths(typed);
    sparks_and_shares(typed);
    cut_in_two(typed);
}

/// Returns what was understood; what was not is said in one harmless line.
fn understood<T>(read: Result<T, NotUnderstood>) -> Option<T> {
    read.map_err(|error| assert!(is_harmless(&error.to_string()) && is_harmless(&error.hint()), "{error}")).ok()
}

/// Whether RFC 3339 can write a time, wherever it is looked at from: with four digits for the year,
/// and an offset of whole minutes, which those of the sun's time before 1972 were not all.
fn can_be_written(at: Lived) -> bool {
    (1..9999).contains(&at.year()) && at.offset().local_minus_utc() % 60 == 0
}

fn times(here: Here<'_>, typed: &str) {
    let read = [here.time(typed), here.until(here.now(), typed), here.until_or_for(here.now(), typed)];
    for time in read.into_iter().filter_map(understood) {
        is_read_back(here, time.tell(|doubled| assert!(is_harmless(&doubled.to_string()))));
    }
}

fn is_read_back(here: Here<'_>, at: Lived) {
    if !can_be_written(at) {
        return;
    }
    let shown = here.show(at);
    let read = here.time(&shown).unwrap_or_else(|error| panic!("{error}")).tell(|_| panic!("{shown} says it all"));
    assert_eq!((read, read.offset()), (at, at.offset()), "{shown}");
}

fn ranges(here: Here<'_>, typed: &str) {
    for range in [here.range(typed), here.stretch(typed)].into_iter().filter_map(understood) {
        assert!(range.length() > chrono::TimeDelta::zero() && range.length() <= LONGEST_BLOCK, "{range:?}");
        let (start, end) = range.tell(|_| {});
        if can_be_written(start) && can_be_written(end) {
            let shown = here.show_range(start, end);
            let read = here.range(&shown).unwrap_or_else(|error| panic!("{error}")).tell(|_| panic!("{shown}"));
            assert_eq!(read, (start, end), "{shown}");
            assert_eq!((read.0.offset(), read.1.offset()), (start.offset(), end.offset()), "{shown}");
        }
    }
}

fn days(here: Here<'_>, typed: &str) {
    for toward in [Toward::Past, Toward::Future] {
        if let Some(day) = understood(here.date(typed, toward)).filter(|day| (0..=9999).contains(&day.year())) {
            assert_eq!(here.date(&day.to_string(), toward), Ok(day));
        }
        if let Some(days) = understood(here.dates(typed, toward)) {
            assert!(days.start() <= days.end(), "{days:?}");
        }
    }
    let _ = understood(here.week(typed));
}

fn references(here: Here<'_>, typed: &str) {
    match understood(here.reference(typed)) {
        Some(newest @ Reference::Newest(_)) => {
            assert_eq!(here.reference(&here.show_reference(newest)), Ok(newest));
        }
        Some(Reference::At(at)) if can_be_written(at) => {
            let shown = here.show_reference(Reference::At(at));
            assert!(!shown.contains(' '), "{shown:?} is one word");
            assert_eq!(here.reference(&shown), Ok(Reference::At(at)), "{shown}");
        }
        _ => {}
    }
    assert_eq!(here.reference("@1"), Ok(Reference::Newest(NonZeroUsize::MIN)));
}

fn lines(here: Here<'_>, typed: &str) {
    let Some(line) = understood(here.line(typed)) else { return };
    let whens = line.when.clone().map(|when| when.tell(|_| {}));
    if whens.is_some_and(|(start, end)| !can_be_written(start) || !can_be_written(end.unwrap_or(start))) {
        return;
    }
    let shown = here.show_line(&line);
    let read = here.line(&shown).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((&read.activity, &read.tags), (&line.activity, &line.tags), "{shown}");
    assert_eq!(read.when.map(|when| when.tell(|_| panic!("{shown} says it all"))), whens, "{shown}");
    if let Some(activity) = &line.activity {
        words_are_read_back(here, activity, &line.tags);
        let _ = notation::guess(activity);
    }
}

fn words_are_read_back(here: Here<'_>, activity: &Text, tags: &[Text]) {
    let shown = notation::show_words(activity, tags);
    let Line { activity: read, tags: with, when } = here.line(&shown).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((read.as_ref(), with.as_slice(), when), (Some(activity), tags, None::<When>), "{shown}");
}

fn lengths(typed: &str) {
    if let Some(length) = understood(notation::length(typed)) {
        assert_eq!(notation::length(&notation::show_length(length)), Ok(length));
    }
}

fn sparks_and_shares(typed: &str) {
    if let Some((text, takes)) = understood(notation::spark(typed)) {
        let takes = takes.unwrap_or(chrono::TimeDelta::minutes(30));
        let shown = format!("{} @{}", text.raw(), notation::show_length(takes).replace(' ', ""));
        assert_eq!(notation::spark(&shown), Ok((text, Some(takes))), "{shown}");
    }
    if let Some(share) = understood(notation::share(typed)) {
        assert!((0.0..=100.0).contains(&share.points()), "{share:?}");
    }
    let _ = (understood(notation::target(typed)), understood(notation::kind(typed)));
}

/// What a line is cut into stands in it; nothing is made up and nothing is lost but white space.
fn cut_in_two(typed: &str) {
    let caught = notation::catch_up(typed);
    assert!(typed.contains(caught.words) && caught.until.is_none_or(|until| typed.contains(until)));
    let (words, rest) = notation::words_and_rest(typed);
    let count = |text: &str| text.split_whitespace().count();
    assert_eq!(count(&words) + count(&rest), count(typed), "{words:?} and {rest:?}");
    let _ = notation::begins_with_time(typed);
}
