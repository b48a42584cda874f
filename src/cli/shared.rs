//! Flags that commands share, and what they come to.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use clap::Args;

use super::desk::Desk;
use crate::domain::{Clash, Kind, Ledger, Lived};
use crate::failure::Failure;
use crate::journal::{Back, Reach};
use crate::notation::{self, Doubled, Here, Reference, Toward};
use crate::report::words;
use crate::text::{Text, TextError, terminal_safe};

// When something began or ended, where it was not now. (Not a doc comment: clap would
// say it of every command that takes these flags.)
#[derive(Args, Debug, Default)]
pub(super) struct Backdate {
    /// When: 9:30, 2pm, "yesterday 17:00"
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// How long ago: 15m, 1h30
    #[arg(long, value_name = "LENGTH", conflicts_with = "at")]
    ago: Option<String>,
}

impl Backdate {
    /// Returns the time that was said, if one was.
    pub(super) fn said(&self, desk: &Desk<'_>) -> Result<Option<Lived>, Failure> {
        let here = desk.here();
        if let Some(at) = &self.at {
            return time(desk, &here, at).map(Some);
        }
        let Some(ago) = &self.ago else { return Ok(None) };
        let now = here.now();
        Ok(Some(desk.calendar.home().at((now - notation::length(ago)?).to_utc())))
    }

    /// Returns the time that was said, else now.
    pub(super) fn or_now(&self, desk: &Desk<'_>) -> Result<Lived, Failure> {
        Ok(self.said(desk)?.unwrap_or_else(|| desk.here().now()))
    }
}

// What to do where another block is in the way.
#[derive(Args, Debug, Default)]
pub(super) struct Ways {
    /// Cut the blocks that are in the way
    #[arg(long)]
    trim: bool,
    /// Keep only what is free
    #[arg(long, conflicts_with = "trim")]
    fit: bool,
}

impl Ways {
    pub(super) fn clash(&self) -> Clash {
        match (self.trim, self.fit) {
            (true, _) => Clash::Trim,
            (_, true) => Clash::Fit,
            _ => Clash::Refuse,
        }
    }
}

// How a reading command answers.
#[derive(Args, Debug, Default)]
pub(super) struct Answer {
    /// Answer in JSON, for programs (docs/json.md)
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads a time, and says so where it happened twice.
pub(super) fn time(desk: &Desk<'_>, here: &Here<'_>, typed: &str) -> Result<Lived, Failure> {
    Ok(here.time(typed)?.tell(said_twice(desk)))
}

/// Returns what says that a time happened twice: for `tell`.
pub(super) fn said_twice(desk: &Desk<'_>) -> impl FnMut(&Doubled) {
    |doubled| desk.out.note(&doubled.to_string())
}

/// Reads the words that name a kind, where they were said.
pub(super) fn kind(typed: Option<&str>) -> Result<Option<Kind>, Failure> {
    Ok(typed.map(notation::kind).transpose()?)
}

/// Reads a note.
pub(super) fn note(typed: &str) -> Result<Text, Failure> {
    Text::note(typed).map_err(|error| not_text("the note", error))
}

pub(super) fn not_text(what: &str, error: TextError) -> Failure {
    Failure::refused(format!("{what} has {error}")).hint("type it again without that")
}

/// Reads a day that has been or is.
pub(super) fn day(desk: &Desk<'_>, typed: &[String]) -> Result<NaiveDate, Failure> {
    if typed.is_empty() {
        return Ok(desk.today());
    }
    Ok(desk.here().date(&typed.join(" "), Toward::Past)?)
}

/// What is read for something that happens now, or at `at`: today, and the day of `at`
/// where that is another.
pub(super) fn around(desk: &Desk<'_>, times: &[Lived]) -> RangeInclusive<NaiveDate> {
    let today = desk.today();
    let days = times.iter().map(|at| desk.calendar.day_at_home(at.to_utc()));
    days.fold(today..=today, |range, day| day.min(*range.start())..=day.max(*range.end()))
}

/// Which block is meant, and what must be read to find it.
pub(super) struct Target {
    reference: Reference,
    typed: String,
}

impl Target {
    /// Reads a reference; the newest block where none was typed.
    pub(super) fn read(desk: &Desk<'_>, typed: Option<&str>) -> Result<Self, Failure> {
        let typed = typed.unwrap_or("@1");
        Ok(Self::of(desk.here().reference(typed)?, typed))
    }

    /// Reads a day, and means what takes it off.
    pub(super) fn day_off(desk: &Desk<'_>, typed: &str) -> Option<Self> {
        let day = desk.here().date(typed, Toward::Past).ok()?;
        let (begins, ends) = desk.calendar.day_at_home_bounds(day);
        Some(Self::of(Reference::At(begins + (ends - begins) / 2), typed))
    }

    /// Takes a reference that was understood already.
    pub(super) fn of(reference: Reference, typed: &str) -> Self {
        Self { reference, typed: typed.to_owned() }
    }

    /// Calls `with` with what must be read for the block to be found, and for `times` to
    /// be free or not.
    pub(super) fn reach<T>(&self, desk: &Desk<'_>, times: &[Lived], with: impl FnOnce(&Reach<'_>) -> T) -> T {
        match self.reference {
            Reference::Newest(n) => {
                let enough = |ledger: &Ledger| ledger.newest_first().nth(n.get() - 1).is_some();
                let back = Back { found: &enough, months: None };
                with(&Reach { days: around(desk, times), now_too: true, back_until: Some(back) })
            }
            Reference::At(at) => {
                let times: Vec<Lived> = times.iter().copied().chain([at]).collect();
                with(&Reach { days: around(desk, &times), now_too: true, back_until: None })
            }
        }
    }

    /// Returns the block in a ledger that was read so.
    pub(super) fn find<'l>(&self, ledger: &'l Ledger) -> Result<&'l crate::domain::Block, Failure> {
        let found = match self.reference {
            Reference::Newest(n) => ledger.newest_first().nth(n.get() - 1),
            Reference::At(at) => ledger.at(at),
        };
        found.ok_or_else(|| {
            let what = match self.reference {
                Reference::Newest(_) => format!("there is no block {}", terminal_safe(&self.typed)),
                Reference::At(at) => format!("nothing is logged at {}", words::moment(at, ledger.now())),
            };
            Failure::refused(what).hint("tiltmeter day shows what there is; @1 is the newest block")
        })
    }
}
