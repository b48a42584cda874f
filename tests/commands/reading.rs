//! What is read: sums that add up, JSON that programs can take, files that are safe, and
//! text that fits wherever it is shown.

use std::fs;

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::Desk;
use crate::desk::Answer;

const DOCUMENTS: &[&str] = &[
    "day --json",
    "day yesterday --json",
    "week --json",
    "week last week --json",
    "trend --json",
    "trend --weeks all --json",
    "status --json",
    "status --json --words",
    "history --json",
    "history @1 --json",
    "check --json",
    "config show --json",
];

/// A fortnight with everything in it: three scripts, a formula, a day off, a note.
fn fortnight() -> Desk {
    let mut desk = Desk::new();
    for (day, blocks) in [
        ("10", "9:00-9:20 standup +team|9:20-11:07 設計書の下書き +platform --kind c|13-15 staff sync"),
        ("13", "9-12:59 👩‍👩‍👧‍👦 onboarding the family team and all of its dogs 🐕‍🦺 --kind s|22:00-1:30 incident"),
        ("16", "9-10 mail|10-12 code"),
        ("18", "9:00-9:01 =HYPERLINK(\"evil\") --kind i|10-11 @alice's review --kind s"),
        ("20", "9-17 planning, budget; \u{e9}\u{301} --kind i --note =1+2"),
        ("23", "9:00-9:25 standup|9:25-10:40 code|10:40-12 1:1 data lead|13-17:30 interviews --kind i"),
    ] {
        desk.at(&format!("2026-11-{day}T23:59:59+01:00"));
        for block in blocks.split('|') {
            let block = block.replace('"', "'");
            let (time, rest) = block.split_once(' ').unwrap();
            if time == "22:00-1:30" {
                desk.at("2026-11-14T03:00:00+01:00");
            }
            desk.does(&format!("add {time} {rest}"));
        }
    }
    desk.at("2026-11-24T15:44:00+01:00")
        .does("add 9-9:15 standup\noff 26 nov moving house\nshape 1:1 platform lead --ago 24m");
    desk
}

#[test]
fn every_answer_in_json_is_one_line_that_parses_and_says_which_it_is() {
    for desk in [fortnight(), Desk::new()] {
        for line in DOCUMENTS {
            if line.contains('@') && desk.prints("export jsonl").is_empty() {
                continue;
            }
            let report = desk.json(line);
            assert_eq!(report["tiltmeter"], 1, "{line}");
            assert_eq!(report["report"].as_str().unwrap(), line.split(' ').next().unwrap());
        }
    }
}

#[test]
fn the_days_sum_to_the_week_the_weeks_to_the_trend_and_the_blocks_to_the_day() {
    let desk = fortnight();
    let parts = ["creating_seconds", "shaping_seconds", "consuming_seconds", "logged_seconds", "expected_seconds"];
    let number = |value: &Value| value.as_i64().unwrap();
    let trend = desk.json("trend --weeks 3 --json");
    for (week, which) in trend["weeks"].as_array().unwrap().iter().zip(["2026-W46", "2026-W47", "2026-W48"]) {
        let report = desk.json(&format!("week {which} --json"));
        for part in parts {
            let days = report["days"].as_array().unwrap().iter().map(|day| number(&day["balance"][part])).sum::<i64>();
            assert_eq!(number(&report["week"]["balance"][part]), days, "{which} {part}");
            assert_eq!(number(&week["balance"][part]), days, "{which} {part}");
        }
        for day in report["days"].as_array().unwrap() {
            let date = day["day"].as_str().unwrap();
            let read = desk.json(&format!("day {date} --json"));
            assert_eq!(read["balance"], day["balance"], "{date}");
            let blocks = read["blocks"].as_array().unwrap().iter().filter(|block| block["kind"] != "off");
            assert_eq!(
                number(&day["balance"]["logged_seconds"]),
                blocks.map(|block| number(&block["seconds"])).sum::<i64>()
            );
        }
    }
    assert_eq!(desk.json("week --json")["week"]["balance"], desk.json("status --json")["week"]);
    assert_eq!(desk.json("day --json")["balance"], desk.json("status --json")["today"]);
}

#[test]
fn the_same_time_gives_the_same_output() {
    let desk = fortnight();
    for line in
        DOCUMENTS.iter().chain(&["day", "week", "trend", "status", "history", "export csv", "export json", "check"])
    {
        assert_eq!(desk.answer(line), desk.answer(line), "{line}");
    }
}

