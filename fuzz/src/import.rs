//! Import: what is taken in is blocks, exported and taken in again they are the same, and
//! a journal takes them once.

use chrono::TimeDelta;
use tiltmeter::domain::{Block, Ledger};
use tiltmeter::exchange::{Format, ImportError, Notes, Source, View, export, read_import};
use tiltmeter::text::{Text, is_harmless};

use super::ground;

pub fn holds(bytes: &[u8]) {
    for (source, format) in [(Source::Json, Format::Json), (Source::Jsonl, Format::Jsonl)] {
        match read_import(source, &mut &*bytes, ground::now()) {
            Ok(blocks) => {
                blocks.iter().for_each(is_a_block);
                comes_back_as_it_left(source, format, &blocks);
                is_taken_once(&blocks);
            }
            Err(ImportError::Refused(problems)) => {
                assert!(!problems.is_empty() && problems.iter().all(|problem| is_harmless(&problem.to_string())));
            }
            Err(error) => assert!(is_harmless(&error.to_string()), "{error}"),
        }
    }
}

fn is_a_block(block: &Block) {
    if block.is_day_off() {
        // Holidays lie ahead; each is a day, and the longest day has 26 hours.
        assert!(block.length().is_some_and(|length| length <= TimeDelta::hours(26)), "{block:?}");
    } else {
        assert!(block.start.to_utc() <= ground::now() && block.end.is_none_or(|end| end.to_utc() <= ground::now()));
    }
    assert!(block.end.is_none_or(|end| end > block.start));
    assert_eq!(Text::activity(block.activity.raw()).as_ref(), Ok(&block.activity));
    assert!(block.tags.iter().all(|tag| Text::tag(tag.raw()).as_ref() == Ok(tag)));
    assert!(block.note.iter().all(|note| Text::note(note.raw()).as_ref() == Ok(note)));
    assert!(block.zone.iter().all(|zone| is_harmless(zone.as_str()) && zone.as_str().len() <= 64));
}

fn comes_back_as_it_left(source: Source, format: Format, blocks: &[Block]) {
    let ledger = Ledger::new(blocks.to_vec(), ground::now());
    let view = View { ledger: &ledger, calendar: ground::berlin(), notes: Notes::With };
    let mut written = Vec::new();
    export(format, ledger.blocks(), &view, &mut written).expect("memory takes everything");
    assert!(super::text::obeys_nothing(&String::from_utf8_lossy(&written)));
    let again = read_import(source, &mut written.as_slice(), ground::now()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again, ledger.blocks());
}

fn is_taken_once(blocks: &[Block]) {
    let folder = ground::folder();
    let journal = ground::journal(folder.path());
    let before = ground::files(folder.path());
    let Ok(first) = journal.import(blocks.to_vec(), ground::now()) else {
        // A year that the format has no digits for.
        let journal_of = |files: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
            files.into_iter().filter(|(path, _)| path.extension().is_some_and(|it| it == "jsonl")).collect::<Vec<_>>()
        };
        return assert_eq!(journal_of(ground::files(folder.path())), journal_of(before), "all or nothing");
    };
    assert_eq!((first.added, first.known), (blocks.len(), 0));
    let written = ground::files(&journal.place().journal);
    let again = journal.import(blocks.to_vec(), ground::now()).expect("it was taken before");
    assert_eq!((again.added, again.known), (0, blocks.len()));
    assert_eq!(ground::files(&journal.place().journal), written, "the same import twice changes nothing");
    let reading = journal.read_all(ground::now()).expect("it was just written");
    let expected = Ledger::new(blocks.to_vec(), ground::now());
    assert_eq!(ground::blocks(&reading.ledger), ground::blocks(&expected));
    assert_eq!(reading.notices, []);
}
