//! What `check` finds, what `check --repair` mends, and the ways to settle the rest.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::Desk;

const OTHER: &str = r#"{"v":1,"change":"019aaa10-7d80-7000-8000-000000000001","at":"2026-11-24T08:00:00.000Z","by":"desktop","does":"add","blocks":[{"id":"019aaa10-7d80-7000-8000-000000000000","start":"2026-11-24T09:30:00+01:00","end":"2026-11-24T10:30:00+01:00","kind":"consuming","activity":"mail"}]}
"#;

/// A journal with everything wrong that a repair mends, and an overlap that it does not.
fn damaged() -> Desk {
    let mut desk = Desk::new();
    desk.log("11:00 add 9-10 standup\n11:01 add 10:30-11 code");
    let own = fs::read_to_string(desk.month()).unwrap();
    fs::copy(desk.month(), desk.journal().join("2026/2026-11.laptop (conflicted copy 2026-11-24).jsonl")).unwrap();
    let (first, _) = own.split_once('\n').unwrap();
    fs::write(desk.month(), format!("{first}\nnonsense \u{1b}[2J\n")).unwrap();
    fs::write(desk.journal().join("2026/2026-11.desktop.jsonl"), OTHER).unwrap();
    fs::write(desk.journal().join("2026/2026-11.desktop 2.jsonl"), OTHER).unwrap();
    fs::remove_file(desk.journal().join(".gitattributes")).unwrap();
    fs::create_dir(desk.journal().join(".git")).unwrap();
    open_to_others(desk.journal(), 0o755);
    open_to_others(desk.month(), 0o666);
    desk.at("11:02");
    desk
}

#[cfg(unix)]
fn open_to_others(path: PathBuf, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn open_to_others(_: PathBuf, _: u32) {}

#[cfg(unix)]
#[test]
fn a_repair_tells_each_step_before_and_after_and_has_nothing_to_do_the_second_time() {
    let desk = damaged();
    let blocks = desk.prints("export csv");
    let seen = ["check", "check --repair --dry-run", "check --repair", "check --repair"].map(|line| desk.run(line));
    assert_snapshot!(seen.concat());
    assert_eq!(desk.prints("export csv"), blocks, "no block is lost, none is added");
    let modes = [desk.journal(), desk.month()].map(|path| {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    });
    assert_eq!(modes, [0o700, 0o600]);
}

/// Catches a dry run that writes.
#[test]
fn a_dry_run_leaves_every_byte_as_it_is_and_says_what_would_be_done() {
    let desk = damaged();
    let before = desk.journal_bytes();
    let answer = desk.answer("check --repair --dry-run");
    assert_eq!(desk.journal_bytes(), before);
    assert_eq!(answer.printed.matches("\nwill ").count(), desk.prints_repairs() - 1, "{}", answer.printed);
    assert_eq!(answer.code, Some(2), "it is as wrong as it was");
}

#[test]
fn in_json_each_repair_says_whether_it_was_done() {
    let desk = damaged();
    let done = |line: &str| {
        let report: serde_json::Value = serde_json::from_str(&desk.answer(line).printed).unwrap();
        let repairs = report["repairs"].as_array().unwrap().clone();
        repairs.into_iter().map(|repair| repair["done"].clone()).collect::<Vec<_>>()
    };
    let planned = done("check --json");
    assert!(!planned.is_empty() && planned.iter().all(serde_json::Value::is_null));
    assert_eq!(done("check --repair --json"), vec![serde_json::Value::Bool(true); planned.len()]);
    assert_eq!(done("check --repair --json"), Vec::<serde_json::Value>::new());
}

/// What was taken in stands where it was written: the newest change is still the newest.
/// Catches older lines that are appended behind it.
#[test]
fn undo_takes_back_the_newest_change_after_a_repair_too() {
    let mut desk = damaged();
    desk.does("add 8-8:30 read");
    desk.answer("check --repair");
    let undone = desk.at("11:03").run("undo");
    assert!(undone.contains("undone: add of 11:02"), "{undone}");
}

/// Each way that is named is one that can be typed, and settles what it is named for.
#[test]
fn every_way_out_of_an_overlap_leads_out_of_it() {
    let world = || {
        let mut desk = Desk::new();
        desk.log("11:00 add 9-10 standup");
        fs::write(desk.journal().join("2026/2026-11.desktop.jsonl"), OTHER).unwrap();
        desk.at("11:02");
        desk
    };
    let report: serde_json::Value = serde_json::from_str(&world().answer("check --json").printed).unwrap();
    let ways = report["findings"][0]["ways"].as_array().unwrap();
    assert_eq!(ways.len(), 3, "{report}");
    for way in ways.iter().map(|way| way.as_str().unwrap()) {
        let desk = world();
        desk.does(way.strip_prefix("tiltmeter ").unwrap());
        assert!(desk.prints("check").ends_with("all is well\n"), "{way}");
    }
}

/// A device whose name begins like this one's is another device.
#[test]
fn the_file_of_a_device_with_a_longer_name_is_no_copy() {
    let mut desk = Desk::new();
    desk.at("11:00").does("add 9-9:30 standup");
    for (name, by) in [("laptop-9a1c", "laptop-9a1c"), ("laptop2", "laptop2")] {
        let line = OTHER.replace("\"desktop\"", &format!("\"{by}\""));
        fs::write(desk.journal().join(format!("2026/2026-11.{name}.jsonl")), line).unwrap();
    }
    assert!(desk.prints("check --repair").starts_with("there is nothing to mend\n"));
}

impl Desk {
    /// Returns how many repairs a check offers.
    fn prints_repairs(&self) -> usize {
        let report: serde_json::Value = serde_json::from_str(&self.answer("check --json").printed).unwrap();
        report["repairs"].as_array().unwrap().len()
    }
}
