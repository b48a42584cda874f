//! Every command there is, in a world in which every text is hostile.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::corpus::{is_clean, short, ten_megabytes};
use crate::desk::Desk;
use crate::world::{NOW, Written, world};

/// How long anything may take: far more than it does, for a machine with much else to do.
const BOUNDED: Duration = Duration::from_secs(20);
/// No message and no line, whatever it quotes, is longer.
const A_SCREEN: usize = 10_000;

/// Ways to ask each command; those that change something come in an order in which they can.
const ASKED: &[(&str, &[&str])] = &[
    ("day", &["day", "day yesterday", "day --ascii", "day --json", "day --svg", "day --html", "day --md"]),
    ("week", &["week", "week --ascii", "week --json", "week --svg", "week --html", "week --md", "week --without a"]),
    ("trend", &["trend", "trend --json", "trend --weeks all --svg", "trend --html", "trend --md"]),
    (
        "status",
        &[
            "status --words",
            "status",
            "status --json --words",
            "status --words --for tmux",
            "status --words --for waybar",
            "status --words --for starship",
            "status --words --for polybar",
            "status --words --for i3blocks",
            "status --words --for swiftbar",
            "status --words --for prompt",
            "status --format {running.activity}{running.tags}{running.device}",
        ],
    ),
    ("history", &["history -n 5000", "history @1", "history 8:00", "history -n 5000 --json", "history --removed"]),
    ("restore", &["restore @1", "restore @1 --version 1", "restore a", "restore 8:00"]),
    ("check", &["check", "check --json", "check --repair --dry-run", "check --repair"]),
    ("export", &["export json", "export jsonl", "export csv", "export csv -o out.csv", "export jsonl -o out.jsonl"]),
    ("import", &["import jsonl out.jsonl", "import json out.jsonl", "import jsonl nowhere"]),
    ("config", &["config show", "config path", "config show --json"]),
    ("target", &["target", "target --json", "target usual", "target 35"]),
    ("baseline", &["baseline", "baseline --json"]),
    ("spark", &["spark", "spark --json", "spark done 1", "spark drop 3", "spark done e", "spark --all"]),
    ("back", &["back"]),
    ("was", &["was something"]),
    ("now", &["now", "now something new --kind c --ago 30m --trim"]),
    ("create", &["create something"]),
    ("shape", &["shape something"]),
    ("consume", &["consume something --ago 2h"]),
    ("stop", &["stop"]),
    ("add", &["add 8:00-9:00 something", "add 8:00-17:00 something --kind c --trim", "add 45m something"]),
    ("edit", &["edit 17:15 --kind s", "edit 17:00", "edit 17:00 --end 19:30", "edit --day", "edit @2 --note x"]),
    ("split", &["split 17:15", "split @3"]),
    ("remove", &["remove 17:30", "remove @2"]),
    ("off", &["off lunch", "off 24 nov holiday", "off 26 nov"]),
    ("nudge", &["nudge --set nudges.block=1 --set nudges.evening=true --set nudges.words=true --print", "nudge"]),
    ("sample", &["sample", "sample --json", "sample c --set nudges.sample=5", "sample x"]),
    ("confirm", &["confirm", "confirm yesterday"]),
    ("undo", &["undo", "undo", "undo"]),
    ("redo", &["redo"]),
    (
        "completions",
        &["completions bash", "complete bash -- \"tiltmeter now a\" a", "complete bash -- \"tiltmeter edit \""],
    ),
    ("man", &["man", "man now", "man -o pages"]),
    ("demo", &["demo"]),
];

/// Commands that answer in rows no wider than they were told.
const REPORTS: &[&str] = &["day", "week", "trend", "status", "history"];

