//! The share at which the beam is level: one line.

use ratatui::layout::Rect;

use super::line::{Inserted, Line};
use super::msg::{Effect, Keeping};
use super::stage::{Stage, below};
use super::step::Step;
use super::widget::{self, field};
use super::world::World;
use crate::beam::{Role, Row};
use crate::desk::NO_USUAL;
use crate::failure::Failure;
use crate::keymap::Action;
use crate::notation::{self, Target};
use crate::report::kept;

/// The line that says the target.
#[derive(Debug, Default)]
pub struct TargetLine {
    line: Line,
    failure: Option<Failure>,
}

impl TargetLine {
    /// Opens the line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) -> Inserted {
        self.failure = None;
        self.line.insert(text)
    }

    /// Keeps the line, and says why it was not taken.
    pub fn refused(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World) -> Step {
        match action {
            Action::Close => return Step::Close,
            Action::Accept if self.line.text().trim().is_empty() => return Step::Close,
            Action::Accept => match self.read(world) {
                Ok(target) => return Step::Ask(Effect::Keep(Keeping::Target(target))),
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

    fn read(&self, world: &World) -> Result<Target, Failure> {
        let target = notation::target(self.line.text())?;
        let known = target.over(world.setting.habits.targets, world.usual_share());
        known.map(|_| target).ok_or_else(|| Failure::refused(NO_USUAL).hint("say a number: 35"))
    }

    /// Draws the line, and what it says.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        if area.height == 1
            && let Some(failure) = &self.failure
        {
            return stage.row(area, &widget::failure(failure));
        }
        field(stage, area, "target ", &self.line);
        let said = match (&self.failure, self.read(world)) {
            (Some(failure), _) => widget::failure(failure),
            (None, _) if self.line.text().trim().is_empty() => Row::new().with(Self::hint(world), Role::Faint),
            (None, Ok(target)) => {
                let targets = target.over(world.setting.habits.targets, world.usual_share());
                Row::plain(targets.map(|targets| kept::target(&targets)).unwrap_or_default())
            }
            (None, Err(failure)) => widget::failure(&failure),
        };
        stage.rows(below(area, 1), &widget::wrapped(&said, area.width, 2));
    }

    fn hint(world: &World) -> String {
        let usual = world.usual_share().map(|usual| format!("; usual is {} %", usual.shown()));
        format!("35, or mon 20 thu 50 for some days, or none for the guess{}", usual.unwrap_or_default())
    }
}
