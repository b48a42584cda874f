//! How each role looks: one table for the pane and for what is printed.
//!
//! A [`Theme`] is a value; it paints nothing. [`Depth`] says how many colours there are where it is
//! shown, and [`Theme::fitted`] makes of it what can be shown there. Who paints turns a [`Look`] into
//! what the terminal is told.

mod built_in;
mod colour;
mod contrast;
mod depth;
mod look;
mod mistake;
#[cfg(test)]
mod tests;
mod themes;

use std::fmt;

pub use built_in::{BUILT_IN, BuiltIn, NAMES};
pub use colour::Colour;
pub use contrast::{Rgb, SHAPES, WORDS};
pub use depth::{Depth, Place};
pub use look::{Look, Manner};
pub use mistake::Mistake;
pub use themes::Themes;

use crate::beam::Role;

/// For which terminals a theme is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// It paints a dark ground.
    Dark,
    /// It paints a light ground.
    Light,
    /// It stands on the terminal's own ground.
    Either,
}

impl Shade {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Either => "either",
        }
    }
}

/// Every role by its name in the settings.
pub const ROLES: [(&str, Role); 9] = [
    ("plain", Role::Plain),
    ("made", Role::Made),
    ("shaped", Role::Shaped),
    ("taken-in", Role::TakenIn),
    ("off", Role::Off),
    ("rail", Role::Rail),
    ("faint", Role::Faint),
    ("strong", Role::Strong),
    ("alert", Role::Alert),
];

/// The name of what everything stands on.
pub const BACKGROUND: &str = "background";
/// The name of what is chosen in a list.
pub const CHOSEN: &str = "chosen";

/// How each role looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    plain: Look,
    made: Look,
    shaped: Look,
    taken_in: Look,
    off: Look,
    rail: Look,
    faint: Look,
    strong: Look,
    alert: Look,
    chosen: Look,
    /// What everything stands on; `None` is the terminal's own.
    background: Option<Colour>,
}

impl Default for Theme {
    fn default() -> Self {
        Self::ANSI
    }
}

impl Theme {
    /// The terminal's own sixteen colours.
    pub const ANSI: Self = built_in::ANSI;
    /// No colours.
    pub const MONO: Self = built_in::MONO;
    /// The names of those that come with it.
    pub const NAMES: [&'static str; NAMES.len()] = NAMES;

    /// Returns one of those that come with it.
    ///
    /// ```
    /// use tiltmeter::theme::Theme;
    ///
    /// let mut mine = Theme::named("dusk").unwrap();
    /// mine.set("made", "bold #7aa2f7").unwrap();
    /// assert_eq!(mine.set("mad", "cyan").unwrap_err().to_string(), "nothing in a theme is called \"mad\"");
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        BUILT_IN.iter().find(|known| known.name == name).map(|known| known.theme)
    }

