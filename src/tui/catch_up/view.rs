//! How the lines that say what was are drawn.

use ratatui::layout::Rect;

use super::super::stage::{Stage, below, cells, right_of};
use super::super::widget;
use super::super::world::World;
use super::{CatchUp, Occasion};
use crate::beam::row::{fitting, width};
use crate::beam::{Role, Row, kinds};
use crate::domain::{Entry, Kind};
use crate::report::words;

/// Where the end of a line stands, counted from its beginning, in a wide pane.
const END: u16 = 38;

/// Below this height, the lines need the room of the heading.
const HEADED: u16 = 8;

impl CatchUp {
    /// Draws the lines so far, the one that is typed, and what it may mean.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let said = self.said(world);
        if area.height == 1 {
            if self.must_be_read() {
                stage.row(area, &joined(&said));
            } else {
                self.draw_line(stage, area, world);
            }
            return;
        }
        let area = self.draw_head(stage, area, world);
        let said_below = 2;
        let room = usize::from(area.height.saturating_sub(said_below).max(1));
        let at = self.at();
        let lines = self.entries.len().max(at + 1);
        // The line that is typed, or chosen, is seen, and as many others as fit.
        let seen = self.chosen.unwrap_or(at);
        let from = (seen + 1).saturating_sub(room).min(lines.saturating_sub(room));
        let mut area = area;
        for place in (from..lines).take(room) {
            match self.entries.get(place) {
                Some(entry) if place != at => {
                    stage.row(area, &Self::entry_row(entry, self.chosen == Some(place), area.width, world));
                }
                _ => self.draw_line(stage, area, world),
            }
            area = below(area, 1);
        }
        let columns = area.width.saturating_sub(7);
        let rows: Vec<Row> = said.iter().flat_map(|row| widget::wrapped(row, columns, 2)).collect();
        stage.rows(right_of(area, 7.min(area.width / 4)), &rows);
    }

    /// Whether what is said matters more than the line, where there is room for one.
    fn must_be_read(&self) -> bool {
        self.asks || self.leaves || self.failure.is_some()
    }

    fn draw_head(&self, stage: &mut Stage<'_>, area: Rect, world: &World) -> Rect {
        if area.height < HEADED || self.occasion == Occasion::FirstDay {
            return area;
        }
        let (since, until) = (self.begins(&self.entries), self.limit.unwrap_or_else(|| world.lived_now()));
        let look = world.look(area.width);
        let mut head = Row::new()
            .with(format!("since {}", words::moment(since, &look)), Role::Strong)
            .with(format!("  {}", words::length(until - since)), Role::Plain);
        let what = "   what was it?  A line each; an empty line saves all as one change";
        if cells(&head) + u16::try_from(width(what)).unwrap_or(u16::MAX) <= area.width {
            head.push(what, Role::Faint);
        }
        stage.row(area, &head);
        below(area, 2)
    }

    fn entry_row(entry: &Entry, is_chosen: bool, columns: u16, world: &World) -> Row {
        let glyphs = world.setting.glyphs;
        let mark = if is_chosen { glyphs.pick("›", ">") } else { " " };
        let mut row = Row::new()
            .with(mark, Role::Strong)
            .with(format!("{}  ", words::in_list(entry.start, &world.setting.calendar)), Role::Plain);
        row.push(kinds::glyph(entry.doing.kind, glyphs), kinds::role(entry.doing.kind));
        let end = entry.end.map_or_else(|| "now".to_owned(), |end| words::read(end, &world.setting.calendar));
        let end = format!("  {} {end}", glyphs.pick("⇥", "->"));
        let room = usize::from(columns.min(END)).saturating_sub(row.width() + 1 + width(&end));
        let activity = world.words(&entry.doing.activity);
        row.push(format!(" {}", fitting(&activity, room)), Role::Plain);
        row.pad_to(usize::from(columns.min(END)).saturating_sub(width(&end)));
        row.push(end, Role::Faint);
        let meaning = meaning(entry.doing.kind);
        if row.width() + 4 + width(meaning) <= usize::from(columns) {
            row.push(format!("    {:<11} {meaning}", entry.doing.kind.word()), Role::Faint);
        }
        row
    }

    fn draw_line(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let from = self.from(world);
        let is_all = from >= self.until(world);
        let label = if is_all && self.line.is_empty() {
            format!(" {}  that is all: enter saves it  ", words::in_list(from, &world.setting.calendar))
        } else {
            format!(" {}  ", words::in_list(from, &world.setting.calendar))
        };
        widget::field(stage, area, &label, &world.as_shown(&self.line));
    }

    /// Returns what was understood of the line, or what may be done with an empty one.
    fn said(&self, world: &World) -> Vec<Row> {
        let glyphs = world.setting.glyphs;
        if self.asks {
            return vec![widget::question(glyphs)];
        }
        if self.leaves {
            let lines = words::count(self.entries.len(), "line", "lines");
            let asked = format!("esc once more drops {lines}; enter on an empty line saves");
            return vec![Row::new().with(asked, Role::Alert)];
        }
        if let Some(failure) = &self.failure {
            return vec![widget::failure(failure)];
        }
        if self.chosen.is_some() {
            return vec![Row::new().with("shift-tab turns its kind, enter mends it, delete takes it out", Role::Faint)];
        }
        if self.line.text().trim().is_empty() {
            let hint = match self.entries.len() {
                0 => "what it was, tab, and when it ended: 10:30, 45m or now",
                _ => "enter on an empty line saves all of it; up goes to the lines above",
            };
            return vec![Row::new().with(hint, Role::Faint)];
        }
        let mut rows = match self.entry(world) {
            Ok((entry, kind)) => vec![understood(&entry, kind, world)],
            Err(failure) => vec![widget::failure(&failure)],
        };
        if self.line.text().ends_with('\t') {
            let asked = "when did it end?  10:30, 45m or now; ctrl-u for another line";
            rows.push(Row::new().with(asked, Role::Faint));
        }
        rows.extend(self.offers.iter().map(|offer| {
            let mut row = Row::new().with(kinds::glyph(offer.known.kind, glyphs), kinds::role(offer.known.kind));
            row.push(format!(" {}", world.words(&offer.known.activity)), Role::Plain);
            if let Some(habit) = &offer.habit {
                row.push(format!("   {}", widget::habit(habit, world.setting.calendar.face())), Role::Faint);
            }
            row
        }));
        rows
    }
}

