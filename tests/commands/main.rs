#![cfg(test)]
//! Whole commands against the real binary: what is printed, what is said, and the exit code.

mod copies;
mod desk;
mod editor;
mod environment;
mod first_day;
mod follow;
mod keep;
mod mending;
#[cfg(unix)]
mod nudges;
mod reading;
mod readme;
mod refusals;
mod repair;
mod restore;
mod sample;
mod settings;
mod status_lines;
mod surroundings;
#[cfg(unix)]
mod terminal;
mod together;

use desk::Desk;
