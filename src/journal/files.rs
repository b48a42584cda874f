//! Which files are the journal's, and which of them a read opens.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Entry, How, OpenFile, SharedDisk, Sort};
use super::error::JournalError;
use super::home::Home;
use super::month::Month;
use super::notice::Notice;
use super::place::Place;
use crate::failure::in_words;

/// How the name of a file of the journal ends.
const ENDING: &[u8] = b".jsonl";

/// How the names of files end that are put away on purpose, behind [`ENDING`].
const PUT_AWAY: [&[u8]; 4] = [b".damaged", b".merged", b".bak", b".orig"];

/// How names end that programs give a file while they write it: what is in it arrives under its
/// own name.
const ARRIVING: [&[u8]; 7] = [b".tmp", b".temp", b".part", b".partial", b".filepart", b".crdownload", b".!sync"];

/// How the name of a file ends that a repair is writing.
const LEFT_OVER: &[u8] = b".tmp";

/// A file of the journal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HomeFile {
    pub(super) home: Home,
    pub(super) path: PathBuf,
    /// The device that its name names; of a copy that a sync service made, perhaps none
    /// that ever was.
    device: String,
    /// Whether this device writes it: a copy of such a file, under whatever name and in
    /// whatever folder, it does not.
    pub(super) is_written: bool,
    /// Whether this device writes it, or wrote it where it stands now.
    pub(super) own: bool,
    /// Whether it stands where it is looked for.
    pub(super) belongs: bool,
}

impl HomeFile {
    /// Returns whether it is named like a copy that a sync service made of a file of this device:
    /// as that file, in another folder; or with more behind the device than its name can have.
    pub(super) fn is_copy_of(&self, device: &str) -> bool {
        let rest = self.path.file_name().map(OsStr::as_encoded_bytes).and_then(Home::from_name);
        let between = rest.and_then(|(_, rest)| rest.strip_suffix(ENDING)).unwrap_or_default();
        let more = between.strip_prefix(device.as_bytes());
        !self.is_written && more.is_some_and(|more| more.is_empty() || !more.iter().all(|byte| is_of_a_device(*byte)))
    }

    /// Whether it is none of the journal's, but what an interrupted repair left of one.
    pub(super) fn is_left_over(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending == "tmp")
    }

    /// Opens it for reading. Only a regular file is one of the journal's: opening a named
    /// pipe would wait for ever.
    pub(super) fn open(&self, disk: &dyn Disk) -> io::Result<Box<dyn OpenFile>> {
        let file = disk.open(&self.path, How::Read)?;
        if file.about()?.kind == Sort::File { Ok(file) } else { Err(io::Error::other("it is not a file")) }
    }

    /// Opens its last `bytes`, and says where they begin. Undo looks at the end of every file
    /// there is, so this asks the system for as little as it can: what is found `bytes` before
    /// its end is no pipe, and ends after as many.
    pub(super) fn open_end(&self, disk: &dyn Disk, bytes: u64) -> io::Result<(io::Take<Box<dyn OpenFile>>, u64)> {
        let mut file = disk.open(&self.path, How::Read)?;
        let back = i64::try_from(bytes).map_err(io::Error::other)?;
        match file.seek(SeekFrom::End(-back)) {
            Ok(from) => Ok((file.take(bytes), from)),
            // It is shorter than that, or no file.
            Err(_) => self.open(disk).map(|file| (file.take(u64::MAX), 0)),
        }
    }
}

/// The files of a journal, as far as they were listed.
#[derive(Debug)]
pub(super) struct Files {
    disk: SharedDisk,
    place: Place,
    /// What belongs to no month first, then by month, then by path.
    found: BTreeSet<HomeFile>,
    /// The years that have a folder; more than one, where a sync service made copies.
    years: BTreeMap<u16, Year>,
    /// Folders that are those of no year, as far as they were not listed yet.
    others: Vec<PathBuf>,
    /// Files that should be the journal's and cannot be read.
    strays: Vec<(Home, Notice)>,
    /// What this device wrote and nobody reads: what an interrupted repair left behind, and what
    /// belongs to no month in another folder than the journal's.
    left_over: Vec<HomeFile>,
    /// What is told whichever months are read: folders that cannot be listed, and files
    /// that stand where they do not belong.
    misplaced: Vec<Notice>,
    /// Why a folder could not be listed, the first of them: files of this device may be in it.
    unlisted: Option<JournalError>,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// In the folder of the journal itself.
    InJournal,
    /// In one that is named for a year.
    InYear(u16),
    /// In another one, or deeper.
    Elsewhere,
}

/// The folders of a year.
#[derive(Debug, Default)]
struct Year {
    folders: Vec<PathBuf>,
    listed: bool,
}

