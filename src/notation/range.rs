//! Ranges: `9-10:30`, `22:00-1:30`, `9:00+45m`.

use chrono::TimeDelta;

use super::Here;
use super::error::{NotUnderstood, What, Why};
use super::length::{any_length, length};
use super::time::{Doubled, Joint, Wall, clock, normal, same, with_offset};
use crate::domain::Lived;
use crate::domain::block::LONGEST_BLOCK;

/// The longest that a range over midnight is taken for what was meant, where its end has
/// no date: half a day, and the longest nights that people work.
const LONGEST_OVER_MIDNIGHT: TimeDelta = TimeDelta::hours(14);

/// From when to when: the end is after the start, by at most 24 hours. [`Range::tell`] is
/// the only way to the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub(super) start: Lived,
    pub(super) end: Lived,
    /// What the user should hear of, where the clocks said one of them twice.
    pub(super) doubled: Vec<Doubled>,
}

impl Range {
    /// Returns how long it is.
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }

    /// Returns when it began and ended; calls `say` for each that the clocks said twice.
    pub fn tell(self, say: impl FnMut(&Doubled)) -> (Lived, Lived) {
        self.doubled.iter().for_each(say);
        (self.start, self.end)
    }
}

impl Here<'_> {
    /// Reads a range: two times with `-`, `–`, `..` or ` to ` between them, or a time and
    /// a length: `9-10:30`, `9:00 – 10:30`, `2-3pm`, `9:00-now`, `9:00+45m`.
    ///
    /// The first is read as [`Here::time`] does, the second as [`Here::until`] does; but a
    /// time alone is past midnight only if that is within 14 hours: `22:00-1:30` is,
    /// `10:30-9:00` is a slip.
    /// `9:00-10:30` is never 9 o'clock at an offset; where both times are west of
    /// Greenwich and say so, `–` or `..` leaves no doubt.
    pub fn range(&self, typed: &str) -> Result<Range, NotUnderstood> {
        self.read_range(typed).map_err(|why| NotUnderstood::new(typed, why))
    }

    /// Reads a range, or a length that ends now: `9:00-10:30`, `45m`.
    pub fn stretch(&self, typed: &str) -> Result<Range, NotUnderstood> {
        if any_length(typed).is_some() {
            let length = length(typed)?;
            let end = self.now();
            let start = self.home_at(end - length);
            return if self.day == self.today() {
                Ok(Range { start, end, doubled: Vec::new() })
            } else {
                Err(NotUnderstood::new(typed, Why::EndsWhen))
            };
        }
        self.read_range(typed).map_err(|why| match why {
            Why::Not(_) => NotUnderstood::not(What::Stretch, typed),
            why => NotUnderstood::new(typed, why),
        })
    }

    /// Returns the shortest that [`Here::range`] reads as just these two.
    pub fn show_range(&self, start: Lived, end: Lived) -> String {
        self.show_range_joined(start, end, Joint::Space)
    }

    pub(super) fn show_range_joined(&self, start: Lived, end: Lived, joint: Joint) -> String {
        let shown_start = self.show_joined(start, joint);
        let dated = format!("{}{}{}", end.date_naive(), joint.character(), clock(end));
        let full = format!("{}T{}", end.date_naive(), with_offset(end));
        let ends = [clock(end), with_offset(end), dated, full];
        let candidates = ["-", "–"].iter().flat_map(|dash| ends.iter().map(move |end| (dash, end)));
        let last_resort = format!("{}–{}", start.to_rfc3339(), end.to_rfc3339());
        candidates
            .map(|(dash, end)| format!("{shown_start}{dash}{end}"))
            .find(|shown| {
                self.range(shown)
                    .is_ok_and(|read| read.doubled.is_empty() && same(read.start, start) && same(read.end, end))
            })
            .unwrap_or(last_resort)
    }

    pub(super) fn read_range(&self, typed: &str) -> Result<Range, Why> {
        if let Some((start, length)) = typed.rsplit_once('+').and_then(|(start, l)| Some((start, any_length(l)?))) {
            return self.lasting(start, length);
        }
        for (start, end) in splits(typed) {
            match self.between(start, end) {
                Err(Why::Not(_)) => {}
                decided => return decided,
            }
        }
        Err(Why::Not(What::Range))
    }

    fn lasting(&self, start: &str, length: TimeDelta) -> Result<Range, Why> {
        let start = self.read_time(start)?;
        if length <= TimeDelta::zero() {
            return Err(Why::NoLength);
        }
        let end = self.later(start.at, length);
        within_a_day(Range { start: start.at, end, doubled: start.doubled.into_iter().collect() })
    }

    fn between(&self, start: &str, end: &str) -> Result<Range, Why> {
        let range = |start: &str| {
            let start = self.read_time(start)?;
            let until = self.read_end(start.at, end)?;
            let doubled = start.doubled.into_iter().chain(until.doubled).collect();
            not_reversed(within_a_day(Range { start: start.at, end: until.at, doubled })?, end)
        };
        let plain = range(start);
        // `2-3pm` is an hour, `9-5pm` is eight: the first has the second's half of the day
        // where it still comes before it.
        let half = half_of(end).filter(|_| half_of(start).is_none());
        let with_half = half.and_then(|half| range(&format!("{}{half}", start.trim())).ok());
        match (with_half, plain) {
            (Some(with_half), plain) if plain.as_ref().is_err() || on_one_date(&with_half) => Ok(with_half),
            (_, plain) => plain,
        }
    }
}

fn within_a_day(range: Range) -> Result<Range, Why> {
    if range.length() > LONGEST_BLOCK { Err(Why::TooLong) } else { Ok(range) }
}

/// Refuses an end alone that is so far past midnight that it was meant to come first.
fn not_reversed(range: Range, typed_end: &str) -> Result<Range, Why> {
    let end_alone = Wall::read(&normal(typed_end)).is_some_and(|wall| !wall.ends_day);
    let is_reversed = end_alone && !on_one_date(&range) && range.length() > LONGEST_OVER_MIDNIGHT;
    if is_reversed { Err(Why::EndsBeforeStart) } else { Ok(range) }
}

/// Returns whether no midnight is in between: `9pm-5pm` would be nearly a day.
fn on_one_date(range: &Range) -> bool {
    range.start.date_naive() == range.end.with_timezone(range.start.offset()).date_naive()
}

fn half_of(typed: &str) -> Option<&'static str> {
    let typed = normal(typed);
    ["am", "pm"].into_iter().find(|half| typed.ends_with(half))
}

/// Returns each way in which a range may be cut in two: at what is always a dash
/// between times first, then at every hyphen, for dates and offsets have some too.
fn splits(typed: &str) -> Vec<(&str, &str)> {
    let sure = ["–", "—", "..", " - ", " to "];
    let at_sure = sure.iter().filter_map(|dash| typed.split_once(dash));
    let at_hyphen = typed.match_indices('-').filter_map(|(at, _)| Some((typed.get(..at)?, typed.get(at + 1..)?)));
    at_sure.chain(at_hyphen).collect()
}
