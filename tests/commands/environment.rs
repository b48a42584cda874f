//! What the machine does not allow: it is told with what can be done, with exit code 2,
//! and the journal is byte for byte what it was. A prompt never breaks over it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::Desk;
use crate::desk::Answer;

/// The commands that read, and those that write.
const READING: &[&str] = &["day", "week", "trend", "history", "export jsonl", "check"];
const WRITING: &[&str] =
    &["now mail", "add 8-8:30 mail", "edit @1 --kind s", "remove @1", "undo", "off 24 dec", "off 24 nov"];

fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.log("9:00 now standup\n9:30 create design doc\n10:00 stop");
    desk.at("11:00");
    desk
}

#[test]
fn a_file_where_the_journal_should_be_is_told_by_every_command() {
    for place in ["blocked", "blocked/journal"] {
        let mut desk = Desk::new();
        let path = desk.write("blocked", "no folder").with_file_name(place);
        desk.with("TILTMETER_JOURNAL", path.to_str().unwrap());
        for line in READING.iter().chain(WRITING) {
            let seen = desk.fails(line, 2);
            assert!(seen.contains("error: the journal is not a folder (~/blocked"), "{seen}");
            assert!(seen.contains("hint: TILTMETER_JOURNAL names another folder"), "{seen}");
        }
        assert_eq!(fs::read(desk.path("blocked")).unwrap(), b"no folder");
        // Where the settings are is told all the same.
        desk.prints("config path");
    }
}

#[test]
fn a_disk_that_takes_no_more_says_not_saved_and_the_journal_is_as_it_was() {
    let desk = morning();
    let before = desk.journal_bytes();
    for line in WRITING {
        let Answer { code, printed, said } = with_no_room(&desk, line);
        assert_eq!((code, &*printed), (Some(2), ""), "{line}: {said}");
        assert!(said.starts_with("error: not saved: the file would be larger than the system allows (~/"), "{said}");
        assert!(said.contains("\nhint: "), "{said}");
        assert_eq!(desk.journal_bytes(), before, "{line}");
    }
    // With room again, everything goes on as if nothing had been.
    desk.does("check\nnow mail");
    assert_eq!(desk.json("status --json")["running"]["kind"], "consuming");
}

/// Runs a command that may not make any file longer, as on a full disk.
fn with_no_room(desk: &Desk, line: &str) -> Answer {
    let command = desk.command(line);
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"")
        .arg(command.get_program())
        .args(command.get_args());
    shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    desk.answered(&mut shell)
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_has_no_room_is_told() {
    let desk = morning();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = desk.command("day");
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: cannot print: the disk is full\nhint: a change that was asked for is saved all the same: tiltmeter history shows it\n"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_says_not_saved() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = morning();
    let folder = desk.journal().join("2026");
    let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o500);
    // To the superuser nothing is forbidden; then there is nothing to try.
    if fs::write(folder.join("probe"), "").is_err() {
        let seen = desk.fails("off 24 dec", 2);
        assert!(seen.contains("error: not saved: permission denied (~/"), "{seen}");
    }
    allow(0o700);
}

#[cfg(unix)]
#[test]
fn a_journal_that_is_a_link_to_elsewhere_is_not_written_through() {
    let desk = morning();
    let elsewhere = desk.write("elsewhere", &fs::read_to_string(desk.month()).unwrap());
    fs::remove_file(desk.month()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, desk.month()).unwrap();
    let seen = desk.fails("now mail", 2);
    assert!(seen.contains("error: not saved: it is a link, and links are not written through"), "{seen}");
}

/// `undo` would take back another change, and `@1` be another block. Catches: a change that is
/// decided on what could be read, where that is not all that this device wrote.
#[cfg(unix)]
#[test]
fn what_depends_on_a_file_of_this_device_that_cannot_be_read_is_refused() {
    let desk = morning();
    desk.does("add 9-10 retro --on 2026-09-21 --kind i\nspark read the RFC\nadd 8-8:30 mail");
    let month = fs::read(desk.month()).unwrap();
    fs::remove_file(desk.month()).unwrap();
    assert!(Command::new("mkfifo").arg(desk.month()).status().unwrap().success());
    for line in ["undo", "edit @1 --kind s", "remove @1", "now mail", "day --felt 4"] {
        let Answer { code, printed, said } = desk.answer(line);
        assert_eq!((code, &*printed), (Some(2), ""), "{line}: {said}");
        let why =
            "error: not saved: a part of the journal cannot be read: it is not a file (~/data/tiltmeter/journal/2026/";
        assert!(said.contains(why) && said.contains("hint: make it readable"), "{line}: {said}");
    }
    // What has nothing to do with that month goes on.
    desk.does("spark done 1");
    fs::remove_file(desk.month()).unwrap();
    fs::write(desk.month(), month).unwrap();
    desk.does("check\nundo\nundo");
}

