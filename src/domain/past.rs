//! What was done before, summed up by activity, and what is likely next.
//!
//! A pane that is open all day needs to know what a word stood for last month, but not the
//! blocks of that month: a [`Past`] keeps of each only when it began and as what. Nothing
//! here counts time; that is for [`super::days`].

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Weekday};

use super::block::{Block, Id, Kind, Lived};
use crate::text::Text;

/// How many weeks are looked at for a habit.
const WEEKS: u32 = 6;
/// In how many of them it must have been seen: once may be chance.
const OFTEN: u32 = 2;
/// What begins as near as this to the same time of another week begins at the same time.
const NEAR: i64 = 30 * 60;
/// What is begun more often than so many times a week is done whenever there is time for it:
/// mail is no appointment.
const APPOINTMENTS: u32 = 7;
/// The time of a habit is told to so many seconds: nobody is to the minute.
const TOLD: i64 = 5 * 60;
const HOUR: i64 = 60 * 60;
const WEEK: i64 = 7 * 24 * HOUR;

/// After how many hours what was done weighs half.
///
/// Two weeks, because work comes back weekly or every other week: with less, a meeting
/// would be forgotten between two of its turns; with more, a project that is over would
/// stand before the one that took its place for a month. Leave makes everything older
/// alike, so after it the order is as good as the same.
const HALF_LIFE: u64 = 14 * 24;

/// What was done before, by activity.
///
/// Activities compare without case and are shown as they were spelled last. Whole days off
/// are not in it; other time off is, for lunch is likely at noon.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The newest first.
    times: Vec<Time>,
    /// The one done last first.
    done: Vec<Done>,
}

/// An activity that was done before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it is called, as it was spelled last.
    pub activity: Text,
    /// The kind of its newest block.
    pub kind: Kind,
    /// The tags of its newest block.
    pub tags: Vec<Text>,
    /// When its newest block began.
    pub last: Lived,
    /// How many blocks it has.
    pub times: usize,
}

/// An activity that may well be next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// What it is called, as it was spelled last.
    pub activity: Text,
    /// The kind of its newest block.
    pub kind: Kind,
    /// The tags of its newest block.
    pub tags: Vec<Text>,
    /// What it is a habit of; `None` where it is merely done often and lately.
    pub habit: Option<Habit>,
}

/// Something begun at this time of this weekday in so many of the last weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habit {
    /// In how many of the weeks it was seen.
    pub seen: u32,
    /// How many weeks were looked at: six, or as many as anything is known of.
    pub of: u32,
    /// The weekday on which it begins; near midnight it may be the one before or after.
    pub weekday: Weekday,
    /// When it usually begins, to five minutes.
    pub time: NaiveTime,
}

/// One block, as far as it matters here.
#[derive(Clone, Debug)]
struct Time {
    id: Id,
    start: Lived,
    what: Arc<What>,
}

/// What blocks were of. Shared, for most blocks of an activity say the same.
#[derive(Debug)]
struct What {
    activity: Text,
    /// The activity as it is compared.
    name: String,
    kind: Kind,
    tags: Vec<Text>,
}

/// An activity and all its starts.
#[derive(Clone, Debug)]
struct Done {
    known: Known,
    name: String,
    /// Seconds on the wall.
    starts: Vec<i64>,
}

impl Past {
    /// Sums up blocks in any order; of two with the same id the later one counts.
    pub fn of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Self {
        Self::default().with(blocks)
    }

