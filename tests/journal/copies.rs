//! What file-sync services make of the files: copies on a conflict, under any name; files that
//! are still arriving; files that were put back.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use tiltmeter::domain::{Block, Ends, Id, Kind};
use tiltmeter::journal::{Notice, Reach, UndoError};
use tiltmeter::text::Text;

use super::desk::{instant, lived};
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
    let more = if *folder == "2026" { "" } else { folder };
    fs::copy(kept::file(from), journal.join(format!("kept.{device}{inside}{more}.jsonl"))).unwrap();
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
        copy(&common, &other, &naming_of_itself());
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

/// Names of copies that are not read, for what stands behind the ending may be anything.
const NOT_READ: [&str; 7] = [
    // https://rclone.org/bisync/#conflict-suffix, and what it wrote before 1.66.
    "{}.x.jsonl.conflict1",
    "{}.x.jsonl..path1",
    "{}.x.jsonl.Conflict",
    // What git's merge names the two sides of.
    "{}.x.jsonl~HEAD",
    "{}.x.jsonl 2",
    "{}.x.jsonl (1)",
    // What iCloud Drive leaves of a file that it took off this machine.
    ".{}.x.jsonl.icloud",
];

/// Catches: a copy that nobody reads and nobody hears of; being told that, and not what to do.
#[test]
fn a_copy_that_cannot_be_read_is_told_by_every_read_with_what_to_do() {
    for (name, home) in NOT_READ.iter().flat_map(|name| [(name, "2026-11"), (name, "kept")]) {
        let desk = Desk::at(NOW);
        let file = name.replace("{}", home);
        let folder = desk.journal.place().journal.join(if home == "kept" { "" } else { "2026" });
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(&file), "").unwrap();
        let everything = desk.journal.read_all(desk.now).unwrap().notices;
        let mut told = vec![desk.read().notices, everything, desk.journal.check(desk.now).unwrap().notices];
        if home == "kept" {
            told.push(desk.journal.kept(desk.now).unwrap().notices);
        }
        for told in told {
            let [Notice::UnreadableFile { file: which, why }] = &told[..] else { panic!("{file}: {told:?}") };
            assert_eq!(*which, folder.join(&file));
            assert!(why.contains("; rename it") || why.contains("; download it"), "{why}");
        }
    }
}

/// Names under which programs write a file before it has its own.
const ARRIVING: [&str; 14] = [
    // Syncthing, elsewhere and on Windows.
    ".syncthing.{}.x.jsonl.tmp",
    "~syncthing~{}.x.jsonl.tmp",
    // rsync.
    ".{}.x.jsonl.Ab12Cd",
    // https://rclone.org/docs/#partial-suffix
    "{}.x.jsonl.1f2e3d4c.partial",
    // ownCloud and Nextcloud.
    ".{}.x.jsonl.~1a2b3c",
    // Unison.
    ".unison.{}.x.jsonl.0123456789abcdef.unison.tmp",
    // Resilio Sync.
    "{}.x.jsonl.!sync",
    // GLib, KIO, browsers, WinSCP.
    ".goutputstream-ABCDEF",
    "{}.x.jsonl.part",
    "{}.x.jsonl.crdownload",
    "{}.x.jsonl.filepart",
    // Editors.
    ".{}.x.jsonl.swp",
    "{}.x.jsonl~",
    "#{}.x.jsonl#",
];

/// Catches: reading what is half there, telling of what is as it should be.
#[test]
fn a_file_that_arrives_under_another_name_is_neither_read_nor_told() {
    let (desk, other) = (Desk::at(NOW), Desk::of("x", NOW));
    write(&other, "arriving", "2026-11-21");
    let here = write(&desk, "here", "2026-11-21");
    let journal = &desk.journal.place().journal;
    for name in ARRIVING {
        fs::copy(other.file("2026-11"), journal.join("2026").join(name.replace("{}", "2026-11"))).unwrap();
        fs::copy(kept::file(&other), journal.join(name.replace("{}", "kept"))).unwrap();
    }
    assert_eq!(seen(&desk, "2026-11-21"), [(); 4].map(|()| vec!["here".to_owned()]));
    assert_eq!((desk.blocks(), desk.read().notices), (vec![here], vec![]));
    assert_eq!(desk.journal.check(desk.now).unwrap().notices, []);
}

