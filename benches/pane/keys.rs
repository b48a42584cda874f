//! How long it takes from a key to the frame that answers it.

use std::process::Command;
use std::time::Duration;

use crate::ground::{Ground, Journal};
use crate::rest;
use crate::table::{Limit, Row, Table, median, millis, percentile};
use crate::terminal::{Size, Terminal};

/// On the largest screen, over the longest journal.
const SIZE: Size = (200, 60);
const JOURNAL: Journal = Journal::Standing { years: 10 };
/// What a person does not notice.
const LIMIT: Duration = Duration::from_millis(5);
/// Between two keys: longer than what a key sets off, shorter than a person.
const PAUSE: Duration = Duration::from_millis(40);

/// Keys that do something of one kind.
struct Kind {
    name: &'static str,
    /// Pressed before, and not measured.
    before: &'static [&'static str],
    /// What is shown then.
    shows: &'static str,
    /// Pressed again and again.
    keys: &'static [&'static str],
    /// Pressed after, and not measured.
    after: &'static [&'static str],
}

const ESC: &str = "\x1b";
const PAGE_UP: &str = "\x1b[5~";
const PAGE_DOWN: &str = "\x1b[6~";
const BACKSPACE: &str = "\x7f";

/// What draws and does not log.
const DRAWING: &[Kind] = &[
    Kind { name: "j, k", before: &[], shows: "likely next", keys: &["j", "j", "k", "k"], after: &[] },
    Kind {
        name: ", and . from day to day",
        before: &[],
        shows: "likely next",
        keys: &[",", ",", ".", "."],
        after: &[],
    },
    Kind { name: "n and esc", before: &[], shows: "likely next", keys: &["n", ESC], after: &[] },
    Kind {
        name: "letters after n",
        before: &["n"],
        shows: "24 Nov",
        keys: &["d", "e", "s", "i", BACKSPACE, BACKSPACE, BACKSPACE, BACKSPACE],
        after: &[ESC],
    },
    Kind {
        name: "letters after w",
        before: &["w"],
        shows: "24 Nov",
        keys: &["1", "0", "-", "1", "1", " ", "s", "t", BACKSPACE, BACKSPACE, "\x15"],
        after: &[ESC],
    },
    Kind { name: "W and D", before: &[], shows: "likely next", keys: &["W", "D"], after: &[] },
    Kind { name: "T (a year is read), and D", before: &[], shows: "likely next", keys: &["T", "D"], after: &[] },
    Kind {
        name: ", and . from week to week",
        before: &["W"],
        shows: "Week",
        keys: &[",", ",", ".", "."],
        after: &["D"],
    },
    Kind { name: "J and D", before: &[], shows: "likely next", keys: &["J", "D"], after: &[] },
    Kind {
        name: "paging in the journal",
        before: &["J"],
        shows: "Journal",
        keys: &["j", PAGE_DOWN, PAGE_DOWN, "G", PAGE_UP, "k", "g", "g"],
        after: &["D"],
    },
    Kind {
        name: "letters after /",
        before: &["/"],
        shows: "Journal",
        keys: &["d", "e", "s", "i", BACKSPACE, BACKSPACE, BACKSPACE, BACKSPACE],
        after: &[ESC, ESC, "D"],
    },
    Kind { name: "? and esc", before: &[], shows: "likely next", keys: &["?", "j", "k", ESC], after: &[] },
    Kind {
        name: ": and letters",
        before: &[],
        shows: "likely next",
        keys: &[":", "w", "e", BACKSPACE, ESC],
        after: &[],
    },
    Kind { name: "v, z", before: &[], shows: "likely next", keys: &["v", "z", "v", "z"], after: &[] },
];

/// What logs, and is taken back each time.
const LOGGING: &[Kind] = &[
    Kind { name: "! (an interruption)", before: &[], shows: "likely next", keys: &["!"], after: &["u"] },
    Kind { name: "space (stop)", before: &[], shows: "likely next", keys: &[" "], after: &["u"] },
    Kind { name: "1 (start a likely one)", before: &[], shows: "likely next", keys: &["1"], after: &["u"] },
    Kind { name: "u, U", before: &["!"], shows: "likely next", keys: &["u", "U"], after: &["u"] },
];

