//! `check`: read the whole journal and say what is wrong with it.

use std::path::Path;
use std::process::ExitCode;

use super::confirm;
use super::desk::Desk;
use super::shared::Answer;
use crate::beam::{Role, Row};
use crate::domain::{Block, Id, Thing};
use crate::failure::Failure;
use crate::journal::{Checked, Conflict, Fate, Notice, Said};
use crate::report::{json, kept, words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    answer: Answer,
}

/// Answers 0 where all is well, 1 where something is to be settled, 2 where something
/// cannot be read.
pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<ExitCode, Failure> {
    let checked = desk.journal.check(desk.now())?;
    let findings = findings(desk, &checked);
    if args.answer.json {
        desk.out.json(&as_json(desk, &checked, &findings))?;
    } else {
        let folder = shown(&desk.journal.place().journal);
        desk.out.rows(&rows(&folder, &checked, &findings))?;
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
    blocks: Vec<Id>,
}

impl Finding {
    fn new(weight: Weight, what: &'static str, message: String) -> Self {
        Self { weight, what, message, place: None, blocks: Vec::new() }
    }

    fn about<'b>(self, blocks: impl IntoIterator<Item = &'b Block>) -> Self {
        Self { blocks: blocks.into_iter().map(|block| block.id).collect(), ..self }
    }

    /// Says where it stands, from the journal's folder.
    fn at(self, desk: &Desk<'_>, file: &Path, line: Option<u64>) -> Self {
        let inside = file.strip_prefix(&desk.journal.place().journal).unwrap_or(file);
        Self { place: Some((inside.to_string_lossy().into_owned(), line)), ..self }
    }
}

fn findings(desk: &Desk<'_>, checked: &Checked) -> Vec<Finding> {
    use Weight::{Damage, ToSettle, Told};
    let named = |block: &Block| words::block(block, &desk.look());
    let one = |weight, what, blocks: &[Block], why: &str| -> Vec<Finding> {
        blocks
            .iter()
            .map(|block| Finding::new(weight, what, format!("{} {why}", named(block))).about([block]))
            .collect()
    };
    let mut found: Vec<Finding> = checked.notices.iter().map(|told| notice(desk, told)).collect();
    found.extend(checked.torn.iter().map(|torn| {
        let message = format!(
            "{}, line {}: the last line has no end; it is a change that did not happen, or one that is still arriving",
            shown(&torn.file),
            torn.line
        );
        Finding::new(Told, "torn", message).at(desk, &torn.file, Some(torn.line))
    }));
    found.extend(checked.half.iter().map(|half| {
        let (by, months) = (terminal_safe(&half.by), half.missing.join(", "));
        let when = words::moment(desk.calendar.home().at(half.at), &desk.look());
        let message =
            format!("of a change that {by} made at {when}, the part of {} is missing", terminal_safe(&months));
        Finding::new(Damage, "half", message)
    }));
    found.extend(checked.conflicts.iter().map(|told| conflict(desk, told)));
    found.extend(checked.overlaps.iter().map(|(earlier, later)| {
        let message = format!("{} overlaps {}: the shared time counts for the later", named(later), named(earlier));
        Finding::new(ToSettle, "overlap", message).about([earlier, later])
    }));
    found.extend(one(ToSettle, "too_long", &checked.too_long, "is longer than a day, and counts for one"));
    found.extend(one(ToSettle, "no_length", &checked.without_length, "ends before it begins, and counts nothing"));
    found.extend(checked.assumed.iter().map(|(block, next)| {
        let (name, next_name) = (words::quoted(&block.activity), words::quoted(&next.activity));
        let (start, end) = (words::moment(block.start, &desk.look()), words::moment(next.start, &desk.look()));
        let confirm = confirm::command(desk, desk.calendar.day_of(block.start));
        let message =
            format!("{name} ({start}) is taken to have ended at {end}, when {next_name} began: {confirm} writes it");
        Finding::new(Told, "assumed", message).about([block, next])
    }));
    found.extend(one(Told, "ahead", &checked.ahead, "begins after now, and is left out until then"));
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

fn rows(folder: &str, checked: &Checked, findings: &[Finding]) -> Vec<Row> {
    let read = format!(
        "{}, {}, {}",
        words::count(checked.files, "file", "files"),
        words::count(usize::try_from(checked.lines).unwrap_or(usize::MAX), "line", "lines"),
        words::count(checked.blocks, "block", "blocks")
    );
    let verdict = if findings.is_empty() { "all is well" } else { "to look at:" };
    let head = Row::new().with(format!("{read}: "), Role::Plain).with(verdict, Role::Strong);
    let lines = findings.iter().map(|finding| Row::plain(format!("  {}", finding.message)));
    [Row::new().with(folder, Role::Faint), head].into_iter().chain(lines).collect()
}

fn as_json(desk: &Desk<'_>, checked: &Checked, findings: &[Finding]) -> String {
    let read = json::Read { files: checked.files, lines: checked.lines, blocks: checked.blocks };
    let findings: Vec<json::Finding<'_>> = findings
        .iter()
        .map(|finding| json::Finding {
            what: finding.what,
            message: &finding.message,
            file: finding.place.as_ref().map(|(file, _)| file.as_str()),
            line: finding.place.as_ref().and_then(|(_, line)| *line),
            blocks: finding.blocks.clone(),
        })
        .collect();
    json::check(read, &findings, desk.here().now())
}

fn shown(path: &Path) -> String {
    terminal_safe(&path.to_string_lossy()).to_string()
}
