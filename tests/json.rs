//! docs/json.md is what the program prints: its examples are compared with what the binary
//! says of one fixed day, or where every machine has its own, with the reports themselves;
//! and every field in them has to be explained.
#![cfg(test)]

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::Value;
use tiltmeter::domain::balance::{self, Habits};
use tiltmeter::domain::trend::{Besides, Moved, Once};
use tiltmeter::domain::{
    Answers, Baseline, BaselineFrom, Block, Calendar, Days, Felt, Id, Kept, Kind, Ledger, Lens, Lived, NoZones,
    Reflection, Sample, Share, Spark, Tally, Thing, Trend, Zone, ZoneName,
};
use tiltmeter::exchange::{Format, Notes, View, export};
use tiltmeter::made_up::MadeUp;
use tiltmeter::report::json::{self, Asked, Change, Finding, Read, Reading, Repair, Setting, Version};
use tiltmeter::report::{Status, Words};
use tiltmeter::text::Text;
use uuid::Uuid;

const DOCS: &str = include_str!("../docs/json.md");

#[test]
fn every_example_is_what_is_printed() {
    let examples = examples();
    for (report, printed) in reports() {
        let (_, example) = examples.iter().find(|(name, _)| *name == report).expect(report);
        let printed: Value = serde_json::from_str(&printed).unwrap();
        let shown = serde_json::to_string_pretty(&printed).unwrap();
        assert!(shows(example, &printed), "docs/json.md should say of {report}:\n{shown}");
    }
    assert_eq!(examples.len(), reports().len(), "an example of a report that there is not");
}

#[test]
fn every_field_is_explained() {
    let mut fields = BTreeSet::new();
    for (_, printed) in reports().into_iter().chain([("all of a trend", all_of_a_trend())]) {
        collect_fields(&serde_json::from_str(&printed).unwrap(), &mut fields);
    }
    let explained = |field: &String| {
        let cell = format!("`{field}`");
        DOCS.lines()
            .any(|line| line.starts_with('|') && line.split('|').nth(1).is_some_and(|name| name.contains(&cell)))
    };
    let missing: Vec<&String> = fields.iter().filter(|field| !explained(field)).collect();
    assert!(missing.is_empty(), "docs/json.md has no row for {missing:?}");
}

#[test]
fn a_report_is_one_line_in_which_a_terminal_finds_nothing_to_obey() {
    let world = World::new(vec![Block {
        note: Some(Text::as_written("\u{1b}[2J\n\u{9b}")),
        ..block(1, "09:00", Some("10:00"), Kind::Creating, "a\u{202e}b\u{7f}")
    }]);
    let printed = json::day(&world.day(), &world.reading());
    assert!(!printed.contains(char::is_control), "{printed:?}");
    assert!(!printed.contains('\u{202e}'));
    let value: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(value["blocks"][0]["activity"], "a\u{202e}b\u{7f}");
}

#[test]
fn a_status_shows_no_words_unless_told_to() {
    let world = World::new(vec![Block {
        tags: vec![Text::as_written("secret")],
        note: Some(Text::as_written("secret")),
        ..block(1, "14:00", None, Kind::Creating, "secret")
    }]);
    assert!(!world.status(Words::Hidden).contains("secret"));
    assert!(world.status(Words::Shown).contains("secret"));
}

#[test]
fn an_empty_day_has_no_share() {
    let world = World::new(Vec::new());
    let value: Value = serde_json::from_str(&json::day(&world.day(), &world.reading())).unwrap();
    for field in ["share", "share_counted", "share_apart", "ratio", "level"] {
        assert_eq!(value["balance"][field], Value::Null, "{field}");
    }
    assert_eq!(value["balance"]["coverage"], 0.0);
}

