//! How the journal is drawn: a heading for every day, a line for every block.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::super::stage::{Hit, Stage, below, cells, right_of};
use super::super::widget;
use super::super::world::World;
use super::JournalScreen;
use super::list::{Line, List};
use super::search::Search;
use crate::beam::row::width;
use crate::beam::{Glyphs, Role, Row, kinds};
use crate::domain::{Days, Ledger};
use crate::report::{Words, words};
use crate::text::Text;

/// From this height on, days have headings, and a search says how far it has looked.
const ROOMY: u16 = 4;
/// From this width on, parts of a line stand two cells apart.
const WIDE: u16 = 48;
/// Activity and tags take no more, so that lengths are found beside them.
const WORDS: u16 = 36;
/// Fewer cells than this say nothing of a note,
const LEAST_NOTE: u16 = 12;
/// or of an activity beside an end,
const LEAST_BESIDE_END: u16 = 16;
/// or of one beside a length.
const LEAST_BESIDE_LENGTH: u16 = 9;
/// With fewer, tags would leave nothing of the activity.
const LEAST_WITH_TAGS: u16 = 24;
/// No line shows more characters of a note.
const NOTE: usize = 200;

impl JournalScreen {
    /// Draws the blocks, and the line that is searched for above them.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let area = match &self.search {
            Some(search) => self.draw_search(stage, area, search),
            None => area,
        };
        let list = self.shown();
        if list.lines().is_empty() {
            stage.row(area, &Row::new().with(self.nothing(world), Role::Faint));
            return;
        }
        let heading = usize::from(area.height >= ROOMY);
        let first = list.first_seen(area.height.into(), heading);
        let is_whole = self.search.as_ref().is_none_or(|search| search.query.is_empty());
        let seen =
            Ledger::new(if is_whole { around(list, first, area.height) } else { Vec::new() }, world.ledger.now());
        let days = Days::of(&seen, &world.setting.calendar);
        draw_lines(stage, area, list, first, heading > 0, &days, world);
    }

    /// Draws the line that is searched for, and what came of it; returns what is left.
    fn draw_search(&self, stage: &mut Stage<'_>, area: Rect, search: &Search) -> Rect {
        let top = Rect { height: 1.min(area.height), ..area };
        if search.is_typing {
            widget::field(stage, top, "/ ", &search.line);
        } else {
            stage.row(top, &Row::new().with("/ ", Role::Faint).with(search.line.text(), Role::Strong));
        }
        let area = below(area, 1);
        if area.height < ROOMY {
            return area;
        }
        stage.row(area, &Row::new().with(self.found(search, stage.glyphs()), Role::Faint));
        below(area, 1)
    }

    /// Says what was found, and how far it was looked.
    fn found(&self, search: &Search, glyphs: Glyphs) -> String {
        if search.query.is_empty() {
            return "words, +tags, notes, or a kind: made, shaped, taken in, off".to_owned();
        }
        let number = search.found.lines().len();
        let until = match search.found.since() {
            Some(day) => format!(" since {}", day.format("%-d %b %Y")),
            None => String::new(),
        };
        let looks = if self.waiting.is_some() {
            format!(" {} looking further back", glyphs.pick("…", "..."))
        } else if until.is_empty() {
            " in all".to_owned()
        } else {
            String::new()
        };
        format!("{number} found{until}{looks}")
    }

    fn nothing(&self, world: &World) -> String {
        let searches = self.search.as_ref().is_some_and(|search| !search.query.is_empty());
        match (self.waiting.is_some(), searches) {
            (true, _) => "reading".to_owned(),
            (false, true) => "nothing found; every word must be in a block".to_owned(),
            (false, false) => world.told_keys("nothing logged yet: {now} says what you do now, {catch-up} what was"),
        }
    }
}

/// Returns the blocks of the days that are seen, and of their neighbours, of which some may
/// reach into them.
fn around(list: &List, first: usize, rows: u16) -> Vec<crate::domain::Block> {
    let seen = list.lines().iter().skip(first).take(rows.into());
    let (newest, oldest) = (seen.clone().map(|line| line.day).max(), seen.map(|line| line.day).min());
    let from = newest.and_then(|day| day.succ_opt()).unwrap_or(NaiveDate::MAX);
    let to = oldest.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MIN);
    let lines = list.lines().iter().filter(|line| (to..=from).contains(&line.day));
    lines.map(|line| line.block.clone()).collect()
}

fn draw_lines(
    stage: &mut Stage<'_>,
    area: Rect,
    list: &List,
    first: usize,
    has_headings: bool,
    days: &Days<'_>,
    world: &World,
) {
    let columns = Columns::of(area.width, clock_cells(world));
    let mut area = area;
    let mut day = None;
    for (at, line) in list.lines().iter().enumerate().skip(first) {
        let begins_day = has_headings && day.replace(line.day) != Some(line.day);
        if area.height < 1 + u16::from(begins_day) {
            return;
        }
        if begins_day {
            stage.row(area, &heading(line.day, area.width, days, world));
            area = below(area, 1);
        }
        let is_selected = at == list.at();
        let mut row = widget::marker(is_selected, stage.glyphs());
        row.append(columns.row(line, world));
        stage.clickable(area, &row, Hit::Line(at));
        if is_selected {
            stage.embolden(right_of(area, 2));
        }
        area = below(area, 1);
    }
}

