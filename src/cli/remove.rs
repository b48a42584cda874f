//! `remove`: take a block out.

use super::desk::Desk;
use super::shared::Target;
use crate::domain::Edit;
use crate::failure::Failure;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which block: @1 the newest, 9:30 the one of today at that time
    #[arg(value_name = "REF")]
    reference: String,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let target = Target::read(desk, Some(&args.reference))?;
    target.reach(desk, &[], |reach| desk.change(reach, |ledger| Ok(Edit::Remove { id: target.find(ledger)?.id })))
}
