//! A made-up quarter to look at, in a folder of its own.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use uuid::Uuid;

use super::Desk;
use crate::domain::{Baseline, BaselineFrom, Block, Calendar, Felt, Share, Thought};
use crate::failure::Failure;
use crate::journal::Place;
use crate::made_up::MadeUp;
use crate::text::Text;

/// Sparks, and how many days ago they were thought of and how long they take.
const SPARKS: &[(i64, &str, i64)] = &[(4, "read the tracing RFC", 30), (1, "a script for the on-call rota", 60)];

/// How days felt, so many days ago.
const THOUGHTS: &[(i64, u8, &str)] = &[(7, 2, "the escalation ate the morning"), (1, 4, "the design doc is through")];

/// A made-up journal in a temporary folder, which is removed when this is dropped.
#[derive(Debug)]
pub struct Demo {
    folder: PathBuf,
    desk: Desk,
}

impl Demo {
    /// Makes up a quarter, as somebody with this desk might have lived it. Outside of
    /// working hours its clock stands in the last working afternoon, for nobody learns much
    /// from an empty Sunday.
    pub fn make(desk: &Desk) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("tiltmeter-demo-{}", Uuid::now_v7().simple()));
        create(&folder).with_context(|| format!("the folder {} for the demo cannot be made", folder.display()))?;
        let place = Place { journal: folder.join("journal"), state: folder.join("state"), device: "demo".to_owned() };
        let behind = desk.now() - afternoon(&desk.calendar, desk.now());
        let demo = Self { desk: desk.with_journal(place).behind(behind), folder };
        let home = demo.desk.calendar.home().clone();
        demo.keep_some()?;
        let blocks: Vec<Block> = MadeUp::quarter(home, demo.desk.now()).blocks().collect();
        demo.desk.journal.import(blocks, demo.desk.now())?;
        Ok(demo)
    }

    /// Keeps sparks, how some days felt, and a baseline, before all that `u` would take back.
    fn keep_some(&self) -> Result<(), Failure> {
        let text = |words: &str| Text::activity(words).map_err(|error| Failure::refused(error.to_string()));
        for (days, words, minutes) in SPARKS {
            let then = self.desk.behind(TimeDelta::days(*days));
            then.put_spark(text(words)?, TimeDelta::minutes(*minutes))?;
        }
        for (days, mark, note) in THOUGHTS {
            let note = text(note)?;
            let day = self.desk.today() - TimeDelta::days(*days);
            self.desk.reflect(day, Thought { note: Some(Some(note)), felt: Some(Felt::of(*mark)) })?;
        }
        let from = Share::percent(70.0).map(BaselineFrom::Remembered);
        if let Some(from) = from {
            self.desk.keep_baseline(&Baseline { name: Some(text("as an engineer")?), from })?;
        }
        Ok(())
    }

    /// Returns the desk over the made-up journal.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // What is left of it is in a folder that the system clears.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[cfg(unix)]
fn create(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)
}

/// Returns now, if somebody who works would be at work; else the last afternoon before.
fn afternoon(calendar: &Calendar, now: DateTime<Utc>) -> DateTime<Utc> {
    let hour = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    let here = calendar.home().at(now).naive_local();
    let works = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    if works(here.date()) && (hour(10, 0)..hour(18, 0)).contains(&here.time()) {
        return now;
    }
    let before = if here.time() < hour(18, 0) { here.date() - TimeDelta::days(1) } else { here.date() };
    let days = std::iter::successors(Some(before), NaiveDate::pred_opt);
    let day = days.take(7).find(|day| works(*day)).unwrap_or(before);
    calendar.home().first(day.and_time(hour(15, 44))).to_utc()
}
