//! What a journal and the settings say, without the ids, which are others in every run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use tiltmeter::journal::{Checked, Journal, Place};

use super::Desk;

/// All that is kept at a desk, a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Truth(BTreeSet<String>);

/// When everything is read: after all that is logged.
const LATER: &str = "2026-11-24T20:00:00Z";

impl Truth {
    /// Reads it anew, in this process, which keeps nothing of what it read before.
    pub(crate) fn of(desk: &Desk) -> Self {
        let settings = fs::read_to_string(desk.path("config/tiltmeter/config.toml")).unwrap_or_default();
        let Self(mut lines) = Self::of_journal(&desk.journal());
        lines.extend(settings.lines().map(|line| format!("setting {line}")));
        Self(lines)
    }

    pub(crate) fn of_journal(journal: &Path) -> Self {
        let journal = at(journal);
        let reading = journal.read_all(later()).unwrap();
        let kept = journal.kept(later()).unwrap();
        let mut lines: BTreeSet<String> = reading.ledger.blocks().iter().map(|block| format!("{block:?}")).collect();
        lines.extend(reading.reflections.iter().map(|reflection| format!("{reflection:?}")));
        lines.extend(kept.sparks.iter().map(|spark| format!("{spark:?}")));
        lines.extend(kept.baseline.iter().map(|baseline| format!("{baseline:?}")));
        Self(lines.iter().map(|line| without_ids(line)).collect())
    }

    /// Returns how many things there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether something of this name is there.
    pub(crate) fn has(&self, activity: &str) -> bool {
        self.0.iter().any(|line| line.contains(&format!("\"{activity}\"")))
    }

    /// Returns the same without the things of this name.
    pub(crate) fn without(&self, activity: &str) -> Self {
        Self(self.0.iter().filter(|line| !line.contains(&format!("\"{activity}\""))).cloned().collect())
    }
}

/// Reads everything and returns what is wrong with it.
pub(crate) fn checked(journal: &Path) -> Checked {
    at(journal).check(later()).unwrap()
}

fn at(journal: &Path) -> Journal {
    // Reading needs no lock, so nothing is put into this state folder.
    Journal::at(Place { journal: journal.to_owned(), state: journal.join("none"), device: "laptop".into() })
}

fn later() -> DateTime<Utc> {
    LATER.parse().unwrap()
}

/// Takes UUIDs out of a text.
fn without_ids(text: &str) -> String {
    const LENGTH: usize = 36;
    let is_id = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let mut left = text.as_bytes();
    let mut kept = Vec::new();
    while let Some((first, rest)) = left.split_first() {
        if left.len() >= LENGTH && is_id(&left[..LENGTH]) {
            kept.extend(b"id");
            left = &left[LENGTH..];
        } else {
            kept.push(*first);
            left = rest;
        }
    }
    String::from_utf8(kept).unwrap()
}
