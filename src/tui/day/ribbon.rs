//! The day to scale, and what a click on it means.

use ratatui::layout::Rect;

use super::super::app::{App, Scene};
use super::super::stage::{Hit, Stage, below};
use crate::beam::Ribbon;
use crate::domain::{DayBalance, Lived, Zone};
use crate::report::day::ribbon_hours;

/// Draws the hours and the ribbon; working time is drawn where there is nothing yet.
pub(super) fn draw(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let day = &scene.day;
    let look = app.world.look(area.width);
    let Some((hours, zone)) = ribbon_hours(day, &look).or_else(|| working_hours(app, day)) else { return };
    let ribbon = Ribbon { slices: &day.slices, gaps: &day.gaps, hours, zone: &zone, face: look.calendar.face() };
    stage.rows(area, &ribbon.rows(area.width.into(), look.glyphs));
    let cell = below(area, 1);
    if cell.height == 0 {
        return;
    }
    let minutes = ribbon.cell(area.width.into()).num_minutes();
    let times = ribbon.times(area.width.into());
    let places = (area.x..area.right()).zip(&times);
    for (x, at) in places.clone() {
        stage.hit(Rect { x, width: 1, height: 1, ..cell }, Hit::Time(*at, minutes));
    }
    for (x, at) in places {
        if let Some(border) = border_in(day, *at, minutes) {
            stage.hit(Rect { x, width: 1, height: 1, ..cell }, border);
        }
    }
}

fn working_hours(app: &App, day: &DayBalance<'_>) -> Option<((Lived, Lived), Zone)> {
    let home = app.world.setting.calendar.home().clone();
    let (begins, ends) = app.world.setting.habits.working_time(chrono::Datelike::weekday(&day.day))?;
    let on_wall = |time| home.first(day.day.and_time(time));
    Some(((on_wall(begins), on_wall(ends)), home))
}

/// Returns the border between blocks that lies in a cell: at its beginning, for that is
/// where the eye puts it.
fn border_in(day: &DayBalance<'_>, at: Lived, minutes: i64) -> Option<Hit> {
    let half = chrono::TimeDelta::seconds(minutes * 30);
    let near = |time: Lived| (time - at).abs() < half;
    let ends = day.slices.iter().find(|slice| !slice.runs && near(slice.end)).map(|slice| slice.block.id);
    let begins = day.slices.iter().find(|slice| near(slice.start)).map(|slice| slice.block.id);
    (ends.is_some() || begins.is_some()).then_some(Hit::Border(ends, begins))
}
