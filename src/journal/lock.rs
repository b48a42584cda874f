//! One change at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::error::JournalError;
use super::place::Place;

/// How long a command waits for another.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it waits before it looks again.
const PAUSE: Duration = Duration::from_millis(2);

/// The right to change a journal, until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of a journal and a device.
    pub(super) fn take(place: &Place) -> Result<Self, JournalError> {
        let path = path_of(place);
        super::append::make_folder(&place.state)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let file = open(&path).map_err(|error| JournalError::not_saved(&path, &error))?;
            match file.try_lock() {
                Ok(()) if is_still_at(&file, &path) => return Ok(Self { _file: file }),
                // Somebody cleaned the state folder: the next one would lock another file.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(JournalError::Locked { path });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(JournalError::not_saved(&path, &error)),
            }
        }
    }
}

/// Returns the lock's file: one per journal folder, by whatever path that is reached, and device.
fn path_of(place: &Place) -> PathBuf {
    let hash = Sha256::digest(real_path(&place.journal).as_os_str().as_encoded_bytes());
    let hash = hash.iter().take(6).fold(0, |hash, byte| hash << 8 | u64::from(*byte));
    place.state.join(format!("{}-{hash:012x}.lock", place.device))
}

/// Returns a path without links, of a folder that may not be there yet.
fn real_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(ancestor), path.strip_prefix(ancestor)) {
            // Joined with nothing, a path gains a slash: another name, and another lock.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(found)) = (file.metadata(), fs::metadata(path)) else { return false };
    (held.dev(), held.ino()) == (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}
