//! Versions as they were written, for a writer: what it does not set, it copies byte for
//! byte, also what only another program knows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::fold::{Fold, Held, IdMap, IdSet, KeptHeld, Source};
use super::kept_line::Shape;
use super::line::{Field, Of, Words};
use super::{kept_line, stamp};
use crate::domain::block::LONGEST_BLOCK;
use crate::domain::{Block, Id, Kept, Lived, Thing};
use crate::text;

/// The key that stands beside a removal and names the block that took the place.
pub(super) const TO: &str = "to";

/// A version of something, as it was written.
#[derive(Debug)]
pub(super) struct RawVersion<'a> {
    /// What is known of it besides.
    held: HeldOf<'a>,
    /// What its change is called.
    pub(super) does: Cow<'a, str>,
    /// Whether its change stands for itself.
    pub(super) of: Of,
    /// The changes whose versions it replaces.
    pub(super) from: Vec<Uuid>,
    /// The keys it sets; `None` for all.
    pub(super) set: Option<Vec<Words<'a>>>,
    /// Everything else.
    fields: Pairs<'a>,
}

/// The versions of some blocks, as they were written.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    versions: IdMap<Vec<RawVersion<'a>>>,
    /// Blocks that a newer program wrote, on lines that are not understood.
    newer: IdSet,
}

impl<'a> Known<'a> {
    /// Reads again, as it was written, what a fold that kept its lines has taken in.
    pub(super) fn of(fold: &'a Fold) -> Self {
        let blocks = fold.each().map(|(id, held)| (id, HeldOf::Block(held)));
        Self::of_each(fold, blocks.chain(fold.each_kept().map(|(id, held)| (id, HeldOf::Kept(held)))))
    }

    fn of_each(fold: &'a Fold, each: impl Iterator<Item = (Id, HeldOf<'a>)>) -> Self {
        // Each line is parsed once, however many blocks it holds: by where its bytes are.
        let mut lines: HashMap<*const u8, Option<Parsed<'a>>> = HashMap::new();
        let mut known = Self { newer: fold.newer().clone(), ..Self::default() };
        for (id, held) in each {
            let Some(bytes) = held.source().line() else { continue };
            let line = lines.entry(bytes.as_ptr()).or_insert_with(|| Parsed::of(bytes));
            let Some(line) = line else { continue };
            if let Some(fields) = line.things.remove(&id) {
                let version = RawVersion::of(held, line.does.clone(), line.of, fields);
                known.versions.entry(id).or_default().push(version);
            }
        }
        known.versions.values_mut().for_each(|versions| versions.sort_by(|a, b| a.source().rank.cmp(&b.source().rank)));
        known
    }

    /// Reads again what a fold has taken in besides blocks.
    pub(super) fn of_kept(fold: &'a Fold) -> Self {
        Self::of_each(fold, fold.each_kept().map(|(id, held)| (id, HeldOf::Kept(held))))
    }

    /// Returns the versions of a block, the lowest first.
    pub(super) fn versions(&self, id: Id) -> &[RawVersion<'a>] {
        self.versions.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns whether a newer program wrote any version of a block.
    pub(super) fn is_newer(&self, id: Id) -> bool {
        self.newer.contains(&id) || self.versions(id).iter().any(|version| version.source().newer)
    }
}

/// What is known of a version.
#[derive(Clone, Copy, Debug)]
enum HeldOf<'a> {
    Block(&'a Held),
    Kept(&'a KeptHeld),
}

impl<'a> HeldOf<'a> {
    fn source(self) -> &'a Source {
        match self {
            Self::Block(held) => &held.source,
            Self::Kept(held) => &held.source,
        }
    }
}

/// Folds the versions, the lowest first, of something that is kept: what it is, and whether
/// it is removed.
pub(super) fn kept(id: Id, versions: &[RawVersion<'_>]) -> Option<(Kept, bool)> {
    let shape = versions.last()?.shape();
    kept_line::read(shape, id, &RawFields::merge(versions).json(shape, id, &[], None))
}

/// The keys and values of a block, in the order in which they were written.
type Pairs<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

/// A line, with what it speaks of by id.
struct Parsed<'a> {
    does: Cow<'a, str>,
    of: Of,
    things: IdMap<Pairs<'a>>,
}

impl<'a> Parsed<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let line: RawLine<'a> = serde_json::from_slice(bytes).ok()?;
        let of = match (line.undoes.and_then(|words| parsed(&words)), line.redoes.and_then(|words| parsed(&words))) {
            (Some(undone), _) => Of::Undoes(undone),
            (None, Some(redone)) => Of::Redoes(redone),
            (None, None) => Of::Itself,
        };
        let by_id = |RawBlock(pairs): RawBlock<'a>| Some((id_of(&pairs)?, pairs));
        let things = [line.blocks, line.sparks, line.days, line.baselines, line.samples].into_iter().flatten();
        Some(Self { does: line.does.0, of, things: things.filter_map(by_id).collect() })
    }
}

