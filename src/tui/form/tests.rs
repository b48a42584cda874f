use std::ops::RangeInclusive;

use chrono::NaiveDate;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::stage::{Hit, Stage};
use super::super::testing::{world, world_in};
use super::*;
use crate::domain::{Change, Ledger, Zone};
use crate::report::Words;

const DAY: &str = "\
09:15-09:30 i standup
09:30:20-10:10 c design doc +platform +q4
10:10-11:00 i escalation
12:00-12:45 o lunch
15:20:37 s 1:1 platform lead";

const NOW: &str = "2026-11-24T15:44";

/// A form over a world, and what is pressed in it.
struct Opened {
    world: World,
    form: Form,
}

fn of(activity: &str) -> Opened {
    on(world(NOW, DAY), activity, |_| {})
}

fn on(mut world: World, activity: &str, change: impl FnOnce(&mut Block)) -> Opened {
    let now = world.now;
    let mut blocks = world.ledger.blocks().to_vec();
    let block = blocks.iter_mut().find(|block| block.activity.raw() == activity).unwrap();
    change(block);
    let block = block.clone();
    world.read(Ledger::new(blocks, now));
    Opened { form: Form::of(&block, &world), world }
}

impl Opened {
    /// Puts a text in the place of what a field says.
    fn says(mut self, field: Field, text: &str) -> Self {
        self.form.focus = field;
        self.form.act(Action::Stroke(Stroke::End), &self.world);
        self.form.act(Action::Stroke(Stroke::DeleteToStart), &self.world);
        self.form.insert(text);
        self
    }

    fn press(mut self, action: Action) -> Self {
        self.form.act(action, &self.world);
        self
    }

    fn folded(mut self) -> Self {
        self.world.setting.words = Words::Hidden;
        self
    }

    /// Presses Enter and returns what it asks for.
    fn asked(&mut self) -> (Mend, RangeInclusive<NaiveDate>) {
        match self.form.act(Action::Accept, &self.world) {
            Step::Ask(Effect::Change(Edit::Mend { id, mend, border: Border::Shared }, days)) => {
                assert_eq!(id, self.form.block.id);
                (mend, days)
            }
            step => panic!("{step:?}: {:?}", self.form.read(&self.world)),
        }
    }

    fn mend(&mut self) -> Mend {
        self.asked().0
    }

    fn change(&mut self) -> Change {
        let mend = self.mend();
        self.world.trial(&self.form.edit(mend)).unwrap()
    }

    /// Returns what is said to be wrong with a field.
    fn wrong(&self, field: Field) -> String {
        let read = self.form.read(&self.world);
        let wrong = read.wrong.into_iter().find(|(wrong, _)| *wrong == field);
        wrong.map(|(_, failure)| failure.message).unwrap_or_default()
    }

    fn is_right(&self) -> bool {
        let read = self.form.read(&self.world);
        read.wrong.is_empty() && read.trouble.is_none()
    }

    fn closes(&mut self) -> bool {
        matches!(self.form.act(Action::Accept, &self.world), Step::Close)
    }

    fn stays(&mut self) -> bool {
        matches!(self.form.act(Action::Accept, &self.world), Step::Stay)
    }

