//! The table of settings.

use chrono::{NaiveTime, TimeDelta, Weekday};
use toml::Value;

use super::value::{NotAValue, by_weekday, hours, parse_wall_time, share, wall_time, word};
use super::{Config, Glyphs};
use crate::domain::{Kind, Lens, Share};

/// A setting.
pub struct Opt {
    /// Its name in the file.
    pub name: &'static str,
    /// The environment variable that goes before the file, if there is one.
    pub variable: Option<&'static str>,
    /// A line of the file that sets it.
    pub example: &'static str,
    /// What it does.
    pub help: &'static str,
    /// Takes a value.
    pub take: fn(&mut Config, &Value) -> Result<(), NotAValue>,
    /// Writes what is set, as TOML.
    pub show: fn(&Config) -> String,
}

impl Opt {
    /// Returns what is set as a value.
    pub fn value(&self, config: &Config) -> Value {
        let line = format!("value = {}", (self.show)(config));
        let table = toml::from_str::<toml::Table>(&line);
        table.ok().and_then(|mut table| table.remove("value")).unwrap_or_else(|| Value::String((self.show)(config)))
    }
}

/// Every setting, in the order in which they are shown.
pub const OPTIONS: &[Opt] = &[
    Opt {
        name: "target",
        variable: Some("TILTMETER_TARGET"),
        example: "target = 35",
        help: "the share at which the beam is level, in per cent: one number, or { mon = 20, thu = 50 } for some days",
        take: |config, value| {
            let unnamed = config.habits.targets;
            config.habits.targets = by_weekday(value, |one| [one; 7], unnamed, share)?;
            config.habits.target_is_a_guess = false;
            Ok(())
        },
        show: |config| show_week(config.habits.targets.map(|target| number(target.points()))),
    },
    Opt {
        name: "shaping",
        variable: Some("TILTMETER_SHAPING"),
        example: "shaping = \"apart\"",
        help: "whether shaping counts as creation (\"counted\") or stands \"apart\": then the share is what was made by hand",
        take: |config, value| {
            config.habits.lens = word(value, &[("counted", Lens::Counted), ("apart", Lens::Apart)])?;
            Ok(())
        },
        show: |config| match config.habits.lens {
            Lens::Counted => quoted("counted"),
            Lens::Apart => quoted("apart"),
        },
    },
    Opt {
        name: "expected",
        variable: Some("TILTMETER_EXPECTED"),
        example: "expected = 7.5",
        help: "hours of work a day: one number for Monday to Friday, or { mon = 8, wed = 4 }, where a day not named has none",
        take: |config, value| {
            let none = TimeDelta::zero();
            let workdays = |one| [one, one, one, one, one, none, none];
            config.habits.expected = by_weekday(value, workdays, [none; 7], hours)?;
            Ok(())
        },
        show: |config| show_expected(config.habits.expected),
    },
    Opt {
        name: "work_begins",
        variable: Some("TILTMETER_WORK_BEGINS"),
        example: "work_begins = \"08:30\"",
        help: "when working time begins; with the hours expected and lunch it tells which gaps are asked about",
        take: |config, value| {
            config.habits.work_begins = wall_time(value)?;
            Ok(())
        },
        show: |config| show_time(config.habits.work_begins),
    },
    Opt {
        name: "lunch",
        variable: Some("TILTMETER_LUNCH"),
        example: "lunch = \"12:30-13:15\"",
        help: "the break that is understood and never asked about, or \"none\"",
        take: |config, value| {
            config.habits.lunch = lunch(value)?;
            Ok(())
        },
        show: |config| match config.habits.lunch {
            (from, until) if from == until => quoted("none"),
            (from, until) => quoted(&format!("{}-{}", from.format("%H:%M"), until.format("%H:%M"))),
        },
    },
    Opt {
        name: "day_start",
        variable: Some("TILTMETER_DAY_START"),
        example: "day_start = \"04:00\"",
        help: "when a day begins: work before it belongs to the evening before; at noon or earlier",
        take: |config, value| {
            let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
            let start = wall_time(value)?;
            config.day_start = Some(start)
                .filter(|start| *start <= noon)
                .ok_or_else(|| NotAValue::instead_of(value, "a time until noon"))?;
            Ok(())
        },
        show: |config| show_time(config.day_start),
    },
    Opt {
        name: "week_start",
        variable: Some("TILTMETER_WEEK_START"),
        example: "week_start = \"sunday\"",
        help: "the first day of the week",
        take: |config, value| {
            let day = value.as_str().and_then(|day| day.parse::<Weekday>().ok());
            config.week_start = day.ok_or_else(|| NotAValue::instead_of(value, "a day such as \"monday\""))?;
            Ok(())
        },
        show: |config| {
            quoted(match config.week_start {
                Weekday::Mon => "monday",
                Weekday::Tue => "tuesday",
                Weekday::Wed => "wednesday",
                Weekday::Thu => "thursday",
                Weekday::Fri => "friday",
                Weekday::Sat => "saturday",
                Weekday::Sun => "sunday",
            })
        },
    },
    Opt {
        name: "zone",
        // TZ is the variable for this.
        variable: None,
        example: "zone = \"Europe/Berlin\"",
        help: "the time zone you live in, where the system's clock does not know it; \"\" asks the system",
        take: |config, value| {
            let plain = |name: &&str| name.chars().all(|c| c.is_ascii_graphic());
            let name = value.as_str().filter(plain);
            let name = name.ok_or_else(|| NotAValue::instead_of(value, "a name such as \"Europe/Berlin\""))?;
            config.zone = Some(name.to_owned()).filter(|name| !name.is_empty());
            Ok(())
        },
        show: |config| quoted(config.zone.as_deref().unwrap_or_default()),
    },
    Opt {
        name: "glyphs",
        variable: Some("TILTMETER_GLYPHS"),
        example: "glyphs = \"ascii\"",
        help: "what pictures are drawn in: \"unicode\" or \"ascii\"",
        take: |config, value| {
            config.glyphs = word(value, &[("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)])?;
            Ok(())
        },
        show: |config| quoted(config.glyphs.pick("unicode", "ascii")),
    },
    Opt {
        name: "kinds",
        variable: None,
        example: "kinds = { \"code review\" = \"shaping\", \"vendor\" = \"consuming\" }",
        help: "words of an activity that decide its kind, before history and the first guesses",
        take: |config, value| {
            let table = value.as_table().ok_or_else(|| NotAValue::instead_of(value, "a table of words and kinds"))?;
            config.kinds =
                table.iter().map(|(words, kind)| Ok((words.clone(), self::kind(kind)?))).collect::<Result<_, _>>()?;
            Ok(())
        },
        show: |config| {
            let rows = config.kinds.iter().map(|(words, kind)| format!("{} = {}", quoted(words), quoted(kind.word())));
            format!("{{{}}}", rows.collect::<Vec<_>>().join(", "))
        },
    },
];

/// Returns the setting of that name.
pub(super) fn named(name: &str) -> Option<&'static Opt> {
    OPTIONS.iter().find(|option| option.name == name)
}

fn kind(value: &Value) -> Result<Kind, NotAValue> {
    let kind = value.as_str().and_then(Kind::from_typed);
    kind.ok_or_else(|| NotAValue::instead_of(value, "\"creating\", \"shaping\", \"consuming\" or \"off\""))
}

fn lunch(value: &Value) -> Result<(NaiveTime, NaiveTime), NotAValue> {
    let wanted = || NotAValue::instead_of(value, "a time such as \"12:00-13:00\", or \"none\"");
    let text = value.as_str().ok_or_else(wanted)?;
    if matches!(text, "none" | "") {
        return Ok((NaiveTime::MIN, NaiveTime::MIN));
    }
    let (from, until) = text.split_once(['-', '–']).ok_or_else(wanted)?;
    let times = parse_wall_time(from).zip(parse_wall_time(until));
    times.filter(|(from, until)| from < until).ok_or_else(wanted)
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn show_time(time: NaiveTime) -> String {
    quoted(&time.format("%H:%M").to_string())
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn show_week(week: [String; 7]) -> String {
    match week.iter().collect::<std::collections::BTreeSet<_>>().len() {
        1 => week.into_iter().next().unwrap_or_default(),
        _ => table(DAYS.into_iter().zip(week)),
    }
}

fn show_expected(week: [TimeDelta; 7]) -> String {
    let [mon, tue, wed, thu, fri, sat, sun] = week;
    let hours =
        |time: TimeDelta| number(Share::of(time, TimeDelta::hours(24)).map_or(0.0, |day| day.fraction() * 24.0));
    if [tue, wed, thu, fri] == [mon; 4] && sat.is_zero() && sun.is_zero() {
        return hours(mon);
    }
    table(DAYS.into_iter().zip(week.map(hours)).filter(|(_, hours)| hours != "0"))
}

fn table<'a>(rows: impl Iterator<Item = (&'a str, String)>) -> String {
    let rows: Vec<String> = rows.map(|(day, value)| format!("{day} = {value}")).collect();
    format!("{{ {} }}", rows.join(", "))
}

/// Writes a number as short as it can be: `8`, `7.5`.
fn number(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
