//! Which gap comes back every week: the next one is known before it is there.

use chrono::{Datelike as _, Days as Count, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Weekday};

use crate::domain::balance::Habits;
use crate::domain::days::Days;
use crate::domain::insight;

/// So far back it is looked, in weeks; of what is longer ago, nothing is needed.
pub const LOOKED_BACK: u32 = 6;
/// In so many weeks running it must have been there.
pub const FEWEST_WEEKS: u32 = 4;
/// A gap that recurs is at least so long.
pub const SHORTEST: TimeDelta = TimeDelta::minutes(30);

/// Working time of a weekday with nothing logged, week after week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecurringGap {
    /// On which weekday.
    pub weekday: Weekday,
    /// From when, on the wall.
    pub from: NaiveTime,
    /// Until when.
    pub until: NaiveTime,
    /// How many weeks running, of those in which that weekday was logged.
    pub weeks: u32,
}

impl RecurringGap {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.until - self.from
    }
}

/// Returns the gaps that recur, by weekday and time, Monday first.
///
/// Looked at are the days before `today` of the last [`LOOKED_BACK`] weeks on which at least half
/// of what is expected was logged; others, and days off, are passed over: they say
/// nothing of it. A gap lies in working time, outside of lunch, and between two blocks of its
/// day, as every gap does: time before the first block or after the last is a late start or
/// an early end. Its borders are full five minutes, within what was free each time.
pub fn recurring_gaps(days: &Days<'_>, habits: &Habits, today: NaiveDate) -> Vec<RecurringGap> {
    let weekdays = std::iter::successors(Some(Weekday::Mon), |weekday| Some(weekday.succ()));
    weekdays.take(7).flat_map(|weekday| of_weekday(days, habits, today, weekday)).collect()
}

/// From when to when.
type Free = (NaiveTime, NaiveTime);

fn of_weekday(days: &Days<'_>, habits: &Habits, today: NaiveDate, weekday: Weekday) -> Vec<RecurringGap> {
    let Some(working) = habits.working_time(weekday) else { return Vec::new() };
    let dates = (1..=7 * u64::from(LOOKED_BACK)).filter_map(|back| today.checked_sub_days(Count::new(back)));
    let says_something = |day: &NaiveDate| {
        let is_logged = days.tally(*day).logged() * 2 >= habits.expected(weekday);
        day.weekday() == weekday && days.off(*day).is_none() && is_logged
    };
    // The newest first.
    let free: Vec<Vec<Free>> = dates
        .filter(says_something)
        .map(|day| {
            let gaps = insight::gaps(days.slices(day), working, habits.lunch, None);
            gaps.iter().map(|gap| (gap.start.time(), gap.end.time())).collect()
        })
        .collect();
    let (Some(newest), Some(older)) = (free.first(), free.get(1..FEWEST_WEEKS as usize)) else { return Vec::new() };
    let always = older.iter().fold(newest.clone(), |always, free| in_both(&always, free));
    let weeks = |gap: &Free| {
        let holds = |free: &&Vec<Free>| free.iter().any(|(from, until)| *from <= gap.0 && gap.1 <= *until);
        u32::try_from(free.iter().take_while(holds).count()).unwrap_or(u32::MAX)
    };
    always
        .into_iter()
        .filter_map(to_five_minutes)
        .filter(|(from, until)| *until - *from >= SHORTEST)
        .map(|gap| RecurringGap { weekday, from: gap.0, until: gap.1, weeks: weeks(&gap) })
        .collect()
}

fn in_both(one: &[Free], other: &[Free]) -> Vec<Free> {
    let meet = |a: &Free, b: &Free| (a.0.max(b.0), a.1.min(b.1));
    let all = one.iter().flat_map(|a| other.iter().map(move |b| meet(a, b)));
    all.filter(|(from, until)| from < until).collect()
}

/// Returns what of a gap begins and ends at full five minutes.
fn to_five_minutes((from, until): Free) -> Option<Free> {
    const STEP: u32 = 5 * 60;
    let at = |seconds: u32| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
    let from = at(from.num_seconds_from_midnight().next_multiple_of(STEP))?;
    let until = at(until.num_seconds_from_midnight() / STEP * STEP)?;
    (from < until).then_some((from, until))
}
