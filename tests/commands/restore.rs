//! What became of a block, and how what it was comes back.

use insta::assert_snapshot;

use crate::Desk;

#[test]
fn the_life_of_a_block_tells_what_each_change_changed_and_any_version_comes_back() {
    let mut desk = Desk::new();
    desk.log("9:15 create design doc +platform\n10:30 stop\n10:40 edit @1 design doc: limits --note first\n10:45 undo");
    assert_snapshot!(desk.log(
        "10:50 history 9:15
         10:51 restore 9:15
         10:52 restore 9:15 --version 3
         10:53 restore 9:15 --version 3
         10:54 restore 9:15 --version 9
         10:55 history 9:15
         10:56 undo
         10:57 history 3"
    ));
}

#[test]
fn what_was_removed_is_listed_and_brought_back_by_the_time_at_which_it_stood() {
    let mut desk = Desk::new();
    desk.log(
        "11:00 add 9-9:30 standup\n11:01 add 9:30-10 mail\n11:02 remove 9\n11:03 remove 9:30\n11:04 spark read rfc",
    );
    desk.log(
        "11:05 spark drop\n11:06 off 26 nov moving\n11:07 remove 26 nov\n11:08 add 9-9:10 standup\n11:09 remove 9",
    );
    assert_snapshot!(desk.log(
        "11:10 history --removed
         11:11 restore 9:35
         11:12 restore 9
         11:13 history 9
         11:14 restore spark
         11:15 restore 26 nov
         11:16 restore 9 2
         11:17 restore 3
         11:18 restore @7
         11:19 history --removed
         11:20 check"
    ));
}

/// Catches a restore that asks no rules: two blocks would take one time.
#[test]
fn a_restore_asks_for_room_as_an_add_does() {
    let mut desk = Desk::new();
    desk.log("11:00 add 9-10 standup\n11:01 remove 9\n11:02 add 9:30-10:30 mail");
    assert_snapshot!(desk.log(
        "11:03 restore 9
         11:04 restore 9 --fit
         11:05 undo
         11:06 restore 9 --trim
         11:07 check"
    ));
}

#[test]
fn what_another_device_wrote_and_moved_to_another_month_comes_back_too() {
    let mut desk = Desk::new();
    desk.with("TILTMETER_DEVICE", "desktop").at("12:00").does("add 9-10 standup --on 2026-10-28");
    desk.does("edit 2026-10-28@9:00 --alone --end \"2026-11-20 10:00\" --start \"2026-11-20 9:00\"");
    desk.with("TILTMETER_DEVICE", "laptop").at("12:01").does("remove 2026-11-20@9:00");
    let life = desk.run("history 2026-11-20@9:00");
    assert!(life.contains("28 Oct 09:00 → Fri 09:00") && life.contains("by desktop"), "{life}");
    desk.does("restore 2026-11-20@9:00");
    assert!(desk.prints("day 2026-11-20").contains("standup"));
    desk.does("restore 2026-11-20@9:00 --version 1");
    assert!(desk.prints("day 2026-10-28").contains("standup") && !desk.prints("day 2026-11-20").contains("standup"));
    assert_eq!(desk.json("history 2026-10-28@9:00 --json")["versions"].as_array().unwrap().len(), 5);
    assert_eq!(desk.prints("history --removed"), "nothing was removed\n", "it only moved");
    assert!(desk.prints("check").ends_with("all is well\n"));
}

/// An undone add leaves no change that made the block: undoing its restore must not leave it there.
#[test]
fn the_undo_of_a_restore_takes_it_out_again_whatever_had_removed_it() {
    for removal in ["undo", "remove 9"] {
        let mut desk = Desk::new();
        desk.at("11:00").does("add 9-10 standup");
        desk.does(removal);
        desk.does("restore 9");
        assert_eq!(desk.json("day --json")["blocks"].as_array().unwrap().len(), 1);
        desk.does("undo");
        assert_eq!(desk.json("day --json")["blocks"].as_array().unwrap().len(), 0, "{removal}");
        desk.does("redo");
        assert_eq!(desk.json("day --json")["blocks"].as_array().unwrap().len(), 1, "{removal}");
    }
}

#[test]
fn what_another_device_set_later_is_marked_as_not_shown() {
    let mut laptop = Desk::new();
    laptop.at("11:00").does("add 9-10 standup");
    let mut desktop = Desk::new();
    let file = laptop.journal().join("2026/2026-11.laptop.jsonl");
    desktop.write("data/tiltmeter/journal/2026/2026-11.laptop.jsonl", &std::fs::read_to_string(file).unwrap());
    desktop.at("11:02").with("TILTMETER_DEVICE", "desktop").does("edit 9:00 --end 10:30");
    laptop.at("11:01").does("edit 9:00 --end 9:50");
    let arrived = desktop.journal().join("2026/2026-11.desktop.jsonl");
    std::fs::copy(arrived, laptop.journal().join("2026/2026-11.desktop.jsonl")).unwrap();
    assert_snapshot!(laptop.run("history 9:00"));
    assert_eq!(laptop.json("history 9:00 --json")["versions"][1]["not_shown"], serde_json::json!(["end"]));
}
