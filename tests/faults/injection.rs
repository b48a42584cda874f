//! Every system call of every changing command, made to fail or to kill.
//!
//! First a command is run without faults, to see its calls; then once for each call and each
//! fault, from the same beginning. After each, the law:
//!
//! * exit code 0: the change is there;
//! * an error: nothing of it is there, unless the error says that it may be; it says what now;
//! * killed, or "may or may not be saved": it is there wholly or not at all. Of a change of two
//!   months killed between them, one may be there: then `check` tells, and no logged time is missing;
//! * what was acknowledged before is there, and the next command works.

use std::cell::Cell;
use std::collections::BTreeMap;

use libtest_mimic::Trial;

use super::need::{Need, test};
use super::scenes::{Homes, SCENES, Scene, quick};
use super::strace::{self, Call, Fault};
use super::tree::Tree;
use super::truth::{Truth, checked};
use super::{Answer, Desk};

pub(crate) fn tests() -> Vec<Trial> {
    let every_call = SCENES
        .iter()
        .map(|scene| test(format!("injection::every_call_of::{}", scene.name), Need::Strace, || every_call_of(*scene)));
    let others = [
        test("injection::a_change_waits_for_the_disk_once", Need::Strace, a_change_waits_for_the_disk_once),
        test("injection::a_failed_wait_is_not_repeated", Need::Strace, a_failed_wait_is_not_repeated),
    ];
    every_call.chain(others).collect()
}

/// The errors that a call is made to answer with.
fn errors(call: &Call) -> &'static [&'static str] {
    match call.name.as_str() {
        "openat" if call.changes() => &["ENOSPC", "EIO", "EROFS", "EINTR"],
        "write" | "writev" | "pwrite64" if call.prints() => &["EIO", "EINTR"],
        "write" | "writev" | "pwrite64" => &["ENOSPC", "EIO", "EDQUOT", "EINTR"],
        "fsync" | "fdatasync" => &["EIO", "ENOSPC", "EINTR"],
        "mkdir" | "mkdirat" => &["ENOSPC", "EROFS"],
        "flock" => &["ENOLCK", "EINTR"],
        "read" | "pread64" => &["EIO", "EINTR"],
        _ => &["EIO"],
    }
}

fn faults(call: &Call) -> impl Iterator<Item = Fault> {
    let kills = call.changes().then_some(Fault::Kill);
    errors(call).iter().map(|error| Fault::Error(error)).chain(kills)
}

/// What a scene looks like without faults.
struct Played {
    scene: Scene,
    desk: Desk,
    start: Tree,
    before: Truth,
    after: Truth,
    calls: Vec<Call>,
    /// Whether it was tried to go on from the start.
    went_on: Cell<bool>,
}

impl Played {
    fn of(scene: Scene) -> Self {
        let desk = scene.desk(quick());
        let (start, before) = (Tree::of(desk.home()), Truth::of(&desk));
        let (answer, calls) = strace::calls(&desk, scene.line);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        let after = Truth::of(&desk);
        assert_ne!(before, after, "tiltmeter {} changes something", scene.line);
        Self { scene, desk, start, before, after, calls, went_on: Cell::new(false) }
    }

    /// Runs the command with faults, and holds what came of it against the law; returns its calls.
    fn run(&self, faults: &[(&Call, Fault)]) -> Vec<Call> {
        self.start.put_back();
        let (answer, calls) = strace::with_faults(&self.desk, self.scene.line, faults);
        let found = Truth::of(&self.desk);
        if let Err(why) = self.is_lawful(&answer, &found) {
            panic!(
                "tiltmeter {}: {why}\nwith {faults:#?}\n{answer:#?}\nfound {found:#?}\nbefore {:#?}\nafter {:#?}",
                self.scene.line, self.before, self.after
            );
        }
        // What the disk holds as before needs to be tried only once.
        if self.start != Tree::of(self.desk.home()) || !self.went_on.replace(true) {
            self.goes_on(&found, faults);
        }
        calls
    }

