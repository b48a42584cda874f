//! Promises that were once not kept, each found by somebody who read or used the pane.

use crossterm::event::{MouseButton, MouseEventKind};

use super::{MORNING, Pane, log};
use crate::tui::minute;
use crate::tui::msg::{Msg, Whose};
use crate::watch::Watch;

#[test]
fn out_of_the_demo_a_full_journal_is_not_asked_for_its_first_day() {
    let mut pane = Pane::on_a_morning();
    pane.press(":").types("demo").press("<enter> q");
    assert!(pane.app.over.is_none(), "{}", pane.shows());
}

#[test]
fn a_demo_of_a_demo_still_leads_home() {
    let mut pane = Pane::on_a_morning();
    pane.press(":").types("demo").press("<enter>");
    pane.press(":").types("demo").press("<enter> q <esc>");
    let own = pane.journal_folder();
    assert_eq!(pane.hands.desk.journal.place().journal, own);
}

#[test]
fn the_clock_of_the_demo_is_no_sleep() {
    let mut pane = Pane::on_a_day("2026-11-24T21:00", "15:00 i incident");
    pane.hands.slept_since();
    pane.press(":").types("demo").press("<enter>");
    assert_eq!(pane.hands.slept_since(), None);
    pane.press("q");
    assert_eq!(pane.hands.slept_since(), None);
}

#[test]
fn tab_and_then_enter_log_what_enter_alone_does() {
    let mut one = Pane::on_a_morning();
    one.press("n").types("des").press("<enter>");
    let mut other = Pane::on_a_morning();
    other.press("n").types("des").press("<tab> <enter>");
    assert_eq!(one.journal(), other.journal());
}

#[test]
fn a_space_says_as_it_was_typed_in_lines_that_say_what_was_too() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("stand \t15:10");
    assert!(!pane.shows().contains("taken in  15:00"), "{}", pane.shows());
}

#[test]
fn two_spaces_before_a_time_say_as_it_was_typed() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("stand  15:10");
    assert!(!pane.shows().contains("░ standup  taken"), "{}", pane.shows());
}

#[test]
fn a_refused_line_leaves_where_the_lines_begin() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mail, threads @14:30 15:10").press("<enter>");
    pane.press("<c-u>").types("mail, threads 15:10").press("<enter>");
    pane.press("<enter>");
    assert!(pane.journal().contains("15:00-15:10"), "{}\n{}", pane.journal(), pane.shows());
}

#[test]
fn a_refusal_names_nothing_that_is_folded_away() {
    let mut pane = Pane::on_a_morning();
    pane.press("z c").types("x @14-14:30").press("<enter>");
    assert!(!pane.shows().contains("staff"), "{}", pane.shows());
}

#[test]
fn what_runs_is_folded_away_in_the_line_that_says_until_when() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "09:00 i staff sync");
    pane.press("z w");
    assert!(!pane.shows().contains("staff"), "{}", pane.shows());
}

#[test]
fn a_completion_is_folded_away_when_it_is_taken() {
    let mut pane = Pane::on_a_morning();
    pane.press("z n").types("desi").press("<tab>");
    assert!(!pane.shows().contains("platform") && !pane.shows().contains("rate"), "{}", pane.shows());
}

#[test]
fn a_tick_while_another_day_is_looked_at_stays_there() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-10 c spec"), ("2026-11-24", MORNING)]);
    pane.press(", !");
    assert!(pane.shows().contains("Mon 23 Nov 2026"), "{}", pane.shows());
}

#[test]
fn what_was_new_on_friday_is_known_on_monday_in_the_same_pane() {
    let mut pane = Pane::on_a_day("2026-11-27T15:44", "9-10 c spec");
    pane.press("n").types("xylophone").press("<enter> s");
    pane.later("2026-11-27T16:00").press("<space>");
    pane.later("2026-11-30T09:10").press("n").types("xylophone").press("<enter>");
    assert!(!pane.shows().contains("which kind?"), "{}", pane.shows());
}

#[test]
fn what_is_mended_in_the_journal_leaves_the_cursor_of_the_day_alone() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-10 c spec"), ("2026-11-24", MORNING)]);
    pane.press("J G t D");
    assert!(pane.shows().contains("w says what"), "{}", pane.shows());
}

