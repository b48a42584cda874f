//! Undo and redo.

use chrono::TimeDelta;
use proptest::prelude::*;
use tiltmeter::domain::{Block, Border, Clash, Doing, Edit, Hand, Kind, Ledger, Mend, SplitAt, Thing, Zone};
use tiltmeter::journal::{JournalError, Reach, UndoError};
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
    let expected =
        UndoError::SetAgain { what: Box::new(Thing::Block(changed.clone())), by: "other".into(), at: other.now };
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

#[test]
fn what_was_changed_in_one_instant_or_after_a_small_step_back_is_undone_in_its_order() {
    let mut desk = Desk::at(NOW);
    let days = ["2026-11-20", "2026-08-20", "2026-10-20", "2026-07-20", "2026-09-20"];
    let added: Vec<Block> = days
        .iter()
        .map(|day| {
            let added = block(day, &format!("{day}T09:00:00Z"), Some(&format!("{day}T10:00:00Z")));
            desk.change(vec![added.clone()], vec![]);
            desk.later(TimeDelta::milliseconds(if *day < "2026-10" { -20 } else { 0 }));
            added
        })
        .collect();
    let newest_first: Vec<Block> = added.iter().rev().cloned().collect();
    let history = desk.journal.history(None, 9, desk.now).unwrap().versions;
    assert_eq!(
        history.into_iter().map(|version| super::desk::the_block(&version.what).clone()).collect::<Vec<_>>(),
        newest_first
    );
    for block in newest_first {
        assert_eq!(desk.journal.undo(desk.now).unwrap().before, [block]);
    }
}

/// One thing that a person does, `minutes` ago.
#[derive(Clone, Debug)]
enum Act {
    Start { minutes: u8, name: u8 },
    Add { minutes: u16, long: u8 },
    Stop { minutes: u8 },
    Mend { which: u8, how: u8 },
    Split(u8),
    Remove(u8),
    Wait(u16),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..90_u8, any::<u8>()).prop_map(|(minutes, name)| Act::Start { minutes, name }),
        2 => (0..3_000_u16, 1..90_u8).prop_map(|(minutes, long)| Act::Add { minutes, long }),
        1 => (0..90_u8).prop_map(|minutes| Act::Stop { minutes }),
        4 => any::<(u8, u8)>().prop_map(|(which, how)| Act::Mend { which, how }),
        1 => any::<u8>().prop_map(Act::Split),
        1 => any::<u8>().prop_map(Act::Remove),
        3 => (0..2_000_u16).prop_map(Act::Wait),
    ]
}

/// Returns what an act comes to, if there is a block for it.
fn edit(ledger: &Ledger, act: &Act) -> Option<Edit> {
    let ago = |minutes: u16| (ledger.now() - TimeDelta::minutes(i64::from(minutes))).fixed_offset();
    let blocks = ledger.blocks();
    let chosen = |which: u8| blocks.get(usize::from(which) % blocks.len().max(1));
    let doing = |name: u8| Doing {
        kind: Kind::Creating,
        activity: Text::as_written(format!("act {name}")),
        tags: Vec::new(),
        note: None,
    };
    Some(match *act {
        Act::Start { minutes, name } => Edit::Start {
            doing: doing(name),
            at: ago(minutes.into()),
            clash: [Clash::Refuse, Clash::Trim][usize::from(name % 2)],
        },
        Act::Add { minutes, long } => {
            let start = ago(minutes);
            let clash = [Clash::Refuse, Clash::Trim, Clash::Fit][usize::from(long % 3)];
            Edit::Add { doing: doing(long), start, end: start + TimeDelta::minutes(long.into()), clash }
        }
        Act::Stop { minutes } => Edit::Stop { at: ago(minutes.into()) },
        Act::Mend { which, how } => {
            let block = chosen(which)?;
            let border = [Border::Shared, Border::Alone][usize::from(how / 8 % 2)];
            Edit::Mend { id: block.id, mend: mend(block, how), border }
        }
        Act::Split(which) => Edit::Split { id: chosen(which)?.id, at: SplitAt::Part(0.4) },
        Act::Remove(which) => Edit::Remove { id: chosen(which)?.id },
        Act::Wait(_) => return None,
    })
}

fn mend(block: &Block, how: u8) -> Mend {
    let text = |what: &str| Text::as_written(format!("{what} {how}"));
    let minutes = TimeDelta::minutes(i64::from(how));
    match how % 6 {
        0 => Mend { activity: Some(text("edit")), ..Mend::default() },
        1 => Mend { note: Some((how > 99).then(|| text("note"))), ..Mend::default() },
        2 => Mend { tags_on: vec![text("t")], interrupted: Some(u32::from(how)), ..Mend::default() },
        3 => Mend { start: Some(block.start - minutes), ..Mend::default() },
        4 => Mend { end: block.end.map(|end| end - minutes / 4), ..Mend::default() },
        // Three weeks earlier, often in another month.
        _ => Mend {
            start: Some(block.start - TimeDelta::days(21)),
            end: block.end.map(|end| end - TimeDelta::days(21)),
            ..Mend::default()
        },
    }
}

/// Lets a person do something, if the rules allow it.
fn perform(desk: &mut Desk, act: &Act) {
    if let Act::Wait(minutes) = act {
        desk.later(TimeDelta::minutes(i64::from(*minutes)));
    }
    let today = desk.now.date_naive();
    let reach = Reach { days: today - TimeDelta::days(200)..=today, now_too: true, back_until: None };
    let zone = Zone::utc();
    let _ = desk.journal.commit(&reach, desk.now, |reading, new_id| {
        let mut hand = Hand { zone: &zone, new_id };
        let edit = edit(&reading.ledger, act).ok_or(NotMade)?;
        reading.ledger.apply(&edit, &mut hand).map_err(|_| NotMade)
    });
}

/// The rules did not allow it, or there was nothing to do it to.
#[derive(Debug)]
struct NotMade;

impl From<JournalError> for NotMade {
    fn from(error: JournalError) -> Self {
        panic!("{error}")
    }
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn undoing_everything_and_redoing_it_passes_through_every_state_again(acts in prop::collection::vec(act(), 1..16)) {
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
