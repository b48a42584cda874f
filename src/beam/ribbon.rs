//! The ribbon: a day to scale, with its hours above it.

use chrono::{TimeDelta, Timelike};

use super::canvas::Canvas;
use super::kinds;
use super::row::{Glyphs, Role, Row};
use crate::domain::insight::Gap;
use crate::domain::{Face, Kind, Lived, Slice, Zone};

/// How many minutes a cell may stand for: parts of an hour, so that hours begin at
/// cells; whole hours only where there is hardly any room.
const MINUTES_A_CELL: [i64; 8] = [5, 10, 15, 20, 30, 60, 120, 240];

/// A stretch of time to scale: what it was spent on, with its gaps.
///
/// ```text
///  08    09    10    11    12    13    14    15  ▾ 16
///      ░░░░░████░░░░░░░░░░░····▓▓░░░░░░░░░░░░┄┄▓▓
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ribbon<'a> {
    /// The time in order, time off included.
    pub slices: &'a [Slice<'a>],
    /// Working time with nothing logged.
    pub gaps: &'a [Gap],
    /// What it shows at least, from when to when; it shows every slice.
    pub hours: (Lived, Lived),
    /// By whose clocks the hours are named.
    pub zone: &'a Zone,
    /// How the hours are counted.
    pub face: Face,
}

/// From when to when, and how long a cell is.
#[derive(Clone, Copy, Debug)]
struct Scale {
    start: Lived,
    cells: usize,
    cell: TimeDelta,
}

impl Ribbon<'_> {
    /// Draws the hours and, below them, the ribbon, over `cells` or as many as it needs
    /// up to the longest day; a cell stands for as few minutes as fit.
    pub fn rows(&self, cells: usize, glyphs: Glyphs) -> [Row; 2] {
        let scale = self.scale(cells);
        [self.axis(&scale, cells, glyphs), self.ribbon(&scale, cells, glyphs)]
    }

    /// Returns how long a cell is when the ribbon is drawn over `cells`.
    pub fn cell(&self, cells: usize) -> TimeDelta {
        self.scale(cells).cell
    }

    /// Returns when each of its cells begins, when it is drawn over `cells`.
    pub fn times(&self, cells: usize) -> Vec<Lived> {
        let scale = self.scale(cells);
        (0..scale.cells).map(|at| scale.time(at)).collect()
    }

    fn scale(&self, cells: usize) -> Scale {
        let (from, until) = self.hours;
        let first = self.slices.iter().map(|slice| slice.start).chain([from]).min().unwrap_or(from);
        let last = self.slices.iter().map(|slice| slice.end).chain([until]).max().unwrap_or(until);
        let first = self.zone.at(first.to_utc());
        let into_hour = TimeDelta::seconds(i64::from(first.minute() * 60 + first.second()));
        let start = first - into_hour;
        let seconds = usize::try_from((last - start).num_seconds()).unwrap_or_default();
        let needs = |cell: TimeDelta| seconds.div_ceil(usize::try_from(cell.num_seconds()).unwrap_or(1).max(1));
        let [.., coarsest] = MINUTES_A_CELL;
        let cell = MINUTES_A_CELL
            .into_iter()
            .map(TimeDelta::minutes)
            .find(|cell| needs(*cell) <= cells)
            .unwrap_or_else(|| TimeDelta::minutes(coarsest));
        Scale { start, cells: needs(cell).min(cells), cell }
    }

    /// Returns the row of the hours, with a mark where the running block has got to.
    fn axis(&self, scale: &Scale, cells: usize, glyphs: Glyphs) -> Row {
        let mut canvas = Canvas::blank(cells);
        let now = self.slices.iter().find(|slice| slice.runs).and_then(|slice| scale.at(slice.end));
        if let Some(at) = now {
            canvas.set(at, glyphs.pick('▾', 'v'), Role::Strong);
        }
        let every = scale.hours_a_label();
        for at in 0..scale.cells {
            let wall = self.zone.at(scale.time(at).to_utc());
            let since_label = i64::from(wall.num_seconds_from_midnight() / 60) % (every * 60);
            if since_label < scale.cell.num_minutes() && canvas.is_blank(at, 2) {
                canvas.write(at, &self.face.hour(wall.time()), Role::Faint);
            }
        }
        canvas.row()
    }

    fn ribbon(&self, scale: &Scale, cells: usize, glyphs: Glyphs) -> Row {
        let mut canvas = Canvas::blank(cells);
        for at in 0..scale.cells {
            let (from, until) = (scale.time(at), scale.time(at + 1));
            let within = |start: Lived, end: Lived| (end.min(until) - start.max(from)).max(TimeDelta::zero());
            let spent = |kind: Kind| -> TimeDelta {
                let of_kind = self.slices.iter().filter(|slice| slice.kind == kind);
                of_kind.map(|slice| within(slice.start, slice.end)).sum()
            };
            let logged = Kind::ALL.map(|kind| (spent(kind), kind));
            let free: TimeDelta = self.gaps.iter().map(|gap| within(gap.start, gap.end)).sum();
            let all: TimeDelta = logged.iter().map(|(time, _)| *time).sum();
            if all * 2 >= scale.cell {
                // Of equals the first in the order of kinds.
                if let Some((_, kind)) = logged.into_iter().rev().max_by_key(|(time, _)| *time) {
                    canvas.set(at, kinds::glyph(kind, glyphs), kinds::role(kind));
                }
            } else if free * 2 >= scale.cell {
                canvas.set(at, kinds::nothing(glyphs), Role::Rail);
            }
        }
        canvas.row()
    }
}

