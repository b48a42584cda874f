//! `was`: what you did from the end of the last block until now; without words, a whole
//! morning line by line.

use super::ask;
use super::desk::Desk;
use super::now::Typed;
use super::shared::{self, About, Backdate, Ways};
use crate::beam::{Role, Row, kinds};
use crate::domain::{Doing, Edit, Entry, Ledger, Lived};
use crate::failure::Failure;
use crate::journal::{Back, Reach};
use crate::notation;
use crate::report::words;
use crate::text::terminal_safe;

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
        return catch_up(desk, since);
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
        None => last_sure_moment(desk, &read(desk)?)?,
    };
    let here = desk.here();
    let end = match (&args.until, end) {
        (Some(until), _) => here.until(start, until)?.tell(shared::doubled(desk)),
        (None, end) => end.unwrap_or_else(|| here.now()),
    };
    shared::earlier_first(start, end, here.now())?;
    super::now::with_kind(desk, &typed, kind, &shared::around(desk, &[start, end]), |kind| Edit::Add {
        doing: typed.doing(kind),
        start,
        end,
        clash: args.ways.clash(),
    })
}

fn read(desk: &Desk<'_>) -> Result<Ledger, Failure> {
    let days = shared::around(desk, &[]);
    Ok(desk.read_in_silence(&Reach { days, now_too: true, back_until: None })?.ledger)
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
    unsure_since(desk, ledger)
}

/// Asks line by line what filled the time since the last sure moment; an empty line
/// saves all as one change.
fn catch_up(desk: &Desk<'_>, since: Option<Lived>) -> Result<(), Failure> {
    if !desk.out.can_ask() {
        return Err(Failure::refused("it does not say what you did")
            .hint("tiltmeter was ACTIVITY; on a terminal, tiltmeter was asks line by line"));
    }
    let ledger = read(desk)?;
    let now = desk.here().now();
    let since = since.map_or_else(|| unsure_since(desk, &ledger), Ok)?;
    shared::earlier_first(since, now, now)?;
    greet(desk, since, now)?;
    let entries = ask_entries(desk, &ledger, since, now)?;
    if entries.is_empty() {
        return desk.out.line("nothing was saved");
    }
    let reach = Reach { days: shared::around(desk, &[since]), now_too: true, back_until: None };
    desk.again().change(&reach, |_| Ok(Edit::CatchUp { since, entries }))
}

/// Returns since when nothing is sure: the start of what runs, the end of the last block
/// of today, or when work begins.
fn unsure_since(desk: &Desk<'_>, ledger: &Ledger) -> Result<Lived, Failure> {
    let (now, today) = (desk.here().now(), desk.today());
    if let Some(running) = ledger.running() {
        return Ok(running.start);
    }
    match ledger.logged_until().filter(|until| desk.calendar.day_at_home(until.to_utc()) == today) {
        Some(until) if until < now => Ok(until),
        Some(_) => Err(Failure::refused(format!("all time until now, {}, is logged", words::clock(now)))
            .hint("tiltmeter day shows it")),
        None => {
            let begins = desk.calendar.home().first(today.and_time(desk.config.habits.work_begins));
            Some(begins).filter(|begins| *begins < now).ok_or_else(|| {
                let begins = words::clock(begins);
                let message =
                    format!("nothing is logged today, and work begins at {begins}, so it is not known when this began");
                Failure::refused(message).hint("say when: tiltmeter was ACTIVITY --at 7:30")
            })
        }
    }
}

fn greet(desk: &Desk<'_>, since: Lived, now: Lived) -> Result<(), Failure> {
    let row = Row::new()
        .with(format!("since {}  {}", words::moment(since, &desk.look()), words::length(now - since)), Role::Strong)
        .with("   what was it?  a line each; a time at its end says when it ended: standup 9:15", Role::Plain);
    desk.out.row(&row)?;
    desk.out.line("an empty line saves all as one change, Ctrl-C saves nothing")
}

/// Asks for entries until an empty line. Nothing is saved before it, not even when they
/// have come up to now.
fn ask_entries(desk: &Desk<'_>, ledger: &Ledger, since: Lived, now: Lived) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut from = since;
    loop {
        let filled = if from < now { "" } else { "that is all until now; an empty line saves it  " };
        let Some(typed) = ask::line(desk, &format!("{}  {filled}", words::clock(from)))? else { break };
        if typed.trim().is_empty() {
            break;
        }
        match entry(desk, &typed, from, now).and_then(|entry| possible(desk, ledger, since, &entries, entry)) {
            Ok(entry) => {
                desk.out.row(&understood(desk, &entry))?;
                from = entry.end.unwrap_or(now);
                entries.push(entry);
            }
            Err(failure) => desk.out.failure(&failure),
        }
    }
    Ok(entries)
}

/// Says right away of an entry that it cannot be, while it can still be typed otherwise.
fn possible(desk: &Desk<'_>, ledger: &Ledger, since: Lived, before: &[Entry], entry: Entry) -> Result<Entry, Failure> {
    let entries = before.iter().chain([&entry]).cloned().collect();
    desk.would_allow(ledger, &Edit::CatchUp { since, entries })?;
    Ok(entry)
}

fn entry(desk: &Desk<'_>, typed: &str, from: Lived, now: Lived) -> Result<Entry, Failure> {
    let caught = notation::catch_up(typed);
    let here = desk.here();
    if notation::begins_with_time(typed) {
        return Err(Failure::refused(format!("{} begins at {}", terminal_safe(typed.trim()), words::clock(from)))
            .hint("a time at the end of the line says when it ended: standup 9:15"));
    }
    let end = match caught.until {
        Some(until) => here.until_or_for(from, until)?.tell(shared::doubled(desk)),
        None => now,
    };
    if end <= from || end > now {
        let (end, from, now) = (words::clock(end), words::clock(from), words::clock(now));
        return Err(Failure::refused(format!("it cannot end at {end}: it began at {from}, and now it is {now}"))
            .hint("end the line with a time between them, or with none for now"));
    }
    let line = here.line(caught.words)?;
    if line.when.is_some() {
        return Err(Failure::refused("a line begins where the one before it ended, so @ has no place in it")
            .hint("end the line with when it ended: standup 9:15"));
    }
    let activity = line.activity.ok_or_else(|| Failure::refused("it does not say what it was").hint("standup 9:15"))?;
    let knows = |ledger: &Ledger| ask::settled(desk, &activity, ledger);
    let back = Back { found: &knows, months: Some(ask::MONTHS) };
    let reach = Reach { days: shared::around(desk, &[]), now_too: false, back_until: Some(back) };
    let ledger = desk.read_in_silence(&reach)?.ledger;
    let kind = match ask::follows(desk, &activity, &ledger) {
        Some(kind) => kind,
        None => ask::kind(desk, &activity)?,
    };
    Ok(Entry { start: from, end: Some(end), doing: Doing { kind, activity, tags: line.tags, note: None } })
}

fn understood(desk: &Desk<'_>, entry: &Entry) -> Row {
    let mut row = Row::plain("       ");
    row.push(kinds::glyph(entry.doing.kind, desk.glyphs), kinds::role(entry.doing.kind));
    row.push(format!(" {}", entry.doing.activity.for_terminal()), Role::Strong);
    row.push(format!("  {}", words::kind(entry.doing.kind)), Role::Faint);
    row.push(format!("  {}", words::range(entry.start, entry.end, &desk.look())), Role::Faint);
    row
}
