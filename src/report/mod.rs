//! Text and JSON from domain values. Pure builders: nothing here prints, reads a
//! file or asks for the time.
//!
//! The text reports return [`Row`](crate::beam::Row)s that look right pasted into a
//! chat: no boxes, no spaces at the end, every kind told by its glyph. No row is wider
//! than [`Look::width`], and what is rounded adds up, from a line to the week.

pub mod asked;
pub mod assumed;
pub mod bar;
pub mod change;
pub mod day;
pub mod field;
pub mod json;
pub mod kept;
pub mod life;
pub mod list;
mod look;
pub mod nudge;
pub mod refusal;
pub mod status;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod trend;
pub mod week;
pub mod words;

pub use look::Look;
pub use status::{Status, Words};
