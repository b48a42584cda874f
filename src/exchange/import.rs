//! Taking blocks in: what other machines exported, or another program wrote in the
//! same shape.
//!
//! All or nothing: one thing that cannot be taken, and nothing is, with a list of
//! everything that is wrong and where. The shape is strict, an unknown field too.
//! Words are not: what typing refuses is taken out of them, and what is too long is
//! cut, for nobody typed them here. Blocks that overlap are taken as they are, like
//! those that arrive from another device; they are never counted twice. So is one of more
//! than a day or of more tags than can be typed: a journal can hold it, and would not come
//! back whole from its own export.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::io;
use std::ops::ControlFlow;

use chrono::{DateTime, SecondsFormat, TimeDelta, Timelike, Utc};
use uuid::Uuid;

use super::problem::{ImportError, MOST_PROBLEMS, Place, Problem, Reason};
use super::wire::Read;
use super::{json, jsonl};
use crate::domain::{Block, Id, Kind, Lived, ZoneName};
use crate::text::{Text, terminal_safe};

/// What can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// One document, as `export json` writes it.
    Json,
    /// A block a line, as `export jsonl` writes it.
    Jsonl,
}

impl Source {
    /// Every source, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::Json, Self::Jsonl];

    /// Returns what it is called: `json`, `jsonl`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// Returns the source of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// Reads every block of `input`, in its order, as of `now`.
///
/// A block that stands there twice, word for word, is returned once. One without an
/// id has one made of what it says, so that the same import twice, or on two
/// machines, is the same blocks.
pub fn read(source: Source, input: &mut dyn io::BufRead, now: DateTime<Utc>) -> Result<Vec<Block>, ImportError> {
    let mut gate = Gate { now, ..Gate::default() };
    let entry = |place, read: Result<Read<'_>, Reason>| {
        gate.take(place, read);
        if gate.problems.len() < MOST_PROBLEMS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match source {
        Source::Json => json::read(input, entry)?,
        Source::Jsonl => jsonl::read(input, entry)?,
    }
    if gate.problems.is_empty() { Ok(gate.blocks) } else { Err(ImportError::Refused(gate.problems)) }
}

/// Where every block is asked whether it can be one.
#[derive(Default)]
struct Gate {
    now: DateTime<Utc>,
    blocks: Vec<Block>,
    /// Where each id was seen: its place in the input and in `blocks`.
    seen: HashMap<Id, (Place, usize)>,
    problems: Vec<Problem>,
}

impl Gate {
    fn take(&mut self, place: Place, read: Result<Read<'_>, Reason>) {
        let taken = read.and_then(|read| block(&read, self.now)).and_then(|block| self.admit(place, block));
        if let Err(reason) = taken {
            self.problems.push(Problem { place, reason });
        }
    }

    fn admit(&mut self, place: Place, block: Block) -> Result<(), Reason> {
        match self.seen.entry(block.id) {
            Slot::Vacant(slot) => {
                slot.insert((place, self.blocks.len()));
                self.blocks.push(block);
                Ok(())
            }
            Slot::Occupied(slot) => {
                let (first, index) = *slot.get();
                let same = self.blocks.get(index) == Some(&block);
                if same { Ok(()) } else { Err(Reason::SameId(first)) }
            }
        }
    }
}

fn block(read: &Read<'_>, now: DateTime<Utc>) -> Result<Block, Reason> {
    let start = time("start", &read.start)?;
    let end = read.end.as_deref().map(|end| time("end", end)).transpose()?;
    let block = Block {
        id: id(read, start, end),
        start,
        end,
        zone: read.zone.as_deref().map(zone).transpose()?,
        kind: kind(&read.kind)?,
        activity: Text::cleaned_activity(&read.activity).ok_or(Reason::NoWords)?,
        tags: tags(&read.tags),
        note: read.note.as_deref().and_then(Text::cleaned_note),
        interrupted: read.interrupted,
    };
    lasts_as_a_block_may(&block, now)?;
    Ok(block)
}

fn lasts_as_a_block_may(block: &Block, now: DateTime<Utc>) -> Result<(), Reason> {
    if let Some(end) = block.end {
        let length = end - block.start;
        if length <= TimeDelta::zero() {
            return Err(Reason::EndsBeforeStart { start: block.start, end });
        }
        if block.is_day_off() {
            return if length <= LONGEST_DAY_OFF { Ok(()) } else { Err(Reason::DaysOff(length)) };
        }
    }
    match [Some(block.start), block.end].into_iter().flatten().find(|at| at.to_utc() > now) {
        Some(at) => Err(Reason::InTheFuture(at)),
        None => Ok(()),
    }
}

/// A day off is one day, and the longest day of the world's clocks has 26 hours.
const LONGEST_DAY_OFF: TimeDelta = TimeDelta::hours(26);

/// The ids of imported blocks are UUIDs of version 5 (RFC 9562) in this namespace,
/// which is an arbitrary number that never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x8a6e_0f0b_3c52_4d0e_9d5b_71c7_6b1f_e0a4);

/// What stands for our own formats in the name of an id: a block that comes as a
/// document and as a line is one block.
const OURS: &str = "tiltmeter";

/// Returns the id that the block comes with, if that is a UUID; else one made of the
/// id it comes with; else one made of its times and words.
fn id(read: &Read<'_>, start: Lived, end: Option<Lived>) -> Id {
    let utc = |at: Lived| at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    let name = match read.id.as_deref() {
        Some(own) => match Uuid::try_parse(own) {
            Ok(id) => return Id(id),
            Err(_) => [OURS, own].join("\0"),
        },
        None => [OURS, &utc(start), &end.map(utc).unwrap_or_default(), &read.activity].join("\0"),
    };
    Id(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

fn time(side: &'static str, typed: &str) -> Result<Lived, Reason> {
    DateTime::parse_from_rfc3339(typed)
        .ok()
        .and_then(|at| at.with_nanosecond(0))
        .ok_or_else(|| Reason::NotATime { side, typed: terminal_safe(typed).to_string() })
}

fn kind(word: &str) -> Result<Kind, Reason> {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| Reason::NotAKind(terminal_safe(word).to_string()))
}

/// Takes a name that the IANA database could hold; whether it does is not asked.
fn zone(name: &str) -> Result<ZoneName, Reason> {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    if (1..=64).contains(&name.len()) && name.chars().all(letters) {
        Ok(ZoneName::new(name))
    } else {
        Err(Reason::NotAZone(terminal_safe(name).to_string()))
    }
}

fn tags(written: &[String]) -> Vec<Text> {
    let mut tags = Vec::new();
    for tag in written.iter().filter_map(|tag| Text::cleaned_tag(tag)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
