//! What is offered for a word, by where it stands. Which values an argument takes is known by the
//! words that its help has for them.

use clap::{Arg, Command, CommandFactory as _};

use super::known::{self, Known};
use super::line::Line;
use super::stand::{Stand, takes_value, value_name};
use crate::cli::args::Args;
use crate::config::{Form, OPTIONS, Opt};
use crate::domain::Kind;
use crate::exchange::Format;
use crate::text::shell::{Shell, Spaces};
use crate::text::status_line::Host;

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What takes the place of the word, in no shell's writing.
    pub(super) text: String,
    /// What it is, in a line.
    pub(super) about: String,
}

impl Candidate {
    pub(super) fn new(text: impl Into<String>, about: impl Into<String>) -> Self {
        Self { text: text.into(), about: about.into() }
    }
}

/// What is offered for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offered {
    /// These, the likeliest first.
    Words(Vec<Candidate>, Spaces),
    /// What the shell knows of files.
    Files,
    /// What the shell knows of folders.
    Folders,
}

/// Where the values of an argument come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// What was done before, with tags and times: of this kind first.
    Activity(Option<Kind>),
    /// A block, and then what it is to be.
    ReferenceThenActivity,
    /// A block.
    Reference,
    /// A day, in words.
    Day,
    /// A week, in words.
    Week,
    /// A time of today.
    Time,
    /// A tag, without its sign.
    Tag,
    /// `done` or `drop` and an open spark, or anything.
    Spark,
    /// A few words that are always the same.
    Fixed(&'static [(&'static str, &'static str)]),
    /// Programs that show a status.
    Host,
    /// Formats of exported journals.
    Format,
    /// Shells.
    Shell,
    /// Commands of the program.
    Command,
    /// A setting with what it is to be.
    Setting,
    /// Files, which the shell knows.
    File,
    /// Folders, which the shell knows.
    Folder,
    /// Nothing that could be known.
    Unknown,
}

/// The screens of the pane.
const SCREENS: &[(&str, &str)] = &[
    ("day", "the live day"),
    ("week", "the week"),
    ("trend", "the weeks one after another"),
    ("journal", "all blocks"),
    ("catch-up", "what filled a gap"),
];

const KINDS: &[(&str, &str)] = &[
    ("creating", "you make it"),
    ("shaping", "others can do more after it"),
    ("consuming", "you take it in"),
    ("off", "no work"),
];
const LENGTHS: &[(&str, &str)] =
    &[("15m", "a quarter of an hour"), ("30m", "half an hour"), ("45m", ""), ("1h", "an hour"), ("1h30", "")];
const FELT: &[(&str, &str)] = &[("1", "drained"), ("2", ""), ("3", ""), ("4", ""), ("5", "alive")];
const TARGETS: &[(&str, &str)] = &[
    ("usual", "what is usual for you"),
    ("mon", "on Mondays"),
    ("tue", "on Tuesdays"),
    ("wed", "on Wednesdays"),
    ("thu", "on Thursdays"),
    ("fri", "on Fridays"),
];

