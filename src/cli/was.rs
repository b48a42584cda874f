//! `was`: what you did from the end of the last block until now; without words, a whole
//! morning line by line.

use super::catch_up;
use super::desk::Desk;
use super::now::Typed;
use super::shared::{self, About, Backdate, Ways};
use crate::desk::sure;
use crate::domain::{Edit, Ledger, Lived};
use crate::failure::Failure;
use crate::report::words;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// What it was, with +tags; without words, you are asked line by line
    #[arg(value_name = "ACTIVITY")]
    words: Vec<String>,
    /// When it ended, if not now
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    #[command(flatten)]
    since: Backdate,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let since = args.since.said(desk)?;
    if args.words.is_empty() {
        if args.until.is_some() || args.about.kind.is_some() || args.about.note.is_some() {
            return Err(Failure::refused("it does not say what you did").hint("tiltmeter was ACTIVITY --until 10:30"));
        }
        return catch_up::run(desk, since);
    }
    let mut line = desk.here().line(&args.words.join(" "))?;
    let kind = shared::kind(args.about.kind.as_deref())?;
    let when = line.when.take().map(|when| when.tell(shared::doubled(desk)));
    let (start, end) = match when {
        Some(_) if since.is_some() => return Err(shared::said_twice()),
        Some((_, Some(_))) if args.until.is_some() => return Err(shared::said_twice()),
        Some((start, end)) => (Some(start), end),
        None => (since, None),
    };
    let typed = Typed::new(line, args.about.note.as_deref())?;
    let start = match start {
        Some(start) => start,
        None => last_sure_moment(desk, &sure::read(desk)?)?,
    };
    let here = desk.here();
    let end = match (&args.until, end) {
        (Some(until), _) => here.until(start, until)?.tell(shared::doubled(desk)),
        (None, end) => end.unwrap_or_else(|| here.now()),
    };
    shared::earlier_first(start, end, here.now())?;
    super::now::with_kind(desk, &typed, kind, desk.around(&[start, end]), |kind| Edit::Add {
        doing: typed.doing(kind),
        start,
        end,
        clash: args.ways.clash(),
    })
}

/// Returns where what is not logged yet begins, for one activity: while something runs,
/// all time is taken.
fn last_sure_moment(desk: &Desk<'_>, ledger: &Ledger) -> Result<Lived, Failure> {
    if let Some(running) = ledger.running() {
        let since = words::moment(running.start, &desk.look());
        let message = format!("{} has run since {since}, so no time is left to fill", words::quoted(&running.activity));
        return Err(Failure::refused(message)
            .hint("to rename it: tiltmeter edit @1 ACTIVITY")
            .hint("to say what you do since then: tiltmeter now ACTIVITY --at 9:30"));
    }
    sure::until(desk, ledger)
}
