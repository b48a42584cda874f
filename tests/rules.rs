#![cfg(test)]
//! Who may use whom: the table of docs/architecture.md, held against the sources.
//!
//! Cargo cannot keep modules of one crate apart, so this reads every file below `src`
//! and follows each `crate::…` path in it, tests left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Words that only some may say: asking for the time, files, the environment, printing.
const CLOCK: &[&str] = &["Utc::now", "SystemTime", "Instant::now"];
const FILES: &[&str] = &["std::fs", "fs::", "File::", "OpenOptions"];
const ENVIRONMENT: &[&str] = &["std::env", "env::var"];
const PRINTING: &[&str] = &["println!", "eprintln!", "print!", "eprint!", "stdout()", "stderr()"];

/// What a module may never name: crates and formats that would pull it out of its place.
const NEVER: &[(&str, &[&str])] = &[
    ("text", &["serde_json::from", "chrono"]),
    ("failure", &["chrono", "serde"]),
    ("domain", &["serde", "clap", "ratatui", "crossterm"]),
    ("notation", &["serde", "clap", "ratatui"]),
    ("beam", &["serde", "clap", "ratatui", "anstyle"]),
    ("journal", &["clap", "ratatui", "anstyle"]),
    ("theme", &["serde", "clap", "ratatui", "anstyle"]),
    ("report", &["clap", "ratatui", "anstyle"]),
    ("picture", &["serde", "clap", "ratatui", "anstyle"]),
    ("exchange", &["clap", "ratatui"]),
    ("made_up", &["serde", "clap", "ratatui"]),
    ("clock", &["serde", "clap", "ratatui"]),
    ("places", &["chrono", "clap"]),
    ("config", &["clap", "ratatui"]),
    ("desk", &["clap", "ratatui", "anstyle"]),
    ("cli", &["ratatui"]),
    ("tui", &["clap", "anstyle"]),
    ("watch", &["clap", "ratatui", "crossterm", "serde"]),
];

/// Who may say the words that reach outside: a module, or one file of it.
const OUTSIDE: &[(&[&str], &[&str])] = &[
    (CLOCK, &["clock", "journal"]),
    (FILES, &["clock", "config", "journal", "desk", "cli", "small_file", "tui/wake", "watch"]),
    // The journal asks Windows for the name of its machine and user.
    (ENVIRONMENT, &["main", "clock", "desk", "cli", "journal"]),
    (PRINTING, &["cli", "tui/screen"]),
];

