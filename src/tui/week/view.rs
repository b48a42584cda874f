//! How the week is drawn: the levers above, the lists below; where there is no room for
//! both, the one that something is selected of.

use ratatui::layout::{Constraint, Layout, Rect};

use super::super::app::App;
use super::super::stage::{Hit, Stage, below, right_of};
use super::super::widget::marker;
use super::{DAYS, Drawn, Pick, WeekScreen, spot_of};
use crate::beam::{Role, Row};
use crate::domain::{Answers, Block, Review};
use crate::keymap::{Action, Context, Keymap};
use crate::report::week::lists::{Laid, Lists};
use crate::report::week::{self, level_row};
use crate::report::{Look, Words, asked};

/// With fewer rows for the lists there is no room for them beside the levers.
const FEWEST: usize = 5;
/// With fewer rows the levers are worth more than what was answered at random moments.
const ROOMY: u16 = 16;
/// Before the names there is room for the mark of what is selected.
const MARK: u16 = 2;

/// Draws the week of the day that is shown, and under its heading what is to be said of it.
pub fn draw(stage: &mut Stage<'_>, [under, area]: [Rect; 2], app: &App) {
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
        let said = app.world.told_keys("what the time went into is folded away; {fold} unfolds it");
        let said = Row::new().with(said, Role::Faint);
        stage.rows(below(area, 1), &[said]);
        return;
    }
    let area = draw_asked(stage, area, app, &look);
    app.week.draw(stage, area, &review, app.world.ledger.running(), &look, &app.world.setting.keys);
}

/// Draws what was answered in the week at random moments at the end of the area, where there is room;
/// returns what is left above.
fn draw_asked(stage: &mut Stage<'_>, area: Rect, app: &App, look: &Look<'_>) -> Rect {
    let week = app.shown_week().range();
    let answers = Answers::of(app.world.samples.iter().filter(|sample| week.contains(&sample.day)));
    let Some(row) = asked::line(answers, look).filter(|_| area.height > ROOMY) else { return area };
    let [above, _, last] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)]).areas(area);
    stage.row(right_of(last, MARK), &row);
    above
}

impl WeekScreen {
    /// Draws a week.
    pub fn draw(
        &self,
        stage: &mut Stage<'_>,
        area: Rect,
        review: &Review<'_>,
        running: Option<&Block>,
        look: &Look<'_>,
        keys: &Keymap,
    ) {
        let area = right_of(area, MARK);
        let look = &Look { width: area.width.into(), ..*look };
        let top = week::top(review, running, Words::Shown, look);
        let lists = Lists::of(review, look);
        let height = usize::from(area.height);
        let is_small = height < top.len() + 1 + FEWEST.min(lists.height());
        self.drawn.set(Drawn { columns: area.width, is_small, ..self.drawn.get() });
        let pick = self.selected(&lists, review, look);
        if is_small && matches!(pick, Pick::Day(_)) && self.opened.is_none() {
            return draw_levers(stage, area, &top, &pick);
        }
        let rest = if is_small {
            let brief = brief(review, look);
            stage.rows(area, &brief)
        } else {
            draw_levers(stage, area, &top, &pick);
            let lists_area = below(area, u16::try_from(top.len()).unwrap_or(u16::MAX).saturating_add(1));
            draw_opening(stage, lists_area, lists.height(), review, (look, keys))
        };
        match &self.opened {
            Some(_) => self.draw_blocks(stage, rest, review, look),
            None => self.draw_lists(stage, rest, &lists, &pick, look),
        }
    }

    /// Draws the lists, scrolled so that what is selected is seen.
    fn draw_lists(&self, stage: &mut Stage<'_>, area: Rect, lists: &Lists, pick: &Pick, look: &Look<'_>) {
        let height = usize::from(area.height);
        let picked = match pick {
            Pick::Entry(named) => spot_of(lists, named),
            Pick::Day(_) => None,
        };
        let line = picked.map(|spot| spot.line);
        let from = first_line(self.drawn.get().from, line, lists.height(), height);
        self.drawn.set(Drawn { from, ..self.drawn.get() });
        let Laid { rows, places } = lists.laid(from, height, look);
        stage.rows(area, &rows);
        for (spot, row, cells) in places {
            let place = entry_area(area, row, &cells);
            stage.hit(place, Hit::Entry(spot));
            if picked == Some(spot) {
                let mark = Rect { x: place.x.saturating_sub(MARK - 1), width: 1, ..place };
                stage.row(mark, &Row::new().with(stage.glyphs().pick("›", ">"), Role::Strong));
                stage.embolden(place);
            }
        }
    }

