//! The trend as text: what it says, and that it fits whatever is asked.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::beam::Glyphs;
use crate::beam::testing::{is_ascii, picture, tally};
use crate::domain::trend::{Besides, LongestOfWeek, Marks, Once};
use crate::domain::{Baseline, BaselineFrom, Days, Felt, Ledger, Lens, Reflection, Share, Tally, TrendPoint};
use crate::made_up::MadeUp;
use crate::report::testing::Example;
use crate::text::Text;

/// The made-up quarter, with marks and a baseline.
fn quarter(sample: &Example) -> Trend {
    let made_up = MadeUp::quarter(sample.calendar.home().clone(), sample.now);
    let ledger = Ledger::new(made_up.blocks().collect(), sample.now);
    let days = Days::of(&ledger, &sample.calendar);
    let last = sample.calendar.week_of("2026-11-24".parse().unwrap());
    let felt = |day: NaiveDate| {
        let share = days.tally(day).share(Lens::Counted)?;
        let felt = Felt::of(if share >= Share::GUESS { 4 } else { 3 });
        Some((day, Reflection { day, note: None, felt }))
    };
    let reflections: BTreeMap<_, _> = days.with_time().filter_map(felt).collect();
    let baseline = Baseline {
        name: Some(Text::as_written("as an engineer")),
        from: BaselineFrom::Remembered(Share::percent(70.0).unwrap()),
    };
    let besides = Besides { reflections, baseline: Some(Once { baseline, tally: Tally::default() }) };
    let here = sample.calendar.home().at(sample.now);
    Trend::of(&days, (last.plus(-11), last), (&sample.calendar, &sample.habits), here, besides)
}

fn trend_of(sample: &Example, weeks: Vec<TrendPoint>) -> Trend {
    let ledger = Ledger::new(Vec::new(), sample.now);
    let here = sample.calendar.home().at(sample.now);
    let last = sample.calendar.week_of(here.date_naive());
    let empty = Trend::of(
        &Days::of(&ledger, &sample.calendar),
        (last, last),
        (&sample.calendar, &sample.habits),
        here,
        Besides::default(),
    );
    Trend { weeks, ..empty }
}

fn points(sample: &Example) -> Vec<TrendPoint> {
    let last = sample.calendar.week_of("2026-11-23".parse().unwrap());
    let tallies = [
        tally(300, 200, 1_500),
        tally(330, 215, 1_440),
        tally(190, 145, 300),
        Tally::default(),
        tally(420, 260, 1_260),
        tally(330, 215, 1_440),
        tally(360, 230, 1_380),
        tally(385, 265, 1_490),
    ];
    let point = |(tally, back): (Tally, i64)| TrendPoint {
        week: last.plus(-back),
        tally,
        expected: TimeDelta::hours(40),
        target: Share::GUESS,
        longest: (tally.creating > TimeDelta::zero()).then(|| LongestOfWeek {
            activity: Text::as_written("spec"),
            start: "2026-11-24T09:00:00+01:00".parse().unwrap(),
            length: tally.creating / 4,
        }),
        switches: 20,
        interrupted: 0,
        marks: Marks::default(),
    };
    tallies.into_iter().zip((0..8).rev()).map(point).collect()
}

fn drawn(width: usize, glyphs: Glyphs) -> Vec<Row> {
    let sample = Example::at("2026-11-29T12:00");
    let look = sample.look(width, glyphs);
    look.set(weeks::rows(&trend_of(&sample, points(&sample)), &look))
}

#[test]
fn weeks_are_points_beside_the_target_and_thin_ones_are_hollow() {
    assert_snapshot!(picture(&drawn(80, Glyphs::Unicode)));
    assert_snapshot!(picture(&drawn(80, Glyphs::Ascii)));
    assert_snapshot!(picture(&drawn(40, Glyphs::Unicode)));
}

#[test]
fn the_name_of_what_was_made_by_hand_stands_apart_from_its_neighbours() {
    let mut sample = Example::at("2026-11-29T12:00");
    sample.habits.lens = Lens::Apart;
    for width in [80, 60, 40] {
        let drawn = picture(&rows(&trend_of(&sample, points(&sample)), &sample.look(width, Glyphs::Unicode)));
        let heading = drawn.lines().find(|line| line.contains("by hand") && !line.contains(" weeks")).unwrap();
        assert!(heading.contains(" by hand   made"), "{drawn}");
    }
}

