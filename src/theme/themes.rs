//! The themes there are to choose from, and the one that is chosen.

use std::cell::OnceCell;

use super::{BUILT_IN, Depth, Mistake, Theme};

/// The themes there are to choose from: those that come with it, and the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes {
    all: Vec<(String, Theme)>,
    chosen: usize,
    depth: Depth,
    /// What is shown: finding the nearest of 256 colours would cost every frame.
    shown: OnceCell<Theme>,
}

impl Themes {
    /// Offers those that come with it, for where there are so many colours; the usual one is chosen.
    pub fn new(depth: Depth) -> Self {
        let all = BUILT_IN.iter().map(|known| (known.name.to_owned(), known.theme)).collect();
        Self { all, chosen: 0, depth, shown: OnceCell::new() }
    }

    /// Offers one of the user's own besides. One of the same name is replaced.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, theme: Theme) -> Self {
        let name = name.into();
        match self.all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = theme,
            None => self.all.push((name, theme)),
        }
        self.shown = OnceCell::new();
        self
    }

    /// Chooses one by its name.
    pub fn choose(&mut self, name: &str) -> Result<(), Mistake> {
        let at = self.all.iter().position(|(known, _)| known == name);
        self.chosen = at.ok_or_else(|| Mistake::unknown_theme(name))?;
        self.shown = OnceCell::new();
        Ok(())
    }

    /// Chooses the next, after the last the first.
    pub fn turn(&mut self) {
        self.chosen = (self.chosen + 1) % self.all.len().max(1);
        self.shown = OnceCell::new();
    }

    /// Returns the name of the one that is chosen.
    pub fn name(&self) -> &str {
        self.all.get(self.chosen).map_or("", |(name, _)| name)
    }

    /// Returns what is shown of the one that is chosen, where a ground can be painted.
    pub fn shown(&self) -> Theme {
        *self.shown.get_or_init(|| self.own().fitted(self.depth))
    }

    /// Returns what is shown of it line by line; `None` where nothing is to be coloured.
    pub fn printed(&self) -> Option<Theme> {
        (self.depth != Depth::None).then(|| self.own().printed().fitted(self.depth))
    }

    /// Whether the one that is chosen gives way to the usual one, for want of colours.
    pub fn gives_way(&self) -> bool {
        self.depth == Depth::Sixteen && self.shown() != self.own()
    }

    /// Returns how many colours there are.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Returns the same choice for where there are so many colours.
    #[must_use]
    pub fn at(&self, depth: Depth) -> Self {
        Self { depth, shown: OnceCell::new(), ..self.clone() }
    }

    fn own(&self) -> Theme {
        self.all.get(self.chosen).map_or(Theme::ANSI, |(_, theme)| *theme)
    }
}
