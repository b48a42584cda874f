//! Where things are kept: settings, the journal, locks.
//!
//! `XDG_*` is honoured on every Unix, macOS too (XDG Base Directory Specification 0.8:
//! only absolute paths count); elsewhere, and where they are unset, the crate
//! `directories` knows what the system is used to.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

const NAME: &str = "tiltmeter";

/// The places of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The file of settings; it need not exist.
    pub config: PathBuf,
    /// The folder of the journal; it need not exist.
    pub journal: PathBuf,
    /// The folder for locks and what need not be kept.
    pub state: PathBuf,
}

impl Places {
    /// Finds the places, asking `env` for environment variables.
    pub fn find(env: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let xdg = |name: &str| set(name).filter(|path| cfg!(unix) && path.is_absolute()).map(|path| path.join(NAME));
        let usual = directories::ProjectDirs::from("", "", NAME);
        let usual = |pick: fn(&directories::ProjectDirs) -> &Path| usual.as_ref().map(|dirs| pick(dirs).to_owned());
        let data = xdg("XDG_DATA_HOME").or_else(|| usual(directories::ProjectDirs::data_dir));
        let config = xdg("XDG_CONFIG_HOME").or_else(|| usual(directories::ProjectDirs::config_dir));
        let state = xdg("XDG_STATE_HOME")
            .or_else(|| usual(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir())))
            .or_else(|| data.as_ref().map(|data| data.join("state")));
        Ok(Self {
            config: set("TILTMETER_CONFIG").or(config.map(|folder| folder.join("config.toml"))).ok_or_else(homeless)?,
            journal: set("TILTMETER_JOURNAL").or(data.map(|folder| folder.join("journal"))).ok_or_else(homeless)?,
            state: state.ok_or_else(homeless)?,
        })
    }
}

fn homeless() -> Failure {
    Failure::environment("there is no home folder to keep a journal in: HOME is not set")
        .hint("set HOME, or XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_STATE_HOME")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn xdg_folders_count_where_they_are_absolute_and_the_journal_can_be_named() {
        let env = |name: &str| match name {
            "XDG_DATA_HOME" => Some("/d".into()),
            "XDG_CONFIG_HOME" => Some("relative".into()),
            "XDG_STATE_HOME" => Some("/s".into()),
            _ => None,
        };
        let places = Places::find(env).unwrap();
        assert_eq!(places.journal, Path::new("/d/tiltmeter/journal"));
        assert_eq!(places.state, Path::new("/s/tiltmeter"));
        assert!(places.config.is_absolute() && places.config.ends_with("tiltmeter/config.toml"));
        let named = Places::find(|name| (name == "TILTMETER_JOURNAL").then(|| "here".into())).unwrap();
        assert_eq!(named.journal, Path::new("here"));
    }
}
