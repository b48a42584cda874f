#![cfg(test)]
//! The pane on a terminal of its own: what it does to the terminal, and what wakes it.

#[cfg(unix)]
mod given_back;
#[cfg(unix)]
mod idle;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod terminal;