impl Files {
    /// Lists the top folder. A journal that is not there yet has no files.
    pub(super) fn of(disk: &SharedDisk, place: &Place) -> Result<Self, JournalError> {
        let mut files = Self {
            disk: SharedDisk::clone(disk),
            place: place.clone(),
            found: BTreeSet::new(),
            years: BTreeMap::new(),
            others: Vec::new(),
            strays: Vec::new(),
            left_over: Vec::new(),
            misplaced: Vec::new(),
            unlisted: None,
        };
        let listed = match disk.list(&place.journal) {
            Ok(listed) => listed,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(JournalError::NotAFolder { path: place.journal.clone() });
            }
            Err(error) => return Err(JournalError::unreadable(&place.journal, &error)),
        };
        for entry in listed {
            files.look_at(&place.journal, &entry, Stands::InJournal);
        }
        Ok(files)
    }

    /// Returns the disk they stand on.
    pub(super) fn disk(&self) -> &SharedDisk {
        &self.disk
    }

    /// Answers whether every folder could be listed that was asked for.
    pub(super) fn has_listed(&self) -> Result<(), JournalError> {
        self.unlisted.clone().map_or(Ok(()), Err)
    }

    /// Lists the folders of these years.
    pub(super) fn list_years(&mut self, wanted: impl Fn(u16) -> bool) {
        let mut folders = Vec::new();
        for (year, found) in self.years.iter_mut().filter(|(year, found)| !found.listed && wanted(**year)) {
            found.listed = true;
            folders.extend(found.folders.iter().map(|folder| (folder.clone(), Stands::InYear(*year))));
        }
        self.list(folders);
    }

    /// Lists everything, however deep it stands.
    pub(super) fn list_all(&mut self) {
        self.list_years(|_| true);
        self.list_others();
    }

    /// Lists the folders that are those of no year. Most journals have none, and what stands
    /// in one is read and told like all else.
    pub(super) fn list_others(&mut self) {
        let others = std::mem::take(&mut self.others);
        self.list(others.into_iter().map(|folder| (folder, Stands::Elsewhere)).collect());
    }

    /// Lists folders and those in them: for each, where what it holds stands.
    fn list(&mut self, mut folders: Vec<(PathBuf, Stands)>) {
        while let Some((folder, stands)) = folders.pop() {
            match self.disk.list(&folder) {
                Ok(entries) => {
                    let inside = entries.iter().filter_map(|entry| self.look_at(&folder, entry, stands));
                    folders.extend(inside.map(|inside| (inside, Stands::Elsewhere)).collect::<Vec<_>>());
                }
                Err(error) => {
                    self.unlisted.get_or_insert_with(|| JournalError::unread(&folder, &error));
                    self.misplaced.push(Notice::UnreadableFile { file: folder, why: in_words(&error) });
                }
            }
        }
    }

    /// Takes in what a folder holds. Returns a folder in it that is to be listed too.
    fn look_at(&mut self, folder: &Path, entry: &Entry, stands: Stands) -> Option<PathBuf> {
        let name = entry.name.as_encoded_bytes();
        let path = || folder.join(&entry.name);
        match Home::from_name(name.strip_prefix(b".").unwrap_or(name)) {
            Some((Home::Kept, rest)) if stands == Stands::InJournal => {
                self.take(path(), (Home::Kept, rest), (name, true));
                return None;
            }
            Some((Home::Kept, rest)) if rest.ends_with(ENDING) && !name.starts_with(b".") => {
                let why = "it is not in the folder of the journal itself; move it there".to_owned();
                self.strays.push((Home::Kept, Notice::UnreadableFile { file: path(), why }));
                if rest.strip_suffix(ENDING) == Some(self.place.device.as_bytes()) {
                    self.leave(Home::Kept, path());
                }
                return None;
            }
            Some((home @ Home::Month(month), rest)) => {
                let belongs = matches!(stands, Stands::InJournal) || stands == Stands::InYear(month.year());
                self.take(path(), (home, rest), (name, belongs));
                return None;
            }
            _ => {}
        }
        if name.starts_with(b".") || name.starts_with(b"~") {
            return None;
        }
        match (stands, year_of(name)) {
            // Whatever has just that name should be a folder: if not, listing it tells.
            (Stands::InJournal, Some(year)) if entry.is_folder || name.len() == 4 => {
                self.years.entry(year).or_default().folders.push(path());
            }
            (Stands::InJournal, _) if entry.is_folder => self.others.push(path()),
            _ if entry.is_folder => return Some(path()),
            _ => {}
        }
        None
    }

    /// Takes in a file that is named for a month, or for what belongs to none.
    fn take(&mut self, path: PathBuf, (home, rest): (Home, &[u8]), (name, belongs): (&[u8], bool)) {
        if let Some(why) = not_here(name) {
            self.strays.push((home, Notice::UnreadableFile { file: path, why: why.to_owned() }));
        } else if let Some(between) = rest.strip_suffix(ENDING).filter(|_| !name.starts_with(b".")) {
            let own = between == self.place.device.as_bytes();
            let is_written = path == self.place.file(home);
            let device = between.split(|byte| *byte == b'.').next().unwrap_or(between);
            let device = String::from_utf8_lossy(device).into_owned();
            if !belongs {
                self.misplaced.push(Notice::Misplaced { file: path.clone() });
            }
            self.found.insert(HomeFile { home, path, device, is_written, own, belongs });
        } else if name.starts_with(b".") && is_left_over(rest, self.place.device.as_bytes()) {
            self.leave(home, path);
        }
    }

    fn leave(&mut self, home: Home, path: PathBuf) {
        let device = self.place.device.clone();
        self.left_over.push(HomeFile { home, path, device, is_written: false, own: true, belongs: false });
    }

    /// Returns what this device wrote and nobody reads.
    pub(super) fn left_over(&self) -> Vec<HomeFile> {
        self.left_over.clone()
    }

    /// Returns the files of some months, in order.
    pub(super) fn of_months(&self, wanted: impl Fn(Month) -> bool) -> Vec<HomeFile> {
        self.of_homes(|home| home.is_month(&wanted))
    }

    /// Returns the files of what lives there, in order.
    pub(super) fn of_homes(&self, wanted: impl Fn(Home) -> bool) -> Vec<HomeFile> {
        self.found.iter().filter(|file| wanted(file.home)).cloned().collect()
    }

    /// Returns every file that was listed, in order.
    pub(super) fn all(&self) -> Vec<HomeFile> {
        self.of_homes(|_| true)
    }

    /// Returns what is to be told of files of some homes that cannot be read, and of files
    /// and folders of any month that are not as they should be.
    pub(super) fn strays(&self, wanted: impl Fn(Home) -> bool) -> Vec<Notice> {
        let strays = self.strays.iter().filter(|(home, _)| wanted(*home)).map(|(_, notice)| notice);
        self.misplaced.iter().chain(strays).cloned().collect()
    }

    /// Returns, of the months up to `until`, the newest of each device, if it is not
    /// before `from`; and every month after `until`, which a fast clock wrote.
    pub(super) fn newest_months(&self, from: Month, until: Month) -> BTreeSet<Month> {
        let mut newest = BTreeMap::new();
        let mut months = BTreeSet::new();
        for (file, month) in self.found.iter().filter_map(|file| Some((file, file.home.month()?))) {
            if month > until {
                months.insert(month);
            } else {
                newest.insert(&file.device, month);
            }
        }
        months.extend(newest.into_values().filter(|month| *month >= from));
        months
    }

    /// Returns the newest month before `month` that has a file, listing years as needed.
    pub(super) fn month_before(&mut self, month: Month) -> Option<Month> {
        loop {
            let found = self.found.iter().rev().filter_map(|file| file.home.month()).find(|found| *found < month);
            let year = self.years.iter().rev().find(|(year, found)| !found.listed && **year <= month.year());
            match (found, year) {
                (Some(found), Some((year, _))) if found.year() > *year => return Some(found),
                (found, None) => return found,
                (_, Some((&year, _))) => self.list_years(|listed| listed == year),
            }
        }
    }
}

