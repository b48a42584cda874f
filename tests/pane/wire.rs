//! What nobody means to type, sizes that nobody can read, and a journal that goes away.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use crate::home::Home;
use crate::terminal::Terminal;

/// Closes whatever is open, and sees that the pane still answers: what was sent before may
/// still be on its way, so it is asked again and again.
fn still_answers(pane: &mut Terminal) {
    // Whatever was begun ends here: a report of the mouse, of a key, of the terminal; a paste.
    pane.types_bytes(b"M~uc\x1b[201~");
    for attempt in 0..100 {
        // Esc never leaves. Two at once would be another key.
        pane.types("\x1b");
        if !pane.shows_within("? keys", Duration::from_millis(100)) {
            continue;
        }
        let line = format!("here {attempt}");
        pane.types(&format!("D0n{line}"));
        if pane.shows_within(&format!("now {line}"), Duration::from_millis(500)) {
            pane.types("\x03").shows("n now");
            return;
        }
    }
    panic!("it does not answer:\n{}", pane.text());
}

/// Returns bytes that are as good as random, and the same each time.
fn noise(mut seed: u64) -> impl Iterator<Item = u8> {
    std::iter::repeat_with(move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()[3]
    })
}

/// What leaves the pane, stops it or opens something else: not what is tried here.
fn is_harmless(byte: u8) -> bool {
    !b"qE:\x03\x1a".contains(&byte)
}

#[test]
fn noise_half_escape_sequences_and_broken_text_do_not_end_it() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    pane.shows("1:1 platform lead");
    for seed in 1..=4 {
        let bytes: Vec<u8> = noise(seed).filter(|byte| is_harmless(*byte)).take(2048).collect();
        pane.types_bytes(&bytes);
    }
    still_answers(&mut pane);
    let mut halves = Vec::new();
    for half in
        ["\x1b[", "\x1b[<0;", "\x1b[<0;999999999999;1M", "\x1bO", "\x1b]0;title", "\x1b[1;5", "\x1b[200~", "\x1b[?"]
    {
        halves.extend_from_slice(half.as_bytes());
        halves.extend_from_slice(b"\xff\xc3(\xe2\x82\xf0\x9f\x91");
    }
    pane.types_bytes(&halves);
    still_answers(&mut pane);
    pane.types("q").is_given_back();
    assert_eq!(pane.ends(), 0);
    assert!(home.is_sound());
}

#[test]
fn a_paste_of_ten_megabytes_is_cut_and_the_pane_answers() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    pane.types("n").shows("esc close");
    pane.types("\x1b[200~").types(&"an endless story ".repeat(10 * 1024 * 1024 / 17)).types("\x1b[201~");
    pane.shows("that is more than a line takes");
    // Ctrl-U, and the line is as before.
    pane.types("\x15and a short one").shows("now and a short one");
    still_answers(&mut pane);
    pane.types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn line_breaks_that_are_pasted_take_nothing() {
    let home = Home::on_a_working_day();
    let before = home.day();
    let mut pane = home.pane();
    pane.types("n").shows("esc close").types("\x1b[200~standup\r\nstaff sync\nq\n\x1b[201~");
    pane.shows("now standup staff sync q");
    still_answers(&mut pane);
    // On a screen, where a letter does something, what is pasted does nothing.
    pane.types("\x1b[200~ !dbq\n\x1b[201~").types("nafter it").shows("now after it").types("\x03").shows("n now");
    pane.types("q");
    assert_eq!(pane.ends(), 0);
    assert_eq!(home.day(), before);
}

#[test]
fn a_storm_of_sizes_down_to_one_cell_leaves_what_was_typed() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    pane.types("nhalf a lin").shows("now half a lin");
    for round in 0..3_u16 {
        for size in (1..40).rev().step_by(3) {
            pane.resizes(size * 2 + round, size);
        }
        for (columns, rows) in [(1, 1), (500, 1), (1, 200), (300, 100), (2, 2), (20, 1), (40, 10)] {
            pane.resizes(columns, rows);
        }
    }
    pane.resizes(80, 24).types("e").shows("now half a line");
    pane.types("\x03").shows("n now").resizes(20, 1).types("j").resizes(80, 24).shows("15:20  ▓ 1:1 platform lead");
    pane.types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn a_size_that_comes_and_goes_before_the_pane_looks_leaves_nothing_cut_off() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    // Once it answers, it hears of every size.
    pane.types("n").shows("esc close").types("\x03").shows("likely next");
    for _ in 0..20 {
        pane.resizes(1, 1).resizes(80, 24).shows("likely next").shows("? keys");
    }
    pane.types("q");
    assert_eq!(pane.ends(), 0);
}

#[test]
fn without_its_journal_it_says_so_keeps_what_was_typed_and_goes_on() {
    let home = Home::on_a_working_day();
    let before = home.day();
    let (journal, aside) = (home.journal(), home.path("aside"));
    let mut pane = home.pane();
    pane.shows("1:1 platform lead").types("cquiet hour").shows("quiet hour");
    // A file in place of the folder stops root too, whom no mode stops.
    fs::rename(&journal, &aside).unwrap();
    fs::write(&journal, "not a folder").unwrap();
    pane.types("\r").waits_for("a refusal with the line", |screen| {
        let text = screen.contents();
        text.contains("quiet hour") && text.contains("esc close") && text.contains("journal")
    });
    // What was known before is shown on, and it is said.
    pane.types("\x03").shows("the journal is not a folder").shows("15:20  ▓ 1:1 platform lead");
    pane.types("cquiet hour").shows("quiet hour");
    fs::remove_file(&journal).unwrap();
    fs::rename(&aside, &journal).unwrap();
    pane.types("\r").shows("15:40  █ quiet hour");
    pane.waits_for("no complaint", |screen| !screen.contents().contains("not a folder"));
    // It is watched again.
    home.does("undo");
    pane.waits_for("it is gone", |screen| !screen.contents().contains("15:40  █ quiet hour"))
        .types("q")
        .is_given_back();
    assert_eq!(pane.ends(), 0);
    assert_eq!(home.day(), before);
    assert!(home.is_sound());
}

#[test]
fn every_character_that_is_typed_at_once_is_taken_in_order() {
    let home = Home::on_a_working_day();
    let mut pane = home.pane();
    let mut words = String::new();
    for number in 0..60 {
        write!(words, "{number:03}").unwrap();
    }
    pane.types(&format!("n{words}\r")).shows("which kind?").types("i").shows("n now").types("q");
    assert_eq!(pane.ends(), 0);
    assert!(home.does("export jsonl").contains(&words), "{}", home.does("export jsonl"));
}
