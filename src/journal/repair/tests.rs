//! A repair that is interrupted: the process dies, the power goes, any call fails. No line is
//! lost, and the next repair finishes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::disk::simulated::{Call, Errno, Fault, SimulatedDisk};
use super::*;
use crate::journal::Place;

const OWN: &str = "/journal/2026/2026-11.desk.jsonl";
const COPY: &str = "/journal/2026/2026-11.desk (conflicted copy).jsonl";
const MISPLACED: &str = "/journal/2025/2026-11.desk.jsonl";
const LEFT_OVER: &str = "/journal/2026/.2026-11.desk.jsonl.tmp";

fn line(number: u32, by: &str) -> String {
    format!(
        r#"{{"v":1,"change":"01936f00-0000-7000-8000-{number:012}","at":"2026-11-22T09:00:00.{number:03}Z","by":"{by}","does":"x","blocks":[]}}"#
    ) + "\n"
}

fn lines(numbers: &[u32]) -> String {
    numbers.iter().map(|number| line(*number, "desk")).collect()
}

/// A disk with everything on it that a repair mends.
fn damaged() -> SimulatedDisk {
    let disk = SimulatedDisk::new();
    let put = |path: &str, text: &str| disk.put(Path::new(path), text.as_bytes());
    put(OWN, &format!("{}nonsense\n{}{{\"torn", lines(&[1, 3]), lines(&[5])));
    put(COPY, &format!("{}damage\n", lines(&[1, 2, 4])));
    put(MISPLACED, &lines(&[3, 6]));
    put(LEFT_OVER, &lines(&[1, 3]));
    put("/journal/2026/2026-11.other (1).jsonl", &line(7, "other"));
    put("/journal/2026/2026-11.desk-9a1c.jsonl", &line(8, "desk-9a1c"));
    put("/journal/.git/HEAD", "ref");
    disk
}

fn journal(disk: &SimulatedDisk) -> Journal {
    let place = Place { journal: "/journal".into(), state: "/state".into(), device: "desk".to_owned() };
    Journal::on(Arc::new(disk.clone()), place)
}

