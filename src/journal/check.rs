//! Everything that could be wrong with a journal, found by reading all of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::Journal;
use super::clones;
use super::error::JournalError;
use super::fold::{Fold, IdSet};
use super::home::Home;
use super::line::{Field, Line};
use super::load::Torn;
use super::notice::Notice;
use super::raw::{self, Known, RawVersion};
use crate::domain::block::LONGEST_BLOCK;
use crate::domain::{Block, Ends, Id, Ledger, Thing};

/// What is wrong with a journal.
#[derive(Clone, Debug)]
pub struct Checked {
    /// How many files were read.
    pub files: usize,
    /// How many lines.
    pub lines: u64,
    /// How many blocks there are that are not removed.
    pub blocks: usize,
    /// Lines and files that cannot be read, lines of newer programs, fast clocks.
    pub notices: Vec<Notice>,
    /// Last lines without their end.
    pub torn: Vec<Torn>,
    /// Changes of which a part is not here.
    pub half: Vec<HalfChange>,
    /// Fields that two devices set without knowing of each other.
    pub conflicts: Vec<Conflict>,
    /// Blocks longer than a day, which count for one.
    pub too_long: Vec<Block>,
    /// Blocks that end when or before they start.
    pub without_length: Vec<Block>,
    /// Blocks that overlap an earlier one, each with the one that reaches furthest into it.
    pub overlaps: Vec<(Block, Block)>,
    /// Blocks that start after now, and are left out.
    pub ahead: Vec<Block>,
    /// All blocks.
    pub ledger: Ledger,
}

/// A change of which a part is not here (yet).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfChange {
    /// The change.
    pub change: Uuid,
    /// The device that made it.
    pub by: String,
    /// When it did.
    pub at: DateTime<Utc>,
    /// The months that it touches, or `kept`, of which no line is here.
    pub missing: Vec<String>,
}

/// A field that two versions set, neither of which knew of the other. The next change of
/// what it is a field of settles it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The block, or what else it is, as it is shown; or as it would be, where what is shown
    /// is its removal.
    pub what: Thing,
    /// What became of it.
    pub fate: Fate,
    /// The field.
    pub field: String,
    /// What is shown.
    pub shown: Said,
    /// What is not.
    pub other: Said,
}

/// What became of a block of which two devices said different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    There,
    /// It was removed by somebody who did not know what the other set.
    Removed,
    /// The same, and it lives on as this block in another month, without what the other set.
    Moved(Id),
}

/// What a device said of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The device.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The value as JSON; `None` where it took the field away.
    pub json: Option<String>,
}

impl Journal {
    /// Reads all of the journal and says what is wrong with it. Changes nothing; what was
    /// told before is told again.
    pub fn check(&self, now: DateTime<Utc>) -> Result<Checked, JournalError> {
        let mut files = self.files()?;
        files.list_all();
        let strays = files.strays(|_| true);
        let files = files.all();
        let mut loader = self.loader(now);
        let mut parts = Parts::default();
        let fold = loader.full_seeing(&files, |line, home| parts.see(line, home));
        let conflicts = conflicts(&loader.whole(&files, &several_setters(&fold)));
        let blocks = fold.into_merged().filter(|merged| !merged.removed).map(|merged| merged.block).collect();
        let ledger = Ledger::new(blocks, now);
        let clones = clones::told(&mut loader, &files, &self.place.device);
        let all = || ledger.blocks().iter().chain(ledger.ahead());
        let each = |is_it: fn(&Block) -> bool| all().filter(|block| is_it(block)).cloned().collect();
        Ok(Checked {
            files: files.len(),
            lines: loader.lines,
            blocks: all().count(),
            notices: loader.notices.into_iter().chain(strays).chain(clones).collect(),
            torn: loader.torn,
            half: parts.missing(),
            conflicts,
            too_long: each(|block| block.length() > Some(LONGEST_BLOCK)),
            without_length: each(|block| block.end.is_some_and(|end| end <= block.start)),
            overlaps: overlaps(&ledger),
            ahead: ledger.ahead().to_vec(),
            ledger,
        })
    }
}

/// The lines of changes that touch several months.
#[derive(Default)]
struct Parts(HashMap<Uuid, (HalfChange, BTreeSet<String>)>);

impl Parts {
    fn see(&mut self, line: &Line<'_>, home: Home) {
        if line.months.is_empty() {
            return;
        }
        let (_, seen) = self.0.entry(line.change).or_insert_with(|| {
            let missing = line.months.iter().map(|month| month.0.to_string()).collect();
            let (by, at) = (line.by.to_string(), line.at.instant());
            (HalfChange { change: line.change, by, at, missing }, BTreeSet::new())
        });
        seen.insert(home.to_string());
    }

    fn missing(self) -> Vec<HalfChange> {
        let mut half: Vec<_> = self
            .0
            .into_values()
            .map(|(mut change, seen)| {
                change.missing.retain(|month| !seen.contains(month));
                change
            })
            .collect();
        half.retain(|change| !change.missing.is_empty());
        half.sort_by_key(|change| (change.at, change.change));
        half
    }
}

