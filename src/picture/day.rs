//! The page of a day: which way it leans, its numbers, its list.

use chrono::TimeDelta;

use super::drawing::Drawing;
use super::page::{Cell, Column, Page, Table};
use super::said::{self, Balance};
use super::{Paper, Show, lever, ribbon};
use crate::domain::{Block, Calendar, DayBalance, Kind, Slice};
use crate::report::list::{begun, lengths_that_add_up, remarks, zone_of_the_whole_day};
use crate::report::{self, words};

/// Makes the page of a day, of which nothing is left that may not leave.
pub(super) fn page(day: &DayBalance<'_>, running: Option<&Block>, paper: &Paper<'_>) -> Page {
    let of =
        Balance { tally: day.tally, expected: day.expected, lens: day.lens, target: day.target, level: day.level() };
    let mut said = vec![said::balance(&of, paper)];
    said.extend(special(day, paper));
    said.extend(felt(day, paper));
    said.extend(said::incomplete(paper));
    let target = format!("target {}{}", paper.look.share(Some(day.target)), said::guess(paper));
    let mut drawing = Drawing::default();
    lever::draw(&of, &target, &mut drawing);
    ribbon::draw(day, paper, &mut drawing);
    let mut tables = vec![numbers(day, paper)];
    tables.extend(list(day, running, paper));
    tables.extend(notes(day, running, paper.look.calendar));
    Page {
        title: words::date(day.day),
        said,
        drawing,
        rows: report::day::pictures(day, &paper.look),
        tables,
        remarks: said::remarks(paper),
    }
}

/// Returns what is special about a day: that it is off, or was lived elsewhere.
fn special(day: &DayBalance<'_>, paper: &Paper<'_>) -> Option<Vec<Cell>> {
    let mut said = Vec::new();
    if let Some(off) = day.off {
        said.push(Cell::ours("A day off"));
        if words::why_off(off).is_some() {
            said.extend([Cell::ours(": "), Cell::Theirs(off.activity.raw().to_owned())]);
        }
        said.push(Cell::ours(". "));
    }
    if let Some(zone) = zone_of_the_whole_day(day, &paper.look) {
        said.extend([Cell::ours("Lived in the time of "), Cell::Theirs(zone), Cell::ours(".")]);
    }
    (!said.is_empty()).then_some(said)
}

/// Returns how the day felt, and what was said of it.
fn felt(day: &DayBalance<'_>, paper: &Paper<'_>) -> Option<Vec<Cell>> {
    let (felt, note) = said::thought(day.day, paper)?;
    let felt = if felt.is_empty() { Cell::none() } else { Cell::Ours(format!("Felt {felt} of 5. ")) };
    Some(vec![felt, note])
}

fn numbers(day: &DayBalance<'_>, paper: &Paper<'_>) -> Table {
    let shown = words::shown(&day.tally);
    let logged = day.tally.logged();
    let number = |name: &str, number: String, beside: Vec<Cell>| {
        let beside = beside.into_iter().next().unwrap_or_else(Cell::none);
        vec![Cell::ours(name), Cell::Ours(number), beside]
    };
    let mut rows = Vec::new();
    if let Some(level) = day.level() {
        let beside = vec![Cell::Ours(words::level(level))];
        rows.push(number(words::share_of(day.lens), paper.look.share(day.share()), beside));
        for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
            rows.push(number(kind.done(), words::length(shown.time(kind)), Vec::new()));
        }
    }
    let coverage = words::coverage(logged, day.expected);
    let of = coverage.split_once(" of ").map(|(_, expected)| Cell::Ours(format!("of {expected}")));
    rows.push(number("logged", words::length(logged), of.into_iter().collect()));
    let guess = if paper.look.habits.target_is_a_guess { "a guess" } else { "" };
    rows.push(number("target", paper.look.share(Some(day.target)), vec![Cell::ours(guess)]));
    if let Some(ratio) = words::ratio(&day.tally, day.lens) {
        rows.push(number("creation to the rest", ratio, Vec::new()));
    }
    if let Some(longest) = day.longest {
        let activity = Cell::Theirs(longest.activity.raw().to_owned());
        rows.push(number("longest made", words::length(longest.length), vec![activity]));
    }
    rows.push(number("switches", day.switches.to_string(), Vec::new()));
    if day.interrupted > 0 {
        rows.push(number("interrupted", day.interrupted.to_string(), Vec::new()));
    }
    let columns = vec![Column::Short(""), Column::Numbers(""), Column::Words("")];
    Table { heading: "The numbers".to_owned(), columns, rows, sum: None }
}

