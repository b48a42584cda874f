//! How the kinds of time look: one glyph and one role each, in every picture.

use super::row::{Glyphs, Role};
use crate::domain::{Kind, Lens, Share, Tally};

/// Returns the glyph of a kind: a cell of it, or its mark in a list.
pub fn glyph(kind: Kind, glyphs: Glyphs) -> char {
    match kind {
        Kind::Creating => glyphs.pick('█', '#'),
        Kind::Shaping => glyphs.pick('▓', '='),
        Kind::Consuming => glyphs.pick('░', '.'),
        Kind::Off => glyphs.pick('·', 'o'),
    }
}

/// Returns the role of a kind.
pub fn role(kind: Kind) -> Role {
    match kind {
        Kind::Creating => Role::Made,
        Kind::Shaping => Role::Shaped,
        Kind::Consuming => Role::TakenIn,
        Kind::Off => Role::Off,
    }
}

/// Returns the glyph of working time with nothing logged.
pub fn nothing(glyphs: Glyphs) -> char {
    glyphs.pick('┄', '-')
}

/// Returns the kinds that stand on each side of the pivot, the inner one first: in,
/// then out. With shaping set apart it weighs on the in side, as it does in the
/// share, and keeps its glyph.
pub fn sides(lens: Lens) -> [&'static [Kind]; 2] {
    match lens {
        Lens::Counted => [&[Kind::Consuming], &[Kind::Creating, Kind::Shaping]],
        Lens::Apart => [&[Kind::Consuming, Kind::Shaping], &[Kind::Creating]],
    }
}

/// Says whether the creation in a tally has come up to its target.
pub fn target_is_met(tally: &Tally, lens: Lens, target: Share) -> bool {
    tally.share(lens).is_some_and(|share| share >= target)
}
