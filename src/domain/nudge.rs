//! Nudges: what somebody asked to be reminded of, and exactly from when to when each is due.
//!
//! Nothing is due of what was not asked for. A nudge has a [`Nudge::name`] that stays the same
//! for the same thing, so that whoever sends it can send it once.

use std::fmt;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::balance::{DayBalance, Habits};
use super::block::{Block, Id, Kind};
use super::calendar::Calendar;
use super::days::Days;
use super::ledger::Ledger;
use super::sample::{self, Sample};

/// What somebody wants to be reminded of; nothing, until it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reminders {
    /// So much working time in which nothing was logged.
    pub silence: Option<TimeDelta>,
    /// A block that runs for longer.
    pub block: Option<TimeDelta>,
    /// The end of working time, where something is left to say of the day.
    pub evening: bool,
    /// A limit of the day that is passed.
    pub limits: bool,
    /// What it is right now: asked at random, once in so much working time on average.
    pub sample: Option<TimeDelta>,
}

impl Reminders {
    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Something to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// Nothing was logged since.
    Silence {
        /// When the last block ended, or working time began.
        since: DateTime<Utc>,
    },
    /// A block runs for long.
    Block {
        /// Which.
        id: Id,
        /// When it began.
        began: DateTime<Utc>,
    },
    /// Working time is over.
    Evening {
        /// Of this day.
        day: NaiveDate,
        /// So much of it has nothing.
        unexplained: TimeDelta,
    },
    /// More was taken in, or worked, than the day may hold.
    Limit {
        /// On this day.
        day: NaiveDate,
        /// Which limit.
        of: Limited,
    },
    /// What it was at a random moment.
    Sample {
        /// The logical day.
        day: NaiveDate,
        /// The moment.
        at: DateTime<Utc>,
    },
}

/// What a day has a limit for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// What is taken in.
    TakenIn,
    /// All work.
    Work,
}

impl Nudge {
    /// Returns what tells the same thing from another: plain ASCII that may be the name of a file.
    pub fn name(&self) -> String {
        match self {
            Self::Silence { since } => format!("silence-{}", since.format("%Y%m%dT%H%M%SZ")),
            // A block that is begun anew under its old id has begun anew.
            Self::Block { id, began } => format!("block-{}-{}", Uuid(id), began.timestamp()),
            Self::Evening { day, .. } => format!("evening-{day}"),
            Self::Limit { day, of: Limited::TakenIn } => format!("taken-in-{day}"),
            Self::Limit { day, of: Limited::Work } => format!("work-{day}"),
            Self::Sample { at, .. } => format!("sample-{}", at.format("%Y%m%dT%H%MZ")),
        }
    }
}

struct Uuid<'a>(&'a Id);

impl fmt::Display for Uuid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.0.simple())
    }
}

/// A nudge, and when it is due: nothing changes that, as long as nothing is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What of.
    pub nudge: Nudge,
    /// From when,
    pub from: DateTime<Utc>,
    /// until before when.
    pub until: DateTime<Utc>,
}

impl Planned {
    /// Whether it is due.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && now < self.until
    }
}

/// What nudges are told from.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The blocks of today at least, and the one that runs.
    pub ledger: &'a Ledger,
    /// What a day is.
    pub calendar: &'a Calendar,
    /// When there is work, and the limits.
    pub habits: &'a Habits,
    /// What was answered today at least.
    pub samples: &'a [Sample],
}

/// Returns the nudges of today, by the ledger's now; one that lunch interrupts comes twice,
/// under the same name. Of a day off there are none.
pub fn planned(reminders: &Reminders, seen: &Seen<'_>) -> Vec<Planned> {
    if reminders.is_empty() {
        return Vec::new();
    }
    let days = Days::of(seen.ledger, seen.calendar);
    let Some(today) = Today::of(seen, &days) else { return Vec::new() };
    let silence = reminders.silence.map(|after| today.silence(after)).unwrap_or_default();
    let block = reminders.block.map(|after| today.long_block(after)).unwrap_or_default();
    let evening = reminders.evening.then(|| today.evening()).flatten();
    let limits = if reminders.limits { today.limits() } else { Vec::new() };
    let sample = reminders.sample.map(|every| today.samples(every)).unwrap_or_default();
    silence.into_iter().chain(block).chain(evening).chain(limits).chain(sample).collect()
}

