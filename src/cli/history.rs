//! `history`: what was changed, and when.
#[derive(clap::Args, Debug)]
pub(super) struct Args {}
pub(super) fn run(_: &super::desk::Desk<'_>, _: &Args) -> Result<(), crate::failure::Failure> {
    Ok(())
}
