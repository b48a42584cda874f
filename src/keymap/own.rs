//! The keys as they are set: those of the table, and what the settings have in their place.

use std::borrow::Cow;

use super::{Action, BINDINGS, Binding, Context, Group, Press};
use crate::beam::Glyphs;

/// Which keys do what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The names of the actions that have other keys than in the table.
    own: Vec<(&'static str, Vec<Press>)>,
}

/// Why an action cannot have a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// There is no such action.
    #[error("there is no action \"{0}\"")]
    NoAction(String),
    /// Without a key nobody could leave.
    #[error("{0} needs a key: without one nobody could leave")]
    Needed(&'static str),
    /// It is typed into lines.
    #[error("{0} cannot be {1}, which is typed into lines: use a key with ctrl, or one that is no character")]
    Typed(&'static str, String),
    /// It does something else already.
    #[error("{0} cannot be {1} too, which is the key for {2}")]
    Taken(&'static str, String, &'static str),
}

impl Keymap {
    /// Gives an action other keys than those of the table.
    pub fn set(&mut self, name: &str, keys: Vec<Press>) -> Result<(), NoKey> {
        let binding = BINDINGS.iter().find(|binding| binding.name == name);
        let binding = binding.ok_or_else(|| NoKey::NoAction(name.to_owned()))?;
        if keys.is_empty() && matches!(binding.action, Action::Close | Action::Accept) {
            return Err(NoKey::Needed(binding.name));
        }
        let is_in_lines = binding.contexts.iter().any(|context| context.is_line());
        if let Some(key) = keys.iter().find(|key| is_in_lines && key.is_text()) {
            return Err(NoKey::Typed(binding.name, key.written()));
        }
        self.own.retain(|(named, _)| *named != binding.name);
        if keys != binding.keys {
            self.own.push((binding.name, keys));
        }
        Ok(())
    }

    /// Returns every key that would mean two things where it is pressed; of two actions that
    /// were both set, the later one is told.
    pub fn clashes(&self) -> Vec<NoKey> {
        let mut clashes = Vec::new();
        for (at, (name, keys)) in self.own.iter().enumerate() {
            let Some(binding) = BINDINGS.iter().find(|binding| binding.name == *name) else { continue };
            let is_told_later = |other: &Binding| self.own.iter().skip(at).any(|(name, _)| *name == other.name);
            let meets = |other: &Binding| other.contexts.iter().any(|context| binding.contexts.contains(context));
            for other in BINDINGS.iter().filter(|other| meets(other) && !is_told_later(other)) {
                let both = keys.iter().find(|key| self.keys(other).contains(key));
                clashes.extend(both.map(|key| NoKey::Taken(binding.name, key.written(), other.name)));
            }
        }
        clashes
    }

    /// Returns the actions that have other keys than in the table, and these keys.
    pub fn own(&self) -> impl Iterator<Item = (&'static str, &[Press])> {
        self.own.iter().map(|(name, keys)| (*name, keys.as_slice()))
    }

    /// Returns the keys of a row of the table, the one to show first.
    pub fn keys(&self, binding: &Binding) -> Cow<'static, [Press]> {
        match self.own.iter().find(|(name, _)| *name == binding.name) {
            Some((_, keys)) => keys.clone().into(),
            None => binding.keys.into(),
        }
    }

    /// Returns what a key does in a context; `before` is the key pressed just before it.
    pub fn action(&self, context: Context, press: Press, before: Option<Press>) -> Option<Action> {
        let twice = match (before, press) {
            (Some(Press::Char(first)), Press::Char(second)) if first == second => Some(Press::Twice(first)),
            _ => None,
        };
        let bound = |press| {
            let does = |binding: &&Binding| binding.contexts.contains(&context) && self.keys(binding).contains(&press);
            BINDINGS.iter().find(does).map(|binding| binding.action)
        };
        twice.and_then(bound).or_else(|| bound(press))
    }

    /// Returns the first key of an action in a context as it is written on the screen.
    pub fn name(&self, context: Context, action: Action, glyphs: Glyphs) -> Option<String> {
        let mut rows = BINDINGS.iter().filter(|row| row.action == action && row.contexts.contains(&context));
        rows.find_map(|row| self.keys(row).first().map(|key| key.name(glyphs)))
    }

    /// Returns the keys of a row of the table as they are written on the screen.
    pub fn names(&self, binding: &Binding, glyphs: Glyphs) -> String {
        self.keys(binding).iter().map(|key| key.name(glyphs)).collect::<Vec<_>>().join(" ")
    }

    /// Returns a sentence of ours with keys where it has the names of actions: `{now} starts something`
    /// is `n starts something`. What has no key is found by its name: `:now`.
    pub fn told(&self, sentence: &'static str, glyphs: Glyphs) -> String {
        let mut told = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            told.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let row = BINDINGS.iter().find(|row| row.name == name);
            let key = row.and_then(|row| self.keys(row).first().copied());
            told.push_str(&key.map_or_else(|| format!(":{name}"), |key| key.name(glyphs)));
            rest = after;
        }
        told + rest
    }

    /// Whether the first press of a key that is pressed twice for something does nothing by itself.
    pub fn is_first_of_two(&self, press: Press) -> bool {
        let Press::Char(c) = press else { return false };
        BINDINGS.iter().any(|binding| self.keys(binding).contains(&Press::Twice(c)))
    }
}

