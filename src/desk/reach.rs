//! The ways to reach somebody who does not look at the pane: the terminal, the desktop, a command
//! of the user's own.
//!
//! A text is never part of a command: it is an argument, and a variable of the environment.

use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, in_words};
use crate::text::terminal_safe;

/// What notifies is waited for so many times for so long, and then ended: it hangs.
const WAITS: u32 = 100;
const WAIT: Duration = Duration::from_millis(100);

/// A text that no terminal obeys, on one line.
pub(super) struct Message(String);

impl Message {
    /// Takes a text.
    pub(super) fn of(text: &str) -> Self {
        let plain: String = terminal_safe(text).to_string().chars().filter(|c| !c.is_control()).collect();
        Self(plain)
    }

    /// Returns what makes the terminal show it; nothing where no way is known.
    pub(super) fn escape_sequence(&self) -> String {
        let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let sequence = Dialect::of(&said).map(|dialect| dialect.sequence(&self.0)).unwrap_or_default();
        through(&said, sequence)
    }
}

/// How a terminal is told to notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// iTerm2's: `OSC 9 ; text`.
    Osc9,
    /// kitty's: `OSC 99 ; ; text`.
    Osc99,
    /// rxvt-unicode's: `OSC 777 ; notify ; title ; text`.
    Osc777,
}

/// By what a terminal is known, and how it is told. The documents: iTerm2 «Proprietary Escape Codes»
/// (OSC 9), kitty «Desktop notifications» (OSC 99), foot-ctlseqs(7) and `WezTerm` «Escape Sequences»
/// (OSC 777), Ghostty «VT reference» and `ConEmu` «ANSI X3.64» (OSC 9). One that is not here may print
/// what it does not know, so it is told nothing; Windows Terminal has none (microsoft/terminal#7718).
const DIALECTS: &[(&str, &str, Dialect)] = &[
    ("KITTY_WINDOW_ID", "", Dialect::Osc99),
    ("TERM", "xterm-kitty", Dialect::Osc99),
    ("TERM_PROGRAM", "WezTerm", Dialect::Osc777),
    ("TERM", "foot", Dialect::Osc777),
    ("TERM", "rxvt", Dialect::Osc777),
    ("TERM_PROGRAM", "iTerm.app", Dialect::Osc9),
    ("LC_TERMINAL", "iTerm2", Dialect::Osc9),
    ("TERM_PROGRAM", "ghostty", Dialect::Osc9),
    ("TERM", "xterm-ghostty", Dialect::Osc9),
    ("ConEmuPID", "", Dialect::Osc9),
];

impl Dialect {
    fn of(said: &impl Fn(&str) -> Option<String>) -> Option<Self> {
        let known =
            |(variable, begins, _): &&(&str, &str, Self)| said(variable).is_some_and(|is| is.starts_with(begins));
        DIALECTS.iter().find(known).map(|(_, _, dialect)| *dialect)
    }

    /// `ConEmu` takes `9;4;…` for other orders: a text that begins with a word is none.
    fn sequence(self, text: &str) -> String {
        match self {
            Self::Osc9 => format!("\x1b]9;Tiltmeter: {text}\x07"),
            Self::Osc99 => format!("\x1b]99;;Tiltmeter: {text}\x1b\\"),
            Self::Osc777 => format!("\x1b]777;notify;Tiltmeter;{text}\x07"),
        }
    }
}

/// Wraps a sequence so that tmux (where `allow-passthrough` is on) or screen hands it on.
fn through(said: &impl Fn(&str) -> Option<String>, sequence: String) -> String {
    if sequence.is_empty() {
        return sequence;
    }
    if said("TMUX").is_some() {
        return format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"));
    }
    if said("STY").is_some() {
        // Its own end would end what wraps it.
        return format!("\x1bP{}\x1b\\", sequence.replace("\x1b\\", "\x07"));
    }
    sequence
}

/// Shows it on the desktop.
pub(super) fn by_desktop(message: &Message) -> Result<(), Failure> {
    let Some(mut command) = desktop(&message.0) else {
        return Err(Failure::environment("no way is known to notify on this system's desktop")
            .hint("nudges.command takes a command of your own"));
    };
    told("the desktop's notifier", run(&mut command, WAITS))
}

fn desktop(text: &str) -> Option<Command> {
    if cfg!(windows) {
        return None;
    }
    if cfg!(target_os = "macos") {
        let mut command = Command::new("osascript");
        let script = ["on run argv", "display notification (item 1 of argv) with title \"Tiltmeter\"", "end run"];
        for line in script {
            command.arg("-e").arg(line);
        }
        command.arg(text);
        return Some(command);
    }
    let mut command = Command::new("notify-send");
    // A summary is plain text; a body may be taken for markup (Desktop Notifications 1.2, «Markup»).
    command.arg("--app-name=Tiltmeter").arg("--").arg(text);
    Some(command)
}