#[test]
fn a_quarter_is_told_from_what_is_found_to_its_days() {
    let sample = Example::at("2026-11-24T15:44");
    let trend = quarter(&sample);
    for width in [80, 40] {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let name = format!("quarter_{width}_{glyphs:?}").to_lowercase();
            assert_snapshot!(name, picture(&rows(&trend, &sample.look(width, glyphs))));
        }
    }
}

#[test]
fn set_apart_shaping_has_no_sentence() {
    let mut sample = Example::at("2026-11-24T15:44");
    sample.habits.lens = Lens::Apart;
    let drawn = picture(&rows(&quarter(&sample), &sample.look(80, Glyphs::Unicode)));
    assert!(drawn.contains("you make things") && !drawn.contains("you shape"), "{drawn}");
    assert!(drawn.contains(" % by hand in the last 4 weeks"), "{drawn}");
}

#[test]
fn folded_away_words_are_not_in_what_is_found() {
    let sample = Example::at("2026-11-24T15:44");
    let trend = quarter(&sample);
    let look = sample.look(80, Glyphs::Unicode);
    let name = trend.grew.as_ref().unwrap().activity.raw();
    assert!(picture(&sentences(&trend, Words::Shown, &look)).contains(name));
    let folded = picture(&sentences(&trend, Words::Hidden, &look));
    assert!(!folded.contains(name) && folded.contains("··· grew from"), "{folded}");
    assert!(!picture(&legend(&trend, Words::Hidden, &look)).contains("engineer"));
}

#[test]
fn a_trend_begins_with_four_weeks_and_says_how_many_there_are() {
    let sample = Example::at("2026-11-29T12:00");
    let of = |weeks: usize| {
        let points = points(&sample).into_iter().take(weeks).collect();
        picture(&rows(&trend_of(&sample, points), &sample.look(80, Glyphs::Unicode)))
    };
    assert_eq!(of(0), "a trend begins with four weeks; nothing is logged yet");
    assert_eq!(of(1), "a trend begins with four weeks; so far there is something in 1 week");
    assert_eq!(of(4), "a trend begins with four weeks; so far there is something in 3 weeks", "one is empty");
    assert!(of(5).contains("in the last 4 weeks"));
}

#[test]
fn a_journal_that_could_not_be_read_whole_is_told_of() {
    let sample = Example::at("2026-11-29T12:00");
    let trend = Trend { unread: 2, ..trend_of(&sample, Vec::new()) };
    let drawn = picture(&rows(&trend, &sample.look(80, Glyphs::Unicode)));
    assert!(drawn.starts_with("not complete: 2 lines or files of the journal could not be read\n"), "{drawn}");
}

#[test]
fn weeks_are_points_over_their_target_in_the_order_of_time() {
    let sample = Example::at("2026-11-29T12:00");
    let weeks = points(&sample);
    let chart = Chart { weeks: &weeks, baseline: Share::percent(60.0), marked: Some(4), height: 12 };
    assert_snapshot!(picture(&chart.rows(&sample.look(50, Glyphs::Unicode))));
    assert_snapshot!(picture(&chart.rows(&sample.look(50, Glyphs::Ascii))));
    let places = chart.places(&sample.look(9, Glyphs::Unicode));
    assert_eq!(places.iter().map(|(week, _)| *week).collect::<Vec<_>>(), [4, 5, 6], "the marked one is seen");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_row_is_wider_than_asked_or_ends_in_a_space(width in 0_usize..140, ascii in any::<bool>(), apart in any::<bool>()) {
        let mut sample = Example::at("2026-11-24T15:44");
        sample.habits.lens = if apart { Lens::Apart } else { Lens::Counted };
        let glyphs = if ascii { Glyphs::Ascii } else { Glyphs::Unicode };
        for row in rows(&quarter(&sample), &sample.look(width, glyphs)) {
            prop_assert!(row.width() <= width, "{:?}", row.text());
            prop_assert!(row.spans().last().is_none_or(|span| !span.text.ends_with(' ')));
            prop_assert!(!ascii || is_ascii(&row), "{:?}", row.text());
        }
    }

    #[test]
    fn a_chart_has_the_rows_it_was_given_and_no_wider(width in 0_usize..140, height in 0_usize..40, marked in 0_usize..9, percent in 0_u8..=100) {
        let sample = Example::at("2026-11-29T12:00");
        let mut weeks = points(&sample);
        for week in &mut weeks {
            week.target = Share::percent(percent.into()).unwrap();
        }
        let chart = Chart { weeks: &weeks, baseline: None, marked: Some(marked), height };
        let look = sample.look(width, Glyphs::Unicode);
        let rows = chart.rows(&look);
        prop_assert!(rows.len() <= height.max(3));
        let widest = rows.iter().map(|row| row.text().chars().count()).max().unwrap_or_default();
        prop_assert!(widest <= width.max(6), "{widest}");
    }
}

