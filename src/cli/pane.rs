//! The pane: what `tiltmeter` alone opens, and what `demo` opens on a made-up quarter. Where
//! there is no terminal for it, the day is printed.

use std::path::PathBuf;
use std::process::ExitCode;

use super::day;
use super::desk::Desk;
use crate::desk::Demo;
use crate::failure::Failure;
use crate::tui::{self, Opened, Sitter};

/// Opens the user's own journal.
pub(super) fn own(desk: Desk<'_>) -> Result<ExitCode, Failure> {
    if !desk.out.can_show_pane() {
        return day::run(&desk, &day::Args::default()).map(|()| ExitCode::SUCCESS);
    }
    let depth = desk.out.depth();
    tui::run(desk.silent, Opened::Own, depth)
}

#[derive(clap::Args, Debug)]
pub(super) struct DemoArgs {
    /// A picture of a screen of it, as SVG: day, week, trend, journal, catch-up
    #[arg(long, value_name = "SCREEN", value_parser = sitter)]
    svg: Option<Sitter>,
    /// How many columns and rows the picture has
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = size, default_value = "100x30", requires = "svg")]
    size: (u16, u16),
    /// Write the picture to this file
    #[arg(short, long, value_name = "FILE", requires = "svg")]
    output: Option<PathBuf>,
}

/// Opens a made-up quarter, which is gone afterwards; or draws a screen of it.
pub(super) fn demo(desk: Desk<'_>, args: &DemoArgs) -> Result<ExitCode, Failure> {
    if let Some(sitter) = args.svg {
        let picture = tui::portrait(desk.silent, sitter, args.size)?;
        match &args.output {
            Some(file) => super::file::to_file(file, |to| to.write_all(picture.as_bytes()))?,
            None => desk.out.text(&picture)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !desk.out.can_show_pane() {
        let demo = Demo::make(&desk.silent)?;
        desk.out.line("a made-up quarter in a temporary folder: nothing of it is yours")?;
        let made_up = Desk { silent: demo.desk().clone(), out: desk.out };
        return day::run(&made_up, &day::Args::default()).map(|()| ExitCode::SUCCESS);
    }
    let depth = desk.out.depth();
    tui::run(desk.silent, Opened::Demo, depth)
}

fn sitter(typed: &str) -> Result<Sitter, String> {
    let known = Sitter::ALL.into_iter().find(|(name, _)| *name == typed);
    known.map(|(_, sitter)| sitter).ok_or_else(|| format!("try {}", Sitter::ALL.map(|(name, _)| name).join(", ")))
}

/// Reads `100x30`, at most 400 of each.
fn size(typed: &str) -> Result<(u16, u16), String> {
    let cells = |typed: &str| typed.parse().ok().filter(|cells| (1..=400).contains(cells));
    let size = typed.split_once('x').and_then(|(columns, rows)| cells(columns).zip(cells(rows)));
    size.ok_or_else(|| "try 100x30".to_owned())
}
