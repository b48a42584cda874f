//! The live pane.

pub mod complete;
pub mod line;
