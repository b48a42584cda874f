//! `week`: the balance of a week.

use super::desk::Desk;
use super::picture::Pictures;
use super::shared::Answer;
use crate::domain::balance;
use crate::failure::Failure;
use crate::journal::Reach;
use crate::{picture, report};

#[derive(clap::Args, Debug, Default)]
pub(super) struct Args {
    /// Which: last week, w48, or any day of it; this week if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let this = desk.calendar.week_of(desk.today());
    let week = if args.date.is_empty() { this } else { desk.here().week(&args.date.join(" "))? };
    let reading = desk.read(&Reach { days: week.range(), now_too: week == this, back_until: None })?;
    let balance = balance::week(&reading.ledger, week, &desk.calendar, &desk.config.habits);
    if args.answer.json {
        return desk.out.json(&report::json::week(&balance, &desk.as_of(&reading.ledger)));
    }
    if let Some(form) = args.pictures.form() {
        return args.pictures.write(desk, &reading, |paper| picture::week(&balance, form, paper));
    }
    desk.out.rows(&report::week::rows(&balance, reading.ledger.running(), &desk.look()))
}