/// Returns the question of a random moment that can be answered now, or could be answered anew.
pub fn question(reminders: &Reminders, seen: &Seen<'_>) -> Option<Nudge> {
    let days = Days::of(seen.ledger, seen.calendar);
    let today = Today::of(seen, &days)?;
    let asked = today.asked(reminders.sample?);
    asked.into_iter().find(|planned| planned.is_due(seen.ledger.now())).map(|planned| planned.nudge)
}

/// Returns how many questions of today have been asked until now.
pub fn asked_so_far(reminders: &Reminders, seen: &Seen<'_>) -> usize {
    let (days, now) = (Days::of(seen.ledger, seen.calendar), seen.ledger.now());
    let asked = reminders.sample.zip(Today::of(seen, &days)).map(|(every, today)| today.asked(every));
    asked.into_iter().flatten().filter(|planned| planned.from <= now).count()
}

/// Returns when the next nudge is due after now, as long as nothing is logged.
pub fn next_due(planned: &[Planned], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    planned
        .iter()
        .filter(|planned| planned.from < planned.until)
        .map(|planned| planned.from)
        .filter(|at| *at > now)
        .min()
}

/// A day that is not off, and its working time.
struct Today<'a> {
    seen: &'a Seen<'a>,
    days: &'a Days<'a>,
    now: DateTime<Utc>,
    day: NaiveDate,
    /// Working time, lunch and all; none where nothing is expected.
    working: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The break that is understood.
    lunch: Option<(DateTime<Utc>, DateTime<Utc>)>,
    day_ends: DateTime<Utc>,
}

impl<'a> Today<'a> {
    fn of(seen: &'a Seen<'a>, days: &'a Days<'a>) -> Option<Self> {
        let (calendar, habits, now) = (seen.calendar, seen.habits, seen.ledger.now());
        let day = calendar.day_at_home(now);
        if days.off(day).is_some() {
            return None;
        }
        // A time before the day's start is one of its night.
        let on_wall = |time: NaiveTime| {
            let date = if time < calendar.day_start() { day.succ_opt().unwrap_or(day) } else { day };
            calendar.home().first(date.and_time(time)).to_utc()
        };
        let span = |(from, until): (NaiveTime, NaiveTime)| (on_wall(from), on_wall(until));
        let working = habits.working_time(day.weekday()).map(span).filter(|(begins, ends)| begins < ends);
        let lunch = Some(span(habits.lunch)).filter(|(from, until)| from < until);
        let (_, day_ends) = calendar.day_at_home_bounds(day);
        Some(Self { seen, days, now, day, working, lunch, day_ends: day_ends.to_utc() })
    }

