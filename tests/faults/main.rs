#![cfg(test)]
#![cfg_attr(not(target_os = "linux"), allow(dead_code, unused_imports, reason = "much of it is for Linux"))]
//! The real binary under real faults: system calls that fail or kill, disks that are full or
//! read-only, limits, `kill -9`, and power cuts.
//!
//! Most of it needs a tool or a right that not every machine has. Such tests are run only where
//! they are asked for (`cargo test --test faults -- --include-ignored`); one that finds that it
//! cannot be run here says why, and is counted as left out.

#[path = "../commands/desk.rs"]
#[allow(dead_code, reason = "the tests of commands use all of it")]
mod desk;
#[cfg(target_os = "linux")]
mod full;
#[cfg(target_os = "linux")]
mod injection;
#[cfg(unix)]
mod limit;
#[cfg(target_os = "linux")]
mod mounts;
mod need;
#[cfg(target_os = "linux")]
mod power_cut;
#[cfg(target_os = "linux")]
mod read_only;
mod scenes;
#[cfg(unix)]
mod storm;
#[cfg(target_os = "linux")]
mod strace;
mod tree;
mod truth;

use std::io::Write as _;
use std::process::ExitCode;

use libtest_mimic::Arguments;

use desk::{Answer, Desk};

fn main() -> ExitCode {
    let mut tests = Vec::new();
    #[cfg(unix)]
    tests.extend([limit::tests(), storm::tests()].into_iter().flatten());
    #[cfg(target_os = "linux")]
    tests.extend([injection::tests(), full::tests(), read_only::tests(), power_cut::tests()].into_iter().flatten());
    let conclusion = libtest_mimic::run(&Arguments::from_args(), tests);
    if conclusion.num_ignored > 0 {
        let left_out = conclusion.num_ignored;
        writeln!(std::io::stdout(), "left out: {left_out}, for want of a tool or a right, or of being asked for")
            .unwrap();
    }
    conclusion.exit_code()
}
