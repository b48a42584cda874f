//! The fields of a block. Each is typed as on the command line; what is wrong with it
//! stands with it while it is typed, and Enter saves all of them as one change.

mod read;
#[cfg(test)]
mod tests;
mod view;

use chrono::TimeDelta;

use super::line::{Inserted, Line};
use super::msg::Effect;
use super::step::Step;
use super::world::{World, turned};
use crate::domain::{Block, Border, Edit, Kind, Lived, Mend};
use crate::failure::Failure;
use crate::keymap::{Action, Stroke};
use crate::notation::Here;
use crate::text::Text;

/// Stands for a line break of a note, which is typed in one line.
const BREAK: &str = "⏎";

/// Something about a block that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Start,
    End,
    Kind,
    Activity,
    Tags,
    Note,
    Interrupted,
}

impl Field {
    /// The fields from top to bottom.
    const ALL: [Self; 7] =
        [Self::Start, Self::End, Self::Kind, Self::Activity, Self::Tags, Self::Note, Self::Interrupted];

    fn label(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Kind => "kind",
            Self::Activity => "activity",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether somebody who looks on should not read it.
    fn is_words(self) -> bool {
        matches!(self, Self::Activity | Self::Tags | Self::Note)
    }

    /// Returns the field so many further down; the first comes after the last.
    fn plus(self, fields: usize) -> Self {
        let at = Self::ALL.iter().position(|field| *field == self).unwrap_or_default();
        Self::ALL.into_iter().cycle().nth(at + fields).unwrap_or(self)
    }
}

/// A line, and what stood in it at first.
#[derive(Debug)]
struct Typed {
    line: Line,
    first: String,
    /// Whether all of what it is about went into it.
    is_whole: bool,
}

impl Typed {
    fn of(text: &str) -> Self {
        let mut line = Line::new();
        let is_whole = line.insert(text) != Inserted::Cut;
        Self { first: line.text().to_owned(), line, is_whole }
    }

    fn text(&self) -> &str {
        self.line.text().trim()
    }

    /// Whether it says something else than at first.
    fn is_changed(&self) -> bool {
        self.line.text() != self.first
    }
}

/// The fields of a block.
#[derive(Debug)]
pub struct Form {
    /// The block as it was when the form was opened.
    block: Block,
    start: Typed,
    end: Typed,
    kind: Kind,
    activity: Typed,
    tags: Typed,
    note: Typed,
    interrupted: Typed,
    focus: Field,
    /// Why the journal did not take it.
    failure: Option<Failure>,
    /// Whether it closes the next time it is asked to, and what was changed is gone.
    leaves: bool,
}

impl Form {
    /// Opens the fields of a block.
    pub fn of(block: &Block, world: &World) -> Self {
        let here = on_its_day(block, world);
        let note = block.note.as_ref().map(|note| note.raw().replace('\n', BREAK));
        let interrupted = Some(block.interrupted).filter(|times| *times > 0).map(|times| times.to_string());
        Self {
            start: Typed::of(&here.show(to_the_minute(block.start))),
            end: Typed::of(&block.end.map(|end| here.show(to_the_minute(end))).unwrap_or_default()),
            kind: block.kind,
            activity: Typed::of(block.activity.raw()),
            tags: Typed::of(&block.tags.iter().map(with_sign).collect::<Vec<_>>().join(" ")),
            note: Typed::of(&note.unwrap_or_default()),
            interrupted: Typed::of(&interrupted.unwrap_or_default()),
            block: block.clone(),
            focus: Field::Start,
            failure: None,
            leaves: false,
        }
    }

    /// Whether anything was changed.
    fn is_changed(&self) -> bool {
        let fields = [&self.start, &self.end, &self.activity, &self.tags, &self.note, &self.interrupted];
        self.kind != self.block.kind || fields.into_iter().any(Typed::is_changed)
    }

    /// Puts text into the field. On the kind it says which: `c s i o`, or a word for it.
    pub fn insert(&mut self, text: &str) -> Option<Inserted> {
        self.failure = None;
        self.leaves = false;
        if self.focus == Field::Kind {
            self.kind = Kind::from_typed(text.trim()).unwrap_or(self.kind);
        }
        self.line_mut(self.focus).map(|typed| typed.line.insert(text))
    }

    /// Goes to the field of this number.
    pub fn focus(&mut self, at: usize) {
        self.focus = Field::ALL.get(at).copied().unwrap_or(self.focus);
    }

    /// Keeps the fields, and says why they were not saved.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World) -> Step {
        let leaves = std::mem::take(&mut self.leaves);
        match action {
            Action::Close if self.is_changed() && !leaves => self.leaves = true,
            Action::Close => return Step::Close,
            Action::Accept => return self.accept(world),
            Action::Next | Action::Complete => self.focus = self.focus.plus(1),
            Action::Previous => self.focus = self.focus.plus(Field::ALL.len() - 1),
            Action::Turn => self.turn(1),
            Action::Stroke(stroke) => self.stroke(stroke),
            _ => {}
        }
        Step::Stay
    }

    fn accept(&mut self, world: &World) -> Step {
        // What the journal refused may be possible by now.
        self.failure = None;
        let read = self.read(world);
        if let Some((field, _)) = read.wrong.first() {
            self.focus = *field;
            return Step::Stay;
        }
        if read.trouble.is_some() {
            return Step::Stay;
        }
        if !read.changes {
            return Step::Close;
        }
        let days = world.days_of([Some(self.block.start), self.block.end, Some(read.start), read.end]);
        Step::Ask(Effect::Change(self.edit(read.mend), days))
    }

    fn edit(&self, mend: Mend) -> Edit {
        Edit::Mend { id: self.block.id, mend, border: Border::Shared }
    }

    fn stroke(&mut self, stroke: Stroke) {
        match (self.line_mut(self.focus), stroke) {
            (Some(typed), stroke) => {
                typed.line.stroke(stroke);
                self.failure = None;
            }
            (None, Stroke::Right) => self.turn(1),
            // Four turns lead back to where it was.
            (None, Stroke::Left) => self.turn(Kind::ALL.len() - 1),
            (None, _) => {}
        }
    }

    fn turn(&mut self, times: usize) {
        self.kind = (0..times).fold(self.kind, |kind, _| turned(kind));
        self.failure = None;
    }

    /// Returns the line of a field; the kind has none.
    fn line(&self, field: Field) -> Option<&Typed> {
        match field {
            Field::Start => Some(&self.start),
            Field::End => Some(&self.end),
            Field::Kind => None,
            Field::Activity => Some(&self.activity),
            Field::Tags => Some(&self.tags),
            Field::Note => Some(&self.note),
            Field::Interrupted => Some(&self.interrupted),
        }
    }

    fn line_mut(&mut self, field: Field) -> Option<&mut Typed> {
        match field {
            Field::Start => Some(&mut self.start),
            Field::End => Some(&mut self.end),
            Field::Kind => None,
            Field::Activity => Some(&mut self.activity),
            Field::Tags => Some(&mut self.tags),
            Field::Note => Some(&mut self.note),
            Field::Interrupted => Some(&mut self.interrupted),
        }
    }
}

/// Returns what the times of a block are read against: its own day.
fn on_its_day<'w>(block: &Block, world: &'w World) -> Here<'w> {
    world.here().on(world.setting.calendar.day_at_home(block.began()))
}

/// Returns a time as lists show it. Typed again, it means the border within that minute.
fn to_the_minute(at: Lived) -> Lived {
    at - TimeDelta::seconds(at.timestamp().rem_euclid(60))
}

fn with_sign(tag: &Text) -> String {
    format!("+{}", tag.raw())
}
