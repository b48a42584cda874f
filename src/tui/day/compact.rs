//! The day where there is little room: what runs, the level, a few blocks.

use ratatui::layout::{Constraint, Layout, Rect};

use super::super::app::{App, Scene};
use super::super::msg::Whose;
use super::super::stage::{Stage, below};
use super::super::view::{self, MADE_UP};
use super::{advice, coverage, draw_list, running, running_since, spark_rows};
use crate::beam::row::width;
use crate::beam::{Role, Row, level};
use crate::report::words;

/// From this height on, empty rows set the parts apart.
const AIRY: u16 = 10;
/// From this height on, the keys have two rows.
const TALL: u16 = 9;

/// So many rows of the list are worth more than a spark.
const LISTED: u16 = 2;
/// Below this height, what is typed has the room of the numbers.
const ROOMY: u16 = 16;

/// Draws the instrument, then the list, then the keys.
pub fn draw(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let footer = if area.height >= TALL { 2 } else { 1 };
    let [area, footer] = Layout::vertical([Constraint::Fill(1), Constraint::Length(footer)]).areas(area);
    let head = instrument(app, scene, area);
    let area = stage.rows(area, &head);
    let area = if head.len() > 1 && area.height > 4 { below(area, 1) } else { area };
    let mut said = view::said(app, area.width);
    if said.is_empty() && area.height > LISTED {
        said.extend(spark(app, area.width));
    }
    let [area, last] = view::above_said(area, &said);
    if app.over.is_some() {
        view::draw_over(stage, area, app);
    } else if let Some(row) = view::invitation(app, scene) {
        stage.rows(area, &view::wrapped(&row, area.width, 3));
    } else {
        draw_list(stage, area, app, scene);
    }
    stage.rows(last, &said);
    view::draw_footer(stage, footer, app);
}

/// Returns a spark that fits, and why it is offered where there is room for that.
fn spark(app: &App, columns: u16) -> Option<Row> {
    let (heading, mut row) = spark_rows(app)?;
    let room = usize::from(columns).saturating_sub(heading.width() + 2);
    if row.width() <= room {
        row.push("  ", Role::Plain);
        row.append(heading);
    }
    Some(row)
}

/// Returns as much of the instrument as fits: what runs, the level, the numbers.
fn instrument(app: &App, scene: &Scene<'_>, area: Rect) -> Vec<Row> {
    let columns = area.width;
    let look = app.world.look(columns);
    let day = &scene.day;
    let odd = usize::from(columns) - usize::from(columns.is_multiple_of(2) && columns > 0);
    let beam = level(day.share(), day.target, odd, look.glyphs);
    let shown = words::shown(&day.tally);
    let lens = day.lens;
    let out = words::length(shown.creation(lens));
    let into = words::length(shown.logged() - shown.creation(lens));
    let sides = spread(&[format!("in {into}"), look.share(day.share()), format!("out {out}")], columns);
    let numbers = spread(&[advice(app, day), String::new(), coverage(day)], columns);
    let now = running(app, scene, columns);
    let since = if app.whose == Whose::Own {
        running_since(app, scene, columns)
    } else {
        Row::new().with(MADE_UP, Role::Alert)
    };
    let date = Row::new().with(words::date(day.day), Role::Strong);
    let first = if scene.is_today { now } else { date };
    let is_typed = app.over.is_some() && area.height < ROOMY;
    match area.height {
        ..=4 => vec![first, beam],
        // What is typed needs the room more.
        _ if is_typed => vec![first, beam],
        5..=6 => vec![first, beam, sides],
        7 => vec![first, beam, sides, numbers],
        ..AIRY if scene.is_today => vec![first, since, beam, sides, numbers],
        _ if scene.is_today => vec![first, since, Row::new(), beam, sides, numbers],
        _ => vec![first, Row::new(), beam, sides, numbers],
    }
}

/// Returns words at the left, in the middle and at the right of a row.
fn spread([left, middle, right]: &[String; 3], columns: u16) -> Row {
    let columns = usize::from(columns);
    let mut row = Row::plain(left.as_str());
    let half = columns.saturating_sub(width(middle)) / 2;
    if row.width() < half && !middle.is_empty() {
        row.pad_to(half);
        row.push(middle.as_str(), Role::Strong);
    }
    let last = columns.saturating_sub(width(right));
    if row.width() < last {
        row.pad_to(last);
        row.push(right.as_str(), Role::Plain);
    }
    row
}
