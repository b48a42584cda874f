//! A home with a journal of its own, and the program that people run, in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::terminal::Terminal;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_tiltmeter");

/// What scripts of [`Home::with_editor`] begin with.
const PRELUDE: &str = r#"cd "$HOME"
day=$1
put() { { grep -v 1:1 "$day"; echo "$1"; grep 1:1 "$day"; } >new; cp new "$day"; }
"#;

/// The home of somebody in Berlin, whose clock stands still.
pub(crate) struct Home {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Home {
    /// Returns a new home, on a Tuesday at this time: `15:40`.
    pub(crate) fn at(time: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let variables = [
            ("PATH", std::env::var("PATH").unwrap()),
            ("TERM", "xterm-256color".into()),
            ("HOME", place("")),
            ("TMPDIR", place("tmp")),
            ("TILTMETER_JOURNAL", place("journal")),
            ("TILTMETER_DEVICE", "laptop".into()),
            ("XDG_STATE_HOME", place("state")),
            ("XDG_CONFIG_HOME", place("config")),
            ("TZ", "Europe/Berlin".into()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let mut home = Self { folder, variables };
        home.becomes(time);
        home
    }

    /// Returns a home with the blocks of a working day, one of which runs.
    pub(crate) fn on_a_working_day() -> Self {
        let home = Self::at("15:40");
        home.does("add 9-9:15 standup");
        home.does("add 9:15-11 design doc --kind c");
        home.does("add 11-12 staff sync --kind i");
        home.does("now 1:1 platform lead --kind s --at 15:20");
        home
    }

    /// Makes it this time of that Tuesday: `9:15`; or of any day, as RFC 3339 has it.
    pub(crate) fn becomes(&mut self, time: &str) -> &mut Self {
        let now = if time.contains('T') { time.to_owned() } else { format!("2026-11-24T{time:0>5}:00+01:00") };
        self.with("TILTMETER_NOW", &now)
    }

    /// Sets a variable of the environment for all that follows.
    pub(crate) fn with(&mut self, name: &str, value: &str) -> &mut Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Has `E` run a script of sh, which gets the file as `$1` and runs in the home; `put`
    /// puts a line into it, before the block that runs on a working day.
    pub(crate) fn with_editor(&mut self, script: &str) -> &mut Self {
        let path = self.path("editor.sh");
        fs::write(&path, format!("{PRELUDE}{script}\n")).unwrap();
        // A shell in between would die of a Ctrl-C that the script does not mind.
        self.with("EDITOR", &format!("exec sh {}", path.display()))
    }

    /// Returns a path in the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the folder of the journal.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path("journal")
    }

    /// Runs the program without a terminal, with words split as a shell does.
    pub(crate) fn runs(&self, line: &str) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec {PROGRAM} {line}")]).env_clear().current_dir(self.folder.path());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// Runs the program, which must succeed; returns what it prints.
    pub(crate) fn does(&self, line: &str) -> String {
        let output = self.runs(line);
        assert!(output.status.success(), "tiltmeter {line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Returns the blocks of today, a line each: `09:00-09:15 i standup`.
    pub(crate) fn day(&self) -> String {
        let day: serde_json::Value = serde_json::from_str(&self.does("day --json")).unwrap();
        let clock = |time: &serde_json::Value| time.as_str().map_or(String::new(), |time| time[11..16].to_owned());
        let line = |block: &serde_json::Value| {
            let (kind, activity) = (block["kind"].as_str().unwrap(), block["activity"].as_str().unwrap());
            format!("{}-{} {} {activity}\n", clock(&block["start"]), clock(&block["end"]), &kind[..2])
        };
        day["blocks"].as_array().unwrap().iter().map(line).collect()
    }

    /// Whether nothing is wrong with the journal.
    pub(crate) fn is_sound(&self) -> bool {
        self.runs("check").status.success()
    }

    /// Opens the pane on a terminal of 80 columns and 24 rows.
    pub(crate) fn pane(&self) -> Terminal {
        self.opens("", 80, 24)
    }

    /// Runs a line on a terminal of its own, and waits until the pane has taken that.
    pub(crate) fn opens(&self, line: &str, columns: u16, rows: u16) -> Terminal {
        let mut terminal = Terminal::open(self.command(line), columns, rows);
        terminal.waits_for("a picture", |screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
        terminal
    }

    /// Returns what runs a line on a terminal.
    pub(crate) fn command(&self, line: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(line.split_whitespace());
        self.surround(&mut command);
        command
    }

    /// Returns what runs a shell in which the program is called `$program`.
    pub(crate) fn shell(&self, shell: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(shell[0]);
        command.args(&shell[1..]);
        self.surround(&mut command);
        command.env("program", PROGRAM);
        command.env("PS1", "prompt> ");
        command
    }

    /// Returns the environment, and nothing of the one of the tests.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        self.variables.clone()
    }

    fn surround(&self, command: &mut CommandBuilder) {
        command.env_clear();
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command.cwd(self.folder.path());
    }
}

/// Returns every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}
