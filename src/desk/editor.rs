//! The user's editor.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::failure::{Failure, in_words};
use crate::text::terminal_safe;

/// Returns the name of the user's editor: `VISUAL`, else `EDITOR`.
fn name() -> String {
    let said = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|editor| !editor.is_empty());
    let editor = said.unwrap_or_else(|| if cfg!(windows) { "notepad".into() } else { "vi".into() });
    editor.to_string_lossy().into_owned()
}

/// Returns the command that opens a file in it: as git does, through a shell, so that
/// `EDITOR="code --wait"` works.
pub fn command(path: &Path) -> Command {
    let editor = name();
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

/// Says what an editor's end means: that it did not start, or failed, is a failure. `again` is
/// what was typed to open it.
pub fn ended(outcome: io::Result<ExitStatus>, again: &str) -> Result<(), Failure> {
    let why = match outcome {
        Ok(status) if status.success() => return Ok(()),
        // What a shell says of a command that it does not find.
        Ok(status) if status.code() == Some(127) => "was not found".to_owned(),
        Ok(_) => "ended with an error".to_owned(),
        Err(error) => format!("cannot be started: {}", in_words(&error)),
    };
    let message = format!("the editor {} {why}, so nothing was saved", terminal_safe(&name()));
    let hint = format!("if it did not start, set EDITOR to one that does: EDITOR=nano {again}");
    Err(Failure::environment(message).hint(hint))
}
