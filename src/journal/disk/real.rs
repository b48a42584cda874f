//! The disk that there is.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io;
#[cfg(unix)]
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::super::terrain;
#[cfg(unix)]
use super::Access;
use super::{About, Disk, Entry, How, OpenFile, Sort};

/// The disk that there is.
#[derive(Clone, Copy, Debug)]
pub(in crate::journal) struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        match how {
            How::Read => options.read(true),
            How::Append => options.read(true).append(true).create(true),
            How::New => options.write(true).create_new(true),
            How::Lock => options.read(true).write(true).create(true).truncate(false),
        };
        #[cfg(unix)]
        on_unix(&mut options, how);
        Ok(Box::new(options.open(path)?))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let entry = |entry: fs::DirEntry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            Entry { name: entry.file_name(), is_folder }
        };
        fs::read_dir(folder)?.map(|listed| listed.map(entry)).collect()
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        fs::metadata(path).map(|metadata| about(&metadata))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match File::open(folder)?.sync_all() {
            // Some file systems cannot sync a folder, and need not.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    #[cfg(unix)]
    fn access(&self, path: &Path) -> io::Result<Option<Access>> {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::symlink_metadata(path)?;
        let is_plain = metadata.is_file() || metadata.is_dir();
        Ok(is_plain.then(|| Access {
            others_read: metadata.mode() & 0o055 != 0,
            others_write: metadata.mode() & 0o022 != 0,
            is_ours: metadata.uid() == rustix::process::geteuid().as_raw(),
        }))
    }

    #[cfg(unix)]
    fn make_private(&self, path: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::symlink_metadata(path)?.permissions().mode();
        fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o7700))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn unsafe_at(&self, folder: &Path) -> Option<String> {
        terrain::unsafe_at(folder)
    }
}

/// Opening a named pipe would wait for ever without `O_NONBLOCK`; a link is followed to
/// be read, and never to be written to.
#[cfg(unix)]
fn on_unix(options: &mut OpenOptions, how: How) {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    let follow = if how == How::Read { OFlags::empty() } else { OFlags::NOFOLLOW };
    options.mode(0o600).custom_flags((follow | OFlags::NONBLOCK).bits().cast_signed());
}

impl OpenFile for File {
    fn about(&self) -> io::Result<About> {
        self.metadata().map(|metadata| about(&metadata))
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn try_lock(&self) -> Result<(), TryLockError> {
        File::try_lock(self)
    }
}

fn about(metadata: &Metadata) -> About {
    let kind = match metadata.file_type() {
        kind if kind.is_file() => Sort::File,
        kind if kind.is_dir() => Sort::Folder,
        _ => Sort::Other,
    };
    About { kind, length: metadata.len(), identity: identity(metadata) }
}

#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "elsewhere the system does not tell"))]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}
