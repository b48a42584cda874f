//! The time of a ledger, laid into the days on which it was lived.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::block::{Block, Kind, Lived};
use super::calendar::{Calendar, Cutter, Week};
use super::ledger::{Ends, Ledger};
use super::lift::{Lift, Lifts};
use super::ratio::Tally;

/// A part of a block on one logical day. Slices never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice<'a> {
    /// The block.
    pub block: &'a Block,
    /// What it counts as: the block's kind, unless it is lifted.
    pub kind: Kind,
    /// Where the slice begins.
    pub start: Lived,
    /// Where it ends, after `start`; now, for the running one.
    pub end: Lived,
    /// Whether the block runs, and this is its last slice.
    pub runs: bool,
    /// Whether nobody wrote the end of the block, and this is its last slice: another began.
    pub assumed: bool,
}

impl Slice<'_> {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

/// Every counted second of a ledger, by logical day, and which days are off.
#[derive(Clone, Debug, Default)]
pub struct Days<'a> {
    slices: BTreeMap<NaiveDate, Vec<Slice<'a>>>,
    off: BTreeMap<NaiveDate, &'a Block>,
}

impl<'a> Days<'a> {
    /// Cuts what a ledger counts into days. Whole days off are not slices.
    pub fn of(ledger: &'a Ledger, calendar: &Calendar) -> Self {
        let mut days = Self::default();
        for block in ledger.blocks() {
            if block.is_day_off() {
                days.off.insert(calendar.day_of_block(block), block);
            }
        }
        let mut cutter = Cutter::new(calendar);
        for stretch in ledger.stretches() {
            let block = stretch.block;
            let ends = ledger.ends(block);
            let running = ends == Ends::Running && stretch.end.to_utc() == ledger.now();
            let assumed = block.end.is_none() && ends == Ends::At(stretch.end);
            let start = if stretch.start == block.start { block.start } else { calendar.again(block, stretch.start) };
            for piece in cutter.cut(start, stretch.end, block.zone.as_ref()) {
                let (start, end) = (piece.start, piece.end);
                let is_last = end == stretch.end;
                let (runs, assumed) = (running && is_last, assumed && is_last);
                let slice = Slice { block, kind: block.kind, start, end, runs, assumed };
                days.slices.entry(piece.day).or_default().push(slice);
            }
        }
        days
    }

    /// Returns the days of one week alone.
    #[must_use]
    pub fn of_week(&self, week: Week) -> Self {
        Self {
            slices: self.slices.range(week.range()).map(|(day, slices)| (*day, slices.clone())).collect(),
            off: self.off.range(week.range()).map(|(day, block)| (*day, *block)).collect(),
        }
    }

    /// Returns the days as they would be: what is lifted as free is not there, what is lifted
    /// as made was made. Time off stays what it is.
    #[must_use]
    pub fn lifted(&self, lifts: &Lifts) -> Self {
        let lift = |slice: &Slice<'a>| match lifts.on(slice.block).filter(|_| slice.kind != Kind::Off) {
            None => Some(*slice),
            Some(Lift::Free) => None,
            Some(Lift::Made) => Some(Slice { kind: Kind::Creating, ..*slice }),
        };
        let lifted = |(day, slices): (&NaiveDate, &Vec<Slice<'a>>)| (*day, slices.iter().filter_map(lift).collect());
        Self { slices: self.slices.iter().map(lifted).collect(), off: self.off.clone() }
    }

    /// Returns the slices of a day in the order of time.
    pub fn slices(&self, day: NaiveDate) -> &[Slice<'a>] {
        self.slices.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Returns the block that takes a whole day off, if there is one.
    pub fn off(&self, day: NaiveDate) -> Option<&'a Block> {
        self.off.get(&day).copied()
    }

    /// Returns every day with a slice, in order.
    pub fn with_time(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.slices.keys().copied()
    }

    /// Returns how long each kind lasted on a day.
    pub fn tally(&self, day: NaiveDate) -> Tally {
        self.slices(day).iter().map(|slice| Tally::of(slice.kind, slice.length())).sum()
    }
}
