//! A day that is being edited as text, step by step; the shell runs the editor and says
//! what came of it.
//!
//! ```text
//! begin ─▶ command ─▶ read_back ─▶ understood ─▶ save ─▶ done
//!             ▲                        │           │
//!             └──────── mend ◀─────────┴───────────┘─▶ keep
//! ```

use std::io;
use std::process::{Command, ExitStatus};

use chrono::NaiveDate;

use super::draft::Draft;
use super::sheet::{Sheet, Wrong, with_error, without_errors};
use super::{Changed, Desk};
use crate::domain::{Edit, Entry, Ledger};
use crate::failure::{Failure, Fault};
use crate::journal::Reach;
use crate::notation::DayText;

/// A day that is being edited as text.
#[derive(Debug)]
pub struct Editing {
    sheet: Sheet,
    reach: Reach<'static>,
    draft: Draft,
    /// The text as the editor is given it.
    opened: String,
    /// The text as it was typed last.
    typed: String,
}

/// What came out of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text as it was; the file is gone.
    Nothing,
    /// Another text.
    Another,
}

/// Why a text was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// The text cannot be read, or what it says cannot be: it can be mended.
    Wrong(Wrong),
    /// No mending of the text would help.
    ForGood(Failure),
}

impl Editing {
    /// Writes the text of a day, of which `ledger` has [`Desk::whole_day`].
    pub fn begin(desk: &Desk, day: NaiveDate, ledger: &Ledger) -> Result<Self, Failure> {
        let sheet = Sheet::of(desk, day, ledger);
        let draft = Draft::write(day, &sheet.shown)?;
        let opened = sheet.shown.clone();
        Ok(Self { sheet, reach: desk.whole_day(day), draft, opened, typed: String::new() })
    }

    /// Returns the command that opens the text in the user's editor.
    pub fn command(&self) -> Command {
        self.draft.command()
    }

    /// Reads the text back, after the editor has ended so. A text that was opened to be
    /// mended and was not is a failure.
    pub fn read_back(&mut self, ended: io::Result<ExitStatus>) -> Result<Edited, Failure> {
        let edited = self.draft.read_back(ended)?;
        self.typed = without_errors(&edited);
        if self.typed == self.sheet.shown {
            self.draft.remove();
            return Ok(Edited::Nothing);
        }
        if edited.trim().is_empty() && !self.sheet.entries.is_empty() {
            self.draft.remove();
            let emptied = Failure::refused("the text was emptied, so nothing was saved");
            return Err(emptied.hint("to take blocks out, delete their lines and leave the others, or the heading"));
        }
        if edited == self.opened {
            return Err(self.draft.kept(Failure::refused("the text was not mended, so nothing was saved")));
        }
        Ok(Edited::Another)
    }

    /// Returns what the text says, and which of its times happened twice.
    pub fn understood(&self, desk: &Desk) -> Result<DayText, Unsaved> {
        let read = desk.here().on(self.sheet.day).day_text(&self.typed, &self.sheet.entries);
        read.map_err(|error| Unsaved::Wrong(Wrong { line: Some(error.line), failure: error.error.into() }))
    }

    /// Saves what the text says as one change, unless the day was changed elsewhere
    /// meanwhile. The file is still there.
    pub fn save(&self, desk: &Desk, entries: Vec<Entry>) -> Result<Changed, Unsaved> {
        let (from, until) = desk.calendar.day_at_home_bounds(self.sheet.day);
        let mut elsewhere = false;
        let saved = desk.change(&self.reach, |ledger| {
            elsewhere = self.sheet.has_changed(desk, ledger);
            if elsewhere {
                return Err(Failure::refused(
                    "the day was changed elsewhere while you edited it, so nothing was saved",
                )
                .hint("tiltmeter edit --day starts from how it is now"));
            }
            let blocks = self.sheet.blocks.iter().map(|block| block.id).collect();
            Ok(Edit::Rewrite { blocks, from, until, entries })
        });
        saved.map_err(|failure| {
            let for_good = elsewhere || failure.fault == Fault::Environment;
            if for_good { Unsaved::ForGood(failure) } else { Unsaved::Wrong(Wrong { line: None, failure }) }
        })
    }

    /// Puts what is wrong above the text, for the editor to open it once more.
    pub fn mend(&mut self, wrong: &Wrong) -> Result<(), Failure> {
        self.opened = with_error(&self.typed, wrong);
        self.draft.rewrite(&self.opened)
    }

    /// Gives up, and says where the text is kept.
    pub fn keep(self, unsaved: Unsaved) -> Failure {
        self.draft.kept(match unsaved {
            Unsaved::Wrong(wrong) => wrong.failure(0),
            Unsaved::ForGood(failure) => failure,
        })
    }

    /// Takes the file away: the journal holds what it held.
    pub fn done(self) {
        self.draft.remove();
    }
}
