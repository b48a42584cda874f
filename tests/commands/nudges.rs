//! Reminders without a pane: `tiltmeter nudge`, with a notifier that writes down what it is told.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::Desk;

/// Returns a desk with a block that runs since nine, and these settings of reminders.
fn reminded(settings: &str) -> Desk {
    let mut desk = Desk::new();
    desk.write("config/tiltmeter/config.toml", &format!("[nudges]\nblock = 2\n{settings}\n"));
    desk.write("told", "");
    let notifier = desk.write("bin/notify-send", "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$HOME/told\"\n");
    fs::set_permissions(&notifier, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", desk.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    desk.with("PATH", &path);
    desk.does("now $(touch oops) <b> `x` --kind s --at 9:00");
    desk.at("11:30");
    desk
}

fn told(desk: &Desk) -> String {
    fs::read_to_string(desk.path("told")).unwrap()
}

/// Catches: a reminder that comes with every run of the timer, and a name that leaves unasked.
#[cfg(not(target_os = "macos"))]
#[test]
fn the_desktop_is_told_once_and_of_no_name() {
    let desk = reminded("by = \"desktop\"");
    desk.does("nudge\nnudge\nnudge");
    assert_eq!(told(&desk), "--app-name=Tiltmeter\n--\na block runs for 2h30: does it still?\n");
}

/// Catches: a text that becomes part of a command.
#[test]
fn a_command_of_ones_own_is_handed_the_text_and_runs_nothing_of_it() {
    let desk = reminded("words = true\ncommand = 'printf \"%s|%s\" \"$1\" \"$TILTMETER_NUDGE\" >> \"$HOME/told\"'");
    desk.does("nudge");
    let said = "\"$(touch oops) <b> `x`\" runs for 2h30: does it still?";
    assert_eq!(told(&desk), format!("{said}|{said}"));
    assert!(!desk.path("oops").exists());
}

/// Catches: a name in a mail of cron, which nobody asked for.
#[test]
fn what_is_printed_has_no_name_unless_that_was_asked_for() {
    assert_eq!(reminded("").prints("nudge"), "a block runs for 2h30: does it still?\n");
    assert!(reminded("words = true").prints("nudge --print").contains("`x`"));
}

/// Catches: a reminder that is lost because its notifier does not work.
#[test]
fn what_cannot_be_sent_is_printed_and_what_is_printed_is_not_sent() {
    let desk = reminded("command = 'exit 3'");
    let answer = desk.answer("nudge");
    assert_eq!(answer.code, Some(2));
    assert!(answer.said.contains("nudges.command ended with an error"), "{}", answer.said);
    assert!(answer.printed.contains("runs for 2h30"), "{}", answer.printed);
    let desk = reminded("command = 'echo sent >> \"$HOME/told\"'");
    assert!(desk.prints("nudge --print").contains("runs for 2h30"));
    desk.does("nudge");
    assert_eq!(told(&desk), "");
}

#[test]
fn without_a_reminder_nothing_is_said_but_how_one_is_set() {
    let desk = Desk::new();
    let answer = desk.answer("nudge");
    assert_eq!((answer.code, &*answer.printed), (Some(0), ""));
    assert!(answer.said.contains("nudges.silence"), "{}", answer.said);
}
