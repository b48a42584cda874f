//! `back`: start again what ran before.

use super::desk::Desk;
use super::shared::Backdate;
use crate::domain::{Edit, Ledger};
use crate::failure::Failure;
use crate::journal::{Back, Reach};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    when: Backdate,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = args.when.or_now(desk)?;
    let found = |ledger: &Ledger| ledger.before_this().is_some();
    let back = Back { found: &found, months: None };
    let reach = Reach { days: desk.around(&[at]), now_too: true, back_until: Some(back) };
    desk.change(&reach, |_| Ok(Edit::Back { at }))
}
