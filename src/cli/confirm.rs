//! `confirm`: write down the ends that are assumed, where two blocks ran at once.

use chrono::{NaiveDate, TimeDelta};

use super::desk::Desk;
use super::shared;
use crate::domain::Edit;
use crate::failure::Failure;
use crate::journal::Reach;

/// Without a date, it is about so many days before today, and today.
const RECENT: TimeDelta = TimeDelta::days(7);

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Of which day: yesterday, mon, 2026-11-20; the last seven days if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let last = shared::day(desk, &args.date)?;
    let first = if args.date.is_empty() { recent(desk) } else { last };
    let from = desk.calendar.day_at_home_bounds(first).0;
    let until = desk.calendar.day_at_home_bounds(last).1;
    let reach = Reach { days: first..=last, now_too: true, back_until: None };
    desk.change(&reach, |_| Ok(Edit::Confirm { from, until }))
}

/// Returns what is to be typed to confirm what is assumed of a day.
pub(super) fn command(desk: &Desk<'_>, day: NaiveDate) -> String {
    if day >= recent(desk) { "tiltmeter confirm".to_owned() } else { format!("tiltmeter confirm {day}") }
}

fn recent(desk: &Desk<'_>) -> NaiveDate {
    desk.today().checked_sub_signed(RECENT).unwrap_or(NaiveDate::MIN)
}
