//! Lines onto the disk: appended, synced, and cut back if that fails.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::JournalError;
use super::home::Home;
use super::place::Place;

/// What git needs to know of the files: their ends of lines are theirs, and two versions
/// of one are merged by taking the lines of both.
const GIT_ATTRIBUTES: &str = "*.jsonl -text merge=union\n";

/// What is to be written to the file of one home: whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HomeLines {
    pub(super) home: Home,
    /// One line or more, each with its newline.
    pub(super) text: String,
}

/// What waits for the disk.
pub(super) trait Disk {
    /// Waits until what was written to a file is on the disk; `path` is where it stood.
    fn sync(&self, file: &File, path: &Path) -> io::Result<()>;
    /// Waits until a folder's list of names is on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The disk that there is.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn sync(&self, file: &File, _: &Path) -> io::Result<()> {
        file.sync_data()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }
}

/// Writes lines to this device's files, in the order given. When this returns, they are on
/// the disk. If it fails, none of them is, unless the error says that they may be.
pub(super) fn append(place: &Place, lines: &[HomeLines]) -> Result<(), JournalError> {
    append_on(&RealDisk, place, lines)
}

fn append_on(disk: &dyn Disk, place: &Place, lines: &[HomeLines]) -> Result<(), JournalError> {
    let mut written = Vec::new();
    let outcome = lines.iter().try_for_each(|lines| append_to(disk, place, lines, &mut written));
    outcome.map_err(|error| {
        // What was written last is taken back first, and nothing before what has to stay: a
        // removal must not be left without the block that takes its place.
        let is_left = written.iter().rev().any(|appended: &Appended| !appended.cut_back(disk));
        error.maybe_saved(is_left)
    })
}

/// Writes to one file. One that took its place meanwhile (git, a sync service or somebody
/// who restores a backup did that) is written to once more: a line that stands twice is one.
fn append_to(
    disk: &dyn Disk,
    place: &Place,
    HomeLines { home, text }: &HomeLines,
    written: &mut Vec<Appended>,
) -> Result<(), JournalError> {
    let path = place.file(*home);
    for _ in 0..2 {
        let (mut file, mut appended) = Appended::open(disk, path.clone())?;
        if appended.length == 0 {
            tell_git(place);
        }
        let outcome = appended.write(disk, &mut file, text);
        written.push(appended);
        outcome?;
        if is_still_at(&file, &path) {
            return Ok(());
        }
    }
    let replaced = io::Error::other("another file keeps taking its place");
    Err(JournalError::not_saved(&path, &replaced).maybe_saved(true))
}

/// Returns whether an open file is the one that stands at a path.
#[cfg(unix)]
pub(super) fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(found)) = (file.metadata(), fs::metadata(path)) else { return false };
    (held.dev(), held.ino()) == (found.dev(), found.ino())
}

#[cfg(not(unix))]
pub(super) fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// A file that was, or was to be, appended to.
struct Appended {
    path: PathBuf,
    /// How long it was before. Of one that was empty, the name may not be on the disk.
    length: u64,
    /// What was written to it, or was to be.
    bytes: Vec<u8>,
}

impl Appended {
    fn open(disk: &dyn Disk, path: PathBuf) -> Result<(File, Self), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&path, &error);
        if let Some(folder) = path.parent() {
            make_folder_on(disk, folder)?;
        }
        let file = options().open(&path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok((file, Self { path, length, bytes: Vec::new() }))
    }

    /// Writes with one call and waits for the disk. After a failed sync the same file is
    /// never synced again: the system would say that all is well.
    fn write(&mut self, disk: &dyn Disk, file: &mut File, text: &str) -> Result<(), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&self.path, &error);
        if !ends_with_newline(file, self.length).map_err(failed)? {
            self.bytes.push(b'\n');
        }
        self.bytes.extend_from_slice(text.as_bytes());
        file.write_all(&self.bytes).map_err(failed)?;
        disk.sync(file, &self.path).map_err(|error| failed(error).maybe_saved(true))?;
        let folders = self.path.ancestors().skip(1).take(if self.length == 0 { 2 } else { 0 });
        folders
            .into_iter()
            .try_for_each(|folder| disk.sync_folder(folder))
            .map_err(|error| failed(error).maybe_saved(true))
    }

    /// Takes back what was written, and says whether nothing of it is left. A file whose
    /// new end is not ours is left alone: somebody else wrote to it.
    fn cut_back(&self, disk: &dyn Disk) -> bool {
        let cut = || -> io::Result<bool> {
            let mut file = options().open(&self.path)?;
            file.seek(SeekFrom::Start(self.length))?;
            let mut beyond = Vec::new();
            (&mut file).take(self.bytes.len() as u64 + 1).read_to_end(&mut beyond)?;
            let ours = self.bytes.starts_with(&beyond);
            if ours && !beyond.is_empty() {
                file.set_len(self.length)?;
                disk.sync(&file, &self.path)?;
            }
            Ok(ours)
        };
        cut().unwrap_or(false)
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    options
}

