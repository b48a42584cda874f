//! `check`: read the whole journal and say what is wrong with it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::confirm;
use super::desk::Desk;
use super::repair::{self, Say};
use super::shared::Answer;
use super::ways::Ways;
use crate::beam::{Role, Row};
use crate::domain::{Block, Id, Thing};
use crate::failure::Failure;
use crate::journal::{Checked, Conflict, Fate, Folded, Left, Notice, Plan, Said, Step};
use crate::report::{json, kept, words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Mend what can be mended: only files of this device, and no line is lost
    #[arg(long)]
    repair: bool,
    /// Say what --repair would do, and do nothing
    #[arg(long, requires = "repair")]
    dry_run: bool,
    #[command(flatten)]
    answer: Answer,
}

/// Answers 0 where all is well, 1 where something is to be settled, 2 where something
/// cannot be read or mended.
pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<ExitCode, Failure> {
    let mended = match (args.repair, args.dry_run, args.answer.json) {
        (true, false, false) => Some(repair::run(desk, Say::Words)?),
        (true, false, true) => Some(repair::run(desk, Say::Nothing)?),
        _ => None,
    };
    let plan = desk.journal.plan(desk.settings.as_deref())?;
    if args.dry_run && !args.answer.json {
        repair::dry_run(desk, &plan)?;
    }
    let checked = desk.journal.check(desk.now())?;
    let findings = findings(desk, &checked, &plan);
    if args.answer.json {
        desk.out.json(&as_json(desk, &checked, &findings, &repair::in_json(desk, &plan, mended.as_ref())))?;
    } else {
        let folder = shown(&desk.journal.place().journal);
        desk.out.rows(&rows(&folder, &checked, &findings))?;
    }
    if mended.is_some_and(|mended| !mended.not_done.is_empty()) {
        return Ok(ExitCode::from(2));
    }
    Ok(match findings.iter().map(|finding| finding.weight).max() {
        None | Some(Weight::Told) => ExitCode::SUCCESS,
        Some(Weight::ToSettle) => ExitCode::from(1),
        Some(Weight::Damage) => ExitCode::from(2),
    })
}

/// How much something matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// It is good to know.
    Told,
    /// The user can settle it.
    ToSettle,
    /// Something written cannot be read.
    Damage,
}

struct Finding {
    weight: Weight,
    /// What it is in one word.
    what: &'static str,
    message: String,
    place: Option<(String, Option<u64>)>,
    file: Option<PathBuf>,
    blocks: Vec<Id>,
    /// What can be typed to settle it.
    ways: Vec<String>,
    /// What a repair would do about it.
    mended_by: Option<String>,
}

impl Finding {
    fn new(weight: Weight, what: &'static str, message: String) -> Self {
        Self { weight, what, message, place: None, file: None, blocks: Vec::new(), ways: Vec::new(), mended_by: None }
    }

    fn about<'b>(self, blocks: impl IntoIterator<Item = &'b Block>) -> Self {
        Self { blocks: blocks.into_iter().map(|block| block.id).collect(), ..self }
    }

    /// Says what can be typed to settle it.
    fn settled_by(self, ways: impl IntoIterator<Item = String>) -> Self {
        Self { ways: ways.into_iter().collect(), ..self }
    }

    /// Says where it stands, from the journal's folder.
    fn at(self, desk: &Desk<'_>, file: &Path, line: Option<u64>) -> Self {
        let inside = file.strip_prefix(&desk.journal.place().journal).unwrap_or(file);
        Self { place: Some((inside.to_string_lossy().into_owned(), line)), file: Some(file.to_owned()), ..self }
    }
}

fn findings(desk: &Desk<'_>, checked: &Checked, plan: &Plan) -> Vec<Finding> {
    let mut found: Vec<Finding> = checked.notices.iter().map(|told| notice(desk, told)).collect();
    found.extend(checked.torn.iter().map(|torn| {
        let message = format!(
            "{}, line {}: the last line has no end; it is a change that did not happen, or one that is still arriving",
            shown(&torn.file),
            torn.line
        );
        Finding::new(Weight::Told, "torn", message).at(desk, &torn.file, Some(torn.line))
    }));
    // What a repair would mend is said so where it is told, or else told now.
    let (told, mut more) = (&mut found, Vec::new());
    for step in &plan.steps {
        let is_about = |finding: &&mut Finding| finding.file.as_deref() == Some(step.file());
        let mut about = told.iter_mut().filter(is_about).peekable();
        if matches!(step, Step::MakePrivate { .. }) || about.peek().is_none() {
            more.push(unmended(desk, step));
        } else {
            about.for_each(|finding| finding.mended_by = Some(repair::step(desk, step)));
        }
    }
    found.extend(more);
    let left = plan.left.iter().filter(|left| !checked.notices.iter().any(|told| is_told_by(left, told)));
    found.extend(left.map(|left| left_over(desk, left)));
    found.extend(of_blocks(desk, checked));
    found
}

