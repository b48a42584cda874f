//! `status`: one line for a prompt or a status bar. Whatever happens, it exits 0: a
//! prompt must not break because a journal is away.

use std::ops::RangeInclusive;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::desk::Desk;
use super::out::Out;
use super::shared::Answer;
use crate::domain::{DayBalance, Days, WeekBalance, balance};
use crate::failure::Failure;
use crate::journal::{Reach, Reading};
use crate::report::{self, Words};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Print nothing; answer 0 if a block runs, 1 if none does
    #[arg(long, conflicts_with_all = ["json", "words"])]
    running: bool,
    /// Show what you wrote, too
    #[arg(long)]
    words: bool,
    #[command(flatten)]
    answer: Answer,
}

/// Shows the status at the desk that `open` makes.
pub(super) fn run<'a>(open: impl FnOnce() -> Result<Desk<'a>, Failure>, args: &Args, out: &Out) -> ExitCode {
    if args.running {
        return if open().and_then(|desk| runs(&desk)).unwrap_or(false) {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        };
    }
    if let Err(failure) = open().and_then(|desk| show(&desk, args)) {
        out.failure(&failure);
    }
    ExitCode::SUCCESS
}

fn runs(desk: &Desk<'_>) -> Result<bool, Failure> {
    let reading = desk.read_in_silence(&around_now(desk.today()..=desk.today()))?;
    Ok(reading.ledger.running().is_some())
}

fn around_now(days: RangeInclusive<NaiveDate>) -> Reach<'static> {
    Reach { days, now_too: true, back_until: None }
}

fn read(desk: &Desk<'_>, days: RangeInclusive<NaiveDate>, words: Words) -> Result<Reading, Failure> {
    let reading = desk.read_in_silence(&around_now(days))?;
    desk.tell_with(&reading, words);
    Ok(reading)
}

fn show(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let words = if args.words { Words::Shown } else { Words::Hidden };
    if args.answer.json {
        return show_json(desk, words);
    }
    let today = desk.today();
    let reading = read(desk, today..=today, words)?;
    let day = balance::day(&reading.ledger, today, &desk.calendar, &desk.config.habits);
    desk.out.row(&report::status::row(&day, None, reading.ledger.running(), &desk.look(), words))
}

fn show_json(desk: &Desk<'_>, words: Words) -> Result<(), Failure> {
    let today = desk.today();
    let week = desk.calendar.week_of(today);
    let reading = read(desk, week.range(), words)?;
    let days = Days::of(&reading.ledger, &desk.calendar);
    let (calendar, habits, here) = (&desk.calendar, &desk.config.habits, desk.here().now());
    let status = report::json::Status {
        running: reading.ledger.running(),
        today: &DayBalance::of(&days, today, calendar, habits, here),
        week: &WeekBalance::of(&days, week, calendar, habits, here),
    };
    desk.out.json(&report::json::status(&status, words, &desk.reading(&reading.ledger)))
}
