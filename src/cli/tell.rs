//! What is said after a change, and of a journal that is not as it should be.

use chrono::{NaiveDate, TimeDelta};

use super::desk::Desk;
use crate::beam::{self, Role, Row};
use crate::desk::Changed;
use crate::domain::{Block, Change, DayBalance, Ends, Kind, Ledger, balance};
use crate::failure::Failure;
use crate::journal::Notice;
use crate::notation::Reference;
use crate::report::{self, Words, words};

/// Says what a change did, and which way today tilts after it.
pub(super) fn changed(desk: &Desk<'_>, changed: &Changed) -> Result<(), Failure> {
    let Changed { before, change, notices: found } = changed;
    notices(desk, found);
    let mut rows = report::change::rows(change, before, &desk.look());
    let after = before.after(change);
    let date = day_of(desk, change);
    let day = balance::day(&after, date, &desk.calendar, &desk.config.habits);
    if day.share().is_some() {
        let mut tilt = tilt(desk, &day);
        tilt.cut_to(desk.out.width(), desk.glyphs);
        rows.push(tilt);
    }
    desk.out.rows(&rows)?;
    for block in change.put.iter().filter(|block| is_all_night(block, before, &after)) {
        desk.out.note(&all_night(desk, block));
    }
    desk.tell_forgotten(&after, Words::Shown);
    Ok(())
}

/// Returns the day that a change is about: today if it touches that, else the last one.
fn day_of(desk: &Desk<'_>, change: &Change) -> NaiveDate {
    let days = change.put.iter().chain(&change.removed).filter(|block| !block.is_day_off());
    let days = days.map(|block| desk.calendar.day_of(block.end.unwrap_or(block.start)));
    let last = days.max().unwrap_or_else(|| desk.today());
    last.min(desk.today())
}

/// A block of work that is this long was probably forgotten in the evening.
const ALL_NIGHT: TimeDelta = TimeDelta::hours(10);

/// Whether a change ended a block, or made one longer, that is so long that an evening may
/// have been forgotten in it. What is started or added was said so just now.
fn is_all_night(block: &Block, before: &Ledger, after: &Ledger) -> bool {
    let length = |ledger: &Ledger, block: &Block| match ledger.ends(block) {
        Ends::At(end) => end - block.start,
        Ends::Running => ledger.now().fixed_offset() - block.start,
        Ends::Forgotten => TimeDelta::zero(),
    };
    let ended_or_grew =
        |was: &Block| (was.end.is_none() && block.end.is_some()) || length(before, was) < length(after, block);
    block.kind != Kind::Off && before.get(block.id).is_some_and(ended_or_grew) && length(after, block) >= ALL_NIGHT
}

fn all_night(desk: &Desk<'_>, block: &Block) -> String {
    let reference = desk.here().show_reference(Reference::At(block.start));
    let earlier = desk.here().show(block.start + TimeDelta::hours(1));
    format!(
        "{} is {} long; if it ended earlier: tiltmeter edit {reference} --alone --end \"{earlier}\"",
        words::quoted(&block.activity),
        words::length(block.end.unwrap_or_else(|| desk.here().now()) - block.start)
    )
}

/// A beam beside numbers has so many cells,
const BEAM: usize = 25;
/// and never fewer than these.
const SHORTEST_BEAM: usize = 9;

/// Returns the row that says which way a day tilts: `today  ───░▲───  23 %  …`.
fn tilt(desk: &Desk<'_>, day: &DayBalance<'_>) -> Row {
    let name = if day.day == desk.today() { "today".to_owned() } else { day.day.format("%a %-d %b").to_string() };
    let mut row = Row::new().with(format!("{name}  "), Role::Faint);
    let tally = words::shown(&day.tally);
    let made = format!("  made {}  shaped {}", words::length(tally.creating), words::length(tally.shaping));
    let mut numbers = Row::new().with(format!("  {}", desk.look().share(day.share())), Role::Strong);
    numbers.push(made, Role::Plain);
    if let Some(level) = day.level() {
        numbers.push(format!("  {}", words::level(level)), Role::Plain);
    }
    // The beam gives way to the numbers, until it would say nothing.
    let room = desk.out.width().saturating_sub(row.width() + numbers.width());
    let odd = (room.clamp(SHORTEST_BEAM, BEAM) - 1) | 1;
    row.append(beam::level(day.share(), day.target, odd, desk.glyphs));
    row.append(numbers);
    row
}

/// Tells what is wrong with a journal, where it was not told already.
pub(super) fn notices(desk: &Desk<'_>, notices: &[Notice]) {
    for notice in desk.journal.not_told_yet(notices, desk.now()) {
        desk.out.note(&notice.with_way_out());
    }
}

/// Returns a failure as one line: what happened, and what can be done.
pub(super) fn one_line(failure: &Failure) -> String {
    std::iter::once(&failure.message).chain(&failure.hints).map(String::as_str).collect::<Vec<_>>().join("; ")
}
