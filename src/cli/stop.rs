//! `stop`: end the running block, or say until when a forgotten one ran.

use super::desk::Desk;
use super::shared::Backdate;
use crate::domain::Edit;
use crate::failure::Failure;
use crate::journal::Reach;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    when: Backdate,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = args.when.or_now(desk)?;
    let reach = Reach { days: desk.around(&[at]), now_too: true, back_until: None };
    desk.change(&reach, |_| Ok(Edit::Stop { at }))
}
