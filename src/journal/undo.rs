//! Undo and redo: lines that set back, or set again, what a change set.
//!
//! Nothing is rewritten. An undo gives every field that a change set the value it would
//! have without that change, and only if nobody set the field again since.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::error::JournalError;
use super::fold::{Fold, IdSet, Merged};
use super::home::Home;
use super::kept_line::Shape;
use super::line::{self, Field, Of};
use super::notice::Notice;
use super::raw::{self, Known, RawVersion};
use super::reach::Reach;
use super::stamp::Stamp;
use super::trail::{self, Done, Way};
use super::write::{Draft, Ids, Make, Piece, Turn};
use super::{Journal, append, kept};
use crate::domain::{Block, Ends, Id, Kept, Ledger, Refusal, Thing};

/// A change that was taken back, or done again.
#[derive(Clone, Debug)]
pub struct Undone {
    /// What that change is called.
    pub does: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The blocks it touched, as they were until now; those that were there.
    pub before: Vec<Block>,
    /// The same blocks, as they are now; those that are there.
    pub after: Vec<Block>,
    /// What else it touched: as it was until now, and as it is.
    pub kept: (Vec<Kept>, Vec<Kept>),
    /// What reading found, besides the blocks.
    pub notices: Vec<Notice>,
}

/// Why nothing was undone or redone.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum UndoError {
    /// This device has made no change that is not undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// The last thing this device did was no undo, or all of them are redone.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// What the change set was set again since.
    #[error("another change came after it")]
    SetAgain {
        /// The block, or what else it is, as it is.
        what: Box<Thing>,
        /// The device that set it.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// What the block was before stands in a file that is not here.
    #[error("what it was before is not in this journal yet")]
    NotHereYet {
        /// The block.
        id: Id,
    },
    /// What it would lead to is not allowed.
    #[error("it no longer fits")]
    Refused(Box<Refusal>),
    /// The journal stands in the way.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Journal {
    /// Takes back this device's newest change that is not taken back.
    pub fn undo(&self, now: DateTime<Utc>) -> Result<Undone, UndoError> {
        self.step(Way::Undo, now)
    }

    /// Does again what was taken back last, as long as nothing else was done since.
    pub fn redo(&self, now: DateTime<Utc>) -> Result<Undone, UndoError> {
        self.step(Way::Redo, now)
    }

    fn step(&self, way: Way, now: DateTime<Utc>) -> Result<Undone, UndoError> {
        let lock = self.lock()?;
        let mut files = self.files()?;
        files.list_all();
        let mut loader = self.loader(now);
        let own: Vec<_> = files.all().into_iter().filter(|file| file.is_written).collect();
        let (newest, step) = trail::find(&mut loader, &own, way);
        files.has_listed().and_then(|()| loader.has_read_own())?;
        let step = step.ok_or(match way {
            Way::Undo => UndoError::NothingToUndo,
            Way::Redo => UndoError::NothingToRedo,
        })?;

        // Where a sync service put another file in its place, its newest change may not be ours.
        let last = lock.last().filter(|last| newest != Some(*last) && !trail::holds(&mut loader, &own, *last));
        let replaced = last.map(|last| Notice::OwnReplaced { at: last.instant() });

        let Done { does, at, homes } = Done::of(&mut loader, &own, &step);
        let ids: IdSet = homes.keys().copied().collect();
        let files = files.of_homes(|home| homes.values().any(|(_, other)| *other == home));
        let mut known = loader.whole(&files, &ids);
        loader.has_read_own()?;
        let (stamp, lines) = {
            let raw = Known::of(&known);
            let draft = draft(way, step.head.change, &homes, &known, &raw)?;
            draft.lines(
                &raw,
                &self.place.device,
                trail::after(newest, now).max(lock.next_instant(now)),
                &mut Ids::new(now),
            )?
        };
        let before = (blocks(&known, &ids), kept(&known));
        for written in &lines {
            let bytes = written.text.trim_end().as_bytes();
            if let Ok(line) = line::parse(bytes) {
                known.take_in(line, bytes, written.home, |_| true);
            }
        }
        let after = (blocks(&known, &ids), kept(&known));
        let mut notices = self.allow(&before.0, &after.0, at.instant(), now)?;
        notices.extend(replaced);
        append::append(&*self.disk, &self.place, &lines)?;
        lock.keep(stamp, now);
        let kept = (before.1, after.1);
        Ok(Undone { does, at: at.instant(), before: before.0, after: after.0, kept, notices })
    }

    /// Asks the domain whether these blocks may become those, which a change of `made` had
    /// left behind.
    fn allow(
        &self,
        before: &[Block],
        after: &[Block],
        made: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Notice>, UndoError> {
        if before.is_empty() && after.is_empty() {
            return Ok(Vec::new());
        }
        let days = || before.iter().chain(after).map(|block| block.start.date_naive());
        let first = days().min().unwrap_or_else(|| now.date_naive());
        let last = days().max().unwrap_or(first);
        let days = first - TimeDelta::days(1)..=last + TimeDelta::days(1);
        let reading = self.read_to_decide(&Reach { days, now_too: true, back_until: None }, now)?;
        fits(&reading.ledger, before, after, made).map_err(|refusal| UndoError::Refused(Box::new(refusal)))?;
        Ok(reading.notices)
    }
}

/// Asks the domain whether these blocks may become those, each as a reader will see it: what
/// runs again reaches no further than to the next start, and of what is forgotten again only
/// the start is known. So neither stands in the way of what was logged since.
fn fits(ledger: &Ledger, before: &[Block], after: &[Block], made: DateTime<Utc>) -> Result<(), Refusal> {
    let touched = |block: &&Block| before.iter().chain(after).any(|other| other.id == block.id);
    let others = ledger.blocks().iter().filter(|block| !touched(block));
    let then = Ledger::new(others.chain(after).cloned().collect(), ledger.now());
    let stays = |block: &Block| {
        let was = before.iter().find(|was| was.id == block.id);
        was.map_or(!after.iter().any(|new| new.id == block.id), |was| (was.start, was.end) == (block.start, block.end))
    };
    let seen = |block: &Block| {
        let end = match then.ends(block) {
            Ends::At(end) => Some(end),
            Ends::Running => None,
            Ends::Forgotten => Some(block.start + TimeDelta::seconds(1)),
        };
        Block { end, ..block.clone() }
    };
    let (staying, put): (Vec<&Block>, Vec<&Block>) =
        then.blocks().iter().chain(then.ahead()).partition(|block| stays(block));
    let staying = Ledger::new(staying.into_iter().map(seen).collect(), ledger.now());
    staying.room_for(&put.into_iter().map(seen).collect::<Vec<_>>(), |block| was_there(block, made))
}

/// Whether a block was there before `made`, by the time in its id: a `UUIDv7` has one.
fn was_there(block: &Block, made: DateTime<Utc>) -> bool {
    let seconds = block.id.0.get_timestamp().map(|at| at.to_unix().0);
    seconds.and_then(|seconds| i64::try_from(seconds).ok()).is_some_and(|seconds| seconds < made.timestamp())
}

fn draft<'a>(
    way: Way,
    change: Uuid,
    homes: &BTreeMap<Id, (Shape, Home)>,
    known: &Fold,
    raw: &Known<'a>,
) -> Result<Draft<'a>, UndoError> {
    let mut pieces = Vec::new();
    for (&id, &(shape, home)) in homes {
        let versions = raw.versions(id);
        let set = match way {
            Way::Undo => set_back(change, versions),
            Way::Redo => set_again(change, versions),
        };
        let set = set.map_err(|stop| stop.told(id, known, versions))?;
        let removed = set.iter().find(|(key, _)| key == Field::Removed.key()).and_then(|(_, value)| value.as_deref());
        let turn = match removed.map(RawValue::get) {
            Some("true") => Turn::Removed,
            Some(_) => Turn::New,
            None => Turn::Other,
        };
        pieces.push(Piece { id, shape, home, is_new: false, turn, make: Make::Set(set) });
    }
    Ok(match way {
        Way::Undo => Draft { does: "undo", of: Of::Undoes(change), pieces },
        Way::Redo => Draft { does: "redo", of: Of::Redoes(change), pieces },
    })
}

