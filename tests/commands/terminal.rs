//! What only people on a terminal get: questions, colours, the width of the window. Every
//! test has a terminal of its own, and waits for what it expects to read, never for time.

use std::io::{Read as _, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::Desk;

/// How long a machine with much else to do may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command on a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    arriving: Receiver<Vec<u8>>,
    seen: String,
    /// How much of it was waited for already.
    known: usize,
    // The terminal closes when this is dropped.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(desk: &Desk, line: &str, columns: u16) -> Self {
        let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let ready = desk.command(line);
        let mut command = CommandBuilder::new(ready.get_program());
        command.args(ready.get_args());
        command.env_clear();
        command.env("TERM", "xterm-256color");
        for (name, value) in ready.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.cwd(ready.get_current_dir().unwrap());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, arriving) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // At its end a terminal is empty, or gone.
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                let Ok(()) = sender.send(buffer[..read].to_vec()) else { break };
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { child, keys, arriving, seen: String::new(), known: 0, _master: pair.master }
    }

    /// Waits until this stands in what came since the last time.
    fn shows(&mut self, expected: &str) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen[self.known..].find(expected) {
                self.known += at + expected.len();
                return self;
            }
            match self.arriving.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(why) => panic!("{expected:?} never came ({why}): {}", self.seen),
            }
        }
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Waits for the end; returns the exit code and all that was seen, as lines.
    fn ends(mut self) -> (u32, String) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.arriving.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end: {}", self.seen),
            }
        }
        let code = self.child.wait().unwrap().exit_code();
        (code, self.seen.replace("\r\n", "\n"))
    }
}

/// Takes the colours out of what was seen.
fn plain(seen: &str) -> String {
    let mut plain = String::new();
    let mut parts = seen.split("\u{1b}[");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, text)| text));
    }
    plain
}

fn noon() -> Desk {
    let mut desk = Desk::new();
    desk.at("12:05").with("NO_COLOR", "1");
    desk
}

#[test]
fn a_morning_is_caught_up_line_by_line_and_saved_as_one_change() {
    let desk = noon();
    let mut terminal = Terminal::open(&desk, "was", 80);
    terminal.shows("since 09:00  3h05").shows("09:00  ").types("staff sync 10:00\r");
    terminal.shows("░ staff sync  taken in  09:00–10:00").shows("10:00  ").types("1:1 platform lead +team 10:35\r");
    terminal.shows("▓ 1:1 platform lead +team  shaped  10:00–10:35").shows("10:35  ").types("interview 9:00\r");
    // What cannot be is told, and asked for again.
    terminal.shows("error: it cannot end at").shows("hint: ").shows("10:35  ").types("interview @11 11:30\r");
    terminal
        .shows("error: a line begins where the one before it ended")
        .shows("10:35  ")
        .types("interview: backend 11:30\r");
    terminal.shows("░ interview: backend").shows("11:30  ").types("\r");
    let (code, seen) = terminal.ends();
    assert_eq!(code, 0, "{seen}");
    assert_eq!(desk.journal_lines().len(), 1);
    let day = desk.json("day --json");
    assert_eq!(day["balance"]["logged_seconds"], 150 * 60);
    assert_eq!(day["blocks"][1]["tags"][0], "team");
    desk.does("undo");
    assert_eq!(desk.prints("export jsonl"), "");
    desk.refuses("undo");
}

#[test]
fn what_runs_is_asked_until_when_and_never_written_over() {
    let mut desk = noon();
    desk.at("9:30").does("create design doc +platform --note \"section 3\"");
    desk.at("12:05");
    let mut terminal = Terminal::open(&desk, "was", 80);
    terminal.shows("\"design doc\" has run since 09:30").shows("until  ").types("25:00\r");
    terminal.shows("error: \"25:00\" is not a time").shows("until  ").types("10:30\r");
    terminal.shows("09:30–10:30").shows("10:30  ").types("mails 1h\r").shows("11:30  ").types("oops 12:00\r");
    terminal.shows("c s i o? ").types("i\r").shows("12:00  ").types("u\r").shows("11:30  ").types("\r");
    let (code, seen) = terminal.ends();
    assert_eq!(code, 0, "{seen}");
    let blocks = desk.json("day --json")["blocks"].clone();
    let said = |index: usize| (blocks[index]["activity"].clone(), blocks[index]["note"].clone());
    assert_eq!(said(0), ("design doc".into(), "section 3".into()));
    assert_eq!(said(1), ("mails".into(), serde_json::Value::Null));
    assert_eq!(blocks.as_array().unwrap().len(), 2);
    // An empty answer leaves it as it is.
    let desk = noon();
    desk.does("now standup --at 9");
    let before = desk.journal_bytes();
    Terminal::open(&desk, "was", 80).shows("until  ").types("\r");
    assert_eq!(desk.journal_bytes(), before);
}

