//! Each command, with something happening at each of its calls.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::room::Word;
use super::{Before, Room, dice};
use crate::journal::simulated::{Call, Errno, Fault};

/// What was there before, by the name of it.
fn journals() -> BTreeMap<&'static str, Room> {
    let new = Room::new();
    let used = Room::new();
    used.at(0).does(&[
        "add 8-9 mail --on \"2026-10-30\"",
        "add 8-9 standup +team",
        "add 9-10:30 \"design doc\" --kind c --note why",
        "spark read the RFC --for 30m",
        "baseline 70% as an engineer",
        "day --felt 4 --note \"good morning\"",
        "sample i",
        "now staff sync --at 11:00",
    ]);
    let stopped = used.copy();
    stopped.at(1).does(&["stop", "now mail", "undo"]);
    let torn = used.copy();
    let file = Room::month();
    let bytes = torn.disk.bytes(&file).unwrap();
    torn.disk.put(&file, &bytes[..bytes.len() - 40]);
    [("no journal", new), ("a block that runs", used), ("none that runs", stopped), ("a torn line", torn)].into()
}

/// Every command that changes the journal, in each way that it writes differently.
const COMMANDS: [&str; 32] = [
    "restore @2 --version 1",
    "check --repair",
    "now mail",
    "now mail --ago 20m",
    "create spec +platform --note why",
    "shape 1:1 lead",
    "consume mail",
    "was mail",
    "was mail --until 11:50",
    "back",
    "stop",
    "stop --ago 10m",
    "off lunch",
    "off 24 dec..1 jan holiday",
    "add 7-7:30 mail",
    "add 45m mail --fit",
    "add 8:30-9:30 mail --trim",
    "edit @2 threads +slack --kind s",
    "edit @2 --note \"\" --end 10:00",
    "edit 2026-10-30@8:00 --start \"2026-11-20 8:00\" --end \"2026-11-20 9:00\"",
    "split 9:00",
    "remove @2",
    "undo",
    "redo",
    "spark write a poem",
    "spark done 1",
    "spark drop 1",
    "baseline none",
    "baseline 50%",
    "day --felt 2",
    "day yesterday --note \"long day\"",
    "sample c",
];

/// Commands that only read.
const READING: [&str; 11] = [
    "history",
    "history 2026-11-24@9:00",
    "history --removed",
    "day",
    "week",
    "status",
    "trend --weeks all",
    "check",
    "export jsonl",
    "spark",
    "sample",
];

/// Returns what may go wrong at a call.
fn faults(call: &Call) -> Vec<Fault> {
    let mut faults = vec![Fault::Fails(Errno::Io), Fault::Fails(Errno::Interrupted)];
    if call.changes() {
        faults.extend([Errno::NoSpace, Errno::ReadOnly].map(Fault::Fails));
    }
    if let Call::Read(_) | Call::Write(..) = call {
        faults.push(Fault::Short);
    }
    if let Call::Write(..) = call {
        faults.push(Fault::ShortThenFails(Errno::NoSpace));
    }
    faults
}

/// In how many ways the power goes at each call.
const SEEDS: u64 = 4;

/// Catches: what neither the disk confirmed nor could be cut back said to be not saved.
#[test]
fn where_every_call_fails_from_one_on_nothing_is_said_that_is_not_so() {
    let mut wrong = Vec::new();
    for (name, journal) in journals() {
        for command in COMMANDS {
            let (before, journal) = (Before::of(&journal.at(30), command), journal.at(30));
            for number in 0.. {
                let room = journal.copy();
                room.disk.fails_from(number, Errno::ReadOnly);
                let answer = room.run(command);
                let was_reached = room.disk.take_calls().len() > number;
                room.disk.mend();
                let held = before.hold(&room, &answer);
                wrong.extend(held.err().map(|why| format!("{name}: {command}: from call {number} on: {why}")));
                if !was_reached {
                    break;
                }
            }
        }
    }
    none(&wrong);
}

/// Runs a command for each of its calls and each of the `faults` of that, in a room of its
/// own each time, and shows what came of it.
fn each(
    command: &str,
    journal: &Room,
    faults: impl Fn(&Call) -> Vec<Fault>,
    mut see: impl FnMut(&Room, &super::Answer, &str),
) {
    let calls = {
        let perfect = journal.copy();
        perfect.run(command);
        perfect.disk.take_calls()
    };
    for (number, call) in calls.iter().enumerate() {
        for fault in faults(call) {
            let room = journal.copy();
            room.disk.at_call(number, fault);
            let answer = room.run(command);
            room.disk.mend();
            see(&room, &answer, &format!("{command}: {fault:?} at call {number}, {call:?}"));
        }
    }
}

