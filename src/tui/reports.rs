//! The week and the weeks: the same rows that the commands print.

use chrono::TimeDelta;
use ratatui::layout::Rect;

use super::app::{App, Scene};
use super::stage::{Stage, below};
use super::widget::wrapped;
use crate::beam::{Role, Row};
use crate::report::{Words, trend, week, words};

/// Of fewer weeks, nothing can be said that is not chance.
const FEWEST_WEEKS: usize = 4;

/// Draws the week of the day that is shown, and under its heading what is to be said of it.
pub fn draw_week(stage: &mut Stage<'_>, [under, area]: [Rect; 2], app: &App, scene: &Scene<'_>) {
    let look = app.world.look(area.width);
    let days = app.shown_days();
    let review = app.review(&days);
    if let Some(sentence) = week::sentence(&review, app.world.setting.words, &look) {
        stage.row(under, &sentence);
    }
    if app.is_folded() {
        // Why a day is off is in words, too.
        let tells_words = review.was.days.iter().any(|day| day.off.is_some());
        let rows = if tells_words { Vec::new() } else { week::top(&review, None, Words::Hidden, &look) };
        let area = stage.rows(area, &rows);
        let said = Row::new().with("what the time went into is folded away; z unfolds it", Role::Faint);
        stage.rows(below(area, 1), &[said]);
        return;
    }
    app.week.draw(stage, area, &review, scene.running, &look);
}

/// Draws the weeks one after another.
pub fn draw_trend(stage: &mut Stage<'_>, area: Rect, app: &App) {
    let weeks = app.weeks.iter().filter(|week| week.tally.logged() > TimeDelta::zero()).count();
    if weeks < FEWEST_WEEKS {
        let so_far = words::count(weeks, "week", "weeks");
        let row = Row::new()
            .with(format!("a trend begins with four weeks; so far there is something in {so_far}"), Role::Faint);
        stage.rows(area, &wrapped(&row, area.width, 3));
        return;
    }
    let rows = trend::rows(&app.weeks, &app.world.look(area.width));
    draw_scrolled(stage, area, &rows, app.scroll);
}

fn draw_scrolled(stage: &mut Stage<'_>, area: Rect, rows: &[Row], scroll: usize) {
    let from = scroll.min(rows.len().saturating_sub(area.height.into()));
    stage.rows(area, rows.get(from..).unwrap_or_default());
}
