#![cfg(test)]
//! Who may use whom: the table of docs/architecture.md, held against the sources.
//!
//! Cargo cannot keep modules of one crate apart, so this reads every file below `src`
//! and follows each `crate::…` path in it, tests left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the house: what of ours it may use, and what it may never name.
struct Rule {
    module: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

/// Words that only some may say: asking for the time, files, the environment, printing.
const CLOCK: &[&str] = &["Utc::now", "SystemTime", "Instant::now"];
const FILES: &[&str] = &["std::fs", "fs::", "File::", "OpenOptions"];
const ENVIRONMENT: &[&str] = &["std::env", "env::var"];
const PRINTING: &[&str] = &["println!", "eprintln!", "print!", "eprint!", "stdout()", "stderr()"];

const RULES: &[Rule] = &[
    Rule { module: "text", may_use: &[], never: &["serde_json::from", "chrono"] },
    Rule { module: "failure", may_use: &["text"], never: &["chrono", "serde"] },
    Rule { module: "domain", may_use: &["text"], never: &["serde", "clap", "ratatui", "crossterm"] },
    Rule { module: "notation", may_use: &["domain", "text"], never: &["serde", "clap", "ratatui"] },
    Rule { module: "beam", may_use: &["domain", "text"], never: &["serde", "clap", "ratatui", "anstyle"] },
    Rule { module: "journal", may_use: &["domain", "failure", "text"], never: &["clap", "ratatui", "anstyle"] },
    Rule {
        module: "report",
        may_use: &["domain", "notation", "beam", "text", "failure"],
        never: &["clap", "ratatui", "anstyle"],
    },
    Rule { module: "exchange", may_use: &["domain", "notation", "text"], never: &["clap", "ratatui"] },
    Rule { module: "made_up", may_use: &["domain", "text"], never: &["serde", "clap", "ratatui"] },
    Rule { module: "clock", may_use: &["domain", "text"], never: &["serde", "clap", "ratatui"] },
    Rule { module: "places", may_use: &["failure", "text"], never: &["chrono", "clap"] },
    Rule { module: "config", may_use: &["domain", "beam", "failure", "text"], never: &["clap", "ratatui"] },
    Rule {
        module: "cli",
        may_use: &[
            "beam", "clock", "config", "domain", "exchange", "failure", "journal", "made_up", "notation", "places",
            "report", "text", "tui",
        ],
        never: &["ratatui"],
    },
];

/// Who may say the words that reach outside.
const OUTSIDE: &[(&[&str], &[&str])] = &[
    (CLOCK, &["clock", "journal"]),
    (FILES, &["clock", "config", "journal", "cli"]),
    // The journal asks Windows for the name of its machine and user.
    (ENVIRONMENT, &["main", "clock", "cli", "journal"]),
    (PRINTING, &["cli"]),
];

#[test]
fn every_module_uses_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(rule) = RULES.iter().find(|rule| rule.module == source.module) else {
            let known = ["lib", "main"].contains(&source.module.as_str());
            assert!(known, "{}: give the module a row in tests/rules.rs", source.path.display());
            continue;
        };
        for hidden in ["crate::{", "super::super::super"] {
            if source.says(hidden) {
                wrong.push(format!("{} hides what it uses behind {hidden}", source.path.display()));
            }
        }
        for used in source.uses() {
            if used != rule.module && !rule.may_use.contains(&used.as_str()) {
                wrong.push(format!("{} may not use {used}", source.path.display()));
            }
        }
        for word in rule.never {
            if source.says(word) {
                wrong.push(format!("{} may not name {word}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_few_reach_outside() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, who) in OUTSIDE {
            let said = words.iter().find(|word| source.says(word));
            if let Some(word) = said.filter(|_| !who.contains(&source.module.as_str())) {
                wrong.push(format!("{} may not say {word}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_tests_is_run() {
    for folder in fs::read_dir(root().join("tests")).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(main) = fs::read_to_string(folder.join("main.rs")) else { continue };
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            let is_code = file.extension().is_some_and(|ending| ending == "rs");
            assert!(!is_code || name == "main" || main.contains(&format!("mod {name};")), "{}", file.display());
        }
    }
}

#[test]
fn the_binary_is_one_call() {
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 20);
}

struct Source {
    module: String,
    path: PathBuf,
    /// The code, without comments and unit tests.
    code: String,
}

impl Source {
    fn read(path: &Path) -> Self {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<&str> = code.lines().map(|line| line.split("//").next().unwrap()).collect();
        let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        Self { module, path: inside.to_owned(), code: code.join("\n") }
    }

    /// Returns the modules of ours that the code names.
    fn uses(&self) -> BTreeSet<String> {
        let parts = self.code.split("crate::").skip(1);
        let name = |part: &str| part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        parts.map(name).filter(|name| !name.is_empty()).collect()
    }

    /// Whether the code says a word, not as the end of another.
    fn says(&self, word: &str) -> bool {
        self.code.match_indices(word).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    }
}

/// Files that are compiled only for tests.
const TEST_FILES: &[&str] = &["tests.rs", "testing.rs", "sample.rs"];

/// Returns every file of code; those that are only tests are left out.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !TEST_FILES.contains(&name.as_str()) {
                found.push(Source::read(&path));
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
