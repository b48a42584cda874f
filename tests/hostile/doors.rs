//! Every other way in: the environment, settings, files to import, the day in an editor; and
//! that nothing is lost on the way out and in again.

use std::process::Stdio;

use serde_json::Value;

use crate::corpus::{corpus, is_clean, misleads, short};
use crate::desk::{Answer, Desk};
use crate::world::{Written, names, world};

/// Holds of what came of a command that it ended by itself and that only text left.
fn holds(what: &str, answer: &Answer) {
    assert!(answer.code.is_some_and(|code| code <= 2) && !answer.said.contains("panicked"), "{what}: {answer:?}");
    for text in [&answer.printed, &answer.said] {
        is_clean(text).unwrap_or_else(|why| panic!("{what}: {why}"));
    }
}

fn texts() -> Vec<String> {
    short().into_iter().map(|hostile| hostile.text.replace('\0', "")).collect()
}

#[test]
fn variables_may_say_what_they_like() {
    let variables = [
        "COLUMNS",
        "TZ",
        "TILTMETER_NOW",
        "TILTMETER_DEVICE",
        "TILTMETER_JOURNAL",
        "TILTMETER_CONFIG",
        "TILTMETER_TARGET",
        "TILTMETER_GLYPHS",
        "TILTMETER_DAY_START",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "HOME",
    ];
    for (at, text) in texts().into_iter().enumerate() {
        for name in variables.iter().skip(at % 6).step_by(6) {
            let mut desk = Desk::new();
            // In front of a folder's name, so that all that may be made is in the home.
            let path = desk.path(&text.replace('/', "_")).to_string_lossy().into_owned();
            let is_a_path = name.ends_with("HOME") || ["TILTMETER_JOURNAL", "TILTMETER_CONFIG"].contains(name);
            desk.with(name, if is_a_path { &path } else { &text });
            for line in ["now x --kind c", "day", "config show", "check"].iter().skip(at % 2).step_by(2) {
                holds(&format!("{name}={text:?} {line}"), &desk.answer(line));
            }
        }
    }
}

#[test]
fn settings_may_say_what_they_like() {
    let values = ["day_start", "target", "zone", "glyphs", "week_begins", "expected", "nothing"];
    for (at, text) in texts().into_iter().enumerate() {
        let desk = Desk::new();
        let value = toml_text(&text);
        let name = values[at % values.len()];
        for settings in [
            format!("{name} = {value}\n"),
            format!("{value} = 1\n"),
            format!("[kinds]\n{value} = \"creating\"\n"),
            format!("[kinds]\nx = {value}\n"),
            text.clone(),
        ] {
            desk.write("config/tiltmeter/config.toml", &settings);
            for line in ["config show", "day", "target 35"].iter().skip(at % 3).take(1) {
                holds(&format!("{settings:?} {line}"), &desk.answer(line));
            }
        }
    }
}

fn toml_text(text: &str) -> String {
    let escaped: Vec<String> = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    format!("\"{}\"", escaped.concat())
}

/// Every field in every format, and a whole file of nothing else; by name and by stdin.
#[test]
fn files_to_import_may_say_what_they_like() {
    let fields = ["id", "start", "end", "zone", "kind", "activity", "tags", "note", "interrupted", "nothing"];
    let desk = Desk::new();
    for (at, text) in texts().into_iter().enumerate() {
        let mut block = serde_json::json!({
            "start": format!("2026-11-23T08:{:02}:00+01:00", at % 60), "end": "2026-11-23T10:00:00+01:00", "kind": "off",
            "activity": "x",
        });
        let field = fields[at % fields.len()];
        block[field] = if field == "tags" { serde_json::json!([text]) } else { text.clone().into() };
        let document = serde_json::json!({ "format": text, "version": 1, "blocks": [block] });
        for (format, file) in [("jsonl", block.to_string()), ("json", document.to_string()), ("jsonl", text.clone())] {
            desk.write("file", &file);
            holds(&format!("{file:?}"), &desk.answer(&format!("import {format} file")));
            let file = std::fs::File::open(desk.path("file")).unwrap();
            let mut piped = desk.command(&format!("import {format} -"));
            holds("stdin", &desk.answered(piped.stdin(Stdio::from(file))));
        }
    }
    for name in names().filter(|name| !name.starts_with('-') && name != "..") {
        std::fs::write(desk.path(&name), "nothing\n").unwrap();
        holds(&name, &desk.answered(desk.command("import jsonl").arg(&name)));
    }
    holds("day", &desk.answer("day"));
}

