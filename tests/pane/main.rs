#![cfg(test)]
//! The pane on a terminal of its own: what it does to the terminal, what wakes it, and what
//! people see of it.

#[cfg(unix)]
mod editing;
#[cfg(unix)]
mod elsewhere;
#[cfg(unix)]
mod first_day;
#[cfg(unix)]
mod given_back;
#[cfg(unix)]
mod home;
#[cfg(unix)]
mod idle;
#[cfg(unix)]
mod leaving;
#[cfg(unix)]
mod nudges;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod settings;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod wide;
#[cfg(unix)]
mod wire;