/// Tells of something that only the repair has found.
fn unmended(desk: &Desk<'_>, step: &Step) -> Finding {
    let file = repair::inside(desk, step.file());
    let (weight, what, message) = match step {
        Step::MakePrivate { others_write: true, .. } => {
            (Weight::ToSettle, "exposed", format!("others may write to {file}"))
        }
        Step::MakePrivate { others_write: false, .. } => {
            (Weight::ToSettle, "exposed", format!("others may read {file}"))
        }
        Step::TakeOut { .. } => (Weight::Damage, "unreadable", format!("{file} has lines that cannot be understood")),
        Step::EndLine { .. } => (Weight::Told, "no_end", format!("the last line of {file} counts, and has no end")),
        Step::TakeIn { fold: Folded::LeftOver, .. } => {
            (Weight::Told, "left_over", format!("{file} was left behind by a repair that was interrupted"))
        }
        Step::TakeIn { .. } => {
            (Weight::Told, "copy", format!("{file} is a copy of a file of this device: its lines count"))
        }
        Step::TellGit { .. } => {
            (Weight::ToSettle, "git", format!("git keeps the journal, and {file} does not tell it how to merge"))
        }
    };
    let finding = Finding::new(weight, what, message).at(desk, step.file(), None);
    Finding { mended_by: Some(repair::step(desk, step)), ..finding }
}

fn is_told_by(left: &Left, notice: &Notice) -> bool {
    matches!((left, notice), (Left::Unread { path, .. }, Notice::UnreadableFile { file, .. }) if path == file)
}

fn left_over(desk: &Desk<'_>, left: &Left) -> Finding {
    let (weight, what, file) = match left {
        Left::CopyOfOthers { file, .. } | Left::Mixed { file } => (Weight::Told, "copy", file),
        Left::Unread { path, .. } => (Weight::Damage, "unreadable_file", path),
        Left::NotOurs { path } => (Weight::ToSettle, "exposed", path),
    };
    Finding::new(weight, what, repair::left(desk, left)).at(desk, file, None)
}

/// Tells what is to be settled about blocks.
fn of_blocks(desk: &Desk<'_>, checked: &Checked) -> Vec<Finding> {
    use Weight::{Damage, ToSettle, Told};
    let named = |block: &Block| words::block(block, &desk.look());
    let ways = Ways { desk, ledger: &checked.ledger };
    let mut found = Vec::new();
    found.extend(checked.half.iter().map(|half| {
        let (by, months) = (terminal_safe(&half.by), half.missing.join(", "));
        let when = words::moment(desk.calendar.home().at(half.at), &desk.look());
        let message =
            format!("of a change that {by} made at {when}, the part of {} is missing", terminal_safe(&months));
        Finding::new(Damage, "half", message)
    }));
    found.extend(checked.conflicts.iter().map(|told| conflict(desk, told).settled_by(ways.out_of_conflict(told))));
    found.extend(checked.overlaps.iter().map(|(earlier, later)| {
        let message = format!("{} overlaps {}: the shared time counts for the later", named(later), named(earlier));
        let finding = Finding::new(ToSettle, "overlap", message).about([earlier, later]);
        finding.settled_by(ways.out_of_overlap(earlier, later))
    }));
    found.extend(checked.too_long.iter().map(|block| {
        let message = format!("{} is longer than a day, and counts for one", named(block));
        Finding::new(ToSettle, "too_long", message).about([block]).settled_by(ways.to_an_end(block))
    }));
    found.extend(checked.without_length.iter().map(|block| {
        let message = format!("{} ends before it begins, and counts nothing", named(block));
        Finding::new(ToSettle, "no_length", message).about([block]).settled_by(ways.to_an_end(block))
    }));
    found.extend(checked.ahead.iter().map(|block| {
        let message = format!("{} begins after now, and is left out until then", named(block));
        Finding::new(Told, "ahead", message).about([block])
    }));
    found.extend(checked.ledger.assumed().map(|assumed| {
        let (block, next) = (assumed.block, assumed.next);
        let (name, next_name) = (words::quoted(&block.activity), words::quoted(&next.activity));
        let (start, end) = (words::moment(block.start, &desk.look()), words::moment(next.start, &desk.look()));
        let confirm = confirm::command(desk, desk.calendar.day_of(block.start));
        let message =
            format!("{name} ({start}) is taken to have ended at {end}, when {next_name} began: {confirm} writes it");
        Finding::new(Told, "assumed", message).about([block, next])
    }));
    found
}

