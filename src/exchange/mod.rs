//! Import and export, one file per format.
//!
//! JSON and JSON Lines carry blocks whole: what they export, they import again, ids
//! included. CSV is for spreadsheets and goes one way. Nothing here opens a file:
//! an export writes to what it is given, an import returns blocks or says why not.

pub mod export;
pub mod import;

mod csv;
mod json;
mod jsonl;
#[cfg(test)]
mod tests;
mod wire;

pub use export::{Format, Notes, View, export};
pub use import::{ImportError, Place, Problem, Reason, Source, read as read_import};
