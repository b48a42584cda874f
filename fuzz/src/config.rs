//! Settings: what was taken, shown, is taken as the same; and writing the target changes
//! nothing else.

use std::fs;
use std::path::Path;

use tiltmeter::config::{Config, OPTIONS};
use tiltmeter::domain::Share;
use tiltmeter::failure::Failure;
use tiltmeter::text::is_harmless;

use super::ground;

pub fn holds(bytes: &[u8]) {
    let folder = ground::folder();
    let path = folder.path().join("config.toml");
    fs::write(&path, bytes).expect("memory takes everything");
    let config = match load(&path) {
        Ok(config) => config,
        Err(failure) => {
            let said = failure.hints.iter().chain([&failure.message]);
            assert!(said.into_iter().all(|said| is_harmless(said)), "{failure:?}");
            return unchanged_where_it_cannot_be_read(&path, bytes);
        }
    };
    what_is_shown_is_taken_again(folder.path(), &config);
    writing_the_target_changes_nothing_else(&path, &config);
}

fn load(path: &Path) -> Result<Config, Failure> {
    Config::load(path, |_| None, &[])
}

fn shown(config: &Config) -> Vec<(&'static str, String)> {
    OPTIONS.iter().map(|option| (option.name, (option.show)(config))).collect()
}

fn what_is_shown_is_taken_again(folder: &Path, config: &Config) {
    let path = folder.join("shown.toml");
    let lines: Vec<String> = shown(config).iter().map(|(name, value)| format!("{name} = {value}")).collect();
    fs::write(&path, lines.join("\n")).expect("memory takes everything");
    let again = load(&path).unwrap_or_else(|failure| panic!("{failure:?}\n{lines:#?}"));
    assert_eq!(shown(&again), shown(config));
}

fn writing_the_target_changes_nothing_else(path: &Path, config: &Config) {
    let others = |config: &Config| shown(config).into_iter().filter(|(name, _)| *name != "target").collect::<Vec<_>>();
    let wanted = Share::percent(30.0).map(|share| [share; 7]);
    for targets in [wanted, None] {
        Config::write_target(path, |_| targets).unwrap_or_else(|failure| panic!("{failure:?}"));
        let written = load(path).unwrap_or_else(|failure| panic!("{failure:?}"));
        assert_eq!(others(&written), others(config));
        assert_eq!(written.habits.target_is_a_guess, targets.is_none());
    }
}

fn unchanged_where_it_cannot_be_read(path: &Path, bytes: &[u8]) {
    assert!(Config::write_target(path, |_| None).is_err());
    assert_eq!(fs::read(path).expect("it is still there"), bytes);
}
