//! Random sampling without a pane: `tiltmeter sample`, and where else its estimates are told.

use insta::assert_snapshot;

use crate::Desk;

/// On 24 November 2026 questions come at 10:05, 14:35 and 15:29.
fn asked() -> Desk {
    let desk = Desk::new();
    desk.write("config/tiltmeter/config.toml", "[nudges]\nsample = 45\n");
    desk
}

#[test]
fn what_it_was_is_said_set_right_taken_back_and_told_as_an_estimate() {
    let mut desk = asked();
    assert_snapshot!(desk.log(
        r"
        2026-11-20T11:00:00+01:00 sample
        2026-11-20T11:00:00+01:00 sample i
        2026-11-24T10:07:00+01:00 sample c
        10:08 sample creating
        10:09 sample i
        10:10 undo
        10:11 history -n 3
        14:40 sample s
        15:30 sample o
        15:31 add 9-10:30 design doc --kind c
        15:31 sample
        15:31 day
        15:31 week
        15:31 check
        "
    ));
}

/// Catches: answers that whoever gives them has chosen the moment of, which say nothing.
#[test]
fn nothing_is_answered_but_what_was_asked() {
    let mut desk = Desk::new();
    desk.at("14:36");
    let unset = desk.refuses("sample") + &desk.refuses("sample c");
    let mut desk = asked();
    desk.at("14:34");
    let too_early = desk.refuses("sample c");
    desk.at("14:36");
    let wrong = desk.refuses_all("sample x\nsample c --json\nsample c c");
    desk.at("14:50");
    let too_late = desk.refuses("sample c");
    assert_snapshot!(unset + &too_early + &wrong + &too_late);
    assert!(desk.journal_bytes().is_empty());
}

/// Catches: a timer that asks the same question again, or one that was answered.
#[test]
fn a_timer_asks_each_question_once() {
    let mut desk = asked();
    desk.at("14:37");
    assert_eq!(desk.prints("nudge"), "14:35: creating, shaping or consuming?\n");
    assert_eq!(desk.prints("nudge"), "");
    desk.at("15:30");
    desk.does("sample c");
    assert_eq!(desk.prints("nudge"), "");
}

/// Catches: an estimate in JSON that is not the one in words, or of other days.
#[test]
fn the_estimates_of_a_day_and_its_week_are_in_their_json() {
    let mut desk = asked();
    desk.at("2026-11-20T11:00:00+01:00").does("sample s");
    for (time, kind) in [("10:06", "c"), ("14:36", "i"), ("15:30", "o")] {
        desk.at(time).does(&format!("sample {kind}"));
    }
    let sampled = desk.json("day --json")["sampled"].clone();
    assert_eq!(sampled["share"], 0.5);
    assert!(sampled["low"].as_f64().unwrap() < 0.1 && sampled["high"].as_f64().unwrap() > 0.9, "{sampled}");
    assert_eq!((&sampled["off"], &sampled["creating"]), (&1.into(), &1.into()));
    assert_eq!(desk.json("week --json")["sampled"], sampled);
    let all = desk.json("sample --json");
    assert_eq!((&all["today"], &all["week"]), (&sampled, &sampled));
    assert_eq!(all["four_weeks"]["shaping"], 1, "on Friday");
    assert!(desk.json("day yesterday --json")["sampled"].is_null());
}
