//! What a template of `status --format` may name: one table, of which the help, the documentation and the errors are
//! made.

use chrono::TimeDelta;

use super::look::Look;
use super::status::Status;
use super::words;
use crate::beam::{kinds, level};
use crate::domain::{Block, DayBalance, Lens, Level, Share, Tally, WeekBalance};

/// One thing that a template may name.
#[derive(Debug)]
pub struct Field {
    /// As it is written between braces.
    pub name: &'static str,
    /// What stands there in its place, in words.
    pub about: &'static str,
    /// Whether that is what somebody wrote.
    pub is_text: bool,
    /// Returns what stands there in its place: nothing where there is nothing to say.
    pub(super) value: fn(&Status<'_>, &Look<'_>) -> String,
}

/// The level is drawn so long: both sides can be told, and it fits into a bar.
const BEAM: usize = 9;

/// Every field, in the order in which the help has them.
pub const FIELDS: &[Field] = &[
    said("running", "the kind of what runs: creating, shaping, consuming or off", |status, _| {
        of_running(status, |block| block.kind.word().to_owned())
    }),
    said("running.glyph", "its glyph, as in the pane", |status, look| {
        of_running(status, |block| kinds::glyph(block.kind, look.glyphs).to_string())
    }),
    said("running.for", "for how long it has run: 0:24", |status, look| {
        of_running(status, |block| words::running(look.now - block.began()))
    }),
    said("running.since", "when it began: 15:20", |status, look| {
        of_running(status, |block| words::moment(block.start, look))
    }),
    written("running.activity", "what it is, in your words", |status, _| {
        of_running(status, |block| block.activity.raw().to_owned())
    }),
    written("running.tags", "its tags: +platform +hiring", |status, _| of_running(status, tags)),
    written("running.device", "the device that started it, if it is another", |status, _| {
        status.device.filter(|_| status.running.is_some()).map_or_else(String::new, |device| device.raw().to_owned())
    }),
    said("today.share", "today's share: 23 %", |status, look| share(Balance::of_day(status.today), look)),
    said("today.points", "the same without its sign: 23", |status, _| points(Balance::of_day(status.today))),
    said("today.beam", "the level of today, nine cells wide", |status, look| beam(Balance::of_day(status.today), look)),
    said("today.level", "what is missing or to spare: 0h34 to level, 3h17 spare, level", |status, _| {
        advice(Balance::of_day(status.today))
    }),
    said("today.side", "which way today leans: below, level or above", |status, _| {
        side(status.today.level()).unwrap_or_default().to_owned()
    }),
    said("today.made", "how long you created: 0h40", |status, _| words::length(status.today.tally.creating)),
    said("today.shaped", "how long you shaped", |status, _| words::length(status.today.tally.shaping)),
    said("today.taken", "how long you took in", |status, _| words::length(status.today.tally.consuming)),
    said("today.logged", "how long in all", |status, _| words::length(status.today.tally.logged())),
    said("today.expected", "how long was to be expected; nothing on a day off", |status, _| {
        expected(status.today.expected)
    }),
    said("target", "the share at which today is level: 30 %", |status, look| look.share(Some(status.today.target))),
    said("week.share", "the week's share", |status, look| share(Balance::of_week(status.week), look)),
    said("week.points", "the same without its sign", |status, _| points(Balance::of_week(status.week))),
    said("week.beam", "the level of the week", |status, look| beam(Balance::of_week(status.week), look)),
    said("week.level", "what is missing or to spare in the week", |status, _| advice(Balance::of_week(status.week))),
    said("week.side", "which way the week leans", |status, _| side(status.week.level()).unwrap_or_default().to_owned()),
    said("week.made", "how long you created this week", |status, _| words::length(status.week.tally.creating)),
    said("week.shaped", "how long you shaped", |status, _| words::length(status.week.tally.shaping)),
    said("week.taken", "how long you took in", |status, _| words::length(status.week.tally.consuming)),
    said("week.logged", "how long in all", |status, _| words::length(status.week.tally.logged())),
    said("week.expected", "how long was to be expected", |status, _| expected(status.week.expected)),
    said("week.target", "the share at which the week is level", |status, look| look.share(Some(status.week.target))),
];

type Value = fn(&Status<'_>, &Look<'_>) -> String;

const fn said(name: &'static str, about: &'static str, value: Value) -> Field {
    Field { name, about, is_text: false, value }
}

const fn written(name: &'static str, about: &'static str, value: Value) -> Field {
    Field { name, about, is_text: true, value }
}

/// Returns the field of this name.
pub fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// Returns the field whose name is most like this one, if one is like it at all.
pub fn like(name: &str) -> Option<&'static Field> {
    let name = name.to_lowercase();
    let by_letters = FIELDS
        .iter()
        .map(|field| (strsim::damerau_levenshtein(&name, field.name), field))
        .min_by_key(|(wrong, _)| *wrong)
        .filter(|(wrong, field)| *wrong <= 3 && *wrong * 2 < field.name.len());
    // `share` for `today.share`.
    let last = || FIELDS.iter().find(|field| field.name.split_once('.').is_some_and(|(_, last)| last == name));
    by_letters.map(|(_, field)| field).or_else(last)
}

/// Returns which way something leans, in one word.
pub(super) fn side(level: Option<Level>) -> Option<&'static str> {
    level.map(|level| match level {
        Level::Level => "level",
        Level::ToLevel(_) => "below",
        Level::ToSpare(_) => "above",
    })
}

fn of_running(status: &Status<'_>, value: impl FnOnce(&Block) -> String) -> String {
    status.running.map_or_else(String::new, value)
}

fn tags(block: &Block) -> String {
    block.tags.iter().map(|tag| format!("+{}", tag.raw())).collect::<Vec<_>>().join(" ")
}

/// What a day and a week have alike.
#[derive(Clone, Copy)]
struct Balance {
    tally: Tally,
    lens: Lens,
    target: Share,
}

impl Balance {
    fn of_day(day: &DayBalance<'_>) -> Self {
        Self { tally: day.tally, lens: day.lens, target: day.target }
    }

    fn of_week(week: &WeekBalance<'_>) -> Self {
        Self { tally: week.tally, lens: week.lens, target: week.target }
    }

    fn share(&self) -> Option<Share> {
        self.tally.share(self.lens)
    }
}

fn share(balance: Balance, look: &Look<'_>) -> String {
    balance.share().map_or_else(String::new, |share| look.share(Some(share)))
}

fn points(balance: Balance) -> String {
    balance.share().map_or_else(String::new, |share| share.shown().to_string())
}

fn beam(balance: Balance, look: &Look<'_>) -> String {
    level(balance.share(), balance.target, BEAM, look.glyphs).text()
}

fn advice(balance: Balance) -> String {
    balance.tally.level(balance.lens, balance.target).map_or_else(String::new, words::level)
}

fn expected(time: TimeDelta) -> String {
    if time.is_zero() { String::new() } else { words::length(time) }
}
