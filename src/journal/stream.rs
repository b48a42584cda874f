//! Lines out of files, through one buffer.
//!
//! A file is never held whole: what a page fault costs is more than what its bytes cost,
//! so every file of a read passes through the same 64 KiB.

use std::io::{self, ErrorKind, Read};

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// The longest line that is read.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;

/// The UTF-8 byte-order mark, which some editors put before what they save.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawLine<'a> {
    /// Its bytes, without the line's end; `None` where there are more than fit
    /// [`LONGEST_LINE`].
    pub(super) bytes: Option<&'a [u8]>,
    /// Its number, from 1.
    pub(super) number: u64,
    /// Whether a newline ended it: only the last line of a file may lack one.
    pub(super) ended: bool,
}

/// The buffer that files are read through.
pub(super) struct LineBuffer {
    bytes: Vec<u8>,
}

impl LineBuffer {
    /// Takes the memory that all reading will need.
    pub(super) fn new() -> Self {
        Self { bytes: vec![0; CHUNK] }
    }

    /// Shows every line of `file` to `visit`, in order; empty ones are left out.
    /// On an error, the lines before it have been shown.
    pub(super) fn each(&mut self, mut file: impl Read, mut visit: impl FnMut(RawLine<'_>)) -> io::Result<()> {
        let mut filled = 0;
        let mut number = 0;
        let mut too_long = false;
        loop {
            let read = read_some(&mut file, self.bytes.get_mut(filled..).unwrap_or_default())?;
            let searched = filled;
            filled += read;
            let pending = self.bytes.get(..filled).unwrap_or_default();
            let mut rest = pending;
            let mut from = searched;
            while let Some(end) = memchr::memchr(b'\n', rest.get(from..).unwrap_or_default()) {
                let (line, after) = rest.split_at(from + end);
                number += 1;
                show(&mut visit, line, too_long, number, true);
                too_long = false;
                rest = after.get(1..).unwrap_or_default();
                from = 0;
            }
            if read == 0 {
                show(&mut visit, rest, too_long, number + 1, false);
                return Ok(());
            }
            let kept = rest.len();
            too_long |= kept > LONGEST_LINE;
            filled = self.keep_last(filled, if too_long { 0 } else { kept });
        }
    }

    /// Moves the last `kept` of the `filled` bytes to the front and makes room behind them.
    fn keep_last(&mut self, filled: usize, kept: usize) -> usize {
        self.bytes.copy_within(filled - kept..filled, 0);
        if kept == self.bytes.len() {
            self.bytes.resize(kept + CHUNK.max(kept), 0);
        }
        kept
    }
}

/// Returns what stands on a line. Zeros, which no JSON has as they are, stand where a power
/// cut or a failed sync lost what was being written; what was acknowledged stands behind them.
pub(super) fn content(line: &[u8]) -> &[u8] {
    let behind = memchr::memrchr(0, line).and_then(|last| line.get(last + 1..));
    let line = behind.filter(|behind| !behind.trim_ascii().is_empty()).unwrap_or(line);
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii()
}

fn show(visit: &mut impl FnMut(RawLine<'_>), line: &[u8], too_long: bool, number: u64, ended: bool) {
    let line = content(line);
    if too_long || line.len() > LONGEST_LINE {
        visit(RawLine { bytes: None, number, ended });
    } else if !line.is_empty() {
        visit(RawLine { bytes: Some(line), number, ended });
    }
}

fn read_some(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Seen = (u64, Option<Vec<u8>>, bool);

    fn lines(file: &[u8]) -> Vec<Seen> {
        let mut seen = Vec::new();
        let visit = |line: RawLine<'_>| seen.push((line.number, line.bytes.map(<[u8]>::to_vec), line.ended));
        LineBuffer::new().each(file, visit).unwrap();
        seen
    }

    fn line(number: u64, text: &str, ended: bool) -> Seen {
        (number, Some(text.as_bytes().to_vec()), ended)
    }

    /// Catches: a line of nothing but zeros taken for an empty one, which nobody could mend.
    #[test]
    fn what_stands_behind_zeros_is_the_line_and_zeros_alone_are_no_empty_one() {
        assert_eq!(content(b"half\0\0 {\"v\":1}\r\n"), b"{\"v\":1}");
        assert_eq!(content(b"\0\0\n"), b"\0\0");
        assert_eq!(content(b" \r\n"), b"");
    }

    #[test]
    fn marks_returns_and_empty_lines_are_stripped_and_numbers_count_every_line() {
        let file = b"\xef\xbb\xbfone\r\n\n  \ntwo\nthree";
        assert_eq!(lines(file), [line(1, "one", true), line(4, "two", true), line(5, "three", false)]);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_line_may_cross_the_buffer_wherever_it_likes() {
        for length in [CHUNK - 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, LONGEST_LINE] {
            let long = "x".repeat(length);
            let file = format!("a\n{long}\nb\n{long}");
            let expected = [line(1, "a", true), line(2, &long, true), line(3, "b", true), line(4, &long, false)];
            assert!(lines(file.as_bytes()) == expected, "{length}");
        }
    }

    #[test]
    fn a_line_over_a_mebibyte_is_refused_unread_and_hides_no_other() {
        for length in [LONGEST_LINE + 1, LONGEST_LINE + CHUNK, 5 * LONGEST_LINE] {
            let file = format!("a\n{}\nb\n", "x".repeat(length));
            assert!(lines(file.as_bytes()) == [line(1, "a", true), (2, None, true), line(3, "b", true)], "{length}");
        }
    }
}
