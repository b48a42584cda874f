//! The life of a block, or of something else that is kept: everything it ever was.
//!
//! A block that moves to another month goes on under another id there, and may come back;
//! its life follows it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Journal;
use super::check::conflicts_of;
use super::error::JournalError;
use super::files::HomeFile;
use super::fold::{self, Fold, IdMap, IdSet};
use super::line::{Field, Of};
use super::load::Loader;
use super::raw::{self, Known, RawVersion};
use crate::domain::{Block, Id, Kept, Thing};

/// Everything that a block, or something else that is kept, ever was.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// The id that it has, or had last.
    pub id: Id,
    /// What it was after each change of it, the first change first; never empty.
    pub stages: Vec<Stage>,
}

/// What something was after a change, as all versions up to then make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// What it was.
    pub what: Thing,
    /// Whether it was removed.
    pub removed: bool,
    /// The change.
    pub change: Uuid,
    /// What the change is called. It comes from a file: show it escaped.
    pub does: String,
    /// Whether the change takes another back or does it again.
    pub of: Of,
    /// Whether the change is taken back now.
    pub undone: bool,
    /// When it was made, by the clock of the device.
    pub at: DateTime<Utc>,
    /// The device that made it. It comes from a file: show it escaped.
    pub by: String,
    /// The fields that it set and that are not shown now: another device set them without
    /// knowing of it, and later.
    pub not_shown: Vec<String>,
}

/// Something that was removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// The id that it had last.
    pub id: Id,
    /// What it was last.
    pub what: Thing,
    /// When it was removed, by the clock of the device.
    pub at: DateTime<Utc>,
    /// The device that removed it. It comes from a file: show it escaped.
    pub by: String,
}

impl Life {
    /// Returns what it is now, or was last, and whether it is removed.
    pub fn now(&self) -> Option<(&Thing, bool)> {
        self.stages.last().map(|stage| (&stage.what, stage.removed))
    }
}

impl Journal {
    /// Returns the life of a block, or of something else; `None` of an id that nothing has.
    /// A life of which this device's files do not tell all is an error, not a shorter one.
    pub fn life(&self, id: Id, now: DateTime<Utc>) -> Result<Option<Life>, JournalError> {
        let (files, mut loader) = self.everything(now)?;
        let ids = related(id, &loader.moves(&files));
        let known = loader.whole(&files, &ids);
        loader.has_read_own().map_err(JournalError::of_reading)?;
        Ok(life_of(&ids, &known))
    }

    /// Returns everything that was removed and is not there under another id, what was
    /// removed last first.
    pub fn gone(&self, now: DateTime<Utc>) -> Result<Vec<Gone>, JournalError> {
        let (files, mut loader) = self.everything(now)?;
        let moves = loader.moves(&files);
        let all = loader.full(&files);
        let mut removed: IdSet = removed_kept(&all).collect();
        let (gone, there): (Vec<_>, Vec<_>) =
            all.into_merged().map(|merged| (merged.block.id, merged.removed)).partition(|(_, removed)| *removed);
        let there: IdSet = there.into_iter().map(|(id, _)| id).collect();
        let lives_on = |id: Id| related(id, &moves).iter().any(|other| there.contains(other));
        removed.extend(gone.into_iter().map(|(id, _)| id).filter(|id| !lives_on(*id)));
        let known = loader.whole(&files, &removed);
        loader.has_read_own().map_err(JournalError::of_reading)?;
        let raw = Known::of(&known);
        let mut gone: Vec<Gone> = removed.iter().filter_map(|id| Gone::of(*id, &known, raw.versions(*id))).collect();
        gone.sort_by_key(|gone| (Reverse(gone.at), gone.id));
        // A move that was taken back left the same block behind under two ids.
        let mut seen = IdSet::default();
        gone.retain(|gone| {
            let ids = related(gone.id, &moves);
            let is_new = ids.is_disjoint(&seen);
            seen.extend(ids);
            is_new
        });
        Ok(gone)
    }

    fn everything(&self, now: DateTime<Utc>) -> Result<(Vec<HomeFile>, Loader), JournalError> {
        let mut files = self.files()?;
        files.list_all();
        files.has_listed().map_err(JournalError::of_reading)?;
        Ok((files.all(), self.loader(now)))
    }
}

impl Gone {
    /// Takes what was removed; not what only moved on.
    fn of(id: Id, known: &Fold, versions: &[RawVersion<'_>]) -> Option<Self> {
        let removal = versions.iter().rev().find(|version| version.sets(Field::Removed.key()))?;
        if removal.names(raw::TO).is_some() {
            return None;
        }
        let (what, _) = as_of(id, versions.len(), known, versions)?;
        let rank = &removal.source().rank;
        Some(Self { id, what, at: rank.at.instant(), by: rank.by.to_string() })
    }
}

/// Returns what is removed besides blocks: of a day nobody removes anything.
fn removed_kept(all: &Fold) -> impl Iterator<Item = Id> {
    let known = Known::of_kept(all);
    let is_gone = |id: &Id| matches!(raw::kept(*id, known.versions(*id)), Some((Kept::Spark(_), true)));
    let ids: IdSet = all.each_kept().map(|(id, _)| id).collect();
    ids.into_iter().filter(is_gone).collect::<Vec<_>>().into_iter()
}

/// Returns every id under which a block lived.
fn related(id: Id, moves: &[(Id, Id)]) -> IdSet {
    let mut ids = IdSet::from_iter([id]);
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        let step = moves.iter().filter(|(from, to)| *from == id || *to == id).flat_map(|(from, to)| [*from, *to]);
        next.extend(step.filter(|other| ids.insert(*other)));
    }
    ids
}

