//! What is made from the table of settings, and stands in the documentation.

#![cfg(test)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tiltmeter::config::{Config, OPTIONS, schema};
use tiltmeter::keymap;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap_or_default()
}

/// Returns the settings as docs/config.md has them.
fn table() -> String {
    let defaults = Config::default();
    let mut table = String::from("| setting | takes | as it comes | variable |\n|---|---|---|---|\n");
    for option in OPTIONS {
        let variable = option.variable.map(|name| format!("`{name}`")).unwrap_or_default();
        let (name, takes) = (option.name, option.form.words().replace('|', "\\|"));
        let default = (option.show)(&defaults);
        let _ = writeln!(table, "| `{name}` | {takes} | `{default}` | {variable} |\n| | *{}* | | |", option.help);
    }
    table
}

/// Returns the actions as docs/config.md has them.
fn actions() -> String {
    let mut table = String::from("| action | keys | does |\n|---|---|---|\n");
    for (binding, keys) in keymap::listed() {
        let keys = keys.split_whitespace().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ");
        let _ = writeln!(table, "| `{}` | {keys} | {} |", binding.name, binding.help);
    }
    table
}

#[test]
fn the_page_has_every_setting_and_every_action() {
    let page = page("config.md");
    for part in [table(), actions()] {
        assert!(page.contains(&part), "docs/config.md should have:\n\n{part}");
    }
}

#[test]
fn the_schema_is_the_one_that_the_program_prints() {
    let printed = format!("{:#}\n", schema());
    assert!(page("config.schema.json") == printed, "tiltmeter config schema > docs/config.schema.json");
}

/// Catches: a row whose schema refuses what the program takes, or has no place for it.
#[test]
fn the_schema_has_every_setting_with_its_default() {
    let schema = schema();
    for option in OPTIONS {
        let pointer = match option.place() {
            (None, name) => format!("/properties/{name}"),
            (Some(section), name) => format!("/properties/{section}/properties/{name}"),
        };
        let of_option = schema.pointer(&pointer).unwrap_or_else(|| panic!("{pointer}"));
        assert_eq!(of_option["description"], option.help);
        assert_eq!(of_option["default"], serde_json::json!(option.value(&Config::default())), "{pointer}");
    }
}
