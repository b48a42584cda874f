//! The blocks of a range, read as of one instant: what runs, what counts, what stands in
//! the way; and the rules that every change keeps.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::block::{Block, Id, LONGEST_BLOCK, Lived};
use super::edit::{Change, Edit, Hand, Refusal};
use crate::text::Text;

mod apply;
mod assumed;
mod draft;
mod rewrite;
#[cfg(test)]
mod tests;

pub use assumed::Assumed;

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
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    now: DateTime<Utc>,
    blocks: Vec<Block>,
    ahead: Vec<Block>,
    /// Of blocks without an end, those that another device started, and which.
    elsewhere: Vec<(Id, Text)>,
}

impl Ledger {
    /// Takes blocks in any order. Those that start after `now` are set aside (a fast
    /// clock wrote them), except for days off, which may lie ahead. Time is counted in
    /// seconds, so that of `now` that is not over is left away.
    pub fn new(mut blocks: Vec<Block>, now: DateTime<Utc>) -> Self {
        let now = now.trunc_subsecs(0);
        blocks.sort_by_key(|block| (block.began(), block.id));
        let begun = blocks.partition_point(|block| block.began() <= now);
        let (days_off, ahead) = blocks.drain(begun..).partition(Block::is_day_off);
        let days_off: Vec<Block> = days_off;
        blocks.extend(days_off);
        Self { now, blocks, ahead, elsewhere: Vec::new() }
    }

    /// Returns the same blocks as they are read at another instant.
    #[must_use]
    pub fn read_at(self, now: DateTime<Utc>) -> Self {
        let Self { blocks, ahead, elsewhere, .. } = self;
        Self::new([blocks, ahead].concat(), now).with_elsewhere(elsewhere)
    }

    /// Returns the same blocks, knowing which of those without an end another device started.
    #[must_use]
    pub fn with_elsewhere(self, elsewhere: Vec<(Id, Text)>) -> Self {
        Self { elsewhere, ..self }
    }

    /// Returns the device that started a block without an end, if it is not this one.
    pub fn elsewhere(&self, id: Id) -> Option<&Text> {
        self.elsewhere.iter().find(|(other, _)| *other == id).map(|(_, device)| device)
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

    /// Whether the ledger holds this block, just as it is.
    fn holds(&self, block: &Block) -> bool {
        let found = self.blocks.binary_search_by_key(&(block.began(), block.id), |other| (other.began(), other.id));
        found.is_ok_and(|at| self.blocks.get(at) == Some(block))
    }

    /// Returns the block that is meant by the time `at`, as people read it off a list: by
    /// the minute, and by the clocks of the place where the block was lived. That is the
    /// last block that began in that minute or before and had not ended; else a forgotten
    /// one that may have run then; else a day off.
    pub fn at(&self, at: Lived) -> Option<&Block> {
        let wall = |at: Lived| at.naive_local().and_utc().timestamp().div_euclid(60);
        let asked = wall(at);
        let is_shown_at = |stretch: &&Stretch<'_>| {
            let (start, end) = (wall(stretch.start), wall(stretch.end.with_timezone(stretch.start.offset())));
            start == asked || (start < asked && asked < end)
        };
        let stretches = self.stretches();
        // Where clocks on two walls said the same, the instant decides.
        let shown: Vec<_> = stretches.iter().filter(is_shown_at).collect();
        let begins = shown.iter().rev().find(|stretch| wall(stretch.start) == asked);
        let at_the_instant = shown.iter().rev().find(|stretch| stretch.start <= at && at < stretch.end);
        let counted = begins.or(at_the_instant).or(shown.last()).map(|stretch| stretch.block);
        let may_have_run = |block: &&Block| block.start <= at && at - block.start < LONGEST_BLOCK;
        let is_off = |block: &&Block| block.is_day_off() && block.start <= at && block.end.is_some_and(|end| at < end);
        counted.or_else(|| self.forgotten().filter(may_have_run).last()).or_else(|| self.blocks.iter().find(is_off))
    }

