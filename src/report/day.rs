//! The day as text: which way it leans, its numbers, the day to scale, its list.

use chrono::{Datelike as _, TimeDelta};

use super::list::{DayList, begun, zone_of_the_whole_day};
use super::look::{LEVER, Look, beside};
use super::{Words, words};
use crate::beam::row::width;
use crate::beam::{Lever, LeverHeight, Ribbon, Role, Row, kinds, level};
use crate::domain::{Block, DayBalance, Kind, Lived, Zone};
use crate::text::Text;

/// The width of the numbers beside it.
const NUMBERS: usize = 36;
/// The space between the two.
const GUTTER: usize = 3;
/// From this width on the lever has six rows; below, three.
const WIDE: usize = 60;
/// Below this width there is only room for a level.
const NARROW: usize = 30;
/// The width of `longest`, the longest label of a number.
const LABEL: usize = 7;
/// The width of a number, with spaces before it.
const NUMBER: usize = 6;

/// Writes a day. `running` is the block that runs now, on whichever day; it is shown
/// with today, and with the `device` that started it if that is another.
pub fn rows(day: &DayBalance<'_>, running: Option<&Block>, device: Option<&Text>, look: &Look<'_>) -> Vec<Row> {
    let running = running.filter(|_| day.day == look.today());
    let abroad = zone_of_the_whole_day(day, look);
    let mut rows = heading(day, running.map(|block| (block, device)), abroad.as_deref(), look);
    rows.push(Row::new());
    rows.extend(if day.tally.logged() > TimeDelta::zero() {
        instrument(day, look)
    } else {
        vec![level(None, day.target, look.width.min(LEVER), look.glyphs)]
    });
    rows.push(Row::new());
    if day.slices.is_empty() && begun(day, running, look).is_none() {
        rows.extend(invitation(day, look));
    } else {
        rows.extend(ribbon(day, look));
        rows.push(Row::new());
        rows.extend(DayList::of(day, running, look, Words::Shown).rows());
    }
    look.set(rows)
}

/// Returns the lever with its numbers and the ribbon alone: for where the rest is told
/// elsewhere.
pub fn pictures(day: &DayBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let mut rows = if day.tally.logged() > TimeDelta::zero() {
        instrument(day, look)
    } else {
        vec![level(None, day.target, look.width.min(LEVER), look.glyphs)]
    };
    rows.push(Row::new());
    rows.extend(ribbon(day, look));
    look.set(rows)
}

/// Returns the date, what is special about the day, and what runs.
fn heading(
    day: &DayBalance<'_>,
    running: Option<(&Block, Option<&Text>)>,
    abroad: Option<&str>,
    look: &Look<'_>,
) -> Vec<Row> {
    let mut date = Row::new().with(words::date(day.day), Role::Strong);
    if let Some(zone) = abroad {
        date.push(format!("  {zone}"), Role::Faint);
    }
    if let Some(off) = day.off {
        date.push("  a day off", Role::Off);
        if let Some(why) = words::why_off(off) {
            date.push(format!(": {why}"), Role::Off);
        }
    }
    let Some((block, device)) = running else { return vec![date] };
    let now = running_now(block, device, look);
    let widest = now.iter().map(Row::width).max().unwrap_or_default();
    let column = LEVER + GUTTER;
    if stands_beside(look) && date.width() < column && column + widest <= look.width {
        let mut left = vec![date];
        left.resize(now.len(), Row::new());
        beside(left, now, column)
    } else {
        std::iter::once(date).chain(now).collect()
    }
}

/// Returns what runs; and where, on a row of its own if there is no room beside it.
fn running_now(block: &Block, device: Option<&Text>, look: &Look<'_>) -> Vec<Row> {
    let time = words::running(look.now - block.began());
    let since = format!("  since {}", words::moment(block.start, look));
    let room = if stands_beside(look) { look.width - LEVER - GUTTER } else { look.width };
    let activity = block.activity.for_terminal().to_string();
    let left = room.saturating_sub("x ".len() + 2 + width(&time));
    let activity = look.left(&activity, width(&activity).min(left));
    let mut row = Row::new()
        .with(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind))
        .with(format!(" {activity}  {time}"), Role::Strong);
    if row.width() + width(&since) <= room {
        row.push(since, Role::Faint);
    }
    let Some(device) = device else { return vec![row] };
    let on = format!("  {}", look.left(&words::on_device(device), room.saturating_sub(2)).trim_end());
    if row.width() + width(&on) <= room {
        return vec![row.with(on, Role::Faint)];
    }
    vec![row, Row::new().with(on, Role::Faint)]
}

