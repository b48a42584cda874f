//! What must hold of whatever comes in: the bodies of the fuzz targets.
//!
//! A target takes any bytes and panics where a law is broken, not only where the program
//! itself would panic. The same functions are run by `cargo test` over the corpus
//! (`tests/corpus.rs`), so what was found once stays found.

pub mod config;
mod ground;
pub mod import;
pub mod journal;
pub mod line;
pub mod notation;
pub mod sheet;
pub mod text;

/// What a target does with what it is given.
pub type Law = fn(&[u8]);

/// Every target, by the name of its folder in `corpus`.
pub const TARGETS: [(&str, Law); 7] = [
    ("config", config::holds),
    ("import", import::holds),
    ("journal", journal::holds),
    ("line", line::holds),
    ("notation", notation::holds),
    ("sheet", sheet::holds),
    ("text", text::holds),
];
