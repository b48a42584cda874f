//! The lines of a change.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::timestamp::context::ContextV7;
use uuid::{Timestamp, Uuid};

use super::append::HomeLines;
use super::error::JournalError;
use super::fold::{IdMap, IdSet};
use super::home::Home;
use super::kept_line;
use super::kept_line::Shape;
use super::line::{self, FORMAT, Field, Fields, IMPORT, Of};
use super::month::Month;
use super::raw::{self, Known, RawFields, RawVersion};
use super::stamp::Stamp;
use super::stream::LONGEST_LINE;
use crate::domain::{Block, Change, Id, Kept, Ledger, Lived};

/// How long the lines of an import are at most, unless one block is longer.
const IMPORT_LINE: usize = 128 * 1024;

/// A change that is to be written.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) does: &'a str,
    pub(super) of: Of,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// What is to be written of one block, or of something else.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) id: Id,
    /// What it is.
    pub(super) shape: Shape,
    /// In whose file.
    pub(super) home: Home,
    /// Whether its id was made for this change, so that nobody can know it.
    pub(super) is_new: bool,
    pub(super) turn: Turn,
    pub(super) make: Make<'a>,
}

/// How a block is to be different.
#[derive(Debug)]
pub(super) enum Make<'a> {
    /// It is new; should the journal know its id, it becomes this.
    New(Block),
    /// It was taken out and is there again, so: what differs from what it is, is set.
    Back(Block),
    /// Something besides a block is so; should the journal know its id, what differs is set.
    Keep(Kept),
    /// It is new, and what goes on in it lived under this id.
    Moved(Block, Id),
    /// These fields get these values; those without one are taken away.
    Set(Vec<(Cow<'a, str>, Option<Cow<'a, RawValue>>)>),
}

/// Which is written first where a change takes several lines: if only some of them arrive
/// somewhere, no time that was logged is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    New,
    Longer,
    Other,
    Shorter,
    Removed,
}