#[test]
fn what_a_newer_version_wrote_is_shown_and_cannot_be_changed() {
    let desk = morning();
    let newer = fs::read_to_string(desk.month()).unwrap().replace("\"v\":1", "\"v\":2");
    fs::write(desk.month(), newer.replace("standup", "stand-up")).unwrap();
    let note = "of a newer tiltmeter (format 2)";
    for line in ["day", "status", "history"] {
        let Answer { code, printed, said } = desk.answer(line);
        assert_eq!(code, Some(0));
        assert!(said.contains(note), "{line}: {said}");
        assert!(
            line == "status" || printed.contains("stand-up") && printed.contains("design doc"),
            "{line}: {printed}"
        );
    }
    for line in ["edit @1 --kind s", "remove 9:15", "split @1"] {
        let seen = desk.fails(line, 2);
        assert!(seen.contains("only that can change it\nhint: update tiltmeter on this machine"), "{seen}");
    }
    // What is new can be logged beside it.
    desk.does("now mail");
}

#[test]
fn a_damaged_line_is_told_by_every_command_with_its_place_and_hides_no_other() {
    let desk = morning();
    let day = desk.prints("day");
    let whole = fs::read_to_string(desk.month()).unwrap();
    fs::write(desk.month(), whole.replacen('\n', "\n{\"v\":1,\"change\":torn by a sync\n", 1)).unwrap();
    let place = "~/data/tiltmeter/journal/2026/2026-11.laptop.jsonl, line 2 cannot be understood";
    for line in [
        "day",
        "week",
        "trend",
        "history",
        "status",
        "status --json",
        "export jsonl",
        "now mail",
        "edit @1 +x",
        "undo",
        "redo",
        "stop",
    ] {
        let Answer { code, said, .. } = desk.answer(line);
        // What began now and ends now is removed; nothing is left to stop.
        assert_eq!(code, Some(0), "{line}: {said}");
        assert_eq!(said.matches(place).count(), 1, "{line}: {said}");
    }
    let Answer { code, printed, said } = desk.answer("check");
    assert_eq!((code, &*said), (Some(2), ""));
    assert!(printed.contains(place), "{printed}");
    assert_eq!(desk.prints("day"), day);
}

#[test]
fn a_line_that_is_still_arriving_is_no_damage_and_the_next_change_stands_alone() {
    let desk = morning();
    let day = desk.prints("day");
    let whole = fs::read_to_string(desk.month()).unwrap();
    let torn = &whole[..whole.len() - 40];
    fs::write(desk.month(), format!("{whole}{}", &torn[torn.len() - 100..])).unwrap();
    assert_eq!(desk.answer("day"), Answer { code: Some(0), printed: day, said: String::new() });
    let Answer { code, printed, .. } = desk.answer("check");
    assert_eq!(code, Some(0));
    assert!(printed.contains("line 4: the last line has no end"), "{printed}");
    desk.does("create spec");
    assert_eq!(desk.json("status --json")["running"]["kind"], "creating");
}

#[test]
fn settings_that_are_not_understood_are_told_with_what_was_meant() {
    let seen = |text: &str| {
        let desk = Desk::new();
        desk.write("config/tiltmeter/config.toml", text);
        let (day, now) = (desk.fails("day", 2), desk.fails("now mail", 2));
        assert_eq!(day.lines().skip(1).collect::<Vec<_>>(), now.lines().skip(1).collect::<Vec<_>>());
        day
    };
    assert_snapshot!(
        [
            "targt = 40",
            "favourite_colour = \"cyan\"",
            "target = \"high\"",
            "target = 140",
            "target = { mon = 20, someday = 30 }",
            "expected = -1",
            "lunch = \"noon\"",
            "day_start = \"13:00\"",
            "week_start = \"holiday\"",
            "glyphs = \"emoji\"",
            "shaping = true",
            "zone = \"Mars/Base\"",
            "target = 30\ntarget = 40",
            "\u{feff}target = 30\n\nlunch =",
            "\"\\u001b[2J\" = 1",
        ]
        .map(seen)
        .concat()
    );
}

