//! What a day's slices say besides their sum: gaps, the longest stretch, switches, fragments.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveTime, TimeDelta};

use super::block::{Block, Id, Kind, Lived};
use super::days::Slice;
use super::ratio::Tally;
use crate::text::Text;

/// Blocks nearer to each other than this follow one another, and creating goes on.
const NEAR: TimeDelta = TimeDelta::minutes(5);
/// A block shorter than this is a fragment.
const FRAGMENT: TimeDelta = TimeDelta::minutes(15);

/// A stretch of working time with nothing logged, at least five minutes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it begins.
    pub start: Lived,
    /// Where it ends.
    pub end: Lived,
}

impl Gap {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

/// The longest stretch of one creating activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Longest<'a> {
    /// The activity.
    pub activity: &'a Text,
    /// Where it begins.
    pub start: Lived,
    /// How long was spent on it, without the small gaps that were joined.
    pub length: TimeDelta,
}

/// Returns the gaps between slices within working time, without lunch. A gap after
/// the last slice lasts until `now`, where that is given; there is none before the first,
/// and none where the clocks differ before and after it: nobody knows which was kept then.
pub fn gaps(
    slices: &[Slice<'_>],
    working: (NaiveTime, NaiveTime),
    lunch: (NaiveTime, NaiveTime),
    now: Option<Lived>,
) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut free_from: Option<Lived> = None;
    let starts = slices.iter().map(|slice| slice.start).chain(now);
    let ends = slices.iter().map(|slice| Some(slice.end)).chain([None]);
    for (start, end) in starts.zip(ends) {
        if let Some(from) = free_from.filter(|from| *from < start && from.offset() == start.offset()) {
            gaps.extend(working_parts(from, start, working, lunch));
        }
        free_from = free_from.max(end);
    }
    gaps
}

/// Returns what is working time of a stretch on one day: inside the hours, outside lunch.
fn working_parts(
    from: Lived,
    until: Lived,
    (begins, ends): (NaiveTime, NaiveTime),
    (lunch, after_lunch): (NaiveTime, NaiveTime),
) -> impl Iterator<Item = Gap> {
    let day = from.date_naive();
    let on_wall = move |time: NaiveTime| day.and_time(time).and_local_timezone(*from.offset()).single();
    let part = move |opens: NaiveTime, closes: NaiveTime| {
        let start = from.max(on_wall(opens)?);
        let end = until.min(on_wall(closes)?);
        (end - start >= NEAR).then_some(Gap { start, end })
    };
    let parts = if lunch < after_lunch {
        [part(begins, ends.min(lunch)), part(begins.max(after_lunch), ends)]
    } else {
        [part(begins, ends), None]
    };
    parts.into_iter().flatten()
}

/// Returns the longest creating stretch: one activity, gaps under five minutes joined.
pub fn longest<'a>(slices: &[Slice<'a>]) -> Option<Longest<'a>> {
    let mut best: Option<Longest<'a>> = None;
    let mut current: Option<(Longest<'a>, Lived)> = None;
    for slice in slices.iter().filter(|slice| slice.kind == Kind::Creating) {
        let activity = &slice.block.activity;
        let stretch = match current.take() {
            Some((stretch, end)) if stretch.activity == activity && slice.start - end < NEAR => {
                Longest { length: stretch.length + slice.length(), ..stretch }
            }
            _ => Longest { activity, start: slice.start, length: slice.length() },
        };
        if best.is_none_or(|best| stretch.length > best.length) {
            best = Some(stretch);
        }
        current = Some((stretch, slice.end));
    }
    best
}

/// Returns how often a different activity followed within five minutes. Time off is no switch.
pub fn switches(slices: &[Slice<'_>]) -> usize {
    let work: Vec<_> = slices.iter().filter(|slice| slice.kind != Kind::Off).collect();
    work.iter()
        .zip(work.iter().skip(1))
        .filter(|(before, after)| before.block.activity != after.block.activity && after.start - before.end < NEAR)
        .count()
}

/// Returns how many blocks of work were shorter than fifteen minutes; a running one is
/// not counted yet.
pub fn fragments(slices: &[Slice<'_>]) -> usize {
    slices.iter().filter(|slice| slice.kind != Kind::Off && !slice.runs && slice.length() < FRAGMENT).count()
}

/// Returns how often the blocks of a day were interrupted, each block counted once.
pub fn interrupted(slices: &[Slice<'_>]) -> u32 {
    let mut seen: Vec<&Block> = Vec::new();
    for slice in slices {
        if !seen.iter().any(|block| block.id == slice.block.id) {
            seen.push(slice.block);
        }
    }
    seen.iter().fold(0, |sum, block| sum.saturating_add(block.interrupted))
}

/// The part that an activity, or what has a tag, is of a stretch of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What people called it.
    pub name: &'a Text,
    /// Its time, by kind.
    pub tally: Tally,
    /// How many blocks.
    pub blocks: usize,
}

impl Part<'_> {
    /// Returns what is left of `whole` without this part, whatever kinds its time was of:
    /// how the days would be, had its hours been free.
    pub fn without(&self, whole: &Tally) -> Tally {
        Tally {
            creating: whole.creating - self.tally.creating,
            shaping: whole.shaping - self.tally.shaping,
            consuming: whole.consuming - self.tally.consuming,
        }
    }
}

/// Sums slices by activity, the longest first; time off is left out.
pub fn activities<'a>(slices: impl IntoIterator<Item = Slice<'a>>) -> Vec<Part<'a>> {
    parts(slices, |block| std::slice::from_ref(&block.activity))
}

