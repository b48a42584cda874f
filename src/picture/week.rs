//! The page of a week: seven levers, their numbers, and what the time went into.

use chrono::TimeDelta;

use super::drawing::Drawing;
use super::lists::{self, Spent};
use super::page::{Cell, Column, Page, Table};
use super::said::{self, Balance};
use super::{Paper, Show, arms};
use crate::beam::Role;
use crate::domain::{DayBalance, Kind, Review, Tally, WeekBalance};
use crate::report::{self, Look, Words, words};

/// Makes the page of a week, of which nothing is left that may not leave.
pub(super) fn page(review: &Review<'_>, paper: &Paper<'_>) -> Page {
    let week = &review.tipped;
    let of = Balance {
        tally: week.tally,
        expected: week.expected,
        lens: week.lens,
        target: week.target,
        level: week.level(),
    };
    let mut said = vec![said::balance(&of, paper)];
    said.extend(other_numbers(week).map(|numbers| vec![Cell::Ours(numbers)]));
    said.extend(around(review, paper));
    said.extend(said::incomplete(paper));
    let spent = lists::spent(review, paper);
    let mut drawing = Drawing::default();
    arms::draw(week, paper, &mut drawing);
    drawing.only_alone(|drawing| lists::draw(&spent, drawing));
    let mut tables = vec![days(week, paper)];
    tables.extend(spent.iter().map(Spent::table));
    let mut remarks = said::remarks(paper);
    let ticks = "In the picture, the tick of a day stands where it would be level: \
                 within the bar once it is, beyond it until then.";
    if week.share().is_some() {
        remarks.insert(0, ticks.to_owned());
    }
    Page {
        title: report::week::heading(week.week, &paper.look).text().replace("  ", ", "),
        said,
        drawing,
        rows: report::week::picture(week, &paper.look),
        tables,
        remarks,
    }
}

/// Returns what is said beside the balance: which day tilts most, how the week would be or what
/// came before it, and where something small may fit into the next.
fn around(review: &Review<'_>, paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let names = if paper.show == Show::WithoutNames { Words::Hidden } else { Words::Shown };
    // A paragraph is as long as it is.
    let look = &Look { width: usize::MAX, ..paper.look };
    let spark = |(text, _): (String, Role)| text;
    let opening = review.opening.as_ref().map(|opening| report::week::opening(opening, names, look));
    let opening = opening.map(|said| said.into_iter().map(spark).collect::<Vec<_>>().join(": "));
    let rows = report::week::sentence(review, names, look).into_iter().chain(report::week::beside(review, names, look));
    let said = rows.map(|row| row.text().trim().replace("   ", "; ")).chain(opening);
    said.map(|said| vec![Cell::Ours(format!("{}.", said::capital(&said.replace("  ", " "))))]).collect()
}

/// Returns the ratio and how often it was switched.
fn other_numbers(week: &WeekBalance<'_>) -> Option<String> {
    let days = week.days.iter().filter(|day| day.tally.logged() > TimeDelta::zero()).count();
    let a_day = (week.switches() + days / 2).checked_div(days)?;
    let ratio = words::ratio(&week.tally, week.lens);
    let ratio = ratio.map_or_else(String::new, |ratio| format!("Creation to the rest {ratio}. "));
    Some(format!("{ratio}{} a day.", words::count(a_day, "switch", "switches")))
}

fn days(week: &WeekBalance<'_>, paper: &Paper<'_>) -> Table {
    let mut columns = vec![
        Column::Short("day"),
        Column::Numbers(words::share_of(week.lens)),
        Column::Numbers("made"),
        Column::Numbers("shaped"),
        Column::Numbers("taken in"),
        Column::Numbers("logged"),
        Column::Numbers("of"),
        Column::Numbers("target"),
        Column::Numbers("longest"),
    ];
    let has_days_off = week.days.iter().any(|day| day.off.is_some());
    columns.extend(has_days_off.then_some(Column::Words("")));
    let thoughts: Vec<_> = week.days.iter().map(|day| said::thought(day.day, paper)).collect();
    let has_thoughts = thoughts.iter().any(Option::is_some);
    columns.extend([Column::Numbers("felt"), Column::Words("")].into_iter().filter(|_| has_thoughts));
    let parts = parts_that_add_up(week);
    let row = |((day, tally), thought): ((&DayBalance<'_>, Tally), Option<(String, Cell)>)| {
        let mut row = of_day(day, &tally, paper);
        row.extend(has_days_off.then(|| why_off(day)));
        let (felt, note) = thought.unwrap_or_else(|| (String::new(), Cell::none()));
        row.extend([Cell::Ours(felt), note].into_iter().filter(|_| has_thoughts));
        row
    };
    let rows = week.days.iter().zip(parts).zip(thoughts).map(row).collect();
    let mut sum = vec![Cell::ours("week"), Cell::Ours(paper.look.share(week.share()))];
    sum.extend(numbers(&words::shown(&week.tally), week.expected));
    sum.push(Cell::Ours(paper.look.share(Some(week.target))));
    sum.resize(columns.len(), Cell::none());
    Table { heading: "The days".to_owned(), columns, rows, sum: Some(sum) }
}

fn of_day(day: &DayBalance<'_>, shown: &Tally, paper: &Paper<'_>) -> Vec<Cell> {
    let mut row = vec![Cell::Ours(day.day.format("%a %-d %b").to_string())];
    row.push(Cell::Ours(paper.look.share(day.share())));
    row.extend(numbers(shown, day.expected));
    row.push(Cell::Ours(paper.look.share(Some(day.target))));
    row.push(Cell::Ours(day.longest.map_or_else(String::new, |longest| words::length(longest.length))));
    row
}

/// Returns what a day off was for.
fn why_off(day: &DayBalance<'_>) -> Cell {
    match day.off {
        None => Cell::none(),
        Some(off) if words::why_off(off).is_some() => Cell::Theirs(off.activity.raw().to_owned()),
        Some(_) => Cell::ours(words::DAY_OFF),
    }
}

/// Returns made, shaped, taken in, logged, and of how much.
fn numbers(shown: &Tally, expected: TimeDelta) -> [Cell; 5] {
    let length =
        |time: TimeDelta| Cell::Ours(if time > TimeDelta::zero() { words::length(time) } else { "–".to_owned() });
    [length(shown.creating), length(shown.shaping), length(shown.consuming), length(shown.logged()), length(expected)]
}

/// Returns the tallies of the days in whole minutes: those of a kind add up to what is shown
/// of the week, and a day's logged time is the sum of its parts.
fn parts_that_add_up(week: &WeekBalance<'_>) -> Vec<Tally> {
    let whole = words::shown(&week.tally);
    let of_kind = |kind: Kind| {
        let times: Vec<TimeDelta> = week.days.iter().map(|day| day.tally.time(kind)).collect();
        words::minutes_that_add_up_to(whole.time(kind), &times)
    };
    let [made, shaped, taken_in] = [Kind::Creating, Kind::Shaping, Kind::Consuming].map(of_kind);
    let parts = made.into_iter().zip(shaped).zip(taken_in);
    parts.map(|((creating, shaping), consuming)| Tally { creating, shaping, consuming }).collect()
}
