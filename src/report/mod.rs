//! Text and JSON from domain values. Pure builders: nothing here prints, reads a
//! file or asks for the time.

pub mod change;
pub mod refusal;
pub mod json;
pub mod words;
