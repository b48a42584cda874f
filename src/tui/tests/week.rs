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

#[test]
fn an_activity_of_two_kinds_is_two_entries_in_a_narrow_pane_too() {
    let mut pane =
        Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-12 i spec\n12-13 i mail\n13-15 c spec\n15-16 c tests")]);
    pane.resize(60, 36);
    pane.press("W");
    let mut marked = Vec::new();
    for _ in 0..4 {
        let shown = pane.shows();
        let line = shown.lines().find(|line| line.contains('›')).unwrap_or_default().trim().to_owned();
        marked.push(line.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
        pane.press("j");
    }
    assert_eq!(marked, ["›spec 3h00", "›mail 1h00", "›spec 2h00", "›tests 1h00"]);
}

#[test]
fn what_is_selected_is_marked_wherever_a_list_is_drawn() {
    let day = "8-9 i one\n9-10 i two\n10-11 i three\n11-12 i four\n12-13 i five\n13-14 i six\n14-15 c seven";
    for rows in 4..24 {
        for columns in [20, 40, 60, 80] {
            let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", day)]).sized(columns, rows);
            pane.press("W");
            pane.shows();
            pane.press("G k k k");
            let shown = pane.shows();
            let is_drawn = ["one", "two", "three", "four", "five", "six", "seven"]
                .iter()
                .any(|name| shown.lines().skip(2).any(|line| line.contains(name)));
            assert!(!is_drawn || shown.contains('›'), "{columns}x{rows}:\n{shown}");
        }
    }
}

#[test]
fn what_is_lifted_off_one_week_is_not_lifted_off_another() {
    let mut pane = week();
    pane.press("<space>");
    assert!(pane.shows().contains("esc put all back"), "{}", pane.shows());
    pane.press(",");
    assert!(!pane.shows().contains("without staff sync") && !pane.shows().contains("lifted off"), "{}", pane.shows());
    pane.press(".");
    assert!(!pane.shows().contains("lifted off"), "{}", pane.shows());
}

#[test]
fn what_is_lifted_by_its_tag_is_marked_in_its_list() {
    let mut pane = week();
    pane.press("l l j <space>");
    let shown = pane.shows();
    assert!(shown.contains("staff sync  5h00 lifted off") && !shown.contains("mail        1h00 lifted off"), "{shown}");
}

#[test]
fn a_spark_is_put_into_next_weeks_gap_and_seen_there() {
    let gap = "9-11 c spec\n11-12 i standup\n13-14 i mail\n15-18 i planning";
    let days: Vec<(String, &str)> = (1..5)
        .map(|week| {
            (
                format!("2026-{:02}-{:02}", if week < 4 { 11 } else { 10 }, if week < 4 { 24 - 7 * week } else { 27 }),
                gap,
            )
        })
        .collect();
    let days: Vec<(&str, &str)> =
        days.iter().map(|(day, lines)| (day.as_str(), *lines)).chain([("2026-11-23", "9-10 i mail")]).collect();
    let mut pane = Pane::on("2026-11-24T10:00", &days).sized(100, 34);
    pane.press("W");
    assert!(
        pane.shows().contains("next week  Tue 1 Dec 14:00–15:00, free four weeks running   * puts a spark there"),
        "{}",
        pane.shows()
    );
    pane.press("*")
        .types("read the tracing RFC @30m")
        .press("<enter>")
        .press("*")
        .types("sketch @20m")
        .press("<enter> <esc>");
    pane.press("W");
    let shown = pane.shows();
    assert!(shown.contains("█ read the tracing RFC 0h30") && shown.contains("█ sketch 0h20"), "{shown}");
    pane.press(".");
    assert!(pane.shows().contains("█ sketch 0h20"), "on that week, too: {}", pane.shows());
    pane.press(".");
    assert!(!pane.shows().contains("next week"), "{}", pane.shows());
}
