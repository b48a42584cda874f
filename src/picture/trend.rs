//! The page of a trend: the weeks as points and as numbers.

use chrono::TimeDelta;

use super::drawing::Drawing;
use super::page::{Cell, Column, Page, Table};
use super::{Paper, map, points, said};
use crate::beam::{Role, Row, Span};
use crate::domain::trend::{Once, Trend};
use crate::domain::{BaselineFrom, Tally, TrendPoint};
use crate::report::{self, Look, Words, words};

/// So many weeks are one side of the comparison.
const COMPARED: usize = 4;

/// Makes the page of some weeks, the oldest first.
pub(super) fn page(trend: &Trend, paper: &Paper<'_>) -> Page {
    let (points, lens) = (trend.weeks.as_slice(), paper.look.habits.lens);
    let (earlier, last) = points.split_at(points.len().saturating_sub(COMPARED));
    let before = earlier.get(earlier.len().saturating_sub(COMPARED)..).unwrap_or_default();
    let mut said = found(trend, paper);
    said.push(weeks_in_words(last, ["the last", ""], paper));
    said.extend((!before.is_empty()).then(|| weeks_in_words(before, ["the", " before"], paper)));
    said.extend(trend.baseline.as_ref().and_then(|once| baseline(once, paper)));
    said.extend(said::incomplete(paper));
    let mut drawing = Drawing::default();
    let once = trend.baseline.as_ref();
    points::draw(points, once.and_then(|once| once.share(lens)), paper, &mut drawing);
    map::draw(&trend.rhythm, paper.look.calendar.face(), &mut drawing);
    Page {
        title: title(points),
        said,
        drawing,
        rows: report::trend::pictures(trend, &paper.look),
        tables: std::iter::once(weeks(points, paper))
            .chain(map::table(&trend.rhythm, paper.look.calendar.face()))
            .collect(),
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

/// Returns what is found, or how much is missing for that, in a paragraph each.
fn found(trend: &Trend, paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let look = &Look { width: usize::MAX, ..paper.look };
    let rows = if trend.says_something() {
        report::trend::sentences(trend, Words::Shown, look)
    } else {
        report::trend::too_few(trend, look)
    };
    rows.iter().map(sentence).collect()
}

/// Returns a row as a sentence, without the mark of a kind that leads it.
fn sentence(row: &Row) -> Vec<Cell> {
    let is_mark = |span: &&Span| matches!(span.role, Role::Made | Role::Shaped | Role::TakenIn);
    let words: Vec<&Span> = row.spans().iter().skip_while(is_mark).collect();
    let last = words.len().saturating_sub(1);
    let cell = |(at, span): (usize, &&Span)| {
        let words = if at == 0 { span.text.trim_start() } else { &span.text };
        let ends = if at == last { "." } else { "" };
        match span.role {
            Role::Strong => Cell::Strong(format!("{words}{ends}")),
            _ => Cell::Ours(format!("{words}{ends}")),
        }
    };
    words.iter().enumerate().map(cell).collect()
}

/// Returns `Baseline 70 %, as an engineer.`
fn baseline(once: &Once, paper: &Paper<'_>) -> Option<Vec<Cell>> {
    let share = paper.look.share(Some(once.share(paper.look.habits.lens)?));
    let from = match once.baseline.from {
        BaselineFrom::Remembered(_) => "remembered".to_owned(),
        BaselineFrom::Days { first, last } => format!("{} to {}", words::date(first), words::date(last)),
    };
    let mut said = vec![Cell::Ours(format!("Baseline {share}, {from}"))];
    if let Some(name) = &once.baseline.name {
        said.extend([Cell::ours(": "), Cell::Theirs(name.raw().to_owned())]);
    }
    said.push(Cell::ours("."));
    Some(said)
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
        length(point.longest.as_ref().map_or(TimeDelta::zero(), |longest| longest.length)),
        point.switches.to_string(),
    ];
    let date = Cell::Ours(point.week.first().format("%-d %b %Y").to_string());
    std::iter::once(date).chain(numbers.map(Cell::Ours)).collect()
}
