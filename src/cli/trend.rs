//! `trend`: the weeks one after another.

use std::mem::ManuallyDrop;

use super::desk::Desk;
use super::picture::Pictures;
use super::shared::Answer;
use crate::desk::Far;
use crate::failure::Failure;
use crate::picture::Form;
use crate::{picture, report};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// How many weeks, this one among them; or all
    #[arg(long, value_name = "N|all", value_parser = parse, default_value = "12")]
    weeks: Far,
    #[command(flatten)]
    answer: Answer,
    #[command(flatten)]
    pictures: Pictures,
}

/// A century of them.
const MOST_WEEKS: u32 = 5_200;

fn parse(typed: &str) -> Result<Far, String> {
    let count = typed.parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
    match (typed, count) {
        ("all", _) => Ok(Far::All),
        (_, Some(weeks)) => Ok(Far::Weeks(weeks)),
        (_, None) => Err("try a number such as 12, or all".into()),
    }
}

impl Args {
    /// Returns what is to be read: pictures and pages have no days of a year.
    fn far(&self) -> Far {
        match (self.weeks, self.pictures.form()) {
            (Far::Weeks(weeks), Some(Form::Svg | Form::Html)) => Far::WeeksAlone(weeks),
            (weeks, _) => weeks,
        }
    }
}

pub(super) fn run(desk: &Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (trend, reading) = desk.trend(args.far())?;
    // The process ends after this: giving back every block of ten years one by one would be
    // a tenth of its time.
    let reading = ManuallyDrop::new(reading);
    desk.tell(&reading);
    if args.answer.json {
        return desk.out.json(&report::json::trend(&trend, &desk.as_of(&reading.ledger)));
    }
    if let Some(form) = args.pictures.form() {
        return args.pictures.write(desk, &reading, |paper| picture::trend(&trend, form, paper));
    }
    desk.out.rows(&report::trend::rows(&trend, &desk.look()))
}
