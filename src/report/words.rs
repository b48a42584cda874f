//! How times, lengths and blocks are said, everywhere the same.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::Look;
use crate::beam::row::fitting;
pub use crate::domain::length::{length, minutes_that_add_up, minutes_that_add_up_to, running, shown};
use crate::domain::{Block, Calendar, DayBalance, Kind, Lens, Level, Lived, Tally, Zone};
use crate::text::Text;

/// Returns the time on the wall as it is typed, `09:15`: so it stands in what one can type.
pub fn clock(at: Lived) -> String {
    at.format("%H:%M").to_string()
}

/// Returns the time on the wall as somebody reads it, `09:15` or `9:15am`.
pub fn read(at: Lived, calendar: &Calendar) -> String {
    calendar.face().time(at.time())
}

/// Returns the same as wide as any time, for lists.
pub fn in_list(at: Lived, calendar: &Calendar) -> String {
    let face = calendar.face();
    format!("{:>1$}", face.time(at.time()), face.width())
}

/// Says of a day that too much was taken in, where it was: `0h40 too much taken in`.
pub fn too_much_taken_in(day: &DayBalance<'_>) -> Option<String> {
    day.limits.over_taken_in(&day.tally).map(|over| format!("{} too much taken in", length(over)))
}

/// Says of a day that it was too long, where it was: `0h40 over your limit`.
pub fn too_long(day: &DayBalance<'_>) -> Option<String> {
    day.limits.over_work(&day.tally).map(|over| format!("{} over your limit", length(over)))
}

/// Returns the day as `Tue 24 Nov 2026`.
pub fn date(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Returns an instant as short as it can be said now: `09:15` today, `yesterday 17:00`,
/// `tomorrow 09:00`, `Mon 17:00` within the week past, `20 Nov 17:00`, with the year where it is another; and
/// with its offset where that is not what the clocks at home keep then.
///
/// Days are logical days, as they are where times are typed. Where such a day and the
/// date on the wall are two, the date is said.
pub fn moment(at: Lived, look: &Look<'_>) -> String {
    format!("{}{}", on_day(at, look), offset(at, look))
}

/// Returns a range as `09:15–10:30`, or `09:15–now`; with the clocks of both ends where
/// they are two.
pub fn range(start: Lived, end: Option<Lived>, look: &Look<'_>) -> String {
    let until = end.map_or_else(|| "now".to_owned(), |end| read(end, look.calendar));
    let (from, until) = match end.filter(|end| end.offset() != start.offset()) {
        None => (on_day(start, look), format!("{until}{}", offset(start, look))),
        Some(end) => (moment(start, look), format!("{until}{}", offset(end, look))),
    };
    format!("{from}{}{until}", look.dash())
}

/// Returns the time, led by the day where that is not today.
fn on_day(at: Lived, look: &Look<'_>) -> String {
    let (date, day, today) = (at.date_naive(), look.calendar.day_of(at), look.today());
    let days = today.signed_duration_since(day).num_days();
    let day = match days {
        0 => return read(at, look.calendar),
        1 if date == day => "yesterday".to_owned(),
        -1 if date == day => "tomorrow".to_owned(),
        2..=6 if date == day => at.format("%a").to_string(),
        // A date that will soon come again is read as the coming one.
        1..=300 if date.year() == today.year() => at.format("%-d %b").to_string(),
        _ => at.format("%-d %b %Y").to_string(),
    };
    format!("{day} {}", read(at, look.calendar))
}

fn offset(at: Lived, look: &Look<'_>) -> String {
    let is_home = look.calendar.home().at(at.to_utc()).offset() == at.offset();
    if is_home { String::new() } else { at.format(" %:z").to_string() }
}

/// Returns how long a block is by the minutes that its times are shown in: `09:00–09:30`
/// is half an hour, whatever its seconds.
pub fn between(start: Lived, end: Lived) -> TimeDelta {
    let minute = |at: Lived| at.timestamp().div_euclid(60);
    TimeDelta::minutes(minute(end) - minute(start))
}

/// Returns a block as a message names it: `"design doc" (09:15–10:30, made)`.
pub fn block(block: &Block, look: &Look<'_>) -> String {
    let when = range(block.start, block.end, look);
    format!("{} ({when}, {})", quoted(&block.activity), kind(block.kind))
}

/// No device calls itself by a longer name; what a file says beyond that is not shown.
const DEVICE: usize = 32;

/// Returns where a block was started: `on thinkpad-k3f9`.
pub fn on_device(device: &Text) -> String {
    format!("on {}", fitting(&device.for_terminal().to_string(), DEVICE))
}

/// Returns a text in quotes, safe to show.
pub fn quoted(text: &Text) -> String {
    format!("\"{}\"", text.for_terminal())
}

/// What a day off is called for which nobody said why.
pub const DAY_OFF: &str = "day off";

/// Returns why a day is off, where that says more than that it is.
pub fn why_off(off: &Block) -> Option<String> {
    let says_nothing = [DAY_OFF, "a day off", Kind::Off.word()].contains(&off.activity.raw());
    (!says_nothing).then(|| off.activity.for_terminal().to_string())
}

/// Returns the word of the screen for a kind.
pub fn kind(kind: Kind) -> &'static str {
    kind.done()
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

/// Returns what a share is called: through the lens that sets shaping apart, it is what
/// was made by hand.
pub fn share_of(lens: Lens) -> &'static str {
    match lens {
        Lens::Counted => "share",
        Lens::Apart => "by hand",
    }
}

