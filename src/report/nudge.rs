//! What a nudge says.

use chrono::Datelike as _;

use super::{Look, Words, asked, words};
use crate::domain::nudge::Limited;
use crate::domain::{Block, Ledger, Nudge};

/// Returns what a nudge says in one line: `2h10 of today has nothing, "design doc" still runs`.
pub fn said(nudge: &Nudge, ledger: &Ledger, look: &Look<'_>, show: Words) -> String {
    let home = look.calendar.home();
    let name = |block: &Block| match show {
        Words::Shown => words::quoted(&block.activity),
        Words::Hidden => "a block".to_owned(),
    };
    match nudge {
        Nudge::Sample { at, .. } => asked::question(home.at(*at), look),
        Nudge::Silence { since } => {
            let quiet = words::length(ledger.now() - *since);
            format!("nothing logged since {}, for {quiet}", words::read(home.at(*since), look.calendar))
        }
        Nudge::Block { id, began } => {
            let long = words::length(ledger.now() - *began);
            let name = ledger.get(*id).map_or_else(|| "a block".to_owned(), name);
            format!("{name} runs for {long}: does it still?")
        }
        Nudge::Evening { day, unexplained } => {
            let ends = look.habits.working_time(day.weekday()).map(|(_, ends)| look.calendar.face().time(ends));
            let gaps =
                (!unexplained.is_zero()).then(|| format!("{} of today has nothing", words::length(*unexplained)));
            let runs = ledger.running().map(|block| format!("{} still runs", name(block)));
            let left = gaps.into_iter().chain(runs).collect::<Vec<_>>().join(", ");
            format!("{}: {left}", ends.unwrap_or_default())
        }
        Nudge::Limit { of, .. } => {
            let limits = look.habits.limits;
            let (limit, done) = match of {
                Limited::TakenIn => (limits.taken_in, "taken in"),
                Limited::Work => (limits.work, "worked"),
            };
            format!("more than {} {done} today: enough", words::length(limit.unwrap_or_default()))
        }
    }
}
