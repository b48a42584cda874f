//! `status`.

use serde::Serialize;

use super::balance::{day_balance, forgotten, week_balance};
use super::shape::{self, Balance, Stretch};
use super::{Reading, VERSION};
use crate::domain::Block;
use crate::report::{Status, Words};
use crate::text;

#[derive(Serialize)]
struct StatusReport<'a> {
    tiltmeter: u32,
    report: &'static str,
    now: String,
    forgotten: Vec<Stretch<'a>>,
    running: Option<Stretch<'a>>,
    day: String,
    today: Balance,
    week: Balance,
}

/// Returns `status --json`.
pub fn status(status: &Status<'_>, words: Words, reading: &Reading<'_>) -> String {
    text::json::line(&StatusReport {
        tiltmeter: VERSION,
        report: "status",
        now: shape::time(reading.now),
        forgotten: forgotten(reading).into_iter().map(|stretch| shown(stretch, words)).collect(),
        running: status.running.map(|block| shown(running(block, reading).started_on(status.device), words)),
        day: shape::date(status.today.day),
        today: day_balance(status.today, reading),
        week: week_balance(status.week, reading),
    })
}

/// Returns the running block, up to now.
fn running<'a>(block: &'a Block, reading: &Reading<'_>) -> Stretch<'a> {
    let seconds = (reading.now - block.start).num_seconds().max(0);
    Stretch { seconds: Some(seconds), running: true, ..Stretch::of_block(block) }
}

fn shown(stretch: Stretch<'_>, words: Words) -> Stretch<'_> {
    match words {
        Words::Shown => stretch,
        Words::Hidden => stretch.without_words(),
    }
}