/// A file that a service writes in place is there up to any byte. What stands on its whole
/// lines is read, and nothing is said of the rest. Catches: a torn line told as damage; a
/// character cut in two; a line read before it is whole.
#[test]
fn a_file_that_arrives_byte_by_byte_shows_what_is_there_of_it() {
    let (desk, mut other) = (Desk::at(NOW), Desk::of("x", NOW));
    for words in ["eins", "zwei — ünder", "drei"] {
        other.later(TimeDelta::minutes(1));
        write(&other, words, "2026-11-21");
    }
    let here = write(&desk, "here", "2026-11-21");
    let journal = &desk.journal.place().journal;
    let [month, kept] = [other.file("2026-11"), kept::file(&other)].map(|file| fs::read(file).unwrap());
    for cut in 0..=month.len().max(kept.len()) {
        let there = |bytes: &[u8]| -> Vec<u8> { bytes[..cut.min(bytes.len())].to_vec() };
        fs::write(journal.join("2026/2026-11.x.jsonl"), there(&month)).unwrap();
        fs::write(journal.join("kept.x.jsonl"), there(&kept)).unwrap();
        // A line that is all there but for its newline counts.
        let whole = |bytes: &[u8]| (0..bytes.len()).filter(|&at| bytes[at] == b'\n' && at <= cut).count();
        let reading = desk.read();
        assert_eq!(reading.ledger.blocks().len(), 1 + whole(&month), "{cut}");
        assert!(reading.ledger.blocks().contains(&here));
        assert_eq!(desk.journal.kept(desk.now).unwrap().sparks.len(), 1 + whole(&kept), "{cut}");
        assert_eq!(reading.notices, [], "{cut}");
    }
    assert_eq!(desk.blocks().len(), 4);
}

/// Catches: undo that reads copies of the own file as own: it would take back what stands
/// there alone, or one change twice.
#[test]
fn undo_takes_back_what_stands_in_the_own_file_and_a_copy_of_it_changes_nothing() {
    for naming in &COPIES {
        let (mut desk, clone) = (Desk::at(NOW), Desk::of("desk", NOW));
        let one = write(&desk, "one", "2026-11-21");
        copy(&desk, &clone, &naming_of_itself());
        desk.later(TimeDelta::minutes(1));
        let two = desk.change(vec![block("two", "2026-11-21T08:00:00Z", None)], vec![]).put.pop().unwrap();
        let mut elsewhere = write(&clone, "elsewhere", "2026-11-21");
        copy(&clone, &desk, naming);
        elsewhere.activity = Text::as_written("elsewhere");
        desk.later(TimeDelta::minutes(1));
        let undone = || desk.journal.undo(desk.now).map(|undone| undone.before);
        assert_eq!(undone().unwrap(), [two], "{}", naming.service);
        assert_eq!(undone().unwrap(), [one], "{}", naming.service);
        let _spark = undone().unwrap();
        assert!(matches!(undone(), Err(UndoError::NothingToUndo)), "{}", naming.service);
        assert_eq!(desk.blocks(), [elsewhere], "{}", naming.service);
    }
}

/// The name of the file itself.
fn naming_of_itself() -> Naming {
    naming("", "")
}

