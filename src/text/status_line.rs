//! What people wrote, in a line that another program shows: a bar, a prompt.
//!
//! Each of these programs reads the line that a command prints as one of its own, so it obeys
//! what stands there. [`Host::safe`] is given a whole line (the kinds of ASCII are `#`, shares
//! have a `%`) and returns one that the host shows as it was meant.

use super::markup::markup_safe;
use super::terminal_safe;

/// A program that shows what `status` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// tmux, in `status-right '#(…)'`.
    Tmux,
    /// waybar, as a custom module with `"return-type": "json"`.
    Waybar,
    /// starship, as a custom module.
    Starship,
    /// polybar, as a module of type `custom/script`.
    Polybar,
}

impl Host {
    /// Every host, as it is called on the command line.
    pub const ALL: [(&'static str, Self); 4] =
        [("tmux", Self::Tmux), ("waybar", Self::Waybar), ("starship", Self::Starship), ("polybar", Self::Polybar)];

    /// Returns a line in which the host finds nothing to obey.
    pub fn safe(self, line: &str) -> String {
        match self {
            Self::Tmux => for_tmux(&terminal_safe(line).to_string()),
            Self::Waybar => markup_safe(line).to_string(),
            Self::Starship => terminal_safe(line).to_string().chars().map(look_alike).collect(),
            // There is no escape for a tag of polybar's (polybar/polybar#2748): it is broken up.
            Self::Polybar => terminal_safe(line).to_string().replace("%{", "% {"),
        }
    }
}

/// tmux reads what `#(…)` printed as a format and then as styles (`format_expand1` and
/// `format_draw` of its sources; strftime it does not apply): `#S`, `#{…}`, `#[…]`. Either
/// makes one `#` of two; but the first leaves those alone that stand before a `[`.
fn for_tmux(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('#') {
        let (plain, from) = rest.split_at(at);
        let after = from.trim_start_matches('#');
        let marks = from.len() - after.len();
        safe.push_str(plain);
        safe.push_str(&"#".repeat(marks * if after.starts_with('[') { 2 } else { 4 }));
        rest = after;
    }
    safe.push_str(rest);
    safe
}

/// Returns a character that looks much the same and means nothing to a shell.
///
/// A custom module's output is a part of the prompt, which bash and zsh expand. starship
/// escapes it since 1.20.0 (GHSA-vx24-x4mv-vwr5) and did not before: what is doubled for
/// the one stands there twice in the other. So none of these characters leaves.
fn look_alike(c: char) -> char {
    match c {
        '%' => '\u{066a}',
        '$' => '\u{ff04}',
        '`' => '\u{02cb}',
        '\\' => '\u{29f5}',
        '!' => '\u{01c3}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The hosts themselves are asked in tests/hostile/hosts.rs, where they are there.
    #[test]
    fn what_a_host_obeys_is_only_text_in_it() {
        assert_eq!(Host::Tmux.safe("#S ##{x} #[fg=red]"), "####S ########{x} ##[fg=red]");
        assert_eq!(Host::Waybar.safe("<b>&"), "&lt;b&gt;&amp;");
        assert_eq!(Host::Starship.safe("23 % $(x) `x` \\u !!"), "23 ٪ ＄(x) ˋxˋ ⧵u ǃǃ");
        assert_eq!(Host::Polybar.safe("23 % %{F#f00}"), "23 % % {F#f00}");
        for (name, host) in Host::ALL {
            assert!(crate::text::is_harmless(&host.safe("\u{1b}[2J\u{202e}\n")), "{name}");
        }
    }
}
