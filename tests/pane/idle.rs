//! What wakes the program, and that nothing else does.

use std::fs;
#[cfg(target_os = "linux")]
use std::thread;
use std::time::{Duration, Instant};

use crate::program;
use crate::terminal::Terminal;
#[cfg(target_os = "linux")]
use crate::terminal::woken;

#[test]
fn a_change_to_the_journal_wakes_it_and_a_reader_does_not() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("2026")).unwrap();
    fs::write(folder.path().join("2026/2026-03.desk.jsonl"), "").unwrap();
    let mut terminal = Terminal::open(program::command(folder.path()), 60, 8);
    terminal.shows("picture 1");
    fs::read(folder.path().join("2026/2026-03.desk.jsonl")).unwrap();
    assert_eq!(fs::read_dir(folder.path().join("2026")).unwrap().count(), 1);
    terminal.types("k").shows("picture 2").shows("woken by key k");
    let changed = Instant::now();
    fs::create_dir(folder.path().join("2027")).unwrap();
    terminal.shows("woken by the journal after picture 2");
    assert!(changed.elapsed() < Duration::from_secs(2));
    terminal.types("t").shows("woken by news").types("\x1b[<0;3;2M").shows("woken by mouse Down(Left)").types("q");
    assert_eq!(terminal.ends(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn at_rest_no_thread_of_it_wakes() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(program::command(folder.path()), 60, 8);
    terminal.shows("picture 1").types("k").shows("woken by key k");
    // What it did last is over when nothing changes any more.
    let mut before = woken(terminal.pid());
    loop {
        thread::sleep(Duration::from_millis(200));
        let now = woken(terminal.pid());
        if now == before {
            break;
        }
        before = now;
    }
    thread::sleep(Duration::from_secs(3));
    assert_eq!(woken(terminal.pid()), before);
    let names: Vec<&str> = before.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["hangup", "keys", "signals", "watch"] {
        assert!(names.contains(&name), "{names:?}");
    }
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}
