//! What a look is to the pane: a style of ratatui's.

use ratatui::style::{Color, Modifier, Style};

use crate::theme::{Colour, Look, Manner, Theme};

/// Returns the style of a look.
pub fn style(look: Look) -> Style {
    let style = Style { fg: look.colour.map(colour), bg: look.ground.map(colour), ..Style::new() };
    look.manners().map(modifier).fold(style, Style::add_modifier)
}

/// Returns what everything stands on, and what has no colour of its own is written in.
pub fn ground(theme: &Theme) -> Style {
    let plain = theme.look(crate::beam::Role::Plain).colour;
    Style { fg: plain.map(colour), bg: theme.background().map(colour), ..Style::new() }
}

/// The first sixteen by the names that ratatui has for them, in the order of ANSI.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Numbered(number) => SIXTEEN.get(usize::from(number)).copied().unwrap_or(Color::Indexed(number)),
        Colour::Exact(rgb) => {
            let [red, green, blue] = rgb.parts();
            Color::Rgb(red, green, blue)
        }
    }
}

fn modifier(manner: Manner) -> Modifier {
    match manner {
        Manner::Bold => Modifier::BOLD,
        Manner::Dim => Modifier::DIM,
        Manner::Italic => Modifier::ITALIC,
        Manner::Underlined => Modifier::UNDERLINED,
        Manner::Reversed => Modifier::REVERSED,
    }
}
