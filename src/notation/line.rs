//! What is being done: words, tags, and a time among them.

use super::Here;
use super::error::{NotUnderstood, What, Why};
use super::length::any_length;
use super::range::Range;
use super::time::{Doubled, Joint, Time, Wall, normal};
use crate::domain::Lived;
use crate::text::{TAGS, Text, TextError};

/// What a person typed after `now` or `was`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words; `None` where there are none.
    pub activity: Option<Text>,
    /// The tags without their sign, each once.
    pub tags: Vec<Text>,
    /// The time, if one was given.
    pub when: Option<When>,
}

/// The time in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// `@9:30`, or `@15m`: that long ago.
    At(Time),
    /// `@9-10:30`.
    During(Range),
}

impl When {
    /// Returns when it began, and when it ended where that was said; calls `say` for each
    /// that the clocks said twice.
    pub fn tell(self, say: impl FnMut(&Doubled)) -> (Lived, Option<Lived>) {
        match self {
            Self::At(time) => (time.tell(say), None),
            Self::During(range) => {
                let (start, end) = range.tell(say);
                (start, Some(end))
            }
        }
    }
}

/// A line of the catch-up, cut in two: what, and when it ended or how long it lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaughtUp<'a> {
    /// For [`Here::line`].
    pub words: &'a str,
    /// For [`Here::until_or_for`]; `None` where it ends now.
    pub until: Option<&'a str>,
}

impl Here<'_> {
    /// Reads words with tags and at most one time among them, in any order:
    ///
    /// | a word | is |
    /// |---|---|
    /// | `+team`, `#team` | a tag: the sign, then a letter; `+1`, `#12`, `a+b`, `C++` are words |
    /// | `@9:30`, `@15m`, `@9-10:30` | a time: `@`, then a digit; `@alice`, `foo@bar.com` are words |
    /// | `\+team`, `\@9` | a word that begins with the sign, for the editor: a shell eats the `\` |
    /// | anything else | a word, `1:1` and `sprint 14` too |
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use chrono::{NaiveTime, Weekday};
    /// # use tiltmeter::domain::{Calendar, NoZones, Zone};
    /// use tiltmeter::notation::{Here, When};
    ///
    /// # let calendar = Calendar::new(Zone::utc(), Arc::new(NoZones), NaiveTime::MIN, Weekday::Mon);
    /// let here = Here::new("2026-11-24T15:44:00Z".parse()?, &calendar);
    /// let line = here.line("1:1 platform lead +team @15m")?;
    /// assert_eq!(line.activity.map(|activity| activity.raw().to_owned()).as_deref(), Some("1:1 platform lead"));
    /// assert_eq!(line.tags.first().map(|tag| tag.raw()), Some("team"));
    /// let (began, _) = line.when.map(|when| when.tell(|_| {})).unwrap();
    /// assert_eq!(began.to_rfc3339(), "2026-11-24T15:29:00+00:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn line(&self, typed: &str) -> Result<Line, NotUnderstood> {
        let (mut words, mut tags, mut when) = (Vec::new(), Vec::new(), None);
        for word in typed.split_whitespace() {
            match Word::read(word) {
                Word::Plain(plain) => words.push(plain),
                Word::Tag(tag) => add_tag(&mut tags, tag, word)?,
                Word::Time(_) if when.is_some() => return Err(NotUnderstood::new(word, Why::SecondTime)),
                Word::Time(time) => when = Some(self.when(time).map_err(|why| NotUnderstood::new(word, why))?),
            }
        }
        let activity = match Text::activity(&words.join(" ")) {
            Ok(activity) => Some(activity),
            Err(TextError::Empty) => None,
            Err(error) => return Err(NotUnderstood::new(&words.join(" "), Why::Words(error))),
        };
        Ok(Line { activity, tags, when })
    }

    /// Returns what [`Here::line`] reads as this.
    pub fn show_line(&self, line: &Line) -> String {
        let mut shown = line.activity.as_ref().map_or_else(String::new, |activity| show_words(activity, &line.tags));
        if line.activity.is_none() {
            shown = show_tags(&line.tags);
        }
        let when = line.when.as_ref().map(|when| match when {
            When::At(time) => self.show_joined(time.at, Joint::T),
            When::During(range) => self.show_range_joined(range.start, range.end, Joint::T),
        });
        if let Some(when) = when {
            if !shown.is_empty() {
                shown.push(' ');
            }
            shown.push('@');
            shown.push_str(&when);
        }
        shown
    }

    fn when(&self, typed: &str) -> Result<When, Why> {
        if let Some(ago) = any_length(typed) {
            return Ok(When::At(self.home_at(self.now() - ago).into()));
        }
        match self.read_range(typed) {
            Err(Why::Not(_)) => self.read_time(typed).map(When::At).map_err(|why| match why {
                Why::Not(_) => Why::Not(What::When),
                why => why,
            }),
            decided => decided.map(When::During),
        }
    }
}

