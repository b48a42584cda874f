//! What file-sync services make of the files: copies on a conflict, under any name; files that
//! are still arriving; files that were put back.

use std::fs;

use tiltmeter::domain::Block;
use tiltmeter::journal::Reach;

use super::desk::instant;
use super::{Desk, block, kept};

const NOW: &str = "2026-11-22T09:00:00Z";

/// How a service names the copy that it makes of a file: nearly all put what they add before
/// the ending.
struct Naming {
    /// Where the naming is from.
    service: &'static str,
    /// What becomes of the folder of a year.
    folder: &'static str,
    /// What is put before the ending.
    inside: &'static str,
}

const fn naming(service: &'static str, inside: &'static str) -> Naming {
    Naming { service, folder: "2026", inside }
}

/// Copies that are read like the file itself.
const COPIES: [Naming; 25] = [
    // https://docs.syncthing.net/users/syncing.html#conflicting-changes:
    // <filename>.sync-conflict-<date>-<time>-<modifiedBy>.<ext>
    naming("Syncthing", ".sync-conflict-20261122-090000-ABCDEF7"),
    // The copy of a copy.
    naming("Syncthing", ".sync-conflict-20261122-090000-ABCDEF7.sync-conflict-20261123-090000-1234567"),
    // https://help.dropbox.com/organize/conflicted-copy
    naming("Dropbox", " (anna's conflicted copy 2026-11-22)"),
    naming("Dropbox", " (conflicted copy)"),
    naming("Dropbox", " (anna’s laptop's conflicted copy 2026-11-22 (1))"),
    naming("Dropbox", " (In Konflikt stehende Kopie von Änne 2026-11-22)"),
    naming("Dropbox", " (Case Conflict)"),
    naming("Dropbox", " (Case Conflict 1)"),
    // Microsoft, «OneDrive is making copies of files with the computer's name»: the name of the
    // machine, in upper case.
    naming("OneDrive", "-LAPTOP"),
    naming("OneDrive", "-DESKTOP-AB12CD"),
    naming("OneDrive", "-DESKTOP-AB12CD (1)"),
    naming("OneDrive", "-LAPTOP-2"),
    // https://docs.nextcloud.com/desktop/3.12/conflicts.html; its clients before 2.5, and
    // ownCloud's, wrote _conflict-.
    naming("Nextcloud", " (conflicted copy 2026-11-22 090000)"),
    naming("Nextcloud", " (conflicted copy anna 2026-11-22 090000)"),
    naming("Nextcloud", " (case clash from anna)"),
    naming("ownCloud", "_conflict-20261122-090000"),
    naming("ownCloud", "_conflict-anna-20261122-090000"),
    // What macOS names the second of two files that cannot have one name; folders too.
    naming("iCloud", " 2"),
    Naming { service: "iCloud", folder: "2026 2", inside: "" },
    // What Google's Drive for desktop, and browsers, name the second of two.
    naming("Google Drive", " (1)"),
    Naming { service: "Google Drive", folder: "2026 (1)", inside: "" },
    // https://help.resilio.com, «Conflicts»: <filename>.Conflict.<ext>
    naming("Resilio", ".Conflict"),
    // With its preference copyonconflict.
    naming("Unison", " (copy: conflict on 2026-11-22)"),
    // https://rclone.org/bisync/#conflict-suffix, with --suffix-keep-extension.
    naming("rclone bisync", ".conflict1"),
    // As gen_conflict_path in its daemon names it.
    naming("Seafile", " (SFConflict anna@example.com 2026-11-22-09-00-00)"),
];

/// Puts a copy of what a desk wrote, in a month and of what belongs to none, into the journal
/// of another, named as a service would.
fn copy(from: &Desk, to: &Desk, Naming { folder, inside, .. }: &Naming) {
    let journal = &to.journal.place().journal;
    let device = &from.journal.place().device;
    fs::create_dir_all(journal.join(folder)).unwrap();
    fs::copy(from.file("2026-11"), journal.join(folder).join(format!("2026-11.{device}{inside}.jsonl"))).unwrap();
    // What belongs to no month stands in no folder.
    let inside = if inside.is_empty() { &folder[4..] } else { inside };
    fs::copy(kept::file(from), journal.join(format!("kept.{device}{inside}.jsonl"))).unwrap();
}

/// Returns the words of blocks, in order.
fn words<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Vec<String> {
    let mut words: Vec<String> = blocks.into_iter().map(|block| block.activity.raw().to_owned()).collect();
    words.sort();
    words
}

/// Writes a block of that day and a spark with these words.
fn write(desk: &Desk, words: &str, day: &str) -> Block {
    kept::put(desk, words);
    let at = |time| format!("{day}T{time}:00Z");
    desk.change(vec![block(words, &at("07:00"), Some(&at("07:30")))], vec![]).put.pop().unwrap()
}

/// What every kind of read sees: of now, of a day long past, of everything; and the sparks.
fn seen(desk: &Desk, day: &str) -> [Vec<String>; 4] {
    let day = instant(&format!("{day}T12:00:00Z")).date_naive();
    let of_day = Reach { days: day..=day, now_too: false, back_until: None };
    let sparks = desk.journal.kept(desk.now).unwrap().sparks;
    let mut sparks: Vec<String> = sparks.iter().map(|spark| spark.text.raw().to_owned()).collect();
    sparks.sort();
    let of_day = desk.journal.read(&of_day, desk.now).unwrap().ledger;
    [words(desk.read().ledger.blocks()), words(of_day.blocks()), words(&desk.blocks()), sparks]
}

/// A month's file on one machine, and a copy of it under every name there is, each with a
/// block and a spark that no other has, and with those that all of them have: everything is
/// read, once. Catches: copies not read; `2026 2` not read; a line in two files counted twice.
#[test]
fn every_block_of_a_copy_is_in_every_read_that_concerns_it_once_whatever_the_copy_is_called() {
    let desk = Desk::at(NOW);
    let common = Desk::of("x", NOW);
    write(&common, "in all", "2026-11-21");
    let mut expected = vec!["in all".to_owned()];
    for (number, naming) in COPIES.iter().enumerate() {
        let other = Desk::of("x", NOW);
        copy(&common, &other, &naming("", ""));
        let words = format!("{} {number}", naming.service);
        write(&other, &words, "2026-11-21");
        copy(&other, &desk, naming);
        expected.push(words);
    }
    expected.sort();
    for read in seen(&desk, "2026-11-21") {
        assert_eq!(read, expected);
    }
    assert_eq!((desk.read().notices, desk.journal.check(desk.now).unwrap().notices), (vec![], vec![]));
}
