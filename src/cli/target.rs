//! `target`: the share at which the beam is level.

use super::desk::Desk;
use super::shared::Answer;
use super::spark::labelled;
use crate::beam::{Role, Row};
use crate::config::Source;
use crate::failure::Failure;
use crate::notation;
use crate::report::{json, kept};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// In per cent: 35, or "mon 20 thu 50" for some days, or "usual" for what is usual for you;
    /// "none" for the guess again
    #[arg(value_name = "TARGET")]
    target: Vec<String>,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.target.is_empty() {
        return show(desk, args);
    }
    if args.answer.json {
        return Err(Failure::refused("--json shows the target, and sets none").hint("tiltmeter target --json"));
    }
    let target = notation::target(&args.target.join(" "))?;
    let set = desk.silent.set_target(target)?;
    let whose = if set.is_a_guess { "  a guess" } else { "  yours" };
    let said = Row::new().with(kept::target(&set.targets), Role::Strong).with(whose, Role::Faint);
    desk.out.row(&labelled("target", said))?;
    let before = set.before.map_or_else(|| "none".to_owned(), |before| kept::target(&before).replace(" %", ""));
    desk.out
        .row(&labelled("", Row::new().with(format!("tiltmeter target {before} puts back what it was"), Role::Faint)))?;
    if set.is_overruled {
        desk.out
            .note("TILTMETER_TARGET or --set says another, which goes before the file; without it this target counts");
    }
    Ok(())
}

fn show(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let habits = &desk.config.habits;
    let usual = desk.silent.usual()?;
    if args.answer.json {
        let now = desk.here().now();
        return desk.out.json(&json::target(habits.targets, habits.target_is_a_guess, usual.as_ref(), now));
    }
    let whose = match desk.config.source("target") {
        Source::Default => "  a guess",
        Source::File => "  yours",
        Source::Environment => "  yours, of TILTMETER_TARGET",
        Source::Flag => "  yours, for this once",
    };
    let target = Row::new().with(kept::target(&habits.targets), Role::Strong).with(whose, Role::Faint);
    let mut rows = vec![labelled("target", target)];
    rows.extend(kept::usual(usual.as_ref()));
    if habits.target_is_a_guess {
        let how = if usual.is_some() { "tiltmeter target usual" } else { "tiltmeter target 35" };
        rows.push(Row::plain(format!("{how} makes it yours")));
    }
    desk.out.rows(&rows)
}
