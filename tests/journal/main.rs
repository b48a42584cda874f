//! The journal on the real file system, through its one door.
#![cfg(test)]

mod bench;
mod desk;
mod door;

use desk::{Desk, block};