fn stands_beside(look: &Look<'_>) -> bool {
    look.width >= LEVER + GUTTER + NUMBERS
}

/// Returns the picture and the numbers, beside each other where there is room.
fn instrument(day: &DayBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let picture = picture(day, look);
    if stands_beside(look) {
        let room = look.width - LEVER - GUTTER;
        return beside(picture, numbers(day, room, look), LEVER + GUTTER);
    }
    let mut rows = picture;
    rows.push(Row::new());
    rows.extend(numbers(day, look.width, look));
    rows
}

fn picture(day: &DayBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let lever = Lever { tally: day.tally, lens: day.lens, target: day.target };
    match look.width {
        ..NARROW => vec![level(day.share(), day.target, look.width, look.glyphs)],
        NARROW..WIDE => lever.rows(look.width.min(LEVER), LeverHeight::Three, look.glyphs),
        _ => lever.rows(LEVER, LeverHeight::Six, look.glyphs),
    }
}

/// Returns the numbers of a day, one thing a row.
fn numbers(day: &DayBalance<'_>, room: usize, look: &Look<'_>) -> Vec<Row> {
    let number = |label: &str, number: &str| {
        Row::new().with(format!("{label:<LABEL$}"), Role::Faint).with(format!("{number:>NUMBER$}"), Role::Plain)
    };
    let words = |words: String| Row::plain(" ".repeat(LABEL + 2)).with(words, Role::Plain);
    let share = words::share_of(day.lens);
    let shown = words::shown(&day.tally);
    let guess = if look.habits.target_is_a_guess { "  a guess" } else { "" };
    let mut rows = vec![
        Row::new()
            .with(format!("{share:<LABEL$}"), Role::Faint)
            .with(format!("{:>NUMBER$}", look.share(day.share())), Role::Strong),
    ];
    if let Some(level) = day.level() {
        beside_or_below(&mut rows, &format!("  {}", words::level(level)), room, words);
    }
    let parts = [(Kind::Creating, shown.creating), (Kind::Shaping, shown.shaping)];
    let parts = parts.map(|(kind, time)| format!("{} {}", kind.done(), words::length(time)));
    if LABEL + 2 + width(&parts.join("  ")) <= room {
        rows.push(words(parts.join("  ")));
    } else {
        rows.extend(parts.map(words));
    }
    rows.extend([
        number("target", &look.share(Some(day.target))).with(guess, Role::Faint),
        number("logged", &words::length(day.tally.logged())).with(of_expected(day), Role::Plain),
    ]);
    if let Some(ratio) = words::ratio(&day.tally, day.lens) {
        beside_or_below(&mut rows, &format!("   {ratio}"), room, words);
    }
    let too_much = [words::too_long(day), words::too_much_taken_in(day)];
    rows.extend(too_much.into_iter().flatten().map(|said| Row::plain(" ".repeat(LABEL + 2)).with(said, Role::Alert)));
    if let Some(longest) = day.longest {
        let row = number("longest", &words::length(longest.length));
        let activity = longest.activity.for_terminal().to_string();
        let left = room.saturating_sub(row.width() + 2);
        let activity = look.left(&activity, width(&activity).min(left));
        rows.push(row.with(format!("  {activity}"), Role::Faint));
    }
    if day.switches > 0 {
        rows.push(words(words::count(day.switches, "switch", "switches")));
    }
    if day.interrupted > 0 {
        let often = format!("interrupted {}", look.times(usize::try_from(day.interrupted).unwrap_or(usize::MAX)));
        match day.switches {
            0 => rows.push(words(often)),
            _ => beside_or_below(&mut rows, &format!(", {often}"), room, words),
        }
    }
    rows
}

/// Adds words to the last row, or where there is no room, without what joins them, below it.
fn beside_or_below(rows: &mut Vec<Row>, joined: &str, room: usize, below: impl Fn(String) -> Row) {
    match rows.last_mut() {
        Some(last) if last.width() + width(joined) <= room => last.push(joined, Role::Plain),
        _ => rows.push(below(joined.trim_start_matches([',', ' ']).to_owned())),
    }
}

/// Returns what stands behind the time logged: ` of 8h`.
fn of_expected(day: &DayBalance<'_>) -> String {
    let logged = day.tally.logged();
    let coverage = words::coverage(logged, day.expected);
    let of = coverage.strip_prefix(&words::length(logged)).unwrap_or_default();
    if day.off.is_some() { ", a day off".to_owned() } else { of.to_owned() }
}

