//! The wire format of what is kept besides blocks: sparks, reflections, the baseline, samples.
//!
//! Few of them are ever read, so a line is only checked here, and of the versions of one thing
//! its fields are folded as they were written ([`super::raw`]). What comes of that is read by
//! [`read`]. The types that serde fills are in here and nowhere else.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::line::{Words, time, uuid};
use super::notice::Flaw;
use super::{raw, stamp};
use crate::domain::{Baseline, BaselineFrom, Felt, Id, Kept, Kind, Lived, Reflection, Sample, Share, Spark};
use crate::text::Text;

/// The namespace of the ids that follow from what a thing is about, so that two devices
/// write of one thing.
const NAMESPACE: Uuid = Uuid::from_u128(0xd755_41be_6019_488e_90a1_e7cb_f9d9_56ff);

/// What a version is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Block,
    Spark,
    Day,
    Baseline,
    Sample,
}

impl Shape {
    /// Every shape, in the order in which its list is written.
    pub(super) const ALL: [Self; 5] = [Self::Block, Self::Spark, Self::Day, Self::Baseline, Self::Sample];

    /// Returns the key of the list in which its versions stand.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::Block => "blocks",
            Self::Spark => "sparks",
            Self::Day => "days",
            Self::Baseline => "baselines",
            Self::Sample => "samples",
        }
    }

    /// Returns the keys of its fields that have a value of their own, in the order in which
    /// they are written.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Block => &["start", "end", "zone", "kind", "activity", "tags", "note", "interrupted", "removed"],
            Self::Spark => &["text", "minutes", "put", "done", "removed"],
            Self::Day => &["day", "note", "felt", "removed"],
            Self::Baseline => &["share", "first", "last", "name", "removed"],
            Self::Sample => &["day", "at", "kind", "removed"],
        }
    }

    /// Whether two devices may each make the first version of one, whole: there is one baseline,
    /// and one question at a moment.
    pub(super) fn may_be_made_twice(self) -> bool {
        matches!(self, Self::Baseline | Self::Sample)
    }
}

/// Returns the id of what is thought of a day.
pub(super) fn id_of_day(day: NaiveDate) -> Id {
    Id(Uuid::new_v5(&NAMESPACE, day.to_string().as_bytes()))
}

/// Returns the id of the baseline: there is one.
pub(super) fn id_of_baseline() -> Id {
    Id(Uuid::new_v5(&NAMESPACE, b"baseline"))
}

/// Returns the id of what is answered for a moment, whichever device asks.
pub(super) fn id_of_sample(at: DateTime<Utc>) -> Id {
    Id(Uuid::new_v5(&NAMESPACE, at.format("%Y-%m-%dT%H:%M:%SZ").to_string().as_bytes()))
}

/// What a line says of something that is kept, as far as it must be known to keep the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptVersion {
    pub(super) id: Id,
    pub(super) shape: Shape,
    /// Whether it has a `from`.
    pub(super) edits: bool,
    /// The day that it is about, where it is about one.
    pub(super) day: Option<NaiveDate>,
}

/// What every version has.
#[derive(Deserialize)]
struct WireHead<'a> {
    #[serde(borrow)]
    id: Words<'a>,
    #[serde(default)]
    from: Vec<Words<'a>>,
    #[serde(default, rename = "set")]
    _set: Option<Vec<Words<'a>>>,
    #[serde(default)]
    removed: bool,
}

#[derive(Deserialize)]
struct WireSpark<'a> {
    #[serde(borrow)]
    text: Words<'a>,
    minutes: u32,
    put: Words<'a>,
    #[serde(default)]
    done: Option<Words<'a>>,
}

#[derive(Deserialize)]
struct WireDay<'a> {
    #[serde(borrow)]
    day: Words<'a>,
    #[serde(default)]
    note: Option<Words<'a>>,
    #[serde(default)]
    felt: Option<u8>,
}

#[derive(Deserialize)]
struct WireBaseline<'a> {
    #[serde(default)]
    share: Option<f64>,
    #[serde(borrow, default)]
    first: Option<Words<'a>>,
    #[serde(default)]
    last: Option<Words<'a>>,
    #[serde(default)]
    name: Option<Words<'a>>,
}

#[derive(Deserialize)]
struct WireSample<'a> {
    #[serde(borrow)]
    day: Words<'a>,
    at: Words<'a>,
    kind: Words<'a>,
}

/// Checks a version that stands in the list of a shape.
pub(super) fn check(shape: Shape, version: &RawValue) -> Result<KeptVersion, Flaw> {
    let head: WireHead<'_> = wire(version.get())?;
    let id = Id(uuid("id", &head.id)?);
    for change in &head.from {
        uuid("from", change)?;
    }
    let read = kept(shape, id, version.get())?;
    let day = match &read {
        Some(Kept::Reflection(reflection)) => Some(reflection.day),
        Some(Kept::Sample(sample)) => Some(sample.day),
        _ => None,
    };
    let is_its = match (shape, &read) {
        (Shape::Block | Shape::Spark, _) => true,
        (Shape::Baseline, _) => id_of_baseline() == id,
        (_, Some(read)) => named(read).1 == id,
        (_, None) => false,
    };
    let known = KeptVersion { id, shape, edits: !head.from.is_empty(), day };
    if is_its { Ok(known) } else { Err(Flaw::value("id", &head.id.0)) }
}

