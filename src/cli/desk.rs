//! What a command has at hand: the time, the calendar, the settings, the journal, and a
//! way to speak.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

use super::out::Out;
use crate::beam::Glyphs;
use crate::clock::{Clock, Surroundings};
use crate::config::Config;
use crate::domain::{Calendar, Ledger};
use crate::failure::Failure;
use crate::journal::{Journal, Place, device_name};
use crate::notation::{Here, NotUnderstood};
use crate::places::Places;
use crate::report::{self, Look};

#[derive(Clone)]
pub(super) struct Desk<'a> {
    pub(super) config: Config,
    pub(super) calendar: Calendar,
    pub(super) journal: Journal,
    pub(super) out: &'a Out,
    pub(super) glyphs: Glyphs,
    clock: Clock,
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
        let device = device.map_or_else(|| device_name(&places.state), |name| name.to_string_lossy().into_owned());
        Ok(Self {
            calendar: clock.calendar(config.day_start, config.week_start),
            journal: Journal::at(Place { journal: places.journal, state: places.state, device }),
            out,
            glyphs,
            config,
            now: clock.now(),
            clock,
        })
    }

    /// Returns the same desk at the time that it is now: for what takes a person a while.
    pub(super) fn again(&self) -> Self {
        Self { now: self.clock.now(), ..self.clone() }
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
    pub(super) fn as_of<'r>(&self, ledger: &'r Ledger) -> report::json::Reading<'r> {
        let target_is_a_guess = self.config.habits.target_is_a_guess;
        report::json::Reading { now: self.here().now(), target_is_a_guess, ledger }
    }
}

impl From<NotUnderstood> for Failure {
    fn from(error: NotUnderstood) -> Self {
        Self::refused(error.to_string()).hint(error.hint())
    }
}
