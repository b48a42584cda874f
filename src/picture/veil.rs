//! What may not leave, taken out of the values themselves before anything is made of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Show;
use crate::domain::insight::Longest;
use crate::domain::trend::Trend;
use crate::domain::{Block, DayBalance, Id, Kind, Review, Slice, WeekBalance};
use crate::text::Text;

/// The blocks of some days, without what may not leave. The figures of a day stay those of
/// the blocks as they are: without names, two activities would look like one.
pub(super) struct Veil {
    blocks: BTreeMap<Id, Block>,
    /// What the longest creating stretch of each day is called.
    longest: BTreeMap<NaiveDate, Text>,
}

impl Veil {
    /// Lays it over all blocks of some days and the one that runs.
    pub(super) fn over<'d, 'b: 'd>(
        days: impl IntoIterator<Item = &'d DayBalance<'b>>,
        running: Option<&Block>,
        show: Show,
    ) -> Self {
        let mut veil = Self { blocks: BTreeMap::new(), longest: BTreeMap::new() };
        for day in days {
            for block in day.slices.iter().map(|slice| slice.block).chain(day.off) {
                veil.blocks.entry(block.id).or_insert_with(|| veiled(block, show));
            }
            if let Some(longest) = day.longest {
                let name = match show {
                    Show::All | Show::WithoutNotes => longest.activity.clone(),
                    Show::WithoutNames => Text::as_written(Kind::Creating.done()),
                };
                veil.longest.insert(day.day, name);
            }
        }
        veil.blocks.extend(running.map(|block| (block.id, veiled(block, show))));
        veil
    }

    /// Returns what may leave of a block.
    pub(super) fn block(&self, id: Id) -> Option<&Block> {
        self.blocks.get(&id)
    }

    /// Returns what may leave of a day.
    pub(super) fn day<'v>(&'v self, day: &DayBalance<'_>) -> DayBalance<'v> {
        let slice = |slice: &Slice<'_>| {
            let &Slice { block, kind, start, end, runs, assumed } = slice;
            Some(Slice { block: self.block(block.id)?, kind, start, end, runs, assumed })
        };
        let longest = day.longest.and_then(|Longest { start, length, .. }| {
            Some(Longest { activity: self.longest.get(&day.day)?, start, length })
        });
        DayBalance {
            off: day.off.and_then(|block| self.block(block.id)),
            slices: day.slices.iter().filter_map(slice).collect(),
            gaps: day.gaps.clone(),
            longest,
            day: day.day,
            tally: day.tally,
            expected: day.expected,
            lens: day.lens,
            limits: day.limits,
            target: day.target,
            switches: day.switches,
            fragments: day.fragments,
            interrupted: day.interrupted,
        }
    }

    /// Returns what may leave of a week that is looked at again.
    pub(super) fn review<'v>(&'v self, review: &Review<'_>) -> Review<'v> {
        Review {
            was: self.week(&review.was),
            tipped: self.week(&review.tipped),
            lifts: review.lifts.clone(),
            before: review.before,
            opening: review.opening.clone(),
        }
    }

    /// Returns what may leave of a week.
    fn week<'v>(&'v self, week: &WeekBalance<'_>) -> WeekBalance<'v> {
        WeekBalance {
            days: week.days.iter().map(|day| self.day(day)).collect(),
            week: week.week,
            tally: week.tally,
            expected: week.expected,
            lens: week.lens,
            target: week.target,
        }
    }
}

/// Returns what may leave of a trend. What grew and what shrank is nothing without its name.
pub(super) fn trend(trend: &Trend, show: Show) -> Trend {
    let mut veiled = trend.clone();
    if show != Show::WithoutNames {
        return veiled;
    }
    for longest in veiled.weeks.iter_mut().filter_map(|week| week.longest.as_mut()) {
        longest.activity = Text::as_written(Kind::Creating.done());
    }
    if let Some(once) = &mut veiled.baseline {
        once.baseline.name = None;
    }
    Trend { grew: None, shrank: None, ..veiled }
}

fn veiled(block: &Block, show: Show) -> Block {
    match show {
        Show::All => block.clone(),
        Show::WithoutNotes => Block { note: None, ..block.clone() },
        // The name of a zone comes from the journal, where anything may stand.
        Show::WithoutNames => Block {
            activity: Text::as_written(block.kind.done()),
            tags: Vec::new(),
            note: None,
            zone: None,
            ..block.clone()
        },
    }
}
