//! Everything below a folder, to be put back as it was.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders and files below a folder.
#[derive(PartialEq, Eq)]
pub(crate) struct Tree {
    top: PathBuf,
    /// Folders before what is in them; a file with its bytes.
    found: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Tree {
    pub(crate) fn of(top: &Path) -> Self {
        let mut found = Vec::new();
        let mut folders = vec![top.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let held = (!path.is_dir()).then(|| fs::read(&path).unwrap());
                folders.extend(held.is_none().then(|| path.clone()));
                found.push((path, held));
            }
        }
        found.sort();
        Self { top: top.to_owned(), found }
    }

    /// Makes all as it was.
    pub(crate) fn put_back(&self) {
        for entry in fs::read_dir(&self.top).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        for (path, held) in &self.found {
            match held {
                None => fs::create_dir(path).unwrap(),
                Some(bytes) => fs::write(path, bytes).unwrap(),
            }
        }
    }
}
