//! A block as JSON writes it, the same in a document and on a line of its own.
//!
//! These are the fields of the journal's own lines less what only the journal needs
//! (`from`, `set`, `removed`). Serde stays on these types, so the domain's cannot be
//! built from a file without passing [`super::import`]'s questions.

use std::borrow::Cow;

use chrono::SecondsFormat;
use serde::{Deserialize, Serialize, Serializer};

use super::view::Notes;
use crate::domain::{Block, Lived};
use crate::text::Text;

/// A block on its way out: borrowed, nothing is copied.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    #[serde(serialize_with = "id")]
    id: uuid::Uuid,
    #[serde(serialize_with = "time")]
    start: Lived,
    #[serde(serialize_with = "end", skip_serializing_if = "Option::is_none")]
    end: Option<Lived>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    kind: &'static str,
    activity: &'a str,
    #[serde(serialize_with = "texts", skip_serializing_if = "<[Text]>::is_empty")]
    tags: &'a [Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "is_zero")]
    interrupted: u32,
}

impl<'a> Written<'a> {
    pub(super) fn new(block: &'a Block, notes: Notes) -> Self {
        Self {
            id: block.id.0,
            start: block.start,
            end: block.end,
            zone: block.zone.as_ref().map(crate::domain::ZoneName::as_str),
            kind: block.kind.word(),
            activity: block.activity.raw(),
            tags: &block.tags,
            note: block.note.as_ref().filter(|_| notes == Notes::With).map(Text::raw),
            interrupted: block.interrupted,
        }
    }
}

/// A block on its way in: the right shape, and nothing more is known of it.
///
/// A field that is not known is refused, not skipped: what would be lost is said
/// before anything is imported, not found missing after.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Read<'a> {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(borrow)]
    pub(super) start: Cow<'a, str>,
    #[serde(default)]
    pub(super) end: Option<String>,
    #[serde(default)]
    pub(super) zone: Option<String>,
    #[serde(borrow)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) activity: Cow<'a, str>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) interrupted: u32,
}

/// Returns a time as RFC 3339 has it, to the second, with its offset.
pub(super) fn rfc3339(at: Lived) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn id<S: Serializer>(id: &uuid::Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    let mut buffer = uuid::Uuid::encode_buffer();
    serializer.serialize_str(id.as_hyphenated().encode_lower(&mut buffer))
}

fn time<S: Serializer>(at: &Lived, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339(*at))
}

#[expect(clippy::ref_option, reason = "serde hands fields over by reference")]
fn end<S: Serializer>(end: &Option<Lived>, serializer: S) -> Result<S::Ok, S::Error> {
    end.map(rfc3339).serialize(serializer)
}

fn texts<S: Serializer>(texts: &[Text], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(texts.iter().map(Text::raw))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
