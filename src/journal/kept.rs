//! What is kept besides blocks: read and changed by the same rules, under the same lock.

use chrono::{DateTime, NaiveDate, Utc};

use super::Journal;
use super::append;
use super::error::JournalError;
use super::files::HomeFile;
use super::fold::{Fold, IdSet, KeptHeld};
use super::home::Home;
use super::kept_line::{self, Shape, id_of_baseline, id_of_day};
use super::line::Of;
use super::lock::Lock;
use super::month::Month;
use super::notice::Notice;
use super::raw::{self, Known};
use super::write::{Draft, Ids, Make, Piece, Turn};
use crate::domain::{Baseline, Id, Kept, Reflection, Sample, Spark};

/// What belongs to no day.
#[derive(Clone, Debug, Default)]
pub struct KeptReading {
    /// The sparks, done ones too, the oldest first.
    pub sparks: Vec<Spark>,
    /// What the share once was, where somebody said it.
    pub baseline: Option<Baseline>,
    /// What else a person should hear of.
    pub notices: Vec<Notice>,
}

/// What is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Keep {
    /// This, as it is; what it was before is replaced where it differs.
    Put(Kept),
    /// Without this spark.
    Drop(Spark),
    /// Without a baseline.
    Forget,
}

impl Journal {
    /// Reads what belongs to no day: one small file of each device, for ever.
    pub fn kept(&self, now: DateTime<Utc>) -> Result<KeptReading, JournalError> {
        Ok(self.read_kept(now)?.0)
    }

    /// Reads the same, what a change of it is written against, and why that cannot be.
    fn read_kept(&self, now: DateTime<Utc>) -> Result<(KeptReading, Fold, Option<JournalError>), JournalError> {
        let files = self.files()?;
        let mut loader = self.loader(now);
        let fold = loader.full(&files.of_homes(|home| home == Home::Kept));
        let mut reading = KeptReading { notices: loader.notices, ..KeptReading::default() };
        reading.notices.extend(files.strays(|home| home == Home::Kept));
        for (_, kept) in each(&fold) {
            match kept {
                Kept::Spark(spark) => reading.sparks.push(spark),
                Kept::Baseline(baseline) => reading.baseline = Some(baseline),
                Kept::Reflection(_) | Kept::Sample(_) => {}
            }
        }
        reading.sparks.sort_by_key(|spark| (spark.put.to_utc(), spark.id));
        Ok((reading, fold, loader.unread))
    }

    /// Changes what belongs to no day. Under the lock, reads what is there *now*, lets
    /// `decide` say what is to be kept, given something that makes ids, and writes that, if
    /// it is anything new. When this returns, it is on the disk. `does` is what the change is called.
    pub fn keep<E: From<JournalError>>(
        &self,
        does: &str,
        now: DateTime<Utc>,
        decide: impl FnOnce(&KeptReading, &mut dyn FnMut() -> Id) -> Result<Keep, E>,
    ) -> Result<Keep, E> {
        let lock = self.lock()?;
        let (reading, fold, unread) = self.read_kept(now)?;
        unread.map_or(Ok(()), Err)?;
        let mut ids = Ids::new(now);
        let keep = decide(&reading, &mut || ids.next())?;
        self.write_kept(does, &keep, &fold, (now, &lock), &mut ids)?;
        Ok(keep)
    }

    /// Changes what was thought of a day, as `decide` says of what was thought of it before.
    pub fn reflect<E: From<JournalError>>(
        &self,
        day: NaiveDate,
        now: DateTime<Utc>,
        decide: impl FnOnce(Reflection) -> Result<Reflection, E>,
    ) -> Result<Reflection, E> {
        let lock = self.lock()?;
        let mut loader = self.loader(now);
        let fold = loader.whole(&self.files_of(home_of(day))?, &IdSet::from_iter([id_of_day(day)]));
        loader.has_read_own()?;
        let before = reflections(&fold, |other| other == day).pop();
        let after = decide(before.unwrap_or(Reflection { day, note: None, felt: None }))?;
        let keep = Keep::Put(Kept::Reflection(after.clone()));
        self.write_kept("reflect", &keep, &fold, (now, &lock), &mut Ids::new(now))?;
        Ok(after)
    }

    /// Keeps what was answered for a random moment; another answer replaces it.
    pub fn answer(&self, sample: Sample, now: DateTime<Utc>) -> Result<(), JournalError> {
        let lock = self.lock()?;
        let mut loader = self.loader(now);
        let id = kept_line::id_of_sample(sample.at.to_utc());
        let fold = loader.whole(&self.files_of(home_of(sample.day))?, &IdSet::from_iter([id]));
        loader.has_read_own()?;
        let keep = Keep::Put(Kept::Sample(sample));
        self.write_kept("sample", &keep, &fold, (now, &lock), &mut Ids::new(now))
    }

