//! The question of a random moment: one letter answers it.

use chrono::{DateTime, NaiveDate, Utc};
use ratatui::layout::Rect;

use super::msg::{Effect, Keeping};
use super::stage::Stage;
use super::step::Step;
use super::widget;
use super::world::World;
use crate::beam::{Role, Row};
use crate::domain::Kind;
use crate::keymap::Action;
use crate::report::asked;

/// The question of a random moment.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The logical day of the moment.
    pub day: NaiveDate,
    /// The moment.
    pub at: DateTime<Utc>,
}

impl Asked {
    /// Does what a key means here.
    pub fn act(self, action: Action) -> Step {
        if action == Action::Close { Step::Close } else { Step::Stay }
    }

    /// Takes the letter that says what it was.
    pub fn answer(self, letter: char) -> Step {
        match Kind::from_typed(letter.encode_utf8(&mut [0; 4])) {
            Some(kind) => Step::Ask(Effect::Keep(Keeping::Answer(self.day, self.at, kind))),
            None => Step::Stay,
        }
    }

    /// Draws the question, and its letters.
    pub fn draw(self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let letters = widget::kinds(stage.glyphs());
        if area.height > 1 {
            let at = world.setting.calendar.home().at(self.at);
            let question = Row::new().with(asked::question(at, &world.look(area.width)), Role::Alert);
            let area = stage.rows(area, &widget::wrapped(&question, area.width, 2));
            stage.rows(area, &widget::wrapped(&letters, area.width, 2));
        } else {
            stage.row(area, &letters);
        }
    }
}
