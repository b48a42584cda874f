//! What has been told before: some notices are worth a line once, or once a day.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::disk::{Disk, How, make_folders};
use super::notice::Notice;
use super::place::Place;
use crate::small_file;

/// The day on which something was told, by what it was.
type Told = BTreeMap<String, NaiveDate>;

/// Takes out the notices that have been told: an unreadable line of another device earlier
/// today, a device's fast clock ever. If that cannot be remembered, they are told again.
pub(super) fn not_told_yet(
    mut notices: Vec<Notice>,
    disk: &dyn Disk,
    place: &Place,
    now: DateTime<Utc>,
) -> Vec<Notice> {
    if notices.iter().all(|notice| key(notice).is_none()) {
        return notices;
    }
    let (path, today) = (path(place), now.date_naive());
    let before = read(disk, &path);
    let mut told = before.clone();
    told.retain(|key, day| *day == today || key.starts_with(AHEAD));
    notices.retain(|notice| match key(notice) {
        Some(key) => !told.contains_key(&key) || told.insert(key, today).is_none(),
        None => true,
    });
    for key in notices.iter().filter_map(key) {
        told.insert(key, today);
    }
    if told != before {
        write(disk, &path, &told);
    }
    notices
}

/// What the key of a notice about a clock begins with.
const AHEAD: &str = "ahead ";

/// Returns what a notice is remembered by; `None` for what is always told.
fn key(notice: &Notice) -> Option<String> {
    match notice {
        Notice::UnreadableLine { file, line, own: false, .. } => Some(format!("line {line} {}", file.display())),
        Notice::StampAhead { device, at } => Some(format!("{AHEAD}{at} {device}")),
        _ => None,
    }
}

fn path(place: &Place) -> PathBuf {
    place.state.join("told.json")
}

fn read(disk: &dyn Disk, path: &Path) -> Told {
    let text = disk.open(path, How::Read).and_then(small_file::read_from).unwrap_or_default();
    let days: BTreeMap<String, String> = serde_json::from_str(&text).unwrap_or_default();
    days.into_iter().filter_map(|(key, day)| Some((key, day.parse().ok()?))).collect()
}

/// Writes by a rename, so that another command reads the old or the new.
fn write(disk: &dyn Disk, path: &Path, told: &Told) {
    let days: BTreeMap<&String, String> = told.iter().map(|(key, day)| (key, day.to_string())).collect();
    let Ok(json) = serde_json::to_string(&days) else { return };
    let new = path.with_extension(format!("{}.tmp", std::process::id()));
    let replaced = || -> io::Result<()> {
        path.parent().map_or(Ok(()), |folder| make_folders(disk, folder).map_err(|not| not.error))?;
        disk.open(&new, How::New)?.write_all(json.as_bytes())?;
        disk.rename(&new, path)
    };
    if replaced().is_err() {
        let _ = disk.remove(&new);
    }
}
