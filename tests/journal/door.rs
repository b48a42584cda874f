//! What goes in through the door comes out again.

use chrono::TimeDelta;
use tiltmeter::domain::{Block, Kind};
use tiltmeter::text::Text;

use super::{Desk, block};

#[test]
fn a_journal_that_is_not_there_yet_is_empty_and_reading_does_not_make_it() {
    let desk = Desk::at("2026-11-22T09:00:00Z");
    assert!(desk.read().ledger.blocks().is_empty());
    assert!(!desk.journal.place().journal.exists());
}

#[test]
fn what_was_committed_is_read_back_as_it_was() {
    let desk = Desk::at("2026-11-22T18:00:00Z");
    let written = Block {
        kind: Kind::Consuming,
        tags: vec![Text::as_written("team"), Text::as_written("a\"b\\c")],
        note: Some(Text::as_written("two\nlines \u{1b}[2J {\"id\":\"x\"} é")),
        zone: Some(tiltmeter::domain::ZoneName::new("Europe/Berlin")),
        interrupted: 3,
        ..block("staff sync", "2026-11-22T09:00:00+01:00", Some("2026-11-22T10:15:00+01:00"))
    };
    let running = block("design doc", "2026-11-22T10:15:00+01:00", None);
    desk.change(vec![written.clone(), running.clone()], vec![]);
    assert_eq!(desk.read().ledger.blocks(), [written.clone(), running.clone()]);
    assert_eq!(desk.blocks(), [written, running]);
    assert_eq!(desk.lines("2026-11").len(), 1, "one change is one line");
}

#[test]
fn starting_a_block_writes_both_in_one_line_and_sets_only_the_end_of_the_other() {
    let mut desk = Desk::at("2026-11-22T09:00:00Z");
    let first = desk.start("standup", None);
    let second = desk.later(TimeDelta::hours(1)).start("design", Some(first.clone()));
    let blocks = desk.read().ledger.blocks().to_vec();
    assert_eq!(blocks, [Block { end: Some(second.start), ..first }, second]);
    let [_, line] = desk.lines("2026-11").try_into().unwrap();
    assert!(line.contains(r#""set":["end"]"#), "{line}");
}