#[test]
fn a_table_is_safe_to_open_and_its_hours_are_those_of_the_week() {
    let desk = fortnight();
    let table = desk.prints("export csv --from 2026-11-16 --to 2026-11-22");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("{header:?}"));
    let (start, hours) = (column("start"), column("hours"));
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!row.iter().any(formula), "{row:?}");
        assert!(row[start].ends_with("+01:00"), "{row:?}");
    }
    let sum: f64 = rows.iter().map(|row| row[hours].parse::<f64>().unwrap()).sum();
    let logged = desk.json("week 2026-W47 --json")["week"]["balance"]["logged_seconds"].as_f64().unwrap() / 3600.0;
    assert!((sum - logged).abs() < 0.01, "{sum} {logged}");
}

#[test]
fn notes_stay_at_home_when_asked() {
    let desk = fortnight();
    for format in ["csv", "json", "jsonl"] {
        assert!(desk.prints(&format!("export {format}")).contains("=1+2"));
        assert!(!desk.prints(&format!("export {format} --no-notes")).contains("=1+2"));
    }
}

#[test]
fn an_exported_file_replaces_another_as_a_whole_or_not_at_all() {
    let desk = fortnight();
    desk.write("out/blocks.csv", "what stood there before, longer than nothing");
    assert_eq!(desk.prints("export csv -o out/blocks.csv"), "wrote 17 blocks to out/blocks.csv\n");
    assert_eq!(fs::read_to_string(desk.path("out/blocks.csv")).unwrap(), desk.prints("export csv"));
    assert_eq!(fs::read_dir(desk.path("out")).unwrap().count(), 1);

    let kept = desk.write("kept.csv", "kept");
    fs::create_dir(desk.path("folder")).unwrap();
    for path in ["folder", "nowhere/blocks.csv", "kept.csv/blocks.csv"] {
        assert!(
            desk.fails(&format!("export csv -o {path}"), 2).contains(&format!("error: {path} cannot be written: "))
        );
    }
    assert_eq!(fs::read_to_string(kept).unwrap(), "kept");
    let left: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn what_was_exported_is_imported_once_from_a_file_or_from_a_pipe() {
    let from = fortnight();
    for format in ["json", "jsonl"] {
        let exported = from.prints(&format!("export {format}"));
        let mut to = Desk::new();
        to.at("15:44");
        let first = to.run_with(&format!("import {format} -"), &exported);
        assert!(first.contains("imported "), "{first}");
        for line in ["day --json", "week --json", "trend --json", "export csv"] {
            assert_eq!(to.prints(line), from.prints(line), "{line}");
        }
        let written = to.journal_bytes();
        to.write("again", &exported);
        assert!(to.prints(&format!("import {format} again")).starts_with("nothing new: "));
        // What was changed since is not changed back.
        to.does("edit @1 --kind c");
        let changed = to.prints("export jsonl");
        assert!(to.prints(&format!("import {format} again")).starts_with("nothing new: "));
        assert_eq!(to.prints("export jsonl"), changed);
        to.does("undo\nundo");
        assert_eq!(to.prints("export jsonl"), "");
        assert_ne!(to.journal_bytes(), written);
    }
}

#[test]
fn of_a_file_with_anything_wrong_nothing_is_imported_and_everything_wrong_is_listed() {
    let desk = fortnight();
    let good = desk.prints("export jsonl");
    let good = good.lines().next().unwrap();
    desk.write(
        "rubbish",
        &format!("{good}\nno json\n{{}}\n{}\n\u{1b}[2J\n", good.replace("2026-11-10T09:20", "2026-11-10T08:20")),
    );
    desk.write("many", &format!("{good}\n{}", "rubbish\n".repeat(50)));
    desk.write("other", "{\"some\":\"document\"}");
    fs::write(desk.path("bytes"), b"\xff\xfe\x00").unwrap();
    insta::assert_snapshot!(
        desk.refuses("import jsonl rubbish")
            + &desk.refuses("import jsonl many")
            + &desk.refuses("import json other")
            + &desk.refuses("import jsonl bytes")
            + &desk.fails("import json nowhere", 2)
    );
}

#[test]
fn no_line_is_wider_than_what_it_is_shown_on_whatever_was_written() {
    let mut desk = fortnight();
    desk.does("edit 2026-11-23@9:30 設計書設計書設計書設計書設計書設計書設計書設計書設計書設計書設計書設計書 --kind c");
    let lines = [
        "day",
        "day yesterday",
        "day 2026-11-13",
        "day 2026-11-10",
        "week",
        "week 2026-W46",
        "trend",
        "status --words",
        "history",
    ];
    for ascii in ["", " --ascii"] {
        for columns in [24, 40, 80, 120] {
            desk.with("COLUMNS", &columns.to_string());
            for line in lines {
                for row in desk.prints(&format!("{line}{ascii}")).lines() {
                    assert!(row.width() <= columns, "{line}{ascii} at {columns}: {} cells\n{row}", row.width());
                }
            }
        }
    }
}

#[test]
fn what_a_command_did_fits_too() {
    let mut desk = Desk::new();
    desk.at("18:00").with("COLUMNS", "40");
    let long = "設計書 with the family 👩‍👩‍👧‍👦 about everything";
    for line in [
        "add 9-10 LONG --kind c",
        "edit 9:30 LONG LONG +platform",
        "add 9:30-11 LONG --kind s --trim",
        "split 9:10",
        "remove 9:10",
        "undo",
        "off 24 dec LONG",
        "now LONG --kind c",
        "stop",
    ] {
        for row in desk.prints(&line.replace("LONG", long)).lines() {
            assert!(row.width() <= 40, "{line}: {} cells\n{row}", row.width());
        }
    }
}

#[test]
fn ascii_is_ascii_but_for_what_people_wrote() {
    let mut desk = Desk::new();
    desk.at("15:44").does("add 9-10 standup\nadd 10-12 code +x --note why\nadd 13-14 coaching\noff 27 nov\ncreate a design doc that has a name too long to be shown on any line --ago 20m");
    for line in [
        "day",
        "week",
        "trend",
        "status --words",
        "history",
        "check",
        "now mail",
        "undo",
        "redo",
        "edit @1 --kind s",
        "split 9:00",
        "remove 9:00",
        "off lunch",
        "stop",
        "add 9-11 mail --trim",
    ] {
        desk.at("15:50");
        let seen = desk.prints(&format!("--ascii {line}"));
        assert!(seen.is_ascii(), "{line}: {seen}");
    }
    assert!(desk.refuses("--ascii add 9-11 mail").is_ascii());
    desk.with("TILTMETER_GLYPHS", "ascii");
    for line in ["day", "week", "trend", "status"] {
        assert!(desk.prints(line).is_ascii(), "{line}");
    }
}

#[test]
fn what_other_programs_wrote_harms_no_terminal_and_no_table() {
    let mut desk = Desk::new();
    desk.at("12:00").does("add 9-10 HOSTILE --kind c --note NOTE +tag");
    let line = fs::read_to_string(desk.month()).unwrap();
    let hostile = line
        .replace("HOSTILE", "\\u001b]0;owned\\u0007\\u202egnp.exe")
        .replace("NOTE", "\\u009b2J")
        .replace("\"tag\"", "\"\\u001b[31m\"");
    fs::write(desk.month(), hostile).unwrap();
    for line in [
        "day",
        "week",
        "trend",
        "status --words",
        "history",
        "check",
        "day --json",
        "history --json",
        "export csv",
        "export json",
        "export jsonl",
        "edit @1 --kind s",
        "undo",
        "remove 9:00",
    ] {
        let Answer { printed, said, .. } = desk.answer(line);
        let harmful = |c: char| c.is_control() && !"\n\r".contains(c) || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!(printed.clone() + &said).contains(harmful), "{line}: {printed:?} {said:?}");
    }
}

