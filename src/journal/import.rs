//! Blocks from elsewhere, taken in once.

use chrono::{DateTime, Utc};

use super::Journal;
use super::append;
use super::error::JournalError;
use super::fold::{Fold, IdMap, IdSet};
use super::home::Home;
use super::kept_line::Shape;
use super::line::{IMPORT, Of};
use super::notice::Notice;
use super::raw::Known;
use super::write::{Draft, Ids, Make, Piece, Turn, month_of};
use crate::domain::{Block, Id};

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// How many blocks it added.
    pub added: usize,
    /// How many the journal knew, as they are or as they were, and left alone.
    pub known: usize,
    /// What reading found, besides the blocks.
    pub notices: Vec<Notice>,
}

impl Journal {
    /// Takes in blocks from elsewhere, as one change. Their ids say which they are: one
    /// that the journal knows is left alone, edited or removed as it may be, unless it is
    /// gone because an import was undone. So the same import twice changes nothing.
    pub fn import(&self, blocks: Vec<Block>, now: DateTime<Utc>) -> Result<Imported, JournalError> {
        let lock = self.lock()?;
        let mut files = self.files()?;
        files.list_all();
        let listed = files.has_listed();
        let strays = files.strays(|home| home.is_month(|_| true));
        let files = files.of_months(|_| true);
        let mut loader = self.loader(now);
        let asked: IdSet = blocks.iter().map(|block| block.id).collect();
        let all = loader.full(&files);
        let mut known =
            loader.whole(&files, &all.counts().map(|(id, ..)| id).filter(|id| asked.contains(id)).collect());
        known.mark_newer(all.newer().iter().copied().collect());
        let raw = Known::of(&known);
        let homes = undone_imports(&known, &raw);

        let total = blocks.len();
        let mut taken = IdSet::default();
        let mut pieces = Vec::new();
        for block in blocks {
            let home = homes.get(&block.id).copied();
            if (known.knows(block.id) && home.is_none()) || !taken.insert(block.id) {
                continue;
            }
            let home = home.unwrap_or_else(|| month_of(&block));
            pieces.push(Piece {
                id: block.id,
                shape: Shape::Block,
                home,
                is_new: false,
                turn: Turn::New,
                make: Make::New(block),
            });
        }
        let added = pieces.len();
        if added > 0 {
            listed.and_then(|()| loader.has_read_own())?;
            let draft = Draft { does: IMPORT, of: Of::Itself, pieces };
            let (at, lines) = draft.lines(&raw, &self.place.device, lock.next_instant(now), &mut Ids::new(now))?;
            append::append(&*self.disk, &self.place, &lines)?;
            lock.keep(at, now);
        }
        Ok(Imported { added, known: total - added, notices: loader.notices.into_iter().chain(strays).collect() })
    }
}

/// Returns the blocks that are removed because an import was undone, and where they live.
fn undone_imports(known: &Fold, raw: &Known<'_>) -> IdMap<Home> {
    let undone = |id: &Id| {
        let versions = raw.versions(*id);
        let remover = versions.iter().rev().find(|version| version.sets("removed"))?;
        let Of::Undoes(change) = remover.of else { return None };
        let was_import =
            versions.iter().any(|version| version.source().rank.change == change && version.does == IMPORT);
        let merged = known.merged(*id)?;
        (was_import && merged.removed).then_some((*id, merged.home))
    };
    known.counts().filter_map(|(id, ..)| undone(&id)).collect()
}
