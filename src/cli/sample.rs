//! `sample`: what it was at a random moment, and what all the answers tell.

use chrono::{NaiveDate, TimeDelta};

use super::desk::Desk;
use super::shared::{self, Answer};
use crate::beam::Row;
use crate::domain::{Answers, Kept, Kind, Nudge};
use crate::failure::Failure;
use crate::journal::{Reach, Reading};
use crate::report::json::{self, Asked};
use crate::report::{asked, kept};

/// The longest that is looked back.
const FOUR_WEEKS: TimeDelta = TimeDelta::days(27);

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// What it was when you were asked just now: creating, shaping, consuming, off, or c, s, i, o.
    /// Without it, what all your answers tell
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    match shared::kind(args.kind.as_deref())? {
        Some(_) if args.answer.json => {
            Err(Failure::refused("--json shows the answers, and gives none").hint("tiltmeter sample --json"))
        }
        Some(kind) => answer(desk, kind),
        None => show(desk, args),
    }
}

fn answer(desk: &Desk<'_>, kind: Kind) -> Result<(), Failure> {
    let reading = desk.read(&desk.whole_day(desk.today()))?;
    let Some(Nudge::Sample { day, at }) = desk.question(&reading) else { return Err(desk.not_asked()) };
    let sample = desk.silent.answer(day, at, kind)?;
    let mut row = kept::row(&Kept::Sample(sample), "", &desk.look());
    row.trim_end();
    desk.out.row(&row)
}

fn show(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let today = desk.today();
    let since = today.checked_sub_signed(FOUR_WEEKS).unwrap_or(NaiveDate::MIN);
    let reading = desk.read(&Reach { days: since..=today, now_too: false, back_until: None })?;
    let asked = asked(desk, &reading);
    if args.answer.json {
        return desk.out.json(&json::sample(&asked, desk.config.habits.lens, desk.here().now()));
    }
    if asked.every.is_none() && asked.four_weeks.is_empty() {
        return Err(desk.not_asked());
    }
    desk.out.rows(&rows(desk, &asked))
}

fn asked(desk: &Desk<'_>, reading: &Reading) -> Asked {
    let today = desk.today();
    let week = desk.calendar.week_of(today).range();
    let on = |wanted: &dyn Fn(NaiveDate) -> bool| Answers::of(reading.samples.iter().filter(|it| wanted(it.day)));
    let question = desk.question(reading).and_then(|nudge| match nudge {
        Nudge::Sample { at, .. } if reading.samples.iter().all(|sample| sample.at != at) => Some(at),
        _ => None,
    });
    Asked {
        every: desk.config.nudges.of.sample,
        question,
        asked_today: desk.asked_so_far(reading),
        today: on(&|day| day == today),
        week: on(&|day| week.contains(&day)),
        four_weeks: on(&|_| true),
    }
}

fn rows(desk: &Desk<'_>, all: &Asked) -> Vec<Row> {
    let look = desk.look();
    let mut rows =
        asked::table(&[("today", all.today), ("this week", all.week), ("four weeks", all.four_weeks)], &look);
    if let Some(every) = all.every {
        let answered = usize::try_from(all.today.of_work() + all.today.off).unwrap_or(usize::MAX);
        rows.extend([Row::new(), asked::how_often(every, (answered, all.asked_today.max(answered)), &look)]);
    }
    if let Some(at) = all.question {
        let question = asked::question(desk.calendar.home().at(at), &look);
        rows.extend([Row::new(), Row::plain(format!("{question}  tiltmeter sample c, s, i or o"))]);
    }
    rows
}
