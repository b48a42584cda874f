//! What the pane keeps in mind for the next time: on this machine alone, beside the locks.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Desk;
use crate::small_file;

/// What is kept in mind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Remembered {
    /// Whether all words are folded away.
    #[serde(default)]
    pub folded: bool,
    /// Whether the target was asked for, which is done once.
    #[serde(default)]
    pub target_asked: bool,
}

impl Desk {
    /// Returns what was kept in mind the last time.
    pub fn remembered(&self) -> Remembered {
        let text = small_file::read(&self.pane_file()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps something in mind. Where that cannot be, it is as if it had not been.
    pub fn remember(&self, remembered: Remembered) {
        let file = self.pane_file();
        if let (Some(folder), Ok(text)) = (file.parent(), serde_json::to_string(&remembered)) {
            let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
        }
    }

    fn pane_file(&self) -> PathBuf {
        self.state().join("pane.json")
    }
}
