//! What docs/status-lines.md tells to paste, pasted into the programs themselves, as it stands there.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::desk::Desk;

const GUIDE: &str = include_str!("../../docs/status-lines.md");

/// Returns the blocks of the guide in a language, in their order.
fn recipes(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    let blocks: Vec<_> = GUIDE.split(&*opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(!blocks.is_empty(), "the guide has no recipe in {language}");
    blocks
}

/// Returns a desk at which a quarter of an hour was made and a block runs that would do harm where it is obeyed.
fn at_work() -> Desk {
    let mut desk = Desk::new();
    desk.log(
        "9:00 now review --kind i
         15:20 shape \"$(touch pwned) #(touch pwned) %{A} `touch pwned` #S\"",
    );
    desk.at("15:44");
    desk
}

/// Has every program that is started find `tiltmeter`, at the desk: what is pasted calls it by its name.
fn with_the_command(command: &mut Command, desk: &Desk) {
    let line = desk.command("status");
    for (name, value) in line.get_envs() {
        value.map(|value| command.env(name, value));
    }
    let folder = desk.path("bin");
    fs::create_dir_all(&folder).unwrap();
    let script = folder.join("tiltmeter");
    if !script.exists() {
        fs::write(&script, format!("#!/bin/sh\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_tiltmeter"))).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", folder.display())).current_dir(desk.path("."));
}

/// Caught when the guide's line was cut by tmux (`status-right-length`), and when a `%` of it was read as a time.
#[test]
#[ignore = "needs tmux; .ci/run runs it"]
fn tmux_shows_what_the_guide_says() {
    use crate::terminal::Terminal;

    let desk = at_work();
    let expected = ["▓ 0:24  ", "▓ 0:24 6 %"];
    for (round, (recipe, expected)) in recipes("tmux").into_iter().zip(expected).enumerate() {
        let config = desk.write("tmux.conf", recipe);
        let mut environment = Command::new("tmux");
        with_the_command(&mut environment, &desk);
        let mut tmux = portable_pty::CommandBuilder::new("tmux");
        let name = format!("tiltmeter-recipe-{}-{round}", std::process::id());
        tmux.args(["-u", "-L", &name, "-f"]);
        tmux.arg(&config);
        tmux.args(["new-session", "sleep 600"]);
        for (name, value) in environment.get_envs() {
            tmux.env(name, value.unwrap());
        }
        tmux.env_remove("TMUX");
        tmux.env("TERM", "xterm-256color");
        tmux.cwd(desk.path("."));
        let server = super::hosts::Server(name);
        let mut terminal = Terminal::open(tmux, 160, 6);
        terminal.waits_for(expected, |screen| {
            let row = screen.contents_between(5, 0, 5, 160);
            // What comes last is the clock of tmux itself: the whole line stands before it.
            row.contains(expected) && ends_with_a_time(row.trim_end())
        });
        drop(server);
    }
    assert!(!desk.path("pwned").exists());
}

/// Whether it ends as `%H:%M` is written.
fn ends_with_a_time(row: &str) -> bool {
    let [.., h1, h2, b':', m1, m2] = row.as_bytes() else { return false };
    [h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit())
}

/// Caught when `%` stood in the prompt as it is: zsh took it for the beginning of an escape.
#[test]
#[ignore = "needs bash, zsh and fish; .ci/run runs it"]
fn the_prompts_of_shells_show_what_the_guide_says() {
    let desk = at_work();
    for (shell, arguments, show, before) in [
        ("bash", &["--norc", "-c"][..], "printf '%s' \"${PS1@P}\"", "PS1='> '\n"),
        ("zsh", &["-f", "-c"], "print -nP -- \"$RPROMPT\"", ""),
        ("fish", &["--no-config", "-c"], "fish_right_prompt", ""),
    ] {
        for recipe in recipes(shell) {
            for recipe in [recipe.to_owned(), recipe.replace("--for prompt", "--for prompt --words")] {
                let mut command = Command::new(shell);
                with_the_command(&mut command, &desk);
                let output = command.args(arguments).arg(format!("{before}{recipe}\n{show}")).output().unwrap();
                let shown = String::from_utf8(output.stdout).unwrap();
                let said = String::from_utf8(output.stderr).unwrap();
                let is_there = shown.contains("0:24  6 ٪");
                assert!(is_there && said.is_empty(), "{shell}: {recipe}\nshowed {shown:?}\n{said}");
                assert_eq!(shown.contains("＄(touch"), recipe.contains("--words"), "{shell}: {shown}");
            }
        }
    }
    assert!(!desk.path("pwned").exists());
}

/// The commands of the other recipes are run as they stand, with what the host would read of them.
#[test]
fn every_other_command_of_the_guide_prints_a_line_for_its_host() {
    let desk = at_work();
    let mut run = 0;
    for language in ["toml", "jsonc", "ini", "sh"] {
        for line in recipes(language).into_iter().flat_map(str::lines) {
            let Some((_, rest)) = line.split_once("tiltmeter status").filter(|_| line.contains("--for ")) else {
                continue;
            };
            let rest = rest.trim_end_matches(['"', ',']).trim_end();
            let mut command = Command::new("sh");
            with_the_command(&mut command, &desk);
            // Whoever follows is read once, and left.
            let output = command.args(["-c", &format!("tiltmeter status{rest} | head -n 1")]).output().unwrap();
            let shown = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && output.stderr.is_empty(), "{rest}: {output:?}");
            assert!(shown.contains("0:24") && shown.contains('6'), "{rest}: {shown:?}");
            run += 1;
        }
    }
    assert_eq!(run, 5, "starship, waybar, polybar, i3blocks, SwiftBar");
}
