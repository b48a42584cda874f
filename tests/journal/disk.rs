//! When the disk, another process or a power cut stands in the way.
//!
//! Limits of a process (the size of a file) can only be set for a whole process, so these
//! tests run this test program again, as another process, with the journal in its environment.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::thread;

use chrono::TimeDelta;
use tiltmeter::journal::{Journal, JournalError, Place};

use super::{Desk, block};

const NOW: &str = "2026-11-22T09:00:00Z";
const JOURNAL: &str = "TILTMETER_TEST_JOURNAL";

#[test]
fn of_fifty_threads_that_commit_at_once_every_one_is_kept() {
    let desk = Desk::at(NOW);
    thread::scope(|scope| {
        for name in 0..50 {
            let desk = &desk;
            scope.spawn(move || desk.start(&format!("act {name}"), None));
        }
    });
    assert_eq!(desk.blocks().len(), 50);
    assert_eq!(desk.lines("2026-11").len(), 50);
}

#[test]
fn of_eight_processes_that_commit_at_once_every_one_is_kept() {
    let desk = Desk::at(NOW);
    let children: Vec<_> = (0..8).map(|_| again(&desk, "child_starts_ten_blocks").spawn().unwrap()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(desk.blocks().len(), 80);
}

#[test]
#[ignore = "a part of the tests above, run by them in another process"]
fn child_starts_ten_blocks() {
    let desk = desk_of_the_parent();
    (0..10).for_each(|name| drop(desk.start(&format!("act {name}"), None)));
}

/// A disk that has room for a part of a line only: what arrived is taken back, the command
/// says that nothing was saved, and what was there before stays.
#[cfg(unix)]
#[test]
fn a_line_that_the_disk_has_no_room_for_is_cut_back() {
    let desk = Desk::at(NOW);
    desk.start("before", None);
    let before = fs::read(desk.file("2026-11")).unwrap();
    // Into a pipe: where the output of the tests goes to a file, the limit holds for that too.
    let child = again(&desk, "child_meets_a_full_disk").output().unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    assert_eq!(fs::read(desk.file("2026-11")).unwrap(), before);
    assert_eq!(desk.blocks().len(), 1);
}

#[cfg(unix)]
#[test]
#[ignore = "a part of the test above, run by it in another process"]
fn child_meets_a_full_disk() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let desk = desk_of_the_parent();
    let room = fs::metadata(desk.file("2026-11")).unwrap().len() + 100;
    // The child of a shell that ignores SIGXFSZ inherits that: the write fails instead.
    setrlimit(Resource::Fsize, Rlimit { current: Some(room), maximum: Some(room) }).unwrap();
    let failed = desk.try_change(vec![block("too much", "2026-11-22T08:00:00Z", None)], vec![]).unwrap_err();
    let JournalError::NotSaved { kind, why, maybe, .. } = failed else { panic!("{failed:?}") };
    assert_eq!(
        (kind, why.as_str(), maybe),
        (ErrorKind::FileTooLarge, "the file would be larger than the system allows", false)
    );
}

#[cfg(unix)]
#[test]
fn a_change_of_two_months_of_which_one_cannot_be_written_is_not_saved_at_all() {
    let desk = Desk::at(NOW);
    let old = block("old", "2026-09-20T09:00:00Z", Some("2026-09-20T10:00:00Z"));
    desk.change(vec![old.clone()], vec![]);
    let before = fs::read(desk.file("2026-09")).unwrap();
    // It can be read, and links are not written through.
    let elsewhere = desk.folder.path().join("elsewhere");
    fs::write(&elsewhere, "").unwrap();
    std::os::unix::fs::symlink(elsewhere, desk.file("2026-11")).unwrap();
    let new = block("new", "2026-11-20T09:00:00Z", Some("2026-11-20T10:00:00Z"));
    let failed = desk.try_change(vec![new], vec![old]).unwrap_err();
    assert!(matches!(failed, JournalError::NotSaved { maybe: false, .. }), "{failed}");
    assert_eq!(fs::read(desk.file("2026-09")).unwrap(), before);
}

