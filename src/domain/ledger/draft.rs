//! A ledger being changed: edits move blocks about in a draft, and what differs in the
//! end is the change.

use chrono::TimeDelta;

use super::super::block::{Block, Id, Kind, Lived, WHOLE_DAY};
use super::super::edit::{Change, Clash, Doing, Hand, Refusal, Remark};
use super::{Ends, Ledger};
use crate::text::TAGS;

pub(super) struct Draft<'a, 'h> {
    before: &'a Ledger,
    /// The ledger as it would be.
    pub(super) after: Ledger,
    pub(super) remarks: Vec<Remark>,
    /// Whether it is what takes whole days off: nothing else may.
    pub(super) takes_days_off: bool,
    hand: &'a mut Hand<'h>,
}

impl<'a, 'h> Draft<'a, 'h> {
    pub(super) fn of(before: &'a Ledger, hand: &'a mut Hand<'h>) -> Self {
        Self { before, after: before.clone(), remarks: Vec::new(), takes_days_off: false, hand }
    }

    /// Returns the change that the draft has come to, if it is one and keeps the rules.
    pub(super) fn finish(self, does: &'static str) -> Result<Change, Refusal> {
        let Self { before, after, remarks, takes_days_off, .. } = self;
        let put: Vec<Block> = after.blocks.iter().filter(|block| !before.holds(block)).cloned().collect();
        let gone = |block: &&Block| !after.holds(block) && after.get(block.id).is_none();
        let removed: Vec<Block> = before.blocks.iter().chain(&before.ahead).filter(gone).cloned().collect();
        if put.is_empty() && removed.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        for block in &put {
            if block.tags.len() > TAGS {
                return Err(Refusal::TooManyTags);
            }
            let was = before.get(block.id);
            if block.is_day_off() && !was.is_some_and(Block::is_day_off) && !takes_days_off {
                return Err(Refusal::BreakTooLong(Box::new(block.clone())));
            }
            // One whose end was assumed, and is written now, stands in nobody's way that it did not.
            let is_within = |old: &Block, end: Lived| {
                old.end.is_none() && end > old.start && matches!(before.ends(old), Ends::At(read) if end <= read)
            };
            let stands_as_it_did = |old: &Block| {
                let same = (old.start, old.is_day_off()) == (block.start, block.is_day_off());
                same && (old.end == block.end || block.end.is_some_and(|end| is_within(old, end)))
            };
            if !was.is_some_and(stands_as_it_did) {
                after.check(block)?;
            }
        }
        Ok(Change { does, put, removed, remarks })
    }

    /// Puts in a new block.
    pub(super) fn add(&mut self, doing: &Doing, start: Lived, end: Option<Lived>) {
        let here = self.hand.zone.at(start.to_utc()).offset() == start.offset();
        let id = (self.hand.new_id)();
        self.insert(Block {
            id,
            start,
            end,
            zone: self.hand.zone.name().filter(|_| here).cloned(),
            kind: doing.kind,
            activity: doing.activity.clone(),
            tags: doing.tags.clone(),
            note: doing.note.clone(),
            interrupted: 0,
        });
    }

    /// Puts in what remains of `block` from `start` on, as a block of its own. What was
    /// written about the whole, and its interruptions, stay with the first part.
    pub(super) fn add_rest(&mut self, block: &Block, start: Lived, end: Option<Lived>) {
        let id = (self.hand.new_id)();
        self.insert(Block { id, start, end, note: None, interrupted: 0, ..block.clone() });
    }

    /// Puts in a block that is made elsewhere, in its place in the order.
    pub(super) fn insert(&mut self, block: Block) {
        let key = (block.began(), block.id);
        let at = self.after.blocks.partition_point(|other| (other.began(), other.id) < key);
        self.after.blocks.insert(at, block);
    }

    /// Changes a block, keeping the order. One that is no longer there stays away.
    pub(super) fn change(&mut self, id: Id, change: impl FnOnce(&mut Block)) {
        if let Some(mut block) = self.take(id) {
            change(&mut block);
            self.insert(block);
        }
    }

