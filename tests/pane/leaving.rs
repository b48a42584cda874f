//! The pane itself is left: the terminal is as it was, and so is the journal.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::home::Home;
use crate::terminal::Terminal;
#[cfg(target_os = "linux")]
use crate::terminal::eventually;

/// Far more than it takes, and far less than for ever.
const SOON: Duration = Duration::from_secs(10);

/// A pane with a line half typed into it.
fn half_typed(home: &Home) -> Terminal {
    let mut pane = home.pane();
    pane.shows("1:1 platform lead").types("nhalf a lin").shows("now half a lin");
    pane
}

/// What was logged is there, and nothing else.
fn is_as_it_was(home: &Home) {
    assert!(home.is_sound());
    assert_eq!(home.day(), Home::on_a_working_day().day());
}

#[test]
fn q_and_control_c_leave_it_and_what_runs_goes_on() {
    for key in ["q", "\x03"] {
        let home = Home::on_a_working_day();
        let mut pane = home.pane();
        pane.shows("1:1 platform lead").types(key).is_given_back();
        assert_eq!(pane.ends(), 0);
        is_as_it_was(&home);
    }
}

#[test]
fn control_c_closes_a_line_before_it_leaves() {
    let home = Home::on_a_working_day();
    let mut pane = half_typed(&home);
    pane.types("\x03").shows("n now").types("\x03").is_given_back();
    assert_eq!(pane.ends(), 0);
    is_as_it_was(&home);
}

#[test]
fn asked_to_end_it_gives_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let home = Home::on_a_working_day();
        let mut pane = half_typed(&home);
        pane.signal(signal).is_given_back();
        assert_eq!(pane.ends(), code);
        is_as_it_was(&home);
    }
}

#[test]
fn hung_up_or_without_a_terminal_it_ends_at_once() {
    for end in [|pane: &mut Terminal| pane.signal(Signal::HUP).pid(), |pane: &mut Terminal| pane.vanishes().pid()] {
        let home = Home::on_a_working_day();
        let mut pane = half_typed(&home);
        let before = Instant::now();
        end(&mut pane);
        assert_eq!(pane.ends(), 129);
        assert!(before.elapsed() < SOON);
        assert!(home.is_sound());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_orphan_ends_too() {
    // The shell ends first, by a signal that nobody can catch; with it goes its terminal.
    for ignored in ["", "trap '' HUP; "] {
        let home = Home::on_a_working_day();
        let line = format!("{ignored}sh -c 'echo $$ >pid; exec $program'; exit");
        let mut shell = Terminal::open(home.shell(&["sh", "-c", &line]), 80, 24);
        // Once it answers, it listens to signals too.
        shell.shows("1:1 platform lead").types("n").shows("esc close");
        let pid = fs::read_to_string(home.path("pid")).unwrap();
        shell.signal(Signal::KILL);
        eventually("the orphan ends", || {
            // Nobody may have asked for its exit code.
            let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
            stat.is_empty() || stat.contains(") Z ")
        });
        is_as_it_was(&home);
    }
}

#[test]
fn stopped_and_continued_it_is_back_with_what_was_typed() {
    let home = Home::on_a_working_day();
    let mut shell = Terminal::open(home.shell(&["bash", "--norc", "--noprofile", "-i"]), 80, 24);
    shell.shows("prompt> ").types("$program\r").is_taken().shows("1:1 platform lead");
    shell.types("nhalf a lin").shows("now half a lin");
    for _ in 0..2 {
        shell.types("\x1a").waits_for("a prompt", |screen| {
            !screen.alternate_screen() && screen.contents().trim_end().ends_with("prompt>")
        });
        shell.types("echo one two | tr a-z A-Z\r").shows("ONE TWO");
        // What happens meanwhile is seen afterwards.
        home.does("add 12-12:30 mail");
        shell.types("clear; fg\r").waits_for("the pane with the line", |screen| {
            screen.alternate_screen() && screen.contents().contains("now half a lin")
        });
        shell.types("\x1b").shows("mail").types("nhalf a lin").shows("now half a lin");
        home.does("undo");
    }
    shell.types("e @15:30\r").shows("which kind?").types("c").shows("half a line");
    shell.types("q").waits_for("the shell", |screen| !screen.alternate_screen()).types("exit 7\r");
    assert_eq!(shell.ends(), 7);
    assert!(home.is_sound());
    assert!(home.day().ends_with("15:20-15:30 sh 1:1 platform lead\n15:30- cr half a line\n"), "{}", home.day());
}
