//! The status in one row: for a prompt, a bar, or a glance.

use chrono::{DateTime, TimeDelta, Utc};

use super::look::Look;
use super::words;
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds, level};
use crate::domain::{Block, Calendar, DayBalance, WeekBalance};
use crate::text::Text;

/// Whether a status line tells what people wrote: bars and prompts are seen by others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Kinds and times only.
    #[default]
    Hidden,
    /// The activity too.
    Shown,
}

/// The level is drawn no longer than this; there is nothing more to see in it.
const LEVEL: usize = 25;
/// The shortest level.
const SHORTEST_LEVEL: usize = 9;
/// Below this width a single space stands between the parts.
const NARROW: usize = 30;
/// An activity is not cut shorter than this.
const SHORTEST_ACTIVITY: usize = 8;

/// What there is to know right now.
#[derive(Clone, Copy, Debug)]
pub struct Status<'a> {
    /// The block that runs.
    pub running: Option<&'a Block>,
    /// The device that started it, if it is not this one.
    pub device: Option<&'a Text>,
    /// Today.
    pub today: &'a DayBalance<'a>,
    /// The week of today.
    pub week: &'a WeekBalance<'a>,
}

/// Writes what runs and how the day leans, then as many numbers as there is room for.
///
/// ```text
/// ▓ 0:24  ────────░░▲──────────  23 %  0h34 to level  5h59 of 8h  week 30 %
/// ```
pub fn row(status: &Status<'_>, look: &Look<'_>, show: Words) -> Row {
    let Status { running, device, today: day, week } = *status;
    let gap = " ".repeat(if look.width < NARROW { 1 } else { 2 });
    let mut room = look.width.saturating_sub(SHORTEST_LEVEL);
    let now = running.map(|block| now(block, &gap, &mut room, look, show));
    let numbers = numbers(day, week, &gap, &mut room, look);
    let mut row = now.unwrap_or_default();
    if let Some(device) = device.filter(|_| show == Words::Shown) {
        // It is worth less than every number, and more than a long level.
        let on = format!("{}{gap}", words::on_device(device));
        if row.width() + width(&on) + SHORTEST_LEVEL + numbers.width() <= look.width {
            row.push(on, Role::Faint);
        }
    }
    let left = look.width.saturating_sub(row.width() + numbers.width());
    // With an odd number of cells both sides are equally long.
    let cells = match left.min(LEVEL) {
        even if even.is_multiple_of(2) => even.saturating_sub(1),
        odd => odd,
    };
    if cells >= 3 || row.spans().is_empty() {
        row.append(level(day.share(), day.target, cells, look.glyphs));
    }
    row.append(numbers);
    row.cut_to(look.width, look.glyphs);
    row.trim_end();
    row
}

/// Returns when the line would next differ by itself: at the turn of a minute of what runs, and when another day
/// begins.
pub fn next_change(running: Option<&Block>, now: DateTime<Utc>, calendar: &Calendar) -> DateTime<Utc> {
    let (_, next_day) = calendar.day_at_home_bounds(calendar.day_at_home(now));
    let turn = running.map(|block| {
        let into = (now - block.began()).num_milliseconds().rem_euclid(60_000);
        now + TimeDelta::milliseconds(60_000 - into)
    });
    turn.map_or(next_day.to_utc(), |turn| turn.min(next_day.to_utc()))
}

/// Returns the running block, taking its room.
fn now(block: &Block, gap: &str, room: &mut usize, look: &Look<'_>, words: Words) -> Row {
    let time = words::running(look.now - block.began());
    let mut row = Row::new().with(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind));
    let others = width(&time) + "  ".len() + gap.len() * 2 + "23 %".len();
    let left = room.saturating_sub(row.width() + others);
    if words == Words::Shown && left >= SHORTEST_ACTIVITY {
        let activity = block.activity.for_terminal().to_string();
        let advice = "  0h34 to level".len();
        let kept = width(&activity).min(left.saturating_sub(advice).max(SHORTEST_ACTIVITY));
        row.push(format!(" {}", look.left(&activity, kept)), Role::Strong);
    }
    row.push(format!(" {time}{gap}"), Role::Strong);
    *room = room.saturating_sub(row.width());
    row
}