/// Sums slices by tag, the longest first; time off is left out. What has two tags is in both.
pub fn tags<'a>(slices: impl IntoIterator<Item = Slice<'a>>) -> Vec<Part<'a>> {
    parts(slices, |block| &block.tags)
}

fn parts<'a>(slices: impl IntoIterator<Item = Slice<'a>>, names: impl Fn(&'a Block) -> &'a [Text]) -> Vec<Part<'a>> {
    let mut by_name: BTreeMap<&'a Text, (Tally, BTreeSet<Id>)> = BTreeMap::new();
    for slice in slices.into_iter().filter(|slice| slice.kind != Kind::Off) {
        let names = names(slice.block);
        for (at, name) in names.iter().enumerate() {
            // A tag may have been written twice.
            if names.iter().take(at).any(|other| other == name) {
                continue;
            }
            let (tally, blocks) = by_name.entry(name).or_default();
            *tally += Tally::of(slice.kind, slice.length());
            blocks.insert(slice.block.id);
        }
    }
    let mut all: Vec<_> =
        by_name.into_iter().map(|(name, (tally, blocks))| Part { name, tally, blocks: blocks.len() }).collect();
    all.sort_by_key(|part| Reverse(part.tally.logged()));
    all
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn lived(text: &str) -> Lived {
        DateTime::parse_from_rfc3339(&format!("2026-11-24T{text}")).unwrap()
    }

    fn hour(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
    }

    /// Returns the gaps between slices, with work from 9 to 18 and lunch from 12 to 13.
    fn gaps_of(slices: &[(&str, &str)], now: Option<&str>) -> Vec<(Lived, Lived)> {
        let block = Block {
            id: super::super::Id(Uuid::from_u128(1)),
            start: lived("00:00:00Z"),
            end: None,
            zone: None,
            kind: Kind::Creating,
            activity: Text::as_written("spec"),
            tags: vec![],
            note: None,
            interrupted: 0,
        };
        let slice = |(start, end): &(&str, &str)| Slice {
            block: &block,
            kind: block.kind,
            start: lived(start),
            end: lived(end),
            runs: false,
            assumed: false,
        };
        let slices: Vec<_> = slices.iter().map(slice).collect();
        let gaps = gaps(&slices, (hour(9), hour(18)), (hour(12), hour(13)), now.map(lived));
        gaps.into_iter().map(|gap| (gap.start, gap.end)).collect()
    }

    #[test]
    fn a_gap_is_working_time_between_slices_without_lunch() {
        let gaps = gaps_of(
            &[("08:00:00+01:00", "11:00:00+01:00"), ("14:00:00+01:00", "15:00:00+01:00")],
            Some("15:30:00+01:00"),
        );
        let at = |start: &str, end: &str| (lived(start), lived(end));
        assert_eq!(
            gaps,
            [
                at("11:00:00+01:00", "12:00:00+01:00"),
                at("13:00:00+01:00", "14:00:00+01:00"),
                at("15:00:00+01:00", "15:30:00+01:00")
            ]
        );
    }

    #[test]
    fn a_day_of_travel_has_no_gap_where_its_clocks_differ() {
        let tokyo = [("09:00:00+09:00", "10:00:00+09:00"), ("10:30:00+09:00", "11:00:00+09:00")];
        let between = (lived("10:00:00+09:00"), lived("10:30:00+09:00"));
        let then_berlin = [tokyo[0], tokyo[1], ("16:00:00+01:00", "17:00:00+01:00")];
        assert_eq!(gaps_of(&then_berlin, None), [between]);
        assert_eq!(gaps_of(&tokyo, Some("17:00:00+01:00")), [between]);
    }
}
