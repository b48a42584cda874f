//! Versions become blocks, field by field.
//!
//! **A field has the value of the highest version that sets it.** That is all: whichever
//! version arrives first, or twice, or from another file, the blocks are the same. There
//! are no ancestors to find and there is nothing to merge.
//!
//! A version that changed one field is kept as that one field. Where two versions have the
//! same rank and differ (somebody copied a line and changed the copy), the bytes of their
//! lines decide; a fold that did not keep those bytes names such blocks in
//! [`Fold::take_disputed`], and its reader reads them again with [`Fold::keeping_lines`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::home::Home;
use super::kept_line::{KeptVersion, Shape};
use super::line::{Field, Fields, Line, Version, Words};
use super::stamp::Stamp;
use crate::domain::block::LONGEST_BLOCK;
use crate::domain::{Block, Id, Kind, Lived, ZoneName};
use crate::text::Text;

/// Ids, hashed by a multiplication: they hold their own randomness.
pub(super) type IdMap<V> = HashMap<Id, V, BuildHasherDefault<IdHasher>>;
/// A set of ids; see [`IdMap`].
pub(super) type IdSet = std::collections::HashSet<Id, BuildHasherDefault<IdHasher>>;

/// Which of two versions is higher.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// Whether it has a `from`: an edit stands above what it edits, whatever the clocks.
    edits: bool,
    pub(super) at: Stamp,
    pub(super) by: Arc<str>,
    pub(super) change: Uuid,
    /// The bytes of its line, where they are kept.
    line: Option<Arc<[u8]>>,
}

/// Where a version comes from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) rank: Rank,
    /// In whose files it stands.
    pub(super) home: Home,
    /// Whether a newer program wrote it.
    pub(super) newer: bool,
}

/// One version of something besides a block. Of those the bytes of their lines are always
/// kept, and say the rest: see [`super::raw::kept`].
#[derive(Clone, Debug)]
pub(super) struct KeptHeld {
    pub(super) source: Source,
    pub(super) shape: Shape,
    /// The day that it is about, where it is about one.
    pub(super) day: Option<NaiveDate>,
}

/// One version of a block, as far as it can matter.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) source: Source,
    pub(super) sets: Fields,
    values: Values,
}

/// The values of a version; of one that changed a few fields, perhaps only those.
#[derive(Clone, Debug, PartialEq)]
struct Values {
    start: Lived,
    end: Option<Lived>,
    zone: Option<ZoneName>,
    kind: Kind,
    activity: Text,
    tags: Vec<Text>,
    note: Option<Text>,
    interrupted: u32,
    removed: bool,
}

/// A block as all its versions make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) block: Block,
    pub(super) removed: bool,
    /// The month whose files hold it.
    pub(super) home: Home,
    /// The device that set its start.
    pub(super) started_by: Arc<str>,
}

/// Every version of every block that a read has met.
#[derive(Debug, Default)]
pub(super) struct Fold {
    places: IdMap<usize>,
    versions: Vec<(Id, Versions)>,
    /// What is kept besides blocks.
    kept: IdMap<Vec<KeptHeld>>,
    keeps_lines: bool,
    disputed: Vec<Id>,
    /// Blocks that stand on lines of a newer program which are not understood.
    newer: IdSet,
    devices: Vec<Arc<str>>,
    zones: Vec<ZoneName>,
}

/// The versions of a block: nearly always one, or two.
#[derive(Debug)]
struct Versions {
    first: Held,
    more: Vec<Held>,
    /// Whether one of them sets every field, so that no other need be kept whole.
    complete: bool,
}

impl Fold {
    /// Returns a fold that keeps the bytes of every line it takes in.
    pub(super) fn keeping_lines() -> Self {
        Self { keeps_lines: true, ..Self::default() }
    }

    /// Takes in the versions of a line that stands in a file of `month`, those of which
    /// `wanted` says yes to their ids.
    pub(super) fn take_in(&mut self, line: Line<'_>, bytes: &[u8], home: Home, wanted: impl Fn(Id) -> bool) {
        let by = self.device(&line.by);
        let newer = line.is_newer();
        // One copy, however much stands on the line.
        let whole: Option<Arc<[u8]>> = (self.keeps_lines || !line.kept.is_empty()).then(|| bytes.into());
        let source = |edits: bool, line_kept: Option<Arc<[u8]>>| {
            let rank = Rank { edits, at: line.at, by: Arc::clone(&by), change: line.change, line: line_kept };
            Source { rank, home, newer }
        };
        // A block lives in a month; where none is, no read but that of everything would see it.
        let blocks = line.versions.into_iter().filter(|_| home != Home::Kept);
        for version in blocks.filter(|version| wanted(version.id)) {
            let source = source(!version.from.is_empty(), whole.clone().filter(|_| self.keeps_lines));
            self.add(version, source);
        }
        for version in line.kept.iter().filter(|version| wanted(version.id)) {
            self.add_kept(*version, source(version.edits, whole.clone()));
        }
    }

