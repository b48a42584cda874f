//! Undo and redo.

use chrono::TimeDelta;
use proptest::prelude::*;
use tiltmeter::domain::{Block, Kind};
use tiltmeter::journal::UndoError;
use tiltmeter::text::Text;

use super::{Desk, block};

const NOW: &str = "2026-11-22T09:00:00Z";

#[test]
fn undo_takes_back_both_halves_of_a_switch_and_redo_does_them_again() {
    let mut desk = Desk::at(NOW);
    let first = desk.start("standup", None);
    let before = desk.blocks();
    desk.later(TimeDelta::hours(1)).start("design", Some(first));
    let after = desk.blocks();

    let undone = desk.journal.undo(desk.now).unwrap();
    assert_eq!((undone.does.as_str(), undone.at), ("switch", desk.now));
    assert_eq!((undone.before.as_slice(), undone.after.as_slice()), (after.as_slice(), before.as_slice()));
    assert_eq!(desk.blocks(), before);

    let redone = desk.journal.redo(desk.now).unwrap();
    assert_eq!((redone.before.as_slice(), redone.after.as_slice()), (before.as_slice(), after.as_slice()));
    assert_eq!(desk.blocks(), after);
}

#[test]
fn there_is_nothing_to_undo_in_an_empty_journal_and_nothing_to_redo_after_a_change() {
    let mut desk = Desk::at(NOW);
    assert_eq!(desk.journal.undo(desk.now).unwrap_err(), UndoError::NothingToUndo);
    desk.start("standup", None);
    assert_eq!(desk.journal.redo(desk.now).unwrap_err(), UndoError::NothingToRedo);
    desk.journal.undo(desk.now).unwrap();
    desk.later(TimeDelta::hours(1)).start("design", None);
    assert_eq!(desk.journal.redo(desk.now).unwrap_err(), UndoError::NothingToRedo, "something was done since");
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.journal.undo(desk.now).unwrap_err(), UndoError::NothingToUndo);
}

#[test]
fn undo_finds_the_newest_change_in_whatever_month_it_stands() {
    let mut desk = Desk::at(NOW);
    let old = block("old", "2026-03-02T09:00:00Z", Some("2026-03-02T10:00:00Z"));
    desk.change(vec![old.clone()], vec![]);
    desk.later(TimeDelta::hours(1)).start("new", None);
    desk.later(TimeDelta::hours(1));
    desk.change(vec![Block { kind: Kind::Off, ..old.clone() }], vec![]);
    assert_eq!(desk.journal.undo(desk.now).unwrap().after, [old]);
    assert_eq!(desk.journal.undo(desk.now).unwrap().before[0].activity.raw(), "new");
}

#[test]
fn what_another_device_set_since_is_not_taken_back() {
    let mut desk = Desk::at(NOW);
    let standup = desk.start("standup", None);
    let other = Desk { folder: tempfile::TempDir::new().unwrap(), ..Desk::of("other", NOW) };
    let mut place = desk.journal.place().clone();
    place.device = "other".into();
    let other = Desk { journal: tiltmeter::journal::Journal::at(place), now: desk.now + TimeDelta::hours(1), ..other };
    let changed = Block { note: Some(Text::as_written("from elsewhere")), ..standup.clone() };
    other.change(vec![changed.clone()], vec![]);
    desk.later(TimeDelta::hours(2));
    let stopped = desk.journal.undo(desk.now).unwrap_err();
    let expected = UndoError::SetAgain { block: Box::new(changed.clone()), by: "other".into(), at: other.now };
    assert_eq!(stopped, expected);
    assert_eq!(desk.blocks(), [changed]);
}

#[test]
fn a_field_set_twice_is_taken_back_twice_even_with_the_clock_set_back_between() {
    let mut desk = Desk::at(NOW);
    let mut versions = vec![desk.start("one", None)];
    for words in ["two", "three"] {
        desk.later(TimeDelta::minutes(-10));
        let next = Block { activity: Text::as_written(words), ..versions[0].clone() };
        desk.change(vec![next.clone()], vec![]);
        versions.push(next);
    }
    for expected in versions.iter().rev().skip(1) {
        assert_eq!(desk.journal.undo(desk.now).unwrap().after, std::slice::from_ref(expected));
    }
    for expected in versions.iter().skip(1) {
        assert_eq!(desk.journal.redo(desk.now).unwrap().after, std::slice::from_ref(expected));
    }
}

