//! What is offered, whoever asks; and the scripts, as far as they can be tried without a terminal.

use std::process::Command;

use crate::desk::Desk;

fn texts(desk: &Desk, words: &[&str]) -> Vec<String> {
    let answer = desk.answered(desk.command("").args(["complete", "fish", "--"]).args(words));
    assert_eq!((answer.code, answer.said.as_str()), (Some(0), ""));
    answer.printed.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn of_a_kind_that_was_said_comes_first_and_habits_before_the_rest() {
    let mut desk = Desk::new();
    desk.log(
        "9:15 was standup --at 9:00 --kind i
         10:10 was design doc --kind c
         10:30 was review --kind s",
    );
    assert_eq!(texts(&desk, &["create", ""])[0], "design doc");
    assert_eq!(texts(&desk, &["i", ""])[0], "standup", "by its letter too");
    assert_eq!(texts(&desk, &["shape", ""]).len(), 3, "the others after it");
    assert_eq!(texts(&desk, &["--ascii", "now", "--note", "x y", "des"]), ["design doc"]);
    assert!(texts(&desk, &["now", "--note", ""]).is_empty());
    assert_eq!(texts(&desk, &["edit", "@1", "des"]), ["design doc"]);
    assert_eq!(texts(&desk, &["add", "45m", "des"]), ["design doc"]);
    assert_eq!(texts(&desk, &["x"]), ["x"]);
    assert_eq!(texts(&desk, &["now", "--kind=sh"]), ["--kind=shaping"]);
}

/// Caught when the recent weeks were all that was read.
#[test]
fn what_was_done_months_ago_is_found_where_nothing_newer_fits() {
    let mut desk = Desk::new();
    desk.at("2026-06-02T10:00:00+02:00").prints("add 9-10 offsite --kind s");
    desk.at("10:00").prints("add 9-9:30 standup --kind i");
    assert_eq!(texts(&desk, &["now", "off"]), ["offsite"]);
    assert_eq!(texts(&desk, &["now", ""]), ["standup"]);
}

#[test]
fn without_a_home_a_journal_or_settings_that_can_be_read_the_commands_are_offered_and_nothing_is_said() {
    let desk = Desk::new();
    assert!(texts(&desk, &["now", ""]).is_empty());
    assert!(!desk.journal().exists(), "asking makes nothing");
    desk.write("config/tiltmeter/config.toml", "this is no TOML [");
    assert_eq!(texts(&desk, &["bas"]), ["baseline"]);
    assert!(texts(&desk, &["now", ""]).is_empty());
    assert_eq!(texts(&desk, &["day", "y"]), ["yesterday"]);
    let mut homeless = desk.command("complete fish -- sta");
    let answer = desk.answered(homeless.env_clear());
    assert_eq!((answer.code, answer.said.as_str()), (Some(0), ""));
    assert!(answer.printed.starts_with("status\t"), "{}", answer.printed);
}

/// Whatever the line, an answer is an answer.
#[test]
fn no_line_makes_it_fail() {
    let desk = Desk::new();
    let lines = [
        "",
        "tiltmeter",
        "tiltmeter now \"",
        "tiltmeter now 'x",
        "tiltmeter \\",
        "tiltmeter -- -- --",
        "tiltmeter --x=",
        "é \u{301}",
    ];
    for line in lines {
        for replaced in ["", "x", line] {
            let answer = desk.answered(desk.command("").args(["complete", "bash", "--", line, replaced]));
            assert_eq!((answer.code, answer.said.as_str()), (Some(0), ""), "{line:?}");
        }
    }
    for words in [&[][..], &["now"], &["--"], &["config", "nothing", ""], &["nothing", "", ""], &["-", "-o"]] {
        texts(&desk, words);
    }
}

#[test]
fn a_shell_that_is_not_known_is_answered_with_those_that_are() {
    assert!(Desk::new().refuses("completions tcsh").contains("try bash, zsh, fish, powershell, elvish"));
}

/// PowerShell is not tried here for want of one: what it is given is at least quoted as it asks,
/// and its script has its brackets in pairs.
#[test]
fn powershell_is_given_words_in_its_own_quotes() {
    let mut desk = Desk::new();
    desk.at("10:00");
    let add = desk.answered(desk.command("").args(["add", "9-9:30", "it's $(x) `y`", "--kind", "s"]));
    assert_eq!(add.code, Some(0), "{}", add.said);
    let answer = desk.prints("complete powershell -- now .it");
    assert_eq!(answer, "'it''s' '$(x)' '`y`'\tshaped\n");
    let script = desk.prints("completions powershell");
    for pair in [('{', '}'), ('(', ')'), ('[', ']')] {
        let count = |one: char| script.matches(one).count() + usize::from(one == ']') * script.matches("\"^['").count();
        assert!(count(pair.0).abs_diff(count(pair.1)) <= 1, "{pair:?}");
    }
}

#[test]
#[ignore = "needs bash, zsh, fish and elvish; .ci/run runs it"]
fn every_shell_reads_its_script() {
    let desk = Desk::new();
    for (shell, how) in [("bash", "-n"), ("zsh", "-n"), ("fish", "-n"), ("elvish", "-compileonly")] {
        let script = desk.write(&format!("script.{shell}"), &desk.prints(&format!("completions {shell}")));
        let output = Command::new(shell).arg(how).arg(&script).output().unwrap();
        // Elvish has `edit:` only on a terminal.
        let said = String::from_utf8(output.stderr).unwrap();
        let is_fine =
            output.status.success() || (shell == "elvish" && said.contains("edit:") && !said.contains("parse error"));
        assert!(is_fine, "{shell}: {said}");
    }
}
