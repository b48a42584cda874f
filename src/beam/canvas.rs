//! A row while it is drawn: cells that are set in any order.

use super::row::{Role, Row};

/// A row of cells, one narrow glyph each. What lies outside is not drawn.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    cells: Vec<(char, Role)>,
}

impl Canvas {
    /// Returns a blank row of `cells`.
    pub(super) fn blank(cells: usize) -> Self {
        Self::filled(cells, ' ', Role::Plain)
    }

    /// Returns a row of `cells` of one glyph.
    pub(super) fn filled(cells: usize, glyph: char, role: Role) -> Self {
        Self { cells: vec![(glyph, role); cells] }
    }

    /// Sets one cell.
    pub(super) fn set(&mut self, at: usize, glyph: char, role: Role) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = (glyph, role);
        }
    }

    /// Sets `count` cells from `at` on.
    pub(super) fn fill(&mut self, at: usize, count: usize, glyph: char, role: Role) {
        for cell in self.cells.iter_mut().skip(at).take(count) {
            *cell = (glyph, role);
        }
    }

    /// Writes narrow text from `at` on.
    pub(super) fn write(&mut self, at: usize, text: &str, role: Role) {
        for (cell, glyph) in self.cells.iter_mut().skip(at).zip(text.chars()) {
            *cell = (glyph, role);
        }
    }

    /// Says whether all of `count` cells from `at` on are there and blank.
    pub(super) fn is_blank(&self, at: usize, count: usize) -> bool {
        let cells = self.cells.get(at..at.saturating_add(count));
        cells.is_some_and(|cells| cells.iter().all(|(glyph, _)| *glyph == ' '))
    }

    /// Returns the row as it was drawn, blank cells at its end included.
    pub(super) fn row(self) -> Row {
        let mut row = Row::new();
        for run in self.cells.chunk_by(|(_, before), (_, after)| before == after) {
            if let Some((_, role)) = run.first() {
                row.push(run.iter().map(|(glyph, _)| *glyph).collect::<String>(), *role);
            }
        }
        row
    }
}
