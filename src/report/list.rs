//! The list of a day: its blocks and gaps in the order of time, a row each.

use std::fmt::Write as _;

use chrono::TimeDelta;

use super::look::{LEVER, Look, right};
use super::{Words, words};
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::insight::Gap;
use crate::domain::{Block, DayBalance, Id, Kind, Lived, Slice};

/// The list is not wider than this, however long a line somebody wrote.
const LIST: usize = 80;
/// From this width on, marks are written out.
const ROOMY: usize = 70;

/// The day's blocks and gaps in the order of time.
#[derive(Clone, Debug)]
pub struct DayList<'a> {
    lines: Vec<Line>,
    columns: Columns,
    look: Look<'a>,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Line {
    what: What,
    start: Lived,
    mark: char,
    mark_role: Role,
    activity: String,
    tags: String,
    length: String,
    length_role: Role,
    remarks: String,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A block, or its part of the day.
    Block(Id),
    /// Working time with nothing logged.
    Gap(Gap),
}

impl<'a> DayList<'a> {
    /// Lists a day. `running` is the block that runs now, on whichever day. Where words are
    /// hidden, what people wrote is left out: activities and tags.
    pub fn of(day: &DayBalance<'_>, running: Option<&Block>, look: &Look<'a>, show: Words) -> Self {
        let names_zones = zone_of_the_whole_day(day, look).is_none();
        let slices = day.slices.iter().zip(lengths_that_add_up(day));
        let slices = slices.map(|(slice, length)| {
            let remarks = remarks(slice, day, names_zones, look);
            Line { start: slice.start, remarks, ..Line::of_block(slice.block, (length, slice.runs), look, show) }
        });
        let begun = begun(day, running, look).map(|block| Line::of_block(block, (TimeDelta::zero(), true), look, show));
        let gaps = day.gaps.iter().map(|gap| Line::of_gap(*gap, look));
        let mut lines: Vec<Line> = slices.chain(gaps).chain(begun).collect();
        lines.sort_by_key(|line| line.start);
        Self { columns: Columns::of(&lines, look), lines, look: *look }
    }

    /// Returns its lines, in the order of time.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns a row for each line.
    pub fn rows(&self) -> Vec<Row> {
        self.lines.iter().map(|line| self.row(line)).collect()
    }

    /// Returns the row of one of its lines. It may be wider than asked where there is hardly
    /// any room.
    pub fn row(&self, line: &Line) -> Row {
        line.row(self.columns, &self.look)
    }
}

/// Returns what runs and is in no slice of the day: it began this very second, and has no
/// time yet.
pub fn begun<'b>(day: &DayBalance<'_>, running: Option<&'b Block>, look: &Look<'_>) -> Option<&'b Block> {
    let today = running.filter(|_| day.day == look.today());
    today.filter(|block| !day.slices.iter().any(|slice| slice.block.id == block.id))
}

/// Returns the zone in which every slice of the day was lived, if it is not home's.
pub fn zone_of_the_whole_day(day: &DayBalance<'_>, look: &Look<'_>) -> Option<String> {
    let mut zones = day.slices.iter().map(|slice| words::foreign_zone(slice.block, look.calendar.home()));
    let first = zones.next().flatten()?;
    zones.all(|zone| zone.as_deref() == Some(&first)).then_some(first)
}

/// How many cells the parts of every line take.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// The activity and its tags.
    words: usize,
    length: usize,
    has_remarks: bool,
}

impl Columns {
    fn of(lines: &[Line], look: &Look<'_>) -> Self {
        let widest = |of: fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or_default();
        let length = widest(|line| width(&line.length));
        let remarks = widest(|line| width(&line.remarks));
        let fixed = look.calendar.face().width() + width("  x ") + 2 + length;
        let room = look.width.min(LIST).saturating_sub(fixed);
        // Words come first: remarks only where they leave a dozen cells for them.
        let remarks = if remarks > 0 && remarks + 2 + 12 <= room { remarks + 2 } else { 0 };
        let words = widest(|line| width(&line.activity) + width(&line.tags));
        let words = words.max(LEVER.saturating_sub(fixed)).min(room.saturating_sub(remarks));
        Self { words, length, has_remarks: remarks > 0 }
    }
}

