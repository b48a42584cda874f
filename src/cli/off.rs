//! `off`: a break from now on, or whole days.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::desk::Desk;
use super::now::{Said, Typed, log};
use super::shared::{self, Backdate, Ways};
use crate::domain::{Clash, Edit, Kind};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation::{NotUnderstood, Toward};
use crate::report::words;
use crate::text::Text;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// A day or days (24 dec..1 jan, tomorrow, next week), then what for; without a day, from now on
    #[arg(value_name = "DATE..DATE WHY")]
    words: Vec<String>,
    #[command(flatten)]
    when: Backdate,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = args.when.said(desk)?;
    match leading_days(desk, &args.words)? {
        Some(_) if at.is_some() || args.ways.clash() != Clash::Refuse => {
            Err(Failure::refused("a whole day off takes no --at, --ago, --trim or --fit")
                .hint("for a break of today: tiltmeter off lunch --at 12:00"))
        }
        Some((days, why)) => days_off(desk, &days, why),
        None => break_from(desk, args, at),
    }
}

type Days<'a> = (RangeInclusive<NaiveDate>, &'a [String]);

/// Returns the days that the first words name, and the words after them; `None` where
/// they name none. What was meant as days and is none is refused.
fn leading_days<'a>(desk: &Desk<'_>, words: &'a [String]) -> Result<Option<Days<'a>>, Failure> {
    for count in (1..=words.len()).rev() {
        let Some((date, why)) = words.split_at_checked(count) else { continue };
        match dates(desk, &date.join(" ")) {
            Ok(_) if why.first().is_some_and(|word| goes_on(word)) => break,
            Ok(days) => return Ok(Some((days, why))),
            Err(error) if error.due().is_none() => return Err(error.into()),
            Err(_) => {}
        }
    }
    if !words.iter().enumerate().any(|(index, word)| meant_as_date(index, word, words)) {
        return Ok(None);
    }
    let failure = dates(desk, &words.join(" ")).map_or_else(Failure::from, |_| Failure::refused("that is no day"));
    Err(failure.hint("for a break of today: tiltmeter off lunch, or off @12-13 lunch"))
}

fn dates(desk: &Desk<'_>, typed: &str) -> Result<RangeInclusive<NaiveDate>, NotUnderstood> {
    if matches!(typed, "this week" | "next week") {
        return Ok(desk.here().week(typed)?.range());
    }
    desk.here().dates(typed, Toward::Future)
}

/// Whether a word after a day says that more of it was meant: `24 dec - 1 jna`.
fn goes_on(word: &str) -> bool {
    matches!(word, "-" | "–" | "to") || word.starts_with("..")
}

/// Whether a word stands where only a date would: `30 feb`, `2026-11-31`, `24 dez..1 jan`.
/// `15m` and `1:1` are the beginnings of reasons, and so are dots that end a word.
fn meant_as_date(index: usize, word: &str, words: &[String]) -> bool {
    let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/'));
    let first = index == 0 && word.starts_with(|c: char| c.is_ascii_digit()) && digits(word);
    first || goes_on(word) && index > 0 && words.len() > 2 || word.contains("..") && !word.ends_with("...")
}

fn days_off(desk: &Desk<'_>, days: &RangeInclusive<NaiveDate>, why: &[String]) -> Result<(), Failure> {
    let why = if why.is_empty() { words::DAY_OFF.to_owned() } else { why.join(" ") };
    let why = Text::activity(&why).map_err(|error| shared::not_text("what it is for", error))?;
    let all: Vec<NaiveDate> = days.start().iter_days().take_while(|day| day <= days.end()).collect();
    let works = |day: &&NaiveDate| desk.config.habits.expected(day.weekday()) > TimeDelta::zero();
    let workdays: Vec<NaiveDate> = all.iter().filter(works).copied().collect();
    // A weekend is free as it is, unless it is all that was asked for.
    let taken = if workdays.is_empty() { all } else { workdays };
    let days_taken = taken.iter().map(|&day| desk.calendar.day_at_home_bounds(day)).collect();
    let reach = Reach { days: days.clone(), now_too: false, back_until: None };
    desk.change(&reach, |_| Ok(Edit::DaysOff { days: days_taken, why }))
}

fn break_from(desk: &Desk<'_>, args: &Args, at: Option<crate::domain::Lived>) -> Result<(), Failure> {
    let words = if args.words.is_empty() { "off".to_owned() } else { args.words.join(" ") };
    let mut line = desk.here().line(&words)?;
    let said = Said::from(desk, line.when.take(), at)?;
    line.activity = line.activity.or_else(|| Text::activity("off").ok());
    log(desk, &Typed::new(line, None)?, Some(Kind::Off), &said, args.ways.clash())
}
