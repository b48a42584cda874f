//! The escapers of pages and spreadsheets, judged by parsers that know nothing of us.

use std::process::{Command, Stdio};

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use tiltmeter::text::markdown::markdown_safe;
use tiltmeter::text::markup::markup_safe;
use tiltmeter::text::terminal_safe;

use crate::corpus::{corpus, is_clean};
use crate::parsed::Parsed;
use crate::world::{Written, world};

/// Returns what Markdown says, all marks taken off; panics on anything that is no text, no
/// paragraph and no part of a list or a table.
fn text_of(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, all_but_quotes()) {
        match event {
            Event::Text(said) => text.push_str(&said),
            Event::SoftBreak => text.push('\n'),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::List(None)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(_) => {}
            other => panic!("{other:?} of {markdown:.300}"),
        }
    }
    text
}

/// Every extension; but straight quotes stay straight, as they were written.
fn all_but_quotes() -> Options {
    Options::all() - Options::ENABLE_SMART_PUNCTUATION
}

/// Returns a text as a person reads it, on one line.
fn read(text: &str) -> String {
    // Only what is spelled and what is cut differ from place to place; spaces are told apart by nobody.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Caught when it was made so: no backslash before a bracket, a bar or a hash; the beginning
/// of a line left as it is.
#[test]
fn markdown_is_text_wherever_it_stands() {
    for hostile in corpus().into_iter().filter(|hostile| hostile.text.len() < 4_000) {
        let safe = markdown_safe(&hostile.text).to_string();
        is_clean(&safe).unwrap_or_else(|why| panic!("{}: {why}", hostile.attacks));
        let shown = read(&terminal_safe(&hostile.text).to_string());
        // «» stand for what is around; a line that begins with it has nothing before.
        for (around, expected) in [
            (safe.clone(), shown.clone()),
            (format!("a {safe} z"), read(&format!("a {shown} z"))),
            (format!("- {safe}"), shown.clone()),
            (format!("a\n{safe}"), read(&format!("a {shown}"))),
            (format!("| {safe} | b |\n|---|---|\n| {safe} | d |\n"), read(&format!("{shown} b {shown} d"))),
        ] {
            let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
            let text = text_of(&around);
            assert_eq!(without_spaces(&text), without_spaces(&expected), "{}: {around}", hostile.attacks);
        }
    }
}

/// Dots were once compared with all that stood before them: 50,000 took half a minute.
#[test]
fn the_escapers_take_time_by_the_length_alone() {
    let begun = std::time::Instant::now();
    for hostile in corpus() {
        let text = hostile.text.repeat((1 << 18) / hostile.text.len() + 1);
        assert!(markdown_safe(&text).to_string().len() < 16 * text.len());
        assert!(markup_safe(&text).to_string().len() < 16 * text.len());
        assert!(begun.elapsed().as_secs() < 20, "{}", hostile.attacks);
        if text.is_ascii() {
            continue;
        }
        assert!(terminal_safe(&text).to_string().len() < 5_000, "{}", hostile.attacks);
    }
}

#[test]
fn markup_is_text_between_tags_and_in_attributes() {
    for hostile in corpus() {
        let safe = markup_safe(&hostile.text).to_string();
        let page = format!("<a b=\"{safe}\" c='{safe}'>{safe}</a>");
        let document = roxmltree::Document::parse(&page).unwrap_or_else(|error| panic!("{}: {error}", hostile.attacks));
        let only = document.root_element();
        assert!(only.children().all(|child| child.is_text()) && only.attributes().len() == 2, "{}", hostile.attacks);
        let text = only.text().unwrap();
        assert_eq!((only.attribute("b"), only.attribute("c")), (Some(text), Some(text)));
        is_clean(text).unwrap_or_else(|why| panic!("{}: {why}", hostile.attacks));
    }
}

#[test]
fn whole_pages_and_pictures_ask_for_nothing_and_hold_their_tables() {
    let desk = world(Written::Raw);
    for command in ["day", "week", "trend"] {
        for form in ["--svg", "--html"] {
            Parsed::of(&desk.prints(&format!("{command} {form}"))).asks_for_nothing();
        }
        let page = desk.prints(&format!("{command} --md"));
        for event in Parser::new_ext(&page, Options::all()) {
            let is_mark = matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::FootnoteReference(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
            );
            assert!(!is_mark, "{command}: {event:?}");
        }
    }
}

/// What a spreadsheet would run, told by the beginning of a cell.
const RUNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

#[test]
#[ignore = "needs python3, for a reader of CSV that is not ours; .ci/run runs it"]
fn another_reader_of_csv_finds_twelve_cells_in_every_row_and_no_formula() {
    let desk = world(Written::Raw);
    desk.prints("export csv -o out.csv");
    let script = "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))))";
    let output = Command::new("python3")
        .args(["-c", &format!("import csv; csv.field_size_limit(1 << 30)\n{script}")])
        .arg(desk.path("out.csv"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).unwrap();
    let written: Vec<Value> =
        desk.prints("export jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), written.len() + 1);
    for (row, block) in rows[1..].iter().zip(written) {
        assert_eq!((row.len(), row[0].as_str()), (12, block["id"].as_str().unwrap()));
        for cell in &row[4..9] {
            assert!(!cell.trim_start().starts_with(RUNS), "{cell:.100}");
            is_clean(cell).unwrap_or_else(|why| panic!("{why}"));
        }
        // What may stand in a cell stands in it.
        let plain = |text: &str| text.chars().filter(|c| c.is_ascii_graphic() && *c != '\'').collect::<String>();
        assert_eq!(plain(&row[6]), plain(block["activity"].as_str().unwrap()));
    }
}