impl<'a> RawVersion<'a> {
    fn of(held: HeldOf<'a>, does: Cow<'a, str>, of: Of, pairs: Pairs<'a>) -> Self {
        let mut version = Self { held, does, of, from: Vec::new(), set: None, fields: Vec::with_capacity(pairs.len()) };
        for (key, value) in pairs {
            match &*key {
                "id" => {}
                "from" => version.from = changes(value),
                "set" => version.set = serde_json::from_str(value.get()).ok(),
                _ => version.fields.push((key, value)),
            }
        }
        version
    }

    /// Returns where it comes from.
    pub(super) fn source(&self) -> &'a Source {
        self.held.source()
    }

    /// Returns what it is of.
    pub(super) fn shape(&self) -> Shape {
        match self.held {
            HeldOf::Block(_) => Shape::Block,
            HeldOf::Kept(held) => held.shape,
        }
    }

    /// Returns the thing as its writer saw it, and whether it was removed.
    pub(super) fn whole(&self, id: Id) -> Option<(Thing, bool)> {
        match self.held {
            HeldOf::Block(held) => {
                let merged = held.whole(id);
                Some((Thing::Block(merged.block), merged.removed))
            }
            HeldOf::Kept(_) => kept(id, std::slice::from_ref(self)).map(|(kept, removed)| (Thing::Kept(kept), removed)),
        }
    }

    /// Returns whether it sets a key.
    pub(super) fn sets(&self, key: &str) -> bool {
        self.set.as_ref().is_none_or(|set| set.iter().any(|words| words.0 == key))
    }

    /// Returns what it says of a key.
    pub(super) fn value(&self, key: &str) -> Option<&'a RawValue> {
        self.fields.iter().find(|(found, _)| found == key).map(|(_, value)| *value)
    }

    /// Returns the block that a key names.
    pub(super) fn names(&self, key: &str) -> Option<Id> {
        parsed(&serde_json::from_str(self.value(key)?.get()).ok()?).map(Id)
    }

    /// Returns the keys that it sets, or that it has, where it sets all.
    pub(super) fn keys_set(&self) -> Vec<&str> {
        match &self.set {
            Some(set) => set.iter().map(|words| &*words.0).collect(),
            None => self.fields.iter().map(|(key, _)| &**key).collect(),
        }
    }

    fn time(&self, key: &str) -> Option<Lived> {
        let words: Option<Words<'_>> = serde_json::from_str(self.value(key)?.get()).ok()?;
        stamp::lived(&words?.0)
    }
}

