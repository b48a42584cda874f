//! The live pane: log the day as it happens, read the tilt from the corner of the eye.
//!
//! In reading order: [`msg`] is what the pane hears and wants, [`app`] decides, `hands` do,
//! [`view`] shows. [`crate::keymap`] says what every key means; `screen` takes the terminal and gives
//! it back; `wake` is all that can wake it. [`run`] is the loop: it does work only when there
//! is some, and sleeps until the picture would next differ by itself.

pub mod app;
pub mod asked;
mod begin;
pub mod catch_up;
pub mod complete;
pub mod day;
pub mod form;
pub mod go_to;
pub mod hands;
pub mod help;
pub mod journal;
pub mod line;
pub mod msg;
mod pages;
pub mod palette;
mod portrait;
pub mod reflect;
pub mod screen;
pub mod size;
pub mod sparks;
pub mod stage;
pub mod step;
pub mod target;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod toast;
mod trend;
pub mod until;
pub mod view;
pub mod wake;
pub mod week;
pub mod widget;
pub mod world;

use std::collections::VecDeque;
use std::process::ExitCode;
use std::time::Duration;

use crossterm::event::Event;

use app::App;
use hands::{Hands, News};
use msg::{Effect, Msg};

use crate::desk::Desk;
use crate::failure::{Failure, in_words};
use crate::theme::Depth;
use crate::watch::Watch;

pub use portrait::{Sitter, portrait};
pub use screen::Screen;
pub use wake::{Wake, Wakes};

/// What the pane is opened on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The user's own journal.
    Own,
    /// A made-up quarter.
    Demo,
}

/// The wait is cut into pieces no longer than this: a clock may be set meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Opens the pane and stays until it is left.
pub fn run(desk: Desk, opened: Opened, depth: Depth) -> Result<ExitCode, Failure> {
    let mut hands = Hands::new(desk, depth);
    let mut app = hands.open(opened)?;
    let mut screen = Screen::take().map_err(|error| on_terminal(&error))?;
    let outcome = stay(&mut app, &mut hands, &mut screen);
    let given_back = screen.give_back().map_err(|error| on_terminal(&error));
    outcome.and_then(|code| given_back.map(|()| code))
}

/// Listens, decides, does and draws, until the pane is left.
fn stay(app: &mut App, hands: &mut Hands, screen: &mut Screen) -> Result<ExitCode, Failure> {
    // Before the first picture, so that no signal finds the terminal taken and nobody listening.
    let mut wakes = Wakes::start().map_err(|error| on_terminal(&error))?;
    draw(screen, app)?;
    hands.begin(&mut wakes);
    loop {
        let mut heard = wakes.next(wait(app, hands));
        if heard.is_none() {
            heard = Some(Wake::News(News::Clock));
        }
        while let Some(wake) = heard {
            if let Wake::Input(Event::Resize(..)) = wake {
                // The size may have come back already, and what a terminal cut off has not.
                screen.clear().map_err(|error| on_terminal(&error))?;
            }
            let msg = match wake {
                Wake::Ended(signal) => return Ok(ended(signal)),
                Wake::Input(event) => of_input(event),
                Wake::Journal => Some(Msg::JournalChanged),
                Wake::Settings => Some(hands.settings_again()),
                Wake::Continued => Some(Msg::Continued),
                Wake::News(News::Clock) => Some(minute(wakes.watching())),
                Wake::News(News::Read(msg, moves)) => hands.is_of_this_journal(moves).then_some(*msg),
            };
            if let Some(msg) = msg
                && let Some(code) = settle(msg, app, hands, screen, &mut wakes)?
            {
                return Ok(code);
            }
            heard = wakes.ready();
        }
        draw(screen, app)?;
    }
}

/// Returns what the turn of a minute is: where nothing is watched, a time to read again.
fn minute(journal: Option<&Watch>) -> Msg {
    if journal.is_some_and(Watch::holds) { Msg::Clock } else { Msg::JournalChanged }
}

/// Lets the pane take in a message, and all that comes of it.
fn settle(
    msg: Msg,
    app: &mut App,
    hands: &mut Hands,
    screen: &mut Screen,
    wakes: &mut Wakes<News>,
) -> Result<Option<ExitCode>, Failure> {
    let slept = hands.slept_since();
    let mut waiting: VecDeque<Msg> = slept.map(Msg::Woke).into_iter().chain([msg]).collect();
    while let Some(msg) = waiting.pop_front() {
        for effect in app.update(msg, hands.now()) {
            if effect == Effect::Quit {
                return Ok(Some(ExitCode::SUCCESS));
            }
            let heard = hands.carry_out(effect, screen, wakes).map_err(|error| on_terminal(&error))?;
            waiting.extend(heard);
        }
    }
    Ok(None)
}

fn draw(screen: &mut Screen, app: &mut App) -> Result<(), Failure> {
    let mut hits = None;
    let title = app.title();
    screen.title(&title).map_err(|error| on_terminal(&error))?;
    screen.draw(|frame| hits = Some(view::draw(app, frame))).map_err(|error| on_terminal(&error))?;
    app.drawn(hits.unwrap_or_default());
    Ok(())
}

/// Returns how long nothing will differ by itself.
fn wait(app: &App, hands: &Hands) -> Duration {
    let now = hands.now();
    (app.next_change(now) - now).to_std().unwrap_or_default().clamp(Duration::from_millis(1), LONGEST_WAIT)
}

/// Returns what the terminal said, if it is for the pane.
fn of_input(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Mouse(mouse) => Some(Msg::Mouse(mouse)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(..) => Some(Msg::Resized),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Returns the exit code of a program that a signal ended, as shells have it.
fn ended(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(1))
}

fn on_terminal(error: &std::io::Error) -> Failure {
    Failure::environment(format!("the terminal does not answer: {}", in_words(error)))
        .hint("tiltmeter day prints the day without a pane")
}

#[cfg(test)]
mod tests;
