//! Flags that commands share, and what they come to.

use chrono::NaiveDate;
use clap::Args;

use super::desk::Desk;
use crate::domain::{Block, Clash, Days, Id, Kind, Ledger, Lived};
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

// What is said of a block besides its words.
#[derive(Args, Debug, Default)]
pub(super) struct About {
    /// Its kind: c creating, s shaping, i consuming, o off
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Anything else about it
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
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
    Ok(here.time(typed)?.tell(doubled(desk)))
}

/// Returns what says that a time happened twice: for `tell`.
pub(super) fn doubled(desk: &Desk<'_>) -> impl FnMut(&Doubled) {
    |doubled| desk.out.note(&doubled.to_string())
}

/// Reads the words that name a kind, where they were said.
pub(super) fn kind(typed: Option<&str>) -> Result<Option<Kind>, Failure> {
    Ok(typed.map(notation::kind).transpose()?)
}

/// Says that a line has a time and a flag another.
pub(super) fn said_twice() -> Failure {
    Failure::refused("the time is said twice, with @ and with a flag").hint("say it once")
}

/// Reads a note.
pub(super) fn note(typed: &str) -> Result<Text, Failure> {
    Text::note(typed).map_err(|error| not_text("the note", error))
}

pub(super) fn not_text(what: &str, error: TextError) -> Failure {
    let hint = match error {
        TextError::Empty => "say it in words",
        TextError::TooLong { .. } => "say it in fewer words",
        TextError::Control(_)
        | TextError::Direction(_)
        | TextError::Unseen(_)
        | TextError::Marks
        | TextError::TagWords => "type it again without that",
    };
    Failure::refused(format!("{what} has {error}")).hint(hint)
}

/// Reads a day that has been or is.
pub(super) fn day(desk: &Desk<'_>, typed: &[String]) -> Result<NaiveDate, Failure> {
    if typed.is_empty() {
        return Ok(desk.today());
    }
    Ok(desk.here().date(&typed.join(" "), Toward::Past)?)
}

/// Which block is meant, and what must be read to find it.
pub(super) struct Target {
    meant: Meant,
    typed: String,
    /// The block that it was, when its day was asked for.
    seen: Option<Id>,
}

/// What was named.
#[derive(Clone, Copy)]
enum Meant {
    Block(Reference),
    /// What takes this day off.
    DayOff(NaiveDate),
}

impl Target {
    /// Reads a reference; the newest block where none was typed.
    pub(super) fn read(desk: &Desk<'_>, typed: Option<&str>) -> Result<Self, Failure> {
        let typed = typed.unwrap_or("@1");
        let reference = desk.here().reference(typed)?;
        Ok(Self { meant: Meant::Block(reference), typed: typed.to_owned(), seen: None })
    }

    /// Reads a reference, or a day, and then means what takes it off: the coming day of
    /// that name, as `off` does.
    pub(super) fn block_or_day_off(desk: &Desk<'_>, typed: &str) -> Result<Self, Failure> {
        Self::read(desk, Some(typed)).or_else(|error| {
            let day = desk.here().date(typed, Toward::Future).map_err(|_| error)?;
            Ok(Self { meant: Meant::DayOff(day), typed: typed.to_owned(), seen: None })
        })
    }

    /// Calls `with` with what must be read for the block to be found, and for `times` to
    /// be free or not.
    pub(super) fn reach<T>(&self, desk: &Desk<'_>, times: &[Lived], with: impl FnOnce(&Reach<'_>) -> T) -> T {
        let around_too = |at: Lived| {
            let times: Vec<Lived> = times.iter().copied().chain([at]).collect();
            Reach { days: desk.around(&times), now_too: true, back_until: None }
        };
        match self.meant {
            Meant::Block(Reference::Newest(n)) => {
                let enough = |ledger: &Ledger| ledger.newest_first().nth(n.get() - 1).is_some();
                let back = Back { found: &enough, months: None };
                with(&Reach { days: desk.around(times), now_too: true, back_until: Some(back) })
            }
            Meant::Block(Reference::At(at)) => with(&around_too(at)),
            Meant::DayOff(day) => with(&around_too(desk.calendar.day_at_home_bounds(day).0)),
        }
    }

    /// Returns the block in a ledger that was read so.
    pub(super) fn find<'l>(&self, desk: &Desk<'_>, ledger: &'l Ledger) -> Result<&'l Block, Failure> {
        let found = match self.meant {
            Meant::Block(Reference::Newest(n)) => ledger.newest_first().nth(n.get() - 1),
            Meant::Block(Reference::At(at)) => ledger.at(at),
            Meant::DayOff(day) => Days::of(ledger, &desk.calendar).off(day),
        };
        let found = found.ok_or_else(|| self.not_found(desk, ledger))?;
        if self.seen.is_some_and(|seen| seen != found.id) {
            return Err(Failure::refused("another command has just changed what is meant, so nothing was done")
                .hint("tiltmeter day shows what there is now"));
        }
        Ok(found)
    }

    /// Returns how times are read that are said of the block: on its own day, whenever
    /// that was. From here on no other block is meant, whatever `@1` has become.
    pub(super) fn day<'d>(&mut self, desk: &'d Desk<'_>) -> Result<Here<'d>, Failure> {
        let ledger = self.reach(desk, &[], |reach| desk.silent.read_to_decide(reach))?.ledger;
        let block = self.find(desk, &ledger)?;
        self.seen = Some(block.id);
        Ok(desk.here().on(desk.calendar.day_at_home(block.began())))
    }

    fn not_found(&self, desk: &Desk<'_>, ledger: &Ledger) -> Failure {
        let what = match self.meant {
            Meant::Block(Reference::At(at)) if at > ledger.now() => return still_to_come(desk, at),
            Meant::Block(Reference::At(at)) => format!("nothing is logged at {}", words::moment(at, &desk.look())),
            Meant::Block(Reference::Newest(_)) => format!("there is no block {}", terminal_safe(&self.typed)),
            Meant::DayOff(day) => format!("{} is no day off", words::date(day)),
        };
        Failure::refused(what).hint("tiltmeter day shows what there is; @1 is the newest block")
    }
}

/// Says of a reference that nothing can be there yet: in the morning `3:00` is of the
/// night to come.
fn still_to_come(desk: &Desk<'_>, at: Lived) -> Failure {
    let failure = Failure::refused(format!("{} is still to come", words::moment(at, &desk.look())));
    failure.hint(format!("yesterday@{} is the one before; @1 is the newest block", words::clock(at)))
}

/// Refuses a stretch of which the end was said first: over midnight it would be in the
/// future.
pub(super) fn earlier_first(start: Lived, end: Lived, now: Lived) -> Result<(), Failure> {
    if start > now || end <= now || start.date_naive() == end.date_naive() {
        return Ok(());
    }
    let (first, last) = (words::clock(start), words::clock(end));
    Err(Failure::refused(format!("{last} after {first} is still to come: now it is {}", words::clock(now)))
        .hint(format!("say the earlier time first: {last}-{first}")))
}
