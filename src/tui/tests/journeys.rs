//! What people do in the pane, from the first minute to a mistake taken back.

use insta::assert_snapshot;

use super::{MORNING, Pane};
use crate::tui::msg::Effect;

#[test]
fn a_known_block_is_three_letters_and_enter_away() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("sta").press("<enter>");
    assert!(
        pane.journal().ends_with("15:20-15:44 s 1:1 platform lead +team\n15:44 i staff sync"),
        "{}",
        pane.journal()
    );
    assert!(pane.shows().contains("started ░ staff sync, ended ▓ 1:1 platform lead 0h24   u takes it back"));
}

#[test]
fn a_likely_one_is_one_key_away() {
    let before =
        [("2026-11-17", "15:45-17:00 i planning"), ("2026-11-10", "15:40-17:00 i planning"), ("2026-11-24", MORNING)];
    let mut pane = Pane::on("2026-11-24T15:44", &before);
    assert!(pane.shows().contains("1 ░ planning"));
    pane.press("1");
    assert!(pane.journal().ends_with("15:44 i planning"));
}

#[test]
fn what_is_understood_stands_below_the_line_before_enter() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("spec @15:30 +api");
    assert!(pane.shows().contains("⏎ █ spec +api  made  since 15:30   1:1 platform lead ends"), "{}", pane.shows());
    pane.types("x").press("<c-u>").types("deep work @25:00");
    assert!(pane.shows().contains("\"@25:00\""), "{}", pane.shows());
    pane.press("<enter>");
    assert!(pane.journal().ends_with("15:20 s 1:1 platform lead +team"), "nothing was logged: {}", pane.journal());
}

#[test]
fn a_time_in_the_line_starts_a_block_or_puts_one_in_that_has_ended() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("coffee with the team @15-15:20").press("<enter>").types("s");
    assert!(pane.journal().contains("15:00-15:20 s coffee with the team"), "{}", pane.journal());
    pane.press("c").types("spec @10m").press("<enter>");
    assert!(pane.journal().ends_with("15:20-15:34 s 1:1 platform lead +team\n15:34 c spec"), "{}", pane.journal());
}

#[test]
fn what_is_new_is_asked_for_its_kind_and_only_then() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("xylophone").press("<enter>");
    assert!(pane.shows().contains("which kind?"));
    assert!(!pane.journal().contains("xylophone"));
    pane.press("s");
    assert!(pane.journal().ends_with("15:44 s xylophone"), "{}", pane.journal());
    // From now on it is known.
    pane.later("2026-11-24T15:50").press("<space> n").types("xyl").press("<enter>");
    assert!(pane.journal().ends_with("15:44-15:50 s xylophone\n15:50 s xylophone"), "{}", pane.journal());
}

#[test]
fn what_is_in_the_way_is_cut_only_by_a_second_enter() {
    let mut pane = Pane::on_a_morning();
    pane.press("c").types("spec @14-14:30").press("<enter>");
    assert!(pane.shows().contains("overlaps \"staff sync\""), "{}", pane.shows());
    assert!(!pane.journal().contains("spec"));
    pane.press("<enter>");
    assert!(pane.journal().contains("14:00-14:30 c spec"), "{}", pane.journal());
}

#[test]
fn a_gap_is_caught_up_on_line_by_line_and_saved_as_one_change() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mai 15:10").press("<enter>").types("xylophone").press("<enter>");
    assert!(pane.shows().contains("which kind?"));
    pane.press("s <enter>");
    assert!(!pane.journal().contains("xylophone"), "nothing is saved before the empty line");
    pane.press("<enter>");
    assert!(pane.journal().contains("15:00-15:10 i mail, threads\n15:10-15:20 s xylophone"), "{}", pane.journal());
    pane.press("u");
    assert!(!pane.journal().contains("15:00-15:10") && !pane.journal().contains("xylophone"), "{}", pane.journal());
}

#[test]
fn what_ran_too_long_is_replaced_by_what_it_was() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "09:00 i staff sync");
    let before = pane.shows();
    pane.press("w").types("10:00").press("<enter>").types("1:1 platform lead +team 10:35").press("<enter>");
    pane.types("interview: backend").press("<enter>");
    assert_ne!(pane.shows(), before, "the ribbon and the beam move while one types");
    pane.press("<enter>");
    assert_snapshot!(pane.journal(), @r"
    09:00-10:00 i staff sync
    10:00-10:35 s 1:1 platform lead +team
    10:35-12:05 i interview: backend
    ");
}

