//! The journal on the real file system, through its one door.
#![cfg(test)]

mod copies;
mod desk;
mod disk;
mod door;
mod files;
mod format;
mod histories;
mod kept;
mod lines;
mod taken_back;

use desk::{Desk, block};

/// Returns how many histories to make up: as many as `PROPTEST_CASES` says, else so many.
fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config {
        cases: asked.unwrap_or(usual),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
