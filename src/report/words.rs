//! How times, lengths and blocks are said, everywhere the same.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::domain::{Block, Kind, Lived, Share, Tally, Zone};
use crate::text::Text;

/// Returns a length as `2h10`, to the minute below.
pub fn length(time: TimeDelta) -> String {
    let minutes = time.num_minutes();
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}{}h{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Returns the length of something that still runs, as `0:24`.
pub fn running(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(0);
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Rounds lengths to whole minutes so that they add up to their rounded-down sum: by
/// largest remainder. The order stays.
pub fn minutes_that_add_up(times: &[TimeDelta]) -> Vec<TimeDelta> {
    let total: TimeDelta = times.iter().sum();
    let floor: i64 = times.iter().map(TimeDelta::num_minutes).sum();
    let mut rounded: Vec<i64> = times.iter().map(TimeDelta::num_minutes).collect();
    let mut by_remainder: Vec<usize> = (0..times.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(times.get(index).map_or(0, |time| time.num_seconds() % 60)));
    let missing = usize::try_from(total.num_minutes() - floor).unwrap_or_default();
    for index in by_remainder.into_iter().take(missing) {
        if let Some(minutes) = rounded.get_mut(index) {
            *minutes += 1;
        }
    }
    rounded.into_iter().map(TimeDelta::minutes).collect()
}

/// Returns a tally rounded for showing: its parts add up to its whole.
pub fn shown(tally: &Tally) -> Tally {
    match minutes_that_add_up(&[tally.creating, tally.shaping, tally.consuming]).as_slice() {
        &[creating, shaping, consuming] => Tally { creating, shaping, consuming },
        _ => *tally,
    }
}

/// Returns the time on the wall, `09:15`.
pub fn clock(at: Lived) -> String {
    at.format("%H:%M").to_string()
}

/// Returns the day as `Tue 24 Nov 2026`.
pub fn date(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Returns an instant as short as it can be said now: `09:15` today, `yesterday 17:00`,
/// `Mon 17:00` within the week, `20 Nov 17:00`, with the year where it is another.
pub fn moment(at: Lived, now: DateTime<Utc>) -> String {
    let here = now.with_timezone(at.offset());
    let days = here.date_naive().signed_duration_since(at.date_naive()).num_days();
    let day = match days {
        0 => return clock(at),
        1 => "yesterday".to_owned(),
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
    fn what_is_shown_adds_up() {
        let parts = [TimeDelta::seconds(90), TimeDelta::seconds(100), TimeDelta::seconds(110)];
        let shown = minutes_that_add_up(&parts);
        assert_eq!(shown.iter().sum::<TimeDelta>(), TimeDelta::minutes(5));
        assert_eq!(shown[2], TimeDelta::minutes(2), "the largest remainder is rounded up");
    }
}
