//! JSON Lines: a block a line, whole. What is exported so is imported again as it was.

use std::io::{self, BufRead as _, Read as _};
use std::ops::ControlFlow;

use super::problem::{ImportError, Place, Problem, Reason};
use super::view::{Gathered, Notes};
use super::wire::{Read, Written};
use crate::domain::Block;
use crate::text;

/// The longest line that is read; a block with everything in it has far less.
const LONGEST_LINE: u64 = 1 << 20;

pub(super) fn write<'a>(
    blocks: impl IntoIterator<Item = &'a Block>,
    notes: Notes,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut gathered = Gathered::new(out);
    for block in blocks {
        let line = gathered.next()?;
        text::json::write(&mut *line, &Written::new(block, notes))?;
        line.push(b'\n');
    }
    gathered.finish()
}

/// Hands every line to `entry`. Blank lines and a byte-order mark are no blocks.
pub(super) fn read(
    input: &mut dyn io::BufRead,
    mut entry: impl FnMut(Place, Result<Read<'_>, Reason>) -> ControlFlow<()>,
) -> Result<(), ImportError> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = (&mut *input).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        if length as u64 == LONGEST_LINE {
            return Err(ImportError::Refused(vec![Problem { place: Place::Line(number), reason: Reason::LongLine }]));
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        let block = serde_json::from_slice(bytes).map_err(|error| Reason::not_a_block(&error));
        if entry(Place::Line(number), block).is_break() {
            break;
        }
    }
    Ok(())
}
