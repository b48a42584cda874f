//! What somebody thinks of a day: its numbers, one line, and a mark.

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use super::line::{Inserted, Line};
use super::msg::{Effect, Keeping};
use super::stage::{Hit, Stage, below, right_of};
use super::step::Step;
use super::widget::{self, field, marker};
use super::world::World;
use crate::beam::{Role, Row};
use crate::domain::{DayBalance, Felt, Reflection, Thought};
use crate::failure::Failure;
use crate::keymap::{Action, Stroke};
use crate::report::{Words, words};
use crate::text::Text;

/// Stands for a line break of a note, which is typed in one line.
const BREAK: &str = "⏎";
/// Where the values stand.
const VALUES: u16 = 8;
/// What the ends of the scale mean.
const DRAINED: &str = "drained";
const ALIVE: &str = "alive";

/// Something that is said of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Note,
    Felt,
}

/// What is being said of a day.
#[derive(Debug)]
pub struct Reflect {
    day: NaiveDate,
    /// What was thought of it before.
    before: Reflection,
    note: Line,
    first: String,
    felt: Option<Felt>,
    focus: Field,
    failure: Option<Failure>,
}

impl Reflect {
    /// Opens what is thought of a day.
    pub fn on(day: NaiveDate, world: &World) -> Self {
        let before = world.thoughts.iter().find(|thought| thought.day == day).cloned();
        let before = before.unwrap_or(Reflection { day, note: None, felt: None });
        let note = before.note.as_ref().map(|note| note.raw().replace('\n', BREAK)).unwrap_or_default();
        let note = Line::of(&note);
        let first = note.text().to_owned();
        Self { day, felt: before.felt, before, note, first, focus: Field::Felt, failure: None }
    }

    /// Puts text into the line; at the mark, a digit is the mark, and anything else begins the
    /// line.
    pub fn insert(&mut self, text: &str) -> Inserted {
        self.failure = None;
        match self.focus {
            Field::Note => self.note.insert(text),
            Field::Felt => match text.trim().parse().ok().and_then(Felt::of) {
                Some(felt) => {
                    self.felt = Some(felt);
                    Inserted::All
                }
                None if text.trim().is_empty() || text.trim().parse::<u64>().is_ok() => Inserted::All,
                None => {
                    self.focus = Field::Note;
                    self.note.insert(text)
                }
            },
        }
    }

    /// Goes to the mark, or to the line.
    pub fn focus(&mut self, at: usize) {
        self.focus = if at == 0 { Field::Felt } else { Field::Note };
    }

