//! Themes of the user's own.

use super::Config;
use super::mistake::{Mistake, Taken, all, meant};
use super::tree::{Node, Row};
use super::value::rows;
use crate::theme::{Depth, Theme, Themes};

/// The name in a theme of what it is made over.
const BASED_ON: &str = "based_on";

/// A theme of the user's own, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTheme {
    /// Its name.
    pub name: String,
    /// What is set in it, and to what: `made`, `bold #7aa2f7`.
    pub rows: Vec<(String, String)>,
    /// What comes of it.
    pub theme: Theme,
}

impl OwnTheme {
    /// Reads one; where anything in it is wrong, all of that is told.
    pub(super) fn of(row: &Row) -> Taken<Self> {
        let inner = rows(&row.node, "a table of roles and looks")?;
        let mut theme = match inner.iter().find(|inner| inner.name == BASED_ON) {
            Some(base) => base_of(base)?,
            None => Theme::default(),
        };
        let set = inner.iter().map(|inner| {
            let look = inner.node.text().ok_or_else(|| inner.node.instead("a look such as \"bold #7aa2f7\""))?;
            if inner.name != BASED_ON {
                theme.set(&inner.name, look).map_err(|wrong| {
                    let at = if wrong.is_about_the_name() { &inner.at } else { &inner.node.at };
                    Mistake::at(at.clone(), format!(".{}: {wrong}", row.name)).hint(wrong.hint())
                })?;
            }
            Ok((inner.name.clone(), look.to_owned()))
        });
        let rows = all(set)?;
        Ok(Self { name: row.name.clone(), rows, theme })
    }
}

fn base_of(row: &Row) -> Taken<Theme> {
    let name = row.node.text().ok_or_else(|| row.node.instead("the name of a theme"))?;
    let unknown = || {
        let message = format!(" has no theme \"{name}\" to be based on");
        Mistake::at(row.node.at.clone(), message).hint(meant(name, Theme::NAMES.into_iter()))
    };
    Ok(Theme::named(name).ok_or_else(unknown)?)
}

impl Config {
    /// Returns the themes there are to choose from, the wanted one chosen, for so many colours.
    pub fn themes(&self, depth: Depth) -> Themes {
        let own = self.own_themes.iter();
        let mut themes = own.fold(Themes::new(depth), |themes, own| themes.with(own.name.clone(), own.theme));
        // That there is one was checked when it was read; else the usual one is shown.
        let _ = themes.choose(&self.theme);
        themes
    }

    /// Answers whether there is a theme of the name that is set at `node`.
    pub(super) fn check_theme(&self, node: &Node) -> Result<(), Mistake> {
        let own = self.own_themes.iter().map(|own| own.name.as_str());
        let names = Theme::NAMES.into_iter().chain(own);
        if names.clone().any(|name| name == self.theme) {
            return Ok(());
        }
        let message = format!("there is no theme \"{}\"", self.theme);
        Err(Mistake::at(node.at.clone(), message).hint(meant(&self.theme, names)))
    }
}
