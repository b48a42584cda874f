//! `off`: a break from now on, or whole days.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::desk::Desk;
use super::now::{Said, Typed, log};
use super::shared::{self, Backdate, Ways};
use crate::domain::{Edit, Kind};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation::Toward;
use crate::text::Text;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// A day or days (24 dec..1 jan, tomorrow), then what for; without a day, from now on
    #[arg(value_name = "DATE..DATE WHY")]
    words: Vec<String>,
    #[command(flatten)]
    when: Backdate,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = args.when.said(desk)?;
    if at.is_none() {
        refuse_half_a_date(desk, &args.words)?;
    }
    match leading_days(desk, &args.words).filter(|_| at.is_none()) {
        Some((days, why)) => days_off(desk, &days, why),
        None => from_now_on(desk, args, at),
    }
}

/// Returns the days that the first words name, and the words after them.
fn leading_days<'a>(desk: &Desk<'_>, words: &'a [String]) -> Option<(RangeInclusive<NaiveDate>, &'a [String])> {
    (1..=words.len()).rev().find_map(|count| {
        let (date, why) = words.split_at_checked(count)?;
        let days = desk.here().dates(&date.join(" "), Toward::Future).ok()?;
        Some((days, why))
    })
}

/// Refuses words that begin as a date and are none: `30 feb` is no activity.
fn refuse_half_a_date(desk: &Desk<'_>, words: &[String]) -> Result<(), Failure> {
    let begins_as_date = words.first().is_some_and(|first| {
        let digits = first.starts_with(|c: char| c.is_ascii_digit());
        digits || first.contains("..") || matches!(first.to_lowercase().as_str(), "next" | "last" | "this" | "in")
    });
    if !begins_as_date || leading_days(desk, words).is_some() {
        return Ok(());
    }
    let date = words.get(..2).unwrap_or(words).join(" ");
    let error = desk.here().dates(&date, Toward::Future).err().map(Failure::from);
    Err(error
        .unwrap_or_else(|| Failure::refused("that is no day"))
        .hint("for a break of today: tiltmeter off @12-13 lunch"))
}

fn days_off(desk: &Desk<'_>, days: &RangeInclusive<NaiveDate>, why: &[String]) -> Result<(), Failure> {
    let why = if why.is_empty() { "day off".to_owned() } else { why.join(" ") };
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

fn from_now_on(desk: &Desk<'_>, args: &Args, at: Option<crate::domain::Lived>) -> Result<(), Failure> {
    let words = if args.words.is_empty() { "off".to_owned() } else { args.words.join(" ") };
    let mut line = desk.here().line(&words)?;
    let now = desk.here().now();
    let (start, end) = match line.when.take() {
        Some(when) => when.tell(shared::said_twice(desk)),
        None => (at.unwrap_or(now), None),
    };
    line.activity = line.activity.or_else(|| Text::activity("off").ok());
    log(desk, &Typed::new(line, None)?, Some(Kind::Off), &Said { start, end }, args.ways.clash())
}
