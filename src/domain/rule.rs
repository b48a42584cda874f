//! Rules for the kind of an activity, which a person wrote down.

use super::Kind;

/// Words and tags that together decide a kind: `1:1`, `+vendor`, `1:1 +anna`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindRule {
    /// The words, in the order in which they must stand in an activity; there may be none.
    pub words: String,
    /// The tags that a block must have, without the plus.
    pub tags: Vec<String>,
    /// What it is then.
    pub kind: Kind,
}

impl KindRule {
    /// Reads `1:1 +anna`; `None` where there is neither a word nor a tag.
    pub fn of(written: &str, kind: Kind) -> Option<Self> {
        let (tags, words): (Vec<&str>, Vec<&str>) =
            written.split_whitespace().partition(|word| word.len() > 1 && word.starts_with('+'));
        let tags = tags.iter().map(|tag| tag.trim_start_matches('+').to_owned()).filter(|tag| !tag.is_empty());
        let rule = Self { words: words.join(" "), tags: tags.collect(), kind };
        Some(rule).filter(|rule| !rule.words.is_empty() || !rule.tags.is_empty())
    }

    /// Returns it as it was written.
    pub fn written(&self) -> String {
        let tags = self.tags.iter().map(|tag| format!("+{tag}"));
        let words = Some(self.words.clone()).filter(|words| !words.is_empty());
        words.into_iter().chain(tags).collect::<Vec<_>>().join(" ")
    }
}
