//! Small files that somebody else may have put there: settings, what was kept in mind.
//!
//! What has their name need not be small, and need not be a file: a pipe would be waited
//! for without end, and of a device (`/dev/zero`) there is no end.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// The most that is read of one, in bytes.
pub(crate) const LARGEST: u64 = 1024 * 1024;

/// Returns the text of a file of at most [`LARGEST`] bytes.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    read_from(options.open(path)?)
}

/// Returns the text of what was opened, which may be at most [`LARGEST`] bytes.
pub(crate) fn read_from(file: impl io::Read) -> io::Result<String> {
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::other("it is larger than 1 MiB"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Catches a bound that is taken away, and one that cuts a text short and says nothing.
    #[test]
    fn what_is_too_large_is_refused_and_not_cut() {
        let most = vec![b'x'; usize::try_from(LARGEST).unwrap()];
        assert_eq!(read_from(most.as_slice()).unwrap().len(), most.len());
        let said = read_from(io::repeat(b'x')).unwrap_err().to_string();
        assert_eq!(said, "it is larger than 1 MiB");
    }
}
