//! What stands on a simulated disk, and what a power cut would leave of it.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::{About, Entry, How, Sort};

/// What stands on a simulated disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    files: Vec<Inode>,
    /// The names as a process sees them.
    names: Names,
    /// Those that are sure to be there after a power cut.
    sure_names: Names,
    /// What was done to names since, in order.
    unsure: Vec<Renaming>,
}

type Names = BTreeMap<PathBuf, Node>;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Folder,
    /// The number of a file.
    File(usize),
}

/// A file, whatever it is called.
#[derive(Clone, Debug, Default)]
struct Inode {
    /// What a process sees.
    held: Vec<u8>,
    /// What is sure to be there after a power cut.
    sure: Vec<u8>,
    /// What the next sync puts on the disk. Bytes that a sync failed for are not in it.
    dirty: Vec<Range<usize>>,
}

/// Something that was done to names.
#[derive(Clone, Debug)]
enum Renaming {
    Made(PathBuf, Node),
    Removed(PathBuf),
    Renamed(PathBuf, PathBuf),
}

impl Renaming {
    /// Whether it is in a folder's list.
    fn is_in(&self, folder: &Path) -> bool {
        let inside = |path: &Path| path.parent() == Some(folder);
        match self {
            Self::Made(path, _) | Self::Removed(path) => inside(path),
            Self::Renamed(from, to) => inside(from) || inside(to),
        }
    }

    fn happens_to(&self, names: &mut Names) {
        match self {
            Self::Made(path, node) => drop(names.insert(path.clone(), *node)),
            Self::Removed(path) => drop(names.remove(path)),
            Self::Renamed(from, to) => {
                if let Some(node) = names.remove(from) {
                    names.insert(to.clone(), node);
                }
            }
        }
    }
}

impl World {
    /// Puts a file there, with the folders above it, as if it had always been there.
    pub(crate) fn put(&mut self, path: &Path, bytes: &[u8]) {
        self.files.push(Inode { held: bytes.to_vec(), sure: bytes.to_vec(), dirty: Vec::new() });
        for names in [&mut self.names, &mut self.sure_names] {
            for folder in path.ancestors().skip(1) {
                names.insert(folder.to_owned(), Node::Folder);
            }
            names.insert(path.to_owned(), Node::File(self.files.len() - 1));
        }
    }

