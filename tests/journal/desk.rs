//! A desk with a journal on it: what the tests write and read through.

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tempfile::TempDir;
use tiltmeter::domain::{Block, Change, Id, Kind, Lived, Thing};
use tiltmeter::journal::{Committed, Journal, JournalError, Mended, Place, Reach, Reading};
use tiltmeter::text::Text;

/// One device, its journal and its clock.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) journal: Journal,
    pub(crate) now: DateTime<Utc>,
}

impl Desk {
    /// Returns a desk whose clock says `now`.
    pub(crate) fn at(now: &str) -> Self {
        Self::of("desk", now)
    }

    /// Returns the desk of a device.
    pub(crate) fn of(device: &str, now: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let place = Place {
            journal: folder.path().join("journal"),
            state: folder.path().join("state"),
            device: device.to_owned(),
        };
        Self { journal: Journal::at(place), now: instant(now), folder }
    }

    /// Lets time pass.
    pub(crate) fn later(&mut self, time: TimeDelta) -> &mut Self {
        self.now += time;
        self
    }

    /// Returns the reach of a command that concerns now.
    pub(crate) fn reach(&self) -> Reach<'static> {
        let today = self.now.date_naive();
        Reach { days: today..=today, now_too: true, back_until: None }
    }

    /// Reads what concerns now.
    pub(crate) fn read(&self) -> Reading {
        self.journal.read(&self.reach(), self.now).unwrap()
    }

    /// Returns every block of the journal.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let ledger = self.journal.read_all(self.now).unwrap().ledger;
        ledger.blocks().iter().chain(ledger.ahead()).cloned().collect()
    }

    /// Returns the one block with these words.
    pub(crate) fn find(&self, activity: &str) -> Block {
        self.blocks().into_iter().find(|block| block.activity.raw() == activity).unwrap()
    }

    /// Commits a change that puts these blocks and removes those.
    pub(crate) fn try_change(&self, put: Vec<Block>, removed: Vec<Block>) -> Result<Committed, JournalError> {
        let days = put.iter().chain(&removed).map(|block| block.start.date_naive()).chain([self.now.date_naive()]);
        let (first, last) = days.fold((NaiveDate::MAX, NaiveDate::MIN), |(a, b), day| (a.min(day), b.max(day)));
        // Where a moved block was before is not known here; a year is enough for these tests.
        let reach = Reach { days: first - TimeDelta::days(366)..=last, now_too: true, back_until: None };
        self.journal.commit(&reach, self.now, |_, _| Ok(Change { does: "edit", put, removed, remarks: Vec::new() }))
    }

    /// Commits a change and returns it.
    pub(crate) fn change(&self, put: Vec<Block>, removed: Vec<Block>) -> Change {
        self.try_change(put, removed).unwrap().change
    }

    /// Starts a new block; the one that `ends` is given as it was and ends there.
    pub(crate) fn start(&self, activity: &str, ends: Option<Block>) -> Block {
        let at = self.now.fixed_offset();
        let committed = self.journal.commit(&self.reach(), self.now, |_, new_id| {
            let mut put: Vec<Block> = ends.into_iter().map(|block| Block { end: Some(at), ..block }).collect();
            put.push(Block { id: new_id(), ..block(activity, &at.to_rfc3339(), None) });
            Ok::<_, JournalError>(Change { does: "switch", put, removed: Vec::new(), remarks: Vec::new() })
        });
        committed.unwrap().change.put.pop().unwrap()
    }

    /// Mends what can be mended.
    pub(crate) fn repair(&self) -> Mended {
        self.journal.repair(None, |_| {}).unwrap()
    }

    /// Returns the path of a file of this device.
    pub(crate) fn file(&self, month: &str) -> PathBuf {
        let place = self.journal.place();
        place.journal.join(&month[..4]).join(format!("{month}.{}.jsonl", place.device))
    }

    /// Returns the lines of a file of this device.
    pub(crate) fn lines(&self, month: &str) -> Vec<String> {
        fs::read_to_string(self.file(month)).unwrap_or_default().lines().map(str::to_owned).collect()
    }
}

/// Returns the block that a thing is.
pub(crate) fn the_block(thing: &Thing) -> &Block {
    match thing {
        Thing::Block(block) => block,
        Thing::Kept(_) => panic!("{thing:?} is no block"),
    }
}

/// Returns a block with an id that no other has.
pub(crate) fn block(activity: &str, start: &str, end: Option<&str>) -> Block {
    Block {
        id: new_id(instant(start)),
        start: lived(start),
        end: end.map(lived),
        zone: None,
        kind: Kind::Creating,
        activity: Text::as_written(activity),
        tags: Vec::new(),
        note: None,
        interrupted: 0,
    }
}

/// Returns an id as it would have been made then.
pub(crate) fn new_id(at: DateTime<Utc>) -> Id {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let (millis, count) = (u128::try_from(at.timestamp_millis()).unwrap(), COUNT.fetch_add(1, Ordering::Relaxed));
    Id(uuid::Uuid::from_u128(millis << 80 | 7 << 76 | 2 << 62 | u128::from(count)))
}

pub(crate) fn lived(text: &str) -> Lived {
    DateTime::parse_from_rfc3339(text).unwrap()
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    lived(text).to_utc()
}
