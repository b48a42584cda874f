//! The `--json` of every reading command: one document on one line.
//!
//! docs/json.md documents every field, and a test keeps its examples true. The rules
//! of all reports: lengths are whole seconds and their names say so; times are RFC 3339
//! with the offset of the place; a share is a part of 1; a field that has nothing to
//! say is null, not absent. Fields may be added within version 1, none changes its
//! meaning.

mod asked;
mod balance;
mod check;
mod config;
mod history;
mod kept;
mod shape;
mod status;
mod trend;
mod week;

pub use asked::{Asked, sample};
pub use balance::day;
pub use check::{Finding, Read, Repair, check};
pub use config::{Setting, config};
pub use history::{Besides, Change, Stage, Version, history};
pub use kept::{baseline, spark, target};
pub use status::status;
pub use trend::trend;
pub use week::week;

use crate::domain::{Ledger, Lens, Lived, Reflection, Sample};

/// The version of the reports: what a script may rely on.
pub const VERSION: u32 = 1;

/// As of when a balance is read, and by what measure.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Now, at home.
    pub now: Lived,
    /// Whether the target is ours and not the user's.
    pub target_is_a_guess: bool,
    /// Whether shaping counts as creation.
    pub lens: Lens,
    /// The ledger that was read; its forgotten blocks are told in every report.
    pub ledger: &'a Ledger,
    /// What was thought of the days that it is about.
    pub thoughts: &'a [Reflection],
    /// What was answered on them at random moments.
    pub samples: &'a [Sample],
}