fn id_of(pairs: &[(Cow<'_, str>, &RawValue)]) -> Option<Id> {
    let (_, value) = pairs.iter().find(|(key, _)| key == "id")?;
    parsed(&serde_json::from_str(value.get()).ok()?).map(Id)
}

fn parsed(words: &Words<'_>) -> Option<Uuid> {
    Uuid::try_parse(&words.0).ok()
}

fn changes(value: &RawValue) -> Vec<Uuid> {
    let words: Vec<Words<'_>> = serde_json::from_str(value.get()).unwrap_or_default();
    words.iter().filter_map(parsed).collect()
}

/// The fields of a block as its versions make them: what [`super::fold`] does with values,
/// done with the bytes they were written in.
#[derive(Debug, Default)]
pub(super) struct RawFields<'a>(Vec<(Cow<'a, str>, Option<Cow<'a, RawValue>>)>);

impl<'a> RawFields<'a> {
    /// Folds versions, the lowest first.
    pub(super) fn merge(versions: &[RawVersion<'a>]) -> Self {
        let mut merged = Self::default();
        let Some(top) = versions.last() else { return merged };
        for (key, value) in &top.fields {
            merged.put(key.clone(), Some(value));
        }
        for version in versions {
            match &version.set {
                None => {
                    for key in top.shape().keys().iter().filter(|key| version.value(key).is_none()) {
                        merged.put(Cow::Borrowed(*key), None);
                    }
                    for (key, value) in &version.fields {
                        merged.put(key.clone(), Some(value));
                    }
                }
                Some(set) => {
                    for Words(key) in set {
                        merged.put(key.clone(), version.value(key));
                    }
                }
            }
        }
        if top.shape() == Shape::Block {
            merged.take_times_together(versions);
        }
        merged
    }

    /// Where start and end are no valid block, takes both from the highest version that
    /// sets either.
    fn take_times_together(&mut self, versions: &[RawVersion<'a>]) {
        let Some(top) = versions.last() else { return };
        let highest = |keys: &[&str]| {
            versions.iter().rev().find(|version| keys.iter().any(|key| version.sets(key))).unwrap_or(top)
        };
        let (start, end, either) = (highest(&["start"]), highest(&["end"]), highest(&["start", "end"]));
        let valid = match (start.time("start"), end.time("end")) {
            (Some(start), Some(end)) => end > start && end - start <= LONGEST_BLOCK,
            _ => true,
        };
        if !valid {
            for key in ["start", "end"] {
                self.put(Cow::Borrowed(key), either.value(key));
            }
        }
    }

    fn put(&mut self, key: Cow<'a, str>, value: Option<&'a RawValue>) {
        self.set(key, value.map(Cow::Borrowed));
    }

    /// Gives a field another value, or takes it away.
    pub(super) fn set(&mut self, key: Cow<'a, str>, value: Option<Cow<'a, RawValue>>) {
        match self.0.iter_mut().find(|(found, _)| *found == key) {
            Some((_, found)) => *found = value,
            None => self.0.push((key, value)),
        }
    }

    /// Returns a field's value as it was written.
    pub(super) fn get(&self, key: &str) -> Option<&RawValue> {
        self.0.iter().find(|(found, _)| found == key)?.1.as_deref()
    }

    /// Returns the fields that only another program knows.
    pub(super) fn unknown(self) -> impl Iterator<Item = (Cow<'a, str>, Option<Cow<'a, RawValue>>)> {
        self.0.into_iter().filter(|(key, _)| key != TO && !Shape::Block.keys().contains(&key.as_ref()))
    }

    /// Returns the fields of a new block.
    pub(super) fn of_block(block: &Block) -> Self {
        let value = |field: Field| (Cow::Borrowed(field.key()), value_of(block, field).map(Cow::Owned));
        Self(Field::ALL.into_iter().map(value).collect())
    }

    /// Returns the fields of something new.
    pub(super) fn of_kept(kept: &Kept) -> Self {
        let fields = kept_line::fields(kept).into_iter();
        Self(fields.map(|(key, value)| (Cow::Borrowed(key), value.map(Cow::Owned))).collect())
    }

    /// Returns the JSON of a version with these fields: those that are known in the order
    /// of the format, then the others.
    pub(super) fn json(&self, shape: Shape, id: Id, from: &[Uuid], set: Option<&[Cow<'_, str>]>) -> String {
        let mut json = format!(r#"{{"id":"{id}""#);
        if !from.is_empty() {
            json += r#","from":"#;
            json += &string_list(from.iter().map(Uuid::to_string));
        }
        if let Some(set) = set {
            json += r#","set":"#;
            json += &string_list(set);
        }
        let known: Vec<&str> = shape.keys().iter().copied().chain([TO]).collect();
        let others = self.0.iter().map(|(key, _)| key.as_ref()).filter(|key| !known.contains(key));
        for key in known.iter().copied().chain(others) {
            if let Some(value) = self.get(key) {
                json += &[",", &string(key), ":", value.get()].concat();
            }
        }
        json.push('}');
        json
    }
}

/// Returns a field of a block as it is written; `None` where it is left out.
pub(super) fn value_of(block: &Block, field: Field) -> Option<Box<RawValue>> {
    let json = match field {
        Field::Start => string(&stamp::lived_text(block.start)),
        Field::End => string(&stamp::lived_text(block.end?)),
        Field::Zone => string(block.zone.as_ref()?.as_str()),
        Field::Kind => string(block.kind.word()),
        Field::Activity => string(block.activity.raw()),
        Field::Tags if block.tags.is_empty() => return None,
        Field::Tags => string_list(block.tags.iter().map(text::Text::raw)),
        Field::Note => string(block.note.as_ref()?.raw()),
        Field::Interrupted if block.interrupted == 0 => return None,
        Field::Interrupted => block.interrupted.to_string(),
        Field::Removed => return None,
    };
    raw(json)
}

/// Returns the value `true` or `false`.
pub(super) fn truth(truth: bool) -> Option<Box<RawValue>> {
    raw(truth.to_string())
}

/// Returns an id as a value.
pub(super) fn id_value(id: Id) -> Option<Box<RawValue>> {
    raw(string(&id.to_string()))
}

/// Returns JSON as a value.
pub(super) fn raw(json: String) -> Option<Box<RawValue>> {
    RawValue::from_string(json).ok()
}

/// Returns a JSON string in which nothing stands that a terminal could obey, for somebody
/// may look at the file with `cat`.
pub(super) fn string(raw: &str) -> String {
    text::json_safe(&serde_json::Value::from(raw).to_string())
}

pub(super) fn string_list(raw: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let strings: Vec<_> = raw.into_iter().map(|raw| string(raw.as_ref())).collect();
    format!("[{}]", strings.join(","))
}

#[derive(Deserialize)]
struct RawLine<'a> {
    #[serde(borrow)]
    does: Words<'a>,
    #[serde(default)]
    undoes: Option<Words<'a>>,
    #[serde(default)]
    redoes: Option<Words<'a>>,
    blocks: Vec<RawBlock<'a>>,
    #[serde(default)]
    sparks: Vec<RawBlock<'a>>,
    #[serde(default)]
    days: Vec<RawBlock<'a>>,
    #[serde(default)]
    baselines: Vec<RawBlock<'a>>,
    #[serde(default)]
    samples: Vec<RawBlock<'a>>,
}

struct RawBlock<'a>(Pairs<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for RawBlock<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BlockVisitor;

        impl<'de> Visitor<'de> for BlockVisitor {
            type Value = RawBlock<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a block")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawBlock<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some((Words(key), value)) = map.next_entry::<Words<'de>, &'de RawValue>()? {
                    fields.push((key, value));
                }
                Ok(RawBlock(fields))
            }
        }

        deserializer.deserialize_map(BlockVisitor)
    }
}
