//! `export`: the journal in another format.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::desk::Desk;
use super::file::to_file;
use crate::domain::{Block, Ledger};
use crate::exchange::{Format, Notes, View, export};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation::Toward;
use crate::report::words;
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// json, jsonl or csv
    #[arg(value_name = "FORMAT", value_parser = parse_format)]
    format: Format,
    /// The first day of it
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day of it
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Leave out what was noted
    #[arg(long)]
    no_notes: bool,
    /// The file to write to; without one, it is printed
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn parse_format(typed: &str) -> Result<Format, String> {
    Format::from_name(typed).ok_or_else(|| format!("try {}", Format::ALL.map(Format::name).join(", ")))
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let date = |typed: &Option<String>| -> Result<Option<NaiveDate>, Failure> {
        Ok(typed.as_deref().map(|typed| desk.here().date(typed, Toward::Past)).transpose()?)
    };
    let (from, to) = (date(&args.from)?, date(&args.to)?);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Failure::refused("--to is before --from").hint("say the earlier day with --from"));
    }
    // The process ends after this: giving back every block one by one would be a tenth of
    // its time.
    let ledger = ManuallyDrop::new(read(desk, from, to)?);
    let belongs = |block: &&Block| {
        if from.is_none() && to.is_none() {
            return true;
        }
        let day = desk.calendar.day_of_block(block);
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    };
    let notes = if args.no_notes { Notes::Without } else { Notes::With };
    let view = View { ledger: &ledger, calendar: &desk.calendar, notes };
    let blocks = ledger.blocks().iter().filter(belongs);
    match &args.output {
        None => desk.out.written(|to| export(args.format, blocks, &view, to)),
        Some(path) => {
            let count = ledger.blocks().iter().filter(belongs).count();
            to_file(path, |file| export(args.format, blocks, &view, file))?;
            let path = terminal_safe(&path.to_string_lossy()).to_string();
            desk.out.line(&format!("wrote {} to {path}", words::count(count, "block", "blocks")))
        }
    }
}

fn read(desk: &Desk<'_>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Ledger, Failure> {
    let Some(from) = from else {
        let reading = desk.journal.read_all(desk.now())?;
        desk.tell(&reading);
        return Ok(reading.ledger);
    };
    // What concerns now has with it all that lies ahead, as days off do.
    let to = to.unwrap_or_else(|| desk.today().max(from));
    Ok(desk.read(&Reach { days: from..=to, now_too: to >= desk.today(), back_until: None })?.ledger)
}
