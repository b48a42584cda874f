//! Surroundings that are missing, closed or of another kind: a clear message or silence, for every
//! command, and never a panic. That a disk is read-only is tried in `tests/faults`.

use std::fs;
use std::process::{Command, Stdio};

use crate::Desk;
use crate::desk::Answer;

/// A way to ask every command but [`DEMO`].
const EVERY: &[&str] = &[
    "",
    "--help",
    "--version",
    "help day",
    "nothing-of-this-name",
    "now mail",
    "create spec",
    "shape review",
    "consume mail",
    "was mail",
    "back",
    "stop",
    "off lunch",
    "add 8:00-8:30 mail",
    "edit @1 --kind s",
    "edit --day",
    "split @1",
    "remove @1",
    "restore @1",
    "undo",
    "redo",
    "confirm",
    "history",
    "day",
    "day --html",
    "week",
    "trend",
    "spark",
    "spark read the RFC",
    "target",
    "baseline",
    "status",
    "status --for tmux",
    "export jsonl",
    "import jsonl nowhere",
    "check",
    "check --repair",
    "config show",
    "config path",
    "config check",
    "config schema",
    "completions bash",
    "man",
    "man day",
    "nudge --print --set nudges.silence=5",
    "sample",
    "sample c --set nudges.sample=5",
];

/// It takes long to make up a quarter in a debug build, and prints as `day` does.
const DEMO: &str = "demo";

/// Catches: a command that was never tried without a home, a terminal, a stream or a text.
#[test]
fn every_command_is_tried() {
    let help = Desk::new().prints("--help");
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in list.lines().map(|line| line.split_whitespace().next().unwrap()).filter(|name| *name != DEMO) {
        let is_tried = EVERY.iter().any(|line| line.split(' ').next() == Some(command));
        assert!(is_tried, "give {command} a line in EVERY");
    }
}

fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.log("9:00 now standup\n9:30 create design doc\n10:00 stop");
    // No real editor: it would wait for keys.
    desk.at("11:00").with("EDITOR", "true");
    desk
}

/// What a person may be told: something with a way out, or nothing.
fn is_plain(line: &str, Answer { code, said, .. }: &Answer) {
    assert!(code.is_some_and(|code| code <= 2), "{line}: {code:?} {said}");
    assert!(!["panicked", "os error", "RUST_BACKTRACE"].iter().any(|word| said.contains(word)), "{line}: {said}");
    assert!(*code != Some(2) || said.is_empty() || said.contains("hint: "), "{line}: {said}");
}

/// Runs a command of a desk by a shell, which first does something to its streams.
#[cfg(unix)]
fn with_streams(desk: &Desk, line: &str, streams: &str) -> Answer {
    let command = desk.command(line);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("exec \"$0\" \"$@\" {streams}"));
    shell.arg(command.get_program()).args(command.get_args()).current_dir(desk.path(""));
    shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    desk.answered(shell.stdin(Stdio::null()))
}

/// Catches: a stream that is taken to be there.
#[cfg(unix)]
#[test]
fn with_any_of_its_streams_closed_a_command_does_what_it_was_told() {
    for streams in [">&-", "<&- >&- 2>&-"] {
        let desk = morning();
        for line in EVERY {
            let answer = with_streams(&desk, line, streams);
            is_plain(line, &answer);
        }
        desk.does("check");
    }
}

/// Catches: help, or any answer, that vanishes on a full disk and is called done. Only of `status`
/// the exit code is 0 all the same, for the sake of prompts.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_told_by_every_command_that_prints() {
    let desk = morning();
    for line in EVERY {
        let answer = with_streams(&desk, line, ">/dev/full");
        is_plain(line, &answer);
        if !answer.said.starts_with("error: cannot print: the disk is full") {
            // Then it had nothing to print: it was refused, or could not read what it was given.
            assert_ne!(answer.code, Some(0), "{line}: {}", answer.said);
        } else if !line.starts_with("status") {
            assert_eq!(answer.code, Some(2), "{line}: {}", answer.said);
        }
        let silent = with_streams(&desk, line, ">/dev/full 2>/dev/full");
        is_plain(line, &silent);
    }
    for line in ["--help", "--version", "help day", "day --help"] {
        assert_eq!(with_streams(&desk, line, ">/dev/full").code, Some(2), "{line}");
    }
}

/// Catches: a pane, or colours, sent to what is no terminal that takes them; a terminal asked for.
#[test]
fn without_a_known_terminal_everything_is_text() {
    for term in [None, Some("dumb")] {
        let mut desk = morning();
        if let Some(term) = term {
            desk.with("TERM", term);
        }
        for line in EVERY {
            let answer = desk.answer(line);
            is_plain(line, &answer);
            assert!(!answer.printed.contains('\x1b'), "{term:?} {line}");
        }
    }
}

