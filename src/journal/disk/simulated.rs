//! A disk that is not there, on which any call fails and the power goes at any moment.
//!
//! It knows what a process sees and, apart from that, what a power cut would leave, and it
//! gives away nothing that POSIX does not promise (in the manner of the crash tests of `SQLite`):
//!
//! - bytes that were not synced are there in part, as zeros, or not at all;
//! - names that their folder was not synced for are there or not, each for itself;
//! - after a sync that failed, the bytes it was about count as clean: the next sync says
//!   that all is well and they are not on the disk (Rebello et al., «Can Applications
//!   Recover from fsync Failures?», USENIX ATC 2020).

mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::TryLockError;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use self::world::{Node, World};
use super::{About, Disk, Entry, How, OpenFile, Sort};

/// A call that the journal makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Open(PathBuf, How),
    List(PathBuf),
    About(PathBuf),
    MakeFolder(PathBuf),
    SyncFolder(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Read(PathBuf),
    Write(PathBuf, usize),
    Sync(PathBuf),
    SetLength(PathBuf, u64),
    Lock(PathBuf),
}

impl Call {
    /// Whether it may leave the disk different from what it was.
    pub(crate) fn changes(&self) -> bool {
        match self {
            Self::Open(_, how) => *how != How::Read,
            Self::List(_) | Self::About(_) | Self::Read(_) | Self::Lock(_) => false,
            _ => true,
        }
    }
}

/// Why a system refuses a call, as Linux and macOS number it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Errno {
    Interrupted = 4,
    Io = 5,
    NoSpace = 28,
    ReadOnly = 30,
}

impl From<Errno> for io::Error {
    fn from(why: Errno) -> Self {
        Self::from_raw_os_error(why as i32)
    }
}

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The system refuses it.
    Fails(Errno),
    /// Only a part of what is written or read is taken; of other calls nothing happens.
    Short,
    /// Only a part of what is written is taken, and then the system refuses the rest.
    ShortThenFails(Errno),
    /// The process dies: this call is done in part, and no other is heard of.
    Death,
}

/// Says what happens at a call, given what stands on the disk: others may be at it, too.
pub(crate) type Plan = Box<dyn FnMut(&mut World, &Call) -> Option<Fault> + Send>;

/// A disk that is not there.
#[derive(Clone)]
pub(crate) struct SimulatedDisk(Arc<Mutex<Machine>>);

/// What stands on the disk, and what is to happen.
struct Machine {
    world: World,
    plan: Option<Plan>,
    calls: Vec<Call>,
    is_dead: bool,
}

impl SimulatedDisk {
    /// Returns an empty disk.
    pub(crate) fn new() -> Self {
        Self::with(World::default())
    }

    /// Returns a disk on which this stands.
    fn with(world: World) -> Self {
        Self(Arc::new(Mutex::new(Machine { world, plan: None, calls: Vec::new(), is_dead: false })))
    }

    /// Lets happen what `plan` says, from now on.
    pub(crate) fn plan(&self, plan: impl FnMut(&mut World, &Call) -> Option<Fault> + Send + 'static) {
        self.machine().plan = Some(Box::new(plan));
    }

    /// Lets every call fail that would change something, from one on, by its number: as a
    /// file system does that makes itself read-only after an error.
    pub(crate) fn fails_from(&self, number: usize, why: Errno) {
        let mut calls = 0;
        self.plan(move |_, call| {
            calls += 1;
            (calls > number && call.changes()).then_some(Fault::Fails(why))
        });
    }

    /// Lets something happen at one call, by its number from now on.
    pub(crate) fn at_call(&self, number: usize, fault: Fault) {
        let mut left = number;
        self.plan(move |_, _| match left {
            usize::MAX => None,
            0 => {
                left = usize::MAX;
                Some(fault)
            }
            _ => {
                left -= 1;
                None
            }
        });
    }

    /// Lets nothing happen any more. Who died is started anew; says whether somebody did.
    pub(crate) fn mend(&self) -> bool {
        let mut machine = self.machine();
        machine.plan = None;
        std::mem::take(&mut machine.is_dead)
    }

