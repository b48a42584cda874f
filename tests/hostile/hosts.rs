//! The programs that show what `status` prints: bars and prompts.

use std::fs;
use std::process::Command;

use tiltmeter::text::status_line::Host;
use tiltmeter::text::terminal_safe;

use crate::corpus::{is_clean, short};
use crate::desk::Desk;
use crate::world::NOW;

/// Returns a desk at which a text runs, as another device wrote it.
fn running(text: &str) -> Desk {
    let mut desk = Desk::new();
    desk.at(NOW).with("COLUMNS", "400");
    let line = serde_json::json!({
        "v": 1, "change": "019ab000-0000-7000-8000-000000000001", "at": "2026-11-24T06:00:00.000Z", "by": "a", "does": "now",
        "blocks": [{
            "id": "019ab000-0000-7000-8000-000000000002", "start": "2026-11-24T19:00:00+01:00", "kind": "shaping",
            "activity": text,
        }],
    });
    desk.write("data/tiltmeter/journal/2026/2026-11.a.jsonl", &format!("{line}\n"));
    desk
}

#[test]
fn every_host_gets_one_clean_line_in_which_nothing_is_its_own() {
    for hostile in short() {
        let desk = running(&hostile.text);
        for (name, _) in Host::ALL {
            let printed = desk.prints(&format!("status --words --for {name}"));
            let line = printed.strip_suffix('\n').unwrap();
            assert!(!line.is_empty() && (!line.contains('\n') || name == "swiftbar"), "{name}: {printed}");
            is_clean(&line.replace('\n', " ")).unwrap_or_else(|why| panic!("{name}, {}: {why}", hostile.attacks));
            match name {
                "waybar" => is_an_object_of_text(line, &["text", "tooltip"]),
                "i3blocks" => is_an_object_of_text(line, &["full_text", "short_text"]),
                "swiftbar" => is_a_menu(line),
                "starship" | "prompt" => assert!(!line.contains(['%', '$', '`', '\\', '!']), "{line}"),
                "polybar" => assert!(!line.contains("%{"), "{line}"),
                _ => assert!(hash_pairs(line), "{line}"),
            }
        }
    }
}

#[test]
fn a_host_that_is_not_known_is_answered_with_those_that_are() {
    assert!(Desk::new().refuses("status --for i3").contains("try tmux, starship, waybar, polybar, i3blocks"));
}

#[test]
fn what_was_written_stays_at_home_unless_it_is_asked_for() {
    let desk = running("a secret");
    for (name, _) in Host::ALL {
        assert!(!desk.prints(&format!("status --for {name}")).contains("secret"), "{name}");
    }
}

/// Pango is XML of a few tags: a parser of XML finds none.
fn is_an_object_of_text(line: &str, texts: &[&str]) {
    let object: serde_json::Value = serde_json::from_str(line).unwrap();
    for text in texts {
        let markup = format!("<markup>{}</markup>", object[text].as_str().unwrap());
        let document = roxmltree::Document::parse(&markup).unwrap();
        assert!(document.root_element().children().all(|child| child.is_text()), "{line}");
        is_clean(&document.root_element().text().unwrap().replace('\n', " ")).unwrap();
    }
    assert!(object.get("markup").is_none_or(|markup| markup == "pango"), "{line}");
}

/// Reads a menu as `SwiftBar` does: what stands behind the first `|` of a line are its parameters.
fn is_a_menu(menu: &str) {
    let (bar, below) = menu.split_once("\n---\n").unwrap();
    assert!(!bar.contains(['|', '\n']) && !bar.starts_with("--"), "{menu}");
    let (rows, end) = below.split_once("\n---\n").unwrap();
    assert_eq!(end, "Refresh | refresh=true");
    for row in rows.lines() {
        let (shown, parameters) = row.split_once('|').unwrap();
        assert_eq!(parameters, " emojize=false symbolize=false", "{menu}");
        assert!(!shown.starts_with("--") && !shown.starts_with("~~~"), "{menu}");
    }
}

/// Whether hashes stand in pairs, as tmux takes them for themselves.
fn hash_pairs(line: &str) -> bool {
    line.split(|c| c != '#').all(|hashes| hashes.len().is_multiple_of(2))
}

