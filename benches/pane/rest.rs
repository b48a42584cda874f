//! What the pane costs while nothing happens.

use std::fs;
use std::ops::RangeInclusive;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::{Timelike as _, Utc};

use crate::ground::{Ground, Journal};
use crate::table::{Limit, Row, Table};
use crate::terminal::Terminal;

/// How long it is watched, in seconds,
const WATCHED: u32 = 10;
/// and how often all its threads together may be woken meanwhile.
const WOKEN_LIMIT: u64 = 4;
/// The most that it may have in memory, in KiB.
const MEMORY_LIMIT: u64 = 16 << 10;

pub(crate) fn measure(ground: &Ground) -> anyhow::Result<Table> {
    // Where nothing runs, the minute turns when the clock's does.
    let stopped = ground.program(&["stop"], Journal::Running).output()?;
    ensure!(stopped.status.success(), "stop ended with {}", stopped.status);
    let mut terminal = Terminal::open(&ground.program(&[], Journal::Running), (200, 60))?;
    settle(&mut terminal)?;
    let mut rows = vec![memory(&terminal, "in memory, the history read")?];
    rows.push(woken(&mut terminal, "woken in 10 s", 2..=47, Some(WOKEN_LIMIT))?);
    rows.push(woken(&mut terminal, "woken in 10 s in which a minute turns", 53..=57, None)?);
    terminal.presses(&["J", "/"])?;
    for letter in ["x", "y", "x", "y", "x"] {
        terminal.types(letter)?;
        terminal.rests(Duration::from_millis(300))?;
    }
    terminal.rests(Duration::from_secs(2))?;
    rows.push(memory(&terminal, "in memory, after a search in vain")?);
    terminal.presses(&["\x1b"])?;
    terminal.presses(&["\x1b"])?;
    terminal.leaves()?;
    Ok(Table { head: ("at rest, 200x60, 10 years", &[""]), rows })
}

/// Waits until the pane has read what was done before, and does nothing any more.
pub(crate) fn settle(terminal: &mut Terminal) -> anyhow::Result<()> {
    terminal.frame()?;
    let pid = terminal.pid()?;
    let begun = Instant::now();
    let mut before = None;
    loop {
        terminal.rests(Duration::from_millis(150))?;
        let now = Some(switches(pid)?);
        if now == before && !threads(pid)?.contains(&"past".to_owned()) {
            return Ok(());
        }
        before = now;
        ensure!(begun.elapsed() < Duration::from_secs(20), "the pane does not come to rest");
    }
}

/// Counts how often it is woken, beginning at one of these seconds of the minute.
fn woken(terminal: &mut Terminal, name: &str, seconds: RangeInclusive<u32>, limit: Option<u64>) -> anyhow::Result<Row> {
    let into = Utc::now().second();
    if !seconds.contains(&into) {
        thread::sleep(Duration::from_secs(((seconds.start() + 60 - into) % 60).into()));
    }
    terminal.rests(Duration::from_millis(500))?;
    let before = switches(terminal.pid()?)?;
    thread::sleep(Duration::from_secs(WATCHED.into()));
    let woken = switches(terminal.pid()?)? - before;
    let limit = limit.map(|limit| Limit { at_most: limit.to_string(), is_kept: woken <= limit });
    Ok(Row { name: name.to_owned(), figures: vec![format!("{woken} times")], limit })
}

fn memory(terminal: &Terminal, name: &str) -> anyhow::Result<Row> {
    let resident = field(&format!("/proc/{}/status", terminal.pid()?), "VmRSS:")?;
    let limit = Limit { at_most: format!("{MEMORY_LIMIT} KiB"), is_kept: resident <= MEMORY_LIMIT };
    Ok(Row { name: name.to_owned(), figures: vec![format!("{resident} KiB")], limit: Some(limit) })
}

/// Returns how often its threads went to sleep of their own accord, each time to be woken.
fn switches(pid: u32) -> anyhow::Result<u64> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{pid}/task")).context("it takes Linux to count this")? {
        // A thread may have ended meanwhile.
        sum += field(&task?.path().join("status").to_string_lossy(), "voluntary_ctxt_switches:").unwrap_or(0);
    }
    Ok(sum)
}

fn threads(pid: u32) -> anyhow::Result<Vec<String>> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"))?;
    let name = |task: std::io::Result<fs::DirEntry>| fs::read_to_string(task?.path().join("comm"));
    Ok(tasks.filter_map(|task| name(task).ok()).map(|name| name.trim().to_owned()).collect())
}

/// Returns a number that Linux tells of a process or thread.
fn field(path: &str, name: &str) -> anyhow::Result<u64> {
    let text = fs::read_to_string(path)?;
    let told = text.lines().find_map(|line| line.strip_prefix(name)).context("Linux does not tell")?;
    Ok(told.trim().trim_end_matches(" kB").parse()?)
}
