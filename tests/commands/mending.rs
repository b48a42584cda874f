//! What was logged wrongly, or could not be logged right: mended, taken back, and read as
//! it was lived.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value;

use crate::Desk;

/// Standup, a design doc and a staff sync without gaps, then mail after one; it is 13:00.
fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.at("13:00").does(
        "add 9-9:30 standup +team
         add 9:30-11 design doc +platform --kind c
         add 11-12 staff sync
         add 12:30-12:45 mail",
    );
    desk
}

/// Returns the blocks of a day as `09:00-09:30 consuming standup`.
fn blocks(desk: &Desk, day: &str) -> Vec<String> {
    let clock = |time: &Value| time.as_str().map_or("now".to_owned(), |time| time[11..16].to_owned());
    let shown = |block: &Value| {
        let word = |field: &str| block[field].as_str().unwrap().to_owned();
        let end = if block["running"] == true { "now".to_owned() } else { clock(&block["end"]) };
        format!("{}-{end} {} {}", clock(&block["start"]), word("kind"), word("activity"))
    };
    desk.json(&format!("day {day} --json"))["blocks"].as_array().unwrap().iter().map(shown).collect()
}

/// All that the journal says, whatever order it was written in.
fn all(desk: &Desk) -> BTreeSet<String> {
    desk.prints("export jsonl").lines().map(str::to_owned).collect()
}

#[test]
fn a_border_takes_the_neighbour_along_unless_it_moves_alone() {
    let desk = morning();
    desk.does("edit 9:30 --start 9:15 --end 10:30");
    let moved =
        ["09:00-09:15 consuming standup", "09:15-10:30 creating design doc", "10:30-12:00 consuming staff sync"];
    assert_eq!(blocks(&desk, "")[..3], moved);

    let desk = morning();
    desk.does("edit 9:30 --start 9:45 --end 10:30 --alone");
    let moved =
        ["09:00-09:30 consuming standup", "09:45-10:30 creating design doc", "11:00-12:00 consuming staff sync"];
    assert_eq!(blocks(&desk, "")[..3], moved);
    assert_snapshot!(desk.refuses("edit 9:45 --start 9:00 --alone") + &morning().refuses("edit 9:30 --start 8:30"));
}

#[test]
fn everything_about_a_block_can_be_changed_by_flags_at_once() {
    let desk = morning();
    desk.does("edit 12:30 threads +slack --kind c --note \"two of them\" --interrupted 3 --end 12:50");
    let block = &desk.json("day --json")["blocks"][3];
    assert_eq!((&block["activity"], &block["kind"]), (&"threads".into(), &"creating".into()));
    assert_eq!((&block["tags"][0], &block["note"]), (&"slack".into(), &"two of them".into()));
    assert_eq!((&block["interrupted"], &block["seconds"]), (&3.into(), &(20 * 60).into()));
    desk.does("edit @1 --untag +slack --note \"\"");
    let block = &desk.json("day --json")["blocks"][3];
    assert_eq!((&block["tags"], &block["note"]), (&Value::Array(Vec::new()), &Value::Null));
}

#[test]
fn a_block_is_split_in_the_middle_at_a_time_or_at_a_part_and_the_halves_make_the_whole() {
    for (split, halves) in [
        ("split 9:30", ["09:30-10:15", "10:15-11:00"]),
        ("split 9:30 10:00", ["09:30-10:00", "10:00-11:00"]),
        ("split 9:30 20%", ["09:30-09:48", "09:48-11:00"]),
        ("split @3 10:30", ["09:30-10:30", "10:30-11:00"]),
    ] {
        let desk = morning();
        let before = desk.json("day --json")["balance"].clone();
        desk.does(split);
        let after = blocks(&desk, "");
        assert_eq!(after[1..3], halves.map(|half| format!("{half} creating design doc")), "{split}");
        assert_eq!(desk.json("day --json")["balance"], before, "{split}");
    }
}

