//! What a command took: time, and memory at its peak as the system tells.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use super::desk::Desk;

/// What any of these commands may take; a hang would take for ever. Generous, for a debug
/// build on a machine that does other things as well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Measured {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) printed: String,
    pub(crate) said: String,
    /// In MiB.
    pub(crate) peak: u64,
}

/// Runs a command of a desk with what `input` opens.
pub(crate) fn run(desk: &Desk, line: &str, input: Stdio) -> Measured {
    measure(desk.command(line).stdin(input), &desk.path("tmp"), line)
}

/// Runs a command of a desk that reads nothing.
pub(crate) fn quiet(desk: &Desk, line: &str) -> Measured {
    run(desk, line, Stdio::null())
}

fn measure(command: &mut Command, folder: &Path, line: &str) -> Measured {
    let (printed, said) = (folder.join("printed"), folder.join("said"));
    command.stdout(File::create(&printed).unwrap()).stderr(File::create(&said).unwrap());
    let began = Instant::now();
    let mut child = command.spawn().unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    let (ended, watched) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if watched.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    });
    let used = child.wait4().unwrap();
    drop(ended);
    watch.join().unwrap();
    assert!(began.elapsed() < PATIENCE, "tiltmeter {line} hangs");
    let text = |path: &Path| String::from_utf8(fs::read(path).unwrap()).unwrap();
    let measured = Measured {
        code: used.status.code(),
        printed: text(&printed),
        said: text(&said),
        peak: used.rusage.maxrss >> 20,
    };
    let jargon = ["os error", "failed to", "panicked", "unwrap", "None", "overflow"];
    assert!(!jargon.iter().any(|word| measured.said.contains(word)), "tiltmeter {line}\n{}", measured.said);
    assert!(matches!(measured.code, Some(0..=2)), "tiltmeter {line}\n{measured:?}");
    measured
}
