//! The day in `$EDITOR`: the day as text, saved as one change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::desk::Desk;
use super::shared;
use crate::domain::{Block, Doing, Edit, Entry, Ledger};
use crate::failure::{Failure, Fault};
use crate::journal::Reach;
use crate::notation::DayText;
use crate::text::terminal_safe;

pub(super) fn run(desk: &Desk<'_>, day: NaiveDate) -> Result<(), Failure> {
    let today = day == desk.today();
    let reach = Reach { days: day..=day, now_too: today, back_until: None };
    let before = desk.read(&reach)?.ledger;
    let sheet = Sheet::of(desk, day, &before);
    let file = Draft::write(day, &sheet.shown)?;
    let mut opened = sheet.shown.clone();
    loop {
        let edited = file.edit()?;
        let text = without_errors(&edited);
        if text == sheet.shown {
            file.remove();
            return desk.out.line("nothing was changed");
        }
        if edited == opened {
            return Err(file.kept(Failure::refused("the text was not mended, so nothing was saved")));
        }
        // An editor may be open for hours: each try has a clock of its own.
        match save(&desk.again(), &sheet, &reach, &text) {
            Ok(()) => {
                file.remove();
                return Ok(());
            }
            Err(Unsaved::Wrong(error)) if desk.out.can_ask() => opened = file.with_error(&text, &error)?,
            Err(Unsaved::Wrong(error)) => return Err(file.kept(error.failure(0))),
            Err(Unsaved::Refused(failure)) if desk.out.can_ask() => {
                opened = file.with_error(&text, &Wrong { line: None, failure })?;
            }
            Err(Unsaved::Refused(failure) | Unsaved::ForGood(failure)) => return Err(file.kept(failure)),
        }
    }
}

/// Why a text was not saved.
enum Unsaved {
    /// A line cannot be read.
    Wrong(Wrong),
    /// What it says cannot be.
    Refused(Failure),
    /// No mending of the text would help.
    ForGood(Failure),
}

/// What is wrong with a text, and on which line of it.
struct Wrong {
    line: Option<usize>,
    failure: Failure,
}

impl Wrong {
    /// Returns what a person is told, where so many lines stand above the text.
    fn failure(&self, above: usize) -> Failure {
        let mut failure = self.failure.clone();
        if let Some(line) = self.line {
            failure.message = format!("line {}: {}", line + above, failure.message);
        }
        failure
    }
}

/// Saves the text as one change, unless the day was changed elsewhere meanwhile.
fn save(desk: &Desk<'_>, sheet: &Sheet, reach: &Reach<'_>, text: &str) -> Result<(), Unsaved> {
    let here = desk.here().on(sheet.day);
    let DayText { entries, doubled } = here
        .day_text(text, &sheet.entries)
        .map_err(|error| Unsaved::Wrong(Wrong { line: Some(error.line), failure: error.error.clone().into() }))?;
    doubled.iter().for_each(shared::doubled(desk));
    let (from, until) = desk.calendar.day_at_home_bounds(sheet.day);
    let changed = std::cell::Cell::new(false);
    let saved = desk.change(reach, |ledger| {
        changed.set(blocks_of(desk, sheet.day, ledger) != sheet.blocks);
        if changed.get() {
            return Err(Failure::refused("the day was changed elsewhere while you edited it, so nothing was saved")
                .hint("tiltmeter edit --day starts from how it is now"));
        }
        let blocks = sheet.blocks.iter().map(|block| block.id).collect();
        Ok(Edit::Rewrite { blocks, from, until, entries })
    });
    saved.map_err(|failure| {
        let for_good = changed.get() || failure.fault == Fault::Environment;
        if for_good { Unsaved::ForGood(failure) } else { Unsaved::Refused(failure) }
    })
}

/// Returns a text without the lines that said what was wrong with it.
fn without_errors(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(ERROR)).collect()
}

/// A day as it was when its text was written.
struct Sheet {
    day: NaiveDate,
    blocks: Vec<Block>,
    entries: Vec<Entry>,
    shown: String,
}