#[test]
fn nothing_is_cut_by_an_enter_that_was_not_warned_of_it() {
    let mut pane = Pane::on_a_morning();
    pane.press("c").types("spec @14-14:30").press("<enter> <up> <down>");
    let warned = pane.shows().contains("enter once more cuts");
    pane.press("<enter>");
    assert!(warned || !pane.journal().contains("spec"), "{}\n{}", pane.journal(), pane.shows());
}

#[test]
fn a_line_that_is_opened_again_keeps_those_below_and_what_was_being_typed() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w")
        .types("spec 10:00")
        .press("<enter>")
        .types("design 11:00")
        .press("<enter>")
        .types("code 11:30")
        .press("<enter>");
    pane.types("half typed").press("<up> <up> <up> <enter>");
    pane.press("<enter>");
    let shown = pane.shows();
    assert!(shown.contains("design") && shown.contains("code") && shown.contains("half typed"), "{shown}");
}

#[test]
fn a_day_that_was_not_read_is_not_said_to_be_empty() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-20", "9-10 c spec"), ("2026-11-24", MORNING)]);
    let aside = pane.journal_folder().with_extension("aside");
    std::fs::rename(pane.journal_folder(), &aside).unwrap();
    std::fs::write(pane.journal_folder(), "file").unwrap();
    pane.press(", , , ,");
    assert!(!pane.shows().contains("nothing logged"), "{}", pane.shows());
}

#[test]
fn the_demo_says_so_where_there_is_little_room() {
    let mut pane = Pane::on_a_morning().sized(40, 10);
    pane.press(":").types("demo").press("<enter> <esc>");
    assert!(pane.shows().contains("made-up") || pane.shows().contains("made up"), "{}", pane.shows());
}

#[test]
fn escape_lets_a_dragged_border_go() {
    let mut pane = Pane::on_a_morning();
    let (column, row) = pane.find("████");
    pane.mouse(MouseEventKind::Down(MouseButton::Left), column + 4, row);
    pane.mouse(MouseEventKind::Drag(MouseButton::Left), column + 7, row);
    pane.press("<esc>");
    pane.mouse(MouseEventKind::Up(MouseButton::Left), column + 7, row);
    assert!(pane.journal().contains("09:30-10:10 c"), "{}", pane.journal());
}

#[test]
fn a_line_that_is_opened_while_a_border_is_dragged_is_kept() {
    let mut pane = Pane::on_a_morning();
    let (column, row) = pane.find("████");
    pane.mouse(MouseEventKind::Down(MouseButton::Left), column + 4, row);
    pane.mouse(MouseEventKind::Drag(MouseButton::Left), column + 7, row);
    pane.press("n").types("hello");
    pane.mouse(MouseEventKind::Up(MouseButton::Left), column + 7, row);
    assert!(pane.shows().contains("now hello"), "{}", pane.shows());
}

#[test]
fn what_was_slept_through_is_said_of_today() {
    let mut pane = Pane::on("2026-11-24T12:10", &[("2026-11-23", "9-10 c spec"), ("2026-11-24", "11:00 i staff sync")]);
    pane.press(",");
    let asleep = pane.hands.now();
    pane.later("2026-11-24T13:02").hear(Msg::Woke(asleep));
    pane.press("w");
    assert!(pane.shows().contains("Tue 24 Nov"), "{}", pane.shows());
}

#[test]
fn on_a_new_day_the_cursor_rests_on_the_gap_again() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-24", "9-10 c spec\n10-11 i mail")]);
    pane.press("g g").later("2026-11-25T09:00");
    log(&pane.another(), "2026-11-25", "08:00-08:20 i mail");
    pane.later("2026-11-25T11:01").hear(Msg::JournalChanged);
    assert!(pane.shows().contains("w says what"), "{}", pane.shows());
}

#[test]
fn where_there_is_one_row_it_says_why_not() {
    let mut pane = Pane::on_a_morning().sized(60, 1);
    pane.press("c").types("spec @14-14:30").press("<enter>");
    assert!(pane.shows().contains("overlaps") || pane.shows().contains("enter once more"), "{}", pane.shows());
}

