//! Every action by its name: what no key is known for is found by typing.

use ratatui::layout::Rect;

use super::line::{Inserted, Line};
use super::stage::{Hit, Stage, below};
use super::step::Step;
use super::widget::{field, marker};
use crate::beam::{Role, Row};
use crate::keymap::{Action, BINDINGS, Binding, Context, Group, Keymap};

/// The line, and what it finds.
#[derive(Debug)]
pub struct Palette {
    context: Context,
    line: Line,
    chosen: usize,
}

impl Palette {
    /// Opens it over a screen.
    pub fn new(context: Context) -> Self {
        Self { context, line: Line::new(), chosen: 0 }
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) -> Inserted {
        self.chosen = 0;
        self.line.insert(text)
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action) -> Step {
        let found = self.found().len();
        match action {
            Action::Close => return Step::Close,
            Action::Accept => return self.choose(self.chosen),
            Action::Next => self.chosen = (self.chosen + 1).min(found.saturating_sub(1)),
            Action::Previous => self.chosen = self.chosen.saturating_sub(1),
            Action::Stroke(stroke) => {
                self.line.stroke(stroke);
                self.chosen = 0;
            }
            _ => {}
        }
        Step::Stay
    }

    /// Does what stands at a place of what was found.
    pub fn choose(&mut self, at: usize) -> Step {
        self.found().get(at).map_or(Step::Stay, |binding| Step::Do(binding.action))
    }

    /// Returns the actions whose name or description has every typed word, those whose
    /// name begins so first.
    fn found(&self) -> Vec<&'static Binding> {
        let typed = self.line.text().to_lowercase();
        let typed: Vec<&str> = typed.split_whitespace().collect();
        let offered = |binding: &&Binding| {
            let has = |word: &&str| binding.name.contains(*word) || binding.help.to_lowercase().contains(*word);
            let is_here = binding.contexts.contains(&self.context) && binding.group != Group::Line;
            let is_other = !matches!(binding.action, Action::Palette | Action::Close);
            is_here && is_other && typed.iter().all(has)
        };
        let mut found: Vec<&Binding> = BINDINGS.iter().filter(offered).collect();
        let first = typed.first().copied().unwrap_or_default();
        found.sort_by_key(|binding| !(binding.name.starts_with(first) || binding.short.starts_with(first)));
        found
    }

    /// Draws the line and what it finds.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, keymap: &Keymap) {
        let glyphs = stage.glyphs();
        field(stage, area, ": ", &self.line);
        let mut area = below(area, 1);
        let found = self.found();
        if found.is_empty() {
            stage.row(area, &Row::new().with("nothing is called so", Role::Faint));
        }
        let from = (self.chosen + 1).saturating_sub(area.height.into());
        for (at, binding) in found.iter().enumerate().skip(from).take(area.height.into()) {
            let mut row = marker(at == self.chosen, glyphs);
            row.push(format!("{:<17}", binding.name), Role::Strong);
            let keys = keymap.names(binding, glyphs);
            row.push(format!("{keys:<8}"), Role::Faint);
            row.push(format!(" {}", binding.help), Role::Plain);
            stage.clickable(area, &row, Hit::Choice(at));
            area = below(area, 1);
        }
    }
}
