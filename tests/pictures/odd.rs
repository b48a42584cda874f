//! Days and weeks that are not as others.

use std::fs;

use crate::parsed::Parsed;
use crate::{Desk, FORMS};

/// Pictures everything there is at a desk, and holds that all of it can be parsed.
fn pictures(desk: &Desk) -> String {
    let mut all = String::new();
    for command in ["day", "day yesterday", "week", "week last week", "trend", "trend --weeks 1", "trend --weeks 60"] {
        for form in FORMS {
            let printed = desk.prints(&format!("{command} --{form}"));
            assert!(!printed.chars().any(|c| c.is_control() && c != '\n'), "{command} --{form}");
            if form != "md" {
                let parsed = Parsed::of(&printed);
                parsed.asks_for_nothing();
                parsed.lies_within();
            }
            all.push_str(&printed);
        }
    }
    all
}

fn desk_with(commands: &str) -> Desk {
    let mut desk = Desk::new();
    desk.at("17:00");
    desk.does(commands);
    desk
}

#[test]
fn nothing_one_block_or_one_kind() {
    let empty = pictures(&Desk::new());
    assert!(empty.contains("Nothing logged"), "{empty}");
    assert!(pictures(&desk_with("add 9:00-9:01 spec --kind c")).contains("100 %"));
    assert!(pictures(&desk_with("add 9:00-12:00 1:1 --kind s")).contains("shaped 3h00"));
    assert!(pictures(&desk_with("add 9:00-12:00 sync --kind i")).contains("0 %"));
    assert!(pictures(&desk_with("add 9:00-10:00 lunch --kind o")).contains("Nothing logged"));
    let mut desk = Desk::new();
    desk.at("9:00").does("create spec");
    assert!(pictures(&desk).contains("spec"), "what has just begun is there");
}

#[test]
fn targets_at_either_end() {
    for target in ["0", "100"] {
        let mut desk = desk_with("add 9:00-12:00 sync --kind i\nadd 13:00-14:00 spec --kind c\nadd 14-15 1:1 --kind s");
        desk.with("TILTMETER_TARGET", target);
        assert!(pictures(&desk).contains(&format!("target of {target} %")));
        desk.with("TILTMETER_SHAPING", "apart");
        assert!(pictures(&desk).contains("By hand 20 %"));
    }
}

#[test]
fn a_week_that_is_off_and_one_that_begins_on_sunday() {
    let mut desk = Desk::new();
    desk.at("2026-11-23T10:30:00+01:00").does("off 23 nov..29 nov walking\nadd 9:00-10:00 incident --kind i");
    let all = pictures(&desk);
    assert!(all.contains("walking") && all.contains("A day off"));
    desk.with("TILTMETER_WEEK_START", "sunday");
    assert!(pictures(&desk).contains("22–28 Nov 2026"));
}

#[test]
fn days_of_23_and_25_hours_and_one_that_is_full() {
    for (now, day) in [("2026-03-29T22:00:00+02:00", "29 mar"), ("2026-10-25T22:00:00+01:00", "25 oct")] {
        let mut desk = Desk::new();
        desk.at(now).with("TILTMETER_DAY_START", "00:00");
        desk.does("add 0:30-9:00 migration --kind i\nadd 9:00-21:45 spec --kind c");
        let all = pictures(&desk);
        assert!(all.contains("migration"), "{day}");
    }
}

#[test]
fn names_as_long_as_they_may_be_and_from_right_to_left() {
    let long = "umständlich ".repeat(16);
    let mut desk = Desk::new();
    desk.at("17:00");
    desk.does(&format!("add 9-10 {long} --kind i\nadd 10-11 פגישת צוות (v2) --kind s\nadd 11-12 設計 👩‍👩‍👧 --kind c"));
    let all = pictures(&desk);
    assert!(all.contains("<bdi dir=\"auto\">פגישת צוות (v2)</bdi>"));
    assert!(all.contains(long.trim()));
    assert!(all.contains("umständlich umst"), "in a picture it is cut short");
}

#[test]
fn a_page_says_where_it_is_incomplete() {
    let desk = desk_with("add 9:00-10:00 spec --kind c");
    assert!(!pictures(&desk).contains("incomplete"));
    let text = fs::read_to_string(desk.month()).unwrap();
    fs::write(desk.month(), format!("{text}<script>\n")).unwrap();
    let all = pictures(&desk);
    assert!(all.contains("This is incomplete: 1 thing in the journal could not be read"), "{all}");
    assert!(!all.contains("<script>"));
}
