//! Days and weeks: `yesterday`, `mon`, `20 nov`, `24 dec..1 jan`, `w48`.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Here;
use super::error::{NotUnderstood, What, Why};
use super::length::take_while;
use super::time::normal;
use crate::domain::Week;

/// The most days that are said at once.
const MOST_DAYS: i64 = 366;

/// The most days over the turn of a year that are taken for what was meant: half a year.
const MOST_DAYS_OVER_NEW_YEAR: i64 = 183;

/// The most days that a date without a year may lie ahead where the past is looked at.
const MOST_DAYS_AHEAD: i64 = 31;

/// The most days that a date without a year may lie behind where the future is looked at:
/// who was ill last week says so afterwards.
const MOST_DAYS_BEHIND: i64 = 31;

/// Which one is meant by a day that comes again: `mon`, `24 dec`. Today is both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// The most recent: for what was done. A date without a year is the coming one where
    /// that is at most a month ahead, for nobody calls tomorrow by last year's date.
    Past,
    /// The next to come: for days off. A date without a year is the last one where that is at
    /// most a month ago.
    Future,
}

/// A day, and whether a date was written or a word said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) written: bool,
}

impl Here<'_> {
    /// Reads a day: `today`, `yesterday`, `tomorrow`, `mon`, `last mon`, `3 days ago`,
    /// `20 nov`, `nov 20`, `20 nov 2026`, `20.11.`, `20.11.2026`, `2026-11-20`.
    ///
    /// `last mon` is never today. `11/20` is refused: half of the world reads it otherwise.
    pub fn date(&self, typed: &str, toward: Toward) -> Result<NaiveDate, NotUnderstood> {
        let day = read(typed, self.today(), toward).ok_or_else(|| NotUnderstood::not(What::Date, typed))?;
        Ok(day.date)
    }

    /// Reads a day or a range of days: `today`, `mon..fri`, `24 dec..1 jan`; at most a year.
    ///
    /// Where they come again, the two are those next to one another: toward the past the
    /// last day is found first, toward the future the first. `24 dec..1 jan` goes over the
    /// turn of the year; `27 nov..25 nov`, which would be nearly a year, is a slip.
    pub fn dates(&self, typed: &str, toward: Toward) -> Result<RangeInclusive<NaiveDate>, NotUnderstood> {
        let not = || NotUnderstood::not(What::Dates, typed);
        let between = ["..", "–", " - ", " to "].iter().find_map(|dash| typed.split_once(dash));
        let Some((first_typed, last_typed)) = between else {
            let day = read(typed, self.today(), toward).ok_or_else(not)?.date;
            return Ok(day..=day);
        };
        let of = |typed, from| read(typed, from, toward).map(|day| day.date).ok_or_else(not);
        let is_reversed = || Ok(of(last_typed, self.today())? < of(first_typed, self.today())?);
        let (first, last) = match toward {
            Toward::Past => {
                let last = of(last_typed, self.today())?;
                (of(first_typed, self.anchor(first_typed, last))?, last)
            }
            Toward::Future => {
                let first = of(first_typed, self.today())?;
                (first, of(last_typed, self.anchor(last_typed, first))?)
            }
        };
        let days = (last - first).num_days();
        match days {
            ..0 => Err(NotUnderstood::new(typed, Why::LastBeforeFirst)),
            MOST_DAYS.. => Err(NotUnderstood::new(typed, Why::TooManyDays)),
            _ if days > MOST_DAYS_OVER_NEW_YEAR && is_reversed()? => {
                Err(NotUnderstood::new(typed, Why::LastBeforeFirst))
            }
            _ => Ok(first..=last),
        }
    }

    /// Reads a week: `this week`, `last week`, `next week`, `w48`, `48`, `2026-W48`, or any
    /// day of it. `w48` alone is the most recent, this one included.
    pub fn week(&self, typed: &str) -> Result<Week, NotUnderstood> {
        let normal = normal(typed);
        let this = self.calendar.week_of(self.today());
        let word = match normal.strip_suffix(" week").unwrap_or(&normal) {
            "this" => Some(this),
            "last" => Some(this.plus(-1)),
            "next" => Some(this.plus(1)),
            _ => None,
        };
        word.or_else(|| self.numbered(&normal, this))
            .or_else(|| read(&normal, self.today(), Toward::Past).map(|day| self.calendar.week_of(day.date)))
            .ok_or_else(|| NotUnderstood::not(What::Week, typed))
    }

    pub(super) fn past_day(&self, typed: &str) -> Option<Day> {
        read(typed, self.today(), Toward::Past)
    }

    /// Returns the day from which the other end of a range is looked for: words such as
    /// `today` are meant from today, what comes again from the end that is known.
    fn anchor(&self, typed: &str, known: NaiveDate) -> NaiveDate {
        if counts_from_today(&normal(typed)) { self.today() } else { known }
    }

    fn numbered(&self, typed: &str, this: Week) -> Option<Week> {
        let (year, number) = match typed.split_once("-w") {
            Some((year, number)) => (Some(year.parse().ok().filter(|_| year.len() == 4)?), number),
            None => (None, typed.strip_prefix("week ").or_else(|| typed.strip_prefix('w')).unwrap_or(typed)),
        };
        let (digits, rest) = take_while(number, |c| c.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| rest.is_empty() && digits.len() <= 2)?;
        // The Thursday is in the week of that number whichever day weeks begin with.
        let of = |year| NaiveDate::from_isoywd_opt(year, number, Weekday::Thu).map(|day| self.calendar.week_of(day));
        match year {
            Some(year) => of(year),
            None => (0..=MOST_YEARS).find_map(|back| of(this.iso().year() - back).filter(|week| *week <= this.plus(4))),
        }
    }
}