#[test]
fn undo_leads_back_to_what_was_before_every_command_and_redo_to_what_came_of_it() {
    for command in [
        "now standup",
        "now standup --ago 10m",
        "create spec +platform --note why",
        "create spec @12:50",
        "was mail",
        "was mail --until 12:55",
        "back",
        "off lunch",
        "off lunch @12-12:30",
        "off 24 dec..1 jan",
        "off today",
        "add 8-9 mail",
        "add 10-12:40 mail --trim",
        "add 8-12:40 mail --fit",
        "edit 9:30 --start 9:15",
        "edit 9:30 --start 9:45 --alone",
        "edit @1 threads +slack --kind s --note x --interrupted 2",
        "split 9:30",
        "remove 11:00",
        "import jsonl other",
    ] {
        let mut desk = morning();
        desk.at("13:01");
        desk.write(
            "other",
            "{\"start\":\"2026-11-23T09:00:00+01:00\",\"end\":\"2026-11-23T10:00:00+01:00\",\"kind\":\"creating\",\"activity\":\"spec\"}\n",
        );
        let (before, day) = (all(&desk), desk.prints("day --json"));
        desk.does(command);
        let after = all(&desk);
        assert_ne!(after, before, "{command} did something");
        desk.does("undo");
        assert_eq!(all(&desk), before, "undo of {command}");
        assert_eq!(desk.prints("day --json"), day, "undo of {command}");
        desk.does("redo");
        assert_eq!(all(&desk), after, "redo of {command}");
        desk.does("undo");
        assert_eq!(all(&desk), before, "undo of the redone {command}");
        desk.prints("check");
    }
}

#[test]
fn undo_takes_the_last_change_back_also_where_the_clock_stood_still_or_went_back() {
    for (first, second) in [("13:00", "13:00"), ("13:10", "13:00")] {
        for _ in 0..8 {
            let mut desk = morning();
            desk.at(first).does("edit @1 threads");
            desk.at(second).does("off 24 dec\nundo");
            assert!(desk.prints("export jsonl").contains("threads"));
        }
    }
}

#[test]
fn undo_of_what_a_running_block_became_leads_back_to_it_running() {
    for command in [
        "stop",
        "stop --ago 10m",
        "now mail",
        "back",
        "off lunch",
        "now mail --ago 20m",
        "remove @1",
        "edit @1 --start 13:10",
    ] {
        let mut desk = morning();
        desk.at("13:15").does("create spec --ago 15m");
        desk.at("14:00");
        let (before, status) = (all(&desk), desk.prints("status --json --words"));
        desk.does(command);
        assert_ne!(all(&desk), before, "{command} did something");
        desk.does("undo");
        assert_eq!((all(&desk), desk.prints("status --json --words")), (before, status), "undo of {command}");
    }
}

#[test]
fn a_whole_morning_is_taken_back_step_by_step_and_done_again() {
    let mut desk = Desk::new();
    let mut states = vec![all(&desk)];
    for (time, command) in
        [("9:00", "now standup"), ("9:30", "create spec"), ("10:00", "edit @2 --kind s"), ("10:30", "stop")]
    {
        desk.at(time).does(command);
        states.push(all(&desk));
    }
    desk.at("11:00");
    // `all` writes the length of nothing that runs, so that later is the same.
    for state in states.iter().rev().skip(1) {
        desk.does("undo");
        assert_eq!(&all(&desk), state);
    }
    desk.refuses("undo");
    for state in states.iter().skip(1) {
        desk.does("redo");
        assert_eq!(&all(&desk), state);
    }
    desk.refuses("redo");
    // What is done anew closes the way forward.
    desk.does("undo\nnow mail");
    desk.refuses("redo");
}

#[test]
fn back_goes_back_after_an_interruption_a_lunch_and_a_night() {
    let mut desk = Desk::new();
    desk.at("9:00").does("create design doc +platform");
    desk.at("9:40").does("consume escalation");
    desk.at("10:00").does("back");
    desk.at("12:00").does("off lunch");
    desk.at("12:40").does("back");
    desk.at("18:00").does("stop");
    assert_eq!(
        blocks(&desk, ""),
        [
            "09:00-09:40 creating design doc",
            "09:40-10:00 consuming escalation",
            "10:00-12:00 creating design doc",
            "12:00-12:40 off lunch",
            "12:40-18:00 creating design doc"
        ]
    );
    desk.at("2026-11-25T09:00:00+01:00").does("back");
    let running = &desk.json("status --json --words")["running"];
    assert_eq!((&running["activity"], &running["tags"][0]), (&"design doc".into(), &"platform".into()));
    desk.at("2026-12-20T09:00:00+01:00").does("stop --at \"2026-11-25 10:00\"\nback");
}

