//! The figures of days and weeks against a second implementation, which asks of every second
//! whose it is; and the laws that they keep.

#![cfg(test)]

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use tiltmeter::clock::SystemZones;
use tiltmeter::domain::balance::Habits;
use tiltmeter::domain::insight;
use tiltmeter::domain::{
    Before, Block, Calendar, Days, Id, Kind, Ledger, Lens, Lift, Lifts, Lived, Review, Share, Slice, Subject, Tally,
    Week, WeekBalance, Zone, ZoneName, Zones,
};
use tiltmeter::text::Text;
use uuid::Uuid;

/// Where the clocks change on 29 March and 25 October 2026: weeks of 167 and 169 hours.
const HOME: &str = "Europe/Berlin";
const ACTIVITIES: [&str; 4] = ["staff sync", "design doc", "1:1", "mail"];
const TAGS: [&str; 2] = ["team", "hiring"];

struct Desk {
    calendar: Calendar,
    habits: Habits,
    zone: Zone,
    week: Week,
    blocks: Vec<Block>,
    now: DateTime<Utc>,
}

/// A block as it is drawn by lot: where it begins in two weeks, how long it is, and what it is.
type Lot = (i64, i64, usize, usize, usize);

impl Desk {
    fn of(first: &str, week_start: Weekday, lens: Lens, lots: &[Lot]) -> Self {
        let zones: Arc<dyn Zones> = Arc::new(SystemZones::embedded());
        let zone = zones.zone(&ZoneName::new(HOME)).unwrap();
        let calendar = Calendar::new(zone.clone(), zones, NaiveTime::from_hms_opt(4, 0, 0).unwrap(), week_start);
        let week = calendar.week_of(first.parse().unwrap());
        let (begins, _) = calendar.day_at_home_bounds(week.plus(-1).first());
        let block = |(number, &(start, length, kind, activity, tag)): (usize, &Lot)| {
            let at = |seconds| zone.at(begins.to_utc() + TimeDelta::seconds(seconds));
            Block {
                id: Id(Uuid::from_u128(u128::try_from(number).unwrap())),
                start: at(start),
                end: Some(at(start + length)),
                zone: Some(ZoneName::new(HOME)),
                kind: Kind::ALL[kind],
                activity: Text::as_written(ACTIVITIES[activity]),
                tags: TAGS.get(tag).map(|tag| Text::as_written(*tag)).into_iter().collect(),
                note: None,
                interrupted: 0,
            }
        };
        let blocks = lots.iter().enumerate().map(block).collect();
        let habits = Habits { lens, ..Habits::default() };
        let now = begins.to_utc() + TimeDelta::days(30);
        Self { calendar, habits, zone, week, blocks, now }
    }

    fn ledger(&self) -> Ledger {
        Ledger::new(self.blocks.clone(), self.now)
    }

    fn here(&self) -> Lived {
        self.zone.at(self.now)
    }

    fn review<'a>(&self, days: &Days<'a>, lifts: &Lifts) -> Review<'a> {
        Review::of(days, self.week, (&self.calendar, &self.habits), self.here(), lifts)
    }

    /// Asks of every second of every block whose it is, and what kind it counts as.
    fn slowly(&self, counts_as: impl Fn(&Block) -> Option<Kind>) -> HashMap<NaiveDate, Tally> {
        let mut owners: HashMap<i64, &Block> = HashMap::new();
        for block in self.blocks.iter().filter(|block| !block.is_day_off()) {
            for second in block.start.timestamp()..block.end.unwrap().timestamp() {
                let owner = owners.entry(second).or_insert(block);
                if (block.start, block.id) > (owner.start, owner.id) {
                    *owner = block;
                }
            }
        }
        let mut days: HashMap<NaiveDate, Tally> = HashMap::new();
        for (second, block) in owners {
            let wall = self.zone.at(DateTime::from_timestamp(second, 0).unwrap()).naive_local();
            let day = (wall - TimeDelta::hours(4)).date();
            let kind = counts_as(block).unwrap_or(Kind::Off);
            *days.entry(day).or_default() += Tally::of(kind, TimeDelta::seconds(1));
        }
        days
    }
}

