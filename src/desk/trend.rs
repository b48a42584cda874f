//! The weeks one after another, read and summed up: the one way for both shells.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::Desk;
use crate::domain::trend::{self, Besides, Once, year};
use crate::domain::{Baseline, BaselineFrom, Days, Ledger, Reflection, Tally, Trend, TrendPoint, Week};
use crate::failure::Failure;
use crate::journal::{Back, KeptReading, Notice, Reach, Reading};

/// How many weeks a trend has, this one among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// So many, and the days of a year.
    Weeks(u32),
    /// So many, without the days of a year: for where those are not shown.
    WeeksAlone(u32),
    /// All since the first block.
    All,
}

/// A page of older weeks is a year of them.
const PAGE: i64 = 52;
/// So many weeks are looked at for what is found in them, however few are shown.
const LOOKED_AT: i64 = 13;

impl Desk {
    /// Reads weeks up to this one, and what is found in them; with what was read. However few
    /// are asked for, a quarter is read, for what is found needs it, or the year of which the
    /// days are shown.
    pub fn trend(&self, far: Far) -> Result<(Trend, Reading), Failure> {
        let last = self.calendar.week_of(self.today());
        let a_year_ago = last.plus(1 - year::WEEKS);
        let mut reading = match far {
            Far::All => self.journal.read_all(self.now())?,
            Far::Weeks(weeks) | Far::WeeksAlone(weeks) => {
                let at_least = if far == Far::Weeks(weeks) { a_year_ago } else { last.plus(1 - LOOKED_AT) };
                let first = last.plus(1 - i64::from(weeks)).min(at_least);
                self.read(&Reach { days: first.first()..=last.last(), now_too: true, back_until: None })?
            }
        };
        let besides = self.besides(&mut reading)?;
        let days = Days::of(&reading.ledger, &self.calendar);
        let first = match (far, days.with_time().next()) {
            (Far::Weeks(weeks) | Far::WeeksAlone(weeks), _) => last.plus(1 - i64::from(weeks)),
            (Far::All, Some(day)) => self.calendar.week_of(day).min(last),
            (Far::All, None) => last,
        };
        let habits = &self.config.habits;
        let trend = Trend::of(&days, (first, last), (&self.calendar, habits), self.here().now(), besides);
        Ok((Trend { unread: unread(&reading.notices), ..trend }, reading))
    }

    /// Reads the weeks of a year before `before`; where it is empty, back to the last week
    /// that has something. `None` where there is nothing any more.
    pub fn weeks_before(&self, before: Week) -> Result<Option<Vec<TrendPoint>>, Failure> {
        let end = before.plus(-1).last();
        let newest = |ledger: &Ledger| {
            let days = ledger.blocks().iter().map(|block| self.calendar.day_of_block(block));
            days.filter(|day| *day <= end).max()
        };
        let found = |ledger: &Ledger| newest(ledger).is_some();
        let first = before.plus(-PAGE);
        let back = Back { found: &found, months: None };
        let reading = self.read(&Reach { days: first.first()..=end, now_too: false, back_until: Some(back) })?;
        match newest(&reading.ledger).map(|day| self.calendar.week_of(day)) {
            None => Ok(None),
            Some(week) if week >= first => Ok(Some(self.points(&reading, first, before))),
            Some(week) => {
                let first = week.plus(1 - PAGE);
                let days = first.first()..=end;
                let reading = self.read(&Reach { days, now_too: false, back_until: None })?;
                Ok(Some(self.points(&reading, first, before)))
            }
        }
    }

    fn points(&self, reading: &Reading, first: Week, before: Week) -> Vec<TrendPoint> {
        let reflections = by_day(&reading.reflections);
        let days = Days::of(&reading.ledger, &self.calendar);
        let weeks = (first, before.plus(-1));
        trend::points(&days, weeks, (&self.calendar, &self.config.habits), self.here().now(), &reflections)
    }

    /// Returns what is known besides the blocks that were read, worked out; what is to be told
    /// of it goes to the rest.
    fn besides(&self, reading: &mut Reading) -> Result<Besides, Failure> {
        let KeptReading { baseline, notices, .. } = self.kept_beside(reading)?;
        reading.notices.extend(notices);
        let baseline = baseline.map(|baseline| self.once(baseline)).transpose()?;
        Ok(Besides { reflections: by_day(&reading.reflections), baseline })
    }

    /// Works out what the share once was. Its days may lie before all that is read otherwise.
    pub(super) fn once(&self, baseline: Baseline) -> Result<Once, Failure> {
        let tally = match baseline.from {
            BaselineFrom::Remembered(_) => Tally::default(),
            BaselineFrom::Days { first, last } => self.tally_of(first..=last)?,
        };
        Ok(Once { baseline, tally })
    }

    fn tally_of(&self, days: RangeInclusive<NaiveDate>) -> Result<Tally, Failure> {
        let ledger = self.read(&Reach { days: days.clone(), now_too: false, back_until: None })?.ledger;
        let of = Days::of(&ledger, &self.calendar);
        Ok(of.with_time().filter(|day| days.contains(day)).map(|day| of.tally(day)).sum())
    }
}

fn by_day(reflections: &[Reflection]) -> BTreeMap<NaiveDate, Reflection> {
    reflections.iter().map(|reflection| (reflection.day, reflection.clone())).collect()
}

/// Returns how many lines and files could not be read.
fn unread(notices: &[Notice]) -> usize {
    let is_unread = |notice: &&Notice| matches!(notice, Notice::UnreadableLine { .. } | Notice::UnreadableFile { .. });
    notices.iter().filter(is_unread).count()
}
