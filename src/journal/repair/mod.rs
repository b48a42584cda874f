//! Mending what is wrong with a journal: the one thing that rewrites its files.
//!
//! Only files of this device are touched, under the lock. A file is rewritten by another
//! that takes its place once it is on the disk; and at no instant is a line in neither: what
//! goes elsewhere is on the disk there before it goes here. So a repair may be interrupted
//! anywhere, and the next one finishes it.

mod access;
mod lines;
mod plan;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Journal;
use super::append::GIT_ATTRIBUTES;
use super::disk::{Disk, How, OpenFile, Sort, is_still_at, make_folders};
use super::error::JournalError;

pub use self::plan::{Fold, Left, Plan, Step};

/// What is told while a journal is mended.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// All that will be done; nothing is done yet.
    Plan(&'a Plan),
    /// This is done.
    Done(&'a Step),
    /// This could not be done; what it is about is as it was.
    NotDone(&'a Step, &'a JournalError),
}

/// What was mended.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// What was done.
    pub done: Vec<Step>,
    /// What could not be, and why.
    pub not_done: Vec<(Step, JournalError)>,
    /// What is left to others.
    pub left: Vec<Left>,
}

impl Journal {
    /// Returns what [`Journal::repair`] would do now. Changes nothing. `settings` is the file of
    /// settings, of which only is asked who may write to it.
    pub fn plan(&self, settings: Option<&Path>) -> Result<Plan, JournalError> {
        let mut files = self.files()?;
        files.list_all();
        Ok(plan::of(&*self.disk, &self.place, &files, settings))
    }

    /// Mends what can be mended, and tells of each step. One that cannot be done keeps no other
    /// from being done. Doing it twice does nothing more.
    pub fn repair(&self, settings: Option<&Path>, mut tell: impl FnMut(Told<'_>)) -> Result<Mended, JournalError> {
        let _lock = self.lock()?;
        let Plan { steps, left } = {
            let plan = self.plan(settings)?;
            tell(Told::Plan(&plan));
            plan
        };
        let mut mended = Mended { left, ..Mended::default() };
        for step in steps {
            match step.run(&*self.disk) {
                Ok(()) => {
                    tell(Told::Done(&step));
                    mended.done.push(step);
                }
                Err(error) => {
                    let error = JournalError::not_saved(step.file(), &error);
                    tell(Told::NotDone(&step, &error));
                    mended.not_done.push((step, error));
                }
            }
        }
        Ok(mended)
    }
}

impl Step {
    fn run(&self, disk: &dyn Disk) -> io::Result<()> {
        match self {
            Self::MakePrivate { path, inside, .. } => {
                std::iter::once(path).chain(inside).try_for_each(|path| disk.make_private(path))
            }
            Self::TakeOut { file, into, .. } => take_out(disk, file, into),
            Self::EndLine { file } => end_line(disk, file),
            Self::TakeIn { from, file, fold, .. } => take_in(disk, from, file, fold),
            Self::TellGit { file } => tell_git(disk, file),
        }
    }
}

/// Takes the lines that cannot be understood out of a file, and keeps them in another.
fn take_out(disk: &dyn Disk, file: &Path, into: &Path) -> io::Result<()> {
    let was = Held::read(disk, file)?;
    let (good, bad): (Vec<&[u8]>, Vec<&[u8]>) =
        was.bytes.split_inclusive(|byte| *byte == b'\n').partition(|line| lines::is_good(line));
    if bad.is_empty() {
        return Ok(());
    }
    keep_beside(disk, into, &with_newline(bad.concat()))?;
    was.replace(disk, &with_newline(good.concat()))
}

/// Puts lines into the file of what was taken out, unless an interrupted repair has done so. It
/// is written anew all the same: whether what that wrote is on the disk nobody can ask.
fn keep_beside(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let was = Held::read_or_none(disk, path)?;
    let mut kept = with_newline(was.bytes.clone());
    if !kept.ends_with(bytes) {
        kept.extend_from_slice(bytes);
    }
    was.replace(disk, &kept)
}

/// Ends the last line of a file. Not by appending: a newline that is lost again would join that
/// line to the next.
fn end_line(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let was = Held::read(disk, path)?;
    was.replace(disk, &with_newline(was.bytes.clone()))
}

/// Takes the lines of a copy that a file lacks into that; then the copy is put away. The file is
/// written anew also where it lacks none: whether an append to it that failed is on the disk
/// nobody can ask, and the copy is.
fn take_in(disk: &dyn Disk, from: &Path, file: &Path, fold: &Fold) -> io::Result<()> {
    let copy = Held::read(disk, from)?;
    let was = Held::read_or_none(disk, file)?;
    let both = lines::with_those_of(&was.bytes, &copy.bytes);
    if both.is_some() || *fold != Fold::LeftOver {
        was.replace(disk, both.as_ref().unwrap_or(&was.bytes))?;
    }
    copy.is_as_it_was(disk)?;
    match fold {
        Fold::LeftOver => disk.remove(from)?,
        Fold::Copy { away } | Fold::Misplaced { away } => disk.rename(from, away)?,
    }
    sync_folder_of(disk, from)
}

/// Writes what git must know.
fn tell_git(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    write_new(disk, path, GIT_ATTRIBUTES.as_bytes())?;
    sync_folder_of(disk, path)
}

/// A file as it was read.
struct Held<'p> {
    path: &'p Path,
    /// `None` where there was none.
    file: Option<Box<dyn OpenFile>>,
    bytes: Vec<u8>,
}

