//! The command line: one file a command.
//!
//! [`run`] reads the arguments, finds what a command needs (a [`desk::Desk`]) and hands
//! over. Commands return a [`Failure`] and never print one.

mod add;
mod args;
mod ask;
mod back;
mod baseline;
mod catch_up;
mod check;
mod complete;
mod config;
mod confirm;
mod day;
mod desk;
mod door;
mod edit;
mod editor;
mod export;
mod file;
mod gone;
mod history;
mod import;
mod man;
mod misread;
mod now;
mod nudge;
mod off;
mod out;
mod paint;
mod pane;
mod picture;
mod remove;
mod repair;
mod restore;
mod sample;
mod shared;
mod spark;
mod split;
mod status;
mod stop;
mod target;
mod tell;
#[cfg(test)]
mod tests;
mod trend;
mod undo;
mod was;
mod ways;
mod week;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use args::{Args, Command};
use desk::Desk;
use out::Out;

use crate::domain::Kind;
use crate::failure::Failure;

/// Runs the program with its arguments and returns its exit code: 0 done, 1 refused,
/// 2 the environment stands in the way.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed = asked_for_help(args.into_iter().collect());
    let out = Out::new();
    let args = match Args::try_parse_from(&typed) {
        Ok(args) => args,
        Err(error) => return not_run(&error, &typed, &out),
    };
    let flags = args.settings();
    match dispatch(args, &out, || Desk::open(&out, &flags)) {
        Ok(code) => code,
        Err(failure) => {
            out.failure(&failure);
            failure.exit_code()
        }
    }
}

/// Shows the help or the version where that was asked for, and else what was not
/// understood.
fn not_run(error: &clap::Error, typed: &[OsString], out: &Out) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match out::told(error.print()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                out.failure(&failure);
                failure.exit_code()
            }
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(1)
        }
        _ => {
            let failure = misread::failure(error, typed);
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

/// Runs a command at the desk that `desk` makes, if it needs one.
fn dispatch<'a>(args: Args, out: &'a Out, desk: impl Fn() -> Result<Desk<'a>, Failure>) -> Result<ExitCode, Failure> {
    let flags = args.settings();
    let Some(command) = args.command else { return pane::own(desk()?) };
    match command {
        Command::Demo(args) => return pane::demo(desk()?, &args),
        Command::Now(args) => now::run(&desk()?, &args),
        Command::Create(what) => now::of_kind(&desk()?, &what, Some(Kind::Creating)),
        Command::Shape(what) => now::of_kind(&desk()?, &what, Some(Kind::Shaping)),
        Command::Consume(what) => now::of_kind(&desk()?, &what, Some(Kind::Consuming)),
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
        Command::Confirm(args) => confirm::run(&desk()?, &args),
        Command::History(args) => history::run(&desk()?, &args),
        Command::Restore(args) => restore::run(&desk()?, &args),
        Command::Spark(args) => spark::run(&desk()?, &args),
        Command::Target(args) => target::run(&desk()?, &args),
        Command::Baseline(args) => baseline::run(&desk()?, &args),
        Command::Trend(args) => trend::run(&desk()?, &args),
        Command::Status(args) => return status::run(desk, &args, out),
        Command::Nudge(args) => nudge::run(&desk()?, &args),
        Command::Sample(args) => sample::run(&desk()?, &args),
        Command::Export(args) => export::run(&desk()?, &args),
        Command::Import(args) => import::run(&desk()?, &args),
        Command::Check(args) => return check::run(&desk()?, &args),
        Command::Config(args) => config::run(out, args, &flags),
        Command::Completions(args) => complete::script(out, &args),
        Command::Man(args) => man::run(out, &args),
        Command::Complete(asked) => complete::answer(out, &asked),
    }
    .map(|()| ExitCode::SUCCESS)
}
