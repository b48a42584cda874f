//! What the clocks on the wall of one place say.
//!
//! The rules come as bytes (RFC 9636, «`TZif`») or as a POSIX string and are read by
//! the crate `tz-rs`; where those bytes are found is the business of `crate::clock`.

use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Offset, TimeDelta, Timelike, Utc};
use tz::datetime::FoundDateTimeKind;
use tz::{DateTime as TzDateTime, TimeZone};

use super::block::{Lived, ZoneName};

/// One place's clocks: which offset from UTC they keep at any instant.
#[derive(Clone, Debug)]
pub struct Zone {
    name: Option<ZoneName>,
    rules: Arc<TimeZone>,
}

/// What a time on the wall means in one zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallTime {
    /// It happened once.
    Once(Lived),
    /// The clocks were set back over it: it happened twice.
    Twice {
        /// The first time.
        earlier: Lived,
        /// The second time.
        later: Lived,
    },
    /// The clocks were set forward over it: it never happened.
    Never {
        /// The last whole minute before the clocks were set.
        before: Lived,
        /// The first instant after.
        after: Lived,
    },
}

/// The rules of a zone could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its rules cannot be read")]
pub struct BadRules;

/// Where the rules of a named zone are found.
pub trait Zones: std::fmt::Debug {
    /// Returns the zone of that IANA name, if it is known here.
    fn zone(&self, name: &ZoneName) -> Option<Zone>;
}

impl Zone {
    /// Returns the zone of clocks that are never set.
    pub fn fixed(offset: FixedOffset) -> Self {
        let rules = TimeZone::fixed(offset.local_minus_utc()).unwrap_or_else(|_| TimeZone::utc());
        Self { name: None, rules: Arc::new(rules) }
    }

    /// Returns the zone of UTC.
    pub fn utc() -> Self {
        Self { name: Some(ZoneName::new("UTC")), rules: Arc::new(TimeZone::utc()) }
    }

    /// Reads the rules of a zone from the bytes of a `TZif` file.
    pub fn from_tzif(name: Option<ZoneName>, bytes: &[u8]) -> Result<Self, BadRules> {
        let rules = TimeZone::from_tz_data(bytes).map_err(|_| BadRules)?;
        Ok(Self { name, rules: Arc::new(rules) })
    }

    /// Takes rules that were read elsewhere.
    pub fn from_rules(name: Option<ZoneName>, rules: TimeZone) -> Self {
        Self { name, rules: Arc::new(rules) }
    }

    /// Returns its IANA name, if it has one.
    pub fn name(&self) -> Option<&ZoneName> {
        self.name.as_ref()
    }

    /// Returns the instant with the offset that the clocks here keep then.
    pub fn at(&self, instant: DateTime<Utc>) -> Lived {
        let seconds = self.rules.find_local_time_type(instant.timestamp()).map_or(0, tz::LocalTimeType::ut_offset);
        instant.with_timezone(&FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix()))
    }

    /// Returns what a time on the wall means here, to the second.
    pub fn meaning(&self, wall: NaiveDateTime) -> WallTime {
        let found = self.find(wall);
        let happened: Vec<Lived> = found
            .iter()
            .filter_map(|found| match found {
                FoundDateTimeKind::Normal(at) => self.lived(at.unix_time()),
                FoundDateTimeKind::Skipped { .. } => None,
            })
            .collect();
        match (happened.as_slice(), found.first()) {
            ([once], _) => WallTime::Once(*once),
            ([earlier, .., later], _) => WallTime::Twice { earlier: *earlier, later: *later },
            ([], Some(FoundDateTimeKind::Skipped { after_transition, .. })) => {
                self.never(after_transition.unix_time(), wall)
            }
            ([], _) => WallTime::Once(self.at(wall.and_utc())),
        }
    }

    /// Returns the first instant at which the clocks here say `wall` or have passed
    /// it: the earlier where it happened twice, the first that exists where it never
    /// happened. So a logical day begins.
    pub fn first(&self, wall: NaiveDateTime) -> Lived {
        match self.meaning(wall) {
            WallTime::Once(at) | WallTime::Twice { earlier: at, .. } | WallTime::Never { after: at, .. } => at,
        }
    }

    fn never(&self, transition: i64, wall: NaiveDateTime) -> WallTime {
        let fallback = || self.at(wall.and_utc());
        let after = self.lived(transition).unwrap_or_else(fallback);
        let before = self.at((after - TimeDelta::minutes(1)).to_utc());
        WallTime::Never { before, after }
    }

    fn find(&self, wall: NaiveDateTime) -> Vec<FoundDateTimeKind> {
        let (date, time) = (wall.date(), wall.time());
        let small = |n: u32| u8::try_from(n).unwrap_or_default();
        TzDateTime::find(
            date.year(),
            small(date.month()),
            small(date.day()),
            small(time.hour()),
            small(time.minute()),
            small(time.second()),
            0,
            self.rules.as_ref().as_ref(),
        )
        .map(tz::datetime::FoundDateTimeList::into_inner)
        .unwrap_or_default()
    }

    fn lived(&self, unix: i64) -> Option<Lived> {
        DateTime::from_timestamp(unix, 0).map(|instant| self.at(instant))
    }
}
