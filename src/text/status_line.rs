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
    /// starship, as a custom module.
    Starship,
    /// waybar, as a custom module with `"return-type": "json"`.
    Waybar,
    /// polybar, as a module of type `custom/script`.
    Polybar,
    /// i3blocks, as a block with `format=json`.
    I3blocks,
    /// `SwiftBar`, and xbar, whose plugins it runs.
    Swiftbar,
    /// The prompt of bash, zsh or fish.
    Prompt,
}

impl Host {
    /// Every host, as it is called on the command line.
    pub const ALL: [(&'static str, Self); 7] = [
        ("tmux", Self::Tmux),
        ("starship", Self::Starship),
        ("waybar", Self::Waybar),
        ("polybar", Self::Polybar),
        ("i3blocks", Self::I3blocks),
        ("swiftbar", Self::Swiftbar),
        ("prompt", Self::Prompt),
    ];

    /// Returns a line in which the host finds nothing to obey.
    pub fn safe(self, line: &str) -> String {
        self.safe_before(line, "")
    }

    /// Returns a text in which the host finds nothing to obey, where `next` stands right behind it: that is the
    /// host's own, and stays as it is.
    pub fn safe_before(self, text: &str, next: &str) -> String {
        match self {
            Self::Tmux => for_tmux(&terminal_safe(text).to_string(), next),
            Self::Waybar | Self::I3blocks => markup_safe(text).to_string(),
            Self::Starship | Self::Prompt => terminal_safe(text).to_string().chars().map(look_alike).collect(),
            // There is no escape for a tag of polybar's (polybar/polybar#2748): it is broken up.
            Self::Polybar => {
                let mut safe = terminal_safe(text).to_string().replace("%{", "% {");
                if safe.ends_with('%') && next.starts_with('{') {
                    safe.push(' ');
                }
                safe
            }
            Self::Swiftbar => for_swiftbar(&terminal_safe(text).to_string()),
        }
    }

    /// Whether a character may make something that the host obeys of what stands right behind it.
    pub fn may_obey(self, c: char) -> bool {
        match self {
            Self::Tmux => c == '#',
            Self::Starship | Self::Prompt => look_alike(c) != c,
            Self::Polybar => c == '%',
            Self::Swiftbar => c == '-' || c == '~',
            Self::Waybar | Self::I3blocks => c == '&' || c == '<',
        }
    }

    /// Whether a shell reads the line as a part of its prompt: then no `%` can stand in it.
    pub fn is_prompt(self) -> bool {
        matches!(self, Self::Starship | Self::Prompt)
    }
}

/// tmux reads what `#(…)` printed as a format and then as styles (`format_expand1` and
/// `format_draw` of its sources; strftime it does not apply): `#S`, `#{…}`, `#[…]`. Either
/// makes one `#` of two; but the first leaves those alone that stand before a `[`.
fn for_tmux(text: &str, next: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('#') {
        let (plain, from) = rest.split_at(at);
        let after = from.trim_start_matches('#');
        let marks = from.len() - after.len();
        let follows = if after.is_empty() { next.trim_start_matches('#') } else { after };
        safe.push_str(plain);
        safe.push_str(&"#".repeat(marks * if follows.starts_with('[') { 2 } else { 4 }));
        rest = after;
    }
    safe.push_str(rest);
    safe
}

/// The first `|` of a line begins its parameters, and there is no escape for one; a line that
/// begins with `--` belongs to a menu inside the menu, `---` ends the bar's own line, and
/// `~~~` begins a stream anew (`SwiftBar`'s README, «Plugin API» and «Streamable»; its
/// `MenuLineParameters.swift`; xbar's README has the first three).
fn for_swiftbar(text: &str) -> String {
    text.replace('|', "\u{a6}").replace("--", "\u{2010}\u{2010}").replace("~~", "\u{223c}\u{223c}")
}

/// Returns a character that looks much the same and means nothing to a shell.
///
/// The output of a command in `PS1` is expanded by zsh (`prompt_subst`, zshmisc(1), «Expansion of
/// prompt sequences»: first the command, then `%`), and by bash where `PROMPT_COMMAND` puts it there (bash(1),
/// «PROMPTING»: escapes with `\`, then expansions). A custom module's output is such a part. starship
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
        assert_eq!(Host::Prompt.safe("23 % $(x)"), "23 ٪ ＄(x)");
        assert_eq!(Host::Polybar.safe("23 % %{F#f00}"), "23 % % {F#f00}");
        assert_eq!(Host::I3blocks.safe("<b>&"), "&lt;b&gt;&amp;");
        assert_eq!(Host::Swiftbar.safe("---x | bash=rm ~~~"), "‐‐-x ¦ bash=rm ∼∼~");
        for (name, host) in Host::ALL {
            assert!(crate::text::is_harmless(&host.safe("\u{1b}[2J\u{202e}\n")), "{name}");
        }
    }

    /// Caught when `next` was not looked at: the style was not obeyed, and the tag was one.
    #[test]
    fn what_is_written_for_the_host_behind_a_text_means_what_it_did() {
        assert_eq!(Host::Tmux.safe_before("#", "#[fg=red]"), "##");
        assert_eq!(Host::Tmux.safe_before("#", "x"), "####");
        assert_eq!(Host::Polybar.safe_before("23 %", "{x}"), "23 % ");
        assert_eq!(Host::Polybar.safe_before("23 %", "%{F-}"), "23 %");
    }
}
