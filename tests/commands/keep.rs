//! What is kept besides blocks: sparks, how a day felt, the target, a baseline.

use std::fs;

use insta::assert_snapshot;

use crate::Desk;

#[test]
fn a_spark_is_kept_listed_done_dropped_and_taken_back() {
    let mut desk = Desk::new();
    assert_snapshot!(desk.log(
        r#"
        2026-11-20T17:05:00+01:00 spark
        2026-11-20T17:05:00+01:00 spark read the tracing RFC --for 45m
        2026-11-23T16:00:00+01:00 spark "a script for the rota @1h"
        9:00 spark fix the flaky test
        9:01 spark
        9:02 spark done 2
        9:03 spark --all
        9:04 undo
        9:05 spark drop flaky
        9:06 spark
        9:07 undo
        9:08 redo
        9:09 history -n 3
        "#
    ));
}

#[test]
fn a_spark_that_is_not_meant_surely_is_refused_with_the_list() {
    let desk = Desk::new();
    let none = desk.refuses("spark done");
    desk.does("spark read the RFC\nspark read the book");
    let refused = desk.refuses_all(
        r#"
        spark done
        spark drop
        spark done 3
        spark done 0
        spark done read
        spark drop nothing like it
        spark read --for soon
        spark read @soon
        spark read @30m --for 30m
        spark ""
        spark --for 30m
        spark read --json
        "#,
    );
    assert_snapshot!(none + &refused);
    assert_eq!(desk.json("spark --json")["sparks"].as_array().unwrap().len(), 2);
}

