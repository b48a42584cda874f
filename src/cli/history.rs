//! `history`: what was changed, and when.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::desk::Desk;
use super::gone::{self, Removed};
use super::shared::{Answer, Target};
use crate::beam::{Role, Row};
use crate::domain::{Block, Id, Thing};
use crate::failure::Failure;
use crate::journal::{History, Of, Reach, Stage, Version};
use crate::report::json::{self, Besides, Change};
use crate::report::{change, kept, life, words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The life of one block: @1 the newest, 9:30 the one of today at that time, there or removed
    #[arg(value_name = "REF")]
    reference: Vec<String>,
    /// What was removed, and how it is brought back
    #[arg(long, conflicts_with = "reference")]
    removed: bool,
    /// How many changes
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.removed {
        return removed(desk, args);
    }
    if !args.reference.is_empty() {
        return one(desk, args);
    }
    // Changes are read without blocks; what is wrong with the journal is told all the same.
    let today = desk.today();
    let mut reading = desk.silent.read(&Reach { days: today..=today, now_too: true, back_until: None })?;
    let History { versions, notices } = desk.journal.history(None, args.limit, desk.now())?;
    let besides: Vec<_> = notices.into_iter().filter(|notice| !reading.notices.contains(notice)).collect();
    reading.notices.extend(besides);
    desk.tell(&reading);
    let changes = grouped(&versions, args.limit);
    let undone = undone(&versions);
    if args.answer.json {
        return answer(desk, &changes, &undone, &Besides::default());
    }
    if changes.is_empty() {
        return desk.out.line("nothing was changed yet");
    }
    let mut rows: Vec<Row> = changes.iter().flat_map(|change| rows(desk, change, &undone)).collect();
    for row in &mut rows {
        row.cut_to(desk.out.width(), desk.glyphs);
    }
    desk.out.rows(&rows)
}

fn answer(
    desk: &Desk<'_>,
    changes: &[Vec<&Version>],
    undone: &HashSet<Uuid>,
    besides: &Besides<'_>,
) -> Result<(), Failure> {
    let ids: Vec<Ids> = changes.iter().map(|change| Ids::of(change)).collect();
    let changes: Vec<Change<'_>> = changes.iter().zip(&ids).map(|(change, ids)| in_json(change, ids, undone)).collect();
    desk.out.json(&json::history(&changes, besides, desk.here().now()))
}

/// Shows the life of one block.
fn one(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let id = find(desk, &args.reference)?;
    let life = desk.journal.life(id, desk.now())?;
    let stages = life.map(|life| life.stages).unwrap_or_default();
    if args.answer.json {
        let versions = desk.journal.history(Some(id), 0, desk.now())?.versions;
        let besides = stages.iter().map(|stage| json::Stage {
            change: stage.change.to_string(),
            what: &stage.what,
            removed: stage.removed,
            not_shown: &stage.not_shown,
        });
        let besides = Besides { versions: besides.collect(), removed: Vec::new() };
        return answer(desk, &grouped(&versions, usize::MAX), &undone(&versions), &besides);
    }
    let number = |change: Uuid| stages.iter().position(|stage| stage.change == change).map(|at| at + 1);
    let said = (1..).zip(&stages).map(|(at, stage)| life::Stage {
        number: at,
        at: desk.calendar.home().at(stage.at),
        does: &stage.does,
        of: match stage.of {
            Of::Undoes(change) | Of::Redoes(change) => number(change),
            Of::Itself => None,
        },
        by: (stage.by != desk.journal.place().device).then_some(&*stage.by),
        undone: stage.undone,
        what: &stage.what,
        removed: stage.removed,
        not_shown: &stage.not_shown,
    });
    let mut rows = life::rows(&said.collect::<Vec<_>>(), &desk.look());
    rows.extend(how_back(desk, &stages).map(|how| Row::new().with(how, Role::Faint)));
    desk.out.rows(&rows)
}