#[test]
fn every_help_begins_with_examples_of_commands_that_there_are_and_that_are_taken() {
    let desk = Desk::new();
    let listed = desk.prints("--help");
    let commands = listed.split("Commands:").nth(1).unwrap().lines().skip(1).take_while(|line| !line.trim().is_empty());
    let names: Vec<&str> = commands.map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names.iter().copied().chain(["", "config path", "config show"]) {
        let help = desk.prints(&format!("{name} --help"));
        assert!(help.starts_with("Example:\n"), "{name}: {help}");
        let examples: Vec<&str> = help.lines().skip(1).take_while(|line| !line.is_empty()).map(str::trim).collect();
        assert!(examples.iter().any(|example| example.contains(&format!("tiltmeter {name}"))), "{name}: {examples:?}");
        for example in examples {
            let (_, line) = example.split_once("tiltmeter ").unwrap();
            let line = line.split([';', ')', '(', '|']).next().unwrap();
            // The arguments of an example are read before anything is done.
            let mut desk = Desk::new();
            desk.at("18:00").does("add 9-10 standup\nadd 10-10:30 code\nnow mail --at 17:00");
            desk.write("journal.json", &desk.prints("export json"));
            desk.with("EDITOR", "true");
            let answer = desk.answer(line);
            let misread = [
                "there is no command",
                "has no option",
                "does not take",
                "cannot be \"",
                "\" is not a",
                "does not say",
            ];
            assert!(
                !misread.iter().any(|word| answer.said.contains(word)) || line.trim() == "was",
                "{example}: {}",
                answer.said
            );
        }
    }
}