    /// Keeps what was typed, and says why it was not saved.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action) -> Step {
        match (action, self.focus) {
            (Action::Close, _) => return Step::Close,
            (Action::Accept, _) => return self.accept(),
            (Action::Next | Action::Previous | Action::Complete | Action::Turn, Field::Note) => {
                self.focus = Field::Felt;
            }
            (Action::Next | Action::Previous | Action::Complete | Action::Turn, Field::Felt) => {
                self.focus = Field::Note;
            }
            (Action::Stroke(stroke), Field::Note) => {
                self.note.stroke(stroke);
                self.failure = None;
            }
            (Action::Stroke(stroke), Field::Felt) => self.felt = moved(self.felt, stroke),
            _ => {}
        }
        Step::Stay
    }

    fn accept(&mut self) -> Step {
        let note = (self.note.text() != self.first).then(|| self.note());
        let felt = (self.felt != self.before.felt).then_some(self.felt);
        match note.transpose() {
            Ok(None) if felt.is_none() => Step::Close,
            Ok(note) => Step::Ask(Effect::Keep(Keeping::Reflect(self.day, Thought { note, felt }))),
            Err(failure) => {
                self.failure = Some(failure);
                Step::Stay
            }
        }
    }

    fn note(&self) -> Result<Option<Text>, Failure> {
        let typed = self.note.text().replace(BREAK, "\n");
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let note = Text::note(&typed).map_err(|error| Failure::refused(format!("the note has {error}")));
        note.map(Some)
    }

    /// Draws the numbers of the day, the line and the mark.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World, day: &DayBalance<'_>) {
        let said = self.failure.as_ref().map(|failure| widget::wrapped(&widget::failure(failure), area.width, 2));
        let said = said.unwrap_or_default();
        let fields = 2 + u16::try_from(said.len()).unwrap_or_default();
        let head = self.head(area.width, world, day);
        let room = usize::from(area.height.saturating_sub(fields));
        let shown = head.get(..head.len().min(room)).unwrap_or_default();
        let area = stage.rows(area, shown);
        if area.height < 2 {
            return match said.first() {
                Some(row) => stage.row(area, row),
                None => self.draw_field(stage, area, self.focus, world),
            };
        }
        self.draw_field(stage, area, Field::Felt, world);
        self.draw_field(stage, below(area, 1), Field::Note, world);
        stage.rows(below(area, 2), &said);
    }

    /// Returns which day it is, and its numbers; as many as fit are drawn, and an empty row last.
    fn head(&self, columns: u16, world: &World, day: &DayBalance<'_>) -> Vec<Row> {
        let look = world.look(columns);
        let shown = words::shown(&day.tally);
        let length = words::length;
        let mut title = Row::new().with(words::date(self.day), Role::Strong);
        title.push(format!("  {}", look.share(day.share())), Role::Strong);
        let mut rows = vec![title];
        let parts = [
            format!("made {}", length(shown.creating)),
            format!("shaped {}", length(shown.shaping)),
            format!("taken in {}", length(shown.consuming)),
            format!("logged {}", words::coverage(day.tally.logged(), day.expected)),
        ];
        let longest = day.longest.map(|longest| format!("longest {}", length(longest.length)));
        let switches = (day.switches > 0).then(|| words::count(day.switches, "switch", "switches"));
        for part in parts.into_iter().chain(longest).chain(switches) {
            match rows.last_mut().filter(|row| row.width() + 2 + part.len() <= columns.into()) {
                Some(row) => row.push(format!("  {part}"), Role::Plain),
                None => rows.push(Row::plain(part)),
            }
        }
        rows.push(Row::new());
        rows
    }

    fn draw_field(&self, stage: &mut Stage<'_>, area: Rect, of: Field, world: &World) {
        let is_focused = of == self.focus;
        let (label, at) = match of {
            Field::Felt => ("felt", 0),
            Field::Note => ("note", 1),
        };
        stage.row(area, &marker(is_focused, stage.glyphs()).with(label, Role::Faint));
        let place = right_of(area, VALUES);
        match of {
            Field::Note if is_focused => field(stage, place, "", &self.shown_note(world)),
            Field::Note => stage.row(place, &Row::plain(self.shown_note(world).text())),
            Field::Felt => {
                stage.row(place, &self.scale());
                if is_focused && !place.is_empty() {
                    let mark = self.felt.map_or(0, |felt| u16::from(felt.mark()) - 1);
                    let from = u16::try_from(DRAINED.len()).unwrap_or_default() + 2;
                    let column = (place.x + from + 2 * mark).min(place.right() - 1);
                    stage.cursor = Some(Position::new(column, place.y));
                }
            }
        }
        stage.hit(Rect { height: 1.min(area.height), ..area }, Hit::Field(at));
    }

    /// Returns the line as it is shown: where words are folded away, only what is being typed.
    fn shown_note(&self, world: &World) -> Line {
        let is_shown = world.setting.words == Words::Shown || self.note.text() != self.first || self.note.is_empty();
        if is_shown { self.note.clone() } else { Line::of(world.setting.glyphs.pick("···", "...")) }
    }

    /// Returns the marks from 1 to 5, the chosen one in brackets.
    fn scale(&self) -> Row {
        let mut row = Row::new().with(format!("{DRAINED} "), Role::Faint);
        let mut after = false;
        for mark in 1..=5 {
            let is_it = self.felt.is_some_and(|felt| felt.mark() == mark);
            let before = match (is_it, after) {
                (true, _) => "[",
                (false, true) => "]",
                (false, false) => " ",
            };
            row.push(before, Role::Strong);
            row.push(mark.to_string(), if is_it { Role::Strong } else { Role::Plain });
            after = is_it;
        }
        row.push(if after { "]" } else { " " }, Role::Strong);
        row.with(format!(" {ALIVE}"), Role::Faint)
    }
}

/// Returns the mark after a stroke: one less, one more, or none.
fn moved(felt: Option<Felt>, stroke: Stroke) -> Option<Felt> {
    match (stroke, felt) {
        (Stroke::Left, Some(felt)) => Felt::of(felt.mark().saturating_sub(1)).or(Some(felt)),
        (Stroke::Right, Some(felt)) => Felt::of(felt.mark() + 1).or(Some(felt)),
        (Stroke::Left | Stroke::Right, None) => Felt::of(3),
        (Stroke::DeleteBack | Stroke::DeleteForward | Stroke::DeleteToStart | Stroke::DeleteWord, _) => None,
        (_, felt) => felt,
    }
}
