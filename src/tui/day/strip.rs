//! The day in one row, two or three: read from the corner of the eye.

use ratatui::layout::Rect;

use super::super::app::{App, Scene};
use super::super::stage::{Stage, below};
use super::super::view;
use crate::beam::Row;
use crate::report::{Status, Words, status};

/// Below this width there is no room for words.
const NARROW: u16 = 30;

/// Draws what runs and how the day leans, then what there is to say, then the keys.
pub fn draw(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let mut said = view::said(app, area.width);
    if app.is_asking_quietly() {
        said.clear();
    }
    if area.height == 1
        && let Some(said) = said.first()
    {
        return stage.row(area, said);
    }
    stage.row(area, &row(app, scene, area.width));
    let area = stage.rows(below(area, 1), said.get(..1).unwrap_or_default());
    view::draw_footer(stage, area, app);
}

fn row(app: &App, scene: &Scene<'_>, columns: u16) -> Row {
    let words = if columns < NARROW { Words::Hidden } else { app.world.setting.words };
    let status = Status { running: scene.running, device: scene.device, today: &scene.day, week: &scene.week };
    status::row(&status, &app.world.look(columns), words)
}
