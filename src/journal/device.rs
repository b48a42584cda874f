//! Who is writing: a name for this machine and user. Where the machine has an id, no state is
//! kept for it; where it has none (macOS, Windows), a random one is, in the state folder.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::disk::{RealDisk, make_folders};
use crate::small_file;

/// The most characters of a host's name that go into a device's.
const HOST_CHARACTERS: usize = 20;

/// The most characters a device's name may have, however it was given.
const NAME_CHARACTERS: usize = 40;

/// Crockford's base 32, in lower case: no letter that looks like a digit.
const BASE_32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Returns the name of this machine and user, `<host>-<4 characters>`: the same on every
/// call, and another for another user or after the system was installed anew. On a machine
/// without an id, `state` keeps one: a folder that is never carried to another machine.
pub fn device_name(state: &Path) -> String {
    let host = host_name();
    let host = host.split('.').next().unwrap_or_default();
    let host: String = cleaned(host).chars().take(HOST_CHARACTERS).collect();
    let host = host.trim_matches('-');
    let host = if host.is_empty() { "device" } else { host };
    format!("{host}-{}", tail(&machine_id().or_else(|| kept_id(state).ok()).unwrap_or_else(host_name), &user_id()))
}

/// Returns a name that was given, as it can stand in the name of a file: lower case,
/// with `-` for everything but `a-z`, `0-9` and `-`; `device` if nothing is left.
pub(super) fn cleaned_name(given: &str) -> String {
    let cleaned: String = cleaned(given).chars().take(NAME_CHARACTERS).collect();
    let trimmed = cleaned.trim_matches('-');
    if trimmed.is_empty() { "device".to_owned() } else { trimmed.to_owned() }
}

fn cleaned(name: &str) -> String {
    name.chars().map(|c| c.to_ascii_lowercase()).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Returns four characters that stand for a machine and a user: 20 bits of a hash, as the
/// machine's id itself should not leave it (`machine-id(5)`).
fn tail(machine: &str, user: &str) -> String {
    let hash = Sha256::new().chain_update(machine).chain_update([0]).chain_update(user).finalize();
    let bits = hash.iter().take(3).fold(0_usize, |bits, &byte| bits << 8 | usize::from(byte)) >> 4;
    [15, 10, 5, 0].iter().filter_map(|shift| BASE_32.get(bits >> shift & 31)).map(|&byte| char::from(byte)).collect()
}

/// Returns what the system calls itself by for ever, where it does.
fn machine_id() -> Option<String> {
    ["/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid"]
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|id| id.trim().to_owned())
        .find(|id| !id.is_empty())
}

/// Returns the id that a state folder keeps for a machine that has none, made when it is
/// first asked for: two machines may well have one host name.
fn kept_id(state: &Path) -> io::Result<String> {
    let path = state.join("machine-id");
    let read = || small_file::read(&path).map(|id| id.trim().to_owned());
    match read() {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Ok(id) if id.is_empty() => return Err(ErrorKind::InvalidData.into()),
        done => return done,
    }
    make_folders(&RealDisk, state).map_err(|not| not.error)?;
    // Written whole before it has its name, so that two first commands agree on one.
    let id = Uuid::now_v7().simple().to_string();
    let new = state.join(format!("machine-id.{id}.tmp"));
    let made = OpenOptions::new().write(true).create_new(true).open(&new).and_then(|mut file| {
        file.write_all(id.as_bytes())?;
        file.sync_all()?;
        match fs::hard_link(&new, &path) {
            // Not every file system knows links.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::rename(&new, &path),
            done => done,
        }
    });
    let _ = fs::remove_file(&new);
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => read(),
    }
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}

#[cfg(unix)]
fn user_id() -> String {
    rustix::process::getuid().as_raw().to_string()
}

#[cfg(not(unix))]
fn user_id() -> String {
    std::env::var("USERNAME").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_device_has_a_name_that_can_stand_in_a_files_name() {
        let state = tempfile::TempDir::new().unwrap();
        let name = device_name(state.path());
        assert_eq!(name, device_name(state.path()));
        assert_eq!(name, cleaned_name(&name));
        let (host, tail) = name.rsplit_once('-').unwrap();
        assert!(!host.is_empty() && host.len() <= HOST_CHARACTERS);
        assert_eq!(tail.len(), 4);
    }

    #[test]
    fn a_machine_without_an_id_keeps_one_in_its_state_folder() {
        let [one, two] = [0, 1].map(|_| tempfile::TempDir::new().unwrap());
        let state = one.path().join("state");
        let ids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| kept_id(&state).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_ne!(kept_id(two.path()).unwrap(), ids[0]);
        assert_eq!(fs::read_dir(&state).unwrap().count(), 1);
    }

    #[test]
    fn another_machine_or_user_has_another_name() {
        assert_ne!(tail("one", "1000"), tail("two", "1000"));
        assert_ne!(tail("one", "1000"), tail("one", "1001"));
        assert_ne!(tail("one1", "000"), tail("one", "1000"), "the two cannot run into each other");
    }

    #[test]
    fn a_name_that_was_given_cannot_leave_the_folder() {
        assert_eq!(cleaned_name("../../etc/Passwd"), "etc-passwd");
        assert_eq!(cleaned_name("…"), "device");
        assert_eq!(cleaned_name(&"x".repeat(99)).len(), NAME_CHARACTERS);
    }
}
