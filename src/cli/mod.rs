//! The command line: one file a command.
//!
//! [`run`] reads the arguments, finds what a command needs (a [`desk::Desk`]) and hands
//! over. Commands return a [`Failure`] and never print one.

mod add;
mod args;
mod ask;
mod back;
mod check;
mod config;
mod day;
mod desk;
mod door;
mod edit;
mod editor;
mod export;
mod history;
mod import;
mod now;
mod off;
mod out;
mod paint;
mod remove;
mod shared;
mod split;
mod status;
mod stop;
mod tell;
mod trend;
mod undo;
mod was;
mod week;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};

use args::{Args, Command};
use desk::Desk;
use out::Out;

use crate::failure::Failure;
use crate::text::terminal_safe;

/// Runs the program with its arguments and returns its exit code: 0 done, 1 refused,
/// 2 the environment stands in the way.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(asked_for_help(args.into_iter().collect())) {
        Ok(args) => args,
        Err(error) if error.kind() == ErrorKind::InvalidSubcommand => {
            let failure = no_such_command(&error);
            Out::new().failure(&failure);
            return failure.exit_code();
        }
        Err(error) => {
            // Help and the version are asked for; anything else is a mistake to mend.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
    };
    let out = Out::new();
    match dispatch(args, &out) {
        Ok(code) => code,
        Err(failure) => {
            out.failure(&failure);
            failure.exit_code()
        }
    }
}

/// Takes `help COMMAND` for `COMMAND --help`.
fn asked_for_help(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|first| first == "help") {
        args.remove(1);
        args.truncate(2);
        args.push("--help".into());
    }
    args
}

/// Says that there is no such command, and which is spelt most like it.
fn no_such_command(error: &clap::Error) -> Failure {
    let typed = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) => typed.clone(),
        _ => String::new(),
    };
    let names = Args::command();
    let near = names
        .get_subcommands()
        .map(|command| (strsim::damerau_levenshtein(&typed.to_lowercase(), command.get_name()), command.get_name()))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    let failure = Failure::refused(format!("there is no command \"{}\"", terminal_safe(&typed)));
    match near {
        Some((_, near)) => failure.hint(format!("did you mean tiltmeter {near}?")),
        None => {
            failure.hint(format!("to log it: tiltmeter now {}; all commands: tiltmeter --help", terminal_safe(&typed)))
        }
    }
}

fn dispatch(args: Args, out: &Out) -> Result<ExitCode, Failure> {
    let desk = || Desk::open(out, args.ascii);
    match args.command.unwrap_or_else(|| Command::Day(day::Args::default())) {
        Command::Now(args) => now::run(&desk()?, &args, None),
        Command::Create(args) => now::run(&desk()?, &args, Some(crate::domain::Kind::Creating)),
        Command::Shape(args) => now::run(&desk()?, &args, Some(crate::domain::Kind::Shaping)),
        Command::Consume(args) => now::run(&desk()?, &args, Some(crate::domain::Kind::Consuming)),
        Command::Was(args) => was::run(&desk()?, &args),
        Command::Back(args) => back::run(&desk()?, &args),
        Command::Stop(args) => stop::run(&desk()?, &args),
        Command::Off(args) => off::run(&desk()?, &args),
        Command::Day(args) => day::run(&desk()?, &args),
        Command::Week(args) => week::run(&desk()?, &args),
        Command::Undo => undo::undo(&desk()?),
        Command::Redo => undo::redo(&desk()?),
        Command::Edit(args) => edit::run(&desk()?, &args),
        Command::Add(args) => add::run(&desk()?, &args),
        Command::Split(args) => split::run(&desk()?, &args),
        Command::Remove(args) => remove::run(&desk()?, &args),
        Command::History(args) => history::run(&desk()?, &args),
        Command::Trend(args) => trend::run(&desk()?, &args),
        Command::Status(args) => return Ok(status::run(desk, &args, out)),
        Command::Export(args) => export::run(&desk()?, &args),
        Command::Import(args) => import::run(&desk()?, &args),
        Command::Check(args) => return check::run(&desk()?, &args),
        Command::Config(args) => config::run(out, args),
    }
    .map(|()| ExitCode::SUCCESS)
}