/// Returns the heading of a day: how it tilted and how much was logged, where that is known.
fn heading(day: NaiveDate, columns: u16, days: &Days<'_>, world: &World) -> Row {
    let date = Row::new().with(words::date(day), Role::Faint);
    let (tally, lens) = (days.tally(day), world.setting.habits.lens);
    let Some(share) = tally.share(lens) else { return date };
    let share = world.look(columns).share(Some(share));
    let long = date.clone().with(format!("  {share:>6}  {}", words::length(tally.logged())), Role::Faint);
    if cells(&long) <= columns { long } else { date }
}

/// Which parts of a line there is room for, and how wide they are.
#[derive(Clone, Copy, Debug)]
struct Columns {
    gap: u16,
    has_end: bool,
    has_length: bool,
    words: u16,
    note: u16,
}

impl Columns {
    /// Returns what stands in so many columns beside times of so many cells.
    fn of(columns: u16, clock: u16) -> Self {
        let gap = if columns >= WIDE { 2 } else { 1 };
        // The marker, the start, the glyph.
        let room = columns.saturating_sub(2 + clock + gap + 2);
        let (end, length) = (1 + clock, gap + 5);
        let has_length = room >= length + LEAST_BESIDE_LENGTH;
        let room = if has_length { room - length } else { room };
        let has_end = has_length && room >= end + LEAST_BESIDE_END;
        let room = if has_end { room - end } else { room };
        let has_note = room >= WORDS + gap + LEAST_NOTE;
        let note = if has_note { room - WORDS - gap } else { 0 };
        Self { gap, has_end, has_length, words: if has_note { WORDS } else { room }, note }
    }

    fn row(self, line: &Line, world: &World) -> Row {
        let (glyphs, block) = (world.setting.glyphs, &line.block);
        let gap = " ".repeat(self.gap.into());
        let mut row = Row::new().with(self.times(line, world), Role::Plain).with(gap.as_str(), Role::Plain);
        row.push(kinds::glyph(block.kind, glyphs), kinds::role(block.kind));
        row.push(" ", Role::Plain);
        let mut words = self.words(line, world);
        words.cut_to(self.words.into(), glyphs);
        if self.has_length {
            words.pad_to(self.words.into());
        }
        row.append(words);
        if self.has_length {
            row.push(format!("{gap}{:>5}", length(line, world)), Role::Plain);
        }
        if self.note > 0 {
            row.push(format!("{gap}{}", remarks(line, world)), Role::Faint);
        }
        row
    }

    /// Returns when it was: `09:15–10:30`.
    fn times(self, line: &Line, world: &World) -> String {
        let (block, clock) = (&line.block, usize::from(clock_cells(world)));
        if block.is_day_off() {
            return if self.has_end {
                format!("{:<1$}", "all day", 2 * clock + 1)
            } else {
                format!("{:<clock$}", "day")
            };
        }
        let calendar = &world.setting.calendar;
        let start = words::in_list(block.start, calendar);
        if !self.has_end {
            return start;
        }
        let dash = world.setting.glyphs.pick("–", "-");
        let end = match block.end.or(line.ended) {
            Some(end) => words::in_list(end, calendar),
            None if is_running(line, world) => "now".to_owned(),
            None => "?".to_owned(),
        };
        format!("{start}{dash}{end:<clock$}")
    }

    fn words(self, line: &Line, world: &World) -> Row {
        let mut row = Row::plain(world.words(&line.block.activity));
        if self.words >= LEAST_WITH_TAGS && world.setting.words == Words::Shown {
            for tag in &line.block.tags {
                row.push(format!(" +{}", tag.for_terminal()), Role::Faint);
            }
        }
        row
    }
}

/// Returns how many cells a time takes.
fn clock_cells(world: &World) -> u16 {
    u16::try_from(world.setting.calendar.face().width()).unwrap_or(u16::MAX)
}

fn is_running(line: &Line, world: &World) -> bool {
    world.ledger.running().is_some_and(|block| block.id == line.block.id)
}

fn length(line: &Line, world: &World) -> String {
    let block = &line.block;
    match block.end.or(line.ended) {
        _ if block.is_day_off() => String::new(),
        Some(end) => words::length(words::between(block.start, end)),
        None if is_running(line, world) => words::running(world.ledger.now() - block.began()),
        None => String::new(),
    }
}

/// Returns what else is to be said of a block: where it was, how often it was interrupted,
/// and its note.
fn remarks(line: &Line, world: &World) -> String {
    let block = &line.block;
    let times = world.setting.glyphs.pick('×', 'x');
    let note = block.note.as_ref().filter(|_| world.setting.words == Words::Shown);
    let beginning = |note: &Text| {
        let beginning: String = note.raw().chars().take(NOTE).collect();
        Text::as_written(beginning).for_terminal().to_string()
    };
    let remarks = [
        words::foreign_zone(block, world.setting.calendar.home()),
        (block.interrupted > 0).then(|| format!("{}{times}", block.interrupted)),
        note.map(beginning),
    ];
    let remarks: Vec<String> = remarks.into_iter().flatten().filter(|remark| width(remark) > 0).collect();
    remarks.join("  ")
}
