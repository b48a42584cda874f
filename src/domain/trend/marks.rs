//! How days felt, put together; and whether it went with their share.

use super::year::YearDay;
use crate::domain::kept::Felt;
use crate::domain::ratio::Lens;

/// So many days are needed on either side of the target before their marks are compared.
pub const FEWEST_DAYS: u32 = 10;

/// The marks of some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// How many days have one.
    pub days: u32,
    sum: u32,
}

impl Marks {
    /// Returns their mean, from 1 to 5; there is none of none.
    pub fn mean(&self) -> Option<f64> {
        (self.days > 0).then(|| f64::from(self.sum) / f64::from(self.days))
    }
}

impl FromIterator<Felt> for Marks {
    fn from_iter<I: IntoIterator<Item = Felt>>(marks: I) -> Self {
        marks
            .into_iter()
            .fold(Self::default(), |marks, felt| Self { days: marks.days + 1, sum: marks.sum + u32::from(felt.mark()) })
    }
}

/// How days at their target or above felt, and how those below it did. That one stands
/// beside the other is all that is said: neither need be why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feeling {
    /// Days whose share was their target or more.
    pub above: Marks,
    /// Days whose share was less.
    pub below: Marks,
}

impl Feeling {
    /// Compares the marks of days; `None` where either side has under [`FEWEST_DAYS`].
    pub fn of(days: &[YearDay], lens: Lens) -> Option<Self> {
        let side = |is_above: bool| -> Marks {
            let on_side = |day: &&YearDay| day.tally.share(lens).is_some_and(|share| (share >= day.target) == is_above);
            days.iter().filter(on_side).filter_map(|day| day.felt).collect()
        };
        let feeling = Self { above: side(true), below: side(false) };
        (feeling.above.days.min(feeling.below.days) >= FEWEST_DAYS).then_some(feeling)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};

    use super::*;
    use crate::domain::{Share, Tally};

    /// Returns days with these minutes made of a hundred logged, and their marks.
    fn days(of: &[(i64, u8)]) -> Vec<YearDay> {
        let first: NaiveDate = "2026-11-02".parse().unwrap();
        let day = |(at, (made, mark)): (NaiveDate, &(i64, u8))| YearDay {
            day: at,
            tally: Tally {
                creating: TimeDelta::minutes(*made),
                consuming: TimeDelta::minutes(100 - made),
                ..Tally::default()
            },
            expected: TimeDelta::hours(8),
            target: Share::GUESS,
            is_off: false,
            felt: Felt::of(*mark),
        };
        first.iter_days().zip(of).map(day).collect()
    }

    #[test]
    fn marks_are_compared_from_ten_days_of_each_on() {
        let mut marks = vec![(30, 4); 10];
        marks.extend(vec![(29, 2); 9]);
        assert_eq!(Feeling::of(&days(&marks), Lens::Counted), None, "nine below");
        marks.push((29, 3));
        let feeling = Feeling::of(&days(&marks), Lens::Counted).unwrap();
        assert_eq!((feeling.above.mean(), feeling.above.days), (Some(4.0), 10), "at the target is not below it");
        assert_eq!((feeling.below.mean(), feeling.below.days), (Some(2.1), 10));
        let mut without = days(&marks);
        without[0].felt = None;
        assert_eq!(Feeling::of(&without, Lens::Counted), None, "a day without a mark is none of them");
    }
}
