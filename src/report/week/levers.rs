//! Seven levers laid down, and their sum: what was in and out of each day, with the tick
//! where it would be level.

use chrono::TimeDelta;

use super::super::look::{Look, right};
use super::super::words;
use crate::beam::row::width;
use crate::beam::{Arms, Role, Row, level};
use crate::domain::{Block, DayBalance, Lens, WeekBalance};

/// Where the columns of the days stand: a name, the arms, and the numbers there is room for.
pub(super) struct Columns {
    name: usize,
    arms: Arms,
    arms_width: usize,
    has_logged: bool,
    has_longest: bool,
}

impl Columns {
    const SHARE: usize = "  100 %".len();
    const LOGGED: usize = "  logged".len();
    const LONGEST: usize = "  longest".len();

    /// Finds where they stand for these weeks, of which one is drawn: how a week was and how
    /// it would be, at one scale.
    pub(super) fn of(weeks: &[&WeekBalance<'_>], look: &Look<'_>) -> Self {
        let has_logged = look.width >= 36;
        let has_longest = look.width >= 64;
        let name = match look.width {
            ..32 => "Mon ".len(),
            32..64 => "Mon 23 ".len(),
            _ => "Mon 23  ".len(),
        };
        let numbers =
            Self::SHARE + if has_logged { Self::LOGGED } else { 0 } + if has_longest { Self::LONGEST } else { 0 };
        let arms_width = look.width.saturating_sub(name + numbers);
        let lens = look.habits.lens;
        let [heading, _] = headings(lens);
        let heading = if arms_width >= 32 { heading.len() + 2 } else { "in ".len() };
        let days = weeks.iter().flat_map(|week| &week.days);
        let arms = Arms::fitting(days.map(|day| (&day.tally, day.target)), lens, arms_width, heading);
        Self { name, arms, arms_width, has_logged, has_longest }
    }

    /// Whether the longest stretch of a day is told.
    pub(super) fn has_longest(&self) -> bool {
        self.has_longest
    }

    /// Returns how far what is said below is set in.
    pub(super) fn margin(&self, look: &Look<'_>) -> usize {
        if look.width < 64 { 0 } else { self.name }
    }

    /// Returns the column of the axis, counted from the left edge.
    fn axis(&self) -> usize {
        self.name + self.arms.axis()
    }

    /// Adds the numbers at the end of a row.
    fn add_numbers(&self, row: &mut Row, [share, logged, longest]: [&str; 3], role: Role) {
        row.pad_to(self.name + self.arms_width);
        row.push(right(share, Self::SHARE), role);
        if self.has_logged {
            row.push(right(logged, Self::LOGGED), role);
        }
        if self.has_longest {
            row.push(right(longest, Self::LONGEST), role);
        }
    }
}

fn headings(lens: Lens) -> [&'static str; 2] {
    match lens {
        Lens::Counted => ["taken in", "made, shaped"],
        Lens::Apart => ["shaped, taken in", "made"],
    }
}

/// Returns the seven days, under the names of the columns.
pub(super) fn levers(week: &WeekBalance<'_>, columns: &Columns, look: &Look<'_>) -> Vec<Row> {
    let logged: Vec<TimeDelta> = week.days.iter().map(|day| day.tally.logged()).collect();
    let mut rows = vec![column_names(week.lens, columns)];
    for (day, logged) in week.days.iter().zip(words::minutes_that_add_up(&logged)) {
        rows.push(lever(day, logged, columns, look));
    }
    rows.push(Row::new());
    rows.push(week_level(week, columns, look));
    rows
}

fn column_names(lens: Lens, columns: &Columns) -> Row {
    let [mut inward, mut outward] = headings(lens);
    if columns.arms.axis() <= inward.len() || columns.arms_width < columns.arms.axis() + 1 + outward.len() {
        [inward, outward] = ["in", "out"];
    }
    let before_axis = columns.axis().saturating_sub(1);
    let mut row = Row::new().with(right(inward, before_axis), Role::Faint);
    row.pad_to(columns.axis() + 1);
    row.push(outward, Role::Faint);
    columns.add_numbers(&mut row, [words::share_of(lens), "logged", "longest"], Role::Faint);
    row
}

fn lever(day: &DayBalance<'_>, logged: TimeDelta, columns: &Columns, look: &Look<'_>) -> Row {
    let today = look.today();
    let has_time = day.tally.logged() > TimeDelta::zero();
    let name = if columns.name > "Mon ".len() { day.day.format("%a %e") } else { day.day.format("%a") }.to_string();
    let role = if day.day == today {
        Role::Strong
    } else if has_time {
        Role::Plain
    } else {
        Role::Faint
    };
    let mut row = Row::new().with(name, role);
    row.pad_to(columns.name);
    row.append(columns.arms.row(&day.tally, day.target, look.glyphs));
    if let Some(off) = day.off {
        row.trim_end();
        add_day_off(&mut row, off, columns, look);
    }
    if !has_time {
        row.trim_end();
        let dash = if day.day > today { "" } else { look.dash() };
        columns.add_numbers(&mut row, [dash, dash, ""], Role::Faint);
        return row;
    }
    let longest = day.longest.map_or_else(String::new, |longest| words::length(longest.length));
    columns.add_numbers(&mut row, [&look.share(day.share()), &words::length(logged), &longest], Role::Plain);
    row
}

/// Adds what a day off is for, right of the axis and of what was logged on it all the same.
fn add_day_off(row: &mut Row, off: &Block, columns: &Columns, look: &Look<'_>) {
    let room = (columns.name + columns.arms_width).saturating_sub(row.width() + 2);
    if room >= 3 {
        let off_alone = if room < words::DAY_OFF.len() { "off" } else { words::DAY_OFF };
        let why = words::why_off(off).unwrap_or_else(|| off_alone.to_owned());
        row.push(format!("  {}", look.left(&why, width(&why).min(room))), Role::Off);
    }
}

/// Returns the level of the week, its pivot under the axis of the days.
pub(super) fn week_level(week: &WeekBalance<'_>, columns: &Columns, look: &Look<'_>) -> Row {
    let label = if columns.name > "Mon ".len() { "week  " } else { "" };
    let end = columns.name + columns.arms_width;
    let axis = columns.axis();
    let side = axis.saturating_sub(label.len()).min(end.saturating_sub(axis + 1));
    // Where the axis stands too near to an end, the level is worth more than its place.
    let (from, cells) =
        if side >= 4 { (axis - side, 2 * side + 1) } else { (label.len(), end.saturating_sub(label.len())) };
    let mut row = Row::new().with(label, Role::Strong);
    row.pad_to(from);
    row.append(level(week.share(), week.target, cells, look.glyphs));
    let logged = words::length(week.tally.logged());
    columns.add_numbers(&mut row, [&look.share(week.share()), &logged, ""], Role::Strong);
    if columns.has_longest {
        row.trim_end();
        row.push(format!("  {}", of_expected(week)), Role::Plain);
    }
    row
}

/// Returns `of 40h`, or nothing where nothing was expected.
fn of_expected(week: &WeekBalance<'_>) -> String {
    let coverage = words::coverage(week.tally.logged(), week.expected);
    coverage.split_once(" of ").map_or_else(String::new, |(_, expected)| format!("of {expected}"))
}
