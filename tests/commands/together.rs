//! Many at once: what a command has acknowledged is there afterwards, whoever else wrote.

use std::process::{Child, Stdio};

use serde_json::Value;

use crate::Desk;

fn started(desk: &Desk, line: &str) -> Child {
    desk.command(line).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for all; returns how many were acknowledged. The others must have said why not.
fn acknowledged(children: Vec<Child>) -> usize {
    let ended = children.into_iter().map(|child| child.wait_with_output().unwrap());
    ended
        .filter(|output| {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() || said.starts_with("error: "), "{said}");
            output.status.success()
        })
        .count()
}

/// Whether a command could not get its turn in time, as on a machine with much else to do, and said so; else it was done.
fn waited_in_vain(child: Child) -> bool {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || said.contains("another command has held the journal"), "{said}");
    !output.status.success()
}

/// A desk at which something was logged before.
fn with_a_journal() -> Desk {
    let mut desk = Desk::new();
    desk.at("9:00").does("add 8-9 mail");
    desk
}

fn activities(desk: &Desk) -> Vec<String> {
    let lines = desk.prints("export jsonl");
    let one = |line: &str| serde_json::from_str::<Value>(line).unwrap()["activity"].as_str().unwrap().to_owned();
    let mut activities: Vec<String> = lines.lines().map(one).collect();
    activities.sort();
    activities
}

/// Every line of the journal is a change of its own.
fn whole_lines(desk: &Desk) -> usize {
    let lines = desk.journal_lines();
    let mut changes: Vec<String> = lines
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["change"].as_str().unwrap().to_owned())
        .collect();
    changes.sort();
    changes.dedup();
    assert_eq!(changes.len(), lines.len());
    lines.len()
}

/// Catches: a file that is replaced or written at a place, where it should be appended to.
#[test]
fn a_hundred_blocks_put_in_at_once_are_all_kept() {
    a_hundred_at_once(Desk::new());
}

#[test]
fn a_hundred_blocks_put_in_at_once_are_all_kept_beside_what_there_is() {
    a_hundred_at_once(with_a_journal());
}

fn a_hundred_at_once(mut desk: Desk) {
    desk.at("18:00");
    let before = desk.prints("export jsonl").lines().count();
    let add = |n: usize| format!("add {}:{:02}+1m spec{n:02} --kind c", 10 + n / 60, n % 60);
    let mut left: Vec<usize> = (0..100).collect();
    while !left.is_empty() {
        let children: Vec<(usize, Child)> = left.iter().map(|n| (*n, started(&desk, &add(*n)))).collect();
        let asked = left.len();
        left = children.into_iter().filter_map(|(n, child)| waited_in_vain(child).then_some(n)).collect();
        assert!(left.len() < asked, "nobody gets a turn");
    }
    let mut kept = activities(&desk);
    kept.retain(|activity| activity.starts_with("spec"));
    assert_eq!(kept, (0..100).map(|n| format!("spec{n:02}")).collect::<Vec<_>>());
    let all = before + 100;
    assert_eq!(whole_lines(&desk), all);
    assert!(desk.prints("check").ends_with(&format!("{all} lines, {all} blocks: all is well\n")));
    assert_eq!(desk.json("day --json")["balance"]["creating_seconds"], 100 * 60);
}

#[test]
fn fifty_blocks_started_at_once_follow_one_another_and_one_runs() {
    let mut desk = with_a_journal();
    let children = (0..50).map(|n| {
        desk.at(&format!("10:{n:02}"));
        started(&desk, &format!("create spec{n:02}"))
    });
    let children = children.collect();
    desk.at("11:00");
    let kept = acknowledged(children);
    // One that was late may find its time taken, and is told so.
    assert!(kept >= 1);
    assert_eq!(whole_lines(&desk), kept + 1);
    assert_eq!(activities(&desk).len(), kept + 1);
    desk.prints("check");
    let day = desk.json("day --json");
    let blocks = day["blocks"].as_array().unwrap();
    assert_eq!(blocks.iter().filter(|block| block["running"] == true).count(), 1);
    let blocks = blocks.iter().filter(|block| block["kind"] == "creating");
    let counted: i64 = blocks.map(|block| block["seconds"].as_i64().unwrap()).sum();
    assert_eq!(day["balance"]["creating_seconds"], counted);
    assert!(counted <= 3600);
}

/// Catches: the lock left out, or another one for a journal that is not there yet.
#[test]
fn of_many_that_want_the_same_hour_one_has_it_and_the_others_are_told_whose_it_is() {
    let mut desk = with_a_journal();
    desk.at("18:00");
    one_of_twenty_has_the_hour(&desk);
}

#[test]
fn of_many_that_want_the_same_hour_one_has_it_also_where_there_was_no_journal_yet() {
    let mut desk = Desk::new();
    desk.at("18:00");
    one_of_twenty_has_the_hour(&desk);
}

