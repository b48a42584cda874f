//! The journal: the only code that touches its files.
//!
//! The promise: **what a command has acknowledged is never lost**. The format and the
//! rules are specified in `docs/journal-format.md`, from which another program could be
//! written. In reading order: `line` is the format, `fold` makes blocks of lines,
//! `load` chooses which lines to parse, `write` makes lines of a change, `append`
//! puts them on the disk, and [`Journal::commit`] is the one door through which all of it
//! happens. Knows nothing of what people type or are shown.

mod append;
mod check;
mod clones;
mod device;
mod disk;
mod error;
mod files;
mod fold;
mod history;
mod home;
mod import;
mod kept;
mod kept_line;
mod life;
mod line;
mod load;
mod lock;
mod month;
mod notice;
mod place;
#[doc(hidden)]
pub mod probe;
mod raw;
mod reach;
mod repair;
mod skim;
mod stamp;
mod stream;
mod terrain;
mod told;
mod trail;
mod undo;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use self::disk::{RealDisk, SharedDisk};
use self::files::Files;
use self::fold::IdMap;
use self::home::Home;
use self::load::Loader;
use self::lock::Lock;
use self::raw::Known;
use self::reach::Span;
use self::write::Draft;
use crate::domain::{Change, Id, Ledger, Reflection, Sample};

pub use self::check::{Checked, Conflict, Fate, HalfChange, Said};
pub use self::device::device_name;
pub use self::error::JournalError;
pub use self::history::{History, Version};
pub use self::import::Imported;
pub use self::kept::{Keep, KeptReading};
pub use self::life::{Gone, Life, Stage};
pub use self::line::Of;
pub use self::load::Torn;
pub use self::notice::{Flaw, Notice};
pub use self::place::Place;
pub use self::reach::{Back, Reach};
pub use self::repair::{Fold as Folded, Left, Mended, Plan, Step, Told};
pub use self::undo::{UndoError, Undone};

#[cfg(test)]
pub(crate) use self::disk::simulated;

/// A journal on disk. It holds no open file and nothing it has read.
#[derive(Clone, Debug)]
pub struct Journal {
    place: Place,
    disk: SharedDisk,
}

/// What a read has found.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The blocks.
    pub ledger: Ledger,
    /// What else a person should hear of.
    pub notices: Vec<Notice>,
    /// What was thought of the days that were asked for, the first day first.
    pub reflections: Vec<Reflection>,
    /// What was answered on them at random moments, the first moment first.
    pub samples: Vec<Sample>,
    /// In whose files each block lives.
    homes: IdMap<Home>,
    /// Why a part of what this device wrote could not be read.
    unread: Option<JournalError>,
}

/// A change that is on the disk.
#[derive(Clone, Debug)]
pub struct Committed {
    /// What was changed. A block that moved to another month has the id it has there.
    pub change: Change,
    /// What reading found, besides the blocks.
    pub notices: Vec<Notice>,
}

impl Journal {
    /// Returns the journal at a place. What cannot stand in a file's name is taken out of
    /// the device's.
    pub fn at(place: Place) -> Self {
        Self::on(Arc::new(RealDisk), place)
    }

    /// Returns the journal at a place of a disk.
    pub(crate) fn on(disk: SharedDisk, mut place: Place) -> Self {
        place.device = device::cleaned_name(&place.device);
        Self { place, disk }
    }

    /// Returns where it stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether there is no journal yet: its folder is missing, or empty.
    pub fn is_missing(&self) -> bool {
        self.disk.list(&self.place.journal).map_or(true, |entries| entries.is_empty())
    }

    /// Reads what `reach` asks for. A journal that is not there yet is empty.
    ///
    /// Every block that touches a day of the reach is in the ledger, as a full read would
    /// have it; of other days there may be more or fewer.
    pub fn read(&self, reach: &Reach<'_>, now: DateTime<Utc>) -> Result<Reading, JournalError> {
        Ok(reach::read(self.files()?, reach, &self.place.device, now))
    }

    /// Reads the same for something that is to be decided on it: if a part of what this
    /// device wrote cannot be read, that is an error, for on less it might be decided otherwise.
    pub fn read_to_decide(&self, reach: &Reach<'_>, now: DateTime<Utc>) -> Result<Reading, JournalError> {
        let reading = self.read(reach, now)?;
        match reading.unread {
            Some(unread) => Err(unread),
            None => Ok(reading),
        }
    }

    /// Returns those notices that are to be told now, and remembers that they were: an
    /// unreadable line of another device is told once a day, a device's fast clock once, the
    /// others always. For who tells them, and only then: a read remembers nothing.
    pub fn not_told_yet(&self, notices: &[Notice], now: DateTime<Utc>) -> Vec<Notice> {
        told::not_told_yet(notices.to_vec(), &*self.disk, &self.place, now)
    }