    /// Sets how one thing looks, all of it: `bold #7aa2f7`, `cyan`, `12`, `none`; of the background, a colour.
    pub fn set(&mut self, name: &str, look: &str) -> Result<(), Mistake> {
        let name = name.replace('_', "-");
        if name == BACKGROUND {
            return self.set_background(look);
        }
        let role = ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role);
        let place = match role {
            Some(role) => self.place(role),
            None if name == CHOSEN => &mut self.chosen,
            None => return Err(Mistake::unknown_part(&name)),
        };
        *place = Look::parse(look)?;
        Ok(())
    }

    fn set_background(&mut self, text: &str) -> Result<(), Mistake> {
        let look = Look::parse(text)?;
        if look != Look::PLAIN.in_colours(look.colour, None) {
            return Err(Mistake::NoGround(text.to_owned()));
        }
        self.background = look.colour;
        Ok(())
    }

    /// Returns how a role looks.
    pub fn look(&self, role: Role) -> Look {
        match role {
            Role::Plain => self.plain,
            Role::Made => self.made,
            Role::Shaped => self.shaped,
            Role::TakenIn => self.taken_in,
            Role::Off => self.off,
            Role::Rail => self.rail,
            Role::Faint => self.faint,
            Role::Strong => self.strong,
            Role::Alert => self.alert,
        }
    }

    fn place(&mut self, role: Role) -> &mut Look {
        match role {
            Role::Plain => &mut self.plain,
            Role::Made => &mut self.made,
            Role::Shaped => &mut self.shaped,
            Role::TakenIn => &mut self.taken_in,
            Role::Off => &mut self.off,
            Role::Rail => &mut self.rail,
            Role::Faint => &mut self.faint,
            Role::Strong => &mut self.strong,
            Role::Alert => &mut self.alert,
        }
    }

    /// Returns how what is chosen in a list looks.
    pub fn chosen(&self) -> Look {
        self.chosen
    }

    /// Returns what everything stands on; `None` is the terminal's own.
    pub fn background(&self) -> Option<Colour> {
        self.background
    }

    /// Returns what is shown of it line by line, where no ground can be painted: itself if it paints
    /// none, else the terminal's own colours, for its colours were chosen for its ground.
    #[must_use]
    pub fn printed(&self) -> Self {
        if self.background.is_some() { Self::ANSI } else { *self }
    }

    /// Returns what can be shown of it with so many colours.
    ///
    /// Of 256 the nearest is taken that is as readable. Where there are only the user's own sixteen, nothing
    /// is known of how they look together, so a theme with any other colour gives way to [`Theme::ANSI`].
    #[must_use]
    pub fn fitted(&self, depth: Depth) -> Self {
        match depth {
            Depth::True => *self,
            Depth::Numbered => self.numbered(),
            Depth::Sixteen if self.colours().all(Colour::is_one_of_sixteen) => *self,
            Depth::Sixteen => Self::ANSI,
            Depth::None => self.colourless(),
        }
    }

    fn colours(&self) -> impl Iterator<Item = Colour> {
        let looks = ROLES.map(|(_, role)| self.look(role)).into_iter().chain([self.chosen]);
        looks.flat_map(|look| [look.colour, look.ground]).chain([self.background]).flatten()
    }

    /// Returns it with the nearest of the 256 colours, each as readable on its ground as it was, or as it must be.
    fn numbered(&self) -> Self {
        let nearest = |ground: Option<Colour>| ground.map(|ground| ground.nearest_numbered(|_| true));
        let background = nearest(self.background);
        let fit = |look: Look, must: f64| {
            let before = look.ground.or(self.background).and_then(Colour::rgb);
            let ground = nearest(look.ground);
            let after = ground.or(background).and_then(Colour::rgb);
            let contrast = |ground: Option<Rgb>, colour| ground.map_or(must, |ground| ground.contrast(colour));
            let colour = look.colour.map(|colour| {
                let was = colour.rgb().map_or(must, |colour| contrast(before, colour));
                colour.nearest_numbered(|near| contrast(after, near) >= was.min(must))
            });
            look.in_colours(colour, ground)
        };
        let mut theme = Self { background, chosen: fit(self.chosen, WORDS), ..*self };
        for (_, role) in ROLES {
            *theme.place(role) = fit(self.look(role), least(role));
        }
        theme
    }

    fn colourless(&self) -> Self {
        let mut theme = *self;
        for (_, role) in ROLES {
            *theme.place(role) = self.look(role).colourless();
        }
        // What stood out by its colours alone is chosen all the same.
        theme.chosen = self.chosen.colourless().with(Manner::Reversed);
        Self { background: None, ..theme }
    }

    /// Returns what in it is hard to read, by measure. Nothing is said of what depends on the user's terminal.
    pub fn weak(&self) -> Vec<Weak> {
        let roles = ROLES.map(|(name, role)| (name, self.look(role), least(role)));
        roles.into_iter().chain([(CHOSEN, self.chosen, WORDS)]).filter_map(|part| self.weakness(part)).collect()
    }

    fn weakness(&self, (name, look, least): (&'static str, Look, f64)) -> Option<Weak> {
        let colour = look.colour.or(self.plain.colour);
        let ground = look.ground.or(self.background);
        match (colour, ground) {
            // Half of the pair is the terminal's own, and half is not: on some it cannot be read at all.
            (None, Some(ground)) => Some(Weak::Unsaid { name, ground }),
            (Some(colour), Some(ground)) => {
                let contrast = colour.rgb()?.contrast(ground.rgb()?);
                (contrast < least).then_some(Weak::Faint { name, colour, ground, contrast, least })
            }
            (_, None) => None,
        }
    }
}

/// Returns the least contrast of a role: rails are shapes, all others are words too.
pub fn least(role: Role) -> f64 {
    if role == Role::Rail { SHAPES } else { WORDS }
}

/// What in a theme is hard to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weak {
    /// Its contrast is less than it must be.
    Faint {
        /// What it is.
        name: &'static str,
        /// Its colour.
        colour: Colour,
        /// What it stands on.
        ground: Colour,
        /// The contrast of both.
        contrast: f64,
        /// The least that does.
        least: f64,
    },
    /// It is in the terminal's own colour on a ground that is not.
    Unsaid {
        /// What it is.
        name: &'static str,
        /// What it stands on.
        ground: Colour,
    },
}

impl fmt::Display for Weak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faint { name, colour, ground, contrast, least } => {
                // Rounded down, so that nothing is said to have what it lacks.
                let contrast = (contrast * 10.0).floor() / 10.0;
                write!(f, "{name}: {colour} on {ground} has a contrast of {contrast:.1}, and needs {least:.1}")
            }
            Self::Unsaid { name, ground } => {
                write!(f, "{name}: the terminal's own colour on {ground} may not be readable; say a colour for plain")
            }
        }
    }
}
