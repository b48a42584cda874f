//! What this device did, the newest first, and which of it is to be undone or redone.
//!
//! The ends of its files nearly always tell; so undoing costs what any change costs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::files::MonthFile;
use super::line::{self, Of};
use super::load::Loader;
use super::month::Month;
use super::skim::Head;
use super::stamp::Stamp;
use crate::domain::Id;

/// How much of the end of each file is read first; then eight times as much, of those files
/// that did not tell.
const END: u64 = 2 * 1024;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

/// Something that this device did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) head: Head,
    /// A month in whose file it stands.
    month: Month,
}

/// Finds what is to be undone or redone, and returns before it the stamp of the newest step.
pub(super) fn find(loader: &mut Loader, own: &[MonthFile], way: Way) -> (Option<Stamp>, Option<Step>) {
    find_from(END, loader, own, way)
}

fn find_from(first: u64, loader: &mut Loader, own: &[MonthFile], way: Way) -> (Option<Stamp>, Option<Step>) {
    let mut ends = Ends::default();
    ends.read(loader, own, first);
    let mut bytes = first;
    loop {
        let trail = ends.trail();
        if let Ok(found) = trail.decide(way) {
            return (trail.steps.first().map(|step| step.head.at), found);
        }
        let Some(month) = trail.stopped_by else { return (None, None) };
        bytes = bytes.saturating_mul(8);
        let again: Vec<_> = own.iter().filter(|file| file.month == month).cloned().collect();
        ends.read(loader, &again, bytes);
    }
}

/// What this device did, the newest first.
struct Trail {
    steps: Vec<Step>,
    /// The month whose file was not read far enough to tell what was before; none, if
    /// nothing was.
    stopped_by: Option<Month>,
}

/// What was read does not go back far enough.
#[derive(Debug, PartialEq, Eq)]
struct DoesNotTell;

/// What the ends of the files of each month say.
#[derive(Default)]
struct Ends(BTreeMap<Month, End>);

/// What the end of a month's file says.
struct End {
    /// The oldest first.
    steps: Vec<Step>,
    /// Whether that is all of it.
    whole: bool,
}

impl Ends {
    /// Reads so many bytes of the end of each file, in place of what was known of its month.
    fn read(&mut self, loader: &mut Loader, own: &[MonthFile], bytes: u64) {
        let mut read: BTreeMap<Month, End> = BTreeMap::new();
        for file in own {
            let mut steps: Vec<Step> = Vec::new();
            let whole = loader.last_heads(file, bytes, |head| {
                // An import may take several lines.
                if steps.last().is_none_or(|last| last.head.change != head.change) {
                    steps.push(Step { head, month: file.month });
                }
            });
            let end = read.entry(file.month).or_insert(End { steps: Vec::new(), whole: true });
            if !whole {
                end.steps.clear();
                end.whole = false;
            }
            end.steps.extend(steps);
        }
        self.0.extend(read);
    }

    /// Merges what several files tell. Within a file the order of the lines is what happened,
    /// whatever the clock said; between files only the clock can tell. Where a file was not
    /// read far enough to tell what comes next, the trail ends.
    fn trail(&self) -> Trail {
        let mut seen = HashSet::new();
        let mut steps = Vec::new();
        let mut newest = BinaryHeap::new();
        let mut next: Vec<_> = self.0.iter().map(|(month, end)| (*month, end.whole, end.steps.iter().rev())).collect();
        let mut advance = Some(0..next.len());
        while let Some(files) = advance.take() {
            for file in files {
                let Some((month, whole, rest)) = next.get_mut(file) else { continue };
                match rest.next() {
                    Some(step) => newest.push(Newest { step: *step, file }),
                    None if *whole => {}
                    None => return Trail { steps, stopped_by: Some(*month) },
                }
            }
            if let Some(Newest { step, file }) = newest.pop() {
                if seen.insert(step.head.change) {
                    steps.push(step);
                }
                advance = Some(file..file + 1);
            }
        }
        Trail { steps, stopped_by: None }
    }
}

/// The newest step that is left of a file.
struct Newest {
    step: Step,
    file: usize,
}

impl Newest {
    fn key(&self) -> (Stamp, Uuid, usize) {
        (self.step.head.at, self.step.head.change, self.file)
    }
}

impl Ord for Newest {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Newest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Newest {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Newest {}

impl Trail {
    /// Returns what is to be undone or redone, if anything is.
    fn decide(&self, way: Way) -> Result<Option<Step>, DoesNotTell> {
        match way {
            Way::Undo => self.known(self.to_undo()),
            Way::Redo => {
                let since: Vec<_> = self.steps.iter().take_while(|step| step.head.of != Of::Itself).collect();
                if since.len() == self.steps.len() && self.stopped_by.is_some() {
                    return Err(DoesNotTell);
                }
                match undone_last(&since) {
                    Some(last) => self.known(self.steps.iter().find(|step| step.head.change == last)),
                    None => Ok(None),
                }
            }
        }
    }

    fn known(&self, found: Option<&Step>) -> Result<Option<Step>, DoesNotTell> {
        if found.is_some() || self.stopped_by.is_none() { Ok(found.copied()) } else { Err(DoesNotTell) }
    }

