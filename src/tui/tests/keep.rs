//! Journeys through what is kept besides blocks: sparks, what is thought of a day, the target.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::drawing::SIZES;
use super::{Pane, log};
use crate::domain::{Felt, Reflection, Spark};
use crate::text::Text;

/// Looks at a pane at every size, as text and styles.
fn pictures(name: &str, pane: &mut Pane) {
    for (columns, rows) in SIZES {
        pane.resize(columns, rows);
        assert_snapshot!(format!("{name}_{columns}x{rows}"), pane.picture());
    }
}

/// A morning with two sparks.
fn with_sparks() -> Pane {
    let mut pane = Pane::on_a_morning();
    pane.later("2026-11-24T15:40");
    put(&mut pane, "read the tracing RFC", 30);
    pane.later("2026-11-24T15:44");
    put(&mut pane, "a script that says who reviews what, so that nobody waits", 90);
    pane
}

#[test]
fn a_spark_that_fits_as_a_picture() {
    pictures("fits", &mut with_sparks());
}

#[test]
fn the_list_of_sparks_as_a_picture() {
    let mut pane = with_sparks();
    pane.press("* <down> <down>");
    pictures("sparks", &mut pane);
}

#[test]
fn a_spark_that_is_typed_as_a_picture() {
    let mut pane = with_sparks();
    pane.press("*").types("draw the queue @20m");
    pictures("spark", &mut pane);
}

#[test]
fn what_one_thinks_of_a_day_as_a_picture() {
    let mut pane = Pane::on_a_morning();
    pane.press("r").types("the escalation ate the morning").press("<tab> 2");
    pictures("reflect", &mut pane);
}

#[test]
fn the_target_as_a_picture() {
    let mut pane = five_days("2026-11-24T14:00");
    pictures("target_offer", &mut pane);
    pane.press("e").types("mon 20 thu 50");
    pictures("target", &mut pane);
}

fn sparks(pane: &Pane) -> Vec<String> {
    let open = pane.another().kept().unwrap().sparks.into_iter().filter(Spark::is_open);
    open.map(|spark| format!("{} {}", spark.text.raw(), spark.length.num_minutes())).collect()
}

fn put(pane: &mut Pane, text: &str, minutes: i64) {
    pane.another().put_spark(Text::as_written(text), TimeDelta::minutes(minutes)).unwrap();
    pane.hear(super::Msg::JournalChanged);
}

fn thoughts(pane: &Pane) -> Vec<(Option<String>, Option<u8>)> {
    let of = |thought: Reflection| (thought.note.map(|note| note.raw().to_owned()), thought.felt.map(Felt::mark));
    let read = pane.another().journal.read_all(pane.another().now()).unwrap();
    read.reflections.into_iter().map(of).collect()
}

/// Five days with a quarter of each made.
fn five_days(now: &str) -> Pane {
    let day = "9-11 c design doc\n11-17 i meetings";
    let days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"].map(|date| (date, day));
    Pane::on(now, &days)
}

#[test]
fn a_star_keeps_a_spark_and_u_takes_it_back() {
    let mut pane = Pane::on_a_morning();
    pane.press("*").types("read the tracing RFC @45m");
    assert!(pane.shows().contains("0h45  kept until there is time for it"), "{}", pane.shows());
    pane.press("<enter>");
    assert_eq!(sparks(&pane), ["read the tracing RFC 45"]);
    assert!(pane.shows().contains("kept █ read the tracing RFC   u takes it back"), "{}", pane.shows());
    pane.press("u");
    assert!(sparks(&pane).is_empty());
    assert!(pane.shows().contains("taken back: gone █ read the tracing RFC"), "{}", pane.shows());
    pane.press("U");
    assert_eq!(sparks(&pane), ["read the tracing RFC 45"]);
}

#[test]
fn a_star_on_every_screen_and_what_cannot_be_stays_typed() {
    for screen in ["D", "W", "T", "J"] {
        let mut pane = Pane::on_a_morning();
        pane.press(screen).press("*").types("read @soon").press("<enter>");
        assert!(pane.shows().contains("\"soon\" is not a length of time"), "{}", pane.shows());
        pane.press("<c-w>").types("@1h").press("<enter>");
        assert_eq!(sparks(&pane), ["read 60"], "{screen}");
    }
}

