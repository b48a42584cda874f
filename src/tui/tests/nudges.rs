//! Nudges in the pane: said once, put off by a key, answered by logging.

use super::{Pane, log};
use crate::domain::Kind;

/// Opens a pane on a morning that was logged until 10:30.
fn reminded(settings: &str, now: &str) -> Pane {
    Pane::with_settings(settings, now, &[("2026-11-24", "09:00-10:30 c design doc: limits")])
}

const SILENCE: &str = "[nudges]\nsilence = 45\nsnooze = 20\n";

/// Catches: a nudge that comes by itself, or stays after the thing was said.
#[test]
fn silence_is_said_when_it_is_due_and_ends_when_something_is_logged() {
    let mut quiet = reminded("", "2026-11-24T10:40");
    assert!(!quiet.later("2026-11-24T17:00").shows().contains("puts it off"), "it was not asked for");
    let mut pane = reminded(SILENCE, "2026-11-24T10:40");
    assert!(!pane.later("2026-11-24T11:14").shows().contains("nothing logged since"));
    let shown = pane.later("2026-11-24T11:15").shows();
    assert!(shown.contains("nothing logged since 10:30, for 0h45") && shown.contains("Z puts it off"), "{shown}");
    log(&pane.another(), "2026-11-24", "10:30 s 1:1");
    pane.hear(super::Msg::JournalChanged);
    assert!(!pane.shows().contains("nothing logged since"));
}

/// Catches: two panes that both say it, and a pane that says it again when it is opened again.
#[test]
fn one_thing_is_said_once_by_all_panes_together() {
    let mut pane = reminded(SILENCE, "2026-11-24T11:20");
    pane.later("2026-11-24T11:20");
    let mut other = pane.another_pane("2026-11-24T11:20");
    other.later("2026-11-24T11:21");
    assert!(pane.shows().contains("nothing logged since"));
    assert!(!other.shows().contains("nothing logged since"));
    pane.press("<esc>");
    assert!(!pane.later("2026-11-24T11:50").shows().contains("nothing logged since"), "esc is an answer");
}

/// Catches: one that is claimed, and hidden for ever by another that came with it.
#[test]
fn of_several_that_are_due_at_once_each_is_said() {
    let mut pane = reminded("[limits]\nwork = 1\n[nudges]\nevening = true\nlimits = true\n", "2026-11-24T18:30");
    pane.later("2026-11-24T18:30");
    let said = ["more than 1h00 worked today", "of today has nothing"];
    let mut shown: Vec<&str> = Vec::new();
    for _ in said {
        let screen = pane.shows();
        let now: Vec<_> = said.into_iter().filter(|said| screen.contains(said)).collect();
        assert_eq!(now.len(), 1, "one at a time: {screen}");
        shown.extend(now);
        pane.press("<esc>");
    }
    shown.sort_unstable();
    assert_eq!(shown, said);
    assert!(said.iter().all(|said| !pane.shows().contains(said)));
}

/// Catches: a snooze that is forgotten, or that never ends, here or in a pane that is opened meanwhile.
#[test]
fn what_is_put_off_comes_again_once_also_in_a_pane_that_is_opened_meanwhile() {
    let mut pane = reminded(SILENCE, "2026-11-24T11:15");
    pane.later("2026-11-24T11:15").press("Z");
    assert!(pane.shows().contains("put off until 11:35"), "{}", pane.shows());
    let mut other = pane.another_pane("2026-11-24T11:20");
    assert!(!other.later("2026-11-24T11:34").shows().contains("nothing logged since"));
    assert!(other.later("2026-11-24T11:35").shows().contains("nothing logged since"));
    assert!(!pane.later("2026-11-24T11:36").shows().contains("nothing logged since"));
}

/// Catches: a name on a shared screen.
#[test]
fn a_nudge_names_nothing_where_words_are_folded_away() {
    let mut pane = reminded("[nudges]\nblock = 1\n", "2026-11-24T10:40");
    log(&pane.another(), "2026-11-24", "10:30 s 1:1 lead");
    pane.later("2026-11-24T11:40").hear(super::Msg::JournalChanged);
    assert!(pane.shows().contains("\"1:1 lead\" runs for 1h10"), "{}", pane.shows());
    pane.press("z <esc>");
    assert!(!pane.shows().contains("1:1 lead"), "{}", pane.shows());
}

/// On that day questions come at 10:05, 14:35 and 15:29, where one comes in 45 minutes on average.
const ASKED: &str = "[nudges]\nsample = 45\n";

fn answers(pane: &Pane) -> Vec<Kind> {
    let reading = pane.hands.desk.journal.read_all(pane.hands.now()).unwrap();
    reading.samples.iter().map(|sample| sample.kind).collect()
}

/// Catches: a question that nobody asked for, that comes late or not, or that stays when it is answered.
#[test]
fn what_it_is_right_now_is_asked_at_its_moment_and_answered_by_a_letter() {
    let mut quiet = reminded("", "2026-11-24T14:30");
    assert!(!quiet.later("2026-11-24T14:35").shows().contains("consuming?"), "it was not asked for");
    let mut pane = reminded(ASKED, "2026-11-24T14:30");
    assert!(!pane.later("2026-11-24T14:34").shows().contains("consuming?"));
    let shown = pane.later("2026-11-24T14:35").shows();
    assert!(shown.contains("14:35: creating, shaping or consuming?   A answers"), "{shown}");
    pane.press("A x");
    assert!(answers(&pane).is_empty(), "x is no kind");
    pane.press("s");
    assert_eq!(answers(&pane), [Kind::Shaping]);
    assert!(!pane.later("2026-11-24T14:41").shows().contains("consuming?"));
    pane.resize(80, 40);
    assert!(pane.shows().contains("asked at random  100 %, 21–100 %  of 1 answer"), "{}", pane.shows());
    pane.press("2");
    pane.press("W");
    assert!(pane.shows().contains("asked at random  100 %"), "{}", pane.shows());
    pane.press("u");
    assert!(answers(&pane).is_empty());
}

/// Catches: an answer that counts for a moment which nobody was asked about, or long ago.
#[test]
fn a_question_that_was_closed_can_be_answered_until_it_is_too_late() {
    let mut pane = reminded(ASKED, "2026-11-24T14:36");
    pane.later("2026-11-24T14:36").press("<esc>");
    assert!(!pane.shows().contains("consuming?"));
    pane.later("2026-11-24T14:49").press("A i");
    assert_eq!(answers(&pane), [Kind::Consuming]);
    pane.later("2026-11-24T14:50").press("A c");
    assert_eq!(answers(&pane), [Kind::Consuming]);
    pane.press("A");
    assert!(pane.shows().contains("nothing is asked right now"), "{}", pane.shows());
}

/// Catches: two panes, or a pane and a timer, that ask the same twice.
#[test]
fn a_question_is_asked_once_and_no_more_where_it_was_answered_elsewhere() {
    let mut pane = reminded(ASKED, "2026-11-24T14:35");
    pane.another().answer("2026-11-24".parse().unwrap(), "2026-11-24T13:35:00Z".parse().unwrap(), Kind::Off).unwrap();
    pane.hear(super::Msg::JournalChanged);
    assert!(!pane.later("2026-11-24T14:36").shows().contains("consuming?"), "{}", pane.shows());
}
