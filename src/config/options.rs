//! The table of settings.

use chrono::{NaiveTime, TimeDelta, Weekday};

use super::form::Form;
use super::mistake::{Mistake, Taken, all};
use super::show;
use super::theme::OwnTheme;
use super::tree::{Node, Row};
use super::value::{
    break_of, by_weekday, hours, hours_or_none, keys, kind, minutes, minutes_or_none, rows, share, switch, wall_time,
    word, words,
};
use super::{Config, Glyphs, Means};
use crate::domain::{Face, KindRule, Lens};
use crate::keymap::Press;

/// A setting.
pub struct Opt {
    /// Its name: `lunch`; in a section of the file `limits.work`.
    pub name: &'static str,
    /// The environment variable that goes before the file, if there is one.
    pub variable: Option<&'static str>,
    /// What it takes.
    pub form: Form,
    /// A value that it takes and that is not the default.
    pub example: &'static str,
    /// What it does, in a sentence or two.
    pub help: &'static str,
    /// Takes a value.
    pub(super) take: fn(&mut Config, &Node) -> Taken<()>,
    /// Writes what is set, as TOML.
    pub show: fn(&Config) -> String,
}

impl Opt {
    /// Returns the section of the file that it stands in, and its name there.
    pub fn place(&self) -> (Option<&'static str>, &'static str) {
        match self.name.split_once('.') {
            Some((section, name)) => (Some(section), name),
            None => (None, self.name),
        }
    }

    /// Returns what is set as a value.
    pub fn value(&self, config: &Config) -> toml::Value {
        let shown = (self.show)(config);
        in_file(&shown).unwrap_or(toml::Value::String(shown))
    }

    /// Returns the example as it is typed outside of the file.
    pub fn typed_example(&self) -> String {
        match in_file(self.example) {
            Some(toml::Value::String(text)) => text,
            _ => self.example.to_owned(),
        }
    }
}

/// From how many minutes to how many silence, and the time between two random questions, can be set.
const REMINDED: (u32, u32) = (5, 480);
/// The same of how long a reminder is put off.
const PUT_OFF: (u32, u32) = (1, 480);

/// Returns what the file would mean by a value that is written so.
fn in_file(written: &str) -> Option<toml::Value> {
    toml::from_str::<toml::Table>(&format!("value = {written}")).ok()?.remove("value")
}

