//! docs/status-lines.md says what there is, and what is pasted from it works. (The programs it is for are asked in
//! tests/hostile/recipes.rs.)

use std::fmt::Write as _;

use tiltmeter::report::field::FIELDS;
use tiltmeter::report::template::Template;

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
