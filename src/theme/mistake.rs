//! What is wrong with a theme of somebody's own, in words.

use super::colour::NAMES as COLOURS;
use super::look::Manner;
use super::{BACKGROUND, CHOSEN, NAMES, ROLES};

/// What is wrong with a theme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// There is no theme of this name.
    #[error("there is no theme {:?}", .name)]
    UnknownTheme {
        /// What was written.
        name: String,
        /// What it may have been meant to be.
        nearest: Option<&'static str>,
    },
    /// There is nothing of this name that has a look.
    #[error("nothing in a theme is called {:?}", .name)]
    UnknownPart {
        /// What was written.
        name: String,
        /// What it may have been meant to be.
        nearest: Option<&'static str>,
    },
    /// This is no colour, and no other word of a look.
    #[error("{:?} is no colour", .word)]
    UnknownColour {
        /// What was written.
        word: String,
        /// What it may have been meant to be.
        nearest: Option<&'static str>,
    },
    /// A look has two colours for one thing.
    #[error("{0:?} has two colours for one thing")]
    TwoColours(String),
    /// A look says `on`, and not on what.
    #[error("{0:?} does not say on what")]
    NothingAfterOn(String),
    /// A look says nothing.
    #[error("a look has at least one word")]
    NoLook,
    /// A background is a colour and nothing else.
    #[error("a background is one colour, not {0:?}")]
    NoGround(String),
}

impl Mistake {
    /// Says that there is no theme of a name.
    pub fn unknown_theme(name: &str) -> Self {
        Self::UnknownTheme { name: name.to_owned(), nearest: nearest(name, NAMES) }
    }

    /// Says that nothing that has a look has this name.
    pub(super) fn unknown_part(name: &str) -> Self {
        let known = ROLES.iter().map(|(name, _)| *name).chain([BACKGROUND, CHOSEN]);
        Self::UnknownPart { name: name.to_owned(), nearest: nearest(name, known) }
    }

    /// Says that a word is none of a look.
    pub(super) fn unknown_colour(word: &str) -> Self {
        let known = COLOURS.into_iter().chain(Manner::ALL.map(Manner::name)).chain(["none"]);
        Self::UnknownColour { word: word.to_owned(), nearest: nearest(word, known) }
    }

    /// Whether it is about what something is called, and not about how it is to look.
    pub fn is_about_the_name(&self) -> bool {
        matches!(self, Self::UnknownPart { .. } | Self::UnknownTheme { .. })
    }

    /// Returns what would do.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownTheme { nearest, .. } => meant(*nearest, &format!("there are {}", NAMES.join(", "))),
            Self::UnknownPart { nearest, .. } => {
                let roles: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
                meant(*nearest, &format!("there are {}, {BACKGROUND}, {CHOSEN}", roles.join(", ")))
            }
            Self::UnknownColour { nearest, .. } => meant(*nearest, A_COLOUR),
            Self::TwoColours(_) | Self::NothingAfterOn(_) => "for example: \"bold black on yellow\"".to_owned(),
            Self::NoLook => format!("{A_COLOUR}; \"none\" is as ordinary words are"),
            Self::NoGround(_) => format!("{A_COLOUR}, or \"none\" for the terminal's own"),
        }
    }
}

const A_COLOUR: &str = "a colour is \"#7aa2f7\", a name such as \"cyan\" or \"bright-black\", or a number to 255";

fn meant(nearest: Option<&str>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |name| format!("{name:?} is meant? {otherwise}"))
}

/// So many letters may be wrong.
const SLIPS: usize = 2;

fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = written.to_lowercase().replace('_', "-");
    let likeness = |name: &'n str| (strsim::damerau_levenshtein(&written, name), name);
    let near = known.into_iter().map(likeness).min_by_key(|(slips, _)| *slips);
    near.filter(|(slips, name)| *slips <= SLIPS && *slips < name.chars().count()).map(|(_, name)| name)
}
