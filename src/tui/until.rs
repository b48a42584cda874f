//! Until when a forgotten block ran: one line, one time.

use ratatui::layout::Rect;

use super::line::{Inserted, Line};
use super::msg::Effect;
use super::stage::{Stage, below};
use super::step::Step;
use super::widget::{self, field};
use super::world::World;
use crate::beam::{Role, Row, kinds};
use crate::domain::{Block, Border, Edit, Lived, Mend};
use crate::failure::Failure;
use crate::keymap::Action;
use crate::report::words;

/// The line that says until when a block ran.
#[derive(Debug)]
pub struct Until {
    block: Block,
    line: Line,
    failure: Option<Failure>,
}

impl Until {
    /// Asks it of a block.
    pub fn of(block: &Block) -> Self {
        Self { block: block.clone(), line: Line::new(), failure: None }
    }

    /// Returns the block it is asked of.
    pub fn block(&self) -> &Block {
        &self.block
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
            Action::Accept if self.line.is_empty() => return Step::Close,
            Action::Accept => match self.edit(world) {
                Ok((edit, end)) => {
                    let days = world.days_of([Some(self.block.start), Some(end)]);
                    return Step::Ask(Effect::Change(edit, days));
                }
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

    fn edit(&self, world: &World) -> Result<(Edit, Lived), Failure> {
        let day = world.setting.calendar.day_of(self.block.start);
        let here = world.here().on(day);
        let end = here.until_or_for(self.block.start, self.line.text().trim())?.tell(|_| {});
        let mend = Mend { end: Some(end), ..Mend::default() };
        let edit = Edit::Mend { id: self.block.id, mend, border: Border::Alone };
        world.trial(&edit).map_err(|why| world.told(&why, &edit))?;
        Ok((edit, end))
    }

    /// Draws the question, the line, and what it comes to.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let (look, glyphs) = (world.look(200), stage.glyphs());
        let mut head = Row::new().with(kinds::glyph(self.block.kind, glyphs), kinds::role(self.block.kind));
        head.push(format!(" {}", world.words(&self.block.activity)), Role::Strong);
        head.push(format!(" began {} and was not ended", words::moment(self.block.start, &look)), Role::Plain);
        let area = if area.height > 1 { stage.rows(area, &[head]) } else { area };
        if area.height == 1
            && let Some(failure) = &self.failure
        {
            return stage.row(area, &widget::failure(failure));
        }
        field(stage, area, "until ", &self.line);
        let said = match (&self.failure, self.edit(world)) {
            (Some(failure), _) => widget::failure(failure),
            (None, _) if self.line.is_empty() => {
                Row::new().with("17:30, 45m or fri 17:30; esc lets it run on", Role::Faint)
            }
            (None, Ok((_, end))) => {
                let length = words::length(words::between(self.block.start, end));
                Row::new().with(format!("{}  {length}", words::moment(end, &look)), Role::Plain)
            }
            (None, Err(failure)) => widget::failure(&failure),
        };
        stage.rows(below(area, 1), &widget::wrapped(&said, area.width, 2));
    }
}
