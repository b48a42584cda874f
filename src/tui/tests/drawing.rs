//! Every screen as a picture, at five sizes: text, and below it the styles.

use insta::assert_snapshot;

use super::{MORNING, Pane};

pub(super) const SIZES: [(u16, u16); 5] = [(20, 1), (40, 10), (80, 24), (120, 40), (200, 60)];

/// A week and a half, so that something is likely and the week has two days.
fn opened() -> Pane {
    let meetings = "9-9:15 i standup\n9:15-10:30 c design doc: rate limits +platform\n15:30-17 i planning";
    Pane::on(
        "2026-11-24T15:44",
        &[
            ("2026-11-10", meetings),
            ("2026-11-17", meetings),
            (
                "2026-11-23",
                "9-9:15 i standup\n9:15-12 c design doc: rate limits +platform\n13-14 s review\n14-18 i budget",
            ),
            ("2026-11-24", MORNING),
        ],
    )
}

fn pictures(name: &str, mut pane: Pane) {
    for (columns, rows) in SIZES {
        pane.resize(columns, rows);
        assert_snapshot!(format!("{name}_{columns}x{rows}"), pane.picture());
    }
}

fn after(keys: &str) -> Pane {
    let mut pane = opened();
    pane.press(keys);
    pane
}

#[test]
fn the_day() {
    pictures("day", opened());
}

#[test]
fn the_day_in_ascii() {
    let mut pane = opened();
    pane.press(":").types("glyphs").press("<enter>").press("<esc>");
    assert_snapshot!("day_ascii_80x24", pane.sized(80, 24).picture());
}

#[test]
fn a_day_with_nothing() {
    pictures("empty", Pane::on("2026-11-24T08:10", &[("2026-11-23", "9-10 c spec")]));
}

#[test]
fn the_first_day() {
    let mut pane = Pane::at("2026-11-24T15:40");
    pane.types("standup\t9:15").press("<enter>").types("design doc\t10:30").press("<enter>").types("1:1 platform le");
    pictures("first", pane);
}

#[test]
fn a_line_that_says_what_begins() {
    let mut pane = opened();
    pane.press("n").types("sta");
    pictures("entry", pane);
}

#[test]
fn a_line_that_cannot_be() {
    let mut pane = opened();
    pane.press("c").types("spec @14-14:30").press("<enter>");
    pictures("refused", pane);
}

#[test]
fn lines_that_say_what_was() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "09:00 i staff sync");
    pane.press("w")
        .types("10:00")
        .press("<enter>")
        .types("1:1 platform lead +team 10:35")
        .press("<enter>")
        .types("inter");
    pictures("catch_up", pane);
}

#[test]
fn a_block_in_a_form() {
    let mut pane = after("k e");
    pane.press("<down>").types("x");
    pictures("form", pane);
}

#[test]
fn what_was_done_and_can_be_taken_back() {
    pictures("toast", after("k t t"));
}

#[test]
fn the_week() {
    pictures("week", after("W"));
}

#[test]
fn the_week_lifted() {
    pictures("week_lifted", after("W <space> j <space> <space>"));
}

#[test]
fn the_blocks_of_an_activity() {
    pictures("week_blocks", after("W <enter> j"));
}

#[test]
fn where_to_go() {
    let mut pane = after("W f");
    pane.types("w46");
    pictures("go_to", pane);
}

#[test]
fn the_weeks() {
    let weeks = ["2026-10-20", "2026-10-27", "2026-11-03", "2026-11-10", "2026-11-17"];
    let meetings = "9-9:15 i standup\n9:15-10:30 c design doc\n13-14 s review\n14-18 i budget";
    let days: Vec<(&str, &str)> =
        weeks.into_iter().map(|day| (day, meetings)).chain([("2026-11-24", MORNING)]).collect();
    let mut pane = Pane::on("2026-11-24T15:44", &days);
    pane.press("T");
    pictures("trend", pane);
}

#[test]
fn the_weeks_of_a_quarter() {
    pictures("trend_quarter", super::trend::quarter());
    let mut pane = super::trend::quarter();
    pane.press(":").types("ascii").press("<enter> <esc>");
    assert_snapshot!("trend_quarter_ascii_80x24", pane.sized(80, 24).picture());
}

#[test]
fn too_few_weeks() {
    assert_snapshot!("few_weeks_80x24", after("T").sized(80, 24).picture());
}

#[test]
fn all_blocks() {
    pictures("journal", after("J"));
}

#[test]
fn all_blocks_searched() {
    let mut pane = after("/");
    pane.types("design");
    pictures("search", pane);
}

#[test]
fn the_palette() {
    let mut pane = after(":");
    pane.types("start");
    pictures("palette", pane);
}

#[test]
fn the_keys() {
    pictures("help", after("?"));
}

#[test]
fn with_all_words_folded_away() {
    pictures("folded", after("z"));
}

#[test]
fn wide_characters_take_the_cells_they_take_on_a_terminal() {
    let day = "9-9:30 i 設計レビュー\n9:30-10 c 👩‍👩‍👧 offsite\n10-10:30 s cafe\u{301} talk\n10:30-11 i plain";
    let mut pane = Pane::on_a_day("2026-11-24T11:30", day);
    let buffer = pane.draw();
    let length =
        |y: u16| (0..80).find(|x| "0h30".chars().zip(*x..).all(|(c, x)| buffer[(x, y)].symbol() == c.to_string()));
    let columns: Vec<Option<u16>> = (12..16).map(length).collect();
    assert!(columns[0].is_some(), "{}", pane.shows());
    assert!(columns.iter().all(|column| column == &columns[0]), "{columns:?}\n{}", pane.shows());
}

/// Catches: a column that is as wide as 09:15, so that 10:30am pushes the lengths out of the list.
#[test]
fn times_of_twelve_hours_cost_no_length_and_no_word_of_the_list() {
    for (columns, screen) in [40, 60, 80, 120].into_iter().flat_map(|columns| [(columns, "D"), (columns, "J")]) {
        let lengths = |settings: &str| {
            let morning = &[("2026-11-24", super::MORNING)];
            let mut pane = Pane::with_settings(settings, "2026-11-24T15:44", morning).sized(columns, 40);
            pane.press(screen);
            let shown = pane.shows();
            ["standup", "interview: backend", "staff sync"].map(|activity| {
                let row = shown.lines().find(|line| line.contains(activity)).unwrap_or_else(|| panic!("{shown}"));
                let after = row.split_once(activity).map(|(_, after)| after).unwrap_or_default();
                after.split_whitespace().find(|word| word.contains('h')).map(str::to_owned)
            })
        };
        assert_eq!(lengths("clock = \"12h\"\n"), lengths(""), "{columns} columns of {screen}");
    }
}
