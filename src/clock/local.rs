//! Which zone is the local one.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::zones::{is_plain_name, read_tzif};
use super::{ClockError, Surroundings, SystemZones, shown};
use crate::domain::zone::BadRules;
use crate::domain::{Zone, ZoneName, Zones};
use crate::text::terminal_safe;

/// More links in a row than a system that works has.
const MOST_LINKS: usize = 8;

/// Settles the local zone: what the config says, else `TZ`, else the machine.
pub(super) fn zone(from: &Surroundings, configured: Option<&str>, zones: &SystemZones) -> Result<Zone, ClockError> {
    match (configured, &from.tz) {
        (Some(name), _) => {
            zones.zone(&ZoneName::new(name)).ok_or_else(|| ClockError::UnknownZone(terminal_safe(name).to_string()))
        }
        (None, Some(tz)) => by_variable(tz, from, zones),
        (None, None) => by_machine(from, zones),
    }
}

/// Reads `TZ` as a libc does (POSIX.1-2024, «Environment Variables», 8.3): a path, a
/// name or a rule, and after a colon never a rule. Empty means UTC.
fn by_variable(tz: &OsString, from: &Surroundings, zones: &SystemZones) -> Result<Zone, ClockError> {
    let unknown = || ClockError::UnknownTz(shown(tz));
    let typed = tz.to_str().ok_or_else(unknown)?;
    let (value, may_be_rule) = typed.strip_prefix(':').map_or((typed, true), |rest| (rest, false));
    if value.is_empty() {
        return Ok(Zone::utc());
    }
    if value == "localtime" {
        // Debian's folder of zones holds a link of that name to the machine's own.
        return by_machine(from, zones);
    }
    if Path::new(value).is_absolute() {
        return by_path(Path::new(value), from, zones).ok_or_else(unknown);
    }
    if let Some(zone) = zones.zone(&ZoneName::new(without_variant(value))) {
        return Ok(zone);
    }
    match Zone::from_posix(value) {
        Ok(zone) if may_be_rule => Ok(zone),
        // `CET-1CEST`: with some dates it would be a rule. A libc takes those of New York.
        _ if may_be_rule && Zone::from_posix(&format!("{value},M3.5.0,M10.5.0/3")).is_ok() => {
            Err(ClockError::TzWithoutDates(shown(tz)))
        }
        _ => Err(unknown()),
    }
}

fn by_path(path: &Path, from: &Surroundings, zones: &SystemZones) -> Option<Zone> {
    let bytes = read_tzif(path)?;
    let target = if path == from.localtime { link_target(path) } else { Some(path.to_path_buf()) };
    from_file(target.as_deref(), &bytes, zones).ok()
}

/// Reads the machine's own file. It is a link into the folder of zones, then the link
/// tells the name; or a copy, then its bytes are the rules, and `/etc/timezone` tells
/// the name if that zone has the very same bytes. No file means UTC, as it does to a libc.
fn by_machine(from: &Surroundings, zones: &SystemZones) -> Result<Zone, ClockError> {
    let bad = |why: String| ClockError::BadLocaltime {
        path: terminal_safe(&from.localtime.to_string_lossy()).to_string(),
        why,
    };
    let bytes = match fs::read(&from.localtime) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A link whose target is missing (an image without the system's zone files)
            // still tells the name, and the zone is known to this program.
            let name = link_target(&from.localtime).as_deref().and_then(name_in);
            return Ok(name.and_then(|name| zones.zone(&name)).unwrap_or_else(Zone::utc));
        }
        Err(error) => return Err(bad(error.to_string())),
    };
    let zone = match link_target(&from.localtime) {
        Some(target) => from_file(Some(&target), &bytes, zones),
        None => Zone::from_tzif(written_name(from, &bytes), &bytes),
    };
    zone.map_err(|error| bad(error.to_string()))
}

/// Reads a zone's file, and its name from where it lies.
///
/// Files under `right/` count leap seconds, and end when their table of them does: after
/// half a year they know nothing of summer time. So the zone of that name goes before.
fn from_file(path: Option<&Path>, bytes: &[u8], zones: &SystemZones) -> Result<Zone, BadRules> {
    let name = path.and_then(name_in);
    let expires = path.is_some_and(|path| path.to_string_lossy().contains("zoneinfo/right/"));
    let lasting = name.as_ref().filter(|_| expires).and_then(|name| zones.zone(name));
    lasting.map_or_else(|| Zone::from_tzif(name, bytes), Ok)
}

/// Returns the path into a folder of zones that a symbolic link leads to: the first on
/// the way, for the last may be another name of the same rules.
fn link_target(link: &Path) -> Option<PathBuf> {
    let mut at = link.to_path_buf();
    for _ in 0..MOST_LINKS {
        at = at.parent().unwrap_or(Path::new("/")).join(fs::read_link(&at).ok()?);
        if name_in(&at).is_some() {
            return Some(at);
        }
    }
    None
}

/// Returns the part of a path after `zoneinfo/`, if it could be a zone's name.
fn name_in(path: &Path) -> Option<ZoneName> {
    let (_, name) = path.to_str()?.rsplit_once("zoneinfo/")?;
    let name = without_variant(name);
    is_plain_name(name).then(|| ZoneName::new(name))
}

fn written_name(from: &Surroundings, bytes: &[u8]) -> Option<ZoneName> {
    let written = fs::read_to_string(&from.timezone).ok()?;
    let name = written.trim();
    let same = |folder: &PathBuf| fs::read(folder.join(name)).is_ok_and(|found| found == bytes);
    (is_plain_name(name) && from.folders.iter().any(same)).then(|| ZoneName::new(name))
}

/// Drops the folders that hold every zone once more, without and with leap seconds.
fn without_variant(name: &str) -> &str {
    name.strip_prefix("posix/").or_else(|| name.strip_prefix("right/")).unwrap_or(name)
}
