//! `week`: the balance of a week.

use super::desk::Desk;
use super::shared::Answer;
use crate::domain::balance;
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report::{self, json};

#[derive(clap::Args, Debug, Default)]
pub(super) struct Args {
    /// Which: last week, w48, or any day of it; this week if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let this = desk.calendar.week_of(desk.today());
    let week = if args.date.is_empty() { this } else { desk.here().week(&args.date.join(" "))? };
    let reading = desk.read(&Reach { days: week.range(), now_too: week == this, back_until: None })?;
    let balance = balance::week(&reading.ledger, week, &desk.calendar, &desk.config.habits);
    if args.answer.json {
        let reading = json::Reading { thoughts: &reading.reflections, ..desk.as_of(&reading.ledger) };
        return desk.out.json(&json::week(&balance, &reading));
    }
    desk.out.rows(&report::week::rows(&balance, reading.ledger.running(), &desk.look()))
}
