//! All blocks, of any month, the newest first; and the search in them.
//!
//! Never is more than one page asked for at a time: what is typed meanwhile is served
//! before the next. What is kept in mind is bounded, however long the journal is.

mod list;
mod search;
#[cfg(test)]
mod tests;
mod view;

use chrono::NaiveDate;

use super::line::Inserted;
use super::msg::{Asked, Effect, Page};
use crate::domain::{Block, Calendar, Change};
use crate::keymap::Action;
use list::List;
use search::{Query, Search};

/// All blocks, loaded as they are scrolled to.
#[derive(Debug, Default)]
pub struct JournalScreen {
    is_open: bool,
    all: List,
    search: Option<Search>,
    /// The page that was asked for and has not come yet.
    waiting: Option<Asked>,
    /// Whether the journal was changed since that was asked.
    has_changed: bool,
    /// Whether a page could not be read: then none is asked for until somebody wants more.
    is_stuck: bool,
    /// The first day of the newest page.
    newest: Option<NaiveDate>,
}

impl JournalScreen {
    /// Whether a line is typed that is searched for.
    pub fn is_searching(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.is_typing)
    }

    /// Opens the screen.
    pub fn open(&mut self) -> Option<Effect> {
        self.is_open = true;
        self.read_again()
    }

    /// Leaves the screen: all but the newest page is let go, and the search with it.
    pub fn leave(&mut self) {
        self.is_open = false;
        self.search = None;
        self.all.let_go_before(self.newest.unwrap_or(NaiveDate::MIN));
    }

    /// Opens the line that is searched for, or goes back to it.
    pub fn search(&mut self) {
        self.search.get_or_insert_default().is_typing = true;
        self.all.stay();
    }

    /// Does what a key means while the line is typed.
    pub fn act_while_searching(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Close => return self.close_search(),
            Action::Accept => return self.accept(),
            Action::Next => return self.select(Action::Down),
            Action::Previous => return self.select(Action::Up),
            Action::Stroke(stroke) => {
                self.search.as_mut()?.line.stroke(stroke);
            }
            _ => return None,
        }
        self.look()
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) -> (Inserted, Option<Effect>) {
        let Some(search) = &mut self.search else { return (Inserted::All, None) };
        let inserted = search.line.insert(text);
        (inserted, self.look())
    }

    /// Goes from the line to what was found; an empty line closes.
    fn accept(&mut self) -> Option<Effect> {
        match &mut self.search {
            Some(search) if !search.query.is_empty() => {
                search.is_typing = false;
                None
            }
            _ => self.close_search(),
        }
    }

    /// Closes the search. What was selected in it stays selected, if it is at hand.
    pub fn close_search(&mut self) -> Option<Effect> {
        self.all.stay();
        if let Some(search) = self.search.take().filter(|search| !search.query.is_empty()) {
            self.all.select_same(&search.found);
        }
        self.ask()
    }

    /// Looks for what the line means now.
    fn look(&mut self) -> Option<Effect> {
        let search = self.search.as_mut()?;
        let query = Query::of(search.line.text());
        if query != search.query {
            let wants = |block: &Block| query.finds(block);
            if !search.query.is_empty() && query.narrows(&search.query) {
                search.found.keep_only(wants);
            } else if query.is_empty() {
                search.found = List::default();
            } else {
                search.found = self.all.only(wants);
            }
            search.query = query;
        }
        self.is_stuck = false;
        self.ask()
    }

    /// Selects another block.
    pub fn select(&mut self, action: Action) -> Option<Effect> {
        self.shown_mut().select(action);
        self.is_stuck = false;
        self.ask()
    }

    /// Selects the block of this number.
    pub fn select_at(&mut self, number: usize) -> Option<Effect> {
        self.shown_mut().stay();
        self.shown_mut().select_at(number);
        self.ask()
    }

    /// Returns the block that is selected.
    pub fn selected(&self) -> Option<&Block> {
        self.shown().selected()
    }

    /// Takes in a page.
    pub fn take(&mut self, page: Page, calendar: &Calendar) -> Option<Effect> {
        let asked = page.asked;
        if self.waiting != Some(asked) {
            return None;
        }
        self.waiting = None;
        if !self.is_open {
            return None;
        }
        if asked == Asked::Down(None) {
            self.newest = page.since;
        }
        match &mut self.search {
            Some(Search { query, found, .. }) if !query.is_empty() => {
                found.lay(page, calendar, |block| query.finds(block));
            }
            _ => self.all.lay(page, calendar, |_| true),
        }
        if std::mem::take(&mut self.has_changed) {
            self.doubt();
        } else {
            // To ask the same once more would bring the same.
            self.is_stuck = self.question() == Some(asked);
        }
        self.ask()
    }

    /// Takes in that the page that was asked for could not be read.
    pub fn not_read(&mut self) {
        self.waiting = None;
        self.is_stuck = true;
        self.shown_mut().stay();
    }

    /// Takes in a change right away, before what is loaded is read again.
    pub fn change(&mut self, change: &Change, calendar: &Calendar) {
        self.all.change(change, calendar, |_| true);
        if let Some(Search { query, found, .. }) = &mut self.search {
            found.change(change, calendar, |block| query.finds(block));
        }
    }

    /// Reads again what is loaded.
    pub fn read_again(&mut self) -> Option<Effect> {
        if !self.is_open {
            return None;
        }
        self.is_stuck = false;
        self.has_changed = self.waiting.is_some();
        self.doubt();
        self.ask()
    }

    fn doubt(&mut self) {
        self.all.doubt();
        if let Some(search) = &mut self.search {
            search.found.doubt();
        }
    }

    /// Asks for the page that what is shown lacks, unless one is on its way.
    fn ask(&mut self) -> Option<Effect> {
        if !self.is_open || self.is_stuck || self.waiting.is_some() {
            return None;
        }
        self.waiting = self.question();
        self.waiting.map(Effect::ReadPage)
    }

    fn question(&self) -> Option<Asked> {
        self.shown().question(self.newest.unwrap_or(NaiveDate::MIN))
    }

    fn shown(&self) -> &List {
        match &self.search {
            Some(search) if !search.query.is_empty() => &search.found,
            _ => &self.all,
        }
    }

    fn shown_mut(&mut self) -> &mut List {
        match &mut self.search {
            Some(search) if !search.query.is_empty() => &mut search.found,
            _ => &mut self.all,
        }
    }
}
