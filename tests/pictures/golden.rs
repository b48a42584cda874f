//! What is written of a fixed quarter, file by file. Where it is to be otherwise,
//! `TILTMETER_GOLDEN=update cargo test --test pictures golden` writes it anew: look at it.

use std::fs;
use std::path::PathBuf;

use crate::parsed::Parsed;
use crate::{FORMS, quarter};

const COMMANDS: [(&str, &str); 4] =
    [("day", "day 2026-11-24"), ("week", "week"), ("empty-week", "week w42"), ("trend", "trend")];

#[test]
fn every_picture_and_page_of_a_quarter_is_as_it_was_looked_at() {
    let desk = quarter::desk();
    let update = std::env::var_os("TILTMETER_GOLDEN").is_some_and(|update| update == "update");
    let mut other = Vec::new();
    for (name, command) in COMMANDS {
        for form in FORMS {
            let printed = desk.prints(&format!("{command} --{form}"));
            assert_eq!(printed, desk.prints(&format!("{command} --{form}")), "the same journal and time, other bytes");
            let path = place(name, form);
            if update {
                fs::write(&path, &printed).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(&printed) {
                other.push(path.display().to_string());
            }
            if form != "md" {
                Parsed::of(&printed).asks_for_nothing();
            }
        }
    }
    assert!(other.is_empty(), "TILTMETER_GOLDEN=update writes anew what is otherwise now:\n{}", other.join("\n"));
}

/// Returns where one of them stands: the README shows the pictures.
fn place(name: &str, form: &str) -> PathBuf {
    let shown = form == "svg" && name != "empty-week";
    let folder = if shown { "docs/pictures" } else { "tests/pictures/golden" };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{name}.{form}"))
}

#[test]
fn a_quarter_is_a_page_of_less_than_200_kilobytes() {
    assert!(quarter::desk().prints("trend --weeks 13 --html").len() < 200_000);
}

#[test]
fn a_file_is_written_whole_and_in_place_of_the_one_before() {
    let desk = quarter::desk();
    for time in ["once", "again"] {
        assert_eq!(desk.prints("week --html -o week.html"), "wrote week.html\n", "{time}");
        assert_eq!(fs::read_to_string(desk.path("week.html")).unwrap(), desk.prints("week --html"));
    }
    assert_eq!(desk.prints("week --md -o -"), desk.prints("week --md"));
    let left: Vec<_> = fs::read_dir(desk.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".week")), "{left:?}");
    assert!(desk.fails("week --html -o no/such/folder.html", 2).contains("no such file or folder"));
}

#[test]
fn one_form_is_said_and_what_belongs_to_it_only_with_it() {
    let desk = quarter::desk();
    for line in ["week --html --svg", "week --html --json", "day -o day.html", "trend --no-names", "day --no-notes"] {
        let said = desk.refuses(line);
        assert!(said.contains("error: ") && said.contains("hint: "), "{said}");
    }
}