/// Hands it to the user's own command: as `$1`, and as `TILTMETER_NUDGE`.
pub(super) fn by_command(typed: &str, message: &Message) -> Result<(), Failure> {
    let mut command = if cfg!(windows) {
        let mut words = typed.split_whitespace().map(OsString::from);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).arg(&message.0);
        command
    } else {
        let mut command = Command::new("sh");
        command.arg("-c").arg(typed).arg("tiltmeter").arg(&message.0);
        command
    };
    command.env("TILTMETER_NUDGE", &message.0);
    told("nudges.command", run(&mut command, WAITS))
}

/// Runs a command to its end, or ends it after so many waits; then there is no answer.
fn run(command: &mut Command, waits: u32) -> io::Result<Option<ExitStatus>> {
    in_a_group_of_its_own(command);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    for _ in 0..waits {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(WAIT);
    }
    end_group(&child);
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Lets what it starts be ended with it: a shell that is ended leaves behind what it waited for.
fn in_a_group_of_its_own(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends all that a command has started, where the system has groups for that.
fn end_group(child: &Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // One that is over has nothing to be ended.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = child;
}

fn told(who: &str, outcome: io::Result<Option<ExitStatus>>) -> Result<(), Failure> {
    let why = match outcome {
        Ok(Some(status)) if status.success() => return Ok(()),
        Ok(Some(status)) if status.code() == Some(127) => "was not found".to_owned(),
        Ok(Some(_)) => "ended with an error".to_owned(),
        Ok(None) => "did not end, and was ended".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => "is not installed".to_owned(),
        Err(error) => format!("cannot be started: {}", in_words(&error)),
    };
    Err(Failure::environment(format!("a reminder was not sent: {who} {why}"))
        .hint("nudges.by and nudges.command in the settings say how reminders are sent"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_terminal(variables: &[(&str, &str)]) -> String {
        let said = |name: &str| variables.iter().find(|(is, _)| *is == name).map(|(_, value)| (*value).to_owned());
        let text = Message::of("a;b\x1b]0;x\x07\u{9b}2J");
        through(&said, Dialect::of(&said).map(|dialect| dialect.sequence(&text.0)).unwrap_or_default())
    }

    /// Catches: a notifier that hangs, and with it whoever sent a reminder; one that is left behind.
    #[cfg(unix)]
    #[test]
    fn what_does_not_end_is_ended_and_said_to_be() {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let mut hangs = Command::new("sh");
        // What the shell waits for is ended with it.
        let outcome = run(hangs.arg("-c").arg("sleep 600 & echo $! > \"$0\"; wait").arg(&pid), 20);
        assert!(matches!(outcome, Ok(None)), "{outcome:?}");
        let pid = std::fs::read_to_string(pid).unwrap().trim().parse().ok().and_then(rustix::process::Pid::from_raw);
        let begun = std::time::Instant::now();
        while rustix::process::test_kill_process(pid.unwrap()).is_ok() {
            let state =
                std::fs::read_to_string(format!("/proc/{}/stat", pid.unwrap().as_raw_nonzero())).unwrap_or_default();
            if state.contains(") Z ") {
                // It is ended, and nobody has asked for its answer yet.
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "what it waited for goes on: {state}");
            thread::sleep(WAIT);
        }
        let failure = told("nudges.command", outcome).unwrap_err();
        assert!(failure.message.contains("did not end, and was ended"), "{failure:?}");
        assert!(matches!(run(&mut Command::new("true"), WAITS), Ok(Some(status)) if status.success()));
    }

    /// Catches: a text that ends its own sequence; a sequence for a terminal that would print it.
    #[test]
    fn a_terminal_is_told_in_the_way_that_it_knows_and_obeys_no_text() {
        let begins = |variables: &[(&str, &str)], with: &str, ends: &str| {
            let sequence = in_terminal(variables);
            let inner = sequence.strip_prefix(with).and_then(|rest| rest.strip_suffix(ends));
            let inner = inner.unwrap_or_else(|| panic!("{sequence:?}"));
            assert!(!inner.contains(char::is_control), "{sequence:?}");
        };
        begins(&[("KITTY_WINDOW_ID", "1"), ("TERM", "xterm-kitty")], "\x1b]99;;", "\x1b\\");
        begins(&[("TERM", "foot-extra")], "\x1b]777;notify;Tiltmeter;", "\x07");
        begins(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], "\x1b]777;notify;Tiltmeter;", "\x07");
        begins(&[("TERM_PROGRAM", "iTerm.app")], "\x1b]9;Tiltmeter: ", "\x07");
        begins(&[("TERM_PROGRAM", "iTerm.app"), ("TMUX", "x")], "\x1bPtmux;\x1b\x1b]9;", "\x07\x1b\\");
        begins(&[("KITTY_WINDOW_ID", "1"), ("STY", "x")], "\x1bP\x1b]99;;", "\x07\x1b\\");
        assert_eq!(in_terminal(&[("TERM", "linux")]), "");
        assert_eq!(in_terminal(&[("TERM", "xterm-256color"), ("TMUX", "x")]), "");
    }
}