impl<'p> Held<'p> {
    fn read(disk: &dyn Disk, path: &'p Path) -> io::Result<Self> {
        let mut file = disk.open(path, How::Read)?;
        if file.about()?.kind != Sort::File {
            return Err(io::Error::other("not a file"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Self { path, file: Some(file), bytes })
    }

    fn read_or_none(disk: &dyn Disk, path: &'p Path) -> io::Result<Self> {
        match Self::read(disk, path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self { path, file: None, bytes: Vec::new() }),
            read => read,
        }
    }

    /// Puts another file in its place, once that is on the disk.
    fn replace(&self, disk: &dyn Disk, bytes: &[u8]) -> io::Result<()> {
        if self.file.is_some() {
            // A link is not written through, and not put a file in place of.
            drop(disk.open(self.path, How::Append)?);
        } else if let Some(folder) = self.path.parent() {
            make_folders(disk, folder).map_err(|not| not.error)?;
        }
        let new = free_name(disk, |part| beside(self.path, ".", &format!("{part}.tmp")));
        let replaced = write_new(disk, &new, bytes)
            .and_then(|()| self.is_as_it_was(disk))
            .and_then(|()| disk.rename(&new, self.path));
        if let Err(error) = replaced {
            let _ = disk.remove(&new);
            return Err(error);
        }
        sync_folder_of(disk, self.path)
    }

    /// Says no where somebody else has written to it or put another in its place: git or a sync
    /// service knows no lock. One that is a link is not written through.
    fn is_as_it_was(&self, disk: &dyn Disk) -> io::Result<()> {
        let same = match &self.file {
            Some(file) => is_still_at(disk, &**file, self.path) && file.about()?.length == self.bytes.len() as u64,
            None => disk.about(self.path).is_err_and(|error| error.kind() == ErrorKind::NotFound),
        };
        if same { Ok(()) } else { Err(io::Error::other("another program has just changed it; say it again")) }
    }
}

fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = disk.open(path, How::New)?;
    file.write_all(bytes)?;
    file.sync()
}

/// Returns the first of the names `name("")`, `name(".2")`, … that nothing has.
fn free_name(disk: &dyn Disk, name: impl Fn(&str) -> PathBuf) -> PathBuf {
    let mut path = name("");
    let mut number = 2_u32;
    while disk.about(&path).is_ok() {
        path = name(&format!(".{number}"));
        number += 1;
    }
    path
}

fn sync_folder_of(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| disk.sync_folder(folder))
}

fn with_newline(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last().is_some_and(|byte| *byte != b'\n') {
        bytes.push(b'\n');
    }
    bytes
}

/// Returns the path of a file in the same folder, named like it.
fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}