#[test]
fn sparks_are_marked_done_dropped_and_started_in_their_list() {
    let mut pane = Pane::on_a_morning();
    for (text, now) in [("one", "15:42"), ("two", "15:43"), ("three", "15:44")] {
        pane.later(&format!("2026-11-24T{now}"));
        put(&mut pane, text, 30);
    }
    pane.press("* <down> <down> <tab>");
    assert_eq!(sparks(&pane), ["one 30", "three 30"]);
    assert!(pane.shows().contains("done █ two"), "{}", pane.shows());
    pane.press("* <down> <down> <s-tab>");
    assert_eq!(sparks(&pane), ["one 30"]);
    pane.press("u u");
    assert_eq!(sparks(&pane).len(), 3);
    pane.press("* <down> <enter>");
    assert!(pane.journal().ends_with("15:44 c one"), "{}", pane.journal());
    pane.press("*").click("three");
    pane.press("<s-tab>");
    assert_eq!(sparks(&pane), ["one 30", "two 30"]);
}

#[test]
fn another_programs_spark_is_offered_at_once_and_started_by_its_number() {
    let mut pane = Pane::on_a_morning();
    assert!(!pane.shows().contains("fits a free"));
    put(&mut pane, "read the tracing RFC", 30);
    let shown = pane.shows();
    assert!(shown.contains("fits a free 2h16") && shown.contains("6 █ read the tracing RFC"), "{shown}");
    assert!(shown.contains("5 ") && pane.app.likely().len() == 5);
    pane.press("6");
    assert!(pane.journal().ends_with("15:44 c read the tracing RFC"), "{}", pane.journal());
    assert!(!pane.shows().contains("fits a free"), "what runs is not offered");
}

#[test]
fn a_spark_that_was_made_for_half_its_time_is_marked_done_by_a_star() {
    let mut pane = Pane::on_a_day("2026-11-24T14:00", "9-10 i standup");
    put(&mut pane, "read", 30);
    pane.press("2");
    assert!(pane.journal().ends_with("14:00 c read"), "{}", pane.journal());
    pane.later("2026-11-24T14:10").press("<space>");
    assert!(!pane.shows().contains("marks the spark done"), "ten minutes are no half of thirty");
    pane.press("u").later("2026-11-24T14:20").press("<space>");
    assert!(pane.shows().contains("* marks the spark done"), "{}", pane.shows());
    pane.press("*");
    assert!(sparks(&pane).is_empty());
    assert!(pane.shows().contains("done █ read"), "{}", pane.shows());
}

#[test]
fn no_spark_is_offered_where_none_fits() {
    let fits = |now: &str, keys: &str| {
        let mut pane = Pane::on_a_day(now, "9-9:10 c spec");
        put(&mut pane, "read the RFC", 30);
        if !keys.is_empty() {
            pane.press(keys);
        }
        pane.shows().contains("read the RFC")
    };
    assert!(fits("2026-11-24T14:00", ""));
    assert!(!fits("2026-11-24T17:45", ""), "work ends at six");
    assert!(!fits("2026-11-24T11:45", ""), "lunch is at twelve");
    assert!(!fits("2026-11-28T14:00", ""), "Saturday");
    assert!(!fits("2026-11-24T14:00", ","), "yesterday");
    assert!(!fits("2026-11-24T14:00", "n"), "something is being typed");
    let mut sync =
        Pane::on("2026-11-24T14:00", &[("2026-11-10", "14:20-15 i sync"), ("2026-11-17", "14:20-15 i sync")]);
    put(&mut sync, "read the RFC", 30);
    assert!(!sync.shows().contains("read the RFC"), "the sync begins before it would be over");
    put(&mut sync, "reply", 15);
    assert!(sync.shows().contains("fits a free 0h20") && sync.shows().contains("█ reply"), "{}", sync.shows());
}

