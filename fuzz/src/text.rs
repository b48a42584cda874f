//! Text: what is cleaned can be typed and is clean, and what leaves says the same where it
//! arrives and means nothing there.

use tiltmeter::text::markdown::markdown_safe;
use tiltmeter::text::markup::markup_safe;
use tiltmeter::text::{
    ACTIVITY_BYTES, NOTE_BYTES, TAG_BYTES, Text, TextError, is_harmless, json, json_safe, terminal_safe,
};

pub fn holds(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    cleaning_takes_what_typing_takes(&raw, Text::cleaned_activity, Text::activity);
    cleaning_takes_what_typing_takes(&raw, Text::cleaned_note, Text::note);
    cleaning_takes_what_typing_takes(&raw, Text::cleaned_tag, Text::tag);
    a_terminal_obeys_nothing(&raw);
    a_cell_is_no_formula(&raw);
    json_is_the_same_value(&raw);
    markup_is_one_text(&raw);
    markdown_is_only_text(&raw);
}

type Clean = fn(&str) -> Option<Text>;
type Type = fn(&str) -> Result<Text, TextError>;

fn cleaning_takes_what_typing_takes(raw: &str, clean: Clean, typed: Type) {
    if let Ok(taken) = typed(raw) {
        assert_eq!(clean(raw), Some(taken), "what can be typed is clean as it is");
    }
    if let Some(cleaned) = clean(raw) {
        assert_eq!(typed(cleaned.raw()).as_ref(), Ok(&cleaned), "what was cleaned can be typed");
        assert_eq!(clean(cleaned.raw()).as_ref(), Some(&cleaned), "what was cleaned is clean");
    }
    if let Some(tag) = Text::cleaned_tag(raw) {
        assert!(tag.raw().len() <= TAG_BYTES);
    }
    if let Some(note) = Text::cleaned_note(raw) {
        assert!(note.raw().len() <= NOTE_BYTES && obeys_nothing(note.raw()));
    }
}

fn a_terminal_obeys_nothing(raw: &str) {
    let shown = terminal_safe(raw).to_string();
    assert!(is_harmless(&shown), "{shown:?}");
    if is_harmless(raw) && raw.len() <= ACTIVITY_BYTES {
        assert_eq!(shown, raw, "what is harmless and no note is shown as it is");
    }
}

fn a_cell_is_no_formula(raw: &str) {
    let cell = Text::as_written(raw).for_cell();
    assert!(obeys_nothing(&cell), "{cell:?}");
    assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']));
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record([cell.as_str(), "next"]).expect("memory takes everything");
    let written = written.into_inner().expect("memory takes everything");
    let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_slice());
    let records: Vec<_> = read.records().collect::<Result<_, _>>().expect("a table");
    assert_eq!(records, [csv::StringRecord::from(vec![cell.as_str(), "next"])], "one row of two cells");
}

fn json_is_the_same_value(raw: &str) {
    let plain = serde_json::to_string(raw).expect("text is JSON");
    for safe in [json_safe(&plain), json::line(&raw)] {
        assert!(obeys_nothing(&safe), "{safe:?}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), raw);
    }
}

fn markup_is_one_text(raw: &str) {
    let safe = markup_safe(raw).to_string();
    assert!(obeys_nothing(&safe), "{safe:?}");
    let page = format!("<p title=\"{safe}\" class='{safe}'>{safe}</p>");
    let page = roxmltree::Document::parse(&page).expect("XML");
    let paragraph = page.root_element();
    assert!(paragraph.children().all(|child| child.is_text()));
    if is_harmless(raw) && !raw.chars().any(is_noncharacter) {
        let parts = [paragraph.attribute("title"), paragraph.attribute("class"), paragraph.text().or(Some(""))];
        assert_eq!(parts, [Some(raw); 3], "what is harmless arrives as it is");
    }
}

fn markdown_is_only_text(raw: &str) {
    let safe = markdown_safe(raw).to_string();
    assert!(obeys_nothing(&safe) && !safe.contains(['<', '>']), "{safe:?}");
    let mut read = String::new();
    let mut rest = safe.chars();
    while let Some(c) = rest.next() {
        assert!(!"`*_[]|~#!$^".contains(c), "a mark of its own in {safe:?}");
        read.push(if c == '\\' { rest.next().expect("something is escaped") } else { c });
    }
    let read = read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    if is_harmless(raw) && !raw.chars().any(is_noncharacter) {
        assert_eq!(read, with_single_spaces(raw), "what is harmless arrives as it is");
    }
}

/// Of many spaces Markdown shows one, so one is written.
fn with_single_spaces(raw: &str) -> String {
    let mut last = None;
    raw.chars().filter(|&c| last.replace(c) != Some(' ') || c != ' ').collect()
}

/// Whether no terminal obeys a part of it and none of it turns the direction of the rest,
/// said here once more and not by the code that is tried.
pub(super) fn obeys_nothing(text: &str) -> bool {
    let turns =
        |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.chars().any(|c| (c.is_control() && c != '\n') || turns(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// The code points that are no characters and never will be (Unicode, chapter 23.7).
fn is_noncharacter(c: char) -> bool {
    let point = u32::from(c);
    (0xfdd0..=0xfdef).contains(&point) || point & 0xfffe == 0xfffe
}