    /// Returns this past with more blocks laid over it: one whose id is known already takes
    /// the place of what was known. What is gone from the journal is not noticed; see
    /// [`Past::before`].
    #[must_use]
    pub fn with<'a>(&self, more: impl IntoIterator<Item = &'a Block>) -> Self {
        let mut newer: HashMap<Id, Option<Time>> = HashMap::new();
        let mut whats = HashMap::new();
        for block in more {
            let counts = !block.is_day_off() && !block.activity.raw().trim().is_empty();
            let time = counts.then(|| {
                let same = (&block.activity, block.kind, block.tags.as_slice());
                let what = Arc::clone(whats.entry(same).or_insert_with(|| Arc::new(What::of(block))));
                Time { id: block.id, start: block.start, what }
            });
            newer.insert(block.id, time);
        }
        let older = self.times.iter().filter(|time| !newer.contains_key(&time.id)).cloned().collect();
        Self::summed([newer.into_values().flatten().collect(), older])
    }

    /// Returns what of this past began before an instant. Laying all blocks since then over
    /// it leaves nothing of those that were removed in the meantime.
    #[must_use]
    pub fn before(&self, at: Lived) -> Self {
        Self::summed([Vec::new(), self.times.iter().filter(|time| time.start < at).cloned().collect()])
    }

    /// Sums up new times, and older ones that are in order already.
    fn summed([mut times, older]: [Vec<Time>; 2]) -> Self {
        let newest = |time: &Time| Reverse((time.start, time.id));
        times.sort_unstable_by_key(newest);
        times.extend(older);
        // This sort finds what is in order; mostly all is, and thousands are not sorted anew.
        times.sort_by_key(newest);
        let mut done: Vec<Done> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for time in &times {
            let place = *places.entry(&time.what.name).or_insert(done.len());
            if place == done.len() {
                done.push(Done::last(time));
            }
            if let Some(done) = done.get_mut(place) {
                done.known.times += 1;
                done.starts.push(on_wall(time.start));
            }
        }
        Self { times, done }
    }

    /// Whether nothing was done before.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Whether something of this name was done before; white space and case do not matter.
    pub fn knows(&self, activity: &str) -> bool {
        let name = activity.to_lowercase();
        self.done.iter().any(|done| done.name.split_whitespace().eq(name.split_whitespace()))
    }

    /// Returns the kind that each activity was of the last time, the one done last first:
    /// the history that `notation::kind_of` asks for.
    pub fn kinds(&self) -> impl Iterator<Item = (&Text, Kind)> {
        self.done.iter().map(|done| (&done.known.activity, done.known.kind))
    }

    /// Returns every activity, the one done most often and lately first.
    pub fn known(&self, now: Lived) -> Vec<&Known> {
        let now = on_wall(now);
        let mut all: Vec<_> = self.done.iter().map(|done| (Reverse(done.weight(now)), done)).collect();
        all.sort_unstable_by_key(|(weight, done)| (*weight, done.name.as_str()));
        all.into_iter().map(|(_, done)| &done.known).collect()
    }

    /// Returns every activity, the likeliest first: the habits of this time of the week, the
    /// most often seen first; then what is done often and lately; then by name.
    pub fn likeliest(&self, now: Lived) -> Vec<(&Known, Option<Habit>)> {
        let now = on_wall(now);
        let of = self.weeks(now);
        let ranked = self.done.iter().map(|done| {
            let habit = done.habit(now, of);
            (Reverse((habit.map(|habit| habit.seen), done.weight(now))), habit, done)
        });
        let mut all: Vec<_> = ranked.collect();
        all.sort_unstable_by_key(|(rank, _, done)| (*rank, done.name.as_str()));
        all.into_iter().map(|(_, habit, done)| (&done.known, habit)).collect()
    }

    /// Returns what may be next, the likeliest first, without what runs. Time off is likely
    /// only at its hour: a lunch of every day is not what comes next at four.
    pub fn next(&self, now: Lived, but: Option<&Text>) -> impl Iterator<Item = (&Known, Option<Habit>)> {
        let runs = but.map(name);
        let all = self.likeliest(now).into_iter();
        all.filter(|(known, habit)| known.kind != Kind::Off || habit.is_some())
            .filter(move |(known, _)| runs.as_ref().is_none_or(|runs| name(&known.activity) != *runs))
    }

    /// Returns the first of what may be next, at most so many; see [`Past::next`].
    pub fn likely(&self, now: Lived, but: Option<&Text>, most: usize) -> Vec<Likely> {
        let likely = |(known, habit): (&Known, _)| Likely {
            activity: known.activity.clone(),
            kind: known.kind,
            tags: known.tags.clone(),
            habit,
        };
        self.next(now, but).take(most).map(likely).collect()
    }

    /// Returns how long it is until the first habit after now begins, of those that begin
    /// within a time and were seen in half of the weeks; what should have begun by now and did
    /// not is none of them, and neither is what is done all day.
    pub fn next_begins(&self, now: Lived, within: TimeDelta) -> Option<TimeDelta> {
        let (now, within) = (on_wall(now), within.num_seconds());
        let looks = || (0..=within / NEAR + 1).map(|step| now + step * NEAR);
        let recurs = self.done.iter().filter(|done| done.is_appointment(now) && done.recurs(now, within));
        let usual = recurs.flat_map(|done| looks().filter_map(|at| done.usual(at)));
        // Of six weeks, two may be chance where there are ten blocks a day.
        let of = self.weeks(now);
        let expected = usual.filter(|(seen, _)| seen * 2 >= of);
        let until = expected.map(|(_, begins)| begins - now).filter(|until| (1..within).contains(until));
        until.min().map(TimeDelta::seconds)
    }

    /// Returns how many of the last weeks anything is known of.
    fn weeks(&self, now: i64) -> u32 {
        let first = self.done.iter().flat_map(|done| &done.starts).min();
        let reaches = |week: &u32| first.is_some_and(|first| *first <= now - i64::from(*week) * WEEK + NEAR);
        (1..=WEEKS).take_while(reaches).last().unwrap_or(0)
    }
}

