//! Long stories: many commands in a row, with faults and power cuts among them.

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use super::room::Word;
use super::{Before, Room, dice};
use crate::journal::simulated::{Errno, Fault};

/// One command, what happens at one of its calls, and whether the power goes after it.
#[derive(Clone, Debug)]
struct Step {
    command: String,
    /// At which of its calls; where there are fewer, nothing happens.
    happens: Option<(usize, Fault)>,
    /// With which chance the disk is left by a power cut.
    power_cut: Option<u64>,
}

/// What a story knows of itself: how many minutes after noon it is.
#[derive(Debug)]
struct Plot;

impl ReferenceStateMachine for Plot {
    type State = u32;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<u32> {
        Just(0).boxed()
    }

    fn transitions(_: &u32) -> BoxedStrategy<Step> {
        let happens = prop::option::weighted(0.6, (0..60_usize, fault()));
        let power_cut = prop::option::weighted(0.4, any::<u64>());
        let step = |(command, happens, power_cut)| Step { command, happens, power_cut };
        (command(), happens, power_cut).prop_map(step).boxed()
    }

    fn apply(minute: u32, _: &Step) -> u32 {
        minute + 1
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    let errno = || prop_oneof![Just(Errno::Io), Just(Errno::NoSpace), Just(Errno::Interrupted), Just(Errno::ReadOnly)];
    prop_oneof![
        2 => errno().prop_map(Fault::Fails),
        1 => Just(Fault::Short),
        // A write that a signal interrupts after a part of it says how much was written.
        1 => prop_oneof![Just(Errno::Io), Just(Errno::NoSpace)].prop_map(Fault::ShortThenFails),
        2 => Just(Fault::Death),
    ]
}

/// Any command; that many are refused is a part of the story.
fn command() -> impl Strategy<Value = String> {
    let kind = || prop::sample::select(vec!["create", "shape", "consume"]);
    let minute = || 0..60_u32;
    prop_oneof![
        3 => (kind(), minute()).prop_map(|(kind, n)| format!("{kind} act {n}")),
        4 => (0..12_u32, minute()).prop_map(|(hour, n)| format!("add {hour}:{n:02}+10m act {n} --kind c --trim")),
        2 => (1..28_u32, minute()).prop_map(|(day, n)| format!("add 8:{n:02}+7m old --kind i --on 2026-10-{day:02} --fit")),
        1 => Just("stop".to_owned()),
        1 => Just("back".to_owned()),
        1 => Just("off lunch".to_owned()),
        1 => (24..29_u32).prop_map(|day| format!("off {day} nov..2 dec away")),
        1 => minute().prop_map(|n| format!("was act {n} --kind s")),
        3 => (1..5_u32, minute()).prop_map(|(which, n)| format!("edit @{which} act {n} +tag --note \"note {n}\"")),
        1 => (1..4_u32, 1..28_u32).prop_map(|(which, day)| {
            format!("edit @{which} --start \"2026-10-{day:02} 7:00\" --end \"2026-10-{day:02} 7:05\" --alone")
        }),
        1 => (1..5_u32).prop_map(|which| format!("split @{which}")),
        2 => (1..5_u32).prop_map(|which| format!("remove @{which}")),
        3 => Just("undo".to_owned()),
        2 => Just("redo".to_owned()),
        1 => minute().prop_map(|n| format!("spark idea {n}")),
        1 => prop::sample::select(vec!["spark done 1", "spark drop 1", "baseline none", "baseline 50%"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["sample c", "sample s", "sample i"]).prop_map(str::to_owned),
        1 => (1..6_u32).prop_map(|felt| format!("day --felt {felt} --note \"felt {felt}\"")),
    ]
}

/// A machine that lives through a story.
struct Machine;

impl StateMachineTest for Machine {
    type SystemUnderTest = Room;
    type Reference = Plot;

    fn init_test(_: &u32) -> Room {
        Room::new()
    }

    fn apply(room: Room, minute: &u32, step: Step) -> Room {
        let room = room.at(*minute);
        let before = Before::of(&room, &step.command);
        if let Some((number, fault)) = step.happens {
            room.disk.at_call(number, fault);
        }
        let answer = room.run(&step.command);
        let died = room.disk.mend();
        let held = |found: &Room| if died { before.hold_unsure(found) } else { before.hold(found, &answer) };
        held(&room).unwrap_or_else(|why| panic!("{step:?}: {why}"));
        let Some(seed) = step.power_cut else {
            // What nobody was sure of is settled before the next command: it was flushed.
            if died || answer.word() == Word::Unsure {
                room.disk.flush();
            }
            return room;
        };
        let room = room.with(room.disk.after_power_cut(&mut dice(seed)));
        held(&room).unwrap_or_else(|why| panic!("{step:?}, and a power cut: {why}"));
        room
    }
}

proptest_state_machine::prop_state_machine! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches: whatever the tests of single calls catch, where it takes more than one
    /// command to show: a torn line behind a torn line, an undo of what was cut back.
    #[test]
    fn a_story_of_any_commands_faults_and_power_cuts_loses_nothing_acknowledged(sequential 1..24 => Machine);
}
