//! What people wrote, on the command line of a shell: so that it is typed as words, and
//! accepting it runs nothing, expands nothing and opens no quote.
//!
//! What needs no sign of protection is a short list, and all else gets one. A list of what is
//! dangerous would have to know every option of every version of every shell.

use std::fmt::Write as _;

/// A shell that completes commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// GNU bash, from 3.2 on.
    Bash,
    /// zsh, with its `compinit`.
    Zsh,
    /// fish, from 3 on.
    Fish,
    /// PowerShell.
    PowerShell,
    /// Elvish.
    Elvish,
}

/// The quote that stands open where a word is completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// None.
    #[default]
    None,
    /// A `'`.
    Single,
    /// A `"`.
    Double,
}

/// What becomes of the spaces in what is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spaces {
    /// They part words, as if somebody typed them.
    Part,
    /// They belong to one word.
    Belong,
}

impl Shell {
    /// Every shell, as it is called on the command line.
    pub const ALL: [(&'static str, Self); 5] = [
        ("bash", Self::Bash),
        ("zsh", Self::Zsh),
        ("fish", Self::Fish),
        ("powershell", Self::PowerShell),
        ("elvish", Self::Elvish),
    ];

    /// Returns the shell of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, shell)| shell)
    }

    /// Returns text as it is typed in this shell, where that quote stands open; `None` where it
    /// cannot be typed there.
    ///
    /// fish and Elvish are given text as it is, for they protect what they insert themselves;
    /// so does zsh within quotes.
    pub fn typed(self, text: &str, quote: Quote, spaces: Spaces) -> Option<String> {
        match (self, quote) {
            // Its editor keeps bytes that are no characters as these, and writes them as such again
            // (`ZSH_INVALID_WCHAR_BASE` in Src/Zle/zle.h).
            (Self::Zsh, _) if text.contains(|c| ('\u{e000}'..='\u{e0ff}').contains(&c)) => None,
            (Self::Fish | Self::Elvish, _) | (Self::Zsh, Quote::Single | Quote::Double) => Some(text.to_owned()),
            (Self::Bash | Self::Zsh, Quote::None) => Some(behind_backslashes(text, spaces)),
            (Self::Bash, Quote::Single) => Some(closed(text.replace('\'', r"'\''"), '\'')),
            (Self::Bash, Quote::Double) => in_double_quotes(text).map(|typed| closed(typed, '"')),
            (Self::PowerShell, _) => Some(in_single_quotes(text, spaces)),
        }
    }
}

/// Whether a character means nothing to bash and zsh wherever it stands.
fn means_nothing(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | ',' | ':' | '/' | '%' | '@') || !c.is_ascii()
}

fn behind_backslashes(text: &str, spaces: Spaces) -> String {
    let mut typed = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if !(means_nothing(c) || (c == ' ' && spaces == Spaces::Part)) {
            typed.push('\\');
        }
        typed.push(c);
    }
    typed
}

/// Between double quotes a `!` cannot be typed: it recalls a line of the history, and the `\` that
/// keeps it from that stays in the word.
fn in_double_quotes(text: &str) -> Option<String> {
    if text.contains('!') {
        return None;
    }
    let mut typed = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            typed.push('\\');
        }
        typed.push(c);
    }
    Some(typed)
}

/// readline closes a quote itself, unless what it put in ends with such a quote, whatever that is.
fn closed(mut typed: String, quote: char) -> String {
    if typed.ends_with(quote) {
        typed.push(quote);
    }
    typed
}

/// PowerShell takes four more characters for a `'`, and each must be doubled between quotes; and
/// it takes long dashes for a `-`.
fn in_single_quotes(text: &str, spaces: Spaces) -> String {
    if spaces == Spaces::Part && text.contains(' ') {
        let words = text.split(' ').map(|word| in_single_quotes(word, Spaces::Belong));
        return words.collect::<Vec<_>>().join(" ");
    }
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '/' | '+' | '%' | '-');
    let begins_so = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-');
    if text.chars().all(is_plain) && text.starts_with(begins_so) {
        return text.to_owned();
    }
    let mut typed = String::from("'");
    for c in text.chars() {
        let _ = match c {
            '\'' | '\u{2018}'..='\u{201b}' => write!(typed, "{c}{c}"),
            c => write!(typed, "{c}"),
        };
    }
    typed.push('\'');
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_obey_stands_behind_a_sign() {
        let typed = |shell: Shell, text: &str| shell.typed(text, Quote::None, Spaces::Part).unwrap();
        assert_eq!(typed(Shell::Bash, "a $(x) `y` b"), r"a \$\(x\) \`y\` b");
        assert_eq!(typed(Shell::Zsh, "=ls ~ * [a]"), r"\=ls \~ \* \[a\]");
        assert_eq!(typed(Shell::Bash, "1:1 café +team @9:30"), "1:1 café +team @9:30");
        assert_eq!(typed(Shell::PowerShell, "it's ‘so’ @1 (x)"), "'it''s' '‘‘so’’' '@1' '(x)'");
        assert_eq!(Shell::Bash.typed("a b", Quote::None, Spaces::Belong).unwrap(), r"a\ b");
        assert_eq!(Shell::PowerShell.typed("a b", Quote::None, Spaces::Belong).unwrap(), "'a b'");
    }

    #[test]
    fn within_quotes_it_is_what_those_quotes_take() {
        assert_eq!(Shell::Bash.typed("it's", Quote::Single, Spaces::Belong).unwrap(), r"it'\''s");
        assert_eq!(Shell::Bash.typed("a \"$b\"", Quote::Double, Spaces::Belong).unwrap(), r#"a \"\$b\"""#);
        assert_eq!(Shell::Bash.typed("now!", Quote::Double, Spaces::Belong), None);
    }
}