    fn add_kept(&mut self, KeptVersion { id, shape, day, .. }: KeptVersion, source: Source) {
        let versions = self.kept.entry(id).or_default();
        if versions.iter().all(|other| other.source.rank != source.rank) {
            versions.push(KeptHeld { source, shape, day });
        }
    }

    fn add(&mut self, version: Version<'_>, source: Source) {
        let (id, sets) = (version.id, version.sets);
        let zone = version.zone.as_ref().map(|zone| self.zone(zone));
        let place = match self.places.entry(id) {
            Entry::Vacant(vacant) => {
                let first = Held { source, sets, values: Values::of(version, zone, Fields::ALL) };
                let versions = Versions { first, more: Vec::new(), complete: sets == Fields::ALL };
                vacant.insert(self.versions.len());
                return self.versions.push((id, versions));
            }
            Entry::Occupied(occupied) => *occupied.get(),
        };
        let Some((_, versions)) = self.versions.get_mut(place) else { return };
        let kept = if versions.complete && !self.keeps_lines { sets.with_both_times() } else { Fields::ALL };
        let held = Held { source, sets, values: Values::of(version, zone, kept) };
        versions.complete |= sets == Fields::ALL;
        match versions
            .each()
            .find(|other| other.source.rank == held.source.rank)
            .map(|twin| twin.says_the_same(&held, kept))
        {
            Some(true) => return,
            Some(false) => self.disputed.push(id),
            None => {}
        }
        // A block nearly always has two, its start and its end: room for four would be three
        // quarters of all memory of a read.
        if versions.more.is_empty() {
            versions.more.reserve_exact(1);
        }
        versions.more.push(held);
    }

    /// Keeps in mind that a newer program knows these blocks.
    pub(super) fn mark_newer(&mut self, ids: Vec<Id>) {
        self.newer.extend(ids);
    }

    /// Returns the blocks that a newer program knows, from lines that are not understood.
    pub(super) fn newer(&self) -> &IdSet {
        &self.newer
    }

    /// Returns the blocks with two versions that only the bytes of their lines can rank.
    pub(super) fn take_disputed(&mut self) -> Vec<Id> {
        std::mem::take(&mut self.disputed)
    }

    /// Replaces what is known of each of these blocks by what `whole` knows of it.
    pub(super) fn replace(&mut self, ids: &IdSet, whole: Self) {
        self.versions.retain(|(id, _)| !ids.contains(id));
        self.newer.extend(whole.newer);
        self.versions.extend(whole.versions);
        self.places = self.versions.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    }

    /// Returns everything that was met, with how many versions it has and how many of
    /// them are edits.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Id, usize, usize)> {
        let blocks = self.versions.iter().map(|(id, versions)| {
            let edits = versions.each().filter(|held| held.source.rank.edits).count();
            (*id, 1 + versions.more.len(), edits)
        });
        blocks.chain(self.kept.iter().map(|(id, versions)| {
            let edits = versions.iter().filter(|held| held.source.rank.edits).count();
            (*id, versions.len(), edits)
        }))
    }

    /// Returns every version, with the block's id.
    pub(super) fn each(&self) -> impl Iterator<Item = (Id, &Held)> {
        self.versions.iter().flat_map(|(id, versions)| versions.each().map(|held| (*id, held)))
    }

    /// Returns every version of what is kept besides blocks, with its id.
    pub(super) fn each_kept(&self) -> impl Iterator<Item = (Id, &KeptHeld)> {
        self.kept.iter().flat_map(|(id, versions)| versions.iter().map(|held| (*id, held)))
    }

    /// Returns whether it has met a block, be it on a line that is not understood.
    pub(super) fn knows(&self, id: Id) -> bool {
        self.places.contains_key(&id) || self.newer.contains(&id)
    }

    /// Returns the versions of a block, the lowest first.
    pub(super) fn versions_of(&self, id: Id) -> Vec<&Held> {
        let versions = self.places.get(&id).and_then(|&place| self.versions.get(place));
        let mut sorted: Vec<_> = versions.into_iter().flat_map(|(_, versions)| versions.each()).collect();
        sorted.sort_by(|a, b| a.source.rank.cmp(&b.source.rank));
        sorted
    }

    /// Returns a block as it was made by its versions.
    pub(super) fn merged(&self, id: Id) -> Option<Merged> {
        let versions: Vec<Held> = self.versions_of(id).into_iter().cloned().collect();
        merge(id, versions)
    }

    /// Makes the blocks, in no order.
    pub(super) fn into_merged(self) -> impl Iterator<Item = Merged> {
        self.versions.into_iter().filter_map(|(id, versions)| {
            let Versions { first, mut more, .. } = versions;
            if more.is_empty() {
                return Some(first.into_merged(id));
            }
            more.push(first);
            more.sort_by(|a, b| a.source.rank.cmp(&b.source.rank));
            merge(id, more)
        })
    }

    fn device(&mut self, name: &str) -> Arc<str> {
        intern(&mut self.devices, |known| &**known == name, || Arc::from(name))
    }

    fn zone(&mut self, name: &Words<'_>) -> ZoneName {
        intern(&mut self.zones, |known| known.as_str() == name.0, || ZoneName::new(&name.0))
    }
}

