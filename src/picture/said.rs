//! What pages say of a balance, in neutral words: no praise, no blame.

use chrono::{NaiveDate, TimeDelta};

use super::page::Cell;
use super::{Paper, Show};
use crate::domain::{Kind, Lens, Level, Share, Tally};
use crate::report::words;

/// What a balance is said of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Balance {
    pub(super) tally: Tally,
    pub(super) expected: TimeDelta,
    pub(super) lens: Lens,
    pub(super) target: Share,
    pub(super) level: Option<Level>,
}

/// Returns `Share 23 %: made 0h40, shaped 0h44, taken in 4h35; logged 5h59 of 8h. 0h34 to
/// level, at a target of 30 %, a guess.`
pub(super) fn balance(of: &Balance, paper: &Paper<'_>) -> Vec<Cell> {
    let expected = words::coverage(TimeDelta::zero(), of.expected);
    let Some(level) = of.level else {
        let of = expected.strip_prefix("0h00").unwrap_or_default();
        return vec![Cell::ours(format!("Nothing logged{of}."))];
    };
    let name = match of.lens {
        Lens::Counted => "Share",
        Lens::Apart => "By hand",
    };
    let share = paper.look.share(of.tally.share(of.lens));
    let level = capital(&words::level(level));
    let (target, guess) = (paper.look.share(Some(of.target)), guess(paper));
    vec![
        Cell::Strong(format!("{name} {share}")),
        Cell::ours(format!(": {}. {level}, at a target of {target}{guess}.", parts(&of.tally, of.expected))),
    ]
}

/// Returns what stands beside a share: its parts, and how much of what was expected it is a
/// share of.
pub(super) fn parts(tally: &Tally, expected: TimeDelta) -> String {
    let shown = words::shown(tally);
    let parts = [Kind::Creating, Kind::Shaping, Kind::Consuming];
    let parts = parts.map(|kind| format!("{} {}", kind.done(), words::length(shown.time(kind)))).join(", ");
    format!("{parts}; logged {}", words::coverage(tally.logged(), expected))
}

/// Returns `, a guess` where the target is not the user's own.
pub(super) fn guess(paper: &Paper<'_>) -> &'static str {
    if paper.look.habits.target_is_a_guess { ", a guess" } else { "" }
}

/// Returns how a day felt, as far as it may leave: the mark, as a number, and what was said.
pub(super) fn thought(day: NaiveDate, paper: &Paper<'_>) -> Option<(String, Cell)> {
    let thought = paper.thoughts.iter().find(|thought| thought.day == day)?;
    let felt = thought.felt.map_or_else(String::new, |felt| felt.mark().to_string());
    let note = thought.note.as_ref().filter(|_| paper.show == Show::All);
    let said = note.map_or_else(Cell::none, |note| Cell::Theirs(note.raw().to_owned()));
    (!felt.is_empty() || said != Cell::none()).then_some((felt, said))
}

/// Returns what is to be known of every page.
pub(super) fn remarks(paper: &Paper<'_>) -> Vec<String> {
    let of_lens = match paper.look.habits.lens {
        Lens::Counted => "The share is what was made and shaped, of what was logged.",
        Lens::Apart => "By hand is what was made, of what was logged; what was shaped stands apart.",
    };
    let now = paper.look.calendar.home().at(paper.look.now);
    let as_of = format!("As of {}, {}.", words::date(now.date_naive()), words::read(now, paper.look.calendar));
    vec![of_lens.to_owned(), as_of]
}

/// Returns that a page is incomplete, where it is.
pub(super) fn incomplete(paper: &Paper<'_>) -> Option<Vec<Cell>> {
    (paper.missing > 0).then(|| {
        let things = words::count(paper.missing, "thing", "things");
        vec![
            Cell::Strong("This is incomplete".to_owned()),
            Cell::ours(format!(": {things} in the journal could not be read or counted (tiltmeter check says which).")),
        ]
    })
}

/// Returns words as they begin a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
