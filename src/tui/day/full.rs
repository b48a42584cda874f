//! The whole day: which way it leans, the ribbon, the list, and what is likely next.

use ratatui::layout::{Constraint, Layout, Rect};

use super::super::app::{App, Over, Scene};
use super::super::catch_up::Occasion;
use super::super::stage::{Hit, Stage, below, right_of};
use super::super::view;
use super::{advice, coverage, draw_list, ribbon, running, running_since, spark_rows, thought_row};
use crate::beam::{Lever, LeverHeight, Role, Row, kinds, level};
use crate::domain::{Answers, Lens, Likely};
use crate::keymap::Action;
use crate::report::{asked, week, words};

/// The width of the lever, and of the space beside it.
const LEVER: u16 = 41;
const GUTTER: u16 = 5;
/// The numbers are not wider than this.
const NUMBERS: u16 = 36;
/// The width of what is likely next, and of the space before it.
const LIKELY: u16 = 31;
/// The list is not wider than this.
const LIST: u16 = 62;

/// Draws the day.
pub fn draw(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    if let Some(Over::CatchUp(catch_up)) = &app.over
        && catch_up.occasion() == Occasion::FirstDay
    {
        return draw_first_day(stage, area, app, scene);
    }
    let rows = [1, 1, 6, 1, 2, 1].map(Constraint::Length);
    let said = view::said(app, area.width);
    let [area, footer] = view::above_last(area);
    let said_rows = u16::try_from(said.len()).unwrap_or_default().max(1);
    let [header, _, top, _, hours, _, body, last] =
        Layout::vertical(rows.into_iter().chain([Constraint::Fill(1), Constraint::Length(said_rows)])).areas(area);
    view::draw_header(stage, header, app, &words::date(scene.day.day));
    draw_instrument(stage, top, app, scene);
    ribbon::draw(stage, hours, app, scene);
    match &app.over {
        Some(_) => view::draw_over(stage, body, app),
        None => draw_body(stage, body, app, scene),
    }
    stage.rows(last, &said);
    view::draw_footer(stage, footer, app);
}

/// Draws the picture and the numbers beside it.
fn draw_instrument(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let day = &scene.day;
    let lever = Lever { tally: day.tally, lens: day.lens, target: day.target };
    stage.rows(area, &lever.rows(LEVER.into(), LeverHeight::Six, stage.glyphs()));
    let numbers = right_of(area, LEVER + GUTTER);
    let numbers = Rect { width: numbers.width.min(NUMBERS), ..numbers };
    let rows = numbers_of(app, scene, numbers.width);
    stage.rows(numbers, &rows);
}

fn numbers_of(app: &App, scene: &Scene<'_>, columns: u16) -> Vec<Row> {
    let look = app.world.look(columns);
    let (day, week) = (&scene.day, &scene.week);
    let labelled = |label: &str, number: &str| {
        Row::new().with(format!("{label:<7}"), Role::Faint).with(format!("{number:>5}"), Role::Strong)
    };
    let shown = words::shown(&day.tally);
    let name = if scene.is_today { "today" } else { "day" };
    let mut share = labelled(name, &look.share(day.share())).with(format!("   {}", advice(app, day)), Role::Plain);
    if day.lens == Lens::Apart {
        share.push(", by hand", Role::Faint);
    }
    let parts = format!("{:>7}made {}  shaped {}", "", words::length(shown.creating), words::length(shown.shaping));
    let mut coverage = Row::new().with("logged ", Role::Faint).with(coverage(day), Role::Plain);
    if let Some(ratio) = words::ratio(&day.tally, day.lens) {
        coverage.push(format!("   {ratio}"), Role::Plain);
    }
    let mut week = labelled("week", &look.share(week.share()))
        .with(week.level().map(|level| format!("   {}", words::level(level))).unwrap_or_default(), Role::Plain);
    if app.world.setting.habits.target_is_a_guess {
        let target = format!("   target {} is a guess", look.share(Some(day.target)));
        if week.width() + target.len() <= usize::from(columns) {
            week.push(target, Role::Faint);
        }
    }
    vec![running(app, scene, columns), running_since(app, scene, columns), share, Row::plain(parts), week, coverage]
}

/// Draws the list, and beside it what is likely next.
fn draw_body(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let likely = app.likely();
    let has_likely = scene.is_today && (!likely.is_empty() || app.fitting().is_some());
    let list = if has_likely { area.width.saturating_sub(LIKELY + 2) } else { area.width };
    let list = Rect { width: list.min(LIST), ..area };
    let taken = match view::invitation(app, scene) {
        Some(row) => area.height - stage.rows(list, &view::wrapped(&row, list.width, 3)).height,
        None => draw_list(stage, list, app, scene),
    };
    let taken = taken + draw_thought(stage, below(list, taken), app);
    let taken = taken + draw_asked(stage, below(list, taken), app);
    let taken = if has_likely {
        let rows = draw_likely(stage, right_of(area, list.width + 2), app, &likely);
        taken.max(rows)
    } else {
        taken
    };
    draw_week(stage, below(area, taken + 2), app, scene);
}

