//! What there is to mend, found without changing anything and without holding a file whole.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::disk::{Disk, How, Sort};
use super::super::error::JournalError;
use super::super::files::{Files, HomeFile};
use super::super::home::Home;
use super::super::line;
use super::super::place::Place;
use super::super::stream::LineBuffer;
use super::{access, beside, free_name, lines};
use crate::failure::in_words;

/// What there is to mend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is to be done, in this order.
    pub steps: Vec<Step>,
    /// What is not for this device, or this user, to do.
    pub left: Vec<Left>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Let nobody else read or write something.
    MakePrivate {
        /// The file or folder.
        path: PathBuf,
        /// What others may use in it.
        inside: Vec<PathBuf>,
        /// Whether others may write to any of it now; else they may read it.
        others_write: bool,
    },
    /// Take lines that cannot be understood out of a file.
    TakeOut {
        /// The file.
        file: PathBuf,
        /// How many lines.
        lines: usize,
        /// Where they are kept.
        into: PathBuf,
    },
    /// End the last line of a file, which is whole and lacks its end.
    EndLine {
        /// The file.
        file: PathBuf,
    },
    /// Take the lines that a file lacks into it.
    TakeIn {
        /// Where they stand.
        from: PathBuf,
        /// The file.
        file: PathBuf,
        /// How many lines.
        lines: usize,
        /// What that is, and what becomes of it.
        fold: Fold,
    },
    /// Write beside the files what git must know to merge them.
    TellGit {
        /// Where.
        file: PathBuf,
    },
}

/// What a file is whose lines belong into another, and what becomes of it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fold {
    /// A copy that a sync service made; it gets this name.
    Copy {
        /// The name.
        away: PathBuf,
    },
    /// A file in the wrong folder; it gets this name.
    Misplaced {
        /// The name.
        away: PathBuf,
    },
    /// What an interrupted repair left behind; it is removed.
    LeftOver,
}

/// Something that is told, and left to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// A copy of a file of another device: only that takes it in.
    CopyOfOthers {
        /// The copy.
        file: PathBuf,
        /// The device.
        device: String,
    },
    /// A copy of this device's file in which changes of others stand.
    Mixed {
        /// The copy.
        file: PathBuf,
    },
    /// It cannot be read, so nobody knows whether there is something to mend in it.
    Unread {
        /// The file or folder.
        path: PathBuf,
        /// What the system said, in words.
        why: String,
    },
    /// Others may use it, and it belongs to another user.
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
}

impl Step {
    /// Returns what it is about.
    pub fn file(&self) -> &Path {
        match self {
            Self::MakePrivate { path, .. } => path,
            Self::TakeOut { file, .. } | Self::EndLine { file } | Self::TellGit { file } => file,
            Self::TakeIn { from, .. } => from,
        }
    }
}

/// Finds what there is to mend.
pub(super) fn of(disk: &dyn Disk, place: &Place, files: &Files, settings: Option<&Path>) -> Plan {
    let (steps, mut left) = access::exposed(disk, place, settings);
    if let Err(JournalError::Unread { path, why }) = files.has_listed() {
        left.push(Left::Unread { path, why });
    }
    let mut search = Search { disk, place, buffer: LineBuffer::new(), plan: Plan { steps, left } };
    let mut taken_in: BTreeMap<PathBuf, Vec<HomeFile>> = BTreeMap::new();
    for file in files.all().into_iter().chain(files.left_over()) {
        let own = place.file(file.home);
        let is_at_home = file.path == own || file.path.parent() == Some(&place.journal);
        if file.own && is_at_home && !file.is_left_over() {
            search.lines_of(&file);
        } else {
            taken_in.entry(own).or_default().push(file);
        }
    }
    for (own, copies) in taken_in {
        search.copies_of(&own, &copies);
    }
    search.git();
    // What a rewrite left behind goes before the next one.
    search.plan.steps.sort_by_key(|step| !matches!(step, Step::TakeIn { fold: Fold::LeftOver, .. }));
    search.plan
}

struct Search<'a> {
    disk: &'a dyn Disk,
    place: &'a Place,
    buffer: LineBuffer,
    plan: Plan,
}

