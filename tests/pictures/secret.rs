//! What was left out is nowhere.

use std::fs;

use crate::quarter;
use crate::{Desk, FORMS};

/// A mark of its own for every place where somebody may write something.
const WRITTEN: [&str; 7] = ["made-6a1", "shaped-6a2", "taken-6a3", "off-6a4", "tag-6a5", "note-6a6", "retreat-6a7"];
const SECRET: &str = "-6a";

/// Returns a desk at which everything that can be written is marked.
fn marked() -> Desk {
    let mut desk = Desk::new();
    desk.at("2026-11-24T17:00:00+01:00").with("TILTMETER_DEVICE", "device-6a8");
    desk.does(
        "add 9:00-10:00 made-6a1 +tag-6a5 --kind c --note note-6a6
         add 10:00-11:00 shaped-6a2 --kind s --note note-6a6
         add 11:00-12:00 taken-6a3 +tag-6a5 --kind i
         add 12:00-13:00 off-6a4 --kind o --note note-6a6
         off 26 nov retreat-6a7
         create made-6a1 --at 16:00 --note note-6a6
         day --felt 4 --note thought-6ab
         spark spark-6ac
         baseline 70% baseline-6ad",
    );
    // The name of a zone, and a line that nobody can read.
    let file = desk.journal().join("2026/2026-11.device-6a8.jsonl");
    let text = fs::read_to_string(&file).unwrap().replace("Europe/Berlin", "Europe/zone-6a9");
    assert!(text.contains("zone-6a9"));
    fs::write(&file, format!("{text}broken-6aa\n")).unwrap();
    desk
}

#[test]
fn without_names_nothing_that_anybody_wrote_is_in_any_output() {
    let desk = marked();
    let lifted = "week --without made-6a1 --as-made +tag-6a5";
    for command in ["day", "day yesterday", "week", lifted, "trend"] {
        for form in FORMS {
            let printed = desk.prints(&format!("{command} --{form} --no-names"));
            assert!(!printed.contains(SECRET), "{command} --{form}:\n{printed}");
        }
    }
    for form in FORMS {
        let all = desk.prints(&format!("day --{form}")) + &desk.prints(&format!("week --{form}"));
        let seen = WRITTEN.iter().filter(|written| all.contains(**written)).count();
        assert!(seen >= if form == "svg" { 4 } else { 6 }, "{form} says only {seen} of them:\n{all}");
    }
}

#[test]
fn without_notes_everything_else_is_there() {
    let desk = marked();
    for form in ["html", "md"] {
        for written in ["note-6a6", "thought-6ab"] {
            assert!(desk.prints(&format!("day --{form}")).contains(written));
        }
        assert!(desk.prints(&format!("week --{form}")).contains("thought-6ab"));
        for command in ["day", "week", "trend"] {
            let printed = desk.prints(&format!("{command} --{form} --no-notes"));
            assert!(!printed.contains("note-6a6") && !printed.contains("thought-6ab"), "{printed}");
            assert!(command == "trend" || printed.contains("made-6a1"));
        }
    }
}

#[test]
fn without_names_the_figures_stay() {
    let desk = quarter::desk();
    for (command, figures) in [("day 2026-11-24", ["27 %", "0h40", "1h10"]), ("week", ["30 %", "5h30", "2h10"])] {
        for form in FORMS {
            let printed = desk.prints(&format!("{command} --{form} --no-names"));
            for figure in figures {
                assert!(printed.contains(figure), "{command} --{form} has no {figure}");
            }
        }
    }
    let switches = |flag: &str| {
        let page = desk.prints(&format!("day 2026-11-24 --md {flag}"));
        page.lines().find(|line| line.starts_with("| switches")).map(str::to_owned)
    };
    assert_eq!(switches("--no-names"), switches(""), "an activity is not taken for another");
}
