//! Whole journals of any bytes, on a file system in memory and through the one door: the
//! order of lines means nothing, a read of some days is as good as a full one, a change
//! changes what it says and no more, and an undo takes just that back.
//!
//! The input is up to four files, one after the other, with a line `---` between them.

use std::fs;
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use tiltmeter::domain::{Block, Change, Reflection};
use tiltmeter::journal::{Journal, JournalError, KeptReading, Reach};
use tiltmeter::text::Text;

use super::ground;

/// Where each file of the input goes; the first three are of two devices and two months.
const FILES: [&str; 4] =
    ["2026/2026-11.desk.jsonl", "2026/2026-11.other.jsonl", "2026/2026-10.desk.jsonl", "kept.desk.jsonl"];

pub fn holds(bytes: &[u8]) {
    let folder = ground::folder();
    let journal = ground::journal(folder.path());
    let parts: Vec<&[u8]> = split(bytes);
    for (part, name) in parts.iter().zip(FILES) {
        put(&journal.place().journal.join(name), part);
    }
    let before = Seen::of(&journal);
    let is_read_whole = journal.read(&every_day(), ground::now()).expect("it was just written");
    assert_eq!(ground::blocks(&is_read_whole.ledger), before.blocks, "a read of every day is a full read");
    assert_eq!(is_read_whole.reflections, before.reflections, "of what was thought of days too");
    lines_have_no_order(&parts, &before);
    let checked = journal.check(ground::now()).expect("it was just written");
    assert_eq!(checked.blocks, before.blocks.len());
    blocks_are_known(&journal, &before);
    a_change_can_be_taken_back(&journal, &before, bytes.len());
}

/// What a journal says.
#[derive(Debug, PartialEq)]
struct Seen {
    blocks: Vec<Block>,
    reflections: Vec<Reflection>,
    kept: (String, String),
}

impl Seen {
    fn of(journal: &Journal) -> Self {
        let reading = journal.read_all(ground::now()).expect("it was just written");
        let KeptReading { sparks, baseline, .. } = journal.kept(ground::now()).expect("it was just written");
        Self {
            blocks: ground::blocks(&reading.ledger),
            reflections: reading.reflections,
            kept: (format!("{sparks:?}"), format!("{baseline:?}")),
        }
    }
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while parts.len() < FILES.len() - 1
        && let Some(at) = rest.windows(5).position(|window| window == b"\n---\n")
    {
        let (part, behind) = rest.split_at(at);
        parts.push(part);
        rest = behind.get(5..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("memory takes everything");
    fs::write(path, bytes).expect("memory takes everything");
}

/// The days that a time with four digits for its year can have.
fn every_day() -> Reach<'static> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    Reach { days: day(0, 1, 12)..=day(9999, 12, 20), now_too: true, back_until: None }
}

/// The same lines, last first and each twice, in one file for each month.
fn lines_have_no_order(parts: &[&[u8]], before: &Seen) {
    let folder = ground::folder();
    let journal = ground::journal(folder.path());
    let homes: [(&str, &[usize]); 3] = [(FILES[0], &[0, 1]), (FILES[2], &[2]), (FILES[3], &[3])];
    for (name, of) in homes {
        let parts = of.iter().filter_map(|part| parts.get(*part));
        let lines: Vec<&[u8]> = parts.flat_map(|part| part.split(|byte| *byte == b'\n')).collect();
        let mut shuffled = Vec::new();
        for line in lines.iter().rev().chain(&lines) {
            shuffled.extend_from_slice(line);
            shuffled.push(b'\n');
        }
        put(&journal.place().journal.join(name), &shuffled);
    }
    assert_eq!(Seen::of(&journal), *before, "the order of lines, and how often they stand there, means nothing");
}

/// What stands in a journal is known to it: importing it changes nothing.
fn blocks_are_known(journal: &Journal, before: &Seen) {
    let files = ground::files(&journal.place().journal);
    let imported = journal.import(before.blocks.clone(), ground::now()).expect("there is nothing to write");
    assert_eq!((imported.added, imported.known), (0, before.blocks.len()));
    assert_eq!(ground::files(&journal.place().journal), files);
}

fn a_change_can_be_taken_back(journal: &Journal, before: &Seen, chosen: usize) {
    let Some(block) = before.blocks.get(chosen % before.blocks.len().max(1)) else { return };
    let files = ground::files(&journal.place().journal);
    let mended = Block { activity: Text::as_written("as the law has it"), ..block.clone() };
    let changed = journal.commit(&every_day(), ground::now(), |_, _| {
        Ok::<_, JournalError>(Change {
            does: "law",
            put: vec![mended.clone()],
            removed: Vec::new(),
            remarks: Vec::new(),
        })
    });
    let Ok(committed) = changed else {
        return assert_eq!(ground::files(&journal.place().journal), files, "what was refused was not written");
    };
    let after = Seen::of(journal);
    let mut expected: Vec<Block> = before.blocks.iter().filter(|other| other.id != block.id).cloned().collect();
    expected.extend(committed.change.put);
    expected.sort_by_key(|block| block.id);
    assert_eq!(after.blocks, expected, "a change changes what it says and no more");

    let files = ground::files(&journal.place().journal);
    match journal.undo(ground::now() + TimeDelta::seconds(1)) {
        // Of a device's files that are not in the order of time, another change may be the newest.
        Ok(undone) if undone.does == "law" => assert_eq!(Seen::of(journal), *before, "undo ∘ change = nothing"),
        Ok(_) => {}
        Err(_) => assert_eq!(ground::files(&journal.place().journal), files, "what was refused was not written"),
    }
}
