//! What is kept besides blocks: sparks, how a day felt, what was answered at random moments,
//! and what the share once was.

use chrono::{NaiveDate, TimeDelta};

use super::block::{Block, Id, Lived};
use super::ratio::Share;
use super::sample::Sample;
use crate::text::Text;

/// A small thing that somebody wants to make, kept until there is a free half hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Spark {
    /// What it is known by.
    pub id: Id,
    /// What is to be made.
    pub text: Text,
    /// How long it takes.
    pub length: TimeDelta,
    /// When it was thought of.
    pub put: Lived,
    /// When it was made, once it was.
    pub done: Option<Lived>,
}

impl Spark {
    /// How long one takes of which nothing was said.
    pub const USUAL: TimeDelta = TimeDelta::minutes(30);

    /// Whether it is still to be made.
    pub fn is_open(&self) -> bool {
        self.done.is_none()
    }
}

/// How a day felt, from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Felt(u8);

impl Felt {
    /// Returns the mark of a number, if it is one: 1 (drained) to 5 (alive).
    pub fn of(mark: u8) -> Option<Self> {
        (1..=5).contains(&mark).then_some(Self(mark))
    }

    /// Returns it as a number.
    pub fn mark(self) -> u8 {
        self.0
    }
}

/// What somebody thought of a day when it was over.
#[derive(Clone, Debug, PartialEq)]
pub struct Reflection {
    /// The logical day.
    pub day: NaiveDate,
    /// One line.
    pub note: Option<Text>,
    /// How it felt.
    pub felt: Option<Felt>,
}

/// What the share once was, for comparing: before somebody led others, perhaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// What it is called: `as an engineer`.
    pub name: Option<Text>,
    /// Where it comes from.
    pub from: BaselineFrom,
}

/// Where a baseline comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BaselineFrom {
    /// Somebody remembers it.
    Remembered(Share),
    /// The journal has it: the share of these days' summed time.
    Days {
        /// The first of them.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
    },
}

/// Something that is kept besides blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// A spark.
    Spark(Spark),
    /// What was thought of a day.
    Reflection(Reflection),
    /// What the share once was.
    Baseline(Baseline),
    /// What somebody was doing at a random moment.
    Sample(Sample),
}

impl Kept {
    /// Whether both are about one thing, as it was and as it is perhaps.
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Spark(one), Self::Spark(other)) => one.id == other.id,
            (Self::Reflection(one), Self::Reflection(other)) => one.day == other.day,
            (Self::Baseline(_), Self::Baseline(_)) => true,
            (Self::Sample(one), Self::Sample(other)) => one.at == other.at,
            _ => false,
        }
    }
}

/// Something that the journal holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// A block.
    Block(Block),
    /// Something else.
    Kept(Kept),
}

/// What somebody has to say of a day: of the note, of how it felt, or of both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thought {
    /// Another note, or none any more.
    pub note: Option<Option<Text>>,
    /// Another mark, or none any more.
    pub felt: Option<Option<Felt>>,
}

impl Thought {
    /// Returns what is thought of a day after this was said.
    pub fn after(self, before: Reflection) -> Reflection {
        let Reflection { day, note, felt } = before;
        Reflection { day, note: self.note.unwrap_or(note), felt: self.felt.unwrap_or(felt) }
    }
}
