//! What the fuzzer was given and found, tried again: every file of `fuzz/corpus` against the
//! laws of its target. How to look for more: `docs/reliability.md`.
#![cfg(test)]

#[allow(unreachable_pub, missing_docs, reason = "the library of another crate, where they are public")]
#[path = "../fuzz/src/lib.rs"]
mod laws;

use std::fs;
use std::path::{Path, PathBuf};

fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn whatever_was_found_once_keeps_the_laws() {
    for (target, holds) in laws::TARGETS {
        let files = corpus(target);
        assert!(!files.is_empty(), "nothing to try with {target}");
        for file in files {
            let bytes = fs::read(&file).unwrap();
            let kept = std::panic::catch_unwind(|| holds(&bytes));
            assert!(kept.is_ok(), "{} breaks a law of {target}", file.display());
        }
    }
}
