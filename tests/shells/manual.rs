//! The manual: what it has, and what its readers say of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;

/// Caught when a page was left out, and when one took its date from the clock.
#[test]
fn there_is_a_page_for_every_command_and_it_is_the_same_every_time() {
    let desk = Desk::new();
    let said = desk.prints("man -o pages/man1");
    assert!(said.starts_with("wrote ") && said.ends_with(" pages to pages/man1\n"), "{said}");
    let pages = names(&desk.path("pages/man1"));
    let help = desk.prints("--help");
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in list.lines().map(|line| line.split_whitespace().next().unwrap()) {
        assert!(pages.contains(&format!("tiltmeter-{command}.1")), "{command}");
    }
    assert!(
        pages.contains("tiltmeter.1")
            && pages.contains("tiltmeter-config-show.1")
            && !pages.contains("tiltmeter-complete.1")
    );
    let first = desk.prints("man");
    assert_eq!(fs::read_to_string(desk.path("pages/man1/tiltmeter.1")).unwrap(), first);
    assert!(first.starts_with(".TH \"TILTMETER\" \"1\" \"\" \"tiltmeter "), "{first}");
    let mut dated = Desk::new();
    dated.with("SOURCE_DATE_EPOCH", "1764000000");
    assert!(dated.prints("man now").starts_with(".TH \"TILTMETER-NOW\" \"1\" \"2025-11-24\""));
}

#[test]
fn a_page_has_its_examples_and_the_first_one_files_variables_and_exit_codes() {
    let desk = Desk::new();
    let page = desk.prints("man n");
    assert!(page.contains(".SH EXAMPLES") && page.contains("tiltmeter now standup +team"), "{page}");
    assert!(page.contains(".SH \"SEE ALSO\"") && page.contains(".SH \"EXIT STATUS\""), "{page}");
    let first = desk.prints("man");
    for heading in ["FILES", "ENVIRONMENT", "COMMANDS", "EXAMPLES"] {
        assert!(first.contains(&format!(".SH {heading}\n")), "{heading}");
    }
}

/// Caught when a variable was read that no page names.
#[test]
fn every_variable_that_the_program_reads_is_in_the_manual() {
    let page = Desk::new().prints("man").replace("\\-", "-");
    let mut unnamed = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let code = fs::read_to_string(&entry).unwrap_or_default();
            let said = code.split('"').filter(|word| word.starts_with("TILTMETER_"));
            let names = said.filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
            unnamed.extend(names.filter(|name| !page.contains(*name)).map(str::to_owned));
        }
    }
    assert!(unnamed.is_empty(), "{unnamed:?}: give them a row in src/cli/man/page.rs");
}

#[test]
fn where_it_cannot_be_written_it_says_why_and_what_now() {
    let desk = Desk::new();
    desk.write("file", "");
    let said = desk.fails("man -o file", 2);
    assert!(said.contains("file cannot be made") && said.contains("tiltmeter man -o"), "{said}");
    assert!(desk.refuses("man nothing").contains("there is no command \"nothing\""));
}

/// A date is missing on purpose where none is said.
#[test]
#[ignore = "needs mandoc and groff; .ci/run runs it"]
fn mandoc_and_groff_have_nothing_to_say_of_any_page() {
    let mut desk = Desk::new();
    desk.with("SOURCE_DATE_EPOCH", "1764000000").prints("man -o pages");
    for page in names(&desk.path("pages")) {
        let page = desk.path("pages").join(page);
        let lint = Command::new("mandoc").args(["-T", "lint", "-W", "warning"]).arg(&page).output().unwrap();
        assert!(lint.stdout.is_empty(), "{}", String::from_utf8_lossy(&lint.stdout));
        let groff = Command::new("groff").args(["-man", "-ww", "-z", "-Tutf8"]).arg(&page).output().unwrap();
        assert!(groff.stderr.is_empty(), "{}", String::from_utf8_lossy(&groff.stderr));
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
