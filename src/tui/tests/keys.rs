//! The table of keys: what it promises, and that all that is made from it is whole.

use std::collections::BTreeMap;
use std::path::Path;

use crossterm::event::KeyCode;

use super::{MORNING, Pane};
use crate::keymap::{self, Action, BINDINGS, Context, Group, Press};
use crate::tui::help;

const CONTEXTS: [Context; 9] = [
    Context::Day,
    Context::Week,
    Context::Trend,
    Context::Journal,
    Context::Begin,
    Context::CatchUp,
    Context::Form,
    Context::Finder,
    Context::Help,
];

#[test]
fn a_key_means_one_thing_in_a_context_and_a_name_one_row() {
    for context in CONTEXTS {
        let mut keys: Vec<(Press, &str)> = Vec::new();
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&context)) {
            for key in binding.keys {
                let taken = keys.iter().find(|(taken, _)| taken == key);
                assert_eq!(taken, None, "{context:?}: {key:?} is also {}", binding.name);
                keys.push((*key, binding.name));
            }
        }
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for binding in BINDINGS {
        *names.entry(binding.name).or_default() += 1;
    }
    assert!(names.values().all(|count| *count == 1), "{names:?}");
}

#[test]
fn what_other_programs_and_keyboards_need_is_never_bound() {
    let keys = || BINDINGS.iter().flat_map(|binding| binding.keys.iter().map(move |key| (binding, key)));
    for (binding, key) in keys() {
        match key {
            Press::Char(c) | Press::Twice(c) => assert!(!"[]{}~\\|".contains(*c), "{}", binding.name),
            Press::Ctrl(c) => {
                let is_line = binding.group == Group::Line;
                assert!("crzl".contains(*c) || is_line && "aewuh".contains(*c), "{}", binding.name);
            }
            Press::Key(KeyCode::F(_)) => panic!("{} is on a function key", binding.name),
            Press::Key(_) | Press::Shift(_) | Press::CtrlKey(_) => {}
        }
    }
    assert!(keys().count() > 60);
}

#[test]
fn there_are_arrows_wherever_there_are_vi_keys() {
    for binding in BINDINGS.iter().filter(|binding| binding.group != Group::Line) {
        let vi = binding
            .keys
            .iter()
            .any(|key| matches!(key, Press::Char('h' | 'j' | 'k' | 'l' | 'H' | 'L' | 'G') | Press::Twice('g')));
        let arrow = |key: &Press| matches!(key, Press::Key(_) | Press::Shift(_));
        assert!(!vi || binding.keys.iter().any(arrow), "{}", binding.name);
    }
}

#[test]
fn every_footer_offers_only_what_its_keys_do() {
    for context in CONTEXTS {
        for action in keymap::footer(context) {
            let binding = keymap::binding(context, *action);
            let binding = binding.unwrap_or_else(|| panic!("{context:?} has no {action:?}"));
            assert!(!binding.keys.is_empty() && !binding.short.is_empty(), "{}", binding.name);
        }
    }
}

#[test]
fn the_readme_has_the_keys_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let table = help::table();
    assert!(readme.contains(&table), "put this below «The keys» in the README:\n\n{table}");
}

#[test]
fn the_palette_finds_every_action_of_a_screen_by_its_name() {
    for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&Context::Day)) {
        if binding.group == Group::Line || matches!(binding.action, Action::Palette | Action::Close) {
            continue;
        }
        let mut pane = Pane::on_a_morning();
        pane.press(":").types(binding.name);
        assert!(pane.shows().contains(&format!("› {}", binding.name)), "{}:\n{}", binding.name, pane.shows());
    }
}

#[test]
fn the_palette_does_what_was_found() {
    let mut pane = Pane::on_a_morning();
    pane.press(":").types("asci").press("<enter>");
    assert!(pane.shows().is_ascii(), "{}", pane.shows());
    pane.press(":").types("interruption").press("<enter>");
    assert!(pane.shows().contains("1x"), "{}", pane.shows());
}