    /// Returns the calls since this was last asked.
    pub(crate) fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.machine().calls)
    }

    /// Puts everything on the disk, as a system does sooner or later.
    pub(crate) fn flush(&self) {
        self.machine().world.flush();
    }

    /// Returns a disk of its own on which the same stands.
    pub(crate) fn copy(&self) -> Self {
        Self::with(self.machine().world.clone())
    }

    /// Returns the disk as a power cut may leave it, one of many ways: `dice` decides.
    pub(crate) fn after_power_cut(&self, dice: &mut dyn FnMut(usize) -> usize) -> Self {
        Self::with(self.machine().world.after_power_cut(dice))
    }

    /// Returns what a file holds, if there is one.
    pub(crate) fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        self.machine().world.bytes(path).map(<[u8]>::to_vec)
    }

    /// Returns the files there are.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.machine().world.files()
    }

    /// Puts a file there, with the folders above it, as if it had always been there.
    pub(crate) fn put(&self, path: &Path, bytes: &[u8]) {
        self.machine().world.put(path, bytes);
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.lock().unwrap()
    }

    /// Makes a call: what is to happen happens, or `done` is.
    fn call<T>(&self, call: Call, done: impl FnOnce(&mut World, Option<Fault>) -> io::Result<T>) -> io::Result<T> {
        let mut machine = self.machine();
        if machine.is_dead {
            return Err(io::Error::other("the process is dead"));
        }
        let mut plan = machine.plan.take();
        let fault = plan.as_mut().and_then(|plan| plan(&mut machine.world, &call));
        machine.plan = plan;
        machine.calls.push(call);
        machine.is_dead = fault == Some(Fault::Death);
        let outcome = match fault {
            Some(Fault::Fails(why)) => done(&mut machine.world, fault).and(Err(why.into())),
            _ => done(&mut machine.world, fault),
        };
        if machine.is_dead { Err(io::Error::other("the process is dead")) } else { outcome }
    }

    /// Makes a call that is done or not; one that the process dies in is done or not, too.
    fn step<T>(&self, call: Call, done: impl FnOnce(&mut World) -> io::Result<T>) -> io::Result<T> {
        self.call(call, |world, fault| match fault {
            Some(Fault::Fails(why) | Fault::ShortThenFails(why)) => Err(why.into()),
            _ => done(world),
        })
    }
}

impl fmt::Debug for SimulatedDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.files().iter().map(|(path, held)| (path, String::from_utf8_lossy(held)))).finish()
    }
}

impl Disk for SimulatedDisk {
    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn OpenFile>> {
        let number = self.step(Call::Open(path.to_owned(), how), |world| world.open(path, how))?;
        Ok(Box::new(SimulatedFile { disk: self.clone(), path: path.to_owned(), number, how, at: 0 }))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.step(Call::List(folder.to_owned()), |world| world.list(folder))
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        self.step(Call::About(path.to_owned()), |world| match world.node(path)? {
            Node::Folder => Ok(About { kind: Sort::Folder, length: 0, identity: None }),
            Node::File(number) => Ok(world.about(number)),
        })
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Call::MakeFolder(path.to_owned()), |world| world.make_folder(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(Call::SyncFolder(folder.to_owned()), |world| world.sync_folder(folder))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Call::Rename(from.to_owned(), to.to_owned()), |world| world.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Call::Remove(path.to_owned()), |world| world.remove(path))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }
}

/// An open file of a simulated disk.
#[derive(Debug)]
struct SimulatedFile {
    disk: SimulatedDisk,
    path: PathBuf,
    /// The file itself, whatever its name is by now.
    number: usize,
    how: How,
    at: usize,
}

impl Read for SimulatedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (number, at) = (self.number, self.at);
        let read = self.disk.call(Call::Read(self.path.clone()), |world, fault| {
            let held = world.held(number);
            let rest = &held[at.min(held.len())..];
            let some = if fault.is_some() { rest.len().div_ceil(2) } else { rest.len() }.min(buffer.len());
            buffer[..some].copy_from_slice(&rest[..some]);
            Ok(some)
        })?;
        self.at += read;
        Ok(read)
    }
}

impl Write for SimulatedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (number, end) = (self.number, self.how == How::Append);
        let at = if end { self.disk.machine().world.held(number).len() } else { self.at };
        let written = self.disk.call(Call::Write(self.path.clone(), bytes.len()), |world, fault| {
            let some = match fault {
                Some(Fault::Fails(_)) => 0,
                Some(Fault::Short) => bytes.len().div_ceil(2),
                Some(Fault::ShortThenFails(_) | Fault::Death) => bytes.len() / 2,
                None => bytes.len(),
            };
            world.write(number, at, &bytes[..some]);
            match fault {
                Some(Fault::ShortThenFails(why)) => Err(why.into()),
                _ => Ok(some),
            }
        })?;
        self.at = at + written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for SimulatedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let length = self.disk.machine().world.held(self.number).len();
        let to = match to {
            SeekFrom::Start(at) => i64::try_from(at).unwrap(),
            SeekFrom::End(by) => i64::try_from(length).unwrap() + by,
            SeekFrom::Current(by) => i64::try_from(self.at).unwrap() + by,
        };
        self.at = usize::try_from(to).map_err(|_| ErrorKind::InvalidInput)?;
        Ok(self.at as u64)
    }
}

impl OpenFile for SimulatedFile {
    fn about(&self) -> io::Result<About> {
        self.disk.step(Call::About(self.path.clone()), |world| Ok(world.about(self.number)))
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.call(Call::Sync(self.path.clone()), |world, fault| {
            match fault {
                None | Some(Fault::Short) => world.sync(self.number),
                Some(Fault::Death) => {}
                Some(Fault::Fails(why) | Fault::ShortThenFails(why)) => {
                    world.sync_in_vain(self.number);
                    return Err(why.into());
                }
            }
            Ok(())
        })
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        let to = usize::try_from(length).unwrap();
        self.disk.step(Call::SetLength(self.path.clone(), length), |world| {
            world.set_length(self.number, to);
            Ok(())
        })
    }

    fn try_lock(&self) -> Result<(), TryLockError> {
        self.disk.step(Call::Lock(self.path.clone()), |_| Ok(())).map_err(TryLockError::Error)
    }
}
