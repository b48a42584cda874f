//! Copies of this device's files that hold more than the files do.
//!
//! Two machines that write by one name (a home folder or a virtual machine was copied) write to
//! one file. A sync service keeps one version of it and makes the other a copy, and both are read.
//! Which machine wrote what, no line says; so all that can be told is what the own file lacks.

use std::collections::{BTreeMap, HashSet};

use super::files::HomeFile;
use super::line;
use super::load::Loader;
use super::notice::Notice;

/// Returns what is to be told of files that are copies of those of a device, and hold changes by
/// it that those do not: it was another machine, or a sync service put an older version back.
pub(super) fn told(loader: &mut Loader, files: &[HomeFile], device: &str) -> Vec<Notice> {
    let copies: Vec<_> = files.iter().filter(|file| file.is_copy_of(device)).cloned().collect();
    if copies.is_empty() {
        return Vec::new();
    }
    let own: Vec<_> = files.iter().filter(|file| file.is_written).cloned().collect();
    let mut known = HashSet::new();
    loader.heads(&own, |head, file, _| known.extend([(file.home, head.change)]));
    let mut more: BTreeMap<_, HashSet<_>> = BTreeMap::new();
    loader.heads(&copies, |head, file, bytes| {
        let by_device = || line::parse(bytes).is_ok_and(|line| line.by == device);
        if !known.contains(&(file.home, head.change)) && by_device() {
            more.entry(file.path.clone()).or_default().insert(head.change);
        }
    });
    let notice = |(file, changes): (_, HashSet<_>)| Notice::CopyHoldsMore {
        file,
        changes: changes.len(),
        device: device.to_owned(),
    };
    more.into_iter().map(notice).collect()
}
