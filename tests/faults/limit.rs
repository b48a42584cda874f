//! A limit on the size of files, with and without its signal heeded: the one fault that lets a
//! part of a line arrive, on every Unix and without any right.

use std::fs;
use std::process::{Command, Stdio};

use libtest_mimic::Trial;

use super::need::{Need, test};
use super::scenes::quick;
use super::truth::{Truth, checked};
use super::{Answer, Desk};

pub(crate) fn tests() -> Vec<Trial> {
    vec![
        test("limit::what_does_not_fit_is_not_saved_at_all", Need::Nothing, what_does_not_fit_is_not_saved_at_all),
        test("limit::who_is_killed_by_the_limit_left_all_or_nothing", Need::Nothing, killed_by_the_limit),
    ]
}

/// How large a file may be, in the blocks of 512 bytes that `ulimit -f` counts in a shell of
/// POSIX.
const BLOCKS: u64 = 4;

/// A day that ends `short` bytes before the limit. Its last line is padded with white space,
/// which no reader minds.
fn almost_full(short: u64) -> Desk {
    let mut desk = Desk::below(quick());
    desk.at("18:00").does("add 8-9 mail --kind i");
    let mut text = fs::read_to_string(desk.month()).unwrap();
    let room = BLOCKS * 512 - short - text.len() as u64;
    text.insert_str(text.len() - 1, &" ".repeat(room.try_into().unwrap()));
    fs::write(desk.month(), text).unwrap();
    desk
}

/// Runs a command under the limit, after a word of the shell on its signal.
fn limited(desk: &Desk, line: &str, trap: &str) -> Answer {
    let program = desk.command(line);
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{trap} ulimit -f {BLOCKS}; exec \"$0\" \"$@\"")]);
    command.arg(program.get_program()).args(program.get_args()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    desk.answered(command.current_dir(desk.home()).stdin(Stdio::null()))
}

/// A line of some 300 bytes. Catches: the cut back left out, or not of the first line's file.
fn what_does_not_fit_is_not_saved_at_all() {
    for short in [0, 1, 2, 100, 250, 300, 320, 400] {
        let desk = almost_full(short);
        let (before, bytes) = (Truth::of(&desk), fs::read(desk.month()).unwrap());
        let answer = limited(&desk, "add 9-10 spec --kind c", "trap '' XFSZ;");
        if answer.code == Some(0) {
            assert!(short >= 300 && Truth::of(&desk).has("spec"), "{short} {answer:?}");
            continue;
        }
        assert!(short < 320, "{short}: there was room, {answer:?}");
        let said = "error: not saved: the file would be larger than the system allows (~/data/";
        assert!(answer.said.starts_with(said) && answer.said.contains("\nhint: "), "{short} {answer:?}");
        assert_eq!((answer.code, &*answer.printed), (Some(2), ""), "{short}");
        assert_eq!(Truth::of(&desk), before, "{short}");
        assert_eq!(fs::read(desk.month()).unwrap(), bytes, "{short}: not a byte is left");
        desk.does("add 9-10 spec --kind c");
    }
}

/// The system's own way: the process is killed where the limit is met. Catches: a torn line that
/// the next one is written on to.
fn killed_by_the_limit() {
    for short in [1, 100, 250, 400] {
        let desk = almost_full(short);
        let before = Truth::of(&desk);
        let answer = limited(&desk, "add 9-10 spec --kind c", "");
        let found = Truth::of(&desk);
        assert!(found == before || found.without("spec") == before, "{short} {answer:?}");
        assert_eq!(answer.code == Some(0), found.has("spec"), "{short} {answer:?}");
        desk.does("add 10-11 review --kind s");
        assert!(Truth::of(&desk).has("review"), "{short}");
        let notices = checked(&desk.journal()).notices;
        assert!(notices.len() <= 1, "{short}: only a torn line, which stays alone: {notices:#?}");
    }
}