#[test]
fn a_line_that_is_open_again_is_not_lost_when_another_is_opened() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec 10:00").press("<enter>").types("design 11:00").press("<enter>");
    pane.press("<up> <up> <enter> <up> <enter> <enter> <enter>");
    let shown = pane.shows();
    assert!(
        shown.contains("spec") && shown.contains("design") || pane.journal().contains("spec"),
        "{shown}\n{}",
        pane.journal()
    );
}

#[test]
fn what_comes_after_a_line_taken_out_stays_when_opened_again() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec 10:00").press("<enter>").types("design 11:00").press("<enter>");
    pane.press("<up> <up> <delete> <up> <enter> <enter> <enter>");
    let shown = pane.shows();
    assert!(pane.journal().contains("10:00-11:00 c design"), "{}\n{shown}", pane.journal());
}

#[test]
fn a_line_above_taken_out_leaves_the_open_one_in_its_place() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    for line in ["spec 10:00", "design 11:00", "code 11:30"] {
        if line == "spec 10:00" {
            pane.press("w");
        }
        pane.types(line).press("<enter>");
    }
    pane.press("<up> <up> <enter> <up> <up> <delete> <enter> <enter>");
    let shown = pane.shows();
    assert!(pane.journal().contains("11:00 c design"), "{}\n{shown}", pane.journal());
}

#[test]
fn a_line_as_typed_stays_so_when_opened_again() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("stand \t15:10").press("<enter> i <enter>");
    let before = pane.shows();
    pane.press("<up> <enter> <enter> <enter>");
    assert!(!pane.journal().contains("15:00-15:10 i standup"), "{}\n{before}", pane.journal());
}

#[test]
fn a_line_taken_out_leaves_where_the_lines_begin() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mail, threads @8:30-9:00").press("<enter> <up> <delete>");
    pane.types("mail, threads 15:10").press("<enter> <enter>");
    assert!(pane.journal().contains("15:00-15:10"), "{}\n{}", pane.journal(), pane.shows());
}

#[test]
fn an_emptied_line_does_not_lose_what_was_put_aside() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec 10:00").press("<enter>").types("design 11:00").press("<enter>").types("half typed");
    pane.press("<up> <up> <enter> <c-u> <enter>");
    assert!(pane.shows().contains("half typed"), "{}\n{}", pane.journal(), pane.shows());
}

#[test]
fn what_was_put_aside_keeps_its_kind() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mail, threads 15:05").press("<enter>").types("mail, threads 15:10").press("<s-tab>");
    pane.press("<up> <enter> <enter> <enter> <enter>");
    assert!(pane.journal().contains("15:05-15:10 s mail"), "{}\n{}", pane.journal(), pane.shows());
}

#[test]
fn a_question_for_the_kind_ends_with_its_line() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("mail, threads 15:05").press("<enter>").types("xyzzy 15:10").press("<enter> <up> <enter>");
    pane.types("s");
    assert!(!pane.shows().contains("█ mail") && pane.shows().contains("15:05s"), "{}", pane.shows());
}

#[test]
fn a_paste_ends_the_question_for_the_kind() {
    let mut pane = Pane::on_a_morning();
    pane.press("w").types("xyzzy 15:10").press("<enter> <c-z>");
    pane.hear(Msg::Paste(" m".into()));
    pane.types("is");
    assert!(pane.shows().contains("mis"), "{}", pane.shows());
}

#[test]
fn words_taken_stay_folded_when_a_letter_is_deleted() {
    let mut pane = Pane::on_a_morning();
    pane.press("z n").types("desi").press("<tab> <c-w> <backspace> <backspace>");
    assert!(!pane.shows().contains("rate limit"), "{}", pane.shows());
}

#[test]
fn words_completed_stay_folded_when_a_letter_is_deleted() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "09:00 i staff sync");
    pane.press("z w <backspace> <backspace>");
    assert!(!pane.shows().contains("staff"), "{}", pane.shows());
}

#[test]
fn mended_line_is_folded() {
    let mut pane = Pane::on_a_morning();
    pane.press("z w").types("xyzzy 15:10").press("<enter> i <enter> <up> <enter>");
    assert!(!pane.shows().contains("xyzzy"), "{}", pane.shows());
}

