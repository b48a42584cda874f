//! What is said for a while after something was done.

use chrono::{DateTime, TimeDelta, Utc};

use crate::beam::{Glyphs, Role, Row};
use crate::domain::Id;
use crate::failure::Failure;
use crate::keymap::Keymap;

/// How long it is said.
const SAID_FOR: TimeDelta = TimeDelta::seconds(20);
/// What was done is not cut shorter than this for the sake of what can be taken back.
const SHORTEST: usize = 20;

/// What is said for a while.
#[derive(Clone, Debug)]
pub struct Toast {
    about: About,
    said: Row,
    /// The same with all words folded away.
    folded: Row,
    /// How many changes `u` takes back, one after the other.
    changes: usize,
    /// The open spark that the change has made.
    made: Option<Id>,
    until: DateTime<Utc>,
}

/// What is said something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// A change, which can be taken back.
    Change,
    /// A change that was taken back, and can be done again.
    Undo,
    /// Why something was not done.
    Refusal,
    /// Anything else.
    Other,
}

impl Toast {
    /// Says what a change did; `before` are the changes that were said until now.
    pub fn of_change(said: Row, folded: Row, before: Option<&Self>, now: DateTime<Utc>) -> Self {
        let before = before.filter(|toast| toast.lasts(now));
        let changes = before.map_or(0, |toast| toast.changes) + 1;
        Self { about: About::Change, said, folded, changes, made: None, until: now + SAID_FOR }
    }

    /// Says that a change was taken back.
    pub fn of_undo(said: Row, folded: Row, before: Option<&Self>, now: DateTime<Utc>) -> Self {
        let changes = before.map_or(0, |toast| toast.changes).saturating_sub(1);
        Self { about: About::Undo, said, folded, changes, made: None, until: now + SAID_FOR }
    }

    /// Says why something was not done, and what can be.
    pub fn of_failure(failure: &Failure, before: Option<&Self>, now: DateTime<Utc>) -> Self {
        let mut said = Row::new().with(failure.message.clone(), Role::Alert);
        for hint in failure.hints.iter().filter(|hint| !is_for_the_shell(hint)) {
            said.push(format!("  {hint}"), Role::Faint);
        }
        let folded = Row::new().with("not done", Role::Alert);
        let changes = before.map_or(0, |toast| toast.changes);
        Self { about: About::Refusal, said, folded, changes, made: None, until: now + SAID_FOR }
    }

    /// Says something else.
    pub fn saying(text: &str, before: Option<&Self>, now: DateTime<Utc>) -> Self {
        let said = Row::plain(text);
        let changes = before.map_or(0, |toast| toast.changes);
        Self { about: About::Other, folded: said.clone(), said, changes, made: None, until: now + SAID_FOR }
    }

    /// Returns the same, saying too how the spark is marked done that was made.
    #[must_use]
    pub fn of_made(self, made: Option<Id>) -> Self {
        Self { made, ..self }
    }

    /// Returns the spark that can be marked done.
    pub fn made(&self) -> Option<Id> {
        self.made
    }

    /// Whether it is about a change, and fits in a row with what can be done about it.
    pub fn is_of_change(&self) -> bool {
        matches!(self.about, About::Change | About::Undo)
    }

    /// Whether it is still said.
    pub fn lasts(&self, now: DateTime<Utc>) -> bool {
        now < self.until
    }

    /// Returns when it is over.
    pub fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// Returns what it says, and what `u` takes back, in so many cells: of the former as
    /// much as fits.
    pub fn row(&self, is_folded: bool, columns: usize, (keys, glyphs): (&Keymap, Glyphs)) -> Row {
        let mut row = if is_folded { self.folded.clone() } else { self.said.clone() };
        let told = |sentence| keys.told(sentence, glyphs);
        let made = if self.made.is_some() { told("   {spark} marks the spark done") } else { String::new() };
        let undo = match (self.about, self.changes) {
            (About::Refusal | About::Other, _) | (About::Change, 0) => String::new(),
            (About::Change, 1) => told("   {undo} takes it back"),
            (About::Change, more) => format!("{} the last of {more} changes", told("   {undo} takes back")),
            (About::Undo, 0) => told("   {redo} does it again"),
            (About::Undo, left) => format!("{} {left} more", told("   {redo} does it again, {undo} takes back")),
        };
        // What can be taken back is known; what the spark asks for is not.
        let is_tight = !made.is_empty() && SHORTEST + made.len() + undo.len() > columns;
        let undo = if is_tight { String::new() } else { undo };
        let undo = format!("{made}{undo}");
        let room = columns.saturating_sub(undo.len());
        if room >= SHORTEST {
            row.cut_to(room, glyphs);
            row.push(undo, Role::Faint);
        }
        row
    }
}

/// Whether a hint is something to type after a prompt: in the pane that helps nobody.
pub fn is_for_the_shell(hint: &str) -> bool {
    hint.contains("tiltmeter ") || hint.contains("--")
}
