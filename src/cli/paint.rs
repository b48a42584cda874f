//! What a look is to a terminal that is printed to.

use std::fmt::Write as _;

use anstyle::{Ansi256Color, AnsiColor, Color, Effects, RgbColor, Style};

use crate::beam::Row;
use crate::theme::{Colour, Look, Manner, Theme};

/// Returns a row as it is printed: in a theme, or plain.
pub(super) fn painted(row: &Row, theme: Option<&Theme>) -> String {
    let Some(theme) = theme else { return row.text() };
    let mut line = String::new();
    for span in row.spans() {
        let style = style(theme.look(span.role));
        // Writing to a String cannot fail.
        let _ = write!(line, "{style}{}{style:#}", span.text);
    }
    line
}

fn style(look: Look) -> Style {
    let effects = look.manners().map(effect).fold(Effects::new(), Effects::insert);
    Style::new().fg_color(look.colour.map(colour)).bg_color(look.ground.map(colour)).effects(effects)
}

fn colour(colour: Colour) -> Color {
    match colour {
        // The first sixteen by the codes that every terminal knows.
        Colour::Numbered(number) => {
            let number = Ansi256Color(number);
            number.into_ansi().map_or(Color::Ansi256(number), AnsiColor::into)
        }
        Colour::Exact(rgb) => {
            let [red, green, blue] = rgb.parts();
            RgbColor(red, green, blue).into()
        }
    }
}

fn effect(manner: Manner) -> Effects {
    match manner {
        Manner::Bold => Effects::BOLD,
        Manner::Dim => Effects::DIMMED,
        Manner::Italic => Effects::ITALIC,
        Manner::Underlined => Effects::UNDERLINE,
        Manner::Reversed => Effects::INVERT,
    }
}