/// Returns the one of few values that is meant, made when it is first met.
fn intern<T: Clone>(known: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> T {
    if let Some(found) = known.iter().find(|value| is_it(value)) {
        return found.clone();
    }
    let value = make();
    known.push(value.clone());
    value
}

/// Makes a block of its versions, the lowest first.
pub(super) fn merge(id: Id, mut versions: Vec<Held>) -> Option<Merged> {
    let home = versions.first()?.source.home;
    let mut top = versions.pop()?;
    let starts = |held: &&Held| held.sets.has(Field::Start);
    let starter = std::iter::once(&top).chain(versions.iter().rev()).find(starts).unwrap_or(&top);
    let started_by = Arc::clone(&starter.source.rank.by);
    if !top.sets.has(Field::Start) || !top.sets.has(Field::End) {
        let (start, end) = times(&versions, &top);
        (top.values.start, top.values.end) = (start, end);
    }
    for field in Field::ALL.into_iter().skip(2).filter(|&field| !top.sets.has(field)) {
        if let Some(setter) = versions.iter_mut().rev().find(|version| version.sets.has(field)) {
            top.values.take_over(field, &mut setter.values);
        }
    }
    top.source.home = home;
    Some(Merged { started_by, ..top.into_merged(id) })
}

/// Returns the start and the end that versions make: each that of the highest version that
/// sets it, or both that of the highest that sets either, where the two are no valid block.
fn times(lower: &[Held], top: &Held) -> (Lived, Option<Lived>) {
    let highest = |fields: &[Field]| {
        let versions = std::iter::once(top).chain(lower.iter().rev());
        versions.into_iter().find(|held| fields.iter().any(|&field| held.sets.has(field))).unwrap_or(top)
    };
    let start = highest(&[Field::Start]).values.start;
    let end = highest(&[Field::End]).values.end;
    if end.is_none_or(|end| end > start && end - start <= LONGEST_BLOCK) {
        return (start, end);
    }
    let both = &highest(&[Field::Start, Field::End]).values;
    (both.start, both.end)
}

impl Versions {
    fn each(&self) -> impl Iterator<Item = &Held> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

impl Source {
    /// Returns the line it stands in, where lines are kept.
    pub(super) fn line(&self) -> Option<&[u8]> {
        self.rank.line.as_deref()
    }
}

impl Held {
    /// Returns the block as its writer saw it; only where lines are kept, for else the
    /// version may be known in part.
    pub(super) fn whole(&self, id: Id) -> Merged {
        self.clone().into_merged(id)
    }

    fn says_the_same(&self, other: &Self, kept: Fields) -> bool {
        self.sets == other.sets
            && if kept == Fields::ALL {
                self.values == other.values && self.values.offsets() == other.values.offsets()
            } else {
                kept.each().all(|field| self.values.same(field, &other.values))
            }
    }

    fn into_merged(self, id: Id) -> Merged {
        let Values { start, end, zone, kind, activity, tags, note, interrupted, removed } = self.values;
        let block = Block { id, start, end, zone, kind, activity, tags, note, interrupted };
        Merged { block, removed, home: self.source.home, started_by: self.source.rank.by }
    }
}

impl Values {
    /// Takes the fields of a version that are `kept`; in place of the others stands nothing.
    fn of(version: Version<'_>, zone: Option<ZoneName>, kept: Fields) -> Self {
        let text = |words: Words<'_>| Text::as_written(words.0);
        let none = || Text::as_written(Box::<str>::default());
        Self {
            start: version.start,
            end: version.end,
            zone,
            kind: version.kind,
            activity: if kept.has(Field::Activity) { text(version.activity) } else { none() },
            tags: if kept.has(Field::Tags) { version.tags.into_iter().map(text).collect() } else { Vec::new() },
            note: if kept.has(Field::Note) { version.note.map(text) } else { None },
            interrupted: version.interrupted,
            removed: version.removed,
        }
    }

    fn take_over(&mut self, field: Field, other: &mut Self) {
        match field {
            Field::Start => self.start = other.start,
            Field::End => self.end = other.end,
            Field::Zone => self.zone = other.zone.take(),
            Field::Kind => self.kind = other.kind,
            Field::Activity => std::mem::swap(&mut self.activity, &mut other.activity),
            Field::Tags => self.tags = std::mem::take(&mut other.tags),
            Field::Note => self.note = other.note.take(),
            Field::Interrupted => self.interrupted = other.interrupted,
            Field::Removed => self.removed = other.removed,
        }
    }

    fn same(&self, field: Field, other: &Self) -> bool {
        match field {
            Field::Start => self.offsets().0 == other.offsets().0 && self.start == other.start,
            Field::End => self.offsets().1 == other.offsets().1 && self.end == other.end,
            Field::Zone => self.zone == other.zone,
            Field::Kind => self.kind == other.kind,
            Field::Activity => self.activity == other.activity,
            Field::Tags => self.tags == other.tags,
            Field::Note => self.note == other.note,
            Field::Interrupted => self.interrupted == other.interrupted,
            Field::Removed => self.removed == other.removed,
        }
    }

    /// Returns what the equality of times leaves out.
    fn offsets(&self) -> (i32, Option<i32>) {
        let seconds = |time: Lived| time.offset().local_minus_utc();
        (seconds(self.start), self.end.map(seconds))
    }
}

/// Multiplies: the fastest hash that spreads ids, which are random in half of their bits.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
            self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_usize(&mut self, _length: usize) {}
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::*;

    #[test]
    fn a_line_is_kept_once_however_many_sparks_stand_on_it() {
        let spark = |number: u32| {
            format!(
                r#"{{"id":"01a20598-46a0-71ef-9458-{number:012}","text":"x","minutes":30,"put":"2026-11-22T10:00:00Z"}}"#
            )
        };
        let line = format!(
            r#"{{"v":1,"change":"01a20598-4686-775f-bd9a-d7a2501a96a6","at":"2026-11-22T10:29:55.334Z","by":"a","does":"x","blocks":[],"sparks":[{},{}]}}"#,
            spark(1),
            spark(2)
        );
        let mut fold = Fold::default();
        fold.take_in(line::parse(line.as_bytes()).unwrap(), line.as_bytes(), Home::Kept, |_| true);
        let lines: Vec<_> = fold.each_kept().filter_map(|(_, held)| held.source.line()).map(<[u8]>::as_ptr).collect();
        assert!(lines.len() == 2 && lines[0] == lines[1], "{lines:?}");
    }

    /// Breakage it finds: the device of the last edit is named.
    #[test]
    fn a_running_block_is_of_the_device_that_set_its_start() {
        let written = |by: &str, second: u32, set: &str, start: &str| {
            let change = format!("01a20598-4686-775f-bd9a-{second:012}");
            format!(
                r#"{{"v":1,"change":"{change}","at":"2026-11-22T10:29:{second:02}.000Z","by":"{by}","does":"edit","blocks":[{{"id":"01a20598-46a0-71ef-9458-000000000001",{set}"start":"2026-11-22T{start}:00+01:00","kind":"creating","activity":"x","note":"y"}}]}}"#
            )
        };
        let edit = |fields: &str| format!(r#""from":["01a20598-4686-775f-bd9a-000000000001"],"set":["{fields}"],"#);
        let began = written("laptop", 1, "", "09:00");
        let noted = written("desktop", 2, &edit("note"), "09:00");
        let moved = written("tablet", 3, &edit("start"), "08:55");
        let device = |lines: &[&String]| {
            let mut fold = Fold::default();
            for text in lines {
                fold.take_in(
                    line::parse(text.as_bytes()).unwrap(),
                    text.as_bytes(),
                    Home::from_text("2026-11").unwrap(),
                    |_| true,
                );
            }
            fold.into_merged().next().unwrap().started_by.to_string()
        };
        assert_eq!(device(&[&noted, &began]), "laptop");
        assert_eq!(device(&[&moved, &noted, &began]), "tablet");
    }
}
