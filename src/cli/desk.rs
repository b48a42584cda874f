//! What a command has at hand: the desk, and a way to speak.

use std::ops::Deref;

use super::out::Out;
use crate::desk;
use crate::domain::{Habits, Ledger};
use crate::failure::Failure;
use crate::report::{self, Look};

/// The desk of a command. It reads and changes as [`desk::Desk`] does, and says what there
/// is to say of it.
#[derive(Clone)]
pub(super) struct Desk<'a> {
    pub(super) silent: desk::Desk,
    pub(super) out: &'a Out,
}

impl<'a> Desk<'a> {
    /// Reads the settings and the clock. The journal is not opened yet.
    pub(super) fn open(out: &'a Out, flags: &[String]) -> Result<Self, Failure> {
        let silent = desk::Desk::open(flags)?;
        out.colour_by(&silent.config.themes(out.depth()));
        Ok(Self::over(silent, out))
    }

    /// Returns a way to speak of this desk.
    pub(super) fn over(silent: desk::Desk, out: &'a Out) -> Self {
        out.draw_with(silent.glyphs);
        Self { silent, out }
    }

    /// Returns the same desk at the time that it is now: for what takes a person a while.
    pub(super) fn again(&self) -> Self {
        Self { silent: self.silent.again(), out: self.out }
    }

    /// Returns how reports are drawn.
    pub(super) fn look(&self) -> Look<'_> {
        self.silent.look(self.out.width())
    }

    /// Returns as of when, and by what measure, reports in JSON are read.
    pub(super) fn as_of<'r>(&self, ledger: &'r Ledger) -> report::json::Reading<'r> {
        let Habits { target_is_a_guess, lens, .. } = self.config.habits;
        report::json::Reading { now: self.here().now(), target_is_a_guess, lens, ledger, thoughts: &[], samples: &[] }
    }
}

impl Deref for Desk<'_> {
    type Target = desk::Desk;

    fn deref(&self) -> &desk::Desk {
        &self.silent
    }
}
