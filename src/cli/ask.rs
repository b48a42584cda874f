//! The kind of an activity: from settings, history and first guesses; else by asking.

use std::io::{self, BufRead, Write};

use super::desk::Desk;
use super::out::told;
use crate::domain::{Kind, Ledger};
use crate::failure::{Failure, in_words};
use crate::notation::{kind_of, ruled};
use crate::text::Text;

/// How far back the kind of an activity is looked for, in months.
pub(super) const MONTHS: u32 = 12;

/// Whether the kind of an activity is settled by what is known: by a setting, which goes
/// before history, or by a block of that name.
pub(super) fn settled(desk: &Desk<'_>, activity: &Text, ledger: &Ledger) -> bool {
    let name = activity.raw().to_lowercase();
    ruled(activity, &desk.config.kinds).is_some()
        || ledger.newest_first().any(|block| block.activity.raw().to_lowercase() == name)
}

/// Returns the kind that follows from what an activity is called.
pub(super) fn follows(desk: &Desk<'_>, activity: &Text, ledger: &Ledger) -> Option<Kind> {
    let history = ledger.newest_first().map(|block| (&block.activity, block.kind));
    kind_of(activity, history, &desk.config.kinds)
}

/// Returns what is said where nobody can be asked.
pub(super) fn which(activity: &Text) -> Failure {
    Failure::refused(format!("\"{}\" is new: which kind is it?", activity.for_terminal()))
        .hint("say --kind c (creating), s (shaping), i (consuming) or o (off)")
}

/// Asks for the kind until it is answered; `None` at an empty line and at the end of the input.
pub(super) fn kind(desk: &Desk<'_>, activity: &Text) -> Result<Option<Kind>, Failure> {
    let question = format!(
        "\"{}\" is new: c you make it, s others can do more after it, i you take it in, o off\nc s i o? ",
        activity.for_terminal()
    );
    loop {
        let answer = line(desk, &question)?.unwrap_or_default();
        match (answer.trim(), Kind::from_typed(answer.trim())) {
            ("", _) => return Ok(None),
            (_, Some(kind)) => return Ok(Some(kind)),
            (_, None) => {}
        }
    }
}

/// Asks a question and returns the line that was typed; `None` at the end of the input.
pub(super) fn line(desk: &Desk<'_>, question: &str) -> Result<Option<String>, Failure> {
    desk.out.text(question)?;
    told(io::stdout().flush())?;
    let mut answer = String::new();
    match io::stdin().lock().read_line(&mut answer) {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(answer)),
        Err(error) => Err(Failure::environment(format!("cannot read your answer: {}", in_words(&error)))),
    }
}
