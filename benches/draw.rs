//! What a picture of the pane costs: each screen at several sizes, worked out of the blocks
//! and laid over the picture before, without a terminal. What a person waits for, from a
//! key to its frame, is measured by `pane`.

#[path = "support/calendar.rs"]
mod calendar;
#[path = "support/mod.rs"]
mod support;

use std::io::{self, Sink};

use calendar::calendar;
use chrono::TimeDelta;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use support::{now, years};
use tiltmeter::beam::Glyphs;
use tiltmeter::domain::balance::Habits;
use tiltmeter::domain::trend::Besides;
use tiltmeter::domain::{Block, Days, Ledger, Past, Trend};
use tiltmeter::report::Words;
use tiltmeter::theme::{Depth, Themes};
use tiltmeter::tui::app::App;
use tiltmeter::tui::msg::{Asked, Effect, KeptThings, Known, Msg, Notices, Opening, Page, Reading, Whose};
use tiltmeter::tui::view;
use tiltmeter::tui::world::Setting;

fn main() {
    divan::main();
}

/// A strip, a split, a terminal as it opens, a whole screen.
const SIZES: [(u16, u16); 4] = [(20, 1), (40, 10), (80, 24), (200, 60)];
/// Where there is room for more than a day.
const LARGE: [(u16, u16); 2] = [(80, 24), (200, 60)];

#[divan::bench(args = SIZES)]
fn the_day(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pane(), size);
}

#[divan::bench(args = LARGE)]
fn the_first_picture(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let mut app = pane();
    bencher.bench_local(|| {
        let mut terminal = terminal(size).ok()?;
        picture(&mut app, &mut terminal).ok()
    });
}

#[divan::bench(args = LARGE)]
fn the_week(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("W"), size);
}

#[divan::bench(args = LARGE)]
fn the_week_lifted(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("W  j "), size);
}

#[divan::bench(args = LARGE)]
fn the_trend(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("T"), size);
}

#[divan::bench(args = LARGE)]
fn the_journal(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("J"), size);
}

#[divan::bench(args = LARGE)]
fn a_line_that_is_typed(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("nsta"), size);
}

#[divan::bench(args = LARGE)]
fn lines_that_catch_up(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("w14-15 sta"), size);
}

#[divan::bench(args = LARGE)]
fn the_keys(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    draw(bencher, &mut pressed("?"), size);
}

#[divan::bench]
fn a_letter_and_its_picture(bencher: Bencher<'_, '_>) {
    let (mut app, Ok(mut terminal)) = (pressed("n"), terminal((200, 60))) else { return };
    bencher.bench_local(|| {
        press(&mut app, KeyCode::Char('s'));
        let drawn = picture(&mut app, &mut terminal);
        press(&mut app, KeyCode::Backspace);
        drawn
    });
}

/// By how many blocks a week differs that is read again.
#[divan::bench(args = [0, 1])]
fn this_week_read_again(bencher: Bencher<'_, '_>, differ: usize) {
    let mut app = pane();
    let week = app.world.ledger.blocks().to_vec();
    let other = Ledger::new(week.iter().skip(differ).cloned().collect(), now());
    let mut turn = [Ledger::new(week, now()), other].into_iter().cycle();
    bencher.with_inputs(|| turn.next()).bench_local_values(|ledger| ledger.map(|ledger| app.world.read(ledger)));
}

/// Draws again and again; the layouts are known from the first.
fn draw(bencher: Bencher<'_, '_>, app: &mut App, size: (u16, u16)) {
    let Ok(mut terminal) = terminal(size) else { return };
    bencher.bench_local(|| picture(app, &mut terminal));
}

fn terminal((columns, rows): (u16, u16)) -> io::Result<Terminal<CrosstermBackend<Sink>>> {
    let fixed = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, columns, rows)) };
    Terminal::with_options(CrosstermBackend::new(io::sink()), fixed)
}

/// Draws as the pane does.
fn picture(app: &mut App, terminal: &mut Terminal<CrosstermBackend<Sink>>) -> io::Result<usize> {
    let mut hits = None;
    let title = app.title();
    terminal.draw(|frame| hits = Some(view::draw(app, frame)))?;
    app.drawn(hits.unwrap_or_default());
    Ok(title.len())
}

/// Returns a pane in which keys were pressed.
fn pressed(keys: &str) -> App {
    let mut app = pane();
    for key in keys.chars() {
        press(&mut app, KeyCode::Char(key));
    }
    app
}

fn press(app: &mut App, key: KeyCode) {
    let wanted = app.update(Msg::Key(KeyEvent::new(key, KeyModifiers::NONE)), now());
    if wanted.contains(&Effect::ReadTrend) {
        app.update(Msg::Trend(Ok(Box::new(trend(&app.world.setting)))), now());
    }
    if let Some(asked) = wanted.iter().find_map(asked) {
        let since = now() - TimeDelta::days(31);
        let blocks: Vec<Block> = logged().into_iter().rev().filter(|block| block.began() >= since).collect();
        app.update(Msg::Page(Ok(Page { blocks, ends: Vec::new(), since: Some(since.date_naive()), asked })), now());
    }
}

/// Sums up the year that is logged.
fn trend(setting: &Setting) -> Trend {
    let Setting { calendar, habits, .. } = setting;
    let ledger = Ledger::new(logged(), now());
    let last = calendar.week_of(calendar.day_at_home(now()));
    let here = calendar.home().at(now());
    let days = Days::of(&ledger, calendar);
    Trend::of(&days, (last.plus(-52), last), (calendar, habits), here, Besides::default())
}

fn asked(effect: &Effect) -> Option<Asked> {
    match effect {
        Effect::ReadPage(asked) => Some(*asked),
        _ => None,
    }
}

/// Returns the pane of somebody who has logged for a year.
fn pane() -> App {
    let all = logged();
    let calendar = calendar();
    let (since, _) = calendar.day_at_home_bounds(calendar.week_of(calendar.day_at_home(now())).first());
    let this_week = all.iter().filter(|block| block.start >= since).cloned().collect();
    let setting = Setting {
        calendar,
        habits: Habits::default(),
        kinds: Vec::new(),
        keys: tiltmeter::keymap::Keymap::default(),
        glyphs: Glyphs::Unicode,
        themes: Themes::new(Depth::Sixteen),
        words: Words::Shown,
        reminders: tiltmeter::domain::nudge::Reminders::default(),
        outside: Words::Hidden,
        target_asked: true,
    };
    let reading = Reading {
        now: Ledger::new(this_week, now()),
        shown: None,
        kept: KeptThings::default(),
        notices: Notices::default(),
    };
    let opening = Opening { reading, now: now(), whose: Whose::Own, is_new: false };
    let mut app = App::new(setting, opening);
    app.update(Msg::Past(Box::new(Known { past: Past::of(&all), ..Known::default() })), now());
    app
}

fn logged() -> Vec<Block> {
    years(1).unwrap_or_default()
}