/// Every setting, in the order in which they are shown.
pub const OPTIONS: &[Opt] = &[
    Opt {
        name: "target",
        variable: Some("TILTMETER_TARGET"),
        form: Form::Weekdays("per cent", 100.0),
        example: "35",
        help: "the share at which the beam is level, in per cent: one number, or { mon = 20, thu = 50 } for some days",
        take: |config, node| {
            let unnamed = config.habits.targets;
            config.habits.targets = by_weekday(node, |one| [one; 7], unnamed, share)?;
            config.habits.target_is_a_guess = false;
            Ok(())
        },
        show: |config| show::targets(config.habits.targets),
    },
    Opt {
        name: "shaping",
        variable: Some("TILTMETER_SHAPING"),
        form: Form::Word(&["counted", "apart"]),
        example: "\"apart\"",
        help: "whether shaping counts as creation (\"counted\") or stands \"apart\": then the share is what was made by hand",
        take: |config, node| {
            config.habits.lens = word(node, &[("counted", Lens::Counted), ("apart", Lens::Apart)])?;
            Ok(())
        },
        show: |config| match config.habits.lens {
            Lens::Counted => show::quoted("counted"),
            Lens::Apart => show::quoted("apart"),
        },
    },
    Opt {
        name: "expected",
        variable: Some("TILTMETER_EXPECTED"),
        form: Form::Weekdays("hours", 24.0),
        example: "7.5",
        help: "hours of work a day: one number for Monday to Friday, or { mon = 8, wed = 4 }, where a day not named has none",
        take: |config, node| {
            let none = TimeDelta::zero();
            let workdays = |one| [one, one, one, one, one, none, none];
            config.habits.expected = by_weekday(node, workdays, [none; 7], hours)?;
            Ok(())
        },
        show: |config| show::expected(config.habits.expected),
    },
    Opt {
        name: "work_begins",
        variable: Some("TILTMETER_WORK_BEGINS"),
        form: Form::Time,
        example: "\"08:30\"",
        help: "when working time begins; with the hours expected and lunch it tells which gaps are asked about; what comes before the first block of a day is none",
        take: |config, node| {
            config.habits.work_begins = wall_time(node)?;
            Ok(())
        },
        show: |config| show::time(config.habits.work_begins),
    },
    Opt {
        name: "lunch",
        variable: Some("TILTMETER_LUNCH"),
        form: Form::Break,
        example: "\"12:30-13:15\"",
        help: "the break that is understood and never asked about, or \"none\"",
        take: |config, node| {
            config.habits.lunch = break_of(node)?;
            Ok(())
        },
        show: |config| show::break_of(config.habits.lunch),
    },
    Opt {
        name: "day_start",
        variable: Some("TILTMETER_DAY_START"),
        form: Form::Time,
        example: "\"05:30\"",
        help: "when a day begins: work before it belongs to the evening before; at noon or earlier",
        take: |config, node| {
            let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
            let start = Some(wall_time(node)?).filter(|start| *start <= noon);
            config.day_start = start.ok_or_else(|| node.instead("a time until noon"))?;
            Ok(())
        },
        show: |config| show::time(config.day_start),
    },
    Opt {
        name: "week_start",
        variable: Some("TILTMETER_WEEK_START"),
        form: Form::Word(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
        example: "\"sunday\"",
        help: "the first day of the week",
        take: |config, node| {
            let day = node.text().and_then(|day| day.parse::<Weekday>().ok());
            config.week_start = day.ok_or_else(|| node.instead("a day such as \"monday\""))?;
            Ok(())
        },
        show: |config| show::weekday(config.week_start),
    },
    Opt {
        name: "zone",
        // TZ is the variable for this.
        variable: None,
        form: Form::Text,
        example: "\"Europe/Berlin\"",
        help: "the time zone you live in, where the system's clock does not know it; \"\" asks the system",
        take: |config, node| {
            let plain = |name: &&str| name.chars().all(|c| c.is_ascii_graphic());
            let name = node.text().filter(plain).ok_or_else(|| node.instead("a name such as \"Europe/Berlin\""))?;
            config.zone = Some(name.to_owned()).filter(|name| !name.is_empty());
            Ok(())
        },
        show: |config| show::quoted(config.zone.as_deref().unwrap_or_default()),
    },
    Opt {
        name: "clock",
        variable: Some("TILTMETER_CLOCK"),
        form: Form::Word(&["24h", "12h"]),
        example: "\"12h\"",
        help: "how times are shown: \"24h\" (14:05) or \"12h\" (2:05pm); both are understood where you type",
        take: |config, node| {
            config.face = word(node, &[("24h", Face::Of24), ("12h", Face::Of12)])?;
            Ok(())
        },
        show: |config| show::quoted(if config.face == Face::Of12 { "12h" } else { "24h" }),
    },
    Opt {
        name: "theme",
        variable: Some("TILTMETER_THEME"),
        form: Form::Text,
        example: "\"paper\"",
        help: "how everything looks: \"ansi\" has the colours of your terminal; docs/themes.md shows the others, and own ones",
        take: |config, node| {
            // Whether there is one is known when those of the file are.
            node.text().ok_or_else(|| node.instead("the name of a theme"))?.clone_into(&mut config.theme);
            Ok(())
        },
        show: |config| show::quoted(&config.theme),
    },
    Opt {
        name: "glyphs",
        variable: Some("TILTMETER_GLYPHS"),
        form: Form::Word(&["unicode", "ascii"]),
        example: "\"ascii\"",
        help: "what pictures are drawn in: \"unicode\" or \"ascii\"",
        take: |config, node| {
            config.glyphs = word(node, &[("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)])?;
            Ok(())
        },
        show: |config| show::quoted(config.glyphs.pick("unicode", "ascii")),
    },
    Opt {
        name: "limits.taken_in",
        variable: Some("TILTMETER_LIMIT_TAKEN_IN"),
        form: Form::HoursOrNone,
        example: "4.5",
        help: "hours a day that may be taken in before the day says that it is enough; \"none\" to be left alone",
        take: |config, node| {
            config.habits.limits.taken_in = hours_or_none(node)?;
            Ok(())
        },
        show: |config| show::hours_or_none(config.habits.limits.taken_in),
    },
    Opt {
        name: "limits.work",
        variable: Some("TILTMETER_LIMIT_WORK"),
        form: Form::HoursOrNone,
        example: "9",
        help: "hours a day that may be worked before the day says that it is enough; \"none\" to be left alone",
        take: |config, node| {
            config.habits.limits.work = hours_or_none(node)?;
            Ok(())
        },
        show: |config| show::hours_or_none(config.habits.limits.work),
    },
    Opt {
        name: "nudges.silence",
        variable: None,
        form: Form::MinutesOrNone(REMINDED),
        example: "45",
        help: "minutes of working time without anything logged, after which you are reminded; \"none\" for never",
        take: |config, node| {
            config.nudges.of.silence = minutes_or_none(node, REMINDED)?;
            Ok(())
        },
        show: |config| show::minutes_or_none(config.nudges.of.silence),
    },
    Opt {
        name: "nudges.block",
        variable: None,
        form: Form::HoursOrNone,
        example: "3",
        help: "hours that a block runs in working time before you are asked whether it still does; \"none\" for never",
        take: |config, node| {
            config.nudges.of.block = hours_or_none(node)?;
            Ok(())
        },
        show: |config| show::hours_or_none(config.nudges.of.block),
    },
    Opt {
        name: "nudges.evening",
        variable: None,
        form: Form::Switch,
        example: "true",
        help: "whether the end of working time reminds you of what has nothing and of what still runs",
        take: |config, node| {
            config.nudges.of.evening = switch(node)?;
            Ok(())
        },
        show: |config| config.nudges.of.evening.to_string(),
    },
    Opt {
        name: "nudges.limits",
        variable: None,
        form: Form::Switch,
        example: "true",
        help: "whether you are told when the day passes one of its limits",
        take: |config, node| {
            config.nudges.of.limits = switch(node)?;
            Ok(())
        },
        show: |config| config.nudges.of.limits.to_string(),
    },
    Opt {
        name: "nudges.sample",
        variable: None,
        form: Form::MinutesOrNone(REMINDED),
        example: "45",
        help: "minutes of working time in which you are asked once on average, at random, what it is right now; \"none\" for never",
        take: |config, node| {
            config.nudges.of.sample = minutes_or_none(node, REMINDED)?;
            Ok(())
        },
        show: |config| show::minutes_or_none(config.nudges.of.sample),
    },
    Opt {
        name: "nudges.by",
        variable: None,
        form: Form::Words(&["bell", "terminal", "desktop"]),
        example: "\"bell desktop\"",
        help: "what reminds you besides the line in the pane: the \"bell\", the \"terminal\", the \"desktop\", with spaces between them",
        take: |config, node| {
            config.nudges.by = words(node, &Means::ALL)?;
            Ok(())
        },
        show: |config| show::quoted(&Means::words(&config.nudges.by)),
    },
    Opt {
        name: "nudges.command",
        variable: None,
        form: Form::Text,
        example: "\"say \\\"$1\\\"\"",
        help: "a command of your own that reminds you: a shell gets it, and the text as $1; \"\" for none",
        take: |config, node| {
            let command = node.text().ok_or_else(|| node.instead("a command, or \"\""))?;
            config.nudges.command = Some(command.to_owned()).filter(|command| !command.trim().is_empty());
            Ok(())
        },
        show: |config| show::quoted(config.nudges.command.as_deref().unwrap_or_default()),
    },
    Opt {
        name: "nudges.snooze",
        variable: None,
        form: Form::Minutes(PUT_OFF),
        example: "30",
        help: "minutes for which a reminder is put off",
        take: |config, node| {
            config.nudges.snooze = minutes(node, PUT_OFF)?;
            Ok(())
        },
        show: |config| show::minutes(config.nudges.snooze),
    },
    Opt {
        name: "nudges.words",
        variable: None,
        form: Form::Switch,
        example: "true",
        help: "whether reminders outside of the pane may name what you wrote",
        take: |config, node| {
            config.nudges.words = switch(node)?;
            Ok(())
        },
        show: |config| config.nudges.words.to_string(),
    },
    Opt {
        name: "kinds",
        variable: None,
        form: Form::Table(&Form::Word(&["creating", "shaping", "consuming", "off"])),
        example: "{ \"code review\" = \"shaping\", \"+vendor\" = \"consuming\", \"1:1 +report\" = \"shaping\" }",
        help: "words and +tags that decide a kind, before history and the first guesses; the rule that asks for most counts",
        take: |config, node| {
            let rules = rows(node, "a table of words and kinds")?;
            config.kinds = all(rules.iter().map(rule))?;
            Ok(())
        },
        show: |config| {
            let written = |rule: &KindRule| (rule.written(), show::quoted(rule.kind.word()));
            show::table(config.kinds.iter().map(written))
        },
    },
    Opt {
        name: "themes",
        variable: None,
        form: Form::Table(&Form::Table(&Form::Text)),
        example: "{ mine = { based_on = \"dusk\", made = \"bold #7aa2f7\" } }",
        help: "themes of your own: roles, and the look of each, over one that there is; theme = \"mine\" then chooses it",
        take: |config, node| {
            config.own_themes = all(rows(node, "a table of themes")?.iter().map(OwnTheme::of))?;
            Ok(())
        },
        show: |config| {
            let look = |(name, look): &(String, String)| (name.clone(), show::quoted(look));
            let theme = |own: &OwnTheme| (own.name.clone(), show::table(own.rows.iter().map(look)));
            show::table(config.own_themes.iter().map(theme))
        },
    },
    Opt {
        name: "keys",
        variable: None,
        form: Form::Keys,
        example: "{ now = [\"n\", \"ctrl-n\"], spark = \"+\" }",
        help: "other keys for what the pane does: n, G, gg, space, ctrl-r, shift-left, page-up, f5, several in a list, [] for none",
        take: |config, node| {
            config.keys = keys(node)?;
            Ok(())
        },
        show: |config| {
            let written = |keys: &[Press]| match keys {
                [one] => show::quoted(&one.written()),
                all => show::list(all.iter().map(|key| show::quoted(&key.written()))),
            };
            show::table(config.keys.own().map(|(name, keys)| (name, written(keys))))
        },
    },
];

/// Returns the setting of that name.
pub(super) fn named(name: &str) -> Option<&'static Opt> {
    OPTIONS.iter().find(|option| option.name == name)
}

/// Returns the names of the sections, each once.
pub(super) fn sections() -> impl Iterator<Item = &'static str> + Clone {
    let sections = OPTIONS.iter().filter_map(|option| option.place().0);
    let mut last = None;
    sections.filter(move |section| last.replace(*section) != Some(*section))
}

fn rule(row: &Row) -> Taken<KindRule> {
    let rule = KindRule::of(&row.name, kind(&row.node)?);
    let nothing =
        || Mistake::at(row.at.clone(), "has a rule without a word or a +tag").hint("for example: \"1:1 +report\"");
    Ok(rule.ok_or_else(nothing)?)
}
