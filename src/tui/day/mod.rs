//! The live day: as a strip, compact, or full.

mod compact;
mod full;
mod ribbon;
mod strip;

pub use compact::draw as draw_compact;
pub use full::draw as draw_full;
pub use strip::draw as draw_strip;

use super::app::{App, Scene};
use super::stage::{Hit, Stage, below, right_of};
use super::widget::marker;
use super::world::World;
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::{DayBalance, Kind, Reflection};
use crate::report::list::What;
use crate::report::{Look, kept, words};
use crate::text::Text;
use ratatui::layout::Rect;

/// Returns what runs and for how long, the time at the right; or that nothing does.
fn running(app: &App, scene: &Scene<'_>, columns: u16) -> Row {
    let look = app.world.look(columns);
    let Some(block) = scene.running else {
        return Row::new().with("nothing runs", Role::Faint);
    };
    let time = words::running(look.now - block.began());
    let mut row = Row::new().with(kinds::glyph(block.kind, look.glyphs), kinds::role(block.kind));
    let name = Row::new().with(format!(" {}", app.world.words(&block.activity)), Role::Strong);
    let room = usize::from(columns).saturating_sub(2 + time.len() + 2);
    let mut name = name;
    name.cut_to(room + 1, look.glyphs);
    row.append(name);
    row.pad_to(usize::from(columns).saturating_sub(time.len()));
    row.with(time, Role::Strong)
}

/// Returns the rest of what is to be said of what runs: its kind, since when, its tags.
fn running_since(app: &App, scene: &Scene<'_>, columns: u16) -> Row {
    let Some(block) = scene.running else {
        return Row::new().with("n  what are you doing now?", Role::Faint);
    };
    let look = app.world.look(columns);
    let kind = if block.kind == Kind::Off { Kind::Off.done() } else { block.kind.word() };
    let since = format!("since {}", words::moment(block.start, &look));
    let mut row = Row::new().with(format!("  {kind} {since}"), Role::Faint);
    for tag in block.tags.iter().filter(|_| !app.is_folded()) {
        row.push(format!(" +{}", tag.for_terminal()), Role::Faint);
    }
    if block.interrupted > 0 {
        let often = format!("{}{}", block.interrupted, look.glyphs.pick('×', 'x'));
        let whole = format!("  interrupted {often}");
        let fits = row.width() + whole.len() <= usize::from(columns);
        row.push(if fits { whole } else { format!("  {often}") }, Role::Faint);
    }
    let device = scene.device.filter(|_| !app.is_folded());
    device.map_or(row.clone(), |device| started_on(device, row, &since, columns))
}

/// Adds the device that started what runs. Where there is no room for it beside all that is
/// said, it is worth more than the word for the kind, whose mark is above, and than the tags;
/// where there is no room beside the time either, it is left out.
fn started_on(device: &Text, row: Row, since: &str, columns: u16) -> Row {
    let on = format!(" {}", words::on_device(device));
    let fits = |row: &Row| row.width() + width(&on) <= usize::from(columns);
    let short = Row::new().with(format!("  {since}"), Role::Faint);
    match [row.clone(), short].into_iter().find(fits) {
        Some(roomy) => roomy.with(on, Role::Faint),
        None => row,
    }
}

/// Returns why a spark is offered, and the spark; `None` where none fits.
fn spark_rows(app: &App) -> Option<(Row, Row)> {
    let (spark, free) = app.fitting()?;
    let glyphs = app.world.setting.glyphs;
    let mut row = Row::new().with(format!("{} ", app.spark_number()), Role::Strong);
    row.push(kinds::glyph(Kind::Creating, glyphs), kinds::role(Kind::Creating));
    row.push(format!(" {}", app.world.words(&spark.text)), Role::Plain);
    Some((Row::new().with(format!("fits {}", kept::free(free)), Role::Faint), row))
}

/// Returns what was thought of the day that is shown, if anything was said of it.
fn thought_row(app: &App) -> Option<Row> {
    let thought = app.world.thoughts.iter().find(|thought| thought.day == app.shown_day())?;
    let note = thought.note.as_ref().filter(|_| app.is_folded()).map(|note| Text::as_written(app.world.words(note)));
    let shown = Reflection { note: note.or_else(|| thought.note.clone()), ..thought.clone() };
    Some(kept::reflected(&shown, &app.world.look(200)))
}

/// Returns the one piece of advice, or what it is a share of where there is none.
fn advice(app: &App, day: &DayBalance<'_>) -> String {
    match day.level() {
        Some(level) => words::too_much_taken_in(day).unwrap_or_else(|| words::level(level)),
        None if app.is_read() => "nothing logged".to_owned(),
        None => "not read".to_owned(),
    }
}

/// Returns how much was logged of what was expected.
fn coverage(day: &DayBalance<'_>) -> String {
    match day.off {
        Some(_) => format!("{}, a day off", words::length(day.tally.logged())),
        None => match words::too_long(day) {
            Some(over) => format!("{}, {over}", words::length(day.tally.logged())),
            None => words::coverage(day.tally.logged(), day.expected),
        },
    }
}

/// Says which key fills a gap, before its length, where there is room between them.
fn draw_hint(stage: &mut Stage<'_>, area: Rect, columns: usize, world: &World) {
    let hint = Row::new().with(world.told_keys("{catch-up} says what"), Role::Faint);
    let after = world.setting.calendar.face().width() + "›   x nothing logged ".chars().count();
    let before = columns.saturating_sub(" 10h00".len() + hint.width());
    if let Some(at) = u16::try_from(before).ok().filter(|at| usize::from(*at) >= after) {
        stage.row(right_of(area, at), &hint);
    }
}

/// Draws the list of the day, scrolled so that what is selected is seen; returns how many
/// rows it took.
fn draw_list(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) -> u16 {
    let look: Look<'_> = app.world.look(area.width.saturating_sub(2));
    let list = app.list(scene, &look, app.world.setting.words);
    let selected = app.selected(&list);
    let room = usize::from(area.height);
    let all = list.lines().len();
    // The newest are seen, unless something above them is selected.
    let lowest = all.saturating_sub(room);
    let from = selected.map_or(lowest, |at| lowest.min(at));
    let whole = area.height;
    let mut area = area;
    for (at, line) in list.lines().iter().enumerate().skip(from).take(room) {
        let is_selected = selected == Some(at) && app.over.is_none();
        let mut row = marker(is_selected, look.glyphs);
        row.append(list.row(line));
        stage.clickable(area, &row, Hit::Line(at));
        if is_selected {
            stage.embolden(right_of(area, 2));
            if matches!(line.what(), What::Gap(_)) {
                draw_hint(stage, area, row.width(), &app.world);
            }
        }
        area = below(area, 1);
    }
    whole - area.height
}
