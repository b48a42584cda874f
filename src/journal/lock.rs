//! One change at a time.

use std::cell::RefCell;
use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::disk::{Disk, How, OpenFile, is_still_at, make_folders};
use super::error::JournalError;
use super::place::Place;
use super::stamp::Stamp;

/// How long a command waits for another.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it waits before it looks again.
const PAUSE: Duration = Duration::from_millis(2);

/// The right to change a journal, until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: RefCell<Box<dyn OpenFile>>,
}

/// How far ahead of now the last stamp may lie and still be heeded: one clock that was far
/// ahead should not set all stamps after it.
const NEAR: TimeDelta = TimeDelta::days(1);

impl Lock {
    /// Waits for the lock of a journal and a device.
    pub(super) fn take(disk: &dyn Disk, place: &Place) -> Result<Self, JournalError> {
        Self::take_within(PATIENCE, disk, place)
    }

    fn take_within(patience: Duration, disk: &dyn Disk, place: &Place) -> Result<Self, JournalError> {
        let path = path_of(disk, place);
        make_folders(disk, &place.state)?;
        let deadline = Instant::now() + patience;
        loop {
            let file = disk.open(&path, How::Lock).map_err(|error| JournalError::not_saved(&path, &error))?;
            match file.try_lock() {
                Ok(()) if is_still_at(disk, &*file, &path) => return Ok(Self { file: RefCell::new(file) }),
                // Held; or somebody cleaned the state folder, and the next one would lock
                // another file.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(JournalError::not_saved(&path, &error)),
            }
            if Instant::now() >= deadline {
                return Err(JournalError::Locked { path });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Returns the instant of a change that is made now: later than this device's last one,
    /// also within one millisecond and after the clock was set back a little. So their order
    /// is known wherever they stand.
    pub(super) fn next_instant(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let next = self.last().and_then(Stamp::next).map(Stamp::instant);
        next.filter(|next| *next < now + NEAR).map_or(now, |next| next.max(now))
    }

    /// Keeps the stamp of a change that was written: only to tell orders apart, so nothing
    /// depends on its being on the disk.
    pub(super) fn keep(&self, stamp: Stamp, now: DateTime<Utc>) {
        if stamp.instant() < now + NEAR {
            let mut file = self.file.borrow_mut();
            let _ = file.rewind().and_then(|()| file.write_all(stamp.text().as_bytes()));
        }
    }

    /// Returns the stamp of the last change that this machine made, where it was kept.
    pub(super) fn last(&self) -> Option<Stamp> {
        let mut text = [0; 24];
        let mut file = self.file.borrow_mut();
        file.rewind().and_then(|()| file.read_exact(&mut text)).ok()?;
        Stamp::from_text(str::from_utf8(&text).ok()?)
    }
}

/// Returns the lock's file: one per journal folder, by whatever path that is reached, and device.
fn path_of(disk: &dyn Disk, place: &Place) -> PathBuf {
    let hash = Sha256::digest(real_path(disk, &place.journal).as_os_str().as_encoded_bytes());
    let hash = hash.iter().take(6).fold(0, |hash, byte| hash << 8 | u64::from(*byte));
    place.state.join(format!("{}-{hash:012x}.lock", place.device))
}

/// Returns a path without links, of a folder that may not be there yet.
fn real_path(disk: &dyn Disk, path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (disk.real_path(ancestor), path.strip_prefix(ancestor)) {
            // Joining nothing would add a slash: another path, and another lock.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::disk::RealDisk;

    #[test]
    fn who_does_not_get_the_lock_in_time_is_told_where_it_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let place = Place {
            journal: folder.path().join("journal"),
            state: folder.path().join("state"),
            device: "desk".to_owned(),
        };
        let held = Lock::take(&RealDisk, &place).unwrap();
        std::fs::create_dir(&place.journal).unwrap();
        let refused = Lock::take_within(Duration::from_millis(20), &RealDisk, &place).unwrap_err();
        assert_eq!(refused, JournalError::Locked { path: path_of(&RealDisk, &place) });
        drop(held);
        Lock::take_within(Duration::ZERO, &RealDisk, &place).unwrap();
    }
}
