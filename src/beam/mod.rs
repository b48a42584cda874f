//! The instrument: which way a stretch of time tilts, as rows of glyphs.
//!
//! Pure: it is given values and returns [`Row`]s; the command line prints them, the
//! pane paints them, the pictures draw them. One beam, not three.

pub mod row;

pub use row::{Glyphs, Role, Row, Span};
