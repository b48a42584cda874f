//! The lines of files: which may stay, and which a copy has that a file lacks.

use std::collections::HashSet;

use super::super::line;
use super::super::stamp::Stamp;
use super::super::stream::{LONGEST_LINE, content as bare};

/// Returns whether a line may stay: it is understood, or a newer program does, or it is empty.
pub(super) fn is_good(raw: &[u8]) -> bool {
    let line = bare(raw);
    line.is_empty() || (line.len() <= LONGEST_LINE && is_change(line))
}

/// Returns whether this, without what surrounds it, is a change, perhaps of a newer program.
pub(super) fn is_change(line: &[u8]) -> bool {
    line::parse(line).is_ok() || line::format_of(line).is_some_and(|format| format > line::FORMAT)
}

/// Returns a file with the lines that only a copy of it has; `None` where there are none. They
/// go where they were written, going by the clock: later lines of a file are newer, and undo
/// rests on that. What only a newer program understands says no time, and holds up none.
pub(super) fn with_those_of(file: &[u8], copy: &[u8]) -> Option<Vec<u8>> {
    let mut there: HashSet<&[u8]> = lines(file).map(bare).collect();
    let changes = lines(copy).map(bare).filter(|line| !line.is_empty() && is_good(line));
    let mut lacking = changes.filter(|line| there.insert(line)).peekable();
    lacking.peek()?;
    let mut both = Vec::with_capacity(file.len() + copy.len());
    for line in lines(file) {
        if let Some(at) = at(line) {
            while let Some(older) = lacking.next_if(|other| self::at(other).is_none_or(|other| other < at)) {
                push(&mut both, older);
            }
        }
        push(&mut both, line.strip_suffix(b"\n").unwrap_or(line));
    }
    lacking.for_each(|line| push(&mut both, line));
    Some(both)
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}

fn at(raw: &[u8]) -> Option<Stamp> {
    line::parse(bare(raw)).ok().map(|line| line.at)
}

fn push(both: &mut Vec<u8>, line: &[u8]) {
    both.extend_from_slice(line);
    both.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32) -> String {
        format!(
            r#"{{"v":1,"change":"01936f00-0000-7000-8000-{number:012}","at":"2026-11-22T09:00:00.{number:03}Z","by":"desk","does":"x","blocks":[]}}"#
        )
    }

    fn file(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().map(|number| line(*number) + "\n").collect::<String>().into_bytes()
    }

    #[test]
    fn what_only_the_copy_has_goes_where_it_was_written() {
        assert_eq!(with_those_of(&file(&[1, 3, 5]), &file(&[1, 2, 3, 4, 6])), Some(file(&[1, 2, 3, 4, 5, 6])));
        assert_eq!(with_those_of(&file(&[1, 3]), &file(&[3, 1])), None);
        assert_eq!(with_those_of(b"", &file(&[2, 1])), Some(file(&[2, 1])), "in its own order");
    }

    /// Catches a line that says no time, and keeps what stands behind it in a copy from its place:
    /// undo would take the older change first.
    #[test]
    fn what_only_a_newer_program_understands_holds_up_no_older_line() {
        let newer = b"{\"v\":2,\"what\":\"new\"}\n";
        let both = with_those_of(&file(&[1, 3]), &[&newer[..], &file(&[2])].concat()).unwrap();
        assert!(both.ends_with(&file(&[3])), "{}", String::from_utf8_lossy(&both));
        assert!(memchr::memmem::find(&both, newer).is_some());
    }

    #[test]
    fn what_cannot_be_understood_stays_where_it_is() {
        let copy = [&file(&[2])[..], b"nonsense\n", b"{\"torn"].concat();
        let both = with_those_of(&[b"damage\n", &file(&[1])[..]].concat(), &copy).unwrap();
        assert_eq!(both, [b"damage\n", &file(&[1, 2])[..]].concat());
        assert_eq!(with_those_of(line(1).as_bytes(), &file(&[2])), Some(file(&[1, 2])), "a line without its end");
    }
}