/// Catches: markers that hide the lines between them.
#[test]
fn what_git_leaves_of_a_merge_that_it_could_not_make_is_told_and_hides_nothing() {
    let (desk, other) = (Desk::at(NOW), Desk::at(NOW));
    let (ours, theirs) = (write(&desk, "ours", "2026-11-20"), write(&other, "theirs", "2026-11-21"));
    for (ours, theirs) in [(desk.file("2026-11"), other.file("2026-11")), (kept::file(&desk), kept::file(&other))] {
        let [one, two] = [&ours, &theirs].map(|file| fs::read_to_string(file).unwrap());
        fs::write(ours, format!("<<<<<<< HEAD\n{one}=======\n{two}>>>>>>> laptop\n")).unwrap();
    }
    assert_eq!(desk.blocks(), [ours, theirs]);
    assert_eq!(desk.journal.kept(desk.now).unwrap().sparks.len(), 2);
    let lines: Vec<u64> = desk
        .read()
        .notices
        .iter()
        .filter_map(|told| match told {
            Notice::UnreadableLine { line, own: true, .. } => Some(*line),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [1, 3, 5]);
    desk.journal.repair(None, |_| ()).unwrap();
    assert_eq!((desk.blocks().len(), desk.read().notices), (2, vec![]));
}

/// Two machines that write as one device. Each makes a change; the service keeps one version of
/// their file and makes the other a copy, on either. Catches: a block of either that is hidden; an
/// undo that takes back what stands in the copy; a check that does not tell.
#[test]
fn two_machines_of_one_name_have_what_both_wrote_and_a_check_tells() {
    for naming in &COPIES {
        let (mut one, mut two) = (Desk::of("laptop", NOW), Desk::of("laptop", NOW));
        let before = write(&one, "before", "2026-11-20");
        copy(&one, &two, &naming_of_itself());
        let at = one.later(TimeDelta::minutes(1)).now;
        two.now = at + TimeDelta::seconds(1);
        let [here, there] = [(&one, "here"), (&two, "there")].map(|(desk, words)| write(desk, words, "2026-11-21"));
        // The service takes the version of one.
        copy(&two, &one, naming);
        copy(&two, &two, naming);
        copy(&one, &two, &naming_of_itself());
        for desk in [&one, &two] {
            assert_eq!(desk.blocks(), [before.clone(), here.clone(), there.clone()], "{}", naming.service);
            assert_eq!(desk.read().notices, [], "{}", naming.service);
            let told = desk.journal.check(desk.now).unwrap().notices;
            let told: Vec<(usize, &str)> = told
                .iter()
                .map(|told| match told {
                    Notice::CopyHoldsMore { changes, device, .. } => (*changes, device.as_str()),
                    other => panic!("{other:?}"),
                })
                .collect();
            assert_eq!(told, [(1, "laptop"), (1, "laptop")], "the month and the sparks: {}", naming.service);
        }
        let undone = one.journal.undo(one.now).unwrap();
        assert_eq!((undone.before, undone.notices), (vec![here.clone()], vec![]), "{}", naming.service);
        assert!(one.blocks().contains(&there), "{}", naming.service);
        // The other has the file of the first now, and says so.
        let undone = two.journal.undo(two.now).unwrap();
        assert_eq!(undone.before, std::slice::from_ref(&here));
        assert!(matches!(undone.notices[..], [Notice::OwnReplaced { at }] if at >= two.now), "{:?}", undone.notices);
        assert_eq!(two.journal.redo(two.now).unwrap().notices, []);
        assert_eq!(two.blocks(), [before, here, there], "{}", naming.service);
    }
}

/// The file of this device was put back by the service; then it comes again, as a copy or in
/// place of what was written meanwhile. Catches: what stands on one side alone is hidden; a
/// stamp or an id that collides with one that was used before.
#[test]
fn what_was_acknowledged_before_and_after_a_file_was_put_back_is_there_whichever_comes_again() {
    for newer_comes_as_a_copy in [true, false] {
        let (mut desk, beside) = (Desk::at(NOW), Desk::at(NOW));
        let one = write(&desk, "one", "2026-11-20");
        copy(&desk, &beside, &naming_of_itself());
        let older = [desk.file("2026-11"), kept::file(&desk)].map(|file| (fs::read(&file).unwrap(), file));
        desk.later(TimeDelta::minutes(1));
        let two = write(&desk, "two", "2026-11-21");
        let edited = Block { interrupted: 2, ..one.clone() };
        desk.change(vec![edited.clone()], vec![]);
        copy(&desk, &beside, &naming_of_itself());
        for (bytes, file) in older {
            fs::write(file, bytes).unwrap();
        }
        // The clock of the lock file still knows the change that is gone.
        let three = write(&desk, "three", "2026-11-22");
        let changed = Block { note: Some(Text::as_written("here")), ..one.clone() };
        desk.change(vec![changed], vec![]);
        let conflict = naming("Syncthing", ".sync-conflict-20261122-090000-ABCDEF7");
        if newer_comes_as_a_copy {
            copy(&beside, &desk, &conflict);
        } else {
            copy(&desk, &desk, &conflict);
            copy(&beside, &desk, &naming_of_itself());
        }
        let both = Block { note: Some(Text::as_written("here")), ..edited };
        assert_eq!(desk.blocks(), [both, two, three]);
        assert_eq!(desk.journal.kept(desk.now).unwrap().sparks.len(), 3);
        let checked = desk.journal.check(desk.now).unwrap();
        assert_eq!((checked.notices.len(), checked.conflicts.len()), (2, 0), "{:?}", checked.notices);
    }
}

/// A change of two months, of which one arrives before the other, in either order. Catches:
/// half a change that hides what has nothing to do with it; one that nobody is told of.
#[test]
fn of_a_change_of_two_months_either_may_come_first_and_check_tells_which_is_missing() {
    let other = Desk::of("x", NOW);
    let at = |start: &str, end: Option<&str>| block("open", start, end);
    let open = other.change(vec![at("2026-10-31T22:00:00Z", None)], vec![]).put.pop().unwrap();
    let bystanders = ["2026-10-30", "2026-11-20"].map(|day| write(&other, "bystander", day));
    let ended = Block { end: Some(lived("2026-11-01T01:00:00Z")), ..open.clone() };
    let next = block("next", "2026-11-01T01:00:00Z", Some("2026-11-01T02:00:00Z"));
    let before = ["2026-10", "2026-11"].map(|month| (month, fs::read(other.file(month)).unwrap()));
    other.change(vec![ended.clone(), next.clone()], vec![]);
    for (first, missing) in [("2026-10", "2026-11"), ("2026-11", "2026-10")] {
        let desk = Desk::at(NOW);
        let folder = desk.journal.place().journal.join("2026");
        fs::create_dir_all(&folder).unwrap();
        let name = |month: &str| folder.join(format!("{month}.x.jsonl"));
        for (month, bytes) in &before {
            fs::write(name(month), bytes).unwrap();
        }
        fs::copy(other.file(first), name(first)).unwrap();
        let there = desk.blocks();
        assert!(bystanders.iter().all(|block| there.contains(block)), "{first}");
        let ledger = desk.journal.read_all(desk.now).unwrap().ledger;
        let shown = ledger.get(open.id).unwrap();
        assert_eq!(
            ledger.ends(shown),
            Ends::At(lived("2026-11-01T01:00:00Z")),
            "{first}: no minute is lost, or too many"
        );
        let [half] = desk.journal.check(desk.now).unwrap().half.try_into().unwrap();
        assert_eq!((half.by.as_str(), half.missing), ("x", vec![missing.to_owned()]));
        fs::copy(other.file(missing), name(missing)).unwrap();
        assert_eq!(desk.journal.check(desk.now).unwrap().half, []);
        assert!(desk.blocks().contains(&ended) && desk.blocks().contains(&next));
    }
}

/// Catches: a stamp that is not later than what it replaces.
#[test]
fn an_edit_wins_over_what_it_saw_also_when_that_has_a_stamp_eleven_days_ahead() {
    let (desk, mut fast) = (Desk::at(NOW), Desk::of("fast", NOW));
    fast.later(TimeDelta::days(11));
    let made = write(&fast, "made", "2026-11-21");
    let moved = Block { interrupted: 1, ..made.clone() };
    fast.change(vec![moved.clone()], vec![]);
    copy(&fast, &desk, &naming_of_itself());
    // One field was set by the first version of it, one by an edit of a fast clock.
    for edited in [
        Block { activity: Text::as_written("mine"), ..moved.clone() },
        Block { activity: Text::as_written("mine"), interrupted: 7, ..moved.clone() },
    ] {
        desk.change(vec![edited.clone()], vec![]);
        assert_eq!(desk.blocks(), [edited], "a writer reads back its own write");
    }
    kept::put(&desk, "spark");
    // And the other, whose clock is as fast as before, sees the same, and what it sets then.
    copy(&desk, &fast, &naming_of_itself());
    assert_eq!(fast.blocks(), desk.blocks());
    let back = Block { interrupted: 3, ..fast.blocks()[0].clone() };
    fast.change(vec![back.clone()], vec![]);
    copy(&fast, &desk, &naming_of_itself());
    assert_eq!((desk.blocks(), fast.blocks()), (vec![back.clone()], vec![back]));
    assert_eq!(desk.journal.check(desk.now).unwrap().conflicts, []);
}

/// Three devices edit one block while apart. Catches: an edit of another field that is hidden;
/// a fork that check does not list, or lists twice, or that the next edit does not settle.
#[test]
fn disjoint_edits_are_all_kept_and_forks_are_listed_until_the_next_edit() {
    let made = Desk::of("made", NOW);
    let block = write(&made, "made", "2026-11-21");
    let mut apart = [("anna", -11), ("bert", 0), ("cleo", 11)].map(|(name, days)| {
        let mut desk = Desk::of(name, NOW);
        copy(&made, &desk, &naming_of_itself());
        desk.later(TimeDelta::days(days));
        desk
    });
    let edits = [
        Block { note: Some(Text::as_written("anna's")), ..block.clone() },
        Block { tags: vec![Text::as_written("bert's")], ..block.clone() },
        Block { kind: Kind::Shaping, note: Some(Text::as_written("cleo's")), ..block.clone() },
    ];
    for (desk, edit) in apart.iter().zip(&edits) {
        kept::put(desk, "spark");
        desk.change(vec![edit.clone()], vec![]);
    }
    for (from, to) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
        copy(&apart[from], &apart[to], &naming_of_itself());
    }
    let merged = Block { tags: edits[1].tags.clone(), ..edits[2].clone() };
    for desk in &mut apart {
        desk.now = instant(NOW) + TimeDelta::days(12);
        assert_eq!(desk.blocks(), std::slice::from_ref(&merged));
        let [fork] = desk.journal.check(desk.now).unwrap().conflicts.try_into().unwrap();
        assert_eq!((fork.field.as_str(), fork.shown.by.as_str(), fork.other.by.as_str()), ("note", "cleo", "anna"));
        assert_eq!(fork.other.json.as_deref(), Some("\"anna's\""));
    }
    apart[0].change(vec![Block { interrupted: 1, ..merged }], vec![]);
    copy(&apart[0], &apart[2], &naming_of_itself());
    assert_eq!(apart[2].journal.check(apart[2].now).unwrap().conflicts, []);
}

