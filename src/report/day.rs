//! The day as text: which way it leans, its numbers, the day to scale, its list.

use std::fmt::Write as _;

use chrono::{Datelike as _, TimeDelta};

use super::look::{Look, beside, right};
use super::words;
use crate::beam::row::width;
use crate::beam::{Glyphs, Lever, LeverHeight, Ribbon, Role, Row, kinds, level};
use crate::domain::insight::Gap;
use crate::domain::{Block, DayBalance, Kind, Lens, Lived, Slice, Zone};

/// The width of the lever where there is room for more: longer arms say nothing more.
const LEVER: usize = 41;
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
/// with today.
pub fn rows(day: &DayBalance<'_>, running: Option<&Block>, look: &Look<'_>) -> Vec<Row> {
    let running = running.filter(|_| day.day == look.today());
    let abroad = zone_of_the_whole_day(day, look);
    let mut rows = heading(day, running, abroad.as_deref(), look);
    rows.push(Row::new());
    rows.extend(if day.tally.logged() > TimeDelta::zero() {
        instrument(day, look)
    } else {
        vec![level(None, day.target, look.width.min(LEVER), look.glyphs)]
    });
    rows.push(Row::new());
    if day.slices.is_empty() {
        rows.extend(invitation(day, look));
    } else {
        rows.extend(ribbon(day, look));
        rows.push(Row::new());
        rows.extend(List::of(day, abroad.is_none(), look).rows());
    }
    look.set(rows)
}

/// Returns the date, what is special about the day, and what runs.
fn heading(day: &DayBalance<'_>, running: Option<&Block>, abroad: Option<&str>, look: &Look<'_>) -> Vec<Row> {
    let mut date = Row::new().with(words::date(day.day), Role::Strong);
    if let Some(zone) = abroad {
        date.push(format!("  {zone}"), Role::Faint);
    }
    if let Some(off) = day.off {
        date.push("  a day off", Role::Off);
        let why = off.activity.for_terminal().to_string();
        if why != "off" {
            date.push(format!(": {why}"), Role::Off);
        }
    }
    let Some(block) = running else { return vec![date] };
    let now = running_now(block, look);
    let column = LEVER + GUTTER;
    if stands_beside(look) && date.width() < column && column + now.width() <= look.width {
        beside(vec![date], vec![now], column)
    } else {
        vec![date, now]
    }
}

fn running_now(block: &Block, look: &Look<'_>) -> Row {
    let time = words::running(look.now - block.began());
    let since = format!("  since {}", words::moment(block.start, look.now));
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
    row
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
    let share = match day.lens {
        Lens::Counted => "share",
        Lens::Apart => "by hand",
    };
    let shown = words::shown(&day.tally);
    let guess = if look.habits.target_is_a_guess { "  a guess" } else { "" };
    let mut rows = vec![
        Row::new()
            .with(format!("{share:<LABEL$}"), Role::Faint)
            .with(format!("{:>NUMBER$}", look.share(day.share())), Role::Strong)
            .with(day.level().map_or_else(String::new, |level| format!("  {}", words::level(level))), Role::Plain),
    ];
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
        beside_or_below(&mut rows, ratio, room, words);
    }
    if let Some(longest) = day.longest {
        let row = number("longest", &words::length(longest.length));
        let activity = longest.activity.for_terminal().to_string();
        let left = room.saturating_sub(row.width() + 2);
        let activity = look.left(&activity, width(&activity).min(left));
        rows.push(row.with(format!("  {activity}"), Role::Faint));
    }
    if day.switches > 0 || day.interrupted > 0 {
        rows.push(words(restlessness(day, look)));
    }
    rows
}

/// Adds words to the last row, or below it where there is no room.
fn beside_or_below(rows: &mut Vec<Row>, text: String, room: usize, below: impl Fn(String) -> Row) {
    match rows.last_mut() {
        Some(last) if last.width() + 3 + width(&text) <= room => last.push(format!("   {text}"), Role::Plain),
        _ => rows.push(below(text)),
    }
}

