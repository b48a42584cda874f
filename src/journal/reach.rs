//! How far a read reaches: what it costs does not grow with the years.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Reading;
use super::files::Files;
use super::fold::{Fold, IdMap, IdSet, Merged};
use super::home::Home;
use super::kept;
use super::load::{Limit, Loader, within};
use super::month::Month;
use super::notice::Notice;
use crate::domain::block::LONGEST_BLOCK;
use crate::domain::{Block, Id, Ledger};
use crate::text::Text;

/// How far a read reaches.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    /// The logical days it is about.
    pub days: RangeInclusive<NaiveDate>,
    /// Whether it also concerns now: then the newest files of every device are read too,
    /// if they are at most a year old. A forgotten block stands there.
    pub now_too: bool,
    /// Whether it goes on backwards until something is found.
    pub back_until: Option<Back<'a>>,
}

/// When a read that goes back month by month has gone far enough.
#[derive(Clone, Copy)]
pub struct Back<'a> {
    /// Says so of a ledger that has every block from some day on, and none before it.
    pub found: &'a dyn Fn(&Ledger) -> bool,
    /// After how many months to give up; `None` to go back to the first.
    pub months: Option<u32>,
}

impl std::fmt::Debug for Back<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Back").field("months", &self.months).finish_non_exhaustive()
    }
}

/// Reads what a reach asks for.
pub(super) fn read(mut files: Files, reach: &Reach<'_>, device: &str, now: DateTime<Utc>) -> Reading {
    let (first, last) = (*reach.days.start(), *reach.days.end());
    let months = Month::around(first, last);
    let this_month = Month::of(now.date_naive());
    let oldest = this_month.a_year_before();
    files.list_years(|year| {
        (months.0.year()..=months.1.year()).contains(&year) || (reach.now_too && year >= oldest.year())
    });
    files.list_others();
    let newest = if reach.now_too { files.newest_months(oldest, this_month) } else { BTreeSet::new() };
    let wanted = |month: Month| within(months)(month) || newest.contains(&month);

    let mut loader = Loader::new(files.disk(), now);
    let limit = Limit::before(first);
    let skimmed = loader.skim(&files.of_months(wanted), limit);
    let reflections = kept::reflections(&skimmed, |day| reach.days.contains(&day));
    let samples = kept::samples(&skimmed, |day| reach.days.contains(&day));
    let mut span = Span::default();
    span.add(skimmed.into_merged().filter(|merged| merged.removed || limit.knows(merged)));
    let mut lowest = months.0;
    let mut sure_from = limit.day();
    if let Some(back) = &reach.back_until
        && !(back.found)(&span.since(limit.day(), now))
    {
        // What was skimmed is read again, whole: now the rest of its days matter too.
        span = Span::default();
        span.add(reread(&mut loader, &files, wanted).into_merged());
        lowest = go_back(&mut span, &mut loader, &mut files, (lowest, wanted), *back, now);
        sure_from = NaiveDate::MIN;
    }
    let was_read = |month: Month| wanted(month) || (lowest..=months.1).contains(&month);
    find_ends(&mut span, &mut loader, &mut files, |window| {
        window.days.0 >= sure_from && was_read(window.months.0) && was_read(window.months.1)
    });
    loader.notices.extend(files.strays(|home| home.month().is_none_or(was_read)));
    loader.unread = files.has_listed().err().or(loader.unread);
    Reading { reflections, samples, ..span.reading(loader, device, now) }
}

fn reread(loader: &mut Loader, files: &Files, wanted: impl Fn(Month) -> bool) -> Fold {
    loader.notices.clear();
    loader.full(&files.of_months(wanted))
}

/// Reads one earlier month after the other, until it is enough; says which was the last.
fn go_back(
    span: &mut Span,
    loader: &mut Loader,
    files: &mut Files,
    (mut lowest, known): (Month, impl Fn(Month) -> bool),
    back: Back<'_>,
    now: DateTime<Utc>,
) -> Month {
    let stop = back.months.map(|months| lowest.before(months));
    while !(back.found)(&span.since(lowest.first_sure_day(), now)) {
        let Some(earlier) = files.month_before(lowest).filter(|month| stop.is_none_or(|stop| *month >= stop)) else {
            return lowest;
        };
        lowest = earlier;
        if !known(earlier) {
            span.add(loader.full(&files.of_months(|month| month == earlier)).into_merged());
        }
    }
    lowest
}

