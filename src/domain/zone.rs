//! What the clocks on the wall of one place say.
//!
//! The rules come as bytes (RFC 9636, «`TZif`») or as a POSIX string and are read by
//! the crate `tz-rs`; where those bytes are found is the business of `crate::clock`.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};
use tz::{LocalTimeType, TimeZone};

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
pub trait Zones: std::fmt::Debug + Send + Sync {
    /// Returns the zone of that IANA name, if it is known here.
    fn zone(&self, name: &ZoneName) -> Option<Zone>;
}

/// Rules of no zone: for where every time says its offset itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoZones;

impl Zones for NoZones {
    fn zone(&self, _: &ZoneName) -> Option<Zone> {
        None
    }
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
        let rules = TimeZone::from_tz_data(&as_version_3(bytes)).map_err(|_| BadRules)?;
        Ok(Self { name, rules: Arc::new(rules) })
    }

    /// Reads rules written as POSIX.1-2024 has them for `TZ`, with the times from -167 to
    /// 167 o'clock that the zone of Nuuk needs: `CET-1CEST,M3.5.0,M10.5.0/3`. Such a zone
    /// has no name.
    pub fn from_posix(rules: &str) -> Result<Self, BadRules> {
        // A file of version 3 ends with just such a string, and only there does `tz-rs`
        // take those times: so read it as the end of a file that says nothing else.
        let mut file = Vec::from(EMPTY_TZIF);
        file.extend_from_slice(EMPTY_TZIF);
        file.extend([b"\n", rules.as_bytes(), b"\n"].concat());
        let plain = !rules.is_empty() && rules.bytes().all(|byte| byte.is_ascii_graphic());
        if plain { Self::from_tzif(None, &file) } else { Err(BadRules) }
    }

    /// Returns its IANA name, if it has one.
    pub fn name(&self) -> Option<&ZoneName> {
        self.name.as_ref()
    }

    /// Returns the instant with the offset that the clocks here keep then.
    pub fn at(&self, instant: DateTime<Utc>) -> Lived {
        instant.with_timezone(&self.offset(instant.timestamp()))
    }

    /// Returns what a time on the wall means here, to the second.
    pub fn meaning(&self, wall: NaiveDateTime) -> WallTime {
        let wall_seconds = wall.and_utc().timestamp();
        // No clock is more than a day from UTC, so these two bracket every instant at
        // which the wall could say so, and no place sets its clocks twice in three days.
        let (lo, hi) = (wall_seconds - BRACKET, wall_seconds + BRACKET);
        let (old, new) = (self.offset(lo), self.offset(hi));
        let instant = |offset: FixedOffset| wall_seconds - i64::from(offset.local_minus_utc());
        let happened = |offset: FixedOffset| {
            let lived = || DateTime::from_timestamp(instant(offset), 0).map(|at| at.with_timezone(&offset));
            if self.offset(instant(offset)) == offset { lived() } else { None }
        };
        match (happened(old), happened(new)) {
            (Some(earlier), Some(later)) if earlier != later => WallTime::Twice { earlier, later },
            (Some(once), _) | (None, Some(once)) => WallTime::Once(once),
            (None, None) => self.never(self.last_with(old, lo, hi), wall),
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

    fn never(&self, last_before: i64, wall: NaiveDateTime) -> WallTime {
        let at = |unix| DateTime::from_timestamp(unix, 0).map_or_else(|| self.at(wall.and_utc()), |at| self.at(at));
        let after = at(last_before + 1);
        WallTime::Never { before: self.at((after - TimeDelta::minutes(1)).to_utc()), after }
    }

    /// Returns the last second in `lo..hi` that keeps the offset of `lo`, which `hi` does not.
    fn last_with(&self, offset: FixedOffset, mut lo: i64, mut hi: i64) -> i64 {
        while hi - lo > 1 {
            let middle = lo + (hi - lo) / 2;
            if self.offset(middle) == offset {
                lo = middle;
            } else {
                hi = middle;
            }
        }
        lo
    }

    fn offset(&self, unix: i64) -> FixedOffset {
        let rules = self.rules.as_ref().as_ref();
        // After the last transition of a file without a rule for later, `tz-rs` knows
        // no answer; a libc lets the clocks run on as they were set last, and so do we.
        let last =
            || rules.transitions().last().and_then(|last| rules.local_time_types().get(last.local_time_type_index()));
        let kept = rules.find_local_time_type(unix).ok().or_else(last);
        kept.map(LocalTimeType::ut_offset).and_then(FixedOffset::east_opt).unwrap_or_else(|| Utc.fix())
    }
}

/// Returns a file of version 4 as one of version 3, the last that `tz-rs` takes: they
/// differ only in what a table of leap seconds may say (RFC 9636, 3.1), and without one in
/// nothing. The version stands in both headers.
fn as_version_3(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(b"TZif4") {
        return Cow::Borrowed(bytes);
    }
    let mut bytes = bytes.to_vec();
    while let Some(at) = bytes.windows(5).position(|window| window == b"TZif4") {
        if let Some(version) = bytes.get_mut(at + 4) {
            *version = b'3';
        }
    }
    Cow::Owned(bytes)
}

/// The header of RFC 9636, version 3, that announces one kind of local time, and that
/// kind: UTC.
const EMPTY_TZIF: &[u8] = b"TZif3\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04\
    \0\0\0\0\0\0UTC\0";

/// More seconds than any clock on a wall is from UTC, before and after it was set.
const BRACKET: i64 = 36 * 3600;
