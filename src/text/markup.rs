//! What people wrote, in a page or a picture: HTML and SVG.

use std::fmt::{self, Write as _};

use super::shown::{Shown, shown};

/// Returns text in a form that is safe between the tags of HTML, SVG and XML and in a quoted
/// attribute of theirs, and in Pango's markup: what could end the text becomes its entity;
/// what no document may hold (control characters, noncharacters), what turns the direction
/// of text and what nobody sees, its visible code point. It is one line.
pub fn markup_safe(raw: &str) -> impl fmt::Display + '_ {
    MarkupSafe(raw)
}

struct MarkupSafe<'a>(&'a str);

impl fmt::Display for MarkupSafe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in shown(self.0) {
            match one {
                Shown::As('&') => f.write_str("&amp;")?,
                Shown::As('<') => f.write_str("&lt;")?,
                Shown::As('>') => f.write_str("&gt;")?,
                Shown::As('"') => f.write_str("&quot;")?,
                Shown::As('\'') => f.write_str("&#39;")?,
                Shown::As(c) => f.write_char(c)?,
                Shown::Spelled('\n' | '\t') => f.write_char(' ')?,
                Shown::Spelled(c) => write!(f, "{}", c.escape_unicode())?,
                Shown::Cut => f.write_char('…')?,
            }
        }
        Ok(())
    }
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
            prop_assert!(crate::text::is_harmless(&safe));
            let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            prop_assert!(safe.split('&').skip(1).all(|rest| entities.iter().any(|entity| rest.starts_with(entity))));
        }
    }
}
