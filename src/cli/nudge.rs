//! `nudge`: says what is due, once. For a timer of the system, where no pane is open.

use super::desk::Desk;
use crate::desk::Claim;
use crate::failure::Failure;
use crate::report;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Print what is due, and send nothing
    #[arg(long)]
    print: bool,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    if desk.config.nudges.of.is_empty() {
        desk.out.note("no reminder is set: tiltmeter config show lists nudges.silence and the others");
        return Ok(());
    }
    let reading = desk.read(&desk.whole_day(desk.today()))?;
    let mut outcome = Ok(());
    for planned in desk.nudges(&reading).iter().filter(|planned| planned.is_due(desk.now())) {
        if desk.claim(&planned.nudge)? != Claim::Ours {
            continue;
        }
        // What is printed is mailed by the system, or stands in its log.
        let said = report::nudge::said(&planned.nudge, &reading.ledger, &desk.look(), desk.words_outside());
        if args.print || !desk.reaches_outside() {
            desk.out.line(&said)?;
            continue;
        }
        if let Err(failure) = desk.tell_outside(&said) {
            // It is claimed and would not come again: here it is at least.
            desk.out.line(&said)?;
            outcome = Err(failure);
        }
    }
    outcome
}
