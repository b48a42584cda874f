//! The week: lifted, opened, gone through by keys and by date.

use super::Pane;

/// Monday and Tuesday, with a meeting on both; another week before them.
const WEEK: &[(&str, &str)] = &[
    ("2026-11-17", "9-11 c design doc\n11-12 i staff sync\n13-15 s review"),
    ("2026-11-23", "9-12 i staff sync +team\n13-15 c design doc +api\n15-16 i mail"),
    ("2026-11-24", "9-11 i staff sync +team\n11-12 s 1:1 data lead +team"),
];

fn week() -> Pane {
    let mut pane = Pane::on("2026-11-24T15:44", WEEK);
    pane.press("W");
    pane
}

#[test]
fn space_lifts_a_meeting_off_the_beam_then_counts_it_as_made_then_puts_it_back() {
    let mut pane = week();
    let was = pane.shows();
    assert!(was.contains("33 %    9h00  of 40h"), "{was}");
    pane.press("<space>");
    let lifted = pane.shows();
    assert!(lifted.contains("75 % without staff sync   33 % as it was"), "{lifted}");
    assert!(lifted.contains("staff sync  5h00 lifted off"), "it stays in the list: {lifted}");
    pane.press("<space>");
    assert!(pane.shows().contains("89 % with staff sync made   33 % as it was"), "{}", pane.shows());
    pane.press("<space>");
    assert_eq!(pane.shows(), was);
    assert!(
        pane.journal().ends_with("9:00-11:00 i staff sync +team\n11:00-12:00 s 1:1 data lead +team"),
        "{}",
        pane.journal()
    );
}

#[test]
fn several_are_lifted_at_once_and_escape_puts_them_back() {
    let mut pane = week();
    let was = pane.shows();
    pane.press("<space> j <space>");
    assert!(pane.shows().contains("100 % without mail, staff sync"), "{}", pane.shows());
    pane.press("<esc>");
    assert!(pane.shows().contains("33 %    9h00  of 40h"), "{}", pane.shows());
    pane.press("k");
    assert_eq!(pane.shows(), was);
}

#[test]
fn a_tag_is_lifted_with_all_that_has_it() {
    let mut pane = week();
    pane.press("l l j <space>");
    // The meeting and the talk are gone: two of three hours were made.
    assert!(pane.shows().contains("67 % without +team   33 % as it was"), "{}", pane.shows());
}

#[test]
fn a_day_opens_its_screen() {
    let mut pane = week();
    pane.press("g g <enter>");
    assert!(pane.shows().starts_with(" Mon 23 Nov 2026"), "{}", pane.shows());
}

#[test]
fn an_entry_opens_its_blocks_and_a_block_its_day() {
    let mut pane = week();
    pane.press("<enter>");
    let shown = pane.shows();
    assert!(shown.contains("staff sync   5h00   2×"), "{shown}");
    assert!(shown.contains("› Mon 23  09:00–12:00") && shown.contains("  Tue 24  09:00–11:00"), "{shown}");
    pane.press("j <enter>");
    assert!(pane.shows().contains("› 09:00  ░ staff sync"), "{}", pane.shows());
    pane.press("W");
    assert!(pane.shows().contains("staff sync   5h00   2×"), "it is as it was left: {}", pane.shows());
    pane.press("<esc>");
    assert!(pane.shows().contains("without it"), "{}", pane.shows());
}

#[test]
fn any_week_is_reached_by_keys_and_by_date() {
    let mut pane = week();
    pane.press(",");
    assert!(pane.shows().contains("Week 47"), "{}", pane.shows());
    for (typed, week) in
        [("w48", "Week 48"), ("17 nov", "Week 47"), ("2020-12-31", "Week 53  28 Dec 2020"), ("last week", "Week 47")]
    {
        pane.press("f").types(typed).press("<enter>");
        assert!(pane.shows().contains(week), "{typed}: {}", pane.shows());
    }
    pane.press("f").types("smarch").press("<enter>");
    assert!(pane.shows().contains("\"smarch\" is not a week"), "{}", pane.shows());
}

#[test]
fn a_date_leads_to_its_day_from_the_day() {
    let mut pane = Pane::on("2026-11-24T15:44", WEEK);
    pane.press("f").types("17 nov").press("<enter>");
    assert!(pane.shows().starts_with(" Tue 17 Nov 2026"), "{}", pane.shows());
}

#[test]
fn the_weeks_before_stand_beside_a_week() {
    let mut pane = week();
    assert!(
        pane.shows().contains("80 % in 1 of the four weeks before   made 2h00  shaped 2h00 a week"),
        "{}",
        pane.shows()
    );
}

#[test]
fn a_click_selects_and_a_second_does_what_the_key_would() {
    let mut pane = week();
    pane.click("mail").click("mail");
    assert!(pane.shows().contains("38 % without mail"), "{}", pane.shows());
    pane.click("Mon 23").click("Mon 23");
    assert!(pane.shows().starts_with(" Mon 23 Nov 2026"), "{}", pane.shows());
}

#[test]
fn folded_away_nothing_is_named_and_nothing_is_lifted() {
    let mut pane = week();
    pane.press("<space> z");
    let shown = pane.shows();
    assert!(!shown.contains("staff sync") && shown.contains("75 % as some of it is lifted"), "{shown}");
    pane.press("<space> <enter>");
    assert!(pane.shows().contains("folded away"), "{}", pane.shows());
}

#[test]
fn the_day_that_tilts_most_is_said_with_what_took_its_time() {
    let mut pane = week();
    pane.press(",");
    assert!(!pane.shows().contains("tilts most"), "no day lies below: {}", pane.shows());
    let mut pane = Pane::on(
        "2026-11-24T15:44",
        &[("2026-11-23", "9-12 i staff sync\n13-17 i mail"), ("2026-11-24", "9-15 c spec")],
    );
    pane.press("W");
    assert!(pane.shows().contains("Mon 23 tilts most: 0 %, mail 4h00 of 7h00 taken in"), "{}", pane.shows());
}

#[test]
fn a_small_pane_shows_the_levers_until_an_entry_is_selected() {
    let mut pane = week().sized(40, 10);
    assert!(pane.shows().contains("Mon 23") && !pane.shows().contains("without it"), "{}", pane.shows());
    pane.press("G");
    let shown = pane.shows();
    assert!(shown.contains("›+api") && !shown.contains("Mon 23"), "{shown}");
    assert!(shown.contains('▲'), "the level of the week stays: {shown}");
    pane.press("<space>");
    assert!(pane.shows().contains("as it was"), "{}", pane.shows());
}