/// Returns what something is as its lowest `count` versions make it, and whether it is removed.
fn as_of(id: Id, count: usize, known: &Fold, versions: &[RawVersion<'_>]) -> Option<(Thing, bool)> {
    let held = known.versions_of(id);
    if held.is_empty() {
        return raw::kept(id, versions.get(..count)?).map(|(kept, removed)| (Thing::Kept(kept), removed));
    }
    let merged = fold::merge(id, held.into_iter().take(count).cloned().collect())?;
    Some((Thing::Block(merged.block), merged.removed))
}

/// A version, with whose it is and how many of that are not higher.
type Placed<'v, 'a> = (Id, usize, &'v RawVersion<'a>);

fn life_of(ids: &IdSet, known: &Fold) -> Option<Life> {
    let raw = Known::of(known);
    let placed = in_order(ids, &raw);
    let undone = undone(&placed);
    let mut now: IdMap<(usize, usize)> = IdMap::default();
    let mut life: Option<Life> = None;
    for (turn, versions) in placed.chunk_by(|(.., one), (.., other)| change(one) == change(other)).enumerate() {
        for (id, count, _) in versions {
            let (highest, _) = now.get(id).copied().unwrap_or_default();
            now.insert(*id, (highest.max(*count), turn));
        }
        let Some((id, what, removed)) = shown(&now, known, &raw) else { continue };
        let Some((.., first)) = versions.first() else { continue };
        let stage = Stage::of(first, what, removed, &undone, not_shown(versions, known, &raw));
        let life = life.get_or_insert(Life { id, stages: Vec::new() });
        life.id = id;
        life.stages.push(stage);
    }
    life
}

/// Returns the versions of all ids, the lowest first; of several ids as the clocks tell.
fn in_order<'v, 'a>(ids: &IdSet, raw: &'v Known<'a>) -> Vec<Placed<'v, 'a>> {
    let of = |id: &Id| (1..).zip(raw.versions(*id)).map(|(count, version)| (*id, count, version)).collect::<Vec<_>>();
    let mut placed: Vec<Placed<'v, 'a>> = ids.iter().flat_map(of).collect();
    if ids.len() > 1 {
        placed.sort_by_key(|(id, count, version)| {
            let rank = &version.source().rank;
            (rank.at, Arc::clone(&rank.by), rank.change, *count, *id)
        });
    }
    placed
}

/// Returns the one of several ids that is there, or was last, given how many versions of
/// each have been, and when it was changed last.
fn shown(now: &IdMap<(usize, usize)>, known: &Fold, raw: &Known<'_>) -> Option<(Id, Thing, bool)> {
    let each = now.iter().filter_map(|(id, (count, turn))| {
        let (what, removed) = as_of(*id, *count, known, raw.versions(*id))?;
        let moved_on = raw.versions(*id).get(..*count)?.last()?.names(raw::TO).is_some();
        Some(((!removed, !moved_on, *turn, *id), what))
    });
    let ((there, .., id), what) = each.max_by_key(|(key, _)| *key)?;
    Some((id, what, !there))
}

/// Returns the changes that are undone, going by what was said of each last.
fn undone(placed: &[Placed<'_, '_>]) -> HashSet<Uuid> {
    let mut last_word = HashMap::new();
    for (.., version) in placed {
        match version.of {
            Of::Undoes(change) => drop(last_word.insert(change, true)),
            Of::Redoes(change) => drop(last_word.insert(change, false)),
            Of::Itself => {}
        }
    }
    last_word.into_iter().filter_map(|(change, undone)| undone.then_some(change)).collect()
}

fn not_shown(versions: &[Placed<'_, '_>], known: &Fold, raw: &Known<'_>) -> Vec<String> {
    let mut fields = Vec::new();
    for (id, _, version) in versions {
        let rank = &version.source().rank;
        let hidden = conflicts_of(*id, known, raw.versions(*id)).into_iter();
        let hidden = hidden.filter(|hidden| (hidden.other.at, &*hidden.other.by) == (rank.at.instant(), &*rank.by));
        fields.extend(hidden.map(|hidden| hidden.field));
    }
    fields
}

fn change(version: &RawVersion<'_>) -> Uuid {
    version.source().rank.change
}

impl Stage {
    fn of(
        version: &RawVersion<'_>,
        what: Thing,
        removed: bool,
        undone: &HashSet<Uuid>,
        not_shown: Vec<String>,
    ) -> Self {
        let rank = &version.source().rank;
        Self {
            what,
            removed,
            change: rank.change,
            does: version.does.to_string(),
            of: version.of,
            undone: undone.contains(&rank.change),
            at: rank.at.instant(),
            by: rank.by.to_string(),
            not_shown,
        }
    }

    /// Returns the block that it was, where it was one.
    pub fn block(&self) -> Option<&Block> {
        match &self.what {
            Thing::Block(block) => Some(block),
            Thing::Kept(_) => None,
        }
    }
}
