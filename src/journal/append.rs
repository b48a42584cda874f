//! Lines onto the disk: appended, synced, and cut back if that fails.

use std::io::{self, ErrorKind, Read as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::disk::{Disk, How, OpenFile, Sort, is_still_at, make_folders};
use super::error::JournalError;
use super::home::Home;
use super::place::Place;

/// What git needs to know of the files: their ends of lines are theirs, and two versions
/// of one are merged by taking the lines of both.
pub(super) const GIT_ATTRIBUTES: &str = "*.jsonl -text merge=union\n";

/// How much of what was written is looked at again.
const LOOKED_AT: usize = 4096;

/// What is to be written to the file of one home: whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HomeLines {
    pub(super) home: Home,
    /// One line or more, each with its newline.
    pub(super) text: String,
}

/// Writes lines to this device's files, in the order given. When this returns, they are on
/// the disk. If it fails, none of them is, unless the error says that they may be.
pub(super) fn append(disk: &dyn Disk, place: &Place, lines: &[HomeLines]) -> Result<(), JournalError> {
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
            tell_git(disk, place);
        }
        let outcome = appended.write(disk, &mut *file, text);
        written.push(appended);
        outcome?;
        if is_still_at(disk, &*file, &path) {
            return Ok(());
        }
    }
    let replaced = io::Error::other("another file keeps taking its place");
    Err(JournalError::not_saved(&path, &replaced).maybe_saved(true))
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
    fn open(disk: &dyn Disk, path: PathBuf) -> Result<(Box<dyn OpenFile>, Self), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&path, &error);
        if let Some(folder) = path.parent() {
            make_folders(disk, folder)?;
            if let Some(name) = disk.unsafe_at(folder) {
                return Err(JournalError::UnsafeFileSystem { path: folder.to_owned(), name });
            }
        }
        let file = disk.open(&path, How::Append).map_err(failed)?;
        let about = file.about().map_err(failed)?;
        if about.kind != Sort::File {
            // What is written into a pipe or a device is gone.
            return Err(JournalError::no_file(&path));
        }
        Ok((file, Self { path, length: about.length, bytes: Vec::new() }))
    }

    /// Writes with one call and waits for the disk. After a failed sync the same file is
    /// never synced again: the system would say that all is well.
    fn write(&mut self, disk: &dyn Disk, file: &mut dyn OpenFile, text: &str) -> Result<(), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&self.path, &error);
        if !ends_with_newline(file, self.length).map_err(failed)? {
            self.bytes.push(b'\n');
        }
        self.bytes.extend_from_slice(text.as_bytes());
        file.write_all(&self.bytes).map_err(failed)?;
        self.look_whether_it_stands(file)?;
        file.sync().map_err(|error| failed(error).maybe_saved(true))?;
        let is_new = self.length == 0;
        let mut folders = self.path.ancestors().skip(1).filter(|_| is_new);
        folders.try_for_each(|folder| sync_names(disk, folder)).map_err(|error| failed(error).maybe_saved(true))
    }

    /// Looks whether what was written stands where it should: a file system that ignores what
    /// a file was opened for says that all is well. Behind what others wrote meanwhile it is
    /// not looked for.
    fn look_whether_it_stands(&self, file: &mut dyn OpenFile) -> Result<(), JournalError> {
        let failed = |error: io::Error| JournalError::not_saved(&self.path, &error);
        let end = self.length + self.bytes.len() as u64;
        let found = file.about().map_err(failed)?.length;
        let (_, last) = self.bytes.split_at(self.bytes.len().saturating_sub(LOOKED_AT));
        let mut there = vec![0; last.len()];
        if found == end {
            file.seek(SeekFrom::Start(end - last.len() as u64)).map_err(failed)?;
            file.read_exact(&mut there).map_err(failed)?;
        }
        if found > end || there == last {
            return Ok(());
        }
        let elsewhere = io::Error::other("the file system did not write at the end of the file");
        Err(failed(elsewhere).maybe_saved(true))
    }

    /// Takes back what was written, and says whether nothing of it is left. A file whose
    /// new end is not ours is left alone: somebody else wrote to it.
    fn cut_back(&self, disk: &dyn Disk) -> bool {
        let cut = || -> io::Result<bool> {
            let mut file = disk.open(&self.path, How::Append)?;
            file.seek(SeekFrom::Start(self.length))?;
            let mut beyond = Vec::new();
            (&mut file).take(self.bytes.len() as u64 + 1).read_to_end(&mut beyond)?;
            let ours = self.bytes.starts_with(&beyond);
            if ours && !beyond.is_empty() {
                file.set_length(self.length)?;
                file.sync()?;
            }
            Ok(ours)
        };
        cut().unwrap_or(false)
    }
}

