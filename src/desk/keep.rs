//! The one way to read and change what is kept besides blocks: sparks, what was thought of a
//! day, what was answered at a random moment, the baseline, the target.

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Desk;
use crate::config::{Config, Source};
use crate::domain::usual::Usual;
use crate::domain::{Baseline, Days, Edit, Kept, Kind, Reflection, Sample, Share, Spark, Thought};
use crate::failure::Failure;
use crate::journal::{Keep, KeptReading, Reach, Reading};
use crate::notation::Target;
use crate::report::words;
use crate::text::Text;

/// How far back it is looked for what one usually has.
const LOOKED_BACK: TimeDelta = TimeDelta::days(366);

/// A target that was set.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetSet {
    /// The target of each day, Monday first.
    pub targets: [Share; 7],
    /// Whether it is a guess again.
    pub is_a_guess: bool,
    /// What it was until now; `None` for a guess.
    pub before: Option<[Share; 7]>,
    /// Whether the environment says another, which wins.
    pub is_overruled: bool,
}

impl Desk {
    /// Reads what belongs to no day.
    pub fn kept(&self) -> Result<KeptReading, Failure> {
        Ok(self.journal.kept(self.now())?)
    }

    /// Reads the same beside `reading`; what that has told is not told again.
    pub fn kept_beside(&self, reading: &Reading) -> Result<KeptReading, Failure> {
        let mut kept = self.kept()?;
        kept.notices.retain(|notice| !reading.notices.contains(notice));
        Ok(kept)
    }

    /// Puts a spark into the list. What it takes is kept in minutes, begun ones too.
    pub fn put_spark(&self, text: Text, length: TimeDelta) -> Result<Spark, Failure> {
        let put = self.here().now();
        let length = TimeDelta::minutes((length + TimeDelta::seconds(59)).num_minutes());
        self.spark("spark", |_, id| Ok(Spark { id: id(), text, length, put, done: None }))
    }

    /// Marks the open spark done that `choose` names.
    pub fn finish_spark(&self, choose: impl FnOnce(&[Spark]) -> Result<Spark, Failure>) -> Result<Spark, Failure> {
        let done = Some(self.here().now());
        self.spark("spark done", |open, _| Ok(Spark { done, ..choose(open)? }))
    }

    /// Takes the open spark out that `choose` names.
    pub fn drop_spark(&self, choose: impl FnOnce(&[Spark]) -> Result<Spark, Failure>) -> Result<Spark, Failure> {
        let mut dropped = Err(no_such_spark());
        self.journal.keep("spark drop", self.now(), |reading, _| {
            let spark = choose(&open(reading))?;
            dropped = Ok(spark.clone());
            Ok::<Keep, Failure>(Keep::Drop(spark))
        })?;
        dropped
    }

    fn spark(
        &self,
        does: &str,
        decide: impl FnOnce(&[Spark], &mut dyn FnMut() -> crate::domain::Id) -> Result<Spark, Failure>,
    ) -> Result<Spark, Failure> {
        let kept = self.journal.keep(does, self.now(), |reading, id| {
            Ok::<Keep, Failure>(Keep::Put(Kept::Spark(decide(&open(reading), id)?)))
        })?;
        match kept {
            Keep::Put(Kept::Spark(spark)) => Ok(spark),
            _ => Err(no_such_spark()),
        }
    }

    /// Says what is thought of a day that has begun.
    pub fn reflect(&self, day: NaiveDate, thought: Thought) -> Result<Reflection, Failure> {
        if day > self.today() {
            let message = format!("{} is still to come", words::date(day));
            return Err(Failure::refused(message).hint("say how it felt when it has begun"));
        }
        self.journal.reflect(day, self.now(), |before| Ok::<_, Failure>(thought.after(before)))
    }

    /// Keeps what it was at a random moment of a day.
    pub fn answer(&self, day: NaiveDate, at: DateTime<Utc>, kind: Kind) -> Result<Sample, Failure> {
        let sample = Sample { day, at: self.calendar.home().at(at), kind };
        self.journal.answer(sample, self.now())?;
        Ok(sample)
    }