    /// Returns what a time that was typed means: a whole minute stands for the one border
    /// between blocks within it, if there is just one.
    fn meant(&self, at: Lived) -> Lived {
        let ends = self.blocks.iter().filter_map(|block| block.end);
        let mut borders =
            self.blocks.iter().map(|block| block.start).chain(ends).filter(|border| is_in_minute(at, *border));
        let first = borders.next();
        first.filter(|first| borders.all(|other| other == *first)).unwrap_or(at)
    }

    /// Returns up to when time is spoken for: the latest end of a block that has ended,
    /// or now while one runs. Days off speak for nothing.
    pub fn logged_until(&self) -> Option<Lived> {
        self.newest_first()
            .filter_map(|block| match self.ends(block) {
                Ends::At(end) => Some(end),
                Ends::Running => Some(self.now.with_timezone(block.start.offset())),
                Ends::Forgotten => None,
            })
            .max()
    }

    /// Returns when a block of this ledger ends (docs/journal-format.md): at its own end; else
    /// at the first start after its own, if that comes within a day; else it runs, if
    /// younger than a day; else it is forgotten. Days off end nothing.
    pub fn ends(&self, block: &Block) -> Ends {
        self.ends_without(block, &[])
    }

    /// Returns when a block would end if those of the ids in `but` were not there.
    fn ends_without(&self, block: &Block, but: &[Id]) -> Ends {
        if let Some(end) = block.end {
            return Ends::At(end);
        }
        match self.ended_by(block, but) {
            Some(next) => Ends::At(next.start),
            None if self.now < block.began() + LONGEST_BLOCK => Ends::Running,
            None => Ends::Forgotten,
        }
    }

    /// Returns the block whose start ends one without an end of its own: the first after it,
    /// if that comes within a day.
    fn ended_by(&self, block: &Block, but: &[Id]) -> Option<&Block> {
        let later = self.blocks.partition_point(|other| other.began() <= block.began());
        let mut after = self.blocks.get(later..).unwrap_or_default().iter();
        let next = after.find(|other| !other.is_day_off() && !but.contains(&other.id));
        next.filter(|next| next.began() <= block.began() + LONGEST_BLOCK)
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
    /// block counts for more than a day; a forgotten one counts nothing, nor does a
    /// whole day off, on which others may stand.
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        let mut sweep = Sweep::default();
        for block in self.blocks.iter().filter(|block| !block.is_day_off()) {
            if let Some(end) = self.counted_until(block) {
                sweep.begin(block, end);
            }
        }
        sweep.finish()
    }

    /// Returns until when a block counts; `None` where it counts nothing.
    fn counted_until(&self, block: &Block) -> Option<Lived> {
        let end = match self.ends(block) {
            Ends::At(end) => end,
            Ends::Running => self.now.with_timezone(block.start.offset()),
            Ends::Forgotten => return None,
        };
        let end = end.min(block.start + LONGEST_BLOCK);
        (end > block.start).then_some(end)
    }

    /// Says what `edit` would change, or why it cannot be.
    pub fn apply(&self, edit: &Edit, hand: &mut Hand<'_>) -> Result<Change, Refusal> {
        apply::apply(self, edit, hand)
    }

    /// Returns the ledger as it is after a change.
    #[must_use]
    pub fn after(&self, change: &Change) -> Self {
        let touched = |block: &&Block| change.put.iter().chain(&change.removed).any(|other| other.id == block.id);
        let kept = self.blocks.iter().chain(&self.ahead).filter(|block| !touched(block));
        let blocks = kept.chain(&change.put).cloned().collect();
        Self::new(blocks, self.now).with_elsewhere(self.elsewhere.clone())
    }

    /// Says whether there is room for `put` in a ledger that has none of them: undo and
    /// redo ask this. What `stood` says of a block was there already when what is undone
    /// was done; to overlap it is how it was.
    pub fn room_for(&self, put: &[Block], stood: impl Fn(&Block) -> bool) -> Result<(), Refusal> {
        let after = Self::new(self.blocks.iter().chain(put).cloned().collect(), self.now);
        put.iter().try_for_each(|block| match after.check(block) {
            Err(Refusal::Overlap { clash, .. }) if stood(&clash) => Ok(()),
            checked => checked,
        })
    }