#[test]
fn the_day_in_an_editor_may_come_back_as_anything() {
    let mut desk = Desk::new();
    desk.at("20:00").does("add 9-10 standup\nadd 10-11 spec");
    desk.with("EDITOR", "cp sheet");
    for text in texts().into_iter().chain([corpus().into_iter().map(|hostile| hostile.text).collect()]) {
        for sheet in
            [text.clone(), format!("# x\n9:00-10:00 i {text}\n10:00-11:00 c spec +{text}\n"), format!("{text} i x\n")]
        {
            desk.write("sheet", &sheet);
            holds(&format!("{sheet:.200?}"), &desk.answer("edit --day"));
        }
    }
    holds("day", &desk.answer("day"));
}

/// The day is written for an editor and read back as it was, whatever its words are: what
/// stands in them is no time, no tag and no second line of it.
#[test]
fn a_hostile_day_that_is_not_edited_is_not_changed() {
    let mut desk = world(Written::Raw);
    let before = desk.journal_bytes();
    // Writes it anew, byte by byte, and so it was edited.
    desk.with("EDITOR", "sh -c 'cp \"$0\" copy; cat copy > \"$0\"; touch \"$0\"'");
    for line in ["edit --day", "edit --day yesterday"] {
        holds(line, &desk.answer(line));
    }
    assert_eq!(desk.journal_bytes(), before);
    let sheet = std::fs::read_to_string(desk.path("copy")).unwrap();
    is_clean(&sheet).unwrap_or_else(|why| panic!("the editor is given {why}"));
}

/// What one journal gives another takes: every block, at its time, with all of its words that can
/// be shown. Only the zone, which is none, is taken out by hand.
#[test]
fn out_and_in_again_keeps_what_may_be_kept() {
    let desk = world(Written::Escaped);
    let parsed = |text: String| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    let mut out = parsed(desk.prints("export jsonl"));
    assert!(out.len() >= corpus().len(), "a block is missing");
    let written: Vec<&str> = out.iter().map(|block| block["activity"].as_str().unwrap()).collect();
    for hostile in corpus() {
        assert!(written.contains(&hostile.text.as_str()), "{} was lost", hostile.attacks);
    }
    for block in &mut out {
        block.as_object_mut().unwrap().remove("zone");
    }
    let other = world_of(&out);
    let into = parsed(other.prints("export jsonl"));
    assert_eq!(into.len(), out.len());
    for (from, to) in out.iter().zip(&into) {
        for field in ["id", "start", "end", "kind"] {
            assert_eq!(from[field], to[field]);
        }
        let (from, to) = (from["activity"].as_str().unwrap(), to["activity"].as_str().unwrap());
        is_clean(to).unwrap_or_else(|why| panic!("{why}"));
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric() && !misleads(*c)).take(60).collect::<String>();
        assert_eq!(letters(to), letters(from));
    }
}

fn world_of(blocks: &[Value]) -> Desk {
    let mut desk = Desk::new();
    desk.at(crate::world::NOW);
    let lines: Vec<String> = blocks.iter().map(ToString::to_string).collect();
    desk.write("blocks.jsonl", &lines.join("\n"));
    desk.prints("import jsonl blocks.jsonl");
    desk
}
