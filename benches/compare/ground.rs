//! Where the commands run: journals in a folder of their own, and nothing of the
//! person who measures.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::{SecondsFormat, TimeDelta};
use tempfile::TempDir;

use crate::{live, parts, support};

pub(crate) struct Ground {
    /// On the disk on which things are built: where folders for temporary files are
    /// kept in memory, a sync costs nothing and says nothing.
    folder: TempDir,
    nothing: PathBuf,
    journals: HashMap<u32, Journal>,
}

pub(crate) struct Journal {
    pub(crate) blocks: usize,
    pub(crate) bytes: u64,
}

impl Ground {
    /// Writes a journal for each of these numbers of years, and one more for changes.
    pub(crate) fn lay(years: &[u32]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let nothing = compile_nothing(folder.path())?;
        let mut ground = Self { folder, nothing, journals: HashMap::new() };
        for &years in years {
            let blocks = support::years(years)?;
            live::log(&ground.changed(years), &blocks)?;
            let bytes = live::log(&ground.journal(years), &blocks)?;
            ground.journals.insert(years, Journal { blocks: blocks.len(), bytes });
        }
        Ok(ground)
    }

    /// Returns the journals, the shortest first.
    pub(crate) fn journals(&self) -> Vec<(u32, &Journal)> {
        let mut journals: Vec<_> = self.journals.iter().map(|(years, journal)| (*years, journal)).collect();
        journals.sort_by_key(|(years, _)| *years);
        journals
    }

    /// Makes sure that what is measured is done: a command that fails is fast.
    pub(crate) fn try_out(&self) -> anyhow::Result<()> {
        for (years, journal) in self.journals() {
            let exported = self.answer(&["export", "jsonl"], years)?;
            let lines = exported.lines().count();
            ensure!(
                lines == journal.blocks,
                "{years} years of journal: {lines} of {} blocks were exported",
                journal.blocks
            );
            let day = self.answer(&["day", "--json"], years)?;
            ensure!(day.contains(r#""running":true"#), "{years} years of journal: nothing runs in {day}");
        }
        Ok(())
    }

    fn answer(&self, args: &[&str], years: u32) -> anyhow::Result<String> {
        let output = self.program(args, years)?.stdout(Stdio::piped()).stderr(Stdio::piped()).output()?;
        let (told, status) = (String::from_utf8_lossy(&output.stderr), output.status);
        ensure!(status.success() && told.is_empty(), "tiltmeter {args:?} ended with {status}: {told}");
        Ok(String::from_utf8(output.stdout)?)
    }

    pub(crate) fn nothing(&self) -> Command {
        self.alone(&self.nothing)
    }

    pub(crate) fn program(&self, args: &[&str], years: u32) -> anyhow::Result<Command> {
        self.on(&self.journal(years), args)
    }

    /// Starts a block a minute after the one that the round before started.
    pub(crate) fn change(&self, years: u32, round: u32) -> anyhow::Result<Command> {
        let activity = if round.is_multiple_of(2) { "standup" } else { "planning" };
        let mut command = self.on(&self.changed(years), &["now", activity])?;
        command.env("TILTMETER_NOW", now_after(TimeDelta::minutes(1 + i64::from(round))));
        Ok(command)
    }

    pub(crate) fn parse(&self, years: u32) -> anyhow::Result<Command> {
        let mut command = self.alone(&std::env::current_exe()?);
        command.arg(parts::PARSE).arg(self.journal(years));
        Ok(command)
    }

    /// Appends as much as a change does, and syncs it.
    pub(crate) fn sync(&self) -> anyhow::Result<Duration> {
        let path = self.folder.path().join("synced");
        let start = Instant::now();
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(&[b'x'; 600])?;
        file.sync_data()?;
        Ok(start.elapsed())
    }

    /// Returns the most memory that a command took, in bytes.
    pub(crate) fn peak(&self, args: &[&str], years: u32) -> anyhow::Result<u64> {
        let measured = self.on(&self.journal(years), args)?;
        let mut command = self.alone(&std::env::current_exe()?);
        command.arg(parts::PEAK).arg(measured.get_program()).args(measured.get_args()).stdout(Stdio::piped());
        command.envs(measured.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = command.output()?;
        ensure!(output.status.success(), "tiltmeter {args:?} ended with {}", output.status);
        let said = String::from_utf8(output.stdout)?;
        said.trim().parse().with_context(|| format!("{said:?} is no number of bytes"))
    }

    fn on(&self, journal: &Path, args: &[&str]) -> anyhow::Result<Command> {
        let mut command = self.alone(Path::new(env!("CARGO_BIN_EXE_tiltmeter")));
        let states = self.folder.path().join("state");
        fs::create_dir_all(&states)?;
        command.args(args).env("TILTMETER_JOURNAL", journal).env("TILTMETER_DEVICE", live::DEVICE);
        command.env("TILTMETER_NOW", now_after(TimeDelta::zero())).env("XDG_STATE_HOME", states);
        command.env("XDG_CONFIG_HOME", self.folder.path().join("config"));
        Ok(command)
    }

    /// Returns a command with an empty environment, but for what it needs to know where it is.
    fn alone(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", self.folder.path()).env("TZ", support::ZONE);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn journal(&self, years: u32) -> PathBuf {
        self.folder.path().join(format!("{years}-years"))
    }

    fn changed(&self, years: u32) -> PathBuf {
        self.folder.path().join(format!("{years}-years-changed"))
    }
}

fn now_after(time: TimeDelta) -> String {
    (support::now() + time).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Compiles a program that does nothing, the way this one is compiled.
fn compile_nothing(folder: &Path) -> anyhow::Result<PathBuf> {
    let (source, program) = (folder.join("nothing.rs"), folder.join("nothing"));
    fs::write(&source, "fn main() {}\n")?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc)
        .args(["--edition=2024", "-Copt-level=3", "-Clto", "-Ccodegen-units=1", "-Cstrip=symbols", "-o"])
        .args([&program, &source])
        .status()
        .context("rustc cannot be run")?;
    ensure!(status.success(), "a program that does nothing cannot be compiled");
    Ok(program)
}
