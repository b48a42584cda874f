//! The day in the editor: written as a text, one line a block, and read back.
//!
//! Times are written to the minute, for people; a minute that is read stands for the one
//! border that the day had within it, so that what nobody touched keeps its seconds.
//! Where a minute has two borders, their seconds are written.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use unicode_width::UnicodeWidthStr;

use super::Here;
use super::error::{NotUnderstood, Why};
use super::guess::kind;
use super::line::{can_be_typed, show_activity, show_tags};
use super::range::Range;
use super::time::{Doubled, Joint, same};
use crate::domain::{Doing, Entry, Kind, Lived};
use crate::text::Text;

/// What stands beside the block that runs. Only a comment: the last line of today runs
/// on because it has no end.
const RUNNING: &str = "# running";

/// The width of two times, before the kind.
const TIMES: usize = 12;

/// A day that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayText {
    /// Its blocks, in the order of the lines.
    pub entries: Vec<Entry>,
    /// What the user should hear of, where the clocks said a time twice.
    pub doubled: Vec<Doubled>,
}

/// A line of the day that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {error}")]
pub struct DayTextError {
    /// Which line of the text, from 1.
    pub line: usize,
    /// Why.
    pub error: NotUnderstood,
}

impl DayTextError {
    /// Returns what would be understood.
    pub fn hint(&self) -> String {
        self.error.hint()
    }
}

