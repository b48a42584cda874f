//! Taking out of this device's files what no program can read.

use std::io;
use std::path::{Path, PathBuf};

use super::Journal;
use super::disk::{Disk, How};
use super::error::JournalError;
use super::files::HomeFile;
use super::line;

/// A file that was repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The file.
    pub file: PathBuf,
    /// How many lines were taken out of it.
    pub taken_out: usize,
    /// The file that those are kept in.
    pub kept_in: PathBuf,
}

impl Journal {
    /// Takes the lines that cannot be understood out of this device's own files, and keeps
    /// them beside. Only this rewrites a file: by another one that takes its place, after
    /// what is taken out is on the disk. Lines of newer programs stay.
    pub fn repair(&self) -> Result<Vec<Repaired>, JournalError> {
        let _lock = self.lock()?;
        let mut files = self.files()?;
        files.list_all();
        let mut repaired = Vec::new();
        for file in files.all().into_iter().filter(|file| file.own) {
            let outcome = repair(&*self.disk, &file).map_err(|error| JournalError::not_saved(&file.path, &error))?;
            repaired.extend(outcome);
        }
        Ok(repaired)
    }
}

fn repair(disk: &dyn Disk, file: &HomeFile) -> io::Result<Option<Repaired>> {
    let mut bytes = Vec::new();
    file.open(disk)?.read_to_end(&mut bytes)?;
    let (good, bad): (Vec<&[u8]>, Vec<&[u8]>) =
        bytes.split_inclusive(|byte| *byte == b'\n').partition(|line| is_good(line));
    if bad.is_empty() {
        return Ok(None);
    }
    let kept_in = beside(&file.path, "", ".damaged");
    let mut damaged = disk.open(&kept_in, How::Append)?;
    damaged.write_all(&with_newline(bad.concat()))?;
    damaged.sync()?;
    let new = beside(&file.path, ".", ".tmp");
    let replaced = write_new(disk, &new, &with_newline(good.concat())).and_then(|()| disk.rename(&new, &file.path));
    if let Err(error) = replaced {
        let _ = disk.remove(&new);
        return Err(error);
    }
    file.path.parent().map_or(Ok(()), |folder| disk.sync_folder(folder))?;
    Ok(Some(Repaired { file: file.path.clone(), taken_out: bad.len(), kept_in }))
}

/// Returns whether a line may stay: it is understood, or a newer program does, or it is empty.
fn is_good(raw: &[u8]) -> bool {
    let line = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw).trim_ascii();
    let fits = line.len() <= super::stream::LONGEST_LINE;
    let newer = || line::format_of(line).is_some_and(|format| format > line::FORMAT);
    line.is_empty() || (fits && (line::parse(line).is_ok() || newer()))
}

fn with_newline(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last().is_some_and(|byte| *byte != b'\n') {
        bytes.push(b'\n');
    }
    bytes
}

fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _ = disk.remove(path);
    let mut file = disk.open(path, How::New)?;
    file.write_all(bytes)?;
    file.sync()
}

/// Returns the path of a file in the same folder, named like it.
fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    path.with_file_name(format!("{before}{name}{after}"))
}