impl Search<'_> {
    /// Finds what is wrong with the lines of an own file.
    fn lines_of(&mut self, file: &HomeFile) {
        let (mut bad, mut whole_end) = (0, true);
        let read = file.open(self.disk).and_then(|opened| {
            self.buffer.each(opened, |raw| match raw.bytes {
                Some(bytes) if lines::is_change(bytes) => whole_end = raw.ended,
                _ => bad += 1,
            })
        });
        if let Err(error) = read {
            self.plan.left.push(Left::Unread { path: file.path.clone(), why: in_words(&error) });
            return;
        }
        let path = &file.path;
        if bad > 0 {
            let into = beside(path, "", ".damaged");
            self.plan.steps.push(Step::TakeOut { file: path.clone(), lines: bad, into });
        } else if !whole_end {
            self.plan.steps.push(Step::EndLine { file: path.clone() });
        }
    }

    /// Finds which of these are copies of an own file, and what that lacks.
    fn copies_of(&mut self, own: &Path, copies: &[HomeFile]) {
        let mut there: Option<HashSet<[u8; 32]>> = None;
        for copy in copies {
            let Some(between) = between(copy) else { continue };
            let Some(rest) = between.strip_prefix(self.place.device.as_bytes()) else {
                self.copy_of_others(copy, &between);
                continue;
            };
            if rest.first().is_some_and(|byte| *byte != b'-' && is_of_a_name(*byte)) {
                // The name of another device that begins like this one's.
                self.copy_of_others(copy, &between);
                continue;
            }
            let Some((hashes, by)) = self.hashes(&copy.path) else { continue };
            match by {
                By::Others if is_copy(rest) => self.plan.left.push(Left::Mixed { file: copy.path.clone() }),
                By::Nobody if !copy.own && !copy.is_left_over() && !is_copy(rest) => {}
                By::Others => {}
                By::Own | By::Nobody => {
                    let there = there.get_or_insert_with(|| {
                        self.hashes(own).map(|(hashes, _)| hashes.into_iter().collect()).unwrap_or_default()
                    });
                    let lines = hashes.into_iter().filter(|hash| there.insert(*hash)).count();
                    let fold = self.fold(copy);
                    self.plan.steps.push(Step::TakeIn { from: copy.path.clone(), file: own.to_owned(), lines, fold });
                }
            }
        }
    }

    fn copy_of_others(&mut self, copy: &HomeFile, between: &[u8]) {
        if is_copy(between) {
            let device = between.split(|byte| !is_of_a_name(*byte)).next().unwrap_or_default();
            let device = String::from_utf8_lossy(device).into_owned();
            self.plan.left.push(Left::CopyOfOthers { file: copy.path.clone(), device });
        }
    }

    /// Returns the hash of every change in a file, and whose they are.
    fn hashes(&mut self, path: &Path) -> Option<(Vec<[u8; 32]>, By)> {
        let (mut hashes, mut by) = (Vec::new(), By::Nobody);
        let opened = self.disk.open(path, How::Read).ok()?;
        if opened.about().ok()?.kind != Sort::File {
            return None;
        }
        let read = self.buffer.each(opened, |raw| {
            let Some(bytes) = raw.bytes.filter(|bytes| lines::is_change(bytes)) else { return };
            hashes.push(Sha256::digest(bytes).into());
            // What a newer program wrote in it names nobody that is understood.
            let is_own = line::parse(bytes).map_or(true, |line| line.by == self.place.device);
            by = if is_own && by != By::Others { By::Own } else { By::Others };
        });
        read.ok().map(|()| (hashes, by))
    }

    fn fold(&self, copy: &HomeFile) -> Fold {
        if copy.is_left_over() {
            return Fold::LeftOver;
        }
        let away = free_name(self.disk, |part| beside(&copy.path, "", &format!("{part}.merged")));
        if copy.own && !copy.belongs { Fold::Misplaced { away } } else { Fold::Copy { away } }
    }

    /// Finds whether git keeps the journal and was not told how.
    fn git(&mut self) {
        let is_there = |path: &Path| self.disk.about(path).is_ok();
        let journal = &self.place.journal;
        let file = journal.join(".gitattributes");
        let is_kept_by_git = || journal.ancestors().any(|folder| is_there(&folder.join(".git")));
        let is_folder = self.disk.about(journal).is_ok_and(|about| about.kind == Sort::Folder);
        if is_folder && !is_there(&file) && is_kept_by_git() {
            self.plan.steps.push(Step::TellGit { file });
        }
    }
}

/// Whose changes stand in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Nobody,
    Own,
    Others,
}

/// Returns what stands in a file's name between its home and its ending.
fn between(file: &HomeFile) -> Option<Vec<u8>> {
    let name = file.path.file_name()?.as_encoded_bytes();
    let (_, rest) = Home::from_name(name.strip_prefix(b".").unwrap_or(name))?;
    rest.get(..memchr::memmem::rfind(rest, b".jsonl")?).map(<[u8]>::to_vec)
}

/// Whether this cannot be the name of a device, or the rest of one: a sync service put it there.
fn is_copy(between: &[u8]) -> bool {
    between.iter().any(|byte| !is_of_a_name(*byte))
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}