/// Returns the blocks that two versions may have set apart from each other: all but those
/// that have one version, or one and an edit of it.
fn several_setters(fold: &Fold) -> IdSet {
    let several = |(_, versions, edits): &(Id, usize, usize)| *edits > 1 || versions - edits > 1;
    fold.counts().filter(several).map(|(id, ..)| id).collect()
}

fn conflicts(known: &Fold) -> Vec<Conflict> {
    let raw = Known::of(known);
    let mut ids: Vec<Id> = known.counts().map(|(id, ..)| id).collect();
    ids.sort_unstable();
    ids.into_iter().flat_map(|id| conflicts_of(id, known, raw.versions(id))).collect()
}

pub(super) fn conflicts_of(id: Id, known: &Fold, versions: &[RawVersion<'_>]) -> Vec<Conflict> {
    let block = known.merged(id).map(|merged| (Thing::Block(merged.block), merged.removed));
    let kept = || raw::kept(id, versions).map(|(kept, removed)| (Thing::Kept(kept), removed));
    let Some((what, removed)) = block.or_else(kept) else { return Vec::new() };
    let lines = Descent::of(versions);
    let keys: BTreeSet<&str> = versions.iter().flat_map(RawVersion::keys_set).collect();
    let mut found = Vec::new();
    for key in keys {
        let mut setters = versions.iter().rev().filter(|version| version.sets(key));
        let Some(shown) = setters.next() else { continue };
        for other in setters {
            let same = shown.value(key).map(RawValue::get) == other.value(key).map(RawValue::get);
            if !same && !lines.settled(shown, other) {
                let (shown, other) = (Said::by(shown, key), Said::by(other, key));
                let (what, fate) = (what.clone(), Fate::There);
                found.push(Conflict { what, fate, field: key.to_owned(), shown, other });
            }
        }
    }
    if removed {
        found.extend(lost_with_a_removal(&what, versions, &lines));
    }
    found
}

/// Returns what was set by those who did not know that the block was removed, or moved to
/// another month: nobody sees it.
fn lost_with_a_removal(what: &Thing, versions: &[RawVersion<'_>], lines: &Descent) -> Vec<Conflict> {
    let removed = Field::Removed.key();
    let Some(removal) = versions.iter().rev().find(|version| version.sets(removed)) else { return Vec::new() };
    let fate = removal.names(raw::TO).map_or(Fate::Removed, Fate::Moved);
    let unknown = versions.iter().filter(|version| version.set.is_some() && !lines.settled(removal, version));
    let mut found = Vec::new();
    for version in unknown {
        for key in version.keys_set().into_iter().filter(|key| *key != removed) {
            let (shown, other) = (Said::by(removal, removed), Said::by(version, key));
            found.push(Conflict { what: what.clone(), fate, field: key.to_owned(), shown, other });
        }
    }
    found
}

impl Said {
    fn by(version: &RawVersion<'_>, key: &str) -> Self {
        let rank = &version.source().rank;
        let json = version.value(key).map(|json| json.get().to_owned());
        Self { by: rank.by.to_string(), at: rank.at.instant(), json }
    }
}

/// Which versions of a block came of which.
struct Descent(Vec<HashSet<Uuid>>);

impl Descent {
    /// Finds, for each version, its change and all that it came of.
    fn of(versions: &[RawVersion<'_>]) -> Self {
        let parents: HashMap<Uuid, &[Uuid]> =
            versions.iter().map(|version| (version.source().rank.change, version.from.as_slice())).collect();
        let lines = versions.iter().map(|version| {
            let mut line = HashSet::new();
            let mut next = vec![version.source().rank.change];
            while let Some(change) = next.pop() {
                if line.insert(change) {
                    next.extend(parents.get(&change).copied().unwrap_or_default());
                }
            }
            line
        });
        Self(lines.collect())
    }

    /// Returns whether one of the two knew of the other, or a third of both.
    fn settled(&self, one: &RawVersion<'_>, other: &RawVersion<'_>) -> bool {
        let (one, other) = (one.source().rank.change, other.source().rank.change);
        self.0.iter().any(|line| line.contains(&one) && line.contains(&other))
    }
}

/// Returns the blocks that overlap an earlier one. Days off may lie under anything.
fn overlaps(ledger: &Ledger) -> Vec<(Block, Block)> {
    let mut found = Vec::new();
    let mut furthest: Option<(&Block, DateTime<Utc>)> = None;
    for block in ledger.blocks().iter().filter(|block| !block.is_day_off()) {
        if let Some((earlier, _)) = furthest.filter(|(_, end)| *end > block.began()) {
            found.push((earlier.clone(), block.clone()));
        }
        if let Ends::At(end) = ledger.ends(block)
            && furthest.is_none_or(|(_, furthest)| end.to_utc() > furthest)
        {
            furthest = Some((block, end.to_utc()));
        }
    }
    found
}
