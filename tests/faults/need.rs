//! What a test needs that not every machine has.

use std::process::{Command, Stdio};

use libtest_mimic::{Completion, Failed, Trial};

/// What a test needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: it is run by every `cargo test`.
    Nothing,
    /// Linux's `strace`, and the right to trace.
    Strace,
    /// The right to mount, in a namespace of its own.
    Mounts,
    /// The right to mount images of disks, `mkfs.ext4`, and `strace`.
    Disks,
}

impl Need {
    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Strace => "strace",
            Self::Mounts => "mounts",
            Self::Disks => "disks",
        }
    }

    /// Says why it is not met here.
    fn lacking(self) -> Option<&'static str> {
        let traces = || works("strace", &["-qq", "-o", "/dev/null", "-e", "inject=fsync:retval=0", "true"]);
        let loops = "mount -t tmpfs tmpfs /mnt && truncate -s 8M /mnt/i && mkfs.ext4 -q /mnt/i && mkdir /mnt/m && mount -o loop /mnt/i /mnt/m";
        match self {
            Self::Nothing => None,
            Self::Strace => (!traces()).then_some("there is no strace here that may trace"),
            Self::Mounts => {
                let mounts = works("unshare", &["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
                (!mounts).then_some("nothing may be mounted here")
            }
            Self::Disks if !traces() => Self::Strace.lacking(),
            Self::Disks => {
                let mounts = works("unshare", &["--mount", "sh", "-c", loops]);
                (!mounts).then_some("no image of a disk may be mounted here")
            }
        }
    }
}

fn works(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Returns a test of this name, which is left out where its need is not met.
pub(crate) fn test(name: impl Into<String>, need: Need, run: impl FnOnce() + Send + 'static) -> Trial {
    let trial = Trial::ignorable_test(name, move || {
        if let Some(why) = need.lacking() {
            return Ok::<_, Failed>(Completion::ignored_with(why));
        }
        run();
        Ok(Completion::Completed)
    });
    trial.with_kind(need.name()).with_ignored_flag(need != Need::Nothing)
}
