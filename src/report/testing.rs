//! Days and weeks for the tests of reports, written as lines: `09:15-09:30 i standup +tag`.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use uuid::Uuid;

use super::look::Look;
use crate::beam::Glyphs;
use crate::domain::{
    Block, Calendar, DayBalance, Days, Habits, Id, Kind, Ledger, Lifts, Lived, NoZones, Review, Zone, balance,
};
use crate::text::Text;

/// A home in Berlin's winter, and an instant.
pub(crate) struct Example {
    pub(crate) calendar: Calendar,
    pub(crate) habits: Habits,
    pub(crate) now: DateTime<Utc>,
}

/// Returns the offset of so many hours.
fn hours_east(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours * 3_600).unwrap()
}

impl Example {
    /// Returns a home as of `2026-11-24T15:44`, by its wall clock.
    pub(crate) fn at(now: &str) -> Self {
        let now = format!("{now}:00+01:00").parse::<DateTime<FixedOffset>>().unwrap().to_utc();
        let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let calendar = Calendar::new(Zone::fixed(hours_east(1)), Arc::new(NoZones), four, Weekday::Mon);
        Self { calendar, habits: Habits::default(), now }
    }

    pub(crate) fn look(&self, width: usize, glyphs: Glyphs) -> Look<'_> {
        Look { width, glyphs, calendar: &self.calendar, habits: &self.habits, now: self.now }
    }

    /// Reads the blocks of a day. A line without an end runs; a time of `24:00` and
    /// later is on the next morning.
    pub(crate) fn blocks(day: &str, lines: &str) -> Vec<Block> {
        let day: NaiveDate = day.parse().unwrap();
        let at = |time: &str| -> Lived {
            let (hours, minutes) = time.split_once(':').unwrap();
            let minutes = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
            let wall = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
            wall.and_local_timezone(hours_east(1)).unwrap()
        };
        let block = |(number, line): (usize, &str)| {
            let (times, rest) = line.trim().split_once(' ').unwrap();
            let (kind, words) = rest.trim().split_once(' ').unwrap();
            let (start, end) = times.split_once('-').map_or((times, None), |(start, end)| (start, Some(end)));
            let mut words = words.split(" +");
            Block {
                id: Id(Uuid::from_u64_pair(
                    u64::try_from(day.to_epoch_days()).unwrap(),
                    u64::try_from(number).unwrap(),
                )),
                start: at(start),
                end: end.map(at),
                zone: None,
                kind: Kind::from_typed(kind).unwrap(),
                activity: Text::as_written(words.next().unwrap()),
                tags: words.map(Text::as_written).collect(),
                note: None,
                interrupted: 0,
            }
        };
        lines.lines().filter(|line| !line.trim().is_empty()).enumerate().map(block).collect()
    }

    /// Returns the blocks as they are read at that instant.
    pub(crate) fn ledger(&self, blocks: &[Block]) -> Ledger {
        Ledger::new(blocks.to_vec(), self.now)
    }

    /// Reads the balance of a day.
    pub(crate) fn day<'a>(&self, day: &str, ledger: &'a Ledger) -> DayBalance<'a> {
        balance::day(ledger, day.parse().unwrap(), &self.calendar, &self.habits)
    }

    /// Reviews the week of a day, with nothing lifted.
    pub(crate) fn review<'a>(&self, day: &str, ledger: &'a Ledger) -> Review<'a> {
        self.lifted(day, ledger, &Lifts::default())
    }

    /// Reviews the week of a day, with this lifted.
    pub(crate) fn lifted<'a>(&self, day: &str, ledger: &'a Ledger, lifts: &Lifts) -> Review<'a> {
        let week = self.calendar.week_of(day.parse().unwrap());
        let now = self.calendar.home().at(self.now);
        Review::of(&Days::of(ledger, &self.calendar), week, (&self.calendar, &self.habits), now, lifts)
    }
}