fn lots(most: usize) -> impl Strategy<Value = Vec<Lot>> {
    let lot = (0_i64..13 * 86_400, 1_i64..7_200, 0..4_usize, 0..4_usize, 0..3_usize);
    prop::collection::vec(lot, 0..most)
}

fn weeks() -> impl Strategy<Value = (&'static str, Weekday)> {
    let first = prop::sample::select(vec!["2026-03-23", "2026-10-19", "2026-11-23", "2020-12-28", "2026-12-28"]);
    (first, prop::sample::select(vec![Weekday::Mon, Weekday::Sun]))
}

fn lens() -> impl Strategy<Value = Lens> {
    prop::sample::select(vec![Lens::Counted, Lens::Apart])
}

/// What is lifted: every subject in one of the ways, or not at all.
fn lifts() -> impl Strategy<Value = Lifts> {
    prop::collection::vec(0..3_u8, ACTIVITIES.len() + TAGS.len()).prop_map(|ways| {
        let subjects = ACTIVITIES.iter().map(|name| Subject::Activity(Text::as_written(*name)));
        let subjects = subjects.chain(TAGS.iter().map(|tag| Subject::Tag(Text::as_written(*tag))));
        let mut lifts = Lifts::default();
        for (subject, way) in subjects.zip(ways) {
            match way {
                1 => lifts.set(subject, Lift::Free),
                2 => lifts.set(subject, Lift::Made),
                _ => {}
            }
        }
        lifts
    })
}

/// Returns how a block counts, read off the rules once more: what is said of its activity
/// before what is said of its tags.
fn slow_lift(lifts: &Lifts, block: &Block) -> Option<Kind> {
    let of_activity = lifts.of(&Subject::Activity(block.activity.clone()));
    let of_tags = block.tags.first().and_then(|tag| lifts.of(&Subject::Tag(tag.clone())));
    match (of_activity.or(of_tags), block.kind) {
        (_, Kind::Off) | (Some(Lift::Free), _) => None,
        (Some(Lift::Made), _) => Some(Kind::Creating),
        (None, kind) => Some(kind),
    }
}

fn same(week: &WeekBalance<'_>, slow: &HashMap<NaiveDate, Tally>) -> Result<(), TestCaseError> {
    for day in &week.days {
        prop_assert_eq!(day.tally, slow.get(&day.day).copied().unwrap_or_default(), "{}", day.day);
    }
    Ok(())
}

fn share_of(made: i64, logged: i64) -> Option<f64> {
    let seconds = |seconds: i64| f64::from(i32::try_from(seconds).unwrap());
    (logged > 0).then(|| seconds(made) / seconds(logged))
}

fn is_near(one: Option<Share>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one.fraction() - other).abs() < 1e-9,
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn slices<'a>(week: &WeekBalance<'a>) -> Vec<Slice<'a>> {
    week.days.iter().flat_map(|day| &day.slices).copied().collect()
}

