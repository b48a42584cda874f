//! `man`: the manual, made from what the commands say of themselves. It needs no journal.

mod page;

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};

use super::args;
use super::file::to_file;
use super::out::Out;
use crate::failure::{Failure, in_words};
use crate::report::words;
use crate::text::terminal_safe;

#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The command it is about; the program if not said
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Vec<String>,
    /// Write all pages as files into a folder: tiltmeter.1, and one for each command
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Shows a page, or prints its source where it does not go to a terminal; or writes all.
pub(super) fn run(out: &Out, args: &Args) -> Result<(), Failure> {
    let program = program();
    if let Some(folder) = &args.output {
        return write_all(out, &program, folder);
    }
    let command = find(&program, &args.command)?;
    let source = rendered(&program, &command)?;
    if io::stdout().is_terminal() { show(&page::file_name(&command), &source) } else { out.text(&source) }
}

/// Returns the program with all that its commands take.
fn program() -> Command {
    let mut program = args::Args::command();
    program.build();
    program
}

/// Finds the command that is meant, by its name or letter.
fn find(program: &Command, words: &[String]) -> Result<Command, Failure> {
    let mut command = program;
    for word in words {
        let below = command.find_subcommand(word).filter(|below| !below.is_hide_set());
        command = below.ok_or_else(|| {
            Failure::refused(format!("there is no command \"{}\"", terminal_safe(&words.join(" "))))
                .hint("tiltmeter man lists them all")
        })?;
    }
    Ok(command.clone())
}

fn rendered(program: &Command, command: &Command) -> Result<String, Failure> {
    let date = page::date(std::env::var("SOURCE_DATE_EPOCH").ok().as_deref());
    Ok(page::render(program, command, &date).context("the page cannot be made")?)
}

/// Gives a page to `man`, which formats it and pages through it.
fn show(name: &str, source: &str) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("tiltmeter-man-{}", std::process::id()));
    let file = folder.join(name);
    // With a slash in it, man takes it for a file.
    let shown = fs::create_dir(&folder)
        .and_then(|()| fs::write(&file, source))
        .and_then(|()| Process::new("man").arg(&file).status());
    let _ = fs::remove_dir_all(&folder);
    match shown {
        // It says itself what it does not like; leaving its pager early is no failure.
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::environment(format!("man cannot be run: {}", in_words(&error)))
            .hint("tiltmeter COMMAND --help says the same of a command")
            .hint("tiltmeter man | less shows the source of the page")),
    }
}

/// Writes every page into a folder, which is made if it is not there.
fn write_all(out: &Out, program: &Command, folder: &Path) -> Result<(), Failure> {
    let shown = terminal_safe(&folder.to_string_lossy()).to_string();
    fs::create_dir_all(folder)
        .map_err(|error| Failure::environment(format!("{shown} cannot be made: {}", in_words(&error))))
        .map_err(|failure| failure.hint("name a folder that you may write to: tiltmeter man -o ."))?;
    let mut count = 0;
    for command in page::all(program) {
        let source = rendered(program, command)?;
        to_file(&folder.join(page::file_name(command)), |file| file.write_all(source.as_bytes()))
            .map_err(|failure| failure.hint("name a folder that you may write to: tiltmeter man -o ."))?;
        count += 1;
    }
    out.line(&format!("wrote {} to {shown}", words::count(count, "page", "pages")))
}
