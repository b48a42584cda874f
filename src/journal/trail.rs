//! What this device did, the newest first, and which of it is to be undone or redone.
//!
//! The ends of its files nearly always tell; so undoing costs what any change costs.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::files::HomeFile;
use super::home::Home;
use super::kept_line::Shape;
use super::line::{self, Of};
use super::load::Loader;
use super::skim::Head;
use super::stamp::Stamp;
use crate::domain::Id;

/// How much of the end of a file is read first; then more of one that did not tell.
const ENDS: [u64; 4] = [2 * 1024, 32 * 1024, 512 * 1024, u64::MAX];

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
    /// Where it stands, or a part of it.
    home: Home,
}

/// Finds what is to be undone or redone, and returns before it the stamp of the newest step.
pub(super) fn find(loader: &mut Loader, own: &[HomeFile], way: Way) -> (Option<Stamp>, Option<Step>) {
    let mut newest = None;
    let mut trail = Trail::of(loader, own);
    let steps = std::iter::from_fn(|| trail.next()).inspect(|step| {
        newest.get_or_insert(step.head.at);
    });
    let found = match way {
        Way::Undo => to_undo(steps),
        Way::Redo => to_redo(steps),
    };
    (newest, found)
}

/// Whether a change with this stamp is in these files. Undo nearly always has it at once: it is the newest.
pub(super) fn holds(loader: &mut Loader, own: &[HomeFile], stamp: Stamp) -> bool {
    let mut trail = Trail::of(loader, own);
    std::iter::from_fn(|| trail.next()).take_while(|step| step.head.at >= stamp).any(|step| step.head.at == stamp)
}

/// Returns the newest change that is neither an undo nor a redo and is not undone.
fn to_undo(mut trail: impl Iterator<Item = Step>) -> Option<Step> {
    let mut last_word: BTreeMap<Uuid, bool> = BTreeMap::new();
    trail.find(|step| {
        match step.head.of {
            Of::Itself => return !last_word.get(&step.head.change).copied().unwrap_or_default(),
            Of::Undoes(change) => last_word.entry(change).or_insert(true),
            Of::Redoes(change) => last_word.entry(change).or_insert(false),
        };
        false
    })
}

/// Returns the change that was undone last, of those undone since the last that stands for
/// itself, and not redone.
fn to_redo(mut trail: impl Iterator<Item = Step>) -> Option<Step> {
    let mut since = Vec::new();
    let before = trail.find(|step| {
        since.push(*step);
        step.head.of == Of::Itself
    });
    let mut undone = Vec::new();
    for step in since.iter().rev() {
        match step.head.of {
            Of::Undoes(change) => undone.push(change),
            Of::Redoes(change) => undone.retain(|other| *other != change),
            Of::Itself => {}
        }
    }
    let last = undone.pop()?;
    before.into_iter().chain(trail).find(|step| step.head.change == last)
}

/// What this device did, the newest first, read from the ends of its files no further than
/// is asked for.
struct Trail<'a> {
    loader: &'a mut Loader,
    ends: Vec<End<'a>>,
    seen: HashSet<Uuid>,
}

/// The end of what this device wrote of one home.
struct End<'a> {
    files: Vec<&'a HomeFile>,
    /// What was read of it and not told yet, the oldest first.
    steps: Vec<Step>,
    /// How much of it is read next; nothing where that was all.
    more: std::slice::Iter<'static, u64>,
}

impl<'a> Trail<'a> {
    fn of(loader: &'a mut Loader, own: &'a [HomeFile]) -> Self {
        let mut homes: BTreeMap<Home, Vec<&HomeFile>> = BTreeMap::new();
        for file in own {
            homes.entry(file.home).or_default().push(file);
        }
        let ends = homes.into_values().map(|files| End { files, steps: Vec::new(), more: ENDS.iter() });
        Self { loader, ends: ends.collect(), seen: HashSet::new() }
    }

    /// Returns the newest step that was not returned yet. Within a file the order of the
    /// lines is what happened, whatever the clock said; between files only the clock can tell.
    fn next(&mut self) -> Option<Step> {
        loop {
            for end in &mut self.ends {
                end.read_on(self.loader, &self.seen);
            }
            let newest = |end: &&mut End<'_>| end.steps.last().map(|step| (step.head.at, step.head.change));
            let step = self.ends.iter_mut().max_by_key(newest)?.steps.pop()?;
            if self.seen.insert(step.head.change) {
                return Some(step);
            }
        }
    }
}

