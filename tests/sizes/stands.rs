//! Something else stands where a file or a folder of the program's should.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use super::desk::Desk;
use super::measured::{Measured, quiet};

/// What can stand at a path: nothing that the program may wait for, read to its end, write
/// into or follow.
const THINGS: [&str; 7] =
    ["a folder", "a pipe", "a socket", "a link to itself", "a link to nowhere", "endless zeros", "a full device"];

/// What a command may take among them, in MiB. It takes 13; but what the system says of it
/// includes, from before it became the program, what this process of tests had.
pub(crate) const MEMORY: u64 = 256;

const JOURNAL: &str = "data/tiltmeter/journal";

fn put(thing: &str, path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    match thing {
        "a folder" => fs::create_dir(path).unwrap(),
        "a pipe" => rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap(),
        // Its name stays when it is closed.
        "a socket" => drop(UnixListener::bind(path).unwrap()),
        "a link to itself" => symlink(path, path).unwrap(),
        "a link to nowhere" => symlink(path.with_extension("nowhere"), path).unwrap(),
        "endless zeros" => symlink("/dev/zero", path).unwrap(),
        "a full device" => symlink("/dev/full", path).unwrap(),
        _ => unreachable!("{thing}"),
    }
}

/// Returns a desk with a block of this morning that another device wrote.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.with("TILTMETER_DEVICE", "other").at("9:00").does("create readable");
    desk.with("TILTMETER_DEVICE", "laptop").at("10:00");
    desk
}

/// Runs a command at a desk where `thing` stands at `place`.
fn tried(place: &str, thing: &str, line: &str) -> Measured {
    let desk = desk();
    put(thing, &desk.path(place));
    let home = desk.path("").to_string_lossy().trim_end_matches('/').to_owned();
    let measured = quiet(&desk, line);
    let Measured { peak, printed, said, .. } = &measured;
    assert!(*peak < MEMORY, "{thing} at {place}: tiltmeter {line} took {peak} MiB");
    let (printed, said) = (printed.replace(&home, "~"), said.replace(&home, "~"));
    Measured { printed, said, ..measured }
}

/// Catches: opening without `O_NONBLOCK` (a pipe hangs), reading what is no file (zeros
/// have no end), following a link to write, and writing into what is no file.
#[test]
fn where_a_file_to_write_should_be_a_change_says_so_and_what_can_be_read_is_shown() {
    for (file, command) in [("2026/2026-11.laptop.jsonl", "create spec"), ("kept.laptop.jsonl", "spark idea")] {
        let place = format!("{JOURNAL}/{file}");
        for thing in THINGS {
            let changed = tried(&place, thing, command);
            assert_eq!(changed.code, Some(2), "{thing}: {changed:?}");
            assert!(changed.said.starts_with("error: not saved: "), "{thing}: {}", changed.said);
            assert!(changed.said.contains(&format!("(~/{place})\nhint: ")), "{changed:?}");
        }
        let read = tried(&place, "a pipe", "day");
        assert!(read.code == Some(0) && read.printed.contains("readable"), "{read:?}");
    }
}

#[test]
fn what_another_device_should_have_written_is_told_and_hides_nothing() {
    let place = format!("{JOURNAL}/2026/2026-11.third.jsonl");
    for (thing, why) in [
        ("a folder", "it is not a file"),
        ("a pipe", "it is not a file"),
        ("a socket", "it is not a file"),
        ("a link to itself", "its links lead in a circle"),
        ("a link to nowhere", "there is no such file or folder"),
        ("endless zeros", "it is not a file"),
    ] {
        let told = format!("note: ~/{place} belongs to the journal and cannot be read: {why}\n");
        for line in ["day", "create spec"] {
            let done = tried(&place, thing, line);
            assert_eq!((done.code, &*done.said), (Some(0), &*told), "{thing}: {line}");
            assert!(done.printed.contains("readable"), "{thing}: {done:?}");
        }
        assert_eq!(tried(&place, thing, "check").code, Some(2), "{thing}");
    }
}

#[test]
fn a_year_may_be_a_link_to_a_folder_and_nothing_is_read_for_ever() {
    let desk = desk();
    let (year, moved) = (desk.journal().join("2026"), desk.path("elsewhere"));
    fs::rename(&year, &moved).unwrap();
    symlink(&moved, &year).unwrap();
    // Folders that lead back to themselves.
    symlink(desk.journal(), desk.journal().join("2025")).unwrap();
    symlink("..", moved.join("2026")).unwrap();
    symlink(desk.journal(), desk.journal().join("again")).unwrap();
    for line in ["create spec", "day", "check", "history", "export json", "trend", "undo"] {
        let done = quiet(&desk, line);
        assert!(done.peak < MEMORY && done.code == Some(0), "tiltmeter {line}: {done:?}");
    }
    assert!(quiet(&desk, "day").printed.contains("readable"));
    assert!(fs::read_to_string(moved.join("2026-11.laptop.jsonl")).unwrap().contains("spec"));
}

