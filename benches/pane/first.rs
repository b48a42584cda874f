//! How long it takes until the pane is there.

use std::time::Duration;

use crate::ground::{Ground, Journal};
use crate::table::{Limit, Row, Table, median, millis};
use crate::terminal::{Size, Terminal};

/// How many times as long as `week` it may take, at a size.
const LIMITS: [(Size, f64); 2] = [((80, 24), 1.5), ((200, 60), 2.5)];

pub(crate) fn measure(ground: &Ground, rounds: usize) -> anyhow::Result<Table> {
    let mut rows = Vec::new();
    for (size, limit) in LIMITS {
        for years in [1, 10] {
            rows.push(compare(ground, Journal::Standing { years }, size, limit, rounds)?.named(years, size));
        }
    }
    Ok(Table { head: ("to the end of the first frame", &["pane", "week", "ratio"]), rows })
}

fn compare(ground: &Ground, journal: Journal, size: Size, limit: f64, rounds: usize) -> anyhow::Result<Row> {
    let (mut panes, mut weeks) = (Vec::new(), Vec::new());
    // The first round only warms up.
    for round in 0..=rounds {
        let (pane, week) = (pane(ground, journal, size)?, week(ground, journal, size)?);
        if round > 0 {
            panes.push(pane);
            weeks.push(week);
        }
    }
    let (pane, week) = (median(&panes), median(&weeks));
    let ratio = pane.as_secs_f64() / week.as_secs_f64();
    Ok(Row {
        name: String::new(),
        figures: vec![millis(pane), millis(week), format!("{ratio:.2}")],
        limit: Some(Limit { at_most: format!("{limit} × week"), is_kept: ratio <= limit }),
    })
}

impl Row {
    fn named(self, years: u32, (columns, rows): Size) -> Self {
        let years = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
        Self { name: format!("{columns}x{rows}, {years}"), ..self }
    }
}

fn pane(ground: &Ground, journal: Journal, size: Size) -> anyhow::Result<Duration> {
    let mut terminal = Terminal::open(&ground.program(&[], journal), size)?;
    let at = terminal.frame()?;
    let took = terminal.since_opened(at);
    terminal.must_show("24 Nov")?;
    terminal.leaves()?;
    Ok(took)
}

fn week(ground: &Ground, journal: Journal, size: Size) -> anyhow::Result<Duration> {
    let mut terminal = Terminal::open(&ground.program(&["week"], journal), size)?;
    let at = terminal.ends()?;
    let took = terminal.since_opened(at);
    terminal.must_show("Tue")?;
    Ok(took)
}