impl Line {
    fn of_block(block: &Block, (length, runs): (TimeDelta, bool), look: &Look<'_>, show: Words) -> Self {
        let (activity, tags) = match show {
            Words::Shown => (block.activity.for_terminal().to_string(), tags(block)),
            Words::Hidden => (String::new(), String::new()),
        };
        Self {
            what: What::Block(block.id),
            start: block.start,
            mark: kinds::glyph(block.kind, look.glyphs),
            mark_role: kinds::role(block.kind),
            activity,
            tags,
            length: if runs { words::running(length) } else { words::length(length) },
            length_role: if runs { Role::Strong } else { Role::Plain },
            remarks: String::new(),
        }
    }

    fn of_gap(gap: Gap, look: &Look<'_>) -> Self {
        Self {
            what: What::Gap(gap),
            start: gap.start,
            mark: kinds::nothing(look.glyphs),
            mark_role: Role::Rail,
            activity: "nothing logged".to_owned(),
            tags: String::new(),
            length: words::length(gap.length()),
            length_role: Role::Faint,
            remarks: String::new(),
        }
    }

    /// Returns where it begins; on this day, where it is a part of a block.
    pub fn start(&self) -> Lived {
        self.start
    }

    /// Returns what it is about.
    pub fn what(&self) -> What {
        self.what
    }

    fn row(&self, columns: Columns, look: &Look<'_>) -> Row {
        let role = if matches!(self.what, What::Gap(_)) { Role::Faint } else { Role::Plain };
        let activity = look.left(&self.activity, width(&self.activity).min(columns.words));
        let mut text = Row::new().with(activity, role);
        let left = columns.words.saturating_sub(text.width());
        if width(&self.tags) <= left {
            text.push(self.tags.as_str(), Role::Faint);
        }
        text.pad_to(columns.words);
        let mut row = Row::new()
            .with(format!("{}  ", words::in_list(self.start, look.calendar)), role)
            .with(self.mark, self.mark_role)
            .with(" ", Role::Plain);
        row.append(text);
        row.push(format!("  {}", right(&self.length, columns.length)), self.length_role);
        if columns.has_remarks && !self.remarks.is_empty() {
            row.push(format!("  {}", self.remarks), Role::Faint);
        }
        row
    }
}

fn tags(block: &Block) -> String {
    let mut tags = String::new();
    for tag in &block.tags {
        // Writing to a string cannot fail.
        let _ = write!(tags, " +{}", tag.for_terminal());
    }
    if tags.is_empty() { tags } else { format!(" {tags}") }
}

