//! Values in values, 200,000 deep: a parser that calls itself for each runs out of stack.

use std::fs;

use super::desk::Desk;
use super::measured::{Measured, quiet};
use super::stands::MEMORY;

const DEEP: usize = 200_000;

fn deep() -> String {
    format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP))
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.at("9:00").does("create readable");
    desk.at("10:00");
    desk
}

/// Returns a line of a journal with one more field of the line, or of its block.
fn line(of_line: &str, of_block: &str) -> String {
    format!(
        "{{\"v\":1,\"change\":\"019aaa10-7d80-7000-8000-000000000001\",\"at\":\"2026-11-24T08:30:00.000Z\",\
         \"by\":\"other\",\"does\":\"start\",\"blocks\":[{{\"id\":\"019aaa10-7d80-7000-8000-000000000000\",\
         \"start\":\"2026-11-24T08:00:00+01:00\",\"end\":\"2026-11-24T08:30:00+01:00\",\"kind\":\"consuming\",\
         \"activity\":\"deep\"{of_block}}}]{of_line}}}\n"
    )
}

#[test]
fn in_a_line_of_the_journal_it_hides_no_other_line() {
    let deep = deep();
    let (of_line, of_block) = (format!(",\"colour\":{deep}"), format!(",\"mood\":{deep}"));
    let sparks = format!(",\"sparks\":[{deep}]");
    let lines = [line("", &of_block), line(&of_line, ""), line(&sparks, ""), format!("{deep}\n")];
    for line in lines {
        let desk = desk();
        let folder = desk.journal();
        fs::write(folder.join("2026/2026-11.other.jsonl"), &line).unwrap();
        fs::write(folder.join("kept.other.jsonl"), &line).unwrap();
        for command in
            ["day", "check", "history", "export jsonl", "spark", "edit 8:00 mended", "edit 9:00 mended", "undo"]
        {
            let Measured { peak, .. } = quiet(&desk, command);
            assert!(peak < MEMORY, "tiltmeter {command} took {peak} MiB");
        }
        assert!(quiet(&desk, "day").printed.contains("readable"));
    }
}

#[test]
fn in_an_import_it_is_refused_or_skipped() {
    let deep = deep();
    for (format, text) in [
        ("jsonl", deep.clone()),
        (
            "jsonl",
            format!("{{\"start\":\"2026-11-24T08:00:00+01:00\",\"kind\":\"off\",\"activity\":\"a\",\"x\":{deep}}}"),
        ),
        ("json", deep.clone()),
        ("json", format!("{{\"format\":\"tiltmeter\",\"version\":1,\"x\":{deep},\"blocks\":[]}}")),
        ("json", format!("{{\"format\":\"tiltmeter\",\"version\":1,\"blocks\":[{deep}]}}")),
    ] {
        let desk = desk();
        desk.write("deep", &text);
        let done = quiet(&desk, &format!("import {format} deep"));
        assert!(done.peak < MEMORY && done.said.len() < 2_000, "{done:?}");
    }
}

#[test]
fn in_settings_and_in_what_is_kept_in_mind_too() {
    let desk = desk();
    desk.write("state/tiltmeter/told.json", &deep());
    desk.write("state/tiltmeter/pane.json", &deep());
    fs::write(desk.journal().join("2026/2026-11.other.jsonl"), "told\n").unwrap();
    assert_eq!(quiet(&desk, "day").code, Some(0));
    let tables = (0..DEEP).map(|_| "a").collect::<Vec<_>>().join(".");
    for text in [format!("kinds = {}", deep()), format!("[{tables}]\n"), format!("kinds = {}", "{a=".repeat(DEEP))] {
        desk.write("config/tiltmeter/config.toml", &text);
        for command in ["day", "target 30"] {
            let done = quiet(&desk, command);
            assert!(done.code == Some(2) && done.said.len() < 2_000, "{done:?}");
            assert!(done.peak < MEMORY, "{done:?}");
        }
    }
}
