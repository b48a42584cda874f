//! The laws that every edit keeps, and what each edit does.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;
use uuid::Uuid;

use super::super::block::Kind;
use super::super::calendar::Calendar;
use super::super::days::Days;
use super::super::edit::{Border, Clash, Doing, Entry, Mend, Remark, SplitAt};
use super::super::ratio::Tally;
use super::super::zone::{NoZones, Zone};
use super::*;
use crate::text::Text;

/// A Tuesday, by the minute from midnight, in UTC.
fn at(minute: i64) -> Lived {
    let midnight = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_time(NaiveTime::MIN);
    midnight.and_utc().fixed_offset() + TimeDelta::minutes(minute)
}

fn hm(hour: i64, minute: i64) -> Lived {
    at(hour * 60 + minute)
}

fn doing(kind: Kind, activity: &str) -> Doing {
    Doing { kind, activity: Text::activity(activity).unwrap(), tags: vec![], note: None }
}

fn block(id: u128, start: Lived, end: Option<Lived>, activity: &str) -> Block {
    Block {
        id: Id(Uuid::from_u128(id)),
        start,
        end,
        zone: None,
        kind: Kind::Consuming,
        activity: Text::activity(activity).unwrap(),
        tags: vec![],
        note: None,
        interrupted: 0,
    }
}

/// Applies an edit at `now`; new blocks get ids above a thousand.
fn apply(ledger: &Ledger, edit: &Edit) -> Result<Change, Refusal> {
    let mut last = 1_000 + ledger.blocks().len() as u128 * 7;
    let mut new_id = || {
        last += 1;
        Id(Uuid::from_u128(last))
    };
    ledger.apply(edit, &mut Hand { zone: &Zone::utc(), new_id: &mut new_id })
}

