//! `restore`: bring back what was removed, or an earlier version of what is there.

use super::desk::Desk;
use super::gone::Removed;
use super::shared::{Target, Ways};
use crate::domain::{Block, Edit, Id, Kept, Ledger, Spark, Thing};
use crate::failure::Failure;
use crate::journal::{Life, Reach};
use crate::report::{kept, words};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which: 9:30 what was removed from there today, yesterday@9:30 design, 26 nov a day off, spark tracing
    #[arg(required = true, value_name = "REF WORDS")]
    words: Vec<String>,
    /// An earlier version of what is there: as tiltmeter history REF numbers them
    #[arg(long, value_name = "N")]
    version: Option<usize>,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.version.is_some()
        && let Some(there) = there(desk, &args.words)?
    {
        return restore(desk, args, there.id);
    }
    match Removed::read(desk, &args.words)? {
        Some(removed) => {
            let gone = desk.journal.gone(desk.now())?;
            match removed.one(desk, &gone) {
                Ok(gone) => restore(desk, args, gone.id),
                Err(error) => Err(is_there(desk, &args.words)?.unwrap_or(error)),
            }
        }
        None => Err(is_there(desk, &args.words)?.unwrap_or_else(|| {
            Failure::refused("there is no such block")
                .hint("tiltmeter history --removed lists what can be brought back")
        })),
    }
}

/// Returns the block that is there and is called that.
fn there(desk: &Desk<'_>, words: &[String]) -> Result<Option<Block>, Failure> {
    let Ok(target) = Target::block_or_day_off(desk, &words.join(" ")) else { return Ok(None) };
    let reading = target.reach(desk, &[], |reach| desk.silent.read(reach))?;
    Ok(target.find(desk, &reading.ledger).ok().cloned())
}

/// Says of what is there that it need not be brought back as a whole.
fn is_there(desk: &Desk<'_>, words: &[String]) -> Result<Option<Failure>, Failure> {
    let said = |block: Block| {
        let reference = super::gone::reference(desk, &Thing::Block(block.clone()));
        Failure::refused(format!("{} is there: which version of it?", words::block(&block, &desk.look())))
            .hint(format!("tiltmeter history {reference} numbers them; tiltmeter restore {reference} --version 1"))
    };
    Ok(there(desk, words)?.map(said))
}

fn restore(desk: &Desk<'_>, args: &Args, id: Id) -> Result<(), Failure> {
    let life = desk.journal.life(id, desk.now())?;
    let life = life.filter(|life| life.now().is_some()).ok_or_else(changed_meanwhile)?;
    let count = life.stages.len();
    let stage = match args.version {
        None => count.checked_sub(1),
        Some(version) => version.checked_sub(1),
    };
    let stage = stage.and_then(|stage| life.stages.get(stage)).ok_or_else(|| {
        let there = words::count(count, "version", "versions");
        Failure::refused(format!("there is no version {}, of {there}", args.version.unwrap_or_default()))
            .hint(format!("tiltmeter history {} numbers them", crate::text::terminal_safe(&args.words.join(" "))))
    })?;
    match &stage.what {
        Thing::Block(block) => put_back(desk, args, &life, Block { id: life.id, ..block.clone() }),
        Thing::Kept(Kept::Spark(spark)) => keep_again(desk, spark.clone()),
        Thing::Kept(Kept::Reflection(_) | Kept::Baseline(_) | Kept::Sample(_)) => {
            Err(Failure::refused("only blocks and sparks can be brought back").hint("say it anew to change it"))
        }
    }
}

fn put_back(desk: &Desk<'_>, args: &Args, life: &Life, block: Block) -> Result<(), Failure> {
    let now = life.now().and_then(|(what, removed)| match what {
        Thing::Block(block) => Some((block.clone(), removed)),
        Thing::Kept(_) => None,
    });
    let (was, is_removed) = now.ok_or_else(changed_meanwhile)?;
    let times: Vec<_> = [block.start, was.start].into_iter().chain(block.end).collect();
    let reach = Reach { days: desk.around(&times), now_too: true, back_until: None };
    let is_as_seen = |ledger: &Ledger| ledger.get(life.id).is_none() == is_removed;
    desk.change(&reach, |ledger| {
        if is_as_seen(ledger) {
            Ok(Edit::Restore { block: Box::new(block), clash: args.ways.clash() })
        } else {
            Err(changed_meanwhile())
        }
    })
}

fn keep_again(desk: &Desk<'_>, spark: Spark) -> Result<(), Failure> {
    let spark = desk.silent.restore_spark(spark)?;
    let mut row = kept::row(&Kept::Spark(spark), "there again", &desk.look());
    row.cut_to(desk.out.width(), desk.glyphs);
    desk.out.row(&row)
}

fn changed_meanwhile() -> Failure {
    Failure::refused("another command has just changed what is meant, so nothing was done")
        .hint("tiltmeter day shows what there is now")
}