/// Cuts a line in two: what it calls the thing, and its tags and times, as they were typed.
/// A space at the end stays with the words.
pub fn words_and_rest(typed: &str) -> (String, String) {
    let is_word = |word: &&str| matches!(Word::read(word), Word::Plain(_));
    let (words, rest): (Vec<&str>, Vec<&str>) = typed.split_whitespace().partition(is_word);
    let mut words = words.join(" ");
    if typed.ends_with(' ') && !words.is_empty() {
        words.push(' ');
    }
    (words, rest.join(" "))
}

/// Returns an activity and its tags as they are typed: `design doc +platform`. Read as a
/// line it gives both again; white space and what no keyboard types are cleaned first.
pub fn show_words(activity: &Text, tags: &[Text]) -> String {
    let (words, tags) = (show_activity(activity), show_tags(tags));
    match (words.is_empty(), tags.is_empty()) {
        (_, true) => words,
        (true, false) => tags,
        (false, false) => format!("{words} {tags}"),
    }
}

/// Cuts a line of the catch-up: `standup⇥10:00`, `standup ⇥ 10:00` (a tab, or its sign),
/// or a time or a length as the last word: `standup 10:00`, `sprint review 2pm`, `mail now`,
/// `design 1h30`. There a time takes a colon or `am` and `pm`, and a length hours or minutes,
/// for in `sprint 14` the number is a word.
pub fn catch_up(typed: &str) -> CaughtUp<'_> {
    let typed = typed.trim();
    if let Some((words, until)) = typed.rsplit_once(['\t', '⇥']) {
        let until = Some(until.trim()).filter(|until| !until.is_empty());
        return CaughtUp { words: words.trim(), until };
    }
    match typed.rsplit_once(char::is_whitespace) {
        Some((words, last)) if is_surely_time(last) || is_surely_length(last) => {
            CaughtUp { words: words.trim(), until: Some(last) }
        }
        _ => CaughtUp { words: typed, until: None },
    }
}

/// Whether the first word of several is a time, `9:15 standup`: where a line says when it
/// *ended*, that is a slip.
pub fn begins_with_time(typed: &str) -> bool {
    typed.trim().split_once(char::is_whitespace).is_some_and(|(first, _)| is_surely_time(first))
}

fn is_surely_time(word: &str) -> bool {
    let word = normal(word);
    word == "now" || is_written_as_time(&word) || (word.contains([':', 'm']) && Wall::read(&word).is_some())
}

/// Whether a word is a length in hours or minutes: an `iPhone 5s` is none.
fn is_surely_length(word: &str) -> bool {
    normal(word).contains(['h', 'm']) && any_length(word).is_some()
}

/// Whether a word has the shape of a time on the wall, `25:00` too: that is a slip to be
/// told of, not a name for what was done. `1:1` has not.
fn is_written_as_time(word: &str) -> bool {
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once(':').is_some_and(|(hour, minute)| digits(hour, 2) && minute.len() == 2 && digits(minute, 2))
}

pub(super) fn show_activity(activity: &Text) -> String {
    let cleaned = Text::cleaned_activity(activity.raw());
    let words = cleaned.as_ref().map_or("", Text::raw).split(' ');
    words.map(escaped).collect::<Vec<_>>().join(" ")
}

pub(super) fn show_tags(tags: &[Text]) -> String {
    let tags: Vec<_> = tags.iter().filter(|tag| can_be_typed(tag)).map(|tag| format!("+{}", tag.raw())).collect();
    tags.join(" ")
}

/// Returns whether a tag can be said with a `+`; other programs may write some that cannot.
pub(super) fn can_be_typed(tag: &Text) -> bool {
    Text::tag(tag.raw()).is_ok() && begins_with_letter(tag.raw())
}

fn add_tag(tags: &mut Vec<Text>, tag: &str, word: &str) -> Result<(), NotUnderstood> {
    let tag = Text::tag(tag).map_err(|error| NotUnderstood::new(word, Why::Words(error)))?;
    if tags.contains(&tag) {
        return Ok(());
    }
    if tags.len() == TAGS {
        return Err(NotUnderstood::new(word, Why::TooManyTags));
    }
    tags.push(tag);
    Ok(())
}

/// One word of a line.
enum Word<'a> {
    Plain(&'a str),
    Tag(&'a str),
    Time(&'a str),
}

impl<'a> Word<'a> {
    fn read(word: &'a str) -> Self {
        match (word.strip_prefix(['+', '#']), word.strip_prefix('@'), word.strip_prefix('\\')) {
            (Some(tag), _, _) if begins_with_letter(tag) => Self::Tag(tag),
            (_, Some(time), _) if time.starts_with(|c: char| c.is_ascii_digit()) => Self::Time(time),
            (_, _, Some(rest)) if is_sign_escaped(rest) => Self::Plain(rest),
            _ => Self::Plain(word),
        }
    }
}

/// Returns a word so that it is read as itself.
fn escaped(word: &str) -> String {
    let has_meaning = word == "#" || !matches!(Word::read(word), Word::Plain(plain) if plain == word);
    if has_meaning { format!("\\{word}") } else { word.to_owned() }
}

/// Returns whether one of the signs comes next, escaped once more or not.
fn is_sign_escaped(rest: &str) -> bool {
    rest.trim_start_matches('\\').starts_with(['+', '#', '@'])
}

fn begins_with_letter(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}