#[test]
fn the_first_minute_tips_the_beam_by_what_is_typed() {
    let mut pane = Pane::at("2026-11-24T15:40");
    assert!(pane.shows().contains("What was today so far?"));
    pane.types("standup\t9:15");
    let typed = pane.shows();
    assert!(typed.contains(" 0 %") && !typed.contains("△"), "the beam moves before the line is taken: {typed}");
    pane.press("<enter>")
        .types("design doc\t10:30")
        .press("<enter>")
        .types("1:1 platform lead\t11:05")
        .press("<enter>");
    assert!(pane.shows().contains("88 %"), "{}", pane.shows());
    pane.press("<s-tab> <enter>");
    assert_snapshot!(pane.journal(), @r"
    09:00-09:15 i standup
    09:15-10:30 c design doc
    10:30-11:05 c 1:1 platform lead
    ");
}

#[test]
fn the_first_day_can_be_skipped_and_a_made_up_quarter_looked_at() {
    let mut pane = Pane::at("2026-11-24T15:40");
    pane.press("<tab>");
    assert!(pane.shows().contains("made up, nothing of it is yours"), "{}", pane.shows());
    assert!(pane.shows().contains("in a temporary folder, gone when you leave"), "{}", pane.shows());
    pane.press("q");
    assert!(pane.shows().contains("What was today so far?"), "one's own journal again");
    pane.press("<esc>");
    assert!(pane.shows().contains("nothing logged yet"));
    assert_eq!(pane.journal(), "");
    pane.press("q");
    assert_eq!(pane.wanted, [Effect::Quit]);
}

#[test]
fn a_half_coached_meeting_is_split_turned_and_its_border_moved() {
    let mut pane = Pane::on_a_morning();
    // From the first gap to the staff sync before it.
    pane.press("k S t h");
    assert!(pane.journal().contains("13:30-14:10 i staff sync\n14:10-15:00 s staff sync"), "{}", pane.journal());
    assert!(pane.shows().contains("u takes back the last of 3 changes"), "{}", pane.shows());
    pane.press("u u u");
    assert!(pane.journal().contains("13:30-15:00 i staff sync"), "{}", pane.journal());
    pane.press("U U <c-r>");
    assert!(pane.journal().contains("13:30-14:10 i staff sync\n14:10-15:00 s staff sync"), "{}", pane.journal());
}

#[test]
fn a_second_d_within_half_a_second_is_swallowed() {
    let mut pane = Pane::on_a_morning();
    pane.press("k d d");
    assert!(!pane.journal().contains("staff sync"));
    assert!(pane.journal().contains("13:05-13:30 i mail, threads"), "{}", pane.journal());
    pane.press("u");
    assert!(pane.journal().contains("13:30-15:00 i staff sync"));
}

#[test]
fn into_a_meeting_five_minutes_late() {
    let mut pane = Pane::on_a_morning();
    pane.press("i").types("staff sync").press("<enter>");
    pane.later("2026-11-24T15:45").press("G h");
    assert!(
        pane.journal().ends_with("15:20-15:39 s 1:1 platform lead +team\n15:39 i staff sync"),
        "{}",
        pane.journal()
    );
}

#[test]
fn stop_again_back_off_and_tick() {
    let mut pane = Pane::on_a_morning();
    pane.press("! !");
    assert!(pane.shows().contains("+team  2×"), "{}", pane.shows());
    pane.press("<space>");
    assert!(pane.journal().ends_with("15:20-15:44 s 1:1 platform lead +team"));
    pane.later("2026-11-24T15:50").press("<space>");
    assert!(pane.journal().ends_with("15:50 s 1:1 platform lead +team"), "{}", pane.journal());
    pane.later("2026-11-24T15:55").press("o");
    pane.later("2026-11-24T16:05").press("b");
    assert!(pane.journal().ends_with("15:55-16:05 o off\n16:05 s 1:1 platform lead +team"), "{}", pane.journal());
}

#[test]
fn keys_typed_into_the_wrong_pane_do_nothing_that_u_does_not_take_back() {
    let mut pane = Pane::on_a_morning();
    let before = pane.journal();
    // On a block, where most of them do something.
    pane.press("k");
    pane.types("the last toast");
    pane.press("<esc> <esc>");
    assert_ne!(pane.journal(), before);
    let mut left = 30;
    while pane.journal() != before && left > 0 {
        pane.press("u");
        left -= 1;
    }
    assert_eq!(pane.journal(), before);
}

#[test]
fn a_forgotten_block_is_asked_about_and_answered_with_a_time() {
    let mut pane = Pane::on("2026-11-24T09:30", &[("2026-11-20", "16:00-16:30 i mail")]);
    let friday = "2026-11-20T18:00";
    super::log(&super::desk(&pane.folder, friday), "2026-11-20", "16:30 i escalation");
    pane.hear(crate::tui::msg::Msg::JournalChanged);
    assert!(
        pane.shows().contains("\"escalation\" ran since Fri 16:30: it was not ended   w says until when"),
        "{}",
        pane.shows()
    );
    pane.press("w").types("17:10").press("<enter>");
    assert!(pane.journal().contains("16:30-17:10 i escalation"), "{}", pane.journal());
    assert!(!pane.shows().contains("not ended"));
}

#[test]
fn a_long_block_is_offered_to_be_caught_up_on_when_no_key_came() {
    let mut pane = Pane::on_a_morning();
    pane.press("<esc>").later("2026-11-24T16:28");
    assert!(!pane.shows().contains("no key for"));
    pane.later("2026-11-24T16:29");
    assert!(
        pane.shows().contains("\"1:1 platform lead\" for 1h09, no key for 0h45   w says what it was"),
        "{}",
        pane.shows()
    );
    pane.press("w");
    assert!(pane.shows().contains("since 15:20  1h09"), "of what runs, not of the gap: {}", pane.shows());
    pane.press("<esc>");
    assert!(!pane.shows().contains("no key for"), "a key was pressed");
}

#[test]
fn words_are_folded_away_from_every_screen_and_it_is_remembered() {
    let mut pane = Pane::on_a_morning();
    pane.press("z");
    for keys in ["D", "W", "T", "J", "D n", "<esc> w", "<esc> :"] {
        pane.press(keys);
        let shown = pane.shows();
        for word in ["staff", "design", "platform", "billing", "lunch"] {
            assert!(!shown.contains(word), "{keys}: {word}\n{shown}");
        }
    }
    // Nor from what is refused, completed, opened in a form, asked about, or said.
    pane.press("<esc> <esc>");
    let rounds = ["c x <space> @ 1 4 - 1 4 : 3 0 <enter>", "n d e s <tab>", "k k e", "G w", "/ s t a", "b", "<space>"];
    for keys in rounds {
        pane.press(keys);
        let shown = pane.shows();
        for word in ["staff", "design", "platform", "billing", "lunch"] {
            assert!(!shown.contains(word), "{keys}: {word}\n{shown}");
        }
        pane.press("<esc> <esc> <esc> D");
    }
    assert!(pane.hands.desk.remembered().folded, "the next pane opens so");
    assert!(!pane.app.title().contains("platform"));
}

#[test]
fn shaping_can_be_set_apart() {
    let mut pane = Pane::on_a_morning();
    assert!(pane.shows().contains("26 %"));
    pane.press("v");
    assert!(pane.shows().contains("12 %"), "{}", pane.shows());
    pane.press("v");
    assert!(pane.shows().contains("26 %"));
}

#[test]
fn other_days_are_a_key_away_and_today_is_one_back() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-13", "9-10 c spec"), ("2026-11-24", MORNING)]);
    for _ in 0..11 {
        pane.press(",");
    }
    assert!(pane.shows().contains("Fri 13 Nov 2026") && pane.shows().contains("spec"), "{}", pane.shows());
    pane.press("t");
    assert!(pane.journal().contains("09:00-10:00 o spec"), "a block of then is mended as one of today");
    pane.press("0");
    assert!(pane.shows().contains("Tue 24 Nov 2026"));
}