#[test]
fn no_spark_is_offered_beside_another_offer() {
    let mut pane = five_days("2026-11-24T14:00");
    put(&mut pane, "read the RFC", 30);
    assert!(pane.shows().contains("your usual") && !pane.shows().contains("read the RFC"), "{}", pane.shows());
    pane.press("3");
    assert_eq!(pane.ledger().blocks().len(), 10, "its key does nothing");
    pane.press("<esc>");
    assert!(pane.shows().contains("3 █ read the RFC"), "{}", pane.shows());
}

#[test]
fn a_spark_that_fits_stands_in_the_compact_day_too() {
    let mut pane = Pane::on_a_morning().sized(40, 14);
    put(&mut pane, "read the RFC", 30);
    assert!(pane.shows().contains("6 █ read the RFC  fits a free 2h16"), "{}", pane.shows());
}

#[test]
fn r_says_what_one_thinks_of_the_day_and_says_it_again_another_way() {
    let mut pane = Pane::on_a_morning();
    pane.press("r").types("wrote all morning").press("<tab> 4");
    let shown = pane.shows();
    assert!(shown.contains("[4]") && shown.contains("longest 0h40") && shown.contains("switches"), "{shown}");
    pane.press("<enter>");
    assert_eq!(thoughts(&pane), [(Some("wrote all morning".to_owned()), Some(4))]);
    let said = "felt 4 of 5  \"wrote all morning\"";
    assert_eq!(pane.shows().matches(said).count(), 1, "in the toast: {}", pane.shows());
    pane.press("<esc>").resize(80, 30);
    assert_eq!(pane.shows().matches(said).count(), 1, "below the list: {}", pane.shows());
    pane.press("z");
    assert!(pane.shows().contains("felt 4 of 5  \"···\""), "{}", pane.shows());
    pane.press("z <esc>").click("felt 4");
    assert!(pane.shows().contains("[4]"), "{}", pane.shows());
    pane.press("<esc>");
    pane.press("r");
    assert!(pane.shows().contains("wrote all morning") && pane.shows().contains("[4]"));
    pane.press("<right> <enter>");
    assert_eq!(thoughts(&pane), [(Some("wrote all morning".to_owned()), Some(5))]);
    pane.press("u");
    assert_eq!(thoughts(&pane), [(Some("wrote all morning".to_owned()), Some(4))]);
    pane.press("r <down> <c-u> <enter>");
    assert_eq!(thoughts(&pane), [(None, Some(4))]);
    pane.press("r").types("never mind").press("<esc>");
    assert_eq!(thoughts(&pane), [(None, Some(4))], "Esc leaves it");
    pane.press("r <enter>");
    assert_eq!(pane.ledger().blocks().len(), 9);
}

#[test]
fn a_day_of_another_week_has_its_own_and_a_day_to_come_has_none() {
    let mut pane = Pane::on_a_morning();
    pane.press(", , , , , r").types("a Thursday").press("<enter> r");
    assert!(pane.shows().contains("Thu 19 Nov 2026") && pane.shows().contains("a Thursday"), "{}", pane.shows());
    pane.press("<esc> 0 . r");
    assert!(pane.shows().contains("Wed 25 Nov 2026 is still to come"), "{}", pane.shows());
}

#[test]
fn what_people_wrote_is_folded_away_in_sparks_and_reflections() {
    let mut pane = Pane::on_a_morning();
    put(&mut pane, "secret plan", 30);
    pane.press("r").types("secret thought").press("<enter>").press("z");
    for keys in ["<esc>", "*", "<down>", "<esc> r"] {
        pane.press(keys);
        assert!(!pane.shows().contains("secret"), "{keys}: {}", pane.shows());
    }
    pane.press("<esc> u");
    assert!(!pane.shows().contains("secret"), "{}", pane.shows());
}

