//! Which day, or which week, to go to: one line, one date.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::app::Tab;
use super::line::{Inserted, Line};
use super::stage::{Stage, below};
use super::step::Step;
use super::widget::{self, field};
use super::world::World;
use crate::beam::{Role, Row};
use crate::domain::Week;
use crate::failure::Failure;
use crate::keymap::Action;
use crate::notation::Toward;
use crate::report::{week, words};

/// The line that says where to go.
#[derive(Debug)]
pub struct GoTo {
    /// Whether a week is meant: `48` is one there.
    is_week: bool,
    line: Line,
    failure: Option<Failure>,
}

impl GoTo {
    /// Asks it on a screen.
    pub fn new(tab: Tab) -> Self {
        Self { is_week: tab == Tab::Week, line: Line::new(), failure: None }
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) -> Inserted {
        self.failure = None;
        self.line.insert(text)
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World) -> Step {
        match action {
            Action::Close => return Step::Close,
            Action::Accept if self.line.is_empty() => return Step::Close,
            Action::Accept => match self.day(world) {
                Ok(day) => return Step::GoTo(day),
                Err(failure) => self.failure = Some(failure),
            },
            Action::Stroke(stroke) => {
                self.line.stroke(stroke);
                self.failure = None;
            }
            _ => {}
        }
        Step::Stay
    }

    /// Returns the day that the line means; of a week, its first.
    fn day(&self, world: &World) -> Result<NaiveDate, Failure> {
        let (typed, here) = (self.line.text().trim(), world.here());
        if self.is_week {
            return Ok(here.week(typed)?.first());
        }
        // A day is no week, but the week of a day is where its first day is.
        here.date(typed, Toward::Past)
            .or_else(|error| here.week(typed).map(Week::first).map_err(|_| error))
            .map_err(Failure::from)
    }

    /// Draws the line, and what it means.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        field(stage, area, if self.is_week { "the week of " } else { "go to " }, &self.line);
        let look = world.look(area.width);
        let said = match (&self.failure, self.day(world)) {
            (Some(failure), _) => widget::failure(failure),
            (None, _) if self.line.is_empty() => {
                Row::new().with("mon, 20 nov, 2026-11-20, last week, w48", Role::Faint)
            }
            (None, Ok(day)) if self.is_week => week::heading(world.setting.calendar.week_of(day), &look),
            (None, Ok(day)) => Row::plain(words::date(day)),
            (None, Err(failure)) => widget::failure(&failure),
        };
        stage.rows(below(area, 1), &widget::wrapped(&said, area.width, 2));
    }
}
