//! What cannot be: every refusal says what is wrong in the user's words and what can be
//! typed instead, exits with 1, and leaves no trace in the journal.

use insta::assert_snapshot;

use crate::Desk;

fn afternoon() -> Desk {
    let mut desk = Desk::new();
    desk.at("15:00").does("add 9-10 mail");
    desk
}

fn noon_of(day: &str) -> Desk {
    let mut desk = Desk::new();
    desk.at(&format!("{day}T12:00:00+01:00"));
    desk
}

#[test]
fn what_is_no_time_is_refused_with_what_would_be_one() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        r#"
        now spec --kind c --at 25:00
        now spec --kind c --at 9:60
        now spec --kind c --at noonish
        now spec --kind c --at ""
        now spec --kind c --ago soon
        now spec --kind c --ago 0m
        now spec --kind c @9:75
        now spec --kind c @9 --at 9
        was spec --kind c @10 --at 11
        was spec --kind c @10-11 --until 11
        off lunch @12 --at 13
        was --until 10:30
        add soon spec --kind c
        add 9- spec --kind c
        add 9-10 spec --kind c @9
        add 45m spec --kind c --on yesterday
        add 9-10 spec --kind c --on someday
        stop --at later
        split 9:30 110%
        split 9:30 noonish
        split 9:30 8:00
        "#
    ));
}

#[test]
fn an_hour_that_the_clocks_skipped_is_refused_and_the_times_beside_it_are_named() {
    let desk = noon_of("2026-03-29");
    let said = desk.refuses("create code --at \"2026-03-29 02:30\"");
    assert_snapshot!(said.clone() + &desk.refuses("add \"2026-03-29 2:30-4\" code"));
    // What the hint names can be typed.
    desk.does("add \"2026-03-29 01:59-03:00\" code");
    assert_eq!(desk.json("day yesterday --json")["blocks"][0]["seconds"], 60);
}

#[test]
fn an_hour_that_happened_twice_is_the_earlier_unless_it_has_an_offset_and_that_is_said() {
    for typed in [
        "add \"2026-10-25 2:30-4\" code",
        "add \"2026-10-25 1:30-2:30\" code",
        "create code --at \"2026-10-25 2:30\"",
        "create code @2026-10-25T2:30",
        "create code @2026-10-25T2:30-4",
        "was code @2026-10-25T2:30",
        "was code --at \"2026-10-25 1:00\" --until \"2026-10-25 2:30\"",
        "off @2026-10-25T2:30",
        "off @2026-10-25T2:30-4:00 nap",
    ] {
        let desk = noon_of("2026-10-25");
        let answer = desk.answer(typed);
        let told = "note: 02:30 happened twice; taken as the earlier, 02:30+02:00, and not 02:30+01:00\n";
        assert_eq!((answer.code, &*answer.said), (Some(0), told), "{typed}");
        assert!(desk.journal_lines()[0].contains("2026-10-25T02:30:00+02:00"), "{typed}");
    }
    let desk = noon_of("2026-10-25");
    let answer = desk.answer("add \"2026-10-25 02:30+01:00-4\" code");
    assert_eq!((answer.code, &*answer.said), (Some(0), ""));
    assert_eq!(desk.json("day yesterday --json")["blocks"][0]["seconds"], 90 * 60);
}

#[test]
fn a_block_across_the_hour_that_happened_twice_is_as_long_as_it_was() {
    let desk = noon_of("2026-10-25");
    desk.does("add \"2026-10-25 2:45-2:15\" code");
    assert_eq!(desk.json("day yesterday --json")["blocks"][0]["seconds"], 30 * 60);
}

#[test]
fn what_ends_before_it_starts_or_has_not_been_yet_is_refused() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        r#"
        add 10:30-9:00 mail
        add 9-9 mail
        add 16:00-17:00 mail
        now mail --at 15:01
        now mail @10:30-9:00
        was mail --at 14:00 --until 13:00
        was mail --at 13:00 --until 16:00
        edit 9:30 --end 8:30
        edit 9:30 --end 16:00
        edit 9:30 --start 10:30
        now mail --at "2027-01-01 9:00"
        "#
    ));
}

