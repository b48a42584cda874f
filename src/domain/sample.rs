//! Random sampling: «creating, shaping or consuming, right now?», asked at moments that nobody can
//! foresee, for those who run no timer. What is answered tells the shares, as estimates.
//!
//! **Every minute of working time is as likely to be asked about as any other**, whatever came before
//! it. So of those that were asked about, the part that was creation is, in the long run, the part of
//! the time that was; and how far off it may be follows from how many were answered
//! ([`Answers::estimate`]). Sampling work this way is old (Tippett, «Statistical Methods in Textile
//! Research: Uses of the Binomial and Poisson Distributions», Journal of the Textile Institute 26, 1935).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::block::{Kind, Lived};
use super::random::Random;
use super::ratio::{Lens, Share};

/// How long a question can be answered: «right now» is not an hour ago.
pub const ANSWERED_WITHIN: TimeDelta = TimeDelta::minutes(15);

/// One for everybody: so every machine of somebody asks at the same moments, and what was answered
/// on one is asked on none.
const SEED: u64 = 0x7461_6e67;

/// What somebody was doing at a moment at which they were asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The logical day of the moment.
    pub day: NaiveDate,
    /// The moment: a whole minute, by the wall at home.
    pub at: Lived,
    /// What it was; [`Kind::Off`] where it was no work.
    pub kind: Kind,
}

/// Returns the moments from `from` to before `until` at which is asked, one in `every` minutes on
/// average. They are the same whenever and wherever they are asked for, and those of a smaller
/// number are among them.
pub fn moments(from: DateTime<Utc>, until: DateTime<Utc>, every: TimeDelta) -> impl Iterator<Item = DateTime<Utc>> {
    let one_in = u32::try_from(every.num_minutes()).unwrap_or(u32::MAX).max(1);
    // The first whole minute that is not before it.
    let minute = |at: DateTime<Utc>| (at.timestamp() + 59).div_euclid(60);
    let is_asked = move |minute: &i64| Random::of(SEED, minute.unsigned_abs()).below(one_in) == 0;
    (minute(from)..minute(until)).filter(is_asked).filter_map(|minute| DateTime::from_timestamp(minute * 60, 0))
}

/// What was answered, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Made.
    pub creating: u32,
    /// Shaped.
    pub shaping: u32,
    /// Taken in.
    pub consuming: u32,
    /// No work; in no share.
    pub off: u32,
}

impl Answers {
    /// Counts what was answered.
    pub fn of<'a>(samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let mut answers = Self::default();
        for sample in samples {
            *answers.slot(sample.kind) += 1;
        }
        answers
    }

    fn slot(&mut self, kind: Kind) -> &mut u32 {
        match kind {
            Kind::Creating => &mut self.creating,
            Kind::Shaping => &mut self.shaping,
            Kind::Consuming => &mut self.consuming,
            Kind::Off => &mut self.off,
        }
    }

    /// Returns how many were of a kind.
    pub fn count(mut self, kind: Kind) -> u32 {
        *self.slot(kind)
    }

    /// Returns how many were of work, of whatever kind.
    pub fn of_work(self) -> u32 {
        self.creating + self.shaping + self.consuming
    }

    /// Whether nothing was answered.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Returns the part of work that was creation, seen through `lens`, as far as it can be told;
    /// `None` where nobody was asked at work.
    pub fn share(self, lens: Lens) -> Option<Estimate> {
        let creation = match lens {
            Lens::Counted => self.creating + self.shaping,
            Lens::Apart => self.creating,
        };
        Estimate::of(creation, self.of_work())
    }

    /// Returns the part of work that was of a kind of it; `None` where nobody was asked at work,
    /// and of time off.
    pub fn estimate(self, kind: Kind) -> Option<Estimate> {
        Estimate::of(self.count(kind), self.of_work()).filter(|_| kind != Kind::Off)
    }
}

/// A share that was not measured: the likeliest, and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share of the answers.
    pub share: Share,
    /// The share of the time is in 95 of 100 cases not below this,
    pub low: Share,
    /// and not above this.
    pub high: Share,
    /// Of so many answers.
    pub answers: u32,
}