/// Returns the names of all commands, as the program itself lists them.
fn commands() -> BTreeSet<String> {
    let help = Desk::new().prints("--help");
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn every_command_is_asked() {
    let asked: BTreeSet<String> = ASKED.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(asked, commands(), "give a new command a row in ASKED");
}

/// What a program printed and said, in time.
fn answer(command: &mut Command) -> (String, String) {
    let begun = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(begun.elapsed() < BOUNDED, "{command:?} took {:?}", begun.elapsed());
    assert!(output.status.code().is_some_and(|code| code <= 2), "{command:?}: {output:?}");
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn holds(line: &str, printed: &str, said: &str) {
    let is_export = line.starts_with("export");
    for (stream, text) in [("printed", printed), ("said", said)] {
        // CSV ends its lines as RFC 4180 wants it; and in JSON marks are data, a heap or not.
        let text = if line.starts_with("export csv") { text.replace("\r\n", "\n") } else { text.to_owned() };
        let is_json = stream == "printed" && (line.contains("json") || is_export);
        let clean = if is_json { without_marks(&text) } else { text };
        if let Err(why) = is_clean(&clean) {
            panic!("tiltmeter {line} {stream} {why}");
        }
    }
    assert!(!said.contains("panicked"), "tiltmeter {line}: {said}");
    let is_whole = is_export || ["json", "--svg", "--html", "--md"].iter().any(|form| line.contains(form));
    for text in [said, if is_whole { "" } else { printed }] {
        let longest = text.lines().map(str::len).max().unwrap_or_default();
        assert!(longest <= A_SCREEN, "tiltmeter {line} writes a line of {longest} bytes");
    }
}

fn without_marks(text: &str) -> String {
    text.chars()
        .filter(|c| {
            c.is_ascii() || unicode_width::UnicodeWidthChar::width(*c) != Some(0) || crate::corpus::misleads(*c)
        })
        .collect()
}

fn is_no_wider(line: &str, columns: usize, printed: &str) {
    let named = line.split(' ').next().unwrap();
    let is_text = !["--json", "--svg", "--html", "--md", "--for"].iter().any(|form| line.contains(form));
    if REPORTS.contains(&named) && is_text {
        for row in printed.lines() {
            let width = unicode_width::UnicodeWidthStr::width(row);
            assert!(width <= columns, "tiltmeter {line} is {width} wide, not {columns}: {row:.200}");
        }
    }
}

/// Caught when it was made so: a report that shows a text raw, JSON that leaves C1 or tags as
/// they are, marks without a cap, messages that quote a text whole.
#[test]
fn whatever_was_written_only_what_we_mean_leaves_a_pipe() {
    for (written, columns) in [(Written::Raw, 80), (Written::Escaped, 30)] {
        let mut desk = world(written);
        desk.with("COLUMNS", &columns.to_string()).with("EDITOR", "true");
        for line in ASKED.iter().flat_map(|(_, lines)| *lines) {
            let (printed, said) = answer(&mut desk.command(line));
            holds(line, &printed, &said);
            is_no_wider(line, columns, &printed);
        }
    }
}

/// The colours are ours; nothing else that a terminal obeys is in what it gets.
#[test]
fn on_a_terminal_the_colours_are_ours_and_all_else_is_text() {
    let desk = world(Written::Raw);
    for line in ASKED.iter().flat_map(|(_, lines)| lines.iter().take(2)) {
        // The pane and the manual's reader have the terminal for themselves; and nobody is there who would answer.
        let leaves_it = ["demo", "man"].iter().any(|command| line.starts_with(command));
        if leaves_it || line.contains("json") || line.starts_with("edit --day") || *line == "now" {
            continue;
        }
        let shown = on_a_terminal(&desk.command(line));
        let text = without_our_colours(&shown).replace("\r\n", "\n");
        is_clean(&text).unwrap_or_else(|why| panic!("tiltmeter {line}: {why}"));
    }
}

/// Returns the bytes that a command writes to a terminal of 60 columns.
fn on_a_terminal(command: &Command) -> String {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 60, ..PtySize::default() }).unwrap();
    let mut on_it = CommandBuilder::new(command.get_program());
    on_it.args(command.get_args());
    on_it.cwd(command.get_current_dir().unwrap());
    on_it.env_clear();
    for (name, value) in command.get_envs() {
        on_it.env(name, value.unwrap());
    }
    on_it.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(on_it).unwrap();
    drop(pair.slave);
    let mut from = pair.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // At its end a terminal is gone, which is an error.
    let _ = from.read_to_end(&mut bytes);
    child.wait().unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Takes out the sequences that colour: `ESC [ digits m`, as our own painter writes them.
fn without_our_colours(shown: &str) -> String {
    let ours = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[36m", "\u{1b}[35m", "\u{1b}[90m"];
    ours.iter().fold(shown.to_owned(), |text, ours| text.replace(ours, ""))
}

/// What was typed is told back in refusals, hints and confirmations. Every text goes to
/// some commands, and every command gets some texts.
#[test]
fn what_is_typed_comes_back_only_as_what_it_is() {
    let desk = Desk::new();
    let texts: Vec<String> = short().into_iter().map(|hostile| hostile.text.replace('\0', "")).collect();
    let commands: Vec<String> = commands().into_iter().filter(|command| command != "demo").collect();
    let flags: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("now", &["--at", "--ago", "--kind", "--note"][..]),
        ("add", &["9-10 x --on", "9-10 x --kind", "9-10 x --note"]),
        ("edit", &["--start", "--end", "--kind", "--note", "--untag", "--interrupted", "@1"]),
        ("day", &["--note", "--felt", "--svg -o", "--nothing"]),
        ("week", &["--without", "--as-made", "--html -o"]),
        ("trend", &["--weeks"]),
        ("export", &["csv --from", "csv --to", "csv -o"]),
        ("import", &["json", "jsonl", "csv"]),
        ("history", &["-n", "@"]),
        ("status", &["--for", "--format"]),
        ("spark", &["done", "drop", "x --for"]),
        ("off", &["24 dec", "--at"]),
        ("split", &["@1"]),
        ("baseline", &["70%"]),
        ("config", &["show", "--nothing"]),
    ]);
    desk.does("add 8-8:30 standup\nspark x");
    for (at, text) in texts.iter().enumerate() {
        for (nth, command) in commands.iter().enumerate().filter(|(nth, _)| (nth + at) % 4 == 0) {
            let before = flags.get(command.as_str()).map_or("", |flags| flags[(at + nth) / 4 % flags.len()]);
            let line = format!("{command} {before}");
            let (printed, said) = answer(desk.command(&line).arg(text));
            holds(&format!("{line} {text:?}"), &printed, &said);
        }
        let (printed, said) = answer(desk.command("").arg(text));
        holds(&format!("{text:?}"), &printed, &said);
    }
    // What was taken is shown again.
    for line in ["day", "history", "spark", "baseline", "check", "export csv"] {
        let (printed, said) = answer(&mut desk.command(line));
        holds(line, &printed, &said);
    }
}

/// A line of a journal over 1 MiB is refused unread; what is typed is refused by its length.
#[test]
fn ten_megabytes_are_refused_in_time_and_in_few_words() {
    let text = ten_megabytes();
    let mut desk = Desk::new();
    desk.at(NOW);
    desk.does("add 8-8:30 standup");
    let line =
        serde_json::json!({ "start": "2026-11-24T09:00:00+01:00", "kind": "off", "activity": text, "note": text });
    desk.write("long.jsonl", &format!("{line}\n"));
    desk.write("long.json", &format!("{{\"format\":{},\"version\":1,\"blocks\":[]}}", line["note"]));
    for line in ["import jsonl long.jsonl", "import json long.json", "import json long.jsonl", "day", "check"] {
        let (printed, said) = answer(&mut desk.command(line));
        holds(line, &printed, &said);
    }
    // Linux takes no argument of more than 128 KiB.
    for line in ["now", "add 9-10", "spark", "day", "week --without", "status --for", "edit @1 --note", "nothing"] {
        let (printed, said) = answer(desk.command(line).arg(&text[..120 << 10]));
        holds(line, &printed, &said);
    }
    let journal = serde_json::json!({ "v": 1, "does": text }).to_string();
    desk.write("data/tiltmeter/journal/2026/2026-11.other.jsonl", &(journal + "\n"));
    desk.write("config/tiltmeter/config.toml", &format!("day_start = '{}'\n", text.replace('\u{1b}', "")));
    for line in ["day", "check", "status", "config show", "target 35"] {
        let (printed, said) = answer(&mut desk.command(line));
        holds(line, &printed, &said);
    }
}
