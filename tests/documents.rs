#![cfg(test)]
//! The pages that people read: whatever they link to is there, and the README has what a reader looks for.

use std::fs;
use std::path::{Path, PathBuf};

/// Catches: a file that was renamed, a heading that was reworded, a picture that was not added.
#[test]
fn every_link_within_the_pages_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            followed += 1;
            if !leads_somewhere(&page, &link) {
                wrong.push(format!("{}: {link}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(followed > 50, "only {followed} links were found");
    assert!(wrong.is_empty(), "these lead nowhere:\n{}", wrong.join("\n"));
}

/// Catches: a section that gets lost; a page of docs that nobody finds from the README.
#[test]
fn the_readme_has_what_a_reader_looks_for() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let found: Vec<String> = headings(&text).collect();
    let looked_for =
        ["Set it up", "A first day in the pane", "A first Friday", "The keys", "The commands", "Your data"];
    for heading in looked_for.into_iter().chain(["How it compares", "Settings"]) {
        assert!(found.iter().any(|heading_found| heading_found == heading), "the README has no «{heading}»");
    }
    let friday = text.split("\n### A first Friday\n").nth(1).unwrap().split("\n### ").next().unwrap();
    for word in ["**`W`**", "**`T`**", "`,`", "tiltmeter week --html", "tiltmeter trend", "export csv"] {
        assert!(friday.contains(word), "the first Friday does without {word}");
    }
    let contributing = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    for page in pages_of_docs() {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let linked = text.contains(&name) || contributing.contains(&name);
        assert!(linked, "no way leads from the README to docs/{name}");
    }
}

#[test]
fn a_heading_becomes_the_anchor_that_a_reader_of_markdown_makes_of_it() {
    assert_eq!(anchor("`day --felt`, and what you think"), "day---felt-and-what-you-think");
    assert_eq!(anchor("Where to put something new"), "where-to-put-something-new");
    let page = "# One\n```sh\n# no heading\n```\n## One\n";
    assert_eq!(anchors(page), ["one", "one-1"]);
}

fn leads_somewhere(page: &Path, link: &str) -> bool {
    let (file, part) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { page.to_owned() } else { page.parent().unwrap().join(file) };
    if !part.is_empty() {
        return fs::read_to_string(target).is_ok_and(|text| anchors(&text).iter().any(|anchor| anchor == part));
    }
    target.exists()
}

/// Returns where a page's links and pictures lead to, those out into the world left out.
fn links(text: &str) -> Vec<String> {
    let text = prose(text).join("\n");
    let written = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
    let quoted = ["src=\"", "srcset=\"", "href=\""].iter().flat_map(|name| text.split(name).skip(1));
    let quoted = quoted.filter_map(|rest| rest.split_once('"')).map(|(link, _)| link);
    let ours = written.chain(quoted).filter(|link| !link.contains("://") && !link.starts_with("mailto:"));
    ours.map(str::to_owned).collect()
}

/// Returns the anchors of a page's headings; one that comes again is numbered.
fn anchors(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for heading in headings(text) {
        let plain = anchor(&heading);
        let again = (1..).map(|count| format!("{plain}-{count}"));
        let free = std::iter::once(plain.clone()).chain(again).find(|anchor| !found.contains(anchor));
        found.extend(free);
    }
    found
}

fn headings(text: &str) -> impl Iterator<Item = String> {
    let lines = prose(text).into_iter().filter(|line| line.starts_with('#'));
    lines.map(|line| line.trim_start_matches('#').trim().to_owned()).collect::<Vec<_>>().into_iter()
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Returns a page's lines, those of fenced blocks left out.
fn prose(text: &str) -> Vec<&str> {
    let mut inside = false;
    let outside = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    };
    text.lines().filter(outside).collect()
}

fn pages() -> Vec<PathBuf> {
    let ours = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name));
    ours.into_iter().chain(pages_of_docs()).collect()
}

fn pages_of_docs() -> impl Iterator<Item = PathBuf> {
    let files = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|page| page.extension().is_some_and(|ending| ending == "md"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
