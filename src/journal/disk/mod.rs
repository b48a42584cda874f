//! The seam to the file system: all that the journal asks of it, and nothing else.
//!
//! It is narrow so that the tests can put a simulated disk behind it, on which any call
//! fails and the power goes at any moment (`simulated`). What runs is [`RealDisk`].

mod real;
#[cfg(test)]
pub(crate) mod simulated;

use std::ffi::OsString;
use std::fmt::Debug;
use std::fs::TryLockError;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) use self::real::RealDisk;

/// A file system that several may ask at once.
pub(super) type SharedDisk = Arc<dyn Disk>;

/// What the journal asks of a file system.
pub(crate) trait Disk: Debug + Send + Sync {
    /// Opens a file. Nothing is waited for that is no file, such as a named pipe.
    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn OpenFile>>;
    /// Returns what a folder holds, in any order.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// Returns what stands at a path; of a link, what it leads to.
    fn about(&self, path: &Path) -> io::Result<About>;
    /// Makes one folder, for the user alone.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Waits until a folder's list of names is on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name, in one step; a file that had that name is gone.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes away a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Returns who may use what stands at a path, where the system tells; not of a link, which
    /// may lead anywhere.
    fn access(&self, _: &Path) -> io::Result<Option<Access>> {
        Ok(None)
    }
    /// Lets nobody but its owner use what stands at a path.
    fn make_private(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    /// Returns the path of what stands there without links on the way.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// Returns what the file system of a folder is called, if the journal cannot be written
    /// to one such.
    fn unsafe_at(&self, _folder: &Path) -> Option<String> {
        None
    }
}

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Reading.
    Read,
    /// Reading, and writing at its end wherever that is by then. Made where there is none,
    /// for the user alone; not through a link.
    Append,
    /// Writing, and only if nothing stands there yet; for the user alone.
    New,
    /// Holding it, and overwriting what it says. Made where there is none, for the user
    /// alone; not through a link.
    Lock,
}

/// An open file.
pub(crate) trait OpenFile: Debug + Read + Write + Seek {
    /// Returns what it is.
    fn about(&self) -> io::Result<About>;
    /// Waits until what was written is on the disk. After a failure the same file must not
    /// be asked again: the system would say that all is well.
    fn sync(&self) -> io::Result<()>;
    /// Cuts it.
    fn set_length(&self, length: u64) -> io::Result<()>;
    /// Takes the lock on it, which is let go when it is closed.
    fn try_lock(&self) -> Result<(), TryLockError>;
}

/// A name in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: OsString,
    /// Whether it is a folder; a link to one is none.
    pub(crate) is_folder: bool,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) kind: Sort,
    /// In bytes.
    pub(crate) length: u64,
    /// What two names of the same thing have in common, where the system tells.
    pub(crate) identity: Option<(u64, u64)>,
}

/// Who may use what stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// Whether others than its owner may read it, or enter it.
    pub(crate) others_read: bool,
    /// Whether they may write to it.
    pub(crate) others_write: bool,
    /// Whether this user owns it.
    pub(crate) is_ours: bool,
}

/// What sort of thing stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    File,
    Folder,
    /// A pipe, a device, a socket.
    Other,
}

/// Whether a path leads to a folder.
pub(super) fn is_folder(disk: &dyn Disk, path: &Path) -> bool {
    disk.about(path).is_ok_and(|about| about.kind == Sort::Folder)
}

/// Whether an open file is the one that stands at a path.
pub(super) fn is_still_at(disk: &dyn Disk, file: &dyn OpenFile, path: &Path) -> bool {
    let (Ok(held), Ok(found)) = (file.about(), disk.about(path)) else { return false };
    held.identity == found.identity
}

/// Makes a folder and those above it, and waits for the disk.
pub(super) fn make_folders(disk: &dyn Disk, path: &Path) -> Result<(), NotMade> {
    if is_folder(disk, path) {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folders(disk, parent)?;
    }
    let failed = |error| NotMade { path: path.to_owned(), error };
    match disk.make_folder(path) {
        // Another process was as quick, or something else stands there.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && is_folder(disk, path) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(failed(ErrorKind::NotADirectory.into())),
        Err(error) => Err(failed(error)),
        Ok(()) => path.parent().map_or(Ok(()), |parent| disk.sync_folder(parent).map_err(failed)),
    }
}

/// Why a folder could not be made.
#[derive(Debug)]
pub(super) struct NotMade {
    /// The folder, or one above it.
    pub(super) path: PathBuf,
    /// What the system said; [`ErrorKind::NotADirectory`] where something else stands there.
    pub(super) error: io::Error,
}
