//! Lines onto the disk: appended, synced, and cut back if that fails.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::JournalError;
use super::month::Month;
use super::place::Place;

/// What git needs to know of the files: their ends of lines are theirs, and two versions
/// of one are merged by taking the lines of both.
const GIT_ATTRIBUTES: &str = "*.jsonl -text merge=union\n";

/// What is to be written to the file of one month: whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MonthLines {
    pub(super) month: Month,
    /// One line or more, each with its newline.
    pub(super) text: String,
}

/// Writes lines to this device's files, in the order given. When this returns, they are on
/// the disk. If it fails, none of them is, unless the error says that they may be.
pub(super) fn append(place: &Place, lines: &[MonthLines]) -> Result<(), JournalError> {
    prepare_folder(place)?;
    let mut written = Vec::new();
    let outcome = lines.iter().try_for_each(|MonthLines { month, text }| {
        let (file, mut appended) = Appended::open(place.file(*month))?;
        let outcome = appended.write(file, text);
        written.push(appended);
        outcome
    });
    outcome.map_err(|error| {
        let left = written.iter().rev().filter(|appended| !appended.cut_back()).count();
        error.maybe_saved(left > 0)
    })
}

/// A file that was, or was to be, appended to.
struct Appended {
    path: PathBuf,
    /// How long it was before.
    length: u64,
    /// Whether it is new.
    created: bool,
    /// What was written to it, or was to be.
    bytes: Vec<u8>,
}

impl Appended {
    fn open(path: PathBuf) -> Result<(File, Self), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&path, &error);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        let created = matches!(fs::symlink_metadata(&path), Err(error) if error.kind() == ErrorKind::NotFound);
        let file = options().open(&path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok((file, Self { path, length, created, bytes: Vec::new() }))
    }

    /// Writes with one call and waits for the disk. After a failed sync the same file is
    /// never synced again: the system would say that all is well.
    fn write(&mut self, mut file: File, text: &str) -> Result<(), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&self.path, &error);
        if !ends_with_newline(&mut file, self.length).map_err(failed)? {
            self.bytes.push(b'\n');
        }
        self.bytes.extend_from_slice(text.as_bytes());
        file.write_all(&self.bytes).map_err(failed)?;
        file.sync_data().map_err(|error| failed(error).maybe_saved(true))?;
        match self.path.parent().filter(|_| self.created) {
            Some(folder) => sync_folder(folder).map_err(|error| failed(error).maybe_saved(true)),
            None => Ok(()),
        }
    }

    /// Takes back what was written, and says whether nothing of it is left. A file whose
    /// new end is not ours is left alone: somebody else wrote to it.
    fn cut_back(&self) -> bool {
        let cut = || -> io::Result<bool> {
            let mut file = options().open(&self.path)?;
            file.seek(SeekFrom::Start(self.length))?;
            let mut beyond = Vec::new();
            (&mut file).take(self.bytes.len() as u64 + 1).read_to_end(&mut beyond)?;
            let ours = self.bytes.starts_with(&beyond);
            if ours && !beyond.is_empty() {
                file.set_len(self.length)?;
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

/// Makes the journal's folder, with what git should know, unless it is there.
fn prepare_folder(place: &Place) -> Result<(), JournalError> {
    if place.journal.is_dir() {
        return Ok(());
    }
    make_folder(&place.journal)?;
    let path = place.journal.join(".gitattributes");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&path).and_then(|mut file| file.write_all(GIT_ATTRIBUTES.as_bytes()));
    written.or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists => Ok(()),
        _ => Err(JournalError::not_saved(&path, &error)),
    })
}

/// Makes a folder and those above it, for the user alone, and waits for the disk.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    let failed = |error: io::Error| JournalError::not_saved(path, &error);
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
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
            Some(parent) => sync_folder(parent).map_err(failed),
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
