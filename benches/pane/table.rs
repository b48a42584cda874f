//! What was measured, a row each.

use std::io;
use std::time::Duration;

/// Rows of one kind.
pub(crate) struct Table {
    /// What all rows are, and what their columns are.
    pub(crate) head: (&'static str, &'static [&'static str]),
    pub(crate) rows: Vec<Row>,
}

/// What was measured of one thing, and what was allowed.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) figures: Vec<String>,
    pub(crate) limit: Option<Limit>,
}

/// What a row is held to.
pub(crate) struct Limit {
    pub(crate) at_most: String,
    pub(crate) is_kept: bool,
}

impl Table {
    /// Returns whether all limits are kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.rows.iter().all(|row| row.limit.as_ref().is_none_or(|limit| limit.is_kept))
    }

    pub(crate) fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        let (name, columns) = self.head;
        write!(out, "\n{name:<40}")?;
        for column in columns {
            write!(out, "{column:>11}")?;
        }
        writeln!(out, "  at most")?;
        for Row { name, figures, limit } in &self.rows {
            write!(out, "{name:<40}")?;
            for figure in figures {
                write!(out, "{figure:>11}")?;
            }
            if let Some(Limit { at_most, is_kept }) = limit {
                write!(out, "  {at_most}{}", if *is_kept { "" } else { "   OVER" })?;
            }
            writeln!(out)?;
        }
        out.flush()
    }
}

/// Returns the time that so many of a hundred are not above.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

pub(crate) fn median(times: &[Duration]) -> Duration {
    percentile(times, 50)
}

pub(crate) fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}