/// A service that keeps putting older states of the file in its place, while changes are made;
/// what it replaces it keeps as a copy. Catches: a line that is written to a file that was
/// replaced meanwhile, and acknowledged though no file has it.
#[test]
fn what_is_acknowledged_while_a_service_puts_older_files_back_is_there() {
    let desk = Desk::at(NOW);
    let first = block("first", "2026-11-01T00:00:00Z", Some("2026-11-01T00:01:00Z"));
    desk.change(vec![first.clone()], vec![]);
    let mut acknowledged = vec![first];
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (own, is_done) = (desk.file("2026-11"), &is_done);
        scope.spawn(move || {
            let mut put_back = Vec::new();
            for round in 0..12 {
                let mut bytes = fs::read(&own).unwrap();
                while bytes == put_back && !is_done.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                    bytes = fs::read(&own).unwrap();
                }
                put_back = bytes.split_inclusive(|byte| *byte == b'\n').step_by(2).collect::<Vec<_>>().concat();
                let new = own.with_file_name(".syncthing.tmp");
                fs::write(&new, &put_back).unwrap();
                // From here on what is appended to the file stands in the copy.
                fs::hard_link(&own, own.with_extension(format!("sync-conflict-{round}.jsonl"))).unwrap();
                fs::rename(&new, &own).unwrap();
            }
        });
        for number in 1..1_000 {
            if acknowledged.len() > 20 {
                break;
            }
            let start = instant("2026-11-01T00:00:00Z") + TimeDelta::minutes(number);
            let end = (start + TimeDelta::seconds(30)).to_rfc3339();
            let next = block("next", &start.to_rfc3339(), Some(&end));
            // What keeps being replaced may be refused; then it is not acknowledged.
            acknowledged.extend(desk.try_change(vec![next], vec![]).into_iter().flat_map(|done| done.change.put));
        }
        is_done.store(true, Ordering::Relaxed);
    });
    let there = desk.blocks();
    assert!(acknowledged.len() > 20, "{}", acknowledged.len());
    assert!(acknowledged.iter().all(|block| there.contains(block)));
}

