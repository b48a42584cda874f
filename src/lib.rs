//! Tiltmeter: see which way your day tilts.
//!
//! Read [`domain`] first: it is the whole idea, without a file or a terminal.

pub mod beam;
mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod failure;
pub mod journal;
pub mod keymap;
pub mod made_up;
pub mod notation;
pub mod picture;
pub mod places;
pub mod report;
mod small_file;
pub mod text;
pub mod theme;
pub mod tui;
pub mod watch;

pub use cli::run;