    fn is_lawful(&self, answer: &Answer, found: &Truth) -> Result<(), &'static str> {
        let (is_before, is_after) = (*found == self.before, *found == self.after);
        let wholly_or_not = is_before || is_after || (self.scene.homes == Homes::Two && self.is_told_half(found));
        let Answer { code, printed, said } = answer;
        match code {
            Some(0) if is_before && printed == "nothing was changed\n" => Ok(()),
            Some(0) if !is_after => Err("it said that it was done, and it is not there"),
            None if !wholly_or_not => Err("it was killed, and a part is there"),
            Some(0) | None => Ok(()),
            Some(1 | 2) if !said.contains("\nhint: ") || said.contains("os error") => Err("it does not say what now"),
            Some(1 | 2) if !printed.is_empty() && !said.contains("cannot print") => {
                Err("it printed something, and failed")
            }
            Some(1 | 2) if said.contains("may or may not be saved") => {
                if wholly_or_not {
                    Ok(())
                } else {
                    Err("a part is there")
                }
            }
            Some(1 | 2) if said.contains("cannot print") => {
                if is_after {
                    Ok(())
                } else {
                    Err("it was done, and is not there")
                }
            }
            Some(1 | 2) => {
                if is_before {
                    Ok(())
                } else {
                    Err("it said that it was not done, and it is there")
                }
            }
            Some(_) => Err("it ended as no command should"),
        }
    }

    /// Whether a part of a change is there, told by `check`, with no logged time missing.
    fn is_told_half(&self, found: &Truth) -> bool {
        let half = checked(&self.desk.journal()).half.len() == 1;
        half && found.len() >= self.before.len().min(self.after.len())
    }

    /// The next command works, what was there stays, and no line is broken but a torn last one.
    fn goes_on(&self, found: &Truth, faults: &[(&Call, Fault)]) {
        let answer = self.desk.answer("add 5-5:30 afterwards --kind c");
        assert_eq!(answer.code, Some(0), "after {faults:#?}\n{answer:#?}");
        let now = Truth::of(&self.desk);
        assert!(now.has("afterwards") && now.without("afterwards") == *found, "after {faults:#?}\n{now:#?}");
        let checked = checked(&self.desk.journal());
        assert!(checked.notices.is_empty(), "after {faults:#?}\n{:#?}", checked.notices);
        assert!(checked.half.is_empty() || self.scene.homes == Homes::Two, "after {faults:#?}\n{:#?}", checked.half);
    }
}

/// Catches: a change that is said before it is written, what is left of a line that could not be
/// written, a lock that stays, a panic where a call fails.
fn every_call_of(scene: Scene) {
    let played = Played::of(scene);
    for call in &played.calls {
        for fault in faults(call) {
            let calls = played.run(&[(call, fault)]);
            // What is done to take it back may fail or be killed too.
            if fault == Fault::Error("EIO") && call.syncs() {
                let then = calls.iter().skip_while(|then| then.said != call.said).skip(1);
                for (call_then, fault_then) in then.flat_map(|then| faults(then).map(move |fault| (then, fault))) {
                    if !call_then.prints() && (call_then.name != call.name || fault_then == fault) {
                        played.run(&[(call, fault), (call_then, fault_then)]);
                    }
                }
            }
        }
    }
}

/// Safety costs nothing that can be felt. Catches: a second sync, and none.
fn a_change_waits_for_the_disk_once() {
    let usual = SCENES.iter().filter(|scene| {
        let is_new = ["first_", "_new_", "_older_"].iter().any(|word| scene.name.contains(word));
        scene.homes == Homes::One && !is_new
    });
    let waits = |scene: &Scene| {
        let calls = Played::of(*scene).calls;
        (scene.name, calls.iter().filter(|call| call.syncs()).count())
    };
    let waits: BTreeMap<_, _> = usual.map(waits).collect();
    assert!(waits.len() > 20 && waits.values().all(|times| *times == 1), "{waits:#?}");
}

/// After a sync has failed, the next one says that all is well, whatever is on the disk.
/// Catches: a sync that is tried again and believed.
fn a_failed_wait_is_not_repeated() {
    let scene = SCENES.iter().find(|scene| scene.name == "add").unwrap();
    let played = Played::of(*scene);
    let sync = played.calls.iter().find(|call| call.syncs()).unwrap();
    played.start.put_back();
    let (answer, calls) = strace::with_faults(&played.desk, scene.line, &[(sync, Fault::Error("EIO"))]);
    assert!(answer.said.starts_with("error: it may or may not be saved: "), "{answer:?}");
    let names: Vec<&str> = calls.iter().map(|call| call.name.as_str()).collect();
    let first = names.iter().position(|name| *name == sync.name).unwrap();
    let cut = names.iter().position(|name| *name == "ftruncate").unwrap();
    assert!(first < cut && !names[first + 1..cut].contains(&"fdatasync"), "{names:?}");
}