impl What {
    fn of(block: &Block) -> Self {
        Self {
            activity: block.activity.clone(),
            name: name(&block.activity),
            kind: block.kind,
            tags: block.tags.clone(),
        }
    }
}

impl Done {
    /// An activity as it was at its newest start, which is yet to be counted.
    fn last(time: &Time) -> Self {
        let What { activity, name, kind, tags } = &*time.what;
        let known = Known { activity: activity.clone(), kind: *kind, tags: tags.clone(), last: time.start, times: 0 };
        Self { known, name: name.clone(), starts: Vec::new() }
    }

    /// Whether it was begun so seldom in the last weeks that it has times of its own.
    fn is_appointment(&self, now: i64) -> bool {
        let since = now - i64::from(WEEKS) * WEEK;
        let begun = self.starts.iter().filter(|start| **start >= since).count();
        begun <= usize::try_from(APPOINTMENTS * WEEKS).unwrap_or(usize::MAX)
    }

    /// Returns how often it was done, what is long ago weighing less.
    fn weight(&self, now: i64) -> u64 {
        self.starts.iter().fold(0, |sum: u64, start| sum.saturating_add(weight(now - start)))
    }

    /// Returns the habit that it is at this time of the week, looked for in so many weeks;
    /// `None` too when it was begun just now: then something else is next.
    fn habit(&self, now: i64, of: u32) -> Option<Habit> {
        let (seen, usual) = self.usual(now)?;
        let usual = DateTime::from_timestamp(usual, 0)?;
        Some(Habit { seen, of, weekday: usual.weekday(), time: usual.time() })
    }

    /// Whether it may be a habit that begins within a time from now on: it was begun often
    /// enough at about such a time of the week. To ask that first is what makes asking cheap.
    fn recurs(&self, now: i64, within: i64) -> bool {
        let lately = self.starts.iter().filter(|start| now - **start <= i64::from(WEEKS + 1) * WEEK);
        let near = lately.filter(|start| {
            let until = (*start - now).rem_euclid(WEEK);
            until <= within + 2 * NEAR || until >= WEEK - NEAR
        });
        near.count() >= OFTEN as usize
    }

    /// Returns in how many weeks it was begun at this time of the week, and when it usually
    /// begins, as seconds on the wall.
    fn usual(&self, now: i64) -> Option<(u32, i64)> {
        let mut off_by: [Option<i64>; WEEKS as usize] = [None; WEEKS as usize];
        for start in &self.starts {
            let ago = now - start;
            // What usually begins half an hour from now may have begun half an hour before that.
            if (0..=2 * NEAR).contains(&ago) {
                return None;
            }
            let week = (ago + WEEK / 2).div_euclid(WEEK);
            let off = week * WEEK - ago;
            let seen = usize::try_from(week - 1).ok().and_then(|week| off_by.get_mut(week));
            if let Some(seen) = seen.filter(|seen| off.abs() <= seen.map_or(NEAR, i64::abs)) {
                *seen = Some(off);
            }
        }
        let mut off_by: Vec<i64> = off_by.into_iter().flatten().collect();
        let seen = u32::try_from(off_by.len()).ok().filter(|seen| *seen >= OFTEN)?;
        off_by.sort_unstable();
        let middle = off_by.get((off_by.len() - 1) / 2)?;
        Some((seen, (now + middle + TOLD / 2).div_euclid(TOLD) * TOLD))
    }
}