/// Every report, by its name.
fn reports() -> Vec<(&'static str, String)> {
    let world = World::new(blocks());
    let home = Home::with(&world);
    vec![
        ("day", home.prints("day --json")),
        ("week", home.prints("week --json")),
        ("trend", home.prints("trend --weeks 1 --json")),
        ("status", home.prints("status --words --json")),
        ("history", history(&world)),
        ("spark", json::spark(&sparks(), world.now)),
        ("sample", json::sample(&asked(), Lens::Counted, world.now)),
        ("target", home.prints("target --json")),
        ("baseline", home.prints("baseline --json")),
        ("check", check(&world)),
        ("config", config()),
    ]
}

/// What was answered, and a question that is open.
fn asked() -> Asked {
    let today = Answers { creating: 1, shaping: 0, consuming: 1, off: 1 };
    Asked {
        every: Some(TimeDelta::minutes(45)),
        question: Some("2026-11-24T14:29:00Z".parse().unwrap()),
        asked_today: 5,
        today,
        week: Answers { creating: 9, shaping: 7, consuming: 23, off: 4 },
        four_weeks: Answers { creating: 31, shaping: 28, consuming: 96, off: 12 },
    }
}

/// A trend in which there is everything that can be found.
fn all_of_a_trend() -> String {
    let calendar = World::new(Vec::new()).calendar;
    let made_up =
        MadeUp { seed: 1, ..MadeUp::quarter(calendar.home().clone(), "2026-11-24T14:44:00Z".parse().unwrap()) };
    let world = World::new(made_up.blocks().collect());
    let days = Days::of(&world.ledger, &calendar);
    let baseline =
        Baseline { name: Some(Text::as_written("as an engineer")), from: BaselineFrom::Remembered(Share::GUESS) };
    let reflection = |day| (day, Reflection { day, note: None, felt: Felt::of(4) });
    let besides = Besides {
        reflections: days.with_time().map(reflection).collect(),
        baseline: Some(Once { baseline, tally: Tally::default() }),
    };
    let last = calendar.week_of(world.now.date_naive());
    let trend = Trend::of(&days, (last.plus(-11), last), (&calendar, &world.habits), world.now, besides);
    let shrank = trend.grew.clone().map(|grew| Moved { now: grew.before, before: grew.now, ..grew });
    let printed = json::trend(&Trend { shrank, ..trend }, &world.reading());
    let found: Value = serde_json::from_str(&printed).unwrap();
    for field in ["baseline", "making_window", "shaping_window", "grew", "shrank", "felt"] {
        assert_ne!(found[field], Value::Null, "{field}");
    }
    assert_ne!(found["recurring_gaps"], Value::Array(Vec::new()));
    printed
}

fn history(world: &World) -> String {
    let [_, block, ..] = world.ledger.blocks() else { panic!("no blocks") };
    let block = Thing::Block(block.clone());
    let spark = Thing::Kept(Kept::Spark(sparks().remove(0)));
    let (day, note) = (world.now.date_naive(), Some(Text::as_written("calm")));
    let thought = Thing::Kept(Kept::Reflection(Reflection { day, note, felt: Felt::of(4) }));
    let from = BaselineFrom::Days { first: day, last: day };
    let baseline = Thing::Kept(Kept::Baseline(Baseline { name: None, from }));
    let sample = Thing::Kept(Kept::Sample(Sample { day, at: world.now, kind: Kind::Shaping }));
    let change = Change {
        id: "019ab5d1-3e80-7a63-b9f0-5d2c1c6f3a11",
        at: "2026-11-24T09:15:00.123Z".parse().unwrap(),
        by: "thinkpad-k3f9",
        does: "edit",
        undoes: None,
        redoes: None,
        undone: false,
        versions: vec![
            Version { what: &block, set: vec!["end"], removed: false },
            Version { what: &spark, set: Vec::new(), removed: false },
            Version { what: &thought, set: vec!["felt"], removed: false },
            Version { what: &baseline, set: Vec::new(), removed: true },
            Version { what: &sample, set: Vec::new(), removed: false },
        ],
    };
    let hidden = ["end".to_owned()];
    let stage =
        json::Stage { change: change.id.to_owned(), what: &block, removed: false, not_shown: hidden.as_slice() };
    let removed = ("2026-11-23@09:15".to_owned(), change.at, "desktop-9a1c", &block);
    json::history(&[change], &json::Besides { versions: vec![stage], removed: vec![removed] }, world.now)
}

