//! `day`: the balance of a day.

use super::desk::Desk;
use super::picture::Pictures;
use super::shared::{self, Answer};
use crate::domain::balance;
use crate::failure::Failure;
use crate::{picture, report};

#[derive(clap::Args, Debug, Default)]
pub(super) struct Args {
    /// Which: yesterday, mon, 20 nov, 2026-11-20; today if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let date = shared::day(desk, &args.date)?;
    let today = date == desk.today();
    let reading = desk.read(&desk.whole_day(date))?;
    let day = balance::day(&reading.ledger, date, &desk.calendar, &desk.config.habits);
    let running = reading.ledger.running().filter(|_| today);
    if args.answer.json {
        return desk.out.json(&report::json::day(&day, &desk.as_of(&reading.ledger)));
    }
    if let Some(form) = args.pictures.form() {
        return args.pictures.write(desk, &reading, |paper| picture::day(&day, running, form, paper));
    }
    desk.out.rows(&report::day::rows(&day, running, &desk.look()))
}
