//! A disk that is full: what fits is saved, what does not leaves no byte, and reading goes on.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use libtest_mimic::Trial;

use super::mounts::{mount_memory, remount, test_inside};
use super::need::Need;
use super::truth::{Truth, checked};
use super::{Answer, Desk};

pub(crate) fn tests() -> Vec<Trial> {
    vec![
        test_inside("full::what_fits_is_saved_and_the_rest_not_at_all", Need::Mounts, the_rest_not_at_all),
        test_inside("full::a_journal_cannot_begin_on_a_full_disk_and_says_so", Need::Mounts, cannot_begin),
        test_inside("full::a_full_disk_for_locks_is_told", Need::Mounts, a_full_disk_for_locks_is_told),
    ]
}

/// What the tests here mount holds whole pages.
const PAGE: usize = 4096;

/// Commands that only read.
pub(crate) const READING: &str = "day
    week
    status
    check
    history
    spark
    target
    export jsonl
    export csv
    trend";

/// Fills a disk; what is left is the room in the last page of each file.
fn fill(disk: &Path) {
    let mut file = File::create(disk.join("filling")).unwrap();
    while file.write_all(&[0; PAGE]).is_ok() {}
}

fn full(said: &str) -> bool {
    said.starts_with("error: not saved: the disk is full (~/") && said.contains("\nhint: make room on the disk")
}

/// Blocks are put in until the last page is used up; so every place in a line is met at which
/// the disk can be full. Catches: the cut back left out.
fn the_rest_not_at_all() {
    let mut desk = Desk::new();
    mount_memory(64 * PAGE, &desk.path("data"));
    desk.at("23:00").does("add 4-5 before --kind c");
    fill(&desk.path("data"));
    for (hour, length) in [(5, 1), (6, 40), (7, 3), (8, 77), (9, 9)] {
        let name = "x".repeat(length);
        let mut refused = None;
        for minute in 0..40 {
            let before = (Truth::of(&desk), fs::read(desk.month()).unwrap());
            let answer = desk.answer(&format!("add {hour}:{minute:02}+1m {name} --kind c"));
            if answer.code == Some(0) {
                assert_eq!(Truth::of(&desk).len(), before.0.len() + 1);
                continue;
            }
            assert!(full(&answer.said) && answer.printed.is_empty(), "{answer:?}");
            assert_eq!((Truth::of(&desk), fs::read(desk.month()).unwrap()), before);
            refused = Some(answer);
            break;
        }
        assert!(refused.is_some(), "the disk was never full");
        desk.does(READING);
        // A little room, and it is met again at another place of a line.
        assert!(checked(&desk.journal()).notices.is_empty());
        fs::remove_file(desk.path("data/filling")).unwrap();
        desk.does(&format!("add 21:{:02}+1m goes on --kind c", length % 60));
        fill(&desk.path("data"));
    }
}

fn cannot_begin() {
    let mut desk = Desk::new();
    mount_memory(8 * PAGE, &desk.path("data"));
    fill(&desk.path("data"));
    desk.at("23:00");
    // The first file can be named, and has no room.
    let Answer { code, printed, said } = desk.answer("add 4-5 before --kind c");
    assert_eq!((code, &*printed), (Some(2), ""), "{said}");
    assert!(full(&said), "{said}");
    desk.does(READING);
    assert_eq!(Truth::of(&desk).len(), 0);
    fs::remove_file(desk.path("data/filling")).unwrap();
    desk.does("add 4-5 before --kind c");
}

/// Without a lock nothing is changed, and without room there is no lock.
fn a_full_disk_for_locks_is_told() {
    let mut desk = Desk::new();
    mount_memory(8 * PAGE, &desk.path("state"));
    // Room for a folder, and not for the name of the lock in it.
    remount("nr_inodes=2", &desk.path("state"));
    desk.at("23:00").does(READING);
    let answer = desk.answer("add 4-5 before --kind c");
    assert!(answer.code == Some(2) && full(&answer.said), "{answer:?}");
    assert_eq!(Truth::of(&desk).len(), 0);
    remount("nr_inodes=9", &desk.path("state"));
    desk.does("add 4-5 before --kind c");
    // With its name there, the lock needs no room: the stamp in it is only for the order.
    fill(&desk.path("state"));
    desk.does("add 5-6 after --kind c\nundo");
    desk.does(READING);
}