/// Returns a number with its thing: `1 switch`, `7 switches`.
pub fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// Returns a small number as a word: `four`; a larger one in digits.
pub fn number(number: u32) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = usize::try_from(number).ok().and_then(|number| WORDS.get(number));
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
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
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::report::testing::Example;

    fn at(time: &str) -> Lived {
        time.parse().unwrap()
    }

    #[test]
    fn days_are_those_by_which_times_are_typed() {
        let said = |now: &str, time: &str| {
            moment(at(&format!("{time}:00+01:00")), &Example::at(now).look(80, Glyphs::Unicode))
        };
        let night = |time: &str| said("2026-11-25T01:30", time);
        assert_eq!(night("2026-11-25T01:10"), "01:10");
        assert_eq!(night("2026-11-24T21:00"), "21:00");
        assert_eq!(night("2026-11-24T02:00"), "24 Nov 02:00");
        assert_eq!(night("2026-11-23T21:00"), "yesterday 21:00");
        assert_eq!(night("2026-11-22T21:00"), "Sun 21:00");
        assert_eq!(night("2026-11-18T21:00"), "Wed 21:00");
        assert_eq!(night("2026-11-17T21:00"), "17 Nov 21:00");
        assert_eq!(night("2025-11-17T21:00"), "17 Nov 2025 21:00");
        assert_eq!(said("2026-11-25T09:00", "2026-11-25T02:00"), "25 Nov 02:00");
        assert_eq!(said("2026-11-25T09:00", "2026-12-25T02:00"), "25 Dec 2026 02:00");
    }

    #[test]
    fn what_was_lived_elsewhere_says_its_offset() {
        let sample = Example::at("2026-11-24T15:44");
        let look = sample.look(80, Glyphs::Unicode);
        let (start, end) = (at("2026-11-24T09:00:00+09:00"), at("2026-11-24T10:30:00+09:00"));
        assert_eq!(moment(start, &look), "09:00 +09:00");
        assert_eq!(range(start, Some(end), &look), "09:00–10:30 +09:00");
    }

    proptest! {
        #[test]
        fn what_is_said_of_a_moment_reads_back_as_it(now in 0_i64..40_000_000, ago in 0_i64..900_000) {
            let mut sample = Example::at("2026-01-01T00:00");
            sample.now += TimeDelta::seconds(now);
            let look = sample.look(80, Glyphs::Unicode);
            let at = look.here().now() - TimeDelta::minutes(ago);
            let at = at - TimeDelta::seconds(at.timestamp().rem_euclid(60));
            let said = moment(at, &look);
            prop_assert_eq!(look.here().time(&said).map(|read| read.tell(|_| {})), Ok(at), "{}", said);
        }
    }

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
