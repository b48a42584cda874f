//! `spark`: small things to make, kept in a list until there is a free half hour.

use super::desk::Desk;
use super::shared::Answer;
use super::tell;
use crate::beam::{Role, Row};
use crate::domain::{Kept, Spark};
use crate::failure::Failure;
use crate::notation;
use crate::report::{json, kept, words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// What you want to make; or "done N", "drop N" with a number of the list or words of it.
    /// Without words, the list
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// How long it takes: 30m, 1h; half an hour if not said
    #[arg(long = "for", value_name = "LENGTH")]
    length: Option<String>,
    /// List those that are done too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let words: Vec<&str> = args.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] if args.length.is_some() => {
            Err(Failure::refused("it does not say what you want to make").hint("tiltmeter spark WORDS --for 30m"))
        }
        [] => list(desk, args),
        [_, ..] if args.all || args.answer.json => {
            Err(Failure::refused("--all and --json are for the list, without words").hint("tiltmeter spark --all"))
        }
        ["done", which @ ..] if args.length.is_none() => {
            let spark = desk.silent.finish_spark(|open| choose(open, &which.join(" "), "done"))?;
            say(desk, spark, "done")
        }
        ["drop", which @ ..] if args.length.is_none() => {
            let spark = desk.silent.drop_spark(|open| choose(open, &which.join(" "), "drop"))?;
            say(desk, spark, "dropped")
        }
        words => {
            let (text, said) = notation::spark(&words.join(" "))?;
            let length = args.length.as_deref().map(notation::length).transpose()?;
            if said.is_some() && length.is_some() {
                return Err(Failure::refused("its length is said twice, with @ and with --for").hint("say it once"));
            }
            let length = said.or(length).unwrap_or(Spark::USUAL);
            let spark = desk.silent.put_spark(text, length)?;
            say(desk, spark, "kept")
        }
    }
}

fn list(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut reading = desk.silent.kept()?;
    tell::notices(desk, &reading.notices);
    reading.sparks.retain(|spark| args.all || spark.is_open());
    if args.answer.json {
        return desk.out.json(&json::spark(&reading.sparks, desk.here().now()));
    }
    desk.out.rows(&kept::sparks(&reading.sparks, &desk.look()))
}

fn say(desk: &Desk<'_>, spark: Spark, verb: &str) -> Result<(), Failure> {
    let mut row = kept::row(&Kept::Spark(spark), verb, &desk.look());
    row.cut_to(desk.out.width(), desk.glyphs);
    desk.out.row(&row)
}

/// Finds the open spark that is meant: the only one, the one of that number, or the one with
/// those words.
fn choose(open: &[Spark], which: &str, verb: &str) -> Result<Spark, Failure> {
    let listed = "tiltmeter spark lists them with their numbers";
    if open.is_empty() {
        return Err(Failure::refused("there is no open spark").hint("tiltmeter spark WORDS keeps one"));
    }
    if which.is_empty() {
        return match open {
            [only] => Ok(only.clone()),
            _ => Err(Failure::refused(format!("which of the {} open sparks?", open.len()))
                .hint(format!("tiltmeter spark {verb} 1; {listed}"))),
        };
    }
    if let Ok(number) = which.parse::<usize>() {
        let found = number.checked_sub(1).and_then(|at| open.get(at)).cloned();
        let there = words::count(open.len(), "open spark", "open sparks");
        return found.ok_or_else(|| Failure::refused(format!("there is no spark {number}, of {there}")).hint(listed));
    }
    let part = which.to_lowercase();
    let found: Vec<&Spark> = open.iter().filter(|spark| spark.text.raw().to_lowercase().contains(&part)).collect();
    let said = terminal_safe(which);
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::refused(format!("no open spark has \"{said}\" in it"))
            .hint(listed)
            .hint(format!("tiltmeter spark \"{verb} {said}\" --for 30m keeps it as one"))),
        several => Err(Failure::refused(format!("{} open sparks have \"{said}\" in them", several.len())).hint(listed)),
    }
}

/// Returns a row with a label before it.
pub(super) fn labelled(label: &str, row: Row) -> Row {
    let mut labelled = Row::new().with(format!("{label:<8}"), Role::Faint);
    labelled.append(row);
    labelled
}
