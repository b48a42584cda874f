//! The passes over files that make blocks of lines.
//!
//! Reading everything and skimming give the same blocks; docs/journal-format.md says why the rule
//! below is enough. It rests on a stamp being later than what it replaces.

use std::io::{self, Read as _};
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::disk::SharedDisk;
use super::error::JournalError;
use super::files::HomeFile;
use super::fold::{Fold, IdSet, Merged};
use super::home::Home;
use super::line::{self, Line};
use super::month::Month;
use super::notice::{Flaw, Notice};
use super::raw::{self, Known};
use super::skim::{Head, Sketch, WrittenDay, written_day};
use super::stamp::Stamp;
use super::stream::{LineBuffer, RawLine};
use crate::domain::Id;
use crate::failure::in_words;

/// The first day from which a read is sure to know every block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    written: WrittenDay,
    day: NaiveDate,
    millis: u64,
}

impl Limit {
    /// Returns the limit of a read that begins with a logical day: two days earlier, for
    /// a block may last one and offsets differ by more than one.
    pub(super) fn before(first: NaiveDate) -> Self {
        Self::at(first - TimeDelta::days(2).min(first - NaiveDate::MIN))
    }

    /// Returns the limit of a read that asks for what starts on a day or later, as written.
    pub(super) fn at(day: NaiveDate) -> Self {
        let millis = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        Self { written: written_day(day), day, millis: u64::try_from(millis).unwrap_or_default() }
    }

    /// Returns whether a block may have versions that were skipped though one was kept: it
    /// was made before the limit, or nobody knows when.
    fn may_be_older_than(self, id: Id) -> bool {
        id.0.get_version_num() != 7 || u64::try_from(id.0.as_u128() >> 80).unwrap_or_default() < self.millis
    }

    /// Returns the first day.
    pub(super) fn day(self) -> NaiveDate {
        self.day
    }

    /// Returns whether a read with this limit answers for the block.
    pub(super) fn knows(self, merged: &Merged) -> bool {
        let start = merged.block.start.date_naive();
        merged.block.end.is_none_or(|end| start.max(end.date_naive()) >= self.day)
    }
}

/// Reads files into folds, through one buffer.
pub(super) struct Loader {
    disk: SharedDisk,
    buffer: LineBuffer,
    sketch: Sketch,
    /// Stamps later than this are told of.
    ahead: Stamp,
    pub(super) notices: Vec<Notice>,
    /// Last lines that lack their newline and their end.
    pub(super) torn: Vec<Torn>,
    /// How many lines were read, the skipped ones too.
    pub(super) lines: u64,
    /// Why a file of this device could not be read, the first of them.
    pub(super) unread: Option<JournalError>,
}

/// A last line that is no line yet: a change that did not happen, or one that is still
/// arriving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The file it stands in.
    pub file: PathBuf,
    /// Its number, from 1.
    pub line: u64,
    /// Whether this device wrote the file.
    pub own: bool,
}

impl Loader {
    pub(super) fn new(disk: &SharedDisk, now: DateTime<Utc>) -> Self {
        Self {
            disk: SharedDisk::clone(disk),
            buffer: LineBuffer::new(),
            sketch: Sketch::default(),
            ahead: Stamp::of(now + TimeDelta::days(1)),
            notices: Vec::new(),
            torn: Vec::new(),
            lines: 0,
            unread: None,
        }
    }

    /// Reads every line.
    pub(super) fn full(&mut self, files: &[HomeFile]) -> Fold {
        self.full_seeing(files, |_, _| {})
    }

