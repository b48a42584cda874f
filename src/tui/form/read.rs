//! What was typed into the fields, and what it would come to.

use super::super::line::Line;
use super::super::world::World;
use super::{BREAK, Field, Form, on_its_day, to_the_minute, with_sign};
use crate::domain::{Change, Ledger, Lived, Mend, Refusal};
use crate::failure::{Failure, Fault};
use crate::notation::{Here, Time};
use crate::report::{refusal, words};
use crate::text::{Text, TextError};

/// What the fields say.
#[derive(Debug)]
pub(super) struct Read {
    /// What is to be different; a field that is wrong stays as it is.
    pub(super) mend: Mend,
    /// When the block would begin.
    pub(super) start: Lived,
    /// When it would end; `None` where nobody has said.
    pub(super) end: Option<Lived>,
    /// What is wrong with which field, at most one thing each.
    pub(super) wrong: Vec<(Field, Failure)>,
    /// What is wrong with none of them.
    pub(super) trouble: Option<Failure>,
    /// What else is to be said of a field.
    pub(super) remarks: Vec<(Field, String)>,
    /// Whether anything would be different.
    pub(super) changes: bool,
}

impl Read {
    fn refuse(&mut self, field: Field, failure: Failure) {
        if self.wrong.iter().all(|(other, _)| *other != field) {
            self.wrong.push((field, failure));
        }
    }

    /// Keeps what could be read of a field; notes why where nothing could.
    fn take<T>(&mut self, field: Field, read: Result<T, Failure>) -> Option<T> {
        read.map_err(|failure| self.refuse(field, failure)).ok()
    }

    /// Keeps a time; one that the clocks said twice is remarked on.
    fn take_time(&mut self, field: Field, read: Result<Time, Failure>) -> Option<Lived> {
        let time = self.take(field, read)?;
        Some(time.tell(|doubled| self.remarks.push((field, doubled.to_string()))))
    }
}

impl Form {
    /// Reads the fields.
    pub(super) fn read(&self, world: &World) -> Read {
        let mut read = Read {
            mend: Mend::default(),
            start: self.block.start,
            end: self.block.end,
            wrong: Vec::new(),
            trouble: None,
            remarks: Vec::new(),
            changes: false,
        };
        self.read_times(world, &mut read);
        self.read_about(&mut read);
        self.try_out(world, &mut read);
        self.hear(world, &mut read);
        read.wrong.sort_by_key(|(field, _)| Field::ALL.iter().position(|other| other == field));
        read
    }

    /// Reads the times. One that says what is shown leaves the seconds, which are not.
    fn read_times(&self, world: &World, read: &mut Read) {
        let here = on_its_day(&self.block, world);
        if self.start.is_changed() {
            let typed = self.start.text();
            let start = match typed {
                "" => Err(Failure::refused("it does not say when it began").hint("9:30 or 15m ago")),
                _ => here.time(typed).map_err(Failure::from),
            };
            let start = read.take_time(Field::Start, start);
            read.mend.start = start.filter(|start| *start != to_the_minute(self.block.start));
            read.start = read.mend.start.unwrap_or(read.start);
        }
        if self.end.is_changed() {
            let end = match self.end.text() {
                "" => Err(Failure::refused("it has ended: say when").hint("10:30 or 45m")),
                typed => end(world, here, read.start, typed),
            };
            let end = read.take_time(Field::End, end);
            read.mend.end = end.filter(|end| self.block.end.is_none_or(|before| *end != to_the_minute(before)));
            read.end = read.mend.end.or(read.end);
        }
    }

    /// Reads the fields that are not about time.
    fn read_about(&self, read: &mut Read) {
        read.mend.kind = Some(self.kind).filter(|kind| *kind != self.block.kind);
        if self.activity.is_changed() {
            let activity = Text::activity(self.activity.text());
            read.mend.activity = read.take(Field::Activity, activity.map_err(|why| not_text("the activity", why)));
        }
        if self.tags.is_changed()
            && let Some((on, off)) = read.take(Field::Tags, self.read_tags())
        {
            (read.mend.tags_on, read.mend.tags_off) = (on, off);
        }
        if self.note.is_changed() {
            read.mend.note = read.take(Field::Note, self.read_note());
        }
        if self.interrupted.is_changed() {
            read.mend.interrupted = read.take(Field::Interrupted, times(self.interrupted.text()));
        }
    }

    /// Returns the tags to put on and those to take off. What came from elsewhere may not
    /// be one word; such a tag stays as long as all of its words do.
    fn read_tags(&self) -> Result<(Vec<Text>, Vec<Text>), Failure> {
        whole(self.tags.is_whole, "the tags")?;
        let typed = tags(self.tags.text());
        let shown = |tag: &Text| tags(Line::of(&with_sign(tag)).text());
        let stays = |tag: &&Text| shown(tag).iter().all(|word| typed.contains(word));
        let (kept, off): (Vec<&Text>, Vec<&Text>) = self.block.tags.iter().partition(stays);
        let known: Vec<String> = kept.into_iter().flat_map(shown).collect();
        let new = typed.iter().filter(|word| !known.contains(word));
        let on = new.map(|word| Text::tag(word)).collect::<Result<_, _>>().map_err(|why| not_text("a tag", why))?;
        Ok((on, off.into_iter().cloned().collect()))
    }

