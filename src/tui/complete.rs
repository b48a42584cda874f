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
/// Only if the candidate, from the start of one of its words, begins as they do: a new name
/// is never taken for one that merely has its letters. Never after a space, which says «as I
/// typed it», and is the way to a new name that begins a known one; nor for a name that is
/// known itself; nor for a single letter.
pub fn takes_enter(typed: &str, candidate: &Known, past: &Past) -> bool {
    let is_meant_so = typed.ends_with(char::is_whitespace);
    // As it is looked for, with single spaces.
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let enough = typed.graphemes(true).count() >= A_SIGN;
    let as_typed = is_meant_so || past.knows(&typed);
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Block, Id, Kind};

    /// Tuesday, 24 November 2026, 15:20 in Berlin.
    fn now() -> Lived {
        DateTime::parse_from_rfc3339("2026-11-24T15:20:00+01:00").unwrap()
    }

    /// Returns a block of an activity that began so many days and hours ago.
    fn block(activity: &str, days: i64, hours: i64) -> Block {
        Block {
            id: Id(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{activity} {days} {hours}").as_bytes())),
            start: now() - TimeDelta::days(days) - TimeDelta::hours(hours),
            end: None,
            zone: None,
            kind: Kind::Consuming,
            activity: Text::as_written(activity),
            tags: vec![],
            note: None,
            interrupted: 0,
        }
    }

    /// Returns the past of a manager: what is done at this hour of Tuesdays, each day at
    /// another, and once.
    fn manager() -> Past {
        let mut blocks = Vec::new();
        for week in 1..=6 {
            blocks.extend([block("1:1 data lead", 7 * week, 0), block("Staff sync", 7 * week, 2)]);
            blocks.extend((0..5).map(|day| block("standup", 7 * week - day, 6)));
            blocks.extend((0..3).map(|day| block("1:1 platform lead", 7 * week - day, 5)));
            blocks.push(block("review: staffing plan", 7 * week, 4));
        }
        let once = ["design doc: rate limits", "café retro", "old standards", "planning", "all-hands", "misstated"];
        blocks.extend(once.map(|activity| block(activity, 40, 1)));
        blocks.extend((0..9).map(|day| block("planning: next week", day, 7)));
        Past::of(&blocks)
    }

    fn candidates(typed: &str) -> Vec<Candidate> {
        Completer::new().candidates(typed, &manager(), now(), None, 20)
    }

    fn names(typed: &str) -> Vec<String> {
        candidates(typed).iter().map(|candidate| candidate.known.activity.raw().to_owned()).collect()
    }

    /// Returns the first candidate, what was typed of it in brackets.
    fn first(typed: &str) -> String {
        let Candidate { known, matched, .. } = candidates(typed).swap_remove(0);
        let graphemes = known.activity.raw().graphemes(true).enumerate();
        graphemes.map(|(at, one)| if matched.contains(&at) { format!("[{one}]") } else { one.to_owned() }).collect()
    }

    fn known(activity: &str) -> Known {
        let block = block(activity, 1, 0);
        Known { activity: block.activity, kind: block.kind, tags: vec![], last: block.start, times: 1 }
    }

    #[test]
    fn three_letters_bring_up_what_is_well_known() {
        assert_eq!(first("sta"), "[s][t][a]ndup");
        assert_eq!(first("staf"), "[S][t][a][f]f sync");
        assert_eq!(first("ddr"), "[d]esign [d]oc: [r]ate limits");
        assert_eq!(first("PLAT"), "1:1 [p][l][a][t]form lead");
        assert_eq!(first("cafe"), "[c][a][f][é] retro");
        assert_eq!(first("sy  staff"), "[S][t][a][f][f] [s][y]nc");
    }

    #[test]
    fn of_those_that_fit_alike_the_habit_of_this_hour_comes_first() {
        assert_eq!(names("1:1"), ["1:1 data lead", "1:1 platform lead"]);
        assert_eq!(candidates("1:1")[0].habit.map(|habit| (habit.seen, habit.of)), Some((6, 6)));
        let elsewhen = Completer::new().candidates("1:1", &manager(), now() - TimeDelta::hours(3), None, 1);
        assert_eq!(elsewhen[0].known.activity.raw(), "1:1 platform lead");
    }

    #[test]
    fn what_begins_so_comes_before_words_that_do_and_those_before_letters_that_are_merely_there() {
        assert_eq!(names("sta"), ["standup", "Staff sync", "review: staffing plan", "old standards", "misstated"]);
        assert_eq!(names("planning"), ["planning", "planning: next week"]);
        assert_eq!(names("plan"), ["planning: next week", "planning", "review: staffing plan"]);
        assert_eq!(names("hands"), ["all-hands"]);
        assert!(names("xyz").is_empty());
        let past = Past::of(&[block("docs: api/sync", 1, 0), block("docs sync", 30, 0)]);
        let found = Completer::new().candidates("sy do", &past, now(), None, 1);
        assert_eq!(found[0].known.activity.raw(), "docs: api/sync", "both have both words: the likelier");
    }

    #[test]
    fn while_nothing_is_typed_it_is_what_is_likely_next() {
        let past = manager();
        let likely = past.likely(now(), None, 4);
        let found = Completer::new().candidates("  ", &past, now(), None, 4);
        let told: Vec<_> = found.iter().map(|candidate| (&candidate.known.activity, candidate.habit)).collect();
        assert_eq!(told, likely.iter().map(|likely| (&likely.activity, likely.habit)).collect::<Vec<_>>());
        assert_eq!(told[0].0.raw(), "1:1 data lead");
    }

    #[test]
    fn what_runs_completes_nothing() {
        for typed in ["", "sta"] {
            let runs = Text::as_written("STANDUP");
            let found = Completer::new().candidates(typed, &manager(), now(), Some(&runs), 20);
            assert!(!found.is_empty() && found.iter().all(|found| found.known.activity.raw() != "standup"));
        }
    }

    #[test]
    fn enter_means_the_candidate_that_goes_on_from_what_was_typed() {
        let past = manager();
        let takes = |typed: &str, activity: &str| takes_enter(typed, &known(activity), &past);
        assert!(takes("sta", "standup") && takes(" STA", "standup") && takes("1:1 pl", "1:1 platform lead"));
        assert!(takes("rate lim", "design doc: rate limits") && takes("hands", "all-hands"));
        assert!(!takes("ddr", "design doc: rate limits"), "the letters are merely there");
        assert!(!takes("sta", "misstated"), "inside a word");
        assert!(!takes("sta ", "standup"), "as it was typed");
        assert!(!takes("planning", "planning: next week"), "known itself");
        assert!(!takes("standup with ana", "standup"), "more than it");
        assert!(!takes("s", "standup") && !takes("", "standup") && !takes(" ", "standup"), "no sign");
    }

    #[test]
    fn an_accent_of_its_own_parts_no_word_and_counts_as_no_place() {
        assert!(!begins_a_word("re\u{301}tro", "tro"));
        let past = Past::of(&[block("re\u{301}tro: x", 1, 0)]);
        let found = Completer::new().candidates("tro", &past, now(), None, 1);
        assert_eq!(found[0].matched, [2, 3, 4]);
        let past = Past::of(&[block("a\r\nstandup", 1, 0)]);
        assert_eq!(Completer::new().candidates("sta", &past, now(), None, 1)[0].matched, [2, 3, 4]);
    }

    /// Returns names as people give them and as the hostile do.
    fn activity() -> impl Strategy<Value = String> {
        prop_oneof!["[a-c]{1,4}( [a-c:-]{1,4}){0,3}", "[a-cA-CÀ-é :1\u{301}]{1,9}", any::<String>()]
    }

    proptest! {
        #[test]
        fn enter_takes_only_what_goes_on_as_typed_and_nothing_after_a_space(name in activity(), past in activity(), space in any::<bool>()) {
            let others = Past::of(&[block(&past, 1, 0)]);
            let goes_on = past.to_lowercase().contains(&name.trim_start().to_lowercase());
            let takes = takes_enter(&(name.clone() + if space { " " } else { "" }), &known(&past), &others);
            prop_assert!(!takes || (goes_on && !space));
            prop_assert!(!takes_enter(&past, &known(&past), &others));
        }

        #[test]
        fn what_enter_takes_is_found(past in activity(), from in 0..9usize, to in 0..9usize) {
            let all = Past::of(&[block(&past, 1, 0)]);
            let typed: String = past.chars().skip(from).take(to).collect();
            let found = Completer::new().candidates(&typed, &all, now(), None, 1);
            prop_assert!(!takes_enter(&typed, &known(&past), &all) || found.len() == 1);
        }

        #[test]
        fn what_was_typed_stands_within_the_activity(past in activity(), typed in activity()) {
            let all = Past::of(&[block(&past, 1, 0)]);
            for found in Completer::new().candidates(&typed, &all, now(), None, 1) {
                let graphemes = past.graphemes(true).count();
                prop_assert!(found.matched.iter().all(|at| *at < graphemes));
                prop_assert!(found.matched.is_sorted_by(|one, next| one < next));
            }
        }
    }
}
