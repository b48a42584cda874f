//! What the tests of the pane share: a world from lines such as `09:15-09:30 i standup +tag`.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
use uuid::Uuid;

use super::world::{Setting, World};
use crate::beam::Glyphs;
use crate::domain::{Block, Calendar, Habits, Id, Kind, Ledger, Lived, NoZones, Zone};
use crate::report::Words;
use crate::text::Text;
use crate::theme::{Depth, Themes};

fn east() -> FixedOffset {
    FixedOffset::east_opt(3_600).unwrap()
}

/// Returns a world in Berlin's winter as of `2026-11-24T15:44`, by its wall clock.
pub(crate) fn world(now: &str, lines: &str) -> World {
    world_in(Zone::fixed(east()), now, lines)
}

/// Returns the same where the clocks at home are set by other rules.
pub(crate) fn world_in(home: Zone, now: &str, lines: &str) -> World {
    let now = format!("{now}:00+01:00").parse::<DateTime<FixedOffset>>().unwrap();
    let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
    let setting = Setting {
        calendar: Calendar::new(home, Arc::new(NoZones), four, Weekday::Mon),
        habits: Habits::default(),
        kinds: Vec::new(),
        keys: crate::keymap::Keymap::default(),
        glyphs: Glyphs::Unicode,
        themes: Themes::new(Depth::None),
        words: Words::Shown,
        reminders: crate::domain::Reminders::default(),
        outside: Words::Hidden,
        target_asked: true,
    };
    let blocks = blocks(now.date_naive(), lines);
    World::new(setting, Ledger::new(blocks, now.to_utc()), now.to_utc())
}

/// Reads the blocks of a day. A line without an end runs; a time of `24:00` and later is
/// on the next morning.
pub(crate) fn blocks(day: NaiveDate, lines: &str) -> Vec<Block> {
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    (1..).zip(lines).map(|(number, line)| block(day, number, line)).collect()
}

fn block(day: NaiveDate, number: u128, line: &str) -> Block {
    let (times, rest) = line.trim().split_once(' ').unwrap();
    let (kind, words) = rest.trim().split_once(' ').unwrap();
    let (start, end) = times.split_once('-').map_or((times, None), |(start, end)| (start, Some(end)));
    let mut words = words.split(" +");
    let day_number = u128::try_from(day.to_epoch_days()).unwrap();
    Block {
        id: Id(Uuid::from_u128(day_number << 64 | number)),
        start: at(day, start),
        end: end.map(|end| at(day, end)),
        zone: None,
        kind: Kind::from_typed(kind).unwrap(),
        activity: Text::as_written(words.next().unwrap()),
        tags: words.map(Text::as_written).collect(),
        note: None,
        interrupted: 0,
    }
}

/// Reads `9:15` or `9:15:30` of a day.
fn at(day: NaiveDate, time: &str) -> Lived {
    let parts = time.split(':').map(|part| part.parse::<i64>().unwrap());
    let seconds: i64 = parts.zip([3_600, 60, 1]).map(|(part, unit)| part * unit).sum();
    let wall = day.and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds);
    wall.and_local_timezone(east()).unwrap()
}