impl Scale {
    /// Returns the instant at which a cell begins.
    fn time(&self, cell: usize) -> Lived {
        self.start + self.cell * i32::try_from(cell).unwrap_or(i32::MAX)
    }

    /// Returns the cell in which an instant lies, if it is shown.
    fn at(&self, time: Lived) -> Option<usize> {
        let cells = (time - self.start).num_seconds() / self.cell.num_seconds().max(1);
        usize::try_from(cells).ok().filter(|at| *at <= self.cells)
    }

    /// Returns every which hour has room for its number and a space.
    fn hours_a_label(&self) -> i64 {
        match self.cell.num_minutes() {
            ..=20 => 1,
            21..=30 => 2,
            31..=60 => 4,
            61..=120 => 8,
            _ => 12,
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::testing::{block, cells, is_ascii, lived, picture, roles};
    use crate::domain::Block;

    fn slices(blocks: &[Block]) -> Vec<Slice<'_>> {
        let now = lived(15 * 60 + 44);
        let until = |block: &Block| block.end.unwrap_or(now);
        let slices = blocks.iter();
        slices
            .map(|block| Slice {
                block,
                kind: block.kind,
                start: block.start,
                end: until(block),
                runs: block.end.is_none(),
                assumed: false,
            })
            .collect()
    }

    fn day() -> Vec<Block> {
        vec![
            block(Kind::Consuming, 9 * 60 + 15, Some(9 * 60 + 30)),
            block(Kind::Creating, 9 * 60 + 30, Some(10 * 60 + 10)),
            block(Kind::Consuming, 10 * 60 + 10, Some(12 * 60)),
            block(Kind::Off, 12 * 60, Some(12 * 60 + 45)),
            block(Kind::Consuming, 12 * 60 + 45, Some(15 * 60)),
            block(Kind::Shaping, 15 * 60 + 20, None),
        ]
    }

    fn drawn(blocks: &[Block], width: usize, glyphs: Glyphs) -> ([Row; 2], TimeDelta) {
        let gaps = [Gap { start: lived(15 * 60), end: lived(15 * 60 + 20) }];
        let zone = Zone::fixed(*lived(0).offset());
        let hours = (lived(8 * 60), lived(18 * 60));
        let slices = slices(blocks);
        let ribbon = Ribbon { slices: &slices, gaps: &gaps, hours, zone: &zone, face: Face::Of24 };
        (ribbon.rows(width, glyphs), ribbon.cell(width))
    }

    fn drawn_day(width: usize, glyphs: Glyphs) -> [Row; 2] {
        drawn(&day(), width, glyphs).0
    }

    #[test]
    fn the_day_is_drawn_to_scale_under_its_hours() {
        assert_snapshot!(picture(&drawn_day(68, Glyphs::Unicode)), @r"
        08    09    10    11    12    13    14    15  ▾ 16    17
               ░░████░░░░░░░░░░░····░░░░░░░░░░░░░░┄┄▓▓
        ");
        assert_snapshot!(picture(&drawn_day(68, Glyphs::Ascii)), @r"
        08    09    10    11    12    13    14    15  v 16    17
               ..####...........oooo..............--==
        ");
        assert_snapshot!(roles(&drawn_day(68, Glyphs::Unicode)), @r"
        ff    ff    ff    ff    ff    ff    ff    ff  S ff    ff
               iimmmmiiiiiiiiiiiooooiiiiiiiiiiiiiirrss
        ");
    }

    #[test]
    fn the_minutes_of_a_cell_follow_from_the_width() {
        assert_snapshot!(picture(&drawn_day(120, Glyphs::Unicode)), @r"
        08          09          10          11          12          13          14          15      ▾   16          17
                       ░░░████████░░░░░░░░░░░░░░░░░░░░░░·········░░░░░░░░░░░░░░░░░░░░░░░░░░░┄┄┄┄▓▓▓▓▓
        ");
        assert_snapshot!(picture(&drawn_day(40, Glyphs::Unicode)), @r"
        08  09  10  11  12  13  14  15▾ 16  17
             ░███░░░░░░░···░░░░░░░░░┄▓▓
        ");
        assert_snapshot!(picture(&drawn_day(20, Glyphs::Unicode)), @r"
        08  10  12  14 ▾16
          ░█░░░░·░░░░░┄
        ");
        assert_snapshot!(picture(&drawn_day(10, Glyphs::Unicode)), @r"
        08  12 ▾16
         █░░·░░
        ");
    }

    #[test]
    fn an_hour_that_happens_twice_is_on_the_axis_twice() {
        let zone = Zone::from_posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let wall = |time: &str| zone.first(format!("2026-10-25T{time}").parse().unwrap());
        let hours = (wall("00:00:00"), wall("05:00:00"));
        let night = Ribbon { slices: &[], gaps: &[], hours, zone: &zone, face: Face::Of24 };
        assert_snapshot!(picture(&night.rows(40, Glyphs::Unicode)), @"00    01    02    02    03    04");
    }

    proptest! {
        #[test]
        fn hours_of_a_kind_take_the_cells_of_hours(
            borders in prop::collection::btree_set(0_i64..24, 2..12), width in 0_usize..200,
        ) {
            let pairs = borders.iter().zip(borders.iter().skip(1)).zip(Kind::ALL.into_iter().cycle());
            let blocks: Vec<Block> =
                pairs.map(|((start, end), kind)| block(kind, start * 60, Some(end * 60))).collect();
            let ([axis, ribbon], cell) = drawn(&blocks, width, Glyphs::Unicode);
            prop_assert_eq!((axis.width(), ribbon.width()), (width, width));
            let ([plain_axis, plain], _) = drawn(&blocks, width, Glyphs::Ascii);
            prop_assert!(is_ascii(&plain_axis) && is_ascii(&plain));
            let role = |row| cells(row).into_iter().map(|(_, role)| role).collect::<Vec<_>>();
            prop_assert_eq!(role(&ribbon), role(&plain), "the same geometry");
            if width < 24 {
                return Ok(());
            }
            for kind in Kind::ALL {
                let slices = slices(&blocks);
                let time: TimeDelta = slices.iter().filter(|slice| slice.kind == kind).map(Slice::length).sum();
                let glyph = kinds::glyph(kind, Glyphs::Unicode);
                let drawn = cells(&ribbon).iter().filter(|(drawn, _)| *drawn == glyph).count();
                prop_assert_eq!(i64::try_from(drawn).unwrap() * cell.num_minutes(), time.num_minutes());
            }
        }
    }
}