impl Estimate {
    /// Returns what `part` of `whole` answers tell: Wilson's score interval for 95 % («Probable
    /// Inference, the Law of Succession, and Statistical Inference», JASA 22, 1927), which holds for
    /// few answers too (Brown, Cai and `DasGupta`, «Interval Estimation for a Binomial Proportion»,
    /// Statistical Science 16, 2001). `None` of no answers.
    ///
    /// ```
    /// use tiltmeter::domain::Estimate;
    ///
    /// let shown = |estimate: Estimate| [estimate.low, estimate.share, estimate.high].map(|share| share.shown());
    /// assert_eq!(Estimate::of(2, 5).map(shown), Some([12, 40, 77]));
    /// assert_eq!(Estimate::of(80, 200).map(shown), Some([33, 40, 47]));
    /// ```
    pub fn of(part: u32, whole: u32) -> Option<Self> {
        /// So many standard deviations either side have 95 % between them.
        const Z: f64 = 1.959_964;
        let (k, n) = (f64::from(part.min(whole)), f64::from(whole));
        if whole == 0 {
            return None;
        }
        let p = k / n;
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z / scale * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let share = |part: f64| Share::percent(100.0 * part.clamp(0.0, 1.0));
        Some(Self { share: share(p)?, low: share(middle - half)?, high: share(middle + half)?, answers: whole })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_764_000_000 + minute * 60, 0).unwrap()
    }

    fn between(from: i64, until: i64, every: i64) -> BTreeSet<DateTime<Utc>> {
        moments(at(from), at(until), TimeDelta::minutes(every)).collect()
    }

    fn points(estimate: Estimate) -> [String; 3] {
        [estimate.share, estimate.low, estimate.high].map(|share| format!("{:.2}", share.points()))
    }

    /// The figures are those of R's `prop.test(k, n, correct = FALSE)`. Catches: the plain interval,
    /// which says that one answer knows everything.
    #[test]
    fn an_estimate_says_how_far_off_it_may_be() {
        assert_eq!(points(Estimate::of(10, 50).unwrap()), ["20.00", "11.24", "33.04"]);
        assert_eq!(points(Estimate::of(0, 10).unwrap()), ["0.00", "0.00", "27.75"]);
        assert_eq!(points(Estimate::of(1, 1).unwrap()), ["100.00", "20.65", "100.00"]);
        assert_eq!(Estimate::of(0, 0), None);
    }

    #[test]
    fn shaping_counts_as_the_lens_says_and_time_off_in_nothing() {
        let answers = Answers { creating: 2, shaping: 3, consuming: 5, off: 7 };
        let share = |lens| answers.share(lens).unwrap().share.shown();
        assert_eq!((share(Lens::Counted), share(Lens::Apart)), (50, 20));
        assert_eq!(answers.estimate(Kind::Consuming).unwrap().answers, 10);
        assert_eq!(answers.estimate(Kind::Off), None);
    }

    /// Catches: moments that lie on a grid, or that lie where others do.
    #[test]
    fn nobody_can_foresee_a_moment() {
        let year = between(0, 525_600, 45);
        let expected = 525_600.0 / 45.0;
        let count = f64::from(u32::try_from(year.len()).unwrap());
        // Four standard deviations of the number.
        assert!((count - expected).abs() < 4.0 * expected.sqrt(), "{count}");
        let gaps = |longer_than: i64| {
            let gaps = year
                .iter()
                .zip(year.iter().skip(1))
                .filter(|(one, next)| **next - **one > TimeDelta::minutes(longer_than));
            f64::from(u32::try_from(gaps.count()).unwrap()) / count
        };
        // Whoever has waited for 45 minutes waits on as whoever was asked just now.
        let still = (1.0_f64 - 1.0 / 45.0).powi(45);
        assert!(
            (gaps(45) - still).abs() < 0.03 && (gaps(90) / gaps(45) - still).abs() < 0.03,
            "{} {}",
            gaps(45),
            gaps(90)
        );
    }

    /// Days of every shape, and every answer the truth: of 100 intervals about 95 hold the share that
    /// it was. Catches: an interval that is too narrow or idly wide, and moments that favour a part of
    /// the day.
    #[test]
    fn of_a_hundred_intervals_about_ninety_five_hold_the_truth() {
        let (mut holds, mut all) = (0.0, 0.0);
        for day in 0..4_000_i64 {
            let (from, until) = (day * 1_440, day * 1_440 + 480);
            let made_until = from + 40 + (day * 37) % 400;
            let asked = between(from, until, 20);
            let made = asked.iter().filter(|moment| **moment < at(made_until)).count();
            let truth = f64::from(u32::try_from(made_until - from).unwrap()) / 4.8;
            let count = |number: usize| u32::try_from(number).unwrap();
            if let Some(estimate) = Estimate::of(count(made), count(asked.len())) {
                all += 1.0;
                holds += if (estimate.low.points()..=estimate.high.points()).contains(&truth) { 1.0 } else { 0.0 };
            }
        }
        let part = holds / all;
        assert!((0.93..0.98).contains(&part), "{part}");
    }

    proptest! {
        /// Catches: a change of working hours, or of how often is asked, that moves moments which
        /// were foretold, so that what was answered would be asked again.
        #[test]
        fn moments_stay_where_they_are_whatever_is_asked_for(
            from in 0_i64..5_000, long in 0_i64..2_000, sooner in 0_i64..500, every in 5_i64..200, rarer in 0_i64..200,
        ) {
            let asked = between(from, from + long, every);
            prop_assert!(asked.iter().all(|moment| at(from) <= *moment && *moment < at(from + long)));
            let wider: BTreeSet<_> = between(from - sooner, from + long + sooner, every)
                .into_iter().filter(|moment| at(from) <= *moment && *moment < at(from + long)).collect();
            prop_assert_eq!(&wider, &asked);
            prop_assert!(between(from, from + long, every + rarer).is_subset(&asked));
        }

        /// Catches: an interval without the share in it, or that leaves 0 to 100 per cent.
        #[test]
        fn a_share_lies_in_its_interval_and_more_answers_make_it_narrower((part, whole) in (1_u32..400).prop_flat_map(|whole| (0..=whole, Just(whole)))) {
            let wide = |estimate: Estimate| estimate.high.points() - estimate.low.points();
            let (few, many) = (Estimate::of(part, whole).unwrap(), Estimate::of(part * 4, whole * 4).unwrap());
            prop_assert!(few.low.points() <= few.share.points() + 1e-9 && few.share.points() <= few.high.points() + 1e-9);
            prop_assert!(wide(many) < wide(few));
        }
    }
}
