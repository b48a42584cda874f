//! The day in `$EDITOR`: the day as text, saved as one change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::desk::Desk;
use super::shared;
use crate::domain::{Block, Doing, Edit, Entry, Ledger};
use crate::failure::Failure;
use crate::journal::Reach;
use crate::notation::{DayText, Here};
use crate::text::terminal_safe;

pub(super) fn run(desk: &Desk<'_>, day: NaiveDate) -> Result<(), Failure> {
    let today = day == desk.today();
    let reach = Reach { days: day..=day, now_too: today, back_until: None };
    let before = desk.read(&reach)?.ledger;
    let sheet = Sheet::of(desk, day, &before);
    let file = Draft::write(&sheet.shown)?;
    let mut text = sheet.shown.clone();
    loop {
        let edited = file.edit()?;
        if edited == text {
            // Nothing was changed, or nothing was mended after an error.
            return desk.out.line("nothing was changed");
        }
        match save(desk, &sheet, &reach, &edited) {
            Ok(()) => return Ok(()),
            Err(failure) if desk.out.can_ask() => text = file.with_error(&edited, &failure)?,
            Err(failure) => return Err(failure),
        }
    }
}

/// Saves the text as one change, unless the day was changed elsewhere meanwhile.
fn save(desk: &Desk<'_>, sheet: &Sheet<'_>, reach: &Reach<'_>, edited: &str) -> Result<(), Failure> {
    let DayText { entries, doubled } = sheet.here.day_text(edited, &sheet.entries).map_err(|error| {
        let hint = error.hint();
        Failure::refused(error.to_string()).hint(hint)
    })?;
    shared::say_doubled(desk, &doubled);
    for entry in &entries {
        entry.end.map_or(Ok(()), |end| shared::earlier_first(entry.start, end, desk.here().now()))?;
    }
    let (from, until) = desk.calendar.day_at_home_bounds(sheet.here.day());
    desk.change(reach, |ledger| {
        if blocks_of(desk, sheet.here.day(), ledger) != sheet.blocks {
            return Err(Failure::refused("the day was changed elsewhere while you edited it, so nothing was saved")
                .hint("tiltmeter edit --day starts from how it is now"));
        }
        Ok(Edit::Rewrite { from, until, entries })
    })
}

/// A day as it was when its text was written.
struct Sheet<'a> {
    here: Here<'a>,
    blocks: Vec<Block>,
    entries: Vec<Entry>,
    shown: String,
}

impl<'a> Sheet<'a> {
    fn of(desk: &'a Desk<'_>, day: NaiveDate, ledger: &Ledger) -> Self {
        let here = desk.here().on(day);
        let blocks = blocks_of(desk, day, ledger);
        let entries: Vec<Entry> = blocks.iter().map(entry).collect();
        let shown = here.show_day(&entries);
        Self { here, blocks, entries, shown }
    }
}

/// Returns the blocks that start on a day: whole days off are not lines of it.
fn blocks_of(desk: &Desk<'_>, day: NaiveDate, ledger: &Ledger) -> Vec<Block> {
    let (from, until) = desk.calendar.day_at_home_bounds(day);
    let of_day = |block: &&Block| from <= block.start && block.start < until && !block.is_day_off();
    ledger.blocks().iter().filter(of_day).cloned().collect()
}

fn entry(block: &Block) -> Entry {
    let doing = Doing { kind: block.kind, activity: block.activity.clone(), tags: block.tags.clone(), note: None };
    Entry { start: block.start, end: block.end, doing }
}

/// The file that the editor opens: readable by its owner alone, gone when it is dropped.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn write(text: &str) -> Result<Self, Failure> {
        let name = format!("tiltmeter-day-{}.txt", std::process::id());
        let draft = Self { path: std::env::temp_dir().join(name) };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written =
            options.open(&draft.path).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
        written.with_context(|| draft.said("cannot be written")).map_err(nothing_saved)?;
        Ok(draft)
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
                return Err(Failure::environment(format!(
                    "the editor {} failed, so nothing was saved",
                    terminal_safe(&name)
                ))
                .hint("set EDITOR to one that works: EDITOR=nano tiltmeter edit --day"));
            }
            Err(error) => {
                return Err(nothing_saved(
                    anyhow::Error::new(error).context(self.said("cannot be opened in an editor")),
                ));
            }
        }
        fs::read_to_string(&self.path).with_context(|| self.said("cannot be read back")).map_err(nothing_saved)
    }

    /// Puts the error above the text, for the next time it is opened, and returns that.
    fn with_error(&self, text: &str, failure: &Failure) -> Result<String, Failure> {
        let kept = text.lines().skip_while(|line| line.starts_with(ERROR));
        let errors = std::iter::once(&failure.message).chain(&failure.hints).map(|line| format!("{ERROR}{line}"));
        let text: Vec<String> = errors.chain(kept.map(str::to_owned)).collect();
        let text = text.join("\n") + "\n";
        fs::write(&self.path, &text).with_context(|| self.said("cannot be written")).map_err(nothing_saved)?;
        Ok(text)
    }

    fn said(&self, what: &str) -> String {
        format!("the day's text {} {what}", self.path.display())
    }
}

fn nothing_saved(error: anyhow::Error) -> Failure {
    Failure::from(error).hint("nothing was saved; TMPDIR names another folder for the text")
}

impl Drop for Draft {
    fn drop(&mut self) {
        // It holds only what the journal holds, or what the user chose not to save.
        let _ = fs::remove_file(&self.path);
    }
}

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
