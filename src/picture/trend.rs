//! The page of a trend: the weeks as points and as numbers.

use chrono::TimeDelta;

use super::drawing::Drawing;
use super::page::{Cell, Column, Page, Table};
use super::{Paper, points, said};
use crate::domain::{Tally, TrendPoint};
use crate::report::{self, words};

/// So many weeks are one side of the comparison.
const COMPARED: usize = 4;

/// Makes the page of some weeks, the oldest first.
pub(super) fn page(points: &[TrendPoint], paper: &Paper<'_>) -> Page {
    let (earlier, last) = points.split_at(points.len().saturating_sub(COMPARED));
    let before = earlier.get(earlier.len().saturating_sub(COMPARED)..).unwrap_or_default();
    let mut said = vec![weeks_in_words(last, ["the last", ""], paper)];
    said.extend((!before.is_empty()).then(|| weeks_in_words(before, ["the", " before"], paper)));
    said.extend(said::incomplete(paper));
    let mut drawing = Drawing::default();
    points::draw(points, paper, &mut drawing);
    Page {
        title: title(points),
        said,
        drawing,
        rows: report::trend::rows(points, &paper.look),
        tables: vec![weeks(points, paper)],
        remarks: said::remarks(paper),
    }
}

/// Returns `12 weeks, 7 Sep–29 Nov 2026`.
fn title(points: &[TrendPoint]) -> String {
    let weeks = words::count(points.len(), "week", "weeks");
    let Some((first, last)) = points.first().zip(points.last()) else { return weeks };
    let (first, last) = (first.week.first(), last.week.last());
    let from = if first.format("%Y").to_string() == last.format("%Y").to_string() { "%-d %b" } else { "%-d %b %Y" };
    format!("{weeks}, {}–{}", first.format(from), last.format("%-d %b %Y"))
}

/// Returns `31 % in the last 4 weeks: made 24h40, …`.
fn weeks_in_words(points: &[TrendPoint], [which, before]: [&str; 2], paper: &Paper<'_>) -> Vec<Cell> {
    let tally: Tally = points.iter().map(|point| point.tally).sum();
    let expected = points.iter().map(|point| point.expected).sum();
    let weeks = words::count(points.len(), "week", "weeks");
    let Some(share) = tally.share(paper.look.habits.lens) else {
        return vec![Cell::Ours(format!("Nothing logged in {which} {weeks}{before}."))];
    };
    vec![
        Cell::Strong(paper.look.share(Some(share))),
        Cell::Ours(format!(" in {which} {weeks}{before}: {}.", said::parts(&tally, expected))),
    ]
}

fn weeks(points: &[TrendPoint], paper: &Paper<'_>) -> Table {
    let columns = vec![
        Column::Short("week of"),
        Column::Numbers(words::share_of(paper.look.habits.lens)),
        Column::Numbers("target"),
        Column::Numbers("made"),
        Column::Numbers("shaped"),
        Column::Numbers("taken in"),
        Column::Numbers("logged"),
        Column::Numbers("of"),
        Column::Numbers("longest"),
        Column::Numbers("switches"),
    ];
    let rows = points.iter().map(|point| of_week(point, paper)).collect();
    Table { heading: "The weeks".to_owned(), columns, rows, sum: None }
}

fn of_week(point: &TrendPoint, paper: &Paper<'_>) -> Vec<Cell> {
    let shown = words::shown(&point.tally);
    let length = |time: TimeDelta| if time > TimeDelta::zero() { words::length(time) } else { "–".to_owned() };
    let share = paper.look.share(point.tally.share(paper.look.habits.lens));
    let numbers = [
        share,
        paper.look.share(Some(point.target)),
        length(shown.creating),
        length(shown.shaping),
        length(shown.consuming),
        length(shown.logged()),
        length(point.expected),
        length(point.longest),
        point.switches.to_string(),
    ];
    let date = Cell::Ours(point.week.first().format("%-d %b %Y").to_string());
    std::iter::once(date).chain(numbers.map(Cell::Ours)).collect()
}
