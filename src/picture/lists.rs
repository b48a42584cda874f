//! What took a week's time in, and what was made and shaped.

use chrono::TimeDelta;

use super::drawing::{Drawing, EDGE, WIDTH};
use super::lever::class;
use super::page::{Cell, Column, Table};
use super::said::capital;
use super::{Paper, Show};
use crate::beam::row::{fitting, width};
use crate::domain::insight::{self, Part};
use crate::domain::{Kind, Lift, Review, Subject, WeekBalance};
use crate::report::words;
use crate::text::Text;

/// So many activities of each kind are named in the picture.
const NAMED: usize = 5;
/// So many are named on a page.
const NAMED_ON_PAGES: usize = 40;
const LINE: f64 = 19.0;

/// What one kind of time went into, the longest first.
pub(super) struct Spent<'a> {
    kind: Kind,
    total: TimeDelta,
    activities: Vec<Entry<'a>>,
}

struct Entry<'a> {
    activity: &'a Text,
    time: TimeDelta,
    blocks: usize,
    /// The share of the week without all of it, or how it is lifted.
    without: String,
}

/// Returns what a week's time went into, kind by kind, where that may be named: as it was, and how
/// it would be, as it is tipped, without each.
pub(super) fn spent<'a>(review: &Review<'a>, paper: &Paper<'_>) -> Vec<Spent<'a>> {
    if paper.show == Show::WithoutNames {
        return Vec::new();
    }
    let slices = |week: &WeekBalance<'a>| week.days.iter().flat_map(|day| day.slices.clone()).collect::<Vec<_>>();
    let (was, tipped) = (slices(&review.was), insight::activities(slices(&review.tipped)));
    let shown = words::shown(&review.was.tally);
    let of_kind = |kind: Kind| {
        let activities = insight::activities(was.iter().copied().filter(|slice| slice.kind == kind));
        let times: Vec<TimeDelta> = activities.iter().map(|activity| activity.tally.time(kind)).collect();
        let times = words::minutes_that_add_up_to(shown.time(kind), &times);
        let without = |of: &Part<'_>| match review.lift_of(&Subject::Activity(of.name.clone())) {
            Some(Lift::Free) => "lifted off".to_owned(),
            Some(Lift::Made) => "as made".to_owned(),
            None => {
                let all = &review.tipped.tally;
                let left = tipped.iter().find(|part| part.name == of.name).map_or(*all, |part| part.without(all));
                paper.look.share(left.share(review.tipped.lens))
            }
        };
        let entry = |(of, time): (&Part<'a>, TimeDelta)| Entry {
            activity: of.name,
            time,
            blocks: of.blocks,
            without: if kind == Kind::Consuming { without(of) } else { String::new() },
        };
        Spent { kind, total: shown.time(kind), activities: activities.iter().zip(times).map(entry).collect() }
    };
    let spent = [Kind::Consuming, Kind::Creating, Kind::Shaping].map(of_kind);
    spent.into_iter().filter(|spent| !spent.activities.is_empty()).collect()
}

impl Spent<'_> {
    /// Returns it as a table.
    pub(super) fn table(&self) -> Table {
        let says_without = self.kind == Kind::Consuming;
        let mut columns = vec![Column::Words("activity"), Column::Numbers("time"), Column::Numbers("blocks")];
        columns.extend(says_without.then_some(Column::Numbers("share without it")));
        let named = self.named(NAMED_ON_PAGES);
        let row = |entry: &Entry<'_>| {
            let mut row = vec![Cell::Theirs(entry.activity.raw().to_owned())];
            row.extend([Cell::Ours(words::length(entry.time)), Cell::Ours(entry.blocks.to_string())]);
            row.extend(says_without.then(|| Cell::Ours(entry.without.clone())));
            row
        };
        let mut rows: Vec<_> = self.activities.iter().take(named).map(row).collect();
        if let Some((others, time)) = self.others(named) {
            let mut row = vec![Cell::Ours(others), Cell::Ours(words::length(time))];
            row.resize(columns.len(), Cell::none());
            rows.push(row);
        }
        let heading = format!("{} {}", capital(self.kind.done()), words::length(self.total));
        Table { heading, columns, rows, sum: None }
    }

    /// Returns how many are named: one that is left over takes no more room than its number.
    fn named(&self, most: usize) -> usize {
        if self.activities.len() == most + 1 { most + 1 } else { most }
    }

    /// Returns what is left after those that are named.
    fn others(&self, named: usize) -> Option<(String, TimeDelta)> {
        let others = self.activities.get(named..).filter(|others| !others.is_empty())?;
        let time = others.iter().map(|entry| entry.time).sum();
        Some((words::count(others.len(), "other", "others"), time))
    }

    /// Draws it between two edges, from a line on; returns the line after it.
    fn draw(&self, [left, right]: [f64; 2], top: f64, drawing: &mut Drawing) -> f64 {
        let says_without = self.kind == Kind::Consuming;
        let times = if says_without { right - 96.0 } else { right };
        drawing.rect(class(self.kind), (left + 0.5, top - 10.5), (11.0, 11.0), None);
        drawing.words("ink strong", (left + 18.0, top), self.kind.done());
        drawing.words("ink strong end", (times, top), &words::length(self.total));
        if says_without {
            drawing.words("faint small end", (right, top), "without it");
        }
        let named = self.named(NAMED);
        let mut line = top + LINE;
        for entry in self.activities.iter().take(named) {
            let name = short(&entry.activity.for_terminal().to_string(), 18);
            drawing.words("ink small", (left, line), &name);
            drawing.words("ink small end", (times, line), &words::length(entry.time));
            if says_without {
                let often = if entry.blocks > 1 { format!("{}×", entry.blocks) } else { String::new() };
                drawing.words("faint small end", (times + 36.0, line), &often);
                drawing.words("ink small end", (right, line), &entry.without);
            }
            line += LINE;
        }
        if let Some((others, time)) = self.others(named) {
            drawing.words("faint small", (left, line), &others);
            drawing.words("faint small end", (times, line), &words::length(time));
            line += LINE;
        }
        line
    }
}

/// Draws what took time in on the left, and what was made and shaped on the right.
pub(super) fn draw(spent: &[Spent<'_>], drawing: &mut Drawing) {
    if spent.is_empty() {
        return;
    }
    let top = drawing.grow(0.0) + 26.0;
    let mut ends = [top, top];
    for spent in spent {
        let [left, right] = &mut ends;
        if spent.kind == Kind::Consuming {
            *left = spent.draw([EDGE, 318.0], *left, drawing) + 6.0;
        } else {
            *right = spent.draw([350.0, WIDTH - EDGE], *right, drawing) + 6.0;
        }
    }
    let [left, right] = ends;
    drawing.grow(left.max(right) - top + 16.0);
}

/// Returns text in no more than so many cells.
pub(super) fn short(text: &str, cells: usize) -> String {
    if width(text) <= cells { text.to_owned() } else { format!("{}…", fitting(text, cells - 1).trim_end()) }
}
