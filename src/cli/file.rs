//! Files that commands write for people.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::failure::Failure;

/// Writes a file as a whole: what stood there stays until the new one is complete.
pub(super) fn to_file(path: &Path, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create_new(&beside)
        .and_then(|mut file| write(&mut file).and_then(|()| file.flush()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.with_context(|| format!("{} cannot be written", path.display())).map_err(|error| {
        let _ = fs::remove_file(&beside);
        let failure = Failure::from(error);
        failure.hint(if path.exists() {
            "what stood there before is as it was"
        } else {
            "-o takes a file in a folder that is there and that you may write to"
        })
    })
}