/// Returns every line that a reader of the journal takes in.
fn read(disk: &SimulatedDisk) -> BTreeSet<String> {
    let is_read = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
    let files = disk.files().into_iter().filter(|(path, _)| is_read(path));
    let text = |(_, bytes): (PathBuf, Vec<u8>)| String::from_utf8(bytes).unwrap();
    files.flat_map(|file| text(file).lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Returns whether some file holds these bytes.
fn is_somewhere(disk: &SimulatedDisk, bytes: &[u8]) -> bool {
    disk.files().values().any(|held| memchr::memmem::find(held, bytes).is_some())
}

fn changes() -> BTreeSet<String> {
    let own = (1..7).map(|number| line(number, "desk"));
    own.chain([line(7, "other"), line(8, "desk-9a1c")]).map(|line| line.trim_end().to_owned()).collect()
}

/// Says that nothing is lost, and that one more repair finishes.
fn holds(disk: &SimulatedDisk, when: &str) {
    disk.mend();
    nothing_is_lost(disk, when);
    let mended = journal(disk).repair(None, |_| {}).unwrap();
    assert!(mended.not_done.is_empty(), "{when}: {mended:?}");
    nothing_is_lost(&disk.after_power_cut(&mut |_| 0), &format!("{when}, mended, then a power cut"));
    nothing_is_lost(&disk.after_power_cut(&mut |sides| sides - 1), &format!("{when}, mended, then a power cut"));
    finished(disk, when);
}

fn nothing_is_lost(disk: &SimulatedDisk, when: &str) {
    let here = read(disk);
    assert!(changes().is_subset(&here), "{when}: {:?} of\n{disk:#?}", changes().difference(&here).collect::<Vec<_>>());
    for bad in ["nonsense\n", "{\"torn", "damage\n"] {
        assert!(is_somewhere(disk, bad.as_bytes()), "{when}: {bad:?} is gone from\n{disk:#?}");
    }
}

fn finished(disk: &SimulatedDisk, when: &str) {
    assert_eq!(
        disk.bytes(Path::new(OWN)).map(|held| String::from_utf8(held).unwrap()),
        Some(lines(&[1, 2, 3, 4, 5, 6]))
    );
    let here: Vec<_> = disk.files().into_keys().filter(|path| path.starts_with("/journal")).collect();
    assert!(![COPY, MISPLACED, LEFT_OVER].iter().any(|path| here.contains(&PathBuf::from(path))), "{when}: {here:?}");
    let before = disk.files();
    assert_eq!(journal(disk).plan(None).unwrap().steps, [], "{when}");
    journal(disk).repair(None, |_| {}).unwrap();
    assert_eq!(disk.files(), before, "{when}: the second time it does nothing");
}

#[test]
fn everything_is_mended_and_each_step_is_told_before_and_after() {
    let disk = damaged();
    let planned = journal(&disk).plan(None).unwrap();
    let (mut first, mut done) = (None, Vec::new());
    let mended = journal(&disk).repair(None, |told| match told {
        Told::Plan(plan) => first = Some((plan.clone(), done.len())),
        Told::Done(step) => done.push(step.clone()),
        Told::NotDone(step, error) => panic!("{step:?}: {error}"),
    });
    assert_eq!(first, Some((planned.clone(), 0)));
    assert_eq!((&done, &mended.unwrap().done), (&planned.steps, &planned.steps));
    let others = PathBuf::from("/journal/2026/2026-11.other (1).jsonl");
    assert_eq!(planned.left, [Left::CopyOfOthers { file: others, device: "other".to_owned() }]);
    let damaged = disk.bytes(Path::new("/journal/2026/2026-11.desk.jsonl.damaged")).unwrap();
    assert_eq!(damaged, b"nonsense\n{\"torn\n");
    assert!(disk.bytes(Path::new("/journal/.gitattributes")).is_some());
    finished(&disk, "undisturbed");
}

/// A dry run and a check write nothing.
#[test]
fn a_plan_makes_no_call_that_changes_anything() {
    let disk = damaged();
    disk.take_calls();
    journal(&disk).plan(None).unwrap();
    assert!(disk.take_calls().iter().all(|call| !call.changes()));
}

/// Catches: a file that is renamed before it is synced; bad lines that are dropped, or kept
/// after they are taken out; a copy that is put away before its lines are in the file.
#[test]
fn wherever_a_repair_is_interrupted_no_line_is_lost_and_the_next_one_finishes() {
    let disk = damaged();
    disk.take_calls();
    journal(&disk).repair(None, |_| {}).unwrap();
    let calls = disk.take_calls();
    for (at, call) in calls.iter().enumerate() {
        let fails = [Fault::Fails(Errno::NoSpace)];
        let in_part = [Fault::Short, Fault::ShortThenFails(Errno::NoSpace)];
        let in_part = in_part.into_iter().filter(|_| matches!(call, Call::Write(..) | Call::Read(_)));
        for fault in fails.into_iter().chain(in_part).chain([Fault::Death]) {
            let disk = damaged();
            one_fault(&disk, at, fault);
            let _ = journal(&disk).repair(None, |_| {});
            let when = format!("{fault:?} at {at}, {call:?}");
            for seed in 0..2 {
                let mut dice = dice(seed * 1_000 + at);
                holds(&disk.after_power_cut(&mut dice), &format!("{when}, then a power cut ({seed})"));
            }
            holds(&disk.copy(), &when);
        }
    }
}

fn one_fault(disk: &SimulatedDisk, at: usize, fault: Fault) {
    let count = AtomicUsize::new(0);
    disk.plan(move |_, _| {
        let now = count.fetch_add(1, Ordering::Relaxed);
        (now == at).then_some(fault)
    });
}

/// A small generator, so that a failure comes again.
fn dice(seed: usize) -> impl FnMut(usize) -> usize {
    let mut state = seed as u64 ^ 0x9e37_79b9_7f4a_7c15;
    move |sides| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % sides.max(1)
    }
}

/// A sync service knows no lock: what it writes meanwhile must not be overwritten.
#[test]
fn a_file_that_changes_while_it_is_repaired_is_left_as_it_is_then() {
    let disk = damaged();
    let mut done = false;
    disk.plan(move |world, call| {
        if matches!(call, Call::Sync(path) if path.extension().is_some_and(|ending| ending == "tmp")) && !done {
            done = true;
            world.append(Path::new(OWN), line(9, "desk").as_bytes());
        }
        None
    });
    let mended = journal(&disk).repair(None, |_| {}).unwrap();
    disk.mend();
    assert_eq!(mended.not_done.len(), 1);
    assert!(is_somewhere(&disk, line(9, "desk").trim_end().as_bytes()));
}
