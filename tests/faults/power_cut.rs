//! The power is cut after an acknowledgement.
//!
//! The journal lives on an ext4 file system in an image, mounted through a loop device. What
//! the program has written stands in the memory of the mounted file system until that is told,
//! or finds time, to write it to the device; only then it is in the image. So a copy of the
//! image is what a machine finds on its disk that lost power at that moment: mounted, after
//! the file system has replayed its own journal, it is read by a program that knows nothing of
//! what went on. `commit=300` keeps the file system from writing by itself every five seconds.
//!
//! What this cannot see: a disk that says that something is written while it is still in the
//! disk's own memory, and drops it in spite of a flush.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use tempfile::TempDir;

use super::Desk;
use super::mounts::{run, test_inside};
use super::need::Need;
use super::scenes::{Homes, SCENES, quick};
use super::strace;
use super::truth::{Truth, checked};

pub(crate) fn tests() -> Vec<Trial> {
    vec![
        test_inside("power_cut::what_was_acknowledged_is_on_the_disk", Need::Disks, acknowledged_is_on_the_disk),
        test_inside("power_cut::without_its_waits_the_program_would_lose", Need::Disks, without_its_waits),
        test_inside("power_cut::a_day_of_commands_is_on_the_disk_after_each", Need::Disks, after_each),
    ]
}

/// A machine whose power can be cut.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: TempDir::new_in(quick()).unwrap() };
        let image = machine.path("image");
        fs::File::create(&image).unwrap().set_len(12 * 1024 * 1024).unwrap();
        run("mkfs.ext4", &[&"-q", &"-b", &"1024", &"-E", &"lazy_itable_init=0", &image]);
        machine.mount(&image, "disk");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn mount(&self, image: &Path, at: &str) {
        fs::create_dir_all(self.path(at)).unwrap();
        run("mount", &[&"-o", &"loop,commit=300", &image, &self.path(at)]);
    }

    /// Brings to the disk what was made ready for a test.
    fn settle(&self) {
        run("sync", &[&"--file-system", &self.path("disk")]);
    }

    /// Cuts the power, and returns what `look` sees of the journal after a start.
    fn after_a_cut<T>(&self, desk: &Desk, look: impl FnOnce(&Path) -> T) -> T {
        let copy = self.path("copy");
        fs::copy(self.path("image"), &copy).unwrap();
        self.mount(&copy, "again");
        let inside = desk.journal().strip_prefix(self.path("disk")).unwrap().to_owned();
        let seen = look(&self.path("again").join(inside));
        run("umount", &[&self.path("again")]);
        seen
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // In a namespace of its own; only the folder must be free to be removed.
        let _ = std::process::Command::new("umount").arg(self.path("disk")).status();
    }
}

fn is_kept(journal: &Path, expected: &Truth) -> bool {
    let all_well = checked(journal);
    assert!(all_well.notices.is_empty() && all_well.half.is_empty(), "{all_well:#?}");
    Truth::of_journal(journal) == *expected
}

/// Every command, the very first too, which makes the folders. Catches: a change that is
/// acknowledged before it is on the disk; a file or a folder whose name is not.
fn acknowledged_is_on_the_disk() {
    for scene in SCENES.iter().filter(|scene| scene.homes != Homes::Settings) {
        let machine = Machine::new();
        let desk = scene.desk(&machine.path("disk"));
        machine.settle();
        desk.does(scene.line);
        let expected = Truth::of(&desk);
        assert!(machine.after_a_cut(&desk, |journal| is_kept(journal, &expected)), "tiltmeter {} is lost", scene.line);
    }
}

/// The control: the same commands, whose waits for the disk do nothing, lose what they said.
/// Without it, the test above could be one that sees nothing.
fn without_its_waits() {
    for scene in SCENES.iter().filter(|scene| scene.homes == Homes::One) {
        let machine = Machine::new();
        let desk = scene.desk(&machine.path("disk"));
        machine.settle();
        let before = Truth::of(&desk);
        let answer = desk.answered(&mut strace::without_syncs(&desk, scene.line));
        assert_eq!(answer.code, Some(0), "{answer:?}");
        assert_ne!(Truth::of(&desk), before);
        let lost = machine.after_a_cut(&desk, |journal| is_kept(journal, &before));
        assert!(lost, "tiltmeter {} survived without a wait: this test sees nothing", scene.line);
    }
}

/// One after the other, nothing settled between: also what an older command left to later.
fn after_each() {
    let machine = Machine::new();
    let mut desk = Desk::below(&machine.path("disk"));
    machine.settle();
    desk.at("12:00");
    for line in [
        "create spec --at 8:00",
        "now mail --at 9:00",
        "spark read the RFC",
        "add 9-10 standup --on 2026-10-21 --kind i",
        "day --felt 4",
        "undo",
        "redo",
        "add 9-10 standup --on 2025-10-21 --kind i",
        "stop",
        "remove @1",
    ] {
        desk.does(line);
        let expected = Truth::of(&desk);
        assert!(machine.after_a_cut(&desk, |journal| is_kept(journal, &expected)), "tiltmeter {line} is lost");
    }
}
