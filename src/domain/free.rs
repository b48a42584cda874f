//! What fits now: whether the time from now on is free, for how long, and which spark it has
//! room for.

use chrono::{Datelike as _, TimeDelta};

use super::balance::Habits;
use super::block::Lived;
use super::kept::Spark;
use super::past::Past;

/// Returns for how long from now on nothing is expected: until the next habit of this time of
/// the week begins, until lunch, or until working time ends. `None` outside working time and
/// at lunch.
pub fn free(now: Lived, habits: &Habits, past: &Past) -> Option<TimeDelta> {
    let (begins, ends) = habits.working_time(now.weekday())?;
    let (lunch, after_lunch) = habits.lunch;
    let time = now.time();
    if !(begins..ends).contains(&time) || (lunch..after_lunch).contains(&time) {
        return None;
    }
    let is_before_lunch = lunch < after_lunch && time < lunch && lunch < ends;
    let free = if is_before_lunch { lunch } else { ends } - time;
    Some(past.next_begins(now, free).unwrap_or(free))
}

/// Returns the spark to offer in so much free time: the oldest open one that fits.
pub fn fitting(sparks: &[Spark], free: TimeDelta) -> Option<&Spark> {
    let open = sparks.iter().filter(|spark| spark.is_open() && spark.length <= free);
    open.min_by_key(|spark| (spark.put.to_utc(), spark.id))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days};
    use uuid::Uuid;

    use super::super::block::{Block, Id, Kind};
    use super::*;
    use crate::text::Text;

    /// Tuesday, 24 November 2026, at some time in Berlin.
    fn tuesday(time: &str) -> Lived {
        DateTime::parse_from_rfc3339(&format!("2026-11-24T{time}:00+01:00")).unwrap()
    }

    fn weekly(activity: &str, at: Lived, ago: &[u64]) -> Vec<Block> {
        let block = |ago: &u64| {
            let start = at - Days::new(7 * ago);
            Block {
                id: Id(Uuid::from_u128(u128::try_from(start.timestamp()).unwrap())),
                start,
                end: Some(start + TimeDelta::minutes(30)),
                zone: None,
                kind: Kind::Consuming,
                activity: Text::as_written(activity),
                tags: vec![],
                note: None,
                interrupted: 0,
            }
        };
        ago.iter().map(block).collect()
    }

    fn minutes(time: &str, blocks: &[Block]) -> Option<i64> {
        free(tuesday(time), &Habits::default(), &Past::of(blocks)).map(|free| free.num_minutes())
    }

    #[test]
    fn time_is_free_until_lunch_or_the_end_of_work_and_not_outside_of_it() {
        assert_eq!(minutes("11:00", &[]), Some(60));
        assert_eq!(minutes("12:30", &[]), None);
        assert_eq!(minutes("17:40", &[]), Some(20));
        assert_eq!(minutes("08:59", &[]), None);
        assert_eq!(minutes("18:00", &[]), None);
        let saturday = tuesday("11:00") + Days::new(4);
        assert_eq!(free(saturday, &Habits::default(), &Past::default()), None);
    }

    #[test]
    fn of_six_weeks_twice_may_be_chance() {
        let known = weekly("retro", tuesday("16:00"), &[1, 2, 3, 4, 5, 6]);
        let seen =
            |ago: &[u64]| minutes("10:00", &[known.clone(), weekly("escalation", tuesday("11:00"), ago)].concat());
        assert_eq!(seen(&[1, 4]), Some(120), "until lunch");
        assert_eq!(seen(&[1, 4, 5]), Some(60));
    }

    #[test]
    fn what_is_done_all_day_is_no_appointment() {
        let times = ["09:00", "10:20", "11:30", "13:10", "14:30", "16:10"];
        let all_day: Vec<Block> = times
            .iter()
            .flat_map(|time| (0..5).flat_map(|day| weekly("mail", tuesday(time) + Days::new(day), &[1, 2, 3, 4])))
            .collect();
        assert_eq!(minutes("10:00", &all_day), Some(120), "until lunch");
        let once: Vec<Block> = weekly("staff sync", tuesday("11:30"), &[1, 2, 3, 4]);
        assert_eq!(minutes("10:00", &[all_day, once].concat()), Some(90));
    }

    #[test]
    fn what_usually_begins_ends_the_free_time_once_may_be_chance() {
        let sync = weekly("staff sync", tuesday("15:30"), &[1, 2, 4]);
        assert_eq!(minutes("14:45", &sync), Some(45));
        assert_eq!(minutes("13:00", &sync), Some(150));
        assert_eq!(minutes("15:35", &sync), Some(145), "it should have begun, and did not");
        assert_eq!(minutes("14:45", &weekly("staff sync", tuesday("15:30"), &[2])), Some(195));
        let begun = [sync, weekly("staff sync", tuesday("15:25"), &[0])].concat();
        assert_eq!(minutes("15:26", &begun), Some(154), "it began already");
    }

    #[test]
    fn the_oldest_open_spark_that_fits_is_offered() {
        let spark = |number: u128, length: i64, put: &str, done: bool| Spark {
            id: Id(Uuid::from_u128(number)),
            text: Text::as_written("x"),
            length: TimeDelta::minutes(length),
            put: tuesday(put),
            done: done.then(|| tuesday("10:00")),
        };
        let sparks = [spark(1, 30, "09:03", false), spark(2, 60, "09:01", false), spark(3, 30, "09:02", true)];
        let fits = |minutes: i64| fitting(&sparks, TimeDelta::minutes(minutes)).map(|spark| spark.id.0.as_u128());
        assert_eq!((fits(60), fits(59), fits(30), fits(29)), (Some(2), Some(1), Some(1), None));
    }
}