#[test]
fn a_demo_that_cannot_be_left_writes_nothing_into_ones_own_journal() {
    let mut pane = Pane::on_a_morning();
    pane.press(":").types("demo").press("<enter>");
    let aside = pane.journal_folder().with_extension("aside");
    std::fs::rename(pane.journal_folder(), &aside).unwrap();
    std::fs::write(pane.journal_folder(), "file").unwrap();
    pane.press("q");
    let shown = pane.shows();
    std::fs::remove_file(pane.journal_folder()).unwrap();
    std::fs::rename(&aside, pane.journal_folder()).unwrap();
    let is_demo = pane.hands.desk.journal.place().journal != pane.journal_folder();
    assert_eq!(is_demo, pane.app.whose == Whose::MadeUp, "{shown}");
}

#[test]
fn one_line_opened_again_is_not_dropped_by_one_escape() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec 10:00").press("<enter>").types("half typed").press("<up> <enter> <esc>");
    assert!(pane.shows().contains("half typed") || pane.shows().contains("spec"), "{}", pane.shows());
}

#[test]
fn a_click_on_a_tab_keeps_what_is_typed() {
    let mut pane = Pane::on_a_morning();
    pane.press("n").types("hello there").click("Week");
    assert!(pane.shows().contains("hello there"), "{}", pane.shows());
}

#[test]
fn a_border_dragged_on_another_day_is_let_go() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-10 c spec"), ("2026-11-24", MORNING)]);
    let (column, row) = pane.find("████");
    pane.mouse(MouseEventKind::Down(MouseButton::Left), column + 4, row);
    pane.mouse(MouseEventKind::Drag(MouseButton::Left), column + 7, row);
    pane.press(",");
    pane.mouse(MouseEventKind::Up(MouseButton::Left), column + 7, row);
    assert!(pane.journal().contains("09:30-10:10 c"), "{}", pane.journal());
}

#[test]
fn after_a_change_of_another_week_anothers_change_ends_what_u_promises() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-20", "9-10 c spec"), ("2026-11-24", MORNING)]);
    pane.press(", , , , k t");
    log(&pane.another(), "2026-11-24", "15:00-15:10 i mail");
    pane.hear(Msg::JournalChanged);
    assert!(!pane.shows().contains("u takes it back"), "{}", pane.shows());
}

#[test]
fn a_clock_that_was_set_back_swallows_no_removal() {
    let mut pane = Pane::on_a_morning();
    pane.press("g g d").later("2026-11-24T15:40").press("g g d");
    assert!(!pane.journal().contains("design doc"), "{}", pane.journal());
}

#[test]
fn a_tomorrow_that_has_come_is_today() {
    let mut pane = Pane::on_a_morning();
    pane.press(".");
    pane.later("2026-11-25T09:00");
    pane.later("2026-11-26T09:00");
    assert!(pane.shows().contains("26 Nov"), "{}", pane.shows());
}

#[test]
fn a_line_opened_again_begins_where_it_began() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec @10-11").press("<enter> <up> <enter> <enter> <enter>");
    assert!(pane.journal().contains("10:00-11:00 c spec"), "{}", pane.journal());
}

#[test]
fn two_removals_with_a_move_between_them_are_two() {
    let mut pane = Pane::on_a_morning();
    pane.press("g g d j d");
    assert!(!pane.journal().contains("escalation"), "{}", pane.journal());
}

#[test]
fn what_runs_from_another_day_is_asked_about_before_something_begins_and_only_once() {
    let mut pane = Pane::on_a_day("2026-11-24T18:30", "18:00 c code review");
    pane.later("2026-11-25T09:00").press("n");
    assert!(pane.shows().contains("until "), "{}", pane.shows());
    pane.types("19:15").press("<enter>").press("n").types("standup").press("<enter>");
    assert!(pane.journal().ends_with("18:00-19:15 c code review\n09:00 i standup"), "{}", pane.journal());
    let mut pane = Pane::on_a_day("2026-11-24T18:30", "18:00 c incident");
    pane.later("2026-11-25T09:00").press("n <esc> n").types("standup").press("<enter>");
    assert!(pane.journal().ends_with("18:00-09:00 c incident\n09:00 i standup"), "{}", pane.journal());
}