/// Returns the day's blocks and gaps in the order of time.
fn list(day: &DayBalance<'_>, running: Option<&Block>, paper: &Paper<'_>) -> Option<Table> {
    let with_names = paper.show != Show::WithoutNames;
    let mut columns = vec![Column::Short("from"), Column::Short("to"), Column::Short("")];
    columns.extend(with_names.then_some(Column::Words("activity")));
    columns.extend([Column::Numbers("time"), Column::Words("")]);
    let clock = |at| words::read(at, paper.look.calendar);
    let of_slice = |(slice, length): (&Slice<'_>, TimeDelta)| {
        let until = if slice.runs { "now".to_owned() } else { clock(slice.end) };
        let remarks = remarks(slice, day, zone_of_the_whole_day(day, &paper.look).is_none(), &paper.look);
        let mut row = vec![Cell::Ours(clock(slice.start)), Cell::Ours(until), Cell::Kind(slice.kind)];
        row.extend(with_names.then(|| named(slice.block)));
        row.extend([Cell::Ours(words::length(length)), Cell::Theirs(remarks)]);
        (slice.start, row)
    };
    let mut lines: Vec<_> = day.slices.iter().zip(lengths_that_add_up(day)).map(of_slice).collect();
    for gap in &day.gaps {
        let mut row = vec![Cell::Ours(clock(gap.start)), Cell::Ours(clock(gap.end)), Cell::none()];
        let nothing = Cell::ours("nothing logged");
        let length = Cell::Ours(words::length(gap.length()));
        row.extend(if with_names { [nothing, length, Cell::none()] } else { [length, nothing, Cell::none()] });
        row.truncate(columns.len());
        lines.push((gap.start, row));
    }
    if let Some(block) = begun(day, running, &paper.look) {
        let mut row = vec![Cell::Ours(clock(block.start)), Cell::ours("now"), Cell::Kind(block.kind)];
        row.extend(with_names.then(|| named(block)));
        row.extend([Cell::Ours(words::length(TimeDelta::zero())), Cell::none()]);
        lines.push((block.start, row));
    }
    lines.sort_by_key(|(start, _)| *start);
    let rows: Vec<_> = lines.into_iter().map(|(_, row)| row).collect();
    (!rows.is_empty()).then(|| Table { heading: "The day".to_owned(), columns, rows, sum: None })
}

fn named(block: &Block) -> Cell {
    let tags: Vec<String> = block.tags.iter().map(|tag| format!("+{}", tag.raw())).collect();
    Cell::Named(block.activity.raw().to_owned(), tags.join(" "))
}

/// Returns what was noted, each note once.
fn notes(day: &DayBalance<'_>, running: Option<&Block>, calendar: &Calendar) -> Option<Table> {
    let running = running.filter(|block| day.slices.iter().any(|slice| slice.block.id == block.id));
    let mut noted: Vec<&Block> = Vec::new();
    for block in day.slices.iter().map(|slice| slice.block).chain(running) {
        if block.note.is_some() && !noted.iter().any(|seen| seen.id == block.id) {
            noted.push(block);
        }
    }
    let row = |block: &&Block| {
        let note = block.note.as_ref().map_or("", |note| note.raw());
        vec![
            Cell::Ours(words::read(block.start, calendar)),
            Cell::Theirs(block.activity.raw().to_owned()),
            Cell::Theirs(note.to_owned()),
        ]
    };
    let columns = vec![Column::Short("from"), Column::Words("activity"), Column::Words("note")];
    let rows: Vec<_> = noted.iter().map(row).collect();
    (!rows.is_empty()).then(|| Table { heading: "Noted".to_owned(), columns, rows, sum: None })
}