#[test]
fn every_command_has_the_letter_that_the_help_tells() {
    let desk = Desk::new();
    let help = desk.prints("--help");
    let mut letters = Vec::new();
    for line in help.lines().filter(|line| line.contains("[alias: ")) {
        let name = line.split_whitespace().next().unwrap();
        let letter = line.split("[alias: ").nth(1).unwrap().trim_end_matches(']');
        assert_eq!(desk.prints(&format!("{letter} --help")), desk.prints(&format!("{name} --help")), "{letter}");
        letters.push(letter.to_owned());
    }
    assert!(letters.len() >= 8, "{letters:?}");
}

#[test]
fn without_a_terminal_the_program_alone_prints_the_day() {
    let desk = fortnight();
    assert_eq!(desk.answer(""), desk.answer("day"));
}

#[test]
fn lunch_is_never_asked_about_however_short_the_day() {
    let mut desk = Desk::new();
    desk.at("9:00").does("now spec");
    desk.at("12:00").does("stop");
    desk.at("12:50");
    for expected in ["8", "3.5", "3"] {
        desk.with("TILTMETER_EXPECTED", expected);
        assert!(!desk.prints("day").contains("nothing logged"), "{}", desk.prints("day"));
    }
    desk.at("13:20").with("TILTMETER_EXPECTED", "8");
    assert!(desk.prints("day").contains("13:00  ┄ nothing logged "), "{}", desk.prints("day"));
}

#[test]
fn an_export_from_a_day_on_holds_the_days_off_that_lie_ahead() {
    let mut desk = Desk::new();
    desk.at("2026-10-20T12:00:00+02:00").does("add 9-10 mail");
    desk.at("11:00").does("add 8-9 mail\noff 2027-03-01\noff 2027-06-01");
    let exported = desk.prints("export jsonl --from 2026-11-01");
    let starts: Vec<&str> = exported.lines().map(|line| line.split("\"start\":\"").nth(1).unwrap()).collect();
    let days: Vec<&str> = starts.iter().map(|start| &start[..10]).collect();
    assert_eq!(days, ["2026-11-24", "2027-03-01", "2027-06-01"]);
}

#[test]
fn a_week_without_an_activity_is_told_beside_the_week_as_it_was() {
    let desk = fortnight();
    let lifted = desk.prints("week w46 --without incident --as-made +team");
    assert!(lifted.contains("without incident, with +team made"), "{lifted}");
    let page = desk.prints("week w46 --md --without +team");
    let standup = page.lines().find(|line| line.contains("standup") && line.starts_with('|')).unwrap();
    assert!(standup.contains("lifted off"), "what its tag lifts is told on a page, too: {page}");
    let json = desk.json("week --json --without INTERVIEWS");
    assert_eq!(json["lifted"]["without"], serde_json::json!(["interviews"]));
    let of_interviews = |part: &&Value| part["activity"] == "interviews";
    let without = &json["activities"].as_array().unwrap().iter().find(of_interviews).unwrap()["share_without"];
    assert_eq!(&json["lifted"]["week"]["balance"]["share"], without);
    assert!(json["week"]["balance"]["share"].as_f64() < without.as_f64(), "the week itself is as it was: {json}");
}

#[test]
fn what_is_not_in_a_week_cannot_be_lifted_off_it() {
    let desk = fortnight();
    for (line, message) in [
        ("week --without interveiws", "error: \"interveiws\" is not in week 48\nhint: did you mean \"interviews\"?\n"),
        ("week --without team w46", "error: \"team\" is not in week 46\nhint: did you mean \"+team\"?\n"),
        ("week --without +x w46", "error: \"+x\" is not in week 46\nhint: it has \"+platform\", \"+team\"\n"),
        ("week --without mail 2019-01-07", "error: \"mail\" is not in week 2\nhint: it has no activities\n"),
        (
            "week --without code --as-made code",
            "error: \"code\" is lifted in both ways\nhint: say it with --without or with --as-made\n",
        ),
    ] {
        assert_eq!(desk.refuses(line), format!("$ tiltmeter {line}\n{message}"));
    }
}
