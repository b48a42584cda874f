//! Arguments that cannot be read, told as every other refusal is: what is wrong, in the
//! user's own words, and what can be typed instead.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Command, CommandFactory as _};

use super::args::Args;
use crate::failure::Failure;
use crate::text::terminal_safe;

/// How many letters may be wrong in the name of a command that is meant.
const WRONG_LETTERS: usize = 2;

/// Returns what a person is told of arguments that were not understood.
pub(super) fn failure(error: &Error, args: &[OsString]) -> Failure {
    let meant = Meant::by(args);
    let said = |kind| said(error, kind);
    match error.kind() {
        ErrorKind::InvalidSubcommand => no_such_command(&said(ContextKind::InvalidSubcommand), &meant),
        ErrorKind::UnknownArgument => no_such_argument(error, &said(ContextKind::InvalidArg), &meant),
        ErrorKind::MissingRequiredArgument => {
            Failure::refused(format!("it does not say {}", plain(&said(ContextKind::InvalidArg)))).hint(meant.example())
        }
        ErrorKind::ArgumentConflict => conflict(&said(ContextKind::InvalidArg), &said(ContextKind::PriorArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (name, value) = (plain(&said(ContextKind::InvalidArg)), said(ContextKind::InvalidValue));
            let why = error.source().map(ToString::to_string).filter(|why| why.starts_with("try "));
            let wrong = if value.is_empty() {
                format!("{name} says nothing")
            } else {
                format!("{name} cannot be \"{}\"", terminal_safe(&value))
            };
            Failure::refused(wrong).hint(why.unwrap_or_else(|| meant.help("what it takes")))
        }
        ErrorKind::InvalidUtf8 => Failure::refused("the arguments are not all UTF-8").hint(meant.example()),
        _ => {
            let rendered = error.to_string();
            let first = rendered.lines().next().unwrap_or_default();
            Failure::refused(terminal_safe(first.trim_start_matches("error: ")).to_string()).hint(meant.example())
        }
    }
}

fn no_such_command(typed: &str, meant: &Meant) -> Failure {
    let shown = terminal_safe(typed);
    let failure = Failure::refused(format!("there is no command \"{shown}\""));
    let near = meant
        .command
        .get_subcommands()
        .map(|command| {
            (strsim::damerau_levenshtein(&typed.to_lowercase(), command.get_name()), command.get_name().to_owned())
        })
        .min()
        .filter(|(wrong, name)| *wrong <= WRONG_LETTERS && *wrong < name.len());
    match near {
        Some((_, name)) => failure.hint(format!("did you mean {} {name}?", meant.path)),
        None if meant.is_root() => {
            failure.hint(format!("to log it: tiltmeter now {shown}; all commands: tiltmeter --help"))
        }
        None => failure.hint(meant.help("what there is")),
    }
}

fn no_such_argument(error: &Error, typed: &str, meant: &Meant) -> Failure {
    let shown = terminal_safe(typed);
    if !typed.starts_with('-') {
        return Failure::refused(format!("{} does not take \"{shown}\"", meant.path)).hint(meant.last_example());
    }
    let failure = Failure::refused(format!("{} has no option {shown}", meant.path));
    let near = said(error, ContextKind::SuggestedArg);
    if near.is_empty() {
        let failure = failure.hint(meant.help("which there are"));
        if meant.is_root() {
            failure
        } else {
            failure.hint(format!("where {shown} is a word, put -- before the words"))
        }
    } else {
        failure.hint(format!("did you mean {}?", plain(&near)))
    }
}

fn conflict(one: &str, other: &str) -> Failure {
    let (one, other) = (plain(one), plain(other));
    if other.is_empty() || one == other {
        return Failure::refused(format!("{one} is said twice")).hint("say it once");
    }
    Failure::refused(format!("{one} and {other} cannot be said together")).hint(format!("say {one} or {other}"))
}

/// The command that was meant, as far as it was understood.
struct Meant {
    command: Command,
    path: String,
}

impl Meant {
    fn by(args: &[OsString]) -> Self {
        let mut command = Args::command();
        command.build();
        let mut meant = Self { command, path: "tiltmeter".into() };
        let words = args.iter().skip(1).filter_map(|arg| arg.to_str());
        for word in words.skip_while(|word| word.starts_with('-')) {
            let Some(inner) = meant.command.find_subcommand(word).cloned() else { break };
            meant.path = format!("{} {}", meant.path, inner.get_name());
            meant.command = inner;
        }
        meant
    }

    fn is_root(&self) -> bool {
        self.path == "tiltmeter"
    }

    /// Returns the first example of its help: the usual way.
    fn example(&self) -> String {
        self.for_example(self.examples().into_iter().next())
    }

    /// Returns the last example of its help: the one with the most to say.
    fn last_example(&self) -> String {
        self.for_example(self.examples().into_iter().next_back())
    }

    fn for_example(&self, example: Option<String>) -> String {
        example.map_or_else(|| self.help("how it goes"), |example| format!("for example: {example}"))
    }

    fn examples(&self) -> Vec<String> {
        let help = self.command.get_before_help().map(ToString::to_string).unwrap_or_default();
        help.lines().map(str::trim).filter(|line| line.starts_with("tiltmeter")).map(str::to_owned).collect()
    }

    fn help(&self, what: &str) -> String {
        format!("{} --help says {what}", self.path)
    }
}

/// Returns what the parser says about a thing; nothing where it says nothing.
fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(said)) => said.clone(),
        Some(ContextValue::Strings(said)) => said.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// Returns the name of an argument without how it is drawn in the usage: `--at <TIME>` is
/// `--at`, `<ACTIVITY>...` is `ACTIVITY`.
fn plain(drawn: &str) -> String {
    if drawn.starts_with('-') {
        return drawn.split(' ').next().unwrap_or_default().to_owned();
    }
    drawn.trim_end_matches("...").trim_matches(|c| "<>[]".contains(c)).to_owned()
}
