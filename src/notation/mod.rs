//! What people type, as values; and values as people type them.
//!
//! Everything is read against a [`Here`]: the time now, the calendar, and the logical day
//! that is being dealt with. Nothing in here asks a clock.
//!
//! | what | reads | shows |
//! |---|---|---|
//! | times, `9:30`, `yesterday 17:00`, `15m ago` | [`Here::time`] | [`Here::show`] |
//! | lengths, `45m`, `1h30` | [`length`] | [`show_length`] |
//! | ranges, `9-10:30`, `22:00-1:30` | [`Here::range`], [`Here::stretch`] | [`Here::show_range`] |
//! | days, `yesterday`, `20 nov`, `mon..fri` | [`Here::date`], [`Here::dates`], [`Here::week`] | ISO 8601 |
//! | blocks, `@1`, `yesterday@14:00` | [`Here::reference`] | [`Here::show_reference`] |
//! | what is being done, `design doc +team @9:30` | [`Here::line`] | [`show_words`], [`Here::show_line`] |
//! | a line of the catch-up, `standup 10:00`, `design 2h` | [`catch_up`], [`Here::until_or_for`] | |
//! | a whole day in the editor | [`Here::day_text`] | [`Here::show_day`] |
//! | a spark, `read the RFC @30m` | [`spark`] | |
//! | shares and targets, `35 %`, `mon 20 thu 50` | [`share`], [`target`] | |
//! | a kind, and the one that follows from the words | [`kind`], [`kind_of`] | |
//!
//! What is shown is read back as the same value; property tests hold to that. Nothing
//! that has to be typed means anything to a shell: no `#`, `!`, `*`, `~`, `&`, `;`, `<`,
//! `>`, `$` or quote is ever needed.

mod date;
mod day_text;
mod error;
mod guess;
mod length;
mod line;
mod range;
mod reference;
mod spark;
mod target;
mod time;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

pub use date::Toward;
pub use day_text::{DayText, DayTextError};
pub use error::{NotUnderstood, What};
pub use guess::{guess, kind, kind_of, ruled};
pub use length::{length, show_length};
pub use line::{CaughtUp, Line, When, begins_with_time, catch_up, show_words, words_and_rest};
pub use range::Range;
pub use reference::Reference;
pub use spark::spark;
pub use target::{Target, share, target};
pub use time::{Doubled, Time};

use crate::domain::{Calendar, Lived};

/// What typed words are read against: now, the calendar, and the day that is dealt with.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    now: DateTime<Utc>,
    calendar: &'a Calendar,
    day: NaiveDate,
}

impl<'a> Here<'a> {
    /// Deals with today, the logical day that `now` has at home.
    pub fn new(now: DateTime<Utc>, calendar: &'a Calendar) -> Self {
        Self { now, calendar, day: calendar.day_at_home(now) }
    }

    /// Deals with another day, as `--on yesterday` says: times without a day are its.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Self {
        Self { day, ..self }
    }

    /// Returns the logical day that is being dealt with.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Returns the logical day that it is now.
    pub fn today(&self) -> NaiveDate {
        self.calendar.day_at_home(self.now)
    }

    /// Returns now at home, to the whole second that is over: blocks have no less.
    pub fn now(&self) -> Lived {
        self.calendar.home().at(self.now).trunc_subsecs(0)
    }
}

#[cfg(test)]
mod tests;
