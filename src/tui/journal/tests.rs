//! The journal screen over a journal in memory, which answers when the test says so.

use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};

use super::super::stage::{Hit, Stage};
use super::super::world::{Setting, World};
use super::*;
use crate::beam::Glyphs;
use crate::clock::{Clock, Surroundings};
use crate::domain::{Habits, Id, Kind, Ledger, Lived};
use crate::keymap::Stroke;
use crate::report::Words;
use crate::text::Text;
use crate::theme::{Depth, Theme, Themes};

const NOW: &str = "2026-11-24T15:44:00Z";

fn calendar() -> Calendar {
    let surroundings = Surroundings { now: Some(NOW.into()), tz: Some("UTC0".into()), ..Surroundings::default() };
    Clock::ask(&surroundings, None).unwrap().calendar(NaiveTime::from_hms_opt(4, 0, 0).unwrap(), Weekday::Mon)
}

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn world(blocks: &[Block]) -> World {
    let setting = Setting {
        calendar: calendar(),
        habits: Habits::default(),
        kinds: Vec::new(),
        keys: crate::keymap::Keymap::default(),
        glyphs: Glyphs::Unicode,
        themes: Themes::new(Depth::None),
        words: Words::Shown,
        reminders: crate::domain::Reminders::default(),
        outside: Words::Hidden,
        target_asked: true,
    };
    World::new(setting, Ledger::new(blocks.to_vec(), now()), now())
}

/// Returns a block: `2026-11-24T09:00 30 i standup +team | a note`; no minutes, still open.
fn block(number: u128, line: &str) -> Block {
    let mut parts = line.splitn(4, ' ');
    let start: Lived = format!("{}:00Z", parts.next().unwrap()).parse().unwrap();
    let minutes: i64 = parts.next().unwrap().parse().unwrap();
    let kind = Kind::from_typed(parts.next().unwrap()).unwrap();
    let (words, note) = parts.next().unwrap().split_once(" | ").map_or((line, None), |(_, note)| (line, Some(note)));
    let words = words.splitn(4, ' ').nth(3).unwrap().split(" | ").next().unwrap();
    let mut words = words.split(" +");
    Block {
        id: Id(Uuid::from_u128(number)),
        start,
        end: (minutes > 0).then(|| start + TimeDelta::minutes(minutes)),
        zone: None,
        kind,
        activity: Text::as_written(words.next().unwrap()),
        tags: words.map(Text::as_written).collect(),
        note: note.map(Text::as_written),
        interrupted: 0,
    }
}

fn blocks(lines: &str) -> Vec<Block> {
    lines.lines().zip(1..).map(|(line, number)| block(number, line.trim())).collect()
}

/// A screen over a journal.
struct Desk {
    screen: JournalScreen,
    /// Each on its day, the newest first.
    blocks: Vec<(NaiveDate, Block)>,
    page: TimeDelta,
    out: Option<Asked>,
    asked: usize,
}

impl Desk {
    fn open(blocks: Vec<Block>, page: i64) -> Self {
        let (screen, page) = (JournalScreen::default(), TimeDelta::days(page));
        let mut desk = Self { screen, blocks: sorted(blocks), page, out: None, asked: 0 };
        let effect = desk.screen.open();
        desk.want(effect);
        desk
    }

    fn want(&mut self, effect: Option<Effect>) {
        let Some(effect) = effect else { return };
        let Effect::ReadPage(asked) = effect else { panic!("{effect:?}") };
        assert_eq!(self.out.replace(asked), None, "a second page was asked for");
        self.asked += 1;
    }

    fn read(&self, asked: Asked) -> Page {
        let (since, until) = match asked {
            Asked::Down(since) => (since.unwrap_or(now().date_naive() - self.page), NaiveDate::MAX),
            Asked::Before(until) => (until - self.page, until),
        };
        let within = |since: NaiveDate| -> Vec<Block> {
            let found = self.blocks.iter().filter(|(day, _)| (since..until).contains(day));
            found.map(|(_, block)| block.clone()).collect()
        };
        let page = |blocks, since| Page { blocks, ends: Vec::new(), since, asked };
        let found = within(since);
        if !found.is_empty() {
            return page(found, Some(since));
        }
        match self.blocks.iter().find(|(day, _)| *day < since) {
            Some((newest, _)) => page(within(*newest - self.page), Some(*newest - self.page)),
            None => page(Vec::new(), None),
        }
    }