#[test]
fn every_module_uses_only_what_the_table_allows() {
    let table = table();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((_, may_use)) = table.iter().find(|(module, _)| *module == source.module) else {
            let known = ["lib", "main"].contains(&source.module.as_str());
            assert!(known, "{}: give the module a row in docs/architecture.md", source.path.display());
            continue;
        };
        for used in source.uses() {
            if used != source.module && !may_use.contains(&used) {
                wrong.push(format!("{} may not use {used}", source.path.display()));
            }
        }
        let never = NEVER.iter().filter(|(module, _)| *module == source.module).flat_map(|(_, words)| *words);
        wrong.extend(
            never.filter(|word| source.says(word)).map(|word| format!("{} may not name {word}", source.path.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_path_is_followed_however_it_is_written() {
    let source = |path: &str, code: &str| Source::of(Path::new(path), code).uses().into_iter().collect::<Vec<_>>();
    assert_eq!(source("journal/load.rs", "use super::super::cli::Desk;"), ["cli"]);
    assert_eq!(source("journal/load.rs", "use super::fold::Fold;"), Vec::<String>::new());
    assert_eq!(source("text.rs", "use super::journal::Journal;"), ["journal"]);
    assert_eq!(source("domain/ledger/mod.rs", "use super::super::beam::Row; use super::block::Id;"), ["beam"]);
    assert_eq!(source("report/mod.rs", "use crate::{journal::Journal, cli};"), ["cli", "journal"]);
    assert_eq!(source("report/mod.rs", "// use crate::cli;\nlet x = \"http://\"; use crate::text;"), ["text"]);
}

#[test]
fn only_few_reach_outside() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, who) in OUTSIDE {
            let said = words.iter().find(|word| source.says(word));
            let file = source.path.with_extension("");
            let may = who.iter().any(|who| *who == source.module || Path::new(who) == file);
            if let Some(word) = said.filter(|_| !may) {
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

/// Catches: a room that was built, moved or torn down, and a plan of the house that does not know it.
#[test]
fn the_plan_of_the_house_has_its_rooms_and_no_others() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let plan = page.split("```").nth(1).unwrap();
    let named: BTreeSet<&str> =
        plan.split_whitespace().map(|word| word.trim_end_matches([';', ','])).filter(is_room).collect();
    let there: BTreeSet<String> =
        ["", "domain", "tui"].iter().flat_map(|folder| rooms(&root().join("src").join(folder))).collect();
    for room in there.iter().filter(|room| !["mod.rs", "tests/", "testing.rs"].contains(&room.as_str())) {
        let is_shown = plan.contains(room.trim_end_matches('/'));
        assert!(is_shown, "docs/architecture.md does not show {room}");
    }
    let everywhere: BTreeSet<String> = sources().iter().flat_map(|source| parts(&source.path)).collect();
    for room in named {
        assert!(room == "src/" || everywhere.contains(room), "docs/architecture.md shows {room}, and there is none");
    }
}

/// Whether a word of the plan names a file or a folder.
fn is_room(word: &&str) -> bool {
    let name = word.strip_suffix(".rs").or_else(|| word.strip_suffix('/'));
    name.is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || "_./".contains(c)))
}

/// Returns what stands in a folder: files by name, folders with a slash.
fn rooms(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let name = |entry: fs::DirEntry| {
        let slash = if entry.file_type().unwrap().is_dir() { "/" } else { "" };
        format!("{}{slash}", entry.file_name().to_string_lossy())
    };
    entries.map(name).collect()
}

/// Returns the names of a file and of the folders it stands in.
fn parts(path: &Path) -> Vec<String> {
    let names: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let last = names.len() - 1;
    names.into_iter().enumerate().map(|(at, name)| if at == last { name } else { format!("{name}/") }).collect()
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
        let text = fs::read_to_string(path).unwrap();
        Self::of(path.strip_prefix(root().join("src")).unwrap(), &text)
    }

    fn of(inside: &Path, text: &str) -> Self {
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        Self { module, path: inside.to_owned(), code: code.join("\n") }
    }

    /// Returns the modules of ours that the code names, from the top or by way of `super`.
    fn uses(&self) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for part in self.code.split("crate::").skip(1) {
            used.extend(names(part));
        }
        // How often `super` leads out of this file to the top of the house.
        let parts = self.path.with_extension("").components().count();
        let depth = if self.path.ends_with("mod.rs") { parts - 1 } else { parts };
        let to_the_top = "super::".repeat(depth);
        for part in self.code.split(&to_the_top).skip(1) {
            used.extend(names(part));
        }
        used
    }

    /// Whether the code says a word, not as the end of another.
    fn says(&self, word: &str) -> bool {
        self.code.match_indices(word).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    }
}

/// Returns the names with which a path goes on: one, or those of a list in braces.
fn names(path: &str) -> Vec<String> {
    let name = |part: &str| part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let list = path.strip_prefix('{').map(|rest| rest.split_once('}').map_or(rest, |(list, _)| list));
    let names: Vec<String> = list.map_or_else(|| vec![name(path)], |list| list.split(',').map(name).collect());
    names.into_iter().filter(|name| !name.is_empty() && name != "super").collect()
}

/// Returns the rows of the table of docs/architecture.md: a module, and what it may use.
fn table() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = text.lines().skip_while(|line| !line.starts_with("| module | may use of ours |")).skip(2);
    let rows: Vec<_> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').collect::<Vec<_>>())
        .map(|cells| (quoted(cells[1]).remove(0), quoted(cells[2])))
        .collect();
    assert!(rows.len() > 10, "the table was not found");
    rows
}

/// Files that are compiled only for tests.
const TEST_FILES: &[&str] = &["tests.rs", "testing.rs"];

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
