//! Reading only what matters of a line that probably doesn't.
//!
//! Parsing every line of two months is what makes a status line slow. This module
//! recognizes, byte for byte, the layout in which this program writes, and takes from it
//! the few things that say whether a line must be parsed. Anything that deviates (keys in
//! another order, white space, unknown fields, an escape in an id) is not recognized and
//! goes to the parser: it is slower and means the same.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::line::{self, Line, Of, Version};
use super::stamp::Stamp;
use crate::domain::{Id, Kind};

/// A day as it is written, `2026-11-22`: days compare as their bytes do.
pub(super) type WrittenDay = [u8; 10];

/// What a line says that decides whether it matters.
#[derive(Debug)]
pub(super) struct Sketch {
    /// Its `at`.
    at: [u8; 24],
    /// Its `change`, not parsed: few ask for it.
    change: [u8; 36],
    of: Of,
    pub(super) blocks: Vec<BlockSketch>,
}

/// What a version of a block says that decides whether it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockSketch {
    pub(super) id: Id,
    /// The later of the days of its start and its end.
    pub(super) last_day: WrittenDay,
    /// Whether it has no end.
    pub(super) open: bool,
    /// Whether it has a `from`.
    pub(super) edits: bool,
    pub(super) removed: bool,
}

/// What a line says of its change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) change: Uuid,
    pub(super) at: Stamp,
    pub(super) of: Of,
}

impl Default for Sketch {
    fn default() -> Self {
        Self { at: [0; 24], change: [0; 36], of: Of::Itself, blocks: Vec::new() }
    }
}

impl Sketch {
    /// Looks at a line and says whether its layout was recognized. If not, the sketch
    /// says nothing.
    pub(super) fn look_at(&mut self, line: &[u8]) -> bool {
        self.blocks.clear();
        // What is no text, or holds a control character, the parser refuses. Without a way
        // out in the middle, the least byte is found many at a time.
        let least = line.iter().fold(u8::MAX, |least, byte| least.min(*byte));
        let is_text = least >= b' ' && (line.is_ascii() || str::from_utf8(line).is_ok());
        is_text && Walk { rest: line }.line(self).is_some()
    }

    /// Takes from a parsed line what looking at it would have told.
    pub(super) fn of_parsed(&mut self, line: &Line<'_>) {
        self.at = line.at.text().as_bytes().first_chunk().copied().unwrap_or_default();
        line.change.hyphenated().encode_lower(&mut self.change);
        self.of = line.of;
        self.blocks.clear();
        self.blocks.extend(line.versions.iter().map(BlockSketch::of_parsed));
    }

    /// Looks at a line, or parses it, and returns what it says of its change; nothing, where
    /// it is not understood.
    pub(super) fn head_of(&mut self, line: &[u8]) -> Option<Head> {
        if !self.look_at(line) {
            self.of_parsed(&line::parse(line).ok()?);
        }
        self.head()
    }

    pub(super) fn head(&self) -> Option<Head> {
        let at = Stamp::from_text(str::from_utf8(&self.at).ok()?)?;
        Some(Head { change: Uuid::try_parse_ascii(&self.change).ok()?, at, of: self.of })
    }

    /// Returns whether anything in the line is of this day or later.
    pub(super) fn reaches(&self, day: &WrittenDay) -> bool {
        self.at.first_chunk().is_some_and(|at| at >= day) || self.blocks.iter().any(|block| block.last_day >= *day)
    }
}

impl BlockSketch {
    fn of_parsed(version: &Version<'_>) -> Self {
        let start = version.start.date_naive();
        let end = version.end.map_or(start, |end| end.date_naive());
        Self {
            id: version.id,
            last_day: written_day(start.max(end)),
            open: version.end.is_none(),
            edits: !version.from.is_empty(),
            removed: version.removed,
        }
    }
}

/// Returns a day as it is written.
pub(super) fn written_day(day: NaiveDate) -> WrittenDay {
    let (year, month, day) = (day.year().clamp(0, 9999).unsigned_abs(), day.month(), day.day());
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]
}