/// Finds the block that is there and is called that; else the one that was removed.
fn find(desk: &Desk<'_>, typed: &[String]) -> Result<Id, Failure> {
    let not_there = match Target::block_or_day_off(desk, &typed.join(" ")) {
        Ok(target) => {
            let reading = target.reach(desk, &[], |reach| desk.read(reach))?;
            match target.find(desk, &reading.ledger) {
                Ok(block) => return Ok(block.id),
                Err(not_found) => Some(not_found),
            }
        }
        Err(_) => None,
    };
    let Some(removed) = Removed::read(desk, typed)? else { return Err(not_there.unwrap_or_else(no_block)) };
    let gone = desk.journal.gone(desk.now())?;
    if removed.among(desk, &gone).is_empty() {
        return Err(not_there.unwrap_or_else(no_block).hint(match typed {
            [number] if number.parse::<u32>().is_ok() => {
                format!(
                    "tiltmeter history -n {number} shows the newest changes; @{number} counts blocks, the newest first"
                )
            }
            _ => "tiltmeter history --removed lists what was removed".to_owned(),
        }));
    }
    removed.one(desk, &gone).map(|gone| gone.id)
}

fn no_block() -> Failure {
    Failure::refused("there is no such block")
}

/// Says how another version is brought back.
fn how_back(desk: &Desk<'_>, stages: &[Stage]) -> Option<String> {
    let last = stages.last().filter(|last| last.block().is_some())?;
    let reference = gone::reference(desk, &last.what);
    if last.removed {
        return Some(format!("tiltmeter restore {reference} brings it back"));
    }
    let number = stages.iter().rposition(|stage| differs(stage, last))? + 1;
    Some(format!("tiltmeter restore {reference} --version {number} makes it what it was then"))
}

/// Whether a stage can be brought back behind another: an end that was reached is not taken back.
fn differs(stage: &Stage, last: &Stage) -> bool {
    let (Some(block), Some(is)) = (stage.block(), last.block()) else { return false };
    Block { end: block.end.or(is.end), ..block.clone() } != *is
}

/// Shows what was removed.
fn removed(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let gone = desk.journal.gone(desk.now())?;
    if args.answer.json {
        let removed = gone.iter().map(|gone| (gone::reference(desk, &gone.what), gone.at, &*gone.by, &gone.what));
        let besides = Besides { versions: Vec::new(), removed: removed.collect() };
        return answer(desk, &[], &HashSet::new(), &besides);
    }
    if gone.is_empty() {
        return desk.out.line("nothing was removed");
    }
    let shown: Vec<_> = gone.iter().take(args.limit).map(|gone| (gone::reference(desk, &gone.what), gone)).collect();
    let longest = shown.iter().map(|(reference, _)| reference.len()).max().unwrap_or_default();
    let mut rows: Vec<Row> = shown
        .iter()
        .map(|(reference, gone)| {
            let mut row = Row::new().with(format!("{reference:<longest$}  "), Role::Strong);
            row.append(match &gone.what {
                Thing::Block(block) => change::row(block, &gone::removal(desk, gone), &desk.look()),
                Thing::Kept(kept) => kept::row(kept, &gone::removal(desk, gone), &desk.look()),
            });
            row.cut_to(desk.out.width(), desk.glyphs);
            row
        })
        .collect();
    let first = shown.first().map(|(reference, _)| reference.as_str()).unwrap_or_default();
    rows.push(Row::new().with(format!("tiltmeter restore {first} brings the first of these back"), Role::Faint));
    desk.out.rows(&rows)
}

/// Returns the versions of each change together, the newest change first.
fn grouped(versions: &[Version], limit: usize) -> Vec<Vec<&Version>> {
    let mut places: HashMap<Uuid, usize> = HashMap::new();
    let mut changes: Vec<Vec<&Version>> = Vec::new();
    for version in versions {
        let place = *places.entry(version.change).or_insert(changes.len());
        match changes.get_mut(place) {
            Some(change) => change.push(version),
            None => changes.push(vec![version]),
        }
    }
    changes.truncate(limit);
    changes
}