    /// Keeps what the share once was. Days must have something logged.
    pub fn keep_baseline(&self, baseline: &Baseline) -> Result<Option<Share>, Failure> {
        let share = self.share_of(baseline)?;
        if share.is_none() {
            return Err(Failure::refused("nothing is logged on these days")
                .hint("tiltmeter trend --weeks all shows what there is; tiltmeter baseline 70% says it from memory"));
        }
        let put = Keep::Put(Kept::Baseline(baseline.clone()));
        self.journal.keep("baseline", self.now(), |_, _| Ok::<Keep, Failure>(put))?;
        Ok(share)
    }

    /// Keeps a spark again that was dropped.
    pub fn restore_spark(&self, spark: Spark) -> Result<Spark, Failure> {
        let put = Keep::Put(Kept::Spark(spark.clone()));
        self.journal.keep(Edit::RESTORE, self.now(), |_, _| Ok::<Keep, Failure>(put))?;
        Ok(spark)
    }

    /// Forgets what the share once was.
    pub fn forget_baseline(&self) -> Result<(), Failure> {
        self.journal.keep("baseline none", self.now(), |_, _| Ok::<Keep, Failure>(Keep::Forget)).map(drop)
    }

    /// Returns the share that a baseline stands for: the one remembered, or that of its days'
    /// summed time.
    pub fn share_of(&self, baseline: &Baseline) -> Result<Option<Share>, Failure> {
        Ok(self.once(baseline.clone())?.share(self.config.habits.lens))
    }

    /// Returns the share that one usually has, where that can be told.
    pub fn usual(&self) -> Result<Option<Usual>, Failure> {
        let today = self.today();
        let since = today.checked_sub_signed(LOOKED_BACK).unwrap_or(NaiveDate::MIN);
        let ledger = self.read(&Reach { days: since..=today, now_too: false, back_until: None })?.ledger;
        Ok(Usual::of(&Days::of(&ledger, &self.calendar), today, self.config.habits.lens))
    }

    /// Writes the target into the file of settings. Of days that are not named it stays as the
    /// file has it.
    pub fn set_target(&self, target: Target) -> Result<TargetSet, Failure> {
        let path: &Path = self.settings.as_deref().ok_or_else(|| {
            Failure::refused("a made-up quarter has no settings, so nothing was saved").hint("q leaves it")
        })?;
        let usual = match target {
            Target::Usual => {
                let usual = self.usual()?.map(|usual| whole(usual.share));
                Some(usual.ok_or_else(|| Failure::refused(NO_USUAL).hint("say a number: tiltmeter target 35"))?)
            }
            Target::Every(_) | Target::Some(_) | Target::Guess => None,
        };
        let is_a_guess = target == Target::Guess;
        let over = |before: [Share; 7]| target.over(before, usual).unwrap_or(before);
        let before = Config::write_target(path, |before| (!is_a_guess).then(|| over(before.habits.targets)))?.habits;
        let targets = over(before.targets);
        let before = (!before.target_is_a_guess).then_some(before.targets);
        let is_overruled = matches!(self.config.source("target"), Source::Environment | Source::Flag);
        Ok(TargetSet { targets, is_a_guess, before, is_overruled })
    }
}

/// Why it is not known what is usual.
pub const NO_USUAL: &str = "five logged days that are over are needed to tell what is usual for you";

/// Returns a share as it is shown: nobody's target is 23.61 %.
fn whole(share: Share) -> Share {
    Share::percent(share.points().round()).unwrap_or(share)
}

fn open(reading: &KeptReading) -> Vec<Spark> {
    reading.sparks.iter().filter(|spark| spark.is_open()).cloned().collect()
}

/// Says that a spark is not open any more.
pub fn no_such_spark() -> Failure {
    Failure::refused("that spark is no longer open").hint("tiltmeter spark lists those that are")
}
