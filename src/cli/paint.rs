//! Which colour a role has on a terminal: few of the sixteen, so that they are the user's own.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::beam::{Role, Row};

/// Returns a row as it is printed: with colours, or plain.
pub(super) fn painted(row: &Row, colour: bool) -> String {
    if !colour {
        return row.text();
    }
    let mut line = String::new();
    for span in row.spans() {
        let style = style(span.role);
        // Writing to a String cannot fail.
        let _ = write!(line, "{style}{}{style:#}", span.text);
    }
    line
}

pub(super) fn style(role: Role) -> Style {
    match role {
        Role::Plain | Role::TakenIn => Style::new(),
        Role::Made => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        Role::Shaped => Style::new().fg_color(Some(AnsiColor::Magenta.into())),
        Role::Off | Role::Rail | Role::Faint => Style::new().fg_color(Some(AnsiColor::BrightBlack.into())),
        Role::Strong | Role::Alert => Style::new().bold(),
    }
}
