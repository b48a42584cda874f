//! A year of days: a column for each week, a row for each weekday.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use super::{heading, height};
use crate::beam::{Role, Row};
use crate::domain::trend::YearDay;
use crate::report::look::Look;

/// Before the days stands the weekday.
const LABEL: usize = 4;
/// Above so many cells a week, a column says nothing more.
const WIDEST_WEEK: usize = 2;

/// Draws a year of days, as many of its weeks as there is room for, the newest last: the height of a
/// cell is the share of that day.
pub fn year(days: &[YearDay], look: &Look<'_>) -> Vec<Row> {
    let Some(first) = days.first() else { return Vec::new() };
    let room = look.width.saturating_sub(LABEL);
    let weeks = days.len().div_ceil(7);
    let cells = (room / weeks).clamp(1, WIDEST_WEEK);
    let from = weeks.saturating_sub(room / cells) * 7;
    let days = days.get(from..).unwrap_or_default();
    let (dot, dash) = (look.glyphs.pick('·', '0'), look.dash());
    let scale = look.glyphs.pick("the height is the share", "a digit is a tenth");
    let about = format!("{scale}   {dot} none   {dash} off");
    let mut rows = look.wrapped(&heading("days of the year", &about));
    rows.push(months(days, cells, look));
    let weekdays = first.day.iter_days().take(7).map(|day| day.weekday());
    for (at, weekday) in weekdays.enumerate() {
        let of_weekday = || days.iter().skip(at).step_by(7);
        let is_blank = |day: &YearDay| day.tally.logged() <= TimeDelta::zero() && day.expected <= TimeDelta::zero();
        if of_weekday().all(|day| is_blank(day) && !day.is_off) {
            continue;
        }
        let mut row = Row::new().with(format!("{weekday} "), Role::Faint);
        for day in of_weekday() {
            let (glyph, role) = cell(day, look);
            row.push(String::from(glyph).repeat(cells), role);
        }
        rows.push(row);
    }
    rows
}

fn cell(day: &YearDay, look: &Look<'_>) -> (char, Role) {
    match day.tally.share(look.habits.lens) {
        Some(share) if share.fraction() > 0.0 => (height(share.fraction(), look), Role::Plain),
        Some(_) => (look.glyphs.pick('·', '0'), Role::Rail),
        None if day.is_off => (look.glyphs.pick('–', '-'), Role::Off),
        None => (' ', Role::Plain),
    }
}

/// Returns the names of the months over the weeks in which they begin.
fn months(days: &[YearDay], cells: usize, look: &Look<'_>) -> Row {
    let weeks: Vec<NaiveDate> = days.iter().step_by(7).map(|day| day.day).collect();
    let mut row = Row::new();
    for (at, month) in month_names(&weeks) {
        let column = LABEL + at * cells;
        if (row.width() == 0 || row.width() < column) && column + month.len() <= look.width {
            row.pad_to(column);
            row.push(month, Role::Faint);
        }
    }
    row
}

/// Returns where each month begins among weeks, and its name; January with its year.
pub(super) fn month_names(weeks: &[NaiveDate]) -> Vec<(usize, String)> {
    let month = |day: &NaiveDate| (day.year(), day.month());
    let before = std::iter::once(None).chain(weeks.iter().map(|day| Some(month(day))));
    let begins = weeks.iter().zip(before).enumerate().filter(|(_, (day, before))| *before != Some(month(day)));
    begins.map(|(at, (day, _))| (at, day.format(if day.month() == 1 { "%b %Y" } else { "%b" }).to_string())).collect()
}
