//! Which file systems the promise holds on, and which it cannot hold on.
//!
//! What is appended to a file that stands on another machine is put where this machine
//! believes its end to be: two that write at once overwrite one another's lines. Locks need
//! not be shared there, and a sync may be answered before anything is on a disk. Such file
//! systems are told by their type and refused. Reading works everywhere.

use std::path::Path;

/// The variable that says to write all the same, for who knows that only one machine does.
const ALL_THE_SAME: &str = "TILTMETER_UNSAFE_FILESYSTEM";

/// Returns what the file system of a folder is called, if it is one that the journal cannot
/// be written to, and nobody said to do so all the same. One that is not known may be.
pub(super) fn unsafe_at(folder: &Path) -> Option<String> {
    let name = system::name_of(folder)?;
    std::env::var_os(ALL_THE_SAME).is_none_or(|said| said.is_empty() || said == "0").then_some(name)
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs;
    use std::path::Path;

    pub(super) fn name_of(folder: &Path) -> Option<String> {
        let about = rustix::fs::statfs(folder).ok()?;
        // A number of 32 bits, in a field that is as wide and as signed as the machine likes.
        let kind = u32::try_from(i128::from(about.f_type) & 0xffff_ffff).ok()?;
        match super::kind_of(kind) {
            super::Kind::Fine => None,
            super::Kind::Network(name) => Some(name.to_owned()),
            super::Kind::Anything => {
                let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
                super::network_mount(&mounts, &fs::canonicalize(folder).ok()?)
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::path::Path;

    pub(super) fn name_of(_: &Path) -> Option<String> {
        None
    }
}

/// What the type of a file system says of it.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It stands on this machine, or nobody knows better.
    Fine,
    /// It stands on another.
    Network(&'static str),
    /// A program serves it (FUSE): `sshfs` is far away, `gocryptfs` is not.
    Anything,
}

/// Returns what a type is, by the numbers of Linux (`statfs(2)`, `linux/magic.h`).
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
fn kind_of(magic: u32) -> Kind {
    match magic {
        0x6969 => Kind::Network("nfs"),
        0x517b => Kind::Network("smb"),
        0xfe53_4d42 => Kind::Network("smb2"),
        0xff53_4d42 => Kind::Network("cifs"),
        0x0102_1997 => Kind::Network("9p"),
        0x00c3_6400 => Kind::Network("ceph"),
        0x5346_414f | 0x6b41_4653 => Kind::Network("afs"),
        0x7375_7245 => Kind::Network("coda"),
        0x564c => Kind::Network("ncp"),
        0x6573_5546 => Kind::Anything,
        _ => Kind::Fine,
    }
}

/// What FUSE file systems are called that stand on another machine. Of those that are not
/// here most are on this one (`ntfs-3g`, `mergerfs`, `gocryptfs`, `encfs`, `bindfs`).
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const FAR: [&str; 11] = [
    "sshfs",
    "rclone",
    "s3fs",
    "goofys",
    "gcsfuse",
    "davfs",
    "curlftpfs",
    "glusterfs",
    "gvfsd-fuse",
    "juicefs",
    "blobfuse2",
];

/// Returns what is mounted at a path, by the lines of `/proc/self/mountinfo` (`proc(5)`), if
/// it is one of [`FAR`].
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
fn network_mount(mounts: &str, path: &Path) -> Option<String> {
    let mounted = mounts.lines().filter_map(|line| {
        let (mount, what) = line.split_once(" - ")?;
        let point = mount.split(' ').nth(4)?.replace("\\040", " ");
        path.starts_with(&point).then(|| (point.len(), what.split(' ').next().unwrap_or_default()))
    });
    // Of those at one point, the last hides the others.
    let (_, kind) = mounted.max_by_key(|(length, _)| *length)?;
    let name = kind.strip_prefix("fuse.")?;
    FAR.contains(&name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Catches a type that is written wrong, and one that is taken for another.
    #[test]
    fn what_stands_on_another_machine_is_told_from_what_does_not() {
        for (magic, name) in [(0x6969, "nfs"), (0xff53_4d42, "cifs"), (0xfe53_4d42, "smb2"), (0x0102_1997, "9p")] {
            assert_eq!(kind_of(magic), Kind::Network(name));
        }
        // ext4, xfs, btrfs, tmpfs, zfs, overlayfs, f2fs, bcachefs, exfat.
        for local in [
            0xef53,
            0x5846_5342,
            0x9123_683e,
            0x0102_1994,
            0x2fc1_2fc1,
            0x794c_7630,
            0xf2f5_2010,
            0xca45_1a4e,
            0x2011_bab0,
        ] {
            assert_eq!(kind_of(local), Kind::Fine, "{local:x}");
        }
        assert_eq!(kind_of(0x6573_5546), Kind::Anything);
    }

    #[test]
    fn of_what_a_program_serves_the_mount_says_what_it_is() {
        let mounts = "22 1 252:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
                      90 22 0:50 / /home/anna/far\\040away rw,nosuid shared:2 - fuse.sshfs anna@host: rw\n\
                      91 22 0:51 / /home/anna/vault rw,nosuid - fuse.gocryptfs /home/anna/cipher rw\n\
                      92 22 0:52 / /mnt/cloud rw - fuse.rclone cloud: rw\n";
        let at = |path: &str| network_mount(mounts, Path::new(path));
        assert_eq!(at("/home/anna/far away/journal").as_deref(), Some("sshfs"));
        assert_eq!(at("/mnt/cloud").as_deref(), Some("rclone"));
        assert_eq!((at("/home/anna/vault/journal"), at("/home/anna/far"), at("/mnt/cloudy")), (None, None, None));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn where_these_tests_run_a_journal_may_stand() {
        let folder = tempfile::TempDir::new().unwrap();
        let is_far = system::name_of(folder.path());
        assert!(is_far.is_none() || is_far.as_deref() == Some("9p"), "{is_far:?}");
    }
}
