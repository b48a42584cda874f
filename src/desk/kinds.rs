//! The kind of an activity, as far as settings, history and first guesses tell it. Where
//! they don't, the shell asks.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{Changed, Desk};
use crate::domain::{Edit, Kind, Ledger};
use crate::failure::Failure;
use crate::journal::{Back, Reach};
use crate::notation::{kind_of, ruled};
use crate::text::Text;

/// What decides a kind: what an activity is called, and its tags.
pub type Named<'a> = (&'a Text, &'a [Text]);

/// How far back the kind of an activity is looked for, in months.
pub const MONTHS: u32 = 12;

/// Whether the kind of an activity is settled by what is known: by a setting, which goes
/// before history, or by a block of that name.
pub fn settled(desk: &Desk, (activity, tags): Named<'_>, ledger: &Ledger) -> bool {
    let name = activity.raw().to_lowercase();
    ruled(activity, tags, &desk.config.kinds).is_some()
        || ledger.newest_first().any(|block| block.activity.raw().to_lowercase() == name)
}

/// Returns the kind that follows from what an activity is called.
pub fn follows(desk: &Desk, (activity, tags): Named<'_>, ledger: &Ledger) -> Option<Kind> {
    let history = ledger.newest_first().map(|block| (&block.activity, block.kind));
    kind_of(activity, tags, history, &desk.config.kinds)
}

/// Returns the kind that follows, reading back as far as its history has to be known.
pub fn find(desk: &Desk, named: Named<'_>) -> Result<Option<Kind>, Failure> {
    let knows = |ledger: &Ledger| settled(desk, named, ledger);
    let back = Back { found: &knows, months: Some(MONTHS) };
    let ledger = desk.read(&Reach { days: desk.around(&[]), now_too: false, back_until: Some(back) })?.ledger;
    Ok(follows(desk, named, &ledger))
}

/// Makes the change that `edit` builds of a kind: the one that was said, or the one that
/// follows. `None` where only a person knows it, and nothing else is in the way.
pub fn change(
    desk: &Desk,
    named: Named<'_>,
    said: Option<Kind>,
    days: RangeInclusive<NaiveDate>,
    edit: impl Fn(Kind) -> Edit,
) -> Result<Option<Changed>, Failure> {
    let knows = |ledger: &Ledger| said.is_some() || settled(desk, named, ledger);
    let back = Back { found: &knows, months: Some(MONTHS) };
    let mut unknown = false;
    let changed = desk.change(&Reach { days, now_too: true, back_until: Some(back) }, |ledger| {
        if let Some(kind) = said.or_else(|| follows(desk, named, ledger)) {
            return Ok(edit(kind));
        }
        // Nobody is asked for the kind of something that cannot be for another reason.
        desk.would_allow(ledger, &edit(Kind::Consuming))?;
        unknown = true;
        Err(which(named.0))
    });
    if unknown { Ok(None) } else { changed.map(Some) }
}

/// Returns the question for the kind, as a failure where nobody can be asked; how it is
/// answered is the shell's to say.
pub fn which(activity: &Text) -> Failure {
    Failure::refused(format!("\"{}\" is new: which kind is it?", activity.for_terminal()))
}
