//! The pane: what `tiltmeter` alone opens, and what `demo` opens on a made-up quarter. Where
//! there is no terminal for it, the day is printed.

use std::process::ExitCode;

use super::day;
use super::desk::Desk;
use crate::desk::Demo;
use crate::failure::Failure;
use crate::tui::{self, Opened};

/// Opens the user's own journal.
pub(super) fn own(desk: Desk<'_>) -> Result<ExitCode, Failure> {
    if !desk.out.can_show_pane() {
        return day::run(&desk, &day::Args::default()).map(|()| ExitCode::SUCCESS);
    }
    let depth = desk.out.depth();
    tui::run(desk.silent, Opened::Own, depth)
}

/// Opens a made-up quarter, which is gone afterwards.
pub(super) fn demo(desk: Desk<'_>) -> Result<ExitCode, Failure> {
    if !desk.out.can_show_pane() {
        let demo = Demo::make(&desk.silent)?;
        desk.out.line("a made-up quarter in a temporary folder: nothing of it is yours")?;
        let made_up = Desk { silent: demo.desk().clone(), out: desk.out };
        return day::run(&made_up, &day::Args::default()).map(|()| ExitCode::SUCCESS);
    }
    let depth = desk.out.depth();
    tui::run(desk.silent, Opened::Demo, depth)
}
