//! Ends that nobody wrote: two blocks ran at once, most often on two devices that did not
//! know of each other, and the earlier is read as ended where the later began.

use super::super::block::{Block, Lived};
use super::super::edit::{Change, Refusal};
use super::Ledger;
use super::draft::Draft;

/// A block without an end of its own that another block is taken to have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumed<'a> {
    /// The block.
    pub block: &'a Block,
    /// The block that began next: its start is the end that is assumed.
    pub next: &'a Block,
}

impl Assumed<'_> {
    /// Returns the end that is assumed, by the clock of the block's own place.
    pub fn end(&self) -> Lived {
        self.block.lived_at(self.next.start)
    }
}

impl Ledger {
    /// Returns the ends that are assumed, the earliest block first.
    pub fn assumed(&self) -> impl Iterator<Item = Assumed<'_>> {
        let open = self.blocks.iter().filter(|block| block.end.is_none());
        open.filter_map(|block| Some(Assumed { block, next: self.ended_by(block, &[])? }))
    }

    /// Returns those of the blocks that have some of their time within `from`..`until`.
    pub fn assumed_within(&self, (from, until): (Lived, Lived)) -> impl Iterator<Item = Assumed<'_>> {
        self.assumed().filter(move |assumed| assumed.block.start < until && assumed.end() > from)
    }
}

/// Writes down the ends that are assumed within a span, so that they are assumed no more.
pub(super) fn confirm(mut draft: Draft<'_, '_>, ledger: &Ledger, span: (Lived, Lived)) -> Result<Change, Refusal> {
    for assumed in ledger.assumed_within(span) {
        draft.end(assumed.block, assumed.end());
    }
    draft.finish("confirm").map_err(|refusal| match refusal {
        Refusal::NothingChanges => Refusal::NothingToConfirm,
        refusal => refusal,
    })
}
