//! `edit`: one block by flags, or a whole day as text.

use super::desk::Desk;
use super::editor;
use super::shared::{self, Target};
use crate::domain::{Border, Edit, Lived, Mend};
use crate::failure::Failure;
use crate::text::{Text, terminal_safe};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which block (@1, 9:30, yesterday@14:00; the newest if not said), and then a new activity and +tags
    #[arg(value_name = "REF ACTIVITY")]
    words: Vec<String>,
    /// Change a whole day in your editor: today, or the day named
    #[arg(long, conflicts_with_all = ["start", "end", "kind", "note", "untag", "interrupted", "alone"])]
    day: bool,
    /// A new start
    #[arg(long, value_name = "TIME")]
    start: Option<String>,
    /// A new end
    #[arg(long, value_name = "TIME")]
    end: Option<String>,
    /// A new kind: c creating, s shaping, i consuming, o off
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// A new note; an empty one takes it away
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A tag to take off
    #[arg(long, value_name = "TAG")]
    untag: Vec<String>,
    /// How often it was interrupted
    #[arg(long, value_name = "TIMES")]
    interrupted: Option<u32>,
    /// Leave the neighbour that shares the border where it is
    #[arg(long)]
    alone: bool,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.day {
        return editor::run(desk, shared::day(desk, &args.words)?);
    }
    let (mut target, words) = target(desk, &args.words)?;
    let mend = mend(desk, args, &mut target, words)?;
    let times: Vec<Lived> = mend.start.into_iter().chain(mend.end).collect();
    let border = if args.alone { Border::Alone } else { Border::Shared };
    target.reach(desk, &times, |reach| {
        desk.change(reach, |ledger| Ok(Edit::Mend { id: target.find(desk, ledger)?.id, mend, border }))
    })
}

/// Takes the first word as a reference; without words the newest block is meant.
fn target<'a>(desk: &Desk<'_>, words: &'a [String]) -> Result<(Target, &'a [String]), Failure> {
    let Some((first, rest)) = words.split_first() else { return Ok((Target::read(desk, None)?, words)) };
    let target = Target::read(desk, Some(first)).map_err(|_| {
        Failure::refused(format!("\"{}\" does not name a block", terminal_safe(first)))
            .hint("say which first: tiltmeter edit @1 a new name; @1 is the newest, 9:30 the one at that time")
    })?;
    Ok((target, rest))
}

fn mend(desk: &Desk<'_>, args: &Args, target: &mut Target, words: &[String]) -> Result<Mend, Failure> {
    // Only a time has to be read on the day of the block.
    let says_time = args.start.is_some() || args.end.is_some() || words.iter().any(|word| word.starts_with('@'));
    let here = if says_time { target.day(desk)? } else { desk.here() };
    let time = |typed: &Option<String>| typed.as_deref().map(|typed| shared::time(desk, &here, typed)).transpose();
    let mut mend = Mend {
        start: time(&args.start)?,
        end: time(&args.end)?,
        kind: shared::kind(args.kind.as_deref())?,
        note: args.note.as_deref().map(new_note).transpose()?,
        interrupted: args.interrupted,
        tags_off: args.untag.iter().map(|tag| Text::as_written(tag.trim_start_matches('+'))).collect(),
        ..Mend::default()
    };
    if !words.is_empty() {
        let line = here.line(&words.join(" "))?;
        mend.activity = line.activity;
        mend.tags_on = line.tags;
        if let Some(when) = line.when {
            if mend.start.or(mend.end).is_some() {
                return Err(shared::said_twice());
            }
            let (start, end) = when.tell(shared::doubled(desk));
            (mend.start, mend.end) = (Some(start), end);
        }
    }
    if mend == Mend::default() {
        return Err(Failure::refused("it does not say what to change")
            .hint("a new activity, +tag, --start 9:15, --end 10:30, --kind c, --note or --untag"));
    }
    Ok(mend)
}

fn new_note(typed: &str) -> Result<Option<Text>, Failure> {
    if typed.trim().is_empty() { Ok(None) } else { shared::note(typed).map(Some) }
}
