//! The Trend screen: what is found, which week is chosen, and weeks of long ago.

use super::{Pane, log};
use crate::tui::app::Tab;
use crate::tui::msg::Msg;

/// A pane on the trend of a made-up quarter.
pub(super) fn quarter() -> Pane {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-10 c spec")]);
    pane.press(":").types("demo").press("<enter>").press("<esc> T");
    pane
}

/// Weeks of Thursdays on which something is made, and others on which a gap recurs.
fn weeks() -> Pane {
    let thursday = ["2026-10-22", "2026-10-29", "2026-11-05", "2026-11-12", "2026-11-19"];
    let days: Vec<(&str, &str)> = thursday.iter().map(|day| (*day, "9-11 c design doc\n13-17 i budget")).collect();
    let mut pane = Pane::on("2026-11-24T15:44", &days);
    pane.press("T");
    pane
}

#[test]
fn what_is_found_comes_first_and_the_year_last() {
    let mut pane = quarter().sized(80, 24);
    let shown = pane.shows();
    assert!(shown.contains("Thursday 9–11 is when you make things"), "{shown}");
    assert!(shown.contains("Wednesday 13–14 has been free"), "{shown}");
    assert!(!shown.contains("days of the year"), "{shown}");
    let end = pane.press("G").shows();
    assert!(end.contains("days of the year") && end.contains("Fri "), "{end}");
    let above = pane.press("k").shows();
    assert_ne!(above, end, "a step up from the end is seen at once");
    assert_eq!(pane.press("j").shows(), end);
    assert_eq!(pane.press("j j j k").shows(), above, "nor is it scrolled past the end");
    pane.press("G").resize(80, 30);
    let larger = pane.shows();
    assert_ne!(pane.press("k").shows(), larger, "nor past that of a larger one");
    pane.resize(80, 24);
    assert_eq!(pane.press("g g").shows(), shown);
}

#[test]
fn a_week_that_is_chosen_is_opened() {
    let mut pane = weeks().sized(120, 40);
    assert!(pane.shows().contains("Week 48  23–29 Nov 2026"), "the latest: {}", pane.shows());
    pane.press("<left> <left>");
    assert!(pane.shows().contains("Week 46  9–15 Nov 2026"), "{}", pane.shows());
    pane.press("l h h l");
    assert!(pane.shows().contains("Week 46  9–15 Nov 2026"), "{}", pane.shows());
    pane.press("<enter>");
    assert_eq!(pane.app.tab, Tab::Week);
    assert!(pane.shows().contains("Week 46  9–15 Nov 2026") && pane.shows().contains("design doc"), "{}", pane.shows());
    pane.press("T");
    assert!(pane.shows().contains("Week 48"), "it begins at the latest again: {}", pane.shows());
    pane.press("<left> <left> <left> <left> <left> <left> <left> <left> <left>");
    assert!(pane.shows().contains("Week 43"), "the first is the first: {}", pane.shows());
}

#[test]
fn a_click_chooses_a_week() {
    let mut pane = weeks().sized(120, 40);
    assert!(!pane.shows().contains("Week 43"), "{}", pane.shows());
    pane.click("○");
    assert!(pane.shows().contains("Week 43  19–25 Oct 2026"), "{}", pane.shows());
    let mut small = weeks().sized(60, 24);
    small.shows();
    small.press("j j j j j j").click("○").press("G");
    assert!(small.shows().contains("Week 43  19–25 Oct 2026"), "scrolled: {}", small.shows());
}

#[test]
fn set_apart_shaping_leaves_the_sentence_and_folded_words_the_name() {
    let mut pane = quarter().sized(80, 24);
    let shown = pane.shows();
    assert!(shown.contains("is when you shape others") && shown.contains("design doc: quotas grew"), "{shown}");
    assert!(!pane.press("v").shows().contains("is when you shape others"), "{}", pane.shows());
    assert!(!pane.press("z").shows().contains("quotas"), "{}", pane.shows());
    assert!(pane.shows().contains("··· grew"), "{}", pane.shows());
}

