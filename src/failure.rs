//! What a person is told when something cannot be: what happened, why, what now.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use crate::text::terminal_safe;

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What was asked cannot be done: exit code 1.
    Refused,
    /// The disk, a permission, a damaged journal or setting stands in the way: exit code 2.
    Environment,
}

/// A message for a person. Everything in it is already safe to show on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Whose move it is.
    pub fault: Fault,
    /// What happened and why: a lower-case fragment.
    pub message: String,
    /// What can be done now; things one can type.
    pub hints: Vec<String>,
}

impl Failure {
    /// Something that was asked and cannot be.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { fault: Fault::Refused, message: message.into(), hints: Vec::new() }
    }

    /// Something that the machine does not allow.
    pub fn environment(message: impl Into<String>) -> Self {
        Self { fault: Fault::Environment, message: message.into(), hints: Vec::new() }
    }

    /// Adds what can be done now.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Returns the exit code of a program that ends with this.
    pub fn exit_code(&self) -> ExitCode {
        match self.fault {
            Fault::Refused => ExitCode::from(1),
            Fault::Environment => ExitCode::from(2),
        }
    }
}

/// What the machine does not allow, with what led to it: `report.csv cannot be written:
/// permission denied`.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let mut chain: Vec<String> = error.chain().map(|cause| terminal_safe(&cause.to_string()).to_string()).collect();
        if let (Some(last), Some(cause)) = (chain.last_mut(), error.root_cause().downcast_ref()) {
            *last = in_words(cause);
        }
        Self::environment(chain.join(": "))
    }
}

/// Returns in a person's words what the system said.
pub fn in_words(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of the path is not a folder",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "the disk quota is used up",
        ErrorKind::FileTooLarge => "the file would be larger than the system allows",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        ErrorKind::InvalidData => "it is not UTF-8",
        _ if is(error, Unnamed::Circle) => "its links lead in a circle",
        _ if is(error, Unnamed::NoFile) => "it is not a file",
        _ => {
            let said = error.to_string();
            let said = said.split(" (os error").next().unwrap_or_default();
            return terminal_safe(said).to_string();
        }
    };
    known.to_owned()
}

/// What the standard library has no kind for.
#[derive(Clone, Copy)]
enum Unnamed {
    /// Links that lead to one another, or a link where none is followed.
    Circle,
    /// A socket, which nothing can open.
    NoFile,
}

#[cfg(unix)]
fn is(error: &io::Error, unnamed: Unnamed) -> bool {
    let code = match unnamed {
        Unnamed::Circle => rustix::io::Errno::LOOP,
        Unnamed::NoFile => rustix::io::Errno::NXIO,
    };
    error.raw_os_error() == Some(code.raw_os_error())
}

#[cfg(not(unix))]
fn is(_: &io::Error, _: Unnamed) -> bool {
    false
}
