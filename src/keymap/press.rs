//! Keys, as they are pressed, as they are written, and as they are read from the settings.

use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::beam::Glyphs;

use KeyCode as K;
use Press::{Char, Ctrl, CtrlKey, Key, Shift, Twice};

/// A key as people press it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// A character, whatever keys it takes.
    Char(char),
    /// A letter with Ctrl.
    Ctrl(char),
    /// A key that is no character.
    Key(KeyCode),
    /// The same with Shift.
    Shift(KeyCode),
    /// The same with Ctrl, which only a line understands.
    CtrlKey(KeyCode),
    /// A character twice in a row.
    Twice(char),
}

impl Press {
    /// Returns what was pressed; `None` for what the pane never listens to.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let held = event.modifiers;
        let ctrl = held.contains(KeyModifiers::CONTROL);
        let alt = held.contains(KeyModifiers::ALT);
        match event.code {
            // AltGr comes as both: it is how some keyboards type a character.
            K::Char(c) if ctrl == alt && !c.is_control() => (ctrl || !alt).then_some(Char(c)),
            K::Char(c) if ctrl => Some(Ctrl(c.to_ascii_lowercase())),
            K::Char(_) => None,
            K::BackTab => Some(Key(K::BackTab)),
            K::Tab if held.contains(KeyModifiers::SHIFT) => Some(Key(K::BackTab)),
            _ if alt => None,
            code if ctrl => Some(CtrlKey(code)),
            code @ (K::Left | K::Right) if held.contains(KeyModifiers::SHIFT) => Some(Shift(code)),
            code => Some(Key(code)),
        }
    }

    /// Returns how it is written on the screen.
    pub fn name(self, glyphs: Glyphs) -> String {
        match self {
            Char(' ') => glyphs.pick("␣", "space").into(),
            Char(c) => c.to_string(),
            Ctrl(c) => format!("C-{c}"),
            Twice(c) => format!("{c}{c}"),
            Key(code) => key_name(code, glyphs),
            Shift(code) => format!("{}{}", glyphs.pick("⇧", "S-"), key_name(code, glyphs)),
            CtrlKey(code) => format!("C-{}", key_name(code, glyphs)),
        }
    }
}

fn key_name(code: KeyCode, glyphs: Glyphs) -> String {
    match code {
        K::Up => glyphs.pick("↑", "up").into(),
        K::Down => glyphs.pick("↓", "down").into(),
        K::Left => glyphs.pick("←", "left").into(),
        K::Right => glyphs.pick("→", "right").into(),
        K::Enter => glyphs.pick("⏎", "enter").into(),
        K::Tab => glyphs.pick("⇥", "tab").into(),
        K::BackTab => glyphs.pick("⇧⇥", "S-tab").into(),
        K::Esc => "esc".into(),
        K::PageDown => "page down".into(),
        K::PageUp => "page up".into(),
        other => other.to_string().to_lowercase(),
    }
}

/// The keys that are no characters, as the settings name them.
const NAMED: &[(&str, KeyCode)] = &[
    ("enter", K::Enter),
    ("tab", K::Tab),
    ("shift-tab", K::BackTab),
    ("esc", K::Esc),
    ("up", K::Up),
    ("down", K::Down),
    ("left", K::Left),
    ("right", K::Right),
    ("home", K::Home),
    ("end", K::End),
    ("page-up", K::PageUp),
    ("page-down", K::PageDown),
    ("insert", K::Insert),
    ("delete", K::Delete),
    ("backspace", K::Backspace),
];

/// What cannot be a key: why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoPress(String);

/// Reads a key as the settings have it: `n`, `G`, `gg`, `space`, `ctrl-r`, `shift-left`, `page-up`, `f5`.
impl FromStr for Press {
    type Err = NoPress;

    fn from_str(written: &str) -> Result<Self, NoPress> {
        let unknown = || {
            NoPress(format!("there is no key \"{written}\": n, G, gg, space, ctrl-r, shift-left, page-up, f5 are some"))
        };
        let mut letters = written.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some(c), None, _) if !c.is_control() && !c.is_whitespace() => return Ok(Char(c)),
            (Some(first), Some(second), None) if first == second && !first.is_whitespace() => return Ok(Twice(first)),
            _ => {}
        }
        let folded = written.to_lowercase();
        if folded == "space" {
            return Ok(Char(' '));
        }
        if let Some(key) = named(&folded) {
            return Ok(Key(key));
        }
        if let Some(held) = folded.strip_prefix("ctrl-").or_else(|| folded.strip_prefix("c-")) {
            let letter = Some(held).filter(|held| held.len() == 1).and_then(|held| held.chars().next());
            return match letter.filter(char::is_ascii_lowercase) {
                // A terminal sends the same for both (ECMA-48, and every terminal since).
                Some('i') => Err(NoPress("a terminal sends the same for ctrl-i and tab: say tab".into())),
                Some('m') => Err(NoPress("a terminal sends the same for ctrl-m and enter: say enter".into())),
                Some(letter) => Ok(Ctrl(letter)),
                None => named(held).map(CtrlKey).ok_or_else(unknown),
            };
        }
        match folded.strip_prefix("shift-") {
            Some("left") => Ok(Shift(K::Left)),
            Some("right") => Ok(Shift(K::Right)),
            _ => Err(unknown()),
        }
    }
}

fn named(name: &str) -> Option<KeyCode> {
    let of_table = NAMED.iter().find(|(known, _)| *known == name).map(|(_, key)| *key);
    let function = || name.strip_prefix('f')?.parse::<u8>().ok().filter(|number| (1..=12).contains(number)).map(K::F);
    of_table.or_else(function)
}

impl Press {
    /// Returns it as the settings have it.
    pub fn written(self) -> String {
        let name = |key: KeyCode| match NAMED.iter().find(|(_, known)| *known == key) {
            Some((name, _)) => (*name).to_owned(),
            None => key.to_string().to_lowercase(),
        };
        match self {
            Char(' ') => "space".to_owned(),
            Char(c) => c.to_string(),
            Twice(c) => format!("{c}{c}"),
            Ctrl(c) => format!("ctrl-{c}"),
            Key(key) => name(key),
            Shift(key) => format!("shift-{}", name(key)),
            CtrlKey(key) => format!("ctrl-{}", name(key)),
        }
    }

    /// Whether it types something into a line.
    pub fn is_text(self) -> bool {
        matches!(self, Char(_) | Twice(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::BINDINGS;

    #[test]
    fn every_key_of_the_table_is_read_as_it_is_written() {
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert_eq!(key.written().parse(), Ok(*key));
        }
        for key in ["f5", "ctrl-page-up", "insert", "\u{fc}", "zz"] {
            assert_eq!(key.parse::<Press>().map(Press::written).as_deref(), Ok(key));
        }
    }

    #[test]
    fn what_no_terminal_tells_apart_or_sends_is_no_key() {
        for (written, says) in [
            ("", "no key"),
            ("nn m", "no key"),
            ("alt-x", "no key"),
            ("shift-up", "no key"),
            ("ctrl-i", "say tab"),
            ("ctrl-m", "say enter"),
            ("ctrl-\u{fc}", "no key"),
            ("f13", "no key"),
        ] {
            let error = written.parse::<Press>().unwrap_err().to_string();
            assert!(error.contains(says), "{written}: {error}");
        }
    }
}