fn joined(rows: &[Row]) -> Row {
    rows.iter().cloned().fold(Row::new(), |mut all, row| {
        all.append(row);
        all
    })
}

fn understood(entry: &Entry, kind: Option<Kind>, world: &World) -> Row {
    let glyphs = world.setting.glyphs;
    let mut row = Row::new();
    match kind {
        Some(kind) => row.push(kinds::glyph(kind, glyphs), kinds::role(kind)),
        None => row.push("?", Role::Alert),
    }
    row.push(format!(" {}", world.words(&entry.doing.activity)), Role::Strong);
    for tag in &entry.doing.tags {
        row.push(format!(" +{}", world.words(tag)), Role::Faint);
    }
    row.push(format!("  {}", kind.map_or("which kind? you are asked", Kind::done)), Role::Plain);
    row.push(format!("  {}", words::range(entry.start, entry.end, &world.look(200))), Role::Plain);
    let length = entry.end.map(|end| words::length(words::between(entry.start, end)));
    row.push(format!("  {}", length.unwrap_or_default()), Role::Faint);
    row
}

/// Returns what a kind means, to somebody who sees it for the first time.
fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Creating => "you made it",
        Kind::Shaping => "someone grew by it",
        Kind::Consuming => "you took it in",
        Kind::Off => "not work",
    }
}