/// Returns where the values of an argument come from; `None` for words that nobody decided on.
pub(super) fn source(command: &str, arg: &Arg) -> Option<Source> {
    Some(match (command, value_name(arg)) {
        ("create", "ACTIVITY") => Source::Activity(Some(Kind::Creating)),
        ("shape", "ACTIVITY") => Source::Activity(Some(Kind::Shaping)),
        ("consume", "ACTIVITY") => Source::Activity(Some(Kind::Consuming)),
        (_, "ACTIVITY") => Source::Activity(None),
        (_, "REF ACTIVITY") => Source::ReferenceThenActivity,
        (_, "REF" | "REF WORDS") => Source::Reference,
        ("week", "DATE") => Source::Week,
        (_, "DATE") => Source::Day,
        (_, "TIME") => Source::Time,
        (_, "TIME|50%") => Source::Fixed(&[("50%", "in the middle")]),
        (_, "TAG") => Source::Tag,
        ("spark", "WORDS") => Source::Spark,
        (_, "KIND") => Source::Fixed(KINDS),
        (_, "LENGTH") => Source::Fixed(LENGTHS),
        (_, "1..5") => Source::Fixed(FELT),
        (_, "N|all") => Source::Fixed(&[("all", "since the first"), ("26", "half a year"), ("52", "a year")]),
        (_, "TARGET") => Source::Fixed(TARGETS),
        (_, "SHARE | DATES") => Source::Fixed(&[("none", "forget it")]),
        (_, "PROGRAM") => Source::Host,
        (_, "FORMAT") => Source::Format,
        (_, "SCREEN") => Source::Fixed(SCREENS),
        (_, "COLUMNSxROWS") => Source::Fixed(&[("100x30", ""), ("80x24", "")]),
        (_, "SHELL") => Source::Shell,
        (_, "COMMAND") => Source::Command,
        (_, "NAME=VALUE") => Source::Setting,
        (_, "FILE") => Source::File,
        (_, "DIR") => Source::Folder,
        ("off", _) => Source::Activity(Some(Kind::Off)),
        (_, "TEXT" | "TEMPLATE" | "N" | "TIMES" | "TIME-TIME" | "NAME" | "WORD") => Source::Unknown,
        _ => return None,
    })
}

/// Returns what is offered for the word of a line.
pub(super) fn offered(program: Command, line: &Line, known: &Known) -> Offered {
    let stand = Stand::after(program, &line.before);
    if let Some(flag) = &stand.pending {
        return values(&stand, flag, &line.word, known);
    }
    if !stand.only_values && line.word.starts_with('-') {
        return match line.word.strip_prefix("--").and_then(|flag| flag.split_once('=')) {
            Some((long, word)) => joined(&stand, long, word, known),
            None => words(known::beginning(&flags(&stand.command), &line.word)),
        };
    }
    let Some((arg, count)) = stand.positional() else {
        return words(if stand.values.is_empty() { commands(&stand.command, &line.word) } else { Vec::new() });
    };
    let own = stand.values.get(stand.values.len() - count.min(stand.values.len())..).unwrap_or_default();
    match source(&stand.name, arg) {
        Some(Source::Activity(kind)) => words(known.line(own, &line.word, kind, stand.only_values)),
        Some(Source::ReferenceThenActivity) => words(known.mended(own, &line.word, stand.only_values)),
        Some(Source::Spark) => words(known.spark(own, &line.word)),
        Some(Source::Day) => words(known::phrase(&known.days(), own, &line.word)),
        Some(Source::Week) => words(known::phrase(&known.weeks(), own, &line.word)),
        Some(Source::Reference) if !own.is_empty() => words(Vec::new()),
        _ => values(&stand, arg, &line.word, known),
    }
}

fn words(candidates: Vec<Candidate>) -> Offered {
    Offered::Words(candidates, Spaces::Part)
}

/// Returns what is offered for a value that is one word.
fn values(stand: &Stand, arg: &Arg, word: &str, known: &Known) -> Offered {
    let fixed = |all: &[(&str, &str)]| all.iter().map(|(text, about)| Candidate::new(*text, *about)).collect();
    let all: Vec<Candidate> = match source(&stand.name, arg).unwrap_or(Source::Unknown) {
        Source::File => return Offered::Files,
        Source::Folder => return Offered::Folders,
        Source::Activity(kind) => return Offered::Words(known.one_activity(word, kind), Spaces::Belong),
        Source::Reference | Source::ReferenceThenActivity => known.references(word),
        Source::Day => known.days().into_iter().filter(|day| !day.text.contains(' ')).collect(),
        Source::Week => known.weeks().into_iter().filter(|week| !week.text.contains(' ')).collect(),
        Source::Time => known.times(""),
        Source::Tag => known.tags(""),
        Source::Fixed(all) => fixed(all),
        Source::Host => Host::ALL.iter().map(|(name, _)| Candidate::new(*name, "")).collect(),
        Source::Shell => Shell::ALL.iter().map(|(name, _)| Candidate::new(*name, "")).collect(),
        Source::Format => formats(&stand.name),
        Source::Command => return words(commands(&Args::command(), word)),
        Source::Setting => settings(),
        Source::Spark | Source::Unknown => possible(arg),
    };
    Offered::Words(known::beginning(&all, word), Spaces::Belong)
}