    fn files_of(&self, home: Home) -> Result<Vec<HomeFile>, JournalError> {
        let mut files = self.files()?;
        files.list_years(|year| home.is_month(|month| month.year() == year));
        files.has_listed()?;
        Ok(files.of_homes(|other| other == home))
    }

    /// Writes what is to be kept, against what it was decided on: what arrived since is not
    /// known to whoever decided, and must not be set back.
    fn write_kept(
        &self,
        does: &str,
        keep: &Keep,
        known: &Fold,
        (now, lock): (DateTime<Utc>, &Lock),
        ids: &mut Ids,
    ) -> Result<(), JournalError> {
        let piece = piece(keep);
        let raw = Known::of_kept(known);
        if says_nothing_new(keep, raw::kept(piece.id, raw.versions(piece.id))) && !raw.is_newer(piece.id) {
            return Ok(());
        }
        let draft = Draft { does, of: Of::Itself, pieces: vec![piece] };
        let (at, lines) = draft.lines(&raw, &self.place.device, lock.next_instant(now), ids)?;
        append::append(&*self.disk, &self.place, &lines)?;
        lock.keep(at, now);
        Ok(())
    }
}

fn piece(keep: &Keep) -> Piece<'static> {
    let (shape, id) = match keep {
        Keep::Put(kept) => kept_line::named(kept),
        Keep::Drop(spark) => (Shape::Spark, spark.id),
        Keep::Forget => (Shape::Baseline, id_of_baseline()),
    };
    let home = match keep {
        Keep::Put(Kept::Reflection(Reflection { day, .. }) | Kept::Sample(Sample { day, .. })) => home_of(*day),
        _ => Home::Kept,
    };
    let (turn, make) = match keep {
        Keep::Put(kept) => (Turn::New, Make::Keep(kept.clone())),
        Keep::Drop(_) | Keep::Forget => (Turn::Removed, Make::removal(None)),
    };
    Piece { id, shape, home, is_new: false, turn, make }
}

/// Whether what is to be kept is what there is.
fn says_nothing_new(keep: &Keep, there: Option<(Kept, bool)>) -> bool {
    let is_gone = there.as_ref().is_none_or(|(_, removed)| *removed);
    match (keep, there) {
        (Keep::Put(Kept::Reflection(Reflection { note: None, felt: None, .. })) | Keep::Forget, _) if is_gone => true,
        (Keep::Put(kept), Some((there, false))) => *kept == there,
        _ => false,
    }
}

fn home_of(day: NaiveDate) -> Home {
    Home::Month(Month::of(day))
}

/// Returns everything besides blocks that is there.
pub(super) fn each(fold: &Fold) -> Vec<(Id, Kept)> {
    let known = Known::of_kept(fold);
    let mut ids: Vec<Id> = fold.each_kept().map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    let there = |id: Id| raw::kept(id, known.versions(id)).filter(|(_, removed)| !removed).map(|(kept, _)| (id, kept));
    ids.into_iter().filter_map(there).filter(|(_, kept)| says_something(kept)).collect()
}

/// Whether somebody sees it: of a day of which nothing is said any more nobody does.
fn says_something(kept: &Kept) -> bool {
    !matches!(kept, Kept::Reflection(Reflection { note: None, felt: None, .. }))
}

/// Returns what was thought of some days, the first day first.
pub(super) fn reflections(fold: &Fold, wanted: impl Fn(NaiveDate) -> bool) -> Vec<Reflection> {
    let known = Known::of_kept(fold);
    let mut days: Vec<NaiveDate> =
        fold.each_kept().filter_map(|(_, held)| held.day).filter(|day| wanted(*day)).collect();
    days.sort_unstable();
    days.dedup();
    let thought = |day: NaiveDate| match raw::kept(id_of_day(day), known.versions(id_of_day(day)))? {
        (kept @ Kept::Reflection(_), false) if !says_something(&kept) => None,
        (Kept::Reflection(reflection), false) => Some(reflection),
        _ => None,
    };
    days.into_iter().filter_map(thought).collect()
}

/// Returns what was answered on some days, the first moment first.
pub(super) fn samples(fold: &Fold, wanted: impl Fn(NaiveDate) -> bool) -> Vec<Sample> {
    let known = Known::of_kept(fold);
    let is_wanted = |held: &KeptHeld| held.shape == Shape::Sample && held.day.is_some_and(&wanted);
    let mut ids: Vec<Id> = fold.each_kept().filter(|(_, held)| is_wanted(held)).map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    let answered = |id: Id| match raw::kept(id, known.versions(id))? {
        (Kept::Sample(sample), false) => Some(sample),
        _ => None,
    };
    let mut samples: Vec<Sample> = ids.into_iter().filter_map(answered).collect();
    samples.sort_unstable_by_key(|sample| sample.at);
    samples
}