fn notice(desk: &Desk<'_>, notice: &Notice) -> Finding {
    let message = notice.to_string();
    match notice {
        Notice::UnreadableLine { file, line, .. } => {
            Finding::new(Weight::Damage, "unreadable", message).at(desk, file, Some(*line))
        }
        Notice::UnreadableFile { file, .. } => {
            Finding::new(Weight::Damage, "unreadable_file", message).at(desk, file, None)
        }
        Notice::Misplaced { file } => Finding::new(Weight::ToSettle, "misplaced", message).at(desk, file, None),
        Notice::CopyHoldsMore { file, .. } => {
            Finding::new(Weight::ToSettle, "copy_holds_more", message).at(desk, file, None)
        }
        Notice::OwnReplaced { .. } => Finding::new(Weight::Told, "own_replaced", message),
        Notice::NewerFormat { file, .. } => Finding::new(Weight::Told, "newer", message).at(desk, file, None),
        Notice::Ahead { .. } => Finding::new(Weight::Told, "ahead", message),
        Notice::StampAhead { .. } => Finding::new(Weight::Told, "clock_ahead", message),
    }
}

fn conflict(desk: &Desk<'_>, conflict: &Conflict) -> Finding {
    let who = |said: &Said| {
        let when = words::moment(desk.calendar.home().at(said.at), &desk.look());
        format!("{} at {when}", terminal_safe(&said.by))
    };
    let value = |said: &Said| terminal_safe(said.json.as_deref().unwrap_or("nothing")).to_string();
    let Conflict { what, fate, field, shown, other } = conflict;
    let (named, field) = (kept::thing(what, &desk.look()), terminal_safe(field));
    let lost = |what: &str| {
        let (gone, other_by) = (who(shown), who(other));
        format!("{named}: {what} by {gone}, without knowing that {other_by} set its {field} to {}", value(other))
    };
    let message = match fate {
        Fate::Removed => lost("removed"),
        Fate::Moved(_) => lost("moved to another month"),
        Fate::There => format!(
            "{named}: two devices set its {field}; shown is {} ({}), not {} ({}); any change of it settles that",
            value(shown),
            who(shown),
            value(other),
            who(other)
        ),
    };
    let block = match what {
        Thing::Block(block) => Some(block),
        Thing::Kept(_) => None,
    };
    let mut finding = Finding::new(Weight::ToSettle, "conflict", message).about(block);
    if let Fate::Moved(to) = fate {
        finding.blocks.push(*to);
    }
    finding
}

/// What mends what can be mended.
const REPAIR: &str = "tiltmeter check --repair";

fn rows(folder: &str, checked: &Checked, findings: &[Finding]) -> Vec<Row> {
    let read = format!(
        "{}, {}, {}",
        words::count(checked.files, "file", "files"),
        words::count(usize::try_from(checked.lines).unwrap_or(usize::MAX), "line", "lines"),
        words::count(checked.blocks, "block", "blocks")
    );
    let verdict = if findings.is_empty() { "all is well" } else { "to look at:" };
    let head = Row::new().with(format!("{read}: "), Role::Plain).with(verdict, Role::Strong);
    let lines = findings.iter().flat_map(|finding| {
        let mended = finding.mended_by.iter().map(|what| format!("{REPAIR}   will {what}"));
        let ways = mended.chain(finding.ways.iter().cloned());
        let ways = ways.map(|way| Row::new().with(format!("      {way}"), Role::Faint));
        std::iter::once(Row::plain(format!("  {}", finding.message))).chain(ways)
    });
    [Row::new().with(folder, Role::Faint), head].into_iter().chain(lines).collect()
}

fn ways(finding: &Finding) -> Vec<String> {
    finding.mended_by.iter().map(|_| REPAIR.to_owned()).chain(finding.ways.iter().cloned()).collect()
}

fn as_json(desk: &Desk<'_>, checked: &Checked, findings: &[Finding], repairs: &[json::Repair]) -> String {
    let read = json::Read { files: checked.files, lines: checked.lines, blocks: checked.blocks };
    let findings: Vec<json::Finding<'_>> = findings
        .iter()
        .map(|finding| json::Finding {
            what: finding.what,
            message: &finding.message,
            file: finding.place.as_ref().map(|(file, _)| file.as_str()),
            line: finding.place.as_ref().and_then(|(_, line)| *line),
            blocks: finding.blocks.clone(),
            ways: ways(finding),
        })
        .collect();
    json::check(read, &findings, repairs, desk.here().now())
}

fn shown(path: &Path) -> String {
    terminal_safe(&path.to_string_lossy()).to_string()
}
