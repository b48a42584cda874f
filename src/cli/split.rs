//! `split`: two blocks of one.

use super::desk::Desk;
use super::shared::{self, Target};
use crate::domain::{Edit, SplitAt};
use crate::failure::Failure;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which block: @1 the newest, 9:30 the one of today at that time
    #[arg(value_name = "REF")]
    reference: String,
    /// Where: a time inside it, or a part of it
    #[arg(value_name = "TIME|50%", default_value = "50%")]
    at: String,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut target = Target::read(desk, Some(&args.reference))?;
    let at = match part(&args.at) {
        Some(part) => SplitAt::Part(part?),
        None => SplitAt::Time(shared::time(desk, &target.day(desk)?, &args.at)?),
    };
    target.reach(desk, &[], |reach| {
        desk.change(reach, |ledger| Ok(Edit::Split { id: target.find(desk, ledger)?.id, at }))
    })
}

/// Returns the part that `50%` is; `None` where it is no per cent.
fn part(typed: &str) -> Option<Result<f64, Failure>> {
    let number = typed.strip_suffix('%')?;
    let percent = number.trim().parse::<f64>().ok().filter(|percent| *percent > 0.0 && *percent < 100.0);
    Some(percent.map(|percent| percent / 100.0).ok_or_else(|| {
        let typed = crate::text::terminal_safe(typed);
        Failure::refused(format!("\"{typed}\" is not a part to split at")).hint("try 50%, 25% or a time")
    }))
}
