//! Settings: defaults ← file ← environment ← flags. They change how a journal is read, never
//! what it says.
//!
//! Every option is one row of [`OPTIONS`]: reading, refusing, `config show`, the commented file
//! of `config init`, the schema for editors and the documentation are made from it.

mod file;
mod form;
mod mistake;
mod nudges;
mod options;
mod schema;
mod show;
mod theme;
mod tree;
mod value;
mod write;

use std::ffi::OsString;
use std::path::Path;

use chrono::{NaiveTime, Weekday};

pub use file::commented;
pub use form::Form;
pub use mistake::{Mistake, Mistakes};
pub use nudges::{Means, Nudges};
pub use options::{OPTIONS, Opt};
pub use schema::schema;
pub use theme::OwnTheme;

use mistake::Taken;
use schema::SCHEMA_ADDRESS;
use tree::{Node, Row};

use crate::beam::Glyphs;
use crate::domain::{Face, Habits, KindRule};
use crate::failure::{Failure, Fault, in_words};
use crate::keymap::Keymap;
use crate::small_file;
use crate::text::terminal_safe;
use crate::theme::Theme;

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
    /// How the hours of a day are counted where times are shown.
    pub face: Face,
    /// The name of how everything looks.
    pub theme: String,
    /// The user's own themes.
    pub own_themes: Vec<OwnTheme>,
    /// Which characters are drawn.
    pub glyphs: Glyphs,
    /// Words that decide a kind, before history and first guesses.
    pub kinds: Vec<KindRule>,
    /// Which keys do what in the pane.
    pub keys: Keymap,
    /// What somebody wants to be reminded of, and how.
    pub nudges: Nudges,
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
    /// A flag of the command line.
    Flag,
}

impl Source {
    /// Returns its name: `default`, `file`, `environment`, `flag`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Environment => "environment",
            Self::Flag => "flag",
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
            face: Face::Of24,
            theme: Theme::NAMES[0].to_owned(),
            own_themes: Vec::new(),
            glyphs: Glyphs::Unicode,
            kinds: Vec::new(),
            keys: Keymap::default(),
            nudges: Nudges::default(),
            said: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the settings from the file at `path`, if there is one, from the environment that
    /// `env` answers for, and from flags: `NAME=VALUE`. Each goes before those named first here.
    pub fn load(path: &Path, env: impl Fn(&str) -> Option<OsString>, flags: &[String]) -> Result<Self, Failure> {
        let text = Self::text(path)?.unwrap_or_default();
        let mut config = Self::of_file(&text).map_err(|mistakes| mistakes.failure(path))?;
        config.take_environment(env)?;
        config.take_flags(flags)?;
        Ok(config)
    }