fn check(world: &World) -> String {
    let finding = Finding {
        what: "unreadable",
        message: "line 118 of 2026/2026-11.thinkpad-k3f9.jsonl is no change: a line that was cut off",
        file: Some("2026/2026-11.thinkpad-k3f9.jsonl"),
        line: Some(118),
        blocks: Vec::new(),
        ways: vec!["tiltmeter check --repair".to_owned()],
    };
    let repair = Repair {
        what: "take_out",
        message: "take 1 line that cannot be understood out of 2026/2026-11.thinkpad-k3f9.jsonl, \
                  and keep it in 2026/2026-11.thinkpad-k3f9.jsonl.damaged"
            .to_owned(),
        file: "2026/2026-11.thinkpad-k3f9.jsonl".to_owned(),
        done: None,
        why: None,
    };
    let read = Read { files: 2, lines: 214, blocks: 131 };
    json::check(read, &[finding], &[repair], world.now)
}

fn config() -> String {
    let target = toml::toml! { value = { mon = 30, thu = 45 } }["value"].clone();
    let settings = [
        Setting { name: "target", value: target, from: "file" },
        Setting { name: "day_start", value: "04:00".into(), from: "default" },
    ];
    json::config("/home/ada/.config/tiltmeter/config.toml", &settings)
}

/// The home of a user of the binary, with the same journal and the same clock.
struct Home {
    folder: tempfile::TempDir,
    now: Lived,
}

impl Home {
    fn with(world: &World) -> Self {
        let home = Self { folder: tempfile::TempDir::new().unwrap(), now: world.now };
        let view = View { ledger: &world.ledger, calendar: &world.calendar, notes: Notes::With };
        let mut lines = Vec::new();
        export(Format::Jsonl, world.ledger.blocks(), &view, &mut lines).unwrap();
        std::fs::write(home.folder.path().join("blocks"), lines).unwrap();
        home.prints("import jsonl blocks");
        home.prints("day --felt 4 --note calm");
        home.prints("baseline 70% as an engineer");
        home
    }

    fn prints(&self, line: &str) -> String {
        let home = self.folder.path();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tiltmeter"));
        command.args(line.split(' ')).current_dir(home).env_clear();
        command.envs(std::env::var_os("SystemRoot").map(|value| ("SystemRoot", value)));
        for (variable, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]
        {
            command.env(variable, home.join(folder));
        }
        command.env("HOME", home).env("TZ", "Europe/Berlin").env("TILTMETER_NOW", self.now.to_rfc3339());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// A journal, read on a Tuesday afternoon in Berlin.
struct World {
    now: Lived,
    ledger: Ledger,
    calendar: Calendar,
    habits: Habits,
}

impl World {
    fn new(blocks: Vec<Block>) -> Self {
        let now: DateTime<Utc> = "2026-11-24T14:44:00Z".parse().unwrap();
        let offset = FixedOffset::east_opt(3_600).unwrap();
        let day_start = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        Self {
            now: now.with_timezone(&offset),
            ledger: Ledger::new(blocks, now),
            calendar: Calendar::new(Zone::fixed(offset), Arc::new(NoZones), day_start, Weekday::Mon),
            habits: Habits::default(),
        }
    }

    fn reading(&self) -> Reading<'_> {
        let Habits { target_is_a_guess, lens, .. } = self.habits;
        Reading { now: self.now, target_is_a_guess, lens, ledger: &self.ledger, thoughts: &[], samples: &[] }
    }

    fn day(&self) -> balance::DayBalance<'_> {
        balance::day(&self.ledger, self.now.date_naive(), &self.calendar, &self.habits)
    }

    fn week(&self) -> balance::WeekBalance<'_> {
        balance::week(&self.ledger, self.calendar.week_of(self.now.date_naive()), &self.calendar, &self.habits)
    }

    fn status(&self, words: Words) -> String {
        let (today, week) = (self.day(), self.week());
        let status = Status { running: self.ledger.running(), device: None, today: &today, week: &week };
        json::status(&status, words, &self.reading())
    }
}

