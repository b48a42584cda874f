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
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use linux as system;

/// A folder that is watched until this is dropped.
pub struct Watch {
    _ends: system::Ends,
    holds: Arc<AtomicBool>,
}

impl Watch {
    /// Watches the folder of a journal; while it is not there, the nearest one above it that is.
    /// `tell` is called once for what changed at about the same time. When this returns, no
    /// change is missed.
    pub fn start(journal: &Path, tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        Self::over(system::watch(journal, None)?, tell)
    }

    /// Watches one file: what is changed there, and what takes its place. Nothing else in its folder counts.
    /// Of a link the file that it leads to is watched too, and another one when it leads there.
    pub fn file(path: &Path, tell: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let (path, tell): (PathBuf, Arc<dyn Fn() + Send + Sync>) = (path.to_path_buf(), Arc::new(tell));
        let mut leads_to = Self::end_of_links(&path, &tell);
        let at = system::watch_file(&path)?;
        let tell_of_link = move || {
            // First watched, then told, or what changes between the two would be missed.
            drop(std::mem::replace(&mut leads_to, Self::end_of_links(&path, &tell)));
            tell();
        };
        Self::over(at, tell_of_link)
    }

    /// Watches the file that a link leads to, if it is one, and that can be watched.
    fn end_of_links(path: &Path, tell: &Arc<dyn Fn() + Send + Sync>) -> Option<Self> {
        // Settings are often a link into a folder that is kept in git.
        path.read_link().ok()?;
        let tell = Arc::clone(tell);
        Self::over(system::watch_file(&path.canonicalize().ok()?).ok()?, move || tell()).ok()
    }

    /// Whether it still watches: the system may take that back, and that is told as a change.
    pub fn holds(&self) -> bool {
        self.holds.load(Ordering::Acquire)
    }

    fn over(
        (mut folder, ends): (system::Folder, system::Ends),
        mut tell: impl FnMut() + Send + 'static,
    ) -> io::Result<Self> {
        let holds = Arc::new(AtomicBool::new(true));
        let shared = Arc::clone(&holds);
        let wait = move || {
            loop {
                match folder.next_changes() {
                    Ok(Some(true)) => tell(),
                    Ok(Some(false)) => {}
                    Ok(None) => return,
                    Err(_) => {
                        shared.store(false, Ordering::Release);
                        return tell();
                    }
                }
            }
        };
        thread::Builder::new().name("watch".to_owned()).spawn(wait)?;
        Ok(Self { _ends: ends, holds })
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

    /// Catches: a link that is followed once, when the watch begins; dotfiles are switched by leading it elsewhere.
    #[cfg(unix)]
    #[test]
    fn a_link_that_is_led_elsewhere_is_told_and_so_is_what_it_leads_to_then() {
        let home = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| home.path().join(name).join("config.toml"));
        for file in [&one, &other] {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "1").unwrap();
        }
        let link = home.path().join("config.toml");
        std::os::unix::fs::symlink(&one, &link).unwrap();
        let (sender, told) = mpsc::channel();
        let _watch = Watch::file(&link, move || sender.send(()).unwrap_or_default()).unwrap();
        std::os::unix::fs::symlink(&other, home.path().join("new")).unwrap();
        fs::rename(home.path().join("new"), &link).unwrap();
        told.recv_timeout(PATIENCE).unwrap();
        while told.recv_timeout(Duration::from_millis(200)).is_ok() {}
        fs::write(&other, "2").unwrap();
        told.recv_timeout(PATIENCE).unwrap();
    }

    /// Catches: a watcher that takes in what goes on without a pause for ever, and tells nothing of it.
    #[test]
    fn what_goes_on_without_a_pause_is_told_while_it_does() {
        let watched = Watched::with_a_year();
        let (path, done) = (watched.path("2026/2026-03.desk.jsonl"), Arc::new(AtomicBool::new(false)));
        let goes_on = Arc::clone(&done);
        let writer = thread::spawn(move || {
            let mut file = OpenOptions::new().append(true).open(path).unwrap();
            while !goes_on.load(Ordering::Acquire) {
                file.write_all(b"x").unwrap();
            }
        });
        let told = watched.told.recv_timeout(PATIENCE);
        done.store(true, Ordering::Release);
        writer.join().unwrap();
        told.unwrap();
        assert!(watched.watch.holds());
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