    /// Draws the blocks of what was opened.
    fn draw_blocks(&self, stage: &mut Stage<'_>, area: Rect, review: &Review<'_>, look: &Look<'_>) {
        let Some(opened) = &self.opened else { return };
        let [heading, mut area] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        stage.row(heading, &opened.heading(review, look));
        let rows = opened.rows(review, look);
        let chosen = opened.at_of(review);
        let from = first_line(0, Some(chosen), rows.len(), area.height.into());
        for (at, row) in rows.into_iter().enumerate().skip(from).take(area.height.into()) {
            let is_selected = at == chosen;
            let mut line = marker(is_selected, stage.glyphs());
            line.append(row);
            stage.clickable(area, &line, Hit::Line(at));
            if is_selected {
                stage.embolden(right_of(area, MARK));
            }
            area = below(area, 1);
        }
    }
}

/// Draws below so many lines of lists, or at the end of the area, where something small may fit
/// into the week to come; returns what is left above.
fn draw_opening(
    stage: &mut Stage<'_>,
    area: Rect,
    lines: usize,
    review: &Review<'_>,
    (look, keys): (&Look<'_>, &Keymap),
) -> Rect {
    let Some(opening) = &review.opening else { return area };
    let mut said = week::opening(opening, Words::Shown, look);
    if opening.sparks.is_empty() {
        let key = keys.name(Context::Week, Action::Spark, stage.glyphs());
        said.extend(key.map(|key| (format!("{key} puts a spark there"), Role::Faint)));
    }
    let rows = look.flow(0, said);
    let height = u16::try_from(rows.len()).unwrap_or_default();
    if area.height < height + u16::try_from(FEWEST).unwrap_or_default() {
        return area;
    }
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(1);
    let above = Rect { height: (area.height - height).min(lines), ..area };
    stage.rows(below(area, above.height), &rows);
    above
}

/// Returns the level of the week and what it is set beside: all there is room for.
fn brief(review: &Review<'_>, look: &Look<'_>) -> Vec<Row> {
    let lifted = week::lifted_row(review, look);
    [level_row(&review.tipped, look)].into_iter().chain(lifted).collect()
}

/// Draws the levers and what is below them, scrolled so that the selected day is seen.
fn draw_levers(stage: &mut Stage<'_>, area: Rect, top: &[Row], pick: &Pick) {
    let day = match pick {
        Pick::Day(day) => Some(*day),
        Pick::Entry(..) => None,
    };
    // The names of the columns stand above the days.
    let line = day.map(|day| day + 1);
    let height = usize::from(area.height);
    let from = if top.len() > height { first_line(0, line, top.len(), height) } else { 0 };
    stage.rows(area, top.get(from..).unwrap_or_default());
    for at in 0..DAYS {
        let Some(row) = (at + 1).checked_sub(from).filter(|row| *row < height) else { continue };
        let place = below(area, u16::try_from(row).unwrap_or(u16::MAX));
        let place = Rect { height: 1.min(place.height), ..place };
        stage.hit(place, Hit::Line(at));
        if day == Some(at) {
            let mark = Rect { x: place.x.saturating_sub(MARK), width: 1, ..place };
            stage.row(mark, &Row::new().with(stage.glyphs().pick("›", ">"), Role::Strong));
            stage.embolden(place);
        }
    }
}

fn entry_area(area: Rect, row: usize, cells: &std::ops::Range<usize>) -> Rect {
    let place = below(area, u16::try_from(row).unwrap_or(u16::MAX));
    let place = right_of(place, u16::try_from(cells.start).unwrap_or(u16::MAX));
    let width = u16::try_from(cells.len()).unwrap_or(u16::MAX).min(place.width);
    Rect { width, height: 1.min(place.height), ..place }
}

/// Returns the first of so many lines that is seen through so many rows, for `line` to be
/// among them, not as the last where others follow; as near as can be to where it was.
fn first_line(was: usize, line: Option<usize>, lines: usize, height: usize) -> usize {
    let last = lines.saturating_sub(height);
    let Some(line) = line else { return was.min(last) };
    // Of two rows, the second may stand for all that follows; of one, there is only this.
    let rest = usize::from(line + 1 < lines && height > 1);
    let lowest = (line + 1 + rest).saturating_sub(height);
    // The heading of a list that begins above is seen with its first entry, where there is room.
    let highest = line.saturating_sub(usize::from(height > 2));
    was.clamp(lowest.min(highest), highest).min(last)
}
