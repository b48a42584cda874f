//! How many colours there are where something is shown: none, 16, 256 or all.
//!
//! What people say by their environment goes first, as <https://no-color.org>,
//! <https://bixense.com/clicolors/> and <https://force-color.org> have it; then what the terminal is.

use std::ffi::OsString;

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: letters may still be bold.
    None,
    /// The sixteen of ANSI, which are the user's own.
    Sixteen,
    /// The 256 of xterm.
    Numbered,
    /// Every one.
    True,
}

/// Where something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a terminal.
    Terminal,
    /// In a file or a pipe.
    Elsewhere,
}

impl Depth {
    /// Returns how many colours there are. What comes first wins:
    ///
    /// 1. `NO_COLOR` that is not empty: none.
    /// 2. `CLICOLOR_FORCE` or `FORCE_COLOR` that is neither empty nor `0`: colours, wherever it is shown.
    /// 3. `CLICOLOR=0`, no terminal, or a `TERM` that is `dumb`, empty or not there (it need not be
    ///    there on Windows): none.
    ///
    /// If there are colours, `COLORTERM` (`truecolor`, `24bit`) and `TERM` (`…-direct`, `…256color`) tell how many.
    pub fn of(place: Place, env: impl Fn(&str) -> Option<OsString>) -> Self {
        let said = |name: &str| env(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
        let is_forced = |name: &str| !["", "0"].contains(&said(name).as_str());
        let term = said("TERM");
        if !said("NO_COLOR").is_empty() {
            return Self::None;
        }
        if !is_forced("CLICOLOR_FORCE") && !is_forced("FORCE_COLOR") {
            let is_able = if cfg!(windows) { term != "dumb" } else { !term.is_empty() && term != "dumb" };
            if said("CLICOLOR") == "0" || place == Place::Elsewhere || !is_able {
                return Self::None;
            }
        }
        Self::of_terminal(&term, &said("COLORTERM"))
    }

    fn of_terminal(term: &str, colorterm: &str) -> Self {
        let is_true = ["truecolor", "24bit"].contains(&colorterm) || term.ends_with("-direct");
        // Windows' own consoles say nothing, and have had all colours since 2017.
        if is_true || cfg!(windows) && term.is_empty() {
            Self::True
        } else if term.ends_with("256color") {
            Self::Numbered
        } else {
            Self::Sixteen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Depth::{None, Numbered, Sixteen, True};

    /// What wins over what, in one table: on a terminal, and in a pipe.
    #[cfg(unix)]
    #[test]
    fn what_people_say_wins_over_what_the_terminal_is() {
        type Said = &'static [(&'static str, &'static str)];
        let table: [(Said, Depth, Depth); 22] = [
            (&[("TERM", "xterm")], Sixteen, None),
            (&[("TERM", "xterm-256color")], Numbered, None),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], True, None),
            (&[("TERM", "xterm"), ("COLORTERM", "24bit")], True, None),
            (&[("TERM", "xterm"), ("COLORTERM", "yes")], Sixteen, None),
            (&[("TERM", "xterm-direct")], True, None),
            (&[], None, None),
            (&[("TERM", "")], None, None),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], None, None),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], None, None),
            (&[("TERM", "xterm"), ("NO_COLOR", "0")], None, None),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], Sixteen, None),
            (&[("TERM", "xterm"), ("CLICOLOR", "0")], None, None),
            (&[("TERM", "xterm"), ("CLICOLOR", "1")], Sixteen, None),
            (&[("TERM", "dumb"), ("CLICOLOR", "1")], None, None),
            (&[("TERM", "xterm"), ("CLICOLOR_FORCE", "1")], Sixteen, Sixteen),
            (&[("TERM", "xterm"), ("CLICOLOR_FORCE", "0")], Sixteen, None),
            (&[("TERM", "xterm"), ("CLICOLOR_FORCE", "")], Sixteen, None),
            (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")], Sixteen, Sixteen),
            (&[("FORCE_COLOR", "1"), ("TERM", "xterm-256color")], Numbered, Numbered),
            (&[("FORCE_COLOR", "0"), ("TERM", "xterm")], Sixteen, None),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("TERM", "xterm")], None, None),
        ];
        for (said, terminal, pipe) in table {
            let env = |name: &str| said.iter().find(|(said, _)| *said == name).map(|(_, value)| value.into());
            assert_eq!(Depth::of(Place::Terminal, env), terminal, "{said:?} on a terminal");
            assert_eq!(Depth::of(Place::Elsewhere, env), pipe, "{said:?} in a pipe");
        }
    }
}
