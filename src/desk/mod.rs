//! The desk: what both shells have at hand. The time, the calendar, the settings, the
//! journal, and the one way to read and change it.
//!
//! The command line and the pane find the same words here for what cannot be, and neither
//! reads or changes the journal in another way. Nothing in here prints or asks: a shell is
//! handed what there is to say, and says it.

mod demo;
mod door;
mod draft;
mod editing;
pub mod editor;
mod keep;
mod kept;
pub mod kinds;
mod locale;
mod nudge;
mod reach;
mod sheet;
pub mod sure;
mod trend;
mod words;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};

use crate::beam::Glyphs;
use crate::clock::{Clock, Surroundings};
use crate::config::{Config, Source};
use crate::domain::{Calendar, Lived};
use crate::failure::Failure;
use crate::journal::{Journal, Place, Reach, device_name};
use crate::notation::Here;
use crate::places::Places;
use crate::report::Look;

pub use demo::Demo;
pub use door::Changed;
pub use editing::{Edited, Editing, Unsaved};
pub use keep::{NO_USUAL, TargetSet, no_such_spark};
pub use kept::Remembered;
pub use nudge::Claim;
pub use sheet::Wrong;
pub use trend::Far;

/// What a shell has at hand. Its time stands still until [`Desk::again`].
#[derive(Clone, Debug)]
pub struct Desk {
    /// What the user has chosen.
    pub config: Config,
    /// What a day is, and where home is.
    pub calendar: Calendar,
    /// The journal, of which nothing is open.
    pub journal: Journal,
    /// Which characters are drawn: those of the settings, unless a shell knows better.
    pub glyphs: Glyphs,
    /// The file of settings; none where the journal is made up.
    pub settings: Option<PathBuf>,
    clock: Clock,
    now: DateTime<Utc>,
    /// What was said on the command line, which goes before the settings.
    flags: Vec<String>,
}

impl Desk {
    /// Reads the settings and the clock of this process, where `flags` (`NAME=VALUE`) go before
    /// all other settings. The journal is not opened yet.
    pub fn open(flags: &[String]) -> Result<Self, Failure> {
        let env = |name: &str| std::env::var_os(name);
        let places = Places::find(env)?;
        let config = settings(&places.config, flags)?;
        let clock = Clock::ask(&Surroundings::of_process(), config.zone.as_deref())?;
        let device = env("TILTMETER_DEVICE").filter(|name| !name.is_empty());
        let device = device.map_or_else(|| device_name(&places.state), |name| name.to_string_lossy().into_owned());
        let place = Place { journal: places.journal, state: places.state, device };
        Ok(Self { settings: Some(places.config), flags: flags.to_vec(), ..Self::at(place, config, clock) })
    }

    /// Returns the same desk with the settings as they are now; `None` where they are the same.
    pub fn with_new_settings(&self) -> Result<Option<Self>, Failure> {
        let Some(path) = &self.settings else { return Ok(None) };
        let config = settings(path, &self.flags)?;
        if config == self.config {
            return Ok(None);
        }
        let clock = if config.zone == self.config.zone {
            self.clock.clone()
        } else {
            Clock::ask(&Surroundings::of_process(), config.zone.as_deref())?
        };
        let new = Self::at(self.journal.place().clone(), config, clock);
        Ok(Some(Self { settings: self.settings.clone(), flags: self.flags.clone(), ..new }))
    }

    /// Returns the desk over the journal at `place`, with these settings and this clock.
    pub fn at(place: Place, config: Config, clock: Clock) -> Self {
        Self {
            calendar: clock.calendar(config.day_start, config.week_start).with_face(config.face),
            journal: Journal::at(place),
            glyphs: config.glyphs,
            settings: None,
            config,
            now: clock.now(),
            clock,
            flags: Vec::new(),
        }
    }

    /// Returns the same desk over another journal: for a demo.
    #[must_use]
    pub fn with_journal(&self, place: Place) -> Self {
        Self { journal: Journal::at(place), settings: None, ..self.clone() }
    }

    /// Returns the same desk at the time that it is now: for what takes a person a while.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { now: self.clock.now(), ..self.clone() }
    }

    /// Returns the same desk with a clock that is so much behind.
    #[must_use]
    fn behind(&self, by: TimeDelta) -> Self {
        let clock = self.clock.behind(by);
        Self { now: clock.now(), clock, ..self.clone() }
    }

    /// Returns a time that only goes on while the machine is awake.
    pub fn awake(&self) -> Instant {
        crate::clock::awake()
    }

    /// Returns now, as the journal stamps it.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Returns today, the logical day.
    pub fn today(&self) -> NaiveDate {
        self.calendar.day_at_home(self.now)
    }

    /// Returns what typed words are read against.
    pub fn here(&self) -> Here<'_> {
        Here::new(self.now, &self.calendar)
    }

    /// Returns how reports of so many cells are drawn.
    pub fn look(&self, width: usize) -> Look<'_> {
        Look {
            width,
            glyphs: self.glyphs,
            calendar: &self.calendar,
            habits: &self.config.habits,
            now: self.now.trunc_subsecs(0),
        }
    }

    /// Returns how sentences are worded: they are as long as they are.
    fn wording(&self) -> Look<'_> {
        self.look(usize::MAX)
    }

    /// Returns the days that are read for something that happens at these times, or now
    /// where there are none: their days, and none between then and now.
    pub fn around(&self, times: &[Lived]) -> RangeInclusive<NaiveDate> {
        let days = || times.iter().map(|at| self.calendar.day_at_home(at.to_utc()));
        let first = days().min().unwrap_or_else(|| self.today());
        first..=days().max().unwrap_or(first)
    }

    /// Returns what is read to show a day, or to change it as a whole.
    pub fn whole_day(&self, day: NaiveDate) -> Reach<'static> {
        Reach { days: day..=day, now_too: day == self.today(), back_until: None }
    }

    /// Returns the folder for what belongs to this machine alone.
    pub fn state(&self) -> &Path {
        &self.journal.place().state
    }
}

/// Reads the settings of this process. Where nobody says which characters to draw, and the locale
/// cannot have all of them, they are ASCII.
fn settings(path: &Path, flags: &[String]) -> Result<Config, Failure> {
    let env = |name: &str| std::env::var_os(name);
    let mut config = Config::load(path, env, flags)?;
    if config.source("glyphs") == Source::Default && locale::says_other_than_utf8(env) {
        config.glyphs = Glyphs::Ascii;
    }
    Ok(config)
}

#[cfg(test)]
mod tests;
