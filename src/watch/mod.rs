//! The journal's folder, or one file, watched: that something changed is told, and not what.
//!
//! Only changes are told. A read by another command must never wake whoever watches, nor may
//! their own: they would wake themselves for ever.
//!
//! What counts of a journal is what a read of the journal looks at: the folder, the folders in it, and the
//! files of both, without those that are hidden (git's and sync services' own).

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

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
        let _watch = Watch::file(&linked, move || sender.send(()).unwrap_or_default()).unwrap();
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
        let _watch = Watch::file(&path, move || sender.send(()).unwrap_or_default()).unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "target = 40").unwrap();
        told.recv_timeout(PATIENCE).unwrap();
    }
}
