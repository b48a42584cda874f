//! The one place that asks for the time and the local zone.
//!
//! [`Clock::ask`] settles both once; what it reads of the process and the machine it is
//! handed as [`Surroundings`], so a test can make its own. Which zone is the local one is
//! in `local`, where the rules of zones are found in `zones`, and what the rules mean in
//! [`crate::domain::zone`].

mod alarm;
mod local;
mod zones;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, NaiveTime, SubsecRound, TimeDelta, Utc, Weekday};

use crate::domain::{Calendar, Lived, Zone, Zones};
use crate::text::terminal_safe;

pub use alarm::Alarm;
pub use zones::SystemZones;

/// Answers what time it is, and where.
#[derive(Clone, Debug)]
pub struct Clock {
    fixed: Option<DateTime<Utc>>,
    /// How much it is behind the machine's: for a demo.
    behind: TimeDelta,
    zone: Zone,
    zones: Arc<dyn Zones>,
}

/// What the process and the machine say about time.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The variable `TILTMETER_NOW`: the clock stands still at this time (RFC 3339).
    pub now: Option<OsString>,
    /// The variable `TZ`.
    pub tz: Option<OsString>,
    /// Folders of `TZif` files, the first that knows a name counts.
    pub folders: Vec<PathBuf>,
    /// The file that holds the local zone, or links to it: `/etc/localtime`.
    pub localtime: PathBuf,
    /// The file that holds the local zone's name, which may be stale: `/etc/timezone`.
    pub timezone: PathBuf,
}

/// Why the time or the local zone cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// `TILTMETER_NOW` is not a time.
    #[error("TILTMETER_NOW is \"{0}\", which is not a time")]
    BadNow(String),
    /// The config's zone is not known here.
    #[error("the config's zone = \"{0}\" is not a time zone")]
    UnknownZone(String),
    /// `TZ` names no zone and is no rule.
    #[error("TZ is \"{0}\", which is not a time zone")]
    UnknownTz(String),
    /// `TZ` has a name for summer time, but not when it begins and ends.
    #[error("TZ is \"{0}\", which does not say when summer time begins and ends")]
    TzWithoutDates(String),
    /// The machine's own file is there, and cannot be read.
    #[error("{path} does not say which time zone this is: {why}")]
    BadLocaltime {
        /// Which file.
        path: String,
        /// What is the matter with it.
        why: String,
    },
}

impl ClockError {
    /// Returns what can be done now.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::BadNow(_) => "write it as 2026-11-24T15:44:00+01:00, or unset TILTMETER_NOW",
            Self::UnknownZone(_) => "use an IANA name such as zone = \"Europe/Berlin\"",
            Self::UnknownTz(_) => "try TZ=Europe/Berlin, or unset TZ for the zone of this machine",
            Self::TzWithoutDates(_) => "try TZ=Europe/Berlin, or with dates: TZ=CET-1CEST,M3.5.0,M10.5.0/3",
            Self::BadLocaltime { .. } => "set zone = \"Europe/Berlin\" in the config, or TZ=Europe/Berlin",
        }
    }
}

impl Surroundings {
    /// Returns those of this process, on this machine. Reads variables, no files.
    pub fn of_process() -> Self {
        Self {
            now: std::env::var_os("TILTMETER_NOW"),
            tz: std::env::var_os("TZ"),
            folders: zones::system_folders(std::env::var_os("TZDIR")),
            localtime: "/etc/localtime".into(),
            timezone: "/etc/timezone".into(),
        }
    }
}

impl Clock {
    /// Settles what the time is and where: the config's zone if it has one, else what
    /// `TZ` says, else the machine's. An offset in `TILTMETER_NOW` does not move the zone.
    ///
    /// Where a libc takes a `TZ` that it cannot read for UTC and says nothing, this refuses.
    pub fn ask(surroundings: &Surroundings, configured_zone: Option<&str>) -> Result<Self, ClockError> {
        let fixed = surroundings.now.as_ref().filter(|now| !now.is_empty()).map(fixed_time).transpose()?;
        let zones = SystemZones::new(surroundings.folders.clone());
        let zone = local::zone(surroundings, configured_zone, &zones)?;
        Ok(Self { fixed, behind: TimeDelta::zero(), zone, zones: Arc::new(zones) })
    }

    /// Returns the time now, to the millisecond, as a journal stamps its changes.
    /// A clock of the machine may go backwards between two calls.
    pub fn now(&self) -> DateTime<Utc> {
        (self.fixed.unwrap_or_else(Utc::now) - self.behind).trunc_subsecs(3)
    }

    /// Returns the same clock, so much behind.
    #[must_use]
    pub fn behind(&self, by: TimeDelta) -> Self {
        Self { behind: by, ..self.clone() }
    }

    /// Returns the time now with the offset that the clocks here keep.
    pub fn here(&self) -> Lived {
        self.zone.at(self.now())
    }

    /// Returns the local zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Returns where the rules of other zones are found.
    pub fn zones(&self) -> Arc<dyn Zones> {
        self.zones.clone()
    }

    /// Returns the calendar of somebody who lives here.
    pub fn calendar(&self, day_start: NaiveTime, week_start: Weekday) -> Calendar {
        Calendar::new(self.zone.clone(), self.zones(), day_start, week_start)
    }
}

/// Returns a time that only goes on while the machine is awake: not the time of day.
pub fn awake() -> Instant {
    Instant::now()
}

fn fixed_time(typed: &OsString) -> Result<DateTime<Utc>, ClockError> {
    let bad = || ClockError::BadNow(shown(typed));
    let typed = typed.to_str().ok_or_else(bad)?;
    DateTime::parse_from_rfc3339(typed).map(|at| at.to_utc()).map_err(|_| bad())
}

/// Returns a variable's value as a message may show it.
fn shown(value: &OsString) -> String {
    terminal_safe(&value.to_string_lossy()).to_string()
}

#[cfg(test)]
mod tests;