/// Returns the numbers for which there is room, the most telling first, and takes it.
fn numbers(day: &DayBalance<'_>, week: &WeekBalance<'_>, gap: &str, room: &mut usize, look: &Look<'_>) -> Row {
    let mut share = day.share().map_or_else(String::new, |share| look.share(Some(share)));
    if *room < gap.len() + width(&share) {
        share.truncate(share.trim_end_matches(" %").len());
    }
    let numbers = [
        (!share.is_empty()).then_some((share, Role::Strong)),
        day.level().map(|level| (words::level(level), Role::Plain)),
        Some((words::coverage(day.tally.logged(), day.expected), Role::Faint)),
        week.share().map(|share| (format!("week {}", look.share(Some(share))), Role::Faint)),
    ];
    let mut row = Row::new();
    for (number, role) in numbers.into_iter().flatten() {
        let Some(left) = room.checked_sub(gap.len() + width(&number)) else { break };
        *room = left;
        row.push(format!("{gap}{number}"), role);
    }
    row
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::{is_ascii, picture};
    use crate::report::testing::Example;

    const MORNING: &str = "09:00-13:00 i staff sync\n13:00-13:40 c spec\n15:20 s 1:1 platform lead";

    fn drawn(width: usize, glyphs: Glyphs, words: Words) -> Row {
        let sample = Example::at("2026-11-24T15:44");
        let blocks = Example::blocks("2026-11-24", MORNING);
        let ledger = sample.ledger(&blocks);
        let (day, week) = (sample.day("2026-11-24", &ledger), sample.review("2026-11-23", &ledger).was);
        let device = Some(Text::as_written("thinkpad-k3f9"));
        let status = Status { running: ledger.running(), device: device.as_ref(), today: &day, week: &week };
        row(&status, &sample.look(width, glyphs), words)
    }

    #[test]
    fn what_runs_then_the_lean_then_the_numbers_there_is_room_for() {
        let rows = |words| [100, 80, 60, 40, 20, 12, 9, 3].map(|width| drawn(width, Glyphs::Unicode, words));
        assert_snapshot!(picture(&rows(Words::Hidden)), @r"
        ▓ 0:24  ────────░░░░▲────────────  21 %  0h39 to level  5h04 of 8h  week 21 %
        ▓ 0:24  ────────░░░░▲────────────  21 %  0h39 to level  5h04 of 8h  week 21 %
        ▓ 0:24  ──────░░░▲─────────  21 %  0h39 to level  5h04 of 8h
        ▓ 0:24  ────░▲─────  21 %  0h39 to level
        ▓ 0:24 ───░▲──── 21
        ▓ 0:24 ─░▲──
        ▓ 0:24
        ▓ …
        ");
        assert_snapshot!(picture(&rows(Words::Shown)), @r"
        ▓ 1:1 platform lead 0:24  on thinkpad-k3f9  ────░▲─────  21 %  0h39 to level  5h04 of 8h  week 21 %
        ▓ 1:1 platform lead 0:24  ───░▲────  21 %  0h39 to level  5h04 of 8h  week 21 %
        ▓ 1:1 platform lead 0:24  ────░░▲──────  21 %  0h39 to level
        ▓ 1:1 pla… 0:24  ──────░░▲────────  21 %
        ▓ 0:24 ───░▲──── 21
        ▓ 0:24 ─░▲──
        ▓ 0:24
        ▓ …
        ");
        assert_snapshot!(drawn(80, Glyphs::Ascii, Words::Hidden).text(), @"= 0:24  --------<<<<^------------  21 %  0h39 to level  5h04 of 8h  week 21 %");
    }

    #[test]
    fn nothing_logged_is_a_broken_rail() {
        let sample = Example::at("2026-11-24T15:44");
        let ledger = sample.ledger(&[]);
        let (day, week) = (sample.day("2026-11-24", &ledger), sample.review("2026-11-23", &ledger).was);
        assert_snapshot!(row(&Status { running: None, device: None, today: &day, week: &week }, &sample.look(60, Glyphs::Unicode), Words::Shown).text(), @"┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄  0h00 of 8h");
    }

    /// Caught when the turn was taken by the clock and not by what runs, and when the day was a date.
    #[test]
    fn it_differs_when_a_minute_of_what_runs_is_over_and_when_the_day_is() {
        let sample = Example::at("2026-11-24T15:44");
        let blocks = Example::blocks("2026-11-24", MORNING);
        let ledger = sample.ledger(&blocks);
        let at = |time: &str| time.parse::<DateTime<Utc>>().unwrap();
        let next = |running, now: &str| next_change(running, at(now), &sample.calendar);
        assert_eq!(next(None, "2026-11-24T14:44:10Z"), at("2026-11-25T03:00:00Z"));
        assert_eq!(next(None, "2026-11-25T02:59:59.999Z"), at("2026-11-25T03:00:00Z"));
        assert_eq!(next(None, "2026-11-25T03:00:00Z"), at("2026-11-26T03:00:00Z"));
        let mut running = ledger.running().unwrap().clone();
        running.start += TimeDelta::seconds(7);
        assert_eq!(next(Some(&running), "2026-11-24T14:44:06.5Z"), at("2026-11-24T14:44:07Z"));
        assert_eq!(next(Some(&running), "2026-11-24T14:44:07Z"), at("2026-11-24T14:45:07Z"));
        assert_eq!(next(Some(&running), "2026-11-25T02:59:10Z"), at("2026-11-25T03:00:00Z"));
    }

    proptest! {
        #[test]
        fn it_fits_and_tells_no_words_unless_told_to(width in 0_usize..140) {
            for words in [Words::Hidden, Words::Shown] {
                let row = drawn(width, Glyphs::Ascii, words);
                prop_assert!(row.width() <= width && is_ascii(&row));
                prop_assert!(words == Words::Shown || !row.text().contains("1:1"));
            }
        }
    }
}