#[test]
fn where_a_folder_should_be_it_is_named() {
    for thing in THINGS.into_iter().filter(|thing| *thing != "a folder") {
        let state = tried("state/tiltmeter", thing, "create spec");
        assert!(state.said.contains("not saved: ") && state.said.contains("(~/state/tiltmeter)\n"), "{state:?}");
        let read = tried("state/tiltmeter", thing, "day");
        assert!(read.code == Some(0) && read.printed.contains("readable"), "{thing}: {read:?}");

        let year = tried(&format!("{JOURNAL}/2026"), thing, "create spec");
        assert!(year.code == Some(2) && year.said.contains(&format!("~/{JOURNAL}/2026")), "{thing}: {year:?}");

        let all = tried(JOURNAL, thing, "create spec");
        assert!(all.code == Some(2) && all.said.contains(&format!("(~/{JOURNAL})\n")), "{thing}: {all:?}");
    }
}

/// Catches settings that are read to their end, whatever they are.
#[test]
fn settings_and_what_is_kept_in_mind_are_files_or_are_not_read() {
    let config = "config/tiltmeter/config.toml";
    for thing in THINGS.into_iter().filter(|thing| *thing != "a link to nowhere") {
        for line in ["day", "target 30"] {
            let done = tried(config, thing, line);
            assert_eq!(done.code, Some(2), "{thing}: {done:?}");
            assert!(done.said.contains(&format!("error: the settings in ~/{config} cannot be ")), "{thing}: {done:?}");
            assert!(done.said.contains("it is ") || done.said.contains("its links lead"), "{thing}: {done:?}");
        }
        let told = tried("state/tiltmeter/told.json", thing, "day");
        assert!(told.code == Some(0) && told.printed.contains("readable"), "{thing}: {told:?}");
    }
}

#[test]
fn a_lock_that_is_no_file_is_named_and_reading_needs_none() {
    for thing in ["a folder", "a link to itself", "endless zeros", "a socket"] {
        let desk = desk();
        desk.does("spark first");
        let locks = fs::read_dir(desk.path("state/tiltmeter")).unwrap().map(|entry| entry.unwrap().path());
        let lock = locks.into_iter().find(|path| path.to_string_lossy().contains("laptop-")).unwrap();
        put(thing, &lock);
        let done = quiet(&desk, "create spec");
        assert!(done.code == Some(2) && done.said.contains(&*lock.to_string_lossy()), "{thing}: {done:?}");
        assert!(done.said.contains("hint: move away what stands there"), "{thing}: {done:?}");
        assert!(quiet(&desk, "day").printed.contains("readable"), "{thing}");
    }
}

#[test]
fn an_import_of_what_has_no_end_is_refused() {
    for format in ["json", "jsonl"] {
        let desk = desk();
        let done = quiet(&desk, &format!("import {format} /dev/zero"));
        assert!(done.code == Some(1) || done.code == Some(2), "{done:?}");
        assert!(done.said.starts_with("error: /dev/zero"), "{done:?}");
        assert!(done.peak < MEMORY, "{format}: {done:?}");
    }
}

/// Catches: a type that is not asked for, or asked for after the file was opened; and a way
/// out that leads nowhere. strace makes the system answer that the folder is on NFS.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace, and the right to use it: .ci/run runs it"]
fn on_a_network_file_system_nothing_is_written_unless_somebody_says_so() {
    let desk = desk();
    let before = desk.journal_bytes();
    let on_nfs = |line: &str, with: &[(&str, &str)]| {
        let asked = desk.command(line);
        let mut command = std::process::Command::new("strace");
        command.args(["-f", "-q", "-o", "/dev/null", "-e", "trace=statfs"]);
        // The type stands first in the answer, its lowest byte first.
        command.args(["-e", "inject=statfs:poke_exit=@arg2=6969000000000000"]);
        command.arg(asked.get_program()).args(asked.get_args()).current_dir(desk.path("")).env_clear();
        command.envs(asked.get_envs().filter_map(|(name, value)| Some((name, value?)))).envs(with.iter().copied());
        desk.answered(&mut command)
    };
    let refused = on_nfs("create spec", &[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.said.starts_with("error: not saved: the journal is on a network file system (nfs)"), "{refused:?}");
    assert!(refused.said.contains("hint: keep it on a local disk"), "{refused:?}");
    assert_eq!(desk.journal_bytes(), before);
    assert!(on_nfs("day", &[]).printed.contains("readable"), "reading works everywhere");
    let all_the_same = on_nfs("create spec", &[("TILTMETER_UNSAFE_FILESYSTEM", "1")]);
    assert_eq!(all_the_same.code, Some(0), "{all_the_same:?}");
    assert!(desk.journal_lines().iter().any(|line| line.contains("spec")));
}
