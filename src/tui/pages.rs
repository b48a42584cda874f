//! The journal a page at a time, over empty months and years.

use std::ops::Range;

use chrono::NaiveDate;

use super::msg::{Asked, PAGE, Page};
use crate::desk::Desk;
use crate::domain::{Block, Ends, Ledger};
use crate::failure::Failure;
use crate::journal::{Back, Reach};

/// Reads a page of the journal: at most [`PAGE`] days, but over days without any block to
/// the newest before them. Pages asked for one after another leave no day out, and have
/// none twice.
pub(super) fn read_page(desk: &Desk, asked: Asked) -> Result<Page, Failure> {
    let (since, until) = match asked {
        // Whole days off may lie ahead, however far.
        Asked::Down(since) => (since.unwrap_or_else(|| a_page_before(desk.today())), NaiveDate::MAX),
        Asked::Before(day) => (a_page_before(day), day),
    };
    let page = page(desk, since..until, asked)?;
    if !page.blocks.is_empty() {
        return Ok(page);
    }
    match newest_before(desk, since)? {
        Some(day) => self::page(desk, a_page_before(day)..until, asked),
        None => Ok(Page { since: None, ..page }),
    }
}

fn a_page_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_signed(PAGE).unwrap_or(NaiveDate::MIN)
}

fn page(desk: &Desk, days: Range<NaiveDate>, asked: Asked) -> Result<Page, Failure> {
    let reach = Reach { days: days.start..=days.end, now_too: false, back_until: None };
    let ledger = desk.read(&reach)?.ledger;
    let within = |block: &&Block| days.contains(&desk.calendar.day_of_block(block));
    let found = || ledger.blocks().iter().rev().filter(within);
    let ends = found().filter(|block| block.end.is_none()).filter_map(|block| match ledger.ends(block) {
        Ends::At(end) => Some((block.id, end)),
        Ends::Running | Ends::Forgotten => None,
    });
    Ok(Page { blocks: found().cloned().collect(), ends: ends.collect(), since: Some(days.start), asked })
}

/// Returns the last day before another that has a block, however far that is.
fn newest_before(desk: &Desk, day: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    let newest = |ledger: &Ledger| {
        let days = ledger.blocks().iter().map(|block| desk.calendar.day_of_block(block));
        days.filter(|began| *began < day).max()
    };
    let found = |ledger: &Ledger| newest(ledger).is_some();
    let back = Back { found: &found, months: None };
    let reach = Reach { days: day..=day, now_too: false, back_until: Some(back) };
    Ok(newest(&desk.read(&reach)?.ledger))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveTime, TimeDelta};
    use uuid::Uuid;

    use super::*;
    use crate::clock::{Clock, Surroundings};
    use crate::config::Config;
    use crate::domain::{Id, Kind, Lived};
    use crate::journal::Place;
    use crate::text::Text;

    fn desk(folder: &std::path::Path, device: &str) -> Desk {
        let now = Some("2026-11-24T15:44:00Z".into());
        let surroundings = Surroundings { now, tz: Some("UTC0".into()), ..Surroundings::default() };
        let place = Place { journal: folder.join("journal"), state: folder.join(device), device: device.into() };
        Desk::at(place, Config::default(), Clock::ask(&surroundings, None).unwrap())
    }

    /// Writes a block at a time of a day.
    fn write(desk: &Desk, number: u128, day: &str, time: &str, minutes: i64) {
        let start: Lived = format!("{day}T{time}:00Z").parse().unwrap();
        let block = Block {
            id: Id(Uuid::from_u128(number)),
            start,
            end: (minutes > 0).then(|| start + TimeDelta::minutes(minutes)),
            zone: None,
            kind: if minutes == 1440 { Kind::Off } else { Kind::Consuming },
            activity: Text::as_written(format!("{day} {time}")),
            tags: Vec::new(),
            note: None,
            interrupted: 0,
        };
        desk.journal.import(vec![block], desk.now()).unwrap();
    }

    fn page(desk: &Desk, asked: Asked) -> Page {
        read_page(desk, asked).unwrap()
    }

    #[test]
    fn pages_have_every_block_once_over_empty_years() {
        let folder = tempfile::tempdir().unwrap();
        let (desk, phone) = (desk(folder.path(), "desk"), self::desk(folder.path(), "phone"));
        let days = [
            "2031-12-24",
            "2026-12-25",
            "2026-11-24",
            "2026-11-01",
            "2026-10-24",
            "2026-10-23",
            "2026-09-22",
            "2026-08-21",
            "2024-02-29",
            "2023-12-31",
            "2023-12-01",
            "2012-01-01",
            "2011-12-31",
            "2011-12-30",
            "1999-07-01",
        ];
        for (day, number) in days.iter().zip((1..).step_by(10)) {
            let writer = if number % 20 == 1 { &desk } else { &phone };
            if *day > "2026-11-24" {
                write(writer, number, day, "00:00", 1440);
                continue;
            }
            // Of the evening before, where a day begins at four.
            write(writer, number, day, "03:30", 20);
            write(&phone, number + 1, day, "04:00", 45);
            write(&desk, number + 2, day, "13:00", 0);
        }
        let mut all = desk.journal.read_all(desk.now()).unwrap().ledger.blocks().to_vec();
        all.reverse();
        assert_eq!(all.len(), 13 * 3 + 2);

        for first in
            [None, Some("2026-11-25"), Some("2026-10-24"), Some("2010-01-01"), Some("2030-01-01"), Some("2032-01-01")]
        {
            let mut read = page(&desk, Asked::Down(first.map(|day| day.parse().unwrap())));
            let mut found = read.blocks;
            while let Some(day) = read.since {
                read = page(&desk, Asked::Before(day));
                assert!(!read.blocks.is_empty() || read.since.is_none(), "a page without blocks is the last");
                found.extend(read.blocks);
            }
            assert_eq!(found, all, "{first:?}");
        }
    }

    #[test]
    fn a_page_knows_where_a_block_ended_that_does_not_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), "desk");
        write(&desk, 1, "2026-11-01", "03:50", 0);
        write(&desk, 2, "2026-11-01", "04:10", 30);
        write(&desk, 3, "2026-11-24", "15:00", 0);
        let first: NaiveDate = "2026-11-01".parse().unwrap();
        let read = page(&desk, Asked::Before(first));
        let end = first.and_time(NaiveTime::from_hms_opt(4, 10, 0).unwrap()).and_utc();
        let ends: Vec<_> = read.ends.iter().map(|(id, end)| (*id, end.to_utc())).collect();
        assert_eq!(ends, [(Id(Uuid::from_u128(1)), end)]);
        assert!(page(&desk, Asked::Down(Some(first))).ends.is_empty(), "what runs has no end");
    }

    #[test]
    fn an_empty_journal_is_one_page() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), "desk");
        let read = page(&desk, Asked::Down(None));
        assert_eq!((read.blocks.len(), read.since), (0, None));
    }
}