/// Returns what stands behind the time logged: ` of 8h`.
fn of_expected(day: &DayBalance<'_>) -> String {
    let logged = day.tally.logged();
    let coverage = words::coverage(logged, day.expected);
    let of = coverage.strip_prefix(&words::length(logged)).unwrap_or_default();
    if day.off.is_some() { ", a day off".to_owned() } else { of.to_owned() }
}

/// Returns how often the day changed its subject, by its own will or another's.
fn restlessness(day: &DayBalance<'_>, look: &Look<'_>) -> String {
    let switches = (day.switches > 0).then(|| words::count(day.switches, "switch", "switches"));
    let often = usize::try_from(day.interrupted).unwrap_or(usize::MAX);
    let interrupted = (often > 0).then(|| format!("interrupted {}", look.times(often)));
    switches.into_iter().chain(interrupted).collect::<Vec<_>>().join(", ")
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
    let zone = zone_of_the_hours(day, look);
    let Some((first, last)) = day.slices.first().zip(day.slices.last()) else { return Vec::new() };
    let on_wall = |time| zone.first(day.day.and_time(time));
    let working = look.habits.working_time(day.day.weekday()).filter(|_| day.off.is_none());
    let hours = working.map_or((first.start, last.end), |(begins, ends)| (on_wall(begins), on_wall(ends)));
    Ribbon { slices: &day.slices, gaps: &day.gaps, hours, zone: &zone }.rows(look.width, look.glyphs).into()
}

/// Returns by whose clocks the hours are named: home's, unless the day began elsewhere.
fn zone_of_the_hours(day: &DayBalance<'_>, look: &Look<'_>) -> Zone {
    let abroad = day.slices.first().filter(|slice| words::foreign_zone(slice.block, look.calendar.home()).is_some());
    abroad.map_or_else(|| look.calendar.home().clone(), |slice| Zone::fixed(*slice.start.offset()))
}

/// Returns the zone in which every slice of the day was lived, if it is not home's.
fn zone_of_the_whole_day(day: &DayBalance<'_>, look: &Look<'_>) -> Option<String> {
    let mut zones = day.slices.iter().map(|slice| words::foreign_zone(slice.block, look.calendar.home()));
    let first = zones.next().flatten()?;
    zones.all(|zone| zone.as_deref() == Some(&first)).then_some(first)
}

/// One line of the list.
struct Line {
    start: Lived,
    mark: char,
    mark_role: Role,
    activity: String,
    tags: String,
    length: String,
    length_role: Role,
    remarks: String,
}

/// The day's blocks and gaps in the order of time.
struct List<'a> {
    lines: Vec<Line>,
    look: &'a Look<'a>,
}

impl<'a> List<'a> {
    fn of(day: &DayBalance<'_>, names_zones: bool, look: &'a Look<'a>) -> Self {
        let slices = day.slices.iter().zip(lengths_that_add_up(day));
        let slices = slices.map(|(slice, length)| Line::of_slice(slice, length, day, names_zones, look));
        let gaps = day.gaps.iter().map(|gap| Line::of_gap(gap, look.glyphs));
        let mut lines: Vec<Line> = slices.chain(gaps).collect();
        lines.sort_by_key(|line| line.start);
        Self { lines, look }
    }

    fn rows(&self) -> Vec<Row> {
        let widest = |of: fn(&Line) -> usize| self.lines.iter().map(of).max().unwrap_or_default();
        let length = widest(|line| width(&line.length));
        let remarks = widest(|line| width(&line.remarks));
        let fixed = width("09:15  x ") + 2 + length;
        let room = self.look.width.saturating_sub(fixed);
        // Words come first: remarks only where they leave a dozen cells for them.
        let remarks = if remarks > 0 && remarks + 2 + 12 <= room { remarks + 2 } else { 0 };
        let words = widest(|line| width(&line.activity) + width(&line.tags));
        let words = words.max(LEVER.saturating_sub(fixed)).min(room.saturating_sub(remarks));
        self.lines.iter().map(|line| line.row(words, length, remarks > 0, self.look)).collect()
    }
}

