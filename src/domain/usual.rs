//! The share that somebody usually has: what a target of one's own may begin with.

use chrono::{Datelike, NaiveDate, Weekday};

use super::days::Days;
use super::ratio::{Lens, Share, Tally};

/// So many of the last logged days are looked at.
const MOST: usize = 20;
/// Of fewer nothing is said.
const LEAST: usize = 5;
/// Of a weekday that was logged less often nothing is said.
const LEAST_OF_WEEKDAY: usize = 3;

/// The share that somebody usually has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// The share of the days' summed time.
    pub share: Share,
    /// Of how many days.
    pub days: usize,
    /// The same of each weekday that was logged often enough, Monday first.
    pub weekdays: [Option<Share>; 7],
}

impl Usual {
    /// Works it out of the last logged days before `today`, which is not over yet; `None`
    /// where there are too few. A day of which only time off is logged is none of them.
    pub fn of(days: &Days<'_>, today: NaiveDate, lens: Lens) -> Option<Self> {
        let tallies = days.with_time().filter(|day| *day < today).map(|day| (day.weekday(), days.tally(day)));
        let mut logged: Vec<(Weekday, Tally)> = tallies.filter(|(_, tally)| tally.share(lens).is_some()).collect();
        let last = logged.split_off(logged.len().saturating_sub(MOST));
        if last.len() < LEAST {
            return None;
        }
        let of_weekday = |number: u32| {
            let its = || last.iter().filter(|(weekday, _)| weekday.num_days_from_monday() == number);
            let summed: Tally = its().map(|(_, tally)| *tally).sum();
            summed.share(lens).filter(|_| its().count() >= LEAST_OF_WEEKDAY)
        };
        let share = last.iter().map(|(_, tally)| *tally).sum::<Tally>().share(lens)?;
        Some(Self { share, days: last.len(), weekdays: [0, 1, 2, 3, 4, 5, 6].map(of_weekday) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{NaiveTime, TimeDelta};
    use uuid::Uuid;

    use super::super::block::{Block, Id, Kind, Lived};
    use super::super::calendar::Calendar;
    use super::super::ledger::Ledger;
    use super::super::zone::{NoZones, Zone};
    use super::*;
    use crate::text::Text;

    /// Returns what is usual on 2026-11-24 where these hours were made and taken in, so many days ago.
    fn usual(days: &[(i64, i64, i64)]) -> Option<Usual> {
        let now: Lived = "2026-11-24T20:00:00+00:00".parse().unwrap();
        let mut blocks = Vec::new();
        for (ago, made, taken_in) in days {
            let nine = now - TimeDelta::days(*ago) - TimeDelta::hours(11);
            let mid = nine + TimeDelta::hours(*made);
            for (kind, start, end) in
                [(Kind::Creating, nine, mid), (Kind::Consuming, mid, mid + TimeDelta::hours(*taken_in))]
            {
                let id = Id(Uuid::from_u128(blocks.len() as u128));
                let (activity, tags) = (Text::as_written("x"), Vec::new());
                let block =
                    Block { id, start, end: Some(end), zone: None, kind, activity, tags, note: None, interrupted: 0 };
                blocks.extend(Some(block).filter(|_| start < end));
            }
        }
        let home = Zone::fixed(*now.offset());
        let calendar = Calendar::new(home, Arc::new(NoZones), NaiveTime::MIN, Weekday::Mon);
        let ledger = Ledger::new(blocks, now.to_utc());
        Usual::of(&Days::of(&ledger, &calendar), now.date_naive(), Lens::Counted)
    }

    #[test]
    fn it_is_the_share_of_the_summed_time_and_of_four_days_nothing_is_said() {
        let week = [(1, 1, 3), (2, 1, 3), (3, 1, 3), (4, 1, 3), (5, 4, 0)];
        assert_eq!(usual(&week[..4]), None);
        let all = usual(&week).unwrap();
        assert_eq!((all.share.shown(), all.days), (40, 5));
        assert_eq!(all.weekdays, [None; 7]);
        let with_today: Vec<_> = week.iter().copied().chain([(0, 8, 0)]).collect();
        assert_eq!(usual(&with_today), Some(all), "today is not over");
    }

    #[test]
    fn it_looks_at_twenty_days_and_at_weekdays_logged_three_times() {
        let long_ago = (100..160).map(|ago| (ago, 8, 0));
        let lately = (1..=20).map(|ago| if ago % 7 == 1 { (ago, 4, 4) } else { (ago, 0, 8) });
        let days: Vec<_> = long_ago.chain(lately).collect();
        let usual = usual(&days).unwrap();
        assert_eq!((usual.share.shown(), usual.days), (8, 20));
        let mondays = usual.weekdays[0].map(Share::shown);
        assert_eq!((mondays, usual.weekdays[1].map(Share::shown)), (Some(50), None), "a Tuesday is today");
    }
}
