//! What a change must have seen before it is made.

use std::path::Path;

use super::Journal;
use super::error::JournalError;
use super::notice::Notice;

impl Journal {
    /// Refuses a change that was decided on less than there is: where a file of this device,
    /// or a folder of a year, could not be read, `@1` or what `undo` takes back could be
    /// another than is meant. What other devices write may be missing at any time.
    pub(super) fn all_seen<'n>(&self, notices: impl IntoIterator<Item = &'n Notice>) -> Result<(), JournalError> {
        let unseen = notices.into_iter().find_map(|notice| match notice {
            Notice::UnreadableFile { file, why } if self.must_be_seen(file) => Some((file, why)),
            _ => None,
        });
        match unseen {
            Some((path, why)) => Err(JournalError::Unseen { path: path.clone(), why: why.clone() }),
            None => Ok(()),
        }
    }

    fn must_be_seen(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let is_own = name.ends_with(&format!(".{}.jsonl", self.place.device)) && !name.starts_with('.');
        let is_year = name.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        is_own || (is_year && !name.contains(".jsonl"))
    }
}
