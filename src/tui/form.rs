//! The fields of a block.

use ratatui::layout::Rect;

use super::app::Step;
use super::keymap::Action;
use super::line::Inserted;
use super::stage::Stage;
use super::world::World;
use crate::domain::Block;
use crate::failure::Failure;

/// The fields of a block.
#[derive(Debug)]
pub struct Form {
    block: Block,
}

impl Form {
    /// Opens the fields of a block.
    pub fn of(block: &Block, _: &World) -> Self {
        Self { block: block.clone() }
    }

    /// Puts text into the field.
    pub fn insert(&mut self, _: &str) -> Option<Inserted> {
        None
    }

    /// Goes to the field of this number.
    pub fn focus(&mut self, _: usize) {}

    /// Keeps the fields, and says why they were not saved.
    pub fn refused(&mut self, _: Failure) {}

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, _: &World) -> Step {
        match action {
            Action::Close => Step::Close,
            _ => Step::Stay,
        }
    }

    /// Draws the fields, each with what is wrong with it.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        stage.row(area, &crate::beam::Row::plain(world.words(&self.block.activity)));
    }
}