#[test]
fn at_four_in_the_morning_the_pane_goes_on_to_the_new_day() {
    let mut pane = Pane::on_a_morning();
    pane.later("2026-11-25T03:59");
    assert!(pane.shows().contains("Tue 24 Nov 2026"));
    pane.later("2026-11-25T04:00");
    assert!(pane.shows().contains("Wed 25 Nov 2026"), "{}", pane.shows());
}

#[test]
fn what_the_machine_slept_through_is_off_with_one_key_and_what_ran_goes_on() {
    let mut pane = Pane::on_a_day("2026-11-24T12:10", "11:00 i staff sync");
    let asleep = pane.hands.now();
    pane.later("2026-11-24T13:02").hear(crate::tui::msg::Msg::Woke(asleep));
    assert!(
        pane.shows().contains("asleep 12:10–13:02 inside \"staff sync\"   o off  w say  esc keep"),
        "{}",
        pane.shows()
    );
    pane.press("o");
    assert_snapshot!(pane.journal(), @r"
    11:00-12:10 i staff sync
    12:10-13:02 o off
    13:02 i staff sync
    ");
    assert!(!pane.shows().contains("asleep"));
}

#[test]
fn what_the_machine_slept_through_is_kept_with_escape_or_said() {
    let mut pane = Pane::on_a_day("2026-11-24T12:10", "11:00 i staff sync");
    let asleep = pane.hands.now();
    pane.later("2026-11-24T13:02").hear(crate::tui::msg::Msg::Woke(asleep));
    pane.press("<esc>");
    assert!(!pane.shows().contains("asleep"));
    pane.hear(crate::tui::msg::Msg::Woke(asleep));
    pane.press("w").types("lunch\t12:50").press("<enter>").types("mail").press("<enter> <enter>");
    assert_snapshot!(pane.journal(), @r"
    11:00-12:10 i staff sync
    12:10-12:50 o lunch
    12:50-13:02 i mail
    ");
}

#[test]
fn lines_that_were_typed_are_dropped_only_by_a_second_escape() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mail 15:10").press("<enter> <esc>");
    assert!(pane.shows().contains("esc once more drops 1 line"), "{}", pane.shows());
    pane.types("spec").press("<enter> <esc> <esc>");
    assert!(!pane.journal().contains("15:00-15:10"));
    assert!(pane.app.over.is_none());
}

#[test]
fn what_begins_while_another_day_is_looked_at_shows_today() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-13", "9-10 c spec"), ("2026-11-24", MORNING)]);
    pane.press(", , c").types("deep work").press("<enter>");
    assert!(pane.shows().contains("Tue 24 Nov 2026") && pane.shows().contains("deep work"), "{}", pane.shows());
}
