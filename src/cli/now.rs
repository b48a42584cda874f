//! `now`, and `create`, `shape` and `consume`, which say the kind.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::ask;
use super::desk::Desk;
use super::shared::{self, Backdate, Ways};
use super::tell;
use crate::desk::kinds;
use crate::domain::{Clash, Doing, Edit, Kind, Lived};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation::{Line, When};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    what: What,
    /// Its kind: c creating, s shaping, i consuming, o off
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
}

// What `create`, `shape` and `consume` take: they are the kind. (Not a doc comment: clap
// would say it of the commands.)
#[derive(clap::Args, Debug)]
pub(super) struct What {
    /// What it is, with +tags; @9:30, @15m or @9-10:30 says when
    #[arg(required = true, value_name = "ACTIVITY")]
    words: Vec<String>,
    #[command(flatten)]
    when: Backdate,
    /// Anything else about it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    of_kind(desk, &args.what, shared::kind(args.kind.as_deref())?)
}

/// Starts what was typed; its kind is to be found out where none is given.
pub(super) fn of_kind(desk: &Desk<'_>, what: &What, kind: Option<Kind>) -> Result<(), Failure> {
    let mut line = desk.here().line(&what.words.join(" "))?;
    let said = Said::from(desk, line.when.take(), what.when.said(desk)?)?;
    let typed = Typed::new(line, what.note.as_deref())?;
    log(desk, &typed, kind, &said, what.ways.clash())
}

/// From when until when, as it was said.
pub(super) struct Said {
    pub(super) start: Lived,
    pub(super) end: Option<Lived>,
}

impl Said {
    /// Returns what the line or the flags say, else now.
    pub(super) fn from(desk: &Desk<'_>, when: Option<When>, flag: Option<Lived>) -> Result<Self, Failure> {
        match (when, flag) {
            (None, flag) => Ok(Self { start: flag.unwrap_or_else(|| desk.here().now()), end: None }),
            (Some(_), Some(_)) => Err(shared::said_twice()),
            (Some(when), None) => {
                let (start, end) = when.tell(shared::doubled(desk));
                Ok(Self { start, end })
            }
        }
    }
}

/// What somebody typed about a block, before its kind is known.
pub(super) struct Typed {
    pub(super) activity: crate::text::Text,
    tags: Vec<crate::text::Text>,
    note: Option<crate::text::Text>,
}

impl Typed {
    /// Takes a line that must say what was done.
    pub(super) fn new(line: Line, note: Option<&str>) -> Result<Self, Failure> {
        let activity = line.activity.ok_or_else(|| {
            Failure::refused("it does not say what you are doing")
                .hint("for example: tiltmeter now design doc +platform")
        })?;
        Ok(Self { activity, tags: line.tags, note: note.map(shared::note).transpose()? })
    }

    /// Returns what the block is about, its kind known.
    pub(super) fn doing(&self, kind: Kind) -> Doing {
        Doing { kind, activity: self.activity.clone(), tags: self.tags.clone(), note: self.note.clone() }
    }
}

/// Starts a block, or puts one in that has ended; asks for the kind where nothing tells it.
pub(super) fn log(
    desk: &Desk<'_>,
    typed: &Typed,
    kind: Option<Kind>,
    said: &Said,
    clash: Clash,
) -> Result<(), Failure> {
    if let Some(end) = said.end {
        shared::earlier_first(said.start, end, desk.here().now())?;
    }
    with_kind(desk, typed, kind, desk.around(&times(said)), |kind| {
        let doing = typed.doing(kind);
        match said.end {
            Some(end) => Edit::Add { doing, start: said.start, end, clash },
            None => Edit::Start { doing, at: said.start, clash },
        }
    })
}

fn times(said: &Said) -> Vec<Lived> {
    [said.start].into_iter().chain(said.end).collect()
}

/// Makes the change that `edit` builds once the kind is known: it was said, or it
/// follows from settings, history and first guesses, or the user is asked.
pub(super) fn with_kind(
    desk: &Desk<'_>,
    typed: &Typed,
    kind: Option<Kind>,
    days: RangeInclusive<NaiveDate>,
    edit: impl Fn(Kind) -> Edit,
) -> Result<(), Failure> {
    if let Some(changed) = kinds::change(desk, (&typed.activity, &typed.tags), kind, days.clone(), &edit)? {
        return tell::changed(desk, &changed);
    }
    if !desk.out.can_ask() {
        return Err(ask::which(&typed.activity));
    }
    // Asked without the lock: somebody may take a while to answer.
    let kind = ask::kind(desk, &typed.activity)?.ok_or_else(|| ask::which(&typed.activity))?;
    let reach = Reach { days, now_too: true, back_until: None };
    desk.again().change(&reach, |_| Ok(edit(kind)))
}