/// Draws the blocks as `09:00-09:30 standup`, a line each.
fn drawn(ledger: &Ledger) -> String {
    let line = |block: &Block| {
        let end = block.end.map_or_else(|| "…".to_owned(), |end| end.format("%H:%M").to_string());
        format!("{}-{end} {}", block.start.format("%H:%M"), block.activity.raw())
    };
    ledger.blocks().iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Applies an edit that must be possible and draws what came of it.
fn becomes(ledger: &Ledger, edit: &Edit) -> String {
    let change = apply(ledger, edit).unwrap();
    drawn(&ledger.after(&change))
}

fn morning() -> Ledger {
    let blocks = vec![
        block(1, hm(9, 0), Some(hm(9, 30)), "standup"),
        block(2, hm(9, 30), Some(hm(10, 30)), "doc"),
        block(3, hm(11, 0), None, "sync"),
    ];
    Ledger::new(blocks, hm(12, 0).to_utc())
}

fn start(activity: &str, at: Lived) -> Edit {
    Edit::Start { doing: doing(Kind::Creating, activity), at, clash: Clash::Refuse }
}

fn add(activity: &str, start: Lived, end: Lived, clash: Clash) -> Edit {
    Edit::Add { doing: doing(Kind::Shaping, activity), start, end, clash }
}

fn mend(id: u128, mend: Mend) -> Edit {
    Edit::Mend { id: Id(Uuid::from_u128(id)), mend, border: Border::Shared }
}

#[test]
fn starting_a_block_ends_the_running_one_at_the_same_instant() {
    let change = apply(&morning(), &start("spec", hm(11, 50))).unwrap();
    assert_eq!((change.does, change.put.len()), ("switch", 2));
    assert_eq!(change.put[0].end, Some(hm(11, 50)));
    assert_eq!((change.put[1].start, change.put[1].end), (hm(11, 50), None));
}

#[test]
fn a_block_that_would_end_in_the_second_it_began_is_removed_by_the_same_change() {
    let change = apply(&morning(), &start("spec", hm(11, 0))).unwrap();
    assert_eq!(change.removed.len(), 1);
    assert!(matches!(change.remarks.as_slice(), [Remark::NoLength(_)]));
}

#[test]
fn a_start_in_the_middle_of_what_ended_names_the_clash() {
    let Err(Refusal::Overlap { clash, .. }) = apply(&morning(), &start("spec", hm(10, 0))) else { panic!() };
    assert_eq!(clash.activity.raw(), "doc");
}

#[test]
fn what_runs_already_is_not_started_again() {
    let sync = Edit::Start { doing: doing(Kind::Consuming, "sync"), at: hm(12, 0), clash: Clash::Refuse };
    assert!(matches!(apply(&morning(), &sync), Err(Refusal::RunsAlready(_))));
}

#[test]
fn trimming_cuts_what_is_in_the_way_and_keeps_both_sides() {
    assert_eq!(
        becomes(&morning(), &add("1:1", hm(9, 45), hm(10, 0), Clash::Trim)),
        "09:00-09:30 standup, 09:30-09:45 doc, 09:45-10:00 1:1, 10:00-10:30 doc, 11:00-… sync"
    );
    assert_eq!(
        becomes(&morning(), &add("1:1", hm(9, 15), hm(11, 30), Clash::Trim)),
        "09:00-09:15 standup, 09:15-11:30 1:1, 11:30-… sync"
    );
}

#[test]
fn fitting_keeps_only_what_is_free() {
    assert_eq!(
        becomes(&morning(), &add("mail", hm(8, 30), hm(11, 30), Clash::Fit)),
        "08:30-09:00 mail, 09:00-09:30 standup, 09:30-10:30 doc, 10:30-11:00 mail, 11:00-… sync"
    );
    let nothing = apply(&morning(), &add("mail", hm(9, 0), hm(10, 30), Clash::Fit));
    assert!(matches!(nothing, Err(Refusal::NothingFree { .. })));
}

#[test]
fn times_that_cannot_be_are_refused() {
    let refused = |start, end| apply(&morning(), &add("x", start, end, Clash::Refuse)).unwrap_err();
    assert!(matches!(refused(hm(8, 0), hm(7, 0)), Refusal::EndsBeforeStart { .. }));
    assert!(matches!(refused(hm(8, 0), hm(8, 0)), Refusal::EndsBeforeStart { .. }));
    assert!(matches!(refused(hm(10, 45), hm(12, 1)), Refusal::InTheFuture { .. }));
    assert!(matches!(refused(hm(-20, 0), hm(8, 0)), Refusal::TooLong { .. }));
}

#[test]
fn moving_a_border_moves_the_neighbour_that_shares_it_unless_alone() {
    let later = Mend { start: Some(hm(9, 45)), ..Mend::default() };
    assert_eq!(becomes(&morning(), &mend(2, later.clone())), "09:00-09:45 standup, 09:45-10:30 doc, 11:00-… sync");
    let alone = Edit::Mend { id: Id(Uuid::from_u128(2)), mend: later, border: Border::Alone };
    assert_eq!(becomes(&morning(), &alone), "09:00-09:30 standup, 09:45-10:30 doc, 11:00-… sync");
    let too_far = Mend { start: Some(hm(9, 0)), ..Mend::default() };
    assert!(matches!(apply(&morning(), &mend(2, too_far)), Err(Refusal::SwallowsNeighbour(_))));
    let into_another = Mend { end: Some(hm(11, 10)), ..Mend::default() };
    assert!(matches!(apply(&morning(), &mend(2, into_another)), Err(Refusal::Overlap { .. })));
    assert_eq!(apply(&morning(), &mend(2, Mend::default())), Err(Refusal::NothingChanges));
}

#[test]
fn back_starts_what_ran_before_and_lunch_is_nothing_to_go_back_to() {
    assert!(becomes(&morning(), &Edit::Back { at: hm(12, 0) }).ends_with("11:00-12:00 sync, 12:00-… doc"));
    let mut blocks = morning().blocks().to_vec();
    blocks[2].end = Some(hm(11, 30));
    blocks.push(Block { kind: Kind::Off, ..block(4, hm(11, 30), None, "lunch") });
    let lunch = Ledger::new(blocks, hm(12, 0).to_utc());
    assert!(becomes(&lunch, &Edit::Back { at: hm(12, 0) }).ends_with("11:30-12:00 lunch, 12:00-… sync"));
    assert_eq!(
        apply(&Ledger::new(vec![], hm(9, 0).to_utc()), &Edit::Back { at: hm(9, 0) }),
        Err(Refusal::NothingBefore)
    );
}

#[test]
fn a_split_in_the_middle_keeps_the_note_with_the_first_half() {
    let mut blocks = morning().blocks().to_vec();
    blocks[1].note = Some(Text::as_written("why"));
    let ledger = Ledger::new(blocks, hm(12, 0).to_utc());
    let change = apply(&ledger, &Edit::Split { id: Id(Uuid::from_u128(2)), at: SplitAt::Part(0.5) }).unwrap();
    assert_eq!(change.put.iter().map(|block| block.note.is_some()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(drawn(&ledger.after(&change)), "09:00-09:30 standup, 09:30-10:00 doc, 10:00-10:30 doc, 11:00-… sync");
    let outside = Edit::Split { id: Id(Uuid::from_u128(2)), at: SplitAt::Time(hm(10, 30)) };
    assert!(matches!(apply(&ledger, &outside), Err(Refusal::SplitOutside { .. })));
}

#[test]
fn what_is_left_of_a_cut_block_stays_where_it_was_lived() {
    let tokyo = chrono::FixedOffset::east_opt(9 * 3_600).unwrap();
    let there = block(1, hm(0, 0).with_timezone(&tokyo), Some(hm(3, 0).with_timezone(&tokyo)), "spec");
    let ledger = Ledger::new(vec![there], hm(12, 0).to_utc());
    let split = Edit::Split { id: Id(Uuid::from_u128(1)), at: SplitAt::Time(hm(1, 30)) };
    for edit in [split, add("call", hm(1, 0), hm(2, 0), Clash::Trim)] {
        let after = ledger.after(&apply(&ledger, &edit).unwrap());
        let left = after.blocks().iter().filter(|block| block.activity.raw() == "spec");
        let offsets: Vec<_> =
            left.flat_map(|block| [Some(block.start), block.end]).flatten().map(|at| *at.offset()).collect();
        assert_eq!(offsets, [tokyo; 4], "{edit:?}");
    }
}

#[test]
fn the_second_half_of_what_runs_runs() {
    let split = Edit::Split { id: Id(Uuid::from_u128(3)), at: SplitAt::Part(0.5) };
    assert!(becomes(&morning(), &split).ends_with("11:00-11:30 sync, 11:30-… sync"));
}

#[test]
fn a_whole_minute_means_the_block_and_the_border_within_it() {
    let second = TimeDelta::seconds(20);
    let blocks = vec![
        block(1, hm(9, 0) + second, Some(hm(9, 30) + second), "standup"),
        block(2, hm(9, 30) + second, Some(hm(10, 0) + second), "sync"),
    ];
    let ledger = Ledger::new(blocks, hm(12, 0).to_utc());
    assert_eq!(ledger.at(hm(9, 30)).map(|block| block.activity.raw()), Some("sync"));
    assert_eq!(ledger.at(hm(9, 29)).map(|block| block.activity.raw()), Some("standup"));
    let without = Ledger::new(vec![ledger.blocks()[0].clone()], hm(12, 0).to_utc());
    assert_eq!(without.at(hm(9, 30)), None, "a block that is shown as 09:00–09:30 is not the one at 9:30");
    let change = apply(&ledger, &add("doc", hm(10, 0), hm(10, 30), Clash::Refuse)).unwrap();
    assert_eq!(change.put[0].start, hm(10, 0) + second, "10:00 is where the sync ended");
}

#[test]
fn a_block_is_found_by_the_clock_that_is_shown_beside_it() {
    let tokyo = chrono::FixedOffset::east_opt(9 * 3_600).unwrap();
    let there = |hour: i64| hm(hour - 9, 0).with_timezone(&tokyo);
    let blocks = vec![block(1, there(9), Some(there(10)), "standup"), block(2, there(13), Some(there(18)), "doc")];
    let ledger = Ledger::new(blocks, hm(24, 0).to_utc());
    assert_eq!(ledger.at(hm(9, 0)).map(|block| block.activity.raw()), Some("standup"));
    assert_eq!(ledger.at(hm(14, 0)).map(|block| block.activity.raw()), Some("doc"));
}

#[test]
fn only_taking_days_off_makes_a_day_off() {
    let off = Block { kind: Kind::Off, ..block(1, hm(10, 30), None, "dentist") };
    let ledger = Ledger::new(vec![off], hm(33, 0).to_utc());
    let change = apply(&ledger, &start("standup", hm(33, 0))).unwrap();
    assert!(change.put.iter().all(|block| !block.is_day_off()), "a break that was never ended takes no day off");
    let long = Edit::Add { doing: doing(Kind::Off, "x"), start: hm(-14, 0), end: hm(9, 0), clash: Clash::Refuse };
    assert!(matches!(apply(&morning(), &long), Err(Refusal::BreakTooLong(_))));
    let holiday = Edit::DaysOff { days: vec![(hm(-20, 0), hm(4, 0))], why: Text::activity("holiday").unwrap() };
    let ledger = morning().after(&apply(&morning(), &holiday).unwrap());
    let worked = ledger.after(&apply(&ledger, &add("spec", hm(-10, 0), hm(-9, 0), Clash::Refuse)).unwrap());
    let day_off = worked.blocks().iter().find(|block| block.is_day_off()).unwrap();
    let into_work = Mend { kind: Some(Kind::Creating), ..Mend::default() };
    let edit = Edit::Mend { id: day_off.id, mend: into_work, border: Border::Shared };
    assert!(matches!(apply(&worked, &edit), Err(Refusal::Overlap { .. })));
}

#[test]
fn a_forgotten_block_counts_nothing_and_stop_asks_until_when_it_ran() {
    let ledger = Ledger::new(vec![block(1, hm(9, 0), None, "sync")], (hm(9, 0) + LONGEST_BLOCK).to_utc());
    assert!(ledger.stretches().is_empty());
    let now = hm(9, 0) + LONGEST_BLOCK;
    assert!(matches!(apply(&ledger, &Edit::Stop { at: now + TimeDelta::seconds(1) }), Err(Refusal::Forgotten(_))));
    assert_eq!(becomes(&ledger, &Edit::Stop { at: hm(17, 0) }), "09:00-17:00 sync");
}

#[test]
fn a_forgotten_block_can_be_ended_while_another_runs() {
    let blocks = vec![block(1, hm(9, 0), None, "spec"), block(2, hm(57, 0), None, "standup")];
    let ledger = Ledger::new(blocks, hm(58, 0).to_utc());
    assert_eq!(ledger.at(hm(10, 0)).map(|block| block.activity.raw()), Some("spec"));
    assert!(becomes(&ledger, &Edit::Stop { at: hm(17, 0) }).starts_with("09:00-17:00 spec"));
    assert!(matches!(apply(&ledger, &Edit::Stop { at: hm(56, 0) }), Err(Refusal::EndsBeforeStart { .. })));
}

#[test]
fn a_clock_that_was_set_back_never_makes_time_negative() {
    let ledger = Ledger::new(vec![block(1, hm(9, 10), None, "sync")], hm(9, 0).to_utc());
    let change = apply(&ledger, &Edit::Stop { at: hm(9, 0) }).unwrap();
    assert!(matches!(change.remarks.as_slice(), [Remark::ClockBehind(_)]));
    assert_eq!(change.removed.len(), 1);
}

#[test]
fn a_running_block_ends_at_the_next_start_within_a_day() {
    let blocks = vec![block(1, hm(9, 0), None, "a"), block(2, hm(10, 0), Some(hm(11, 0)), "b")];
    let ledger = Ledger::new(blocks, hm(12, 0).to_utc());
    assert_eq!(ledger.ends(&ledger.blocks()[0]), Ends::At(hm(10, 0)));
    assert!(ledger.running().is_none());
}

#[test]
fn work_may_stand_on_a_day_off_and_counts() {
    let holiday = Edit::DaysOff { days: vec![(hm(4, 0), hm(28, 0))], why: Text::activity("holiday").unwrap() };
    let change = apply(&morning(), &holiday).unwrap();
    let ledger = morning().after(&change);
    assert_eq!(ledger.stretches().iter().map(Stretch::length).sum::<TimeDelta>(), TimeDelta::minutes(150));
    assert!(ledger.running().is_some(), "a day off ends nothing");
    assert!(apply(&ledger, &add("spec", hm(7, 0), hm(8, 0), Clash::Refuse)).is_ok());
    assert!(matches!(apply(&ledger, &holiday), Err(Refusal::DayOffAlready(_))));
}

fn entry(start: Lived, end: Option<Lived>, activity: &str) -> Entry {
    Entry { start, end, doing: doing(Kind::Consuming, activity) }
}

fn rewrite(entries: Vec<Entry>) -> Edit {
    let blocks = (1..1_200).map(|id| Id(Uuid::from_u128(id))).collect();
    Edit::Rewrite { blocks, from: hm(4, 0), until: hm(28, 0), entries }
}

#[test]
fn a_day_rewritten_as_it_stands_changes_nothing() {
    let same = [("standup", 540, Some(570)), ("doc", 570, Some(630)), ("sync", 660, None)];
    let same = same.map(|(activity, start, end)| entry(at(start), end.map(at), activity));
    assert_eq!(apply(&morning(), &rewrite(same.to_vec())), Err(Refusal::NothingChanges));
}

#[test]
fn a_rewritten_day_matches_blocks_by_start_then_name_then_order() {
    let entries = vec![
        entry(hm(9, 5), Some(hm(9, 30)), "standup"),
        entry(hm(9, 30), Some(hm(10, 0)), "design doc"),
        entry(hm(10, 0), Some(hm(10, 30)), "1:1"),
        entry(hm(11, 0), None, "sync"),
    ];
    let change = apply(&morning(), &rewrite(entries)).unwrap();
    let ids: Vec<_> = change.put.iter().map(|block| block.id.0.as_u128() < 1_000).collect();
    assert_eq!((ids, change.removed.len()), (vec![true, true, false], 0), "two are mended, one is new");
    let without = rewrite(vec![entry(hm(9, 30), Some(hm(10, 30)), "doc"), entry(hm(11, 0), None, "sync")]);
    assert_eq!(becomes(&morning(), &without), "09:30-10:30 doc, 11:00-… sync");
    let crossed = rewrite(vec![entry(hm(9, 0), Some(hm(9, 40)), "a"), entry(hm(9, 30), Some(hm(10, 0)), "b")]);
    assert_eq!(apply(&morning(), &crossed), Err(Refusal::EntryOrder { index: 0 }));
}

#[test]
fn catching_up_replaces_the_block_that_was_thought_to_run() {
    let entries = vec![entry(hm(11, 0), Some(hm(11, 20)), "sync"), entry(hm(11, 20), None, "interview")];
    let edit = Edit::CatchUp { since: hm(11, 0), entries };
    assert!(becomes(&morning(), &edit).ends_with("11:00-11:20 sync, 11:20-… interview"));
}

/// An edit at random times around a day; most of them are refused, as life goes.
fn any_edit() -> impl Strategy<Value = Edit> {
    // Most times are whole minutes, as typed; some have seconds, as logged.
    // Some are typed in Tokyo.
    let tokyo = chrono::FixedOffset::east_opt(9 * 3_600).unwrap();
    let time = move || {
        (0_i64..1_800, prop_oneof![3 => Just(0_i64), 1 => 0_i64..60], prop::bool::weighted(0.2)).prop_map(
            move |(minute, second, abroad)| {
                let at = at(minute) + TimeDelta::seconds(second);
                if abroad { at.with_timezone(&tokyo) } else { at }
            },
        )
    };
    let kind = || prop::sample::select(Kind::ALL.to_vec());
    let clash = || prop::sample::select(vec![Clash::Refuse, Clash::Trim, Clash::Fit]);
    let border = prop::sample::select(vec![Border::Shared, Border::Alone]);
    let doing = || (kind(), "[a-d]").prop_map(|(kind, activity)| doing(kind, &activity));
    let id = || (0_u128..1_200).prop_map(|n| Id(Uuid::from_u128(n)));
    let maybe = || prop::option::of(time());
    let minutes = |most: i64| (1..most).prop_map(TimeDelta::minutes);
    let entries = prop::collection::vec((0_i64..60, 1_i64..90, doing()), 1..4);
    let day = (0_i64..3).prop_map(|day| (at(day * 1_440 + 240), at(day * 1_440 + 1_680)));
    prop_oneof![
        (doing(), time(), clash()).prop_map(|(doing, at, clash)| Edit::Start { doing, at, clash }),
        (doing(), time(), minutes(1_500), clash()).prop_map(|(doing, start, long, clash)| Edit::Add {
            doing,
            start,
            end: start + long,
            clash
        }),
        time().prop_map(|at| Edit::Stop { at }),
        time().prop_map(|at| Edit::Back { at }),
        (id(), maybe(), maybe(), prop::option::of(kind()), border).prop_map(|(id, start, end, kind, border)| {
            Edit::Mend { id, mend: Mend { start, end, kind, ..Mend::default() }, border }
        }),
        (id(), 0.0_f64..1.0).prop_map(|(id, part)| Edit::Split { id, at: SplitAt::Part(part) }),
        id().prop_map(|id| Edit::Remove { id }),
        day.clone().prop_map(|(from, until)| Edit::Confirm { from, until }),
        day.prop_map(|day| Edit::DaysOff { days: vec![day], why: Text::activity("holiday").unwrap() }),
        (time(), entries.clone())
            .prop_map(|(since, entries)| Edit::CatchUp { since, entries: in_a_row(since, entries) }),
        (time(), entries).prop_map(|(from, entries)| rewrite(in_a_row(from, entries))),
    ]
}

/// Lays entries one after another: so many minutes later, so many minutes long.
fn in_a_row(from: Lived, entries: Vec<(i64, i64, Doing)>) -> Vec<Entry> {
    let mut from = from;
    let lay = |(later, long, doing): (i64, i64, Doing)| {
        let start = from + TimeDelta::minutes(later);
        from = start + TimeDelta::minutes(long);
        Entry { start, end: Some(from), doing }
    };
    entries.into_iter().map(lay).collect()
}

fn played(edits: &[(Edit, i64)]) -> Vec<Ledger> {
    let mut ledgers = vec![Ledger::new(vec![], at(0).to_utc())];
    let mut ids = 0;
    let mut minute = 0;
    for (edit, passed) in edits {
        minute += passed;
        let ledger = Ledger::new(ledgers.last().unwrap().blocks().to_vec(), at(minute).to_utc());
        let mut new_id = || {
            ids += 1;
            Id(Uuid::from_u128(ids))
        };
        let mut hand = Hand { zone: &Zone::utc(), new_id: &mut new_id };
        if let Ok(change) = ledger.apply(edit, &mut hand) {
            let days_off = |ledger: &Ledger| ledger.blocks().iter().filter(|block| block.is_day_off()).count();
            let after = ledger.after(&change);
            let only_days_off_take_days_off =
                days_off(&after) <= days_off(&ledger) || matches!(edit, Edit::DaysOff { .. });
            assert!(only_days_off_take_days_off, "{edit:?}");
            // A block that began in one place and ended in another may be cut in either.
            let moved = |block: &&Block| {
                let was = ledger.get(block.id);
                was.is_some_and(|was| {
                    [Some(was.start), was.end].into_iter().flatten().all(|at| at.offset() != block.start.offset())
                })
            };
            assert!(
                matches!(edit, Edit::Rewrite { .. } | Edit::CatchUp { .. })
                    || !change.put.iter().any(|block| moved(&block)),
                "what is left of a block stays where it was lived: {edit:?}"
            );
            ledgers.push(after);
        }
    }
    ledgers
}

/// Returns what counts of whom and from when to when; time off counts nowhere.
fn counted(ledger: &Ledger) -> Vec<(Id, Lived, Lived)> {
    let stretches = ledger.stretches().into_iter().filter(|stretch| stretch.block.kind != Kind::Off);
    stretches.map(|stretch| (stretch.block.id, stretch.start, stretch.end)).collect()
}

#[test]
fn of_two_that_ran_at_once_the_earlier_is_confirmed_to_end_where_the_later_began() {
    let together = Ledger::new(
        vec![
            block(1, hm(8, 0), Some(hm(9, 30)), "mail, on a third device"),
            block(2, hm(9, 0), None, "staff sync"),
            block(3, hm(10, 15), None, "design doc"),
        ],
        hm(12, 0).to_utc(),
    );
    let confirm = |from, until| Edit::Confirm { from, until };
    let drawn = becomes(&together, &confirm(hm(4, 0), hm(28, 0)));
    assert_eq!(drawn, "08:00-09:30 mail, on a third device, 09:00-10:15 staff sync, 10:15-… design doc");
    assert_eq!(apply(&together, &confirm(hm(10, 15), hm(28, 0))), Err(Refusal::NothingToConfirm));
    assert_eq!(apply(&together, &confirm(hm(4, 0), hm(9, 0))), Err(Refusal::NothingToConfirm));
    assert_eq!(apply(&morning(), &confirm(hm(4, 0), hm(28, 0))), Err(Refusal::NothingToConfirm));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_edits_makes_a_negative_or_a_double_counted_second(
        edits in prop::collection::vec((any_edit(), 0_i64..90), 1..40)
    ) {
        for ledger in played(&edits) {
            let stretches = ledger.stretches();
            prop_assert!(stretches.iter().all(|stretch| stretch.length() > TimeDelta::zero()));
            prop_assert!(stretches.is_sorted_by(|a, b| a.end <= b.start));
            let whole = ledger.blocks().iter().filter(|block| !block.is_day_off()).filter_map(|block| match ledger.ends(block) {
                Ends::At(end) => Some(end - block.start),
                Ends::Running => Some(ledger.now().fixed_offset() - block.start),
                Ends::Forgotten => None,
            });
            let counted: TimeDelta = stretches.iter().map(Stretch::length).sum();
            prop_assert_eq!(counted, whole.sum::<TimeDelta>(), "one device never makes an overlap");
            prop_assert!(ledger.blocks().iter().all(|block| check_span(block, ledger.now()).is_ok()));
            prop_assert!(ledger.blocks().iter().filter(|block| ledger.ends(block) == Ends::Running).count() <= 1);
        }
    }

    #[test]
    fn undoing_an_edit_is_allowed_and_leads_back(
        edits in prop::collection::vec((any_edit(), 0_i64..90), 1..20)
    ) {
        let ledgers = played(&edits);
        for (before, after) in ledgers.iter().zip(ledgers.iter().skip(1)) {
            let put: Vec<Block> = before.blocks().iter().filter(|block| !after.holds(block)).cloned().collect();
            let stays = |block: &&Block| before.holds(block);
            let kept = Ledger::new(after.blocks().iter().filter(stays).cloned().collect(), after.now());
            prop_assert_eq!(kept.room_for(&put, |_| false), Ok(()));
        }
    }

    #[test]
    fn overlaps_from_other_devices_are_never_counted_twice(
        spans in prop::collection::vec((0_i64..600, prop::option::of(-10_i64..400)), 1..12)
    ) {
        let blocks: Vec<Block> = spans.iter().enumerate()
            .map(|(id, &(start, long))| block(id as u128, at(start), long.map(|long| at(start + long)), "x"))
            .collect();
        let ledger = Ledger::new(blocks, at(700).to_utc());
        let stretches = ledger.stretches();
        prop_assert!(stretches.is_sorted_by(|a, b| a.end <= b.start));
        for minute in 0..700 {
            // By hand: of the blocks that cover this minute, the one that started last.
            let covers = |block: &&Block| block.start <= at(minute)
                && ledger.counted_until(block).is_some_and(|end| end > at(minute));
            let owner = ledger.blocks().iter().filter(covers).max_by_key(|block| (block.start, block.id));
            let counted = stretches.iter().find(|stretch| stretch.start <= at(minute) && at(minute) < stretch.end);
            prop_assert_eq!(owner.map(|block| block.id), counted.map(|stretch| stretch.block.id));
        }
    }

    /// Breakages it finds: the end of another block is written; none is.
    #[test]
    fn what_is_confirmed_changes_no_balance_and_is_assumed_no_more(
        spans in prop::collection::vec(
            (0_i64..4_000, prop::option::weighted(0.3, 1_i64..400), prop::sample::select(Kind::ALL.to_vec())), 1..12,
        )
    ) {
        let blocks: Vec<Block> = spans.iter().enumerate()
            .map(|(id, &(start, long, kind))| {
                Block { kind, ..block(id as u128, at(start), long.map(|long| at(start + long)), "x") }
            })
            .collect();
        let before = Ledger::new(blocks, at(4_000).to_utc());
        let ends = before.assumed().map(|assumed| (assumed.block.id, assumed.end())).collect::<Vec<_>>();
        let Ok(change) = apply(&before, &Edit::Confirm { from: at(-1), until: at(4_001) }) else {
            prop_assert!(ends.is_empty(), "what is assumed can be confirmed, whatever else there is");
            return Ok(());
        };
        let after = before.after(&change);
        prop_assert_eq!(after.assumed().count(), 0);
        for ((id, end), put) in ends.iter().zip(&change.put) {
            let is_long_break = put.kind == Kind::Off && *end - put.start >= super::super::block::WHOLE_DAY;
            prop_assert!(put.id == *id && (put.end == Some(*end) || is_long_break), "{:?}", put);
        }
        prop_assert_eq!((change.put.len(), change.removed.len()), (ends.len(), 0));
        prop_assert_eq!(counted(&before), counted(&after));
    }

    #[test]
    fn days_sum_to_what_was_counted(edits in prop::collection::vec((any_edit(), 0_i64..90), 1..30), start in 0_u32..24) {
        let calendar = Calendar::new(
            Zone::utc(), Arc::new(NoZones), NaiveTime::from_hms_opt(start, 0, 0).unwrap(), Weekday::Mon,
        );
        for ledger in played(&edits) {
            let days = Days::of(&ledger, &calendar);
            let by_day: Tally = days.with_time().map(|day| days.tally(day)).sum();
            let counted: Tally = ledger.stretches().iter()
                .map(|stretch| Tally::of(stretch.block.kind, stretch.length())).sum();
            prop_assert_eq!(by_day, counted);
        }
    }
}