fn one_of_twenty_has_the_hour(desk: &Desk) {
    let children = (0..20).map(|n| started(desk, &format!("add 10-11 spec{n} --kind c"))).collect();
    assert_eq!(acknowledged(children), 1);
    whole_lines(desk);
    assert_eq!(desk.json("day --json")["balance"]["creating_seconds"], 3600);
    desk.prints("check");
}

#[test]
fn the_first_change_and_the_second_wait_for_one_another() {
    let desk = Desk::new();
    desk.does("now standup");
    desk.does("edit @1 +team");
    let locks = std::fs::read_dir(desk.path("state/tiltmeter")).unwrap();
    assert_eq!(locks.count(), 1);
}

#[test]
fn undo_takes_back_each_of_many_changes_once() {
    let mut desk = Desk::new();
    desk.at("18:00");
    for n in 0..10 {
        desk.does(&format!("add 10:{n:02}+1m spec{n:02} --kind c"));
    }
    assert_eq!(acknowledged((0..10).map(|_| started(&desk, "undo")).collect()), 10);
    assert_eq!(activities(&desk), [""; 0]);
    desk.refuses("undo");
    assert_eq!(acknowledged((0..10).map(|_| started(&desk, "redo")).collect()), 10);
    assert_eq!(activities(&desk).len(), 10);
}

/// Returns the same desk as another device sees it, on the same folder.
fn on_the_desktop(laptop: &Desk, time: &str) -> Desk {
    let mut desktop = Desk::new();
    desktop.at(time).with("TILTMETER_DEVICE", "desktop");
    desktop.with("TILTMETER_JOURNAL", laptop.journal().to_str().unwrap());
    desktop
}

#[test]
fn two_devices_on_one_folder_write_files_of_their_own_and_read_one_day() {
    let mut laptop = Desk::new();
    laptop.at("9:00").does("now standup +team");
    let desktop = on_the_desktop(&laptop, "9:30");
    desktop.does("create design doc");
    laptop.at("10:00");
    assert_eq!(laptop.json("status --json --words")["running"]["activity"], "design doc");
    laptop.does("edit 9:00 +retro\nstop");
    assert_eq!(activities(&desktop), ["design doc", "standup"]);
    assert_eq!(desktop.prints("export jsonl"), laptop.prints("export jsonl"));
    let files: Vec<_> = laptop.journal_bytes().into_keys().filter(|path| path.extension().is_some()).collect();
    let names = files.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    assert_eq!(names.filter(|name| name.starts_with("2026-11.")).count(), 2);
    assert!(laptop.prints("check").ends_with("all is well\n"));
}

#[test]
fn each_device_takes_back_its_own_changes_and_not_what_another_made_of_them() {
    let mut laptop = Desk::new();
    laptop.at("12:00").does("add 9-10 standup\nadd 10-11 mail");
    let desktop = on_the_desktop(&laptop, "12:30");
    desktop.refuses("undo");
    desktop.does("edit 10:00 threads");
    laptop.at("13:00");
    let said = laptop.refuses("undo");
    assert!(said.contains("was changed again by desktop at 12:30"), "{said}");
    desktop.does("undo");
    laptop.does("undo");
    assert_eq!(activities(&laptop), ["standup"]);
}

#[test]
fn both_devices_at_once_lose_nothing() {
    let mut laptop = Desk::new();
    laptop.at("18:00");
    let desktop = on_the_desktop(&laptop, "2026-11-24T18:00:00+01:00");
    let children = (0..20).flat_map(|n| {
        [
            started(&laptop, &format!("add 10:{n:02}+1m l{n:02} --kind c")),
            started(&desktop, &format!("add 11:{n:02}+1m d{n:02} --kind c")),
        ]
    });
    assert_eq!(acknowledged(children.collect()), 40);
    assert_eq!(activities(&laptop).len(), 40);
    assert_eq!(whole_lines(&laptop), 40);
    assert!(desktop.prints("check").ends_with("all is well\n"));
}

#[test]
fn what_overlaps_from_two_devices_is_kept_told_by_check_and_counted_once() {
    let mut laptop = Desk::new();
    laptop.at("12:00").does("add 9-11 standup");
    let mut desktop = Desk::new();
    desktop.at("12:00").with("TILTMETER_DEVICE", "desktop").does("create spec --at 10:00\nstop --at 12:00");
    // The folder is synced only afterwards.
    let arrived = desktop.journal().join("2026/2026-11.desktop.jsonl");
    std::fs::copy(arrived, laptop.journal().join("2026/2026-11.desktop.jsonl")).unwrap();
    assert_eq!(activities(&laptop), ["spec", "standup"]);
    assert_eq!(laptop.json("day --json")["balance"]["logged_seconds"], 3 * 3600);
    let answer = laptop.answer("check");
    assert_eq!(answer.code, Some(1));
    assert!(answer.printed.contains("overlaps"), "{}", answer.printed);
}

