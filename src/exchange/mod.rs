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
mod problem;
#[cfg(test)]
mod tests;
mod view;
mod wire;

pub use export::{Format, export};
pub use import::{Source, read as read_import};
pub use problem::{ImportError, LARGEST_DOCUMENT, MOST_PROBLEMS, Place, Problem, Reason};
pub use view::{Notes, View};
