//! Files that others have touched.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use tiltmeter::domain::{Block, Id, Thing};
use tiltmeter::journal::{Fate, Flaw, Journal, JournalError, Notice, Place, Step};
use tiltmeter::text::Text;

use super::desk::{instant, lived};
use super::{Desk, block};

const NOW: &str = "2026-11-22T09:00:00Z";

fn append(desk: &Desk, file: &str, text: &str) {
    let path = desk.journal.place().journal.join("2026").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(path, before + text).unwrap();
}

/// Returns a line as another program may write it.
fn line(change: u8, at: &str, by: &str, block: &str) -> String {
    format!(
        "{{ \"blocks\":[{block}], \"by\":\"{by}\", \"does\":\"edit\", \"at\":\"{at}\", \
         \"change\":\"01936f00-0000-7000-8000-0000000000{change:02x}\", \"v\":1 }}\n"
    )
}

const FIRST: &str = r#"{"start":"2026-11-22T08:00:00Z","id":"01936f00-0000-7000-8000-000000000001","kind":"creating","activity":"spec","mood":{"é":[1, 2.50]},"tags":["a"]}"#;

#[test]
fn a_line_that_cannot_be_read_hides_no_other_and_is_told_with_file_line_and_reason() {
    let desk = Desk::at(NOW);
    desk.start("good", None);
    append(&desk, "2026-11.desk.jsonl", "{\"v\":1,\n\u{1b}[2J\n");
    desk.start("also good", None);
    let reading = desk.read();
    assert_eq!(reading.ledger.blocks().len(), 2);
    let told: Vec<_> = reading
        .notices
        .iter()
        .map(|notice| match notice {
            Notice::UnreadableLine { file, line, own: true, flaw: Flaw::NotJson(why) }
                if *file == desk.file("2026-11") =>
            {
                (*line, why.as_str())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [(2, "EOF while parsing a value (column 7)"), (3, "expected value (column 1)")]);
    assert_eq!(desk.read().notices.len(), 2, "again, until it is repaired");
}

#[test]
fn a_bad_line_of_another_device_is_told_once_a_day_and_a_fast_clock_once() {
    let mut desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", "nonsense\n");
    append(&desk, "2026-11.other.jsonl", &line(1, "2027-01-01T00:00:00.000Z", "other", FIRST));
    let told = |desk: &Desk| {
        let found = desk.read().notices;
        assert_eq!(found, desk.read().notices, "a read uses up nothing");
        desk.journal.not_told_yet(&found, desk.now).len()
    };
    assert_eq!((told(&desk), told(&desk)), (2, 0));
    desk.later(TimeDelta::days(1));
    assert_eq!((told(&desk), told(&desk)), (1, 0));
    let checked = desk.journal.check(desk.now).unwrap();
    assert_eq!(checked.notices.len(), 2, "a check tells all of it, always");
}

#[test]
fn repair_takes_out_what_cannot_be_read_and_keeps_it_beside() {
    let desk = Desk::at(NOW);
    desk.start("good", None);
    append(&desk, "2026-11.desk.jsonl", "nonsense\n{\"v\":9}\n{\"torn");
    append(&desk, "2026-11.other.jsonl", "not ours\n");
    let into = PathBuf::from(format!("{}.damaged", desk.file("2026-11").display()));
    assert_eq!(desk.repair().done, [Step::TakeOut { file: desk.file("2026-11"), lines: 2, into: into.clone() }]);
    assert_eq!(fs::read_to_string(into).unwrap(), "nonsense\n{\"torn\n");
    assert_eq!(desk.lines("2026-11").len(), 2, "the good line, and that of a newer program");
    assert_eq!(desk.repair().done, [], "nothing is left to repair");
}

#[test]
fn an_edit_copies_byte_for_byte_what_it_does_not_set_even_what_only_others_know() {
    let desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", &line(1, "2026-11-22T08:00:00.000Z", "other", FIRST));
    let known = desk.find("spec");
    desk.change(vec![Block { activity: Text::as_written("design"), ..known }], vec![]);
    let [line] = desk.lines("2026-11").try_into().unwrap();
    let expected = r#""blocks":[{"id":"01936f00-0000-7000-8000-000000000001","from":["01936f00-0000-7000-8000-000000000001"],"set":["activity"],"start":"2026-11-22T08:00:00Z","kind":"creating","activity":"design","tags":["a"],"mood":{"é":[1, 2.50]}}]}"#;
    assert!(line.ends_with(expected), "{line}");
}

#[test]
fn edits_of_different_fields_on_two_devices_are_both_kept_and_of_one_field_are_a_conflict() {
    let desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", &line(1, "2026-11-22T08:00:00.000Z", "other", FIRST));
    let known = desk.find("spec");
    desk.change(vec![Block { note: Some(Text::as_written("mine")), ..known }], vec![]);
    let edit = |set: &str| {
        FIRST
            .replacen('{', &format!(r#"{{"from":["01936f00-0000-7000-8000-000000000001"],"set":[{set}],"#), 1)
            .replace("\"spec\"", "\"theirs\",\"note\":\"theirs\"")
    };
    append(&desk, "2026-11.third.jsonl", &line(2, "2026-11-22T08:30:00.000Z", "third", &edit("\"activity\"")));
    let merged = desk.find("theirs");
    assert_eq!(merged.note, Some(Text::as_written("mine")));
    assert_eq!(desk.journal.check(desk.now).unwrap().conflicts, []);

    append(&desk, "2026-11.third.jsonl", &line(3, "2026-11-22T08:40:00.000Z", "third", &edit("\"note\"")));
    let [conflict] = desk.journal.check(desk.now).unwrap().conflicts.try_into().unwrap();
    assert_eq!((conflict.field.as_str(), conflict.what), ("note", Thing::Block(merged.clone())));
    assert_eq!((conflict.shown.by.as_str(), conflict.other.by.as_str()), ("desk", "third"));
    assert_eq!(conflict.other.json.as_deref(), Some("\"theirs\""));

    desk.change(vec![Block { interrupted: 1, ..merged }], vec![]);
    assert_eq!(desk.journal.check(desk.now).unwrap().conflicts, [], "the next edit settles it");
}

#[test]
fn where_two_devices_make_a_block_end_before_it_starts_the_later_has_both_times() {
    let desk = Desk::at(NOW);
    let start = block("spec", "2026-11-22T07:00:00Z", Some("2026-11-22T08:00:00Z"));
    desk.change(vec![start.clone()], vec![]);
    let other = Desk::of("other", "2026-11-22T10:00:00Z");
    fs::create_dir_all(other.file("2026-11").parent().unwrap()).unwrap();
    fs::copy(desk.file("2026-11"), other.journal.place().journal.join("2026/2026-11.desk.jsonl")).unwrap();
    desk.change(vec![Block { start: lived("2026-11-22T07:50:00Z"), ..start.clone() }], vec![]);
    let shorter = Block { end: Some(lived("2026-11-22T07:30:00Z")), ..start };
    other.change(vec![shorter.clone()], vec![]);
    fs::copy(other.file("2026-11"), desk.journal.place().journal.join("2026/2026-11.other.jsonl")).unwrap();
    assert_eq!(desk.blocks(), [shorter]);
}

#[test]
fn a_block_that_a_newer_program_wrote_is_shown_and_cannot_be_changed() {
    let desk = Desk::at(NOW);
    let newer = line(1, "2026-11-22T08:00:00.000Z", "other", FIRST).replace("\"v\":1", "\"v\":2");
    append(&desk, "2026-11.other.jsonl", &newer);
    let reading = desk.read();
    assert!(matches!(reading.notices.as_slice(), [Notice::NewerFormat { lines: 1, format: 2, .. }]));
    let block = reading.ledger.blocks()[0].clone();
    let refused = desk.try_change(vec![Block { interrupted: 1, ..block.clone() }], vec![]).unwrap_err();
    assert_eq!(refused, JournalError::NewerVersion { id: block.id });
}

#[test]
fn files_that_should_be_there_and_cannot_be_read_are_told() {
    let desk = Desk::at(NOW);
    for name in [".2026-11.a.jsonl.icloud", "2026-11.b.jsonl.conflict1", "2026-11.b.jsonl~HEAD", "2026-11.b.jsonl 2"] {
        append(&desk, name, "");
    }
    for ignored in
        ["2026-11.c.jsonl.damaged", "2026-11.d.jsonl~", "~2026-11.e.jsonl", ".2026-11.f.jsonl.tmp", "2026-11.txt"]
    {
        append(&desk, ignored, "nonsense\n");
    }
    fs::create_dir_all(desk.file("2026-11")).unwrap();
    let told: Vec<_> = desk
        .read()
        .notices
        .into_iter()
        .map(|notice| match notice {
            Notice::UnreadableFile { file, .. } => file.file_name().unwrap().to_string_lossy().into_owned(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told.len(), 5, "{told:?}");
}

#[test]
fn the_copies_of_sync_services_belong_to_the_month_also_in_the_top_folder() {
    let desk = Desk::at(NOW);
    for (number, name) in
        ["2026-11.x.sync-conflict-1.jsonl", "2026-11.x (conflicted copy).jsonl", "../2026-11.x 2.jsonl"]
            .iter()
            .enumerate()
    {
        let block = FIRST.replace("000000000001", &format!("00000000001{number}"));
        append(&desk, name, &line(9, "2026-11-22T08:00:00.000Z", "x", &block));
    }
    assert_eq!(desk.read().ledger.blocks().len(), 3);
    assert_eq!(desk.blocks().len(), 3);
}

#[test]
fn a_forgotten_block_of_last_winter_is_found_by_what_concerns_now() {
    let mut desk = Desk::at("2026-01-20T17:00:00Z");
    let forgotten = desk.start("forgotten", None);
    desk.now = instant(NOW);
    assert_eq!(desk.read().ledger.forgotten().collect::<Vec<_>>(), [&forgotten]);
    desk.now = instant("2027-03-01T00:00:00Z");
    assert!(desk.read().ledger.blocks().is_empty(), "for a year");
}

#[test]
fn the_same_import_twice_changes_nothing_unless_it_was_undone() {
    let desk = Desk::at(NOW);
    let imported: Vec<Block> = (0..3_000_u32)
        .map(|number| {
            let start = instant("2025-01-01T00:00:00Z") + TimeDelta::hours(i64::from(number));
            let end = start + TimeDelta::minutes(30);
            let id = Id(uuid::Uuid::new_v5(&uuid::Uuid::nil(), &number.to_be_bytes()));
            Block { id, ..block("imported", &start.to_rfc3339(), Some(&end.to_rfc3339())) }
        })
        .collect();
    let import = || {
        let done = desk.journal.import(imported.clone(), desk.now).unwrap();
        (done.added, done.known)
    };
    assert_eq!(import(), (3_000, 0));
    assert_eq!(import(), (0, 3_000));
    let removed = desk.blocks()[7].clone();
    desk.change(vec![], vec![removed]);
    assert_eq!(import(), (0, 3_000), "what somebody removed stays removed");
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.journal.undo(desk.now).unwrap().before.len(), 3_000, "one undo takes all of it back");
    assert!(desk.blocks().is_empty());
    assert_eq!(import(), (3_000, 0));
    assert_eq!(desk.blocks(), imported);
}

#[test]
fn half_a_change_is_found_by_a_check() {
    let desk = Desk::at(NOW);
    let old = block("moved", "2026-11-20T09:00:00Z", Some("2026-11-20T10:00:00Z"));
    desk.change(vec![old.clone()], vec![]);
    desk.change(vec![Block { start: lived("2026-09-20T09:00:00Z"), end: None, ..old }], vec![]);
    assert_eq!(desk.journal.check(desk.now).unwrap().half, []);
    fs::remove_file(desk.file("2026-09")).unwrap();
    let [half] = desk.journal.check(desk.now).unwrap().half.try_into().unwrap();
    assert_eq!((half.by.as_str(), half.missing), ("desk", vec!["2026-09".to_owned()]));
}

#[test]
fn the_history_of_a_block_is_whole_and_newest_first() {
    let mut desk = Desk::at(NOW);
    let first = desk.start("one", None);
    let second = Block { activity: Text::as_written("two"), ..first.clone() };
    desk.later(TimeDelta::hours(1)).change(vec![second.clone()], vec![]);
    desk.later(TimeDelta::hours(1));
    desk.journal.undo(desk.now).unwrap();
    let history = desk.journal.history(Some(first.id), 0, desk.now).unwrap().versions;
    let seen: Vec<_> = history
        .iter()
        .map(|version| (version.does.as_str(), version.set.as_deref(), super::desk::the_block(&version.what)))
        .collect();
    let activity = ["activity".to_owned()];
    assert_eq!(
        seen,
        [("undo", Some(&activity[..]), &first), ("edit", Some(&activity[..]), &second), ("switch", None, &first)]
    );
    let newest = desk.journal.history(None, 2, desk.now).unwrap().versions;
    assert_eq!(newest, history[..2]);
}

#[test]
fn a_check_of_a_journal_that_is_not_there_finds_nothing_wrong() {
    let place = Place { journal: "/nowhere/journal".into(), state: "/nowhere/state".into(), device: "x".into() };
    let checked = Journal::at(place).check(instant(NOW)).unwrap();
    assert_eq!((checked.files, checked.lines, checked.blocks), (0, 0, 0));
}

#[test]
fn a_check_lists_what_no_command_would_have_written() {
    let desk = Desk::at("2026-11-22T18:00:00Z");
    let at = |activity, start: &str, end: &str| {
        block(activity, &format!("2026-11-{start}:00Z"), Some(&format!("2026-11-{end}:00Z")))
    };
    let long = at("long", "10T09:00", "12T09:00");
    let empty = at("empty", "13T09:00", "13T09:00");
    let (under, over) = (at("under", "14T09:00", "14T12:00"), at("over", "14T10:00", "14T11:00"));
    let beside = at("beside", "14T12:00", "14T13:00");
    let ahead = block("ahead", "2026-11-23T09:00:00Z", None);
    let all = [&long, &empty, &under, &over, &beside, &ahead];
    desk.change(all.map(Clone::clone).to_vec(), vec![]);
    let checked = desk.journal.check(desk.now).unwrap();
    assert_eq!((checked.files, checked.lines, checked.blocks), (1, 1, 6));
    assert_eq!((checked.too_long, checked.without_length), (vec![long], vec![empty]));
    assert_eq!((checked.overlaps, checked.ahead), (vec![(under, over)], vec![ahead]));
}

/// Writes, by another device, a block that is named for the number.
fn elsewhere(desk: &Desk, file: &str, number: usize) {
    let block = FIRST.replace("000000000001", &format!("0000000000{number:02}"));
    let path = desk.journal.place().journal.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, line(9, "2026-11-22T08:00:00.000Z", "x", &block)).unwrap();
}

#[test]
fn the_folders_that_sync_services_make_of_a_year_are_that_years() {
    let desk = Desk::at(NOW);
    for (number, folder) in ["2026", "2026 2", "2026 (1)"].iter().enumerate() {
        elsewhere(&desk, &format!("{folder}/2026-11.x.jsonl"), number);
    }
    assert_eq!(desk.read().ledger.blocks().len(), 3);
    assert_eq!((desk.blocks().len(), desk.read().notices.len()), (3, 0));
}

#[test]
fn a_file_in_the_wrong_folder_is_read_with_everything_and_told() {
    let desk = Desk::at(NOW);
    let places = ["2025/2026-11.x.jsonl", "2026/old/2026-11.x.jsonl", "backup/2026/2026-11.x.jsonl"];
    for (number, file) in places.iter().enumerate() {
        elsewhere(&desk, file, number);
    }
    elsewhere(&desk, ".stversions/2026/2026-11.x.jsonl", 9);
    let told = |notices: Vec<Notice>| {
        let misplaced = |notice: Notice| match notice {
            Notice::Misplaced { file } => {
                file.strip_prefix(&desk.journal.place().journal).unwrap().to_string_lossy().into_owned()
            }
            other => panic!("{other:?}"),
        };
        notices.into_iter().map(misplaced).collect::<std::collections::BTreeSet<_>>()
    };
    let all = desk.journal.read_all(desk.now).unwrap();
    assert_eq!(all.ledger.blocks().len(), 3);
    assert_eq!(told(all.notices), places.map(str::to_owned).into());
    assert_eq!(told(desk.read().notices), places.map(str::to_owned).into(), "also by a read of a day");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::at(NOW);
    elsewhere(&desk, "2026/here", 1);
    let folder = desk.journal.place().journal.join("2026");
    fs::rename(folder.join("here"), folder.join(std::ffi::OsStr::from_bytes(b"2026-11.\xff\xfe.jsonl"))).unwrap();
    assert_eq!((desk.blocks().len(), desk.read().ledger.blocks().len()), (1, 1));
}

#[test]
fn a_folder_of_a_year_that_cannot_be_listed_is_told_whatever_is_read() {
    let desk = Desk::at(NOW);
    fs::create_dir_all(&desk.journal.place().journal).unwrap();
    fs::write(desk.journal.place().journal.join("2026"), "").unwrap();
    let is_told =
        |notices: &[Notice]| matches!(notices, [Notice::UnreadableFile { file, .. }] if file.ends_with("2026"));
    assert!(is_told(&desk.read().notices));
    assert!(is_told(&desk.journal.read_all(desk.now).unwrap().notices));
    assert!(is_told(&desk.journal.import(vec![], desk.now).unwrap().notices));
}

#[test]
fn a_move_to_another_month_takes_along_what_only_others_know_also_the_second_time() {
    let desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", &line(1, "2026-11-22T08:00:00.000Z", "other", FIRST));
    let november = desk.find("spec");
    let october = Block { start: lived("2026-10-10T08:00:00Z"), ..november };
    let moved = desk.change(vec![october.clone()], vec![]).put.pop().unwrap();
    let mood = r#""mood":{"é":[1, 2.50]}}]}"#;
    assert!(desk.lines("2026-10")[0].ends_with(mood), "{}", desk.lines("2026-10")[0]);
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.change(vec![october], vec![]).put, [moved]);
    assert!(desk.lines("2026-10")[2].ends_with(mood), "{}", desk.lines("2026-10")[2]);
}

#[test]
fn what_was_set_while_another_device_moved_the_block_to_another_month_is_told() {
    let desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", &line(1, "2026-11-22T08:00:00.000Z", "other", FIRST));
    let known = desk.find("spec");
    let moved = desk.change(vec![Block { start: lived("2026-10-10T08:00:00Z"), ..known.clone() }], vec![]).put;
    assert_eq!(desk.journal.check(desk.now).unwrap().conflicts, []);
    let edit = r#"{"from":["01936f00-0000-7000-8000-000000000001"],"set":["note"],"note":"lost","#;
    append(&desk, "2026-11.other.jsonl", &line(2, "2026-11-22T10:00:00.000Z", "other", &FIRST.replacen('{', edit, 1)));
    let [conflict] = desk.journal.check(desk.now).unwrap().conflicts.try_into().unwrap();
    assert_eq!(
        (super::desk::the_block(&conflict.what).id, conflict.fate, conflict.field.as_str()),
        (known.id, Fate::Moved(moved[0].id), "note")
    );
    assert_eq!((conflict.other.by.as_str(), conflict.other.json.as_deref()), ("other", Some("\"lost\"")));
}

#[test]
fn blocks_that_begin_after_now_are_left_out_and_told() {
    let desk = Desk::at(NOW);
    let [first, second] = ["2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"].map(|start| block("ahead", start, None));
    desk.change(vec![second, first.clone()], vec![]);
    let expected = [Notice::Ahead { blocks: 2, earliest: first.start }];
    assert_eq!((desk.read().notices.as_slice(), desk.read().ledger.blocks()), (expected.as_slice(), [].as_slice()));
    assert_eq!(desk.journal.read_all(desk.now).unwrap().notices, expected);
}

#[test]
fn a_newer_line_that_is_not_understood_still_keeps_its_block_from_being_changed() {
    let desk = Desk::at(NOW);
    append(&desk, "2026-11.other.jsonl", &line(1, "2026-11-22T08:00:00.000Z", "other", FIRST));
    let newer = line(2, "2026-11-22T08:10:00.000Z", "other", &FIRST.replace("creating", "learning"));
    append(&desk, "2026-11.other.jsonl", &newer.replace("\"v\":1", "\"v\":2").repeat(3));
    let reading = desk.read();
    assert!(matches!(reading.notices.as_slice(), [Notice::NewerFormat { lines: 3, format: 2, .. }]), "told once");
    let block = reading.ledger.blocks()[0].clone();
    let refused = desk.try_change(vec![], vec![block.clone()]).unwrap_err();
    assert_eq!(refused, JournalError::NewerVersion { id: block.id });
    let imported = desk.journal.import(vec![block], desk.now).unwrap();
    assert_eq!((imported.added, imported.known), (0, 1));
}

#[test]
fn an_old_line_of_ours_that_cannot_be_read_is_told_by_every_command_and_does_nothing() {
    let mut desk = Desk::at("2026-11-02T09:00:00Z");
    desk.start("forgotten", None);
    desk.later(TimeDelta::minutes(10));
    let good = desk.lines("2026-11")[0].clone();
    let ended = |with: &str| good.replace("+00:00\"", &format!("+00:00\",\"end\":\"{with}\"")) + "\n";
    let bad = [
        ended("2026-11-02T25:00:00+00:00"),
        ended("2026-02-30T10:00:00+00:00"),
        ended("2026-11-02T10:00:00+00:00").replace("creating", "learning"),
        ended("2026-11-02T10:00:00+00:00").replace("forgotten", "\\q"),
    ];
    append(&desk, "2026-11.desk.jsonl", &bad.concat());
    desk.later(TimeDelta::days(20));
    for _ in 0..2 {
        let reading = desk.read();
        assert_eq!(reading.notices.len(), bad.len(), "{:?}", reading.notices);
        assert_eq!(reading.ledger.forgotten().count(), 1, "what cannot be read ended nothing");
    }
}
