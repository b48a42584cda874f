//! How times, lengths and blocks are said, everywhere the same.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

pub use crate::domain::length::{length, minutes_that_add_up, minutes_that_add_up_to, running, shown};
use crate::domain::{Block, Kind, Lens, Level, Lived, Share, Tally, Zone};
use crate::text::Text;

/// Returns the time on the wall, `09:15`.
pub fn clock(at: Lived) -> String {
    at.format("%H:%M").to_string()
}

/// Returns the day as `Tue 24 Nov 2026`.
pub fn date(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Returns an instant as short as it can be said now: `09:15` today, `yesterday 17:00`,
/// `tomorrow 09:00`, `Mon 17:00` within the week past, `20 Nov 17:00`, with the year where it is another.
pub fn moment(at: Lived, now: DateTime<Utc>) -> String {
    let here = now.with_timezone(at.offset());
    let days = here.date_naive().signed_duration_since(at.date_naive()).num_days();
    let day = match days {
        0 => return clock(at),
        1 => "yesterday".to_owned(),
        -1 => "tomorrow".to_owned(),
        2..=6 => at.format("%a").to_string(),
        _ if at.year() == here.year() => at.format("%-d %b").to_string(),
        _ => at.format("%-d %b %Y").to_string(),
    };
    format!("{day} {}", clock(at))
}

/// Returns a range as `09:15–10:30`, or `09:15–now`.
pub fn range(start: Lived, end: Option<Lived>, now: DateTime<Utc>) -> String {
    format!("{}–{}", moment(start, now), end.map_or_else(|| "now".to_owned(), clock))
}

/// Returns a block as a message names it: `"design doc" (09:15–10:30, made)`.
pub fn block(block: &Block, now: DateTime<Utc>) -> String {
    let when = range(block.start, block.end, now);
    format!("{} ({when}, {})", quoted(&block.activity), kind(block.kind))
}

/// Returns a text in quotes, safe to show.
pub fn quoted(text: &Text) -> String {
    format!("\"{}\"", text.for_terminal())
}

/// Returns the word of the screen for a kind.
pub fn kind(kind: Kind) -> &'static str {
    kind.done()
}

/// Returns a share as `23 %`, or a dash where there is none.
pub fn share(share: Option<Share>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{} %", share.shown()))
}

/// Returns the one piece of advice, in minutes: `0h34 to level`, `3h17 spare`, or that it
/// is `level`. What is still needed is rounded up, what is left is rounded down.
pub fn level(level: Level) -> String {
    match level {
        Level::Level => "level".to_owned(),
        Level::ToLevel(Some(needed)) => {
            let whole_minutes = needed + TimeDelta::seconds(59);
            format!("{} to level", length(whole_minutes))
        }
        Level::ToSpare(Some(left)) => format!("{} spare", length(left)),
        Level::ToLevel(None) => "below the target".to_owned(),
        Level::ToSpare(None) => "above the target".to_owned(),
    }
}

/// Returns how much was logged of what was expected: `5h59 of 8h`, or `5h59` where
/// nothing was.
pub fn coverage(logged: TimeDelta, expected: TimeDelta) -> String {
    let of = match (expected.num_minutes() / 60, expected.num_minutes() % 60) {
        (..=0, ..=0) => return length(logged),
        (hours, 0) => format!("{hours}h"),
        _ => length(expected),
    };
    format!("{} of {of}", length(logged))
}

/// Returns creation to consumption as `1 : 3.3`; `None` where either is nothing.
pub fn ratio(tally: &Tally, lens: Lens) -> Option<String> {
    let ratio = tally.ratio(lens)?;
    let digits = usize::from(ratio < 9.95);
    Some(format!("1 : {ratio:.digits$}"))
}

/// Returns a number with its thing: `1 switch`, `7 switches`.
pub fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// Returns the zone of a block where it is not home's and its clocks differed: `Tokyo`.
pub fn foreign_zone(block: &Block, home: &Zone) -> Option<String> {
    let at_home = home.at(block.began());
    if at_home.offset() == block.start.offset() {
        return None;
    }
    Some(match &block.zone {
        Some(name) => {
            let city = name.as_str().rsplit('/').next().unwrap_or_default().replace('_', " ");
            crate::text::terminal_safe(&city).to_string()
        }
        None => block.start.format("%:z").to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_is_in_minutes_and_never_says_that_nothing_is_needed() {
        assert_eq!(level(Level::Level), "level");
        assert_eq!(level(Level::ToLevel(Some(TimeDelta::seconds(20)))), "0h01 to level");
        assert_eq!(level(Level::ToLevel(Some(TimeDelta::minutes(34)))), "0h34 to level");
        assert_eq!(level(Level::ToSpare(Some(TimeDelta::seconds(197 * 60 + 59)))), "3h17 spare");
        assert_eq!(level(Level::ToLevel(None)), "below the target");
    }

    #[test]
    fn what_was_logged_stands_beside_what_was_expected() {
        assert_eq!(coverage(TimeDelta::minutes(359), TimeDelta::hours(8)), "5h59 of 8h");
        assert_eq!(coverage(TimeDelta::minutes(359), TimeDelta::minutes(450)), "5h59 of 7h30");
        assert_eq!(coverage(TimeDelta::minutes(359), TimeDelta::zero()), "5h59");
    }

    #[test]
    fn the_ratio_has_one_digit_until_it_is_ten() {
        let made = |minutes, of: i64| Tally {
            creating: TimeDelta::minutes(minutes),
            consuming: TimeDelta::minutes(of),
            ..Tally::default()
        };
        assert_eq!(ratio(&made(84, 275), Lens::Counted).as_deref(), Some("1 : 3.3"));
        assert_eq!(ratio(&made(60, 30), Lens::Counted).as_deref(), Some("1 : 0.5"));
        assert_eq!(ratio(&made(30, 299), Lens::Counted).as_deref(), Some("1 : 10"));
        assert_eq!(ratio(&made(0, 300), Lens::Counted), None);
    }
}
