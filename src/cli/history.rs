//! `history`: what was changed, and when.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::desk::Desk;
use super::shared::{Answer, Target};
use crate::beam::{Role, Row};
use crate::domain::Thing;
use crate::failure::Failure;
use crate::journal::{Of, Reach, Version};
use crate::report::json::{self, Change};
use crate::report::{change, kept, words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Of one block: @1 the newest, 9:30 the one of today at that time
    #[arg(value_name = "REF")]
    reference: Option<String>,
    /// How many changes
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let id = match &args.reference {
        None => {
            // Changes are read without blocks; what is wrong with the journal is told all the same.
            let today = desk.today();
            desk.read(&Reach { days: today..=today, now_too: true, back_until: None })?;
            None
        }
        Some(typed) => {
            let target = Target::read(desk, Some(typed))?;
            let reading = target.reach(desk, &[], |reach| desk.read(reach))?;
            Some(target.find(desk, &reading.ledger)?.id)
        }
    };
    let versions = desk.journal.history(id, args.limit, desk.now())?;
    let changes = grouped(&versions, args.limit);
    let undone = undone(&versions);
    if args.answer.json {
        let ids: Vec<Ids> = changes.iter().map(|change| Ids::of(change)).collect();
        let changes: Vec<Change<'_>> =
            changes.iter().zip(&ids).map(|(change, ids)| in_json(change, ids, &undone)).collect();
        return desk.out.json(&json::history(&changes, desk.here().now()));
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
