//! Settings: what was taken, shown, is taken as the same; and writing the target changes
//! nothing else.

use std::fs;
use std::path::Path;

use tiltmeter::config::{Config, Mistakes, OPTIONS};
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
            let said = failure.hints.iter().chain([&failure.message]).flat_map(|said| said.lines());
            assert!(said.into_iter().all(is_harmless), "{failure:?}");
            mistakes_point_at_the_text(bytes);
            return unchanged_where_it_cannot_be_read(&path, bytes);
        }
    };
    what_is_shown_is_taken_again(folder.path(), &config);
    writing_the_target_changes_nothing_else(&path, &config);
}

/// Every mistake has a place in the file, and is told in three harmless lines.
fn mistakes_point_at_the_text(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Err(Mistakes { text, each }) = Config::of_file(text) else { return };
    assert!(!each.is_empty());
    for mistake in each {
        let lines = mistake.pointed_at("config.toml", &text);
        assert!(lines.iter().all(|line| is_harmless(line)), "{lines:?}");
        let mut place = lines[0].split(':').skip(1).map(str::parse::<usize>);
        let line = place.next().and_then(Result::ok).unwrap_or_else(|| panic!("{lines:?}"));
        assert!((1..=text.matches('\n').count() + 1).contains(&line), "{lines:?}");
    }
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
