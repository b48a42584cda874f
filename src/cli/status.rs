//! `status`: one line for a prompt or a status bar.

use std::process::ExitCode;

use super::desk::Desk;
use super::out::Out;
use super::shared::Answer;
use crate::domain::{Days, DayBalance, WeekBalance};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Print nothing; answer 0 if a block runs, 1 if none does
    #[arg(long, conflicts_with_all = ["json", "words"])]
    running: bool,
    /// Show what you wrote, too
    #[arg(long)]
    words: bool,
    #[command(flatten)]
    answer: Answer,
}
