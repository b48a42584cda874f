//! The part of the journal that is at hand: days in a row, never too many of them.
//!
//! It says which page it lacks, and takes pages in whatever order they come. A page says
//! everything of its days, so to read days again is to lay their page over them.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::msg::{Asked, PAGE, Page};
use super::super::step::moved;
use crate::domain::{Block, Calendar, Change, Id, Lived};
use crate::keymap::Action;

/// With fewer lines than this to either end, more is read: a view is not higher.
const NEAR: usize = 60;
/// No more lines are kept than this, however long the journal: what is farthest from the
/// selected one is let go, and read again when one comes back.
const MOST: usize = if cfg!(test) { 200 } else { 3_000 };
/// So many days are read again at once; the others page by page.
const AT_ONCE: TimeDelta = TimeDelta::days(100);

/// Where a line stands: later ones have a larger place.
pub(super) type Place = (NaiveDate, DateTime<Utc>, Id);

/// A block, as a line of the list.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The logical day it belongs to.
    pub(super) day: NaiveDate,
    /// The block.
    pub(super) block: Block,
    /// Where it ended, if it does not say so and another ended it.
    pub(super) ended: Option<Lived>,
}

impl Line {
    fn of(block: Block, calendar: &Calendar) -> Self {
        Self { day: calendar.day_of_block(&block), block, ended: None }
    }

    fn place(&self) -> Place {
        (self.day, self.block.began(), self.block.id)
    }
}

/// Days in a row, without the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    /// The first; [`NaiveDate::MIN`] where there is nothing before it.
    since: NaiveDate,
    /// The first after it; [`NaiveDate::MAX`] where there is nothing after it.
    until: NaiveDate,
}

impl Span {
    fn of(page: &Page) -> Self {
        let until = match page.asked {
            Asked::Down(_) => NaiveDate::MAX,
            Asked::Before(day) => day,
        };
        Self { since: page.since.unwrap_or(NaiveDate::MIN), until }
    }

    fn holds(self, day: NaiveDate) -> bool {
        (self.since..self.until).contains(&day)
    }

    /// Whether the two leave no day out between them.
    fn meets(self, other: Self) -> bool {
        self.since <= other.until && other.since <= self.until
    }

    fn with(self, other: Self) -> Self {
        Self { since: self.since.min(other.since), until: self.until.max(other.until) }
    }
}

/// How much of what is at hand is as the journal has it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fresh {
    /// All of it.
    All,
    /// What is on this day or later.
    Since(NaiveDate),
    /// Nothing: the journal was changed.
    Nothing,
}

/// What is to be selected, once it is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// The first.
    First,
    /// What was done last: days off may lie months ahead.
    Newest,
    /// The last, however far it is.
    Last,
}

/// The part of the journal that is at hand, the newest first, and what is selected of it.
#[derive(Clone, Debug)]
pub(super) struct List {
    lines: Vec<Line>,
    /// Which days it has all of; `None` before anything was read.
    span: Option<Span>,
    fresh: Fresh,
    selected: Option<Place>,
    goal: Option<Goal>,
    /// The first that is seen; `None` for the first of all.
    top: Cell<Option<Place>>,
}

impl Default for List {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            span: None,
            fresh: Fresh::All,
            selected: None,
            goal: Some(Goal::Newest),
            top: Cell::new(None),
        }
    }
}

impl List {
    /// Returns its lines, the newest first.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns the number of the line that is selected: of the block that was selected, or
    /// of the next older one where it is gone.
    pub(super) fn at(&self) -> usize {
        self.selected.map_or(0, |place| self.number(place))
    }

    /// Returns the block that is selected.
    pub(super) fn selected(&self) -> Option<&Block> {
        self.lines.get(self.at()).map(|line| &line.block)
    }

    /// Returns the first day that was looked at; `None` where there is nothing before it.
    pub(super) fn since(&self) -> Option<NaiveDate> {
        self.span.map(|span| span.since).filter(|since| *since > NaiveDate::MIN)
    }

    fn number(&self, place: Place) -> usize {
        let at = self.lines.partition_point(|line| line.place() > place);
        at.min(self.lines.len().saturating_sub(1))
    }

    /// Returns the page that it lacks most. `newest` is the first day of the newest page.
    pub(super) fn question(&self, newest: NaiveDate) -> Option<Asked> {
        let Some(span) = self.span else { return Some(Asked::Down(None)) };
        match self.fresh {
            Fresh::Nothing => return Some(self.question_again(span)),
            Fresh::Since(day) => return Some(Asked::Before(day)),
            Fresh::All => {}
        }
        let at = self.at();
        let nears_end = self.goal == Some(Goal::Last) || self.lines.len() - at.min(self.lines.len()) <= NEAR;
        if nears_end && span.since > NaiveDate::MIN {
            return Some(Asked::Before(span.since));
        }
        let nears_start = at < NEAR && span.until < NaiveDate::MAX;
        let next = span.until.checked_add_signed(PAGE).filter(|next| *next <= newest);
        nears_start.then(|| next.map_or(Asked::Down(Some(span.until)), Asked::Before))
    }