/// Returns what to type when nothing is logged: a day that is over is written down whole.
fn invitation(day: &DayBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let command = |typed: &str, does: &str| {
        let row = Row::new().with(format!("  {typed:<21}"), Role::Strong);
        let does = if row.width() + 3 + does.len() <= look.width { does } else { "" };
        row.with(format!("   {does}"), Role::Faint)
    };
    let today = look.today();
    if day.off.is_some() || day.day > today {
        return vec![Row::plain("nothing logged")];
    }
    if day.day < today {
        let edit = format!("tiltmeter edit --day {}", day.day);
        return vec![Row::plain("nothing logged"), command(&edit, "writes it down")];
    }
    vec![
        Row::plain("nothing logged yet"),
        command("tiltmeter now standup", "starts a block"),
        command("tiltmeter was", "catches up"),
    ]
}

/// Returns the day to scale, from the beginning of working time to its end at least.
fn ribbon(day: &DayBalance<'_>, look: &Look<'_>) -> Vec<Row> {
    let Some((hours, zone)) = ribbon_hours(day, look) else { return Vec::new() };
    Ribbon { slices: &day.slices, gaps: &day.gaps, hours, zone: &zone, face: look.calendar.face() }
        .rows(look.width, look.glyphs)
        .into()
}

/// Returns from when to when a day's ribbon reaches at least, and by whose clocks its hours
/// are named; `None` where no time of the day is logged.
pub fn ribbon_hours(day: &DayBalance<'_>, look: &Look<'_>) -> Option<((Lived, Lived), Zone)> {
    let (first, last) = day.slices.first().zip(day.slices.last())?;
    let zone = zone_of_the_hours(day, look);
    let on_wall = |time| zone.first(day.day.and_time(time));
    let working = look.habits.working_time(day.day.weekday()).filter(|_| day.off.is_none());
    let hours = working.map_or((first.start, last.end), |(begins, ends)| (on_wall(begins), on_wall(ends)));
    Some((hours, zone))
}