#[test]
fn a_time_of_the_night_that_is_over_is_said_with_its_day_and_the_hint_tells_how() {
    let desk = afternoon();
    let said = desk.refuses("add 2:10-3:00 incident --kind i");
    assert_snapshot!(said.clone() + &desk.refuses("edit 3:00 --kind c"));
    desk.does("add 2:10-3:00 incident --kind i --on yesterday");
    assert_eq!(desk.json("day yesterday --json")["blocks"][0]["start"], "2026-11-24T02:10:00+01:00");
}

#[test]
fn a_block_is_never_longer_than_a_day() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        r#"
        add 26h mail
        add "2026-11-20 08:00-2026-11-22 09:00" mail
        "#
    ));
}

#[test]
fn a_block_does_not_start_so_long_ago_that_it_is_forgotten_at_once() {
    let desk = Desk::new();
    desk.refuses("now mail --at \"sun 9:00\"");
    desk.refuses("off --at \"sun 9:00\"");
}

#[test]
fn a_clash_is_named_and_both_ways_out_of_it_work() {
    let desk = afternoon();
    assert_snapshot!(
        desk.refuses_all("add 9:30-11 standup\ncreate code --at 9:30\nwas standup --at 8:30\nadd 9:15-9:30 code --fit")
    );

    desk.does("add 9:30-11 standup --trim");
    assert_eq!(stretches(&desk), [("09:00", "09:30", "mail"), ("09:30", "11:00", "standup")].map(owned));
    desk.does("undo\nadd 8:30-11 standup --fit");
    let around = [("08:30", "09:00", "standup"), ("09:00", "10:00", "mail"), ("10:00", "11:00", "standup")];
    assert_eq!(stretches(&desk), around.map(owned));
}

fn stretches(desk: &Desk) -> Vec<(String, String, String)> {
    let day = desk.json("day --json");
    let blocks = day["blocks"].as_array().unwrap().iter();
    let clock = |time: &serde_json::Value| time.as_str().unwrap()[11..16].to_owned();
    let one = |block: &serde_json::Value| {
        (clock(&block["start"]), clock(&block["end"]), block["activity"].as_str().unwrap().to_owned())
    };
    blocks.map(one).collect()
}

fn owned((start, end, activity): (&str, &str, &str)) -> (String, String, String) {
    (start.to_owned(), end.to_owned(), activity.to_owned())
}

#[test]
fn the_ways_out_of_a_clash_are_offered_only_where_they_can_be_typed() {
    let desk = afternoon();
    desk.does("add 11-12 standup\nadd \"yesterday 11-12\" standup");
    for (line, rest) in
        [("add 9:30-13", "code"), ("now", "code --at 9:30"), ("was", "code --at 9:30"), ("off", "--at 9:30")]
    {
        let line = format!("{line} {rest}");
        assert!(desk.refuses(&line).contains("hint: --trim cuts the other block, --fit keeps only what is free"));
        for way in ["--trim", "--fit"] {
            desk.does(&format!("{line} {way}\nundo"));
        }
    }
    let others = "edit 9:30 --end 11:30\nback --at 11:30";
    assert_snapshot!(desk.refuses_all(others));
    desk.does("remove 11:00\nedit 9:30 --end 11:30");
}

#[test]
fn what_kind_something_new_is_has_to_be_said_where_nobody_can_be_asked() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all("now frobbing\nadd 11-12 frobbing\nwas frobbing\nnow frobbing --kind x"));
    desk.does("now frobbing --kind s --ago 30m");
    assert_eq!(desk.json("status --json")["running"]["kind"], "shaping");
    desk.does("stop\nadd 11-12 frobbing");
    assert_eq!(desk.json("day --json")["blocks"][1]["kind"], "shaping");
}

#[test]
fn a_block_that_is_not_there_cannot_be_meant() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        "
        edit @9 --kind c
        edit 8:00 --kind c
        edit 9:30
        edit 9:30 --kind i
        remove @0
        remove banana
        remove yesterday@14:00
        split @7
        history @5
        history nope
        "
    ));
}

