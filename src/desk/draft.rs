//! The file that an editor opens.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

use anyhow::Context as _;
use chrono::NaiveDate;

use super::editor;
use crate::failure::Failure;

/// How many texts of one day may lie about.
const MOST_TEXTS: u32 = 99;

/// The file that the editor opens: readable by its owner alone, and kept where what it
/// holds was not saved.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
}

impl Draft {
    pub(super) fn write(day: NaiveDate, text: &str) -> Result<Self, Failure> {
        let folder = std::env::temp_dir();
        // Others may be open, or kept from before.
        let names = std::iter::once(format!("tiltmeter-{day}.txt"));
        let names = names.chain((2..=MOST_TEXTS).map(|number| format!("tiltmeter-{day}-{number}.txt")));
        let mut written = Err(io::Error::from(ErrorKind::AlreadyExists));
        let mut draft = Self { path: folder.clone() };
        for name in names {
            draft.path = folder.join(name);
            written = draft.create(text);
            if !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
                break;
            }
        }
        written.with_context(|| draft.said("cannot be written")).map_err(nothing_saved)?;
        Ok(draft)
    }

    fn create(&self, text: &str) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path).and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()))
    }

    /// Returns the command that opens it in the user's editor.
    pub(super) fn command(&self) -> Command {
        editor::command(&self.path)
    }

    /// Returns its text, after the editor has ended so.
    pub(super) fn read_back(&self, ended: io::Result<ExitStatus>) -> Result<String, Failure> {
        editor::ended(ended, "tiltmeter edit --day").map_err(|failure| self.kept(failure))?;
        fs::read_to_string(&self.path).with_context(|| self.said("cannot be read back")).map_err(nothing_saved)
    }

    /// Puts another text in it, for the next time it is opened.
    pub(super) fn rewrite(&self, text: &str) -> Result<(), Failure> {
        fs::write(&self.path, text).with_context(|| self.said("cannot be written")).map_err(nothing_saved)
    }

    /// Says where the text is kept that was not saved.
    pub(super) fn kept(&self, failure: Failure) -> Failure {
        failure.hint(format!("what you typed is in {}", self.path.display()))
    }

    /// Takes the file away: the journal holds what it held.
    pub(super) fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }

    fn said(&self, what: &str) -> String {
        format!("the day's text {} {what}", self.path.display())
    }
}

fn nothing_saved(error: anyhow::Error) -> Failure {
    Failure::from(error).hint("nothing was saved; TMPDIR names another folder for the text")
}
