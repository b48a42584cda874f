//! The notify crate, without what it tells of readers.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::{is_hidden, nearest};

/// So many events are one piece of what happened.
const MOST_EVENTS: usize = 1_024;

/// What a watch waits for.
enum Heard {
    /// Something happened, or something went wrong; then what changed is unknown.
    Something(notify::Result<Event>),
    /// It is to end.
    Enough,
}

/// Ends the watch when it is dropped.
pub(super) struct Ends(Sender<Heard>);

impl Drop for Ends {
    fn drop(&mut self) {
        // Whoever does not listen has ended already.
        let _ = self.0.send(Heard::Enough);
    }
}

/// A watched folder.
pub(super) struct Folder {
    journal: PathBuf,
    /// The one name in it that counts, and then nothing inside.
    only: Option<OsString>,
    watcher: RecommendedWatcher,
    /// The folder that is watched: the journal's, or one above it.
    at: PathBuf,
    heard: Receiver<Heard>,
}

/// Watches one file by the folder that it is in.
pub(super) fn watch_file(path: &Path) -> io::Result<(Folder, Ends)> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => watch(folder, Some(name)),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// Watches a journal's folder, or the file of this name in a folder.
pub(super) fn watch(journal: &Path, only: Option<&OsStr>) -> io::Result<(Folder, Ends)> {
    let (sender, heard) = mpsc::channel();
    let ends = Ends(sender.clone());
    let tell = move |event| {
        // Nobody listens when the watch has ended.
        let _ = sender.send(Heard::Something(event));
    };
    let mut watcher = notify::recommended_watcher(tell).map_err(io::Error::other)?;
    let at = follow(&mut watcher, journal, only)?;
    let only = only.map(OsStr::to_os_string);
    Ok((Folder { journal: journal.to_path_buf(), only, watcher, at, heard }, ends))
}

impl Folder {
    /// Waits for changes, and returns whether any of them counts; `None` when it is to end. After an error
    /// nothing is watched any more.
    pub(super) fn next_changes(&mut self) -> io::Result<Option<bool>> {
        let mut counts = false;
        let Ok(first) = self.heard.recv() else { return Ok(None) };
        // What goes on without a pause is taken in piece by piece, or nothing of it would ever be told.
        let more = std::iter::from_fn(|| self.heard.try_recv().ok()).take(MOST_EVENTS);
        for heard in std::iter::once(first).chain(more) {
            match heard {
                Heard::Something(event) => counts |= self.counts(&event),
                Heard::Enough => return Ok(None),
            }
        }
        let waited = self.at != self.journal;
        if counts && (waited || !self.at.is_dir()) {
            // Failing means that it is not there; whatever was there is watched no more.
            let _ = self.watcher.unwatch(&self.at);
            self.at = follow(&mut self.watcher, &self.journal, self.only.as_deref())?;
        }
        // What happens beside the way to a journal is no change to it.
        Ok(Some(counts && (!waited || self.at == self.journal)))
    }

    fn counts(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let hidden = |path: &PathBuf| {
            if let Some(only) = self.only.as_deref().filter(|_| self.at == self.journal) {
                return path.file_name() != Some(only);
            }
            let inside = path.strip_prefix(&self.at).unwrap_or(Path::new(""));
            inside.components().any(|part| is_hidden(part.as_os_str().as_encoded_bytes()))
        };
        !event.kind.is_access() && (event.paths.is_empty() || !event.paths.iter().all(hidden))
    }
}

/// Watches what is there of a journal, and returns which folder that is.
fn follow(watcher: &mut RecommendedWatcher, journal: &Path, only: Option<&OsStr>) -> io::Result<PathBuf> {
    loop {
        let folder = nearest(journal);
        let depth =
            if folder == journal && only.is_none() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(folder, depth).map_err(io::Error::other)?;
        // Between the look and the watch the next folder may have come.
        if nearest(journal) == folder {
            return Ok(folder.to_path_buf());
        }
        watcher.unwatch(folder).map_err(io::Error::other)?;
    }
}
