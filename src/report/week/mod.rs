//! The week as text: seven levers laid down, their sum, and what the time went into.
//!
//! What is lifted off the beam tips the levers; the lists stay as the week was, so that
//! what was lifted can be found there and put back.

mod levers;
pub mod lists;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveTime, TimeDelta};

use super::Words;
use super::look::Look;
use super::words;
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::review::WEEKS_BEFORE;
use crate::domain::{Before, Block, Kind, Lift, Lifts, Opening, Review, Spark, Subject, Tilted, Week, WeekBalance};
use levers::{Columns, levers};
use lists::Lists;

/// A week is not set wider than this.
const WIDEST: usize = 110;

/// Writes a week. `running` is the block that runs now, in whichever week.
pub fn rows(review: &Review<'_>, running: Option<&Block>, look: &Look<'_>) -> Vec<Row> {
    let look = &capped(look);
    let mut rows = vec![heading(review.was.week, look)];
    rows.extend(sentence(review, Words::Shown, look));
    rows.push(Row::new());
    rows.extend(top(review, running, Words::Shown, look));
    rows.push(Row::new());
    rows.extend(Lists::of(review, look).rows(look));
    if let Some(opening) = &review.opening {
        rows.push(Row::new());
        let mut said = self::opening(opening, Words::Shown, look);
        if opening.sparks.is_empty() {
            said.push(("tiltmeter spark … puts something small there".to_owned(), Role::Faint));
        }
        rows.extend(look.flow(0, said));
    }
    look.set(rows)
}

/// Returns the levers, their sum, and what it is set beside: all but the lists.
pub fn top(review: &Review<'_>, running: Option<&Block>, names: Words, look: &Look<'_>) -> Vec<Row> {
    let look = &capped(look);
    let week = &review.tipped;
    let columns = Columns::of(&[&review.was, &review.tipped], look);
    let mut rows = levers(week, &columns, look);
    let running = running.filter(|_| week.week.range().contains(&look.today()));
    rows.extend(sum(review, running, &columns, look));
    rows.extend(set_beside(review, names, columns.margin(look), look));
    look.set(rows)
}

/// Returns the seven levers and their sum alone: for where the rest is told elsewhere.
pub fn picture(week: &WeekBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let look = &capped(look);
    look.set(levers(week, &Columns::of(&[week], look), look))
}

/// Returns the level of the week alone, with its name before it and its share behind.
pub fn level_row(week: &WeekBalance<'_>, look: &Look<'_>) -> Row {
    let look = &capped(look);
    levers::week_level(week, &Columns::of(&[week], look), look)
}

fn capped<'a>(look: &Look<'a>) -> Look<'a> {
    Look { width: look.width.min(WIDEST), ..*look }
}

/// Returns `Week 48  23–29 Nov 2026`.
pub fn heading(week: Week, look: &Look<'_>) -> Row {
    let (first, last) = (week.first(), week.last());
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.format("%-d"),
        (true, false) => first.format("%-d %b"),
        (false, _) => first.format("%-d %b %Y"),
    };
    let days = format!("  {from}{}{}", look.dash(), last.format("%-d %b %Y"));
    Row::new().with(format!("Week {}", week.iso().week()), Role::Strong).with(days, Role::Plain)
}

/// Says which day tilted farthest, and why: `Mon 9 tilts most: 15 %, mail, threads 3h10 of
/// 5h50 taken in`. Nothing where no day lies below its target.
pub fn sentence(review: &Review<'_>, names: Words, look: &Look<'_>) -> Option<Row> {
    let Tilted { day, most } = Tilted::of(&review.tipped)?;
    let [taken_in, part] = [day.tally.consuming, most.tally.consuming].map(words::length);
    let name = match names {
        Words::Shown => most.name.for_terminal().to_string(),
        Words::Hidden => look.glyphs.pick("···", "...").to_owned(),
    };
    let before = format!("{} tilts most: {}, ", day.day.format("%a %-d"), look.share(day.share()));
    let after = format!(" {part} of {taken_in} taken in");
    let room = look.width.saturating_sub(width(&before) + width(&after));
    if room < width(&name).min(8) {
        return Some(Row::plain(before.trim_end_matches([',', ' '])));
    }
    let name = look.left(&name, width(&name).min(room));
    Some(Row::new().with(before, Role::Plain).with(name, Role::Strong).with(after, Role::Plain))
}

/// Says where something small may fit into the week to come: `next week  Tue 1 Dec 11:00–12:00,
/// free four weeks running   █ read the tracing RFC 0h30`.
pub fn opening(opening: &Opening, names: Words, look: &Look<'_>) -> Vec<(String, Role)> {
    let Opening { day, gap, sparks } = opening;
    let clock = |time: NaiveTime| look.calendar.face().time(time);
    let when = format!(
        "next week  {} {}{}{}, free {} weeks running",
        day.format("%a %-d %b"),
        clock(gap.from),
        look.dash(),
        clock(gap.until),
        words::number(gap.weeks),
    );
    let spark = |spark: &Spark| {
        let name = match names {
            Words::Shown => spark.text.for_terminal().to_string(),
            Words::Hidden => look.glyphs.pick("···", "...").to_owned(),
        };
        let mark = kinds::glyph(Kind::Creating, look.glyphs);
        (format!("{mark} {name} {}", words::length(spark.length)), Role::Made)
    };
    [(when, Role::Plain)].into_iter().chain(sparks.iter().map(spark)).collect()
}

