//! `import`: blocks that were exported.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

use super::desk::Desk;
use super::tell;
use crate::exchange::{ImportError, Place, Problem, Reason, Source, import};
use crate::failure::{Failure, in_words};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// json or jsonl, as export writes them
    #[arg(value_name = "FORMAT", value_parser = parse_source)]
    source: Source,
    /// The file to read, or - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// How many problems are listed before the rest is counted.
const LISTED: usize = 10;

fn parse_source(typed: &str) -> Result<Source, String> {
    Source::from_name(typed).ok_or_else(|| format!("try {}", Source::ALL.map(Source::name).join(", ")))
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let name = terminal_safe(&args.file.to_string_lossy()).to_string();
    let mut input: Box<dyn BufRead> = if args.file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(&args.file).map_err(|error| unreadable(&name, &error))?;
        Box::new(BufReader::new(file))
    };
    let blocks = import::read(args.source, &mut *input, desk.now()).map_err(|error| not_imported(&name, &error))?;
    let imported = desk.journal.import(blocks, desk.now())?;
    desk.out.line(&match (imported.added, imported.known) {
        (0, known) => format!("nothing new: {} already in the journal", counted(known)),
        (added, 0) => format!("imported {}", counted(added)),
        (added, known) => format!("imported {}; {} already in the journal", counted(added), counted(known)),
    })?;
    tell::notices(desk, &imported.notices);
    Ok(())
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::environment(format!("{name} cannot be read: {}", in_words(error)))
        .hint("name a file that export wrote, or - for the standard input")
}

fn counted(blocks: usize) -> String {
    if blocks == 1 { "1 block".into() } else { format!("{blocks} blocks") }
}

fn not_imported(name: &str, error: &ImportError) -> Failure {
    if let ImportError::Unreadable(error) = error {
        return unreadable(name, error);
    }
    let failure = Failure::refused(format!("{name}: {error}"));
    if let ImportError::TooLarge = error {
        return failure.hint("as lines it may be as large as it likes: export jsonl, then import jsonl");
    }
    let ImportError::Refused(problems) = error else {
        return failure.hint("what tiltmeter export json and export jsonl write can be imported");
    };
    if problems.len() > 1
        && matches!(problems.first(), Some(Problem { place: Place::Line(1), reason: Reason::NotABlock(_) }))
    {
        return failure.hint("if it is one document of many lines: tiltmeter import json FILE");
    }
    let listed = problems.iter().take(LISTED).fold(failure, |failure, problem| failure.hint(problem.to_string()));
    match problems.len().saturating_sub(LISTED) {
        0 => listed,
        more => listed.hint(format!("and {more} more")),
    }
}
