//! How one thing looks, and how people write that: `bold #7aa2f7`, `cyan`, `black on yellow`.

use std::fmt;

use super::colour::Colour;
use super::mistake::Mistake;

/// What letters can be besides coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Heavier.
    Bold,
    /// Paler. How pale is the terminal's: contrast cannot be told.
    Dim,
    /// Slanted.
    Italic,
    /// With a line below.
    Underlined,
    /// With both colours changed for each other.
    Reversed,
}

impl Manner {
    /// Every one, in the order in which they are written.
    pub const ALL: [Self; 5] = [Self::Bold, Self::Dim, Self::Italic, Self::Underlined, Self::Reversed];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Dim => "dim",
            Self::Italic => "italic",
            Self::Underlined => "underlined",
            Self::Reversed => "reversed",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// How one thing looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its colour; `None` is that of ordinary words.
    pub colour: Option<Colour>,
    /// What it stands on; `None` is what everything stands on.
    pub ground: Option<Colour>,
    /// A bit for each manner.
    manners: u8,
}

impl Look {
    /// Looks like ordinary words.
    pub const PLAIN: Self = Self { colour: None, ground: None, manners: 0 };

    /// Returns the look of a colour.
    pub const fn of(colour: Colour) -> Self {
        Self { colour: Some(colour), ..Self::PLAIN }
    }

    /// Returns it on a ground of its own.
    #[must_use]
    pub const fn on(self, ground: Colour) -> Self {
        Self { ground: Some(ground), ..self }
    }

    /// Returns it in a manner besides those that it has.
    #[must_use]
    pub const fn with(self, manner: Manner) -> Self {
        Self { manners: self.manners | manner.bit(), ..self }
    }

    /// Whether it has a manner.
    pub fn has(self, manner: Manner) -> bool {
        self.manners & manner.bit() != 0
    }

    /// Returns the manners that it has.
    pub fn manners(self) -> impl Iterator<Item = Manner> {
        Manner::ALL.into_iter().filter(move |manner| self.has(*manner))
    }

    /// Returns it in other colours.
    #[must_use]
    pub(super) fn in_colours(self, colour: Option<Colour>, ground: Option<Colour>) -> Self {
        Self { colour, ground, ..self }
    }

    /// Returns it without colours.
    #[must_use]
    pub(super) fn colourless(self) -> Self {
        self.in_colours(None, None)
    }

    /// Reads words in any order: a colour, `on` and another, manners; or `none`.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let mut look = Self::PLAIN;
        let mut words = text.split_whitespace();
        let mut is_empty = true;
        while let Some(word) = words.next() {
            is_empty = false;
            let lower = word.to_ascii_lowercase();
            if let Some(manner) = Manner::ALL.into_iter().find(|manner| manner.name() == lower) {
                look = look.with(manner);
                continue;
            }
            match lower.as_str() {
                "none" | "default" => {}
                "on" => {
                    let ground = words.next().ok_or_else(|| Mistake::NothingAfterOn(text.to_owned()))?;
                    put(&mut look.ground, ground, text)?;
                }
                _ => put(&mut look.colour, word, text)?,
            }
        }
        if is_empty { Err(Mistake::NoLook) } else { Ok(look) }
    }
}

/// Puts a colour where there is none yet.
fn put(place: &mut Option<Colour>, word: &str, all: &str) -> Result<(), Mistake> {
    let colour = Colour::parse(word).ok_or_else(|| Mistake::unknown_colour(word))?;
    match place.replace(colour) {
        None => Ok(()),
        Some(_) => Err(Mistake::TwoColours(all.to_owned())),
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let manners = self.manners().map(|manner| manner.name().to_owned());
        let colour = self.colour.map(|colour| colour.to_string());
        let ground = self.ground.map(|ground| format!("on {ground}"));
        let words: Vec<String> = manners.chain(colour).chain(ground).collect();
        f.write_str(if words.is_empty() { "none" } else { "" })?;
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read_as_people_write_it_and_shown_so_that_it_can_be_read() {
        for (text, shown) in [
            ("#7aa2f7", "#7aa2f7"),
            ("  #7aa2f7 BOLD ", "bold #7aa2f7"),
            ("underlined dim cyan on 234", "dim underlined cyan on 234"),
            ("on black", "on black"),
            ("none", "none"),
            ("reversed bold", "bold reversed"),
        ] {
            let look = Look::parse(text).unwrap();
            assert_eq!(look.to_string(), shown);
            assert_eq!(Look::parse(shown).unwrap(), look);
        }
    }

    #[test]
    fn what_is_no_look_is_told_with_what_would_do() {
        let told = |text| {
            let mistake = Look::parse(text).unwrap_err();
            format!("{mistake}; {}", mistake.hint())
        };
        insta::assert_snapshot!(["", "cyam", "#12345", "red blue", "red on", "on red on blue", "bald", "256"].map(told).join("\n"), @r##"
        a look has at least one word; a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255; "none" is as ordinary words are
        "cyam" is no colour; "cyan" is meant? a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255
        "#12345" is no colour; a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255
        "red blue" has two colours for one thing; for example: "bold black on yellow"
        "red on" does not say on what; for example: "bold black on yellow"
        "on red on blue" has two colours for one thing; for example: "bold black on yellow"
        "bald" is no colour; "bold" is meant? a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255
        "256" is no colour; a colour is "#7aa2f7", a name such as "cyan" or "bright-black", or a number to 255
        "##);
    }
}