    /// Returns the first page of those that are read again.
    fn question_again(&self, span: Span) -> Asked {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return Asked::Down(None) };
        if span.until < NaiveDate::MAX {
            return Asked::Before(span.until);
        }
        let oldest = if span.since > NaiveDate::MIN { span.since } else { last.day };
        let at_once = first.day.checked_sub_signed(AT_ONCE).unwrap_or(NaiveDate::MIN);
        Asked::Down(Some(oldest.max(at_once)))
    }

    /// Says that nothing is sure to be as the journal has it now.
    pub(super) fn doubt(&mut self) {
        if self.span.is_some() {
            self.fresh = Fresh::Nothing;
        }
    }

    /// Takes in a page; of its blocks, those that are wanted. A page that leaves days out
    /// between itself and what is at hand was asked for by somebody else.
    pub(super) fn lay(&mut self, page: Page, calendar: &Calendar, wants: impl Fn(&Block) -> bool) {
        let read = Span::of(&page);
        let span = self.span.unwrap_or(read);
        if !span.meets(read) {
            return;
        }
        let new = page.blocks.into_iter().map(|block| Line::of(block, calendar));
        let new: Vec<Line> = new.filter(|line| read.holds(line.day)).collect();
        let ids: HashSet<Id> = new.iter().map(|line| line.block.id).collect();
        self.lines.retain(|line| !read.holds(line.day) && !ids.contains(&line.block.id));
        for mut line in new {
            line.ended = page.ends.iter().find(|(id, _)| *id == line.block.id).map(|(_, end)| *end);
            self.follow(&line);
            if wants(&line.block) {
                self.lines.push(line);
            }
        }
        self.freshen(span, read);
        let span = span.with(read);
        self.span = Some(span);
        self.settle();
        if span.since == NaiveDate::MIN {
            self.stay();
        }
    }

    /// Says that what was read is as the journal has it, if nothing newer is still in doubt.
    fn freshen(&mut self, span: Span, read: Span) {
        let doubted = match self.fresh {
            Fresh::All => return,
            Fresh::Since(day) => day,
            Fresh::Nothing => span.until,
        };
        if read.since < doubted && doubted <= read.until {
            self.fresh = if read.since <= span.since { Fresh::All } else { Fresh::Since(read.since) };
        }
    }

    /// Takes in a change before it is read.
    pub(super) fn change(&mut self, change: &Change, calendar: &Calendar, wants: impl Fn(&Block) -> bool) {
        let Some(span) = self.span else { return };
        let touched: HashSet<Id> = change.put.iter().chain(&change.removed).map(|block| block.id).collect();
        self.lines.retain(|line| !touched.contains(&line.block.id));
        self.follow_to_another_month(change, calendar);
        for line in change.put.iter().cloned().map(|block| Line::of(block, calendar)) {
            self.follow(&line);
            if span.holds(line.day) && wants(&line.block) {
                self.lines.push(line);
            }
        }
        self.settle();
    }

    /// Keeps a block selected wherever it has moved to.
    fn follow(&mut self, line: &Line) {
        if self.selected.is_some_and(|(.., id)| id == line.block.id) {
            self.selected = Some(line.place());
        }
    }

    /// Keeps a block selected that moved to another month, where it has another id.
    fn follow_to_another_month(&mut self, change: &Change, calendar: &Calendar) {
        let Some((_, began, id)) = self.selected else { return };
        let is_in = |blocks: &[Block]| blocks.iter().any(|block| block.id == id);
        if !is_in(&change.removed) || is_in(&change.put) {
            return;
        }
        let moved = change.put.iter().min_by_key(|block| (block.began() - began).num_seconds().abs());
        if let Some(block) = moved {
            self.selected = Some(Line::of(block.clone(), calendar).place());
        }
    }

    /// Puts the lines in order, sees to what is selected, and lets go what is too much.
    fn settle(&mut self) {
        self.lines.sort_by_key(|line| Reverse(line.place()));
        let is_done = |line: &&Line| !line.block.is_day_off();
        let wanted = match self.goal {
            None => None,
            Some(Goal::First) => self.lines.first(),
            Some(Goal::Newest) => self.lines.iter().find(is_done).or(self.lines.first()),
            Some(Goal::Last) => self.lines.last(),
        };
        if let Some(line) = wanted {
            self.selected = Some(line.place());
            self.goal = self.goal.filter(|goal| *goal == Goal::Last);
        }
        self.let_go();
    }

    /// Lets go what is farthest from what is selected, where it is too much.
    fn let_go(&mut self) {
        let at = self.at();
        let Some(span) = self.span.as_mut().filter(|_| self.lines.len() > MOST) else { return };
        let day_of = |number: usize| self.lines.get(number).map(|line| line.day);
        let selected = day_of(at);
        if at > self.lines.len() / 2 {
            let Some(day) = day_of(at.saturating_sub(MOST / 2)).filter(|day| Some(*day) != selected) else { return };
            self.lines.retain(|line| line.day < day);
            span.until = day;
        } else {
            let Some(day) = day_of(at + MOST / 2).filter(|day| Some(*day) != selected) else { return };
            self.lines.retain(|line| line.day > day);
            span.since = day.succ_opt().unwrap_or(day);
        }
        self.fresh = match self.fresh {
            Fresh::Since(day) if day <= span.since => Fresh::All,
            Fresh::Since(day) if day > span.until => Fresh::Nothing,
            fresh => fresh,
        };
    }

    /// Lets go all that is older than a day, and what was selected.
    pub(super) fn let_go_before(&mut self, day: NaiveDate) {
        match &mut self.span {
            Some(span) if span.until == NaiveDate::MAX => {
                self.lines.retain(|line| line.day >= day);
                self.lines.shrink_to_fit();
                span.since = span.since.max(day);
                self.begin(Goal::Newest);
                self.doubt();
            }
            _ => *self = Self::default(),
        }
    }

    /// Returns those of its lines that are wanted, for a search to begin with; nothing, if
    /// what is at hand does not begin with the newest.
    pub(super) fn only(&self, wants: impl Fn(&Block) -> bool) -> Self {
        if self.span.is_none_or(|span| span.until < NaiveDate::MAX) {
            return Self { goal: Some(Goal::First), ..Self::default() };
        }
        let lines = self.lines.iter().filter(|line| wants(&line.block)).cloned().collect();
        let mut only = Self { lines, span: self.span, fresh: self.fresh, ..Self::default() };
        only.begin(Goal::First);
        only
    }

    /// Keeps only what is wanted, and selects the first of it.
    pub(super) fn keep_only(&mut self, wants: impl Fn(&Block) -> bool) {
        self.lines.retain(|line| wants(&line.block));
        self.begin(Goal::First);
    }

    fn begin(&mut self, goal: Goal) {
        self.selected = None;
        self.goal = Some(goal);
        self.top.set(None);
        self.settle();
    }

    /// Selects another line.
    pub(super) fn select(&mut self, action: Action) {
        if action == Action::First && self.span.is_some_and(|span| span.until < NaiveDate::MAX) {
            *self = Self { goal: Some(Goal::First), ..Self::default() };
            return;
        }
        match action {
            Action::Last => self.goal = Some(Goal::Last),
            _ => self.stay(),
        }
        self.select_at(moved(self.at(), self.lines.len(), action));
    }

    /// Selects the line of this number.
    pub(super) fn select_at(&mut self, number: usize) {
        self.selected = self.lines.get(number).map(Line::place).or(self.selected);
    }

    /// Selects the block that is selected in another list, if it is at hand.
    pub(super) fn select_same(&mut self, other: &Self) {
        let id = other.selected().map(|block| block.id);
        let same = self.lines.iter().find(|line| Some(line.block.id) == id);
        self.selected = same.map(Line::place).or(self.selected);
    }

    /// Wants the last no longer.
    pub(super) fn stay(&mut self) {
        if self.goal == Some(Goal::Last) {
            self.goal = self.selected.is_none().then_some(Goal::First);
        }
    }

    /// Returns the number of the first line that is seen in so many rows, `heading` of them
    /// above the lines of every day: the one that was, unless the selected one is not seen
    /// with it.
    pub(super) fn first_seen(&self, rows: usize, heading: usize) -> usize {
        let at = self.at();
        let mut lowest = at;
        let mut used = 1 + heading;
        while let Some(above) = lowest.checked_sub(1) {
            let is_other_day =
                self.lines.get(above).map(|line| line.day) != self.lines.get(lowest).map(|line| line.day);
            used += 1 + if is_other_day { heading } else { 0 };
            if used > rows {
                break;
            }
            lowest = above;
        }
        let first = self.top.get().map_or(0, |place| self.number(place)).clamp(lowest, at);
        self.top.set(self.lines.get(first).filter(|_| first > 0).map(Line::place));
        first
    }
}
