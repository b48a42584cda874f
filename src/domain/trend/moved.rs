//! What took more of the week than before, and what took less.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::domain::block::Kind;
use crate::domain::calendar::Week;
use crate::domain::days::{Days, Slice};
use crate::domain::ratio::Tally;
use crate::text::Text;

/// So many weeks are compared with as many before them.
pub const COMPARED: i32 = 4;
/// Something must have been logged in so many of either;
pub const FEWEST_WEEKS: usize = 3;
/// and of the one side, this part of what was logged on the other, in per cent: a
/// holiday is no shrinkage.
pub const COMPARABLE: i32 = 75;
/// What moved, moved by so much a week,
pub const LEAST: TimeDelta = TimeDelta::hours(1);
/// and by this part of what it was before, in per cent.
pub const LEAST_PART: i32 = 25;

/// An activity that takes more of the week than before, or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What it is called.
    pub activity: Text,
    /// The kind of most of its time.
    pub kind: Kind,
    /// How long a week in the last four whole weeks.
    pub now: TimeDelta,
    /// How long a week in the four weeks before those.
    pub before: TimeDelta,
}

impl Moved {
    /// Returns how much more it is; less, where negative.
    pub fn by(&self) -> TimeDelta {
        self.now - self.before
    }
}

/// The time of an activity on one side of the comparison.
#[derive(Clone, Default)]
struct Side {
    tally: Tally,
    weeks: BTreeSet<Week>,
}

/// Returns what grew the most and what shrank the most, each if anything did: the four whole
/// weeks before `this` one against the four before those.
pub(super) fn moved(days: &Days<'_>, this: Week) -> [Option<Moved>; 2] {
    let weeks = |from: i32, until: i32| (from..until).map(move |back| this.plus(back.into()));
    let (now, before) = (weeks(-COMPARED, 0), weeks(-2 * COMPARED, -COMPARED));
    if !are_comparable(days, now.clone(), before.clone()) {
        return [None, None];
    }
    let mut activities: BTreeMap<&Text, [Side; 2]> = BTreeMap::new();
    let sides = now.map(|week| (0, week)).chain(before.map(|week| (1, week)));
    for (side, week) in sides {
        let slices = week.days().flat_map(|day| days.slices(day));
        for slice in slices.filter(|slice| slice.block.kind != Kind::Off) {
            let sides = activities.entry(&slice.block.activity).or_default();
            if let Some(side) = sides.get_mut(side) {
                side.add(week, slice);
            }
        }
    }
    let moved: Vec<Moved> = activities.iter().filter_map(|(activity, sides)| Moved::of(activity, sides)).collect();
    let most = |way: fn(TimeDelta) -> TimeDelta| {
        let most = moved.iter().rev().max_by_key(|moved| way(moved.by()));
        most.filter(|moved| way(moved.by()) > TimeDelta::zero()).cloned()
    };
    [most(|by| by), most(|by| -by)]
}

fn are_comparable(days: &Days<'_>, now: impl Iterator<Item = Week>, before: impl Iterator<Item = Week>) -> bool {
    let logged = |week: Week| -> TimeDelta { week.days().map(|day| days.tally(day).logged()).sum() };
    let (now, before): (Vec<_>, Vec<_>) = (now.map(logged).collect(), before.map(logged).collect());
    let some = |side: &[TimeDelta]| side.iter().filter(|logged| **logged > TimeDelta::zero()).count();
    let (most, least) = {
        let (now, before) = (now.iter().sum::<TimeDelta>(), before.iter().sum::<TimeDelta>());
        (now.max(before), now.min(before))
    };
    some(&now).min(some(&before)) >= FEWEST_WEEKS && least * 100 >= most * COMPARABLE
}

impl Side {
    fn add(&mut self, week: Week, slice: &Slice<'_>) {
        self.tally += Tally::of(slice.block.kind, slice.length());
        self.weeks.insert(week);
    }
}

impl Moved {
    fn of(activity: &Text, [now, before]: &[Side; 2]) -> Option<Self> {
        let a_week = |side: &Side| side.tally.logged() / COMPARED;
        let both = now.tally + before.tally;
        let kind =
            [Kind::Creating, Kind::Shaping, Kind::Consuming].into_iter().rev().max_by_key(|kind| both.time(*kind));
        let moved = Self { activity: activity.clone(), kind: kind?, now: a_week(now), before: a_week(before) };
        let larger = if moved.by() > TimeDelta::zero() { now } else { before };
        let by = moved.by().abs();
        let is_enough = by >= LEAST && by * 100 >= moved.before * LEAST_PART;
        (is_enough && larger.weeks.len() >= FEWEST_WEEKS).then_some(moved)
    }
}