impl End<'_> {
    /// Reads more of it where all that was read has been told.
    fn read_on(&mut self, loader: &mut Loader, seen: &HashSet<Uuid>) {
        while self.steps.is_empty()
            && let Some(&bytes) = self.more.next()
        {
            let mut whole = true;
            for file in &self.files {
                let mut steps: Vec<Step> = Vec::new();
                let all = loader.last_heads(file, bytes, |head| {
                    // An import may take several lines.
                    if steps.last().is_none_or(|last| last.head.change != head.change) {
                        steps.push(Step { head, home: file.home });
                    }
                });
                // What stands before the cut of one file hides what the files before it say.
                if !all {
                    self.steps.clear();
                    whole = false;
                }
                self.steps.extend(steps);
            }
            if whole {
                self.more = [].iter();
            }
            while self.steps.last().is_some_and(|step| seen.contains(&step.head.change)) {
                self.steps.pop();
            }
        }
    }
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
    /// What it touched, and where that lives.
    pub(super) homes: BTreeMap<Id, (Shape, Home)>,
}

impl Done {
    /// Reads what a change did, in the files of the homes that it names.
    pub(super) fn of(loader: &mut Loader, own: &[HomeFile], step: &Step) -> Self {
        let mut done = Self { does: String::new(), at: step.head.at, homes: BTreeMap::new() };
        let (here, others): (Vec<_>, Vec<_>) = own.iter().cloned().partition(|file| file.home == step.home);
        let named = done.read(loader, &here, step.head.change);
        let others: Vec<_> = others.into_iter().filter(|file| named.contains(&file.home)).collect();
        done.read(loader, &others, step.head.change);
        done
    }

    /// Takes in what some files say, and returns all homes that the change names.
    fn read(&mut self, loader: &mut Loader, files: &[HomeFile], change: Uuid) -> HashSet<Home> {
        let mut homes = HashSet::new();
        loader.heads(files, |head, file, bytes| {
            if head.change != change {
                return;
            }
            if let Ok(line) = line::parse(bytes) {
                self.homes.extend(line.versions.iter().map(|version| (version.id, (Shape::Block, file.home))));
                self.homes.extend(line.kept.iter().map(|version| (version.id, (version.shape, file.home))));
                homes.extend(line.months.iter().filter_map(|home| Home::from_text(&home.0)));
                self.does = line.does.into_owned();
            }
        });
        homes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::{Journal, Place};

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
        fn the_ends_of_files_tell_what_all_of_them_tell(
            acts in prop::collection::vec((0..3_usize, (0..5_u8, any::<usize>()), 0..3_u32), 1..60),
        ) {
            let folder = tempfile::TempDir::new().unwrap();
            let journal = folder.path().to_owned();
            let place = Place { state: journal.join("state"), journal, device: "a".to_owned() };
            let mut at = 0;
            for (number, (month, of, later)) in acts.into_iter().enumerate() {
                at += later;
                let (month, text) = line(number, month, of, at);
                let path = place.journal.join(format!("2026/2026-{:02}.a.jsonl", month + 1));
                std::fs::create_dir_all(place.journal.join("2026")).unwrap();
                let before = std::fs::read_to_string(&path).unwrap_or_default();
                std::fs::write(path, before + &text).unwrap();
            }
            let reader = Journal::at(place);
            let mut files = reader.files().unwrap();
            files.list_all();
            let own = files.all();
            let mut loader = reader.loader(DateTime::default());
            let lazily: Vec<_> = changes(Trail::of(&mut loader, &own));
            let mut at_once = Trail::of(&mut loader, &own);
            for end in &mut at_once.ends {
                end.more = [u64::MAX].iter();
            }
            prop_assert_eq!(lazily, changes(at_once));
        }
    }

    fn changes(mut trail: Trail<'_>) -> Vec<Uuid> {
        std::iter::from_fn(|| trail.next()).map(|step| step.head.change).collect()
    }
}
