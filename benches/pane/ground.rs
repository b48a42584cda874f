//! Where the pane runs: journals in a folder of their own, and nothing of the person who
//! measures.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, Utc};
use tempfile::TempDir;
use tiltmeter::domain::Block;
use tiltmeter::made_up::{Density, MadeUp};

use crate::{live, support};

/// A journal, and the clock that it is read by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Journal {
    /// So many years up to a Tuesday afternoon, on which the clock stands still.
    Standing { years: u32 },
    /// Ten years up to now, by the clock on the wall.
    Running,
}

pub(crate) struct Ground {
    /// On the disk on which things are built: where folders for temporary files are
    /// kept in memory, a sync costs nothing and says nothing.
    folder: TempDir,
}

impl Ground {
    /// Writes the journals.
    pub(crate) fn lay() -> anyhow::Result<Self> {
        let ground = Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))? };
        fs::create_dir_all(ground.folder.path().join("state"))?;
        for years in [1, 10] {
            live::log(&ground.path(Journal::Standing { years }), &support::years(years)?)?;
        }
        live::log(&ground.path(Journal::Running), &until(Utc::now(), 10)?)?;
        Ok(ground)
    }

    /// Returns what runs the program, with an environment that knows of nothing else.
    pub(crate) fn program(&self, args: &[&str], journal: Journal) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiltmeter"));
        command.args(args).current_dir(folder).env_clear().env("HOME", folder);
        command.env("TERM", "xterm-256color").env("TZ", support::ZONE).env("TILTMETER_DEVICE", live::DEVICE);
        command.env("XDG_STATE_HOME", folder.join("state")).env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("TILTMETER_JOURNAL", self.path(journal));
        if let Journal::Standing { .. } = journal {
            command.env("TILTMETER_NOW", support::now().to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        command
    }

    /// Appends as much as a change does, and syncs it.
    pub(crate) fn sync(&self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let mut file = OpenOptions::new().create(true).append(true).open(self.folder.path().join("synced"))?;
        file.write_all(&[b'x'; 600])?;
        file.sync_data()?;
        Ok(start.elapsed())
    }

    fn path(&self, journal: Journal) -> PathBuf {
        self.folder.path().join(match journal {
            Journal::Standing { years } => format!("{years}-years"),
            Journal::Running => "until-now".to_owned(),
        })
    }
}

fn until(now: DateTime<Utc>, years: u32) -> anyhow::Result<Vec<Block>> {
    let made_up = MadeUp { seed: 1, zone: support::zone()?, weeks: years * 52, until: now, density: Density::Busy };
    Ok(made_up.blocks().filter(|block| block.end.is_some()).collect())
}
