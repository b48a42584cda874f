//! Asking: for a line, and for the kind of an activity where nothing tells it.

use std::io::{self, BufRead, Write};

use super::desk::Desk;
use super::out::{Out, told};
use crate::desk::kinds;
use crate::domain::Kind;
use crate::failure::{Failure, in_words};
use crate::text::Text;

/// Returns what is said where nobody can be asked.
pub(super) fn which(activity: &Text) -> Failure {
    kinds::which(activity).hint("say --kind c (creating), s (shaping), i (consuming) or o (off)")
}

/// Asks for the kind until it is answered; `None` at an empty line and at the end of the input.
pub(super) fn kind(desk: &Desk<'_>, activity: &Text) -> Result<Option<Kind>, Failure> {
    let question = format!(
        "\"{}\" is new: c you make it, s others can do more after it, i you take it in, o off\nc s i o? ",
        activity.for_terminal()
    );
    loop {
        let answer = line(desk.out, &question)?.unwrap_or_default();
        match (answer.trim(), Kind::from_typed(answer.trim())) {
            ("", _) => return Ok(None),
            (_, Some(kind)) => return Ok(Some(kind)),
            (_, None) => {}
        }
    }
}

/// Asks a question and returns the line that was typed; `None` at the end of the input.
pub(super) fn line(out: &Out, question: &str) -> Result<Option<String>, Failure> {
    out.text(question)?;
    told(io::stdout().flush())?;
    let mut answer = String::new();
    match io::stdin().lock().read_line(&mut answer) {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(answer)),
        Err(error) => Err(Failure::environment(format!("cannot read your answer: {}", in_words(&error)))),
    }
}
