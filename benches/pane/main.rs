//! The pane as a person waits for it: the real program on a terminal of its own, over
//! live-logged journals of 1 and 10 years.
//!
//! How long it takes until the pane is there is compared with `tiltmeter week` on such a
//! terminal, both in the same round. What follows is held to what a person notices: how
//! long a key takes to its frame, what the pane does when nothing happens, and how soon it
//! shows what was logged elsewhere.
//!
//! `cargo bench --bench pane -- --rounds 60` prints a table and fails where a limit is not
//! kept. It takes a few minutes, one of which it waits for the minute to turn. It asks
//! `/proc` what the pane does at rest, so it needs Linux.

mod elsewhere;
mod first;
mod ground;
mod keys;
#[path = "../compare/live.rs"]
mod live;
mod rest;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod terminal;

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;
use ground::Ground;
use table::Table;

fn main() -> anyhow::Result<ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if !args.iter().any(|arg| arg == "--bench") {
        // `cargo test --benches` only wants to know that it starts.
        return Ok(ExitCode::SUCCESS);
    }
    let rounds = rounds(&args)?;
    let ground = Ground::lay()?;
    let mut out = io::stdout().lock();
    let mut is_kept = true;
    let mut tell = |table: Table| {
        is_kept &= table.is_kept();
        table.write(&mut out)
    };
    tell(first::measure(&ground, rounds)?)?;
    tell(keys::drawing(&ground, rounds)?)?;
    tell(keys::reviewing(&ground, rounds)?)?;
    tell(keys::logging(&ground, rounds)?)?;
    tell(elsewhere::measure(&ground, rounds.div_ceil(2))?)?;
    tell(rest::measure(&ground)?)?;
    Ok(if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rounds(args: &[String]) -> anyhow::Result<usize> {
    let typed = args.iter().skip_while(|arg| *arg != "--rounds").nth(1);
    typed.map_or(Ok(60), |typed| typed.parse().with_context(|| format!("{typed:?} is no number of rounds")))
}