/// Returns what is offered for `--flag=word`.
fn joined(stand: &Stand, long: &str, word: &str, known: &Known) -> Offered {
    let Some(flag) = stand.flag(long) else { return words(Vec::new()) };
    match values(stand, flag, word, known) {
        Offered::Words(candidates, spaces) => {
            let whole = |one: Candidate| Candidate { text: format!("--{long}={}", one.text), ..one };
            Offered::Words(candidates.into_iter().map(whole).collect(), spaces)
        }
        files => files,
    }
}

fn formats(command: &str) -> Vec<Candidate> {
    let can_be = |format: &Format| command != "import" || *format != Format::Csv;
    Format::ALL.into_iter().filter(can_be).map(|format| Candidate::new(format.name(), "")).collect()
}

/// Returns the settings there are, each with the words it takes or an example.
fn settings() -> Vec<Candidate> {
    let values = |option: &Opt| match option.form {
        Form::Word(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Form::Table(_) | Form::Keys => Vec::new(),
        _ => vec![option.typed_example()],
    };
    let set = |option: &'static Opt| {
        let candidate = move |value: String| Candidate::new(format!("{}={value}", option.name), option.help);
        values(option).into_iter().map(candidate)
    };
    OPTIONS.iter().flat_map(set).collect()
}

/// Returns what an argument itself says that it may be.
fn possible(arg: &Arg) -> Vec<Candidate> {
    let possible = arg.get_possible_values();
    let help = |value: &clap::builder::PossibleValue| value.get_help().map(ToString::to_string).unwrap_or_default();
    possible
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| Candidate::new(value.get_name(), help(value)))
        .collect()
}

/// Returns the flags of a command, by their long names.
fn flags(command: &Command) -> Vec<Candidate> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set() && !arg.is_positional());
    shown.filter_map(|arg| Some(Candidate::new(format!("--{}", arg.get_long()?), first_line(arg)))).collect()
}

fn first_line(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let name = if takes_value(arg) { format!("{}: ", value_name(arg)) } else { String::new() };
    format!("{name}{}", help.lines().next().unwrap_or_default())
}

/// Returns the commands that begin with a word; their letters only where none does.
fn commands(command: &Command, word: &str) -> Vec<Candidate> {
    let shown = || command.get_subcommands().filter(|below| !below.is_hide_set());
    let about = |below: &Command| below.get_about().map(ToString::to_string).unwrap_or_default();
    let names: Vec<_> = shown().map(|below| Candidate::new(below.get_name(), about(below))).collect();
    let found = known::beginning(&names, word);
    if !found.is_empty() || word.is_empty() {
        return found;
    }
    let letters = shown().flat_map(|below| {
        below.get_visible_aliases().map(|letter| Candidate::new(letter, about(below))).collect::<Vec<_>>()
    });
    known::beginning(&letters.collect::<Vec<_>>(), word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Caught when an argument was given a new word for its value: nobody had said what is
    /// offered for it.
    #[test]
    fn what_is_offered_is_decided_for_every_argument_of_every_command() {
        let mut program = Args::command();
        program.build();
        let mut undecided = Vec::new();
        for command in program.get_subcommands().flat_map(|one| std::iter::once(one).chain(one.get_subcommands())) {
            for arg in command.get_arguments().filter(|arg| takes_value(arg) && !arg.is_hide_set()) {
                if source(command.get_name(), arg).is_none()
                    && arg.get_possible_values().is_empty()
                    && !command.is_hide_set()
                {
                    undecided.push(format!("{} {}", command.get_name(), value_name(arg)));
                }
            }
        }
        assert!(undecided.is_empty(), "give them a row in source(): {undecided:?}");
    }
}