/// Catches: a home that has to be there, or that is made where nothing was to be written.
#[test]
fn with_a_home_that_is_missing_reading_works_and_writing_says_what_to_do() {
    let desk = Desk::new();
    // A file stands where the home would be, so that not even the superuser can make it.
    desk.write("blocked", "");
    for line in EVERY {
        let mut command = desk.command(line);
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command.env_remove(name);
        }
        let answer = desk.answered(command.env("HOME", desk.path("blocked/home")).stdin(Stdio::null()));
        is_plain(line, &answer);
        if line.starts_with("now") {
            assert_eq!((answer.code, &*answer.printed), (Some(2), ""), "{line}");
            assert!(answer.said.starts_with("error: "), "{line}: {}", answer.said);
        }
    }
    assert_eq!(fs::read(desk.path("blocked")).unwrap(), b"");
}

/// Without `HOME` the system is asked who this is; somebody whom it does not know has no home.
/// Catches: a folder without a name, such as `/.local/share`.
#[cfg(target_os = "linux")]
#[test]
fn somebody_without_any_home_is_told_which_variables_to_set() {
    // Only the superuser can become somebody who is not known.
    let unknown = |desk: &Desk, line: &str| {
        let command = desk.command(line);
        let mut other = Command::new("setpriv");
        other.args(["--reuid=54321", "--clear-groups"]).arg(command.get_program()).args(command.get_args());
        let variables = [("TILTMETER_NOW", "2026-11-24T11:00:00+01:00"), ("TZ", "Europe/Berlin")];
        other.env_clear().envs(variables).env("PATH", std::env::var_os("PATH").unwrap()).current_dir("/");
        other.stdin(Stdio::null()).output().ok().filter(|output| output.status.code().is_some_and(|code| code <= 2))
    };
    let desk = Desk::new();
    let can = unknown(&desk, "--version").is_some_and(|output| output.status.success());
    if !can {
        // Only the superuser, with setpriv, can be somebody unknown.
        return;
    }
    let needs_none = |line: &str| {
        ["help", "--version", "nothing", "completions", "man", "config schema"].iter().any(|word| line.contains(word))
    };
    for line in EVERY.iter().filter(|line| !needs_none(line)) {
        let output = unknown(&desk, line).unwrap_or_else(|| panic!("{line}"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with("error: there is no home folder to keep a journal in"), "{line}: {said}");
        // In a status bar a line is all there is room for.
        assert!(said.contains("hint: set HOME") || line.starts_with("status"), "{line}: {said}");
    }
}

/// Catches: blocks and beams that a terminal of another encoding shows as rubbish, and a locale
/// that goes before what somebody has chosen.
#[cfg(unix)]
#[test]
fn in_a_locale_without_utf8_pictures_are_ascii_unless_that_was_chosen() {
    for (name, value) in [("LANG", "C"), ("LC_ALL", "POSIX"), ("LC_CTYPE", "de_DE.ISO-8859-1")] {
        let mut desk = morning();
        desk.with(name, value);
        for line in ["day", "week", "status", "history", "trend"] {
            let printed = desk.prints(line);
            assert!(printed.is_ascii(), "{name}={value} {line}: {printed}");
        }
        let mut desk = morning();
        desk.with(name, value).with("TILTMETER_GLYPHS", "unicode");
        assert!(!desk.prints("day").is_ascii());
    }
    let mut desk = morning();
    desk.with("LANG", "C").with("LC_ALL", "C.UTF-8");
    assert!(!desk.prints("day").is_ascii());
    // What was written stays as it was: only pictures are drawn otherwise.
    let mut desk = morning();
    desk.with("LANG", "C").does("create Größe");
    assert!(desk.prints("export jsonl").contains("Größe"));
}

/// Bytes that are no text come in arguments and in variables. Catches: `env::args` and `env::var`,
/// which panic or lose them.
#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_refused_or_ignored() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let odd = OsStr::from_bytes(b"caf\xe9");
    let desk = morning();
    for line in EVERY {
        let answer = desk.answered(desk.command(line).arg(odd).stdin(Stdio::null()));
        is_plain(line, &answer);
    }
    for name in ["LANG", "TERM", "COLUMNS", "EDITOR", "TZ", "TILTMETER_TARGET", "TILTMETER_DEVICE", "NO_COLOR", "HOME"]
    {
        for line in ["day", "status", "config show", "now mail", "--help"] {
            is_plain(line, &desk.answered(desk.command(line).env(name, odd).stdin(Stdio::null())));
        }
    }
}