/// The longest that a date is missing from the years: 29 February from 2096 to 2104. A
/// week 53 comes sooner.
const MOST_YEARS: i32 = 8;

/// Reads a day that is looked for from `from`.
fn read(typed: &str, from: NaiveDate, toward: Toward) -> Option<Day> {
    let typed = normal(typed);
    let said = |date| Day { date, written: false };
    let written = |date| Day { date, written: true };
    match typed.as_str() {
        "today" => Some(said(from)),
        "yesterday" => from.pred_opt().map(said),
        "tomorrow" => from.succ_opt().map(said),
        _ => None,
    }
    .or_else(|| days_ago(&typed, from).map(said))
    .or_else(|| by_weekday(&typed, from, toward).map(said))
    .or_else(|| by_iso(&typed).map(written))
    .or_else(|| by_month(&typed, from, toward).map(written))
    // A day of the last year that four digits can write may end in the next.
    .filter(|day| (1..9999).contains(&day.date.year()))
}

fn counts_from_today(typed: &str) -> bool {
    matches!(typed, "today" | "yesterday" | "tomorrow") || typed.ends_with(" ago") || typed.starts_with("last ")
}

/// Reads `3 days ago`, `2 weeks ago`.
fn days_ago(typed: &str, from: NaiveDate) -> Option<NaiveDate> {
    let (digits, unit) = take_while(typed.strip_suffix(" ago")?, |c| c.is_ascii_digit());
    let each = match unit.trim() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    let count: u64 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    from.checked_sub_days(Days::new(count * each))
}

/// Reads `mon`, `tues`, `Wednesday`, and `last mon`.
fn by_weekday(typed: &str, from: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let (name, toward, from) = match typed.strip_prefix("last ") {
        Some(name) => (name, Toward::Past, from.pred_opt()?),
        None => (typed, toward, from),
    };
    let weekday = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
        .into_iter()
        .zip(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
        .find_map(|(weekday, full)| is_short_for(name, full).then_some(weekday))?;
    match toward {
        Toward::Past => from.checked_sub_days(Days::new(from.weekday().days_since(weekday).into())),
        Toward::Future => from.checked_add_days(Days::new(weekday.days_since(from.weekday()).into())),
    }
}

/// Reads `2026-11-20`.
fn by_iso(typed: &str) -> Option<NaiveDate> {
    let shaped = typed.len() == 10 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if shaped { typed.parse().ok() } else { None }
}

/// Reads `20 nov`, `nov 20`, `20. november 2026`, `20.11.`, `20.11.2026`.
fn by_month(typed: &str, from: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let number = |digits: &str, most: usize| {
        let fits = digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (day, month, year) = if let [day, month, year] = typed.split('.').map(str::trim).collect::<Vec<_>>().as_slice()
    {
        (number(day, 2)?, number(month, 2)?, *year)
    } else {
        let mut words = typed.split([' ', ',']).filter(|word| !word.is_empty());
        let (one, other, year) = (words.next()?, words.next()?, words.next());
        let (day, month) = match month_of(one) {
            Some(month) => (other, month),
            None => (one, month_of(other)?),
        };
        let rest_is_empty = words.next().is_none();
        (number(day.strip_suffix('.').unwrap_or(day), 2).filter(|_| rest_is_empty)?, month, year.unwrap_or_default())
    };
    match number(year, 4) {
        Some(written) if year.len() == 4 => NaiveDate::from_ymd_opt(i32::try_from(written).ok()?, month, day),
        None if year.is_empty() => nearest(day, month, from, toward),
        _ => None,
    }
}

fn nearest(day: u32, month: u32, from: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let of = |year| NaiveDate::from_ymd_opt(year, month, day);
    let past = || (0..=MOST_YEARS).find_map(|back| of(from.year() - back).filter(|date| *date <= from));
    let ahead = || (0..=MOST_YEARS).find_map(|ahead| of(from.year() + ahead).filter(|date| *date >= from));
    match toward {
        Toward::Past => ahead().filter(|date| (*date - from).num_days() <= MOST_DAYS_AHEAD).or_else(past),
        Toward::Future => past().filter(|date| (from - *date).num_days() <= MOST_DAYS_BEHIND).or_else(ahead),
    }
}

fn month_of(name: &str) -> Option<u32> {
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    (1..).zip(months).find_map(|(number, full)| is_short_for(name, full).then_some(number))
}

/// Returns whether three letters or more begin `full`, with a dot after them or not.
fn is_short_for(name: &str, full: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() >= 3 && full.starts_with(name)
}
