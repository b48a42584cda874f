#![cfg(test)]
//! Hostile text: in wherever it can come, and out only as what it is.
//!
//! The corpus is in [`corpus`]; the pane is tried with the same in `src/tui/tests/hostile.rs`.

mod commands;
mod corpus;
#[path = "../commands/desk.rs"]
#[allow(dead_code, reason = "the tests of commands use all of it")]
mod desk;
mod doors;
mod escapers;
mod hosts;
mod lines;
#[path = "../pictures/parsed.rs"]
#[allow(dead_code, reason = "the tests of pictures use all of it")]
mod parsed;
mod recipes;
#[cfg(unix)]
#[path = "../pane/terminal.rs"]
#[allow(dead_code, reason = "the tests of the pane use all of it")]
mod terminal;
mod world;
