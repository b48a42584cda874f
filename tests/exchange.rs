//! docs/exchange.md is what the program writes and takes.
#![cfg(test)]

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use tiltmeter::domain::{Block, Calendar, Ledger, NoZones, Zone};
use tiltmeter::exchange::{Format, Notes, Source, View, export, read_import};

const DOCS: &str = include_str!("../docs/exchange.md");

#[test]
fn the_examples_are_read_and_written_back_as_they_stand() {
    for (format, source) in [(Format::Json, Source::Json), (Format::Jsonl, Source::Jsonl)] {
        let example = example(format.name());
        let blocks = read_import(source, &mut example.as_bytes(), now()).unwrap();
        assert_eq!(blocks.len(), 2);
        assert_eq!(written(format, &blocks), example);
    }
}

#[test]
fn every_column_of_a_spreadsheet_is_explained() {
    let (_, section) = DOCS.split_once("## CSV").unwrap();
    let (section, _) = section.split_once("## Import").unwrap();
    for column in written(Format::Csv, &[]).trim_end().split(',') {
        assert!(section.contains(&format!("`{column}`")), "{column}");
    }
}

fn written(format: Format, blocks: &[Block]) -> String {
    let ledger = Ledger::new(blocks.to_vec(), now());
    let day_start = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
    let calendar = Calendar::new(Zone::utc(), Arc::new(NoZones), day_start, Weekday::Mon);
    let mut out = Vec::new();
    let view = View { ledger: &ledger, calendar: &calendar, notes: Notes::With };
    export(format, blocks, &view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-24T14:44:00Z".parse().unwrap()
}

/// Returns the document's example in that language.
fn example(language: &str) -> String {
    let (_, rest) = DOCS.split_once(&format!("\n```{language}\n")).unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    example.to_owned()
}
