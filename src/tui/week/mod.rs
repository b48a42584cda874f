//! The week: seven levers laid down, what the time went into, and what of it is lifted off
//! the beam.

mod blocks;
mod view;

use std::cell::Cell;

use chrono::NaiveDate;

use super::step::moved;
use crate::domain::{Beside, Block, Lifts, Review, Week};
use crate::keymap::Action;
use crate::report::Look;
use crate::report::week::lists::{Lists, Named, Spot};
use blocks::BlocksOf;
pub use view::draw;

/// The week screen.
#[derive(Debug, Default)]
pub struct WeekScreen {
    /// What is selected, once something was.
    pick: Option<Pick>,
    /// What is lifted off the beam.
    lifts: Lifts,
    /// The blocks of an entry, while they are shown.
    opened: Option<BlocksOf>,
    /// What the weeks around a week say of it, once they were read.
    beside: Option<(Week, Beside)>,
    /// How it was drawn last: what is beside what depends on it.
    drawn: Cell<Drawn>,
}

/// How the screen was drawn last.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    /// How wide.
    columns: u16,
    /// Whether there was no room for the levers and the lists at once.
    is_small: bool,
    /// The first line of the lists that was seen.
    from: usize,
}

impl Default for Drawn {
    /// Keys may come before the first picture: then there is room for all.
    fn default() -> Self {
        Self { columns: u16::MAX, is_small: false, from: 0 }
    }
}

/// What is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pick {
    /// A day of the week, by its number.
    Day(usize),
    /// An entry of the lists.
    Entry(Named),
}

/// What an Enter leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Leads {
    /// A day, and the block of it that is to be selected.
    To(NaiveDate, Option<Block>),
    /// Nowhere else.
    Nowhere,
}

impl WeekScreen {
    /// Returns what is lifted off the beam.
    pub fn lifts(&self) -> &Lifts {
        &self.lifts
    }

    /// Returns what the weeks around a week say of it, if they were read.
    pub fn beside(&self, week: Week) -> Beside {
        self.beside.as_ref().filter(|(read, _)| *read == week).map(|(_, beside)| beside.clone()).unwrap_or_default()
    }

    /// Takes in what the weeks around a week say of it.
    pub fn take(&mut self, week: Week, beside: Beside) {
        self.beside = Some((week, beside));
    }

    /// Another week is shown: what was selected by its place is not there, and what was lifted
    /// off this one is nothing to it.
    pub fn turn(&mut self) {
        self.opened = None;
        self.lifts = Lifts::default();
        self.drawn.set(Drawn { from: 0, ..self.drawn.get() });
    }

    /// Whether the blocks of an entry are shown.
    pub fn has_opened(&self) -> bool {
        self.opened.is_some()
    }

    /// Closes what is open, or puts back what is lifted.
    pub fn close(&mut self) {
        if self.opened.take().is_none() {
            self.lifts = Lifts::default();
        }
    }

    /// Selects another day, entry or block.
    pub fn select(&mut self, action: Action, review: &Review<'_>, look: &Look<'_>) {
        if let Some(opened) = &mut self.opened {
            return opened.select(action, review);
        }
        let lists = Lists::of(review, look);
        let at = self.selected(&lists, review, look);
        self.pick = Some(match action {
            Action::Left => beside(&lists, &at, -1),
            Action::Right => beside(&lists, &at, 1),
            action => below(&lists, &at, action),
        });
    }

    /// Selects a day, or a block of those that are shown; one that is selected opens.
    pub fn choose(&mut self, at: usize, review: &Review<'_>, look: &Look<'_>) -> Leads {
        let is_selected = match &self.opened {
            Some(opened) => opened.at_of(review) == at,
            None => self.selected(&Lists::of(review, look), review, look) == Pick::Day(at),
        };
        if is_selected {
            return self.open(review, look);
        }
        match &mut self.opened {
            Some(opened) => opened.select_at(at, review),
            None => self.pick = Some(Pick::Day(at)),
        }
        Leads::Nowhere
    }

    /// Selects an entry; one that is selected is lifted.
    pub fn choose_entry(&mut self, spot: Spot, review: &Review<'_>, look: &Look<'_>) {
        let lists = Lists::of(review, look);
        let Some((_, named)) = lists.spots().find(|(found, _)| *found == spot) else { return };
        let pick = Pick::Entry(named.clone());
        if self.selected(&lists, review, look) == pick {
            return self.lifts.turn(&named.subject);
        }
        self.pick = Some(pick);
    }

