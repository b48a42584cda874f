//! One page of the manual.
//!
//! What a command takes is written by `clap_mangen` from the same definitions as its help. What that
//! cannot know stands here: examples, files, variables, exit codes.

use std::fmt::Write as _;
use std::io;

use chrono::DateTime;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::config::OPTIONS;

/// Places, as they are named where nobody's home is known.
const FILES: &[(&str, &str)] = &[
    (
        "$XDG_CONFIG_HOME/tiltmeter/config.toml",
        "The settings, mostly ~/.config/tiltmeter/config.toml. tiltmeter config path says where they are.",
    ),
    (
        "$XDG_DATA_HOME/tiltmeter/journal/",
        "The journal, mostly ~/.local/share/tiltmeter/journal/: plain JSON lines, a file for each month and device. \
         It is yours to copy, to sync and to read.",
    ),
    (
        "$XDG_STATE_HOME/tiltmeter/",
        "Locks, the name of this device and what the pane keeps in mind, mostly ~/.local/state/tiltmeter/. It belongs to this machine alone.",
    ),
];

/// Variables besides those of settings.
const VARIABLES: &[(&str, &str)] = &[
    ("TILTMETER_CONFIG", "The file of settings, in place of the usual one."),
    ("TILTMETER_JOURNAL", "The folder of the journal, in place of the usual one."),
    ("TILTMETER_DEVICE", "What this device is called in the journal."),
    ("TILTMETER_NOW", "The time that it is, as in 2026-11-24T09:00:00+01:00: for tests and scripts."),
    ("TILTMETER_NUDGE", "Set for what nudges.command runs: the reminder."),
    ("TILTMETER_UNSAFE_FILESYSTEM", "Set to 1 to write to a journal on a network file system all the same."),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
        "Folders for settings, the journal, and state; only absolute ones count.",
    ),
    ("TZ", "The time zone, unless a setting says another."),
    ("VISUAL, EDITOR", "The editor for a whole day."),
    ("COLUMNS", "How wide output is that goes to no terminal."),
    ("NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR", "Whether there are colours."),
    ("SOURCE_DATE_EPOCH", "The date of pages of this manual, in seconds since 1970; without it they have none."),
];

const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "Done. Also where whoever reads the output has gone."),
    ("1", "Refused: what was typed is not understood, or cannot be. Nothing was changed."),
    ("2", "The environment stands in the way: a disk, a permission, settings or a journal that cannot be read."),
];

/// Those of `status`, which must not stand in the way of a prompt.
const EXIT_CODES_OF_STATUS: &[(&str, &str)] = &[
    ("0", "Always, but for --running and what is not understood; what stands in the way is told on standard error."),
    ("1", "With --running: nothing runs. Or what was typed is not understood."),
];

/// Returns the command and those below it, but for what is hidden.
pub(super) fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(all)).collect()
}

/// Returns what the file of a page is called: `tiltmeter-now.1`.
pub(super) fn file_name(command: &Command) -> String {
    format!("{}.1", name(command))
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// Returns the day of an instant in seconds since 1970, and nothing where none was said: the same
/// program has the same manual (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub(super) fn date(epoch: Option<&str>) -> String {
    let seconds = epoch.and_then(|seconds| seconds.parse().ok());
    let day = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    day.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Returns the page of a command, as `man` reads it.
pub(super) fn render(program: &Command, command: &Command, date: &str) -> io::Result<String> {
    let version = program.get_version().unwrap_or_default();
    let is_program = command.get_name() == program.get_name();
    let man = Man::new(command.clone().subcommand_value_name("command"));
    // `render_title` leaves out a date that is empty, and what follows moves up.
    let mut page = format!(
        ".TH \"{}\" \"1\" \"{date}\" \"{} {version}\" \"Tiltmeter Manual\"\n",
        name(command).to_uppercase(),
        program.get_name(),
    )
    .into_bytes();
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if all(command).len() > 1 {
        let mut list = Roff::new();
        list.control("SH", ["COMMANDS"]);
        for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
            let letters: String = below.get_visible_aliases().flat_map(|letter| [", ", letter]).collect();
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            term(&mut list, &format!("{}{letters}", below.get_name()), &about);
        }
        list.to_writer(&mut page)?;
    }
    let mut rest = Roff::new();
    if let Some(example) = command.get_before_help() {
        let example = example.to_string();
        literal(&mut rest, "EXAMPLES", example.strip_prefix("Example:\n").unwrap_or(&example));
    }
    if let Some(more) = command.get_after_help() {
        literal(&mut rest, "NOTES", &more.to_string());
    }
    if is_program {
        terms(&mut rest, "FILES", FILES.iter().copied());
        let of_settings = OPTIONS.iter().filter_map(|option| Some((option.variable?, option.help)));
        terms(&mut rest, "ENVIRONMENT", of_settings.chain(VARIABLES.iter().copied()));
    }
    let exit_codes = if command.get_name() == "status" { EXIT_CODES_OF_STATUS } else { EXIT_CODES };
    terms(&mut rest, "EXIT STATUS", exit_codes.iter().copied());
    see_also(&mut rest, program, command);
    rest.to_writer(&mut page)?;
    Ok(in_ascii(&String::from_utf8_lossy(&page)))
}

/// Returns a page in which other characters are named: groff reads bytes unless it is told.
fn in_ascii(page: &str) -> String {
    let mut named = String::with_capacity(page.len());
    for c in page.chars() {
        let _ = if c.is_ascii() { write!(named, "{c}") } else { write!(named, "\\[u{:04X}]", u32::from(c)) };
    }
    named
}

fn terms<'t>(roff: &mut Roff, heading: &str, all: impl Iterator<Item = (&'t str, &'t str)>) {
    roff.control("SH", [heading]);
    for (name, about) in all {
        term(roff, name, about);
    }
}

fn term(roff: &mut Roff, name: &str, about: &str) {
    roff.control("TP", []);
    roff.text([bold(name)]);
    roff.text([roman(about)]);
}

/// Adds lines that stay as they are.
fn literal(roff: &mut Roff, heading: &str, text: &str) {
    roff.control("SH", [heading]);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

/// Names the pages above, or all below.
fn see_also(roff: &mut Roff, program: &Command, command: &Command) {
    let mut others: Vec<&Command> = all(program);
    let above = |other: &&Command| {
        name(command).starts_with(name(other)) || name(other).starts_with(&format!("{}-", name(command)))
    };
    others.retain(|other| name(other) != name(command) && above(other));
    others.sort_by_key(|other| name(other));
    roff.control("SH", ["SEE ALSO"]);
    let mut line = Vec::new();
    for other in others {
        if !line.is_empty() {
            line.push(roman(", "));
        }
        line.extend([bold(name(other)), roman("(1)")]);
    }
    roff.text(line);
}