impl Line {
    fn of_slice(
        slice: &Slice<'_>,
        length: TimeDelta,
        day: &DayBalance<'_>,
        names_zones: bool,
        look: &Look<'_>,
    ) -> Self {
        let block = slice.block;
        Self {
            start: slice.start,
            mark: kinds::glyph(block.kind, look.glyphs),
            mark_role: kinds::role(block.kind),
            activity: block.activity.for_terminal().to_string(),
            tags: tags(block),
            length: if slice.runs { words::running(length) } else { words::length(length) },
            length_role: if slice.runs { Role::Strong } else { Role::Plain },
            remarks: remarks(slice, day, names_zones, look),
        }
    }

    fn of_gap(gap: &Gap, glyphs: Glyphs) -> Self {
        Self {
            start: gap.start,
            mark: kinds::nothing(glyphs),
            mark_role: Role::Rail,
            activity: "nothing logged".to_owned(),
            tags: String::new(),
            length: words::length(gap.length()),
            length_role: Role::Faint,
            remarks: String::new(),
        }
    }

    fn row(&self, words: usize, length: usize, with_remarks: bool, look: &Look<'_>) -> Row {
        let is_gap = self.length_role == Role::Faint;
        let activity = look.left(&self.activity, width(&self.activity).min(words));
        let mut text = Row::new().with(activity, if is_gap { Role::Faint } else { Role::Plain });
        let left = words.saturating_sub(text.width());
        if width(&self.tags) <= left {
            text.push(self.tags.as_str(), Role::Faint);
        }
        text.pad_to(words);
        let mut row = Row::new()
            .with(format!("{}  ", words::clock(self.start)), if is_gap { Role::Faint } else { Role::Plain })
            .with(self.mark, self.mark_role)
            .with(" ", Role::Plain);
        row.append(text);
        row.push(format!("  {}", right(&self.length, length)), self.length_role);
        if with_remarks && !self.remarks.is_empty() {
            row.push(format!("  {}", self.remarks), Role::Faint);
        }
        row
    }
}

fn tags(block: &Block) -> String {
    let mut tags = String::new();
    for tag in &block.tags {
        // Writing to a string cannot fail.
        let _ = write!(tags, " +{}", tag.for_terminal());
    }
    if tags.is_empty() { tags } else { format!(" {tags}") }
}

/// Returns what else is to be said of a slice: how often it was interrupted, where, and
/// when the block began or ended if that was on another day.
fn remarks(slice: &Slice<'_>, day: &DayBalance<'_>, names_zones: bool, look: &Look<'_>) -> String {
    let block = slice.block;
    let often = usize::try_from(block.interrupted).unwrap_or(usize::MAX);
    let elsewhere = |at: Lived| look.calendar.day_of(at) != day.day;
    let on_day = |at: Lived| at.format("%a %H:%M").to_string();
    let since = (block.start < slice.start && elsewhere(block.start)).then(|| format!("since {}", on_day(block.start)));
    let end = block.end.filter(|end| *end > slice.end && elsewhere(*end - TimeDelta::seconds(1)));
    [
        (often > 0).then(|| look.times(often)),
        words::foreign_zone(block, look.calendar.home()).filter(|_| names_zones),
        since,
        end.map(|end| format!("until {}", on_day(end))),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("  ")
}

/// Returns the lengths of a day's slices in whole minutes: those of a kind add up to
/// what is shown of the kind.
fn lengths_that_add_up(day: &DayBalance<'_>) -> Vec<TimeDelta> {
    let shown = words::shown(&day.tally);
    let mut lengths: Vec<TimeDelta> = day.slices.iter().map(Slice::length).collect();
    for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
        let of_kind = || day.slices.iter().enumerate().filter(move |(_, slice)| slice.block.kind == kind);
        let times: Vec<TimeDelta> = of_kind().map(|(_, slice)| slice.length()).collect();
        let rounded = words::minutes_that_add_up_to(shown.time(kind), &times);
        for ((at, _), length) in of_kind().zip(rounded) {
            if let Some(slot) = lengths.get_mut(at) {
                *slot = length;
            }
        }
    }
    lengths
}
