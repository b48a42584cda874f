//! Where a thing lives: in the files of a month, or in those of what is kept for ever.

use std::fmt;

use super::month::Month;

/// What the name of a file begins with that holds what belongs to no month.
const KEPT: &str = "kept";

/// Where a thing lives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Home {
    /// In the files of what belongs to no month: sparks, and the baseline.
    Kept,
    /// In those of a month.
    Month(Month),
}

impl Home {
    /// Returns the home that `text` names, if it is exactly `kept` or `YYYY-MM`.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        if text == KEPT { Some(Self::Kept) } else { Month::from_text(text).map(Self::Month) }
    }

    /// Returns the home that a file's name begins with, and the rest after the dot.
    pub(super) fn from_name(name: &[u8]) -> Option<(Self, &[u8])> {
        match name.strip_prefix(KEPT.as_bytes()) {
            Some(rest) => Some((Self::Kept, rest.strip_prefix(b".")?)),
            None => Month::from_name(name).map(|(month, rest)| (Self::Month(month), rest)),
        }
    }

    /// Returns the month, where it is one.
    pub(super) fn month(self) -> Option<Month> {
        match self {
            Self::Kept => None,
            Self::Month(month) => Some(month),
        }
    }

    /// Returns whether it is a month that `wanted` says yes to.
    pub(super) fn is_month(self, wanted: impl Fn(Month) -> bool) -> bool {
        self.month().is_some_and(wanted)
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept => f.write_str(KEPT),
            Self::Month(month) => month.fmt(f),
        }
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
