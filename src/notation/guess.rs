//! The kind that follows from the words, so that nobody is asked on day one.

use std::cmp::Reverse;

use super::error::{NotUnderstood, What};
use crate::domain::{Kind, KindRule};
use crate::text::Text;

use Kind::{Consuming, Creating, Off, Shaping};

/// What is guessed for words and phrases: the longest that stands in an activity counts.
///
/// The hard ones could be either; here they are the same every time. A review in any form
/// leaves somebody able to do more, so it is shaping; an incident kept things running and
/// an interview was taken in, so they are consuming. What is guessed wrong is said once:
/// history and the config go before this table.
#[rustfmt::skip]
const GUESSES: &[(Kind, &[&str])] = &[
    (Consuming, &[
        "standup", "standups", "stand-up", "daily", "sync", "syncs", "meeting", "meetings", "all-hands", "all hands",
        "town hall", "mail", "mails", "email", "emails", "read mail", "reading mail", "inbox", "slack", "chat",
        "threads", "read threads", "interview", "interviews", "interviewing", "hiring", "screening", "planning",
        "refinement", "retro", "retros", "retrospective", "status", "status update", "budget", "expenses", "admin",
        "escalation", "escalations", "incident", "incidents", "outage", "on call", "on-call",
    ]),
    (Shaping, &[
        "1:1", "1:1s", "1-1", "one on one", "one-on-one", "coach", "coaching", "mentor", "mentoring", "pair",
        "pairing", "pair programming", "feedback", "onboard", "onboarding", "teaching", "workshop", "review",
        "reviews", "reviewing", "code review", "code reviews", "design review", "design reviews", "doc review",
        "spec review", "performance review", "performance reviews",
    ]),
    (Creating, &[
        "code", "coding", "programming", "debug", "debugging", "refactor", "refactoring", "design", "designing",
        "design doc", "spec", "specs", "doc", "docs", "write", "writing", "draft", "drafting", "spike", "prototype",
        "prototyping", "read", "reading",
    ]),
    (Off, &["lunch", "lunch break", "break"]),
];

/// Reads a kind where one is due: `c`, `s`, `i`, `o` or a word such as `shaping`.
pub fn kind(typed: &str) -> Result<Kind, NotUnderstood> {
    Kind::from_typed(typed.trim()).ok_or_else(|| NotUnderstood::not(What::Kind, typed))
}

/// Returns the kind of an activity: by the config's rules, else as it was the last time,
/// else by the table of first guesses; `None` where somebody has to be asked.
///
/// `history` has the newest first. The rules go before it because they were written down
/// on purpose, for activities that have a history too. All compare without case.
pub fn kind_of<'a>(
    activity: &Text,
    tags: &[Text],
    history: impl IntoIterator<Item = (&'a Text, Kind)>,
    rules: &[KindRule],
) -> Option<Kind> {
    let folded = activity.raw().to_lowercase();
    ruled(activity, tags, rules)
        .or_else(|| history.into_iter().find(|(was, _)| was.raw().to_lowercase() == folded).map(|(_, kind)| kind))
        .or_else(|| guess(activity))
}

/// Returns the kind that the config's rules give an activity with its tags. A rule matches its
/// words anywhere in the activity, and asks for all of its tags. Of those that match, the one
/// that asks for most words and tags counts, then the one of most tags, then the longest.
pub fn ruled(activity: &Text, tags: &[Text], rules: &[KindRule]) -> Option<Kind> {
    let folded = activity.raw().to_lowercase();
    let activity = words(&folded);
    let has = |tag: &String| tags.iter().any(|had| had.raw().to_lowercase() == tag.to_lowercase());
    let matching = rules.iter().filter(|rule| rule.tags.iter().all(has)).filter_map(|rule| {
        let (count, letters, place) = match rule.words.as_str() {
            "" => (0, 0, Reverse(0)),
            phrase => found(&activity, phrase)?,
        };
        Some(((count + rule.tags.len(), rule.tags.len(), letters, place), rule.kind))
    });
    matching.max_by_key(|(rank, _)| *rank).map(|(_, kind)| kind)
}

/// Returns the first guess for an activity, by its words alone.
pub fn guess(activity: &Text) -> Option<Kind> {
    let folded = activity.raw().to_lowercase();
    let table = GUESSES.iter().flat_map(|(kind, phrases)| phrases.iter().map(|phrase| (*phrase, *kind)));
    longest(&words(&folded), table)
}

/// Finds the longest phrase that stands in `activity` as whole words; of two that are as
/// long, the one that comes first in the activity.
fn longest<'a>(activity: &[&str], phrases: impl Iterator<Item = (&'a str, Kind)>) -> Option<Kind> {
    let found = phrases.filter_map(|(phrase, kind)| Some((found(activity, phrase)?, kind)));
    found.max_by_key(|(rank, _)| *rank).map(|(_, kind)| kind)
}

/// Finds a phrase in an activity: how many words it has, and letters, and where it stands.
fn found(activity: &[&str], phrase: &str) -> Option<(usize, usize, Reverse<usize>)> {
    let phrase = phrase.to_lowercase();
    let phrase = words(&phrase);
    let place = activity.windows(phrase.len().max(1)).position(|window| window == phrase.as_slice())?;
    Some((phrase.len(), phrase.iter().map(|word| word.chars().count()).sum(), Reverse(place)))
}

/// Cuts into words; `1:1` and `all-hands` are one each, `review:` is `review`.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != ':' && c != '-')
        .map(|word| word.trim_matches([':', '-']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns every phrase of the table.
#[cfg(test)]
pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    GUESSES.iter().flat_map(|(_, phrases)| phrases.iter().copied())
}