/// Returns by whose clocks the hours are named: home's, unless the day began elsewhere.
pub fn zone_of_the_hours(day: &DayBalance<'_>, look: &Look<'_>) -> Zone {
    let abroad = day.slices.first().filter(|slice| words::foreign_zone(slice.block, look.calendar.home()).is_some());
    abroad.map_or_else(|| look.calendar.home().clone(), |slice| Zone::fixed(*slice.start.offset()))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::{is_ascii, picture, roles};
    use crate::domain::ZoneName;
    use crate::report::testing::Example;

    const TUESDAY: &str = "
        08:40-09:15 i mail, threads
        09:15-09:30 i standup +team
        09:30-10:10 c design doc: rate limits +platform
        10:10-11:00 i escalation: billing
        11:00-12:00 i interview: backend
        12:00-12:45 o lunch
        12:45-13:05 s review: rate-limit change
        13:05-13:30 i mail, threads
        13:30-15:00 i staff sync
        15:20 s 1:1 platform lead +team";

    fn drawn(width: usize, glyphs: Glyphs) -> Vec<Row> {
        let sample = Example::at("2026-11-24T15:44");
        let mut blocks = Example::blocks("2026-11-24", TUESDAY);
        blocks[8].interrupted = 4;
        let ledger = sample.ledger(&blocks);
        let day = sample.day("2026-11-24", &ledger);
        rows(&day, ledger.running(), None, &sample.look(width, glyphs))
    }

    #[test]
    fn the_day_leans_then_its_numbers_then_to_scale_then_its_list() {
        assert_snapshot!(picture(&drawn(80, Glyphs::Unicode)), @r"
        Tue 24 Nov 2026                             ▓ 1:1 platform lead  0:24

                                                    share    23 %  0h34 to level
                                                             made 0h40  shaped 0h44
         ░░░░░░░░                     ███▓▓▓        target   30 %  a guess
         ░░░░░░░░░░ ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━   logged   5h59 of 8h   1 : 3.3
        ━━━━━━━━━━━━┛                               longest  0h40  design doc: rate lim…
        in 4h35     ▲ 30 %               out 1h24            6 switches, interrupted 4×

        08    09    10    11    12    13    14    15  ▾ 16    17
            ░░░░░████░░░░░░░░░░░····▓▓▓░░░░░░░░░░░┄┄▓▓

        08:40  ░ mail, threads                       0h35
        09:15  ░ standup  +team                      0h15
        09:30  █ design doc: rate limits  +platform  0h40
        10:10  ░ escalation: billing                 0h50
        11:00  ░ interview: backend                  1h00
        12:00  · lunch                               0h45
        12:45  ▓ review: rate-limit change           0h20
        13:05  ░ mail, threads                       0h25
        13:30  ░ staff sync                          1h30  interrupted 4×
        15:00  ┄ nothing logged                      0h20
        15:20  ▓ 1:1 platform lead  +team            0:24
        ");
        assert_snapshot!(roles(&drawn(80, Glyphs::Unicode)), @r"
        SSSSSSSSSSSSSSS                             sSSSSSSSSSSSSSSSSSSSSSSSS

                                                    fffffffSSSSSS

         iiiiiiii                     mmmsss        fffffff      fffffffff
         iiiiiiiiii rrrrrrrrrrrrrrrrrrrrrrrrrrrrr   fffffff
        rrrrrrrrrrrrr                               fffffff      fffffffffffffffffffffff
                      ffff

        ff    ff    ff    ff    ff    ff    ff    ff  S ff    ff
            iiiiimmmmiiiiiiiiiiioooosssiiiiiiiiiiirrss

               i
               i        fffffff
               m                        fffffffffff
               i
               i
               o
               s
               i
               i                                         ffffffffffffffff
        fffffffr ffffffffffffff                    ffffff
               s                  fffffff          SSSSSS
        ");
    }

    #[test]
    fn the_day_in_ascii_and_on_narrow_terminals() {
        assert_snapshot!(picture(&drawn(80, Glyphs::Ascii)), @r"
        Tue 24 Nov 2026                             = 1:1 platform lead  0:24

                                                    share    23 %  0h34 to level
                                                             made 0h40  shaped 0h44
         ........                     ###===        target   30 %  a guess
         .......... +----------------------------   logged   5h59 of 8h   1 : 3.3
        ------------+                               longest  0h40  design doc: rate lim~
        in 4h35     ^ 30 %               out 1h24            6 switches, interrupted 4x

        08    09    10    11    12    13    14    15  v 16    17
            .....####...........oooo===...........--==

        08:40  . mail, threads                       0h35
        09:15  . standup  +team                      0h15
        09:30  # design doc: rate limits  +platform  0h40
        10:10  . escalation: billing                 0h50
        11:00  . interview: backend                  1h00
        12:00  o lunch                               0h45
        12:45  = review: rate-limit change           0h20
        13:05  . mail, threads                       0h25
        13:30  . staff sync                          1h30  interrupted 4x
        15:00  - nothing logged                      0h20
        15:20  = 1:1 platform lead  +team            0:24
        ");
        assert_snapshot!(picture(&drawn(40, Glyphs::Unicode)), @r"
        Tue 24 Nov 2026
        ▓ 1:1 platform lead  0:24  since 15:20

         ░░░░░░░░░                   █▓▓
        ▁▁▁▁▁▁━━━━━━━━━━━━━━━━━━━━━▔▔▔▔▔▔▔▔▔▔▔▔▔
        in 4h35     ▲ 30 %              out 1h24

        share    23 %  0h34 to level
                 made 0h40  shaped 0h44
        target   30 %  a guess
        logged   5h59 of 8h   1 : 3.3
        longest  0h40  design doc: rate limits
                 6 switches, interrupted 4×

        08  09  10  11  12  13  14  15▾ 16  17
           ░░░███░░░░░░░···▓░░░░░░░░┄▓▓

        08:40  ░ mail, threads          0h35
        09:15  ░ standup  +team         0h15
        09:30  █ design doc: rate lim…  0h40
        10:10  ░ escalation: billing    0h50
        11:00  ░ interview: backend     1h00
        12:00  · lunch                  0h45
        12:45  ▓ review: rate-limit c…  0h20
        13:05  ░ mail, threads          0h25
        13:30  ░ staff sync             1h30  4×
        15:00  ┄ nothing logged         0h20
        15:20  ▓ 1:1 platform lead      0:24
        ");
        assert_snapshot!(picture(&drawn(26, Glyphs::Unicode)), @r"
        Tue 24 Nov 2026
        ▓ 1:1 platform lead  0:24

        ──────────░░░▲────────────

        share    23 %
                 0h34 to level
                 made 0h40
                 shaped 0h44
        target   30 %  a guess
        logged   5h59 of 8h
                 1 : 3.3
        longest  0h40  design doc…
                 6 switches
                 interrupted 4×

        08  10  12  14 ▾16
         ░░█░░░░·▓░░░░┄

        08:40  ░ mail, thre…  0h35
        09:15  ░ standup      0h15
        09:30  █ design doc…  0h40
        10:10  ░ escalation…  0h50
        11:00  ░ interview:…  1h00
        12:00  · lunch        0h45
        12:45  ▓ review: ra…  0h20
        13:05  ░ mail, thre…  0h25
        13:30  ░ staff sync   1h30
        15:00  ┄ nothing lo…  0h20
        15:20  ▓ 1:1 platfo…  0:24
        ");
        assert!(drawn(80, Glyphs::Ascii).iter().all(is_ascii));
    }

    #[test]
    fn an_empty_day_says_what_to_type() {
        let sample = Example::at("2026-11-24T15:44");
        let look = sample.look(60, Glyphs::Unicode);
        let ledger = sample.ledger(&[]);
        assert_snapshot!(picture(&rows(&sample.day("2026-11-24", &ledger), None, None, &look)), @r"
        Tue 24 Nov 2026

        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄

        nothing logged yet
          tiltmeter now standup   starts a block
          tiltmeter was           catches up
        ");
        assert_snapshot!(picture(&rows(&sample.day("2026-11-20", &ledger), None, None, &look)), @r"
        Fri 20 Nov 2026

        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄

        nothing logged
          tiltmeter edit --day 2026-11-20   writes it down
        ");
        assert_snapshot!(picture(&rows(&sample.day("2026-11-30", &ledger), None, None, &look)), @r"
        Mon 30 Nov 2026

        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄

        nothing logged
        ");
    }

    #[test]
    fn what_has_just_begun_is_listed_and_nobody_is_asked_to_begin() {
        let drawn = |lines: &str| {
            let sample = Example::at("2026-11-24T09:15");
            let ledger = sample.ledger(&Example::blocks("2026-11-24", lines));
            let day = sample.day("2026-11-24", &ledger);
            picture(&rows(&day, ledger.running(), None, &sample.look(80, Glyphs::Unicode)))
        };
        assert_snapshot!(drawn("09:15 i standup +team"), @r"
        Tue 24 Nov 2026                             ░ standup  0:00  since 09:15

        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄

        09:15  ░ standup  +team              0:00
        ");
        let after_another = drawn("09:00-09:15 c spec\n09:15 i standup +team");
        assert!(after_another.ends_with("\n09:15  ░ standup  +team              0:00"), "{after_another}");
    }

    #[test]
    fn work_on_a_day_off_counts_and_is_called_so() {
        let sample = Example::at("2026-12-24T15:44");
        let blocks = Example::blocks("2026-12-24", "04:00-28:00 o christmas\n10:00-11:30 c a small program");
        let ledger = sample.ledger(&blocks);
        let day = sample.day("2026-12-24", &ledger);
        assert_snapshot!(picture(&rows(&day, None, None, &sample.look(80, Glyphs::Unicode))), @r"
        Thu 24 Dec 2026  a day off: christmas

                                                    share   100 %  3h30 spare
        ━━━━━━━━━━━━┓                                        made 1h30  shaped 0h00
                    ┃                 ██████        target   30 %  a guess
                    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━   logged   1h30, a day off
        in 0h00     ▲ 30 %               out 1h30   longest  1h30  a small program

        10          11
        ██████████████████

        10:00  █ a small program             1h30
        ");
    }

    #[test]
    fn a_day_off_of_which_nobody_said_why_is_called_so_once() {
        let sample = Example::at("2026-12-24T15:44");
        let ledger = sample.ledger(&Example::blocks("2026-12-24", "04:00-28:00 o day off"));
        let rows = rows(&sample.day("2026-12-24", &ledger), None, None, &sample.look(80, Glyphs::Unicode));
        assert_eq!(rows[0].text(), "Thu 24 Dec 2026  a day off");
    }

    #[test]
    fn a_block_over_the_border_of_the_day_is_listed_with_its_part() {
        let sample = Example::at("2026-11-25T09:00");
        let blocks = Example::blocks("2026-11-24", "22:00-23:00 c spec\n26:30-29:15 i incident");
        let ledger = sample.ledger(&blocks);
        let of = |day| rows(&sample.day(day, &ledger), None, None, &sample.look(50, Glyphs::Unicode));
        assert_snapshot!(list(&of("2026-11-24")), @r"
        22:00  █ spec                1h00
        02:30  ░ incident            1h30  until Wed 05:15
        ");
        assert_snapshot!(list(&of("2026-11-25")), @"04:00  ░ incident            1h15  since Wed 02:30");
    }

    #[test]
    fn a_day_lived_elsewhere_names_the_place_and_keeps_its_clock() {
        let sample = Example::at("2026-11-24T15:44");
        let mut blocks = Example::blocks("2026-11-24", "09:00-10:00 i standup\n10:00-11:00 c spec");
        let tokyo = chrono::FixedOffset::east_opt(9 * 3_600).unwrap();
        for block in &mut blocks {
            block.zone = Some(ZoneName::new("Asia/Tokyo"));
            // At nine by the clocks of Tokyo, which is one in the morning at home.
            let there = |at: Lived| at.naive_local().and_local_timezone(tokyo).unwrap();
            (block.start, block.end) = (there(block.start), block.end.map(there));
        }
        let look = sample.look(50, Glyphs::Unicode);
        let ledger = sample.ledger(&blocks);
        let all_day = picture(&rows(&sample.day("2026-11-24", &ledger), None, None, &look));
        assert_eq!(all_day.lines().next(), Some("Tue 24 Nov 2026  Tokyo"));
        assert!(all_day.contains("\n09  10  11"), "{all_day}");

        blocks.extend(Example::blocks("2026-11-24", "14:00-15:00 i retro"));
        let ledger = sample.ledger(&blocks);
        assert_snapshot!(list(&rows(&sample.day("2026-11-24", &ledger), None, None, &look)), @r"
        09:00  ░ standup                     1h00  Tokyo
        10:00  █ spec                        1h00  Tokyo
        14:00  ░ retro                       1h00
        15:00  ┄ nothing logged              0h44
        ");
    }

    #[test]
    fn what_people_wrote_is_aligned_by_its_width_and_never_obeyed() {
        let sample = Example::at("2026-11-24T15:44");
        let mut blocks =
            Example::blocks("2026-11-24", "09:00-10:00 c 設計レビュー\n10:00-11:00 s 👩‍👩‍👧 sync\n11:00-12:00 i x");
        blocks[2].activity = Text::as_written("a\u{1b}[2Jb\u{202e}c");
        let ledger = sample.ledger(&blocks);
        let day = sample.day("2026-11-24", &ledger);
        assert_snapshot!(list(&rows(&day, None, None, &sample.look(60, Glyphs::Unicode))), @r"
        09:00  █ 設計レビュー                1h00
        10:00  ▓ 👩‍👩‍👧 sync                     1h00
        11:00  ░ a\u{1b}[2Jb\u{202e}c        1h00
        13:00  ┄ nothing logged              2h44
        ");
        assert_snapshot!(list(&rows(&day, None, None, &sample.look(30, Glyphs::Unicode))), @r"
        09:00  █ 設計レビュー     1h00
        10:00  ▓ 👩‍👩‍👧 sync          1h00
        11:00  ░ a\u{1b}[2Jb\u{…  1h00
        13:00  ┄ nothing logged   2h44
        ");
    }

    #[test]
    fn seconds_are_rounded_so_that_the_list_adds_up_to_the_numbers() {
        let sample = Example::at("2026-11-24T10:00");
        let mut blocks = Example::blocks("2026-11-24", "09:00-09:20 c a\n09:20-09:40 c b\n09:40-10:00 c d");
        for block in &mut blocks {
            block.end = block.end.map(|end| end - TimeDelta::seconds(20));
        }
        let ledger = sample.ledger(&blocks);
        let rows = rows(&sample.day("2026-11-24", &ledger), None, None, &sample.look(60, Glyphs::Unicode));
        assert!(picture(&rows).contains("logged   0h59 of 8h"));
        assert_snapshot!(list(&rows), @r"
        09:00  █ a                           0h20
        09:20  █ b                           0h20
        09:40  █ d                           0h19
        ");
    }

    /// Returns the rows after the last empty one.
    fn list(rows: &[Row]) -> String {
        let from = rows.iter().rposition(|row| row.spans().is_empty()).map_or(0, |at| at + 1);
        picture(&rows[from..])
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_asked_or_ends_in_a_space(width in 0_usize..140, ascii in any::<bool>()) {
            let rows = drawn(width, if ascii { Glyphs::Ascii } else { Glyphs::Unicode });
            for row in &rows {
                prop_assert!(row.width() <= width, "{:?}", row.text());
                prop_assert!(row.spans().last().is_none_or(|span| !span.text.ends_with(' ')));
                prop_assert!(!ascii || is_ascii(row), "{:?}", row.text());
            }
        }
    }
}
