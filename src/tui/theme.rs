//! What a role looks like: few of the sixteen ANSI colours, so that they are the user's own.

use ratatui::style::{Color, Modifier, Style};

use crate::beam::Role;

/// Whether there are colours. Nothing is said by them alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own colours.
    #[default]
    Ansi,
    /// None: `NO_COLOR`.
    Plain,
}

impl Theme {
    /// Returns the style of a role.
    pub fn style(self, role: Role) -> Style {
        match self {
            Self::Ansi => ansi(role),
            Self::Plain => plain(role),
        }
    }
}

fn ansi(role: Role) -> Style {
    match role {
        Role::Plain | Role::TakenIn => Style::new(),
        Role::Made => Style::new().fg(Color::Cyan),
        Role::Shaped => Style::new().fg(Color::Magenta),
        Role::Off | Role::Rail | Role::Faint => Style::new().fg(Color::DarkGray),
        Role::Strong | Role::Alert => Style::new().add_modifier(Modifier::BOLD),
    }
}

fn plain(role: Role) -> Style {
    match role {
        Role::Strong | Role::Alert => Style::new().add_modifier(Modifier::BOLD),
        _ => Style::new(),
    }
}