    /// Reads every line and shows it to `see`.
    pub(super) fn full_seeing(&mut self, files: &[HomeFile], mut see: impl FnMut(&Line<'_>, Home)) -> Fold {
        let mut fold = Fold::default();
        self.each_line(files, |teller, file, raw, bytes| match teller.parse(file, raw, bytes) {
            Some(line) => {
                see(&line, file.home);
                fold.take_in(line, bytes, file.home, |_| true);
            }
            None => fold.mark_newer(line::ids_of_newer(bytes)),
        });
        self.settle(&mut fold, files, IdSet::default());
        fold
    }

    /// Reads what can matter from the limit on: of every block that [`Limit::knows`], all
    /// that [`Loader::full`] would have read. Of others it may know a part.
    pub(super) fn skim(&mut self, files: &[HomeFile], limit: Limit) -> Fold {
        let mut fold = Fold::default();
        let mut open = IdSet::default();
        let mut whole = IdSet::default();
        let mut sketch = std::mem::take(&mut self.sketch);
        self.each_line(files, |teller, file, raw, bytes| {
            let recognized = sketch.look_at(bytes);
            let parsed = if recognized && !sketch.reaches(&limit.written) {
                None
            } else {
                let Some(line) = teller.parse(file, raw, bytes) else { return };
                sketch.of_parsed(&line);
                let is_kept = line.is_newer() || !line.kept.is_empty();
                Some(line).filter(|_| is_kept || sketch.reaches(&limit.written))
            };
            note_open_blocks(&sketch, &mut open, &mut whole);
            if let Some(line) = parsed {
                whole.extend(sketch.blocks.iter().map(|block| block.id));
                fold.take_in(line, bytes, file.home, |_| true);
            }
        });
        self.sketch = sketch;
        whole.extend(open);
        // Of a block that was made after the limit, every line was kept.
        whole.retain(|&id| limit.may_be_older_than(id));
        self.settle(&mut fold, files, whole);
        fold
    }

    /// Reads all versions of some blocks, with their lines.
    pub(super) fn whole(&mut self, files: &[HomeFile], ids: &IdSet) -> Fold {
        let mut fold = Fold::keeping_lines();
        if ids.is_empty() {
            return fold;
        }
        let mut sketch = std::mem::take(&mut self.sketch);
        self.quietly(|loader| {
            loader.each_line(files, |_, file, _, bytes| {
                if sketch.look_at(bytes) && !sketch.blocks.iter().any(|block| ids.contains(&block.id)) {
                    return;
                }
                match line::parse(bytes) {
                    Ok(line) => fold.take_in(line, bytes, file.home, |id| ids.contains(&id)),
                    Err(_) => fold.mark_newer(line::ids_of_newer(bytes)),
                }
            });
        });
        self.sketch = sketch;
        fold
    }

    /// Returns which block goes on as which: those that were moved to another month.
    pub(super) fn moves(&mut self, files: &[HomeFile]) -> Vec<(Id, Id)> {
        let mut fold = Fold::keeping_lines();
        self.quietly(|loader| {
            loader.each_line(files, |_, file, _, bytes| {
                if memchr::memmem::find(bytes, br#""to""#).is_some()
                    && let Ok(line) = line::parse(bytes)
                {
                    fold.take_in(line, bytes, file.home, |_| true);
                }
            });
        });
        let raw = Known::of(&fold);
        let moved = |id: Id| raw.versions(id).iter().filter_map(move |version| Some((id, version.names(raw::TO)?)));
        fold.counts().flat_map(|(id, ..)| moved(id)).collect()
    }

    /// Shows of every line what it says of its change; lines that are not understood are
    /// left out, and nothing is told.
    pub(super) fn heads(&mut self, files: &[HomeFile], mut visit: impl FnMut(Head, &HomeFile, &[u8])) {
        let mut sketch = std::mem::take(&mut self.sketch);
        self.quietly(|loader| {
            loader.each_line(files, |_, file, _, bytes| {
                if let Some(head) = sketch.head_of(bytes) {
                    visit(head, file, bytes);
                }
            });
        });
        self.sketch = sketch;
    }

    /// Shows the same of the lines that stand wholly in the last `bytes` of a file, and says
    /// whether those are all of it. A file that cannot be read has none.
    pub(super) fn last_heads(&mut self, file: &HomeFile, bytes: u64, mut visit: impl FnMut(Head)) -> bool {
        // Those of a length that no seek takes are all there is.
        let disk = &*self.disk;
        let end = file.open_end(disk, bytes).or_else(|_| file.open(disk).map(|file| (file.take(u64::MAX), 0)));
        let (opened, from) = match end {
            Ok(end) => end,
            Err(error) => {
                note_unread(&mut self.unread, file, &error);
                return true;
            }
        };
        let sketch = &mut self.sketch;
        let read = self.buffer.each(opened, |raw| {
            // The first line is cut in two.
            if let Some(bytes) = raw.bytes.filter(|_| from == 0 || raw.number > 1)
                && let Some(head) = sketch.head_of(bytes)
            {
                visit(head);
            }
        });
        if let Err(error) = &read {
            note_unread(&mut self.unread, file, error);
        }
        from == 0 || read.is_err()
    }

    /// Answers whether all was read that this device wrote. Nothing must be decided on
    /// less: what is unknown of a block cannot be replaced.
    pub(super) fn has_read_own(&self) -> Result<(), JournalError> {
        self.unread.clone().map_or(Ok(()), Err)
    }

    /// Reads something without telling what was told, or counting what was counted, before.
    fn quietly(&mut self, read: impl FnOnce(&mut Self)) {
        let told = (std::mem::take(&mut self.notices), std::mem::take(&mut self.torn), self.lines);
        read(self);
        let found = std::mem::replace(&mut self.notices, told.0);
        let unread = found.into_iter().filter(|notice| matches!(notice, Notice::UnreadableFile { .. }));
        for notice in unread {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
        (self.torn, self.lines) = (told.1, told.2);
    }

    /// Reads again, whole, the blocks that ask for it.
    fn settle(&mut self, fold: &mut Fold, files: &[HomeFile], mut ids: IdSet) {
        ids.extend(fold.take_disputed());
        if !ids.is_empty() {
            let whole = self.whole(files, &ids);
            fold.replace(&ids, whole);
        }
    }

    /// Shows every line of these files that is neither empty nor too long.
    pub(super) fn each_line(
        &mut self,
        files: &[HomeFile],
        mut visit: impl FnMut(&mut Teller<'_>, &HomeFile, RawLine<'_>, &[u8]),
    ) {
        let mut teller = Teller { ahead: self.ahead, notices: &mut self.notices, torn: &mut self.torn };
        for file in files {
            let lines = &mut self.lines;
            let read = file.open(&*self.disk).and_then(|opened| {
                self.buffer.each(opened, |raw| {
                    *lines += 1;
                    match raw.bytes {
                        Some(bytes) => visit(&mut teller, file, raw, bytes),
                        None => teller.flaw(file, raw, Flaw::TooLong),
                    }
                })
            });
            if let Err(error) = read {
                teller.notices.push(Notice::UnreadableFile { file: file.path.clone(), why: in_words(&error) });
                note_unread(&mut self.unread, file, &error);
            }
        }
    }
}

fn note_unread(unread: &mut Option<JournalError>, file: &HomeFile, error: &io::Error) {
    if file.own {
        unread.get_or_insert_with(|| JournalError::unread(&file.path, error));
    }
}

/// Keeps what a pass has to tell.
pub(super) struct Teller<'a> {
    ahead: Stamp,
    notices: &'a mut Vec<Notice>,
    torn: &'a mut Vec<Torn>,
}

impl Teller<'_> {
    /// Parses a line and tells what is strange about it.
    pub(super) fn parse<'l>(&mut self, file: &HomeFile, raw: RawLine<'_>, bytes: &'l [u8]) -> Option<Line<'l>> {
        let line = match line::parse(bytes) {
            Ok(line) => line,
            Err(flaw) => {
                self.not_understood(file, raw, bytes, flaw);
                return None;
            }
        };
        if line.is_newer() {
            self.newer(file, line.format);
        }
        if line.at > self.ahead {
            self.stamp_ahead(&line);
        }
        Some(line)
    }

    /// A last line without its newline is a change that did not happen, or one that is
    /// still arriving: nothing to tell.
    fn not_understood(&mut self, file: &HomeFile, raw: RawLine<'_>, bytes: &[u8], flaw: Flaw) {
        match line::format_of(bytes).filter(|format| *format > line::FORMAT) {
            Some(format) => self.newer(file, format),
            None if raw.ended => self.flaw(file, raw, flaw),
            None => self.torn.push(Torn { file: file.path.clone(), line: raw.number, own: file.own }),
        }
    }

    fn flaw(&mut self, file: &HomeFile, raw: RawLine<'_>, flaw: Flaw) {
        let (file, own) = (file.path.clone(), file.own);
        self.notices.push(Notice::UnreadableLine { file, line: raw.number, flaw, own });
    }

    /// Tells of a file with lines of a newer program once, however many there are.
    fn newer(&mut self, file: &HomeFile, format: u32) {
        for notice in self.notices.iter_mut().rev() {
            if let Notice::NewerFormat { file: same, lines, format: newest } = notice
                && *same == file.path
            {
                *lines += 1;
                *newest = format.max(*newest);
                return;
            }
        }
        self.notices.push(Notice::NewerFormat { file: file.path.clone(), lines: 1, format });
    }

    /// Tells of a device's fast clock once, by its latest stamp.
    fn stamp_ahead(&mut self, line: &Line<'_>) {
        let stamp = line.at.instant();
        for notice in self.notices.iter_mut() {
            if let Notice::StampAhead { device, at } = notice
                && *device == line.by
            {
                *at = stamp.max(*at);
                return;
            }
        }
        self.notices.push(Notice::StampAhead { device: line.by.to_string(), at: stamp });
    }
}

/// Keeps track of the blocks that may run: one that no later line ended or removed, and
/// every one that somebody edited while it was open.
fn note_open_blocks(sketch: &Sketch, open: &mut IdSet, whole: &mut IdSet) {
    for block in &sketch.blocks {
        if !block.open || block.removed {
            open.remove(&block.id);
        } else if block.edits {
            whole.insert(block.id);
        } else {
            open.insert(block.id);
        }
    }
}

/// Returns whether a month is one of a contiguous span.
pub(super) fn within(span: (Month, Month)) -> impl Fn(Month) -> bool {
    move |month| span.0 <= month && month <= span.1
}