/// Catches: the rest of a block that was interrupted when the clocks were set, cut into days by
/// the offset that it began with, at an hour that the wall never showed.
#[test]
fn what_goes_on_after_the_clocks_were_set_is_of_the_day_it_is_lived_on() {
    let hour = 3_600;
    // In the night of the 29th: from 1:30 to 4:30 by the new time, interrupted until 3:00, and later.
    let begins = (12 * 24 + 21) * hour + hour / 2;
    for rest in [0, hour / 3] {
        let lots = [(begins, 2 * hour, 0, 0, 0), (begins + rest, hour / 2, 2, 1, 0)];
        let desk = Desk::of("2026-03-23", Weekday::Mon, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        same(&desk.review(&days, &Lifts::default()).was, &desk.slowly(|block| Some(block.kind))).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_week_is_what_its_seconds_are((first, week_start) in weeks(), lens in lens(), lots in lots(24)) {
        let desk = Desk::of(first, week_start, lens, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let review = desk.review(&days, &Lifts::default());
        let slow = desk.slowly(|block| Some(block.kind));
        same(&review.was, &slow)?;

        let seconds = |kind: Kind| review.was.week.days().filter_map(|day| slow.get(&day)).map(|day| day.time(kind).num_seconds()).sum::<i64>();
        let (made, shaped, taken_in) = (seconds(Kind::Creating), seconds(Kind::Shaping), seconds(Kind::Consuming));
        let creation = if lens == Lens::Apart { made } else { made + shaped };
        prop_assert!(is_near(review.was.share(), share_of(creation, made + shaped + taken_in)));
        prop_assert!(is_near(review.was.tally.share(Lens::Apart), share_of(made, made + shaped + taken_in)));
    }

    #[test]
    fn what_is_lifted_is_gone_or_made_second_by_second(
        (first, week_start) in weeks(), lots in lots(24), lifts in lifts(),
    ) {
        let desk = Desk::of(first, week_start, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let review = desk.review(&days, &lifts);
        same(&review.tipped, &desk.slowly(|block| slow_lift(&lifts, block)))?;
        same(&review.was, &desk.slowly(|block| Some(block.kind)))?;
    }

    #[test]
    fn what_came_before_a_week_is_what_its_seconds_were((first, week_start) in weeks(), lots in lots(24)) {
        let desk = Desk::of(first, week_start, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let slow = desk.slowly(|block| Some(block.kind));
        let last = desk.week.plus(-1);
        let expected: Tally = last.days().filter_map(|day| slow.get(&day)).copied().sum();
        let found = Before::of(&days, desk.week);
        // Nothing is older than the week before.
        prop_assert_eq!(found.map(|before| before.tally), Some(expected).filter(|tally| tally.logged() > TimeDelta::zero()));
        prop_assert!(found.is_none_or(|before| before.weeks == 1));
    }
}

proptest! {
    #[test]
    fn days_sum_to_the_week_and_what_is_made_by_hand_is_a_part_of_all(
        (first, week_start) in weeks(), lots in lots(60), lifts in lifts(),
    ) {
        let desk = Desk::of(first, week_start, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let review = desk.review(&days, &lifts);
        for week in [&review.was, &review.tipped] {
            prop_assert_eq!(week.days.iter().map(|day| day.tally).sum::<Tally>(), week.tally);
            prop_assert_eq!(week.days.iter().map(|day| day.expected).sum::<TimeDelta>(), week.expected);
            for tally in week.days.iter().map(|day| day.tally).chain([week.tally]) {
                prop_assert!(tally.share(Lens::Apart) <= tally.share(Lens::Counted));
            }
            let parts: Tally = insight::activities(slices(week)).iter().map(|part| part.tally).sum();
            prop_assert_eq!(parts, week.tally, "every second is of one activity");
        }
        prop_assert_eq!(review.was.week.first().weekday(), week_start);
    }

    #[test]
    fn lifting_nothing_changes_nothing_and_lifting_all_leaves_nothing(
        (first, week_start) in weeks(), lots in lots(60),
    ) {
        let desk = Desk::of(first, week_start, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let lifted = |way: Option<Lift>| {
            let mut lifts = Lifts::default();
            for (subject, way) in ACTIVITIES.iter().zip(way.iter().cycle()) {
                lifts.set(Subject::Activity(Text::as_written(*subject)), *way);
            }
            desk.review(&days, &lifts)
        };
        let nothing = lifted(None);
        prop_assert_eq!(nothing.tipped.tally, nothing.was.tally);
        prop_assert_eq!(slices(&nothing.tipped), slices(&nothing.was));
        let free = lifted(Some(Lift::Free));
        prop_assert_eq!(free.tipped.tally, Tally::default());
        prop_assert_eq!(free.tipped.share(), None);
        let made = lifted(Some(Lift::Made));
        prop_assert_eq!(made.tipped.tally.logged(), made.was.tally.logged());
        prop_assert_eq!(made.tipped.tally.creating, made.was.tally.logged());
    }

    #[test]
    fn without_an_activity_a_week_is_as_its_lists_say((first, week_start) in weeks(), lots in lots(60)) {
        let desk = Desk::of(first, week_start, Lens::Counted, &lots);
        let ledger = desk.ledger();
        let days = Days::of(&ledger, &desk.calendar);
        let was = desk.review(&days, &Lifts::default()).was;
        for part in insight::activities(slices(&was)) {
            let mut lifts = Lifts::default();
            lifts.set(Subject::Activity(part.name.clone()), Lift::Free);
            prop_assert_eq!(desk.review(&days, &lifts).tipped.tally, part.without(&was.tally));
        }
    }
}
