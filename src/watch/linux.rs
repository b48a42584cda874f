//! inotify, asked for changes alone. A crate would have it tell of every file that is opened.

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

/// So many events are one piece of what happened.
const MOST_EVENTS: usize = 1_024;

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

/// Watches one file by the folder that it is in.
pub(super) fn watch_file(path: &Path) -> io::Result<(Folder, Ends)> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => watch(folder, Some(name)),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// Watches a journal's folder, or the file of this name in a folder.
pub(super) fn watch(journal: &Path, only: Option<&OsStr>) -> io::Result<(Folder, Ends)> {
    let (ends, end) = io::pipe()?;
    let (inotify, waits) = follow(journal, only)?;
    let only = only.map(OsStr::to_os_string);
    Ok((Folder { journal: journal.to_path_buf(), only, inotify, waits, ends }, end))
}

impl Folder {
    /// Waits for changes, and returns whether any of them counts; `None` when it is to end. After an error
    /// nothing is watched any more.
    pub(super) fn next_changes(&mut self) -> io::Result<Option<bool>> {
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
                Ok(_) if !ended => return self.take_in().map(Some),
                Ok(_) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Takes in what happened, and returns whether any of it counts. What goes on without a pause is taken in
    /// piece by piece, or nothing of it would ever be told.
    fn take_in(&mut self) -> io::Result<bool> {
        let mut space = [MaybeUninit::uninit(); 4096];
        let mut events = Reader::new(&self.inotify, &mut space);
        let (mut counts, mut anew) = (false, self.waits);
        let mut taken = 0;
        // What was read and not looked at would be lost.
        while taken < MOST_EVENTS || !events.is_buffer_empty() {
            taken += 1;
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
