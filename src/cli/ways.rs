//! The ways to settle what `check` finds, as commands one can type.

use chrono::TimeDelta;

use super::desk::Desk;
use crate::domain::{Block, Kind, Ledger, Lived, Thing};
use crate::journal::{Conflict, Fate, Said};
use crate::notation::Reference;

/// What is needed to name a block.
pub(super) struct Ways<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) ledger: &'a Ledger,
}

impl Ways<'_> {
    /// Returns what takes the shared time from the earlier block, from the later, or takes the later out.
    pub(super) fn out_of_overlap(&self, earlier: &Block, later: &Block) -> Vec<String> {
        let mut ways = Vec::new();
        if earlier.start < later.start {
            ways.extend(self.edit(earlier, "--end", later.start));
        }
        if let (Some(end), Some(later_end)) = (earlier.end, later.end)
            && end < later_end
        {
            ways.extend(self.edit(later, "--start", end));
        }
        ways.extend(self.named(later).map(|name| format!("tiltmeter remove {name}")));
        ways
    }

    /// Returns what gives a block an end that can be.
    pub(super) fn to_an_end(&self, block: &Block) -> Vec<String> {
        let end = (block.start + TimeDelta::hours(1)).min(self.desk.here().now());
        let ways = self.edit(block, "--end", end).into_iter();
        ways.chain(self.named(block).map(|name| format!("tiltmeter remove {name}"))).collect()
    }

    /// Returns what shows what is not shown.
    pub(super) fn out_of_conflict(&self, conflict: &Conflict) -> Vec<String> {
        let Thing::Block(block) = &conflict.what else { return Vec::new() };
        match conflict.fate {
            Fate::Removed => vec![format!("tiltmeter restore {}", self.by_time(block))],
            Fate::Moved(to) => {
                let moved = self.ledger.get(to);
                moved.and_then(|moved| self.set(moved, &conflict.field, &conflict.other)).into_iter().collect()
            }
            Fate::There => self.set(block, &conflict.field, &conflict.other).into_iter().collect(),
        }
    }

    /// Returns what gives a field what another device said; of words, what shows both: they
    /// are no command to be typed.
    fn set(&self, block: &Block, field: &str, said: &Said) -> Option<String> {
        let json = said.json.as_deref()?;
        let text: Option<String> = serde_json::from_str(json).ok();
        let time = || text.as_deref().and_then(|text| text.parse::<Lived>().ok());
        match field {
            "start" => self.edit(block, "--start", time()?),
            "end" => self.edit(block, "--end", time()?),
            "kind" => {
                let kind = Kind::ALL.into_iter().find(|kind| Some(kind.word()) == text.as_deref())?;
                Some(format!("tiltmeter edit {} --kind {}", self.named(block)?, kind.word()))
            }
            _ => {
                Some(format!("tiltmeter history {0}   and then: tiltmeter restore {0} --version N", self.named(block)?))
            }
        }
    }

    fn edit(&self, block: &Block, flag: &str, at: Lived) -> Option<String> {
        let shown = self.desk.here().show(at);
        let shown = if shown.contains(' ') { format!("\"{shown}\"") } else { shown };
        Some(format!("tiltmeter edit {} --alone {flag} {shown}", self.named(block)?))
    }

    /// Returns a name by which a command finds the block: its time where that finds it, else
    /// its number.
    fn named(&self, block: &Block) -> Option<String> {
        if self.ledger.at(block.start).is_some_and(|found| found.id == block.id) {
            return Some(self.by_time(block));
        }
        let number = self.ledger.newest_first().position(|other| other.id == block.id)?;
        Some(format!("@{}", number + 1))
    }

    fn by_time(&self, block: &Block) -> String {
        self.desk.here().show_reference(Reference::At(block.start))
    }
}