/// Two machines import the same, and one edits it before the other does so. Catches: ranking by
/// the stamp alone, by which the later import would hide the edit.
#[test]
fn an_edit_wins_over_the_same_import_that_another_machine_made_later() {
    let (desk, mut other) = (Desk::at(NOW), Desk::of("other", NOW));
    let id = Id(uuid::Uuid::new_v5(&uuid::Uuid::nil(), b"imported"));
    let imported = Block { id, ..block("imported", "2026-11-20T07:00:00Z", Some("2026-11-20T08:00:00Z")) };
    desk.journal.import(vec![imported.clone()], desk.now).unwrap();
    kept::put(&desk, "spark");
    let edited = Block { activity: Text::as_written("mine"), ..imported.clone() };
    desk.change(vec![edited.clone()], vec![]);
    for _ in 0..2 {
        other.later(TimeDelta::days(11));
        other.journal.import(vec![imported.clone()], other.now).unwrap();
        kept::put(&other, "spark");
        copy(&other, &desk, &naming_of_itself());
        assert_eq!((desk.blocks(), words(desk.read().ledger.blocks())), (vec![edited.clone()], vec!["mine".into()]));
    }
    copy(&desk, &other, &naming_of_itself());
    assert_eq!(other.blocks(), [edited]);
}