#[test]
fn the_help_shows_every_key_of_its_screen() {
    for (keys, context) in [("D", Context::Day), ("W", Context::Week), ("T", Context::Trend), ("J", Context::Journal)] {
        let mut pane = Pane::on_a_day("2026-11-24T15:44", MORNING).sized(120, 60);
        pane.press(keys).press("?");
        let shown = pane.shows();
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&context)) {
            let is_one_of_many = matches!(binding.action, Action::Likely(_));
            if binding.group != Group::Line && !binding.keys.is_empty() && !is_one_of_many {
                let help: String = binding.help.chars().take(40).collect();
                assert!(shown.contains(&help), "{context:?} {}:\n{shown}", binding.name);
            }
        }
    }
}

#[test]
fn escape_closes_and_never_quits() {
    for keys in ["n", "w", ":", "?", "e", "J", "/", "W", "T", "z"] {
        let mut pane = Pane::on_a_morning();
        pane.press(keys);
        for _ in 0..4 {
            pane.press("<esc>");
        }
        assert_eq!(pane.wanted, [], "{keys}");
        assert!(pane.app.over.is_none() && !pane.app.journal.is_searching(), "{keys}");
        assert!(!pane.shows().contains("esc close"), "{keys}: {}", pane.shows());
    }
}

#[test]
fn in_a_line_letters_are_text_and_ctrl_c_closes_only_the_line() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("quit: j k ?");
    assert!(pane.shows().contains("now quit: j k ?"), "{}", pane.shows());
    pane.press("<c-c>");
    assert!(pane.app.over.is_none());
    assert_eq!(pane.wanted, []);
}

fn with_settings(pane: &mut Pane, settings: &str) {
    std::fs::write(pane.settings_file(), settings).unwrap();
    let msg = pane.hands.settings_again();
    pane.hear(msg);
}

/// Catches: a key that only works, and is shown nowhere; a row of help that still has the old one.
#[test]
fn a_key_of_the_settings_works_at_once_and_stands_wherever_keys_stand() {
    let mut pane = Pane::on_a_day("2026-11-24T15:44", MORNING).sized(120, 60);
    with_settings(&mut pane, "[keys]\nnow = \"x\"\ntrend = []\n");
    assert!(pane.shows().contains("x now"), "the footer: {}", pane.shows());
    pane.press("n");
    assert!(pane.app.over.is_none(), "the key of the table does it no more");
    pane.press("?");
    assert!(pane.shows().contains("x            start something; the kind follows"), "{}", pane.shows());
    pane.press("<esc>").press("T");
    assert!(!pane.shows().contains("weeks over"), "{}", pane.shows());
    pane.press(":").types("trend").press("<enter>").press("x");
    assert!(pane.app.over.is_some());
}

/// Catches: a pane that forgets what it had when a comma is missing, and one that says nothing.
#[test]
fn settings_that_cannot_be_keep_those_from_before_and_are_told_until_they_are_mended() {
    let mut pane = Pane::on_a_morning();
    with_settings(&mut pane, "glyphs = \"ascii\"\n");
    assert!(pane.shows().is_ascii(), "{}", pane.shows());
    pane.later("2026-11-24T16:00");
    with_settings(&mut pane, "glyphs = \"ascii\nlunch = 3\n");
    assert!(pane.shows().contains("config check") && pane.shows().is_ascii(), "{}", pane.shows());
    with_settings(&mut pane, "");
    assert!(!pane.shows().contains("config check") && !pane.shows().is_ascii(), "{}", pane.shows());
}

/// Catches: a key that starts what is likely next as it always was, past a rule that says another kind.
#[test]
fn what_is_likely_next_is_of_the_kind_that_the_settings_give_it() {
    let mut pane = Pane::on_a_day("2026-11-24T15:44", "09:00-09:30 i hiring plan").sized(100, 30);
    with_settings(&mut pane, "[kinds]\n\"hiring plan\" = \"creating\"\n");
    assert!(pane.shows().contains("1 █ hiring plan"), "{}", pane.shows());
    pane.press("1");
    assert!(pane.journal().contains("c hiring plan"), "{}", pane.journal());
}

#[test]
fn a_day_that_begins_elsewhere_moves_what_is_shown() {
    let mut pane = Pane::on_a_day("2026-11-24T15:44", "09:00-09:30 i standup").sized(100, 30);
    with_settings(&mut pane, "clock = \"12h\"\nday_start = \"10:00\"\n");
    let shown = pane.shows();
    assert!(!shown.contains("standup  "), "it is yesterday's now: {shown}");
}