#[test]
fn a_move_to_another_month_is_undone_in_both() {
    let desk = Desk::at(NOW);
    let block = block("moved", "2026-11-20T09:00:00Z", Some("2026-11-20T10:00:00Z"));
    desk.change(vec![block.clone()], vec![]);
    let moved = Block {
        start: super::desk::lived("2026-09-20T09:00:00Z"),
        end: Some(super::desk::lived("2026-09-20T10:00:00Z")),
        ..block.clone()
    };
    let put = desk.change(vec![moved.clone()], vec![]).put;
    assert_ne!(put[0].id, block.id, "it lives in another file now, under another id");
    assert_eq!(desk.blocks(), put);
    assert!(desk.lines("2026-11")[1].contains(&format!(r#""to":"{}""#, put[0].id)));
    desk.journal.undo(desk.now).unwrap();
    assert_eq!(desk.blocks(), std::slice::from_ref(&block));
    assert_eq!(desk.change(vec![moved], vec![]).put, put, "moved again, it has the same id");
    assert_eq!(desk.blocks(), put);
}

/// One thing that a person does.
#[derive(Clone, Debug)]
enum Act {
    Start(u8),
    Edit(u8, u8),
    Remove(u8),
    Wait(i16),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        any::<u8>().prop_map(Act::Start),
        any::<(u8, u8)>().prop_map(|(which, how)| Act::Edit(which, how)),
        any::<u8>().prop_map(Act::Remove),
        (-600..6_000_i16).prop_map(Act::Wait),
    ]
}

fn perform(desk: &mut Desk, act: &Act) -> bool {
    let blocks = desk.blocks();
    let chosen = |which: u8| blocks.get(usize::from(which) % blocks.len().max(1)).cloned();
    let change = match act {
        Act::Wait(minutes) => {
            desk.later(TimeDelta::minutes(i64::from(*minutes)));
            return false;
        }
        Act::Start(name) => return desk.start(&format!("s{name}"), blocks.last().cloned()).end.is_none(),
        Act::Remove(which) => chosen(*which).map(|block| desk.change(vec![], vec![block])),
        Act::Edit(which, how) => chosen(*which).map(|block| {
            let start = block.start - TimeDelta::hours(i64::from(*how));
            let edited = match how % 4 {
                0 => Block { activity: Text::as_written(format!("edit {how}")), ..block },
                1 => Block { note: (how % 8 > 4).then(|| Text::as_written(format!("note {how}"))), ..block },
                2 => Block {
                    tags: vec![Text::as_written(format!("t{how}"))],
                    interrupted: block.interrupted + 1,
                    ..block
                },
                _ => Block { start, end: Some(start + TimeDelta::minutes(30)), ..block },
            };
            desk.change(vec![edited], vec![])
        }),
    };
    change.is_some()
}

proptest! {
    #![proptest_config(super::cases(40))]

    #[test]
    fn undoing_everything_and_redoing_it_passes_through_every_state_again(acts in prop::collection::vec(act(), 1..12)) {
        let mut desk = Desk::at(NOW);
        let mut states = vec![desk.blocks()];
        for act in &acts {
            perform(&mut desk, act);
            let blocks = desk.blocks();
            if states.last() != Some(&blocks) {
                states.push(blocks);
            }
        }
        for state in states.iter().rev().skip(1) {
            desk.journal.undo(desk.now).unwrap();
            prop_assert_eq!(&desk.blocks(), state);
        }
        prop_assert_eq!(desk.journal.undo(desk.now).unwrap_err(), UndoError::NothingToUndo);
        for state in states.iter().skip(1) {
            desk.journal.redo(desk.now).unwrap();
            prop_assert_eq!(&desk.blocks(), state);
        }
        prop_assert_eq!(desk.journal.redo(desk.now).unwrap_err(), UndoError::NothingToRedo);
    }
}
