//! How commands read and change the journal, and what they say of it.

use std::cell::RefCell;

use uuid::Uuid;

use super::desk::Desk;
use super::tell;
use crate::domain::{Change, Edit, Hand, Id, Ledger};
use crate::failure::Failure;
use crate::journal::{JournalError, Reach, Reading};
use crate::report::{Words, refusal};

impl Desk<'_> {
    /// Reads part of the journal, and tells what is wrong with it.
    pub(super) fn read(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        let reading = self.read_in_silence(reach)?;
        self.tell(&reading);
        Ok(reading)
    }

    /// Reads part of the journal; what is wrong with it is left for another to tell.
    pub(super) fn read_in_silence(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        self.journal.read(reach, self.now()).map_err(|error| tell::failure(&error))
    }

    /// Tells what is wrong with what was read, and which blocks were forgotten.
    pub(super) fn tell(&self, reading: &Reading) {
        self.tell_with(reading, Words::Shown);
    }

    /// Tells the same, without what people wrote where that is to stay hidden.
    pub(super) fn tell_with(&self, reading: &Reading, words: Words) {
        tell::notices(self, &reading.notices);
        self.tell_forgotten(&reading.ledger, words);
    }

    /// Asks until when the forgotten blocks ran.
    pub(super) fn tell_forgotten(&self, ledger: &Ledger, words: Words) {
        for block in ledger.forgotten() {
            self.out.note(&tell::one_line(&refusal::forgotten(block, &self.look(), words)));
        }
    }

    /// Says whether an edit could be made now; makes nothing.
    pub(super) fn would_allow(&self, ledger: &Ledger, edit: &Edit) -> Result<(), Failure> {
        let mut ids = 0;
        let mut new_id = || {
            ids += 1;
            Id(Uuid::from_u128(ids))
        };
        let mut hand = Hand { zone: self.calendar.home(), new_id: &mut new_id };
        ledger.apply(edit, &mut hand).map(drop).map_err(|why| refusal::of_edit(&why, edit, &self.look()))
    }

    /// Makes one change: what `decide` wants of the journal as it is then. Says what was
    /// done, and which way today tilts after it.
    pub(super) fn change(
        &self,
        reach: &Reach<'_>,
        decide: impl FnOnce(&Ledger) -> Result<Edit, Failure>,
    ) -> Result<(), Failure> {
        let before = RefCell::new(None);
        let committed = self
            .journal
            .commit(reach, self.now(), |reading, new_id| {
                let edit = decide(&reading.ledger)?;
                let mut hand = Hand { zone: self.calendar.home(), new_id };
                let change = reading.ledger.apply(&edit, &mut hand);
                let change = change.map_err(|why| refusal::of_edit(&why, &edit, &self.look()))?;
                before.replace(Some(reading.ledger.clone()));
                Ok::<Change, Stopped>(change)
            })
            .map_err(|stopped| match stopped {
                Stopped::Refused(failure) => failure,
                Stopped::Journal(error) => tell::failure(&error),
            })?;
        tell::notices(self, &committed.notices);
        before.take().map_or(Ok(()), |before| tell::change(self, &before, &committed.change))
    }
}

/// Why a change was not made.
enum Stopped {
    Refused(Failure),
    Journal(JournalError),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl From<JournalError> for Stopped {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}
