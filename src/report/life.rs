//! The life of a block: what each change made of it, in words.

use super::{Look, change, kept, words};
use crate::beam::{Role, Row};
use crate::domain::{Block, Kept, Lived, Thing};
use crate::text::{Text, terminal_safe};

/// What a block, or something else that is kept, was after a change.
#[derive(Clone, Debug)]
pub struct Stage<'a> {
    /// Its number, by which a restore names it.
    pub number: usize,
    /// When the change was made, at home.
    pub at: Lived,
    /// What the change is called; and of which other it takes back or does again.
    pub does: &'a str,
    /// The number of the change that it takes back or does again, where that is of this life.
    pub of: Option<usize>,
    /// The device that made it, where that is another.
    pub by: Option<&'a str>,
    /// Whether the change is taken back now.
    pub undone: bool,
    /// What it was.
    pub what: &'a Thing,
    /// Whether it was removed.
    pub removed: bool,
    /// The fields that the change set and that another device set later, without knowing of it.
    pub not_shown: &'a [String],
}

/// Returns the stages of a life, the first first: a row for each change, and below it what
/// it changed.
pub fn rows(stages: &[Stage<'_>], look: &Look<'_>) -> Vec<Row> {
    let before = std::iter::once(None).chain(stages.iter().map(Some));
    let rows = before.zip(stages).flat_map(|(before, stage)| {
        std::iter::once(head(stage, look)).chain(changed(before, stage, look)).chain(hidden(stage))
    });
    look.set(rows.collect())
}

fn head(stage: &Stage<'_>, look: &Look<'_>) -> Row {
    let mut row = Row::new()
        .with(format!("{:>2}", stage.number), Role::Strong)
        .with(format!("  {}", words::moment(stage.at, look)), Role::Plain)
        .with(format!("  {}", terminal_safe(stage.does)), Role::Strong);
    if let Some(of) = stage.of {
        row.push(format!(" of {of}"), Role::Plain);
    }
    if stage.undone {
        row.push("  undone", Role::Plain);
    }
    if let Some(by) = stage.by {
        row.push(format!("  by {}", terminal_safe(by)), Role::Plain);
    }
    row
}

fn changed(before: Option<&Stage<'_>>, stage: &Stage<'_>, look: &Look<'_>) -> Vec<Row> {
    let whole = |verb: &str| {
        let mut row = indent();
        row.append(match stage.what {
            Thing::Block(block) => change::row(block, verb, look),
            Thing::Kept(kept) => kept::row(kept, verb, look),
        });
        vec![row]
    };
    match before {
        None if stage.removed => whole("removed"),
        None => whole("new"),
        Some(before) => {
            let fields = fields(before.what, stage.what, look).into_iter();
            let mut rows: Vec<Row> = fields.map(|field| field.row(look)).collect();
            match (before.removed, stage.removed) {
                (false, true) => rows.push(indent().with("removed", Role::Plain)),
                (true, false) => rows.push(indent().with("there again", Role::Plain)),
                _ if rows.is_empty() => rows.push(indent().with("changed nothing that is shown", Role::Faint)),
                _ => {}
            }
            rows
        }
    }
}

fn hidden(stage: &Stage<'_>) -> Option<Row> {
    let fields = stage.not_shown.join(", ");
    let row =
        || indent().with(format!("not shown: another device set its {} later", terminal_safe(&fields)), Role::Faint);
    (!stage.not_shown.is_empty()).then(row)
}

fn indent() -> Row {
    Row::plain("    ")
}

/// A field that a change changed, in people's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub name: &'static str,
    /// What it was.
    pub old: String,
    /// What it became.
    pub new: String,
}

impl Field {
    fn row(&self, look: &Look<'_>) -> Row {
        let arrow = look.glyphs.pick("→", "->");
        indent()
            .with(format!("{:<9}", self.name), Role::Faint)
            .with(format!(" {} {arrow} ", self.old), Role::Plain)
            .with(self.new.as_str(), Role::Strong)
    }
}

/// Returns the fields in which a thing differs from what it was.
pub fn fields(old: &Thing, new: &Thing, look: &Look<'_>) -> Vec<Field> {
    let said = match (old, new) {
        (Thing::Block(old), Thing::Block(new)) => of_block(old, look).into_iter().zip(of_block(new, look)).collect(),
        (Thing::Kept(old), Thing::Kept(new)) => of_kept(old, look).into_iter().zip(of_kept(new, look)).collect(),
        _ => Vec::new(),
    };
    let differs = |((name, old), (_, new)): (Said, Said)| (old != new).then_some(Field { name, old, new });
    said.into_iter().filter_map(differs).collect()
}

type Said = (&'static str, String);

const NOTHING: &str = "nothing";

fn of_block(block: &Block, look: &Look<'_>) -> Vec<Said> {
    let tags = block.tags.iter().map(|tag| format!("+{}", tag.for_terminal())).collect::<Vec<_>>().join(" ");
    let zone = block.zone.as_ref().map(|zone| terminal_safe(zone.as_str()).to_string());
    vec![
        ("start", to_the_second(block.start, look)),
        ("end", block.end.map_or_else(|| "runs".to_owned(), |end| to_the_second(end, look))),
        ("zone", zone.unwrap_or_else(|| NOTHING.to_owned())),
        ("kind", words::kind(block.kind).to_owned()),
        ("activity", words::quoted(&block.activity)),
        ("tags", if tags.is_empty() { NOTHING.to_owned() } else { tags }),
        ("note", text(block.note.as_ref())),
        ("interrupted", look.times(usize::try_from(block.interrupted).unwrap_or(usize::MAX))),
    ]
}

fn of_kept(kept: &Kept, look: &Look<'_>) -> Vec<Said> {
    match kept {
        Kept::Spark(spark) => vec![
            ("text", words::quoted(&spark.text)),
            ("takes", words::length(spark.length)),
            ("done", spark.done.map_or_else(|| "open".to_owned(), |done| words::moment(done, look))),
        ],
        Kept::Reflection(day) => vec![
            ("note", text(day.note.as_ref())),
            ("felt", day.felt.map_or_else(|| NOTHING.to_owned(), |felt| felt.mark().to_string())),
        ],
        Kept::Baseline(_) => Vec::new(),
        Kept::Sample(sample) => vec![("kind", words::kind(sample.kind).to_owned())],
    }
}

fn text(text: Option<&Text>) -> String {
    text.map_or_else(|| NOTHING.to_owned(), words::quoted)
}

/// Returns a moment with its seconds, where it has any: a change may be of them alone.
fn to_the_second(at: Lived, look: &Look<'_>) -> String {
    let moment = words::moment(at, look);
    match at.timestamp().rem_euclid(60) {
        0 => moment,
        seconds => format!("{moment} and {seconds} s"),
    }
}