    /// Takes a block out.
    pub(super) fn take(&mut self, id: Id) -> Option<Block> {
        let blocks = &mut self.after.blocks;
        if let Some(at) = blocks.iter().position(|block| block.id == id) {
            return Some(blocks.remove(at));
        }
        let ahead = &mut self.after.ahead;
        ahead.iter().position(|block| block.id == id).map(|at| ahead.remove(at))
    }

    /// Ends a block, or takes it out where it would end in the second it began.
    pub(super) fn end(&mut self, block: &Block, at: Lived) {
        if at == block.start {
            self.take(block.id);
            self.remarks.push(Remark::NoLength(block.clone()));
        } else if block.kind == Kind::Off && at - block.start >= WHOLE_DAY {
            // A break that was never ended takes no day off: nobody asked for that.
            let end = block.start + WHOLE_DAY - TimeDelta::minutes(1);
            self.change(block.id, |block| block.end = Some(end));
        } else {
            self.change(block.id, |block| block.end = Some(at));
        }
    }

    /// Makes room from `start` to `end` (for ever, where `None`), as `clash` says, and
    /// returns the free parts in which the new block may stand.
    pub(super) fn room(
        &mut self,
        start: Lived,
        end: Option<Lived>,
        clash: Clash,
    ) -> Result<Vec<(Lived, Option<Lived>)>, Refusal> {
        let in_the_way: Vec<Block> = self.after.in_the_way(start, end, &[]).cloned().collect();
        match (clash, in_the_way.first()) {
            (_, None) => Ok(vec![(start, end)]),
            (Clash::Refuse, Some(first)) => Err(Refusal::Overlap { start, end, clash: Box::new(first.clone()) }),
            (Clash::Trim, Some(_)) => {
                for block in &in_the_way {
                    self.trim(block, start, end);
                }
                Ok(vec![(start, end)])
            }
            (Clash::Fit, Some(_)) => self.fit(&in_the_way, start, end),
        }
    }

    /// Cuts `block` so that the time from `start` to `end` is free of it.
    fn trim(&mut self, block: &Block, start: Lived, end: Option<Lived>) {
        let open = self.after.ends(block) == Ends::Running;
        let until = self.after.occupied_until(block, &[]);
        let rest = end.filter(|&end| end < until);
        let rest_end = if open { None } else { Some(block.end.unwrap_or(until)) };
        match (block.start < start, rest) {
            (true, rest) => {
                self.change(block.id, |block| block.end = Some(block.lived_at(start)));
                if let Some(rest) = rest {
                    self.add_rest(block, block.lived_at(rest), rest_end);
                }
            }
            (false, Some(rest)) => self.change(block.id, |block| block.start = block.lived_at(rest)),
            (false, None) => {
                self.take(block.id);
                self.remarks.push(Remark::Swallowed(block.clone()));
                return;
            }
        }
        self.remarks.extend(self.after.get(block.id).cloned().map(Remark::Trimmed));
    }

    /// Returns what `in_the_way` leaves free between `start` and `end`.
    fn fit(
        &mut self,
        in_the_way: &[Block],
        start: Lived,
        end: Option<Lived>,
    ) -> Result<Vec<(Lived, Option<Lived>)>, Refusal> {
        let mut free = Vec::new();
        let mut from = start;
        for block in in_the_way {
            if from < block.start {
                free.push((from, Some(block.start)));
            }
            from = self.after.occupied_until(block, &[]).max(from);
        }
        if end.is_none_or(|end| from < end) && from.to_utc() <= self.after.now() {
            free.push((from, end));
        }
        if free.is_empty() {
            let end = end.unwrap_or_else(|| self.after.now().with_timezone(start.offset()));
            return Err(Refusal::NothingFree { start, end });
        }
        self.remarks.extend(free.iter().map(|&(start, end)| Remark::Fitted { start, end }));
        Ok(free)
    }
}
