//! Another writer, a journal that goes away, and what a terminal may send.

use std::fs;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;
use proptest::prelude::*;

use super::{Pane, log};
use crate::journal::Place;
use crate::tui::msg::Msg;

#[test]
fn what_another_program_logs_is_shown_and_an_open_line_survives_it() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("deep wor");
    log(&pane.another(), "2026-11-24", "15:00-15:20 i escalation: login");
    pane.hear(Msg::JournalChanged);
    assert!(pane.shows().contains("now deep wor"));
    pane.press("<esc>");
    assert!(pane.shows().contains("escalation: login"), "{}", pane.shows());
}

/// Opens a pane where a staff sync runs since 9:00, and a design doc since 10:15 that another
/// device began without knowing of it.
fn where_two_run(columns: u16, rows: u16) -> Pane {
    let mut pane = Pane::on_a_day("2026-11-24T10:40", "09:00 i staff sync +team").sized(columns, rows);
    let apart = tempfile::tempdir().unwrap();
    let journal = apart.path().join("journal");
    let place = Place { journal: journal.clone(), state: apart.path().join("state"), device: "thinkpad-k3f9".into() };
    log(&pane.another().with_journal(place), "2026-11-24", "10:15 c design doc +platform +limits");
    let file = walk(&journal).pop().unwrap();
    let arrived = pane.journal_folder().join("2026").join(file.file_name().unwrap());
    fs::copy(file, arrived).unwrap();
    pane.hear(Msg::JournalChanged);
    pane
}

#[test]
fn what_runs_names_the_device_that_began_it_where_there_is_room() {
    for (columns, rows, is_named) in [(100, 30, true), (80, 24, true), (40, 10, true), (24, 10, false), (100, 1, true)]
    {
        let mut pane = where_two_run(columns, rows);
        let shown = pane.shows();
        assert_eq!(shown.contains("on thinkpad-k3f9"), is_named, "{columns}x{rows}:\n{shown}");
        pane.press("z");
        assert!(!pane.shows().contains("thinkpad"), "{columns}x{rows}:\n{}", pane.shows());
    }
    assert_snapshot!(where_two_run(80, 24).shows());
}

/// Breakages it finds: nothing is written; the end of another block is written.
#[test]
fn an_end_that_is_assumed_is_confirmed_with_a_key_and_taken_back_with_another() {
    let mut pane = where_two_run(80, 24);
    let told = "\"staff sync\" (09:00) is taken to have ended at 10:15";
    assert!(pane.shows().contains(told) && pane.shows().contains("until 10:15?"), "{}", pane.shows());
    pane.press("a");
    assert_eq!(pane.journal(), "09:00-10:15 i staff sync +team\n10:15 c design doc +platform +limits");
    assert!(pane.shows().contains("ended ░ staff sync 1h15") && !pane.shows().contains("10:15?"), "{}", pane.shows());
    pane.press("a");
    assert!(pane.shows().contains("nothing is to be confirmed"), "{}", pane.shows());
    pane.press("u");
    assert!(pane.shows().contains("until 10:15?"), "{}", pane.shows());
    pane.press("U");
    assert!(!pane.shows().contains("until 10:15?"), "{}", pane.shows());
}

#[test]
fn what_is_assumed_is_told_until_it_is_put_aside() {
    let mut pane = where_two_run(80, 24);
    pane.press("z <esc>");
    pane.later("2026-11-24T10:41");
    assert!(!pane.shows().contains("taken to have ended"), "{}", pane.shows());
    pane.press("a");
    assert!(pane.journal().starts_with("09:00-10:15"), "put aside, it can still be confirmed");
}

#[test]
fn lines_that_say_what_was_survive_what_another_program_logs() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("vendor mail 15:10").press("<enter>");
    log(&pane.another(), "2026-11-24", "15:10-15:20 i escalation: login");
    pane.hear(Msg::JournalChanged);
    pane.press("<enter>");
    assert!(
        pane.journal().contains("15:00-15:10 i vendor mail\n15:10-15:20 i escalation: login"),
        "{}",
        pane.journal()
    );
}

#[test]
fn a_journal_that_cannot_be_written_is_told_and_what_was_typed_is_kept() {
    let mut pane = Pane::on_a_morning();
    let aside = pane.journal_folder().with_extension("aside");
    fs::rename(pane.journal_folder(), &aside).unwrap();
    fs::write(pane.journal_folder(), "a file where a folder should be").unwrap();
    pane.press("c").types("spec").press("<enter>");
    let shown = pane.shows();
    assert!(shown.contains("create spec"), "what was typed is still there: {shown}");
    assert!(shown.contains("is not a folder"), "{shown}");
    pane.press("<esc>");
    assert!(pane.shows().contains("staff sync"), "what was known is still shown: {}", pane.shows());
    fs::remove_file(pane.journal_folder()).unwrap();
    fs::rename(&aside, pane.journal_folder()).unwrap();
    pane.hear(Msg::JournalChanged);
    assert!(!pane.shows().contains("is not a folder"), "{}", pane.shows());
    pane.press("c").types("spec").press("<enter>");
    assert!(pane.journal().ends_with("15:44 c spec"), "{}", pane.journal());
}

#[test]
fn a_line_that_cannot_be_understood_is_told() {
    let mut pane = Pane::on_a_morning();
    let file = walk(&pane.journal_folder()).pop().unwrap();
    let mut text = fs::read_to_string(&file).unwrap();
    text.push_str("no line\n");
    fs::write(&file, text).unwrap();
    pane.hear(Msg::JournalChanged);
    assert!(pane.shows().contains("cannot be understood"), "{}", pane.shows());
}

pub(super) fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

#[test]
fn a_paste_never_submits_and_a_huge_one_costs_nothing() {
    let mut pane = Pane::on_a_morning();
    pane.press("n");
    pane.hear(Msg::Paste("spec\nand more\u{1b}[2J\u{202e}\n".to_owned()));
    assert!(pane.shows().contains("now spec and more"), "{}", pane.shows());
    assert!(!pane.journal().contains("spec"));
    pane.hear(Msg::Paste("x".repeat(10 << 20)));
    assert!(pane.shows().contains("the rest was left out"), "{}", pane.shows());
    pane.press("<esc>");
    pane.hear(Msg::Paste("q\nn\n".to_owned()));
    assert_eq!(pane.wanted, [], "a paste into no line is nothing");
}

#[test]
fn keys_that_nobody_knows_do_nothing() {
    let mut pane = Pane::on_a_morning();
    let before = pane.shows();
    for code in [KeyCode::F(5), KeyCode::Null, KeyCode::CapsLock, KeyCode::Media(crossterm::event::MediaKeyCode::Play)]
    {
        pane.hear(Msg::Key(KeyEvent::new(code, KeyModifiers::all())));
    }
    pane.hear(Msg::Key(KeyEvent::new(KeyCode::Char('d'), KeyModifiers::ALT)));
    pane.hear(Msg::Key(KeyEvent::new(KeyCode::Char('\u{1b}'), KeyModifiers::NONE)));
    assert_eq!(pane.shows(), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_somebody_wrote_nothing_of_it_reaches_the_terminal_but_text(words in "\\PC{1,40}") {
        let mut pane = Pane::on_a_morning();
        pane.press("c");
        pane.hear(Msg::Paste(words));
        pane.press("<enter>");
        let buffer = pane.draw();
        for cell in buffer.content() {
            prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
        }
    }
}
