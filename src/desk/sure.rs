//! Until when it is sure what was done: where `was` begins, with words and without.

use super::Desk;
use crate::domain::{Ledger, Lived, Sure};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report::words;

/// Reads what tells it.
pub fn read(desk: &Desk) -> Result<Ledger, Failure> {
    Ok(desk.read_to_decide(&Reach { days: desk.around(&[]), now_too: true, back_until: None })?.ledger)
}

/// Returns until when it is sure what was done, or why that cannot be told.
pub fn until(desk: &Desk, ledger: &Ledger) -> Result<Lived, Failure> {
    match Sure::of(ledger, &desk.calendar, &desk.config.habits) {
        Sure::Until(until) => Ok(until),
        Sure::AllLogged => {
            let now = words::clock(desk.here().now());
            Err(Failure::refused(format!("all time until now, {now}, is logged")).hint("tiltmeter day shows it"))
        }
        Sure::WorkBegins(begins) => {
            let begins = words::clock(begins);
            let message =
                format!("nothing is logged today, and work begins at {begins}, so it is not known when this began");
            Err(Failure::refused(message).hint("say when: tiltmeter was ACTIVITY --at 7:30"))
        }
    }
}
