//! What is said of an end that nobody wrote: that it is assumed, why, and what to do.

use super::change::wrapped;
use super::{Look, Words, words};
use crate::beam::{Role, Row};
use crate::domain::{Assumed, Ledger, Lived};
use crate::notation::Reference;

/// Says which end is assumed: `"staff sync" (09:00, on desk-9a1c) is taken to have ended at
/// 10:15, when "design doc" began`.
pub fn said(assumed: &Assumed<'_>, ledger: &Ledger, look: &Look<'_>, show: Words) -> String {
    let (block, next, end) = (assumed.block, assumed.next, words::moment(assumed.end(), look));
    let start = words::moment(block.start, look);
    if show == Words::Hidden {
        return format!("a block ({start}) is taken to have ended at {end}, when another began");
    }
    let device = ledger.elsewhere(block.id).map(|device| format!(", {}", words::on_device(device)));
    format!(
        "{} ({start}{}) is taken to have ended at {end}, when {} began",
        words::quoted(&block.activity),
        device.unwrap_or_default(),
        words::quoted(&next.activity)
    )
}

/// Says which ends within a span are assumed, then what confirms them, `confirm`, and how to
/// say otherwise; nothing where every end is written.
pub fn rows(ledger: &Ledger, span: (Lived, Lived), confirm: &str, look: &Look<'_>) -> Vec<Row> {
    let assumed: Vec<_> = ledger.assumed_within(span).collect();
    let Some(first) = assumed.first() else { return Vec::new() };
    let reference = look.here().show_reference(Reference::At(first.block.start));
    let ways = format!(
        "{confirm} writes that down; if it was not so: tiltmeter edit {reference} --end TIME, or tiltmeter remove {reference}"
    );
    let told = assumed.iter().map(|assumed| format!("two ran at once: {}", said(assumed, ledger, look, Words::Shown)));
    let lines =
        |text: String, role| wrapped(&text, look.width).into_iter().map(move |line| Row::new().with(line, role));
    let mut rows: Vec<Row> = told.flat_map(|text| lines(text, Role::Alert)).chain(lines(ways, Role::Faint)).collect();
    for row in &mut rows {
        row.cut_to(look.width, look.glyphs);
    }
    rows
}