    fn drawn<T>(&self, columns: u16, rows: u16, with: impl FnOnce(&Stage<'_>) -> T) -> (String, T) {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let mut stage = Stage::new(&mut buffer, self.world.setting.themes.shown(), self.world.setting.glyphs);
        self.form.draw(&mut stage, area, &self.world);
        let with = with(&stage);
        let cell = |x, y| buffer.cell((x, y)).unwrap().symbol().to_owned();
        let row = |y| (0..columns).map(|x| cell(x, y)).collect::<String>().trim_end().to_owned();
        ((0..rows).map(row).collect::<Vec<_>>().join("\n"), with)
    }

    fn picture(&self, columns: u16, rows: u16) -> String {
        self.drawn(columns, rows, |_| ()).0
    }
}

fn text(text: &str) -> Text {
    Text::as_written(text)
}

fn clock(at: Option<Lived>) -> String {
    at.unwrap().format("%H:%M:%S").to_string()
}

#[test]
fn an_untouched_form_saves_nothing() {
    for block in world(NOW, DAY).ledger.blocks() {
        assert!(of(block.activity.raw()).closes(), "{block:?}");
    }
}

#[test]
fn what_was_typed_and_taken_back_saves_nothing() {
    let mut opened = of("design doc").says(Field::Activity, "other").says(Field::Activity, "design  doc ");
    assert!(opened.closes());
    assert!(of("design doc").says(Field::Start, "9.30").closes());
}

#[test]
fn each_field_changes_only_itself() {
    let mend = of("design doc").says(Field::Start, "9:40").mend();
    assert_eq!((clock(mend.start), Mend { start: None, ..mend }), ("09:40:00".into(), Mend::default()));
    let mend = of("design doc").says(Field::End, "10:05").mend();
    assert_eq!((clock(mend.end), Mend { end: None, ..mend }), ("10:05:00".into(), Mend::default()));
    let mend = of("design doc").says(Field::Kind, "s").mend();
    assert_eq!(mend, Mend { kind: Some(Kind::Shaping), ..Mend::default() });
    let mend = of("design doc").says(Field::Activity, "spec").mend();
    assert_eq!(mend, Mend { activity: Some(text("spec")), ..Mend::default() });
    let mend = of("design doc").says(Field::Note, "asked twice").mend();
    assert_eq!(mend, Mend { note: Some(Some(text("asked twice"))), ..Mend::default() });
    let mend = of("design doc").says(Field::Interrupted, "3").mend();
    assert_eq!(mend, Mend { interrupted: Some(3), ..Mend::default() });
}

#[test]
fn all_fields_are_saved_as_one_change_with_the_days_around() {
    let opened = of("design doc").says(Field::Start, "9:40").says(Field::Note, "late").says(Field::Kind, "o");
    let (mend, days) = { opened }.asked();
    assert_eq!((mend.kind, mend.note), (Some(Kind::Off), Some(Some(text("late")))));
    assert_eq!(days, "2026-11-23".parse().unwrap()..="2026-11-25".parse().unwrap());
}

#[test]
fn the_days_reach_to_where_the_block_goes() {
    let (_, days) = of("lunch").says(Field::Start, "2026-11-20 12:00").says(Field::End, "30m").asked();
    assert_eq!(days, "2026-11-19".parse().unwrap()..="2026-11-25".parse().unwrap());
}

#[test]
fn a_side_that_is_not_touched_keeps_its_seconds_and_a_neighbour_follows() {
    let change = of("design doc").says(Field::End, "10:20").change();
    let starts: Vec<String> = change.put.iter().map(|block| clock(Some(block.start))).collect();
    assert_eq!(starts, ["09:30:20", "10:20:00"]);
}

#[test]
fn a_length_is_an_end() {
    assert_eq!(clock(of("lunch").says(Field::End, "30m").mend().end), "12:30:00");
    assert_eq!(clock(of("lunch").says(Field::Start, "13:00").says(Field::End, "1h").mend().end), "14:00:00");
}

#[test]
fn a_running_block_says_so_and_ends_at_a_time_that_is_typed() {
    let mut opened = of("1:1 platform lead");
    assert!(opened.picture(78, 12).contains("still runs  0:23"), "{}", opened.picture(78, 12));
    assert!(opened.closes());
    assert_eq!(clock(opened.says(Field::End, "15:40").mend().end), "15:40:00");
}

#[test]
fn a_block_that_another_ended_and_one_that_was_forgotten_do_not_run() {
    let cut = on(world(NOW, "9:00 i mail\n10:00-11:00 c spec"), "mail", |_| {});
    assert!(cut.picture(78, 12).contains("until the next began, 10:00"));
    let forgot = on(world(NOW, "9:00 i mail"), "mail", |block| block.start -= TimeDelta::days(3));
    assert!(forgot.picture(78, 12).contains("nobody has said when"));
    assert_eq!(clock({ forgot }.says(Field::End, "9:30").mend().end), "09:30:00");
}

#[test]
fn a_wrong_time_says_so_beside_its_field_and_enter_does_not_ask() {
    let cases = [
        (Field::Start, "25:00", "\"25:00\" is not a time"),
        (Field::Start, "", "it does not say when it began"),
        (Field::End, "", "it has ended: say when"),
        (Field::End, "x", "\"x\" is not a time"),
        (Field::Start, "11:30", "it would end at 10:10, not after its start at 11:30"),
        (Field::End, "9:00", "it would end at 09:00, not after its start at 09:30"),
        (Field::End, "16:00", "16:00 is in the future: now it is 15:44"),
        (Field::Start, "2026-11-22 9:00", "49h10 from Sun 09:00 is more than a block may last, 24 hours"),
        (Field::Start, "9:10", "the border would move over all of"),
        (Field::End, "11:10", "the border would move over all of \"escalation\""),
    ];
    for (field, typed, why) in cases {
        // The block before shares a border only to the second.
        let mut opened = on(world(NOW, &DAY.replace(":20-", "-")), "design doc", |_| {}).says(field, typed);
        let said = opened.wrong(field);
        assert!(said.starts_with(why), "{typed}: {said}");
        opened.form.focus = Field::Note;
        assert!(opened.stays(), "{typed}");
        assert_eq!(opened.form.focus, field, "{typed}");
        let picture = opened.picture(200, 12);
        let row = picture.lines().find(|row| row.contains(field.label())).unwrap();
        assert!(row.contains(why), "{picture}");
    }
}

#[test]
fn what_stands_in_the_way_is_said_beside_the_side_that_meets_it() {
    let opened = of("lunch").says(Field::Start, "10:30");
    assert_eq!(opened.wrong(Field::Start), "10:30–12:45 overlaps \"escalation\" (10:10–11:00, taken in)");
    let opened = of("lunch").says(Field::Start, "10:30").says(Field::End, "13:00");
    assert!(opened.wrong(Field::Start).contains("escalation") && opened.wrong(Field::End).is_empty());
    let opened = of("lunch").says(Field::Start, "11:30").says(Field::End, "15:30");
    assert!(opened.wrong(Field::End).contains("platform lead") && opened.wrong(Field::Start).is_empty());
    let opened = of("lunch").says(Field::Start, "15:50").says(Field::End, "5m");
    assert_eq!(opened.wrong(Field::Start), "15:50 is in the future: now it is 15:44");
}

#[test]
fn a_break_never_becomes_a_day_off() {
    let opened = on(world("2026-11-25T15:00", "00:00-23:00 i trip"), "trip", |block| {
        block.start -= TimeDelta::days(1);
        block.end = block.end.map(|end| end - TimeDelta::days(1));
    });
    let opened = opened.says(Field::Kind, "o");
    assert!(opened.wrong(Field::Kind).ends_with("would be a whole day off"), "{}", opened.wrong(Field::Kind));
}

#[test]
fn errors_vanish_when_they_are_mended() {
    let opened = of("design doc").says(Field::End, "9:00").says(Field::Interrupted, "often");
    assert_eq!(opened.wrong(Field::Interrupted), "it does not say how often");
    let opened = opened.says(Field::Interrupted, "2");
    assert!(opened.wrong(Field::Interrupted).is_empty() && !opened.wrong(Field::End).is_empty());
    assert!(opened.says(Field::End, "10:00").is_right());
}

#[test]
fn tags_are_put_on_and_taken_off() {
    let mend = of("design doc").says(Field::Tags, "+q4 team, #hiring +").mend();
    assert_eq!(mend.tags_on, [text("team"), text("hiring")]);
    assert_eq!(mend.tags_off, [text("platform")]);
    let mend = of("design doc").says(Field::Tags, "").mend();
    assert_eq!((mend.tags_on.len(), mend.tags_off.len()), (0, 2));
    let many = (0..40).map(|number| format!("+t{number}")).collect::<Vec<_>>().join(" ");
    assert_eq!(of("design doc").says(Field::Tags, &many).wrong(Field::Tags), "a block has at most 32 tags");
    let long = "x".repeat(65);
    assert_eq!(of("design doc").says(Field::Tags, &long).wrong(Field::Tags), "a tag has more than 64 bytes");
}

#[test]
fn a_tag_that_nobody_could_type_stays_while_another_is_put_on() {
    let odd = |block: &mut Block| block.tags = vec![text("two words"), text("+x"), text("a\u{1b}b")];
    let mut opened = on(world(NOW, DAY), "lunch", odd);
    assert!(opened.closes());
    opened.form.focus = Field::Tags;
    opened.form.insert(" +new");
    let mend = opened.mend();
    assert_eq!((mend.tags_on, mend.tags_off), (vec![text("new")], vec![]));
}

#[test]
fn a_note_is_taken_away_with_its_text_and_keeps_its_lines() {
    let noted = || on(world(NOW, DAY), "lunch", |block| block.note = Some(text("first\nsecond")));
    assert_eq!(noted().says(Field::Note, " ").mend(), Mend { note: Some(None), ..Mend::default() });
    let mut opened = noted();
    assert!(opened.closes());
    opened.form.focus = Field::Note;
    opened.form.insert(" line");
    assert_eq!(opened.mend().note, Some(Some(text("first\nsecond line"))));
}

#[test]
fn a_note_of_which_only_a_part_could_be_shown_is_not_changed() {
    let long = |block: &mut Block| block.note = Some(text(&"x".repeat(50_000)));
    let mut opened = on(world(NOW, DAY), "lunch", long);
    assert!(opened.closes());
    let opened = opened.says(Field::Note, "short");
    assert_eq!(opened.wrong(Field::Note), "the note: more than a line takes, so it cannot be changed here");
}

#[test]
fn an_activity_is_never_nothing() {
    assert_eq!(of("lunch").says(Field::Activity, "  ").wrong(Field::Activity), "the activity has no words");
}

#[test]
fn the_kind_is_turned_both_ways_and_said_by_letter() {
    let opened = of("standup").press(Action::Turn);
    assert_eq!(opened.form.kind, Kind::Shaping);
    let mut opened = of("standup");
    opened.form.focus = Field::Kind;
    let opened = opened.press(Action::Stroke(Stroke::Left));
    assert_eq!(opened.form.kind, Kind::Off);
    let mut opened = opened.press(Action::Stroke(Stroke::Right));
    assert_eq!(opened.form.kind, Kind::Consuming);
    for (letter, kind) in [("c", Kind::Creating), ("o", Kind::Off), ("S", Kind::Shaping), ("x", Kind::Shaping)] {
        opened.form.insert(letter);
        assert_eq!(opened.form.kind, kind);
    }
}

#[test]
fn keys_go_round_the_fields() {
    let mut opened = of("lunch").press(Action::Previous);
    assert_eq!(opened.form.focus, Field::Interrupted);
    opened = opened.press(Action::Next).press(Action::Complete);
    assert_eq!(opened.form.focus, Field::End);
    opened.form.focus(4);
    opened.form.focus(99);
    assert_eq!(opened.form.focus, Field::Tags);
}

#[test]
fn what_the_journal_refuses_stays_and_is_said_until_something_is_typed() {
    let refused = || Failure::refused("12:00–13:00 overlaps \"mail\"");
    let mut opened = of("lunch").says(Field::End, "13:00");
    opened.form.refused(refused());
    assert_eq!(opened.wrong(Field::End), refused().message);
    assert_eq!(opened.form.end.text(), "13:00");
    opened.form.insert("0");
    assert_eq!(opened.wrong(Field::End), "\"13:000\" is not a time");
    opened.form.refused(refused());
    let opened = opened.press(Action::Stroke(Stroke::DeleteBack));
    assert!(opened.is_right());
    let mut opened = of("lunch").says(Field::Note, "x");
    opened.form.refused(Failure::environment("the disk is full"));
    assert!(opened.picture(78, 12).trim_end().ends_with("the disk is full"), "{}", opened.picture(78, 12));
    assert!(opened.picture(40, 4).ends_with("the disk is full"));
}

#[test]
fn what_is_no_longer_wrong_after_a_refusal_can_be_tried_again() {
    let mut opened = of("lunch").says(Field::End, "13:00");
    opened.form.refused(Failure::environment("the disk is full"));
    assert_eq!(clock(opened.mend().end), "13:00:00");
}

#[test]
fn a_block_of_long_ago_is_edited_by_its_own_day() {
    let mut opened = of("lunch");
    let block = Block { start: opened.form.block.start - TimeDelta::days(40), ..opened.form.block.clone() };
    let block = Block {
        end: block.end.map(|end| end - TimeDelta::days(40)),
        id: crate::domain::Id(uuid::Uuid::nil()),
        ..block
    };
    opened.form = Form::of(&block, &opened.world);
    assert!(opened.closes());
    let opened = opened.says(Field::End, "11:00");
    assert!(opened.wrong(Field::End).starts_with("it would end at 15 Oct 11:00"), "{}", opened.wrong(Field::End));
    let (mend, days) = opened.says(Field::End, "13:00").asked();
    assert_eq!(mend.end.unwrap().to_rfc3339(), "2026-10-15T13:00:00+01:00");
    assert_eq!(days, "2026-10-14".parse().unwrap()..="2026-10-16".parse().unwrap());
}

#[test]
fn an_end_is_of_the_day_to_which_the_start_was_moved() {
    let opened = of("lunch").says(Field::Start, "2026-11-20 12:00").says(Field::End, "9:00");
    assert_eq!(opened.wrong(Field::End), "it would end at Fri 09:00, not after its start at Fri 12:00");
    let end = opened.says(Field::End, "12:30").mend().end;
    assert_eq!(end.unwrap().to_rfc3339(), "2026-11-20T12:30:00+01:00");
}

#[test]
fn what_was_lived_elsewhere_ends_by_the_clocks_there() {
    let opened = on(world(NOW, "9:00-9:30 c spec"), "spec", |block| {
        block.start = "2026-11-24T11:00:00+09:00".parse().unwrap();
        block.end = Some("2026-11-24T12:30:00+09:00".parse().unwrap());
    });
    // At home another day began at 12:00 there.
    let end = opened.says(Field::End, "12:45").mend().end;
    assert_eq!(end.unwrap().to_rfc3339(), "2026-11-24T12:45:00+09:00");
}

#[test]
fn enter_goes_to_the_first_field_that_is_wrong() {
    let mut opened = of("lunch").says(Field::Interrupted, "often").says(Field::Start, "10:30");
    opened.form.focus = Field::Note;
    assert!(opened.stays());
    assert_eq!(opened.form.focus, Field::Start);
}

#[test]
fn a_time_that_the_clocks_said_twice_is_remarked_on() {
    let berlin = Zone::from_posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let world = world_in(berlin, "2026-10-25T12:00", "01:30-05:00 i night");
    let opened = on(world, "night", |_| {}).says(Field::Start, "2026-10-25 2:30");
    let picture = opened.picture(100, 12);
    assert!(picture.contains("02:30 happened twice; taken as the earlier, 02:30+02:00"), "{picture}");
}

#[test]
fn folded_words_are_shown_only_while_they_are_typed() {
    let mut opened = on(world(NOW, DAY), "design doc", |block| block.note = Some(text("secret"))).folded();
    let all = ["design", "platform", "secret"];
    for field in Field::ALL {
        opened.form.focus = field;
        let picture = opened.picture(78, 12);
        assert!(all.iter().all(|word| !picture.contains(word)), "{picture}");
    }
    let mut opened = opened.says(Field::Note, "mine");
    assert!(opened.picture(78, 12).contains("mine"));
    opened.form.focus = Field::Start;
    assert!(!opened.picture(78, 12).contains("mine"));
    let opened = opened.says(Field::End, "12:30");
    let picture = opened.picture(200, 12);
    assert!(picture.contains("over all of \"···\""), "{picture}");
    let mut opened = of("lunch").folded().says(Field::End, "13:00");
    opened.form.refused(Failure::refused("overlaps \"design doc\""));
    assert!(!opened.picture(200, 12).contains("design"));
}

#[test]
fn a_click_means_the_field_it_is_on() {
    let opened = of("design doc");
    let (picture, hits) = opened.drawn(40, 9, |stage| stage.hits.clone());
    for (y, row) in (0..).zip(picture.lines()) {
        let field = Field::ALL.iter().position(|field| format!("{row} ").contains(&format!(" {} ", field.label())));
        assert_eq!(hits.at(20, y), field.map(Hit::Field), "{row}");
    }
}

#[test]
fn in_one_row_the_field_that_is_typed_in_is_seen() {
    let mut opened = of("design doc");
    for field in Field::ALL {
        opened.form.focus = field;
        assert!(opened.picture(40, 1).starts_with(&format!("› {}", field.label())));
    }
    let opened = opened.says(Field::End, "9:00");
    insta::assert_snapshot!(opened.picture(78, 1), @"› end          9:00  it would end at 09:00, not after its start at 09:30  say…");
}

#[test]
fn the_form_in_a_narrow_pane() {
    let opened = on(world(NOW, DAY), "design doc", |block| block.interrupted = 2);
    insta::assert_snapshot!(opened.picture(40, 8), @r"
      █ design doc  09:30–10:10
    › start        09:30
      end          10:10  0h40
      kind         █ made
      activity     design doc
      tags         +platform +q4
      note
      interrupted  2
    ");
    let opened = opened.says(Field::End, "9:00");
    insta::assert_snapshot!(opened.picture(40, 8), @r"
      start        09:30
    › end          9:00
      it would end at 09:00, not after its
        start at 09:30  say an end after
        09:30, or move its start first
      kind         █ made
      activity     design doc
      tags         +platform +q4
    ");
    insta::assert_snapshot!(opened.picture(40, 6), @r"
      start        09:30
    › end          9:00
      it would end at 09:00, not after its
        start at 09:30  say an end after
        09:30, or move its start first
      kind         █ made
    ");
}

#[test]
fn the_form_in_a_wide_pane() {
    let opened = on(world(NOW, DAY), "design doc", |block| block.note = Some(text("first\nsecond")));
    insta::assert_snapshot!(opened.picture(78, 12), @r"
      █ design doc  09:30–10:10

    › start        09:30
      end          10:10  0h40
      kind         █ made
      activity     design doc
      tags         +platform +q4
      note         first⏎second
      interrupted  never
    ");
    let opened = opened.says(Field::Start, "10:30").says(Field::Tags, "+q4").says(Field::Kind, "s");
    insta::assert_snapshot!(opened.picture(78, 12), @r"
      █ design doc  09:30–10:10

      start        10:30
                   it would end at 10:10, not after its start at 10:30  say an end
                     after 10:30, or move its start first
      end          10:10
    › kind         ▓ shaped  c made  s shaped  i taken in  o off
      activity     design doc
      tags         +q4
      note         first⏎second
      interrupted  never
    ");
}

fn any_typed() -> impl Strategy<Value = String> {
    let some = ["", "9:00", "10:05", "12:30", "45m", "now", "+team", "2026-11-23 9:00", "26:00", "7", "c", "⏎", "mail"];
    prop_oneof![prop::sample::select(some.to_vec()).prop_map(str::to_owned), any::<String>(), "[0-9: +mh]{0,8}"]
}

fn any_action() -> impl Strategy<Value = Action> {
    use Action as A;
    let strokes = [Stroke::Left, Stroke::Right, Stroke::DeleteBack, Stroke::DeleteToStart, Stroke::Start];
    let actions = [A::Next, A::Previous, A::Complete, A::Turn, A::Close, A::Down];
    prop::sample::select(strokes.map(A::Stroke).into_iter().chain(actions).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn whatever_is_typed_enter_asks_what_can_be_or_closes_or_says_why_not(
        which in 0_usize..5,
        typed in prop::collection::vec((0_usize..7, any_typed(), any_action()), 0..6),
        (columns, rows) in (0_u16..90, 0_u16..14),
    ) {
        let world = world(NOW, DAY);
        let form = Form::of(&world.ledger.blocks()[which], &world);
        let mut opened = Opened { world, form };
        for (field, text, action) in typed {
            opened = opened.says(Field::ALL[field], &text).press(action);
        }
        let (_, cursor) = opened.drawn(columns, rows, |stage| stage.cursor);
        prop_assert_eq!(cursor.is_some(), columns > 2 && rows > 0);
        match opened.form.act(Action::Accept, &opened.world) {
            Step::Ask(Effect::Change(edit, days)) => {
                let change = opened.world.trial(&edit);
                prop_assert!(change.is_ok(), "{:?}", change);
                let day = |block: &Block| opened.world.setting.calendar.day_of(block.start);
                prop_assert!(change.unwrap().put.iter().all(|block| days.contains(&day(block))));
            }
            Step::Close => {
                let edit = opened.form.edit(opened.form.read(&opened.world).mend);
                prop_assert_eq!(opened.world.trial(&edit), Err(crate::domain::Refusal::NothingChanges));
            }
            Step::Stay => prop_assert!(!opened.is_right()),
            step => prop_assert!(false, "{:?}", step),
        }
    }

    #[test]
    fn the_field_that_is_typed_in_is_seen_at_every_size(
        at in 0_usize..7, columns in 24_u16..90, rows in 1_u16..14, end in any_typed(),
    ) {
        let mut opened = of("design doc").says(Field::End, &end);
        opened.form.focus = Field::ALL[at];
        let (picture, cursor) = opened.drawn(columns, rows, |stage| stage.cursor);
        let row = picture.lines().nth(cursor.unwrap().y.into()).unwrap().to_owned();
        prop_assert!(row.starts_with(&format!("› {}", Field::ALL[at].label())), "{}", picture);
    }
}
