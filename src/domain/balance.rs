//! The balance of a day and of a week: what was logged, of what was expected, and
//! which way it tilts.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::block::{Block, Lived};
use super::calendar::{Calendar, Week};
use super::days::{Days, Slice};
use super::insight::{self, Gap, Longest};
use super::ledger::Ledger;
use super::ratio::{Lens, Level, Share, Tally};

/// What the user expects of a week: settings that change how a journal is read, never
/// what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Whether shaping counts as creation.
    pub lens: Lens,
    /// The share at which a day is level, Monday first.
    pub targets: [Share; 7],
    /// Whether the target is ours and not the user's: then it is labelled a guess.
    pub target_is_a_guess: bool,
    /// How much is expected to be logged, Monday first.
    pub expected: [TimeDelta; 7],
    /// When working time begins.
    pub work_begins: NaiveTime,
    /// The break that is understood and never asked about; none where the two are equal.
    pub lunch: (NaiveTime, NaiveTime),
    /// What a day may hold before it says that it is enough.
    pub limits: Limits,
}

/// What a day may hold before it says that it is enough; nothing is ever kept from being logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// How much may be taken in.
    pub taken_in: Option<TimeDelta>,
    /// How much may be worked.
    pub work: Option<TimeDelta>,
}

impl Limits {
    /// Returns how much more was taken in than may be; `None` up to there.
    pub fn over_taken_in(&self, tally: &Tally) -> Option<TimeDelta> {
        over(tally.consuming, self.taken_in)
    }

    /// Returns how much more was worked than may be; `None` up to there.
    pub fn over_work(&self, tally: &Tally) -> Option<TimeDelta> {
        over(tally.logged(), self.work)
    }
}

fn over(time: TimeDelta, limit: Option<TimeDelta>) -> Option<TimeDelta> {
    limit.map(|limit| time - limit).filter(|over| *over > TimeDelta::zero())
}

impl Default for Habits {
    fn default() -> Self {
        let hours = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap_or(NaiveTime::MIN);
        let (work, free) = (TimeDelta::hours(8), TimeDelta::zero());
        Self {
            lens: Lens::Counted,
            targets: [Share::GUESS; 7],
            target_is_a_guess: true,
            expected: [work, work, work, work, work, free, free],
            work_begins: hours(9, 0),
            lunch: (hours(12, 0), hours(13, 0)),
            limits: Limits::default(),
        }
    }
}

impl Habits {
    /// Returns the target of a day of the week.
    pub fn target(&self, weekday: Weekday) -> Share {
        let [mon, tue, wed, thu, fri, sat, sun] = self.targets;
        pick(weekday, [mon, tue, wed, thu, fri, sat, sun])
    }

    /// Returns how much is expected on a day of the week.
    pub fn expected(&self, weekday: Weekday) -> TimeDelta {
        pick(weekday, self.expected)
    }

    /// Returns the working time of a day of the week: from when to when on the wall, for
    /// as long as is expected and for the lunch that lies in it; `None` where nothing is
    /// expected.
    pub fn working_time(&self, weekday: Weekday) -> Option<(NaiveTime, NaiveTime)> {
        let expected = self.expected(weekday);
        let (lunch, after_lunch) = self.lunch;
        let lies_in_it = (TimeDelta::zero()..expected).contains(&(lunch - self.work_begins));
        let lunch = if lies_in_it { (after_lunch - lunch).max(TimeDelta::zero()) } else { TimeDelta::zero() };
        let (ends, days) = self.work_begins.overflowing_add_signed(expected + lunch);
        let ends = if days > 0 { NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(ends) } else { ends };
        (expected > TimeDelta::zero()).then_some((self.work_begins, ends))
    }
}

fn pick<T: Copy>(weekday: Weekday, [mon, tue, wed, thu, fri, sat, sun]: [T; 7]) -> T {
    match weekday {
        Weekday::Mon => mon,
        Weekday::Tue => tue,
        Weekday::Wed => wed,
        Weekday::Thu => thu,
        Weekday::Fri => fri,
        Weekday::Sat => sat,
        Weekday::Sun => sun,
    }
}

/// One day.
#[derive(Clone, Debug)]
pub struct DayBalance<'a> {
    /// The logical day.
    pub day: NaiveDate,
    /// What was logged, by kind.
    pub tally: Tally,
    /// How much was expected: nothing on a day off.
    pub expected: TimeDelta,
    /// What it may hold before it says that it is enough.
    pub limits: Limits,
    /// The block that takes the day off.
    pub off: Option<&'a Block>,
    /// Through which lens the share is seen.
    pub lens: Lens,
    /// The share at which the day is level.
    pub target: Share,
    /// The day's time in order, time off included.
    pub slices: Vec<Slice<'a>>,
    /// Working time with nothing logged, in order.
    pub gaps: Vec<Gap>,
    /// The longest creating stretch.
    pub longest: Option<Longest<'a>>,
    /// How often one activity followed another within 5 minutes.
    pub switches: usize,
    /// How many blocks were shorter than 15 minutes.
    pub fragments: usize,
    /// How often blocks were interrupted.
    pub interrupted: u32,
}

