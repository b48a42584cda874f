//! Reminders that leave the pane: what the terminal is told, and what a notifier is.

use std::fs;

use crate::home::Home;

/// Catches: a sequence of another terminal, a name in it, a second one, a notifier that is never run.
#[test]
fn the_terminal_and_a_command_of_ones_own_are_told_once_and_of_no_name() {
    let mut home = Home::at("11:30");
    home.does("now secret plan --kind c --at 9:00");
    let settings = "[nudges]\nblock = 2\nby = \"bell terminal\"\ncommand = 'printf %s \"$1\" >> \"$HOME/told\"'\n";
    fs::create_dir_all(home.path("config/tiltmeter")).unwrap();
    fs::write(home.path("config/tiltmeter/config.toml"), settings).unwrap();
    home.with("TERM_PROGRAM", "WezTerm");
    let said = "a block runs for 2h30: does it still?";
    let mut pane = home.pane();
    pane.shows("\"secret plan\" runs for 2h30").shows("Z puts it");
    let sequence = format!("\x1b]777;notify;Tiltmeter;{said}\x07\x07");
    assert_eq!(pane.raw().matches(&sequence).count(), 1, "{:?}", pane.raw());
    pane.waits_for("the notifier to be told", |_| fs::read_to_string(home.path("told")).is_ok_and(|told| told == said));
    pane.types("\x1b").waits_for("no reminder", |screen| !screen.contents().contains("runs for 2h30"));
    pane.types("q");
    assert_eq!(pane.ends(), 0);
    let mut again = home.pane();
    again.shows("secret plan").types("Z").shows("there is no reminder to put off").types("q");
    assert_eq!(again.ends(), 0);
    assert!(!again.raw().contains("777;notify"), "{:?}", again.raw());
    assert_eq!(fs::read_to_string(home.path("told")).unwrap(), said);
}
