//! `add`: a block that has ended.

use super::desk::Desk;
use super::now::{Said, Typed, log};
use super::shared::{self, About, Ways};
use crate::failure::Failure;
use crate::notation::Toward;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// From when to when (9:00-10:30), or how long until now (45m)
    #[arg(value_name = "TIME-TIME")]
    stretch: String,
    /// What it was, with +tags
    #[arg(required = true, value_name = "ACTIVITY")]
    words: Vec<String>,
    /// The day of it: yesterday, mon, 20 nov
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    ways: Ways,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut here = desk.here();
    if let Some(on) = &args.on {
        here = here.on(here.date(on, Toward::Past)?);
    }
    let (start, end) = here.stretch(&args.stretch)?.tell(shared::doubled(desk));
    let line = here.line(&args.words.join(" "))?;
    if line.when.is_some() {
        return Err(Failure::refused("the time is said twice, before the activity and with @").hint("say it once"));
    }
    let kind = shared::kind(args.about.kind.as_deref())?;
    let said = Said { start, end: Some(end) };
    log(desk, &Typed::new(line, args.about.note.as_deref())?, kind, &said, args.ways.clash())
}