#[test]
fn a_journal_below_a_file_cannot_be_written_and_says_where_and_why() {
    let desk = Desk::at(NOW);
    let file = desk.folder.path().join("file");
    fs::write(&file, "").unwrap();
    let place = Place { journal: file.join("journal"), ..desk.journal.place().clone() };
    let desk = Desk { journal: Journal::at(place), ..desk };
    let failed = desk.try_change(vec![block("x", NOW, None)], vec![]).unwrap_err().to_string();
    assert!(failed.contains("not a folder") && failed.contains("/file"), "{failed}");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_not_written_through() {
    let desk = Desk::at(NOW);
    let target = desk.folder.path().join("elsewhere");
    fs::write(&target, "precious\n").unwrap();
    fs::create_dir_all(desk.file("2026-11").parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&target, desk.file("2026-11")).unwrap();
    let failed = desk.try_change(vec![block("x", NOW, None)], vec![]).unwrap_err().to_string();
    assert!(failed.starts_with("not saved: it is a link"), "{failed}");
    assert_eq!(fs::read_to_string(target).unwrap(), "precious\n");
}

#[cfg(unix)]
#[test]
fn folders_and_files_are_for_the_user_alone_and_git_is_told_how_to_merge() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::at(NOW);
    desk.start("x", None);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let journal = &desk.journal.place().journal;
    let attributes = journal.join(".gitattributes");
    assert_eq!((mode(journal), mode(&journal.join("2026"))), (0o700, 0o700));
    assert_eq!((mode(&desk.file("2026-11")), mode(&attributes)), (0o600, 0o600));
    assert_eq!(fs::read_to_string(attributes).unwrap(), "*.jsonl -text merge=union\n");
}

#[test]
fn every_prefix_of_a_file_loads_and_a_torn_line_stays_alone() {
    let mut desk = Desk::at(NOW);
    let first = desk.start("one", None);
    desk.later(TimeDelta::hours(1)).start("two", Some(first));
    let whole = fs::read(desk.file("2026-11")).unwrap();
    let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').count() - 1;
    for length in 0..=whole.len() {
        let prefix = &whole[..length];
        fs::write(desk.file("2026-11"), prefix).unwrap();
        let complete = lines(prefix) + usize::from(whole.get(length) == Some(&b'\n'));
        let reading = desk.read();
        assert_eq!(reading.ledger.blocks().len(), complete, "{length}");
        assert_eq!(reading.notices, [], "a last line without its end is a change that did not happen");
        if length % 37 == 0 {
            desk.start("after", None);
            assert_eq!(desk.read().ledger.blocks().len(), complete + 1, "{length}");
        }
    }
}

#[test]
fn a_panic_while_deciding_lets_go_of_the_lock_and_writes_nothing() {
    let desk = Desk::at(NOW);
    let panics = thread::scope(|scope| {
        let decide = || desk.journal.commit::<JournalError>(&desk.reach(), desk.now, |_, _| panic!("while deciding"));
        scope.spawn(decide).join()
    });
    assert!(panics.is_err());
    assert!(!desk.journal.place().journal.exists());
    desk.start("goes on", None);
}

/// Returns a command that runs one test of this program alone, with the journal of a desk.
fn again(desk: &Desk, test: &str) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(this);
    command.args(["--exact", "--ignored", "--quiet", "--test-threads=1"]).arg(format!("disk::{test}"));
    command.env(JOURNAL, desk.folder.path());
    command
}

fn desk_of_the_parent() -> Desk {
    let folder = std::path::PathBuf::from(std::env::var_os(JOURNAL).unwrap());
    let desk = Desk::at(NOW);
    let place = Place { journal: folder.join("journal"), state: folder.join("state"), device: "desk".into() };
    Desk { journal: Journal::at(place), ..desk }
}