    /// Reads everything.
    pub fn read_all(&self, now: DateTime<Utc>) -> Result<Reading, JournalError> {
        let mut files = self.files()?;
        files.list_all();
        let mut loader = self.loader(now);
        let mut span = Span::default();
        let all = loader.full(&files.of_months(|_| true));
        let reflections = kept::reflections(&all, |_| true);
        let samples = kept::samples(&all, |_| true);
        span.add(all.into_merged());
        loader.notices.extend(files.strays(|_| true));
        Ok(Reading { reflections, samples, ..span.reading(loader, &self.place.device, now) })
    }

    /// Changes the journal: the one door for it.
    ///
    /// Under the lock, reads what is there *now*, lets `decide` say what is to be changed,
    /// given the reading and something that makes ids, and writes that. When this returns,
    /// the change is on the disk. A change without blocks writes nothing.
    ///
    /// ```
    /// use tiltmeter::domain::{Clash, Doing, Edit, Hand, Kind, Lived, Zone};
    /// use tiltmeter::journal::{Journal, JournalError, Place, Reach};
    /// use tiltmeter::text::Text;
    ///
    /// let folder = tempfile::tempdir()?;
    /// let (journal, state) = (folder.path().join("journal"), folder.path().join("state"));
    /// let journal = Journal::at(Place { journal, state, device: "laptop".to_owned() });
    ///
    /// let at: Lived = "2026-11-24T09:15:00+00:00".parse()?;
    /// let activity = Text::as_written("design doc");
    /// let doing = Doing { kind: Kind::Creating, activity, tags: vec![], note: None };
    /// let today = at.date_naive();
    /// let reach = Reach { days: today..=today, now_too: true, back_until: None };
    /// journal.commit(&reach, at.to_utc(), |reading, new_id| {
    ///     let start = Edit::Start { doing, at, clash: Clash::Refuse };
    ///     let change = reading.ledger.apply(&start, &mut Hand { zone: &Zone::utc(), new_id });
    ///     Ok::<_, JournalError>(change.expect("nothing is in the way"))
    /// })?;
    ///
    /// let read = journal.read(&reach, at.to_utc())?;
    /// assert_eq!(read.ledger.running().map(|block| block.activity.raw()), Some("design doc"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn commit<E: From<JournalError>>(
        &self,
        reach: &Reach<'_>,
        now: DateTime<Utc>,
        decide: impl FnOnce(&Reading, &mut dyn FnMut() -> Id) -> Result<Change, E>,
    ) -> Result<Committed, E> {
        let lock = self.lock()?;
        let reading = self.read_to_decide(reach, now)?;
        let mut ids = write::Ids::new(now);
        let mut change = decide(&reading, &mut || ids.next())?;
        self.write(&mut change, &reading, (now, &lock), &mut ids)?;
        Ok(Committed { change, notices: reading.notices })
    }

    /// Lists the top folder.
    fn files(&self) -> Result<Files, JournalError> {
        Files::of(&self.disk, &self.place)
    }

    fn loader(&self, now: DateTime<Utc>) -> Loader {
        Loader::new(&self.disk, now)
    }

    fn lock(&self) -> Result<Lock, JournalError> {
        Lock::take(&*self.disk, &self.place)
    }

    fn write(
        &self,
        change: &mut Change,
        reading: &Reading,
        (now, lock): (DateTime<Utc>, &Lock),
        ids: &mut write::Ids,
    ) -> Result<(), JournalError> {
        let draft = Draft::of(change, &reading.ledger, &reading.homes, ids);
        if draft.is_empty() {
            return Ok(());
        }
        let mut files = self.files()?;
        let homes = draft.homes_to_read();
        files.list_years(|year| homes.iter().any(|home| home.is_month(|month| month.year() == year)));
        let (mut loader, ids_to_read) = (self.loader(now), draft.ids_to_read());
        let mut known = loader.whole(&files.of_homes(|home| homes.contains(&home)), &ids_to_read);
        if !ids_to_read.iter().all(|id| known.knows(*id)) {
            // It was read where it does not belong: in the folder of another year, perhaps.
            files.list_all();
            known = loader.whole(&files.of_homes(|home| homes.contains(&home)), &ids_to_read);
        }
        files.has_listed()?;
        loader.has_read_own()?;
        let (at, lines) = draft.lines(&Known::of(&known), &self.place.device, lock.next_instant(now), ids)?;
        append::append(&*self.disk, &self.place, &lines)?;
        lock.keep(at, now);
        Ok(())
    }
}
