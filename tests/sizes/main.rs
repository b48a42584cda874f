//! The program among things of hostile size, and where something else stands than should:
//! bounded time and memory, clear words, and what can be read is shown.
#![cfg(test)]
#![cfg(unix)]

mod deep;
#[allow(dead_code, reason = "the desk of the commands, of which few are tried here")]
#[path = "../commands/desk.rs"]
mod desk;
mod large;
mod measured;
mod stands;