impl Sheet {
    fn of(desk: &Desk<'_>, day: NaiveDate, ledger: &Ledger) -> Self {
        let blocks = blocks_of(desk, day, ledger);
        let entries: Vec<Entry> = blocks.iter().map(entry).collect();
        let shown = desk.here().on(day).show_day(&entries);
        Self { day, blocks, entries, shown }
    }
}

/// Returns the blocks that began on a day, by the clocks of the places where they were
/// lived, as the day's list has them. Whole days off are not lines of it.
fn blocks_of(desk: &Desk<'_>, day: NaiveDate, ledger: &Ledger) -> Vec<Block> {
    let of_day = |block: &&Block| !block.is_day_off() && desk.calendar.day_of(block.start) == day;
    ledger.blocks().iter().filter(of_day).cloned().collect()
}

fn entry(block: &Block) -> Entry {
    let doing = Doing { kind: block.kind, activity: block.activity.clone(), tags: block.tags.clone(), note: None };
    Entry { start: block.start, end: block.end, doing }
}

/// The file that the editor opens: readable by its owner alone, and kept where what it
/// holds was not saved.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn write(day: NaiveDate, text: &str) -> Result<Self, Failure> {
        let folder = std::env::temp_dir();
        // Others may be open, or kept from before.
        let names = std::iter::once(format!("tiltmeter-{day}.txt"));
        let names = names.chain((2..=MOST_TEXTS).map(|number| format!("tiltmeter-{day}-{number}.txt")));
        let mut written = Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists));
        let mut draft = Self { path: folder.clone() };
        for name in names {
            draft.path = folder.join(name);
            written = draft.create(text);
            if !written.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AlreadyExists) {
                break;
            }
        }
        written.with_context(|| draft.said("cannot be written")).map_err(nothing_saved)?;
        Ok(draft)
    }

    fn create(&self, text: &str) -> std::io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
    }

    /// Opens the editor, waits for it, and returns the text.
    fn edit(&self) -> Result<String, Failure> {
        let editor = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|editor| !editor.is_empty());
        let editor = editor.unwrap_or_else(|| if cfg!(windows) { "notepad".into() } else { "vi".into() });
        let name = editor.to_string_lossy().into_owned();
        let status = command(&name, &self.path).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(_) => {
                let failure = Failure::environment(format!(
                    "the editor {} ended with an error, so nothing was saved",
                    terminal_safe(&name)
                ))
                .hint("if it did not start, set EDITOR to one that does: EDITOR=nano tiltmeter edit --day");
                return Err(self.kept(failure));
            }
            Err(error) => {
                return Err(nothing_saved(
                    anyhow::Error::new(error).context(self.said("cannot be opened in an editor")),
                ));
            }
        }
        fs::read_to_string(&self.path).with_context(|| self.said("cannot be read back")).map_err(nothing_saved)
    }

    /// Puts what is wrong above the text, for the next time it is opened, and returns that.
    fn with_error(&self, text: &str, wrong: &Wrong) -> Result<String, Failure> {
        let failure = wrong.failure(1 + wrong.failure.hints.len());
        let errors = std::iter::once(&failure.message).chain(&failure.hints).map(|line| format!("{ERROR}{line}\n"));
        let text = errors.collect::<String>() + text;
        fs::write(&self.path, &text).with_context(|| self.said("cannot be written")).map_err(nothing_saved)?;
        Ok(text)
    }

    /// Says where the text is kept that was not saved.
    fn kept(&self, failure: Failure) -> Failure {
        failure.hint(format!("what you typed is in {}", self.path.display()))
    }

    /// Takes the file away: the journal holds what it held.
    fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }

    fn said(&self, what: &str) -> String {
        format!("the day's text {} {what}", self.path.display())
    }
}

fn nothing_saved(error: anyhow::Error) -> Failure {
    Failure::from(error).hint("nothing was saved; TMPDIR names another folder for the text")
}

/// How many texts of one day may lie about.
const MOST_TEXTS: u32 = 99;

/// What leads a line that says what was wrong.
const ERROR: &str = "#! ";

/// Returns the command that opens a file: as git does, through a shell, so that
/// `EDITOR="code --wait"` works.
fn command(editor: &str, path: &Path) -> Command {
    if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("notepad"));
        command.args(words).arg(path);
        return command;
    }
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg(editor).arg(path);
    command
}
