//! A desk to try the program at: a home of its own, a clock that stands still, and the
//! binary that was built.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A user with an empty home in Berlin, on Tuesday 24 November 2026.
pub(crate) struct Desk {
    home: TempDir,
    now: String,
    variables: Vec<(String, String)>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::of(TempDir::new().unwrap())
    }

    /// Returns a desk with its home in a folder, so on the disk of that.
    #[allow(dead_code, reason = "the tests of faults use it")]
    pub(crate) fn below(folder: &Path) -> Self {
        Self::of(TempDir::new_in(folder).unwrap())
    }

    fn of(home: TempDir) -> Self {
        Self { home, now: "2026-11-24T09:00:00+01:00".to_owned(), variables: Vec::new() }
    }

    /// Sets the clock of that Tuesday: `9:15`, or of any day: an RFC 3339 time.
    pub(crate) fn at(&mut self, time: &str) -> &mut Self {
        self.now = if time.contains('T') { time.to_owned() } else { format!("2026-11-24T{time:0>5}:00+01:00") };
        self
    }

    /// Sets a variable of the environment for all that follows.
    pub(crate) fn with(&mut self, name: &str, value: &str) -> &mut Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Returns the user's home.
    #[allow(dead_code, reason = "the tests of faults use it")]
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Returns a path in the user's home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Returns the folder of the journal.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path("data/tiltmeter/journal")
    }

    /// Writes a file in the user's home.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Returns the command, ready to run, with words split as a shell would at spaces;
    /// words in double quotes stay together.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiltmeter"));
        command.args(split(line)).current_dir(self.home.path()).env_clear();
        for kept in ["PATH", "TMPDIR", "SystemRoot"] {
            command.envs(std::env::var_os(kept).map(|value| (kept, value)));
        }
        let place = |name: &str| self.home.path().join(name);
        command.env("HOME", self.home.path()).env("XDG_DATA_HOME", place("data"));
        command.env("XDG_CONFIG_HOME", place("config")).env("XDG_STATE_HOME", place("state"));
        fs::create_dir_all(place("tmp")).unwrap();
        command.env("TMPDIR", place("tmp"));
        command.env("TILTMETER_NOW", &self.now).env("TILTMETER_DEVICE", "laptop").env("TZ", "Europe/Berlin");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command and returns all that a person sees of it.
    pub(crate) fn run(&self, line: &str) -> String {
        self.seen(line, self.command(line).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs a command with something on its standard input.
    pub(crate) fn run_with(&self, line: &str, input: &str) -> String {
        let mut command = self.command(line);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        self.seen(line, child.wait_with_output().unwrap())
    }

    /// Runs a command and returns what came of it, each stream for itself.
    pub(crate) fn answer(&self, line: &str) -> Answer {
        self.answered(self.command(line).stdin(Stdio::null()))
    }

    /// Runs a command that was made ready and returns what came of it.
    pub(crate) fn answered(&self, command: &mut Command) -> Answer {
        let output = command.output().unwrap();
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*self.home.path().to_string_lossy(), "~");
        Answer { code: output.status.code(), printed: text(output.stdout), said: text(output.stderr) }
    }

    /// Runs commands, a line each, that must succeed.
    pub(crate) fn does(&self, lines: &str) {
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.prints(line);
        }
    }

    /// Runs a command that must be refused: it says why and what now, and writes nothing.
    pub(crate) fn refuses(&self, line: &str) -> String {
        self.fails(line, 1)
    }

    /// Runs a command that must fail with this exit code, with a hint and without a
    /// trace in the journal; returns what a person sees.
    pub(crate) fn fails(&self, line: &str, code: i32) -> String {
        let before = self.journal_bytes();
        let Answer { code: exited, printed, said } = self.answer(line);
        assert_eq!((exited, &*printed), (Some(code), ""), "tiltmeter {line}\n{said}");
        assert!(said.contains("error: ") && said.contains("\nhint: "), "tiltmeter {line}\n{said}");
        let jargon = ["os error", "Error", "failed to", "panicked", "unwrap", "None", "Usage:"];
        assert!(!jargon.iter().any(|word| said.contains(word)), "tiltmeter {line}\n{said}");
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "tiltmeter {line}\n{said:?}");
        assert_eq!(self.journal_bytes(), before, "tiltmeter {line} wrote something");
        format!("$ tiltmeter {line}\n{said}")
    }

    /// Runs commands, a line each, that must all be refused; returns what a person sees.
    pub(crate) fn refuses_all(&self, lines: &str) -> String {
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| self.refuses(line)).collect()
    }

    /// Runs commands at times, `9:15 now standup`, and returns all that a person sees.
    pub(crate) fn log(&mut self, script: &str) -> String {
        let lines = script.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut seen = String::new();
        for line in lines {
            let (time, command) = line.split_once(' ').unwrap();
            seen.push_str(&self.at(time).run(command));
        }
        seen
    }

    /// Runs a command that must succeed and returns what it prints.
    pub(crate) fn prints(&self, line: &str) -> String {
        let output = self.command(line).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", self.seen(line, output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn seen(&self, line: &str, output: Output) -> String {
        let mut seen = format!("$ tiltmeter {line}\n");
        seen.push_str(&String::from_utf8(output.stdout).unwrap());
        seen.push_str(&String::from_utf8(output.stderr).unwrap());
        match output.status.code() {
            Some(0) => {}
            code => writeln!(seen, "exit code {code:?}").unwrap(),
        }
        seen.replace(&*self.home.path().to_string_lossy(), "~")
    }

    /// Returns what a command answers in JSON, which must be one line.
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        let printed = self.prints(line);
        assert_eq!(printed.matches('\n').count(), 1, "{line} is more than one line");
        serde_json::from_str(&printed).unwrap()
    }

    /// Returns the file that this month is written to.
    pub(crate) fn month(&self) -> PathBuf {
        self.journal().join("2026/2026-11.laptop.jsonl")
    }

    /// Returns every file of the journal that holds something, and what it holds.
    pub(crate) fn journal_bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.journal()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let held = fs::read(&path).unwrap();
                    files.insert(path, held);
                }
            }
        }
        files.retain(|_, held| !held.is_empty());
        files
    }

    /// Returns the lines of every file of the journal.
    pub(crate) fn journal_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        collect(&self.journal(), &mut lines);
        lines
    }
}

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) printed: String,
    pub(crate) said: String,
}

fn collect(folder: &Path, lines: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, lines);
        } else if path.extension().is_some_and(|ending| ending == "jsonl") {
            lines.extend(fs::read_to_string(path).unwrap().lines().map(str::to_owned));
        }
    }
}

fn split(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(index, part)| match index % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}
