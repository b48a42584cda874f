//! The Trend screen: what was summed up of many weeks, and which week is chosen.
//!
//! Pure. The weeks come a year at a time, the latest first: what is there is shown.

mod view;

use std::cell::Cell;

use super::msg::Effect;
use super::step::moved;
use crate::domain::{Trend, TrendPoint, Week};
use crate::keymap::Action;

/// Many weeks, as they are read.
#[derive(Debug, Default)]
pub struct TrendScreen {
    trend: Option<Trend>,
    /// Which week is chosen; the latest, where none is.
    chosen: Option<Week>,
    /// How many rows of it are above what is seen.
    scroll: Cell<usize>,
    /// Whether a week was chosen since it was scrolled: then its line is to be seen.
    follows: bool,
    /// How far it can be scrolled, as it was drawn last.
    most: usize,
    older: Older,
}

/// What is known of the weeks before those that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Older {
    /// They are not read yet, from this week back or all.
    #[default]
    Unread,
    /// Those before this week were asked for.
    Asked(Week),
    /// There are none.
    None,
}

impl TrendScreen {
    /// Opens the screen.
    pub fn open(&mut self) -> Effect {
        self.scroll.set(0);
        self.follows = false;
        self.chosen = None;
        // Weeks of long ago may have been changed since they were read.
        self.older = Older::Unread;
        Effect::ReadTrend
    }

    /// Takes in the last year; says what is to be read then.
    pub fn take(&mut self, trend: Trend) -> Option<Effect> {
        let first = trend.weeks.first()?.week;
        let older = self.trend.take().map(|before| before.weeks).unwrap_or_default();
        let is_read = self.older == Older::None;
        let mut trend = Trend { weeks: trend.weeks, ..trend };
        if is_read {
            let older = older.into_iter().take_while(|week| week.week < first);
            trend.weeks = older.chain(trend.weeks).collect();
        }
        self.trend = Some(without_what_is_before(trend));
        (!is_read).then(|| self.ask(first))
    }

    /// Takes in older weeks, those before which nothing else was asked for since; says what is
    /// to be read then.
    pub fn take_older(&mut self, before: Week, weeks: Option<Vec<TrendPoint>>) -> Option<Effect> {
        let trend = self.trend.as_mut().filter(|_| self.older == Older::Asked(before))?;
        let Some(weeks) = weeks else {
            self.older = Older::None;
            return None;
        };
        let first = weeks.first()?.week;
        // Weeks with nothing were left away before the first that was known.
        let known = std::mem::take(&mut trend.weeks);
        let from = known.first().map_or(before, |point| point.week);
        let empty = std::iter::successors(Some(before), |week| Some(week.plus(1))).take_while(|week| *week < from);
        let target = weeks.last().map(|last| last.target);
        let empty = empty.filter_map(|week| target.map(|target| TrendPoint::nothing(week, target)));
        trend.weeks = weeks.into_iter().chain(empty).chain(known).collect();
        self.trend = self.trend.take().map(without_what_is_before);
        Some(self.ask(first))
    }

    /// Forgets that older weeks were asked for: they could not be read.
    pub fn not_read(&mut self) {
        self.older = Older::Unread;
    }

    fn ask(&mut self, before: Week) -> Effect {
        self.older = Older::Asked(before);
        Effect::ReadWeeksBefore(before)
    }

    /// Scrolls.
    pub fn scroll(&mut self, action: Action) {
        self.follows = false;
        self.scroll.set(moved(self.scroll.get(), self.most.saturating_add(1), action));
    }

    /// Keeps how far it can be scrolled.
    pub fn drawn(&mut self, most: usize) {
        self.most = most;
        self.scroll.set(self.scroll.get().min(most));
    }

    /// Chooses the week so many after the one that is chosen.
    pub fn choose(&mut self, by: i64) {
        let Some(at) = self.chosen_at() else { return };
        let at = at.saturating_add_signed(isize::try_from(by).unwrap_or_default());
        self.choose_at(at);
    }

    /// Chooses the week of this number.
    pub fn choose_at(&mut self, at: usize) {
        let weeks = self.weeks();
        let at = at.min(weeks.len().saturating_sub(1));
        self.chosen = weeks.get(at).map(|point| point.week);
        self.follows = true;
    }

    /// Returns the week that is chosen.
    pub fn chosen(&self) -> Option<Week> {
        self.chosen_at().and_then(|at| self.weeks().get(at)).map(|point| point.week)
    }

    fn chosen_at(&self) -> Option<usize> {
        let weeks = self.weeks();
        let chosen = |week: Week| weeks.iter().position(|point| point.week == week);
        self.chosen.and_then(chosen).or_else(|| weeks.len().checked_sub(1))
    }

    fn weeks(&self) -> &[TrendPoint] {
        self.trend.as_ref().map_or(&[], |trend| trend.weeks.as_slice())
    }
}

/// Leaves away weeks before the first that has anything.
fn without_what_is_before(mut trend: Trend) -> Trend {
    let empty = trend.weeks.iter().take_while(|week| week.is_empty()).count();
    trend.weeks.drain(..empty);
    trend
}
