//! What the parts cost, without a process around them. Whole commands, which is what
//! people wait for, are measured by `compare`.

#[path = "support/calendar.rs"]
mod calendar;
#[path = "support/mod.rs"]
mod support;

use std::io;

use calendar::calendar;
use divan::{Bencher, black_box, counter::BytesCount};
use support::{now, years};
use tiltmeter::domain::balance::{self, Habits};
use tiltmeter::domain::{Block, Days, Ledger, Lens, Lift, Lifts, Past, Review, Subject};
use tiltmeter::exchange::{Format, Notes, Source, View, export, read_import};
use tiltmeter::report::json::{self, Reading};
use tiltmeter::text::Text;
use tiltmeter::tui::complete::Completer;
use tiltmeter::tui::line::{LONGEST, Line};

fn main() {
    divan::main();
}

/// A month and a half, which is what `day` and `week` open; a year; ten of them.
const WEEKS: [u32; 3] = [6, 52, 520];

/// The blocks of so many weeks, the newest.
fn blocks(weeks: u32) -> Vec<Block> {
    let all = years(weeks.div_ceil(52)).unwrap_or_default();
    let since = now() - chrono::TimeDelta::weeks(weeks.into());
    all.into_iter().filter(|block| block.began() >= since).collect()
}

#[divan::bench]
fn making_up_a_year(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| years(black_box(1)));
}

#[divan::bench(args = WEEKS)]
fn a_ledger_of_blocks(bencher: Bencher<'_, '_>, weeks: u32) {
    let blocks = blocks(weeks);
    bencher.with_inputs(|| blocks.clone()).bench_local_values(|blocks| Ledger::new(blocks, now()));
}

#[divan::bench(args = WEEKS)]
fn what_counts(bencher: Bencher<'_, '_>, weeks: u32) {
    let ledger = Ledger::new(blocks(weeks), now());
    bencher.bench_local(|| ledger.stretches().len());
}

#[divan::bench(args = WEEKS)]
fn days_of_a_ledger(bencher: Bencher<'_, '_>, weeks: u32) {
    let (ledger, calendar) = (Ledger::new(blocks(weeks), now()), calendar());
    bencher.bench_local(|| Days::of(&ledger, &calendar).with_time().count());
}

#[divan::bench]
fn a_day(bencher: Bencher<'_, '_>) {
    let (ledger, calendar, habits) = (Ledger::new(blocks(6), now()), calendar(), Habits::default());
    let today = calendar.day_at_home(now());
    bencher.bench_local(|| balance::day(&ledger, black_box(today), &calendar, &habits).tally);
}

#[divan::bench]
fn a_week(bencher: Bencher<'_, '_>) {
    let (ledger, calendar, habits) = (Ledger::new(blocks(6), now()), calendar(), Habits::default());
    let week = calendar.week_of(calendar.day_at_home(now()));
    bencher.bench_local(|| balance::week(&ledger, black_box(week), &calendar, &habits).tally);
}

/// The newest 2,000 blocks, made 300 activities of: more than a manager has in a year.
fn many_activities() -> Vec<Block> {
    let newest: Vec<Block> = blocks(52).into_iter().rev().take(2_000).collect();
    let names = newest.iter().take(300).enumerate().map(|(at, block)| format!("{} {at}", block.activity.raw()));
    let names: Vec<Text> = names.map(Text::as_written).collect();
    let renamed = newest.into_iter().zip(names.iter().cycle());
    renamed.map(|(block, name)| Block { activity: name.clone(), ..block }).collect()
}

#[divan::bench]
fn a_past_of_2000_blocks(bencher: Bencher<'_, '_>) {
    let blocks = many_activities();
    bencher.bench_local(|| Past::of(black_box(&blocks)));
}

#[divan::bench]
fn a_week_laid_over_a_past(bencher: Bencher<'_, '_>) {
    let (past, week) = (Past::of(&many_activities()), blocks(1));
    bencher.bench_local(|| past.with(black_box(&week)));
}

