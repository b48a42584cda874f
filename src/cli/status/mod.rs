//! `status`: one line for a prompt or a status bar. Whatever happens to the journal, it exits 0: a
//! prompt must not break because a journal is away.

mod follow;

use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::out::Out;
use super::shared::Answer;
use crate::domain::{DayBalance, Days, Ledger, WeekBalance};
use crate::failure::Failure;
use crate::journal::{Reach, Reading};
use crate::report::bar::{self, Asked};
use crate::report::field::FIELDS;
use crate::report::template::Template;
use crate::report::{self, Status, Words};
use crate::text::status_line::Host;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Print nothing; answer 0 if a block runs, 1 if none does
    #[arg(long, conflicts_with_all = ["json", "words"])]
    running: bool,
    /// Show what you wrote, too
    #[arg(long)]
    words: bool,
    /// In the form and the escapes of the program that shows it: tmux, starship, waybar, polybar, i3blocks,
    /// swiftbar (xbar too) or prompt
    #[arg(long = "for", value_name = "PROGRAM", value_parser = parse_host, conflicts_with_all = ["json", "running"])]
    host: Option<Host>,
    /// A line of your own, with fields in braces (see below)
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true, conflicts_with_all = ["json", "running"])]
    format: Option<String>,
    /// Stay, and print it again whenever it differs
    #[arg(long, conflicts_with = "running")]
    follow: bool,
    #[command(flatten)]
    answer: Answer,
}

/// Shows the status at the desk that `open` makes. A template that cannot be read is refused as other arguments are:
/// that is seen when it is written, and not later.
pub(super) fn run<'a>(
    open: impl Fn() -> Result<Desk<'a>, Failure>,
    args: &Args,
    out: &'a Out,
) -> Result<ExitCode, Failure> {
    if args.running {
        let runs = open().and_then(|desk| runs(&desk)).unwrap_or(false);
        return Ok(if runs { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    let template = args.format.as_deref().map(Template::read).transpose()?;
    let shown = Shown { args, template };
    let outcome = if args.follow {
        follow::run(open, &shown, out)
    } else {
        open().and_then(|desk| {
            let reading = read(&desk)?;
            desk.tell_with(&reading, shown.words());
            out.line(&shown.now(&desk, &reading).text)
        })
    };
    if let Err(failure) = outcome {
        out.failure_in_short(&failure);
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns what the help says of templates. It is put together whenever a status is asked for, so by little work.
pub(super) fn about_templates() -> String {
    const COLUMN: usize = 17;
    const SPACES: &str = "                 ";
    let mut about = String::with_capacity(2_500);
    about.push_str("Fields of a template:\n");
    for field in FIELDS {
        let missing = SPACES.get(..COLUMN.saturating_sub(field.name.len())).unwrap_or_default();
        for part in ["  {", field.name, "}", missing, field.about, "\n"] {
            about.push_str(part);
        }
    }
    about.push_str(
        "\n{field:20} is cut to 20 cells. {?field}…{/} stands only where the field says something,\n\
         {!field}…{/} only where it does not; {?today.side=below}…{/} only where it says that word.\n\
         {{ and }} are braces. Recipes: docs/status-lines.md",
    );
    about
}

fn runs(desk: &Desk<'_>) -> Result<bool, Failure> {
    let today = desk.today();
    let reading = desk.silent.read(&Reach { days: today..=today, now_too: true, back_until: None })?;
    Ok(reading.ledger.running().is_some())
}

/// Reads what is shown.
fn read(desk: &Desk<'_>) -> Result<Reading, Failure> {
    let week = desk.calendar.week_of(desk.today());
    desk.silent.read(&Reach { days: week.range(), now_too: true, back_until: None })
}

/// What is to be shown, whenever it is.
struct Shown<'a> {
    args: &'a Args,
    template: Option<Template>,
}

/// What there is to show now.
struct Now {
    text: String,
    /// When that is.
    at: DateTime<Utc>,
    /// When it would next differ by itself.
    until: DateTime<Utc>,
}

impl Shown<'_> {
    /// Returns what there is to show of what was read.
    fn now(&self, desk: &Desk<'_>, reading: &Reading) -> Now {
        let days = Days::of(&reading.ledger, &desk.calendar);
        let (calendar, habits, here) = (&desk.calendar, &desk.config.habits, desk.here().now());
        let (today, running) = (desk.today(), reading.ledger.running());
        let status = Status {
            running,
            device: running.and_then(|block| reading.ledger.elsewhere(block.id)),
            today: &DayBalance::of(&days, today, calendar, habits, here),
            week: &WeekBalance::of(&days, calendar.week_of(today), calendar, habits, here),
        };
        let at = desk.now();
        let until = report::status::next_change(running, at, calendar);
        Now { text: self.text(&status, desk, &reading.ledger), at, until }
    }

    fn text(&self, status: &Status<'_>, desk: &Desk<'_>, ledger: &Ledger) -> String {
        let (look, words) = (desk.look(), self.words());
        match (self.args.host, self.template.as_ref()) {
            _ if self.args.answer.json => report::json::status(status, words, &desk.as_of(ledger)),
            (Some(host), template) => bar::text(status, &look, Asked { host, template, words }),
            (None, Some(template)) => template.line(status, &look, None),
            (None, None) => desk.out.painted(&report::status::row(status, &look, words)),
        }
    }

    fn words(&self) -> Words {
        if self.args.words { Words::Shown } else { Words::Hidden }
    }
}

fn parse_host(typed: &str) -> Result<Host, String> {
    let known = Host::ALL.into_iter().find(|(name, _)| *name == typed);
    known.map(|(_, host)| host).ok_or_else(|| format!("try {}", Host::ALL.map(|(name, _)| name).join(", ")))
}