fn blocks() -> Vec<Block> {
    let on = |day: &str, block: Block| {
        let moved = |at: Lived| lived(&at.to_rfc3339().replace("2026-11-24", day));
        Block { start: moved(block.start), end: block.end.map(moved), ..block }
    };
    vec![
        on("2026-11-19", block(1, "16:30", None, Kind::Creating, "read the tracing RFC")),
        on("2026-11-23", block(2, "09:15", Some("10:45"), Kind::Consuming, "planning")),
        Block {
            tags: vec![Text::as_written("platform")],
            note: Some(Text::as_written("the second option is the simpler one")),
            interrupted: 2,
            ..block(3, "09:30", Some("10:10"), Kind::Creating, "design doc: rate limits")
        },
        block(4, "10:10", Some("12:00"), Kind::Consuming, "staff sync"),
        Block { tags: vec![Text::as_written("team")], ..block(5, "15:20", None, Kind::Shaping, "1:1 platform lead") },
        Block {
            end: Some(lived("2026-11-28T04:00:00+01:00")),
            ..on("2026-11-27", block(6, "04:00", None, Kind::Off, "a day off"))
        },
    ]
}

/// Two sparks, of which one is done.
fn sparks() -> Vec<Spark> {
    let spark = |number: u128, text: &str, done: Option<Lived>| Spark {
        id: Id(Uuid::from_u128(0x019a_b5d1_0000_7000_8000_0000_0001_0000 + number)),
        text: Text::as_written(text),
        length: Spark::USUAL,
        put: lived("2026-11-20T17:05:00+01:00"),
        done,
    };
    let done = Some(lived("2026-11-23T16:40:00+01:00"));
    vec![spark(1, "read the tracing RFC", None), spark(2, "a script for the rota", done)]
}

fn block(number: u128, start: &str, end: Option<&str>, kind: Kind, activity: &str) -> Block {
    let at = |time: &str| lived(&format!("2026-11-24T{time}:00+01:00"));
    Block {
        id: Id(Uuid::from_u128(0x019a_b5d1_0000_7000_8000_0000_0000_0000 + number)),
        start: at(start),
        end: end.map(at),
        zone: Some(ZoneName::new("Europe/Berlin")),
        kind,
        activity: Text::as_written(activity),
        tags: Vec::new(),
        note: None,
        interrupted: 0,
    }
}

fn lived(time: &str) -> Lived {
    DateTime::parse_from_rfc3339(time).unwrap()
}

/// Returns the examples of the document: blocks of code that are marked `json` and
/// named after their report.
fn examples() -> Vec<(&'static str, Value)> {
    let mut examples = Vec::new();
    for part in DOCS.split("\n```json ").skip(1) {
        let (name, rest) = part.split_once('\n').unwrap();
        let (example, _) = rest.split_once("\n```").unwrap();
        examples.push((name, serde_json::from_str(example).unwrap_or_else(|error| panic!("{name}: {error}"))));
    }
    examples
}

/// Returns whether an example is what was printed. A list that ends in "…" goes on.
fn shows(example: &Value, printed: &Value) -> bool {
    match (example, printed) {
        (Value::Object(example), Value::Object(printed)) => {
            example.len() == printed.len()
                && example.iter().all(|(field, value)| printed.get(field).is_some_and(|printed| shows(value, printed)))
        }
        (Value::Array(example), Value::Array(printed)) => {
            let (first, goes_on) = match example.split_last() {
                Some((Value::String(last), first)) if last == "…" => (first, printed.len() > first.len()),
                _ => (example.as_slice(), printed.len() == example.len()),
            };
            goes_on && first.iter().zip(printed).all(|(example, printed)| shows(example, printed))
        }
        (example, printed) => example == printed,
    }
}

fn collect_fields(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (field, value) in object {
                fields.insert(field.clone());
                // The value of a setting has the fields that the setting has.
                if field != "value" {
                    collect_fields(value, fields);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_fields(value, fields)),
        _ => {}
    }
}
