//! `day`: the balance of a day, and what you think of it.

use chrono::NaiveDate;

use super::confirm;
use super::desk::Desk;
use super::picture::Pictures;
use super::shared::{self, Answer};
use crate::beam::Row;
use crate::domain::{Answers, Felt, Kept, Reflection, Thought, balance};
use crate::failure::Failure;
use crate::picture;
use crate::report::{self, json};
use crate::text::terminal_safe;

#[derive(clap::Args, Debug, Default)]
pub(super) struct Args {
    /// Which: yesterday, mon, 20 nov, 2026-11-20; today if not said
    #[arg(value_name = "DATE")]
    date: Vec<String>,
    /// Say what you think of it, in a line; "" takes it back
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Say how it felt: 1 drained … 5 alive; "" takes it back
    #[arg(long, value_name = "1..5")]
    felt: Option<String>,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let date = shared::day(desk, &args.date)?;
    if args.note.is_some() || args.felt.is_some() {
        return reflect(desk, date, args);
    }
    let today = date == desk.today();
    let reading = desk.read(&desk.whole_day(date))?;
    let day = balance::day(&reading.ledger, date, &desk.calendar, &desk.config.habits);
    let running = reading.ledger.running().filter(|_| today);
    if args.answer.json {
        let (thoughts, samples) = (&*reading.reflections, &*reading.samples);
        let reading = json::Reading { thoughts, samples, ..desk.as_of(&reading.ledger) };
        return desk.out.json(&json::day(&day, &reading));
    }
    if let Some(form) = args.pictures.form() {
        return args.pictures.write(desk, &reading, |paper| picture::day(&day, running, form, paper));
    }
    let device = running.and_then(|block| reading.ledger.elsewhere(block.id));
    let mut rows = report::day::rows(&day, running, device, &desk.look());
    let span = desk.calendar.day_at_home_bounds(date);
    let assumed = report::assumed::rows(&reading.ledger, span, &confirm::command(desk, date), &desk.look());
    if !assumed.is_empty() {
        rows.push(Row::new());
        rows.extend(assumed);
    }
    if let Some(thought) = reading.reflections.first() {
        let mut row = report::kept::reflected(thought, &desk.look());
        row.cut_to(desk.out.width(), desk.glyphs);
        rows.extend([Row::new(), row]);
    }
    let asked = report::asked::line(Answers::of(&reading.samples), &desk.look());
    rows.extend(asked.into_iter().flat_map(|row| [Row::new(), row]));
    desk.out.rows(&rows)
}

/// Says what is thought of a day.
fn reflect(desk: &Desk<'_>, date: NaiveDate, args: &Args) -> Result<(), Failure> {
    if args.answer.json {
        return Err(Failure::refused("--json shows a day, and changes none").hint("tiltmeter day --json"));
    }
    let note =
        args.note.as_deref().map(|note| if note.trim().is_empty() { Ok(None) } else { shared::note(note).map(Some) });
    let felt = args.felt.as_deref().map(mark).transpose()?;
    let reflection = desk.silent.reflect(date, Thought { note: note.transpose()?, felt })?;
    let Reflection { note, felt, .. } = &reflection;
    let verb = if note.is_none() && felt.is_none() { "nothing is kept of it" } else { "" };
    let mut row = report::kept::row(&Kept::Reflection(reflection), verb, &desk.look());
    row.trim_end();
    row.cut_to(desk.out.width(), desk.glyphs);
    desk.out.row(&row)
}

fn mark(typed: &str) -> Result<Option<Felt>, Failure> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let felt = typed.trim().parse().ok().and_then(Felt::of);
    felt.map(Some).ok_or_else(|| {
        Failure::refused(format!("\"{}\" is not a mark", terminal_safe(typed)))
            .hint("say how it felt from 1, drained, to 5, alive: --felt 4")
    })
}
