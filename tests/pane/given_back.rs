//! The terminal is given back on every way out, as it was.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, test_kill_process};
use tempfile::TempDir;

use crate::program;
use crate::terminal::{PATIENCE, Terminal};

/// A program on a terminal, and the folder that it watches.
fn running() -> (TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(program::command(folder.path()), 60, 8);
    terminal.shows("woken by nothing").is_taken();
    (folder, terminal)
}

/// A program that a shell with job control runs.
fn in_a_shell(shell: &[&str]) -> (TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(program::shell(shell, folder.path()), 60, 8);
    terminal.shows("prompt> ").types("$program\r").shows("woken by nothing").is_taken();
    (folder, terminal)
}

/// Returns what stands behind the last leaving of the alternate screen.
fn after_leaving(terminal: &Terminal) -> String {
    terminal.raw().rsplit_once("\x1b[?1049l").unwrap().1.to_owned()
}

#[test]
fn given_back_when_it_is_quit() {
    let (_folder, mut terminal) = running();
    terminal.types("q").is_given_back();
    assert_eq!(terminal.ends(), 0);
    let raw = terminal.raw();
    for (enter, leave) in [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[22;0t", "\x1b[23;0t")] {
        assert_eq!((raw.matches(enter).count(), raw.matches(leave).count()), (1, 1), "{raw:?}");
    }
    assert!(raw.contains("\x1b]2;a title\x1b\\") && !raw.contains("\x1b[?1003"), "{raw:?}");
}

#[test]
fn given_back_it_is_a_terminal_for_lines_and_nobody_else_reads_them() {
    let (_folder, mut terminal) = running();
    terminal.types("w").is_given_back();
    for key in "a longer linex\x7f to be read\r".chars() {
        terminal.types(&key.to_string());
    }
    terminal.shows("after the pane: a longer line to be read");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn given_back_when_an_error_ends_it_which_is_told_afterwards() {
    let (_folder, mut terminal) = running();
    terminal.types("x").is_given_back();
    assert_eq!(terminal.ends(), 2);
    assert!(after_leaving(&terminal).contains("error: what went wrong"));
}

#[test]
fn given_back_before_a_panic_says_why_and_only_once() {
    let (_folder, mut terminal) = running();
    terminal.types("p").is_given_back();
    assert_ne!(terminal.ends(), 0);
    let raw = terminal.raw();
    assert!(after_leaving(&terminal).contains("a panic's message"), "{raw:?}");
    assert_eq!(raw.matches("a panic's message").count(), 1, "{raw:?}");
    assert_eq!(raw.matches("\x1b[?1049l").count(), 1, "{raw:?}");
}

#[test]
fn given_back_when_it_is_asked_to_end() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let (_folder, mut terminal) = running();
        terminal.signal(signal).is_given_back();
        assert_eq!(terminal.ends(), code);
    }
}

#[test]
fn a_hangup_ends_it_at_once_and_writes_nothing() {
    let (_folder, mut terminal) = running();
    let before = terminal.raw();
    let sent = Instant::now();
    terminal.signal(Signal::HUP);
    assert_eq!(terminal.ends(), 129);
    assert!(sent.elapsed() < Duration::from_secs(5));
    assert_eq!(terminal.raw(), before);
}

#[test]
fn a_terminal_that_vanishes_ends_it() {
    let (_folder, mut terminal) = running();
    terminal.vanishes();
    assert_eq!(terminal.ends(), 129);
}

#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_it_too() {
    // No hangup is sent to a session of its own, and none counts where it is ignored.
    let line = "trap '' HUP; setsid -w $program; echo $? >code";
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(program::shell(&["sh", "-c", line], folder.path()), 60, 8);
    terminal.shows("woken by nothing").is_taken().vanishes();
    let code = || fs::read_to_string(folder.path().join("code")).unwrap_or_default();
    let deadline = Instant::now() + PATIENCE;
    while code().is_empty() {
        assert!(Instant::now() < deadline, "it lives on");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(code(), "129\n");
}

#[test]
fn stopped_it_leaves_the_terminal_to_the_shell_and_draws_anew_when_it_goes_on() {
    for shell in [&["bash", "--norc", "--noprofile", "-i"][..], &["sh", "-i"]] {
        let (_folder, mut terminal) = in_a_shell(shell);
        for _ in 0..3 {
            terminal.types("z").waits_for("a prompt", |screen| {
                !screen.alternate_screen() && screen.contents().trim_end().ends_with("prompt>")
            });
            // The shell has its line editing, and the program steals no key.
            terminal.types("echo onx\x7fe two | tr a-z A-Z\r").shows("ONE TWO");
            terminal.types("clear; fg\r").is_taken().shows("woken by");
            terminal.types("k").shows("woken by key k").types("l").shows("woken by key l");
        }
        terminal.types("q").waits_for("the shell", |screen| !screen.alternate_screen());
        terminal.types("exit 7\r");
        assert_eq!(terminal.ends(), 7);
    }
}

#[test]
fn stopped_from_elsewhere_it_takes_the_terminal_again() {
    let (_folder, mut terminal) = running();
    terminal.signal(Signal::STOP).signal(Signal::CONT).shows("woken by SIGCONT").is_taken();
    terminal.types("q").is_given_back();
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn without_a_shell_to_continue_it_it_is_not_stopped() {
    let (_folder, mut terminal) = running();
    terminal.types("z").shows("woken by its shell").is_taken();
    terminal.types("k").shows("woken by key k").types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn an_editor_gets_every_key_and_none_of_them_is_lost_afterwards() {
    let (_folder, mut terminal) = running();
    for round in 0..20 {
        terminal
            .types("e")
            .waits_for("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing"));
        let line = format!("abc{round}");
        for key in line.chars() {
            terminal.types(&key.to_string());
        }
        // The key after the line is for the program again.
        terminal.types("\r").shows(&format!("woken by line {line}")).is_taken();
        terminal.types("k").shows("woken by key k");
    }
    terminal.types("q").is_given_back();
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn control_c_in_an_editor_is_the_editors() {
    let (_folder, mut terminal) = running();
    terminal.types("e").shows("editing").types("\x03").shows("caught").types("still\r");
    terminal.shows("woken by line still").types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn half_a_key_keeps_nobody_from_anything() {
    let (_folder, mut terminal) = running();
    // Alt-[ is how many keys begin.
    terminal.types("\x1b[").resizes(50, 7).shows("50x7");
    terminal.types("Ak").shows("woken by key k").types("\x1b[200~half a paste");
    terminal.resizes(40, 6).shows("40x6").types("\x1b[201~").shows("woken by paste half a paste");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn every_size_is_drawn_whole() {
    let (_folder, mut terminal) = running();
    for (columns, rows) in [(20, 3), (100, 30), (17, 9), (60, 3), (80, 24)] {
        terminal.resizes(columns, rows).shows(&format!("{columns}x{rows}"));
        terminal.types("k").shows("woken by key k").types("l").shows("woken by key l");
        assert_eq!(terminal.text().lines().count(), 3, "{}", terminal.text());
    }
    assert!(test_kill_process(terminal.pid()).is_ok());
}
