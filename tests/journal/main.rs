//! The journal on the real file system, through its one door.
#![cfg(test)]

mod desk;
mod door;
mod taken_back;

use desk::{Desk, block};