fn ends_with_newline(file: &mut File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else { return Ok(true) };
    file.seek(SeekFrom::Start(last))?;
    let mut byte = [0];
    file.read_exact(&mut byte)?;
    Ok(byte == *b"\n")
}

/// Writes beside the files what git should know of them, unless it is there. Lines are
/// saved even where this cannot be.
fn tell_git(place: &Place) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(place.journal.join(".gitattributes"));
    let _ = opened.and_then(|mut file| file.write_all(GIT_ATTRIBUTES.as_bytes()));
}

/// Makes a folder and those above it, for the user alone, and waits for the disk.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    make_folder_on(&RealDisk, path)
}

fn make_folder_on(disk: &dyn Disk, path: &Path) -> Result<(), JournalError> {
    let failed = |error: io::Error| JournalError::not_saved(path, &error);
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder_on(disk, parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // Another process was as quick.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(JournalError::NotAFolder { path: path.to_owned() })
        }
        Err(error) => Err(failed(error)),
        Ok(()) => match path.parent() {
            Some(parent) => disk.sync_folder(parent).map_err(failed),
            None => Ok(()),
        },
    }
}

/// Waits until a folder's list of names is on the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a folder, and need not.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A disk on which something happens when it is waited for.
    struct Bad<F: Fn(&Path) -> io::Result<()>, G: Fn(&Path) -> io::Result<()>> {
        file: F,
        folder: G,
    }

    impl<F: Fn(&Path) -> io::Result<()>, G: Fn(&Path) -> io::Result<()>> Disk for Bad<F, G> {
        fn sync(&self, _: &File, path: &Path) -> io::Result<()> {
            (self.file)(path)
        }

        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            (self.folder)(folder)
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "what a disk that works answers")]
    fn fine(_: &Path) -> io::Result<()> {
        Ok(())
    }

    fn bad(_: &Path) -> io::Result<()> {
        Err(ErrorKind::StorageFull.into())
    }

    fn place() -> (tempfile::TempDir, Place, Vec<HomeLines>) {
        let folder = tempfile::TempDir::new().unwrap();
        let place = Place {
            journal: folder.path().join("journal"),
            state: folder.path().join("state"),
            device: "desk".to_owned(),
        };
        let home = Home::from_text("2026-11").unwrap();
        (folder, place, vec![HomeLines { home, text: "ours\n".to_owned() }])
    }

    fn maybe(outcome: &Result<(), JournalError>) -> bool {
        let &Err(JournalError::NotSaved { maybe, .. }) = outcome else { panic!("{outcome:?}") };
        maybe
    }

    #[test]
    fn what_the_disk_does_not_confirm_may_or_may_not_be_saved() {
        let (_folder, place, lines) = place();
        fs::create_dir_all(place.journal.join("2026")).unwrap();
        assert!(maybe(&append_on(&Bad { file: bad, folder: fine }, &place, &lines)));
        assert!(maybe(&append_on(&Bad { file: fine, folder: bad }, &place, &lines)));
        assert_eq!(fs::read(place.file(lines[0].home)).unwrap(), b"", "cut back all the same");
    }

    #[test]
    fn the_name_of_a_file_that_an_interrupted_attempt_left_empty_is_waited_for() {
        let (_folder, place, lines) = place();
        let path = place.file(lines[0].home);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "").unwrap();
        let synced = std::cell::RefCell::new(Vec::new());
        let folder = |folder: &Path| {
            synced.borrow_mut().push(folder.to_owned());
            Ok(())
        };
        append_on(&Bad { file: fine, folder }, &place, &lines).unwrap();
        assert_eq!(*synced.borrow(), [place.journal.join("2026"), place.journal.clone()]);
        assert!(place.journal.join(".gitattributes").exists(), "also where the folder was there before");
    }

    #[test]
    fn bytes_of_somebody_else_behind_ours_stop_the_cut_back() {
        let (_folder, place, lines) = place();
        let file = |path: &Path| {
            let before = fs::read_to_string(path)?;
            fs::write(path, before + "theirs\n")?;
            bad(path)
        };
        assert!(maybe(&append_on(&Bad { file, folder: fine }, &place, &lines)));
        assert_eq!(fs::read(place.file(lines[0].home)).unwrap(), b"ours\ntheirs\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_another_replaces_meanwhile_is_written_to_again() {
        let (_folder, place, lines) = place();
        let replaces = |path: &Path| {
            let new = path.with_extension("new");
            fs::write(&new, "theirs\n")?;
            fs::rename(new, path)
        };
        let times = Cell::new(0);
        let once = |path: &Path| {
            times.set(times.get() + 1);
            if times.get() == 1 { replaces(path) } else { Ok(()) }
        };
        append_on(&Bad { file: once, folder: fine }, &place, &lines).unwrap();
        assert_eq!(fs::read(place.file(lines[0].home)).unwrap(), b"theirs\nours\n");
        assert!(maybe(&append_on(&Bad { file: replaces, folder: fine }, &place, &lines)), "not for ever");
    }
}
