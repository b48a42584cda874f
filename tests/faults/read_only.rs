//! A file system that becomes read-only, as one does after an error of its disk.

use libtest_mimic::Trial;

use super::Desk;
use super::full::READING;
use super::mounts::{mount_memory, remount, test_inside};
use super::need::Need;
use super::scenes::{Homes, SCENES};
use super::truth::Truth;

pub(crate) fn tests() -> Vec<Trial> {
    vec![
        test_inside("read_only::every_change_is_refused_and_reading_goes_on", Need::Mounts, every_change_is_refused),
        test_inside("read_only::the_first_command_ever_says_so_too", Need::Mounts, the_first_command_ever),
    ]
}

fn says_so(desk: &Desk, line: &str) {
    let before = Truth::of(desk);
    let said = desk.fails(line, 2);
    assert!(said.contains("not saved: the file system is read-only (~/"), "{said}");
    assert_eq!(Truth::of(desk), before);
}

/// Catches: a change that is said where nothing can be written.
fn every_change_is_refused() {
    for folder in ["data", "state"] {
        for scene in SCENES.iter().filter(|scene| scene.homes != Homes::Settings) {
            let home = tempfile::TempDir::new().unwrap();
            mount_memory(4 * 1024 * 1024, home.path());
            let desk = scene.desk(home.path());
            // Of a scene that begins with nothing, too.
            std::fs::create_dir_all(desk.path(folder)).unwrap();
            super::mounts::run("mount", &[&"--bind", &desk.path(folder), &desk.path(folder)]);
            remount("bind,ro", &desk.path(folder));
            says_so(&desk, scene.line);
            desk.does(READING);
            remount("bind,rw", &desk.path(folder));
            desk.does(scene.line);
            super::mounts::run("umount", &[&desk.path(folder)]);
            super::mounts::run("umount", &[&"--lazy", &home.path()]);
        }
    }
}

/// Without a folder for anything.
fn the_first_command_ever() {
    let home = tempfile::TempDir::new().unwrap();
    mount_memory(1024 * 1024, home.path());
    let desk = Desk::below(home.path());
    std::fs::create_dir(desk.path("tmp")).unwrap();
    remount("ro", home.path());
    desk.does(READING);
    says_so(&desk, "create spec");
    let said = desk.fails("target 35", 2);
    assert!(said.contains("cannot be written: the file system is read-only"), "{said}");
    remount("rw", home.path());
}
