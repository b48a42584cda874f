//! The one way to read and change the journal.

use uuid::Uuid;

use super::{Desk, words};
use crate::domain::{Change, Edit, Hand, Id, Ledger};
use crate::failure::Failure;
use crate::journal::{Notice, Reach, Reading, Undone};
use crate::report::refusal;

/// A change that was made.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The blocks as they were before, as far as they were read.
    pub before: Ledger,
    /// What was changed.
    pub change: Change,
    /// What reading found, besides the blocks.
    pub notices: Vec<Notice>,
}

impl Desk {
    /// Reads part of the journal.
    pub fn read(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        Ok(self.journal.read(reach, self.now())?)
    }

    /// Reads it for something that is to be decided on it: not on less than there is.
    pub fn read_to_decide(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        Ok(self.journal.read_to_decide(reach, self.now())?)
    }

    /// Makes one change: what `decide` wants of the journal as it is then.
    pub fn change(
        &self,
        reach: &Reach<'_>,
        decide: impl FnOnce(&Ledger) -> Result<Edit, Failure>,
    ) -> Result<Changed, Failure> {
        let mut before = Ledger::new(Vec::new(), self.now());
        let committed = self.journal.commit(reach, self.now(), |reading, new_id| {
            let change = self.apply(&decide(&reading.ledger)?, &reading.ledger, new_id)?;
            before = reading.ledger.clone();
            Ok::<Change, Failure>(change)
        })?;
        Ok(Changed { before, change: committed.change, notices: committed.notices })
    }

    /// Says whether an edit could be made now; makes nothing.
    pub fn would_allow(&self, ledger: &Ledger, edit: &Edit) -> Result<(), Failure> {
        let mut ids = 0;
        let mut new_id = || {
            ids += 1;
            Id(Uuid::from_u128(ids))
        };
        self.apply(edit, ledger, &mut new_id).map(drop)
    }

    /// Takes back this device's newest change that is not taken back.
    pub fn undo(&self) -> Result<Undone, Failure> {
        self.journal.undo(self.now()).map_err(|error| words::not_undone(self, error))
    }

    /// Does again what was taken back last, as long as nothing else was done since.
    pub fn redo(&self) -> Result<Undone, Failure> {
        self.journal.redo(self.now()).map_err(|error| words::not_undone(self, error))
    }

    fn apply(&self, edit: &Edit, ledger: &Ledger, new_id: &mut dyn FnMut() -> Id) -> Result<Change, Failure> {
        let mut hand = Hand { zone: self.calendar.home(), new_id };
        ledger.apply(edit, &mut hand).map_err(|why| refusal::of_edit(&why, edit, &self.wording()))
    }
}
