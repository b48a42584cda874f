//! The wire format: a line of a journal file, and how it becomes values. What is kept
//! besides blocks is in [`super::kept_line`].
//!
//! The types that serde fills are in here and nowhere else, so that a bad file cannot
//! build a bad block. They borrow from the line: of most versions only a field or two is
//! ever kept.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::kept_line::{self, KeptVersion, Shape};
use super::notice::Flaw;
use super::stamp::{self, Stamp};
use crate::domain::{Id, Kind, Lived};

/// The version of the format that is written, and the newest that is fully understood.
pub(super) const FORMAT: u32 = 1;

/// The `does` of an import.
pub(super) const IMPORT: &str = "import";

/// A change, or a part of one: what stands on a line.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The version of the format.
    pub(super) format: u32,
    /// The change's id, the same on all its lines.
    pub(super) change: Uuid,
    /// When it was written.
    pub(super) at: Stamp,
    /// The device that wrote it.
    pub(super) by: Cow<'a, str>,
    /// What it is called.
    pub(super) does: Cow<'a, str>,
    /// Which change it takes back or does again.
    pub(super) of: Of,
    /// The months of all lines of the change, where there are several.
    pub(super) months: Vec<Words<'a>>,
    /// A whole version of every block it touches here.
    pub(super) versions: Vec<Version<'a>>,
    /// What it says of things besides blocks.
    pub(super) kept: Vec<KeptVersion>,
}

impl Line<'_> {
    /// Returns whether a newer program wrote it.
    pub(super) fn is_newer(&self) -> bool {
        self.format > FORMAT
    }
}

/// Whether a change stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// It does.
    Itself,
    /// It takes that one back.
    Undoes(Uuid),
    /// It does that one again.
    Redoes(Uuid),
}

/// One version of a block, whole.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) id: Id,
    /// The changes whose versions of the block it replaces.
    pub(super) from: Vec<Uuid>,
    /// The fields that it sets.
    pub(super) sets: Fields,
    pub(super) start: Lived,
    pub(super) end: Option<Lived>,
    pub(super) zone: Option<Words<'a>>,
    pub(super) kind: Kind,
    pub(super) activity: Words<'a>,
    pub(super) tags: Vec<Words<'a>>,
    pub(super) note: Option<Words<'a>>,
    pub(super) interrupted: u32,
    pub(super) removed: bool,
}

/// Reads a line.
pub(super) fn parse(bytes: &[u8]) -> Result<Line<'_>, Flaw> {
    let wire: WireLine<'_> = serde_json::from_slice(bytes).map_err(|error| Flaw::not_json(&error))?;
    Line::try_from(wire)
}

impl<'a> TryFrom<WireLine<'a>> for Line<'a> {
    type Error = Flaw;

    fn try_from(wire: WireLine<'a>) -> Result<Self, Flaw> {
        let of = match (&wire.undoes, &wire.redoes) {
            (None, None) => Of::Itself,
            (Some(undone), None) => Of::Undoes(uuid("undoes", undone)?),
            (None, Some(redone)) => Of::Redoes(uuid("redoes", redone)?),
            (Some(_), Some(redone)) => return Err(Flaw::value("redoes", &redone.0)),
        };
        let mut versions = Vec::with_capacity(wire.blocks.len());
        for block in wire.blocks {
            versions.push(Version::try_from(block)?);
        }
        let mut kept = Vec::new();
        let lists = [
            (Shape::Spark, wire.sparks),
            (Shape::Day, wire.days),
            (Shape::Baseline, wire.baselines),
            (Shape::Sample, wire.samples),
        ];
        for (shape, list) in lists {
            for version in list {
                kept.push(kept_line::check(shape, version)?);
            }
        }
        Ok(Self {
            format: wire.v,
            change: uuid("change", &wire.change)?,
            at: Stamp::from_text(&wire.at.0).ok_or_else(|| Flaw::value("at", &wire.at.0))?,
            by: wire.by.0,
            does: wire.does.0,
            of,
            months: wire.months,
            versions,
            kept,
        })
    }
}

