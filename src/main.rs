//! The binary: one call, and its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    tiltmeter::run(std::env::args_os())
}
