use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::beam::Glyphs;
use crate::beam::testing::{is_ascii, picture, roles};
use crate::report::testing::Example;

const WEEK: [&str; 5] = [
    "09:00-09:30 i standup\n09:30-10:30 c design doc\n10:30-12:00 i staff sync\n13:00-13:40 s reviews
     13:40-14:30 i interviews\n14:30-16:00 i mail, threads\n16:00-16:30 s 1:1s\n16:30-16:50 c debugging",
    "09:00-09:30 i standup\n09:30-10:20 c spec\n10:20-12:00 i staff sync\n13:00-13:40 s reviews
     13:40-15:10 i interviews\n15:10-16:30 i mail, threads\n16:30-17:20 s 1:1s\n17:20-17:25 c debugging",
    "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i staff sync\n13:00-13:50 s 1:1s
     13:50-15:10 i interviews\n15:10-18:20 i escalations",
    "09:00-09:30 i standup\n09:30-11:40 c design doc\n11:40-12:00 i planning\n13:00-13:50 s 1:1s
     13:50-15:10 i interviews\n15:10-16:20 i retro",
    "09:00-09:30 i standup\n09:30-10:10 c design doc\n10:10-12:00 i status\n13:00-13:35 s 1:1s
     13:35-14:10 i budget\n14:10-14:40 i hiring",
];

fn blocks() -> [Vec<Block>; 5] {
    let days = [("2026-11-23", 0), ("2026-11-24", 1), ("2026-11-25", 2), ("2026-11-26", 3), ("2026-11-27", 4)];
    days.map(|(day, at)| Example::blocks(day, WEEK[at]))
}

fn drawn(width: usize, glyphs: Glyphs) -> Vec<Row> {
    let sample = Example::at("2026-11-29T12:00");
    let ledger = sample.ledger(&blocks().concat());
    rows(&sample.review("2026-11-23", &ledger), None, &sample.look(width, glyphs))
}