/// Returns what else is to be said of a slice: how often it was interrupted, where, and
/// when the block began or ended if that was on another day, or nobody wrote it.
pub fn remarks(slice: &Slice<'_>, day: &DayBalance<'_>, names_zones: bool, look: &Look<'_>) -> String {
    let block = slice.block;
    let often = usize::try_from(block.interrupted).unwrap_or(usize::MAX);
    let elsewhere = |at: Lived| look.calendar.day_of(at) != day.day;
    let on_day = |at: Lived| format!("{} {}", at.format("%a"), words::read(at, look.calendar));
    let since = (block.start < slice.start && elsewhere(block.start)).then(|| format!("since {}", on_day(block.start)));
    let end = block.end.filter(|end| *end > slice.end && elsewhere(*end - TimeDelta::seconds(1)));
    [
        (often > 0).then(|| format!("{}{}", if look.width >= ROOMY { "interrupted " } else { "" }, look.times(often))),
        words::foreign_zone(block, look.calendar.home()).filter(|_| names_zones),
        since,
        end.map(|end| format!("until {}", on_day(end))),
        slice.assumed.then(|| format!("until {}?", words::read(slice.end, look.calendar))),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("  ")
}

/// Returns the lengths of a day's slices in whole minutes: those of a kind add up to
/// what is shown of the kind.
pub fn lengths_that_add_up(day: &DayBalance<'_>) -> Vec<TimeDelta> {
    let shown = words::shown(&day.tally);
    let mut lengths: Vec<TimeDelta> = day.slices.iter().map(Slice::length).collect();
    for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
        let of_kind = || day.slices.iter().enumerate().filter(move |(_, slice)| slice.kind == kind);
        let times: Vec<TimeDelta> = of_kind().map(|(_, slice)| slice.length()).collect();
        let rounded = words::minutes_that_add_up_to(shown.time(kind), &times);
        for ((at, _), length) in of_kind().zip(rounded) {
            if let Some(slot) = lengths.get_mut(at) {
                *slot = length;
            }
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::picture;
    use crate::domain::insight;
    use crate::report::testing::Example;

    const MORNING: &str = "09:00-09:30 i standup +team\n09:30-11:00 c spec\n11:30 s 1:1";

    fn listed<T>(show: Words, with: impl FnOnce(&DayList<'_>, &[Block]) -> T) -> T {
        let sample = Example::at("2026-11-24T11:42");
        let mut blocks = Example::blocks("2026-11-24", MORNING);
        blocks[1].interrupted = 2;
        let ledger = sample.ledger(&blocks);
        let day = sample.day("2026-11-24", &ledger);
        with(&DayList::of(&day, ledger.running(), &sample.look(60, Glyphs::Unicode), show), &blocks)
    }

    #[test]
    fn every_line_knows_what_it_is_about_and_where_it_begins() {
        listed(Words::Shown, |list, blocks| {
            let [standup, spec, gap, talk] = list.lines() else { panic!("four lines") };
            let of = |line: &Line| (line.what(), line.start());
            for (line, block) in [standup, spec, talk].into_iter().zip(blocks) {
                assert_eq!(of(line), (What::Block(block.id), block.start));
            }
            let (start, end) = (blocks[1].end.unwrap(), blocks[2].start);
            assert_eq!(of(gap), (What::Gap(Gap { start, end }), start));
            let rows: Vec<Row> = list.lines().iter().map(|line| list.row(line)).collect();
            assert_eq!(rows, list.rows());
        });
    }

    #[test]
    fn hidden_words_leave_times_and_kinds() {
        assert_snapshot!(listed(Words::Hidden, |list, _| picture(&list.rows())), @r"
        09:00  ░                             0h30
        09:30  █                             1h30  2×
        11:00  ┄ nothing logged              0h30
        11:30  ▓                             0:12
        ");
    }

    proptest! {
        #[test]
        fn the_list_of_a_kind_adds_up_to_what_is_shown_of_it(
            seconds in prop::collection::vec(1_i64..4_000, 1..14),
        ) {
            let sample = Example::at("2026-11-24T23:00");
            let mut at = crate::beam::testing::lived(9 * 60);
            let mut blocks = Vec::new();
            for (kind, seconds) in Kind::ALL.into_iter().cycle().zip(seconds) {
                let mut block = crate::beam::testing::block(kind, 0, None);
                (block.start, block.end) = (at, Some(at + TimeDelta::seconds(seconds)));
                at += TimeDelta::seconds(seconds);
                blocks.push(block);
            }
            let ledger = sample.ledger(&blocks);
            let day = sample.day("2026-11-24", &ledger);
            let lengths = lengths_that_add_up(&day);
            for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
                let of_kind = day.slices.iter().zip(&lengths).filter(|(slice, _)| slice.kind == kind);
                prop_assert_eq!(of_kind.map(|(_, length)| *length).sum::<TimeDelta>(), words::shown(&day.tally).time(kind));
            }
            prop_assert_eq!(insight::switches(&day.slices), day.switches);
        }
    }
}
