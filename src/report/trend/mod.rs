//! The trend: what is found, the hours that prove it, the weeks, and a year of days.
//!
//! Each part is rows of its own, for the pane sets them in another way than text does.

mod chart;
mod found;
mod map;
#[cfg(test)]
mod tests;
mod weeks;
mod year;

pub use chart::Chart;
pub use found::{incomplete, sentences, too_few};
pub use map::map;
pub use weeks::{compared, legend, week_line};
pub use year::year;

use super::Words;
use super::look::Look;
use crate::beam::{Role, Row};
use crate::domain::Trend;

/// A trend is not set wider than this.
const WIDEST: usize = 100;

/// Writes a trend: what is found first, the year of days last.
pub fn rows(trend: &Trend, look: &Look<'_>) -> Vec<Row> {
    let look = &Look { width: look.width.min(WIDEST), ..*look };
    let mut rows = incomplete(trend, look);
    if !trend.says_something() {
        rows.extend(too_few(trend, look));
        return look.set(rows);
    }
    rows.extend(sentences(trend, Words::Shown, look));
    rows.push(Row::new());
    rows.extend(pictures(trend, look));
    look.set(rows)
}

/// Returns the hours, the weeks and the year alone: for where the rest is told elsewhere.
pub fn pictures(trend: &Trend, look: &Look<'_>) -> Vec<Row> {
    let look = &Look { width: look.width.min(WIDEST), ..*look };
    let mut rows = map(&trend.rhythm, look);
    for part in [weeks::rows(trend, look), year(&trend.days, look)] {
        rows.push(Row::new());
        rows.extend(part);
    }
    look.set(rows)
}

/// Returns a heading with what it is about after it.
fn heading(name: &str, about: &str) -> Row {
    Row::new().with(name, Role::Plain).with(format!("   {about}"), Role::Faint)
}

/// Returns how many eighths of a cell a part of a whole fills, at least one if it is
/// anything: a glyph for each, or a digit for each tenth where there are only those.
fn height(part: f64, look: &Look<'_>) -> char {
    let glyphs = look.glyphs.pick("▁▂▃▄▅▆▇█", "123456789");
    #[expect(clippy::cast_precision_loss, reason = "there are eight or nine")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part is 0 to 1")]
    let at = match look.glyphs.pick(8_usize, 10) {
        8 => (part * 8.0).ceil() as usize,
        tenths => (part * tenths as f64).floor() as usize,
    };
    glyphs.chars().nth(at.max(1) - 1).or_else(|| glyphs.chars().last()).unwrap_or(' ')
}