/// Returns two desks on one folder: the laptop runs a staff sync since 9:00; the desktop, that
/// did not know of it, a design doc since 10:15. It is 10:40.
fn with_two_running() -> (Desk, Desk) {
    let mut laptop = Desk::new();
    laptop.at("9:00").does("consume staff sync");
    let mut apart = Desk::new();
    apart.at("10:15").with("TILTMETER_DEVICE", "desktop").does("create design doc");
    // The folder is synced only afterwards.
    let file = "2026/2026-11.desktop.jsonl";
    std::fs::copy(apart.journal().join(file), laptop.journal().join(file)).unwrap();
    let desktop = on_the_desktop(&laptop, "2026-11-24T10:40:00+01:00");
    laptop.at("10:40");
    (laptop, desktop)
}

/// Breakage it finds: the device is named for blocks of one's own.
#[test]
fn what_runs_names_its_device_where_that_is_another() {
    let (mut laptop, mut desktop) = with_two_running();
    for (desk, device) in [(&mut laptop, Some("desktop")), (&mut desktop, None)] {
        desk.with("COLUMNS", "100");
        for line in ["status --words", "day"] {
            assert_eq!(desk.prints(line).contains("on desktop"), device.is_some(), "{line}");
        }
        assert!(!desk.prints("status").contains("desktop"), "no words are shown but those that were asked for");
        assert_eq!(desk.json("status --json --words")["running"]["device"].as_str(), device);
        assert!(desk.json("status --json")["running"]["device"].is_null());
        let day = desk.json("day --json");
        assert_eq!(day["blocks"][1]["device"].as_str(), device);
        assert_eq!(day["blocks"][0]["end_assumed"], true);
        assert_eq!(day["blocks"][1]["end_assumed"], false);
    }
}

/// Breakage it finds: the name of a device reaches the terminal as it stands in the file.
#[test]
fn the_name_of_a_device_is_shown_as_text() {
    let (mut laptop, _) = with_two_running();
    let file = laptop.journal().join("2026/2026-11.desktop.jsonl");
    let line = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, line.replace(r#""by":"desktop""#, r#""by":"\u001b[2J\u202edesk""#)).unwrap();
    laptop.with("COLUMNS", "120");
    for line in ["status --words", "day", "status --json --words", "status --words --for waybar"] {
        let printed = laptop.prints(line);
        assert!(!printed.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{line}: {printed:?}");
    }
    assert!(laptop.prints("status --words").contains(r"on \u{1b}[2J"), "{}", laptop.prints("status --words"));
}

/// Breakages it finds: nothing is written; the end of another block is written.
#[test]
fn an_end_that_is_assumed_is_confirmed_once_for_every_device_and_can_be_taken_back() {
    let (laptop, mut desktop) = with_two_running();
    let told = r#"two ran at once: "staff sync" (09:00, on laptop) is taken to have ended at"#;
    desktop.with("COLUMNS", "100");
    assert!(desktop.prints("day").contains(told), "{}", desktop.prints("day"));
    assert!(desktop.prints("day").contains("until 10:15?"));
    let balance = |desk: &Desk| desk.json("day --json")["balance"].clone();
    assert!(laptop.prints("check").contains("is taken to have ended at 10:15"), "{}", laptop.prints("check"));
    let (before, lines) = (balance(&laptop), whole_lines(&laptop));

    assert!(desktop.prints("confirm").contains("09:00–10:15   ░ staff sync"));
    assert_eq!(whole_lines(&laptop), lines + 1);
    assert_eq!(laptop.json("day --json")["blocks"][0]["end_assumed"], false);
    for desk in [&laptop, &desktop] {
        let day = desk.prints("day");
        assert!(!day.contains("two ran") && !day.contains("10:15?"), "{day}");
        assert!(desk.refuses("confirm").contains("nothing is to be confirmed"));
    }
    assert_eq!(balance(&laptop), before);

    desktop.does("undo");
    assert!(desktop.prints("day").contains(told));
    desktop.does("redo");
    assert!(!desktop.prints("day").contains(told));
    assert_eq!(balance(&laptop), before);
    assert!(laptop.prints("check").ends_with("all is well\n"));
}

#[test]
fn what_is_assumed_can_be_said_otherwise() {
    let (mut laptop, _) = with_two_running();
    laptop.does("edit 9:00 --end 10:05");
    assert!(!laptop.prints("day").contains("two ran"));
    laptop.refuses("confirm");
    laptop.does("undo\nremove 9:00");
    assert!(!laptop.prints("day").contains("two ran"));
    // A week later, the day is named.
    laptop.does("undo");
    laptop.at("2026-12-04T09:00:00+01:00").does("stop --at 2026-11-24@11:00");
    laptop.refuses("confirm");
    assert!(laptop.prints("day 2026-11-24").contains("tiltmeter confirm 2026-11-24"));
    laptop.does("confirm 2026-11-24");
    assert!(!laptop.prints("day 2026-11-24").contains("confirm"));
}
