//! Every screen on a journal in which every text is hostile: what stands in the cells, and the
//! bytes that reach a terminal.

use std::fs;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::Pane;
use crate::text::is_harmless;
use crate::tui::msg::Msg;
use crate::tui::view;

#[path = "../../../tests/hostile/corpus.rs"]
#[allow(dead_code, reason = "the tests of commands use all of it")]
mod corpus;
#[path = "../../../tests/hostile/lines.rs"]
mod lines;

const SIZES: [(u16, u16); 5] = [(20, 1), (33, 7), (60, 15), (80, 24), (130, 45)];

/// Keys that lead through every screen and all that lies over one.
const TOUR: [&str; 22] = [
    "D",
    "j j j j",
    "<enter>",
    "<esc> e",
    "<tab> <tab>",
    "<esc> n",
    "<esc> c",
    "<esc> w",
    "<esc> :",
    "<esc> ?",
    "<esc> *",
    "<esc> r",
    "<esc> g",
    "<esc> W",
    "j j <space>",
    "<enter>",
    "<esc> <esc> T",
    "j",
    "J",
    "j j j <enter>",
    "<esc> <esc> /",
    "<esc> <esc> D",
];

fn pane() -> Pane {
    let mut pane = Pane::at("2026-11-24T20:00");
    let folder = pane.journal_folder();
    fs::create_dir_all(folder.join("2026")).unwrap();
    let text = |lines: Vec<String>| lines.join("\n") + "\n";
    let written = |lines: Vec<serde_json::Value>| lines.iter().map(ToString::to_string).collect();
    fs::write(folder.join("2026/2026-11.there.jsonl"), text(written(lines::blocks()))).unwrap();
    fs::write(folder.join("2026/2026-11.other.jsonl"), text(lines::broken())).unwrap();
    fs::write(folder.join("kept.there.jsonl"), text(written(lines::kept()))).unwrap();
    pane.hear(Msg::JournalChanged);
    pane.later("2026-11-24T20:01");
    pane
}

/// Holds that each row is as wide as the frame: a cell that takes two has an empty one right
/// of it, none is taken twice, none hangs over the edge; and that nothing in one is obeyed.
fn is_sound(buffer: &Buffer, where_: &str) {
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let width = symbol.cell_width().max(1);
            assert!(x + width <= buffer.area.width, "{where_}: {symbol:?} hangs over the edge");
            let covered = (x + 1..x + width).all(|x| buffer[(x, y)].symbol() == " ");
            assert!(covered, "{where_}: something stands in the cells of {symbol:?}");
            assert!(is_harmless(symbol) && symbol.len() <= 64, "{where_}: {symbol:?}");
            row.push_str(symbol);
            x += width;
        }
        corpus::is_clean(&row).unwrap_or_else(|why| panic!("{where_}: {why}"));
    }
}

/// Holds that what a terminal is sent moves, colours and writes, and does nothing else.
fn only_draws(bytes: &[u8], where_: &str) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut parts = text.split('\u{1b}');
    let mut drawn = parts.next().unwrap().to_owned();
    for part in parts {
        let ends = part.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let sequence = &part[..=ends];
        let is_ours = sequence.starts_with('[')
            && sequence[1..ends].chars().all(|c| c.is_ascii_digit() || ";?".contains(c))
            && (sequence.ends_with(['H', 'm', 'J', 'K']) || ["[?25l", "[?25h"].contains(&sequence));
        assert!(is_ours, "{where_}: ESC {sequence:?}");
        drawn.push('\n');
        drawn.push_str(&part[ends + 1..]);
    }
    corpus::is_clean(&drawn).unwrap_or_else(|why| panic!("{where_}, written: {why}"));
}

fn looks_sound(pane: &mut Pane, where_: &str) {
    for (columns, rows) in SIZES {
        pane.resize(columns, rows);
        is_sound(&pane.draw(), where_);
        let mut bytes = Vec::new();
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        let mut terminal =
            Terminal::with_options(CrosstermBackend::new(&mut bytes), TerminalOptions { viewport }).unwrap();
        terminal.draw(|frame| drop(view::draw(&pane.app, frame))).unwrap();
        drop(terminal);
        only_draws(&bytes, where_);
    }
}

/// Caught when it was made so: views that put text into cells past the rows, and rows measured
/// by the whole text where cells are filled by graphemes (Arabic ligatures).
#[test]
fn every_screen_shows_hostile_text_as_what_it_is() {
    let mut pane = pane();
    assert!(pane.ledger().blocks().len() >= corpus::corpus().len(), "the journal is not read");
    for keys in TOUR {
        pane.press(keys);
        looks_sound(&mut pane, keys);
    }
}

/// On the day itself each block is looked at in its turn.
#[test]
fn every_block_can_be_gone_to_and_opened() {
    let mut pane = pane();
    for screen in ["D", "J"] {
        pane.press(screen);
        for at in 0..corpus::corpus().len() {
            pane.resize(80, 24);
            pane.press(if screen == "D" { "k" } else { "j" });
            is_sound(&pane.draw(), &format!("{screen} {at}"));
            pane.press("e");
            is_sound(&pane.draw(), &format!("{screen} {at} e"));
            pane.press("<esc>");
        }
    }
}

/// Typed and pasted into each line that takes text, shown while it stands there, and taken.
#[test]
fn what_is_typed_and_pasted_is_shown_as_what_it_is() {
    let mut pane = Pane::on_a_morning();
    let lines = ["n", "c", "w", ":", "g", "*", "r", "J /", "e"];
    for (at, hostile) in corpus::corpus().iter().enumerate() {
        let text = hostile.text.chars().take(400).collect::<String>();
        for keys in lines.iter().skip(at % 3).step_by(3) {
            pane.press(keys);
            pane.hear(Msg::Paste(text.clone()));
            let typed = text.chars().filter(|c| !c.is_control()).take(12);
            typed.for_each(|c| pane.hear(Msg::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))));
            pane.resize(80, 24);
            is_sound(&pane.draw(), &format!("{keys} {}", hostile.attacks));
            pane.press("<enter>");
            is_sound(&pane.draw(), &format!("{keys} {} <enter>", hostile.attacks));
            pane.press("<esc> <esc> <esc> D");
        }
    }
    pane.hear(Msg::Paste(corpus::ten_megabytes()));
    pane.press("n");
    pane.hear(Msg::Paste(corpus::ten_megabytes()));
    is_sound(&pane.draw(), "ten megabytes");
}