/// Returns the other numbers of the week.
fn sum(review: &Review<'_>, running: Option<&Block>, columns: &Columns, look: &Look<'_>) -> Vec<Row> {
    let week = &review.tipped;
    let days = week.days.iter().filter(|day| day.tally.logged() > TimeDelta::zero()).count();
    if days == 0 {
        let lifted = Row::plain("nothing is left on the beam");
        return vec![if review.lifts.is_empty() { nothing_yet(running, look) } else { lifted }];
    }
    let guess = if look.habits.target_is_a_guess { ", a guess" } else { "" };
    let level = week.level().map(words::level);
    let switches = (week.switches() + days / 2) / days;
    let numbers = [
        level.map(|level| (level, Role::Strong)),
        (!columns.has_longest()).then(|| (words::coverage(week.tally.logged(), week.expected), Role::Plain)),
        words::ratio(&week.tally, week.lens).map(|ratio| (ratio, Role::Plain)),
        Some((format!("{} a day", words::count(switches, "switch", "switches")), Role::Plain)),
        Some((format!("target {}{guess}", look.share(Some(week.target))), Role::Faint)),
    ];
    look.flow(columns.margin(look), numbers.into_iter().flatten().collect())
}

/// Returns how the week would be, where some of it is lifted: for where there is no room
/// for more.
pub fn lifted_row(review: &Review<'_>, look: &Look<'_>) -> Option<Row> {
    (!review.lifts.is_empty()).then(|| lifted(review, Words::Shown, 0, look))
}

/// Returns what the week is set beside, where it is told alone.
pub fn beside(review: &Review<'_>, names: Words, look: &Look<'_>) -> Vec<Row> {
    set_beside(review, names, 0, look)
}

/// Returns what the week is set beside: itself, where some of it is lifted, else the weeks
/// before it.
fn set_beside(review: &Review<'_>, names: Words, margin: usize, look: &Look<'_>) -> Vec<Row> {
    if !review.lifts.is_empty() {
        return vec![lifted(review, names, margin, look)];
    }
    let before = review.before.as_ref().filter(|_| review.was.tally.logged() > TimeDelta::zero());
    before.map(|before| weeks_before(before, margin, look)).unwrap_or_default()
}

/// Returns `26 % in the four weeks before   made 5h10  shaped 3h50 a week`.
fn weeks_before(before: &Before, margin: usize, look: &Look<'_>) -> Vec<Row> {
    let weeks = i32::try_from(before.weeks).unwrap_or(i32::MAX);
    let of_each = Before { tally: before.tally.divided_by(weeks), ..*before };
    let shown = words::shown(&of_each.tally);
    let which = if i64::try_from(before.weeks) == Ok(WEEKS_BEFORE) {
        "in the four weeks before".to_owned()
    } else {
        format!("in {} of the four weeks before", before.weeks)
    };
    let share = format!("{} {which}", look.share(before.share(look.habits)));
    let parts = format!("made {}  shaped {} a week", words::length(shown.creating), words::length(shown.shaping));
    look.flow(margin, vec![(share, Role::Faint), (parts, Role::Faint)])
}

/// Returns `36 % without staff sync   30 % as it was`.
fn lifted(review: &Review<'_>, names: Words, margin: usize, look: &Look<'_>) -> Row {
    let share = look.share(review.tipped.share());
    let as_it_was = format!("   {} as it was", look.share(review.was.share()));
    let said = match names {
        Words::Shown => lifts_in_words(&review.lifts),
        Words::Hidden => "as some of it is lifted".to_owned(),
    };
    let room = look.width.saturating_sub(margin + width(&share) + 1 + width(&as_it_was));
    Row::plain(" ".repeat(margin))
        .with(share, Role::Strong)
        .with(format!(" {}", look.left(&said, width(&said).min(room))), Role::Plain)
        .with(as_it_was, Role::Faint)
}

/// Returns `without staff sync, +hiring; with mail made`.
pub fn lifts_in_words(lifts: &Lifts) -> String {
    let named = |lift: Lift| lifts.each(lift).map(subject).collect::<Vec<_>>().join(", ");
    match (named(Lift::Free), named(Lift::Made)) {
        (free, made) if made.is_empty() => format!("without {free}"),
        (free, made) if free.is_empty() => format!("with {made} made"),
        (free, made) => format!("without {free}, with {made} made"),
    }
}

/// Returns what an activity or a tag is called.
pub fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Activity(name) => name.for_terminal().to_string(),
        Subject::Tag(tag) => format!("+{}", tag.for_terminal()),
    }
}

/// Returns what is said of a week in which no time has passed yet.
fn nothing_yet(running: Option<&Block>, look: &Look<'_>) -> Row {
    let Some(block) = running.filter(|block| block.kind != Kind::Off) else {
        return Row::plain("nothing logged");
    };
    let activity = block.activity.for_terminal().to_string();
    let room = look.width.saturating_sub("x  has just begun".len());
    Row::new()
        .with(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind))
        .with(format!(" {}", look.left(&activity, width(&activity).min(room))), Role::Strong)
        .with(" has just begun", Role::Plain)
}