    /// Returns the text of the file at `path`; `None` where there is none.
    pub fn text(path: &Path) -> Result<Option<String>, Failure> {
        match small_file::read(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let message = format!("the settings in {} cannot be read: {}", shown(path), in_words(&error));
                Err(Failure::environment(message).hint("TILTMETER_CONFIG names another file"))
            }
        }
    }

    /// Returns the settings that a file of this text alone gives, or all that is wrong with it.
    ///
    /// ```
    /// use tiltmeter::config::Config;
    ///
    /// let config = Config::of_file("target = 35\n[nudges]\nsilence = 45\n").unwrap();
    /// assert_eq!(config.habits.targets[0].shown(), 35);
    /// let mistakes = Config::of_file("tarjet = 35\nshaping = \"some\"\n").unwrap_err();
    /// assert_eq!(mistakes.each.len(), 2, "both at once");
    /// ```
    pub fn of_file(text: &str) -> Result<Self, Mistakes> {
        let mut config = Self::default();
        config.take_file(text).map(|()| config)
    }

    /// Returns who says what the setting of this name is.
    pub fn source(&self, name: &str) -> Source {
        let last = self.said.iter().rev().find(|(said, _)| *said == name);
        last.map_or(Source::Default, |(_, source)| *source)
    }

    /// Takes what a file says; where anything in it is wrong, all of that is told.
    fn take_file(&mut self, text: &str) -> Result<(), Mistakes> {
        let body = text.strip_prefix(MARK).unwrap_or(text);
        let (rows, mut wrong) = tree::parse(body);
        let taken: Vec<(&Row, Taken<()>)> = rows.iter().map(|row| (row, self.take_row(row))).collect();
        // Of themes that could not be taken nobody knows which there are.
        let knows_themes = taken.iter().all(|(row, taken)| row.name != "themes" || taken.is_ok());
        let theme = rows.iter().find(|row| row.name == "theme").filter(|_| knows_themes);
        let no_theme = theme.and_then(|row| self.check_theme(&row.node).err());
        let mut found: Vec<Mistake> =
            taken.into_iter().flat_map(|(_, taken)| taken.err().unwrap_or_default()).collect();
        found.extend(no_theme);
        // Of a line that is no TOML, what could be read of it says nothing more.
        let broken = mistake::lines(&wrong, body);
        let lines = mistake::lines(&found, body);
        let found = found.into_iter().zip(lines).filter(|(_, line)| broken.binary_search(line).is_err());
        wrong.extend(found.map(|(mistake, _)| mistake));
        if wrong.is_empty() {
            return Ok(());
        }
        wrong.sort_by_key(Mistake::start);
        Err(Mistakes { text: body.to_owned(), each: wrong })
    }

    fn take_row(&mut self, row: &Row) -> Taken<()> {
        if let Some(option) = options::named(&row.name) {
            return self.take_option(option, &row.node);
        }
        if !options::sections().any(|section| section == row.name) {
            let settings = OPTIONS.iter().map(|option| option.name).filter(|name| !name.contains('.'));
            return Err(unknown(row, &row.name, settings.chain(options::sections())).into());
        }
        let rows = value::rows(&row.node, "settings of its own: a table").map_err(|wrong| of(&row.name, wrong))?;
        let taken = rows.iter().map(|inner| {
            let name = format!("{}.{}", row.name, inner.name);
            let Some(option) = options::named(&name) else {
                let here = OPTIONS.iter().filter(|option| option.place().0 == Some(row.name.as_str()));
                let hint = mistake::meant(&name, here.map(|option| option.name));
                let message = format!("there is no setting \"{name}\"");
                return Err(Mistake::at(inner.at.clone(), message).hint(value::elsewhere(&inner.name, hint)).into());
            };
            self.take_option(option, &inner.node)
        });
        mistake::all(taken).map(drop)
    }

    fn take_option(&mut self, option: &'static Opt, node: &Node) -> Taken<()> {
        let example = || format!("for example: {} = {}", option.place().1, option.example);
        let taken = (option.take)(self, node);
        taken.map_err(|wrong| {
            of(option.name, wrong).into_iter().map(|mistake| mistake.hint(example())).collect::<Vec<_>>()
        })?;
        // The head of a table alone says nothing.
        if !(option.form.is_table() && node.table().is_some_and(<[Row]>::is_empty)) {
            self.said.push((option.name, Source::File));
        }
        Ok(())
    }

    fn take_environment(&mut self, env: impl Fn(&str) -> Option<OsString>) -> Result<(), Failure> {
        for option in OPTIONS {
            let Some(variable) = option.variable else { continue };
            let Some(text) = env(variable).filter(|text| !text.is_empty()) else { continue };
            let taken = self.take_typed(option, &text.to_string_lossy());
            taken.map_err(|wrong| {
                mistake::of_typed(variable, &wrong)
                    .hint(format!("for example: {variable}='{}'", option.typed_example()))
            })?;
            self.said.push((option.name, Source::Environment));
        }
        Ok(())
    }

    /// Takes what an environment variable or a flag says.
    fn take_typed(&mut self, option: &Opt, typed: &str) -> Taken<()> {
        let node = tree::parse_value(typed);
        (option.take)(self, &node)?;
        // All themes are known by now.
        Ok(self.check_theme(&node)?)
    }

    fn take_flags(&mut self, flags: &[String]) -> Result<(), Failure> {
        // Of two flags the order does not count: own themes are known before one is chosen.
        let (themes, others): (Vec<_>, Vec<_>) = flags.iter().partition(|flag| flag.trim_start().starts_with("themes"));
        for flag in themes.into_iter().chain(others) {
            let (name, typed) = flag.split_once('=').ok_or_else(|| {
                let message = format!("--set takes NAME=VALUE, not \"{}\"", terminal_safe(flag));
                Failure::refused(message).hint("for example: --set lunch=12:30-13:15")
            })?;
            let option = options::named(name.trim()).ok_or_else(|| {
                let names = OPTIONS.iter().map(|option| option.name);
                let message = format!("--set {0}: there is no setting \"{0}\"", terminal_safe(name.trim()));
                Failure::refused(message).hint(mistake::meant(name.trim(), names))
            })?;
            let taken = self.take_typed(option, typed.trim());
            taken.map_err(|wrong| {
                let example = format!("for example: --set {}='{}'", option.name, option.typed_example());
                Failure {
                    fault: Fault::Refused,
                    ..mistake::of_typed(&format!("--set {}", option.name), &wrong).hint(example)
                }
            })?;
            self.said.push((option.name, Source::Flag));
        }
        Ok(())
    }
}