    /// Returns the newest change that is neither an undo nor a redo and is not undone.
    fn to_undo(&self) -> Option<&Step> {
        let mut last_word: BTreeMap<Uuid, bool> = BTreeMap::new();
        self.steps.iter().find(|step| {
            match step.head.of {
                Of::Itself => return !last_word.get(&step.head.change).copied().unwrap_or_default(),
                Of::Undoes(change) => last_word.entry(change).or_insert(true),
                Of::Redoes(change) => last_word.entry(change).or_insert(false),
            };
            false
        })
    }
}

/// Returns the change that was undone last, of those undone in these steps, the newest first,
/// and not redone.
fn undone_last(since: &[&Step]) -> Option<Uuid> {
    let mut undone = Vec::new();
    for step in since.iter().rev() {
        match step.head.of {
            Of::Undoes(change) => undone.push(change),
            Of::Redoes(change) => undone.retain(|other| *other != change),
            Of::Itself => {}
        }
    }
    undone.pop()
}

/// Returns now, or an instant after the newest step, where that is a little ahead: undo and
/// redo must know their own order, also between files. A stamp that is far ahead is left
/// behind, so that one wrong clock does not set all stamps after it.
pub(super) fn after(newest: Option<Stamp>, now: DateTime<Utc>) -> DateTime<Utc> {
    let next = newest.and_then(Stamp::next).map(Stamp::instant);
    next.filter(|at| *at < now + TimeDelta::days(1)).map_or(now, |at| at.max(now))
}

/// A change of this device.
pub(super) struct Done {
    pub(super) does: String,
    pub(super) at: Stamp,
    /// The blocks it touched, and where they live.
    pub(super) homes: BTreeMap<Id, Month>,
}

impl Done {
    /// Reads what a change did, in the files of the months that it names.
    pub(super) fn of(loader: &mut Loader, own: &[MonthFile], step: &Step) -> Self {
        let mut done = Self { does: String::new(), at: step.head.at, homes: BTreeMap::new() };
        let (here, others): (Vec<_>, Vec<_>) = own.iter().cloned().partition(|file| file.month == step.month);
        let named = done.read(loader, &here, step.head.change);
        let others: Vec<_> = others.into_iter().filter(|file| named.contains(&file.month)).collect();
        done.read(loader, &others, step.head.change);
        done
    }

    /// Takes in what some files say, and returns all months that the change names.
    fn read(&mut self, loader: &mut Loader, files: &[MonthFile], change: Uuid) -> HashSet<Month> {
        let mut months = HashSet::new();
        loader.heads(files, |head, file, bytes| {
            if head.change != change {
                return;
            }
            if let Ok(line) = line::parse(bytes) {
                self.homes.extend(line.versions.iter().map(|version| (version.id, file.month)));
                months.extend(line.months.iter().filter_map(|month| Month::from_text(&month.0)));
                self.does = line.does.into_owned();
            }
        });
        months
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::Place;
    use crate::journal::files::Files;

    fn line(number: usize, month: usize, (of, which): (u8, usize), at: u32) -> (usize, String) {
        let id = |number: usize| format!("01936f00-0000-7000-8000-{number:012}");
        let of = match of {
            0 => format!(r#","undoes":"{}""#, id(which % number.max(1))),
            1 => format!(r#","redoes":"{}""#, id(which % number.max(1))),
            _ => String::new(),
        };
        let block = format!(r#"{{"id":"{}","start":"2026-01-02T09:00:00Z","kind":"creating","activity":"x"}}"#, id(99));
        let at = format!("2026-11-22T09:00:{:02}.000Z", at % 60);
        let change = id(number);
        (
            month,
            format!(r#"{{"v":1,"change":"{change}","at":"{at}","by":"a","does":"x"{of},"blocks":[{block}]}}"#) + "\n",
        )
    }

    proptest! {
        #[test]
        fn the_ends_of_files_tell_what_all_of_them_tells(
            acts in prop::collection::vec((0..3_usize, (0..5_u8, any::<usize>()), 0..3_u32), 1..40),
            bytes in 1..3_000_u64,
        ) {
            let folder = tempfile::TempDir::new().unwrap();
            let journal = folder.path().to_owned();
            let place = Place { state: journal.join("state"), journal, device: "a".to_owned() };
            let mut at = 0;
            for (number, (month, of, later)) in acts.into_iter().enumerate() {
                at += later;
                let (month, text) = line(number, month, of, at);
                let path = place.journal.join(format!("2026-{:02}.a.jsonl", month + 1));
                let before = std::fs::read_to_string(&path).unwrap_or_default();
                std::fs::write(path, before + &text).unwrap();
            }
            let own = Files::of(&place).unwrap().of_months(|_| true);
            let mut loader = Loader::new(DateTime::default());
            for way in [Way::Undo, Way::Redo] {
                let mut find = |bytes| {
                    let (newest, step) = find_from(bytes, &mut loader, &own, way);
                    (newest, step.map(|step| step.head.change))
                };
                prop_assert_eq!(find(bytes), find(u64::MAX));
            }
        }
    }
}