    /// Returns what a file holds, if there is one.
    pub(crate) fn bytes(&self, path: &Path) -> Option<&[u8]> {
        match self.names.get(path)? {
            Node::File(number) => Some(self.held(*number)),
            Node::Folder => None,
        }
    }

    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = self.names.keys().filter_map(|path| Some((path.clone(), self.bytes(path)?.to_vec())));
        files.collect()
    }

    pub(super) fn node(&self, path: &Path) -> io::Result<Node> {
        self.names.get(path).copied().ok_or_else(|| self.why_not_there(path).into())
    }

    fn why_not_there(&self, path: &Path) -> ErrorKind {
        let below_a_file = path.ancestors().skip(1).any(|above| self.bytes(above).is_some());
        if below_a_file { ErrorKind::NotADirectory } else { ErrorKind::NotFound }
    }

    pub(super) fn about(&self, number: usize) -> About {
        About { kind: Sort::File, length: self.held(number).len() as u64, identity: Some((1, number as u64)) }
    }

    pub(super) fn held(&self, number: usize) -> &[u8] {
        &self.files[number].held
    }

    pub(super) fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        if self.node(folder)? != Node::Folder {
            return Err(ErrorKind::NotADirectory.into());
        }
        let inside = self.names.iter().filter(|(path, _)| path.parent() == Some(folder));
        let entry = |(path, node): (&PathBuf, &Node)| Entry {
            name: path.file_name().unwrap().to_owned(),
            is_folder: *node == Node::Folder,
        };
        Ok(inside.map(entry).collect())
    }

    pub(super) fn open(&mut self, path: &Path, how: How) -> io::Result<usize> {
        match (self.names.get(path), how) {
            (Some(Node::File(_)), How::New) => Err(ErrorKind::AlreadyExists.into()),
            (Some(Node::File(number)), _) => Ok(*number),
            (Some(Node::Folder), _) => Err(ErrorKind::IsADirectory.into()),
            (None, How::Read) => Err(self.why_not_there(path).into()),
            (None, _) => {
                self.needs_folder_of(path)?;
                self.files.push(Inode::default());
                let number = self.files.len() - 1;
                self.does(Renaming::Made(path.to_owned(), Node::File(number)));
                Ok(number)
            }
        }
    }

    pub(super) fn make_folder(&mut self, path: &Path) -> io::Result<()> {
        if self.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        // The first folder of all has none above it that was ever made.
        if path.parent().is_some_and(|above| above.parent().is_some()) {
            self.needs_folder_of(path)?;
        }
        self.does(Renaming::Made(path.to_owned(), Node::Folder));
        Ok(())
    }

    fn needs_folder_of(&self, path: &Path) -> io::Result<()> {
        let above = path.parent().unwrap();
        if self.node(above)? == Node::Folder { Ok(()) } else { Err(ErrorKind::NotADirectory.into()) }
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.node(from)?;
        self.needs_folder_of(to)?;
        self.does(Renaming::Renamed(from.to_owned(), to.to_owned()));
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.node(path)?;
        self.does(Renaming::Removed(path.to_owned()));
        Ok(())
    }

    fn does(&mut self, renaming: Renaming) {
        renaming.happens_to(&mut self.names);
        self.unsure.push(renaming);
    }

    pub(super) fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.parent().is_some() && self.node(folder)? != Node::Folder {
            return Err(ErrorKind::NotADirectory.into());
        }
        let (synced, unsure): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.unsure).into_iter().partition(|it| it.is_in(folder));
        self.unsure = unsure;
        for renaming in synced {
            renaming.happens_to(&mut self.sure_names);
        }
        Ok(())
    }

    /// Writes behind the back of who has the file open.
    pub(crate) fn append(&mut self, path: &Path, bytes: &[u8]) {
        let Ok(Node::File(number)) = self.node(path) else { panic!("{path:?} is no file") };
        self.write(number, self.held(number).len(), bytes);
    }

    pub(super) fn write(&mut self, number: usize, at: usize, bytes: &[u8]) {
        let file = &mut self.files[number];
        let end = at + bytes.len();
        file.held.resize(file.held.len().max(end), 0);
        file.held[at..end].copy_from_slice(bytes);
        file.dirty.push(at..end);
    }

    pub(super) fn set_length(&mut self, number: usize, to: usize) {
        self.files[number].held.resize(to, 0);
    }

    pub(super) fn sync(&mut self, number: usize) {
        let Inode { held, sure, dirty } = &mut self.files[number];
        sure.resize(held.len(), 0);
        for range in std::mem::take(dirty) {
            let range = range.start.min(held.len())..range.end.min(held.len());
            sure[range.clone()].copy_from_slice(&held[range]);
        }
    }

    /// Syncs, and fails: what was to be written counts as clean from now on.
    pub(super) fn sync_in_vain(&mut self, number: usize) {
        self.files[number].dirty.clear();
    }

    /// Puts everything on the disk.
    pub(super) fn flush(&mut self) {
        (self.sure_names, self.unsure) = (self.names.clone(), Vec::new());
        for file in &mut self.files {
            (file.sure, file.dirty) = (file.held.clone(), Vec::new());
        }
    }

    /// Returns what a power cut may leave.
    pub(super) fn after_power_cut(&self, dice: &mut dyn FnMut(usize) -> usize) -> Self {
        let mut names = self.sure_names.clone();
        for renaming in &self.unsure {
            if dice(2) == 0 {
                renaming.happens_to(&mut names);
            }
        }
        let there = names.clone();
        let is_folder = |path: &Path| path.parent().is_none() || there.get(path) == Some(&Node::Folder);
        names.retain(|path, _| path.ancestors().skip(1).all(is_folder));
        let files = self.files.iter().map(|file| file.after_power_cut(dice)).collect();
        Self { files, sure_names: names.clone(), names, unsure: Vec::new() }
    }
}

impl Inode {
    /// Returns what a power cut may leave: what was synced, and of the rest a part that
    /// arrived, and perhaps zeros where the length arrived and the bytes did not.
    fn after_power_cut(&self, dice: &mut dyn FnMut(usize) -> usize) -> Self {
        let Self { held, sure, .. } = self;
        let same = held.iter().zip(sure).take_while(|(one, other)| one == other).count();
        let arrived = same + dice(held.len() - same + 1);
        let mut left = held[..arrived].to_vec();
        match dice(3) {
            // The length arrived, too.
            0 => left.resize(arrived + dice(held.len() - arrived + 1), 0),
            // What was there before is still there behind it.
            1 if sure.len() > arrived => left.extend_from_slice(&sure[arrived..]),
            _ if sure.len() > same => left.clone_from(sure),
            _ => {}
        }
        Self { sure: left.clone(), held: left, dirty: Vec::new() }
    }
}