/// Reads what began within a day after each open block, for that ends it; but not where
/// all of that is `known`. What is found may be open too.
fn find_ends(span: &mut Span, loader: &mut Loader, files: &mut Files, known: impl Fn(&Window) -> bool) {
    let mut asked = IdSet::default();
    loop {
        let open = span.blocks.iter().filter(|block| block.end.is_none());
        let windows = open.map(|block| (block.id, Window::after(block))).filter(|(_, window)| !known(window));
        let windows: Vec<Window> = windows.filter(|(id, _)| asked.insert(*id)).map(|(_, window)| window).collect();
        let Some(first) = windows.iter().map(|window| window.days.0).min() else { return };
        let asked_for = |month: Month| windows.iter().any(|window| within(window.months)(month));
        files.list_years(|year| windows.iter().any(|window| window.has_year(year)));
        let told = std::mem::take(&mut loader.notices);
        let skimmed = loader.skim(&files.of_months(asked_for), Limit::at(first));
        loader.notices.retain(|notice| !told.iter().any(|other| other.is_about_the_same(notice)));
        loader.notices.extend(told);
        let found = skimmed.into_merged();
        span.add(found.filter(|found| !found.removed && windows.iter().any(|window| window.holds(&found.block))));
    }
}

/// Where a block may begin that ends an open one.
struct Window {
    began: DateTime<Utc>,
    /// The days on which it may begin, whatever the offset is that it is written with.
    days: (NaiveDate, NaiveDate),
    /// The months in which it may live.
    months: (Month, Month),
}

impl Window {
    fn after(open: &Block) -> Self {
        let offsets = TimeDelta::hours(14);
        let began = open.began();
        let day = |at: Option<DateTime<Utc>>| at.unwrap_or(began).date_naive();
        let first = day(began.checked_sub_signed(offsets));
        let last = day(began.checked_add_signed(LONGEST_BLOCK + offsets));
        Self { began, days: (first, last), months: Month::of_starts(first, last) }
    }

    fn has_year(&self, year: u16) -> bool {
        (self.months.0.year()..=self.months.1.year()).contains(&year)
    }

    fn holds(&self, block: &Block) -> bool {
        block.began() > self.began && block.began() - self.began <= LONGEST_BLOCK
    }
}

/// Blocks that have been read, and where they live.
#[derive(Debug, Default)]
pub(super) struct Span {
    blocks: Vec<Block>,
    homes: IdMap<Home>,
    /// Which device started each block without an end.
    starters: Vec<(Id, Arc<str>)>,
}

impl Span {
    /// Takes in more; of those that are removed, only where they lived. An id that stands
    /// in two months (no program should write that) is taken from the one read first.
    pub(super) fn add(&mut self, merged: impl Iterator<Item = Merged>) {
        for Merged { block, removed, home, started_by } in merged {
            if self.homes.contains_key(&block.id) {
                continue;
            }
            self.homes.insert(block.id, home);
            if !removed {
                if block.end.is_none() {
                    self.starters.push((block.id, started_by));
                }
                self.blocks.push(block);
            }
        }
    }

    /// Returns a ledger of the blocks that start on this day or later.
    fn since(&self, day: NaiveDate, now: DateTime<Utc>) -> Ledger {
        let since = |block: &&Block| block.start.date_naive() >= day;
        Ledger::new(self.blocks.iter().filter(since).cloned().collect(), now)
    }

    /// Returns all of it as `device` reads it.
    pub(super) fn reading(self, loader: Loader, device: &str, now: DateTime<Utc>) -> Reading {
        let Loader { mut notices, unread, .. } = loader;
        let others = self.starters.into_iter().filter(|(_, by)| **by != *device);
        let elsewhere = others.map(|(id, by)| (id, Text::as_written(&*by))).collect();
        let ledger = Ledger::new(self.blocks, now).with_elsewhere(elsewhere);
        if let Some(first) = ledger.ahead().first() {
            notices.push(Notice::Ahead { blocks: ledger.ahead().len(), earliest: first.start });
        }
        Reading { ledger, reflections: Vec::new(), samples: Vec::new(), notices, homes: self.homes, unread }
    }
}
