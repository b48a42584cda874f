//! Commands, run as they are typed, over a simulated disk.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use clap::Parser as _;
use uuid::Uuid;

use super::super::args::Args;
use super::super::desk::Desk;
use super::super::dispatch;
use super::super::out::{Kept, Out};
use crate::clock::{Clock, Surroundings};
use crate::config::Config;
use crate::desk;
use crate::domain::{Id, Spark};
use crate::failure::Failure;
use crate::journal::simulated::SimulatedDisk;
use crate::journal::{Checked, Journal, Place};

/// A machine with a disk, at a time.
#[derive(Clone)]
pub(super) struct Room {
    pub(super) disk: SimulatedDisk,
    now: String,
}

/// What came of a command.
#[derive(Debug)]
pub(super) struct Answer {
    /// What it said where it was not done.
    pub(super) failure: Option<Failure>,
    pub(super) printed: String,
    pub(super) said: String,
}

/// What a command says of a change, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Word {
    /// It died before it could say any.
    None,
    /// It is another command's turn.
    Next,
    Saved,
    SavedWithSomethingUnread,
    Unsure,
    NotSaved,
}

impl Answer {
    pub(super) fn word(&self) -> Word {
        match &self.failure {
            None if self.tells_of_reading() => Word::SavedWithSomethingUnread,
            None => Word::Saved,
            Some(_) if self.is_unsure() => Word::Unsure,
            Some(_) => Word::NotSaved,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.failure.is_none()
    }

    /// Whether it says that it may or may not be saved.
    fn is_unsure(&self) -> bool {
        self.failure.as_ref().is_some_and(|failure| failure.message.contains("may or may not be saved"))
    }

    /// Whether it says that a part of the journal could not be read.
    pub(super) fn tells_of_reading(&self) -> bool {
        let all = self.failure.iter().map(|failure| &*failure.message).chain([&*self.said, &*self.printed]);
        all.into_iter().any(|told| told.contains("cannot be read"))
    }
}

impl Room {
    /// Returns a room on 24 November 2026 at noon, with an empty disk.
    pub(super) fn new() -> Self {
        Self { disk: SimulatedDisk::new(), now: "2026-11-24T12:00:00Z".to_owned() }
    }

    /// Returns the room at another time of that day.
    pub(super) fn at(&self, minutes: u32) -> Self {
        let (hour, minute) = (12 + minutes / 60, minutes % 60);
        Self { disk: self.disk.clone(), now: format!("2026-11-24T{hour:02}:{minute:02}:00Z") }
    }

    /// Returns the same room with another disk.
    pub(super) fn with(&self, disk: SimulatedDisk) -> Self {
        Self { disk, now: self.now.clone() }
    }

    /// Returns a room of its own in which everything is the same.
    pub(super) fn copy(&self) -> Self {
        self.with(self.disk.copy())
    }

    fn desk(&self) -> desk::Desk {
        let (now, tz) = (Some(self.now.clone().into()), Some("UTC0".into()));
        let clock = Clock::ask(&Surroundings { now, tz, ..Surroundings::default() }, None).unwrap();
        let place = Place { journal: "/data/journal".into(), state: "/state".into(), device: "laptop".to_owned() };
        let journal = Journal::on(Arc::new(self.disk.clone()), place.clone());
        let mut desk = desk::Desk::at(place, asked_all_the_time(), clock);
        desk.journal = journal;
        desk
    }

    /// Returns the file that this month is written to.
    pub(super) fn month() -> PathBuf {
        "/data/journal/2026/2026-11.laptop.jsonl".into()
    }

    /// Runs a command as it is typed; words in double quotes stay together.
    pub(super) fn run(&self, line: &str) -> Answer {
        let typed: Vec<OsString> = std::iter::once("tiltmeter".into()).chain(words(line)).collect();
        let args = Args::try_parse_from(typed).unwrap_or_else(|error| panic!("{line}: {error}"));
        let (out, desk) = (Out::kept(), self.desk());
        let outcome = dispatch(args, &out, || Ok(Desk::over(desk.clone(), &out)));
        let Kept { printed, said } = out.so_far();
        Answer { failure: outcome.err(), printed, said }
    }

    /// Runs commands that must be done.
    pub(super) fn does(&self, lines: &[&str]) -> &Self {
        for line in lines {
            let answer = self.run(line);
            assert!(answer.is_done(), "{line}: {answer:?}");
        }
        self
    }

    /// Returns what the journal says, without the ids that chance gave.
    pub(super) fn view(&self) -> View {
        let (desk, no_id) = (self.desk(), Id(Uuid::nil()));
        let all = desk.journal.read_all(desk.now()).unwrap();
        let kept = desk.journal.kept(desk.now()).unwrap();
        let blocks = all.ledger.blocks().iter().chain(all.ledger.ahead());
        let blocks = blocks.map(|block| crate::domain::Block { id: no_id, ..block.clone() });
        let sparks = kept.sparks.into_iter().map(|spark| Spark { id: no_id, ..spark });
        let facts = blocks.map(|block| format!("{block:?}"));
        let facts = facts.chain(sparks.map(|spark| format!("{spark:?}")));
        let facts = facts.chain(all.reflections.iter().map(|thought| format!("{thought:?}")));
        let facts = facts.chain(all.samples.iter().map(|sample| format!("{sample:?}")));
        View(facts.chain(kept.baseline.iter().map(|baseline| format!("{baseline:?}"))).collect())
    }

    /// Returns what a check of it finds.
    pub(super) fn check(&self) -> Checked {
        let desk = self.desk();
        desk.journal.check(desk.now()).unwrap()
    }
}

/// All that a journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View(BTreeSet<String>);

impl View {
    /// Returns how it differs, `+` for what it says and the other does not.
    pub(super) fn beside(&self, other: &Self) -> String {
        let only = |sign, one: &Self, other: &Self| {
            let facts = one.0.difference(&other.0);
            let lines = facts.map(|fact| format!("\n  {sign} {}", fact.replace(&Uuid::nil().to_string(), "")));
            lines.collect::<Vec<_>>().concat()
        };
        only('+', self, other) + &only('-', other, self)
    }

    /// Returns what both say.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).cloned().collect())
    }

    /// Returns what it says and the other does not.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// Whether it says all that the other says.
    pub(super) fn has_all_of(&self, other: &Self) -> bool {
        self.0.is_superset(&other.0)
    }
}

/// Returns settings by which at nearly every moment of the day a question is open.
fn asked_all_the_time() -> Config {
    let mut config = Config::default();
    config.nudges.of.sample = Some(TimeDelta::minutes(5));
    config.habits.lunch.1 = config.habits.lunch.0;
    config
}

fn words(line: &str) -> Vec<OsString> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(OsString::from).collect::<Vec<_>>(),
        _ => vec![part.into()],
    });
    words.collect()
}
