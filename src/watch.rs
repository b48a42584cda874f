//! The journal's folder, or one file, watched: that something changed is told, and not what.
//!
//! Only changes are told. A read by another command must never wake whoever watches, nor may
//! their own: they would wake themselves for ever.
//!
//! What counts of a journal is what a read of the journal looks at: the folder, the folders in it, and the
//! files of both, without those that are hidden (git's and sync services' own).

use std::io;
use std::path::Path;
use std::thread;

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use linux as system;

/// A folder that is watched until this is dropped.
pub struct Watch {
    _ends: system::Ends,
}

impl Watch {
    /// Watches the folder of a journal; while it is not there, the nearest one above it that is.
    /// `tell` is called once for what changed at about the same time. When this returns, no
    /// change is missed.
    pub fn start(journal: &Path, tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        Self::over(system::watch(journal, None)?, tell)
    }

    /// Watches one file: what is changed there, and what takes its place. Nothing else in its folder counts.
    pub fn file(path: &Path, tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        // Settings are often a link into a folder that is kept in git; then that is the file.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        Self::over(system::watch(folder, Some(name))?, tell)
    }

    fn over((mut folder, ends): (system::Folder, system::Ends), tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        let wait = move || {
            while let Some(counts) = folder.next_changes() {
                if counts {
                    tell();
                }
            }
        };
        thread::Builder::new().name("watch".to_owned()).spawn(wait)?;
        Ok(Self { _ends: ends })
    }
}