/// A walk over a line, as long as it is what was expected.
struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    fn line(&mut self, sketch: &mut Sketch) -> Option<()> {
        self.expect(br#"{"v":1,"change":""#)?;
        sketch.change = *self.take(36)?.first_chunk()?;
        Uuid::try_parse_ascii(&sketch.change).ok()?;
        self.expect(br#"","at":""#)?;
        sketch.at = *self.take(24)?.first_chunk()?;
        is_stamp(&sketch.at).then_some(())?;
        self.expect(br#"","by":""#)?;
        self.string()?;
        self.expect(br#","does":""#)?;
        self.string()?;
        sketch.of = self.of()?;
        if self.sees(br#","months":["#) {
            self.strings()?;
        }
        self.expect(br#","blocks":[{"id":""#)?;
        sketch.blocks.push(self.block()?);
        while self.sees(br#",{"id":""#) {
            sketch.blocks.push(self.block()?);
        }
        self.expect(b"]}")?;
        self.rest.is_empty().then_some(())
    }

    /// Walks over a block, after the quote before its id.
    fn block(&mut self) -> Option<BlockSketch> {
        let id = Id(self.uuid()?);
        self.expect(b"\"")?;
        let edits = self.sees(br#","from":["#) && self.uuids()? > 0;
        if self.sees(br#","set":["#) {
            self.strings()?;
        }
        self.expect(br#","start":""#)?;
        let mut last_day = self.time()?;
        let open = !self.sees(br#","end":""#);
        if !open {
            last_day = last_day.max(self.time()?);
        }
        if self.sees(br#","zone":""#) {
            self.string()?;
        }
        self.expect(br#","kind":""#)?;
        self.kind()?;
        self.expect(br#","activity":""#)?;
        self.string()?;
        let removed = self.rest_of_block()?;
        Some(BlockSketch { id, last_day, open, edits, removed })
    }

    /// Walks over what may follow the activity and says whether the block is removed.
    fn rest_of_block(&mut self) -> Option<bool> {
        if self.sees(br#","tags":["#) {
            self.strings()?;
        }
        if self.sees(br#","note":""#) {
            self.string()?;
        }
        if self.sees(br#","interrupted":"#) {
            let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = self.take(digits)?;
            matches!(number, [b'0'] | [b'1'..=b'9', ..] if digits < 10).then_some(())?;
        }
        let removed = self.sees(br#","removed":true"#);
        if !removed {
            self.sees(br#","removed":false"#);
        }
        if self.sees(br#","to":""#) {
            self.string()?;
        }
        self.expect(b"}")?;
        Some(removed)
    }

    fn sees(&mut self, expected: &[u8]) -> bool {
        self.expect(expected).is_some()
    }

    fn expect(&mut self, expected: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn of(&mut self) -> Option<Of> {
        let of = if self.sees(br#","undoes":""#) {
            Of::Undoes(self.uuid()?)
        } else if self.sees(br#","redoes":""#) {
            Of::Redoes(self.uuid()?)
        } else {
            return Some(Of::Itself);
        };
        self.expect(b"\"")?;
        Some(of)
    }

    fn uuid(&mut self) -> Option<Uuid> {
        Uuid::try_parse_ascii(self.take(36)?).ok()
    }

    /// Walks over a time of the one width that is written, and its closing quote.
    fn time(&mut self) -> Option<WrittenDay> {
        let time = self.take(25)?;
        self.expect(b"\"")?;
        let (wall, offset) = time.split_first_chunk::<19>()?;
        let [b'+' | b'-', h1, h2, b':', m1, m2] = offset else { return None };
        let known = is_wall_time(wall) && number(*h1, *h2)? < 24 && number(*m1, *m2)? < 60;
        known.then(|| time.first_chunk().copied())?
    }

    /// Walks over the rest of one of the four kinds and its closing quote.
    fn kind(&mut self) -> Option<()> {
        Kind::ALL.into_iter().find_map(|kind| {
            let rest = self.rest.strip_prefix(kind.word().as_bytes())?.strip_prefix(b"\"")?;
            self.rest = rest;
            Some(())
        })
    }

    /// Walks over the rest of a list of ids and its closing bracket; says how many.
    fn uuids(&mut self) -> Option<usize> {
        let mut count = 0;
        while !self.sees(b"]") {
            self.expect(if count == 0 { b"\"" } else { b",\"" })?;
            self.uuid()?;
            self.expect(b"\"")?;
            count += 1;
        }
        Some(count)
    }

    /// Walks over the rest of a string and its closing quote.
    fn string(&mut self) -> Option<()> {
        loop {
            let stop = memchr::memchr2(b'"', b'\\', self.rest)?;
            let found = self.take(stop + 1)?;
            match found.last() {
                Some(b'"') => return Some(()),
                // Of an escape by number the parser knows whether it is a character.
                _ => matches!(self.take(1)?, [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't']).then_some(())?,
            }
        }
    }

    /// Walks over the rest of a list of strings and its closing bracket; says how many.
    fn strings(&mut self) -> Option<usize> {
        let mut count = 0;
        while !self.sees(b"]") {
            self.expect(if count == 0 { b"\"" } else { b",\"" })?;
            self.string()?;
            count += 1;
        }
        Some(count)
    }
}

/// Returns whether these are a stamp, `YYYY-MM-DDTHH:MM:SS.mmmZ` before 2200.
fn is_stamp(text: &[u8; 24]) -> bool {
    let Some((wall, rest)) = text.split_first_chunk::<19>() else { return false };
    let [b'.', millis @ .., b'Z'] = rest else { return false };
    is_wall_time(wall) && millis.iter().all(u8::is_ascii_digit) && text.as_slice() < b"2200".as_slice()
}

/// Returns whether these are a time of the calendar, `YYYY-MM-DDTHH:MM:SS`.
fn is_wall_time(text: &[u8; 19]) -> bool {
    let &[y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', m1, m2, b':', s1, s2] = text else {
        return false;
    };
    // It is asked three times a line, so all digits are looked at together and not one by one.
    let digits = [y1, y2, y3, y4, mo1, mo2, d1, d2, h1, h2, m1, m2, s1, s2];
    if digits.iter().fold(false, |other, digit| other | !digit.is_ascii_digit()) {
        return false;
    }
    let number = |tens: u8, ones: u8| (tens & 0xf) * 10 + (ones & 0xf);
    let (month, day) = (number(mo1, mo2), number(d1, d2));
    // Most days are in every month; the others the calendar knows.
    let is_there = ((1..=12).contains(&month) && (1..=28).contains(&day)) || {
        let year = i32::from(number(y1, y2)) * 100 + i32::from(number(y3, y4));
        NaiveDate::from_ymd_opt(year, month.into(), day.into()).is_some()
    };
    is_there && number(h1, h2) < 24 && number(m1, m2) < 60 && number(s1, s2) < 60
}

fn number(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that this program ever writes.
    const LINES: [&str; 2] = [
        r#"{"v":1,"change":"01936f00-0000-7000-8000-000000000001","at":"2026-11-22T09:15:00.123Z","by":"a","does":"switch","blocks":[{"id":"01936f00-0000-7000-8000-000000000002","from":["01936f00-0000-7000-8000-000000000003"],"set":["end","tags"],"start":"2026-11-22T09:00:00+01:00","end":"2026-11-23T00:15:00+01:00","zone":"Europe/Berlin","kind":"consuming","activity":"a \"b\\\" {","tags":["x","y"]},{"id":"01936f00-0000-7000-8000-000000000004","start":"2026-11-22T10:15:00-09:30","kind":"creating","activity":"}]","note":"\\","interrupted":12}]}"#,
        r#"{"v":1,"change":"01936f00-0000-7000-8000-000000000001","at":"2026-11-22T09:15:00.123Z","by":"a","does":"undo","undoes":"01936f00-0000-7000-8000-000000000009","months":["2026-10","2026-11"],"blocks":[{"id":"01936f00-0000-7000-8000-000000000002","from":["01936f00-0000-7000-8000-000000000003"],"set":["removed"],"start":"2026-11-22T09:00:00+01:00","kind":"off","activity":"","removed":true,"to":"01936f00-0000-7000-8000-000000000007"}]}"#,
    ];

    type Seen = ([u8; 24], [u8; 36], Of, Vec<BlockSketch>);

    fn seen(sketch: &Sketch) -> Seen {
        (sketch.at, sketch.change, sketch.of, sketch.blocks.clone())
    }

    fn looked_at(line: &[u8]) -> Option<Seen> {
        let mut sketch = Sketch::default();
        sketch.look_at(line).then(|| seen(&sketch))
    }

    fn parsed(line: &[u8]) -> Option<Seen> {
        let mut sketch = Sketch::default();
        sketch.of_parsed(&line::parse(line).ok()?);
        Some(seen(&sketch))
    }

    #[test]
    fn what_this_program_writes_is_recognized_and_says_what_the_parser_would_say() {
        for line in LINES.map(str::as_bytes) {
            assert!(looked_at(line).is_some());
            assert_eq!(looked_at(line), parsed(line));
        }
    }

    #[test]
    fn whatever_byte_is_changed_lost_or_added_a_look_never_contradicts_the_parser() {
        let mut both = 0;
        for line in LINES.map(str::as_bytes) {
            for (place, byte) in
                (0..line.len()).flat_map(|place| b"\"\\{}[],:0 1923aZ\x01\xff".iter().map(move |byte| (place, *byte)))
            {
                let (before, after) = line.split_at(place);
                for after in [after, &after[1..]] {
                    let changed = [before, &[byte], after].concat();
                    if let Some(look) = looked_at(&changed) {
                        assert_eq!(Some(look), parsed(&changed), "{}", String::from_utf8_lossy(&changed));
                        both += 1;
                    }
                }
                let lost = [before, &after[1..]].concat();
                assert!(looked_at(&lost).is_none_or(|look| Some(look) == parsed(&lost)));
            }
        }
        assert!(both > 1_000, "{both}");
    }

    #[test]
    fn another_order_white_space_or_a_newer_format_is_left_to_the_parser() {
        let [line, _] = LINES;
        for (ours, theirs) in [
            (r#""v":1,"#, r#""v":2,"#),
            (r#""kind":"creating","activity":"}]""#, r#""activity":"}]","kind":"creating""#),
            (r#","interrupted""#, r#","mood":{"id":"x"},"interrupted""#),
            (r#","blocks""#, r#", "blocks""#),
        ] {
            assert!(line.contains(ours));
            assert_eq!(looked_at(line.replace(ours, theirs).as_bytes()), None, "{theirs}");
        }
    }
}
