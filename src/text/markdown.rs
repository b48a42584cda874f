//! What people wrote, in Markdown.

use std::fmt::{self, Write as _};

use super::shown::{Shown, shown};

/// Returns text in a form that is only text in one line, or one cell of a table, of Markdown
/// (`CommonMark` 0.31, «Backslash escapes»; tables and bare links as in GitHub's): what would
/// be a mark gets a backslash, what would be HTML its entity, and what no document may hold
/// its visible code point.
pub fn markdown_safe(raw: &str) -> impl fmt::Display + '_ {
    MarkdownSafe(raw)
}

struct MarkdownSafe<'a>(&'a str);

impl fmt::Display for MarkdownSafe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // At the beginning of a line some marks make a list, a rule or a heading.
        let mut begins = true;
        // The three characters before: what a bare link begins with.
        let mut before = ['\0'; 3];
        let mut rest = shown(self.0).peekable();
        while let Some(one) = rest.next() {
            let c = match one {
                Shown::As(c) => c,
                Shown::Spelled('\n' | '\t') => ' ',
                Shown::Spelled(c) => {
                    write!(f, "\\{}", c.escape_unicode())?;
                    (begins, before) = (false, ['\0'; 3]);
                    continue;
                }
                Shown::Cut => '…',
            };
            match c {
                // Many would be code at the beginning of a line; elsewhere nobody sees more than one.
                ' ' if before[2] == ' ' => {}
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '^' | '{' | '}' => {
                    write!(f, "\\{c}")?;
                }
                '-' | '+' | '=' | '.' | ')' if begins => write!(f, "\\{c}")?,
                // Bare links: `https://…`, `www.…`.
                ':' if rest.peek() == Some(&Shown::As('/')) => f.write_str("\\:")?,
                '.' if before == ['w'; 3] => f.write_str("\\.")?,
                c => f.write_char(c)?,
            }
            begins = begins && (c.is_whitespace() || c.is_ascii_digit());
            before = [before[1], before[2], c.to_ascii_lowercase()];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_links_and_html_are_only_text() {
        let safe = |raw: &str| markdown_safe(raw).to_string();
        assert_eq!(safe("a|b `c` [d](javascript:e) <f> &g;"), "a\\|b \\`c\\` \\[d\\](javascript:e) &lt;f&gt; &amp;g;");
        assert_eq!(safe("- x\n# y"), "\\- x \\# y");
        assert_eq!(safe("1. x"), "1\\. x");
        assert_eq!(safe("1:1 platform lead, v2.0"), "1:1 platform lead, v2.0");
        assert_eq!(safe("see https://x.example and www.x.example"), "see https\\://x.example and www\\.x.example");
        assert_eq!(safe("\u{1b}[2J\u{202e}\u{ffff}"), "\\\\u{1b}\\[2J\\\\u{202e}\\\\u{ffff}");
    }

    proptest! {
        #[test]
        fn whatever_was_written_stays_in_its_cell(raw in any::<String>()) {
            let safe = markdown_safe(&raw).to_string();
            prop_assert!(!safe.contains(['<', '>', '\n', '\r']));
            prop_assert!(crate::text::is_harmless(&safe));
            let mut escaped = false;
            for c in safe.chars() {
                prop_assert!(escaped || !"|`[]*_".contains(c), "{safe:?}");
                escaped = c == '\\' && !escaped;
            }
        }
    }
}
