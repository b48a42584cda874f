//! Where in the arguments of the program a word stands: as the commands themselves say.

use clap::{Arg, ArgAction, Command};

/// What has been typed before a word, as the commands understand it.
pub(super) struct Stand {
    /// The command that is meant, or the program where none was named yet.
    pub(super) command: Command,
    /// What the command is called, without its letter; empty for the program.
    pub(super) name: String,
    /// What was typed that is no flag.
    pub(super) values: Vec<String>,
    /// The flag whose value comes next.
    pub(super) pending: Option<Arg>,
    /// Whether a `--` has said that no more flags come.
    pub(super) only_values: bool,
}

impl Stand {
    /// Walks through the finished words.
    pub(super) fn after(program: Command, before: &[String]) -> Self {
        let mut stand =
            Self { command: program, name: String::new(), values: vec![], pending: None, only_values: false };
        for word in before {
            stand.step(word);
        }
        stand
    }

    fn step(&mut self, word: &str) {
        if self.pending.take().is_some() {
            return;
        }
        if !self.only_values && word == "--" {
            self.only_values = true;
        } else if !self.only_values && word.starts_with('-') && word.len() > 1 {
            self.pending = self.flag_that_waits(word);
        } else if let Some(below) = self.values.is_empty().then(|| below(&self.command, word)).flatten() {
            below.get_name().clone_into(&mut self.name);
            self.command = below;
        } else {
            self.values.push(word.to_owned());
        }
    }

    /// Returns the flag that a word is, if its value is still to come.
    fn flag_that_waits(&self, word: &str) -> Option<Arg> {
        let found = if let Some(long) = word.strip_prefix("--") {
            self.command.get_arguments().find(|arg| arg.get_long() == Some(long))
        } else {
            let last = word.chars().last();
            self.command.get_arguments().find(|arg| arg.get_short() == last)
        };
        found.filter(|arg| takes_value(arg)).cloned()
    }

    /// Returns the flag of a long name.
    pub(super) fn flag(&self, long: &str) -> Option<&Arg> {
        self.command.get_arguments().find(|arg| arg.get_long() == Some(long) && takes_value(arg))
    }

    /// Returns what the word means that comes next, as a value of the command, and how many such
    /// values there are before it.
    pub(super) fn positional(&self) -> Option<(&Arg, usize)> {
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let at = self.values.len();
        match all.get(at) {
            Some(one) => Some((one, 0)),
            None => all.last().filter(|last| is_many(last)).map(|last| (*last, at + 1 - all.len())),
        }
    }
}

/// Whether an argument has a value.
pub(super) fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}

fn is_many(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

/// Returns a command below another, by its name or letter, with its arguments built: those of
/// the others are not.
fn below(command: &Command, word: &str) -> Option<Command> {
    let mut found = command.find_subcommand(word)?.clone().disable_help_subcommand(true);
    found.build();
    for global in command.get_arguments().filter(|arg| arg.is_global_set()) {
        if found.get_arguments().all(|arg| arg.get_id() != global.get_id()) {
            found = found.arg(global.clone());
        }
    }
    Some(found)
}

/// Returns the words for what an argument takes, as its help has them.
pub(super) fn value_name(arg: &Arg) -> &str {
    arg.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str())
}
