//! Where a journal stands, and who writes it.

use std::path::PathBuf;

use super::home::Home;

/// Where a journal stands, and who writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The journal's folder, which a sync service may carry to other machines.
    pub journal: PathBuf,
    /// The folder for what belongs to this machine alone: locks.
    pub state: PathBuf,
    /// The device that writes: see [`super::device_name`].
    pub device: String,
}

impl Place {
    /// Returns the file that this device writes what lives there to.
    pub(super) fn file(&self, home: Home) -> PathBuf {
        let name = format!("{home}.{}.jsonl", self.device);
        match home {
            Home::Kept => self.journal.join(name),
            Home::Month(month) => self.journal.join(format!("{:04}", month.year())).join(name),
        }
    }
}
