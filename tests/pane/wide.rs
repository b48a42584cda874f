//! Text of other scripts and pictures: what stands right of it stands where it belongs.

use vt100::Screen;

use crate::home::Home;

/// A day with an activity as every script has it, an hour each from 9 on.
const ACTIVITIES: [&str; 4] = ["plain words", "設計レビュー 👩‍👩‍👧 é done", "שלום עולם مرحبا", "e\u{301}te\u{301} ก็ดี"];

fn home() -> Home {
    let home = Home::at("15:40");
    for (hour, activity) in (9..).zip(ACTIVITIES) {
        home.does(&format!("add {hour}-{} '{activity}' --kind c", hour + 1));
    }
    home
}

/// Returns the column of a text in the row that begins so, by cells.
fn column_of(screen: &Screen, begins: &str, text: &str) -> Option<u16> {
    let (rows, columns) = screen.size();
    let row = (0..rows).find(|row| screen.contents_between(*row, 0, *row, columns).trim_start().starts_with(begins))?;
    let from = |column| screen.contents_between(row, column, row, columns);
    (0..columns).rev().find(|column| from(*column).starts_with(text))
}

#[test]
fn the_lengths_stand_in_one_column_whatever_stands_left_of_them() {
    let home = home();
    let mut pane = home.pane();
    pane.shows("1h00    likely").shows("12:00");
    let screen = pane.screen();
    let columns = ["09:00", "10:00", "11:00", "12:00"].map(|begins| column_of(screen, begins, "1h00"));
    assert!(columns[0].is_some() && columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{}", pane.text());
    pane.types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn the_cursor_stands_behind_what_was_typed() {
    for (typed, width) in [("plain", 5), ("設計レビュー é", 14), ("שלום עולם", 9), ("👧👧x", 5)] {
        let home = Home::at("15:40");
        home.does("now standup --at 15:20");
        let mut pane = home.pane();
        pane.types("n").shows("esc close").types(typed).shows(typed);
        let row = "now ";
        pane.waits_for("the cursor behind it", |screen| {
            let start = column_of(screen, row, row).unwrap();
            screen.cursor_position().1 == start + 4 + width
        });
        pane.types("\x03").shows("n now").types("q");
        assert_eq!(pane.ends(), 0);
    }
}

#[test]
fn right_of_a_family_the_screen_is_as_clean_as_right_of_plain_words() {
    let home = home();
    let mut pane = home.pane();
    pane.types("n").shows("esc close").types("👩‍👩‍👧 done").shows("done").types("\x03").shows("n now");
    // What terminals that know no families drew too wide is drawn over.
    pane.types("\x0c").shows("09:00  █ plain words").types("q");
    assert_eq!(pane.ends(), 0);
}

/// A tmux server of its own, which ends with the test.
struct Tmux<'a> {
    home: &'a Home,
    name: String,
}

impl Tmux<'_> {
    fn does(&self, arguments: &[&str]) -> String {
        let mut command = std::process::Command::new("tmux");
        command.args(["-f", "/dev/null", "-u", "-L", &self.name]).args(arguments).env_remove("TMUX");
        let output = command.envs(self.home.variables()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn shows(&self, text: &str) -> String {
        let deadline = std::time::Instant::now() + crate::terminal::PATIENCE;
        loop {
            let shown = self.does(&["capture-pane", "-p"]);
            if shown.contains(text) {
                return shown;
            }
            assert!(std::time::Instant::now() < deadline, "{text:?} never came:\n{shown}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let _ = std::process::Command::new("tmux").args(["-L", &self.name, "kill-server"]).output();
    }
}

#[test]
#[ignore = "needs tmux; .ci/run runs it"]
fn in_tmux_too() {
    let home = home();
    let tmux = Tmux { home: &home, name: format!("tiltmeter-{}", std::process::id()) };
    tmux.does(&["new-session", "-d", "-x", "80", "-y", "24", env!("CARGO_BIN_EXE_tiltmeter")]);
    let shown = tmux.shows("1h00    likely");
    let row = |begins: &str| shown.lines().find(|row| row.trim_start().starts_with(begins)).unwrap().to_owned();
    let columns = ["09:00", "10:00", "11:00", "12:00"].map(|begins| {
        let row = row(begins);
        unicode_width::UnicodeWidthStr::width(row.split("1h00").next().unwrap())
    });
    assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{shown}");
    tmux.does(&["send-keys", "n"]);
    tmux.shows("esc close");
    tmux.does(&["send-keys", "-l", "設計レビュー 👩‍👩‍👧 é"]);
    tmux.shows("now 設計レビュー 👩‍👩‍👧 é");
    assert_eq!(tmux.does(&["display-message", "-p", "#{cursor_x}"]).trim(), "22");
}