impl<'a> TryFrom<WireBlock<'a>> for Version<'a> {
    type Error = Flaw;

    fn try_from(wire: WireBlock<'a>) -> Result<Self, Flaw> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == wire.kind.0);
        let from: Result<_, _> = wire.from.iter().map(|change| uuid("from", change)).collect();
        Ok(Self {
            id: Id(uuid("id", &wire.id)?),
            from: from?,
            sets: wire.set.unwrap_or(Fields::ALL),
            start: time("start", &wire.start)?,
            end: wire.end.as_ref().map(|end| time("end", end)).transpose()?,
            zone: wire.zone,
            kind: kind.ok_or_else(|| Flaw::value("kind", &wire.kind.0))?,
            activity: wire.activity,
            tags: wire.tags,
            note: wire.note,
            interrupted: wire.interrupted,
            removed: wire.removed,
        })
    }
}

pub(super) fn uuid(field: &'static str, words: &Words<'_>) -> Result<Uuid, Flaw> {
    Uuid::try_parse(&words.0).map_err(|_| Flaw::value(field, &words.0))
}

pub(super) fn time(field: &'static str, words: &Words<'_>) -> Result<Lived, Flaw> {
    stamp::lived(&words.0).ok_or_else(|| Flaw::value(field, &words.0))
}

#[derive(Deserialize)]
struct WireLine<'a> {
    v: u32,
    #[serde(borrow)]
    change: Words<'a>,
    at: Words<'a>,
    by: Words<'a>,
    does: Words<'a>,
    #[serde(default)]
    undoes: Option<Words<'a>>,
    #[serde(default)]
    redoes: Option<Words<'a>>,
    #[serde(default)]
    months: Vec<Words<'a>>,
    blocks: Vec<WireBlock<'a>>,
    #[serde(default)]
    sparks: Vec<&'a RawValue>,
    #[serde(default)]
    days: Vec<&'a RawValue>,
    #[serde(default)]
    baselines: Vec<&'a RawValue>,
    #[serde(default)]
    samples: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireBlock<'a> {
    #[serde(borrow)]
    id: Words<'a>,
    #[serde(default)]
    from: Vec<Words<'a>>,
    #[serde(default)]
    set: Option<Fields>,
    start: Words<'a>,
    #[serde(default)]
    end: Option<Words<'a>>,
    #[serde(default)]
    zone: Option<Words<'a>>,
    kind: Words<'a>,
    activity: Words<'a>,
    #[serde(default)]
    tags: Vec<Words<'a>>,
    #[serde(default)]
    note: Option<Words<'a>>,
    #[serde(default)]
    interrupted: u32,
    #[serde(default)]
    removed: bool,
}

/// A string of a line, borrowed from it unless it holds an escape. (`Option<Cow<str>>`
/// and `Vec<Cow<str>>` would always be copies: serde borrows only a bare `Cow`.)
#[derive(Debug, Clone)]
pub(super) struct Words<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Words<'de>, E> {
                Ok(Words(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Words<'de>, E> {
                Ok(Words(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(WordsVisitor)
    }
}

/// A set of fields of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fields(u16);

/// A field of a block that has a value of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    Start,
    End,
    Zone,
    Kind,
    Activity,
    Tags,
    Note,
    Interrupted,
    Removed,
}

impl Field {
    /// Every field, in the order in which it is written.
    pub(super) const ALL: [Self; 9] = [
        Self::Start,
        Self::End,
        Self::Zone,
        Self::Kind,
        Self::Activity,
        Self::Tags,
        Self::Note,
        Self::Interrupted,
        Self::Removed,
    ];

    /// Returns its key.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Zone => "zone",
            Self::Kind => "kind",
            Self::Activity => "activity",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Interrupted => "interrupted",
            Self::Removed => "removed",
        }
    }
}

impl Fields {
    /// No field.
    pub(super) const NONE: Self = Self(0);
    /// Every field: what the first version of a block sets.
    pub(super) const ALL: Self = Self(u16::MAX);
    /// The two that make the time of a block.
    pub(super) const TIMES: Self = Self(0b11);

    /// Returns whether the field is one of these.
    pub(super) fn has(self, field: Field) -> bool {
        self.0 & 1 << field as u8 != 0
    }

    /// Returns these and one more.
    #[must_use]
    pub(super) fn with(self, field: Field) -> Self {
        Self(self.0 | 1 << field as u8)
    }

