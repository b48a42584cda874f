//! `completions`: what a shell loads to complete this program; and `complete`, which that asks.
//!
//! A script knows nothing of commands. It hands the line over as it is typed, and prints back into
//! the line what it is told, so it need not be made again for a new version.
//!
//! An answer has a line for each candidate: as it is to be typed, and behind a tab what it is, in shells
//! that show that. A line that begins with a tab says that the shell is to complete `files` or
//! `folders` itself.

mod known;
mod line;
mod offer;
mod stand;

use std::ffi::OsString;

use clap::CommandFactory as _;

use super::args;
use super::out::Out;
use crate::failure::Failure;
use crate::text::shell::{Quote, Shell, Spaces};
use known::Known;
use line::Line;
use offer::{Candidate, Offered};

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", value_parser = parse_shell)]
    shell: Shell,
}

/// What a script asks with.
#[derive(clap::Args, Debug)]
pub(super) struct Asked {
    #[arg(value_name = "SHELL", value_parser = parse_shell)]
    shell: Shell,
    /// The line, in the way of that shell's script
    #[arg(value_name = "WORD", last = true)]
    words: Vec<OsString>,
}

/// Where each script goes, after the arguments of `completions --help`.
pub(super) const WHERE: &str = "\
Where it goes:
  bash        ~/.local/share/bash-completion/completions/tiltmeter
              tiltmeter completions bash > ~/.local/share/bash-completion/completions/tiltmeter
              or into ~/.bashrc: eval \"$(tiltmeter completions bash)\"
  zsh         _tiltmeter in a folder of $fpath, before compinit runs
              tiltmeter completions zsh > ~/.zfunc/_tiltmeter
              or into ~/.zshrc, after compinit: source <(tiltmeter completions zsh)
  fish        ~/.config/fish/completions/tiltmeter.fish
              tiltmeter completions fish > ~/.config/fish/completions/tiltmeter.fish
              or into config.fish: tiltmeter completions fish | source
  powershell  into $PROFILE: tiltmeter completions powershell | Out-String | Invoke-Expression
  elvish      into ~/.config/elvish/rc.elv: eval (tiltmeter completions elvish | slurp)

For an alias t of it:
  bash        complete -o nospace -F _tiltmeter t
  zsh         compdef _tiltmeter t
  fish        alias t=tiltmeter      (completes as it is)";

/// Prints the script of a shell.
pub(super) fn script(out: &Out, args: &Args) -> Result<(), Failure> {
    out.text(match args.shell {
        Shell::Bash => include_str!("scripts/tiltmeter.bash"),
        Shell::Zsh => include_str!("scripts/_tiltmeter"),
        Shell::Fish => include_str!("scripts/tiltmeter.fish"),
        Shell::PowerShell => include_str!("scripts/tiltmeter.ps1"),
        Shell::Elvish => include_str!("scripts/tiltmeter.elv"),
    })
}

/// Prints what is offered for a word.
pub(super) fn answer(out: &Out, asked: &Asked) -> Result<(), Failure> {
    let line = line(asked);
    let offered = offer::offered(args::Args::command(), &line, &Known::new());
    out.text(&match offered {
        Offered::Files => "\tfiles\n".to_owned(),
        Offered::Folders => "\tfolders\n".to_owned(),
        Offered::Words(candidates, spaces) => {
            // A space that was typed within a word says that all of it is one.
            let spaces = if line.word.contains(' ') || line.quote != Quote::None { Spaces::Belong } else { spaces };
            candidates.iter().filter_map(|one| written(asked.shell, one, &line, spaces)).collect()
        }
    })
}

/// Reads the line as the script of a shell hands it over.
fn line(asked: &Asked) -> Line {
    let mut words: Vec<String> = asked.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    match asked.shell {
        Shell::Bash => {
            let replaced = words.get(1).cloned().unwrap_or_default();
            Line::of_bash(words.first().map_or("", String::as_str), &replaced)
        }
        Shell::Zsh => {
            let quoting = if words.is_empty() { String::new() } else { words.remove(0) };
            let quote = match quoting.as_str() {
                "single" => Quote::Single,
                "double" => Quote::Double,
                _ => Quote::None,
            };
            Line { quote, ..Line::of_words(words) }
        }
        Shell::Fish | Shell::Elvish => Line::of_words(words),
        // An empty argument is lost on the way in older versions, so the last begins with a dot.
        Shell::PowerShell => {
            let line = Line::of_words(words);
            Line { word: line.word.strip_prefix('.').unwrap_or_default().to_owned(), ..line }
        }
    }
}

/// Returns the line of an answer that a candidate is.
fn written(shell: Shell, candidate: &Candidate, line: &Line, spaces: Spaces) -> Option<String> {
    let rest: String = candidate.text.chars().skip(line.kept).collect();
    // Elvish shows only what begins as it was typed, case and all.
    let rest = match shell {
        Shell::Elvish if !rest.starts_with(&line.word) => {
            line.word.chars().chain(rest.chars().skip(line.word.chars().count())).collect()
        }
        _ => rest,
    };
    let typed = shell.typed(&rest, line.quote, spaces)?;
    Some(match (shell, line.quote) {
        // bash is told to put no space behind, for within quotes there must be none.
        (Shell::Bash, Quote::None) => format!("{typed} \n"),
        (Shell::Bash, _) => format!("{typed}\n"),
        _ => format!("{typed}\t{}\n", candidate.about),
    })
}

fn parse_shell(typed: &str) -> Result<Shell, String> {
    Shell::from_name(typed).ok_or_else(|| format!("try {}", Shell::ALL.map(|(name, _)| name).join(", ")))
}
