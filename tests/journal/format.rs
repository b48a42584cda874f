//! The page that says what the format is, read as a journal.

use std::fs;

use tiltmeter::domain::{Felt, Kind};

use super::Desk;
use super::kept::{all, file};

const PAGE: &str = include_str!("../../docs/journal-format.md");

/// Catches: an example that a reader would refuse, or that says something else than the page.
#[test]
fn the_examples_of_the_page_are_the_journal_that_it_tells_of() {
    let desk = Desk::of("thinkpad-k3f9", "2026-11-22T17:00:00Z");
    let lines: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("{\"v\":1,\"change\"")).collect();
    let (kept, of_month): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.contains("\"sparks\":["));
    assert!(kept.len() == 1 && of_month.len() == 5, "{lines:#?}");
    for (path, lines) in [(file(&desk), kept), (desk.file("2026-11"), of_month)] {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines.join("\n") + "\n").unwrap();
    }
    let read = desk.journal.read_all(desk.now).unwrap();
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    let running = read.ledger.running().map(|block| block.activity.raw().to_owned());
    assert_eq!(running.as_deref(), Some("staff sync"), "and the meeting runs again");
    let (sparks, baseline, thoughts, samples) = all(&desk.journal, &desk);
    assert_eq!((sparks.len(), baseline), (1, None));
    assert_eq!(thoughts.iter().map(|thought| thought.felt).collect::<Vec<_>>(), [Felt::of(4)]);
    assert_eq!(samples.iter().map(|sample| sample.kind).collect::<Vec<_>>(), [Kind::Shaping]);
}
