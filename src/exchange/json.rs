//! One JSON document. What is exported so is imported again as it was.
//!
//! The document has a block on each line, so that two of them can be compared by the
//! line; read as JSON, the line breaks are white space.

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;

use chrono::SecondsFormat;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::problem::{ImportError, LARGEST_DOCUMENT, Place, Reason, plain};
use super::view::{Gathered, View};
use super::wire::{Read, Written};
use crate::domain::Block;
use crate::text;

/// What a document says it is.
const FORMAT: &str = "tiltmeter";
/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;

pub(super) fn write<'a>(
    blocks: impl IntoIterator<Item = &'a Block>,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut gathered = Gathered::new(out);
    let exported_at = view.ledger.now().to_rfc3339_opts(SecondsFormat::Secs, true);
    write!(gathered.next()?, r#"{{"format":"{FORMAT}","version":{VERSION},"exported_at":"{exported_at}","blocks":["#)?;
    let mut between = "\n";
    for block in blocks {
        let document = gathered.next()?;
        document.extend_from_slice(between.as_bytes());
        text::json::write(&mut *document, &Written::new(block, view.notes))?;
        between = ",\n";
    }
    gathered.next()?.extend_from_slice(b"\n]}\n");
    gathered.finish()
}

/// The head of a document. Other fields in it are none of ours and are skipped: what
/// is imported is the blocks, and `version` says whether they can be understood.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    format: Cow<'a, str>,
    version: u32,
    #[serde(borrow)]
    blocks: Vec<&'a RawValue>,
}

/// Hands every block of the document to `entry`.
pub(super) fn read(
    input: &mut dyn io::BufRead,
    mut entry: impl FnMut(Place, Result<Read<'_>, Reason>) -> ControlFlow<()>,
) -> Result<(), ImportError> {
    let mut text = String::new();
    input.take(LARGEST_DOCUMENT + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_DOCUMENT {
        return Err(ImportError::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let document: Document<'_> =
        serde_json::from_str(text).map_err(|error| ImportError::NotADocument(plain(&error)))?;
    if document.format != FORMAT {
        return Err(ImportError::NotOurs(text::terminal_safe(&document.format).to_string()));
    }
    if document.version > VERSION {
        return Err(ImportError::Newer(document.version));
    }
    for (block, number) in document.blocks.iter().zip(1..) {
        let block = serde_json::from_str(block.get()).map_err(|error| Reason::not_a_block(&error));
        if entry(Place::Block(number), block).is_break() {
            break;
        }
    }
    Ok(())
}
