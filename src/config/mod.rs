//! Settings: defaults ← file ← environment. They change how a journal is read, never
//! what it says.
//!
//! Every option is one row of [`OPTIONS`]: reading, refusing, `config show` and the
//! documentation are made from it.

mod options;
mod value;
mod write;

use std::ffi::OsString;
use std::path::Path;

use chrono::{NaiveTime, Weekday};

pub use options::{OPTIONS, Opt};
pub use value::NotAValue;

use crate::beam::Glyphs;
use crate::domain::{Habits, Kind};
use crate::failure::{Failure, in_words};
use crate::small_file;
use crate::text::terminal_safe;

/// What the user has chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What a week is expected to hold, and where it is level.
    pub habits: Habits,
    /// When a day begins.
    pub day_start: NaiveTime,
    /// When a week begins.
    pub week_start: Weekday,
    /// The zone of now, where the system's is not to be trusted.
    pub zone: Option<String>,
    /// Which characters are drawn.
    pub glyphs: Glyphs,
    /// Words that decide a kind, before history and first guesses.
    pub kinds: Vec<(String, Kind)>,
    /// The settings that are not defaults, and who says so.
    said: Vec<(&'static str, Source)>,
}

/// Who says what a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody: it is as it comes.
    Default,
    /// The file of settings.
    File,
    /// The environment.
    Environment,
}

impl Source {
    /// Returns its name: `default`, `file`, `environment`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Environment => "environment",
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            habits: Habits::default(),
            day_start: NaiveTime::from_hms_opt(4, 0, 0).unwrap_or(NaiveTime::MIN),
            week_start: Weekday::Mon,
            zone: None,
            glyphs: Glyphs::Unicode,
            kinds: Vec::new(),
            said: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the settings from the file at `path`, if there is one, and from the
    /// environment that `env` answers for.
    pub fn load(path: &Path, env: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let mut config = Self::default();
        match small_file::read(path) {
            Ok(text) => config.take_file(&text, path)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("the settings in {} cannot be read: {}", shown(path), in_words(&error));
                return Err(Failure::environment(message).hint("TILTMETER_CONFIG names another file"));
            }
        }
        config.take_environment(env)?;
        Ok(config)
    }

    /// Returns who says what the setting of this name is.
    pub fn source(&self, name: &str) -> Source {
        let last = self.said.iter().rev().find(|(said, _)| *said == name);
        last.map_or(Source::Default, |(_, source)| *source)
    }

    fn take_file(&mut self, text: &str, path: &Path) -> Result<(), Failure> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: toml::Table = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            let message = terminal_safe(error.message()).to_string();
            Failure::environment(format!("{}, line {line}: {message}", shown(path)))
                .hint("a line is NAME = VALUE, with words in quotes: target = 35, lunch = \"12:00-13:00\"")
        })?;
        for (name, value) in table {
            let option = options::named(&name).ok_or_else(|| unknown(&name, path))?;
            (option.take)(self, &value).map_err(|error| {
                Failure::environment(format!("{}: {} {error}", shown(path), option.name))
                    .hint(format!("for example: {}", option.example))
            })?;
            self.said.push((option.name, Source::File));
        }
        Ok(())
    }

    fn take_environment(&mut self, env: impl Fn(&str) -> Option<OsString>) -> Result<(), Failure> {
        for option in OPTIONS {
            let Some(text) = option.variable.and_then(&env).filter(|text| !text.is_empty()) else { continue };
            let value = value::from_environment(&text.to_string_lossy());
            (option.take)(self, &value).map_err(|error| {
                let variable = option.variable.unwrap_or_default();
                let value = option.example.split_once(" = ").map_or("", |(_, value)| value.trim_matches('"'));
                Failure::environment(format!("{variable} {error}")).hint(format!("for example: {variable}='{value}'"))
            })?;
            self.said.push((option.name, Source::Environment));
        }
        Ok(())
    }
}

fn unknown(name: &str, path: &Path) -> Failure {
    let message = format!("{}: there is no setting \"{}\"", shown(path), terminal_safe(name));
    let near = OPTIONS
        .iter()
        .map(|option| (strsim::damerau_levenshtein(&name.to_lowercase(), option.name), option.name))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    let all = OPTIONS.iter().map(|option| option.name).collect::<Vec<_>>().join(", ");
    Failure::environment(message).hint(match near {
        Some((_, near)) => format!("did you mean {near}?"),
        None => format!("there are {all}"),
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

fn shown(path: &Path) -> String {
    terminal_safe(&path.to_string_lossy()).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::{Lens, Share};

    fn read(text: &str) -> Result<Config, Failure> {
        let mut config = Config::default();
        config.take_file(text, Path::new("config.toml")).map(|()| config)
    }

    #[test]
    fn every_default_is_what_its_row_says_and_every_example_is_taken() {
        for option in OPTIONS {
            assert!(read(option.example).is_ok(), "{}: {:?}", option.name, read(option.example));
            let written = (option.show)(&Config::default());
            let read = read(&format!("{} = {written}", option.name)).unwrap();
            assert_eq!((option.show)(&read), written, "{}", option.name);
        }
    }

    #[test]
    fn what_was_chosen_is_read_back_as_it_was_shown() {
        let text = "target = { mon = 20, fri = 50 }\nshaping = \"apart\"\nday_start = \"02:30\"\n\
                    week_start = \"sunday\"\nexpected = { mon = 4, sat = 1.5 }\nlunch = \"none\"\n\
                    glyphs = \"ascii\"\nwork_begins = \"8:00\"\n[kinds]\n\"vendor call\" = \"consuming\"";
        let config = read(text).unwrap();
        assert_eq!(config.habits.lens, Lens::Apart);
        assert_eq!(Some(config.habits.target(Weekday::Fri)), Share::percent(50.0));
        assert_eq!(config.habits.target(Weekday::Tue), Share::GUESS);
        assert_eq!(config.habits.expected(Weekday::Sat), TimeDelta::minutes(90));
        assert_eq!(config.habits.expected(Weekday::Tue), TimeDelta::zero());
        let again: Vec<String> =
            OPTIONS.iter().map(|option| format!("{} = {}", option.name, (option.show)(&config))).collect();
        let again = Config { said: config.said.clone(), ..read(&again.join("\n")).unwrap() };
        assert_eq!(again, config);
    }

    #[test]
    fn a_mistake_names_the_setting_and_what_would_do() {
        let failure = |text| read(text).unwrap_err();
        assert!(failure("taget = 30").hints[0].contains("target"));
        assert!(failure("target = 130").message.contains("target"));
        assert!(failure("target = \"x").message.contains("line 1"));
        assert!(failure("lunch = 12").hints[0].contains("lunch = "));
        assert!(failure("zone = \"\\u001b[2J\"").message.contains("zone"));
        assert!(failure("[kinds]\nx = \"fun\"").message.contains("fun"));
    }
}