/// Returns the nearest folder that is there: the journal's, or one above it.
fn nearest(journal: &Path) -> &Path {
    // The empty path is what stands above a relative one.
    let there = journal.ancestors().find(|folder| folder.is_dir() || folder.as_os_str().is_empty());
    there.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a file of this name is none that the journal reads.
fn is_hidden(name: &[u8]) -> bool {
    // iCloud marks so what it has not downloaded, and the journal tells of that.
    name.starts_with(b".") && !name.ends_with(b".icloud")
}

/// inotify, asked for changes alone. A crate would have it tell of every file that is opened.
#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::{OsStr, OsString};
    use std::io::{self, PipeReader, PipeWriter};
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use rustix::io::Errno;

    use super::{is_hidden, nearest};

    /// The end of a pipe: the watch ends when it closes.
    pub(super) type Ends = PipeWriter;

    /// A watched folder.
    pub(super) struct Folder {
        journal: PathBuf,
        /// The one name in it that counts, and then nothing inside.
        only: Option<OsString>,
        inotify: OwnedFd,
        /// Whether the journal is not there, and a folder above it is watched.
        waits: bool,
        ends: PipeReader,
    }

    /// Watches a journal's folder, or the file of this name in a folder.
    pub(super) fn watch(journal: &Path, only: Option<&OsStr>) -> io::Result<(Folder, Ends)> {
        let (ends, end) = io::pipe()?;
        let (inotify, waits) = follow(journal, only)?;
        let only = only.map(OsStr::to_os_string);
        Ok((Folder { journal: journal.to_path_buf(), only, inotify, waits, ends }, end))
    }

    impl Folder {
        /// Waits for changes, and returns whether any of them counts; `None` when it is to end.
        pub(super) fn next_changes(&mut self) -> Option<bool> {
            loop {
                let mut asked = [
                    PollFd::new(&self.inotify, PollFlags::IN),
                    // It is closed, and never written to.
                    PollFd::new(&self.ends, PollFlags::empty()),
                ];
                let outcome = poll(&mut asked, None);
                let [_, ended] = asked.map(|asked| !asked.revents().is_empty());
                match outcome {
                    Err(Errno::INTR) => {}
                    Ok(_) if !ended => return self.take_in().ok(),
                    Ok(_) | Err(_) => return None,
                }
            }
        }

        /// Takes in all that happened, and returns whether any of it counts.
        fn take_in(&mut self) -> io::Result<bool> {
            let mut space = [MaybeUninit::uninit(); 4096];
            let mut events = Reader::new(&self.inotify, &mut space);
            let (mut counts, mut anew) = (false, self.waits);
            loop {
                let event = match events.next() {
                    Ok(event) => event,
                    Err(Errno::AGAIN) => break,
                    Err(Errno::INTR) => continue,
                    Err(error) => return Err(error.into()),
                };
                let Some(name) = event.file_name() else {
                    // The folder itself, or more than could be told.
                    counts = true;
                    anew |= event.events().intersects(
                        ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::QUEUE_OVERFLOW | ReadFlags::UNMOUNT,
                    );
                    continue;
                };
                if let Some(only) = &self.only {
                    counts |= only.as_bytes() == name.to_bytes();
                    continue;
                }
                if is_hidden(name.to_bytes()) {
                    continue;
                }
                counts = true;
                if event.events().intersects(ReadFlags::CREATE | ReadFlags::MOVED_TO) {
                    // Of a name in the folder of a year there is nothing here, and of a file no folder.
                    follow_inside(&self.inotify, &self.journal.join(OsStr::from_bytes(name.to_bytes())))?;
                }
            }
            let waited = self.waits;
            if anew {
                (self.inotify, self.waits) = follow(&self.journal, self.only.as_deref())?;
            }
            // What happens beside the way to a journal is no change to it.
            Ok(if waited { !self.waits } else { counts })
        }
    }

    /// Watches what is there of a journal; returns too whether it is not there yet.
    fn follow(journal: &Path, only: Option<&OsStr>) -> io::Result<(OwnedFd, bool)> {
        loop {
            let inotify = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
            let folder = nearest(journal);
            match inotify::add_watch(&inotify, folder, changes()) {
                Ok(_) => {}
                // It went meanwhile.
                Err(Errno::NOENT | Errno::NOTDIR) => continue,
                Err(error) => return Err(error.into()),
            }
            if folder == journal && only.is_some() {
                return Ok((inotify, false));
            }
            if folder == journal {
                // One that cannot be listed cannot be read either.
                for entry in journal.read_dir().into_iter().flatten().filter_map(Result::ok) {
                    if !is_hidden(entry.file_name().as_bytes()) {
                        follow_inside(&inotify, &entry.path())?;
                    }
                }
                return Ok((inotify, false));
            }
            // Between the look and the watch the next folder may have come.
            if nearest(journal) == folder {
                return Ok((inotify, true));
            }
        }
    }

    /// Watches a folder in the journal's; a file there is watched by the folder it is in.
    fn follow_inside(inotify: &OwnedFd, path: &Path) -> io::Result<()> {
        match inotify::add_watch(inotify, path, changes()) {
            // One that nobody may look into has nothing to tell.
            Ok(_) | Err(Errno::NOTDIR | Errno::NOENT | Errno::ACCESS | Errno::LOOP) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What is told of a folder: everything but OPEN, ACCESS and both CLOSEs, by which readers
    /// would wake. ATTRIB is there for a file that could not be read, and may be now.
    fn changes() -> WatchFlags {
        WatchFlags::MODIFY
            | WatchFlags::ATTRIB
            | WatchFlags::CREATE
            | WatchFlags::DELETE
            | WatchFlags::MOVED_FROM
            | WatchFlags::MOVED_TO
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF
            | WatchFlags::ONLYDIR
    }
}

/// The notify crate, without what it tells of readers.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::ffi::{OsStr, OsString};
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{self, Receiver, Sender};

    use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

    use super::{is_hidden, nearest};

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
        /// Waits for changes, and returns whether any of them counts; `None` when it is to end.
        pub(super) fn next_changes(&mut self) -> Option<bool> {
            let mut counts = false;
            let mut next = self.heard.recv().ok();
            while let Some(heard) = next {
                match heard {
                    Heard::Something(event) => counts |= self.counts(&event),
                    Heard::Enough => return None,
                }
                next = self.heard.try_recv().ok();
            }
            let waited = self.at != self.journal;
            if counts && (waited || !self.at.is_dir()) {
                // Failing means that it is not there; whatever was there is watched no more.
                let _ = self.watcher.unwatch(&self.at);
                self.at = follow(&mut self.watcher, &self.journal, self.only.as_deref()).ok()?;
            }
            // What happens beside the way to a journal is no change to it.
            Some(counts && (!waited || self.at == self.journal))
        }

        fn counts(&self, event: &notify::Result<Event>) -> bool {
            let Ok(event) = event else { return true };
            let hidden = |path: &PathBuf| {
                if let Some(only) = self.only.as_ref().filter(|_| self.at == self.journal) {
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
            let depth = if folder == journal && only.is_none() {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            watcher.watch(folder, depth).map_err(io::Error::other)?;
            // Between the look and the watch the next folder may have come.
            if nearest(journal) == folder {
                return Ok(folder.to_path_buf());
            }
            watcher.unwatch(folder).map_err(io::Error::other)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::path::PathBuf;
    use std::sync::mpsc::{self, Receiver};
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;

    /// How long a machine with much else to do may take to tell.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// A home with a journal in it, or none yet, and what was told of it.
    struct Watched {
        home: TempDir,
        told: Receiver<()>,
        watch: Watch,
    }

    impl Watched {
        fn new(made: impl Fn(&Path)) -> Self {
            let home = tempfile::tempdir().unwrap();
            made(home.path());
            let (sender, told) = mpsc::channel();
            let tell = move || {
                let _ = sender.send(());
            };
            let watch = Watch::start(&home.path().join("share/tiltmeter/journal"), tell).unwrap();
            Self { home, told, watch }
        }

        fn with_a_year() -> Self {
            Self::new(|home| {
                let year = home.join("share/tiltmeter/journal/2026");
                fs::create_dir_all(&year).unwrap();
                fs::write(year.join("2026-03.desk.jsonl"), "one\n").unwrap();
            })
        }

        fn path(&self, inside: &str) -> PathBuf {
            self.home.path().join("share/tiltmeter/journal").join(inside)
        }

        fn append(&self, inside: &str) {
            let mut file = OpenOptions::new().append(true).create(true).open(self.path(inside)).unwrap();
            file.write_all(b"another\n").unwrap();
        }

        /// Waits until something is told, and takes whatever comes until it is quiet.
        fn tells(&self) {
            self.told.recv_timeout(PATIENCE).unwrap();
            while self.told.recv_timeout(Duration::from_millis(100)).is_ok() {}
        }
    }

    #[test]
    fn an_appended_line_is_told() {
        let watched = Watched::with_a_year();
        for _ in 0..3 {
            watched.append("2026/2026-03.desk.jsonl");
            watched.tells();
        }
    }

    #[test]
    fn a_file_that_takes_anothers_place_is_told() {
        let watched = Watched::with_a_year();
        fs::write(watched.home.path().join("temporary"), "two\n").unwrap();
        fs::rename(watched.home.path().join("temporary"), watched.path("2026/2026-03.desk.jsonl")).unwrap();
        watched.tells();
        fs::remove_file(watched.path("2026/2026-03.desk.jsonl")).unwrap();
        watched.tells();
    }

    #[test]
    fn a_new_year_is_told_and_what_is_written_in_it_later_too() {
        let watched = Watched::with_a_year();
        fs::create_dir(watched.path("2027")).unwrap();
        watched.tells();
        watched.append("2027/2027-01.desk.jsonl");
        watched.tells();
        watched.append("2027/2027-01.desk.jsonl");
        watched.tells();
        // One that a sync service brings at once.
        let brought = watched.home.path().join("brought");
        fs::create_dir(&brought).unwrap();
        fs::rename(brought, watched.path("2028")).unwrap();
        watched.tells();
        watched.append("2028/2028-01.desk.jsonl");
        watched.tells();
    }

    #[test]
    fn a_journal_that_was_not_there_is_told_when_it_is_made_and_filled() {
        let watched = Watched::new(|_| {});
        fs::create_dir_all(watched.path("2026")).unwrap();
        watched.tells();
        watched.append("2026/2026-03.desk.jsonl");
        watched.tells();
        // And folder by folder.
        let watched = Watched::new(|home| fs::create_dir(home.join("share")).unwrap());
        fs::create_dir(watched.home.path().join("share/tiltmeter")).unwrap();
        fs::create_dir(watched.home.path().join("share/tiltmeter/journal")).unwrap();
        watched.tells();
        watched.append("2026-03.desk.jsonl");
        watched.tells();
    }

    #[test]
    fn what_happens_beside_the_way_to_a_journal_is_not_told() {
        let watched = Watched::new(|_| {});
        fs::write(watched.home.path().join("beside"), "").unwrap();
        fs::create_dir(watched.home.path().join("another")).unwrap();
        fs::create_dir(watched.home.path().join("share")).unwrap();
        assert!(watched.told.recv_timeout(Duration::from_millis(200)).is_err());
        fs::create_dir_all(watched.path("")).unwrap();
        watched.tells();
    }

    #[test]
    fn a_journal_that_goes_and_comes_back_is_told_and_watched_again() {
        let watched = Watched::with_a_year();
        let aside = watched.home.path().join("aside");
        fs::rename(watched.path(""), &aside).unwrap();
        watched.tells();
        fs::create_dir_all(watched.path("2026")).unwrap();
        watched.tells();
        watched.append("2026/2026-04.desk.jsonl");
        watched.tells();
        fs::remove_dir_all(watched.path("")).unwrap();
        watched.tells();
        fs::rename(aside, watched.path("")).unwrap();
        watched.tells();
        watched.append("2026/2026-03.desk.jsonl");
        watched.tells();
    }

    #[test]
    fn a_reader_is_never_told() {
        let watched = Watched::with_a_year();
        for _ in 0..10 {
            fs::read(watched.path("2026/2026-03.desk.jsonl")).unwrap();
            assert_eq!(fs::read_dir(watched.path("")).unwrap().count(), 1);
            assert_eq!(fs::read_dir(watched.path("2026")).unwrap().count(), 1);
        }
        assert!(watched.told.recv_timeout(Duration::from_millis(200)).is_err());
        // Not because nothing is: one change is one.
        fs::create_dir(watched.path("2027")).unwrap();
        watched.told.recv_timeout(PATIENCE).unwrap();
    }

    #[test]
    fn what_is_hidden_is_not_told() {
        let watched = Watched::with_a_year();
        fs::create_dir(watched.path(".git")).unwrap();
        watched.append(".git/index");
        watched.append("2026/.2026-03.desk.jsonl.swp");
        assert!(watched.told.recv_timeout(Duration::from_millis(200)).is_err());
        watched.append("2026/.2026-03.desk.jsonl.icloud");
        watched.tells();
    }

    #[test]
    fn a_thread_ends_with_its_watch() {
        let watched = Watched::with_a_year();
        let Watched { told, watch, .. } = watched;
        drop(watch);
        // What it tells by goes with it.
        assert_eq!(told.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    }

    /// Caught when everything in the folder counted (what lies beside it was told), and when links were not
    /// followed (the last change was not).
    #[cfg(unix)]
    #[test]
    fn of_one_file_its_changes_are_told_and_none_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let (kept, linked) = (home.path().join("kept.toml"), home.path().join("config.toml"));
        fs::write(&kept, "one").unwrap();
        std::os::unix::fs::symlink(&kept, &linked).unwrap();
        let (sender, told) = mpsc::channel();
        let _watch = Watch::file(&linked, move || drop(sender.send(()))).unwrap();
        fs::write(home.path().join("other"), "x").unwrap();
        fs::write(home.path().join("temporary"), "two").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err());
        fs::rename(home.path().join("temporary"), &kept).unwrap();
        told.recv_timeout(PATIENCE).unwrap();
    }

    #[test]
    fn a_file_that_was_not_there_is_told_when_it_comes_with_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config/tiltmeter/config.toml");
        let (sender, told) = mpsc::channel();
        let _watch = Watch::file(&path, move || drop(sender.send(()))).unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "target = 40").unwrap();
        told.recv_timeout(PATIENCE).unwrap();
    }
}
