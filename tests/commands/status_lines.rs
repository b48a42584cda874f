//! docs/status-lines.md says what there is, and what is pasted from it works. (The programs it is for are asked in
//! tests/hostile/recipes.rs.)

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use tiltmeter::report::field::FIELDS;
use tiltmeter::report::template::Template;

use crate::Desk;

const GUIDE: &str = include_str!("../../docs/status-lines.md");

#[test]
fn every_field_is_in_the_guide_as_the_program_has_it() {
    let mut table = "| field | says |\n|---|---|\n".to_owned();
    for field in FIELDS {
        let yours = if field.is_text { "; *yours*" } else { "" };
        writeln!(table, "| `{}` | {}{yours} |", field.name, field.about).unwrap();
    }
    assert!(GUIDE.contains(&format!("{table}\n")), "put this into docs/status-lines.md:\n\n{table}");
}

/// A prompt is nowhere told what its language is, and a bar has no terminal.
#[test]
fn no_terminal_no_language_and_no_journal_are_an_empty_day() {
    let desk = Desk::new();
    for line in ["status", "status --for tmux", "status --for prompt", "status --for i3blocks", "status --follow"] {
        let mut command = desk.command(line);
        command.env_remove("TERM").env_remove("COLUMNS").env("LC_ALL", "C").env("LANG", "C");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{line}");
        assert_eq!(first.contains("0h00 of 8h"), !line.ends_with("prompt"), "{line}: {first}");
    }
}

#[test]
fn a_template_that_cannot_be_read_is_refused_with_its_place() {
    let desk = Desk::new();
    let told = desk.refuses("status --for tmux --format \"now {running.fro}\"");
    assert!(told.contains("character 5: there is no field \"running.fro\""), "{told}");
    assert!(told.contains("did you mean running.for?"), "{told}");
    desk.refuses("status --follow --format {today.share");
}

#[test]
fn every_template_in_the_guide_and_in_the_readme_can_be_read() {
    let mut read = 0;
    for text in [GUIDE, include_str!("../../README.md")] {
        for rest in text.split("--format ").skip(1) {
            let Some(quote) = rest.chars().next().filter(|c| ['\'', '"'].contains(c)) else { continue };
            let template = rest[1..].split(quote).next().unwrap();
            assert!(Template::read(template).is_ok(), "{template}");
            read += 1;
        }
    }
    assert!(read >= 4, "the templates were not found");
}
