//! `remove`: take a block out.

use super::desk::Desk;
use super::shared::Target;
use crate::domain::Edit;
use crate::failure::Failure;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which block: @1 the newest, 9:30 the one of today at that time; 26 nov a day off
    #[arg(required = true, value_name = "REF")]
    reference: Vec<String>,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let typed = args.reference.join(" ");
    let target = Target::block_or_day_off(desk, &typed)?;
    target.reach(desk, &[], |reach| desk.change(reach, |ledger| Ok(Edit::Remove { id: target.find(desk, ledger)?.id })))
}
