//! `baseline`: what the share once was, for comparing.

use super::desk::Desk;
use super::shared::{self, Answer};
use super::tell;
use crate::beam::Row;
use crate::domain::{Baseline, BaselineFrom, Share};
use crate::failure::Failure;
use crate::notation::{self, Toward};
use crate::report::{json, kept};
use crate::text::Text;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The share you remember, 70%, or the days whose share it is, 2025-01-06..2025-06-27;
    /// "none" forgets it
    #[arg(value_name = "SHARE | DATES")]
    what: Option<String>,
    /// What it is called
    #[arg(value_name = "NAME")]
    name: Vec<String>,
    #[command(flatten)]
    answer: Answer,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(what) = &args.what else { return show(desk, args) };
    if args.answer.json {
        return Err(Failure::refused("--json shows the baseline, and sets none").hint("tiltmeter baseline --json"));
    }
    if what == "none" && args.name.is_empty() {
        desk.silent.forget_baseline()?;
        return desk.out.line("there is no baseline");
    }
    let name = args.name.join(" ");
    let name = Some(name.as_str()).filter(|name| !name.trim().is_empty()).map(Text::activity).transpose();
    let name = name.map_err(|error| shared::not_text("the name", error))?;
    let baseline = Baseline { name, from: read(desk, what)? };
    let share = desk.silent.keep_baseline(&baseline)?;
    say(desk, &baseline, share)
}

/// Reads a share, or days.
fn read(desk: &Desk<'_>, what: &str) -> Result<BaselineFrom, Failure> {
    if let Ok(share) = notation::share(what) {
        return Ok(BaselineFrom::Remembered(share));
    }
    let dates = desk.here().dates(what, Toward::Past).map_err(|error| {
        let failure = Failure::from(error);
        Failure { hints: vec!["try 70%, or days such as 2025-01-06..2025-06-27".to_owned()], ..failure }
    })?;
    Ok(BaselineFrom::Days { first: *dates.start(), last: *dates.end() })
}

fn show(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let reading = desk.silent.kept()?;
    tell::notices(desk, &reading.notices);
    let share = match &reading.baseline {
        Some(baseline) => desk.silent.share_of(baseline)?,
        None => None,
    };
    if args.answer.json {
        let baseline = reading.baseline.as_ref().map(|baseline| (baseline, share));
        return desk.out.json(&json::baseline(baseline, desk.here().now()));
    }
    match &reading.baseline {
        Some(baseline) => say(desk, baseline, share),
        None => desk.out.rows(&[
            Row::plain("no baseline: what the share once was, to compare with"),
            Row::plain("  tiltmeter baseline 70% \"as an engineer\""),
        ]),
    }
}

fn say(desk: &Desk<'_>, baseline: &Baseline, share: Option<Share>) -> Result<(), Failure> {
    let mut row = super::spark::labelled("baseline", Row::plain("  "));
    row.append(kept::baseline(baseline, share, &desk.look()));
    row.cut_to(desk.out.width(), desk.glyphs);
    desk.out.row(&row)
}
