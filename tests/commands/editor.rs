//! The day in the editor: small scripts stand in for the person who types.

use std::fs;

use insta::assert_snapshot;

use crate::Desk;

/// Two blocks that follow one another, one of them with a note, and one that runs.
fn day() -> Desk {
    let mut desk = Desk::new();
    desk.at("13:00").does(
        "add 9-9:30 standup +team
         add 9:30-11 design doc +platform --kind c --note \"the second option is simpler\"
         now mail --at 12:00",
    );
    desk
}

/// Makes the editor a script of the shell, to which `$1` is the file.
fn editor<'d>(desk: &'d mut Desk, script: &str) -> &'d mut Desk {
    let path = desk.write("editor.sh", script);
    desk.with("EDITOR", &format!("sh {}", path.display()))
}

fn list(desk: &Desk) -> Vec<String> {
    let day = desk.prints("day");
    let is_line = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(':');
    day.lines().filter(is_line).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_editor_is_given_the_day_as_lines_that_can_be_read_back() {
    let mut desk = day();
    editor(&mut desk, "cp \"$1\" shown").does("edit --day");
    assert_snapshot!(fs::read_to_string(desk.path("shown")).unwrap());
}

#[test]
fn what_is_left_as_it_was_writes_nothing() {
    let mut desk = day();
    let before = desk.journal_bytes();
    for script in ["true", "touch \"$1\"", "sed -i.bak 's/standup/standup/' \"$1\""] {
        assert_eq!(editor(&mut desk, script).prints("edit --day"), "nothing was changed\n");
        assert_eq!(desk.journal_bytes(), before);
    }
}

#[test]
fn lines_are_changed_taken_out_and_put_in_as_one_change_that_one_undo_takes_back() {
    let mut desk = day();
    let before = desk.prints("export jsonl");
    let lines = desk.journal_lines().len();
    editor(
        &mut desk,
        "sed -i.bak -e '/standup/d' -e 's/c design doc/s design review/' \"$1\"
         echo '12:30 o lunch' >> \"$1\"
         echo '12:45 c spec +platform' >> \"$1\"",
    );
    assert_snapshot!(desk.run("edit --day"));
    assert_eq!(desk.journal_lines().len(), lines + 1);
    assert_eq!(
        list(&desk),
        [
            "09:30 ▓ design review +platform 1h30",
            "11:00 ┄ nothing logged 1h00",
            "12:00 ░ mail 0h30",
            "12:30 · lunch 0h15",
            "12:45 █ spec +platform 0:15"
        ]
    );
    desk.does("undo");
    assert_eq!(desk.prints("export jsonl"), before);
}

#[test]
fn a_note_is_not_in_the_text_and_stays_with_its_block() {
    let mut desk = day();
    for (script, activity) in [
        ("! grep -q simpler \"$1\" && sed -i.bak 's/design doc/spec/' \"$1\"", "spec"),
        ("sed -i.bak 's/^09:30/09:40/' \"$1\"", "spec"),
        ("sed -i.bak 's/^09:00.*/9:00-9:20 i standup/; s/c spec/s review/' \"$1\"", "review"),
    ] {
        editor(&mut desk, script).does("edit --day");
        let block = &desk.json("day --json")["blocks"][1];
        assert_eq!((&block["activity"], &block["note"]), (&activity.into(), &"the second option is simpler".into()));
    }
}

#[test]
fn an_emptied_text_saves_nothing() {
    let mut desk = day();
    let before = desk.journal_bytes();
    editor(&mut desk, ": > \"$1\"");
    assert!(desk.fails("edit --day", 1).contains("the text was emptied, so nothing was saved"));
    assert_eq!(desk.journal_bytes(), before);
}

#[test]
fn a_text_without_lines_takes_every_block_out_and_undo_brings_them_back() {
    let mut desk = day();
    let before = desk.prints("export jsonl");
    editor(&mut desk, "sed -i.bak '/^[0-9]/d' \"$1\"").does("edit --day");
    assert_eq!(desk.prints("export jsonl"), "");
    desk.does("undo");
    assert_eq!(desk.prints("export jsonl"), before);
}

#[test]
fn a_day_that_is_over_is_edited_by_its_date() {
    let mut desk = day();
    desk.at("2026-11-25T10:00:00+01:00").does("stop --at \"yesterday 13:00\"");
    editor(&mut desk, "sed -i.bak 's/mail/threads/' \"$1\"").does("edit --day yesterday");
    assert_eq!(desk.json("day yesterday --json")["blocks"][2]["activity"], "threads");
    editor(&mut desk, "echo '9:00-10:00 c spec' >> \"$1\"").does("edit --day 2026-11-20");
    assert_eq!(desk.json("day 2026-11-20 --json")["blocks"][0]["seconds"], 3600);
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_nothing_is_saved() {
    let mut desk = day();
    let seen = [
        "echo '14:00 q mystery' >> \"$1\"",
        "echo '25:00 c spec' >> \"$1\"",
        "echo 'spec' >> \"$1\"",
        "echo '12:30 c' >> \"$1\"",
        "echo '12:30-12:10 c spec' >> \"$1\"",
        "echo '08:00 c spec' >> \"$1\"",
        "sed -i.bak 's/^09:30-11:00/09:30-12:30/' \"$1\"",
        "echo '12:30-13:30 c spec' >> \"$1\"",
        "printf '12:30 c a\\033[2Jb\\n' >> \"$1\"",
    ]
    .map(|script| {
        editor(&mut desk, script);
        format!("{script}\n{}", desk.refuses("edit --day"))
    });
    assert_snapshot!(seen.concat());
}

#[test]
fn an_editor_that_fails_saves_nothing() {
    let mut desk = day();
    let before = desk.journal_bytes();
    let seen = ["echo '8:00-8:30 c spec' >> \"$1\"; exit 3", "rm \"$1\"", "printf '\\377' > \"$1\""].map(|script| {
        editor(&mut desk, script);
        desk.fails("edit --day", 2)
    });
    assert_snapshot!(seen.concat());
    desk.with("EDITOR", "no-such-editor");
    assert!(desk.fails("edit --day", 2).contains("the editor no-such-editor was not found, so nothing was saved"));
    assert_eq!(desk.journal_bytes(), before);
}

#[test]
fn visual_goes_before_editor_and_both_may_have_arguments() {
    let mut desk = day();
    editor(&mut desk, "exit 1");
    let path = desk.write("my editor.sh", "[ \"$1\" = --wait ] || exit 1; sed -i.bak 's/mail/threads/' \"$2\"");
    desk.with("VISUAL", &format!("sh '{}' --wait", path.display())).does("edit --day");
    assert_eq!(desk.json("day --json")["blocks"][2]["activity"], "threads");
}

#[test]
fn what_was_changed_elsewhere_meanwhile_is_not_overwritten() {
    for meanwhile in ["edit 9:00 huddle", "now staff sync", "remove 9:30"] {
        let mut desk = day();
        let binary = env!("CARGO_BIN_EXE_tiltmeter");
        editor(&mut desk, &format!("'{binary}' {meanwhile} >&2 && sed -i.bak 's/standup/planning/' \"$1\""));
        let lines = desk.journal_lines().len();
        let answer = desk.answer("edit --day");
        assert_eq!((answer.code, &*answer.printed), (Some(1), ""), "{}", answer.said);
        assert!(
            answer
                .said
                .contains("error: the day was changed elsewhere while you edited it, so nothing was saved\nhint: ")
        );
        assert_eq!(desk.journal_lines().len(), lines + 1);
        assert!(!desk.prints("export jsonl").contains("planning"));
    }
}

#[test]
fn the_text_is_the_users_alone_and_kept_only_where_it_was_not_saved() {
    let mut desk = day();
    let texts = |desk: &Desk| fs::read_dir(desk.path("tmp")).unwrap().count();
    editor(&mut desk, "stat -c %a \"$1\" > mode 2>/dev/null || stat -f %Lp \"$1\" > mode").answer("edit --day");
    assert_eq!(fs::read_to_string(desk.path("mode")).unwrap(), "600\n");
    assert_eq!(texts(&desk), 0, "nothing was changed");
    editor(&mut desk, "sed -i.bak 's/standup/planning/' \"$1\" && rm \"$1.bak\"").answer("edit --day");
    assert_eq!(texts(&desk), 0, "it was saved");
    let said = editor(&mut desk, "echo nonsense >> \"$1\"").answer("edit --day").said;
    assert_eq!(texts(&desk), 1);
    assert!(said.contains("what you typed is in "), "{said}");
}
