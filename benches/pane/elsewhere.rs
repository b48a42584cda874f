//! How soon the pane shows what another process logs.

use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::ground::{Ground, Journal};
use crate::rest;
use crate::table::{Limit, Row, Table, median, millis, percentile};
use crate::terminal::{Size, Terminal};

const SIZE: Size = (200, 60);
/// What a person takes for at once.
const LIMIT: Duration = Duration::from_millis(100);
/// No longer than this is a frame waited for that shows it.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn measure(ground: &Ground, rounds: usize) -> anyhow::Result<Table> {
    let mut terminal = Terminal::open(&ground.program(&[], Journal::Running), SIZE)?;
    rest::settle(&mut terminal)?;
    let (mut from_start, mut from_end) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let activity = format!("logged elsewhere {round}");
        let begun = Instant::now();
        let ended = now(ground, &activity)?;
        let shown = shown(&mut terminal, &format!("{activity} "))?;
        from_start.push(shown.saturating_duration_since(begun));
        from_end.push(shown.saturating_duration_since(ended));
        terminal.rests(Duration::from_millis(50))?;
    }
    terminal.leaves()?;
    let rows = [("from its end", from_end), ("from its start", from_start)].map(|(name, times)| {
        let most = percentile(&times, 100);
        let limit = Limit { at_most: millis(LIMIT), is_kept: most <= LIMIT };
        Row { name: name.to_owned(), figures: vec![millis(median(&times)), millis(most)], limit: Some(limit) }
    });
    Ok(Table { head: ("from `now` elsewhere to its frame", &["median", "most"]), rows: rows.into() })
}

/// Starts a block in another process, and returns when that had ended.
fn now(ground: &Ground, activity: &str) -> anyhow::Result<Instant> {
    let output = ground.program(&["create", activity], Journal::Running).output()?;
    let ended = Instant::now();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "now ended with {}: {told}", output.status);
    Ok(ended)
}

/// Waits for the frame that shows it, and returns when it was there.
fn shown(terminal: &mut Terminal, text: &str) -> anyhow::Result<Instant> {
    loop {
        let Some(at) = terminal.next_frame(PATIENCE)? else {
            anyhow::bail!("{text:?} is not shown:\n{}", terminal.shown());
        };
        if terminal.shown().contains(text) {
            return Ok(at);
        }
    }
}
