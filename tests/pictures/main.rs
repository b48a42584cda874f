#![cfg(test)]
//! Pictures and pages, as files: what they look like, what they hold, and what they do not.

mod browser;
#[path = "../commands/desk.rs"]
#[allow(dead_code, reason = "the tests of commands use all of it")]
mod desk;
mod golden;
mod hostile;
mod odd;
mod pane;
mod parsed;
mod quarter;
mod secret;

use desk::Desk;

/// As what everything can be written.
const FORMS: [&str; 3] = ["svg", "html", "md"];