/// Returns the trend of blocks that are written a day each, on some weeks of that weekday.
fn logged(sample: &Example, days: &[(&str, &str)]) -> Trend {
    let blocks: Vec<_> = days.iter().flat_map(|(day, lines)| Example::blocks(day, lines)).collect();
    let ledger = sample.ledger(&blocks);
    let last = sample.calendar.week_of(sample.look(80, Glyphs::Unicode).today());
    let here = sample.calendar.home().at(sample.now);
    let weeks = (last.plus(-11), last);
    Trend::of(&Days::of(&ledger, &sample.calendar), weeks, (&sample.calendar, &sample.habits), here, Besides::default())
}

const FIVE_WEEKS: [&str; 5] = ["2026-12-08", "2026-12-15", "2026-12-22", "2026-12-29", "2027-01-05"];

/// Returns the trend of five weeks around a new year, in one of which there was a week 53.
fn around_a_new_year(sample: &Example, lines: &str) -> String {
    let days: Vec<(&str, &str)> = FIVE_WEEKS.iter().map(|day| (*day, lines)).collect();
    let trend = logged(sample, &days);
    let drawn = |width, glyphs| picture(&rows(&trend, &sample.look(width, glyphs)));
    for width in [0, 1, 7, 19, 33, 64, 99, 140] {
        drawn(width, Glyphs::Unicode);
    }
    drawn(80, Glyphs::Unicode)
}

#[test]
fn targets_of_nothing_and_of_all_have_their_lines() {
    let mut sample = Example::at("2027-01-09T12:00");
    for (percent, line) in [(0.0, "8 Dec"), (100.0, "100 %")] {
        sample.habits.targets = [Share::percent(percent).unwrap(); 7];
        let drawn = around_a_new_year(&sample, "09:00-12:00 s 1:1\n13:00-17:00 i mail");
        assert!(drawn.contains("│") && drawn.contains("43 %"), "{line}: {drawn}");
    }
}

#[test]
fn whoever_only_shapes_makes_nothing() {
    let sample = Example::at("2027-01-09T12:00");
    let drawn = around_a_new_year(&sample, "09:00-17:00 s pairing");
    assert!(drawn.contains("100 % in the last 4 weeks") && !drawn.contains("you make things"), "{drawn}");
    assert!(!drawn.contains("you shape others"), "all of the time is no time in particular: {drawn}");
}

#[test]
fn a_week_off_and_one_block_are_no_trouble() {
    let sample = Example::at("2027-01-09T12:00");
    let off: Vec<(&str, &str)> = ["2026-12-14", "2026-12-15", "2026-12-16", "2026-12-17", "2026-12-18"]
        .map(|day| (day, "04:00-28:00 o ill"))
        .to_vec();
    let worked = ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-22"].map(|day| (day, "09:00-17:00 i mail"));
    let trend = logged(&sample, &[off.clone(), worked.to_vec()].concat());
    let drawn = picture(&rows(&trend, &sample.look(80, Glyphs::Unicode)));
    let week = drawn.lines().find(|line| line.starts_with("14 Dec")).unwrap();
    assert!(week.contains('–') && !week.contains('○'), "{drawn}");
    assert!(drawn.contains("Tue ▁") || drawn.contains("Tue ·"), "{drawn}");
    assert!(drawn.lines().any(|line| line.starts_with("Wed ") && line.contains('–')), "a day off: {drawn}");
    let one = logged(&sample, &[("2027-01-08", "09:00-10:00 c spec")]);
    let drawn = picture(&rows(&one, &sample.look(80, Glyphs::Unicode)));
    assert_eq!(drawn, "a trend begins with four weeks; so far there is something in 1 week");
}
