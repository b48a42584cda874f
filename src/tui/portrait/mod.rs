//! Pictures of the pane, made by the pane: those of the README, and whoever wants one.

mod svg;

use std::collections::VecDeque;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use self::svg::{Ground, svg};
use super::app::App;
use super::hands::Hands;
use super::msg::{Effect, Msg};
use super::{Opened, view};
use crate::beam::Role;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::keymap::Action;
use crate::theme::{Colour, Depth, Rgb, Theme};

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitter {
    /// The live day.
    Day,
    /// The week.
    Week,
    /// The weeks one after another.
    Trend,
    /// All blocks.
    Journal,
    /// The day, being caught up.
    CatchUp,
}

impl Sitter {
    /// Every screen by its name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("trend", Self::Trend),
        ("journal", Self::Journal),
        ("catch-up", Self::CatchUp),
    ];

    fn action(self) -> Action {
        match self {
            Self::Day => Action::GoDay,
            Self::Week => Action::GoWeek,
            Self::Trend => Action::GoTrend,
            Self::Journal => Action::GoJournal,
            Self::CatchUp => Action::CatchUp,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Day => "The day in the pane of tiltmeter, made up",
            Self::Week => "A week in the pane of tiltmeter, made up",
            Self::Trend => "The weeks of a quarter in the pane of tiltmeter, made up",
            Self::Journal => "All blocks in the pane of tiltmeter, made up",
            Self::CatchUp => "What filled a gap is said in the pane of tiltmeter, made up",
        }
    }
}

/// Returns a screen of the made-up quarter as SVG, in the theme that is set; where that has no
/// ground of its own, in `dusk`. The same desk at the same time gives the same bytes.
pub fn portrait(desk: Desk, sitter: Sitter, (columns, rows): (u16, u16)) -> Result<String, Failure> {
    let mut hands = Hands::new(desk, Depth::True);
    let mut app = hands.open(Opened::Demo)?;
    let theme = painted(&mut app);
    let effects = [vec![Effect::ReadPast], app.wish(sitter.action())].concat();
    carry_out(&mut app, &mut hands, effects);
    // What is said of a change or of the demo is no part of the screen.
    app.toast = None;
    let backend = TestBackend::new(columns, rows);
    let Ok(mut terminal) = Terminal::new(backend);
    // What was drawn tells how much fits, and so what is drawn.
    for _ in 0..2 {
        let mut hits = None;
        let Ok(_) = terminal.draw(|frame| hits = Some(view::draw(&app, frame)));
        app.drawn(hits.unwrap_or_default());
    }
    Ok(svg(terminal.backend().buffer(), ground(&theme), sitter.title()))
}

/// Chooses a theme that paints its own ground, if none is chosen; returns it.
fn painted(app: &mut App) -> Theme {
    let themes = &mut app.world.setting.themes;
    if themes.shown().background().is_none() {
        // It comes with the program.
        let _ = themes.choose("dusk");
    }
    themes.shown()
}

/// Does what is wanted, and all that comes of it.
fn carry_out(app: &mut App, hands: &mut Hands, effects: Vec<Effect>) {
    let mut wanted = VecDeque::from(effects);
    while let Some(effect) = wanted.pop_front() {
        let heard: Option<Msg> = hands.at_the_desk(effect);
        if let Some(msg) = heard {
            wanted.extend(app.update(msg, hands.now()));
        }
    }
}

fn ground(theme: &Theme) -> Ground {
    let exact = |colour: Option<Colour>| colour.and_then(Colour::rgb).map(Rgb::parts);
    let paper = exact(theme.background()).unwrap_or([0x10, 0x12, 0x16]);
    let ink = exact(theme.look(Role::Plain).colour).unwrap_or([0xe6, 0xe6, 0xe6]);
    Ground { ink, paper }
}
