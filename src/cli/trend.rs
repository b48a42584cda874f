//! `trend`: the weeks one after another.

use chrono::NaiveDate;

use super::desk::Desk;
use super::shared::Answer;
use crate::domain::{Days, Week, trend};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::report;

/// How many weeks are shown where nobody says.
const USUAL_WEEKS: u32 = 12;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// How many weeks back, or all
    #[arg(long, value_name = "N|all", value_parser = Weeks::parse, default_value = "12")]
    weeks: Weeks,
    #[command(flatten)]
    answer: Answer,
}

#[derive(Clone, Copy, Debug)]
enum Weeks {
    Last(u32),
    All,
}

impl Weeks {
    fn parse(typed: &str) -> Result<Self, String> {
        match typed {
            "all" => Ok(Self::All),
            typed => match typed.parse() {
                Ok(weeks) if (1..=5_200).contains(&weeks) => Ok(Self::Last(weeks)),
                _ => Err("try a number such as 12, or all".into()),
            },
        }
    }
}
