//! The pane as a picture: what is drawn where, at every size from none to any.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};

use super::app::{App, Over, Scene, Tab};
use super::day;
use super::msg::Whose;
use super::size::{MARGIN, Size, WIDEST};
use super::stage::{Hit, Hits, Stage, cells};
use super::week;
pub use super::widget::wrapped;
use crate::beam::{Role, Row};
use crate::domain::Ledger;
use crate::keymap::{self, Action, Context};
use crate::report;

/// What is said takes no more rows.
const SAID_ROWS: usize = 3;

/// What is said of a made-up quarter for as long as it is shown.
pub const MADE_UP: &str = "made up, nothing of it is yours";

/// Draws the pane; returns what can be clicked where.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> Hits {
    let area = frame.area();
    let theme = app.world.setting.themes.shown();
    let glyphs = app.world.setting.glyphs;
    let mut stage = Stage::new(frame.buffer_mut(), theme, glyphs);
    if !area.is_empty() {
        draw_on(&mut stage, area, app);
    }
    let Stage { hits, cursor, .. } = stage;
    if let Some(cursor) = cursor.filter(|cursor| area.contains(*cursor)) {
        frame.set_cursor_position(cursor);
    }
    hits
}

fn draw_on(stage: &mut Stage<'_>, area: Rect, app: &App) {
    // While lines are typed or a border is dragged, the picture is of how it would be.
    let hypothetical = match &app.over {
        Some(Over::CatchUp(catch_up)) => catch_up.preview(&app.world, app.shown_ledger()),
        _ => app.dragged(),
    };
    let ledger: &Ledger = hypothetical.as_ref().unwrap_or_else(|| app.shown_ledger());
    let size = Size::of(area.width, area.height);
    let area = match size {
        Size::Full => {
            let area = area.inner(Margin::new(MARGIN, 0));
            Rect { width: area.width.min(WIDEST), ..area }
        }
        _ => area,
    };
    if size == Size::Strip && app.over.is_some() {
        return draw_over(stage, area, app);
    }
    if let Some(Over::Help(help)) = &app.over {
        let [area, footer] = above_last(area);
        help.draw(stage, area, &app.world.setting.keys);
        return draw_footer(stage, footer, app);
    }
    match (app.tab, size) {
        (_, Size::Strip) => day::draw_strip(stage, area, app, &app.scene(ledger)),
        (Tab::Day, Size::Compact) => day::draw_compact(stage, area, app, &app.scene(ledger)),
        (Tab::Day, Size::Full) => day::draw_full(stage, area, app, &app.scene(ledger)),
        (screen, _) => draw_screen(stage, area, app, screen),
    }
}

/// Draws a screen that is not the day: its head, itself, what is said, the keys.
fn draw_screen(stage: &mut Stage<'_>, area: Rect, app: &App, screen: Tab) {
    let said = said(app, area.width);
    let [area, footer] = above_last(area);
    let [area, below] = above_said(area, &said);
    let lengths = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)];
    let [header, under, body] = Layout::vertical(lengths).areas(area);
    let title = match screen {
        Tab::Week => report::week::heading(app.shown_week(), &app.world.look(area.width)).text(),
        screen => screen.label().0.to_owned(),
    };
    draw_header(stage, header, app, &title);
    match (&app.over, screen) {
        (Some(_), _) => draw_over(stage, body, app),
        (None, Tab::Journal) => app.journal.draw(stage, body, &app.world),
        (None, Tab::Trend) => app.trend.draw(stage, body, &app.world),
        (None, _) => week::draw(stage, [under, body], app),
    }
    stage.rows(below, &said);
    draw_footer(stage, footer, app);
}

/// Draws a title at the left and the tabs at the right, as many as fit.
pub fn draw_header(stage: &mut Stage<'_>, area: Rect, app: &App, title: &str) {
    let mut title = Row::new().with(title, Role::Strong);
    if app.whose != Whose::Own {
        title.push(format!("   {MADE_UP}"), Role::Alert);
    }
    let mut x = area.right();
    let all: u16 = Tab::ALL.iter().map(|screen| 2 + u16::try_from(screen.label().0.len()).unwrap_or_default()).sum();
    let are_whole = area.x + cells(&title) + all <= area.right();
    for screen in Tab::ALL.into_iter().rev() {
        let (name, action) = screen.label();
        // Where there is no room for the names, their letters are the keys.
        let name = if are_whole { name } else { name.get(..1).unwrap_or_default() };
        let is_shown = screen == app.tab;
        let role = if is_shown { Role::Strong } else { Role::Faint };
        let width = u16::try_from(name.len()).unwrap_or_default();
        let Some(left) = x.checked_sub(width).filter(|left| *left > area.x + cells(&title)) else { break };
        stage.clickable(Rect { x: left, width, ..area }, &Row::new().with(name, role), Hit::Do(action));
        x = left.saturating_sub(if are_whole { 2 } else { 1 });
    }
    stage.row(Rect { width: x.saturating_sub(area.x), ..area }, &title);
}