type Set<'a> = Vec<(Cow<'a, str>, Option<Cow<'a, RawValue>>)>;

/// Why a field cannot be set back.
enum Stop {
    SetAgain { by: String, at: Stamp },
    NotHereYet,
}

impl Stop {
    fn after(version: &RawVersion<'_>) -> Self {
        Self::SetAgain { by: version.source().rank.by.to_string(), at: version.source().rank.at }
    }

    fn told(self, id: Id, known: &Fold, versions: &[RawVersion<'_>]) -> UndoError {
        let block = known.merged(id).map(|merged| Thing::Block(merged.block));
        match (self, block.or_else(|| raw::kept(id, versions).map(|(kept, _)| Thing::Kept(kept)))) {
            (Self::SetAgain { by, at }, Some(what)) => {
                UndoError::SetAgain { what: Box::new(what), by, at: at.instant() }
            }
            _ => UndoError::NotHereYet { id },
        }
    }
}

/// Returns what sets a block back to what it would be without a change.
fn set_back<'a>(change: Uuid, versions: &[RawVersion<'a>]) -> Result<Set<'a>, Stop> {
    let (own, standing) = not_set_since(change, versions)?;
    let keys = match keys_of(own) {
        Some(keys) if own.set.is_some() || !standing.is_empty() => keys,
        _ => return Ok(removed(true)),
    };
    let mut set = Set::new();
    for key in keys {
        let mut setters = standing.iter().rev().filter(|version| version.sets(key));
        match setters.next() {
            Some(setter) => push_value(&mut set, key, setter),
            // Nothing that made it stands: without this change it would not be there.
            None if key == Field::Removed.key() && versions.iter().any(|version| version.set.is_none()) => {
                set.extend(removed(true));
            }
            // What is said of a day is said in parts: of this one nothing was, before.
            None if are_all_here(versions) => set.push((Cow::Owned(key.to_owned()), None)),
            None => return Err(Stop::NotHereYet),
        }
    }
    Ok(set)
}

