//! What was done before that begins, or sounds, like what is being typed.
//!
//! Which words of a line are the activity is known to whoever typed the line in; here are
//! only those words.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Matcher, Utf32Str};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Habit, Known, Lived, Past};
use crate::text::{ACTIVITY_BYTES, Text};

/// Fewer characters than this are no sign of what is meant.
const A_SIGN: usize = 2;

/// Finds what completes a line.
///
/// It keeps the working memory of the matching, some 130 kB, from the first letter on.
#[derive(Debug, Default)]
pub struct Completer {
    matcher: Option<Matcher>,
}

/// Something done before that may be what is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What was done.
    pub known: Known,
    /// What it is a habit of at this time of the week.
    pub habit: Option<Habit>,
    /// Which graphemes of the activity were typed, from left to right.
    pub matched: Vec<usize>,
}

/// How well an activity fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is what was typed.
    Whole,
    /// It begins with it.
    Beginning,
    /// A word of it begins with it.
    Word,
    /// Each word that was typed begins one of its words.
    Words,
    /// It stands somewhere within.
    Inside,
    /// The letters are there; more is better.
    Scattered(Reverse<u32>),
}

impl Completer {
    /// Returns one that has matched nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what may be meant by the words typed so far, the best first, at most so many
    /// and never what runs: what begins so; then what has a word that begins so; then what
    /// has the letters in this order. Among those that fit alike, the likeliest first. While
    /// nothing is typed, it is what is likely next.
    ///
    /// Case never matters, as nowhere with activities; accents matter once one is typed.
    pub fn candidates(
        &mut self,
        typed: &str,
        past: &Past,
        now: Lived,
        running: Option<&Text>,
        most: usize,
    ) -> Vec<Candidate> {
        if typed.len() > ACTIVITY_BYTES {
            return Vec::new();
        }
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if typed.is_empty() {
            let likely = past.next(now, running).take(most);
            return likely.map(|(known, habit)| Candidate { known: known.clone(), habit, matched: vec![] }).collect();
        }
        let runs = running.map(|running| running.raw().to_lowercase());
        let mut sought = Sought::new(&typed, self.matcher.get_or_insert_default());
        let mut found = Vec::new();
        for (place, (known, habit)) in past.likeliest(now).into_iter().enumerate() {
            let name = known.activity.raw().to_lowercase();
            let fit = if runs.as_ref() == Some(&name) { None } else { sought.fit(known, &name) };
            found.extend(fit.map(|fit| ((fit, place), known, habit)));
        }
        found.sort_unstable_by_key(|(rank, ..)| *rank);
        found.truncate(most);
        let candidate = |(_, known, habit): (_, &Known, _)| Candidate {
            known: known.clone(),
            habit,
            matched: sought.matched(known),
        };
        found.into_iter().map(candidate).collect()
    }
}

/// Whether Enter after these words means the first candidate and not the words themselves.
///
/// Only if the candidate, from the start of one of its words, goes on as they do, so that
/// whoever types a new name to its end never gets another one. Never after a space, which
/// says «as I typed it»; nor for a name that is known itself; nor for a single letter.
pub fn takes_enter(typed: &str, candidate: &Known, past: &Past) -> bool {
    let typed = typed.trim_start().to_lowercase();
    let enough = typed.graphemes(true).count() >= A_SIGN;
    let as_typed = typed.ends_with(char::is_whitespace) || past.knows(&typed);
    enough && !as_typed && begins_a_word(&candidate.activity.raw().to_lowercase(), &typed)
}

/// What is looked for, and the matching that it is looked for with.
struct Sought<'a> {
    /// In lower case.
    typed: String,
    /// The words, each found by itself, so that their order does not matter.
    atoms: Vec<Atom>,
    matcher: &'a mut Matcher,
    /// Lent to the matching again and again.
    graphemes: Vec<char>,
}

impl<'a> Sought<'a> {
    fn new(typed: &str, matcher: &'a mut Matcher) -> Self {
        let atom = |word| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false);
        let atoms = typed.split_whitespace().map(atom).collect();
        Self { typed: typed.to_lowercase(), atoms, matcher, graphemes: Vec::new() }
    }

    /// Returns how well an activity fits, whose name in lower case is given.
    fn fit(&mut self, known: &Known, name: &str) -> Option<Fit> {
        let typed = self.typed.as_str();
        if name.starts_with(typed) {
            return Some(if name.len() == typed.len() { Fit::Whole } else { Fit::Beginning });
        }
        if begins_a_word(name, typed) {
            return Some(Fit::Word);
        }
        // Inside and scattered are for the matching to find, for it also looks past accents.
        let score = self.score(known)?;
        if self.typed.split_whitespace().all(|word| begins_a_word(name, word)) {
            return Some(Fit::Words);
        }
        Some(if name.contains(&self.typed) { Fit::Inside } else { Fit::Scattered(Reverse(score)) })
    }

    fn score(&mut self, known: &Known) -> Option<u32> {
        let activity = in_graphemes(&known.activity, &mut self.graphemes);
        self.atoms.iter().map(|atom| atom.score(activity, self.matcher).map(u32::from)).sum()
    }

    /// Returns which graphemes of an activity are what was typed.
    fn matched(&mut self, known: &Known) -> Vec<usize> {
        let activity = in_graphemes(&known.activity, &mut self.graphemes);
        let mut matched = Vec::new();
        for atom in &self.atoms {
            atom.indices(activity, self.matcher, &mut matched);
        }
        matched.sort_unstable();
        matched.dedup();
        matched.into_iter().filter_map(|place| usize::try_from(place).ok()).collect()
    }
}

/// Returns an activity in the form that is matched, one character for each grapheme. Not by
/// `Utf32Str::new`, which counts in bytes where only accents of their own are not ASCII.
fn in_graphemes<'a>(activity: &'a Text, graphemes: &'a mut Vec<char>) -> Utf32Str<'a> {
    let raw = activity.raw();
    if raw.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Utf32Str::Ascii(raw.as_bytes());
    }
    graphemes.clear();
    graphemes.extend(raw.graphemes(true).filter_map(|grapheme| grapheme.chars().next()));
    Utf32Str::Unicode(graphemes)
}

/// Whether `name` goes on with `typed` from the start of one of its words. `lead` and
/// `1:1 lead` both begin a word of `1:1 lead`, and so does `hands` of `all-hands`.
fn begins_a_word(name: &str, typed: &str) -> bool {
    let mut inside = false;
    let starts_here = |(at, grapheme): (usize, &str)| {
        // Decided by the grapheme: an accent of its own parts no word.
        let goes_on = std::mem::replace(&mut inside, grapheme.starts_with(char::is_alphanumeric));
        !goes_on && name.get(at..).is_some_and(|rest| rest.starts_with(typed))
    };
    name.contains(typed) && name.grapheme_indices(true).any(starts_here)
}