/// What leads a file that an editor marked as UTF-8.
const MARK: &str = "\u{feff}";

fn unknown<'n>(row: &Row, name: &str, names: impl Iterator<Item = &'n str> + Clone) -> Mistake {
    Mistake::at(row.at.clone(), format!("there is no setting \"{name}\"")).hint(mistake::meant(name, names))
}

fn of(name: &str, wrong: Vec<Mistake>) -> Vec<Mistake> {
    wrong.into_iter().map(|mistake| mistake.of(name)).collect()
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
        config.take_file(text).map_err(|mistakes| mistakes.failure(Path::new("config.toml"))).map(|()| config)
    }

    /// Returns the line of a file that gives a setting a value.
    fn line(option: &Opt, value: &str) -> String {
        format!("{} = {value}\n", option.name)
    }

    #[test]
    fn every_default_is_what_its_row_says_and_every_example_is_taken() {
        for option in OPTIONS {
            let written = (option.show)(&Config::default());
            let of_default = read(&line(option, &written)).unwrap();
            assert_eq!((option.show)(&of_default), written, "{}", option.name);
            let of_example = read(&line(option, option.example)).unwrap();
            assert_ne!((option.show)(&of_example), written, "{}: its example is the default", option.name);
            let again = read(&line(option, &(option.show)(&of_example))).unwrap();
            assert_eq!((option.show)(&again), (option.show)(&of_example), "{}", option.name);
            assert_eq!(again.source(option.name), Source::File);
        }
    }

    /// Catches: an example that nobody can type, for it is written as in the file, quotes and all.
    #[test]
    fn every_example_that_is_to_be_typed_means_what_it_means_in_the_file() {
        for option in OPTIONS {
            let of_file = read(&line(option, option.example)).unwrap();
            let mut typed = Config::default();
            typed.take_flags(&[format!("{}={}", option.name, option.typed_example())]).unwrap();
            assert_eq!((option.show)(&typed), (option.show)(&of_file), "{}", option.name);
        }
    }

    /// Catches: a mistake that follows from another, and flags that mean something else in another order.
    #[test]
    fn a_theme_of_ones_own_is_known_where_it_is_chosen() {
        let mistakes = Config::of_file("theme = \"mine\"\n[themes.mine]\nmade = \"cyam\"\n").unwrap_err();
        assert_eq!(mistakes.each.len(), 1, "{mistakes:?}");
        let chosen = ["theme=mine", "themes={ mine = { made = \"red\" } }"].map(str::to_owned);
        let [theme, themes] = &chosen;
        for flags in [[theme.clone(), themes.clone()], [themes.clone(), theme.clone()]] {
            Config::default().take_flags(&flags).unwrap();
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
        let again: Vec<String> = OPTIONS.iter().map(|option| line(option, &(option.show)(&config))).collect();
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
        assert!(failure("shaping = \"conted\"").hints[0].contains("counted"));
        assert!(failure("[limits]\nwrk = 4").hints[0].contains("limits.work"));
        assert!(failure("limits = 4").message.contains("limits takes settings of its own"));
        assert!(failure("zone = \"\\u001b[2J\"").message.contains("zone"));
        assert!(failure("[kinds]\nx = \"fun\"").message.contains("fun"));
        assert!(failure("[kinds]\n\"\" = \"off\"").message.contains("without a word"));
    }

    /// Catches: a reader that stops at the first mistake; places counted in bytes, or from 0; what is
    /// left of a broken line told as a mistake of its own.
    #[test]
    fn all_mistakes_are_told_at_once_each_with_its_line_and_column() {
        let text = "\u{feff}taget = 30\nlunch = \nexpected = { mon = 8, nix = 2, tue = 30 }\r\n\n[kinds]\n\"\u{e9}t\u{e9}\" = \"fun\"\n[limits]\nwork = true\n";
        let Mistakes { text, each } = Config::of_file(text).unwrap_err();
        let told: Vec<String> = each.iter().map(|mistake| mistake.pointed_at("c", &text)[0].clone()).collect();
        let places: Vec<&str> = told.iter().map(|line| line.split(": ").next().unwrap()).collect();
        assert_eq!(places, ["c:1:1", "c:2:9", "c:3:23", "c:3:38", "c:6:9", "c:8:8"], "{told:#?}");
        let lines = Mistakes { text, each }.failure(Path::new("c")).message;
        assert_eq!(lines.lines().count(), 7, "{lines}");
        assert!(lines.contains("line 3, column 38: expected takes"), "{lines}");
    }

    /// Catches: clashes that are told one a time, or not until all other mistakes are mended.
    #[test]
    fn every_key_that_would_mean_two_things_is_told_beside_what_else_is_wrong() {
        let text = "[keys]\nspark = \"n\"\njump = \"x\"\nback = \"q\"\n";
        let lines = Config::of_file(text).unwrap_err().failure(Path::new("c")).message;
        let told: Vec<_> = lines.lines().map(|line| line.trim().split(": keys: ").last().unwrap_or_default()).collect();
        for (line, says) in [(1, "spark cannot be n too"), (2, "there is no action"), (3, "back cannot be q too")] {
            assert!(told[line].starts_with(says), "{lines}");
        }
    }

    /// Catches: time that grows with the square of the mistakes, and a flood of them.
    #[test]
    fn of_very_many_mistakes_the_first_are_told() {
        for line in ["x\n", "x = 1\n", "[x\n", "x = { y = \n"] {
            let text = line.repeat(usize::try_from(small_file::LARGEST).unwrap() / line.len());
            let said = Config::of_file(&text).unwrap_err().failure(Path::new("c")).message;
            assert!(said.lines().count() < 12 && said.len() < 4_000, "{line:?}: {said}");
        }
    }

    #[test]
    fn the_mark_stands_below_what_is_meant() {
        let Mistakes { text, each } = Config::of_file("lunch = \"12-13\"\n").unwrap_err();
        let [place, line, mark] = each[0].pointed_at("c.toml", &text);
        assert_eq!(place, "c.toml:1:9: lunch takes a time such as \"12:00-13:00\", or \"none\", not \"12-13\"");
        assert_eq!(line, "  lunch = \"12-13\"");
        assert_eq!(mark, "          ^^^^^^^ for example: lunch = \"12:30-13:15\"");
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "target = 20\nshaping = \"apart\"\n[limits]\nwork = 9\n").unwrap();
        let env = |name: &str| match name {
            "TILTMETER_TARGET" => Some("25".into()),
            "TILTMETER_LIMIT_WORK" => Some("none".into()),
            _ => None,
        };
        let config = Config::load(&path, env, &["target=30".to_owned()]).unwrap();
        let said = ["target", "shaping", "limits.work", "lunch"].map(|name| config.source(name));
        assert_eq!(said, [Source::Flag, Source::File, Source::Environment, Source::Default]);
        assert_eq!(Some(config.habits.target(Weekday::Mon)), Share::percent(30.0));
        assert_eq!(config.habits.limits.work, None);
        for (flag, says) in
            [("target", "NAME=VALUE"), ("taget=3", "there is no setting"), ("target=x", "--set target takes")]
        {
            let failure = Config::load(&path, |_| None, &[flag.to_owned()]).unwrap_err();
            assert!(failure.message.contains(says) && failure.fault == Fault::Refused, "{failure:?}");
        }
    }
}