#[test]
fn days_off_take_themselves_out_of_what_is_expected_and_the_weekend_is_free_as_it_is() {
    let mut desk = Desk::new();
    let seen = desk.run("off 24 dec..1 jan holiday");
    desk.at("2026-12-28T15:00:00+01:00").does("add 9-10:30 spec");
    assert_snapshot!(seen + &desk.run("week") + &desk.run("day") + &desk.run("week 2026-W52"));
    let week = &desk.json("week --json")["week"]["balance"];
    assert_eq!((&week["expected_seconds"], &week["logged_seconds"]), (&0.into(), &5400.into()));
    assert!(desk.prints("day").contains("1h30, a day off"));
    // A weekend is taken where it is all that was asked for.
    desk.does("off sat..sun away");
    assert_eq!(desk.json("day 2027-01-02 --json")["day_off"], "away");
    // Who works on a day off takes it back.
    desk.does("remove 2026-12-30@12:00");
    assert_eq!(desk.json("week --json")["week"]["balance"]["expected_seconds"], 8 * 3600);
}

#[test]
fn a_break_closes_a_gap_and_counts_nowhere() {
    let mut desk = morning();
    let before = desk.json("day --json")["balance"].clone();
    desk.does("add 12:00-12:30 dentist --kind o");
    assert_eq!(desk.json("day --json")["balance"], before);
    desk.at("14:00").does("off walk --at 12:45");
    assert_eq!(desk.json("day --json")["balance"], before);
    assert_eq!(desk.json("day --json")["gaps"], Value::Array(Vec::new()));
}

#[test]
fn a_forgotten_block_is_told_counts_nothing_and_ends_when_somebody_says_so() {
    let mut desk = Desk::new();
    desk.does("create spec");
    desk.at("2026-11-25T08:59:59+01:00");
    assert_eq!(desk.json("status --json")["running"]["seconds"], 86_399);
    desk.at("2026-11-25T09:00:00+01:00");
    let told = "note: \"spec\" has run since yesterday 09:00: it counts nothing until you say when it ended; \
                say until when: tiltmeter stop --at \"2026-11-24 10:00\"\n";
    for line in ["day", "day yesterday", "week", "trend", "status --words", "export jsonl"] {
        let answer = desk.answer(line);
        assert_eq!((answer.code, &*answer.said), (Some(0), told), "{line}");
    }
    let status = desk.json("status --json");
    assert_eq!((&status["running"], &status["forgotten"][0]["end"]), (&Value::Null, &Value::Null));
    assert_eq!(desk.json("week --json")["week"]["balance"]["logged_seconds"], 0);
    // Longer than a day, it cannot have run until now.
    desk.at("2026-11-25T09:01:00+01:00");
    assert!(desk.refuses("stop").contains("stop --at \"2026-11-24 10:00\""));
    // What comes next does not end it.
    desk.does("now standup\nundo");
    assert_eq!(desk.answer("day yesterday").said, told);
    desk.does("stop --at \"yesterday 11:30\"");
    assert_eq!(blocks(&desk, "yesterday"), ["09:00-11:30 creating spec"]);
    assert_eq!(desk.answer("day").said, "");
}

#[test]
fn a_clock_that_was_set_back_makes_no_negative_time() {
    let mut desk = Desk::new();
    desk.at("10:00").does("create spec");
    desk.at("9:50");
    assert_eq!(desk.json("day --json")["balance"]["logged_seconds"], 0);
    assert_eq!(desk.json("status --json")["running"], Value::Null);
    assert_snapshot!(desk.run("stop"));
    assert_eq!(desk.prints("export jsonl"), "");
    // Taken back when the clock is right again, it runs as if nothing had been.
    desk.at("10:30").does("undo");
    assert_eq!(blocks(&desk, ""), ["10:00-now creating spec"]);
}

