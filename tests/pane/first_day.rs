//! Somebody new: the first minute, and a whole working day.

use std::fs;

use crate::home::Home;
use crate::terminal::Terminal;

#[test]
fn three_lines_tip_the_beam_while_they_are_typed_and_are_saved_by_an_empty_one() {
    let home = Home::at("15:40");
    let mut pane = home.pane();
    pane.shows("What was today so far?").shows("△").shows("Nothing leaves this machine");
    pane.types("standup\t9:15").shows("░ standup  taken in  09:00–09:15").shows(" 0 %").types("\r");
    pane.types("design doc\t10:30").shows("█ design doc  made  09:15–10:30").shows("83 %").types("\r");
    pane.types("1:1 platform lead\t11:05").shows("▓ 1:1 platform lead  shaped  10:30–11:05").shows("88 %").types("\r");
    assert_eq!(home.day(), "", "nothing is saved yet");
    pane.types("\r").shows("today   88 %").shows("09:15  █ design doc").types("q").is_given_back();
    assert_eq!(pane.ends(), 0);
    let lines = "09:00-09:15 co standup\n09:15-10:30 cr design doc\n10:30-11:05 sh 1:1 platform lead\n";
    assert_eq!(home.day(), lines);
    // It was one change; and nobody is asked twice.
    let mut pane = home.pane();
    pane.shows("09:15  █ design doc")
        .types("u")
        .waits_for("an empty day", |screen| !screen.contents().contains("09:15  █ design doc"));
    pane.types("q");
    assert_eq!(pane.ends(), 0);
    assert_eq!(home.day(), "");
}

#[test]
fn the_demo_says_that_it_is_made_up_and_leaves_nothing_behind() {
    let home = Home::at("15:40");
    let temporary = || fs::read_dir(home.path("tmp")).unwrap().count();
    let mut demo = home.opens("demo", 80, 24);
    demo.shows("made up, nothing of it is yours").shows("likely next");
    assert_eq!(temporary(), 1);
    demo.types("q").is_given_back();
    assert_eq!(demo.ends(), 0);
    assert_eq!(temporary(), 0);
    // From the first minute, and back to it.
    let mut pane = home.pane();
    pane.shows("What was today so far?").types("\t").shows("made up, nothing of it is yours");
    pane.types("q").shows("What was today so far?");
    assert_eq!(temporary(), 0);
    pane.types("\x1b").shows("nothing logged yet").types("q");
    assert_eq!(pane.ends(), 0);
    assert_eq!(home.day(), "");
}

#[test]
fn where_no_pane_can_be_shown_the_day_is_printed() {
    let mut home = Home::on_a_working_day();
    let day = home.does("day");
    assert!(day.contains("design doc"), "{day}");
    assert_eq!(home.does(""), day);
    home.with("TERM", "dumb").with("NO_COLOR", "1");
    let mut terminal = Terminal::open(home.command(""), 80, 24);
    assert_eq!(terminal.ends(), 0);
    assert!(terminal.raw().contains("design doc") && !terminal.raw().contains('\x1b'), "{}", terminal.raw());
    // Keys that come from elsewhere are none.
    let line = "exec $program </dev/null";
    home.with("TERM", "xterm-256color");
    let mut shell = Terminal::open(home.shell(&["sh", "-c", line]), 80, 24);
    shell.shows("design doc").types("q");
    assert!([0, 129].contains(&shell.ends()));
}

/// A day of one pane after another: each is opened at its time.
struct Day {
    home: Home,
    size: (u16, u16),
}

impl Day {
    /// Opens the pane at a time, sees that what was logged before is there, presses keys, and
    /// leaves.
    fn at(&mut self, time: &str, seen: &str, keys: &[&str]) {
        self.home.becomes(time);
        let mut pane = self.home.opens("", self.size.0, self.size.1);
        pane.shows(seen);
        for key in keys {
            pane.types(key);
        }
        pane.types("q").is_given_back();
        assert_eq!(pane.ends(), 0);
    }
}

#[test]
fn a_working_day_is_logged_key_by_key_and_every_pane_shows_all_before_it() {
    for size in [(80, 24), (40, 10)] {
        let mut day = Day { home: Home::at("9:00"), size };
        day.at("9:00", "nothing", &["n", "standup", "\r"]);
        // A switch ends what ran.
        day.at("9:15", "standup", &["c", "design doc", "\r"]);
        day.at("9:50", "design doc", &["!"]);
        // An interruption, and back.
        day.at("10:10", "design doc", &["i", "escalation: billing", "\r"]);
        day.at("10:35", "escalation: billing", &["b"]);
        day.at("12:00", "design doc", &["o"]);
        day.at("12:45", "off", &["b"]);
        day.at("13:00", "design doc", &[" "]);
        // Three meetings that nobody touched a key in.
        let meetings =
            ["w", "staff sync\t13:45", "\r", "planning\t14:30", "\r", "1:1 platform lead\t15:00", "\r", "\r"];
        day.at("15:00", "nothing", &meetings);
        // Half of the staff sync was coaching, from 13:10 on.
        day.at("15:00", "1:1 platform lead", &["G", "k", "k", "S", "t", "h", "h"]);
        let before = day.home.day();
        assert_eq!(
            before,
            "09:00-09:15 co standup\n09:15-10:10 cr design doc\n10:10-10:35 co escalation: billing\n\
             10:35-12:00 cr design doc\n12:00-12:45 of off\n12:45-13:00 cr design doc\n\
             13:00-13:10 co staff sync\n13:10-13:45 sh staff sync\n13:45-14:30 co planning\n\
             14:30-15:00 sh 1:1 platform lead\n",
            "{size:?}"
        );
        // A mistake.
        day.at("15:00", "1:1 platform lead", &["G", "d"]);
        assert_ne!(day.home.day(), before);
        day.at("15:00", "planning", &["u"]);
        assert_eq!(day.home.day(), before);
        assert!(day.home.does("export jsonl").contains("\"interrupted\":1"), "{}", day.home.does("export jsonl"));
        assert!(day.home.is_sound());
    }
}