#[test]
fn of_a_line_that_is_mended_the_neighbour_follows() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "08:00-09:00 i standup");
    pane.press("w").types("spec 10:00").press("<enter>").types("design 11:00").press("<enter>");
    pane.press("<up> <up> <enter> <c-u>").types("spec 10:30").press("<enter> <enter>");
    assert!(pane.journal().ends_with("09:00-10:30 c spec\n10:30-11:00 c design"), "{}", pane.journal());
}

#[test]
fn fields_that_were_changed_are_dropped_only_by_a_second_escape() {
    let mut pane = Pane::on_a_morning();
    pane.press("k e <down>").types("x").press("<esc>");
    assert!(pane.shows().contains("esc once more drops what was changed"), "{}", pane.shows());
    pane.press("<esc>");
    assert!(pane.app.over.is_none());
    pane.press("e <esc>");
    assert!(pane.app.over.is_none(), "nothing was changed");
}

#[test]
fn while_something_is_typed_nothing_says_that_u_takes_back() {
    let mut pane = Pane::on_a_morning();
    pane.press("k t");
    assert!(pane.shows().contains("u takes it back"), "{}", pane.shows());
    pane.press("n");
    assert!(!pane.shows().contains("u takes it back"), "{}", pane.shows());
    pane.press("<esc>");
    assert!(pane.shows().contains("u takes it back"), "{}", pane.shows());
}

#[test]
fn of_what_runs_it_is_asked_when_it_ended() {
    let mut pane = Pane::on_a_day("2026-11-24T12:05", "09:00 i staff sync");
    pane.press("w");
    assert!(pane.shows().contains("when did it end?"), "{}", pane.shows());
    pane.types("10:00");
    assert!(!pane.shows().contains("when did it end?"), "{}", pane.shows());
}

#[test]
fn where_nothing_tells_of_changes_every_minute_reads_again() {
    assert!(matches!(minute(None), Msg::JournalChanged));
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::start(folder.path(), || {}).unwrap();
    assert!(matches!(minute(Some(&watch)), Msg::Clock));
}

#[test]
fn what_was_read_of_one_journal_is_not_told_to_another() {
    let mut pane = Pane::on_a_morning();
    assert!(pane.hands.is_of_this_journal(0));
    pane.press(":").types("demo").press("<enter>");
    assert!(!pane.hands.is_of_this_journal(0) && pane.hands.is_of_this_journal(1));
    pane.press("q");
    assert!(!pane.hands.is_of_this_journal(1));
}

#[test]
fn a_time_that_is_said_while_another_day_is_shown_is_of_that_day() {
    let mut pane = Pane::on("2026-11-24T15:44", &[("2026-11-23", "9-10 c spec"), ("2026-11-24", "9-10 i mail")]);
    pane.press(", n").types("standup @10-10:15").press("<enter>");
    assert!(pane.journal().contains("10:00-10:15 i standup"), "{}", pane.journal());
    let monday = |pane: &Pane| {
        pane.ledger().blocks().iter().filter(|block| block.start.date_naive().to_string() == "2026-11-23").count()
    };
    assert_eq!(monday(&pane), 2);
    pane.press("n").types("standup @11").press("<enter>");
    assert!(pane.shows().contains("until when, on Mon 23 Nov 2026?"), "{}", pane.shows());
    pane.press("<esc> . . n").types("planning @9-10").press("<enter> <enter>");
    assert!(pane.shows().contains("future"), "{}", pane.shows());
    assert!(pane.journal().contains("9:00-10:00 i mail"), "nothing of today was cut: {}", pane.journal());
}

#[test]
fn how_much_is_in_the_way_is_said_before_it_is_cut() {
    let day = "9-9:30 i mail\n9:30-9:45 i standup\n9:45-11 c spec";
    let mut pane = Pane::on_a_day("2026-11-24T15:44", day).sized(120, 40);
    pane.press("n").types("offsite @9:10-10").press("<enter>");
    assert!(pane.shows().contains("enter once more cuts 2 blocks and takes out 1"), "{}", pane.shows());
}
