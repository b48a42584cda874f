//! Lengths of time: `45m`, `1h30`.

use chrono::TimeDelta;

use super::error::{NotUnderstood, What, Why};
use crate::domain::block::LONGEST_BLOCK;

/// The most seconds in a length that is looked back: a year and a bit.
const MOST_SECONDS: f64 = 400.0 * 86_400.0;

/// Reads how long something lasted: `45m`, `1h`, `1h30`, `1h30m`, `1.5h`, `2 hours`,
/// `0h34` as the screens show it. More than nothing, and at most 24 hours.
///
/// A bare number is no length (it might be hours), and `1:30` is a time.
///
/// ```
/// use chrono::TimeDelta;
/// use tiltmeter::notation::{length, show_length};
///
/// assert_eq!(length("1.5h"), Ok(TimeDelta::minutes(90)));
/// assert_eq!(show_length(TimeDelta::minutes(90)), "1h30");
/// assert_eq!(length("90").unwrap_err().to_string(), "\"90\" is not a length of time");
/// ```
pub fn length(typed: &str) -> Result<TimeDelta, NotUnderstood> {
    let refused = |why| Err(NotUnderstood::new(typed, why));
    match any_length(typed) {
        None => refused(Why::Not(What::Length)),
        Some(length) if length <= TimeDelta::zero() => refused(Why::NoLength),
        Some(length) if length > LONGEST_BLOCK => refused(Why::TooLong),
        Some(length) => Ok(length),
    }
}

/// Returns the shortest that [`length`] reads as this: `45m`, `1h`, `1h30`, `1h30m15s`.
pub fn show_length(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (h, m, s) {
        (0, 0, s) => format!("{s}s"),
        (0, m, 0) => format!("{m}m"),
        (0, m, s) => format!("{m}m{s}s"),
        (h, 0, 0) => format!("{h}h"),
        (h, m, 0) => format!("{h}h{m:02}"),
        (h, m, s) => format!("{h}h{m:02}m{s}s"),
    }
}

/// Reads a length of any size; `None` where it is none.
pub(super) fn any_length(typed: &str) -> Option<TimeDelta> {
    let typed = typed.trim().to_ascii_lowercase();
    let mut rest = typed.as_str();
    let mut seconds = 0.0;
    let mut last = Unit::Larger;
    while !rest.is_empty() {
        let (number, after) = take_while(rest, |c| c.is_ascii_digit() || c == '.' || c == ',');
        let (word, after) = take_while(after.trim_start(), |c| c.is_ascii_alphabetic());
        let unit = match (word, last) {
            // `1h30`: the minutes need no word after hours.
            ("", Unit::Hours) if after.is_empty() => Unit::Minutes,
            (word, _) => Unit::of(word)?,
        };
        if unit >= last {
            return None;
        }
        seconds += amount(number)? * unit.seconds();
        (last, rest) = (unit, after.trim_start());
    }
    let whole = seconds.round();
    (last != Unit::Larger && whole <= MOST_SECONDS).then(|| whole_seconds(whole))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Seconds,
    Minutes,
    Hours,
    /// Before the first.
    Larger,
}

impl Unit {
    fn of(word: &str) -> Option<Self> {
        match word {
            "h" | "hr" | "hrs" | "hour" | "hours" => Some(Self::Hours),
            "m" | "min" | "mins" | "minute" | "minutes" => Some(Self::Minutes),
            "s" | "sec" | "secs" | "second" | "seconds" => Some(Self::Seconds),
            _ => None,
        }
    }

    fn seconds(self) -> f64 {
        match self {
            Self::Hours | Self::Larger => 3600.0,
            Self::Minutes => 60.0,
            Self::Seconds => 1.0,
        }
    }
}

/// Reads `1`, `1.5` or `1,5`.
fn amount(number: &str) -> Option<f64> {
    let edge_is_digit =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit());
    if edge_is_digit { number.replace(',', ".").parse().ok() } else { None }
}

#[expect(clippy::cast_possible_truncation, reason = "whole, and checked to be at most a year")]
fn whole_seconds(seconds: f64) -> TimeDelta {
    TimeDelta::seconds(seconds as i64)
}

/// Splits off the characters that `fit`.
pub(super) fn take_while(text: &str, fit: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !fit(c)).unwrap_or(text.len());
    text.split_at(end)
}