/// Returns the names of the actions that can have other keys.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    BINDINGS.iter().map(|binding| binding.name)
}

/// Returns the actions as `keys` in the settings is documented: name, keys, what it does.
pub fn listed() -> impl Iterator<Item = (&'static Binding, String)> {
    let shown = BINDINGS.iter().filter(|binding| binding.group != Group::Line);
    shown.map(|binding| (binding, binding.keys.iter().map(|key| key.written()).collect::<Vec<_>>().join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(written: &str) -> Press {
        written.parse().unwrap()
    }

    #[test]
    fn a_key_that_was_set_does_it_and_the_one_of_the_table_no_more() {
        let mut keymap = Keymap::default();
        keymap.set("now", vec![key("x"), key("ctrl-n")]).unwrap();
        assert_eq!(keymap.clashes(), []);
        let does = |keymap: &Keymap, written| keymap.action(Context::Day, key(written), None);
        assert_eq!(does(&keymap, "x"), Some(Action::Now));
        assert_eq!(does(&keymap, "ctrl-n"), Some(Action::Now));
        assert_eq!(does(&keymap, "n"), None);
        assert_eq!(keymap.name(Context::Day, Action::Now, Glyphs::Unicode).as_deref(), Some("x"));
        keymap.set("now", vec![key("n")]).unwrap();
        assert_eq!(keymap, Keymap::default(), "what is as in the table is not kept");
    }

    #[test]
    fn two_keys_may_change_places_but_one_cannot_mean_two_things() {
        let mut keymap = Keymap::default();
        keymap.set("now", vec![key("w")]).unwrap();
        assert_eq!(keymap.clashes(), [NoKey::Taken("now", "w".into(), "catch-up")]);
        keymap.set("back", vec![key("w")]).unwrap();
        let of_back = ["catch-up", "now"].map(|other| NoKey::Taken("back", "w".into(), other));
        assert_eq!(keymap.clashes().len(), 3, "each once");
        assert!(of_back.iter().all(|clash| keymap.clashes().contains(clash)), "{:?}", keymap.clashes());
        keymap.set("back", vec![key("b")]).unwrap();
        keymap.set("catch-up", vec![key("n")]).unwrap();
        assert_eq!(keymap.clashes(), []);
        assert_eq!(keymap.action(Context::Day, key("n"), None), Some(Action::CatchUp));
    }

    /// Catches: a letter that nobody can type into a line any more, a line that nobody can leave.
    #[test]
    fn lines_can_be_typed_into_and_left_whatever_is_set() {
        let mut keymap = Keymap::default();
        assert!(matches!(keymap.set("accept", vec![key("x")]), Err(NoKey::Typed("accept", _))));
        assert!(matches!(keymap.set("suspend", vec![key("z")]), Err(NoKey::Typed(..))));
        assert_eq!(keymap.set("close", vec![]), Err(NoKey::Needed("close")));
        assert_eq!(keymap.set("accept", vec![]), Err(NoKey::Needed("accept")));
        assert_eq!(keymap.set("quit", vec![]), Ok(()), "the palette has it");
        assert!(matches!(keymap.set("jump", vec![]), Err(NoKey::NoAction(_))));
    }

    #[test]
    fn sentences_name_the_keys_as_they_are_set() {
        let mut keymap = Keymap::default();
        let told = |keymap: &Keymap| keymap.told("{now} says what you do now, {fold} folds", Glyphs::Unicode);
        assert_eq!(told(&keymap), "n says what you do now, z folds");
        keymap.set("now", vec![key("space")]).unwrap();
        keymap.set("fold", vec![]).unwrap();
        assert_eq!(told(&keymap), "␣ says what you do now, :fold folds");
    }

    #[test]
    fn a_pair_is_set_like_any_key() {
        let mut keymap = Keymap::default();
        keymap.set("first", vec![key("zz")]).unwrap();
        assert_eq!(keymap.action(Context::Day, key("z"), Some(key("z"))), Some(Action::First));
        assert!(keymap.is_first_of_two(key("z")) && !keymap.is_first_of_two(key("g")));
    }
}