    fn read_note(&self) -> Result<Option<Text>, Failure> {
        whole(self.note.is_whole, "the note")?;
        match Text::note(&self.note.text().replace(BREAK, "\n")) {
            Ok(note) => Ok(Some(note)),
            Err(TextError::Empty) => Ok(None),
            Err(why) => Err(not_text("the note", why)),
        }
    }

    /// Looks what would come of it, and which field stands against it.
    fn try_out(&self, world: &World, read: &mut Read) {
        // Of what was done long ago, only this block is known here; the journal knows all.
        let alone = || Ledger::new(vec![self.block.clone()], world.ledger.now());
        let edit = self.edit(read.mend.clone());
        let tried = match world.ledger.get(self.block.id) {
            Some(_) => world.trial(&edit),
            None => world.try_on(&alone(), &edit),
        };
        match tried {
            Ok(change) => {
                read.changes = true;
                self.remark(&change, read);
            }
            Err(Refusal::NothingChanges) => {}
            Err(why) => match self.field_of(&why, &read.mend) {
                Some(field) => read.refuse(field, world.told(&why, &edit)),
                None => read.trouble = Some(world.told(&why, &edit)),
            },
        }
    }

    /// Says which neighbours follow.
    fn remark(&self, change: &Change, read: &mut Read) {
        for other in change.put.iter().filter(|other| other.id != self.block.id) {
            read.remarks.push(if other.start < self.block.start {
                (Field::Start, "the block before follows".to_owned())
            } else {
                (Field::End, "the block after follows".to_owned())
            });
        }
    }

    /// Puts what the journal has said where it belongs, unless that is known already.
    fn hear(&self, world: &World, read: &mut Read) {
        if self.leaves {
            let asked = "esc once more drops what was changed; enter saves it";
            read.trouble = Some(Failure::refused(asked));
        }
        let Some(failure) = &self.failure else { return };
        if !read.wrong.is_empty() || read.trouble.is_some() {
            return;
        }
        let is_refused = failure.fault == Fault::Refused;
        let failure = world.shown(failure.clone());
        match (is_refused, read.mend.start, read.mend.end) {
            (true, Some(_), None) => read.refuse(Field::Start, failure),
            (true, None, Some(_)) => read.refuse(Field::End, failure),
            _ => read.trouble = Some(failure),
        }
    }

    /// Returns the field that a refusal is about.
    fn field_of(&self, why: &Refusal, mend: &Mend) -> Option<Field> {
        let last_typed = match (mend.start, mend.end) {
            (_, Some(_)) => Field::End,
            (Some(_), None) => Field::Start,
            (None, None) => Field::Kind,
        };
        let is_of_start = match why {
            Refusal::Overlap { start, clash, .. } => clash.start < *start,
            Refusal::InTheFuture { at, .. } => mend.end.is_some_and(|end| *at < end),
            Refusal::SwallowsNeighbour(other) => {
                return Some(if other.start < self.block.start { Field::Start } else { Field::End });
            }
            Refusal::BreakTooLong(_) if mend.kind.is_some() => return Some(Field::Kind),
            Refusal::EndsBeforeStart { .. } | Refusal::TooLong { .. } | Refusal::BreakTooLong(_) => false,
            Refusal::TooManyTags => return Some(Field::Tags),
            _ => return None,
        };
        Some(if is_of_start && mend.start.is_some() { Field::Start } else { last_typed })
    }
}

/// Reads when a block ended, or how long it lasted. A time alone is of the day on which
/// the block began: were it always the next one that comes, an end before the start would
/// make a block of nearly a day.
fn end(world: &World, here: Here<'_>, start: Lived, typed: &str) -> Result<Time, Failure> {
    let calendar = &world.setting.calendar;
    let day = calendar.day_at_home(start.to_utc());
    let here = here.on(day);
    let until = here.until_or_for(start, typed);
    let is_later_day = match until {
        Ok(until) => calendar.day_of(until.tell(|_| {})) != calendar.day_of(start),
        Err(_) => true,
    };
    let time = here.time(typed).map(|time| time.tell(|_| {}));
    if let Some(end) = time.ok().filter(|end| *end <= start && is_later_day) {
        return Err(refusal::failure(&Refusal::EndsBeforeStart { start, end }, &world.look(200)));
    }
    Ok(until?)
}

/// Returns the words of tags, with or without their sign. A sign alone is not one yet.
fn tags(typed: &str) -> Vec<String> {
    let typed = typed.split(|c: char| c.is_whitespace() || c == ',');
    let words = typed.map(|word| word.strip_prefix(['+', '#']).unwrap_or(word));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn times(typed: &str) -> Result<u32, Failure> {
    let not = |_| Failure::refused("it does not say how often").hint("0, 1 or 12");
    if typed.is_empty() { Ok(0) } else { typed.parse().map_err(not) }
}

/// Refuses to change what only a part of could be shown.
fn whole(is_whole: bool, what: &str) -> Result<(), Failure> {
    let why = || Failure::refused(format!("{what}: more than a line takes, so it cannot be changed here"));
    if is_whole { Ok(()) } else { Err(why()) }
}

fn not_text(what: &str, why: TextError) -> Failure {
    Failure::refused(format!("{what} has {why}"))
}

/// Returns how long the block would be by what is shown of it.
pub(super) fn length(read: &Read) -> Option<String> {
    let end = read.end.filter(|end| *end > read.start)?;
    Some(words::length(words::between(read.start, end)))
}
