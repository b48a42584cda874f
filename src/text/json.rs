//! JSON that may be shown on a terminal.
//!
//! JSON escapes the control characters below U+0020 and no others, so DEL, the C1
//! controls (an 8-bit `CSI` among them), those that turn the direction of text and those
//! that nobody sees would leave as they are. [`Safe`] writes them as `\uXXXX`, which is the same value
//! to every reader, and does so while the value is written: no second pass.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::shown::Before;

/// Writes compact JSON in which no character is one that a terminal could obey, or that
/// nobody sees.
#[derive(Clone, Copy, Debug, Default)]
pub struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly every string is ASCII, where DEL alone is neither plain nor escaped already.
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut before = Before::default();
        let mut written = 0;
        let mut units = [0; 2];
        for (at, c) in fragment.char_indices().filter(|&(_, c)| !before.lets(c)) {
            writer.write_all(fragment.get(written..at).unwrap_or_default().as_bytes())?;
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(fragment.get(written..).unwrap_or_default().as_bytes())
    }
}

/// Writes `value` as one line of JSON, without the newline; see [`Safe`].
pub fn write(mut out: impl io::Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Safe)).map_err(io::Error::from)
}

/// Returns `value` as one line of JSON, without a newline; see [`Safe`].
///
/// A value that JSON has no words for (a map with keys that are no text) becomes
/// `null`; no value of this program is one.
pub fn line(value: &impl Serialize) -> String {
    let mut line = Vec::new();
    match write(&mut line, value) {
        Ok(()) => String::from_utf8(line).unwrap_or_default(),
        Err(_) => "null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_terminal_obeys_leaves_as_its_code_point() {
        let hostile = "a\u{1b}[2J\u{7f}\u{9b}31m\u{202e}\u{2028}\"\\ü👩‍👧\u{e0041}";
        let line = line(&hostile);
        assert_eq!(line, r#""a\u001b[2J\u007f\u009b31m\u202e\u2028\"\\ü👩‍👧\udb40\udc41""#);
    }

    proptest! {
        #[test]
        fn the_value_stays_the_same_and_nothing_in_it_is_obeyed(text: String, key: String) {
            let value = serde_json::json!({ key: [text] });
            let line = line(&value);
            prop_assert!(line.chars().all(crate::text::is_plain));
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value);
        }
    }
}