impl Draft<'_> {
    /// Finds what a change changes, compared with the ledger it was decided on. A block that
    /// moves out of its month gets another id, in `change` too.
    pub(super) fn of(change: &mut Change, ledger: &Ledger, homes: &IdMap<Home>, ids: &Ids) -> Self {
        let mut pieces = Vec::new();
        for block in &mut change.put {
            let from = pieces.len();
            put(block, ledger, homes, &mut pieces);
            pieces.iter_mut().skip(from).for_each(|piece| piece.is_new = ids.made(piece.id));
        }
        for block in &change.removed {
            let home = homes.get(&block.id).copied().unwrap_or_else(|| month_of(block));
            pieces.push(Piece::of_block(block.id, home, Turn::Removed, Make::removal(None)));
        }
        Self { does: change.does, of: Of::Itself, pieces }
    }

    /// Returns whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Returns the blocks whose versions must be known to write it.
    pub(super) fn ids_to_read(&self) -> IdSet {
        self.pieces.iter().filter(|piece| !piece.is_new).map(|piece| piece.id).collect()
    }

    /// Returns where those live.
    pub(super) fn homes_to_read(&self) -> BTreeSet<Home> {
        self.pieces.iter().filter(|piece| !piece.is_new).map(|piece| piece.home).collect()
    }

    /// Returns the lines to write, in the order in which to write them, and their stamp:
    /// `now`, or later than what they replace.
    pub(super) fn lines(
        &self,
        known: &Known<'_>,
        device: &str,
        now: DateTime<Utc>,
        ids: &mut Ids,
    ) -> Result<(Stamp, Vec<HomeLines>), JournalError> {
        let mut at = Stamp::of(now);
        let mut written = Vec::new();
        for piece in &self.pieces {
            let versions = known.versions(piece.id);
            if known.is_newer(piece.id) {
                return Err(JournalError::NewerVersion { id: piece.id });
            }
            let (json, later) = piece.json(versions, known)?;
            at = at.max(later.unwrap_or(at));
            written.push((piece, json));
        }
        written.sort_by_key(|(piece, _)| piece.turn);
        let head = self.head(ids.next(), at, device);
        let lines = compose(&head, &written, if self.does == IMPORT { IMPORT_LINE } else { usize::MAX })?;
        Ok((at, lines))
    }

    /// Returns what every line of the change begins with.
    fn head(&self, change: Id, at: Stamp, device: &str) -> String {
        let of = match self.of {
            Of::Itself => String::new(),
            Of::Undoes(undone) => format!(r#","undoes":"{undone}""#),
            Of::Redoes(redone) => format!(r#","redoes":"{redone}""#),
        };
        let (by, does) = (raw::string(device), raw::string(self.does));
        format!(r#"{{"v":{FORMAT},"change":"{change}","at":"{}","by":{by},"does":{does}{of}"#, at.text())
    }
}

/// Puts blocks on lines: one for each month, the month of what comes first before others;
/// of more than one where they would be longer than `longest`.
fn compose(head: &str, written: &[(&Piece<'_>, String)], longest: usize) -> Result<Vec<HomeLines>, JournalError> {
    let mut homes: Vec<(Home, Vec<Vec<Json<'_>>>)> = Vec::new();
    for (piece, json) in written {
        if !homes.iter().any(|(home, _)| *home == piece.home) {
            homes.push((piece.home, Vec::new()));
        }
        let Some((_, lines)) = homes.iter_mut().find(|(home, _)| *home == piece.home) else { continue };
        let length = |line: &[Json<'_>]| line.iter().map(|(_, json)| json.len()).sum::<usize>();
        match lines.last_mut().filter(|line| length(line) + json.len() < longest) {
            Some(line) => line.push((piece.shape, json)),
            None => lines.push(vec![(piece.shape, json)]),
        }
    }
    let names = homes.iter().map(|(home, _)| home.to_string());
    let names = if homes.len() > 1 { format!(r#","months":{}"#, raw::string_list(names)) } else { String::new() };
    let mut composed = Vec::new();
    for (home, lines) in &homes {
        let mut text = String::new();
        for line in lines {
            let line = format!("{head}{names}{}}}", lists(line));
            if line.len() > LONGEST_LINE {
                return Err(JournalError::TooLarge);
            }
            // What this program cannot read back it has not kept.
            line::parse(line.as_bytes()).map_err(|flaw| JournalError::Unwritable { why: flaw.to_string() })?;
            text.push_str(&line);
            text.push('\n');
        }
        composed.push(HomeLines { home: *home, text });
    }
    Ok(composed)
}

/// The JSON of one version, and of what.
type Json<'a> = (Shape, &'a str);

/// Returns the lists of a line: that of the blocks always, the others where there is something.
fn lists(line: &[Json<'_>]) -> String {
    let list = |shape: Shape| {
        let of_shape: Vec<&str> = line.iter().filter(|(other, _)| *other == shape).map(|(_, json)| *json).collect();
        let is_written = shape == Shape::Block || !of_shape.is_empty();
        is_written.then(|| format!(r#","{}":[{}]"#, shape.list(), of_shape.join(",")))
    };
    Shape::ALL.into_iter().filter_map(list).collect()
}

impl<'a> Piece<'a> {
    /// Writes something of a block that may be known.
    fn of_block(id: Id, home: Home, turn: Turn, make: Make<'a>) -> Self {
        Self { id, shape: Shape::Block, home, is_new: false, turn, make }
    }
}

impl Piece<'_> {
    /// Returns the JSON of its version, given those that are `known` of the block and of
    /// `all`, and the stamp that it must not be older than.
    fn json(&self, known: &[RawVersion<'_>], all: &Known<'_>) -> Result<(String, Option<Stamp>), JournalError> {
        let mut set: Vec<(Cow<'_, str>, Option<Cow<'_, RawValue>>)> = match &self.make {
            Make::New(block) | Make::Moved(block, _) | Make::Back(block) if known.is_empty() => {
                let mut fields = RawFields::of_block(block);
                self.others(all).for_each(|(key, value)| fields.set(key, value));
                return Ok((fields.json(self.shape, self.id, &[], None), None));
            }
            Make::Keep(kept) if known.is_empty() => {
                let set = first_set(kept);
                return Ok((RawFields::of_kept(kept).json(self.shape, self.id, &[], set.as_deref()), None));
            }
            Make::Keep(kept) => different(kept, known),
            Make::New(block) | Make::Moved(block, _) => values(block, Fields::ALL).chain([not_removed()]).collect(),
            Make::Back(block) => back(block, known),
            Make::Set(_) if known.is_empty() => return Err(JournalError::Gone { id: self.id }),
            Make::Set(set) => set.clone(),
        };
        set.extend(self.others(all));
        let keys: Vec<Cow<'_, str>> = set.iter().map(|(key, _)| key.clone()).filter(|key| key != raw::TO).collect();
        let replaced = known.iter().filter(|version| keys.iter().any(|key| version.sets(key)));
        let later = match replaced.map(|version| version.source().rank.at).max() {
            Some(stamp) => Some(stamp.next().ok_or(JournalError::EndOfTime { id: self.id })?),
            None => None,
        };
        let mut fields = RawFields::merge(known);
        for (key, value) in set {
            fields.set(key, value);
        }
        Ok((fields.json(self.shape, self.id, &tips(known), Some(&keys)), later))
    }

    /// Returns what only another program knows of a block that is moved.
    fn others<'k>(&self, all: &Known<'k>) -> impl Iterator<Item = (Cow<'k, str>, Option<Cow<'k, RawValue>>)> + use<'k> {
        let was = match self.make {
            Make::Moved(_, was) => all.versions(was),
            _ => &[],
        };
        RawFields::merge(was).unknown()
    }
}

impl Make<'_> {
    /// Takes a block out; `to` names the one that it lives on as.
    pub(super) fn removal(to: Option<Id>) -> Self {
        let to = (Cow::Borrowed(raw::TO), to.and_then(raw::id_value).map(Cow::Owned));
        Self::Set(vec![(Cow::Borrowed(Field::Removed.key()), raw::truth(true).map(Cow::Owned)), to])
    }
}

/// Returns the changes whose versions no other version replaces.
fn tips(known: &[RawVersion<'_>]) -> Vec<Uuid> {
    let mut tips: Vec<Uuid> = Vec::new();
    for change in known.iter().map(|version| version.source().rank.change) {
        let replaced = known.iter().any(|other| other.source().rank.change != change && other.from.contains(&change));
        if !replaced && !tips.contains(&change) {
            tips.push(change);
        }
    }
    tips
}

fn put(block: &mut Block, ledger: &Ledger, homes: &IdMap<Home>, pieces: &mut Vec<Piece<'_>>) {
    let id = block.id;
    let Some(before) = ledger.get(id) else {
        let Some(&home) = homes.get(&id) else {
            return pieces.push(Piece::of_block(id, month_of(block), Turn::New, Make::New(block.clone())));
        };
        if home.is_month(|month| month.keeps(block.start.date_naive())) {
            return pieces.push(Piece::of_block(id, home, Turn::New, Make::Back(block.clone())));
        }
        return move_out(block, home, pieces);
    };
    let different = difference(before, block);
    if different.is_empty() {
        return;
    }
    let home = homes.get(&id).copied().unwrap_or_else(|| month_of(before));
    if home.is_month(|month| month.keeps(block.start.date_naive())) {
        let turn = Turn::of(before, block);
        return pieces.push(Piece::of_block(id, home, turn, Make::Set(values(block, different).collect())));
    }
    move_out(block, home, pieces);
}

/// Moves a block to the month in which it starts, under another id.
fn move_out(block: &mut Block, home: Home, pieces: &mut Vec<Piece<'_>>) {
    let (id, month) = (block.id, month_of(block));
    block.id = Id(Uuid::new_v5(&id.0, month.to_string().as_bytes()));
    pieces.push(Piece::of_block(block.id, month, Turn::New, Make::Moved(block.clone(), id)));
    pieces.push(Piece::of_block(id, home, Turn::Removed, Make::removal(Some(block.id))));
}

impl Turn {
    fn of(before: &Block, after: &Block) -> Self {
        let end = |block: &Block| block.end.map_or(DateTime::<Utc>::MAX_UTC, |end| end.to_utc());
        let longer = after.start < before.start || end(after) > end(before);
        let shorter = after.start > before.start || end(after) < end(before);
        match (longer, shorter) {
            (true, false) => Self::Longer,
            (false, true) => Self::Shorter,
            _ => Self::Other,
        }
    }
}

/// Returns the fields in which two versions of a block differ. Times differ also where
/// only their offsets do.
fn difference(before: &Block, after: &Block) -> Fields {
    let lived = |time: Lived| (time, time.offset().local_minus_utc());
    let differs = |field: &Field| match field {
        Field::Start => lived(before.start) != lived(after.start),
        Field::End => before.end.map(lived) != after.end.map(lived),
        Field::Zone => before.zone != after.zone,
        Field::Kind => before.kind != after.kind,
        Field::Activity => before.activity != after.activity,
        Field::Tags => before.tags != after.tags,
        Field::Note => before.note != after.note,
        Field::Interrupted => before.interrupted != after.interrupted,
        Field::Removed => false,
    };
    Field::ALL.into_iter().filter(differs).fold(Fields::NONE, Fields::with)
}

type Value = (Cow<'static, str>, Option<Cow<'static, RawValue>>);

fn values(block: &Block, fields: Fields) -> impl Iterator<Item = Value> + use<'_> {
    let of_block = move |field: &Field| *field != Field::Removed && fields.has(*field);
    let value = |field: Field| (Cow::Borrowed(field.key()), raw::value_of(block, field).map(Cow::Owned));
    Field::ALL.into_iter().filter(of_block).map(value)
}

fn not_removed() -> Value {
    (Cow::Borrowed(Field::Removed.key()), raw::truth(false).map(Cow::Owned))
}

/// Returns the fields that the first version of something sets, where that is not all: two
/// devices may each write the first of a day, and each says only its part.
fn first_set(kept: &Kept) -> Option<Vec<Cow<'static, str>>> {
    let said =
        |(key, value): (&'static str, Option<_>)| value.filter(|_| key != "day").map(|_: Box<RawValue>| key.into());
    matches!(kept, Kept::Reflection(_)).then(|| kept_line::fields(kept).into_iter().filter_map(said).collect())
}

/// Returns the fields in which a block that was taken out differs from what its versions
/// make of it, and that it is there: what others set of it stays theirs.
fn back(block: &Block, known: &[RawVersion<'_>]) -> Vec<Value> {
    let there = RawFields::merge(known);
    let json = |value: Option<&RawValue>| value.map(|value| value.get().to_owned());
    let differs = |(key, value): &Value| json(there.get(key)) != json(value.as_deref());
    let to = (Cow::Borrowed(raw::TO), None);
    values(block, Fields::ALL).filter(differs).chain([not_removed(), to]).collect()
}

/// Returns the fields of something in which it differs from what its versions make of it;
/// `removed` too, where they took it out. Another program may have written the same otherwise.
fn different(kept: &Kept, known: &[RawVersion<'_>]) -> Vec<Value> {
    let fields = |kept: &Kept| -> Vec<Value> {
        kept_line::fields(kept).into_iter().map(|(key, value)| (Cow::Borrowed(key), value.map(Cow::Owned))).collect()
    };
    let (_, id) = kept_line::named(kept);
    let there = raw::kept(id, known);
    let back = there.as_ref().is_none_or(|(_, removed)| *removed).then(not_removed);
    let before = there.map(|(there, _)| fields(&there)).unwrap_or_default();
    let json = |value: &Value| value.1.as_deref().map(RawValue::get).map(str::to_owned);
    let differs = |field: &Value| before.iter().find(|(key, _)| *key == field.0).map(json) != Some(json(field));
    let fields = fields(kept);
    // What says where a baseline comes from belongs together.
    let together = matches!(kept, Kept::Baseline(_)) && fields.iter().any(differs);
    fields.into_iter().filter(|field| together || differs(field)).chain(back).collect()
}

/// Returns the month that a new block lives in.
pub(super) fn month_of(block: &Block) -> Home {
    Home::Month(Month::of(block.start.date_naive()))
}

/// Makes ids of one instant: each larger than the one before.
pub(super) struct Ids {
    now: DateTime<Utc>,
    context: ContextV7,
    made: IdSet,
}

impl Ids {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self { now, context: ContextV7::new(), made: IdSet::default() }
    }

    pub(super) fn next(&mut self) -> Id {
        let seconds = u64::try_from(self.now.timestamp()).unwrap_or_default();
        let timestamp = Timestamp::from_unix(&self.context, seconds, self.now.timestamp_subsec_nanos());
        let id = Id(Uuid::new_v7(timestamp));
        self.made.insert(id);
        id
    }

    /// Returns whether it made an id.
    fn made(&self, id: Id) -> bool {
        self.made.contains(&id)
    }
}
