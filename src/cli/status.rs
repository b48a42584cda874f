//! `status`: one line for a prompt or a status bar. Whatever happens, it exits 0: a
//! prompt must not break because a journal is away.

use std::process::ExitCode;

use super::desk::Desk;
use super::out::Out;
use super::shared::Answer;
use crate::domain::{DayBalance, Days, WeekBalance};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report::{self, Status, Words};
use crate::text::status_line::Host;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Print nothing; answer 0 if a block runs, 1 if none does
    #[arg(long, conflicts_with_all = ["json", "words"])]
    running: bool,
    /// Show what you wrote, too
    #[arg(long)]
    words: bool,
    /// Escaped for the program that shows it: tmux, waybar, starship, polybar
    #[arg(long = "for", value_name = "PROGRAM", value_parser = parse_host, conflicts_with_all = ["json", "running"])]
    host: Option<Host>,
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
    let today = desk.today();
    let reading = desk.silent.read(&Reach { days: today..=today, now_too: true, back_until: None })?;
    Ok(reading.ledger.running().is_some())
}

fn show(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let words = if args.words { Words::Shown } else { Words::Hidden };
    let today = desk.today();
    let week = desk.calendar.week_of(today);
    let reading = desk.silent.read(&Reach { days: week.range(), now_too: true, back_until: None })?;
    desk.tell_with(&reading, words);
    let days = Days::of(&reading.ledger, &desk.calendar);
    let (calendar, habits, here) = (&desk.calendar, &desk.config.habits, desk.here().now());
    let running = reading.ledger.running();
    let status = Status {
        running,
        device: running.and_then(|block| reading.ledger.elsewhere(block.id)),
        today: &DayBalance::of(&days, today, calendar, habits, here),
        week: &WeekBalance::of(&days, week, calendar, habits, here),
    };
    if args.answer.json {
        return desk.out.json(&report::json::status(&status, words, &desk.as_of(&reading.ledger)));
    }
    match args.host {
        Some(host) => desk.out.line(&report::bar::line(&status, &desk.look(), words, host)),
        None => desk.out.row(&report::status::row(&status, &desk.look(), words)),
    }
}

fn parse_host(typed: &str) -> Result<Host, String> {
    let known = Host::ALL.into_iter().find(|(name, _)| *name == typed);
    known.map(|(_, host)| host).ok_or_else(|| format!("try {}", Host::ALL.map(|(name, _)| name).join(", ")))
}