/// Caught when it was made so: `##` for each `#` (tmux reads its line twice), and none.
#[cfg(unix)]
#[test]
#[ignore = "needs tmux; .ci/run runs it"]
fn tmux_itself_shows_every_text_as_it_is_and_runs_none() {
    use std::fmt::Write as _;

    use crate::terminal::Terminal;

    let desk = Desk::new();
    let texts: Vec<(String, String)> = short()
        .into_iter()
        .map(|hostile| (terminal_safe(&hostile.text).to_string(), Host::Tmux.safe(&hostile.text)))
        .filter(|(shown, _)| shown.len() < 350)
        .collect();
    let name = format!("tiltmeter-hostile-{}", std::process::id());
    for (round, five) in texts.chunks(5).enumerate() {
        let mut config = "set -g status 5\nset -g status-interval 1\nset -g status-style default\n".to_owned();
        for (row, (_, safe)) in five.iter().enumerate() {
            let file = desk.write(&format!("line-{round}-{row}"), safe);
            writeln!(config, "set -g 'status-format[{row}]' '<<#(cat {})>>'", file.display()).unwrap();
        }
        let config = desk.write(&format!("tmux-{round}.conf"), &config);
        let mut tmux = portable_pty::CommandBuilder::new("tmux");
        tmux.args(["-u", "-L", &format!("{name}-{round}"), "-f"]);
        tmux.arg(&config);
        tmux.args(["new-session", "sleep 600"]);
        tmux.env_remove("TMUX");
        tmux.env("TERM", "xterm-256color");
        tmux.cwd(desk.path(""));
        let server = Server(format!("{name}-{round}"));
        let mut terminal = Terminal::open(tmux, 400, 8);
        for (row, (shown, _)) in five.iter().enumerate() {
            let expected = plain(shown);
            let row = u16::try_from(3 + row).unwrap();
            terminal.waits_for(&format!("{shown:?}"), |screen| {
                plain(&screen.contents_between(row, 0, row, 400)) == format!("<<{expected}>>")
                    && (0..400).all(|column| screen.cell(row, column).is_none_or(is_uncoloured))
            });
        }
        drop(server);
    }
    assert!(!desk.path("pwned").exists());
}

/// A tmux of its own, which ends with the test.
pub(crate) struct Server(pub(crate) String);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.0, "kill-server"]).output();
    }
}

/// What every terminal has the same view of.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).collect()
}

#[cfg(unix)]
fn is_uncoloured(cell: &vt100::Cell) -> bool {
    (cell.fgcolor(), cell.bgcolor(), cell.bold()) == (vt100::Color::Default, vt100::Color::Default, false)
}

/// What stands right before a field must not make of it what the host obeys.
///
/// Caught when the field was escaped without it: `$` and `(touch pwned)` ran in bash.
#[test]
fn a_template_makes_nothing_of_what_somebody_wrote() {
    for text in ["(touch pwned)", "{A:touch pwned:}x", "[fg=red]", "S", "- | bash=touch", "b>", "{F#f00}%"] {
        let desk = running(text);
        for (name, host) in Host::ALL {
            for before in ["", "#", "$", "%", "-", "x##"] {
                let template = format!("{before}{{running.activity}}");
                let printed = desk.prints(&format!("status --for {name} --format \"{template}\""));
                let safe = host.safe(&format!("{before}{text}"));
                let is_safe = printed.contains(&safe) || printed.contains(&host.safe(text));
                assert!(is_safe, "{name}, {template}: {printed}");
                match host {
                    Host::Prompt | Host::Starship => assert!(!printed.contains("$("), "{printed}"),
                    Host::Polybar => assert!(!printed.contains("%{"), "{printed}"),
                    Host::Tmux => assert!(hash_pairs(&printed), "{printed}"),
                    Host::Swiftbar => assert!(!printed.lines().next().unwrap().contains('|'), "{printed}"),
                    Host::Waybar | Host::I3blocks => {}
                }
            }
        }
    }
}

/// starship puts the line into the prompt, which the shell then expands.
#[test]
#[ignore = "needs bash and zsh; .ci/run runs it"]
fn no_shell_expands_what_stands_in_its_prompt() {
    let desk = Desk::new();
    for hostile in short() {
        let safe = Host::Starship.safe(&hostile.text);
        fs::write(desk.path("line"), &safe).unwrap();
        for (shell, script) in [
            ("bash", "line=$(cat line); printf '%s' \"${line@P}\""),
            ("zsh", "setopt prompt_subst prompt_bang; line=$(cat line); print -nP -- \"$line\""),
        ] {
            let output = Command::new(shell).args(["-c", script]).current_dir(desk.path("")).output().unwrap();
            let shown = String::from_utf8(output.stdout).unwrap();
            assert_eq!(shown.trim(), safe.trim(), "{shell}, {}", hostile.attacks);
        }
    }
    assert!(!desk.path("pwned").exists());
}