    /// Returns these, and both times if one of them is among these.
    #[must_use]
    pub(super) fn with_both_times(self) -> Self {
        if self.0 & Self::TIMES.0 == 0 { self } else { Self(self.0 | Self::TIMES.0) }
    }

    /// Returns whether there is none.
    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Returns each of them, in the order in which it is written.
    pub(super) fn each(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |&field| self.has(field))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of fields")
            }

            /// Fields that a newer program knows are left to that program.
            fn visit_seq<A: SeqAccess<'de>>(self, mut keys: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::NONE;
                while let Some(Words(key)) = keys.next_element()? {
                    fields = Field::ALL.into_iter().find(|field| field.key() == key).map_or(fields, |f| fields.with(f));
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_seq(FieldsVisitor)
    }
}

/// Returns the version of the format that a line names that is otherwise not understood.
pub(super) fn format_of(bytes: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct WireFormat {
        v: u32,
        #[serde(default, rename = "blocks")]
        _blocks: IgnoredAny,
    }
    serde_json::from_slice::<WireFormat>(bytes).ok().map(|line| line.v)
}

/// Returns the blocks, and what else is kept, that are named on a line of a newer program that is otherwise not
/// understood.
pub(super) fn ids_of_newer(bytes: &[u8]) -> Vec<Id> {
    #[derive(Deserialize)]
    struct WireIds<'a> {
        #[serde(borrow)]
        blocks: Vec<WireId<'a>>,
        #[serde(default)]
        sparks: Vec<WireId<'a>>,
        #[serde(default)]
        days: Vec<WireId<'a>>,
        #[serde(default)]
        baselines: Vec<WireId<'a>>,
    }
    #[derive(Deserialize)]
    struct WireId<'a> {
        #[serde(borrow)]
        id: Words<'a>,
    }
    if format_of(bytes).is_none_or(|format| format <= FORMAT) {
        return Vec::new();
    }
    let Ok(line) = serde_json::from_slice::<WireIds<'_>>(bytes) else { return Vec::new() };
    let all = [line.blocks, line.sparks, line.days, line.baselines].into_iter().flatten();
    all.filter_map(|named| uuid("id", &named.id).ok().map(Id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"v":1,"change":"01936f00-0000-7000-8000-000000000001","at":"2026-11-22T09:15:00.123Z","by":"a","does":"switch","blocks":[{"id":"01936f00-0000-7000-8000-000000000002","start":"2026-11-22T10:15:00+01:00","kind":"creating","activity":"design \"doc\"","tags":["team"]}]}"#;

    #[test]
    fn a_first_version_sets_every_field() {
        let line = parse(LINE.as_bytes()).unwrap();
        let [version] = line.versions.as_slice() else { panic!("{line:?}") };
        assert_eq!(version.sets, Fields::ALL);
        assert_eq!(version.activity.0, "design \"doc\"");
        assert!(matches!(version.tags.as_slice(), [Words(Cow::Borrowed("team"))]), "borrowed, without a copy");
    }

    #[test]
    fn a_line_says_which_of_its_values_is_wrong() {
        for (good, bad, field) in [
            ("creating", "learning", "kind"),
            ("2026-11-22T09:15:00.123Z", "2026-11-22T09:15:00Z", "at"),
            ("2026-11-22T10:15:00+01:00", "10:15", "start"),
            ("000000000002", "00000000000", "id"),
        ] {
            let flaw = parse(LINE.replace(good, bad).as_bytes()).unwrap_err();
            assert!(matches!(&flaw, Flaw::Value { field: found, .. } if *found == field), "{flaw:?}");
        }
        assert!(matches!(parse(&LINE.as_bytes()[..99]), Err(Flaw::NotJson(_))));
    }

    #[test]
    fn no_proper_prefix_of_a_line_is_a_line() {
        for length in 0..LINE.len() {
            assert!(parse(&LINE.as_bytes()[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn fields_of_a_newer_program_are_left_to_it() {
        let line = LINE.replace(r#""start""#, r#""from":[],"set":["mood","end"],"mood":{"a":[1]},"start""#);
        let line = parse(line.as_bytes()).unwrap();
        assert_eq!(line.versions[0].sets.each().collect::<Vec<_>>(), [Field::End]);
    }
}
