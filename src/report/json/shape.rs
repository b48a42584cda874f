//! What the reports have in common: how a length, a block and a balance look.
//!
//! Serde stays on these types, so that the domain may change without a script noticing.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;

use crate::domain::insight::{Gap as DomainGap, Longest as DomainLongest};
use crate::domain::trend::LongestOfWeek;
use crate::domain::{Block, Lens, Level, Lived, Share, Slice, Tally, Week, ZoneName};
use crate::text::Text;

/// Time by kind, and all that follows from it.
#[derive(Serialize)]
pub(super) struct Balance {
    creating_seconds: i64,
    shaping_seconds: i64,
    consuming_seconds: i64,
    logged_seconds: i64,
    expected_seconds: i64,
    coverage: Option<f64>,
    shaping: &'static str,
    share: Option<f64>,
    share_counted: Option<f64>,
    share_apart: Option<f64>,
    ratio: Option<f64>,
    target: f64,
    target_is_a_guess: bool,
    level: Option<Tilt>,
}

/// Where a balance stands to its target.
#[derive(Serialize)]
struct Tilt {
    state: &'static str,
    seconds: Option<i64>,
}

/// What a balance is measured by.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    pub(super) expected: TimeDelta,
    pub(super) lens: Lens,
    pub(super) target: Share,
    pub(super) target_is_a_guess: bool,
}

impl Balance {
    pub(super) fn of(tally: &Tally, measure: Measure) -> Self {
        let Measure { expected, lens, target, target_is_a_guess } = measure;
        Self {
            creating_seconds: tally.creating.num_seconds(),
            shaping_seconds: tally.shaping.num_seconds(),
            consuming_seconds: tally.consuming.num_seconds(),
            logged_seconds: tally.logged().num_seconds(),
            expected_seconds: expected.num_seconds(),
            coverage: coverage(tally.logged(), expected),
            shaping: match lens {
                Lens::Counted => "counted",
                Lens::Apart => "apart",
            },
            share: tally.share(lens).map(part),
            share_counted: tally.share(Lens::Counted).map(part),
            share_apart: tally.share(Lens::Apart).map(part),
            ratio: tally.ratio(lens).map(rounded),
            target: part(target),
            target_is_a_guess,
            level: tally.level(lens, target).map(tilt),
        }
    }
}

fn tilt(level: Level) -> Tilt {
    let (state, seconds) = match level {
        Level::Level => ("level", Some(TimeDelta::zero())),
        Level::ToLevel(creation) => ("to_level", creation),
        Level::ToSpare(consumption) => ("spare", consumption),
    };
    Tilt { state, seconds: seconds.map(|time| time.num_seconds()) }
}

/// Returns how much of what was expected was logged; more than 1 on a long day, `None`
/// where nothing was expected.
#[expect(clippy::cast_precision_loss, reason = "2^52 seconds are 142 million years")]
fn coverage(logged: TimeDelta, expected: TimeDelta) -> Option<f64> {
    (expected > TimeDelta::zero()).then(|| rounded(logged.num_seconds() as f64 / expected.num_seconds() as f64))
}

/// Returns a share as a part of 1.
pub(super) fn part(share: Share) -> f64 {
    rounded(share.fraction())
}

/// Rounds to four decimals: a second of an eight-hour day is still seen, and no digits
/// of binary fractions are.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// A part of a block on one day, or a whole one.
#[derive(Serialize)]
pub(super) struct Stretch<'a> {
    pub(super) id: String,
    pub(super) start: String,
    pub(super) end: Option<String>,
    pub(super) seconds: Option<i64>,
    pub(super) running: bool,
    pub(super) end_assumed: bool,
    pub(super) device: Option<&'a str>,
    pub(super) zone: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) activity: Option<&'a str>,
    pub(super) tags: Vec<&'a str>,
    pub(super) note: Option<&'a str>,
    pub(super) interrupted: u32,
}

impl<'a> Stretch<'a> {
    /// The part of a block that a day has; of the running one, up to now.
    pub(super) fn of_slice(slice: &Slice<'a>) -> Self {
        Self {
            start: time(slice.start),
            end: (!slice.runs).then(|| time(slice.end)),
            seconds: Some(slice.length().num_seconds()),
            running: slice.runs,
            end_assumed: slice.assumed,
            ..Self::of_block(slice.block)
        }
    }

    /// A block as it was written.
    pub(super) fn of_block(block: &'a Block) -> Self {
        Self {
            id: block.id.to_string(),
            start: time(block.start),
            end: block.end.map(time),
            seconds: block.length().map(|length| length.num_seconds()),
            running: false,
            end_assumed: false,
            device: None,
            zone: block.zone.as_ref().map(ZoneName::as_str),
            kind: block.kind.word(),
            activity: Some(block.activity.raw()),
            tags: block.tags.iter().map(Text::raw).collect(),
            note: block.note.as_ref().map(Text::raw),
            interrupted: block.interrupted,
        }
    }

    /// Says which device started a block without an end, where that is another.
    pub(super) fn started_on(self, device: Option<&'a Text>) -> Self {
        Self { device: device.map(Text::raw), ..self }
    }

    /// Leaves out what people wrote, and called their machines.
    pub(super) fn without_words(self) -> Self {
        Self { activity: None, tags: Vec::new(), note: None, device: None, ..self }
    }
}

/// A stretch of working time with nothing logged.
#[derive(Serialize)]
pub(super) struct Gap {
    start: String,
    end: String,
    seconds: i64,
}

impl From<&DomainGap> for Gap {
    fn from(gap: &DomainGap) -> Self {
        Self { start: time(gap.start), end: time(gap.end), seconds: gap.length().num_seconds() }
    }
}

/// The longest creating stretch.
#[derive(Serialize)]
pub(super) struct Longest<'a> {
    activity: &'a str,
    start: String,
    seconds: i64,
}

impl<'a> From<&DomainLongest<'a>> for Longest<'a> {
    fn from(longest: &DomainLongest<'a>) -> Self {
        Self { activity: longest.activity.raw(), start: time(longest.start), seconds: longest.length.num_seconds() }
    }
}

impl<'a> From<&'a LongestOfWeek> for Longest<'a> {
    fn from(longest: &'a LongestOfWeek) -> Self {
        Self { activity: longest.activity.raw(), start: time(longest.start), seconds: longest.length.num_seconds() }
    }
}

/// Returns a time to the second, with the offset of its place (RFC 3339).
pub(super) fn time(at: Lived) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Returns an instant as the journal stamps it: to the millisecond, in UTC.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Returns a day as `2026-11-24`.
pub(super) fn date(day: NaiveDate) -> String {
    day.to_string()
}

/// Returns a week as ISO 8601 names it: `2026-W48`.
pub(super) fn week(week: Week) -> String {
    let iso = week.iso();
    format!("{}-W{:02}", iso.year(), iso.week())
}
