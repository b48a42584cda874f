//! Lines, months and folders of a size that nobody has, measured one at a time: this file's
//! tests take seconds each and much of a disk, so `.ci/run` runs them, on one thread:
//! `cargo test --release --test sizes -- --ignored --test-threads 1`.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::measured::{Measured, quiet, run};

/// A line that no memory should ever hold, in bytes.
const HUGE: u64 = 1 << 30;

/// What reading it may take, in MiB: it is read in pieces of 64 KiB, and of a line at most
/// 1 MiB is ever held. What it takes is in docs/reliability.md.
const BOUND: u64 = 64;

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.at("9:00").does("create readable");
    desk.at("10:00");
    desk
}

/// Runs a command, which must stay within a bound of memory, in MiB.
fn within(bound: u64, desk: &Desk, line: &str) -> Measured {
    let measured = quiet(desk, line);
    assert!(measured.peak < bound, "tiltmeter {line} took {} MiB", measured.peak);
    measured
}

/// A line of the journal: a block of a second, each behind the one before.
fn line(number: u32) -> String {
    let (day, second) = (1 + number / 86_000, number % 86_000);
    let time =
        |second: u32| format!("2026-11-{day:02}T{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    let (start, end) = (time(second), time(second + 1));
    format!(
        "{{\"v\":1,\"change\":\"019a4000-0000-7000-8000-{number:012x}\",\"at\":\"{end}.000Z\",\"by\":\"other\",\
         \"does\":\"add\",\"blocks\":[{{\"id\":\"019a4000-0000-7000-8000-{number:012x}\",\"start\":\"{start}+00:00\",\
         \"end\":\"{end}+00:00\",\"kind\":\"shaping\",\"activity\":\"line {number}\"}}]}}\n"
    )
}

/// Catches a line that is held before its length is looked at.
#[test]
#[ignore = "takes seconds: .ci/run runs it"]
fn a_line_of_a_gibibyte_is_told_and_hides_no_other() {
    for name in ["2026/2026-11.laptop.jsonl", "2026/2026-11.other.jsonl", "kept.other.jsonl"] {
        let desk = desk();
        let path = desk.journal().join(name);
        let mut file = File::options().append(true).create(true).open(&path).unwrap();
        file.write_all(br#"{"v":1,"change":""#).unwrap();
        // Zeros that take no room on the disk, and are bytes of one line.
        file.set_len(HUGE).unwrap();
        file.write_all(b"\"}\n").unwrap();
        file.write_all(line(1).as_bytes()).unwrap();
        let told = "1 MiB";
        for command in ["day", "status", "check", "history", "create spec", "spark", "spark idea", "undo", "trend"] {
            let done = within(BOUND, &desk, command);
            let is_about_it = (command == "day" && !name.starts_with("kept")) || command == "check";
            assert!(!is_about_it || (done.said + &done.printed).contains(told), "{command}");
        }
        assert!(quiet(&desk, "day").printed.contains("readable"));
        assert_eq!(quiet(&desk, "check").code, Some(2));
    }
}

/// Catches an import that holds a line before its length is looked at.
#[test]
#[ignore = "takes seconds: .ci/run runs it"]
fn a_line_of_a_gibibyte_through_a_pipe_is_no_block() {
    for (format, bound) in [("jsonl", BOUND), ("json", 4 * BOUND)] {
        let desk = desk();
        // Real content, made as it is read.
        let mut content = sh(&format!("head -c {HUGE} /dev/zero | tr '\\0' a"));
        let done = run(&desk, &format!("import {format} -"), Stdio::from(content.stdout.take().unwrap()));
        let _ = content.wait();
        assert!(done.code == Some(1) && done.peak < bound, "{done:?}");
        assert!(done.said.contains("1 MiB") || done.said.contains("64 MiB"), "{done:?}");
    }
}

/// Catches a list of problems without an end.
#[test]
#[ignore = "takes seconds: .ci/run runs it"]
fn a_gibibyte_of_lines_that_are_no_blocks_is_not_read_to_its_end() {
    let desk = desk();
    let mut content = sh(&format!("yes | head -c {HUGE}"));
    let done = run(&desk, "import jsonl -", Stdio::from(content.stdout.take().unwrap()));
    let _ = content.wait();
    assert!(done.code == Some(1) && done.peak < BOUND, "{done:?}");
    assert!(done.said.contains("10000 blocks or more cannot be taken"), "{done:?}");
}

/// What is read of a month is held, and costs what it holds: at most this much a line. `check`,
/// which reads everything there is, takes about half of that.
const KIB_A_LINE: u64 = 2;

#[test]
#[ignore = "takes seconds: .ci/run runs it"]
fn a_million_lines_in_a_month_are_read_and_changed() {
    const LINES: u32 = 1_000_000;
    let desk = desk();
    let mut file = BufWriter::new(File::create(desk.journal().join("2026/2026-11.other.jsonl")).unwrap());
    for number in 0..LINES {
        file.write_all(line(number).as_bytes()).unwrap();
    }
    file.into_inner().unwrap();
    let bound = (u64::from(LINES) * KIB_A_LINE) >> 10;
    for command in ["status", "create spec", "undo", "check", "history"] {
        assert_eq!(within(bound, &desk, command).code, Some(0), "{command}");
    }
    assert!(quiet(&desk, "day").printed.contains("readable"));
}

#[test]
#[ignore = "takes seconds: .ci/run runs it"]
fn ten_thousand_files_and_folders_are_listed_and_read() {
    let desk = desk();
    let journal = desk.journal();
    for number in 0..10_000 {
        fs::write(journal.join(format!("2026/2026-11.device-{number}.jsonl")), line(number)).unwrap();
        fs::create_dir_all(journal.join(format!("folder {number}/inside"))).unwrap();
        fs::write(journal.join(format!("folder {number}/notes.txt")), "nothing of the journal's").unwrap();
    }
    deep_folders(&journal.join("deep"));
    for command in ["status", "day", "create spec", "spark idea", "undo", "check", "history", "trend", "export jsonl"] {
        let began = Instant::now();
        let done = within(2 * BOUND, &desk, command);
        assert!(done.code == Some(0) || command == "check", "{command}: {}", done.said);
        assert!(began.elapsed() < Duration::from_secs(20), "{command}");
    }
    assert!(quiet(&desk, "day").printed.contains("readable"));
}

/// Makes folders in folders, as many as a path can name.
fn deep_folders(folder: &Path) {
    let mut path = folder.to_owned();
    while fs::create_dir(&path).is_ok() {
        path.push("folder");
    }
}

fn sh(script: &str) -> Child {
    Command::new("sh").args(["-c", script]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}
