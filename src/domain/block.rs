//! A block and what it is made of.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use uuid::Uuid;

use crate::text::Text;

/// An instant, with the offset from UTC of the place where it was lived.
///
/// Two of them are equal when the instants are; the offset tells what the clock on
/// the wall said.
pub type Lived = DateTime<FixedOffset>;

/// The longest that a block may be, and that it ever counts for.
pub const LONGEST_BLOCK: TimeDelta = TimeDelta::hours(24);

/// From this length on, a block of kind off is a whole day off (the shortest day of
/// the world's clocks has 22 hours).
pub const WHOLE_DAY: TimeDelta = TimeDelta::hours(22);

/// What a block is known by, for ever: a UUID. Ids made later are larger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub Uuid);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_hyphenated())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What became of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Afterwards there is a thing you made.
    Creating,
    /// Afterwards a person or a team can do more.
    Shaping,
    /// You took it in, or kept it running.
    Consuming,
    /// Not work: it closes a gap and counts nowhere.
    Off,
}

impl Kind {
    /// Every kind, in the order in which they are always shown.
    pub const ALL: [Self; 4] = [Self::Creating, Self::Shaping, Self::Consuming, Self::Off];

    /// Returns the word of the journal and of `--kind`: `creating`, …
    pub fn word(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Shaping => "shaping",
            Self::Consuming => "consuming",
            Self::Off => "off",
        }
    }

    /// Returns the word of the screen: `made`, `shaped`, `taken in`, `off`.
    pub fn done(self) -> &'static str {
        match self {
            Self::Creating => "made",
            Self::Shaping => "shaped",
            Self::Consuming => "taken in",
            Self::Off => "off",
        }
    }

    /// Returns the letter that stands for the kind where people type: `c s i o`.
    pub fn letter(self) -> char {
        match self {
            Self::Creating => 'c',
            Self::Shaping => 's',
            Self::Consuming => 'i',
            Self::Off => 'o',
        }
    }

    /// Returns the kind that is meant by a letter or by one of its words.
    pub fn from_typed(typed: &str) -> Option<Self> {
        let typed = typed.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| {
                let mut buffer = [0; 4];
                typed == *kind.letter().encode_utf8(&mut buffer) || typed == kind.word() || typed == kind.done()
            })
            .or(match typed.as_str() {
                "create" | "make" => Some(Self::Creating),
                "shape" => Some(Self::Shaping),
                "consume" | "in" | "take-in" => Some(Self::Consuming),
                _ => None,
            })
    }
}

/// The name of a time zone in the IANA database, as it was when a block was lived.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ZoneName(Arc<str>);

impl ZoneName {
    /// Takes a name as it stands; whether there are rules for it, [`super::Zones`] knows.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// Returns the name. From a journal it may hold anything: show it escaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One stretch of time spent on one activity.
///
/// A block of the journal may break every rule there is (another program or a
/// wrong clock wrote it), so reading takes it as it is and counts it with care; the
/// rules are kept where blocks are changed, by [`super::Ledger::apply`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Stays the same through every edit.
    pub id: Id,
    /// When it began.
    pub start: Lived,
    /// When it ended; `None` while it runs.
    pub end: Option<Lived>,
    /// Where it was recorded, if that is known by name.
    pub zone: Option<ZoneName>,
    /// What became of the time.
    pub kind: Kind,
    /// What it was spent on.
    pub activity: Text,
    /// Words to find it by, without their `+`, each once.
    pub tags: Vec<Text>,
    /// Anything else that was written about it.
    pub note: Option<Text>,
    /// How often it was interrupted.
    pub interrupted: u32,
}

impl Block {
    /// Returns the instant at which it began.
    pub fn began(&self) -> DateTime<Utc> {
        self.start.to_utc()
    }

    /// Returns whether it is a whole day off, as `off 24 dec` writes it: such a block
    /// takes its day out of what is expected, may lie ahead, and other blocks may
    /// stand on it.
    pub fn is_day_off(&self) -> bool {
        self.kind == Kind::Off && self.end.is_some_and(|end| end - self.start >= WHOLE_DAY)
    }

    /// Returns an instant by the clocks of the place where the block was lived: a border
    /// that is typed elsewhere is a border of it.
    pub fn lived_at(&self, at: Lived) -> Lived {
        match self.end {
            Some(end) if end.offset() == at.offset() => at,
            _ => at.with_timezone(self.start.offset()),
        }
    }

    /// Returns how long it is as it was written, `None` while it runs; never negative.
    pub fn length(&self) -> Option<TimeDelta> {
        self.end.map(|end| (end - self.start).max(TimeDelta::zero()))
    }
}
