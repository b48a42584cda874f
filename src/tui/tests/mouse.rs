//! The mouse does what keys do.

use crossterm::event::{MouseButton, MouseEventKind};

use super::Pane;

#[test]
fn a_click_selects_a_block_and_what_is_offered_is_done() {
    let mut pane = Pane::on_a_morning();
    pane.click("escalation: billing").press("t");
    assert!(pane.journal().contains("10:10-11:00 s escalation: billing"), "{}", pane.journal());
    pane.click("undo");
    assert!(pane.journal().contains("10:10-11:00 i escalation: billing"), "{}", pane.journal());
}

#[test]
fn a_click_on_a_tab_goes_there() {
    let mut pane = Pane::on_a_morning();
    pane.click("Week");
    assert!(pane.shows().contains("without it"), "{}", pane.shows());
    pane.click("Day");
    assert!(pane.shows().contains("likely next"));
}

#[test]
fn a_click_on_a_likely_one_starts_it_and_one_on_a_completion_takes_it() {
    let mut pane = Pane::on_a_morning();
    pane.click("1 ░ mail, threads");
    assert!(pane.journal().ends_with("15:44 i mail, threads"), "{}", pane.journal());
    pane.later("2026-11-24T15:50").press("n").types("e").click("  ░ escalation");
    assert!(pane.journal().ends_with("15:50 i escalation: billing"), "{}", pane.journal());
}

#[test]
fn a_border_is_dragged_on_the_ribbon_and_the_picture_moves_meanwhile() {
    let mut pane = Pane::on_a_morning();
    // The border between the design doc and the escalation, 10:10.
    let (column, row) = pane.find("████");
    let border = column + 4;
    let before = pane.shows();
    pane.mouse(MouseEventKind::Down(MouseButton::Left), border, row);
    pane.mouse(MouseEventKind::Drag(MouseButton::Left), border + 3, row + 1);
    assert_ne!(pane.shows(), before);
    assert!(pane.journal().contains("09:30-10:10 c"), "nothing is changed before it is let go");
    pane.mouse(MouseEventKind::Up(MouseButton::Left), border + 3, row + 1);
    assert!(
        pane.journal().contains("09:30-10:40 c design doc: rate limits +platform\n10:40-11:00 i escalation: billing"),
        "{}",
        pane.journal()
    );
}

#[test]
fn a_border_that_was_only_clicked_stays_where_it_is() {
    let mut pane = Pane::on_a_morning();
    let (column, row) = pane.find("████");
    pane.mouse(MouseEventKind::Down(MouseButton::Left), column + 4, row);
    pane.mouse(MouseEventKind::Up(MouseButton::Left), column + 4, row);
    assert!(pane.journal().contains("09:30-10:10 c"));
    assert!(pane.app.toast.is_none());
}

#[test]
fn the_wheel_selects() {
    let mut pane = Pane::on_a_morning();
    pane.mouse(MouseEventKind::ScrollUp, 5, 15);
    pane.press("t");
    assert!(pane.journal().contains("13:30-15:00 s staff sync"), "{}", pane.journal());
}
