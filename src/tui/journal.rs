//! All blocks, of any month.

use ratatui::layout::Rect;

use super::keymap::Action;
use super::line::Inserted;
use super::msg::{Asked, Effect, Page};
use super::stage::Stage;
use super::world::World;
use crate::domain::{Block, Change};

/// All blocks, loaded as they are scrolled to.
#[derive(Debug, Default)]
pub struct JournalScreen {
    blocks: Vec<Block>,
}

impl JournalScreen {
    /// Whether a line is typed that is searched for.
    pub fn is_searching(&self) -> bool {
        false
    }

    /// Opens the screen.
    pub fn open(&mut self) -> Option<Effect> {
        Some(Effect::ReadPage(Asked::Down(None)))
    }

    /// Opens the line that is searched for.
    pub fn search(&mut self) {}

    /// Does what a key means while the line is typed.
    pub fn act_while_searching(&mut self, _: Action) -> Option<Effect> {
        None
    }

    /// Puts text into the line.
    pub fn insert(&mut self, _: &str) -> (Inserted, Option<Effect>) {
        (Inserted::All, None)
    }

    /// Closes the search.
    pub fn close_search(&mut self) -> Option<Effect> {
        None
    }

    /// Selects another block.
    pub fn select(&mut self, _: Action) -> Option<Effect> {
        None
    }

    /// Selects the block of this number.
    pub fn select_at(&mut self, _: usize) {}

    /// Returns the block that is selected.
    pub fn selected(&self) -> Option<&Block> {
        self.blocks.first()
    }

    /// Takes in a page.
    pub fn take(&mut self, page: Page) -> Option<Effect> {
        self.blocks = page.blocks;
        None
    }

    /// Takes in a change right away, before what is loaded is read again.
    pub fn change(&mut self, _: &Change) {}

    /// Reads again what is loaded.
    pub fn read_again(&self) -> Option<Effect> {
        None
    }

    /// Draws the blocks.
    pub fn draw(&self, _: &mut Stage<'_>, _: Rect, _: &World) {}
}
