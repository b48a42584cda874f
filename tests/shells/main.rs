#![cfg(test)]
//! Completion and the manual, in the programs that people have: real shells on a terminal of
//! their own, `mandoc` and `groff`.

#[cfg(unix)]
#[path = "../hostile/corpus.rs"]
#[allow(dead_code, reason = "the tests of hostile text use all of it")]
mod corpus;
#[path = "../commands/desk.rs"]
#[allow(dead_code, reason = "the tests of commands use all of it")]
mod desk;
#[cfg(unix)]
mod interactive;
mod manual;
mod offered;
#[cfg(unix)]
mod shell;
#[cfg(unix)]
#[path = "../pane/terminal.rs"]
#[allow(dead_code, reason = "the tests of the pane use all of it")]
mod terminal;
