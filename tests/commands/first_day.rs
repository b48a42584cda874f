//! A first day, as the README tells it.

use insta::assert_snapshot;

use crate::Desk;

const DAY: &str = "
    9:15 now standup +team
    9:45 create design doc: rate limits +platform --ago 15m
    10:10 consume escalation: billing
    10:25 back
    11:00 now interview: backend
    12:00 off lunch
    12:45 now review: rate-limit change
    13:05 now mail
    13:30 now staff sync
    15:00 stop
    15:20 shape 1:1 platform lead +team
";

#[test]
fn a_day_is_logged_and_read() {
    let mut desk = Desk::new();
    assert_snapshot!("logged", desk.log(DAY));
    desk.at("15:44");
    assert_snapshot!("day", desk.run("day"));
    assert_snapshot!("week", desk.run("week"));
    assert_snapshot!("status", desk.run("status") + &desk.run("status --words"));
    assert_eq!(desk.run(""), desk.run("day").replace("tiltmeter day", "tiltmeter "));
}

#[test]
fn a_day_is_drawn_in_ascii_when_asked() {
    let mut desk = Desk::new();
    desk.log(DAY);
    desk.at("15:44");
    let drawn = desk.prints("day --ascii") + &desk.prints("week --ascii") + &desk.prints("status --ascii");
    let clash = desk.run("add 9-10 standup --kind i --ascii");
    let changed = desk.log(
        "15:45 add 8-9 mail --ascii
         15:46 edit @1 --note spam --ascii
         15:47 undo --ascii
         15:48 history -n 2 --ascii",
    );
    let drawn = drawn + &clash + &changed;
    assert!(drawn.is_ascii(), "{drawn}");
    assert_snapshot!("day_ascii", drawn);
}

#[test]
fn what_was_exported_imports_into_an_empty_journal_as_the_same_week() {
    let mut desk = Desk::new();
    desk.log(DAY);
    desk.at("15:44");
    for format in ["json", "jsonl"] {
        let mut other = Desk::new();
        other.at("15:44");
        other.write("journal", &desk.prints(&format!("export {format}")));
        assert_eq!(other.prints(&format!("import {format} journal")), "imported 10 blocks\n");
        assert_eq!(other.prints("week"), desk.prints("week"));
        assert_eq!(other.prints("day --json"), desk.prints("day --json"));
        assert_eq!(
            other.prints(&format!("import {format} journal")),
            "nothing new: 10 blocks already in the journal\n"
        );
    }
}

#[test]
fn a_day_off_leaves_with_its_day_though_days_begin_later_now() {
    let mut desk = Desk::new();
    desk.at("15:44").write("config/tiltmeter/config.toml", "day_start = \"00:00\"\n");
    desk.prints("off 2026-11-20 ill");
    desk.write("config/tiltmeter/config.toml", "day_start = \"04:00\"\n");
    assert!(desk.prints("export csv --from 2026-11-20 --to 2026-11-20").contains(",2026-11-20,"));
    assert!(desk.run("history").contains("Fri 20 Nov 2026"), "{}", desk.run("history"));
}

/// Catches: a beam that pushes what is to level off the row.
#[test]
fn the_beam_of_a_day_with_a_long_name_gives_way_to_its_numbers() {
    let desk = Desk::new();
    let said = desk.prints("add 9-10:30 mail --on yesterday");
    let row = said.lines().find(|line| line.starts_with("Mon 23 Nov")).unwrap_or_else(|| panic!("{said}"));
    assert!(row.ends_with(" to level") && row.chars().count() <= 80, "{said}");
}