/// Measures what draws.
pub(crate) fn drawing(ground: &Ground, rounds: usize) -> anyhow::Result<Table> {
    let mut cat = Command::new("cat");
    cat.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let (mut terminal, mut cat) = (open(ground)?, Terminal::open(&cat, SIZE)?);
    let (mut rows, mut all, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for kind in DRAWING {
        bare.extend(through_cat(&mut cat, rounds)?);
        let times = measure(&mut terminal, kind, rounds)?;
        rows.push(row(kind.name, &times));
        all.extend(times);
    }
    let is_kept = percentile(&all, 99) <= LIMIT;
    let limit = Some(Limit { at_most: format!("{} for 99 of 100", millis(LIMIT)), is_kept });
    rows.push(Row { limit, ..row("all of them", &all) });
    rows.push(row("a line through cat", &bare));
    terminal.leaves()?;
    Ok(Table { head: ("from a key to its frame, 200x60, 10 years", &["median", "99 of 100", "most"]), rows })
}

/// How many times as long as the day the week may take to its first frame.
const WEEK_TO_DAY: f64 = 1.2;
/// One frame of a screen that shows sixty a second.
const ONE_FRAME: Duration = Duration::from_micros(16_667);

/// Measures the week beside the day: going there and back in turn; and what is lifted.
pub(crate) fn reviewing(ground: &Ground, rounds: usize) -> anyhow::Result<Table> {
    let mut rows = Vec::new();
    for size in [(80, 24), SIZE] {
        for years in [1, 10] {
            let mut terminal = Terminal::open(&ground.program(&[], Journal::Standing { years }), size)?;
            rest::settle(&mut terminal)?;
            let (mut weeks, mut days) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                weeks.extend(once(&mut terminal, &["W"])?);
                days.extend(once(&mut terminal, &["D"])?);
            }
            let (week, day) = (median(&weeks), median(&days));
            let ratio = week.as_secs_f64() / day.as_secs_f64();
            let limit = Limit { at_most: format!("{WEEK_TO_DAY} × the day"), is_kept: ratio <= WEEK_TO_DAY };
            let name = format!("W, and D back: {}x{}, {years} y", size.0, size.1);
            let figures = vec![millis(week), millis(day), format!("{ratio:.2}")];
            rows.push(Row { name, figures, limit: Some(limit) });
            if size == SIZE {
                terminal.presses(&["W"])?;
                let mut lifts = Vec::new();
                for _ in 0..rounds {
                    lifts.extend(once(&mut terminal, &[" ", " ", " "])?);
                }
                let slowest = percentile(&lifts, 99);
                let limit =
                    Limit { at_most: format!("{} for 99 of 100", millis(ONE_FRAME)), is_kept: slowest <= ONE_FRAME };
                let figures = vec![millis(median(&lifts)), String::new(), millis(slowest)];
                rows.push(Row { name: format!("space: lifted, {years} y"), figures, limit: Some(limit) });
            }
            terminal.leaves()?;
        }
    }
    Ok(Table { head: ("the week beside the day", &["median", "the day's", "ratio, 99%"]), rows })
}

/// Measures what logs: without one sync, which comes on top and costs what the disk takes.
pub(crate) fn logging(ground: &Ground, rounds: usize) -> anyhow::Result<Table> {
    let mut terminal = open(ground)?;
    let (mut rows, mut syncs) = (Vec::new(), Vec::new());
    for kind in LOGGING {
        terminal.presses(kind.before)?;
        let (mut times, mut own) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            own.push(ground.sync()?);
            terminal.presses(&[])?;
            times.extend(once(&mut terminal, kind.keys)?);
            if kind.before.is_empty() {
                terminal.presses(kind.after)?;
            }
        }
        if !kind.before.is_empty() {
            terminal.presses(kind.after)?;
        }
        let without = median(&times).saturating_sub(median(&own));
        let limit = Limit { at_most: format!("{} without it", millis(LIMIT)), is_kept: without <= LIMIT };
        let figures = vec![millis(median(&times)), millis(percentile(&times, 99)), millis(without)];
        rows.push(Row { name: kind.name.to_owned(), figures, limit: Some(limit) });
        syncs.extend(own);
    }
    let figures = vec![millis(median(&syncs)), millis(percentile(&syncs, 99)), String::new()];
    rows.push(Row { name: "one fdatasync".to_owned(), figures, limit: None });
    terminal.leaves()?;
    let columns = &["median", "99 of 100", "less a sync"];
    Ok(Table { head: ("from a key that logs to its frame", columns), rows })
}

fn open(ground: &Ground) -> anyhow::Result<Terminal> {
    let mut terminal = Terminal::open(&ground.program(&[], JOURNAL), SIZE)?;
    rest::settle(&mut terminal)?;
    Ok(terminal)
}

fn measure(terminal: &mut Terminal, kind: &Kind, rounds: usize) -> anyhow::Result<Vec<Duration>> {
    terminal.presses(kind.before)?;
    terminal.must_show(kind.shows)?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        times.extend(once(terminal, kind.keys)?);
    }
    terminal.presses(kind.after)?;
    Ok(times)
}

fn once(terminal: &mut Terminal, keys: &[&str]) -> anyhow::Result<Vec<Duration>> {
    let time = |key: &&str| {
        terminal.rests(PAUSE)?;
        let typed = terminal.types(key)?;
        Ok(terminal.frame()?.saturating_duration_since(typed))
    };
    keys.iter().map(time).collect()
}

/// Measures how long it takes through a program that does nothing but answer: what the
/// machine was busy with meanwhile shows there too.
fn through_cat(cat: &mut Terminal, rounds: usize) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        // Its echo is written in other characters, so only the answer ends a frame.
        times.extend(once(cat, &["\x1b[?2026l\n"])?);
    }
    Ok(times)
}

fn row(name: &str, times: &[Duration]) -> Row {
    let figures = [50, 99, 100].map(|percent| millis(percentile(times, percent))).to_vec();
    Row { name: name.to_owned(), figures, limit: None }
}