/// Draws what lies over the screen.
pub fn draw_over(stage: &mut Stage<'_>, area: Rect, app: &App) {
    match &app.over {
        Some(Over::Begin(begin)) => begin.draw(stage, area, &app.world),
        Some(Over::CatchUp(catch_up)) => catch_up.draw(stage, area, &app.world),
        Some(Over::Until(until)) => until.draw(stage, area, &app.world),
        Some(Over::GoTo(go_to)) => go_to.draw(stage, area, &app.world),
        Some(Over::Form(form)) => form.draw(stage, area, &app.world),
        Some(Over::Sparks(sparks)) => sparks.draw(stage, area, &app.world),
        Some(Over::Reflect(reflect)) => {
            let scene = app.scene(app.shown_ledger());
            reflect.draw(stage, area, &app.world, &scene.day);
        }
        Some(Over::Asked(asked)) => asked.draw(stage, area, &app.world),
        Some(Over::Target(target)) => target.draw(stage, area, &app.world),
        Some(Over::Palette(palette)) => palette.draw(stage, area, &app.world.setting.keys),
        Some(Over::Help(help)) => help.draw(stage, area, &app.world.setting.keys),
        None => {}
    }
}

/// Returns the one thing there is to say: what was done just now, else what is wrong with
/// the journal, else what is offered. Why something was not done may take three rows.
pub fn said(app: &App, columns: u16) -> Vec<Row> {
    let glyphs = app.world.setting.glyphs;
    // What is typed has `u` for a letter.
    let toast = app.toast.as_ref().filter(|toast| app.over.is_none() || !toast.is_of_change());
    if let Some(toast) = toast {
        let row = toast.row(app.is_folded(), columns.into(), (&app.world.setting.keys, glyphs));
        return if toast.is_of_change() { vec![row] } else { wrapped(&row, columns, SAID_ROWS) };
    }
    let trouble = || {
        app.settings_trouble
            .as_ref()
            .or(app.trouble.as_ref())
            .map(|trouble| Row::new().with(trouble.as_str(), Role::Alert))
    };
    trouble().or_else(|| app.offered()).map(|row| wrapped(&row, columns, SAID_ROWS)).unwrap_or_default()
}

/// Cuts rows for what is said off the end of an area.
pub fn above_said(area: Rect, said: &[Row]) -> [Rect; 2] {
    let rows = u16::try_from(said.len()).unwrap_or_default();
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

/// Returns what to do where a day has nothing.
pub fn invitation(app: &App, scene: &Scene<'_>) -> Option<Row> {
    let nothing = scene.day.slices.is_empty() && !(scene.is_today && scene.running.is_some());
    let said = app.world.told_keys(match scene.day.off {
        Some(_) => "a day off",
        None if !app.is_read() => "this day was not read",
        None if scene.day.day > app.world.today() => "still to come",
        None if scene.is_today && app.world.past.is_empty() => {
            "nothing logged yet: {now} says what you do now, {catch-up} what was; {palette}demo shows a made-up quarter"
        }
        None if scene.is_today => "nothing logged yet: {now} says what you do now, {catch-up} what was",
        None => "nothing logged: {edit-day} writes the day down in your editor",
    });
    nothing.then(|| Row::new().with(said, Role::Faint))
}

/// Draws the keys of what is open, each a click.
pub fn draw_footer(stage: &mut Stage<'_>, area: Rect, app: &App) {
    let context = app.context();
    let glyphs = stage.glyphs();
    let actions = match context {
        _ if app.has_selected() => keymap::SELECTED,
        Context::Week if app.week.has_opened() => keymap::OPENED,
        Context::Week if !app.week.lifts().is_empty() => keymap::LIFTED,
        context => keymap::footer(context),
    };
    let offer = |action: &Action| {
        let binding = keymap::binding(context, *action)?;
        let name = |action| app.world.setting.keys.name(context, action, glyphs);
        let key = match action {
            Action::Up => glyphs.pick("↑ ↓", "up down").to_owned(),
            // The other way is the key beside it.
            Action::StartEarlier => format!("{} {}", name(*action)?, name(Action::StartLater)?),
            Action::EndEarlier => format!("{} {}", name(*action)?, name(Action::EndLater)?),
            Action::Before => format!("{} {}", name(*action)?, name(Action::After)?),
            action => name(*action)?,
        };
        let short = match action {
            Action::Close if app.week.has_opened() && context == Context::Week => "to the lists",
            Action::Close if context == Context::Week => "put all back",
            Action::StopOrAgain if app.world.ledger.running().is_none() => "again",
            Action::Accept | Action::Next | Action::Previous | Action::Complete | Action::Turn
                if app.over.is_some() =>
            {
                app.over.as_ref().map_or(binding.short, |over| over.word(*action))
            }
            // Of a search: the journal takes the keys again.
            Action::Accept => "show",
            _ => binding.short,
        };
        Some((Row::new().with(key, Role::Strong).with(format!(" {short}"), Role::Faint), *action))
    };
    let mut offers: Vec<(Row, Action)> = actions.iter().filter_map(offer).collect();
    if let Some(over) = &app.over {
        offers.retain(|(_, action)| over.offers(*action));
    }
    stage.offers(area, &offers);
}

/// Cuts the last row off an area.
pub fn above_last(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area)
}