    fn running(&self) -> Option<&'a Block> {
        self.seen.ledger.running()
    }

    /// Nothing runs, and nothing was logged for so much working time.
    fn silence(&self, after: TimeDelta) -> Vec<Planned> {
        let Some((begins, ends)) = self.working.filter(|_| self.running().is_none()) else { return Vec::new() };
        let last = self.days.slices(self.day).iter().map(|slice| slice.end.to_utc()).max();
        let since = last.map_or(begins, |last| last.max(begins));
        let mut from = since + after;
        if let Some((lunch, after_lunch)) = self.lunch
            && since < after_lunch
            && lunch <= from
        {
            // Lunch is no silence: what is left of the time is counted after it.
            from += after_lunch - lunch.max(since);
        }
        self.at_work(&Nudge::Silence { since }, from, ends)
    }

    /// The questions of the day that nobody has answered.
    fn samples(&self, every: TimeDelta) -> Vec<Planned> {
        let is_answered = |planned: &Planned| {
            let its = |sample: &Sample| matches!(planned.nudge, Nudge::Sample { at, .. } if sample.at == at);
            self.seen.samples.iter().any(its)
        };
        self.asked(every).into_iter().filter(|planned| !is_answered(planned)).collect()
    }

    /// The questions of the day: each for a while, and until the next.
    fn asked(&self, every: TimeDelta) -> Vec<Planned> {
        let Some((begins, ends)) = self.working else { return Vec::new() };
        let (lunch, after_lunch) = self.lunch.unwrap_or((ends, ends));
        let is_at_lunch = |at: &DateTime<Utc>| (lunch..after_lunch).contains(at);
        let asked: Vec<_> = sample::moments(begins, ends, every).filter(|at| !is_at_lunch(at)).collect();
        let next = asked.iter().skip(1).copied().map(Some).chain([None]);
        let until = |(at, next): (&DateTime<Utc>, Option<DateTime<Utc>>)| {
            let closes = *at + sample::ANSWERED_WITHIN;
            let nudge = Nudge::Sample { day: self.day, at: *at };
            Planned { nudge, from: *at, until: next.map_or(closes, |next| closes.min(next)) }
        };
        asked.iter().zip(next).map(until).collect()
    }

    /// A block runs for longer; a day off does not run.
    fn long_block(&self, after: TimeDelta) -> Vec<Planned> {
        let Some((block, (begins, ends))) = self.running().zip(self.working) else { return Vec::new() };
        let nudge = Nudge::Block { id: block.id, began: block.began() };
        self.at_work(&nudge, (block.began() + after).max(begins), ends)
    }

    /// Returns a nudge that waits while lunch lasts.
    fn at_work(&self, nudge: &Nudge, from: DateTime<Utc>, ends: DateTime<Utc>) -> Vec<Planned> {
        let (lunch, after_lunch) = self.lunch.unwrap_or((ends, ends));
        let parts = [(from, ends.min(lunch)), (from.max(after_lunch), ends)];
        let parts = parts.into_iter().filter(|(from, until)| from < until);
        parts.map(|(from, until)| Planned { nudge: nudge.clone(), from, until }).collect()
    }

    /// Working time is over, and something still runs or some of it has nothing.
    fn evening(&self) -> Option<Planned> {
        let (begins, ends) = self.working?;
        let running = self.running();
        // What runs will be there until then.
        let as_of = if running.is_some() { self.now } else { self.now.max(ends) };
        let (calendar, habits) = (self.seen.calendar, self.seen.habits);
        let day = DayBalance::of(self.days, self.day, calendar, habits, calendar.home().at(as_of));
        let unexplained = if day.slices.is_empty() {
            let (lunch, after_lunch) = self.lunch.unwrap_or((ends, ends));
            (ends - begins) - (after_lunch.min(ends) - lunch.clamp(begins, ends)).max(TimeDelta::zero())
        } else {
            day.gaps.iter().map(|gap| gap.end - gap.start).sum()
        };
        let still_works = running.is_some_and(|block| block.kind != Kind::Off);
        let is_left = still_works || unexplained > TimeDelta::zero();
        let nudge = Nudge::Evening { day: self.day, unexplained };
        (is_left && ends < self.day_ends).then_some(Planned { nudge, from: ends, until: self.day_ends })
    }

    /// Each limit that is passed, or will be while what runs runs on.
    fn limits(&self) -> Vec<Planned> {
        let (limits, tally) = (self.seen.habits.limits, self.days.tally(self.day));
        let kind = self.running().map(|block| block.kind);
        let each = [
            (Limited::TakenIn, limits.taken_in, tally.consuming, kind == Some(Kind::Consuming)),
            (Limited::Work, limits.work, tally.logged(), kind.is_some_and(|kind| kind != Kind::Off)),
        ];
        let planned = each.into_iter().filter_map(|(of, limit, so_far, grows)| {
            let left = limit? - so_far;
            // It is passed a second after it was reached.
            let from = self.now + left + TimeDelta::seconds(1);
            let is_coming = grows || left < TimeDelta::zero();
            let nudge = Nudge::Limit { day: self.day, of };
            (is_coming && from < self.day_ends).then_some(Planned { nudge, from, until: self.day_ends })
        });
        planned.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{FixedOffset, Weekday};
    use proptest::prelude::*;

    use super::super::balance::Limits;
    use super::super::block::Lived;
    use super::super::zone::{NoZones, Zone};
    use super::*;
    use crate::text::Text;

    fn calendar() -> Calendar {
        let home = Zone::fixed(FixedOffset::east_opt(3_600).unwrap());
        Calendar::new(home, Arc::new(NoZones), NaiveTime::from_hms_opt(4, 0, 0).unwrap(), Weekday::Mon)
    }

    /// Tuesday, 24 November 2026, so many minutes after midnight.
    fn minute(minute: i64) -> Lived {
        DateTime::parse_from_rfc3339("2026-11-24T00:00:00+01:00").unwrap() + TimeDelta::minutes(minute)
    }

    fn time(text: &str) -> Lived {
        let (hour, minutes) = text.split_once(':').unwrap();
        minute(hour.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap())
    }

    fn block(start: Lived, end: Option<Lived>, kind: Kind) -> Block {
        Block {
            id: Id(uuid::Uuid::from_u128(u128::try_from(start.timestamp()).unwrap())),
            start,
            end,
            zone: None,
            kind,
            activity: Text::as_written("x"),
            tags: vec![],
            note: None,
            interrupted: 0,
        }
    }

    const ALL: Reminders = Reminders {
        silence: Some(TimeDelta::minutes(45)),
        block: Some(TimeDelta::minutes(180)),
        evening: true,
        limits: true,
        sample: Some(TimeDelta::minutes(45)),
    };

    fn habits() -> Habits {
        let limits = Limits { taken_in: Some(TimeDelta::hours(2)), work: Some(TimeDelta::hours(9)) };
        Habits { limits, ..Habits::default() }
    }

    fn at(now: Lived, blocks: &[Block]) -> Vec<Planned> {
        let ledger = Ledger::new(blocks.to_vec(), now.to_utc());
        planned(&ALL, &Seen { ledger: &ledger, calendar: &calendar(), habits: &habits(), samples: &[] })
    }

    /// Returns the names of what is due, without what they are named by.
    fn due(now: &str, blocks: &[Block]) -> Vec<String> {
        let now = time(now);
        let due = at(now, blocks).into_iter().filter(|planned| planned.is_due(now.to_utc()));
        due.map(|planned| planned.nudge.name().split_once('-').unwrap().0.to_owned()).collect()
    }

    /// Catches: silence counted over lunch, before work, while something runs, or on a day off.
    #[test]
    fn silence_is_working_time_in_which_nothing_was_logged() {
        let morning = block(time("9:00"), Some(time("11:30")), Kind::Shaping);
        let one = std::slice::from_ref(&morning);
        assert!(due("8:59", &[]).is_empty() && due("9:44", &[]).is_empty());
        assert_eq!(due("9:45", &[]), ["silence"]);
        assert!(due("12:15", one).is_empty() && due("12:59", one).is_empty(), "at lunch");
        assert!(due("13:14", one).is_empty(), "30 minutes before lunch and 14 after it");
        assert_eq!(due("13:15", one), ["silence"]);
        assert!(due("13:15", &[morning, block(time("13:00"), None, Kind::Shaping)]).is_empty());
        assert!(due("9:45", &[block(time("4:00"), Some(time("28:00")), Kind::Off)]).is_empty(), "a day off");
        assert!(!due("18:00", &[]).contains(&"silence".to_owned()), "work is over");
    }

    /// Catches: a limit told when it is reached and not when it is passed, or while it does not grow.
    #[test]
    fn a_long_block_the_evening_and_the_limits_are_due_when_they_are() {
        let runs = [block(time("13:00"), None, Kind::Consuming)];
        assert!(due("15:00", &runs).is_empty(), "the limit is reached, and not passed");
        assert_eq!(due("15:01", &runs), ["taken"]);
        assert_eq!(due("16:00", &runs), ["block", "taken"]);
        assert_eq!(due("18:00", &runs), ["evening", "taken"]);
        let full = [block(time("9:00"), Some(time("18:00")), Kind::Creating)];
        assert!(due("18:30", &full).is_empty(), "a day that is told has nothing left to say");
        let gap = [block(time("9:00"), Some(time("17:00")), Kind::Creating)];
        assert_eq!(due("18:30", &gap), ["evening"]);
        let foretold = next_due(&at(time("17:00"), &gap), time("17:45").to_utc());
        assert_eq!(foretold, Some(time("18:00").to_utc()), "nothing is missing yet, and will be by then");
    }

    /// Catches: a break that is taken for work that runs, and lunch that is asked about.
    #[test]
    fn an_evening_is_told_what_has_nothing_without_lunch_and_no_break() {
        let evening = |blocks: &[Block]| {
            let mut planned = at(time("18:30"), blocks).into_iter();
            planned.find_map(|planned| match planned.nudge {
                Nudge::Evening { unexplained, .. } => Some(unexplained.num_minutes()),
                _ => None,
            })
        };
        assert_eq!(evening(&[]), Some(480), "nine hours, and lunch is one of them");
        let full = block(time("9:00"), Some(time("18:00")), Kind::Creating);
        let rest = |kind| [full.clone(), block(time("18:00"), None, kind)];
        assert_eq!(evening(&rest(Kind::Off)), None);
        assert_eq!(evening(&rest(Kind::Shaping)), Some(0), "it still runs");
    }

    fn days() -> impl Strategy<Value = (Vec<Block>, i64)> {
        let steps = proptest::collection::vec((1_i64..200, 1_i64..200, 0_usize..4), 0..6);
        (steps, 0_i64..1_400, any::<bool>()).prop_map(|(steps, later, runs)| {
            let (mut at, mut blocks) = (300, Vec::new());
            for (free, long, kind) in steps {
                let start = at + free;
                // What begins after now is logged after now: nothing of it can be foretold.
                if start + long > 1_600 {
                    break;
                }
                at = start + long;
                blocks.push(block(minute(start), Some(minute(at)), Kind::ALL[kind]));
            }
            if let Some(last) = blocks.last_mut().filter(|_| runs) {
                last.end = None;
            }
            (blocks, (at + later).min(1_600))
        })
    }

    proptest! {
        /// Walks on minute by minute with nothing logged. Catches: a pane that sleeps past a nudge,
        /// or wakes for none; one thing under two names; silence, a long block or a question outside of work.
        #[test]
        fn nothing_is_due_before_it_was_foretold_and_one_thing_has_one_name((blocks, now) in days()) {
            let foretold = at(minute(now), &blocks);
            for later in now..(now + 300).min(1_680) {
                let instant = minute(later);
                let then = at(instant, &blocks);
                for due in then.iter().filter(|it| it.is_due(instant.to_utc())) {
                    let was = foretold.iter().any(|it| it.nudge.name() == due.nudge.name() && it.is_due(instant.to_utc()));
                    prop_assert!(was, "{due:?} at {instant} was not foretold: {foretold:?}");
                    if matches!(due.nudge, Nudge::Silence { .. } | Nudge::Block { .. }) {
                        prop_assert!((540..1_080).contains(&later) && !(720..780).contains(&later), "{due:?} {instant}");
                    }
                    if let Nudge::Sample { at, .. } = due.nudge {
                        let asked = (at - minute(0).to_utc()).num_minutes();
                        prop_assert!((540..1_080).contains(&asked) && !(720..780).contains(&asked), "{due:?}");
                    }
                }
            }
            // What somebody is woken for is due when they are.
            if let Some(first) = next_due(&foretold, minute(now).to_utc()) {
                let then = at(first.with_timezone(minute(0).offset()), &blocks);
                for told in foretold.iter().filter(|it| it.from == first && it.is_due(first)) {
                    let is_it = |it: &&Planned| it.nudge.name() == told.nudge.name() && it.is_due(first);
                    prop_assert!(then.iter().any(|it| is_it(&it)), "woken for none: {told:?}, but {then:?}");
                }
                prop_assert!(then.iter().any(|it| it.is_due(first)), "woken for none at {first}");
            }
        }
    }

    #[test]
    fn what_was_not_asked_for_is_never_due() {
        let runs = [block(time("9:00"), None, Kind::Consuming)];
        let ledger = Ledger::new(runs.to_vec(), time("19:00").to_utc());
        let (calendar, habits) = (calendar(), habits());
        let seen = Seen { ledger: &ledger, calendar: &calendar, habits: &habits, samples: &[] };
        assert!(planned(&Reminders::default(), &seen).is_empty());
    }
}
