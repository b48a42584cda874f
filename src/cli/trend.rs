//! `trend`: the weeks one after another.

use std::mem::ManuallyDrop;

use super::desk::Desk;
use super::picture::Pictures;
use super::shared::Answer;
use crate::domain::trend::{Besides, RHYTHM_WEEKS, Trend};
use crate::domain::{Days, TrendPoint, Week, WeekBalance};
use crate::failure::Failure;
use crate::journal::{Reach, Reading};
use crate::{picture, report};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// How many weeks, this one among them; or all
    #[arg(long, value_name = "N|all", value_parser = Weeks::parse, default_value = "12")]
    weeks: Weeks,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

#[derive(Clone, Copy, Debug)]
enum Weeks {
    Last(u32),
    All,
}

/// A century of them.
const MOST_WEEKS: u32 = 5_200;

impl Weeks {
    fn parse(typed: &str) -> Result<Self, String> {
        let count = typed.parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
        match (typed, count) {
            ("all", _) => Ok(Self::All),
            (_, Some(weeks)) => Ok(Self::Last(weeks)),
            (_, None) => Err("try a number such as 12, or all".into()),
        }
    }
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let last = desk.calendar.week_of(desk.today());
    // The process ends after this: giving back every block of ten years one by one would be
    // a tenth of its time.
    let at_least = if args.pictures.form().is_some() { RHYTHM_WEEKS } else { 1 };
    let reading = ManuallyDrop::new(read(desk, args.weeks, at_least, last)?);
    desk.tell(&reading);
    let days = Days::of(&reading.ledger, &desk.calendar);
    let first = match (args.weeks, days.with_time().next()) {
        (Weeks::Last(weeks), _) => last.plus(1 - i64::from(weeks)),
        (Weeks::All, Some(day)) => desk.calendar.week_of(day),
        (Weeks::All, None) => last,
    };
    let balance = |week: Week| {
        let here = desk.here().now();
        WeekBalance::of(&days, week, &desk.calendar, &desk.config.habits, here)
    };
    let weeks = std::iter::successors(Some(first), |week| Some(week.plus(1))).take_while(|week| *week <= last);
    if args.answer.json {
        let weeks: Vec<WeekBalance<'_>> = weeks.map(balance).collect();
        return desk.out.json(&report::json::trend(&weeks, &desk.as_of(&reading.ledger)));
    }
    if let Some(form) = args.pictures.form() {
        let measure = (&desk.calendar, &desk.config.habits);
        let trend = Trend::of(&days, (first, last), measure, desk.here().now(), Besides::default());
        return args.pictures.write(desk, &reading, |paper| picture::trend(&trend, form, paper));
    }
    let points: Vec<TrendPoint> =
        weeks.map(|week| TrendPoint::of(&balance(week), &std::collections::BTreeMap::new())).collect();
    desk.out.rows(&report::trend::rows(&points, &desk.look()))
}

/// Reads the weeks that were asked for, and `at_least` so many.
fn read(desk: &Desk<'_>, weeks: Weeks, at_least: i64, last: Week) -> Result<Reading, Failure> {
    Ok(match weeks {
        Weeks::All => desk.journal.read_all(desk.now())?,
        Weeks::Last(weeks) => {
            let first = last.plus(1 - at_least.max(i64::from(weeks))).first();
            desk.silent.read(&Reach { days: first..=last.last(), now_too: true, back_until: None })?
        }
    })
}
