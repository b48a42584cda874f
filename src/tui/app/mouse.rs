//! The mouse: a click does what the key for the place does, and a border can be dragged.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::super::msg::Effect;
use super::super::stage::Hit;
use super::super::step::Step;
use super::{App, Over, Pick, Tab};
use crate::domain::{Border, Change, Edit, Id, Ledger, Lived, Mend};
use crate::keymap::Action;

/// A border that is dragged along the ribbon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// The block that ends there, and the one that begins there.
    pub blocks: (Option<Id>, Option<Id>),
    /// Where it has been dragged to; `None` before it moved.
    pub to: Option<Lived>,
}

impl Drag {
    /// Returns the edit that it comes to.
    pub fn edit(&self) -> Option<Edit> {
        let to = self.to?;
        let (id, mend) = match self.blocks {
            (Some(id), _) => (id, Mend { end: Some(to), ..Mend::default() }),
            (None, Some(id)) => (id, Mend { start: Some(to), ..Mend::default() }),
            (None, None) => return None,
        };
        Some(Edit::Mend { id, mend, border: Border::Shared })
    }
}

impl App {
    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        self.last_key = self.world.now;
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => match self.hits.at(event.column, event.row) {
                Some(hit) => self.click(hit),
                None => Vec::new(),
            },
            MouseEventKind::Drag(MouseButton::Left) => {
                let to = self.hits.time_at(event.column);
                if let Some(drag) = &mut self.drag {
                    drag.to = to.or(drag.to);
                }
                Vec::new()
            }
            MouseEventKind::Up(MouseButton::Left) => self.drop_border(),
            MouseEventKind::ScrollDown => self.scroll(Action::Down),
            MouseEventKind::ScrollUp => self.scroll(Action::Up),
            _ => Vec::new(),
        }
    }

    fn scroll(&mut self, way: Action) -> Vec<Effect> {
        let way = match (&self.over, way) {
            (Some(Over::Begin(_) | Over::Palette(_) | Over::Sparks(_)), Action::Down) => Action::Next,
            (Some(Over::Begin(_) | Over::Palette(_) | Over::Sparks(_)), _) => Action::Previous,
            (Some(Over::Help(_)) | None, way) => way,
            _ => return Vec::new(),
        };
        if self.context() == super::Context::Finder && self.over.is_none() {
            return self.select(way);
        }
        self.wish(way)
    }

    fn click(&mut self, hit: Hit) -> Vec<Effect> {
        match hit {
            Hit::Do(action) => {
                let is_tab = Tab::ALL.iter().any(|tab| tab.label().1 == action);
                if is_tab {
                    // What is typed is not closed by a click beside it.
                    self.over = self.over.take().filter(|over| !matches!(over, Over::Help(_) | Over::Palette(_)));
                }
                self.wish(action)
            }
            Hit::Line(at) if self.over.is_none() => {
                if self.tab == Tab::Journal {
                    return self.journal.select_at(at).into_iter().collect();
                }
                if self.tab == Tab::Week {
                    return self.choose_on_week(at);
                }
                if self.tab == Tab::Trend {
                    self.trend.choose_at(at);
                    return Vec::new();
                }
                self.select_line(at);
                Vec::new()
            }
            Hit::Entry(spot) if self.over.is_none() => {
                self.choose_entry(spot);
                Vec::new()
            }
            Hit::Choice(at) => self.over_step(|over, world, _| over.choose(at, world)),
            Hit::Field(at) => self.over_step(|over, _, _| {
                match over {
                    Over::Form(form) => form.focus(at),
                    Over::Reflect(reflect) => reflect.focus(at),
                    _ => {}
                }
                Step::Stay
            }),
            Hit::Time(at, minutes) if self.over.is_none() => {
                self.pick_at(at, minutes);
                Vec::new()
            }
            Hit::Border(left, right) if self.over.is_none() => {
                self.drag = Some(Drag { blocks: (left, right), to: None });
                if let Some(block) = left.or(right).and_then(|id| self.shown_ledger().get(id)) {
                    self.pick = Some(Pick { block: Some(block.id), start: block.start });
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Selects what was going on in a cell of the ribbon.
    fn pick_at(&mut self, at: Lived, minutes: i64) {
        let middle = at + chrono::TimeDelta::seconds(minutes * 30);
        let ledger = self.shown_ledger();
        let stretches = ledger.stretches();
        let found = stretches.iter().find(|stretch| stretch.start <= middle && middle < stretch.end);
        self.pick = Some(match found {
            Some(stretch) => Pick { block: Some(stretch.block.id), start: stretch.start },
            None => Pick { block: None, start: at },
        });
    }

    fn drop_border(&mut self) -> Vec<Effect> {
        let Some(drag) = self.drag else { return Vec::new() };
        self.drag = drag.to.and(self.drag);
        match (drag.edit(), drag.to) {
            (Some(edit), Some(to)) => self.change_at(edit, to),
            _ => Vec::new(),
        }
    }

    /// Returns the blocks as they would be were the border let go here.
    pub fn dragged(&self) -> Option<Ledger> {
        let edit = self.drag?.edit()?;
        let ledger = self.shown_ledger();
        let change: Change = self.world.try_on(ledger, &edit).ok()?;
        Some(ledger.after(&change))
    }
}