/// Returns the keys that a version sets one by one; `None` where it made the thing that it is of.
/// The baseline, and what was answered for a moment, another device may have made too.
fn keys_of<'v>(own: &'v RawVersion<'_>) -> Option<Vec<&'v str>> {
    match &own.set {
        Some(keys) => Some(keys.iter().map(|words| &*words.0).collect()),
        None => own.shape().may_be_made_twice().then(|| own.shape().keys().to_vec()),
    }
}

/// Whether every version is here that one of these replaces.
fn are_all_here(versions: &[RawVersion<'_>]) -> bool {
    let is_here = |change: &Uuid| versions.iter().any(|version| version.source().rank.change == *change);
    versions.iter().flat_map(|version| &version.from).all(is_here)
}

/// Returns what sets a block again as an undone change had set it.
fn set_again<'a>(change: Uuid, versions: &[RawVersion<'a>]) -> Result<Set<'a>, Stop> {
    let (own, _) = not_set_since(change, versions)?;
    let Some(keys) = keys_of(own) else { return Ok(removed(false)) };
    let mut set = Set::new();
    for key in keys {
        push_value(&mut set, key, own);
    }
    Ok(set)
}

/// Returns a change's version of a block and, the lowest first, the others that stand:
/// that are neither undone nor an undo or a redo. None of those may have set since what
/// the change had set.
fn not_set_since<'v, 'a>(
    change: Uuid,
    versions: &'v [RawVersion<'a>],
) -> Result<(&'v RawVersion<'a>, Vec<&'v RawVersion<'a>>), Stop> {
    let undone = undone(versions);
    let mine = |version: &RawVersion<'_>| version.source().rank.change == change;
    let stands = |version: &&RawVersion<'_>| {
        version.of == Of::Itself && !undone.contains(&version.source().rank.change) && !mine(version)
    };
    let own = versions.iter().find(|version| mine(version)).ok_or(Stop::NotHereYet)?;
    let standing: Vec<_> = versions.iter().filter(stands).collect();
    let sets_the_same = |version: &RawVersion<'_>| match &own.set {
        Some(keys) => keys.iter().any(|key| version.sets(&key.0)),
        None => true,
    };
    match standing.iter().rev().find(|later| later.source().rank > own.source().rank && sets_the_same(later)) {
        Some(later) => Err(Stop::after(later)),
        None => Ok((own, standing)),
    }
}

/// Returns the changes that are undone, going by what was said of each last.
fn undone(versions: &[RawVersion<'_>]) -> HashSet<Uuid> {
    let mut undone = HashSet::new();
    for version in versions {
        match version.of {
            Of::Undoes(change) => drop(undone.insert(change)),
            Of::Redoes(change) => drop(undone.remove(&change)),
            Of::Itself => {}
        }
    }
    undone
}

/// Gives a field the value it has in a version; a removal goes with what names the block
/// elsewhere.
fn push_value<'a>(set: &mut Set<'a>, key: &str, version: &RawVersion<'a>) {
    set.push((Cow::Owned(key.to_owned()), version.value(key).map(Cow::Borrowed)));
    if key == Field::Removed.key() {
        set.push((Cow::Borrowed(raw::TO), version.value(raw::TO).map(Cow::Borrowed)));
    }
}

fn removed<'a>(is_it: bool) -> Set<'a> {
    vec![(Cow::Borrowed(Field::Removed.key()), raw::truth(is_it).map(Cow::Owned))]
}

/// Returns what is there besides blocks.
fn kept(known: &Fold) -> Vec<Kept> {
    kept::each(known).into_iter().map(|(_, kept)| kept).collect()
}

fn blocks(known: &Fold, ids: &IdSet) -> Vec<Block> {
    let there = |merged: Merged| (!merged.removed).then_some(merged.block);
    let mut blocks: Vec<Block> = ids.iter().filter_map(|id| known.merged(*id).and_then(there)).collect();
    blocks.sort_by_key(|block| (block.began(), block.id));
    blocks
}