    /// Lifts what is selected off the beam, counts it as made, or puts it back.
    pub fn lift(&mut self, review: &Review<'_>, look: &Look<'_>) -> bool {
        let subject = match &self.opened {
            Some(opened) => Some(opened.of().clone()),
            None => match self.selected(&Lists::of(review, look), review, look) {
                Pick::Entry(named) => Some(named.subject),
                Pick::Day(_) => None,
            },
        };
        if let Some(subject) = &subject {
            self.lifts.turn(subject);
        } else {
            // The lists are below, perhaps not seen yet.
            let first = Lists::of(review, look).spots().next().map(|(_, named)| Pick::Entry(named.clone()));
            self.pick = first.or(self.pick.take());
        }
        subject.is_some()
    }

    /// Opens what is selected: a day, the blocks of an entry, the day of a block.
    pub fn open(&mut self, review: &Review<'_>, look: &Look<'_>) -> Leads {
        if let Some(opened) = &self.opened {
            return opened.open(review);
        }
        match self.selected(&Lists::of(review, look), review, look) {
            Pick::Day(day) => review.was.days.get(day).map_or(Leads::Nowhere, |day| Leads::To(day.day, None)),
            Pick::Entry(named) => {
                self.opened = Some(BlocksOf::new(named.subject));
                Leads::Nowhere
            }
        }
    }

    /// Returns the day that is selected, if one is.
    pub fn day(&self, review: &Review<'_>, look: &Look<'_>) -> Option<NaiveDate> {
        match self.selected(&Lists::of(review, look), review, look) {
            Pick::Day(day) => review.was.days.get(day).map(|day| day.day),
            Pick::Entry(..) => None,
        }
    }

    /// Returns how wide the lists were drawn last.
    pub fn columns(&self) -> u16 {
        self.drawn.get().columns
    }

    /// Returns what is selected: what was, where it is still there; else the first entry, or,
    /// where the levers alone have room, the day that it is.
    fn selected(&self, lists: &Lists, review: &Review<'_>, look: &Look<'_>) -> Pick {
        match &self.pick {
            Some(Pick::Entry(named)) if spot_of(lists, named).is_none() => {}
            Some(pick) => return pick.clone(),
            None => {}
        }
        let today = review.was.days.iter().position(|day| day.day == look.today()).unwrap_or_default();
        match lists.spots().next() {
            Some((_, named)) if !self.drawn.get().is_small || self.pick.is_some() => Pick::Entry(named.clone()),
            _ => Pick::Day(today),
        }
    }
}

/// The days of a week.
const DAYS: usize = 7;

/// Returns where an entry stands.
fn spot_of(lists: &Lists, named: &Named) -> Option<Spot> {
    lists.spots().find(|(_, of)| *of == named).map(|(spot, _)| spot)
}

/// Returns what is reached up or down: the days, then the entries of one column.
fn below(lists: &Lists, from: &Pick, action: Action) -> Pick {
    let spot = match from {
        Pick::Day(_) => None,
        Pick::Entry(named) => spot_of(lists, named),
    };
    let column = spot.map_or(0, |spot| spot.column);
    let entries: Vec<(Spot, &Named)> = lists.spots().filter(|(spot, _)| spot.column == column).collect();
    let at = match from {
        Pick::Day(day) => *day,
        Pick::Entry(_) => DAYS + entries.iter().position(|(of, _)| Some(*of) == spot).unwrap_or_default(),
    };
    let to = moved(at, DAYS + entries.len(), action);
    match to.checked_sub(DAYS).and_then(|entry| entries.get(entry)) {
        Some((_, named)) => Pick::Entry((*named).clone()),
        None => Pick::Day(to.min(DAYS - 1)),
    }
}

/// Returns the entry beside this one, in the next column that has any.
fn beside(lists: &Lists, from: &Pick, by: isize) -> Pick {
    let Pick::Entry(named) = from else { return from.clone() };
    let Some(from_spot) = spot_of(lists, named) else { return from.clone() };
    let to = from_spot.column.checked_add_signed(by);
    let nearest = lists
        .spots()
        .filter(|(spot, _)| Some(spot.column) == to)
        .min_by_key(|(spot, _)| spot.line.abs_diff(from_spot.line));
    nearest.map_or_else(|| from.clone(), |(_, named)| Pick::Entry(named.clone()))
}