    fn answer(&mut self) {
        if let Some(asked) = self.out.take() {
            let page = self.read(asked);
            let effect = self.screen.take(page, &calendar());
            self.want(effect);
            let mut ids: Vec<u128> = self.screen.shown().lines().iter().map(|line| number(&line.block)).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "a block is shown twice");
        }
    }

    fn settle(&mut self) {
        for _ in 0..3_000 {
            if self.out.is_none() {
                return;
            }
            self.answer();
        }
        panic!("it never stops reading");
    }

    fn select(&mut self, action: Action) {
        let effect = self.screen.select(action);
        self.want(effect);
    }

    fn types(&mut self, text: &str) {
        let (_, effect) = self.screen.insert(text);
        self.want(effect);
    }

    fn act(&mut self, action: Action) {
        let effect = self.screen.act_while_searching(action);
        self.want(effect);
    }

    fn changed_by_another(&mut self) {
        let effect = self.screen.read_again();
        self.want(effect);
    }

    fn selected(&self) -> Option<u128> {
        self.screen.selected().map(number)
    }

    /// Goes from one end to the other and returns what was selected on the way.
    fn walk(&mut self, from: Action, way: Action) -> Vec<u128> {
        self.select(from);
        self.settle();
        let mut walked: Vec<u128> = self.selected().into_iter().collect();
        loop {
            self.select(way);
            self.settle();
            match self.selected() {
                Some(id) if walked.last() != Some(&id) => walked.push(id),
                _ => return walked,
            }
        }
    }

    fn ids(&self, wants: impl Fn(&Block) -> bool) -> Vec<u128> {
        self.blocks.iter().filter(|(_, block)| wants(block)).map(|(_, block)| number(block)).collect()
    }

    fn drawn(&self, world: &World, columns: u16, rows: u16) -> Vec<String> {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let mut stage = Stage::new(&mut buffer, world.setting.themes.shown(), world.setting.glyphs);
        self.screen.draw(&mut stage, area, world);
        let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..rows).map(row).collect()
    }
}

fn sorted(blocks: Vec<Block>) -> Vec<(NaiveDate, Block)> {
    let calendar = calendar();
    let mut sorted: Vec<_> = blocks.into_iter().map(|block| (calendar.day_of_block(&block), block)).collect();
    sorted.sort_by_key(|(day, block)| std::cmp::Reverse((*day, block.began(), block.id)));
    sorted
}

fn number(block: &Block) -> u128 {
    block.id.0.as_u128()
}

/// Blocks on a few days of some years; days off may lie ahead.
fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
    let one = (prop_oneof![0_i64..60, 0_i64..2_000], 0_i64..930, 0_usize..5, 1_i64..90, any::<bool>());
    prop::collection::vec(one, 0..420).prop_map(|many| {
        let lines = many.into_iter().zip(1..).map(|((days, minute, what, minutes, ahead), number)| {
            let what =
                ["c Design doc +Platform", "i staff sync | ask Ann", "s 1:1 +team", "o lunch", "i mail +doc"][what];
            let mut block = block(number, &format!("2026-11-24T00:00 {minutes} {what}"));
            let by = TimeDelta::minutes(minute) - TimeDelta::days(days);
            (block.start, block.end) = (block.start + by, block.end.map(|end| end + by));
            if ahead && block.kind == Kind::Off {
                block.start += TimeDelta::days(2 * (days % 200));
                block.end = Some(block.start + TimeDelta::hours(24));
            }
            block
        });
        lines.collect()
    })
}

