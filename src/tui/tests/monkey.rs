//! A monkey at the keyboard: whatever it presses, clicks and resizes, the pane draws, and
//! the journal is valid.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::{MORNING, Pane};
use crate::tui::msg::Msg;

#[derive(Clone, Debug)]
enum Prank {
    Key(KeyCode, KeyModifiers),
    Mouse(MouseEventKind, u16, u16),
    Paste(String),
    Resize(u16, u16),
    /// So many minutes later.
    Later(u32),
    Changed,
}

fn key() -> impl Strategy<Value = Prank> {
    let code = prop_oneof![
        8 => prop::char::range(' ', '~').prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
        4 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete,
            KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End,
            KeyCode::PageUp, KeyCode::PageDown, KeyCode::F(1), KeyCode::Insert,
        ]),
    ];
    let held = prop_oneof![
        8 => Just(KeyModifiers::NONE), 1 => Just(KeyModifiers::SHIFT), 1 => Just(KeyModifiers::CONTROL), 1 => Just(KeyModifiers::ALT),
    ];
    (code, held).prop_map(|(code, held)| Prank::Key(code, held))
}

fn prank() -> impl Strategy<Value = Prank> {
    let mouse = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::Moved,
    ]);
    let words = prop::sample::select(vec![
        "spec",
        "sta",
        "standup 9:15",
        "mail\t10:00",
        "@9-10 x",
        "14:00",
        "+tag",
        "👩‍👩‍👧",
        "設計",
        "e\u{301}",
    ]);
    prop_oneof![
        24 => key(),
        6 => (mouse, 0_u16..90, 0_u16..30).prop_map(|(kind, column, row)| Prank::Mouse(kind, column, row)),
        4 => words.prop_map(|words| Prank::Paste(words.to_owned())),
        1 => any::<String>().prop_map(Prank::Paste),
        2 => (0_u16..130, 0_u16..45).prop_map(|(columns, rows)| Prank::Resize(columns, rows)),
        2 => (0_u32..90).prop_map(Prank::Later),
        1 => Just(Prank::Changed),
    ]
}

fn play(pane: &mut Pane, prank: Prank, minutes: &mut u32) {
    match prank {
        Prank::Key(code, held) => pane.hear(Msg::Key(KeyEvent::new(code, held))),
        Prank::Mouse(kind, column, row) => pane.mouse(kind, column, row),
        Prank::Paste(text) => pane.hear(Msg::Paste(text)),
        Prank::Resize(columns, rows) => pane.resize(columns, rows),
        Prank::Later(by) => {
            *minutes += by;
            let (day, left) = (24 + *minutes / 1_440, *minutes % 1_440);
            if day <= 30 {
                pane.later(&format!("2026-11-{day}T{:02}:{:02}", left / 60, left % 60));
            }
        }
        Prank::Changed => pane.hear(Msg::JournalChanged),
    }
    pane.draw();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_monkey_leaves_a_valid_journal_and_a_pane_that_draws(pranks in prop::collection::vec(prank(), 1..70)) {
        let mut pane = Pane::on_a_day("2026-11-24T15:44", MORNING);
        let mut minutes = 15 * 60 + 44;
        for prank in pranks {
            play(&mut pane, prank, &mut minutes);
        }
        let checked = pane.another().journal.check(pane.another().now()).unwrap();
        let faults = (&checked.torn, &checked.half, &checked.conflicts, &checked.too_long, &checked.without_length);
        prop_assert_eq!(faults, (&vec![], &vec![], &vec![], &vec![], &vec![]));
        prop_assert!(checked.notices.is_empty() && checked.overlaps.is_empty(), "{checked:?}");
    }
}

#[test]
fn every_size_draws_every_screen() {
    let mut pane = Pane::on_a_morning();
    for keys in ["D", "n", "<esc> w", "<esc> :", "<esc> ?", "<esc> k e", "<esc> W", "T", "J", "/", "<esc> <esc> D"] {
        pane.press(keys);
        for columns in (0..14).chain([20, 29, 30, 41, 59, 60, 71, 72, 80, 130]) {
            for rows in (0..11).chain([15, 19, 20, 24, 45]) {
                pane.resize(columns, rows);
                pane.draw();
            }
        }
    }
}
