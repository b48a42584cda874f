//! A storm of `kill -9`: several that write at once, each killed at any moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Trial;

use super::Desk;
use super::need::{Need, test};
use super::truth::{Truth, checked};

pub(crate) fn tests() -> Vec<Trial> {
    vec![test("storm::what_was_acknowledged_is_there_whoever_was_killed", Need::Nothing, storm)]
}

/// How often all are started and killed.
const ROUNDS: u64 = 12;
/// How many write at once.
const WRITERS: u64 = 4;
/// How long a round lasts at most.
const LONGEST: u64 = 120;

/// Catches: a change that is acknowledged before it is written, a line written in two parts, a
/// lock that outlives its process, two that append at once without it.
fn storm() {
    let mut desk = Desk::new();
    desk.at("23:00").does("add 4-4:01 before --kind c");
    let mut chance = Chance(20_261_124);
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let writers: Vec<Child> = (0..WRITERS).map(|writer| writer_of(&desk, round, writer)).collect();
        let mut ends: Vec<(Duration, Child)> =
            writers.into_iter().map(|child| (Duration::from_millis(chance.below(LONGEST)), child)).collect();
        ends.sort_by_key(|(after, _)| *after);
        let begun = Instant::now();
        for (after, child) in &mut ends {
            // The moment of a death is chance; nothing is waited for.
            thread::sleep(after.saturating_sub(begun.elapsed()));
            kill_all(child);
        }
        for (_, mut child) in ends {
            let mut printed = String::new();
            child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
            child.wait().unwrap();
            acknowledged.extend(printed.lines().filter_map(|line| line.strip_prefix("ok ")).map(str::to_owned));
        }
        // The lock is free, and the next command works.
        desk.does(&format!("add 22:{round:02}+1m calm{round} --kind c"));
        let there = Truth::of(&desk);
        let lost: Vec<_> = acknowledged.iter().filter(|name| !there.has(name)).collect();
        assert!(lost.is_empty(), "round {round}: acknowledged and not there: {lost:?}");
    }
    assert!(acknowledged.len() > 20, "too few were acknowledged: {}", acknowledged.len());
    let checked = checked(&desk.journal());
    assert!(checked.half.is_empty() && checked.overlaps.is_empty(), "{checked:#?}");
    let only_torn = checked.notices.iter().all(|notice| notice.to_string().contains("cannot be understood"));
    assert!(only_torn, "{:#?}", checked.notices);
    let text = fs::read_to_string(desk.month()).unwrap();
    let whole = text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
    assert!(whole >= acknowledged.len(), "a line is a change");
}

/// Returns a shell, the first of a group of its own, that says of each command that was done
/// `ok` and its activity.
fn writer_of(desk: &Desk, round: u64, writer: u64) -> Child {
    let program = desk.command("");
    let (first, minute) = (300 + writer * 240, round * 20);
    let script = format!(
        "n=0; while [ $n -lt 20 ]; do
           m=$(({first} + {minute} + n)); name=r{round}w{writer}n$n
           \"$0\" add $((m / 60)):$(printf %02d $((m % 60)))+1m $name --kind c >/dev/null 2>&1 && echo ok $name
           n=$((n + 1))
         done"
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(program.get_program()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(desk.home()).process_group(0);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Kills a shell and what it runs, as `kill -9` does.
fn kill_all(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    // It may have ended before.
    let _ = kill_process_group(group, Signal::KILL);
}

/// Chance that is the same in every run (Marsaglia, "Xorshift RNGs", 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