#[test]
fn variables_that_are_not_understood_are_told_with_what_would_be() {
    let seen = [
        ("TILTMETER_TARGET", "lots"),
        ("TILTMETER_NOW", "tomorrow"),
        ("TZ", "Mars/Base"),
        ("TZ", "CET-1CEST"),
        ("TILTMETER_LUNCH", "\u{1b}[2J"),
    ];
    assert_snapshot!(seen.map(|(name, value)| Desk::new().with(name, value).fails("day", 2)).concat());
}

#[test]
fn what_a_hint_offers_for_a_variable_is_taken() {
    for name in ["TARGET", "SHAPING", "EXPECTED", "WORK_BEGINS", "LUNCH", "DAY_START", "WEEK_START", "GLYPHS"] {
        let name = format!("TILTMETER_{name}");
        let seen = Desk::new().with(&name, "[]").fails("day", 2);
        let offered = seen.split(&format!("hint: for example: {name}='")).nth(1).unwrap_or_else(|| panic!("{seen}"));
        Desk::new().with(&name, offered.trim_end().trim_end_matches('\'')).prints("day");
    }
}

#[test]
fn settings_that_cannot_be_read_are_told() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("config/tiltmeter/config.toml")).unwrap();
    assert_snapshot!(desk.fails("day", 2));
    let desk = Desk::new();
    fs::create_dir_all(desk.path("config/tiltmeter")).unwrap();
    fs::write(desk.path("config/tiltmeter/config.toml"), b"target = \"\xff\"").unwrap();
    assert_snapshot!("settings_not_text", desk.fails("day", 2));
}

#[test]
fn without_home_the_named_folders_are_enough() {
    let desk = morning();
    let mut command = desk.command("day");
    let answer = desk.answered(command.env_remove("HOME"));
    assert_eq!(answer, desk.answer("day"));
}

#[test]
fn the_status_of_whatever_is_wrong_exits_with_0_and_whether_something_runs_prints_nothing() {
    let broken: [fn(&mut Desk); 4] = [
        |desk| {
            let path = desk.write("blocked", "");
            desk.with("TILTMETER_JOURNAL", path.to_str().unwrap());
        },
        |desk| {
            desk.with("TZ", "Mars/Base");
        },
        |desk| {
            desk.with("TILTMETER_NOW", "x");
        },
        |desk| {
            desk.write("config/tiltmeter/config.toml", "targt = 1");
        },
    ];
    for break_it in broken {
        let mut desk = Desk::new();
        break_it(&mut desk);
        for line in [
            "status",
            "status --json",
            "status --words",
            "status --for tmux",
            "status --for waybar",
            "status --for prompt",
            "status --format {today.share}",
        ] {
            let Answer { code, printed, said } = desk.answer(line);
            assert_eq!((code, &*printed), (Some(0), ""), "{line}");
            assert!(said.starts_with("error: ") && said.lines().count() == 1, "{line}: {said}");
        }
        let silent = Answer { code: Some(1), printed: String::new(), said: String::new() };
        assert_eq!(desk.answer("status --running"), silent);
    }
}

#[test]
fn whether_something_runs_is_answered_by_the_exit_code_alone() {
    let mut desk = Desk::new();
    let silent = |code| Answer { code: Some(code), printed: String::new(), said: String::new() };
    assert_eq!(desk.answer("status --running"), silent(1));
    desk.does("now standup");
    assert_eq!(desk.answer("status --running"), silent(0));
    desk.at("9:30").does("off lunch");
    assert_eq!(desk.answer("status --running"), silent(0));
    desk.at("10:00").does("stop");
    assert_eq!(desk.answer("status --running"), silent(1));
    // Not even a damaged journal makes it speak.
    fs::write(desk.month(), format!("garbage\n{}", fs::read_to_string(desk.month()).unwrap())).unwrap();
    assert_eq!(desk.answer("status --running"), silent(1));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut desk = Desk::new();
    let time =
        |minute: u32| format!("2026-11-{:02}T{:02}:{:02}:00+01:00", 1 + minute / 1440, minute / 60 % 24, minute % 60);
    let block = |minute: u32| {
        let (start, end, activity) = (time(minute), time(minute + 1), "design doc ".repeat(15));
        format!("{{\"start\":\"{start}\",\"end\":\"{end}\",\"kind\":\"creating\",\"activity\":\"{activity}\"}}\n")
    };
    let blocks = (0..1_500).map(block).collect::<Vec<_>>().concat();
    desk.write("blocks", &blocks);
    desk.at("18:00").does("import jsonl blocks");
    for line in ["export jsonl", "export json", "export csv", "day 2026-11-01", "history -n 5000"] {
        let mut command = desk.command(line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One line is read, and then nobody is there.
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty(), "{line}");
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*said), (Some(0), ""), "{line}");
    }
}