    /// Says whether a block, new or changed, may stand where it does.
    fn check(&self, block: &Block) -> Result<(), Refusal> {
        check_span(block, self.now)?;
        if block.is_day_off() {
            return Ok(());
        }
        let clash = self.in_the_way(block.start, block.end, &[block.id]).next().cloned();
        clash.map_or(Ok(()), |clash| {
            Err(Refusal::Overlap { start: block.start, end: block.end, clash: Box::new(clash) })
        })
    }

    /// Returns the blocks that take some of the time from `start` to `end` (for ever,
    /// where `None`), without those of the ids in `but` and days off.
    fn in_the_way(&self, start: Lived, end: Option<Lived>, but: &[Id]) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| {
            let taken = !block.is_day_off() && !but.contains(&block.id) && end.is_none_or(|end| block.start < end);
            taken && self.occupied_until(block, but) > start
        })
    }

    /// Returns until when a block stands in the way of others: one that runs, just
    /// past now, so that what starts now meets it; of a forgotten one only the start is
    /// known.
    fn occupied_until(&self, block: &Block, but: &[Id]) -> Lived {
        match self.ends_without(block, but) {
            Ends::At(end) => end,
            Ends::Running => self.now.with_timezone(block.start.offset()) + TimeDelta::seconds(1),
            Ends::Forgotten => block.start + TimeDelta::seconds(1),
        }
    }
}

/// Whether `at` is a whole minute and `border` lies within it.
fn is_in_minute(at: Lived, border: Lived) -> bool {
    at.timestamp().rem_euclid(60) == 0 && (0..60).contains(&(border - at).num_seconds())
}

/// Says whether the times of a block are within the rules.
fn check_span(block: &Block, now: DateTime<Utc>) -> Result<(), Refusal> {
    let start = block.start;
    let end = block.end.unwrap_or(start);
    if block.end.is_some_and(|end| end <= start) {
        return Err(Refusal::EndsBeforeStart { start, end });
    }
    if end - start > LONGEST_BLOCK {
        return Err(Refusal::TooLong { start, length: end - start });
    }
    let ahead = [start, end].into_iter().find(|at| at.to_utc() > now && !block.is_day_off());
    ahead.map_or(Ok(()), |at| Err(Refusal::InTheFuture { at, now: now.with_timezone(at.offset()) }))
}

/// A sweep over blocks in the order of their starts that gives each second to the
/// last that began.
#[derive(Default)]
struct Sweep<'a> {
    /// The blocks that have begun and not ended, the one that counts on top.
    open: Vec<(&'a Block, Lived)>,
    /// Up to where time has been given away.
    given: Option<Lived>,
    stretches: Vec<Stretch<'a>>,
}

impl<'a> Sweep<'a> {
    fn begin(&mut self, block: &'a Block, end: Lived) {
        self.close_until(block.start);
        if let Some(&(under, _)) = self.open.last() {
            self.give(under, block.start);
        }
        self.given = Some(block.start);
        self.open.push((block, end));
    }

    fn finish(mut self) -> Vec<Stretch<'a>> {
        while let Some((block, end)) = self.open.pop() {
            self.give(block, end);
        }
        self.stretches
    }

    /// Ends the blocks that end at `at` or before, each giving way to the one below it.
    fn close_until(&mut self, at: Lived) {
        while let Some(&(block, end)) = self.open.last()
            && end <= at
        {
            self.give(block, end);
            self.open.pop();
        }
    }

    fn give(&mut self, block: &'a Block, until: Lived) {
        let from = self.given.map_or(block.start, |given| given.max(block.start));
        if from < until {
            let start = if from == block.start { block.start } else { from.with_timezone(block.start.offset()) };
            self.stretches.push(Stretch { block, start, end: until });
            self.given = Some(until);
        }
    }
}