impl<'a> DayBalance<'a> {
    /// Reads the balance of `day`. `now` is where a gap of today ends; a later day has none.
    pub fn of(days: &Days<'a>, day: NaiveDate, calendar: &Calendar, habits: &Habits, now: Lived) -> Self {
        let slices = days.slices(day);
        let off = days.off(day);
        let working = habits.working_time(day.weekday()).filter(|_| off.is_none());
        let today = calendar.day_at_home(now.to_utc()) == day;
        Self {
            day,
            tally: days.tally(day),
            expected: if off.is_some() { TimeDelta::zero() } else { habits.expected(day.weekday()) },
            limits: habits.limits,
            off,
            lens: habits.lens,
            target: habits.target(day.weekday()),
            gaps: working
                .map_or_else(Vec::new, |hours| insight::gaps(slices, hours, habits.lunch, today.then_some(now))),
            longest: insight::longest(slices),
            switches: insight::switches(slices),
            fragments: insight::fragments(slices),
            interrupted: insight::interrupted(slices),
            slices: slices.to_vec(),
        }
    }

    /// Returns the day's share; `None` when nothing was logged.
    pub fn share(&self) -> Option<Share> {
        self.tally.share(self.lens)
    }

    /// Returns where the day stands to its target; `None` when nothing was logged.
    pub fn level(&self) -> Option<Level> {
        self.tally.level(self.lens, self.target)
    }
}

/// Seven days.
#[derive(Clone, Debug)]
pub struct WeekBalance<'a> {
    /// Which.
    pub week: Week,
    /// Its days in order.
    pub days: Vec<DayBalance<'a>>,
    /// What was logged, by kind: the sum of the days.
    pub tally: Tally,
    /// How much was expected.
    pub expected: TimeDelta,
    /// Through which lens the share is seen.
    pub lens: Lens,
    /// The share at which the week is level: the mean of its days' targets, by what
    /// was logged on each (else by what was expected), so that seven level days make a
    /// level week.
    pub target: Share,
}

impl<'a> WeekBalance<'a> {
    /// Reads the balance of `week`.
    pub fn of(days: &Days<'a>, week: Week, calendar: &Calendar, habits: &Habits, now: Lived) -> Self {
        let days: Vec<_> = week.days().map(|day| DayBalance::of(days, day, calendar, habits, now)).collect();
        Self {
            week,
            tally: days.iter().map(|day| day.tally).sum(),
            expected: days.iter().map(|day| day.expected).sum(),
            lens: habits.lens,
            target: mean_target(&days),
            days,
        }
    }

    /// Returns the share of the week's summed time, not the mean of its days' shares.
    pub fn share(&self) -> Option<Share> {
        self.tally.share(self.lens)
    }

    /// Returns where the week stands to its target; `None` when nothing was logged.
    pub fn level(&self) -> Option<Level> {
        self.tally.level(self.lens, self.target)
    }

    /// Returns how often one activity followed another.
    pub fn switches(&self) -> usize {
        self.days.iter().map(|day| day.switches).sum()
    }
}

fn mean_target(days: &[DayBalance<'_>]) -> Share {
    // The mean of the same number is that number, which a sum of fractions may miss.
    if let Some(first) = days.first().filter(|first| days.iter().all(|day| day.target == first.target)) {
        return first.target;
    }
    let weighted = |weight: fn(&DayBalance<'_>) -> TimeDelta| {
        let all: TimeDelta = days.iter().map(weight).sum();
        let points: f64 = days
            .iter()
            .filter_map(|day| Share::of(weight(day), all).map(|part| part.fraction() * day.target.points()))
            .sum();
        (all > TimeDelta::zero()).then(|| Share::percent(points.clamp(0.0, 100.0))).flatten()
    };
    weighted(|day| day.tally.logged())
        .or_else(|| weighted(|day| day.expected))
        .or_else(|| days.first().map(|day| day.target))
        .unwrap_or(Share::GUESS)
}

/// Reads one day straight from a ledger.
pub fn day<'a>(ledger: &'a Ledger, day: NaiveDate, calendar: &Calendar, habits: &Habits) -> DayBalance<'a> {
    DayBalance::of(&Days::of(ledger, calendar), day, calendar, habits, calendar.home().at(ledger.now()))
}

/// Reads one week straight from a ledger.
pub fn week<'a>(ledger: &'a Ledger, week: Week, calendar: &Calendar, habits: &Habits) -> WeekBalance<'a> {
    WeekBalance::of(&Days::of(ledger, calendar), week, calendar, habits, calendar.home().at(ledger.now()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn lunch_lengthens_only_the_day_that_it_lies_in() {
        let day =
            |begins, hours| Habits { work_begins: begins, expected: [TimeDelta::hours(hours); 7], ..Habits::default() };
        assert_eq!(day(time(9, 0), 8).working_time(Weekday::Mon), Some((time(9, 0), time(18, 0))));
        assert_eq!(day(time(9, 0), 3).working_time(Weekday::Mon), Some((time(9, 0), time(12, 0))));
        assert_eq!(day(time(13, 0), 4).working_time(Weekday::Mon), Some((time(13, 0), time(17, 0))));
        assert_eq!(day(time(9, 0), 0).working_time(Weekday::Mon), None);
    }
}