impl Here<'_> {
    /// Writes the day that is dealt with, for an editor. `entries` are in order.
    pub fn show_day(&self, entries: &[Entry]) -> String {
        let mut text = format!(
            "# {} — one line a block, saved as one change (u undoes it).\n\
             # A line without an end runs to the next. Delete a line, and its time is free.\n\
             # c creating  s shaping  i consuming  o off (lunch, a break: counts nowhere)\n\n",
            self.day.format("%a %-d %b %Y")
        );
        let lines: Vec<_> = self.shown_lines(entries);
        let width = |of: fn(&ShownLine) -> &str| {
            lines.iter().filter(|line| !line.tags.is_empty()).map(|line| of(line).width()).max().unwrap_or_default()
        };
        let (activities, tags) = (width(|line| &line.activity), width(|line| &line.tags));
        for line in &lines {
            let _ = writeln!(text, "{}", line.laid_out(activities, tags));
        }
        text
    }

    /// Reads the day back. `was` is what [`Here::show_day`] was given: borders, activities
    /// and tags that stand as they were written are the same afterwards to the second and
    /// the letter. Notes are not in the text: every entry has none, which keeps them.
    ///
    /// A line without an end runs to the next; the last line of today runs on, and so does
    /// that of the night before which ran when it was written. Where the
    /// next was deleted, it ends where that began: nothing but what is gone changes.
    pub fn day_text(&self, text: &str, was: &[Entry]) -> Result<DayText, DayTextError> {
        let mut read: Vec<ReadLine<'_>> = Vec::new();
        for (index, typed) in text.lines().enumerate() {
            let typed = without_comment(typed);
            if !typed.is_empty() {
                let line = self.read_line(index + 1, typed, was);
                read.push(line.map_err(|error| DayTextError { line: index + 1, error })?);
            }
        }
        let doubled = read.iter().flat_map(|line| &line.doubled).copied().collect();
        let before = Before { was, read: &read };
        let next_starts = read.iter().map(|line| Some(line.start)).skip(1).chain([None]);
        let ends = read.iter().zip(next_starts).map(|(line, next)| self.end(line, next, &before));
        let ends: Vec<_> = ends.collect::<Result<_, _>>()?;
        let entries = read.into_iter().zip(ends);
        let entries = entries.map(|(line, end)| Entry { start: line.start, end, doing: line.doing }).collect();
        Ok(DayText { entries, doubled })
    }

    fn end(
        &self,
        line: &ReadLine<'_>,
        next: Option<Lived>,
        before: &Before<'_>,
    ) -> Result<Option<Lived>, DayTextError> {
        let refused = |why| DayTextError { line: line.number, error: NotUnderstood::new(line.typed, why) };
        let left_free = || before.left_free(line).filter(|end| next.is_none_or(|next| *end <= next));
        match (line.end.or_else(left_free), next) {
            (Some(end), _) => Ok(Some(end)),
            (None, Some(next)) if next > line.start => Ok(Some(next)),
            (None, Some(_)) => Err(refused(Why::EndsBeforeStart)),
            (None, None) if self.day == self.today() || before.ran(line) => Ok(None),
            (None, None) => Err(refused(Why::NoEnd)),
        }
    }

    fn read_line<'t>(&self, number: usize, typed: &'t str, was: &[Entry]) -> Result<ReadLine<'t>, NotUnderstood> {
        let not = |why| NotUnderstood::new(typed, why);
        let (when, rest) = split_when(typed);
        let timed = if when.is_empty() { typed } else { when };
        let (start, end, doubled) = self.read_when(when).map_err(|why| NotUnderstood::new(timed, why))?;
        let (letter, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let kind = kind(letter).map_err(|error| if letter.is_empty() { not(Why::NoKind) } else { error })?;
        let borders = Borders::of(was);
        let (start, end) = (borders.exact(start), end.map(|end| borders.exact(end)));
        let doing = self.read_doing(kind, words, was.iter().find(|entry| entry.start == start))?;
        Ok(ReadLine { number, typed, start, end, doubled, doing: doing.ok_or_else(|| not(Why::NoActivity))? })
    }

    /// Reads `9:15`, `11:00-12:00`, and `9:15..`, which has no end where `-` could be read
    /// as one.
    fn read_when(&self, typed: &str) -> Result<(Lived, Option<Lived>, Vec<Doubled>), Why> {
        let start_alone = |typed| self.read_time(typed).map(|start| (start.at, None, Vec::from_iter(start.doubled)));
        if let Some(start) = typed.strip_suffix("..") {
            return start_alone(start);
        }
        match self.read_range(typed) {
            Ok(Range { start, end, doubled }) => Ok((start, Some(end), doubled)),
            Err(Why::Not(_)) => start_alone(typed),
            Err(why) => Err(why),
        }
    }

    fn read_doing(&self, kind: Kind, words: &str, was: Option<&Entry>) -> Result<Option<Doing>, NotUnderstood> {
        let line = self.line(words)?;
        if let Some(when) = words.split_whitespace().find(|word| line.when.is_some() && word.starts_with('@')) {
            return Err(NotUnderstood::new(when, Why::SecondTime));
        }
        let Some(mut activity) = line.activity else {
            return Ok(None);
        };
        let mut tags = line.tags;
        if let Some(was) = was {
            // What could not be written as it was, was written as it could be.
            if Text::cleaned_activity(was.doing.activity.raw()).as_ref() == Some(&activity) {
                activity = was.doing.activity.clone();
            }
            let written: Vec<_> = was.doing.tags.iter().filter(|tag| can_be_typed(tag)).cloned().collect();
            if tags == written {
                tags.clone_from(&was.doing.tags);
            }
        }
        Ok(Some(Doing { kind, activity, tags, note: None }))
    }

    fn shown_lines(&self, entries: &[Entry]) -> Vec<ShownLine> {
        let borders = Borders::of(entries);
        let next_starts = entries.iter().map(|entry| Some(entry.start)).skip(1).chain([None]);
        let lines = entries.iter().zip(next_starts).map(|(entry, next)| {
            let runs_to_next = match (entry.end, next) {
                (Some(end), Some(next)) => same(end, next),
                (end, _) => end.is_none(),
            };
            let end = entry.end.filter(|_| !runs_to_next).map(|end| borders.shown(end));
            ShownLine {
                when: self.show_when(borders.shown(entry.start), end),
                kind: entry.doing.kind,
                activity: show_activity(&entry.doing.activity),
                tags: show_tags(&entry.doing.tags),
                runs: entry.end.is_none(),
            }
        });
        lines.collect()
    }

    fn show_when(&self, start: Lived, end: Option<Lived>) -> String {
        let Some(end) = end else {
            let shown = self.show_joined(start, Joint::T);
            let read = self.read_when(&shown);
            return if matches!(read, Ok((_, None, _))) { shown } else { format!("{shown}..") };
        };
        self.show_range_joined(start, end, Joint::T)
    }
}

/// A line that was read, not yet ended by the next.
struct ReadLine<'t> {
    number: usize,
    typed: &'t str,
    start: Lived,
    end: Option<Lived>,
    doubled: Vec<Doubled>,
    doing: Doing,
}

/// The day as it was, beside the lines that are left of it.
struct Before<'a> {
    was: &'a [Entry],
    read: &'a [ReadLine<'a>],
}