/// Reads a version, or what was folded of several: what it is, and whether it is removed.
pub(super) fn read(shape: Shape, id: Id, json: &str) -> Option<(Kept, bool)> {
    let head: WireHead<'_> = wire(json).ok()?;
    Some((kept(shape, id, json).ok()??, head.removed))
}

/// Reads what something says; `None` of a baseline that says nothing.
fn kept(shape: Shape, id: Id, json: &str) -> Result<Option<Kept>, Flaw> {
    let text = |words: Words<'_>| Text::as_written(words.0);
    Ok(match shape {
        Shape::Block => None,
        Shape::Spark => {
            let WireSpark { text: said, minutes, put, done } = wire(json)?;
            let done = done.map(|done| time("done", &done)).transpose()?;
            let length = TimeDelta::minutes(minutes.into());
            Some(Kept::Spark(Spark { id, text: text(said), length, put: time("put", &put)?, done }))
        }
        Shape::Day => {
            let WireDay { day: said, note, felt } = wire(json)?;
            let mark = |felt: u8| Felt::of(felt).ok_or_else(|| Flaw::value("felt", &felt.to_string()));
            let (day, felt) = (day("day", &said)?, felt.map(mark).transpose()?);
            Some(Kept::Reflection(Reflection { day, note: note.map(text), felt }))
        }
        Shape::Baseline => {
            let WireBaseline { share: points, first, last, name } = wire(json)?;
            let part = |points: f64| Share::percent(points).ok_or_else(|| Flaw::value("share", &points.to_string()));
            let remembered = points.map(part).transpose()?;
            let first = first.map(|first| day("first", &first)).transpose()?;
            let last = last.map(|last| day("last", &last)).transpose()?;
            let from = match (first, last, remembered) {
                (Some(first), Some(last), _) if first <= last => Some(BaselineFrom::Days { first, last }),
                _ => remembered.map(BaselineFrom::Remembered),
            };
            from.map(|from| Kept::Baseline(Baseline { name: name.map(text), from }))
        }
        Shape::Sample => {
            let WireSample { day: said, at, kind: word } = wire(json)?;
            let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word.0);
            let kind = kind.ok_or_else(|| Flaw::value("kind", &word.0))?;
            Some(Kept::Sample(Sample { day: day("day", &said)?, at: time("at", &at)?, kind }))
        }
    })
}

fn wire<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Flaw> {
    serde_json::from_str(json).map_err(|error| Flaw::not_json(&error))
}

fn day(field: &'static str, words: &Words<'_>) -> Result<NaiveDate, Flaw> {
    let written = words.0.len() == 10;
    written.then(|| words.0.parse().ok()).flatten().ok_or_else(|| Flaw::value(field, &words.0))
}

/// Returns the fields of something as they are written; `None` where one is left out.
pub(super) fn fields(kept: &Kept) -> Vec<(&'static str, Option<Box<RawValue>>)> {
    let text = |text: &Text| raw::raw(raw::string(text.raw()));
    let time = |time: Lived| raw::raw(raw::string(&stamp::lived_text(time)));
    let day = |day: NaiveDate| raw::raw(raw::string(&day.to_string()));
    match kept {
        Kept::Spark(Spark { text: said, length, put, done, .. }) => vec![
            ("text", text(said)),
            ("minutes", raw::raw(length.num_minutes().to_string())),
            ("put", time(*put)),
            ("done", done.and_then(time)),
        ],
        Kept::Reflection(Reflection { day: about, note, felt }) => vec![
            ("day", day(*about)),
            ("note", note.as_ref().and_then(text)),
            ("felt", felt.and_then(|felt| raw::raw(felt.mark().to_string()))),
        ],
        Kept::Baseline(Baseline { name, from }) => {
            let (share, first, last) = match from {
                BaselineFrom::Remembered(share) => (raw::raw(rounded(share.points())), None, None),
                BaselineFrom::Days { first, last } => (None, day(*first), day(*last)),
            };
            vec![("share", share), ("first", first), ("last", last), ("name", name.as_ref().and_then(text))]
        }
        Kept::Sample(Sample { day: asked, at, kind }) => {
            vec![("day", day(*asked)), ("at", time(*at)), ("kind", raw::raw(raw::string(kind.word())))]
        }
    }
}

/// Returns a per cent as it was said, without what a computer adds to 56.99999999999999.
fn rounded(points: f64) -> String {
    let text = format!("{points:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns what a thing is, and its id.
pub(super) fn named(kept: &Kept) -> (Shape, Id) {
    match kept {
        Kept::Spark(spark) => (Shape::Spark, spark.id),
        Kept::Reflection(reflection) => (Shape::Day, id_of_day(reflection.day)),
        Kept::Baseline(_) => (Shape::Baseline, id_of_baseline()),
        Kept::Sample(sample) => (Shape::Sample, id_of_sample(sample.at.to_utc())),
    }
}
