//! A journal on disk, logged live: the wire format of the journal, written by another
//! hand than the program's, so that the program is measured on what it must read and
//! not on what it likes to write.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use chrono::SecondsFormat;
use serde::Serialize;
use tiltmeter::domain::{Block, Lived, ZoneName};
use tiltmeter::text::Text;
use uuid::{Builder, Uuid};

/// The device in whose name journals are written.
pub(crate) const DEVICE: &str = "measured-k3f9";

/// Writes the journal of somebody who logged `blocks` as they happened, in their order:
/// one version of each block when it began and one when it ended. Returns its bytes.
pub(crate) fn log(journal: &Path, blocks: &[Block]) -> io::Result<u64> {
    let mut log = Log { journal, file: None, changes: 0, bytes: 0 };
    let mut running: Option<(&Block, Uuid)> = None;
    for block in blocks {
        let before = running.take();
        let follows = before.is_some_and(|(before, _)| before.end == Some(block.start));
        if let Some((before, begun)) = before.filter(|_| !follows) {
            log.stop(before, begun)?;
        }
        if block.is_day_off() {
            log.change("off", block.start, &[Version::added(block)])?;
        } else {
            running = Some((block, log.start(block, before.filter(|_| follows))?));
        }
    }
    if let Some((block, begun)) = running {
        log.stop(block, begun)?;
    }
    log.finish()
}

/// A line of the journal: a change, or its part in one month.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    change: String,
    at: String,
    by: &'static str,
    does: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    months: &'a [String],
    blocks: Vec<&'a Version<'a>>,
}

/// A whole version of a block.
#[derive(Serialize)]
struct Version<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<[String; 1]>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    set: &'static [&'static str],
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    kind: &'static str,
    activity: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interrupted: Option<u32>,
}

impl<'a> Version<'a> {
    /// The block as it was put in, with its end.
    fn added(block: &'a Block) -> Self {
        Self {
            id: block.id.to_string(),
            from: None,
            set: &[],
            start: time(block.start),
            end: block.end.map(time),
            zone: block.zone.as_ref().map(ZoneName::as_str),
            kind: block.kind.word(),
            activity: block.activity.raw(),
            tags: block.tags.iter().map(Text::raw).collect(),
            note: block.note.as_ref().map(Text::raw),
            interrupted: Some(block.interrupted).filter(|count| *count > 0),
        }
    }

    /// The block when it began.
    fn begun(block: &'a Block) -> Self {
        Self { end: None, interrupted: None, ..Self::added(block) }
    }

    /// The block when it ended, which the change `begun` had put in.
    fn ended(block: &'a Block, begun: Uuid) -> Self {
        let set: &[&str] = if block.interrupted > 0 { &["end", "interrupted"] } else { &["end"] };
        Self { from: Some([begun.to_string()]), set, ..Self::added(block) }
    }

    fn month(&self) -> &str {
        self.start.get(..7).unwrap_or_default()
    }
}

struct Log<'a> {
    journal: &'a Path,
    /// The month that is written to, and its file.
    file: Option<(String, BufWriter<File>)>,
    changes: u64,
    bytes: u64,
}

impl Log<'_> {
    fn start(&mut self, block: &Block, before: Option<(&Block, Uuid)>) -> io::Result<Uuid> {
        match before {
            Some((before, begun)) => {
                self.change("switch", block.start, &[Version::ended(before, begun), Version::begun(block)])
            }
            None => self.change("start", block.start, &[Version::begun(block)]),
        }
    }

    /// Writes the end of a block, if it has one.
    fn stop(&mut self, block: &Block, begun: Uuid) -> io::Result<()> {
        match block.end {
            Some(end) => self.change("stop", end, &[Version::ended(block, begun)]).map(drop),
            None => Ok(()),
        }
    }

    /// Writes a change: a line in each month that it touches.
    fn change(&mut self, does: &str, at: Lived, versions: &[Version<'_>]) -> io::Result<Uuid> {
        self.changes += 1;
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let mut counted = [0; 10];
        for (byte, count) in counted.iter_mut().rev().zip(self.changes.to_le_bytes()) {
            *byte = count;
        }
        let change = Builder::from_unix_timestamp_millis(millis, &counted).into_uuid();
        let mut months: Vec<String> = versions.iter().map(|version| version.month().to_owned()).collect();
        months.dedup();
        for month in &months {
            let line = Line {
                v: 1,
                change: change.to_string(),
                at: at.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true),
                by: DEVICE,
                does,
                months: if months.len() > 1 { &months } else { &[] },
                blocks: versions.iter().filter(|version| version.month() == month).collect(),
            };
            let mut line = serde_json::to_vec(&line)?;
            line.push(b'\n');
            self.bytes += line.len() as u64;
            self.file(month)?.write_all(&line)?;
        }
        Ok(change)
    }

    fn file(&mut self, month: &str) -> io::Result<&mut BufWriter<File>> {
        let open = match self.file.take() {
            Some(open) if open.0 == month => open,
            before => {
                before.map_or(Ok(()), |(_, mut file)| file.flush())?;
                let year = self.journal.join(month.get(..4).unwrap_or_default());
                fs::create_dir_all(&year)?;
                let path = year.join(format!("{month}.{DEVICE}.jsonl"));
                (month.to_owned(), BufWriter::new(OpenOptions::new().create(true).append(true).open(path)?))
            }
        };
        Ok(&mut self.file.insert(open).1)
    }

    fn finish(mut self) -> io::Result<u64> {
        self.file.take().map_or(Ok(()), |(_, mut file)| file.flush())?;
        Ok(self.bytes)
    }
}

fn time(at: Lived) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
