//! What leaves comes back; what cannot be a block says why and where.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{Block, Calendar, Id, Kind, Ledger, Lived, NoZones, Zone, ZoneName};
use crate::text::Text;

fn calendar() -> Calendar {
    Calendar::new(Zone::utc(), Arc::new(NoZones), NaiveTime::from_hms_opt(4, 0, 0).unwrap(), Weekday::Mon)
}

fn now() -> DateTime<Utc> {
    "2026-11-24T15:00:00Z".parse().unwrap()
}

fn lived(time: &str) -> Lived {
    DateTime::parse_from_rfc3339(time).unwrap()
}

fn block(number: u128, start: &str, end: Option<&str>, kind: Kind, activity: &str) -> Block {
    Block {
        id: Id(Uuid::from_u128(number)),
        start: lived(start),
        end: end.map(lived),
        zone: Some(ZoneName::new("Europe/Berlin")),
        kind,
        activity: Text::as_written(activity),
        tags: Vec::new(),
        note: None,
        interrupted: 0,
    }
}

fn exported(format: Format, blocks: &[Block], notes: Notes) -> String {
    let ledger = Ledger::new(blocks.to_vec(), now());
    let calendar = calendar();
    let mut out = Vec::new();
    export(format, blocks, &View { ledger: &ledger, calendar: &calendar, notes }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn imported(source: Source, text: &str) -> Result<Vec<Block>, ImportError> {
    import::read(source, &mut text.as_bytes(), now())
}

/// Returns what is wrong with these lines, as a person is told.
fn problems(lines: &str) -> Vec<String> {
    match imported(Source::Jsonl, lines) {
        Err(ImportError::Refused(problems)) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

prop_compose! {
    fn any_block()(
        id in any::<u128>(),
        start in 0..1_795_000_000_i64,
        length in prop::option::of(1..=86_400_i64),
        offset in -12 * 4..=14 * 4_i32,
        zone in prop::option::of(prop::sample::select(vec!["Europe/Berlin", "Etc/GMT+5"])),
        kind in prop::sample::select(Kind::ALL.to_vec()),
        activity in "\\PC{0,60}[a-z]",
        tags in prop::collection::btree_set("\\PC{0,12}[a-z]", 0..4),
        note in prop::option::of("[\\PC\n]{0,60}[a-z]"),
        interrupted in prop::sample::select(vec![0, 1, 7]),
    ) -> Block {
        let start = DateTime::from_timestamp(start, 0).unwrap()
            .with_timezone(&FixedOffset::east_opt(offset * 900).unwrap());
        Block {
            id: Id(Uuid::from_u128(id)),
            start,
            end: length.map(|length| start + TimeDelta::seconds(length)),
            zone: zone.map(ZoneName::new),
            kind,
            activity: Text::cleaned_activity(&activity).unwrap(),
            tags: tags.iter().filter_map(|tag| Text::tag(tag).ok()).collect(),
            note: note.and_then(|note| Text::note(&note).ok()),
            interrupted,
        }
    }
}

proptest! {
    #[test]
    fn what_leaves_as_json_comes_back_as_it_was(blocks in prop::collection::vec(any_block(), 0..8)) {
        for (format, source) in [(Format::Json, Source::Json), (Format::Jsonl, Source::Jsonl)] {
            let text = exported(format, &blocks, Notes::With);
            let back = imported(source, &text).unwrap();
            prop_assert_eq!(&back, &blocks);
            let offsets = |blocks: &[Block]| blocks.iter().map(|block| *block.start.offset()).collect::<Vec<_>>();
            prop_assert_eq!(offsets(&back), offsets(&blocks));
        }
    }

    #[test]
    fn notes_stay_where_they_are_told_to(blocks in prop::collection::vec(any_block(), 0..8)) {
        let without: Vec<Block> = blocks.iter().map(|block| Block { note: None, ..block.clone() }).collect();
        for format in Format::ALL {
            prop_assert_eq!(exported(format, &blocks, Notes::Without), exported(format, &without, Notes::With));
        }
    }

    #[test]
    fn nothing_that_is_read_can_break_the_reader(text: String, bytes: Vec<u8>) {
        for source in Source::ALL {
            let _ = import::read(source, &mut text.as_bytes(), now());
            let _ = import::read(source, &mut bytes.as_slice(), now());
        }
    }

    #[test]
    fn the_hours_of_a_spreadsheet_give_every_second_back(seconds in 0..=86_400_i64) {
        let start = lived("2026-11-23T09:00:00+01:00");
        let block = Block { end: Some(start + TimeDelta::seconds(seconds)), ..block(1, "2026-11-23T09:00:00+01:00", None, Kind::Creating, "spec") };
        let table = exported(Format::Csv, &[block], Notes::With);
        let hours: f64 = table.lines().nth(1).unwrap().split(',').nth(10).unwrap().parse().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "a day has 86,400 seconds")]
        let back = (hours * 3_600.0).round() as i64;
        prop_assert_eq!(back, seconds);
    }
}

#[test]
fn a_line_is_a_block_and_a_document_has_them_on_lines_of_their_own() {
    let blocks = [
        Block {
            tags: vec![Text::as_written("team")],
            note: Some(Text::as_written("a\u{9b}b")),
            interrupted: 2,
            ..block(1, "2026-11-24T09:00:00+01:00", Some("2026-11-24T10:15:00+01:00"), Kind::Consuming, "staff sync")
        },
        Block { zone: None, ..block(2, "2026-11-24T10:15:00+01:00", None, Kind::Creating, "design doc") },
    ];
    let lines = [
        r#"{"id":"00000000-0000-0000-0000-000000000001","start":"2026-11-24T09:00:00+01:00","end":"2026-11-24T10:15:00+01:00","zone":"Europe/Berlin","kind":"consuming","activity":"staff sync","tags":["team"],"note":"a\u009bb","interrupted":2}"#,
        r#"{"id":"00000000-0000-0000-0000-000000000002","start":"2026-11-24T10:15:00+01:00","kind":"creating","activity":"design doc"}"#,
    ];
    assert_eq!(exported(Format::Jsonl, &blocks, Notes::With), lines.map(|line| format!("{line}\n")).concat());
    assert_eq!(
        exported(Format::Json, &blocks, Notes::With),
        format!(
            "{{\"format\":\"tiltmeter\",\"version\":1,\"exported_at\":\"2026-11-24T15:00:00Z\",\"blocks\":[\n{}\n]}}\n",
            lines.join(",\n")
        )
    );
    let nothing: serde_json::Value = serde_json::from_str(&exported(Format::Json, &[], Notes::With)).unwrap();
    assert_eq!(nothing["blocks"], serde_json::json!([]));
}

#[test]
fn a_spreadsheet_is_told_what_counts_and_runs_nothing() {
    let blocks = [
        Block {
            zone: Some(ZoneName::new("=cmd|' /C calc'!A0")),
            tags: vec![Text::as_written("+1"), Text::as_written("team")],
            note: Some(Text::as_written("two\nlines, \"quoted\"")),
            interrupted: 2,
            ..block(1, "2026-11-24T02:10:00+01:00", Some("2026-11-24T03:25:00+01:00"), Kind::Consuming, "=HYPERLINK(1)")
        },
        block(2, "2026-11-24T09:00:00+01:00", Some("2026-11-24T11:00:00+01:00"), Kind::Creating, "spec"),
        block(3, "2026-11-24T10:00:00+01:00", Some("2026-11-24T10:30:00+01:00"), Kind::Shaping, "1:1"),
        block(4, "2026-11-24T15:00:00+01:00", None, Kind::Creating, "code"),
    ];
    let expected = [
        "id,date,start,end,zone,kind,activity,tags,note,interrupted,hours,state",
        "00000000-0000-0000-0000-000000000001,2026-11-23,2026-11-24T02:10:00+01:00,2026-11-24T03:25:00+01:00,'=cmd|' /C calc'!A0,consuming,'=HYPERLINK(1),'+1 team,\"two\nlines, \"\"quoted\"\"\",2,1.2500,ended",
        "00000000-0000-0000-0000-000000000002,2026-11-24,2026-11-24T09:00:00+01:00,2026-11-24T11:00:00+01:00,Europe/Berlin,creating,spec,,,0,1.5000,ended",
        "00000000-0000-0000-0000-000000000003,2026-11-24,2026-11-24T10:00:00+01:00,2026-11-24T10:30:00+01:00,Europe/Berlin,shaping,1:1,,,0,0.5000,ended",
        "00000000-0000-0000-0000-000000000004,2026-11-24,2026-11-24T15:00:00+01:00,,Europe/Berlin,creating,code,,,0,1.0000,running",
    ];
    assert_eq!(exported(Format::Csv, &blocks, Notes::With), expected.map(|row| format!("{row}\r\n")).concat());
}

#[test]
fn a_day_off_has_its_hours_and_a_forgotten_block_has_none() {
    let blocks = [
        block(1, "2026-11-20T09:00:00+01:00", None, Kind::Creating, "forgotten"),
        block(2, "2026-11-23T04:00:00+01:00", Some("2026-11-24T04:00:00+01:00"), Kind::Off, "ill"),
    ];
    let table = exported(Format::Csv, &blocks, Notes::With);
    let told = ["hours,state", "0.0000,forgotten", "24.0000,ended"];
    assert_eq!(table.lines().count(), told.len());
    for (row, told) in table.lines().zip(told) {
        assert!(row.ends_with(told), "{row}");
    }
}

#[test]
fn a_day_off_is_of_one_day_everywhere_however_the_start_of_days_has_moved() {
    // Written while days began at midnight; they begin at four now.
    let off = block(1, "2026-11-23T00:00:00+00:00", Some("2026-11-24T00:00:00+00:00"), Kind::Off, "ill");
    let (calendar, day) = (calendar(), "2026-11-23".parse().unwrap());
    assert_eq!(calendar.day_of_block(&off), day);
    assert!(exported(Format::Csv, std::slice::from_ref(&off), Notes::With).contains(",2026-11-23,"));
    let ledger = Ledger::new(vec![off], now());
    assert!(crate::domain::Days::of(&ledger, &calendar).off(day).is_some());
    // A night is of the day on which it began.
    let night = block(2, "2026-11-24T02:00:00+00:00", Some("2026-11-24T05:00:00+00:00"), Kind::Consuming, "incident");
    assert_eq!(calendar.day_of_block(&night), day);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_nothing_is_imported() {
    let lines = [
        r#"{"start":"2026-11-24T09:00:00+01:00","end":"2026-11-24T10:00:00+01:00","kind":"creating","activity":"fine"}"#,
        r#"{"start":"09:00","kind":"creating","activity":"x"}"#,
        "",
        r#"{"start":"2026-11-24T09:00:00+01:00","end":"2026-11-24T09:00:00+01:00","kind":"creating","activity":"x"}"#,
        r#"{"start":"2026-11-24T16:30:00+01:00","kind":"creating","activity":"x"}"#,
        r#"{"start":"2026-11-24T09:00:00+01:00","kind":"make\u001b[2J","activity":"x"}"#,
        r#"{"start":"2026-11-24T09:00:00+01:00","kind":"creating","activity":" \u200f "}"#,
        r#"{"start":"2026-11-24T09:00:00+01:00","kind":"creating","activity":"x","interupted":2}"#,
        r#"{"start":"2026-11-24T09:00:00+01:00","kind":"creating","activity":"x","zone":"not a zone"}"#,
        r#"{"start":"2026-11-24T09:00:00+01:00","#,
    ];
    assert_eq!(
        problems(&lines.join("\n")),
        [
            "line 2: \"09:00\" is no time to start at: it takes one like 2026-11-22T09:00:00+01:00",
            "line 4: it ends at 2026-11-24T09:00:00+01:00, and starts at 2026-11-24T09:00:00+01:00",
            "line 5: 2026-11-24T16:30:00+01:00 is in the future",
            "line 6: \"make\\u{1b}[2J\" is no kind: those are creating, shaping, consuming and off",
            "line 7: its activity has no words",
            "line 8: unknown field `interupted`, expected one of `id`, `start`, `end`, `zone`, `kind`, `activity`, `tags`, \
             `note`, `interrupted` (column 82)",
            "line 9: \"not a zone\" is no name of a time zone",
            "line 10: EOF while parsing a value (column 37)",
        ]
    );
}

#[test]
fn a_document_is_asked_what_it_is() {
    let told = |text| imported(Source::Json, text).unwrap_err().to_string();
    assert_eq!(told(r#"{"format":"other","version":1,"blocks":[]}"#), "its format is \"other\", not \"tiltmeter\"");
    assert_eq!(
        told(r#"{"format":"tiltmeter","version":2,"blocks":[{"new":1}]}"#),
        "its version is 2, and this program reads version 1: a newer one wrote it"
    );
    assert_eq!(
        told(r#"{"format":"tiltmeter","version":1,"blocks":[{}]}"#),
        "1 block cannot be taken, so nothing was imported"
    );
    assert!(told("[]").starts_with("it is no document of blocks: "));
}

#[test]
fn words_are_cleaned_and_times_brought_to_the_second() {
    let line = concat!(
        "\u{feff}",
        r#"{"start":"2026-11-24T09:00:00.750+01:00","end":null,"kind":"shaping","activity":"1:1 \u001b[31m lead","#,
        r#""tags":["deep work","","deep-work"],"note":"a\u0000\r\nb","id":"42"}"#,
        "\r\n"
    );
    let [block] = &imported(Source::Jsonl, line).unwrap()[..] else { panic!("one block") };
    assert_eq!(block.start, lived("2026-11-24T09:00:00+01:00"));
    assert_eq!(block.activity.raw(), "1:1 [31m lead");
    assert_eq!(block.tags, [Text::as_written("deep-work")]);
    assert_eq!(block.note, Some(Text::as_written("a\nb")));
}

#[test]
fn the_same_block_has_the_same_id_wherever_and_however_often_it_comes_in() {
    let line = r#"{"start":"2026-11-24T09:00:00+01:00","end":"2026-11-24T10:00:00+01:00","kind":"creating","activity":"spec"}"#;
    let elsewhere = line.replace("09:00:00+01:00", "08:00:00Z").replace("10:00:00+01:00", "09:00:00Z");
    let document = format!(r#"{{"format":"tiltmeter","version":1,"blocks":[{line}]}}"#);
    let id = |blocks: Vec<Block>| blocks[0].id.to_string();
    // As another program computes it: uuid5(namespace, "tiltmeter\0" + start + "\0" + end + "\0spec").
    let expected = "4739d4a1-a69e-5ae1-a96c-36dc0c944fde";
    assert_eq!(id(imported(Source::Jsonl, line).unwrap()), expected);
    assert_eq!(id(imported(Source::Jsonl, &elsewhere).unwrap()), expected);
    assert_eq!(id(imported(Source::Json, &document).unwrap()), expected);
    assert_eq!(imported(Source::Jsonl, &[line, line].join("\n")).unwrap().len(), 1);

    let own = |id: &str| line.replacen('{', &format!(r#"{{"id":"{id}","#), 1);
    let known = "018f4c5e-7a3b-7c11-9f10-0123456789ab";
    assert_eq!(id(imported(Source::Jsonl, &own(known)).unwrap()), known);
    assert_eq!(
        id(imported(Source::Jsonl, &own("42")).unwrap()),
        id(imported(Source::Jsonl, &own("42").replace("spec", "code")).unwrap())
    );
    let twice = [own(known), own(known).replace("spec", "code")].join("\n");
    assert_eq!(problems(&twice), ["line 2: it has the id of line 1 and says something else"]);
}

#[test]
fn what_a_journal_can_hold_comes_back_though_nobody_could_type_it() {
    let (start, end) = ("2026-11-20T09:00:00+01:00", "2026-11-22T09:00:00+01:00");
    let blocks = [
        block(1, start, Some(end), Kind::Creating, "forgotten on another device"),
        Block {
            tags: (0..=crate::text::TAGS).map(|tag| Text::as_written(format!("tag-{tag}"))).collect(),
            ..block(2, end, Some("2026-11-22T10:00:00+01:00"), Kind::Shaping, "tagged on two devices")
        },
    ];
    for (format, source) in [(Format::Json, Source::Json), (Format::Jsonl, Source::Jsonl)] {
        assert_eq!(imported(source, &exported(format, &blocks, Notes::With)).unwrap(), blocks);
    }
}

#[test]
fn a_day_off_may_lie_ahead() {
    let line = r#"{"start":"2026-12-24T04:00:00+01:00","end":"2026-12-25T04:00:00+01:00","kind":"off","activity":"Christmas"}"#;
    assert!(imported(Source::Jsonl, line).unwrap()[0].is_day_off());
    assert_eq!(
        problems(&line.replace("12-25", "12-27")),
        ["line 1: it lasts 72 h, and a day off is one day: each has a block of its own"]
    );
}

#[test]
fn a_line_without_end_is_not_read_to_the_end() {
    assert_eq!(problems(&"x".repeat(2 << 20)), ["line 1: it is longer than 1 MiB"]);
}

#[test]
fn a_full_disk_is_told_and_a_closed_pipe_is_known_as_one() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let blocks = [block(1, "2026-11-24T09:00:00+01:00", None, Kind::Creating, "spec")];
    let ledger = Ledger::new(blocks.to_vec(), now());
    let calendar = calendar();
    for format in Format::ALL {
        let view = View { ledger: &ledger, calendar: &calendar, notes: Notes::With };
        let error = export(format, &blocks, &view, &mut Closed).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{format:?}");
    }
}
