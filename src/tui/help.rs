//! The keys, made from their table.

use std::fmt::Write as _;

use ratatui::layout::Rect;

use super::stage::{Stage, right_of};
use super::step::Step;
use super::widget::wrapped;
use crate::beam::{Glyphs, Role, Row};
use crate::keymap::{Action, BINDINGS, Binding, Context, Group, Keymap};

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    context: Context,
    scroll: usize,
}

/// From this width on the groups stand in two columns.
const TWO_COLUMNS: u16 = 100;

impl Help {
    /// Shows the keys of a screen.
    pub fn of(context: Context) -> Self {
        Self { context, scroll: 0 }
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Close | Action::Accept => return Step::Close,
            action => self.scroll = super::step::moved(self.scroll, BINDINGS.len(), action),
        }
        Step::Stay
    }

    /// Draws the keys.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, keymap: &Keymap) {
        let glyphs = stage.glyphs();
        let groups = Group::SHOWN.map(|group| self.group(group, keymap, glyphs));
        if area.width >= TWO_COLUMNS {
            let [log, mend, go, see] = groups;
            let half = area.width / 2;
            let left: Vec<Row> = log.into_iter().chain([Row::new()]).chain(go).collect();
            let right: Vec<Row> = mend.into_iter().chain([Row::new()]).chain(see).collect();
            let from = self.scroll.min(left.len().max(right.len()).saturating_sub(area.height.into()));
            stage.rows(Rect { width: half.saturating_sub(2), ..area }, left.get(from..).unwrap_or_default());
            stage.rows(right_of(area, half), right.get(from..).unwrap_or_default());
            return;
        }
        let rows = groups.into_iter().flat_map(|group| group.into_iter().chain([Row::new()]));
        let rows: Vec<Row> = rows.flat_map(|row| wrapped(&row, area.width, 3)).collect();
        let from = self.scroll.min(rows.len().saturating_sub(area.height.into()));
        stage.rows(area, rows.get(from..).unwrap_or_default());
    }

    fn group(&self, group: Group, keymap: &Keymap, glyphs: Glyphs) -> Vec<Row> {
        let of_group = |binding: &&Binding| {
            binding.group == group && binding.contexts.contains(&self.context) && !keymap.keys(binding).is_empty()
        };
        let mut rows = vec![Row::new().with(group.title(), Role::Strong)];
        let mut likely = 0;
        for binding in BINDINGS.iter().filter(of_group) {
            if let Action::Likely(number) = binding.action {
                likely = number;
                continue;
            }
            if likely > 0 {
                rows.push(line(&format!("1 {} {likely}", glyphs.pick("…", "-")), "start a likely one"));
                likely = 0;
            }
            rows.push(line(&keymap.names(binding, glyphs), binding.help));
        }
        rows
    }
}

fn line(keys: &str, help: &str) -> Row {
    let mut row = Row::new().with(format!("  {keys}"), Role::Strong);
    row.pad_to(14);
    row.with(format!(" {help}"), Role::Plain)
}

/// Returns the keys as the README has them.
pub fn table() -> String {
    let mut table = String::from("| key | does |\n|---|---|\n");
    for group in Group::SHOWN {
        let _ = writeln!(table, "| **{}** | |", group.title());
        let of_group = |binding: &&Binding| binding.group == group && !binding.keys.is_empty();
        for binding in BINDINGS.iter().filter(of_group) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{}`", key.name(Glyphs::Unicode))).collect();
            let (keys, help) = match binding.action {
                Action::Likely(1) => ("`1` … `6`".to_owned(), "start a likely one"),
                Action::Likely(_) => continue,
                _ => (keys.join(" "), binding.help),
            };
            let _ = writeln!(table, "| {keys} | {help} |");
        }
    }
    table
}