#[test]
fn the_target_is_offered_once_and_y_takes_what_is_usual() {
    let mut pane = five_days("2026-11-24T14:00");
    let offer = "target 30 % is a guess; your usual is 25 %";
    assert!(pane.shows().contains(offer), "{}", pane.shows());
    pane.press("W");
    assert!(!pane.shows().contains(offer), "only on the day");
    pane.press("D y");
    assert!(pane.shows().contains("the target is 25 %, yours   u puts back what it was"), "{}", pane.shows());
    let text = std::fs::read_to_string(pane.another().settings.unwrap()).unwrap();
    assert!(text.contains("\ntarget = 25\n"), "{text}");
    let before = pane.journal();
    pane.press("u");
    assert_eq!(
        (std::fs::read_to_string(pane.another().settings.unwrap()).unwrap(), pane.journal()),
        (text.replace("\ntarget = 25\n", "\n# target = 30\n"), before)
    );
    assert!(pane.shows().contains("the target is 30 %, a guess"), "{}", pane.shows());
    pane.press(":").types("target").press("<enter>").types("25").press("<enter> <esc>");
    assert!(!pane.shows().contains("a guess") && !pane.shows().contains(offer), "{}", pane.shows());
}

#[test]
fn another_target_can_be_said_and_one_that_is_kept_is_never_asked_for_again() {
    let mut pane = five_days("2026-11-24T14:00");
    pane.press("e").types("mon 20 thu lots").press("<enter>");
    assert!(pane.shows().contains("is not a target"), "{}", pane.shows());
    pane.press("<c-w>").types("50");
    assert!(pane.shows().contains("30 %, Mon 20 %, Thu 50 %"), "{}", pane.shows());
    pane.press("<enter>");
    let text = std::fs::read_to_string(pane.another().settings.unwrap()).unwrap();
    assert!(text.contains("\ntarget = { mon = 20, thu = 50 }\n"), "{text}");

    let mut pane = five_days("2026-11-24T14:00");
    pane.press("<esc>");
    assert!(!pane.shows().contains("your usual"), "{}", pane.shows());
    assert!(pane.another().remembered().target_asked);
    assert!(!pane.another().settings.unwrap().exists());
    pane.press("z");
    assert!(pane.another().remembered().target_asked, "what is remembered besides stays");
}

#[test]
fn with_four_days_or_a_target_of_ones_own_nothing_is_asked() {
    let mut pane = Pane::on("2026-11-24T14:00", &[("2026-11-20", "9-10 c spec"), ("2026-11-24", "9-10 c spec")]);
    assert!(!pane.shows().contains("your usual"));
    pane.press(":").types("target").press("<enter>").types("usual").press("<enter>");
    assert!(pane.shows().contains("five logged days that are over are needed"), "{}", pane.shows());
    pane.press("<c-u>").types("35").press("<enter>");
    assert!(pane.shows().contains("the target is 35 %, yours"), "{}", pane.shows());
}

#[test]
fn e_still_edits_a_block_that_was_selected() {
    let mut pane = five_days("2026-11-24T14:00");
    log(&pane.another(), "2026-11-24", "9-10 c spec");
    pane.hear(super::Msg::JournalChanged);
    pane.press("k e");
    assert!(pane.shows().contains("activity"), "{}", pane.shows());
}

#[test]
fn r_is_of_the_day_that_is_selected_on_whichever_screen() {
    let days = [("2026-11-17", "9-10 c spec"), ("2026-11-23", "9-10 c plan"), ("2026-11-24", "9-10 c spec")];
    let mut pane = Pane::on("2026-11-24T14:00", &days);
    pane.press("W g g r");
    assert!(pane.shows().contains("Mon 23 Nov 2026  100 %"), "{}", pane.shows());
    pane.press("4 <enter> J G r");
    assert!(pane.shows().contains("Tue 17 Nov 2026  100 %"), "of another week: {}", pane.shows());
    pane.types("quiet").press("<enter>");
    pane.press("W G r");
    assert!(pane.shows().contains("which day?"), "neither today nor selected: {}", pane.shows());
    let kept = thoughts(&pane);
    assert!(kept.contains(&(None, Some(4))) && kept.contains(&(Some("quiet".to_owned()), None)), "{kept:?}");
}