fn any_move() -> impl Strategy<Value = Option<Action>> {
    let moves = [Action::Down, Action::Up, Action::PageDown, Action::PageUp, Action::First, Action::Last];
    prop_oneof![prop::sample::select(moves.to_vec()).prop_map(Some), Just(None)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn however_one_scrolls_every_block_comes_once_the_newest_first(
        blocks in any_blocks(), page in 31_i64..90, moves in prop::collection::vec(any_move(), 0..60),
    ) {
        let mut desk = Desk::open(blocks, page);
        for action in moves {
            match action {
                Some(action) => desk.select(action),
                None => desk.answer(),
            }
        }
        desk.settle();
        let all = desk.ids(|_| true);
        prop_assert_eq!(desk.walk(Action::First, Action::Down), all.clone());
        let back: Vec<u128> = all.into_iter().rev().collect();
        prop_assert_eq!(desk.walk(Action::Last, Action::Up), back);
    }

    #[test]
    fn a_search_finds_what_a_slow_look_at_every_block_finds(
        blocks in any_blocks(), page in 31_i64..90,
        typed in prop::collection::vec(prop_oneof![Just("d"), Just("doc"), Just(" "), Just("+t"), Just("EAM "),
            Just("taken "), Just("in "), Just("ma"), Just("de"), Just(" off"), Just("\u{8}"), Just("?"), Just("!")], 1..12),
    ) {
        let mut desk = Desk::open(blocks, page);
        desk.answer();
        desk.screen.search();
        for text in typed {
            match text {
                "\u{8}" => desk.act(Action::Stroke(Stroke::DeleteWord)),
                "?" => desk.answer(),
                "!" => desk.act(Action::Next),
                text => desk.types(text),
            }
        }
        desk.settle();
        let line = desk.screen.search.as_ref().unwrap().line.text().to_owned();
        let expected = desk.ids(|block| slowly_found(block, &line));
        prop_assert_eq!(desk.walk(Action::First, Action::Down), expected, "{}", line);
        desk.act(Action::Close);
        desk.settle();
        let all = desk.ids(|_| true);
        prop_assert_eq!(desk.walk(Action::First, Action::Down), all);
    }

    #[test]
    fn what_another_writes_shows_and_leaves_selected_what_is_there(
        blocks in any_blocks(), page in 31_i64..90, moves in prop::collection::vec(any_move(), 0..30),
        new in any_blocks(), gone in 0_usize..40, late in any::<bool>(), search in any::<bool>(),
    ) {
        let mut desk = Desk::open(blocks, page);
        if search {
            desk.screen.search();
            desk.types("o");
        }
        for action in moves {
            match action {
                Some(action) => desk.select(action),
                None => desk.answer(),
            }
        }
        desk.select(Action::Down);
        if !late {
            desk.settle();
        }
        let selected = desk.selected();
        let is_selected = |block: &Block| Some(number(block)) == selected;
        let mut blocks: Vec<Block> = desk.blocks.drain(..).map(|(_, block)| block).collect();
        let mut at = 0;
        blocks.retain(|block| { at += 1; at > gone || is_selected(block) });
        for block in blocks.iter_mut().filter(|block| !is_selected(block)).step_by(3) {
            let by = TimeDelta::days(if number(block).is_multiple_of(2) { 20 } else { -40 });
            (block.start, block.end) = (block.start - by, block.end.map(|end| end - by));
        }
        let another = |block: Block| Block { id: Id(Uuid::from_u128(number(&block) + 10_000)), ..block };
        desk.blocks = sorted(blocks.into_iter().chain(new.into_iter().map(another)).collect());
        desk.changed_by_another();
        if !late && selected.is_some() {
            prop_assert_eq!(desk.selected(), selected);
            desk.settle();
            prop_assert_eq!(desk.selected(), selected);
        }
        desk.settle();
        let line = if search { "o" } else { "" };
        let expected = desk.ids(|block| slowly_found(block, line));
        prop_assert_eq!(desk.walk(Action::First, Action::Down), expected);
    }
}

/// Says whether every word of a line is found in a block.
fn slowly_found(block: &Block, line: &str) -> bool {
    let line = line.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace("taken in", "taken-in");
    line.split_whitespace().all(|word| {
        let has = |text: &Text, word: &str| text.raw().to_lowercase().contains(word);
        let tagged = |word: &str| block.tags.iter().any(|tag| has(tag, word));
        match word.strip_prefix('+').filter(|tag| !tag.is_empty()) {
            Some(tag) => tagged(tag),
            None if word == "taken-in" => block.kind == Kind::Consuming,
            None if word == "off" && block.kind == Kind::Off => true,
            None if word == "made" && block.kind == Kind::Creating => true,
            None => tagged(word) || has(&block.activity, word) || block.note.iter().any(|note| has(note, word)),
        }
    })
}

const SOME: &str = "2019-03-12T09:00 60 c a book | the one on tides
    2026-11-20T09:15 75 c design doc: rate limits +platform
    2026-11-23T09:00 30 i standup +team
    2026-11-23T09:30 90 i staff sync | who covers for Ann in January?
    2026-11-24T09:15 15 i standup +team
    2026-11-24T09:30 40 c design doc: rate limits +platform | the part on bursts
    2026-11-24T10:10 50 i escalation: billing
    2026-11-24T12:00 45 o lunch
    2026-11-24T15:20 0 s 1:1 platform lead +team
    2026-12-24T00:00 1440 o Christmas";

fn usual() -> (Desk, World) {
    let blocks = blocks(SOME);
    let world = world(&blocks);
    let mut desk = Desk::open(blocks, 31);
    desk.settle();
    (desk, world)
}

#[test]
fn the_blocks_stand_under_their_days() {
    let (mut desk, world) = usual();
    assert_snapshot!(desk.drawn(&world, 80, 14).join("\n"), @r"
    Thu 24 Dec 2026
      all day      · Christmas
    Tue 24 Nov 2026    50 %  2h09
    › 15:20–now    ▓ 1:1 platform lead +team                0:24
      12:00–12:45  · lunch                                  0h45
      10:10–11:00  ░ escalation: billing                    0h50
      09:30–10:10  █ design doc: rate limits +platform      0h40  the part on bursts
      09:15–09:30  ░ standup +team                          0h15
    Mon 23 Nov 2026     0 %  2h00
      09:30–11:00  ░ staff sync                             1h30  who covers for An…
      09:00–09:30  ░ standup +team                          0h30
    Fri 20 Nov 2026   100 %  1h15
      09:15–10:30  █ design doc: rate limits +platform      1h15
    ");
    desk.select(Action::Last);
    assert_snapshot!(desk.drawn(&world, 40, 8).join("\n"), @r"
    Mon 23 Nov 2026     0 %  2h00
      09:30–11:00 ░ staff sync          1h30
      09:00–09:30 ░ standup             0h30
    Fri 20 Nov 2026   100 %  1h15
      09:15–10:30 █ design doc: rate …  1h15
    Tue 12 Mar 2019   100 %  1h00
    › 09:00–10:00 █ a book              1h00
    ");
    assert_snapshot!(desk.drawn(&world, 20, 3).join("\n"), @r"
      09:00 ░ standup
      09:15 █ design do…
    › 09:00 █ a book
    ");
}

#[test]
fn a_search_says_how_far_it_has_looked() {
    let (mut desk, world) = usual();
    desk.screen.search();
    desk.types("des ");
    desk.types("+plat");
    assert_snapshot!(desk.drawn(&world, 80, 14).join("\n"), @r"
    / des +plat
    2 found in all
    Tue 24 Nov 2026
    › 09:30–10:10  █ design doc: rate limits +platform      0h40  the part on bursts
    Fri 20 Nov 2026
      09:15–10:30  █ design doc: rate limits +platform      1h15
    ");
    let mut desk = Desk::open(blocks(SOME), 31);
    desk.answer();
    desk.screen.search();
    desk.types("made");
    assert_eq!(desk.drawn(&world, 40, 8)[1], "2 found since 24 Oct 2026 … looking fur…");
    let mut folded = world.clone();
    folded.setting.words = Words::Hidden;
    let drawn = desk.drawn(&folded, 120, 12).join("\n");
    assert!(!["design", "platform", "bursts"].iter().any(|word| drawn.contains(word)), "{drawn}");
    assert!(drawn.contains("made"), "the line is still seen: {drawn}");
}

#[test]
fn what_was_done_last_is_selected_and_days_off_lie_ahead() {
    let (desk, _) = usual();
    assert_eq!(desk.screen.selected().unwrap().activity.raw(), "1:1 platform lead");
    assert_eq!(desk.asked, 3, "two pages, and then that there is no more");
}

#[test]
fn a_change_shows_before_it_is_read() {
    let (mut desk, world) = usual();
    desk.select(Action::Down);
    let lunch = desk.screen.selected().unwrap().clone();
    let later =
        Block { start: lunch.start - TimeDelta::days(1), activity: Text::as_written("a walk"), ..lunch.clone() };
    let change = Change { does: "edit", put: vec![later], removed: Vec::new(), remarks: Vec::new() };
    desk.screen.change(&change, &calendar());
    let drawn = desk.drawn(&world, 80, 14).join("\n");
    assert!(drawn.contains("a walk") && !drawn.contains("lunch"), "{drawn}");
    assert_eq!(desk.selected(), Some(number(&lunch)));
    let change = Change { does: "remove", put: Vec::new(), removed: vec![lunch], remarks: Vec::new() };
    desk.screen.change(&change, &calendar());
    assert_eq!(desk.screen.selected().unwrap().activity.raw(), "staff sync", "the next older one");
}

#[test]
fn a_page_for_an_old_question_is_let_go() {
    let (mut desk, _) = usual();
    let before = desk.walk(Action::First, Action::Down);
    let strange = Page { blocks: blocks(SOME), ends: Vec::new(), since: None, asked: Asked::Before(NaiveDate::MAX) };
    assert_eq!(desk.screen.take(strange, &calendar()), None);
    assert_eq!(desk.walk(Action::First, Action::Down), before);
}

#[test]
fn what_was_selected_is_followed_to_another_day() {
    let (mut desk, _) = usual();
    desk.select(Action::Down);
    let lunch = desk.selected();
    let mut blocks: Vec<Block> = desk.blocks.drain(..).map(|(_, block)| block).collect();
    for block in blocks.iter_mut().filter(|block| Some(number(block)) == lunch) {
        block.start -= TimeDelta::days(12);
    }
    desk.blocks = sorted(blocks);
    desk.changed_by_another();
    desk.settle();
    assert_eq!(desk.selected(), lunch);
}

#[test]
fn a_page_that_was_read_before_a_change_is_read_again() {
    let mut desk = Desk::open(blocks(SOME), 31);
    let before = desk.read(desk.out.unwrap());
    desk.blocks.remove(1);
    desk.changed_by_another();
    desk.out = None;
    let effect = desk.screen.take(before, &calendar());
    desk.want(effect);
    desk.settle();
    assert_eq!(desk.walk(Action::First, Action::Down), desk.ids(|_| true));
}

#[test]
fn what_was_changed_during_a_search_is_seen_after_it() {
    let lines: Vec<String> =
        (0..300).map(|day| format!("{}T09:00 30 i mail", now().date_naive() - TimeDelta::days(day))).collect();
    let mut desk = Desk::open(blocks(&lines.join("\n")), 31);
    desk.select(Action::Last);
    desk.settle();
    desk.select(Action::First);
    desk.settle();
    desk.screen.search();
    desk.types("mail");
    desk.select(Action::Last);
    desk.settle();
    desk.blocks.retain(|(_, block)| number(block).is_multiple_of(2));
    desk.changed_by_another();
    desk.answer();
    desk.act(Action::Close);
    desk.settle();
    assert_eq!(desk.walk(Action::First, Action::Down), desk.ids(|_| true));
}

#[test]
fn a_word_more_may_find_more() {
    let (mut desk, _) = usual();
    desk.screen.search();
    desk.types("taken");
    assert_eq!(desk.screen.selected(), None);
    desk.types(" in");
    desk.settle();
    assert_eq!(desk.walk(Action::First, Action::Down), desk.ids(|block| block.kind == Kind::Consuming));
    assert!(Query::of("design +pl").narrows(&Query::of("des")));
    assert!(!Query::of("des").narrows(&Query::of("+des")) && Query::of("+des").narrows(&Query::of("des")));
}

#[test]
fn what_cannot_be_read_is_asked_for_again_only_when_somebody_wants_it() {
    let mut desk = Desk::open(blocks(SOME), 31);
    desk.out = None;
    desk.screen.not_read();
    assert_eq!(desk.screen.close_search(), None);
    desk.select(Action::Down);
    desk.settle();
    assert!(desk.selected().is_some());
}

#[test]
fn left_it_keeps_the_newest_page_and_reads_it_again_when_opened() {
    let mut desk = Desk::open(blocks(SOME), 31);
    desk.select(Action::Last);
    desk.settle();
    assert_eq!(desk.screen.selected().unwrap().activity.raw(), "a book");
    desk.screen.leave();
    assert_eq!(desk.screen.read_again(), None);
    assert_eq!(desk.screen.all.lines().len(), 9);
    let effect = desk.screen.open();
    desk.want(effect);
    desk.settle();
    assert_eq!(desk.screen.selected().unwrap().activity.raw(), "1:1 platform lead");
}

#[test]
fn a_long_journal_is_never_at_hand_as_a_whole() {
    let day = |number: u128| {
        let mut block = block(number + 1, "2026-11-24T09:00 30 i mail");
        let by = TimeDelta::days(i64::try_from(number / 4).unwrap())
            - TimeDelta::minutes(31 * i64::try_from(number % 4).unwrap());
        (block.start, block.end) = (block.start - by, block.end.map(|end| end - by));
        block
    };
    let mut desk = Desk::open((0..4_000).map(day).collect(), 31);
    desk.screen.search();
    desk.types("mail");
    desk.select(Action::Last);
    for _ in 0..200 {
        desk.answer();
        assert!(desk.screen.all.lines().len() <= 330 && desk.screen.shown().lines().len() <= 330);
    }
    assert_eq!(desk.out, None);
    assert_eq!(desk.selected(), desk.blocks.last().map(|(_, block)| number(block)));
}

#[test]
fn every_size_draws_and_shows_what_is_selected() {
    let (mut desk, mut world) = usual();
    for step in 0..6 {
        for (columns, rows) in (0..=30).flat_map(|columns| (0..=12).map(move |rows| (columns, rows))) {
            let drawn = desk.drawn(&world, columns, rows);
            let taken = u16::from(desk.screen.search.is_some());
            let is_seen = drawn.iter().any(|row| row.starts_with('›'));
            assert!(is_seen || columns < 2 || rows <= taken, "{step}: {columns}×{rows}: {drawn:#?}");
        }
        match step {
            0 => desk.select(Action::Last),
            1 => desk.screen.search(),
            2 => desk.types("o"),
            3 => desk.act(Action::Accept),
            4 => world.setting.words = Words::Hidden,
            _ => world.setting.glyphs = Glyphs::Ascii,
        }
        if step >= 4 {
            world.setting.glyphs = Glyphs::Unicode;
        }
        desk.settle();
    }
    assert_eq!(desk.drawn(&world, 200, 58).len(), 58);
}

#[test]
fn a_click_selects_the_line_it_falls_on() {
    let (mut desk, world) = usual();
    let area = Rect::new(0, 0, 80, 14);
    let mut buffer = Buffer::empty(area);
    let mut stage = Stage::new(&mut buffer, Theme::MONO, Glyphs::Unicode);
    desk.screen.draw(&mut stage, area, &world);
    let Some(Hit::Line(line)) = stage.hits.at(10, 5) else { panic!("no line there") };
    let effect = desk.screen.select_at(line);
    desk.want(effect);
    let drawn = desk.drawn(&world, 80, 14);
    assert!(drawn[5].starts_with("› "), "{drawn:#?}");
}
