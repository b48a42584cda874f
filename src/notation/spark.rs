//! A spark as it is typed: what is to be made, and how long that takes: `read the RFC @30m`.

use chrono::TimeDelta;

use super::error::{NotUnderstood, Why};
use super::length::length;
use crate::text::Text;

/// Reads a spark: its words, and after an `@` how long it takes, where that is said.
pub fn spark(typed: &str) -> Result<(Text, Option<TimeDelta>), NotUnderstood> {
    let (words, last) = typed.trim_end().rsplit_once(char::is_whitespace).unwrap_or(("", typed.trim()));
    let (words, said) = last.strip_prefix('@').map_or((typed, None), |said| (words, Some(said)));
    let text = Text::activity(words).map_err(|error| NotUnderstood::new(words, Why::Words(error)))?;
    Ok((text, said.map(length).transpose()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_says_how_long_it_takes() {
        let read = |typed: &str| spark(typed).map(|(text, length)| (text.raw().to_owned(), length));
        assert_eq!(read("read the RFC @45m "), Ok(("read the RFC".to_owned(), Some(TimeDelta::minutes(45)))));
        assert_eq!(read("mail @alice about it"), Ok(("mail @alice about it".to_owned(), None)));
        assert!(read("read @soon").is_err() && read("read @30").is_err() && read(" ").is_err());
        assert!(read("read @25h").is_err() && read("@30m").is_err(), "of what?");
    }
}