/// Returns the changes that are taken back now, as far as these versions tell.
fn undone(versions: &[Version]) -> HashSet<Uuid> {
    let mut last_word: HashMap<Uuid, bool> = HashMap::new();
    // The newest first: the first that speaks of a change has the last word.
    for version in versions {
        match version.of {
            Of::Undoes(change) => drop(last_word.entry(change).or_insert(true)),
            Of::Redoes(change) => drop(last_word.entry(change).or_insert(false)),
            Of::Itself => {}
        }
    }
    last_word.into_iter().filter_map(|(change, undone)| undone.then_some(change)).collect()
}

fn rows(desk: &Desk<'_>, change: &[&Version], undone: &HashSet<Uuid>) -> Vec<Row> {
    let Some(first) = change.first() else { return Vec::new() };
    let when = words::moment(desk.calendar.home().at(first.at), &desk.look());
    let mut head = Row::new().with(when, Role::Plain).with(format!("  {}", terminal_safe(&first.does)), Role::Strong);
    if undone.contains(&first.change) {
        head.push("  undone", Role::Plain);
    }
    if first.by != desk.journal.place().device {
        head.push(format!("  by {}", terminal_safe(&first.by)), Role::Plain);
    }
    let lines = |version: &&Version| {
        let sets_note = version.set.as_ref().is_none_or(|set| set.iter().any(|field| field == "note"));
        let note = match &version.what {
            Thing::Block(block) => change::note(block).filter(|_| sets_note),
            Thing::Kept(_) => None,
        };
        std::iter::once(row(desk, version)).chain(note)
    };
    let mut change = change.to_vec();
    change.sort_by_key(|version| match &version.what {
        Thing::Block(block) => Some(block.began()),
        Thing::Kept(_) => None,
    });
    std::iter::once(head).chain(change.iter().flat_map(lines)).collect()
}

fn row(desk: &Desk<'_>, version: &Version) -> Row {
    let what = match &version.set {
        _ if version.removed => "removed".to_owned(),
        None => "new".to_owned(),
        Some(fields) if fields.iter().any(|field| field == "removed") => "there again".to_owned(),
        Some(fields) => terminal_safe(&fields.join(", ")).to_string(),
    };
    let mut row = Row::plain("  ");
    row.append(match &version.what {
        Thing::Block(block) => change::row(block, &what, &desk.look()),
        Thing::Kept(kept) => kept::row(kept, &what, &desk.look()),
    });
    row
}

/// Ids as the report takes them.
struct Ids {
    change: String,
    undoes: Option<String>,
    redoes: Option<String>,
}

impl Ids {
    fn of(change: &[&Version]) -> Self {
        let first = change.first();
        let (undoes, redoes) = match first.map(|version| version.of) {
            Some(Of::Undoes(change)) => (Some(change.to_string()), None),
            Some(Of::Redoes(change)) => (None, Some(change.to_string())),
            _ => (None, None),
        };
        Self { change: first.map(|version| version.change.to_string()).unwrap_or_default(), undoes, redoes }
    }
}

fn in_json<'a>(change: &[&'a Version], ids: &'a Ids, undone: &HashSet<Uuid>) -> Change<'a> {
    let first = change.first();
    let version = |version: &&'a Version| json::Version {
        what: &version.what,
        set: version.set.iter().flatten().map(String::as_str).collect(),
        removed: version.removed,
    };
    Change {
        id: &ids.change,
        at: first.map(|version| version.at).unwrap_or_default(),
        by: first.map_or("", |version| &version.by),
        does: first.map_or("", |version| &version.does),
        undoes: ids.undoes.as_deref(),
        redoes: ids.redoes.as_deref(),
        undone: first.is_some_and(|first| undone.contains(&first.change)),
        versions: change.iter().map(version).collect(),
    }
}
