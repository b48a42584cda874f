//! The journal is changed elsewhere while the pane is open, and nothing else wakes it.

use std::fs;
#[cfg(target_os = "linux")]
use std::thread;
use std::time::{Duration, Instant};

use crate::home::{Home, files};
#[cfg(target_os = "linux")]
use crate::terminal::woken;

#[test]
fn what_a_command_logs_appears_at_once_and_a_line_that_is_typed_survives_it() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    pane.shows("1:1 platform lead").types("nhalf a lin").shows("now half a lin");
    home.does("now debugging --kind c");
    let logged = Instant::now();
    pane.shows("creating since 15:40");
    assert!(logged.elapsed() < Duration::from_secs(2), "{:?}", logged.elapsed());
    pane.shows("now half a lin")
        .types("e")
        .shows("now half a line")
        .types("\x1b")
        .shows("15:40  █ debugging")
        .types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn what_a_sync_service_renames_into_place_appears() {
    let (home, mut phone) = (Home::on_a_working_day(), Home::at("15:40"));
    phone.with("TILTMETER_DEVICE", "phone").does("add 12-12:30 phone call --kind i");
    let file = files(&phone.journal()).into_iter().find(|file| file.ends_with("2026-11.phone.jsonl")).unwrap();
    let mut pane = home.pane();
    pane.shows("1:1 platform lead");
    let [aside, place] = [".sync-tmp", "2026-11.phone.jsonl"].map(|name| home.journal().join("2026").join(name));
    fs::copy(file, &aside).unwrap();
    fs::rename(aside, place).unwrap();
    pane.shows("12:00  ░ phone call");
    // And once more: it is replaced by a longer one.
    phone.does("add 12:30-13 another call --kind i");
    let file = files(&phone.journal()).into_iter().find(|file| file.ends_with("2026-11.phone.jsonl")).unwrap();
    let [aside, place] = [".sync-tmp", "2026-11.phone.jsonl"].map(|name| home.journal().join("2026").join(name));
    fs::copy(file, &aside).unwrap();
    fs::rename(aside, place).unwrap();
    pane.shows("12:30  ░ another call").types("q");
    assert_eq!(pane.ends(), 0);
    assert!(home.is_sound());
}

#[test]
fn a_new_year_brings_a_new_folder_which_is_seen_too() {
    let new_year = "2027-01-01T10:00:00+01:00";
    let (mut home, mut phone) = (Home::at("9:00"), Home::at("9:00"));
    home.becomes("2026-12-31T16:00:00+01:00").does("add 14-15 design doc --kind c");
    home.becomes(new_year);
    phone.becomes(new_year).with("TILTMETER_DEVICE", "phone").does("add 9-9:30 phone call --kind i");
    let mut pane = home.pane();
    pane.shows("Fri 1 Jan 2027").types("nhalf a lin").shows("now half a lin");
    let aside = home.path("aside");
    fs::create_dir(&aside).unwrap();
    let name = "2027-01.phone.jsonl";
    fs::copy(phone.journal().join("2027").join(name), aside.join(name)).unwrap();
    fs::rename(aside, home.journal().join("2027")).unwrap();
    pane.shows("logged 0h30").shows("now half a lin").types("\x1b").shows("09:00  ░ phone call");
    // What is written into that folder from now on is seen as well.
    home.does("now debugging --kind c");
    pane.shows("creating since 10:00").types("q");
    assert_eq!(pane.ends(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn at_rest_no_thread_of_the_pane_wakes_though_a_block_runs() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    pane.shows("likely next").types("j").types("k").shows("1:1 platform lead");
    // What it did last is over when nothing changes any more.
    let mut before = woken(pane.pid());
    loop {
        thread::sleep(Duration::from_millis(200));
        let now = woken(pane.pid());
        if now == before {
            break;
        }
        before = now;
    }
    thread::sleep(Duration::from_secs(3));
    assert_eq!(woken(pane.pid()), before);
    pane.types("q");
    assert_eq!(pane.ends(), 0);
}
