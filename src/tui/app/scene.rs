//! What is to be seen of a day, worked out of the blocks at each draw.

use super::App;
use crate::domain::{Block, DayBalance, Days, Id, Ledger, Likely, Lived, WeekBalance};
use crate::notation;
use crate::report::list::{DayList, Line, What};
use crate::report::{Look, Words};
use crate::text::Text;

/// A line of the day's list, as it was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The block; `None` for a gap.
    pub block: Option<Id>,
    /// Where it began.
    pub start: Lived,
}

/// What is to be seen of the day that is shown.
pub struct Scene<'a> {
    /// Its balance.
    pub day: DayBalance<'a>,
    /// The balance of its week.
    pub week: WeekBalance<'a>,
    /// What runs now.
    pub running: Option<&'a Block>,
    /// The device that started it, if it is not this one.
    pub device: Option<&'a Text>,
    /// Whether it is today.
    pub is_today: bool,
}

/// So many are offered.
const LIKELY: usize = 6;

impl App {
    /// Works out the day that is shown, from these blocks.
    pub fn scene<'a>(&'a self, ledger: &'a Ledger) -> Scene<'a> {
        let day = self.shown_day();
        let days = Days::of(ledger, &self.world.setting.calendar);
        let running = self.world.ledger.running();
        Scene {
            day: self.world.day(&days, day),
            week: self.world.week(&days, day),
            running,
            device: running.and_then(|block| self.world.ledger.elsewhere(block.id)),
            is_today: day == self.world.today(),
        }
    }

    /// Returns from when to when the day lasts that is shown.
    pub(super) fn shown_span(&self) -> (Lived, Lived) {
        self.world.setting.calendar.day_at_home_bounds(self.shown_day())
    }

    /// Returns the lines of the day that is shown.
    pub fn list<'l>(&self, scene: &Scene<'_>, look: &'l Look<'l>, words: Words) -> DayList<'l> {
        DayList::of(&scene.day, scene.running, look, words)
    }

    /// Returns which line is selected: the one that was picked, or what has taken its
    /// place; else the first gap of today, the one thing that needs a hand; else the last.
    pub fn selected(&self, list: &DayList<'_>) -> Option<usize> {
        let lines = list.lines();
        let picked = self.pick.and_then(|pick| {
            let same = |what: What| pick.block.is_some() && block_of(what) == pick.block;
            let nearest = || {
                let distance = |at: Lived| (at - pick.start).num_seconds().abs();
                (0..lines.len()).min_by_key(|&at| lines.get(at).map(|line| distance(line.start())))
            };
            lines.iter().position(|line| same(line.what())).or_else(nearest)
        });
        let gap = || lines.iter().position(|line| matches!(line.what(), What::Gap(_)));
        picked.or_else(gap).or_else(|| lines.len().checked_sub(1))
    }

    /// Returns what is selected on the day that is shown.
    pub fn picked(&self) -> Option<What> {
        let ledger = self.shown_ledger();
        let scene = self.scene(ledger);
        let look = self.world.look(80);
        let list = self.list(&scene, &look, Words::Shown);
        let at = self.selected(&list)?;
        list.lines().get(at).map(Line::what)
    }

    /// Returns the block that is selected, on whichever screen.
    pub fn picked_block(&self) -> Option<Block> {
        if self.tab == super::Tab::Journal {
            return self.journal.selected().cloned();
        }
        let id = block_of(self.picked()?)?;
        self.shown_ledger().get(id).or_else(|| self.world.ledger.get(id)).cloned()
    }

    /// Returns what is likely to begin next, of the kind that the settings give it; one less where
    /// a spark fits, which comes last.
    pub fn likely(&self) -> Vec<Likely> {
        let running = self.world.ledger.running().map(|block| &block.activity);
        let most = if self.fitting().is_some() { LIKELY - 1 } else { LIKELY };
        let mut likely = self.world.past.likely(self.world.lived_now(), running, most);
        for next in &mut likely {
            let ruled = notation::ruled(&next.activity, &next.tags, &self.world.setting.kinds);
            next.kind = ruled.unwrap_or(next.kind);
        }
        likely
    }
}

/// Returns the block that a line is about; a gap is about none.
pub(super) fn block_of(what: What) -> Option<Id> {
    match what {
        What::Block(id) => Some(id),
        What::Gap(_) => None,
    }
}

impl Pick {
    /// Picks a line.
    pub(super) fn of(line: &Line) -> Self {
        Self { block: block_of(line.what()), start: line.start() }
    }
}
