//! The README's pictures of the pane are what the pane shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

const THEMES: [(&str, &str); 2] = [("dark", "dusk"), ("light", "paper")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the rows of the table of `.ci/pictures`: name, screen, size, day.
fn table() -> Vec<[String; 4]> {
    let script = fs::read_to_string(root().join(".ci/pictures")).unwrap();
    let (_, rest) = script.split_once("<<'TABLE'\n").unwrap();
    let rows = rest.split_once("\nTABLE").unwrap().0.lines();
    rows.map(|row| row.split(' ').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap()).collect()
}

fn file(name: &str, shade: &str) -> PathBuf {
    root().join(format!("docs/pictures/pane-{name}-{shade}.svg"))
}

fn drawn([_, screen, size, day]: &[String; 4], theme: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tiltmeter"));
    program.args(["demo", "--svg", screen, "--size", size, "--set", &format!("theme={theme}")]);
    let now = format!("{day}T15:44:00+01:00");
    program.env_clear().env("TILTMETER_NOW", now).env("TZ", "Europe/Berlin").env("HOME", "/nonexistent");
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Catches: a screen that was changed and its picture was not, and one that differs from run to run.
#[test]
fn the_pictures_of_the_readme_are_what_the_pane_shows() {
    let table = table();
    assert!(table.len() >= 5);
    thread::scope(|scope| {
        for row in &table {
            scope.spawn(move || {
                for (shade, theme) in THEMES {
                    let kept = fs::read_to_string(file(&row[0], shade)).unwrap_or_default();
                    assert!(drawn(row, theme) == kept, "{}, {shade}: .ci/pictures makes it anew", row[0]);
                }
            });
        }
    });
}

/// Catches: a theme that looks otherwise than its page shows, and one that the page does not show.
#[test]
fn the_pictures_of_the_themes_are_in_their_colours() {
    let page = fs::read_to_string(root().join("docs/themes.md")).unwrap();
    let with_a_ground: Vec<&str> = page.lines().filter(|row| row.starts_with("| `") && row.contains("| `#")).collect();
    assert!(with_a_ground.len() >= 3);
    let row = ["", "week", "84x26", "2026-11-27"].map(str::to_owned);
    for theme in with_a_ground.iter().map(|row| row.split('`').nth(1).unwrap()) {
        let name = format!("pictures/theme-{theme}.svg");
        let kept = fs::read_to_string(root().join("docs").join(&name)).unwrap_or_default();
        assert!(page.contains(&name) && drawn(&row, theme) == kept, "{theme}: .ci/pictures makes it anew");
    }
}

#[test]
fn the_readme_shows_every_one_of_them_dark_and_light_and_they_are_pictures() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for row in table() {
        for (shade, _) in THEMES {
            assert!(readme.contains(&format!("docs/pictures/pane-{}-{shade}.svg", row[0])), "{}, {shade}", row[0]);
            let picture = fs::read_to_string(file(&row[0], shade)).unwrap();
            let parsed = roxmltree::Document::parse(&picture).unwrap();
            assert!(parsed.descendants().any(|node| node.has_tag_name("text")));
            assert!(!picture.contains("<script") && !picture.contains("href"), "nothing in it is fetched or run");
        }
    }
}
