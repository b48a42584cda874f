//! What a command has at hand: the time, the calendar, the settings, the journal, and a
//! way to speak.

use std::cell::RefCell;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

use super::out::Out;
use super::tell;
use crate::beam::Glyphs;
use crate::clock::{Clock, Surroundings};
use crate::config::Config;
use crate::domain::{Calendar, Change, Edit, Hand, Ledger};
use crate::failure::Failure;
use crate::journal::{Journal, JournalError, Place, Reach, Reading, device_name};
use crate::notation::{Here, NotUnderstood};
use crate::places::Places;
use crate::report::{self, Look, Words, refusal};

pub(super) struct Desk<'a> {
    pub(super) config: Config,
    pub(super) calendar: Calendar,
    pub(super) journal: Journal,
    pub(super) out: &'a Out,
    pub(super) glyphs: Glyphs,
    now: DateTime<Utc>,
}

impl<'a> Desk<'a> {
    /// Reads the settings and the clock. The journal is not opened yet.
    pub(super) fn open(out: &'a Out, ascii: bool) -> Result<Self, Failure> {
        let env = |name: &str| std::env::var_os(name);
        let places = Places::find(env)?;
        let config = Config::load(&places.config, env)?;
        let clock = Clock::ask(&Surroundings::of_process(), config.zone.as_deref())
            .map_err(|error| Failure::environment(error.to_string()).hint(error.hint()))?;
        let glyphs = if ascii { Glyphs::Ascii } else { config.glyphs };
        out.draw_with(glyphs);
        let device = env("TILTMETER_DEVICE").filter(|name| !name.is_empty());
        let device = device.map_or_else(device_name, |name| name.to_string_lossy().into_owned());
        Ok(Self {
            calendar: clock.calendar(config.day_start, config.week_start),
            journal: Journal::at(Place { journal: places.journal, state: places.state, device }),
            out,
            glyphs,
            config,
            now: clock.now(),
        })
    }

    /// Returns now, as the journal stamps it.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Returns today, the logical day.
    pub(super) fn today(&self) -> NaiveDate {
        self.calendar.day_at_home(self.now)
    }

    /// Returns what typed words are read against.
    pub(super) fn here(&self) -> Here<'_> {
        Here::new(self.now, &self.calendar)
    }

    /// Returns how reports are drawn.
    pub(super) fn look(&self) -> Look<'_> {
        Look {
            width: self.out.width(),
            glyphs: self.glyphs,
            calendar: &self.calendar,
            habits: &self.config.habits,
            now: self.now.trunc_subsecs(0),
        }
    }

    /// Returns as of when, and by what measure, reports in JSON are read.
    pub(super) fn reading<'r>(&self, ledger: &'r Ledger) -> report::json::Reading<'r> {
        let target_is_a_guess = self.config.habits.target_is_a_guess;
        report::json::Reading { now: self.here().now(), target_is_a_guess, ledger }
    }

    /// Reads part of the journal, and tells what is wrong with it.
    pub(super) fn read(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        let reading = self.read_in_silence(reach)?;
        self.tell(&reading);
        Ok(reading)
    }

    /// Reads part of the journal; what is wrong with it is left for another to tell.
    pub(super) fn read_in_silence(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        self.journal.read(reach, self.now).map_err(|error| tell::failure(&error))
    }

    /// Tells what is wrong with what was read, and which blocks were forgotten.
    pub(super) fn tell(&self, reading: &Reading) {
        self.tell_with(reading, Words::Shown);
    }

    /// Tells the same, without what people wrote where that is to stay hidden.
    pub(super) fn tell_with(&self, reading: &Reading, words: Words) {
        tell::notices(self, &reading.notices);
        for block in reading.ledger.forgotten() {
            self.out.note(&tell::one_line(&refusal::forgotten(block, self.now, words)));
        }
    }

    /// Makes one change: what `decide` wants of the journal as it is then. Says what was
    /// done, and which way today tilts after it.
    pub(super) fn change(
        &self,
        reach: &Reach<'_>,
        decide: impl FnOnce(&Ledger) -> Result<Edit, Failure>,
    ) -> Result<(), Failure> {
        let before = RefCell::new(None);
        let committed = self
            .journal
            .commit(reach, self.now, |reading, new_id| {
                let edit = decide(&reading.ledger)?;
                let now = reading.ledger.now();
                let mut hand = Hand { now, zone: self.calendar.home(), new_id };
                let change = reading.ledger.apply(&edit, &mut hand);
                let change = change.map_err(|why| refusal::of_edit(&why, &edit, self.now))?;
                before.replace(Some(reading.ledger.clone()));
                Ok::<Change, Stopped>(change)
            })
            .map_err(|stopped| match stopped {
                Stopped::Refused(failure) => failure,
                Stopped::Journal(error) => tell::failure(&error),
            })?;
        if let Some(before) = before.take() {
            tell::change(self, &before, &committed.change)?;
        }
        tell::notices(self, &committed.notices);
        Ok(())
    }
}

/// Why a change was not made.
enum Stopped {
    Refused(Failure),
    Journal(JournalError),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl From<JournalError> for Stopped {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<NotUnderstood> for Failure {
    fn from(error: NotUnderstood) -> Self {
        Self::refused(error.to_string()).hint(error.hint())
    }
}
