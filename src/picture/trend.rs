//! The page of a trend: the weeks as points and as numbers.

use chrono::TimeDelta;

use super::drawing::Drawing;
use super::page::{Cell, Column, Page, Table};
use super::said::{self, Balance};
use super::{Paper, points};
use crate::domain::{Share, Tally, TrendPoint};
use crate::report::{self, words};

/// Makes the page of some weeks, the oldest first.
pub(super) fn page(points: &[TrendPoint], paper: &Paper<'_>) -> Page {
    let lens = paper.look.habits.lens;
    let tally: Tally = points.iter().map(|point| point.tally).sum();
    let target = mean_target(points);
    let level = tally.level(lens, target);
    let of = Balance { tally, expected: points.iter().map(|point| point.expected).sum(), lens, target, level };
    let mut said = vec![said::balance(&of, paper)];
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

/// Returns the mean of the weeks' targets, by what was logged in each.
fn mean_target(points: &[TrendPoint]) -> Share {
    let logged: TimeDelta = points.iter().map(|point| point.tally.logged()).sum();
    let part = |point: &TrendPoint| {
        Share::of(point.tally.logged(), logged).map(|part| part.fraction() * point.target.points())
    };
    let mean: f64 = points.iter().filter_map(part).sum();
    let last = points.last().map_or(Share::GUESS, |point| point.target);
    if logged > TimeDelta::zero() { Share::percent(mean.clamp(0.0, 100.0)).unwrap_or(last) } else { last }
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
