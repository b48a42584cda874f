//! How commands read and change the journal, and what they say of it.

use super::desk::Desk;
use super::tell;
use crate::domain::{Edit, Ledger};
use crate::failure::Failure;
use crate::journal::{Reach, Reading};
use crate::report::{Words, refusal};

impl Desk<'_> {
    /// Reads part of the journal, and tells what is wrong with it.
    pub(super) fn read(&self, reach: &Reach<'_>) -> Result<Reading, Failure> {
        let reading = self.silent.read(reach)?;
        self.tell(&reading);
        Ok(reading)
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

    /// Makes one change: what `decide` wants of the journal as it is then. Says what was
    /// done, and which way today tilts after it.
    pub(super) fn change(
        &self,
        reach: &Reach<'_>,
        decide: impl FnOnce(&Ledger) -> Result<Edit, Failure>,
    ) -> Result<(), Failure> {
        tell::changed(self, &self.silent.change(reach, decide)?)
    }
}
