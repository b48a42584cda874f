#![cfg(test)]
//! Whole commands against the real binary: what is printed, what is said, and the exit code.

mod desk;
mod first_day;

use desk::Desk;