/// Returns what something weighs that was done so many seconds ago: half for every
/// half-life, and between two of those along a straight line. Whole numbers, so that the
/// order is the same everywhere.
fn weight(ago: i64) -> u64 {
    let hours = u64::try_from(ago / HOUR).unwrap_or(0);
    let halved = u32::try_from(hours / HALF_LIFE).unwrap_or(u32::MAX);
    ((2 * HALF_LIFE - hours % HALF_LIFE) << 32).checked_shr(halved).unwrap_or(0)
}

/// Returns what the clock on the wall said, as seconds.
fn on_wall(at: Lived) -> i64 {
    at.timestamp() + i64::from(at.offset().local_minus_utc())
}

/// Returns an activity as it is compared, which is how `notation::kind_of` does it.
fn name(activity: &Text) -> String {
    activity.raw().to_lowercase()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::notation::kind_of;

    /// Tuesday, 24 November 2026, at some time in Berlin.
    fn tuesday(time: &str) -> Lived {
        DateTime::parse_from_rfc3339(&format!("2026-11-24T{time}:00+01:00")).unwrap()
    }

    fn now() -> Lived {
        tuesday("11:00")
    }

    fn weeks(weeks: u64) -> Days {
        Days::new(7 * weeks)
    }

    /// Returns a block of half an hour, taken in; its id is its start.
    fn block(activity: &str, start: Lived) -> Block {
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
    }

    /// Returns blocks of one activity, so many weeks before a time.
    fn weekly(activity: &str, at: Lived, ago: &[u64]) -> Vec<Block> {
        ago.iter().map(|ago| block(activity, at - weeks(*ago))).collect()
    }

    /// Returns a block at a time of each day of the last weeks, but not of today.
    fn daily(activity: &str, at: Lived) -> Vec<Block> {
        (1..=70).map(|days| block(activity, at - Days::new(days))).collect()
    }

    fn names(likely: &[Likely]) -> Vec<&str> {
        likely.iter().map(|likely| likely.activity.raw()).collect()
    }

    fn habit_of(past: &Past, activity: &str, now: Lived) -> Option<(u32, u32, String)> {
        let all = past.likeliest(now);
        let (_, habit) = all.iter().find(|(known, _)| known.activity.raw() == activity).unwrap();
        habit.map(|habit| (habit.seen, habit.of, format!("{} {}", habit.weekday, habit.time.format("%H:%M"))))
    }

    #[test]
    fn the_habits_of_this_hour_of_the_weekday_come_first_and_the_rest_by_how_often_and_lately() {
        let blocks = [
            daily("standup", tuesday("09:15")),
            weekly("interview: backend", tuesday("11:02"), &[1, 2, 4, 5, 6]),
            weekly("budget", tuesday("10:45"), &[1, 3]),
            weekly("all-hands", tuesday("16:00"), &[1, 2, 3]),
        ];
        let past = Past::of(blocks.iter().flatten());
        let likely = past.likely(now(), None, 6);
        assert_eq!(names(&likely), ["interview: backend", "budget", "standup", "all-hands"]);
        assert_eq!(habit_of(&past, "interview: backend", now()), Some((5, 6, "Tue 11:00".to_owned())));
        assert_eq!(habit_of(&past, "budget", now()), Some((2, 6, "Tue 10:45".to_owned())));
        assert_eq!(likely[2].habit, None);
        assert_eq!(names(&past.likely(now(), Some(&Text::as_written("Interview: Backend")), 1)), ["budget"]);
    }

    #[test]
    fn once_is_chance_twice_in_a_week_is_once_and_longer_than_half_an_hour_off_is_another_time() {
        let at = |time: &str, ago: &[u64]| Past::of(&weekly("sync", tuesday(time), ago));
        assert_eq!(habit_of(&at("11:00", &[3]), "sync", now()), None);
        assert_eq!(habit_of(&at("11:30", &[1, 6]), "sync", now()), Some((2, 6, "Tue 11:30".to_owned())));
        assert_eq!(habit_of(&at("11:31", &[1, 6]), "sync", now()), None);
        assert_eq!(habit_of(&at("10:30", &[1, 6]), "sync", now()), Some((2, 6, "Tue 10:30".to_owned())));
        assert_eq!(habit_of(&at("10:29", &[1, 6]), "sync", now()), None);
        assert_eq!(habit_of(&at("11:00", &[1, 7]), "sync", now()), None, "seven weeks are long ago");
        let twice = at("11:00", &[1]).with(&weekly("sync", tuesday("11:20"), &[1]));
        assert_eq!(habit_of(&twice, "sync", now()), None);
    }

    #[test]
    fn a_habit_of_a_time_near_midnight_is_seen_from_both_sides_of_it() {
        let past = Past::of(&weekly("pager", tuesday("00:10"), &[1, 2]));
        let seen = Some((2, 2, "Tue 00:10".to_owned()));
        assert_eq!(habit_of(&past, "pager", tuesday("23:50") - Days::new(1)), seen);
        assert_eq!(habit_of(&past, "pager", tuesday("00:30")), seen);
        assert_eq!(habit_of(&past, "pager", tuesday("00:10") - Days::new(1)), None);
    }

    #[test]
    fn what_was_begun_just_now_is_not_next_but_still_known() {
        let blocks = [daily("standup", tuesday("09:15")), weekly("planning", tuesday("10:00"), &[1, 2])];
        let past = Past::of(blocks.iter().flatten());
        assert_eq!(names(&past.likely(tuesday("09:40"), None, 2)), ["standup", "planning"]);
        let past = past.with([&block("standup", tuesday("09:00"))]);
        assert_eq!(names(&past.likely(tuesday("09:40"), None, 2)), ["planning", "standup"]);
    }

    #[test]
    fn a_habit_goes_by_the_clocks_it_was_lived_by() {
        let summer = DateTime::parse_from_rfc3339("2026-10-20T11:00:00+02:00").unwrap();
        let tokyo = DateTime::parse_from_rfc3339("2026-11-03T11:00:00+09:00").unwrap();
        let past = Past::of(&[block("sync", summer), block("sync", tokyo)]);
        assert_eq!(habit_of(&past, "sync", now()), Some((2, 5, "Tue 11:00".to_owned())));
    }

    #[test]
    fn a_habit_is_told_by_the_middle_of_its_times_and_of_the_weeks_that_are_known() {
        let times = [("11:25", 1), ("10:40", 2), ("11:01", 3)];
        let blocks: Vec<_> = times.iter().map(|(time, ago)| block("sync", tuesday(time) - weeks(*ago))).collect();
        assert_eq!(habit_of(&Past::of(&blocks), "sync", now()), Some((3, 3, "Tue 11:00".to_owned())));
        let near = weekly("sync", tuesday("11:00"), &[1, 2]);
        for later in [tuesday("11:25"), tuesday("10:35")] {
            let past = Past::of(&near).with(&weekly("sync", later, &[1, 2]));
            assert_eq!(habit_of(&past, "sync", now()), Some((2, 2, "Tue 11:00".to_owned())), "the nearest of a week");
        }
    }

    #[test]
    fn what_was_done_once_three_months_ago_never_stands_before_what_is_done_every_day() {
        let past = Past::of(&daily("standup", tuesday("09:15"))).with(&weekly("audit", now(), &[13]));
        let known: Vec<_> = past.known(now()).iter().map(|known| (known.activity.raw(), known.times)).collect();
        assert_eq!(known, [("standup", 70), ("audit", 1)]);
        assert_eq!(past.kinds().count(), 2);
    }

    #[test]
    fn lunch_is_likely_at_noon_and_only_then() {
        let mut lunches = daily("lunch", tuesday("12:00"));
        for lunch in &mut lunches {
            lunch.kind = Kind::Off;
        }
        let past = Past::of(&lunches).with(&weekly("audit", tuesday("16:00"), &[12]));
        assert_eq!(names(&past.likely(tuesday("11:50"), None, 6)), ["lunch", "audit"]);
        assert_eq!(names(&past.likely(tuesday("16:00"), None, 6)), ["audit"]);
    }

    #[test]
    fn an_activity_is_one_however_it_is_spelled_and_shown_as_it_was_the_last_time() {
        let older = block("1:1 Ana", now() - weeks(2));
        let mut newer = block("1:1 ANA", now() - weeks(1));
        (newer.kind, newer.tags) = (Kind::Shaping, vec![Text::as_written("team")]);
        for blocks in [[&older, &newer], [&newer, &older]] {
            let past = Past::of(blocks);
            let known = past.known(now());
            let tags = newer.tags.clone();
            let last =
                Known { activity: newer.activity.clone(), kind: Kind::Shaping, tags, last: newer.start, times: 2 };
            assert_eq!(known, [&last]);
            assert!(past.knows(" 1:1  ana ") && !past.knows("1:1"));
        }
    }

    #[test]
    fn a_block_that_comes_again_takes_its_own_place_and_one_that_became_a_day_off_leaves() {
        let first = block("standup", now() - weeks(1));
        let past = Past::of(&[first.clone(), block("audit", now() - weeks(2))]);
        let renamed = Block { activity: Text::as_written("retro"), ..first.clone() };
        let past = past.with([&first, &renamed]);
        assert!(past.knows("retro") && !past.knows("standup"));
        let day_off = Block { kind: Kind::Off, end: Some(first.start + TimeDelta::days(1)), ..first };
        let past = past.with([&day_off]);
        assert_eq!(past.known(now()).len(), 1);
    }

    #[test]
    fn what_was_removed_is_gone_once_all_blocks_since_then_are_laid_over_what_was_before() {
        let (old, typo) = (block("standup", now() - weeks(1)), block("stnadup", now()));
        let past = Past::of([&old, &typo]);
        assert!(past.before(typo.start).knows("standup"));
        assert!(!past.before(typo.start).with([]).knows("stnadup"));
    }

    /// Returns blocks of a few activities over the last months; few have the same id.
    fn blocks() -> impl Strategy<Value = Vec<Block>> {
        let one = (0..3usize, 0..4usize, 0..120i64 * 24 * 4).prop_map(|(activity, kind, ago)| Block {
            kind: Kind::ALL[kind],
            ..block(["sync", "Sync", "spec"][activity], now() - TimeDelta::minutes(15 * ago))
        });
        proptest::collection::vec(one, 0..40)
    }

    /// Returns all that can be asked of a past.
    fn told(past: &Past) -> (Vec<Known>, Vec<Likely>, Vec<(Text, Kind)>) {
        let known = past.known(now()).into_iter().cloned().collect();
        let kinds = past.kinds().map(|(activity, kind)| (activity.clone(), kind)).collect();
        (known, past.likely(now(), None, usize::MAX), kinds)
    }

    proptest! {
        #[test]
        fn summing_up_in_parts_is_summing_up_at_once(blocks in blocks(), at in 0..40usize, again in 0..40usize) {
            let (first, second) = blocks.split_at(at.min(blocks.len()));
            let parts = Past::of(first).with(&blocks[again.min(at).min(blocks.len())..at.min(blocks.len())]).with(second);
            prop_assert_eq!(told(&parts), told(&Past::of(&blocks)));
        }

        #[test]
        fn each_block_is_counted_once(blocks in blocks()) {
            let ids: std::collections::BTreeSet<_> = blocks.iter().map(|block| block.id).collect();
            let past = Past::of(&blocks);
            prop_assert_eq!(past.known(now()).iter().map(|known| known.times).sum::<usize>(), ids.len());
            prop_assert_eq!(past.is_empty(), blocks.is_empty());
        }

        #[test]
        fn the_kind_that_follows_is_the_one_that_all_blocks_would_tell(mut blocks in blocks()) {
            blocks.sort_by_key(|block| block.start);
            blocks.dedup_by_key(|block| block.id);
            let past = Past::of(&blocks);
            for activity in ["SYNC", "spec", "retro"].map(Text::as_written) {
                let history = blocks.iter().rev().map(|block| (&block.activity, block.kind));
                prop_assert_eq!(kind_of(&activity, &[], past.kinds(), &[]), kind_of(&activity, &[], history, &[]));
            }
        }

        #[test]
        fn a_habit_was_seen_in_some_of_the_weeks_that_were_looked_at(blocks in blocks()) {
            for (_, habit) in Past::of(&blocks).likeliest(now()) {
                prop_assert!(habit.is_none_or(|habit| OFTEN <= habit.seen && habit.seen <= habit.of && habit.of <= WEEKS));
            }
        }

        #[test]
        fn what_is_older_weighs_no_more_and_half_after_each_half_life(ago in 0..90i64 * 24 * HOUR, more in 0..HOUR * 99) {
            let half_life = i64::try_from(HALF_LIFE).unwrap() * HOUR;
            prop_assert!(weight(ago + more) <= weight(ago));
            prop_assert_eq!(weight(ago + half_life), weight(ago) / 2);
            prop_assert_eq!(weight(-ago), weight(0));
            prop_assert_eq!(weight(half_life / 2), weight(0) / 4 * 3);
        }
    }
}