#[test]
fn seven_levers_laid_down_their_sum_and_what_the_time_went_into() {
    assert_snapshot!(picture(&drawn(80, Glyphs::Unicode)), @r"
    Week 48  23–29 Nov 2026
    Wed 25 tilts most: 18 %, escalations 3h10 of 6h50 taken in

                               taken in  made, shaped         share  logged  longest
    Mon 23             ░░░░░░░░░░░░░░░░░┃█████▓▓╽▓▓            37 %    6h50     1h00
    Tue 24          ░░░░░░░░░░░░░░░░░░░░┃████▓▓▓▓▓╽            33 %    7h25     0h50
    Wed 25   ░░░░░░░░░░░░░░░░░░░░░░░░░░░┃███▓▓▓      ╷         18 %    8h20     0h40
    Thu 26                 ░░░░░░░░░░░░░┃██████╽██▓▓▓          47 %    6h20     2h10
    Fri 27                ░░░░░░░░░░░░░░┃███▓▓ ╷               27 %    4h40     0h40
    Sat 28                              │                         –       –
    Sun 29                              │                         –       –

    week             ───────────────────▲█──────────────────   32 %   33h35  of 40h
            level   1 : 2.1   5 switches a day   target 30 %, a guess

    ░ taken in    22h55 without it   █ made      5h45   ▓ shaped  4h55
    interviews     5h00  4×   37 %   design doc  4h30   1:1s      3h35
    staff sync     5h00  3×   37 %   spec        0h50   reviews   1h20
    escalations    3h10       35 %   debugging   0h25
    mail, threads  2h50  2×   35 %
    standup        2h30  5×   34 %
    5 others       4h25
    ");
    assert_snapshot!(roles(&drawn(80, Glyphs::Unicode)), @r"
    SSSSSSS
                             SSSSSSSSSSS

    fffffffffffffffffffffffffffffffffff  ffffffffffff       ffffffffffffffffffffffff
                       iiiiiiiiiiiiiiiiirmmmmmssSss
                    iiiiiiiiiiiiiiiiiiiirmmmmsssssS
             iiiiiiiiiiiiiiiiiiiiiiiiiiirmmmsss      r
                           iiiiiiiiiiiiirmmmmmmSmmsss
                          iiiiiiiiiiiiiirmmmss r
    ffffff                              r                   fffffffffffffff
    SSSSSS                              r                   fffffffffffffff

    SSSSSS           rrrrrrrrrrrrrrrrrrr mrrrrrrrrrrrrrrrrrrSSSSSSSSSSSSSSS
            SSSSS                                ffffffffffffffffffff

    iSSSSSSSSSSSSSSSSSSfffffffffff   mSSSSSSSSSSSSSSS   sSSSSSSSSSSSSS
                       ffff
                       ffff
                       ffff
                       ffff
                       ffff
    fffffffffffffffffff
    ");
}

#[test]
fn the_week_in_ascii_and_on_narrow_terminals() {
    assert_snapshot!(picture(&drawn(80, Glyphs::Ascii)), @r"
    Week 48  23-29 Nov 2026
    Wed 25 tilts most: 18 %, escalations 3h10 of 6h50 taken in

                               taken in  made, shaped         share  logged  longest
    Mon 23             .................|#####==^==            37 %    6h50     1h00
    Tue 24          ....................|####=====^            33 %    7h25     0h50
    Wed 25   ...........................|###===      ^         18 %    8h20     0h40
    Thu 26                 .............|######^##===          47 %    6h20     2h10
    Fri 27                ..............|###== ^               27 %    4h40     0h40
    Sat 28                              |                         -       -
    Sun 29                              |                         -       -

    week             -------------------^>------------------   32 %   33h35  of 40h
            level   1 : 2.1   5 switches a day   target 30 %, a guess

    . taken in    22h55 without it   # made      5h45   = shaped  4h55
    interviews     5h00  4x   37 %   design doc  4h30   1:1s      3h35
    staff sync     5h00  3x   37 %   spec        0h50   reviews   1h20
    escalations    3h10       35 %   debugging   0h25
    mail, threads  2h50  2x   35 %
    standup        2h30  5x   34 %
    5 others       4h25
    ");
    assert_snapshot!(picture(&drawn(40, Glyphs::Unicode)), @r"
    Week 48  23–29 Nov 2026
    Wed 25 tilts most: 18 %

                   in  out     share  logged
    Mon 23      ░░░░░░┃██▓╽     37 %    6h50
    Tue 24    ░░░░░░░░┃█▓╽      33 %    7h25
    Wed 25  ░░░░░░░░░░┃█▓  ╷    18 %    8h20
    Thu 26       ░░░░░┃██╽▓     47 %    6h20
    Fri 27       ░░░░░┃█▓╷      27 %    4h40
    Sat 28            │            –       –
    Sun 29            │            –       –

    week        ──────▲▌─────   32 %   33h35
    level   33h35 of 40h   1 : 2.1
    5 switches a day   target 30 %, a guess

    ░ taken in    22h55 without it
    interviews     5h00  4×   37 %
    staff sync     5h00  3×   37 %
    escalations    3h10       35 %
    mail, threads  2h50  2×   35 %
    standup        2h30  5×   34 %
    5 others       4h25

    █ made         5h45
    design doc     4h30
    spec           0h50
    debugging      0h25

    ▓ shaped       4h55
    1:1s           3h35
    reviews        1h20
    ");
    assert_snapshot!(picture(&drawn(24, Glyphs::Unicode)), @r"
    Week 48  23–29 Nov 2026
    Wed 25 tilts most: 18 %

            in  out    share
    Mon   ░░░░░┃█╽      37 %
    Tue   ░░░░░┃█╽      33 %
    Wed ░░░░░░░┃▓  ╷    18 %
    Thu     ░░░┃█╽▓     47 %
    Fri     ░░░┃█▓╷     27 %
    Sat        │           –
    Sun        │           –

          ─────▲▌────   32 %
    level   33h35 of 40h
    1 : 2.1
    5 switches a day
    target 30 %, a guess

    ░ taken in    22h55
    interviews     5h00
    staff sync     5h00
    escalations    3h10
    mail, threads  2h50
    standup        2h30
    5 others       4h25

    █ made         5h45
    design doc     4h30
    spec           0h50
    debugging      0h25

    ▓ shaped       4h55
    1:1s           3h35
    reviews        1h20
    ");
}

#[test]
fn days_ahead_are_blank_and_days_off_are_named() {
    let sample = Example::at("2026-11-25T18:30");
    let mut blocks = blocks();
    blocks[1] = Example::blocks("2026-11-24", "04:00-28:00 o moving house\n20:00-21:30 c a small program");
    blocks[3] = Example::blocks("2026-11-26", "04:00-28:00 o thanksgiving");
    blocks[4].clear();
    let ledger = sample.ledger(&blocks.concat());
    let review = sample.review("2026-11-23", &ledger);
    let drawn = rows(&review, None, &sample.look(80, Glyphs::Unicode));
    assert_snapshot!(picture(&drawn[..13]), @r"
    Week 48  23–29 Nov 2026
    Wed 25 tilts most: 18 %, escalations 3h10 of 6h50 taken in

                               taken in  made, shaped         share  logged  longest
    Mon 23             ░░░░░░░░░░░░░░░░░┃█████▓▓╽▓▓            37 %    6h50     1h00
    Tue 24                              ┃██████  moving hou…  100 %    1h30     1h30
    Wed 25   ░░░░░░░░░░░░░░░░░░░░░░░░░░░┃███▓▓▓      ╷         18 %    8h20     0h40
    Thu 26                              │  thanksgiving
    Fri 27                              │
    Sat 28                              │
    Sun 29                              │

    week             ───────────────────▲██─────────────────   33 %   16h40  of 24h
    ");
}

#[test]
fn without_an_activity_all_of_its_kinds_are_gone() {
    let sample = Example::at("2026-11-29T12:00");
    let monday = "09:00-10:00 i hiring\n10:00-11:00 c hiring\n11:00-12:00 c spec\n13:00-16:00 i staff sync";
    let ledger = sample.ledger(&Example::blocks("2026-11-23", monday));
    let review = sample.review("2026-11-23", &ledger);
    let drawn = picture(&rows(&review, None, &sample.look(80, Glyphs::Unicode)));
    // One hour made and three taken in are left.
    let hiring = drawn.lines().find(|line| line.starts_with("hiring")).unwrap();
    assert!(hiring.starts_with("hiring      1h00       25 %"), "{drawn}");
}

#[test]
fn a_day_off_without_a_reason_is_off_where_there_is_no_room_for_more() {
    let sample = Example::at("2026-11-25T18:30");
    let mut blocks = blocks();
    blocks[2].clear();
    blocks[3] = Example::blocks("2026-11-26", "04:00-28:00 o day off");
    let ledger = sample.ledger(&blocks.concat());
    let thursday = |width| {
        let drawn = rows(&sample.review("2026-11-23", &ledger), None, &sample.look(width, Glyphs::Unicode));
        drawn.iter().map(Row::text).find(|row| row.starts_with("Thu")).unwrap()
    };
    assert!(thursday(80).ends_with("│  day off"), "{}", thursday(80));
    assert!(thursday(40).ends_with("│  off"), "{}", thursday(40));
}

#[test]
fn an_empty_week_is_drawn_too() {
    let sample = Example::at("2026-11-29T12:00");
    let ledger = sample.ledger(&[]);
    let review = sample.review("2026-11-23", &ledger);
    assert_snapshot!(picture(&rows(&review, None, &sample.look(60, Glyphs::Unicode))), @r"
    Week 48  23–29 Nov 2026

            taken in  made, shaped                 share  logged
    Mon 23           │                                 –       –
    Tue 24           │                                 –       –
    Wed 25           │                                 –       –
    Thu 26           │                                 –       –
    Fri 27           │                                 –       –
    Sat 28           │                                 –       –
    Sun 29           │                                 –       –

    week  ┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄                      –    0h00
    nothing logged
    ");
}

#[test]
fn a_week_in_which_something_has_just_begun_does_not_say_that_nothing_is_logged() {
    let sample = Example::at("2026-11-23T09:15");
    let drawn = |lines: &str, width: usize| {
        let ledger = sample.ledger(&Example::blocks("2026-11-23", lines));
        let review = sample.review("2026-11-23", &ledger);
        rows(&review, ledger.running(), &sample.look(width, Glyphs::Unicode)).last().unwrap().text()
    };
    assert_eq!(drawn("09:15 i standup", 80), "░ standup has just begun");
    assert_eq!(drawn("09:15 i interview: backend", 26), "░ intervie… has just begun");
    assert_eq!(drawn("09:00 o dentist", 80), "nothing logged");
}

#[test]
fn a_week_over_the_new_year_names_both_years() {
    let sample = Example::at("2027-01-01T12:00");
    let heading = |day: &str| heading(sample.calendar.week_of(day.parse().unwrap()), &sample.look(80, Glyphs::Unicode));
    assert_eq!(heading("2027-01-01").text(), "Week 53  28 Dec 2026–3 Jan 2027");
    assert_eq!(heading("2026-12-01").text(), "Week 49  30 Nov–6 Dec 2026");
}

proptest! {
    #[test]
    fn no_row_is_wider_than_asked_or_ends_in_a_space(width in 0_usize..140, ascii in any::<bool>()) {
        for row in drawn(width, if ascii { Glyphs::Ascii } else { Glyphs::Unicode }) {
            prop_assert!(row.width() <= width, "{:?}", row.text());
            prop_assert!(row.spans().last().is_none_or(|span| !span.text.ends_with(' ')));
            prop_assert!(!ascii || is_ascii(&row), "{:?}", row.text());
        }
    }

    #[test]
    fn what_is_shown_of_the_week_adds_up(cuts in prop::collection::vec(0_i64..59, 60)) {
        let sample = Example::at("2026-11-29T12:00");
        let mut blocks = blocks();
        for (block, cut) in blocks.iter_mut().flatten().zip(cuts) {
            block.end = block.end.map(|end| end - TimeDelta::seconds(cut));
        }
        let ledger = sample.ledger(&blocks.concat());
    let review = sample.review("2026-11-23", &ledger);
        let shown = words::shown(&review.was.tally);
        let laid = Lists::of(&review, &sample.look(80, Glyphs::Unicode));
        for (kind, total, entries) in laid.sums() {
            prop_assert_eq!(total, shown.time(kind));
            prop_assert_eq!(entries, total);
        }
        let days: Vec<TimeDelta> = review.was.days.iter().map(|day| day.tally.logged()).collect();
        prop_assert_eq!(words::minutes_that_add_up(&days).iter().sum::<TimeDelta>(), shown.logged());
    }
}

/// Returns the sample week with these activities lifted.
fn lifted_at(width: usize, lifted: &[(&str, Lift)]) -> String {
    let sample = Example::at("2026-11-29T12:00");
    let ledger = sample.ledger(&blocks().concat());
    let mut lifts = Lifts::default();
    for (name, lift) in lifted {
        lifts.set(Subject::Activity(crate::text::Text::as_written(*name)), *lift);
    }
    picture(&rows(&sample.lifted("2026-11-23", &ledger, &lifts), None, &sample.look(width, Glyphs::Unicode)))
}

#[test]
fn what_is_lifted_tips_the_levers_and_stays_in_the_lists() {
    assert_snapshot!(lifted_at(80, &[("staff sync", Lift::Free), ("interviews", Lift::Made)]), @r"
    Week 48  23–29 Nov 2026

                               taken in  made, shaped         share  logged  longest
    Mon 23                      ░░░░░░░░┃███╽█████▓▓▓▓         63 %    5h20     1h00
    Tue 24                       ░░░░░░░┃███╽██████▓▓▓▓▓▓      68 %    5h45     1h30
    Wed 25               ░░░░░░░░░░░░░░░┃██████╽█▓▓▓           44 %    6h30     1h20
    Thu 26                      ░░░░░░░░┃███╽██████████▓▓▓     68 %    6h20     2h10
    Fri 27                ░░░░░░░░░░░░░░┃███▓▓ ╷               27 %    4h40     0h40
    Sat 28                              │                         –       –
    Sun 29                              │                         –       –

    week             ───────────────────▲███████████████▌───   55 %   28h35  of 40h
            23h38 spare   1 : 0.8   4 switches a day   target 30 %, a guess
            55 % without staff sync, with interviews made   32 % as it was

    ░ taken in    22h55 without it   █ made      5h45   ▓ shaped  4h55
    interviews     5h00    as made   design doc  4h30   1:1s      3h35
    staff sync     5h00 lifted off   spec        0h50   reviews   1h20
    escalations    3h10       62 %   debugging   0h25
    mail, threads  2h50  2×   61 %
    standup        2h30  5×   60 %
    5 others       4h25
    ");
    assert_snapshot!(lifted_at(40, &[("interviews", Lift::Free), ("1:1s", Lift::Made)]), @r"
    Week 48  23–29 Nov 2026
    Wed 25 tilts most: 21 %

                   in  out     share  logged
    Mon 23       ░░░░░┃██╽▓     42 %    6h00
    Tue 24       ░░░░░┃██╽▓     41 %    5h55
    Wed 25    ░░░░░░░░┃██  ╷    21 %    7h00
    Thu 26         ░░░┃█╽██     60 %    5h00
    Fri 27       ░░░░░┃██╷      27 %    4h40
    Sat 28            │            –       –
    Sun 29            │            –       –

    week        ──────▲█▌────   37 %   28h35
    6h58 spare   28h35 of 40h   1 : 1.7
    3 switches a day   target 30 %, a guess
    37 % without interview…   32 % as it was

    ░ taken in    22h55 without it
    interviews     5h00 lifted off
    staff sync     5h00  3×   45 %
    escalations    3h10       42 %
    mail, threads  2h50  2×   41 %
    standup        2h30  5×   41 %
    5 others       4h25

    █ made         5h45
    design doc     4h30
    spec           0h50
    debugging      0h25

    ▓ shaped       4h55
    1:1s           made
    reviews        1h20
    ");
}

#[test]
fn tags_are_listed_below_what_was_shaped_and_overlap() {
    let sample = Example::at("2026-11-29T12:00");
    let monday = "09:00-10:00 i sync +team +hiring\n10:00-11:00 c spec +team\n11:00-11:30 s 1:1";
    let ledger = sample.ledger(&Example::blocks("2026-11-23", monday));
    let review = sample.review("2026-11-23", &ledger);
    let drawn = picture(&Lists::of(&review, &sample.look(80, Glyphs::Unicode)).rows(&sample.look(80, Glyphs::Unicode)));
    assert_snapshot!(drawn, @r"
    ░ taken in  1h00 without it   █ made  1h00   ▓ shaped  0h30
    sync        1h00      100 %   spec    1h00   1:1       0h30

                                                 tags
                                                 +team     2h00
                                                 +hiring   1h00
    ");
}

#[test]
fn a_window_of_the_lists_sums_up_what_it_cuts_off() {
    let sample = Example::at("2026-11-29T12:00");
    let ledger = sample.ledger(&blocks().concat());
    let look = sample.look(80, Glyphs::Unicode);
    let lists = Lists::of(&sample.review("2026-11-23", &ledger), &look);
    assert_snapshot!(picture(&lists.laid(0, 4, &look).rows), @r"
    ░ taken in    22h55 without it   █ made      5h45   ▓ shaped  4h55
    interviews     5h00  4×   37 %   design doc  4h30   1:1s      3h35
    staff sync     5h00  3×   37 %   spec        0h50   reviews   1h20
    8 others      12h55              debugging   0h25
    ");
    assert_snapshot!(picture(&lists.laid(7, 4, &look).rows), @r"
    retro          1h10       33 %
    budget         0h35       32 %
    hiring         0h30       32 %
    planning       0h20       32 %
    ");
}

/// Returns what is said of a week of these days.
fn said_of(days: &[(&str, &str)]) -> Option<String> {
    let sample = Example::at("2026-11-29T12:00");
    let blocks: Vec<Block> = days.iter().flat_map(|(day, lines)| Example::blocks(day, lines)).collect();
    let ledger = sample.ledger(&blocks);
    let review = sample.review("2026-11-23", &ledger);
    sentence(&review, Words::Shown, &sample.look(80, Glyphs::Unicode)).map(|row| row.text())
}

#[test]
fn the_day_farthest_below_its_target_tilts_most_if_enough_of_it_was_logged() {
    let monday = ("2026-11-23", "09:00-10:00 c spec\n10:00-17:00 i mail");
    let tuesday = ("2026-11-24", "09:00-11:00 c spec\n11:00-18:00 i staff sync\n18:00-18:30 i mail");
    assert_eq!(said_of(&[tuesday, monday]).unwrap(), "Mon 23 tilts most: 13 %, mail 7h00 of 7h00 taken in");
    assert_eq!(said_of(&[tuesday]).unwrap(), "Tue 24 tilts most: 21 %, staff sync 7h00 of 7h30 taken in");
    // Of eight hours, two say little and four say enough.
    let short = |until: &str| ("2026-11-25", format!("09:00-{until} i mail"));
    let (two, four) = (short("11:00"), short("13:00"));
    assert_eq!(said_of(&[(two.0, &two.1)]), None);
    assert_eq!(said_of(&[(four.0, &four.1)]).unwrap(), "Wed 25 tilts most: 0 %, mail 4h00 of 4h00 taken in");
    // Nothing is expected of a Sunday; a level day does not tilt.
    assert!(said_of(&[("2026-11-29", "09:00-10:00 i mail")]).unwrap().starts_with("Sun 29 tilts most: 0 %"));
    assert_eq!(said_of(&[("2026-11-23", "09:00-11:00 c spec\n11:00-17:00 i mail")]), None);
}

#[test]
fn the_longest_gap_of_next_week_is_told_with_the_oldest_sparks_that_fit() {
    use crate::domain::{Ahead, Beside, Id, RecurringGap};
    use chrono::Weekday;

    let sample = Example::at("2026-11-29T12:00");
    let ledger = sample.ledger(&blocks().concat());
    let look = sample.look(110, Glyphs::Unicode);
    let time = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let gap = |weekday, from, until| RecurringGap { weekday, from: time(from), until: time(until), weeks: 4 };
    let spark = |number: u128, text: &str, minutes| Spark {
        id: Id(uuid::Uuid::from_u128(number)),
        text: crate::text::Text::as_written(text),
        length: TimeDelta::minutes(minutes),
        put: sample.calendar.home().at(sample.now),
        done: None,
    };
    let gaps = vec![gap(Weekday::Mon, 16, 17), gap(Weekday::Tue, 13, 15), gap(Weekday::Thu, 9, 11)];
    let said = |sparks: &[Spark]| {
        let week = sample.calendar.week_of("2026-11-30".parse().unwrap());
        let beside = Beside { before: None, ahead: Some(Ahead { week, gaps: gaps.clone() }) };
        let review = sample.review("2026-11-23", &ledger).beside(&beside, sparks);
        let said = opening(&review.opening.unwrap(), Words::Shown, &look);
        said.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(said(&[]), "next week  Tue 1 Dec 13:00–15:00, free four weeks running");
    let done = Spark { done: Some(sample.calendar.home().at(sample.now)), ..spark(1, "done", 30) };
    let sparks = [done, spark(2, "a day's work", 300), spark(3, "read the RFC", 105), spark(4, "a note", 15)];
    assert_eq!(
        said(&sparks),
        "next week  Tue 1 Dec 13:00–15:00, free four weeks running | █ read the RFC 1h45 | █ a note 0h15"
    );
}