impl Before<'_> {
    /// Returns where a line ended of which that was not written, for another began there,
    /// if that other is gone.
    fn left_free(&self, line: &ReadLine<'_>) -> Option<Lived> {
        let end = self.entry_of(line)?.end.filter(|end| *end > line.start)?;
        let follower = self.was.iter().find(|entry| same(entry.start, end))?;
        self.is_gone(follower).then_some(end)
    }

    /// Whether a line ran when the day was written.
    fn ran(&self, line: &ReadLine<'_>) -> bool {
        self.entry_of(line).is_some_and(|entry| entry.end.is_none())
    }

    /// Finds what a line was: by its start, or by its activity where it was moved.
    fn entry_of(&self, line: &ReadLine<'_>) -> Option<&Entry> {
        let moved = |entry: &&Entry| !self.is_read_at(entry.start) && entry.doing.activity == line.doing.activity;
        self.was.iter().find(|entry| entry.start == line.start).or_else(|| self.was.iter().find(moved))
    }

    /// Whether no line is this any more: none has its start, and none that was moved or
    /// put in has its activity.
    fn is_gone(&self, entry: &Entry) -> bool {
        let is_new = |line: &&ReadLine<'_>| !self.was.iter().any(|entry| entry.start == line.start);
        let has_moved = self.read.iter().filter(is_new).any(|line| line.doing.activity == entry.doing.activity);
        !self.is_read_at(entry.start) && !has_moved
    }

    fn is_read_at(&self, start: Lived) -> bool {
        self.read.iter().any(|line| line.start == start)
    }
}

/// A line that is written.
struct ShownLine {
    when: String,
    kind: Kind,
    activity: String,
    tags: String,
    runs: bool,
}

impl ShownLine {
    /// Lays tags, and what follows them, below one another.
    fn laid_out(&self, activities: usize, tags: usize) -> String {
        let when = padded(&self.when, TIMES);
        let (kind, activity) = (self.kind.letter(), padded(&self.activity, activities));
        let (tags, running) = (padded(&self.tags, tags), if self.runs { RUNNING } else { "" });
        format!("{when} {kind} {activity}   {tags}  {running}").trim_end().to_owned()
    }
}

/// The instants at which blocks of the day begin and end.
struct Borders(Vec<Lived>);

impl Borders {
    fn of(entries: &[Entry]) -> Self {
        let mut all: Vec<_> = entries.iter().flat_map(|entry| [Some(entry.start), entry.end]).flatten().collect();
        all.sort();
        all.dedup_by(|one, other| same(*one, *other));
        Self(all)
    }

    /// Returns the time to write: to the minute, where no other border is within it.
    fn shown(&self, at: Lived) -> Lived {
        if self.within(minute(at)).count() <= 1 { at - TimeDelta::seconds(at.second().into()) } else { at }
    }

    /// Returns the border that was meant: the only one within that minute, or the minute.
    fn exact(&self, read: Lived) -> Lived {
        let mut within = self.within(minute(read));
        match (within.next(), within.next()) {
            (Some(only), None) if read.second() == 0 => only,
            _ => read,
        }
    }

    fn within(&self, minute: DateTime<Utc>) -> impl Iterator<Item = Lived> {
        self.0.iter().copied().filter(move |border| self::minute(*border) == minute)
    }
}

fn minute(at: Lived) -> DateTime<Utc> {
    let at = at.to_utc();
    at - TimeDelta::seconds(at.second().into()) - TimeDelta::nanoseconds(at.nanosecond().into())
}

/// Drops a comment: a `#` at the start, or with white space on both sides.
fn without_comment(line: &str) -> &str {
    let is_comment = |at: usize| {
        let (before, after) = line.split_at(at);
        let begins = before.is_empty() || before.ends_with(char::is_whitespace);
        let stands_alone =
            after.strip_prefix('#').is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        before.trim().is_empty() || (begins && stands_alone)
    };
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| is_comment(*at));
    comment.and_then(|at| line.get(..at)).unwrap_or(line).trim()
}

/// Splits off the times: words that begin with a digit, and dashes between them.
fn split_when(line: &str) -> (&str, &str) {
    let mut rest = line;
    while let Some(word) = rest.split_whitespace().next() {
        let is_time = word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "-" | "–" | ".." | "to");
        let Some((_, after)) = rest.split_once(word).filter(|_| is_time) else {
            break;
        };
        rest = after.trim_start();
    }
    (line.strip_suffix(rest).unwrap_or(line).trim(), rest)
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
