//! Which files are the journal's, and which of them a read opens.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::{JournalError, why};
use super::month::Month;
use super::notice::Notice;
use super::place::Place;

/// How the name of a file of the journal ends.
const ENDING: &str = ".jsonl";

/// What stands behind [`ENDING`] in the names of files that are put away on purpose.
const PUT_AWAY: [&str; 4] = [".damaged", ".bak", ".tmp", ".orig"];

/// A file of the journal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MonthFile {
    pub(super) month: Month,
    pub(super) path: PathBuf,
    /// The device that its name names; of a copy that a sync service made, perhaps none
    /// that ever was.
    device: String,
    /// Whether this device writes it.
    pub(super) own: bool,
}

impl MonthFile {
    /// Opens it for reading. Only a regular file is one of the journal's: opening a named
    /// pipe would wait for ever.
    pub(super) fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        let file = options.open(&self.path)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a file")) }
    }
}

/// The files of a journal, as far as they were listed.
#[derive(Debug, Default)]
pub(super) struct Files {
    folder: PathBuf,
    device: String,
    /// By month, then by path.
    found: BTreeSet<MonthFile>,
    /// The years that have a folder, and whether that was listed.
    years: BTreeMap<u16, bool>,
    /// Files that should be the journal's and cannot be read.
    strays: Vec<(Month, Notice)>,
}

impl Files {
    /// Lists the top folder. A journal that is not there yet has no files.
    pub(super) fn of(place: &Place) -> Result<Self, JournalError> {
        let mut files = Self { folder: place.journal.clone(), device: place.device.clone(), ..Self::default() };
        let listed = match fs::read_dir(&place.journal) {
            Ok(listed) => listed,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(JournalError::NotAFolder { path: place.journal.clone() });
            }
            Err(error) => return Err(JournalError::unreadable(&place.journal, &error)),
        };
        for entry in listed {
            let entry = entry.map_err(|error| JournalError::unreadable(&place.journal, &error))?;
            let name = entry.file_name();
            match name.to_str().and_then(year_of) {
                Some(year) => drop(files.years.insert(year, false)),
                None => files.look_at(&entry.path(), |_| true),
            }
        }
        Ok(files)
    }

    /// Lists the folders of these years.
    pub(super) fn list_years(&mut self, wanted: impl Fn(u16) -> bool) {
        let years: Vec<u16> =
            self.years.iter().filter(|(year, listed)| !**listed && wanted(**year)).map(|(y, _)| *y).collect();
        for year in years {
            self.years.insert(year, true);
            self.list_year(year);
        }
    }

    fn list_year(&mut self, year: u16) {
        let folder = self.folder.join(format!("{year:04}"));
        let listed = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match listed {
            Ok(entries) => entries.iter().for_each(|entry| self.look_at(&entry.path(), |month| month.year() == year)),
            Err(error) => {
                let january = Month::from_text(&format!("{year:04}-01"));
                let notice = Notice::UnreadableFile { file: folder, why: why(&error) };
                self.strays.extend(january.map(|month| (month, notice)));
            }
        }
    }

    fn look_at(&mut self, path: &Path, belongs: impl Fn(Month) -> bool) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return };
        let Some((month, rest)) = Month::from_name(name.strip_prefix('.').unwrap_or(name)) else { return };
        if !belongs(month) {
            return;
        }
        if let Some(why) = not_here(name) {
            self.strays.push((month, Notice::UnreadableFile { file: path.to_owned(), why: why.to_owned() }));
        } else if let Some(between) = rest.strip_suffix(ENDING).filter(|_| !name.starts_with('.')) {
            let own = between == self.device;
            let device = between.split('.').next().unwrap_or(between).to_owned();
            self.found.insert(MonthFile { month, path: path.to_owned(), device, own });
        }
    }

    /// Returns the files of some months, in order.
    pub(super) fn of_months(&self, wanted: impl Fn(Month) -> bool) -> Vec<MonthFile> {
        self.found.iter().filter(|file| wanted(file.month)).cloned().collect()
    }

    /// Returns what is to be told of files of some months that cannot be read.
    pub(super) fn strays(&self, wanted: impl Fn(Month) -> bool) -> Vec<Notice> {
        self.strays.iter().filter(|(month, _)| wanted(*month)).map(|(_, notice)| notice.clone()).collect()
    }

    /// Returns, of the months up to `until`, the newest of each device, if it is not
    /// before `from`; and every month after `until`, which a fast clock wrote.
    pub(super) fn newest_months(&self, from: Month, until: Month) -> BTreeSet<Month> {
        let mut newest = BTreeMap::new();
        let mut months = BTreeSet::new();
        for file in &self.found {
            if file.month > until {
                months.insert(file.month);
            } else {
                newest.insert(&file.device, file.month);
            }
        }
        months.extend(newest.into_values().filter(|month| *month >= from));
        months
    }

    /// Returns the newest month before `month` that has a file, listing years as needed.
    pub(super) fn month_before(&mut self, month: Month) -> Option<Month> {
        loop {
            let found = self.found.iter().rev().map(|file| file.month).find(|found| *found < month);
            let year = self.years.iter().rev().find(|(year, listed)| !**listed && **year <= month.year());
            match (found, year) {
                (Some(found), Some((year, _))) if found.year() > *year => return Some(found),
                (found, None) => return found,
                (_, Some((&year, _))) => self.list_years(|listed| listed == year),
            }
        }
    }
}

/// Returns the year that a folder is named for.
fn year_of(name: &str) -> Option<u16> {
    (name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.parse().ok())?
}

/// Says why a file that is named like one of the journal's is not read, if it is none
/// that somebody put away.
fn not_here(name: &str) -> Option<&'static str> {
    if name.starts_with('.') {
        return name.ends_with(".jsonl.icloud").then_some("it has not been downloaded from iCloud");
    }
    let behind = name.rfind(".jsonl.").and_then(|at| name.get(at + ENDING.len()..))?;
    let put_away = name.ends_with('~') || name.ends_with(ENDING) || PUT_AWAY.contains(&behind);
    (!put_away).then_some("its name does not end in .jsonl")
}
