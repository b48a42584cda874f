//! What people wrote, in a page or a picture: HTML and SVG.

use std::fmt::{self, Write as _};

use super::is_plain;

/// Returns text in a form that is safe between the tags of HTML, SVG and XML and in a quoted
/// attribute of theirs: what could end the text becomes its entity; what no document may
/// hold (control characters, noncharacters) and what turns the direction of text, its
/// visible code point. It is one line.
pub fn markup_safe(raw: &str) -> impl fmt::Display + '_ {
    MarkupSafe(raw)
}

struct MarkupSafe<'a>(&'a str);

impl fmt::Display for MarkupSafe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                c if is_plain(c) && !is_noncharacter(c) => f.write_char(c)?,
                c => write!(f, "{}", c.escape_unicode())?,
            }
        }
        Ok(())
    }
}

/// The 66 code points that are no characters and never will be (Unicode, chapter 23.7); two
/// of them make a document that is no XML.
pub(super) fn is_noncharacter(c: char) -> bool {
    let point = u32::from(c);
    (0xfdd0..=0xfdef).contains(&point) || point & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_ends_the_text_or_the_attribute_that_it_stands_in() {
        let hostile = "</style><script>x</script>\"'&amp;\u{0}\u{1b}\u{9b}\u{202e}\u{fffe}\n";
        assert_eq!(
            markup_safe(hostile).to_string(),
            "&lt;/style&gt;&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;amp;\\u{0}\\u{1b}\\u{9b}\\u{202e}\\u{fffe} "
        );
        assert_eq!(markup_safe("עברית, 設計 👩‍👩‍👧").to_string(), "עברית, 設計 👩‍👩‍👧");
    }

    proptest! {
        #[test]
        fn whatever_was_written_is_harmless(raw in any::<String>()) {
            let safe = markup_safe(&raw).to_string();
            prop_assert!(!safe.contains(['<', '>', '"', '\'']));
            prop_assert!(safe.chars().all(|c| is_plain(c) && !is_noncharacter(c)));
            let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            prop_assert!(safe.split('&').skip(1).all(|rest| entities.iter().any(|entity| rest.starts_with(entity))));
        }
    }
}
