//! What was done last. What became of one block is in [`super::life`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Journal;
use super::error::JournalError;
use super::files::HomeFile;
use super::fold::{Fold, IdSet};
use super::home::Home;
use super::line::{self, Of};
use super::load::Loader;
use super::notice::Notice;
use super::raw::{Known, RawVersion};
use super::stamp::Stamp;
use crate::domain::{Id, Thing};

/// One version of a block, or of something else that is kept: as one change left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The thing as the writer saw it. What other versions set may differ since.
    pub what: Thing,
    /// Whether the writer saw it removed.
    pub removed: bool,
    /// The change.
    pub change: Uuid,
    /// What the change is called. It comes from a file: show it escaped.
    pub does: String,
    /// Whether the change takes another back or does it again.
    pub of: Of,
    /// When it was made, by the clock of the device.
    pub at: DateTime<Utc>,
    /// The device that made it. It comes from a file: show it escaped.
    pub by: String,
    /// The fields that this version set; `None` for the first, which set all.
    pub set: Option<Vec<String>>,
}

/// Versions, and what could not be read of them.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The versions.
    pub versions: Vec<Version>,
    /// Files and folders that could not be read: what they hold is missing.
    pub notices: Vec<Notice>,
}

impl Journal {
    /// Returns every version of a block, the highest first; or, without an id, the
    /// versions of the newest `limit` changes, the newest first.
    pub fn history(&self, id: Option<Id>, limit: usize, now: DateTime<Utc>) -> Result<History, JournalError> {
        let mut files = self.files()?;
        files.list_all();
        let mut notices = files.strays(|_| true);
        let files = files.all();
        let mut loader = self.loader(now);
        let versions = match id {
            Some(id) => {
                let known = loader.whole(&files, &IdSet::from_iter([id]));
                let mut versions = versions_of(id, &known);
                versions.reverse();
                versions
            }
            None => newest(&mut loader, &files, limit),
        };
        notices.extend(loader.notices);
        Ok(History { versions, notices })
    }
}

fn versions_of(id: Id, known: &Fold) -> Vec<Version> {
    Known::of(known).versions(id).iter().filter_map(|version| Version::of(id, version)).collect()
}

/// A line, and whose file it stands in.
type Kept = (Home, Box<[u8]>);

fn newest(loader: &mut Loader, files: &[HomeFile], limit: usize) -> Vec<Version> {
    let mut changes: BTreeMap<(Stamp, Uuid), Vec<Kept>> = BTreeMap::new();
    loader.heads(files, |head, file, bytes| {
        let key = (head.at, head.change);
        let full = changes.len() >= limit && changes.first_key_value().is_some_and(|(oldest, _)| *oldest > key);
        let lines = changes.get(&key);
        if full || lines.is_some_and(|lines| lines.iter().any(|(_, other)| **other == *bytes)) {
            return;
        }
        changes.entry(key).or_default().push((file.home, bytes.into()));
        if changes.len() > limit {
            changes.pop_first();
        }
    });
    let lines = changes.into_values().rev().flatten();
    lines.flat_map(|(home, line)| versions_on(&line, home)).collect()
}

/// Returns the versions that stand on one line, in their order.
fn versions_on(bytes: &[u8], home: Home) -> Vec<Version> {
    let Ok(line) = line::parse(bytes) else { return Vec::new() };
    let kept = line.kept.iter().map(|version| version.id);
    let ids: Vec<Id> = line.versions.iter().map(|version| version.id).chain(kept).collect();
    let mut known = Fold::keeping_lines();
    known.take_in(line, bytes, home, |_| true);
    let raw = Known::of(&known);
    let of = |id: Id| raw.versions(id).iter().filter_map(move |version| Version::of(id, version));
    ids.into_iter().flat_map(of).collect()
}

impl Version {
    fn of(id: Id, version: &RawVersion<'_>) -> Option<Self> {
        let (what, removed) = version.whole(id)?;
        let rank = &version.source().rank;
        Some(Self {
            what,
            removed,
            change: rank.change,
            does: version.does.to_string(),
            of: version.of,
            at: rank.at.instant(),
            by: rank.by.to_string(),
            set: version.set.as_ref().map(|set| set.iter().map(|words| words.0.to_string()).collect()),
        })
    }
}