/// Catches: a cut-back left out, a sync left out or called good after it failed, an error
/// of the disk that is passed over, a command that takes what it could not read for nothing.
#[test]
fn whatever_call_fails_nothing_is_lost_and_nothing_is_said_that_is_not_so() {
    let mut wrong = Vec::new();
    for (name, journal) in journals() {
        for command in COMMANDS {
            let (before, mut once) = (Before::of(&journal.at(30), command), Once::default());
            each(command, &journal.at(30), faults, |room, answer, what| {
                // The power goes after the last word.
                let after = room.with(room.disk.after_power_cut(&mut dice(7)));
                let (word, look) = (answer.word(), |found: &Room| before.hold(found, answer));
                let held = once.more((room, word), look).and_then(|()| once.more((&after, word), look));
                let held = held.and_then(|()| once.more((&after, Word::Next), goes_on));
                let held = held.and_then(|()| once.more((room, Word::Next), |room| goes_on_and_lasts(room, &before)));
                wrong.extend(held.err().map(|why| format!("{name}: {what}: {why}")));
            });
        }
    }
    none(&wrong);
}

/// Nothing was found wrong.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} times, first:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
}

/// What was found on disks that were looked at: most crashes leave one of few.
#[derive(Default)]
struct Once(HashMap<(Files, Word), Result<(), String>>);

/// What every file holds.
type Files = BTreeMap<PathBuf, Vec<u8>>;

impl Once {
    /// Looks at a disk after such a word, unless one like it was looked at before.
    fn more(
        &mut self,
        (room, word): (&Room, Word),
        look: impl FnOnce(&Room) -> Result<(), String>,
    ) -> Result<(), String> {
        self.0.entry((room.disk.files(), word)).or_insert_with(|| look(room)).clone()
    }
}

/// The next command works, and says what there is.
fn goes_on(room: &Room) -> Result<(), String> {
    let (room, next) = (room.copy().at(31), "add 6-6:30 next --kind c");
    let before = Before::of(&room, next);
    let answer = room.run(next);
    let held = if answer.is_done() { before.hold(&room, &answer) } else { Err(format!("{answer:?}")) };
    held.map_err(|why| format!("the next command: {why}"))
}

/// The next command works where the power stays, and what it acknowledges and what was
/// there before is there when the power goes then: also behind bytes that a failed sync
/// has lost.
fn goes_on_and_lasts(room: &Room, before: &Before) -> Result<(), String> {
    let room = room.copy().at(31);
    let (was, answer) = (room.view(), room.run("add 6-6:30 next --kind c"));
    let next = room.view().without(&was);
    for seed in 0..SEEDS {
        let after = room.with(room.disk.after_power_cut(&mut dice(seed))).view();
        let held = before.hold_lost_nothing(&after).and_then(|()| {
            let lost = || format!("acknowledged and lost: {}", after.beside(&next));
            if after.has_all_of(&next) { Ok(()) } else { Err(lost()) }
        });
        held.map_err(|why| format!("a power cut after the next command: {why}\nafter {answer:?}"))?;
    }
    Ok(())
}

/// Catches: an acknowledgement before the sync, a new file whose name was not synced, a
/// torn line that takes the next one with it.
#[test]
fn at_whatever_call_the_process_dies_or_the_power_goes_all_of_a_change_is_there_or_nothing() {
    let (mut crashes, mut wrong) = (0, Vec::new());
    for (name, journal) in journals() {
        for command in COMMANDS {
            let (before, mut once) = (Before::of(&journal.at(30), command), Once::default());
            each(
                command,
                &journal.at(30),
                |_| vec![Fault::Death],
                |room, _, what| {
                    let look = |found: &Room| before.hold_unsure(found);
                    for seed in 0..SEEDS {
                        let after = room.with(room.disk.after_power_cut(&mut dice(seed)));
                        let held = once.more((room, Word::None), look);
                        let held = held.and_then(|()| once.more((&after, Word::None), look));
                        let next = |after: &Room| if seed == 0 { goes_on(after) } else { Ok(()) };
                        let held = held.and_then(|()| once.more((&after, Word::Next), next));
                        wrong.extend(held.err().map(|why| format!("{name}: {what}: {why}")));
                        crashes += 1;
                    }
                },
            );
        }
    }
    none(&wrong);
    assert!(crashes >= 10_000, "{crashes} crashes are too few to rest on");
}

/// Catches: what cannot be read taken for what is not there.
#[test]
fn what_a_command_cannot_read_it_says() {
    let mut wrong = Vec::new();
    for (name, journal) in journals() {
        for command in READING {
            let perfect = journal.copy().at(30).run(command);
            each(command, &journal.at(30), faults, |_, answer, what| {
                let same = answer.is_done() && answer.printed == perfect.printed;
                if !same && !answer.tells_of_reading() {
                    wrong.push(format!("{name}: {what}: {answer:?}\nnot\n{perfect:?}"));
                }
            });
        }
    }
    none(&wrong);
}

/// A change of one month asks the disk to wait for it once, and not more often: that is
/// all that safety may cost. What it is the first of, has to be found again too.
#[test]
fn a_change_waits_for_the_disk_once() {
    let journal = &journals()["a block that runs"];
    for command in ["now mail", "stop", "edit @2 threads", "remove @2", "undo", "spark write a poem", "day --felt 2"] {
        let room = journal.at(30).copy();
        room.does(&[command]);
        let waits =
            room.disk.take_calls().into_iter().filter(|call| matches!(call, Call::Sync(_) | Call::SyncFolder(_)));
        assert_eq!(waits.count(), 1, "{command}");
    }
}
