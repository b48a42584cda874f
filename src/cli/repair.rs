//! What `check --repair` does, in words: before it does it, and after.

use std::path::Path;

use super::desk::Desk;
use crate::failure::Failure;
use crate::journal::{Folded, Left, Mended, Plan, Step, Told};
use crate::report::{json, words};
use crate::text::terminal_safe;

/// Whether something is still to be done.
#[derive(Clone, Copy)]
enum Tense {
    Will,
    Done,
}

/// Mends what can be mended: tells all that will be done, and then each step when it is done.
pub(super) fn run(desk: &Desk<'_>, say: Say) -> Result<Mended, Failure> {
    let mut unsaid = None;
    let mended = desk.journal.repair(desk.settings.as_deref(), |told| {
        if matches!(say, Say::Words) {
            let said = lines(desk, &told).iter().try_for_each(|line| desk.out.line(line));
            unsaid = unsaid.take().or(said.err());
        }
    })?;
    // What was done is done, whether anybody reads of it or not.
    unsaid.map_or(Ok(mended), Err)
}

/// Tells what would be done.
pub(super) fn dry_run(desk: &Desk<'_>, plan: &Plan) -> Result<(), Failure> {
    plan_lines(desk, plan).iter().try_for_each(|line| desk.out.line(line))
}

/// How it is told.
#[derive(Clone, Copy)]
pub(super) enum Say {
    /// As it happens.
    Words,
    /// At the end, in JSON.
    Nothing,
}

fn lines(desk: &Desk<'_>, told: &Told<'_>) -> Vec<String> {
    match told {
        Told::Plan(plan) => plan_lines(desk, plan),
        Told::Done(step) => vec![format!("done: {}", step_in(desk, step, Tense::Done))],
        Told::NotDone(step, error) => vec![format!("not done: {}: {error}", step_in(desk, step, Tense::Will))],
    }
}

fn plan_lines(desk: &Desk<'_>, plan: &Plan) -> Vec<String> {
    if plan.steps.is_empty() {
        return vec!["there is nothing to mend".to_owned()];
    }
    plan.steps.iter().map(|step| format!("will {}", step_in(desk, step, Tense::Will))).collect()
}

/// Returns what a step will do.
pub(super) fn step(desk: &Desk<'_>, step: &Step) -> String {
    step_in(desk, step, Tense::Will)
}

fn step_in(desk: &Desk<'_>, step: &Step, tense: Tense) -> String {
    let path = |path: &Path| inside(desk, path);
    let verb = |will: &'static str, done: &'static str| match tense {
        Tense::Will => will,
        Tense::Done => done,
    };
    let lines = |lines: usize| words::count(lines, "line", "lines");
    match step {
        Step::MakePrivate { path: what, inside, others_write } => {
            let may = if *others_write { "write to" } else { "read" };
            let more = if inside.is_empty() { String::new() } else { format!(", and {} in it,", inside.len()) };
            let (make, others) = (verb("make", "made"), verb("may", "could"));
            format!("{make} {}{more} yours alone: others {others} {may} it", path(what))
        }
        Step::TakeOut { file, lines: bad, into } => format!(
            "{} {} that cannot be understood out of {}, and {} {} in {}",
            verb("take", "took"),
            lines(*bad),
            path(file),
            verb("keep", "kept"),
            if *bad == 1 { "it" } else { "them" },
            path(into)
        ),
        Step::EndLine { file } => format!("{} the last line of {}", verb("end", "ended"), path(file)),
        Step::TakeIn { from, file, lines: new, fold } => {
            let then = match fold {
                Folded::Copy { away } | Folded::Misplaced { away } => {
                    format!("{} it to {}", verb("rename", "renamed"), path(away))
                }
                Folded::LeftOver => verb("remove it", "removed it").to_owned(),
            };
            let (from, file) = (path(from), path(file));
            match new {
                0 => format!("{}: {file} has all its lines", then.replacen("it", &from, 1)),
                _ => format!("{} {} of {from} into {file}, then {then}", verb("take", "took"), lines(*new)),
            }
        }
        Step::TellGit { file } => {
            format!("{} {}, which tells git how to merge the files", verb("write", "wrote"), path(file))
        }
    }
}

/// Returns what is left to others.
pub(super) fn left(desk: &Desk<'_>, left: &Left) -> String {
    match left {
        Left::CopyOfOthers { file, device } => format!(
            "{} is a copy of a file of {}: its lines count; only that device takes it in, and nothing need be done here",
            inside(desk, file),
            terminal_safe(device)
        ),
        Left::Mixed { file } => {
            format!("{} is a copy in which lines of other devices stand: they count, and it stays", inside(desk, file))
        }
        Left::Unread { path, why } => format!("{} cannot be read: {why}", inside(desk, path)),
        Left::NotOurs { path } => {
            format!("{} can be used by others and belongs to another user: only that can change it", inside(desk, path))
        }
    }
}

/// Returns a path, from the journal's folder where it is in it.
pub(super) fn inside(desk: &Desk<'_>, path: &Path) -> String {
    let journal = &desk.journal.place().journal;
    let inside = path.strip_prefix(journal).ok().filter(|inside| !inside.as_os_str().is_empty()).unwrap_or(path);
    terminal_safe(&inside.to_string_lossy()).to_string()
}

/// Returns the steps for programs: those of a plan, or what came of them.
pub(super) fn in_json(desk: &Desk<'_>, plan: &Plan, mended: Option<&Mended>) -> Vec<json::Repair> {
    let one = |step: &Step, done: Option<bool>, why: Option<String>| json::Repair {
        what: what(step),
        message: step_in(desk, step, if done == Some(true) { Tense::Done } else { Tense::Will }),
        file: inside(desk, step.file()),
        done,
        why,
    };
    match mended {
        None => plan.steps.iter().map(|step| one(step, None, None)).collect(),
        Some(mended) => {
            let done = mended.done.iter().map(|step| one(step, Some(true), None));
            let not = mended.not_done.iter().map(|(step, error)| one(step, Some(false), Some(error.to_string())));
            done.chain(not).collect()
        }
    }
}

fn what(step: &Step) -> &'static str {
    match step {
        Step::MakePrivate { .. } => "make_private",
        Step::TakeOut { .. } => "take_out",
        Step::EndLine { .. } => "end_line",
        Step::TakeIn { .. } => "take_in",
        Step::TellGit { .. } => "tell_git",
    }
}
