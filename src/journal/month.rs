//! Months: where a block lives, and what the files of a month are called.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

/// How many days a start may move beyond its block's month before the block moves house.
const SLACK: Days = Days::new(2);

/// How many days beyond its own a read looks for blocks: a start may stand [`SLACK`] days
/// outside of its month, and a block may last a day.
const MARGIN: Days = Days::new(7);

/// A month of the calendar, as in the name `2026-11.thinkpad-k3f9.jsonl`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// Returns the month that a day is in. The journal knows the years 0 to 9999.
    pub(super) fn of(day: NaiveDate) -> Self {
        let year = u16::try_from(day.year().clamp(0, 9999)).unwrap_or_default();
        Self { year, month: u8::try_from(day.month()).unwrap_or(1) }
    }

    /// Returns the month that `text` names, if it is exactly `YYYY-MM`.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let shaped = year.len() == 4 && month.len() == 2 && digits(year) && digits(month);
        let found = Self { year: year.parse().ok()?, month: month.parse().ok()? };
        (shaped && (1..=12).contains(&found.month)).then_some(found)
    }

    /// Returns the month that a file's name begins with, and the rest after the dot.
    pub(super) fn from_name(name: &[u8]) -> Option<(Self, &[u8])> {
        let (month, rest) = name.split_first_chunk::<7>()?;
        Some((Self::from_text(str::from_utf8(month).ok()?)?, rest.strip_prefix(b".")?))
    }

    /// Returns the months that may hold a block of one of these days: every month with
    /// a day from a week before the first to a week after the last.
    pub(super) fn around(first: NaiveDate, last: NaiveDate) -> (Self, Self) {
        let from = first.checked_sub_days(MARGIN).unwrap_or(first);
        let until = last.checked_add_days(MARGIN).unwrap_or(last);
        (Self::of(from), Self::of(until))
    }

    /// Returns the months that may hold a block that starts on one of these days.
    pub(super) fn of_starts(first: NaiveDate, last: NaiveDate) -> (Self, Self) {
        let from = first.checked_sub_days(SLACK).unwrap_or(first);
        let until = last.checked_add_days(SLACK).unwrap_or(last);
        (Self::of(from), Self::of(until))
    }

    /// Returns its year.
    pub(super) fn year(self) -> u16 {
        self.year
    }

    /// Returns its first day.
    pub(super) fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::from(self.year), u32::from(self.month), 1).unwrap_or(NaiveDate::MIN)
    }

    /// Returns the same month of the year before.
    pub(super) fn a_year_before(self) -> Self {
        Self { year: self.year.saturating_sub(1), ..self }
    }

    /// Returns the month that lies this many before it; no earlier than the year 0.
    pub(super) fn before(self, months: u32) -> Self {
        let count = u32::from(self.year) * 12 + u32::from(self.month) - 1;
        let count = count.saturating_sub(months);
        Self {
            year: u16::try_from(count / 12).unwrap_or_default(),
            month: u8::try_from(count % 12).unwrap_or_default() + 1,
        }
    }

    /// Returns whether a block of this month that now starts on `day` stays in it.
    pub(super) fn keeps(self, day: NaiveDate) -> bool {
        let first = self.first_day();
        let from = first.checked_sub_days(SLACK).unwrap_or(first);
        let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
        let until = next.checked_add_days(SLACK).unwrap_or(next);
        (from..until).contains(&day)
    }

    /// Returns the first day from which no block can live in an earlier month.
    pub(super) fn first_sure_day(self) -> NaiveDate {
        let first = self.first_day();
        first.checked_add_days(SLACK).unwrap_or(first)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_begins_with_four_and_two_digits_and_a_dot() {
        let november = Month::of(day("2026-11-22"));
        assert_eq!(Month::from_name(b"2026-11.a.jsonl"), Some((november, &b"a.jsonl"[..])));
        for other in ["2026-11", "2026-13.a", "2026-1.a", "+026-11.a", "26-11.a", "2026-00.a", "notes.jsonl"] {
            assert_eq!(Month::from_name(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn a_block_stays_while_its_start_is_within_two_days_of_its_month() {
        let november = Month::of(day("2026-11-22"));
        for near in ["2026-10-30", "2026-11-01", "2026-12-02"] {
            assert!(november.keeps(day(near)), "{near}");
        }
        for far in ["2026-10-29", "2026-12-03", "2025-11-10"] {
            assert!(!november.keeps(day(far)), "{far}");
        }
    }

    #[test]
    fn a_day_is_looked_for_a_week_either_side() {
        let of = |text| Month::of(day(text));
        assert_eq!(Month::around(day("2026-11-07"), day("2026-11-07")), (of("2026-10-31"), of("2026-11-14")));
        assert_eq!(Month::around(day("2026-11-08"), day("2026-11-24")), (of("2026-11-01"), of("2026-12-01")));
    }

    #[test]
    fn months_are_counted_back_over_new_year() {
        assert_eq!(Month::of(day("2026-02-22")).before(3), Month::of(day("2025-11-01")));
        assert_eq!(Month::of(day("2026-12-22")).before(12), Month::of(day("2026-12-22")).a_year_before());
    }
}