#[test]
fn years_of_long_ago_come_after_the_last_one_over_empty_years() {
    let day = "9-11 c design doc\n13-17 i budget";
    let old = ["2019-05-06", "2022-08-15", "2022-11-07", "2025-06-02", "2026-11-05", "2026-11-12", "2026-11-19"];
    let days: Vec<(&str, &str)> = old.iter().map(|day_of| (*day_of, day)).collect();
    let mut pane = Pane::on("2026-11-24T15:44", &days).sized(200, 60);
    pane.press("T");
    for _ in 0..500 {
        pane.press("<left>");
    }
    assert!(pane.shows().contains("Week 19  6–12 May 2019"), "{}", pane.shows());
    pane.press("<right>");
    assert!(pane.shows().contains("Week 20  13–19 May 2019   nothing logged"), "{}", pane.shows());
    // Every week between is there, and the years stay when the last one is read again.
    pane.hear(Msg::JournalChanged);
    assert!(pane.shows().contains("Week 20  13–19 May 2019"), "{}", pane.shows());
    let weeks = (chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
        - chrono::NaiveDate::from_ymd_opt(2019, 5, 13).unwrap())
    .num_weeks();
    for _ in 1..weeks {
        pane.press("<right>");
    }
    assert!(pane.shows().contains("Week 47  16–22 Nov 2026"), "{}", pane.shows());
    pane.press("<right>");
    assert!(pane.shows().contains("Week 48  23–29 Nov 2026"), "{}", pane.shows());
}

#[test]
fn what_is_logged_meanwhile_is_seen() {
    let mut pane = weeks().sized(120, 40);
    assert!(pane.shows().contains("Week 48  23–29 Nov 2026   nothing logged"), "{}", pane.shows());
    log(&pane.hands.desk, "2026-11-24", "9-10 c spec");
    pane.hear(Msg::JournalChanged);
    assert!(pane.shows().contains("Week 48  23–29 Nov 2026   100 %"), "{}", pane.shows());
}

#[test]
fn a_journal_that_cannot_be_read_whole_is_told_of() {
    let mut pane = weeks().sized(80, 24);
    assert!(!pane.shows().contains("not complete"), "{}", pane.shows());
    let file = super::others::walk(&pane.hands.desk.journal.place().journal)
        .into_iter()
        .find(|file| file.to_string_lossy().contains("2026-11"))
        .unwrap();
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("no line\n");
    std::fs::write(&file, text).unwrap();
    pane.hear(Msg::JournalChanged);
    assert!(pane.shows().contains("not complete: 1 line or file of the journal could not be read"), "{}", pane.shows());
}

#[test]
fn under_four_weeks_there_is_no_trend() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-10", "9-10 c spec"), ("2026-11-17", "9-10 c spec")]);
    let shown = pane.press("T").shows();
    assert!(shown.contains("a trend begins with four weeks; so far there is something in 2 weeks"), "{shown}");
    assert!(!shown.contains("hours of the week"), "{shown}");
}

#[test]
fn it_draws_at_every_size() {
    let mut pane = quarter();
    for columns in (0..130).step_by(3) {
        for rows in [0, 1, 2, 3, 4, 5, 8, 13, 20, 24, 40] {
            pane.resize(columns, rows);
            pane.draw();
            pane.press("G k <left>");
        }
    }
}

#[test]
fn the_week_that_is_chosen_is_seen_where_there_is_little_room() {
    let mut pane = quarter().sized(80, 24);
    assert!(!pane.shows().contains("Week 4"), "{}", pane.shows());
    pane.press("<left>");
    let shown = pane.shows();
    assert!(shown.contains("Week 47  16–22 Nov") && shown.contains('▴'), "its point and its numbers: {shown}");
    pane.press("g g");
    assert!(pane.shows().contains("is when you make things"), "scrolled back: {}", pane.shows());
}
