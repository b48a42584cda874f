//! Whole commands against each other, as a person waits for them: from the start of
//! the process to its end, on journals of 1, 10 and 50 years.
//!
//! What a machine does in a millisecond says little, so nothing is compared with a
//! number of milliseconds. Every command is compared with another one of the same
//! round: with a program that does nothing, with `--version`, with a bare parse of the
//! same bytes. Rounds go through all of them one after another, so that whatever slows
//! the machine slows both sides; the medians are compared.
//!
//! `cargo bench --bench compare -- --rounds 60` prints a table and fails where a limit
//! is not kept.

mod ground;
mod live;
mod parts;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use ground::Ground;
use table::{Peak, Row};

fn main() -> anyhow::Result<ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(status) = parts::run(&args)? {
        return Ok(status);
    }
    if !args.iter().any(|arg| arg == "--bench") {
        // `cargo test --benches` only wants to know that it starts.
        return Ok(ExitCode::SUCCESS);
    }
    let ground = Ground::lay(&[1, 10, 50])?;
    ground.try_out()?;
    let rows = compare(&ground, rounds(&args)?)?;
    let peaks = peaks(&ground)?;
    let mut out = io::stdout().lock();
    table::write(&mut out, &ground, &rows, &peaks)?;
    out.flush()?;
    let kept = rows.iter().all(Row::is_kept) && peaks.iter().all(Peak::is_kept);
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rounds(args: &[String]) -> anyhow::Result<u32> {
    let typed = args.iter().skip_while(|arg| *arg != "--rounds").nth(1);
    typed.map_or(Ok(60), |typed| typed.parse().with_context(|| format!("{typed:?} is no number of rounds")))
}

/// What is measured, and what it may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) what: What,
    /// The most that it may be of something else, if it is held to that.
    pub(crate) limit: Option<Limit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum What {
    /// A program that does nothing.
    Nothing,
    /// The program, on a journal of so many years.
    Program { args: &'static [&'static str], years: u32 },
    /// The program making a change: it starts a block.
    Change { years: u32 },
    /// Every line of a journal, parsed into its own shape by `serde_json` and dropped.
    Parse { years: u32 },
    /// A line appended to a file beside the journals, and one `fdatasync`.
    Sync,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) times: f64,
    pub(crate) of: What,
    /// Whether one [`What::Sync`] comes on top.
    pub(crate) and_a_sync: bool,
}

const VERSION: What = What::Program { args: &["--version"], years: 1 };

const fn free(what: What) -> Measured {
    Measured { what, limit: None }
}

const fn at_most(what: What, times: f64, of: What) -> Measured {
    Measured { what, limit: Some(Limit { times, of, and_a_sync: false }) }
}

const fn a_change(years: u32) -> Measured {
    Measured { what: What::Change { years }, limit: Some(Limit { times: 1.8, of: VERSION, and_a_sync: true }) }
}

const fn program(args: &'static [&'static str], years: u32) -> What {
    What::Program { args, years }
}

/// Everything that is measured in a round, in this order.
const MEASURED: &[Measured] = &[
    free(What::Nothing),
    at_most(VERSION, 1.5, What::Nothing),
    at_most(program(&["status"], 1), 1.5, VERSION),
    at_most(program(&["status"], 10), 1.5, VERSION),
    at_most(program(&["status"], 50), 1.5, VERSION),
    at_most(program(&["day"], 1), 1.8, VERSION),
    at_most(program(&["day"], 10), 1.8, VERSION),
    at_most(program(&["day"], 50), 1.8, VERSION),
    at_most(program(&["week"], 1), 4.5, VERSION),
    at_most(program(&["week"], 10), 4.5, VERSION),
    at_most(program(&["week"], 50), 4.5, VERSION),
    at_most(program(&["week", "--html"], 1), 1.5, program(&["week"], 1)),
    free(program(&["trend", "--weeks", "13"], 10)),
    at_most(program(&["trend", "--weeks", "13", "--html"], 10), 3.0, program(&["week"], 10)),
    at_most(program(&["complete", "fish", "--", "now", ""], 1), 4.5, VERSION),
    at_most(program(&["complete", "fish", "--", "now", ""], 50), 4.5, VERSION),
    free(What::Sync),
    a_change(1),
    a_change(50),
    free(What::Parse { years: 10 }),
    at_most(program(&["trend", "--weeks", "all"], 10), 2.5, What::Parse { years: 10 }),
    at_most(program(&["export", "jsonl"], 10), 3.0, What::Parse { years: 10 }),
];

/// Measures everything round by round; the first round only warms up.
fn compare(ground: &Ground, rounds: u32) -> anyhow::Result<Vec<Row>> {
    let mut times: HashMap<What, Vec<Duration>> = HashMap::new();
    for round in 0..=rounds {
        for Measured { what, .. } in MEASURED {
            let time = once(ground, *what, round)?;
            if round > 0 {
                times.entry(*what).or_default().push(time);
            }
        }
    }
    let medians: HashMap<What, Duration> = times.into_iter().map(|(what, times)| (what, median(times))).collect();
    MEASURED.iter().map(|measured| Row::of(measured, &medians).context("something was not measured")).collect()
}

fn once(ground: &Ground, what: What, round: u32) -> anyhow::Result<Duration> {
    let mut command = match what {
        What::Sync => return ground.sync(),
        What::Nothing => ground.nothing(),
        What::Program { args, years } => ground.program(args, years)?,
        What::Change { years } => ground.change(years, round)?,
        What::Parse { years } => ground.parse(years)?,
    };
    let start = Instant::now();
    let status = command.status()?;
    let time = start.elapsed();
    anyhow::ensure!(status.success(), "{} ended with {status}", table::name(what));
    Ok(time)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The most memory that a command may take which people have in their prompt.
const PEAK_LIMIT: u64 = 8 << 20;

/// Asks the system what every command took at its peak.
fn peaks(ground: &Ground) -> anyhow::Result<Vec<Peak>> {
    let programs = MEASURED.iter().filter_map(|measured| match measured.what {
        What::Program { args, years } => Some((measured.what, args, years)),
        _ => None,
    });
    programs
        .map(|(what, args, years)| {
            let small = matches!(args, ["--version" | "status" | "day" | "week"]);
            Ok(Peak { what, bytes: ground.peak(args, years)?, limit: small.then_some(PEAK_LIMIT) })
        })
        .collect()
}