#[test]
fn a_spark_takes_a_minute_at_least_and_no_part_of_one() {
    let desk = Desk::new();
    desk.does("spark mail --for 45s\nspark read @90s\nspark script @1h");
    let mut minutes: Vec<u64> = desk.json("spark --json")["sparks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["seconds"].as_u64().unwrap())
        .collect();
    minutes.sort_unstable();
    assert_eq!(minutes, [60, 120, 3600]);
}

#[test]
fn what_was_written_in_a_spark_or_a_note_is_obeyed_by_no_terminal() {
    let desk = Desk::new();
    desk.does("spark x\nday --note y");
    for file in desk.journal_bytes().keys() {
        let text = fs::read_to_string(file).unwrap();
        let hostile = text
            .replace(r#""text":"x""#, r#""text":"\u001b[2J\u202e""#)
            .replace(r#""note":"y""#, r#""note":"\u001b[2J""#);
        fs::write(file, hostile).unwrap();
    }
    for line in ["spark", "spark --json", "day", "day --json", "week --json", "history", "history --json", "spark done"]
    {
        let printed = desk.prints(line);
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{line}: {printed:?}");
    }
    assert!(desk.prints("undo").contains(r"\u{1b}"));
}

#[test]
fn how_a_day_felt_is_said_in_parts_shown_and_taken_back() {
    let mut desk = Desk::new();
    desk.does("add 8-9 mail");
    assert_snapshot!(desk.log(
        r#"
        17:00 day --felt 4
        17:01 day --note "wrote all morning"
        17:02 day
        17:03 day --felt ""
        17:04 undo
        17:05 day 20 nov --note "long ago" --felt 2
        17:06 day 20 nov --note "" --felt ""
        17:07 undo
        17:08 undo
        "#
    ));
    assert_eq!(desk.json("day --json")["thought"]["felt"], 4);
    for off in ["25 nov", "26 nov"] {
        let page = desk.prints("week --md");
        let row =
            |begins: &str| page.lines().find(|line| line.starts_with(begins)).unwrap().split('|').collect::<Vec<_>>();
        let felt = row("| day").iter().position(|name| name.trim() == "felt").unwrap();
        assert_eq!(row("| Tue 24")[felt].trim(), "4", "before {off} is off:\n{page}");
        desk.does(&format!("off {off}"));
    }
    assert_eq!(desk.json("week --json")["days"][1]["thought"]["note"], "wrote all morning");
}

#[test]
fn what_cannot_be_said_of_a_day_is_refused() {
    let desk = Desk::new();
    assert_snapshot!(desk.refuses_all(
        r"
        day tomorrow --felt 4
        day --felt 6
        day --felt great
        day --felt 4 --json
        day someday --note x
        "
    ));
}

#[test]
fn the_target_is_shown_set_and_written_beside_what_a_person_wrote() {
    let mut desk = Desk::new();
    let path = desk.path("config/tiltmeter/config.toml");
    for (day, made) in [("16", "10"), ("17", "10"), ("18", "11"), ("19", "10"), ("20", "10")] {
        desk.at(&format!("2026-11-{day}T20:00:00+01:00")).does(&format!("add 9-{made} code\nadd {made}-14 mail"));
    }
    desk.at("9:00");
    let before = desk.run("target");
    desk.write("config/tiltmeter/config.toml", "# mine\nlunch = \"none\"  # I skip it\n");
    let set = desk.log("9:00 target mon 20 thu 50\n9:01 target\n9:02 target usual");
    assert_snapshot!(before + &set);
    assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\nlunch = \"none\"  # I skip it\ntarget = 24\n");
    let overruled = desk.with("TILTMETER_TARGET", "20").run("target 40");
    assert!(overruled.contains("TILTMETER_TARGET or --set says another"), "{overruled}");
    assert_eq!(desk.json("target --json")["targets"]["fri"], 0.2);
    assert!(fs::read_to_string(path).unwrap().ends_with("target = 40\n"));
}

#[test]
fn a_target_that_is_none_is_refused_and_a_broken_file_is_left_alone() {
    let desk = Desk::new();
    assert_snapshot!(desk.refuses_all(
        r"
        target lots
        target 130
        target mon
        target usual
        target 35 --json
        "
    ));
    let path = desk.write("config/tiltmeter/config.toml", "target = \n");
    let said = desk.fails("target 35", 2);
    assert!(said.contains("line 1"), "{said}");
    assert_eq!(fs::read_to_string(path).unwrap(), "target = \n");
}

#[test]
fn a_baseline_is_remembered_or_worked_out_of_the_journal() {
    let mut desk = Desk::new();
    desk.at("2026-06-02T20:00:00+02:00").does("add 9-15 code\nadd 15-17 mail");
    assert_snapshot!(desk.log(
        r"
        9:00 baseline
        9:01 baseline 70% as an engineer
        9:02 baseline
        9:03 baseline 2026-06-01..2026-06-30 June
        9:04 baseline
        9:05 undo
        9:06 baseline none
        9:07 baseline
        9:08 undo
        "
    ));
    assert_snapshot!(
        "no_baseline",
        desk.refuses_all("baseline 2020-01-01..2020-03-01 then\nbaseline lots\nbaseline 130%\nbaseline 70% --json")
    );
}

#[test]
fn commands_that_need_no_spark_open_no_file_of_sparks() {
    let desk = Desk::new();
    desk.does("spark read\nadd 8-9 mail");
    let kept = desk.journal().join("kept.laptop.jsonl");
    fs::write(&kept, "what no program can read\n").unwrap();
    for line in ["status", "day", "week", "now spec --kind c", "stop", "undo"] {
        let answer = desk.answer(line);
        assert!(!answer.said.contains("kept.laptop"), "{line}: {}", answer.said);
    }
    for line in ["spark", "baseline", "trend"] {
        let told = desk.answer(line).said;
        assert_eq!(told.matches("kept.laptop.jsonl, line 1").count(), 1, "{line}: {told}");
    }
    assert!(desk.answer("check").printed.contains("kept.laptop.jsonl, line 1"));
}

#[test]
fn a_week_that_shows_where_a_spark_fits_tells_of_one_that_cannot_be_read() {
    let mut desk = Desk::new();
    for day in (2..27).filter(|day| day % 7 > 1) {
        desk.at(&format!("2026-11-{day:02}T18:00:00+01:00"));
        desk.does("add 9-10 standup --kind i\nadd 13-17 mail --kind i");
    }
    desk.does("spark read");
    fs::write(desk.journal().join("kept.laptop.jsonl"), "what no program can read\n").unwrap();
    let answer = desk.answer("week");
    assert!(answer.printed.contains("next week  Mon 30 Nov"), "{}", answer.printed);
    assert_eq!(answer.said.matches("kept.laptop.jsonl, line 1").count(), 1, "{}", answer.said);
}

/// Catches: a limit that nobody is told of, and one that is told before it is passed.
#[test]
fn a_day_says_that_it_is_enough_when_a_limit_is_passed_and_not_before() {
    let mut desk = Desk::new();
    desk.at("18:00").does("add 9-13 mail\nadd 14-17 code");
    let limited = |taken_in: &str, work: &str| {
        let said = desk.run(&format!("day --set limits.taken_in={taken_in} --set limits.work={work}"));
        [said.contains("too much taken in"), said.contains("over your limit")]
    };
    assert_eq!(limited("4", "7"), [false, false]);
    assert_eq!(limited("3.5", "7"), [true, false]);
    assert_eq!(limited("none", "6.75"), [false, true]);
    assert!(desk.run("day --set limits.work=6.75").contains("0h15 over your limit"));
    desk.write("config/tiltmeter/config.toml", "[limits]\ntaken_in = 3.5\n");
    let json = desk.json("day --json");
    assert_eq!(json["over"]["taken_in_seconds"], 1800);
    assert!(json["over"]["work_seconds"].is_null());
}

/// Catches: a list whose columns do not stand below each other, a time that is left in the other
/// way of counting, and one that cannot be typed back.
#[test]
fn the_hours_of_a_day_are_counted_as_somebody_likes() {
    let mut desk = Desk::new();
    desk.at("18:00").does("add 9-10:30 code\nadd 12:05-13:45 mail\nnow 1:1 --at 5pm");
    let said = desk.run("day --set clock=12h");
    insta::assert_snapshot!(said);
    assert!(!desk.run("day").contains("pm"));
    let moved = desk.run("edit 5pm --start 5:10pm --set clock=12h");
    assert!(moved.contains("5:10pm"), "{moved}");
}