#[test]
fn a_clock_that_was_set_forward_forgets_what_runs_until_somebody_says() {
    let mut desk = Desk::new();
    desk.does("create spec");
    desk.at("2026-11-27T09:00:00+01:00");
    assert_eq!(desk.json("week --json")["week"]["balance"]["logged_seconds"], 0);
    desk.at("9:30");
    assert_eq!(blocks(&desk, ""), ["09:00-now creating spec"]);
}

#[test]
fn work_after_midnight_belongs_to_the_evening_before() {
    let mut desk = Desk::new();
    desk.at("23:30").does("consume incident");
    desk.at("2026-11-25T02:10:00+01:00");
    assert_eq!(blocks(&desk, ""), ["23:30-now consuming incident"]);
    desk.does("stop");
    desk.at("2026-11-25T10:00:00+01:00").does("create spec --at 9:00");
    assert_eq!(blocks(&desk, "yesterday"), ["23:30-02:10 consuming incident"]);
    assert_eq!(blocks(&desk, ""), ["09:00-now creating spec"]);
    // A block is cut only where a day is counted, and it is the reader who says when.
    desk.with("TILTMETER_DAY_START", "00:00");
    assert_eq!(blocks(&desk, "yesterday"), ["23:30-00:00 consuming incident"]);
    assert_eq!(blocks(&desk, "")[0], "00:00-02:10 consuming incident");
    assert_eq!(desk.prints("export jsonl").lines().count(), 2);
}

#[test]
fn a_day_on_a_trip_reads_at_home_as_it_was_lived() {
    let mut desk = Desk::new();
    desk.with("TZ", "Asia/Tokyo").at("2026-11-24T18:00:00+09:00");
    desk.does("add 9-10:30 design doc\nadd 14-18 interview: backend");
    let abroad = desk.prints("day");
    assert!(!abroad.contains("Tokyo"));
    desk.with("TZ", "Europe/Berlin").at("2026-11-25T10:00:00+01:00").does("create spec --at 9:00");
    let seen = desk.run("day yesterday") + &desk.run("day");
    assert!(!desk.prints("day").contains("Tokyo"));
    assert_snapshot!(seen);
    let first = &desk.json("day yesterday --json")["blocks"][0];
    assert_eq!((&first["start"], &first["zone"]), (&"2026-11-24T09:00:00+09:00".into(), &"Asia/Tokyo".into()));
}

#[test]
fn tags_and_kinds_are_remembered_from_the_last_time() {
    let desk = morning();
    desk.does("edit 11:00 --kind s\nnow staff sync");
    assert_eq!(desk.json("status --json")["running"]["kind"], "shaping");
}

#[test]
fn a_block_that_ends_after_a_night_is_told_with_the_way_to_end_it_earlier() {
    let mut desk = Desk::new();
    desk.at("16:30").does("now mail");
    let answer = desk.at("2026-11-25T09:00:00+01:00").answer("now standup");
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    assert!(answer.said.contains("\"mail\" is 16h30 long; if it ended earlier"), "{}", answer.said);
    let way = answer.said.split("ended earlier: tiltmeter ").nth(1).unwrap().lines().next().unwrap().to_owned();
    desk.does(&way);
    assert_eq!(blocks(&desk, "yesterday"), ["16:30-17:30 consuming mail"]);
}

#[test]
fn an_old_block_is_kept_from_overlapping_its_neighbours_of_then() {
    let mut desk = Desk::new();
    desk.at("2026-08-10T12:00:00+02:00").does("add 9-10 mail\nadd 10-11 design doc");
    desk.at("11:00").does("add 9-10 standup");
    let before = all(&desk);
    for block in ["2026-08-10@9:00", "@3"] {
        let said = desk.refuses(&format!("edit {block} --alone --end \"2026-08-10 10:30\""));
        assert!(said.contains("design doc"), "{said}");
    }
    assert_eq!(all(&desk), before);
}
