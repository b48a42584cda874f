//! The day in `$EDITOR`: the day as text, saved as one change.

use chrono::NaiveDate;

use super::desk::Desk;
use super::{shared, tell};
use crate::desk::{Edited, Editing, Unsaved};
use crate::failure::Failure;
use crate::notation::DayText;

pub(super) fn run(desk: &Desk<'_>, day: NaiveDate) -> Result<(), Failure> {
    let ledger = desk.read(&desk.whole_day(day))?.ledger;
    let mut editing = Editing::begin(desk, day, &ledger)?;
    loop {
        let ended = editing.command().status();
        if editing.read_back(ended)? == Edited::Nothing {
            return desk.out.line("nothing was changed");
        }
        // An editor may be open for hours: each try has a clock of its own.
        match save(&desk.again(), &editing) {
            Ok(()) => {
                editing.done();
                return Ok(());
            }
            Err(Unsaved::Wrong(wrong)) if desk.out.can_ask() => editing.mend(&wrong)?,
            Err(unsaved) => return Err(editing.keep(unsaved)),
        }
    }
}

fn save(desk: &Desk<'_>, editing: &Editing) -> Result<(), Unsaved> {
    let DayText { entries, doubled } = editing.understood(desk)?;
    doubled.iter().for_each(shared::doubled(desk));
    let changed = editing.save(desk, entries)?;
    tell::changed(desk, &changed).map_err(Unsaved::ForGood)
}
