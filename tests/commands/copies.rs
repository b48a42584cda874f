//! What a file-sync service leaves beside the files, as people hear of it.

use std::fs;

use insta::assert_snapshot;

use crate::Desk;

/// Catches: a copy that is left out and that only one command speaks of.
#[test]
fn every_command_tells_of_a_copy_that_it_cannot_read() {
    let mut desk = Desk::new();
    desk.at("9:00").does("now standup");
    let folder = desk.month().parent().unwrap().to_owned();
    let month = desk.month().file_name().unwrap().to_string_lossy()[..7].to_owned();
    for file in
        [format!("{month}.x.jsonl.conflict1"), format!(".{month}.x.jsonl.icloud"), "../kept.x.jsonl.conflict1".into()]
    {
        fs::write(folder.join(file), "").unwrap();
    }
    desk.at("10:00");
    let reading = ["status", "day", "week", "trend", "check"];
    let changing = ["now mail", "create spec", "back", "add 8:00-8:30 mail", "edit @1 letters", "stop", "undo", "redo"];
    for line in reading.into_iter().chain(changing) {
        let answer = desk.answer(line);
        let said = answer.printed + &answer.said;
        for told in [".x.jsonl.conflict1 belongs", ".x.jsonl.icloud belongs", "kept.x.jsonl.conflict1 belongs"] {
            assert!(said.contains(told), "tiltmeter {line}: {told}\n{said}");
        }
        assert_eq!(said.matches("kept.x").count(), 1, "tiltmeter {line}\n{said}");
    }
    let said = desk.answer("day").said.replace(&month, "YYYY-MM");
    assert_snapshot!(said);
}

/// Two machines that write as one device.
#[test]
fn a_check_tells_of_a_machine_of_the_same_name() {
    let mut desk = Desk::new();
    desk.at("9:00").does("now standup");
    let own = desk.month();
    let before = fs::read_to_string(&own).unwrap();
    desk.at("10:00").does("now mail");
    fs::copy(&own, own.with_extension("sync-conflict-20261122-090000-ABCDEF7.jsonl")).unwrap();
    fs::write(&own, before).unwrap();
    let answer = desk.answer("check");
    assert_snapshot!(answer.printed + &answer.said);
}