#[divan::bench]
fn what_is_likely_next(bencher: Bencher<'_, '_>) {
    let (past, here) = (Past::of(&many_activities()), calendar().home().at(now()));
    bencher.bench_local(|| past.likely(black_box(here), None, 6));
}

#[divan::bench(args = ["", "sta", "ddr", "design doc 1"])]
fn what_completes_a_line(bencher: Bencher<'_, '_>, typed: &str) {
    let (past, here) = (Past::of(&many_activities()), calendar().home().at(now()));
    let mut completer = Completer::new();
    bencher.bench_local(|| completer.candidates(black_box(typed), &past, here, None, 6));
}

#[divan::bench]
fn a_paste_of_ten_megabytes(bencher: Bencher<'_, '_>) {
    let pasted = "staff sync\n".repeat(1_000_000);
    bencher.bench_local(|| Line::new().insert(black_box(&pasted)));
}

#[divan::bench]
fn a_window_of_the_longest_line(bencher: Bencher<'_, '_>) {
    let line = Line::of(&"staff sync ".repeat(LONGEST / 11));
    bencher.bench_local(|| line.window(black_box(80), tiltmeter::beam::row::Glyphs::Unicode));
}

#[divan::bench]
fn a_week_as_json(bencher: Bencher<'_, '_>) {
    let (ledger, calendar, habits) = (Ledger::new(blocks(6), now()), calendar(), Habits::default());
    let (days, here) = (Days::of(&ledger, &calendar), calendar.home().at(now()));
    let week = calendar.week_of(calendar.day_at_home(now()));
    let review = Review::of(&days, week, (&calendar, &habits), here, &Lifts::default());
    let reading = Reading {
        now: here,
        target_is_a_guess: true,
        lens: Lens::Counted,
        ledger: &ledger,
        thoughts: &[],
        samples: &[],
    };
    bencher.bench_local(|| json::week(&review, &habits, &reading));
}

#[divan::bench]
fn a_week_that_is_lifted(bencher: Bencher<'_, '_>) {
    let (ledger, calendar, habits) = (Ledger::new(blocks(6), now()), calendar(), Habits::default());
    let (days, here) = (Days::of(&ledger, &calendar), calendar.home().at(now()));
    let week = calendar.week_of(calendar.day_at_home(now()));
    let mut lifts = Lifts::default();
    if let Some(block) = ledger.blocks().last() {
        lifts.set(Subject::Activity(block.activity.clone()), Lift::Free);
    }
    bencher.bench_local(|| Review::of(&days, week, (&calendar, &habits), here, black_box(&lifts)).tipped.tally);
}

#[divan::bench(args = Format::ALL.map(Format::name))]
fn exporting_a_year(bencher: Bencher<'_, '_>, format: &str) {
    let Some(format) = Format::from_name(format) else { return };
    let (ledger, calendar) = (Ledger::new(blocks(52), now()), calendar());
    let view = View { ledger: &ledger, calendar: &calendar, notes: Notes::With };
    bencher.bench_local(|| export(format, ledger.blocks(), &view, &mut io::sink()));
}

#[divan::bench(args = Source::ALL.map(Source::name))]
fn importing_a_year(bencher: Bencher<'_, '_>, source: &str) {
    let (Some(source), Some(format)) = (Source::from_name(source), Format::from_name(source)) else { return };
    let (ledger, calendar) = (Ledger::new(blocks(52), now()), calendar());
    let view = View { ledger: &ledger, calendar: &calendar, notes: Notes::With };
    let mut exported = Vec::new();
    if export(format, ledger.blocks(), &view, &mut exported).is_err() {
        return;
    }
    bencher
        .counter(BytesCount::of_slice(&exported))
        .bench_local(|| read_import(source, &mut exported.as_slice(), now()));
}