/// Returns the year that the name of a folder begins with: sync services make `2026 2` and
/// `2026 (1)` of `2026`.
fn year_of(name: &[u8]) -> Option<u16> {
    let (digits, _) = name.split_first_chunk::<4>()?;
    str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

/// Whether a device's name may have this byte.
fn is_of_a_device(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

/// Whether the rest of a name is that of a file that a repair of this device was writing.
fn is_left_over(rest: &[u8], device: &[u8]) -> bool {
    let behind = rest.strip_prefix(device).and_then(|rest| rest.strip_prefix(ENDING));
    behind.is_some_and(|behind| behind.ends_with(LEFT_OVER))
}

/// Says why a file that is named like one of the journal's is not read, if it is none
/// that somebody put away.
fn not_here(name: &[u8]) -> Option<&'static str> {
    if name.starts_with(b".") {
        return name.ends_with(b".jsonl.icloud").then_some("it is still in iCloud; download it (in the Finder)");
    }
    let behind = name.get(memchr::memmem::rfind(name, ENDING)? + ENDING.len()..)?;
    let put_away = behind.is_empty() || behind.ends_with(b"~") || PUT_AWAY.iter().any(|put| behind.ends_with(put));
    let arriving = || ARRIVING.iter().any(|ending| behind.ends_with(ending));
    (!put_away && !arriving()).then_some("its name does not end in .jsonl; rename it so that it does, and it is read")
}