/// Waits until the names in a folder are on the disk. All folders above a new file are
/// waited for: any may have been made by a command that died before it waited. One that
/// the user may not read was made by somebody else.
fn sync_names(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.sync_folder(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

fn ends_with_newline(file: &mut dyn OpenFile, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else { return Ok(true) };
    file.seek(SeekFrom::Start(last))?;
    let mut byte = [0];
    file.read_exact(&mut byte)?;
    Ok(byte == *b"\n")
}

/// Writes beside the files what git should know of them, unless it is there. Lines are
/// saved even where this cannot be.
fn tell_git(disk: &dyn Disk, place: &Place) {
    let opened = disk.open(&place.journal.join(".gitattributes"), How::New);
    let _ = opened.and_then(|mut file| file.write_all(GIT_ATTRIBUTES.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::disk::simulated::{Call, Errno, Fault, SimulatedDisk};

    const FULL: Fault = Fault::Fails(Errno::NoSpace);

    fn place() -> (Place, Vec<HomeLines>) {
        let place = Place { journal: "/journal".into(), state: "/state".into(), device: "desk".to_owned() };
        let home = Home::from_text("2026-11").unwrap();
        (place, vec![HomeLines { home, text: "ours\n".to_owned() }])
    }

    fn maybe(outcome: &Result<(), JournalError>) -> bool {
        let &Err(JournalError::NotSaved { maybe, .. }) = outcome else { panic!("{outcome:?}") };
        maybe
    }

    #[test]
    fn what_the_disk_does_not_confirm_may_or_may_not_be_saved() {
        let (place, lines) = place();
        let file = place.file(lines[0].home);
        for fails in [Call::Sync(file.clone()), Call::SyncFolder("/journal/2026".into())] {
            let disk = SimulatedDisk::new();
            disk.plan(move |_, call| (*call == fails).then_some(FULL));
            assert!(maybe(&append(&disk, &place, &lines)));
            assert_eq!(disk.bytes(&file).unwrap(), b"", "cut back all the same");
        }
    }

    #[test]
    fn the_name_of_a_file_that_an_interrupted_attempt_left_empty_is_waited_for() {
        let (place, lines) = place();
        let disk = SimulatedDisk::new();
        disk.put(&place.file(lines[0].home), b"");
        append(&disk, &place, &lines).unwrap();
        let synced = disk.take_calls().into_iter().filter(|call| matches!(call, Call::SyncFolder(_)));
        let folders = ["/journal/2026", "/journal", "/"].map(|folder| Call::SyncFolder(folder.into()));
        assert_eq!(synced.collect::<Vec<_>>(), folders);
        assert!(disk.bytes(Path::new("/journal/.gitattributes")).is_some(), "also where the folder was there before");
    }

    /// Catches a file system that ignores that a file was opened to append: what it writes
    /// over the beginning, or not at all, is not called saved.
    #[test]
    fn what_does_not_stand_at_the_end_of_the_file_may_or_may_not_be_saved() {
        let path = Path::new("/file");
        let looked = |held: &[u8]| {
            let disk = SimulatedDisk::new();
            disk.put(path, held);
            let ours = Appended { path: path.to_owned(), length: 4, bytes: b"ours\n".to_vec() };
            ours.look_whether_it_stands(&mut *disk.open(path, How::Read).unwrap())
        };
        assert_eq!(looked(b"old\nours\n"), Ok(()));
        assert_eq!(looked(b"old\nours\ntheirs\n"), Ok(()));
        for elsewhere in [b"ours\n".as_slice(), b"old\n", b"old\n\0\0\0\0\n"] {
            assert!(maybe(&looked(elsewhere)), "{elsewhere:?}");
        }
    }

    #[test]
    fn bytes_of_somebody_else_behind_ours_stop_the_cut_back() {
        let (place, lines) = place();
        let disk = SimulatedDisk::new();
        disk.plan(|world, call| match call {
            Call::Sync(path) => {
                world.append(path, b"theirs\n");
                Some(FULL)
            }
            _ => None,
        });
        assert!(maybe(&append(&disk, &place, &lines)));
        assert_eq!(disk.bytes(&place.file(lines[0].home)).unwrap(), b"ours\ntheirs\n");
    }

    #[test]
    fn a_file_that_another_replaces_meanwhile_is_written_to_again() {
        let (place, lines) = place();
        let disk = SimulatedDisk::new();
        let mut replaced = false;
        disk.plan(move |world, call| {
            if let Call::Sync(path) = call
                && !std::mem::replace(&mut replaced, true)
            {
                world.put(path, b"theirs\n");
            }
            None
        });
        append(&disk, &place, &lines).unwrap();
        assert_eq!(disk.bytes(&place.file(lines[0].home)).unwrap(), b"theirs\nours\n");
        disk.plan(|world, call| {
            if let Call::Sync(path) = call {
                world.put(path, b"theirs\n");
            }
            None
        });
        assert!(maybe(&append(&disk, &place, &lines)), "not for ever");
    }
}
