//! Nudges that are sent once: what was sent is remembered on this machine, beside the locks.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::Desk;
use super::reach::{self, Message};
use crate::config::Means;
use crate::domain::Nudge;
use crate::domain::nudge::{self, Planned, Seen};
use crate::domain::sample::ANSWERED_WITHIN;
use crate::failure::{Failure, in_words};
use crate::journal::Reading;
use crate::report::Words;
use crate::small_file;

/// What was sent is forgotten after so long: nothing of then is due any more.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// What ends the name of a file that says until when a nudge is put off.
const PUT_OFF: &str = ".until";

/// Whose it is to send a nudge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The one's who asked, and nobody else's from now on.
    Ours,
    /// Nobody's: it was sent.
    Sent,
    /// Nobody's until then.
    PutOff(DateTime<Utc>),
}

impl Desk {
    /// Returns today's nudges, due or still to come.
    pub fn nudges(&self, reading: &Reading) -> Vec<Planned> {
        nudge::planned(&self.config.nudges.of, &self.seen(reading))
    }

    /// Returns the question of a random moment that can be answered now, whether or not it was.
    pub fn question(&self, reading: &Reading) -> Option<Nudge> {
        nudge::question(&self.config.nudges.of, &self.seen(reading))
    }

    /// Returns how many random moments of today were asked about until now.
    pub fn asked_so_far(&self, reading: &Reading) -> usize {
        nudge::asked_so_far(&self.config.nudges.of, &self.seen(reading))
    }

    /// Returns why nothing can be answered now.
    pub fn not_asked(&self) -> Failure {
        match self.config.nudges.of.sample {
            Some(_) => Failure::refused("nothing is asked right now").hint(format!(
                "a question comes by itself, and can be answered for {} minutes: tiltmeter sample shows them",
                ANSWERED_WITHIN.num_minutes()
            )),
            None => Failure::refused("you are not asked at random moments")
                .hint("nudges.sample = 45 in the settings asks once in 45 minutes on average: tiltmeter config edit"),
        }
    }

    fn seen<'a>(&'a self, reading: &'a Reading) -> Seen<'a> {
        let Reading { ledger, samples, .. } = reading;
        Seen { ledger, calendar: &self.calendar, habits: &self.config.habits, samples }
    }

    /// Asks for a nudge to be sent: of all panes and commands of this machine, one may. A file that
    /// is made by who comes first decides it, so it holds without a lock.
    pub fn claim(&self, nudge: &Nudge) -> Result<Claim, Failure> {
        let folder = self.nudges_folder();
        let put_off = self.put_off(nudge);
        if let Some(until) = put_off.filter(|until| self.now() < *until) {
            return Ok(Claim::PutOff(until));
        }
        // Once more for each time that it was put off.
        let again = put_off.map(|until| format!("-{}", until.timestamp())).unwrap_or_default();
        let file = folder.join(format!("{}{again}", nudge.name()));
        let claimed = fs::create_dir_all(&folder)
            .and_then(|()| OpenOptions::new().write(true).create_new(true).open(&file))
            .and_then(|mut made| {
                let written = made.write_all(self.now().to_rfc3339().as_bytes());
                // A claim that is half made would be everybody's and nobody's.
                written.inspect_err(|_| drop(fs::remove_file(&file)))
            });
        match claimed {
            Ok(()) => {
                self.forget_old_nudges();
                Ok(Claim::Ours)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Claim::Sent),
            Err(error) => Err(not_remembered(&error)),
        }
    }

    /// Puts a nudge off for as long as the settings say; returns until when.
    pub fn snooze(&self, nudge: &Nudge) -> Result<DateTime<Utc>, Failure> {
        let until = self.now() + self.config.nudges.snooze;
        let (folder, text) = (self.nudges_folder(), until.to_rfc3339());
        let file = folder.join(format!("{}{PUT_OFF}", nudge.name()));
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(file, text));
        written.map(|()| until).map_err(|error| not_remembered(&error))
    }

    /// Returns how what leaves the pane names what somebody wrote.
    pub fn words_outside(&self) -> Words {
        if self.config.nudges.words { Words::Shown } else { Words::Hidden }
    }

    /// Returns what makes the terminal itself tell it, as far as the settings want that.
    pub fn for_the_terminal(&self, text: &str) -> String {
        let by = |means| self.config.nudges.by.contains(&means);
        let notified = if by(Means::Terminal) { Message::of(text).escape_sequence() } else { String::new() };
        let bell = if by(Means::Bell) { "\x07" } else { "" };
        format!("{notified}{bell}")
    }

    /// Whether the settings name something that reaches somebody without a terminal.
    pub fn reaches_outside(&self) -> bool {
        let nudges = &self.config.nudges;
        nudges.by.contains(&Means::Desktop) || nudges.command.is_some()
    }

    /// Tells it by the desktop and by the user's own command, as far as the settings want that.
    /// Waits for them, but not for ever.
    pub fn tell_outside(&self, text: &str) -> Result<(), Failure> {
        let message = Message::of(text);
        let nudges = &self.config.nudges;
        let by_desktop = nudges.by.contains(&Means::Desktop).then(|| reach::by_desktop(&message));
        let by_command = nudges.command.as_ref().map(|command| reach::by_command(command, &message));
        // Where one does not work, the other may.
        by_desktop.unwrap_or(Ok(())).and(by_command.unwrap_or(Ok(())))
    }

    fn put_off(&self, nudge: &Nudge) -> Option<DateTime<Utc>> {
        let file = self.nudges_folder().join(format!("{}{PUT_OFF}", nudge.name()));
        small_file::read(&file).ok()?.trim().parse().ok()
    }

    /// Removes what is of no use any more. Where that cannot be, it is there a day longer.
    fn forget_old_nudges(&self) {
        let Ok(entries) = fs::read_dir(self.nudges_folder()) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let said = small_file::read(&path).unwrap_or_default();
            let at = said.trim().parse::<DateTime<Utc>>();
            if at.is_ok_and(|at| self.now() - at > REMEMBERED) {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn nudges_folder(&self) -> PathBuf {
        self.state().join("nudges")
    }
}

fn not_remembered(error: &std::io::Error) -> Failure {
    let message = format!("what was sent cannot be remembered, so no reminder is sent: {}", in_words(error));
    Failure::environment(message).hint("tiltmeter config path says where the state folder is")
}