#[test]
fn where_nothing_runs_or_ran_there_is_nothing_to_stop_and_nothing_to_go_back_to() {
    let desk = Desk::new();
    assert_snapshot!(desk.refuses_all("stop\nback\nundo\nredo\nwas mail\nwas"));
}

#[test]
fn what_runs_already_is_not_started_again() {
    let desk = afternoon();
    desk.does("now standup");
    assert_snapshot!(desk.refuses_all("now standup\nwas mail\nstop --at 14:00"));
}

#[test]
fn words_that_are_none_or_would_harm_a_terminal_are_refused_and_shown_harmless() {
    let desk = afternoon();
    let long = "x".repeat(300);
    let tags = (0..40).map(|tag| format!(" +t{tag}")).collect::<Vec<_>>().concat();
    let seen = desk.refuses_all(&format!(
        "now \"\"\nnow +team\nadd 11-12 +team\nnow a\u{1b}[31mred\nnow a\u{202e}b\nnow a\u{2066}b\nnow a\u{7}b
         now mail --note \"x\u{9b}31m\"\nnow mail +\u{1b}[0m\nnow mail{tags}\nnow mail \u{9f} --kind c
         edit @1 a\u{1b}b\noff \u{202e}x\nday \u{1b}[2J\nremove \u{1b}[2J\nedit --day \u{1b}x"
    ));
    assert_snapshot!(seen.replace(|c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}".contains(c), "?"));
    let said = desk.refuses(&format!("now {long}"));
    assert!(said.ends_with("has more than 200 characters\nhint: keep the activity short; a note holds the rest\n"));
    let said = desk.refuses(&format!("now mail --note {}", "x".repeat(50_000)));
    assert!(said.ends_with("error: the note has more than 40000 bytes\nhint: say it in fewer words\n"));
}

#[test]
fn what_was_meant_as_days_is_never_taken_for_the_reason_of_a_break() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all("off 24 dez..1 jan\noff yesterday..\noff 24 dec..24 dec 2030 sabbatical"));
    desk.does("off back soon...\nundo\noff 24 dec");
    assert_snapshot!("off_already", desk.refuses("off 24 dec"));
    desk.does("remove 2026-12-24@12:00\noff 24 dec");
}

#[test]
fn a_command_that_is_none_is_told_as_every_other_refusal_is() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        "
        nwo mail
        standup
        --frob
        day --jsn
        now fix -v flag --kind c
        now
        add
        add 9-10
        remove
        stop 9:30
        undo everything
        now mail --at 9 --ago 9m
        now mail --at 9 --at 10
        now mail --trim --fit
        now mail --kind
        edit --day --kind c
        edit --interrupted often
        history -n few
        trend --weeks 0
        export xml
        import pdf blocks
        config set
        status --running --json
        "
    ));
}

#[test]
fn a_day_or_a_week_that_is_none_is_refused() {
    let desk = afternoon();
    assert_snapshot!(desk.refuses_all(
        "day 2026-13-01\nday 31 feb\nday never\nweek w99\nweek soon\nedit --day never\nexport csv --from never
         export csv --from 2026-11-20 --to 2026-11-10"
    ));
}

#[test]
fn arguments_that_are_not_text_are_refused() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let desk = afternoon();
        let mut command = desk.command("now");
        let answer = desk.answered(command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9")));
        assert_eq!(answer.code, Some(1));
        assert_snapshot!("not_text", answer.said);
    }
}

#[test]
fn what_could_not_be_read_back_is_never_acknowledged() {
    let mut desk = Desk::new();
    desk.refuses("off 9999-12-31");
    // A clock that stands at the end of what the format can write.
    desk.at("9999-12-31T23:59:30+00:00");
    for line in ["now standup", "add 5m mail", "off today"] {
        let answer = desk.answer(line);
        assert!(answer.code != Some(0) || desk.answer("check").code == Some(0), "{line}: {}", answer.said);
    }
    assert!(!desk.answer("check").printed.contains("cannot be understood"));
}
