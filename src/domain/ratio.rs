//! The heart: how much of the time was creation, and what would make it level.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use chrono::TimeDelta;

use super::block::Kind;

/// Whether shaping counts as creation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lens {
    /// Creation is what was made and what was shaped.
    #[default]
    Counted,
    /// Shaping stands apart: creation is what was made by hand.
    Apart,
}

/// How long each kind of time lasted. Time off is in none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Made.
    pub creating: TimeDelta,
    /// Shaped.
    pub shaping: TimeDelta,
    /// Taken in.
    pub consuming: TimeDelta,
}

impl Tally {
    /// Returns a tally of `time` spent on one kind; time off adds nothing.
    pub fn of(kind: Kind, time: TimeDelta) -> Self {
        let mut tally = Self::default();
        match kind {
            Kind::Creating => tally.creating = time,
            Kind::Shaping => tally.shaping = time,
            Kind::Consuming => tally.consuming = time,
            Kind::Off => {}
        }
        tally
    }

    /// Returns the time of one kind; none is kept for time off.
    pub fn time(&self, kind: Kind) -> TimeDelta {
        match kind {
            Kind::Creating => self.creating,
            Kind::Shaping => self.shaping,
            Kind::Consuming => self.consuming,
            Kind::Off => TimeDelta::zero(),
        }
    }

    /// Returns all the time that was logged, whatever the lens.
    pub fn logged(&self) -> TimeDelta {
        self.creating + self.shaping + self.consuming
    }

    /// Returns the time that counts as creation through `lens`.
    pub fn creation(&self, lens: Lens) -> TimeDelta {
        match lens {
            Lens::Counted => self.creating + self.shaping,
            Lens::Apart => self.creating,
        }
    }

    /// Returns the part of the logged time that was creation, seen through `lens`;
    /// `None` when nothing was logged, for there is no share of nothing.
    pub fn share(&self, lens: Lens) -> Option<Share> {
        Share::of(self.creation(lens), self.logged())
    }

    /// Returns how much time the other side has for one of creation (the `3.3` of
    /// `1 : 3.3`), or `None` where either side is empty.
    pub fn ratio(&self, lens: Lens) -> Option<f64> {
        let creation = self.creation(lens);
        let rest = self.logged() - creation;
        let both = creation > TimeDelta::zero() && rest > TimeDelta::zero();
        both.then(|| seconds(rest) / seconds(creation))
    }

    /// Returns where the tally stands to `target`; `None` when nothing was logged.
    ///
    /// ```
    /// use chrono::TimeDelta;
    /// use tiltmeter::domain::{Lens, Level, Share, Tally};
    ///
    /// let (creating, consuming) = (TimeDelta::hours(1), TimeDelta::hours(4));
    /// let tally = Tally { creating, consuming, ..Tally::default() };
    /// // An hour of five. With 43 minutes more that are made, it is 30 % of all.
    /// let needed = TimeDelta::seconds(2_572);
    /// assert_eq!(tally.level(Lens::Counted, Share::GUESS), Some(Level::ToLevel(Some(needed))));
    /// ```
    pub fn level(&self, lens: Lens, target: Share) -> Option<Level> {
        let share = self.share(lens)?;
        let points = share.points() - target.points();
        // A billionth of a point, so that 35 % is level to 30 % in binary fractions too.
        Some(if points.abs() <= LEVEL_POINTS + 1e-9 {
            Level::Level
        } else if points < 0.0 {
            Level::ToLevel(self.creation_needed(lens, target))
        } else {
            Level::ToSpare(self.consumption_left(lens, target))
        })
    }

    /// Returns the creation still needed for the target, if all of it came next:
    /// `(target · logged − creation) / (1 − target)`.
    fn creation_needed(&self, lens: Lens, target: Share) -> Option<TimeDelta> {
        let wanted = target.fraction() * seconds(self.logged()) - seconds(self.creation(lens));
        whole_seconds(wanted / (1.0 - target.fraction()))
    }

    /// Returns the consumption until the share has come down to the target:
    /// `creation / target − logged`.
    fn consumption_left(&self, lens: Lens, target: Share) -> Option<TimeDelta> {
        whole_seconds(seconds(self.creation(lens)) / target.fraction() - seconds(self.logged()))
    }
}

impl Tally {
    /// Returns the mean of so many tallies of which this is the sum.
    #[must_use]
    pub fn divided_by(&self, by: i32) -> Self {
        let by = by.max(1);
        Self { creating: self.creating / by, shaping: self.shaping / by, consuming: self.consuming / by }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            creating: self.creating + other.creating,
            shaping: self.shaping + other.shaping,
            consuming: self.consuming + other.consuming,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// A part of a whole, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// The target of somebody who has not chosen one: a guess, and labelled so.
    pub const GUESS: Self = Self(0.30);

    /// Returns the share that `part` is of `whole`; `None` for a part of nothing.
    pub fn of(part: TimeDelta, whole: TimeDelta) -> Option<Self> {
        (whole > TimeDelta::zero()).then(|| Self((seconds(part) / seconds(whole)).clamp(0.0, 1.0)))
    }

    /// Returns the share of so many per cent, if it is one: from 0 to 100.
    pub fn percent(points: f64) -> Option<Self> {
        (0.0..=100.0).contains(&points).then_some(Self(points / 100.0))
    }

    /// Returns it as a fraction of 1.
    pub fn fraction(self) -> f64 {
        self.0
    }

    /// Returns it in points of a hundred, not rounded.
    pub fn points(self) -> f64 {
        self.0 * 100.0
    }

    /// Returns it as the whole per cent that is shown.
    pub fn shown(self) -> u8 {
        // In range by construction: 0 to 100.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is 0 to 1")]
        let percent = self.points().round() as u8;
        percent
    }
}

/// How many points either side of the target are still level.
pub const LEVEL_POINTS: f64 = 5.0;

/// Where a tally stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Within [`LEVEL_POINTS`] of it.
    Level,
    /// Below it by this much creation; `None` where no amount would do (a target of 100 %).
    ToLevel(Option<TimeDelta>),
    /// Above it by this much consumption; `None` where no amount would do (a target of 0 %).
    ToSpare(Option<TimeDelta>),
}

#[expect(clippy::cast_precision_loss, reason = "2^52 seconds are 142 million years")]
fn seconds(time: TimeDelta) -> f64 {
    time.num_seconds() as f64
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be finite and small")]
fn whole_seconds(seconds: f64) -> Option<TimeDelta> {
    (seconds.is_finite() && seconds.abs() < 1e12).then(|| TimeDelta::seconds(seconds.ceil() as i64))
}