#[test]
fn a_line_without_an_end_comes_up_to_now_and_is_saved_only_when_told_to() {
    for (keys, saved) in [("\r", true), ("\u{3}", false)] {
        let desk = noon();
        desk.does("add 9-11 standup");
        let mut terminal = Terminal::open(&desk, "was", 80);
        terminal.shows("since 11:00  1h05").shows("11:00  ").types("code\r");
        terminal.shows("code  made  11:00–12:05").shows("an empty line saves it").types(keys);
        let (code, seen) = terminal.ends();
        assert_eq!(code == 0, saved, "{seen}");
        let last = &desk.json("day --json")["blocks"][1]["end"];
        assert_eq!(last == "2026-11-24T12:05:00+01:00", saved, "{seen}");
    }
}

#[test]
fn an_empty_first_line_saves_nothing_and_control_c_or_d_does_not_either() {
    for (key, code) in [("\r", Some(0)), ("\u{4}", Some(0)), ("\u{3}", None)] {
        let desk = noon();
        let mut terminal = Terminal::open(&desk, "was", 80);
        terminal.shows("09:00  ").types(key);
        let (exited, seen) = terminal.ends();
        assert!(code.map_or(exited != 0, |code| exited == code), "{exited}: {seen}");
        assert!(desk.journal_bytes().is_empty());
    }
}

#[test]
fn lines_that_were_typed_are_not_saved_when_control_c_ends_it() {
    let desk = noon();
    let mut terminal = Terminal::open(&desk, "was", 80);
    terminal.shows("09:00  ").types("standup 10:00\r").shows("10:00  ").types("\u{3}");
    assert_ne!(terminal.ends().0, 0);
    assert!(desk.journal_bytes().is_empty());
}

#[test]
fn the_kind_of_what_is_new_is_asked_until_it_is_said_and_never_again() {
    let desk = noon();
    let mut terminal = Terminal::open(&desk, "now frobbing", 80);
    terminal.shows("\"frobbing\" is new:").shows("c s i o? ").types("what\r");
    terminal.shows("c s i o? ").types("s\r").shows("frobbing  shaped  started");
    assert_eq!(terminal.ends().0, 0);
    desk.does("stop --at 12:05\nadd 9-10 frobbing --kind s");
    let (code, seen) = Terminal::open(&desk, "add 10-11 frobbing", 80).ends();
    assert!(code == 0 && !seen.contains('?'), "{seen}");

    // Whoever does not answer is told how to say it.
    let mut terminal = Terminal::open(&desk, "now grumbling", 80);
    terminal.shows("c s i o? ").types("\u{4}");
    let (code, seen) = terminal.ends();
    assert_eq!(code, 1);
    assert!(seen.contains("hint: say --kind c (creating)"), "{seen}");
}

#[test]
fn a_day_that_cannot_be_read_is_opened_again_with_the_error_above_it() {
    let mut desk = noon();
    desk.does("add 9-10 standup");
    let script = desk.write(
        "editor.sh",
        "if [ -e again ]; then cp \"$1\" again; sed -i.bak 's/nonsense/11-12 c spec/' \"$1\"; \
         else touch again; echo nonsense >> \"$1\"; fi",
    );
    desk.with("EDITOR", &format!("sh {}", script.display()));
    let (code, seen) = Terminal::open(&desk, "edit --day", 80).ends();
    assert_eq!(code, 0, "{seen}");
    let reopened = std::fs::read_to_string(desk.path("again")).unwrap();
    assert!(reopened.starts_with("#! line 8: \"nonsense\" is not a time\n#! try 9, 9:30"), "{reopened}");
    assert_eq!(desk.json("day --json")["blocks"][1]["activity"], "spec");
}

#[test]
fn colours_are_for_terminals_alone_and_add_nothing_to_the_words() {
    let mut desk = Desk::new();
    desk.at("12:05").does("add 9-10 standup\nadd 10-11 code\nadd 11-12 coaching");
    for line in ["day", "week", "status --words", "trend", "history", "config show", "add 12-12:05 mail", "stop"] {
        let (_, coloured) = Terminal::open(&desk, line, 80).ends();
        assert!(coloured.contains("\u{1b}["), "{line} has no colour");
        if line.starts_with("add") {
            desk.does("undo");
        }
        let piped = desk.answer(line);
        assert!(!(piped.printed.clone() + &piped.said).contains('\u{1b}'), "{line}");
        assert_eq!(home(&desk, &plain(&coloured)), piped.printed + &piped.said, "{line}");
        if line.starts_with("add") {
            desk.does("undo");
        }
    }
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut desk = Desk::new();
        desk.with(name, value).does("add 8-9 code");
        assert!(!Terminal::open(&desk, "day", 80).ends().1.contains('\u{1b}'), "{name}");
    }
}

fn home(desk: &Desk, seen: &str) -> String {
    seen.replace(&*desk.path("").to_string_lossy(), "~/")
}

#[test]
fn what_is_shown_fits_the_terminal_that_it_is_on_whatever_columns_says() {
    let mut desk = noon();
    desk.does("add 9-10 \"staff sync about the quarter, the budget and everything else that came up\" --kind i\nadd 10-12 code");
    desk.with("COLUMNS", "200");
    for columns in [24, 40, 80, 132] {
        for line in ["day", "week", "status --words", "trend", "history"] {
            let (_, seen) = Terminal::open(&desk, line, columns).ends();
            let widest = seen.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= usize::from(columns), "{line} on {columns}: {widest}\n{seen}");
        }
    }
}
