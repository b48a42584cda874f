//! A home in which everything that can be written is hostile.

use std::fs;

use serde_json::Value;

use crate::corpus::short;
use crate::desk::Desk;
use crate::lines::{blocks, broken, kept};

/// When it is looked at.
pub(crate) const NOW: &str = "2026-11-24T20:00:00+01:00";

/// Returns a desk whose journal, kept things, devices and files are all hostile.
pub(crate) fn world(written: Written) -> Desk {
    let mut desk = Desk::new();
    desk.at(NOW);
    let lines: String = blocks().iter().map(|line| written.line(line) + "\n").collect();
    desk.write("data/tiltmeter/journal/2026/2026-11.laptop.jsonl", &lines);
    let kept: String = kept().iter().map(|line| written.line(line) + "\n").collect();
    desk.write("data/tiltmeter/journal/kept.laptop.jsonl", &kept);
    desk.write("data/tiltmeter/journal/2026/2026-11.other.jsonl", &(broken().join("\n") + "\n"));
    for (at, name) in names().enumerate() {
        // Copies as services make them, and files that should be read and cannot be.
        let name = if at % 2 == 0 { format!("2026-11.{name}.jsonl") } else { format!("2026-11.x.jsonl{name}") };
        fs::write(desk.journal().join("2026").join(name), "{}\n").unwrap();
    }
    fs::create_dir_all(desk.journal().join("2025\u{1b}[2J\u{202e}")).unwrap();
    fs::write(desk.journal().join("2025\u{1b}[2J\u{202e}/2026-11.y.jsonl"), "{\n").unwrap();
    desk
}

/// How text stands in a line.
#[derive(Clone, Copy)]
pub(crate) enum Written {
    /// As it is, but for what JSON must escape.
    Raw,
    /// Every character as `\uXXXX`.
    Escaped,
}

impl Written {
    fn line(self, line: &Value) -> String {
        let line = line.to_string();
        match self {
            Self::Raw => line,
            Self::Escaped => {
                let unit = |unit: u16| match u8::try_from(unit) {
                    Ok(ascii @ ..0x80) => char::from(ascii).to_string(),
                    _ => format!("\\u{unit:04x}"),
                };
                line.encode_utf16().map(unit).collect::<Vec<_>>().concat()
            }
        }
    }
}

/// Returns what a file can be called.
pub(crate) fn names() -> impl Iterator<Item = String> {
    short().into_iter().map(|hostile| hostile.text.replace(['/', '\0'], "_"))
}
