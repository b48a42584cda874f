//! Who may read and write what is the user's alone.

use std::path::{Path, PathBuf};

use super::super::disk::{Access, Disk};
use super::super::place::Place;
use super::plan::{Left, Step};

/// What others may not do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    /// Neither read nor write.
    All,
    /// Not write: settings are no secret.
    Writing,
}

/// Finds what others may read or write and should not: journal, state and settings. What lies
/// in a folder that keeps them out is not asked about.
pub(super) fn exposed(disk: &dyn Disk, place: &Place, settings: Option<&Path>) -> (Vec<Step>, Vec<Left>) {
    let folder = settings.and_then(Path::parent);
    let folder = folder.filter(|folder| folder.file_name().is_some_and(|name| name == "tiltmeter"));
    let roots = [&*place.journal, &*place.state].map(|path| (path, Alone::All));
    let settings = folder.into_iter().chain(settings).map(|path| (path, Alone::Writing));
    let mut found = (Vec::new(), Vec::new());
    for (root, alone) in roots.into_iter().chain(settings) {
        let mut look = Look { disk, alone, ours: Vec::new(), others_write: false, left: &mut found.1 };
        look.at(root);
        let Look { mut ours, others_write, .. } = look;
        if !ours.is_empty() {
            let path = ours.remove(0);
            found.0.push(Step::MakePrivate { path, inside: ours, others_write });
        }
    }
    found
}

struct Look<'a> {
    disk: &'a dyn Disk,
    alone: Alone,
    /// What others may use and is ours, what holds it first.
    ours: Vec<PathBuf>,
    others_write: bool,
    left: &'a mut Vec<Left>,
}

impl Look<'_> {
    /// Looks at something and, where it is a folder that lets others in, at all in it.
    fn at(&mut self, path: &Path) {
        let Ok(Some(Access { others_read, others_write, is_ours })) = self.disk.access(path) else { return };
        if !others_write && (!others_read || self.alone == Alone::Writing) {
            return;
        }
        if is_ours {
            self.ours.push(path.to_owned());
            self.others_write |= others_write;
        } else {
            self.left.push(Left::NotOurs { path: path.to_owned() });
        }
        if self.alone == Alone::Writing {
            return;
        }
        let mut entries = self.disk.list(path).unwrap_or_default();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        // In a folder of git's or a sync service's own nothing is ours.
        entries.retain(|entry| !(entry.is_folder && entry.name.as_encoded_bytes().starts_with(b".")));
        for entry in entries {
            self.at(&path.join(entry.name));
        }
    }
}
