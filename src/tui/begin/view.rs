//! How the line that says what begins is drawn.

use ratatui::layout::Rect;

use super::super::stage::{Hit, Stage, below};
use super::super::widget::{self, field};
use super::super::world::World;
use super::{Begin, Choice, Understood};
use crate::beam::{Role, Row, kinds};
use crate::domain::{Ends, Kind};
use crate::report::{Words, words};

impl Begin {
    /// Draws the line, what was understood of it, and what is offered.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let label = match self.said {
            None => "now ",
            Some(Kind::Creating) => "create ",
            Some(Kind::Shaping) => "shape ",
            Some(_) => "take in ",
        };
        let said = self.said(world);
        if area.height == 1 && (self.asks || self.failure.is_some()) {
            return stage.row(area, &said);
        }
        let glyph = self.understood(world).ok().flatten().and_then(|understood| understood.kind);
        let glyph = glyph.map(|kind| format!("{} ", kinds::glyph(kind, stage.glyphs())));
        let label = if area.height == 1 { glyph.as_deref().unwrap_or(label) } else { label };
        field(stage, area, label, &world.as_shown(&self.line));
        let area = below(area, 1);
        let area = stage.rows(area, &widget::wrapped(&said, area.width, 2));
        if self.asks {
            return;
        }
        let area = if area.height > 2 { below(area, 1) } else { area };
        self.draw_offers(stage, area, world);
    }

    /// Returns what Enter does, or why it can't.
    fn said(&self, world: &World) -> Row {
        if self.asks {
            return widget::question(world.setting.glyphs);
        }
        if let Some(failure) = &self.failure {
            let mut row = Row::new();
            if let Some(kind) = self.kind_of_what_clashes(world) {
                row.push(format!("{} ", kinds::glyph(kind, world.setting.glyphs)), kinds::role(kind));
            }
            row.append(widget::failure(failure));
            if self.clash == crate::domain::Clash::Trim {
                let all = match self.in_the_way(world) {
                    Some((cut, 0)) if cut < 2 => "cuts it to make room".to_owned(),
                    Some((cut, out)) => format!("cuts {} and takes out {out}", words::count(cut, "block", "blocks")),
                    None => "cuts it to make room".to_owned(),
                };
                row.push(format!("  enter once more {all}"), Role::Faint);
            }
            return row;
        }
        match self.understood(world) {
            Ok(None) => Row::new().with("words, +tags, and when it was not now: @9:30  @15m  @9-10:30", Role::Faint),
            Ok(Some(understood)) => match self.preview(&understood, world) {
                Ok(()) => understood.row(world),
                Err(failure) => widget::failure(&failure),
            },
            Err(failure) => widget::failure(&failure),
        }
    }

    /// Returns the kind of what Enter would make room for: it is not to be a surprise.
    fn kind_of_what_clashes(&self, world: &World) -> Option<Kind> {
        let understood = self.understood(world).ok().flatten()?;
        understood.kind.filter(|_| self.clash == crate::domain::Clash::Trim)
    }

    fn draw_offers(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let glyphs = stage.glyphs();
        let mut area = area;
        for (at, offer) in self.offers.iter().enumerate() {
            let is_chosen = self.chosen == Some(Choice::Offer(at));
            let known = &offer.known;
            let mut row = widget::marker(is_chosen, glyphs);
            row.push(kinds::glyph(known.kind, glyphs), kinds::role(known.kind));
            row.push(" ", Role::Plain);
            match world.setting.words {
                Words::Shown => row.append(widget::matched(&known.activity, &offer.matched)),
                Words::Hidden => row.push(world.words(&known.activity), Role::Plain),
            }
            if let Some(habit) = &offer.habit {
                row.push(format!("   {}", widget::habit(habit, world.setting.calendar.face())), Role::Faint);
            }
            stage.clickable(area, &row, Hit::Choice(at));
            area = below(area, 1);
        }
        if self.chosen == Some(Choice::AsTyped) || (!self.offers.is_empty() && self.chosen.is_some()) {
            let mut row = widget::marker(self.chosen == Some(Choice::AsTyped), glyphs);
            row.push("  as you typed it", Role::Faint);
            stage.clickable(area, &row, Hit::Choice(self.offers.len()));
        }
    }
}

impl Understood {
    /// Returns what begins, when, and what ends with it.
    fn row(&self, world: &World) -> Row {
        let (look, glyphs) = (world.look(200), world.setting.glyphs);
        let mut row = Row::new().with(glyphs.pick("⏎ ", "= "), Role::Faint);
        match self.kind {
            Some(kind) => row.push(kinds::glyph(kind, glyphs), kinds::role(kind)),
            None => row.push("?", Role::Alert),
        }
        row.push(format!(" {}", world.words(&self.activity)), Role::Strong);
        for tag in &self.tags {
            row.push(format!(" +{}", world.words(tag)), Role::Faint);
        }
        let kind = self.kind.map_or("which kind? you are asked", Kind::done);
        row.push(format!("  {kind}"), Role::Plain);
        match self.end {
            Some(_) => row.push(format!("  {}", words::range(self.start, self.end, &look)), Role::Plain),
            None => row.push(format!("  since {}", words::moment(self.start, &look)), Role::Plain),
        }
        let ends =
            world.ledger.running().filter(|block| self.end.is_none() && world.ledger.ends(block) == Ends::Running);
        if let Some(block) = ends {
            row.push(format!("   {} ends", world.words(&block.activity)), Role::Faint);
        }
        if let Some(remark) = &self.remark {
            row.push(format!("   {remark}"), Role::Faint);
        }
        row
    }
}
