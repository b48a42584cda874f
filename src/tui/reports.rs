//! The week: the same rows that the command prints.

use ratatui::layout::Rect;

use super::app::{App, Scene};
use super::stage::{Stage, below};
use crate::beam::{Role, Row};
use crate::report::week;

/// Draws the week of the day that is shown.
pub fn draw_week(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let look = app.world.look(area.width);
    if app.is_folded() {
        // Why a day is off is in words, too.
        let tells_words = scene.week.days.iter().any(|day| day.off.is_some());
        let rows = if tells_words { Vec::new() } else { week::picture(&scene.week, &look) };
        let area = stage.rows(area, &rows);
        let said = Row::new().with("what the time went into is folded away; z unfolds it", Role::Faint);
        stage.rows(below(area, 1), &[said]);
        return;
    }
    let rows = week::rows(&scene.week, scene.running, &look);
    // Its heading stands above already.
    draw_scrolled(stage, area, rows.get(2..).unwrap_or_default(), app.scroll);
}

fn draw_scrolled(stage: &mut Stage<'_>, area: Rect, rows: &[Row], scroll: usize) {
    let from = scroll.min(rows.len().saturating_sub(area.height.into()));
    stage.rows(area, rows.get(from..).unwrap_or_default());
}
