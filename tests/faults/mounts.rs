//! Mounts that nobody else sees, and that are gone when the test is over.

use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;

use super::need::{Need, test};

/// Tells this program, run again, that it is in a namespace of its own.
const INSIDE: &str = "TILTMETER_TEST_INSIDE";

/// Returns a test that is run by this program once more, in a mount namespace of its own: with
/// that its mounts go, however it ends.
pub(crate) fn test_inside(name: &'static str, need: Need, run: fn()) -> Trial {
    test(name, need, move || {
        if std::env::var_os(INSIDE).is_some() {
            return run();
        }
        let mut again = Command::new("unshare");
        again.args(["--mount", "--propagation", "private"]).arg(std::env::current_exe().unwrap());
        again.args(["--include-ignored", "--exact", name]).env(INSIDE, "yes");
        let output = again.output().unwrap();
        // One that was left out in there would have seen nothing.
        let passed = output.status.success() && text(&output.stdout).contains(" 1 passed");
        assert!(passed, "{}{}", text(&output.stdout), text(&output.stderr));
    })
}

/// Runs a program that must succeed.
pub(crate) fn run(program: &str, arguments: &[&dyn AsRef<std::ffi::OsStr>]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", text(&output.stderr));
}

/// Mounts a disk in memory of so many bytes.
pub(crate) fn mount_memory(size: usize, at: &Path) {
    std::fs::create_dir_all(at).unwrap();
    run("mount", &[&"-t", &"tmpfs", &"-o", &format!("size={size}"), &"tmpfs", &at]);
}

/// Makes what is mounted read-only, or writable again.
pub(crate) fn remount(how: &str, at: &Path) {
    run("mount", &[&"-o", &format!("remount,{how}"), &at]);
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
