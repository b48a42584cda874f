//! The instrument: which way a stretch of time tilts, as rows of glyphs.
//!
//! Pure: it is given values and returns [`Row`]s; the command line prints them, the
//! pane paints them, the pictures draw them. One beam, not three.
//!
//! One rule everywhere: **in is left, out is right, the pivot is the target.** What
//! was made stands inside and what was shaped outside it, so that what was made by
//! hand always starts at the same place. On a lever and on arms time becomes bricks
//! and cells by largest remainder, so they add up to what was logged. A level shows only
//! how far the share is from the target, and a cell of the ribbon what most of its minutes
//! were: there, little things beside long ones are not seen.
//!
//! Read [`level()`] first (one row), then [`lever`] (three rows or six), [`arms`] (a row
//! among rows) and [`ribbon`] (the day to scale). Each has the same geometry in both
//! sets of [`Glyphs`] and returns rows exactly as wide as asked, whatever it is asked.

pub mod arms;
mod canvas;
pub mod kinds;
pub mod level;
pub mod lever;
pub mod ribbon;
pub mod row;
#[cfg(test)]
pub(crate) mod testing;

pub use arms::Arms;
pub use level::level;
pub use lever::{Lever, LeverHeight};
pub use ribbon::Ribbon;
pub use row::{Glyphs, Role, Row, Span};