/// Draws what was thought of the day below its list, where there is room; returns how many
/// rows that took.
fn draw_thought(stage: &mut Stage<'_>, area: Rect, app: &App) -> u16 {
    let Some(row) = thought_row(app).filter(|_| area.height > 1) else { return 0 };
    stage.clickable(below(area, 1), &row, Hit::Do(Action::Reflect));
    2
}

/// Draws what was answered on the day at random moments, where there is room; returns how many
/// rows that took.
fn draw_asked(stage: &mut Stage<'_>, area: Rect, app: &App) -> u16 {
    let answers = Answers::of(app.world.samples.iter().filter(|sample| sample.day == app.shown_day()));
    let row = asked::line(answers, &app.world.look(area.width)).filter(|_| area.height > 1);
    row.map_or(0, |row| {
        stage.row(below(area, 1), &row);
        2
    })
}

/// Draws the seven levers of the week, if all of them fit below the day.
fn draw_week(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let tells_words = scene.week.days.iter().any(|day| day.off.is_some());
    let rows = week::picture(&scene.week, &app.world.look(area.width));
    if usize::from(area.height) > rows.len() && !(app.is_folded() && tells_words) {
        stage.rows(area, &rows);
    }
}

/// Draws what is likely next, and a spark that fits; returns how many rows that took.
fn draw_likely(stage: &mut Stage<'_>, area: Rect, app: &App, likely: &[Likely]) -> u16 {
    let whole = area.height;
    let mut area = Rect { width: LIKELY, ..area };
    if !likely.is_empty() {
        stage.row(area, &Row::new().with("likely next", Role::Faint));
        area = below(area, 2);
    }
    for (number, likely) in (1_u8..).zip(likely) {
        let glyphs = stage.glyphs();
        let mut row = Row::new().with(format!("{number} "), Role::Strong);
        row.push(kinds::glyph(likely.kind, glyphs), kinds::role(likely.kind));
        row.push(format!(" {}", app.world.words(&likely.activity)), Role::Plain);
        stage.clickable(area, &row, Hit::Do(Action::Likely(number)));
        area = below(area, 1);
    }
    let Some((heading, row)) = spark_rows(app) else { return whole - area.height };
    // Where there is no room to set it apart, it stands right below the others.
    area = below(area, u16::from(area.height > 2 && !likely.is_empty()));
    stage.row(area, &heading);
    stage.clickable(below(area, 1), &row, Hit::Do(Action::Likely(app.spark_number())));
    whole - below(area, 2).height
}

/// Draws the first day ever: only the beam, and the question what today was so far.
fn draw_first_day(stage: &mut Stage<'_>, area: Rect, app: &App, scene: &Scene<'_>) {
    let rows = [1, 1, 1, 1, 1, 1, 1].map(Constraint::Length);
    let [header, _, beam, sides, _, question, _, body, hint, footer] =
        Layout::vertical(rows.into_iter().chain([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)]))
            .areas(area);
    let glyphs = stage.glyphs();
    let now = words::read(app.world.lived_now(), &app.world.setting.calendar);
    let mut title = Row::new().with("tiltmeter", Role::Strong);
    let date = format!("{}  {now}", words::date(scene.day.day));
    title.pad_to(usize::from(header.width).saturating_sub(date.len()));
    stage.row(header, &title.with(date, Role::Plain));
    let odd = beam.width - u16::from(beam.width.is_multiple_of(2));
    let day = &scene.day;
    stage.row(beam, &level(day.share(), day.target, odd.into(), glyphs));
    let mut words_below = Row::new().with("taken in", Role::Faint);
    let share = app.world.look(area.width).share(day.share());
    words_below.pad_to(usize::from(odd / 2).saturating_sub(share.len() / 2));
    words_below.push(share, Role::Strong);
    words_below.pad_to(usize::from(odd).saturating_sub("made".len()));
    stage.row(sides, &words_below.with("made", Role::Faint));
    let tab = glyphs.pick("⇥", "tab");
    let asked = Row::new()
        .with("What was today so far?", Role::Strong)
        .with(format!("  A line each, {tab} and when it ended; an empty line ends."), Role::Plain);
    stage.row(question, &asked);
    view::draw_over(stage, body, app);
    let turn = glyphs.pick("⇧⇥", "shift-tab");
    let guesses = format!("The kinds are guesses; {turn} turns one. Nothing leaves this machine.");
    stage.row(hint, &Row::new().with(guesses, Role::Faint));
    let Some(Over::CatchUp(catch_up)) = &app.over else { return };
    if !catch_up.is_untouched() {
        return view::draw_footer(stage, footer, app);
    }
    let mut keys = Row::new();
    for (key, does) in
        [("esc", "skip, start from now"), (tab, "look at a made-up quarter"), (glyphs.pick("⏎", "enter"), "next line")]
    {
        keys.push(format!("{key} "), Role::Strong);
        keys.push(format!("{does}   "), Role::Faint);
    }
    stage.row(footer, &keys);
}
