//! What the pane keeps in mind for the next time: on this machine alone, beside the locks.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Desk;

/// What is kept in mind.
#[derive(Default, Deserialize, Serialize)]
struct Kept {
    /// Whether all words are folded away.
    #[serde(default)]
    folded: bool,
}

impl Desk {
    /// Whether words were folded away the last time.
    pub fn is_folded(&self) -> bool {
        let text = fs::read_to_string(self.kept()).unwrap_or_default();
        serde_json::from_str::<Kept>(&text).unwrap_or_default().folded
    }

    /// Keeps in mind whether words are folded away. Where that cannot be kept, they are
    /// shown the next time.
    pub fn keep_folded(&self, folded: bool) {
        let kept = self.kept();
        if let (Some(folder), Ok(text)) = (kept.parent(), serde_json::to_string(&Kept { folded })) {
            let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&kept, text));
        }
    }

    fn kept(&self) -> PathBuf {
        self.state().join("pane.json")
    }
}
