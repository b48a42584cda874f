//! The arms: a row among rows. Absolute time left and right of one axis, with a tick
//! where the row would be level: from the arm's end to the tick it is as far as there
//! are minutes to the target.

use chrono::TimeDelta;

use super::canvas::Canvas;
use super::kinds;
use super::row::{Glyphs, Role, Row};
use crate::domain::length::share_out;
use crate::domain::{Lens, Share, Tally};

/// How many minutes a cell may stand for.
const MINUTES_A_CELL: [i64; 15] = [5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120, 180, 360, 720, 1_440];

/// What the rows of one picture share: the axis and the scale.
///
/// ```text
///        ░░░░░░░░░░░░░░┃████▓▓╽▓      the target is met: the arm reaches the tick
/// ░░░░░░░░░░░░░░░░░░░░░┃██▓▓     ╷    not yet
///                      │              nothing logged
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arms {
    cells: usize,
    axis: usize,
    cell: TimeDelta,
    lens: Lens,
}

impl Arms {
    /// Finds the finest scale at which every row fits into `cells`, its tick too where
    /// that is possible, with at least `heading` cells left of the axis if there are so many.
    pub fn fitting<'a>(
        rows: impl IntoIterator<Item = (&'a Tally, Share)>,
        lens: Lens,
        cells: usize,
        heading: usize,
    ) -> Self {
        let mut longest = [TimeDelta::zero(); 2];
        let mut farthest_tick = TimeDelta::zero();
        for (tally, target) in rows {
            let [inward, outward] = sides(tally, lens);
            let [longest_in, longest_out] = longest;
            longest = [longest_in.max(inward), longest_out.max(outward)];
            farthest_tick = farthest_tick.max(level_at(tally, lens, target).unwrap_or(TimeDelta::MAX));
        }
        let [inward, outward] = longest;
        // A tick farther out than twice the longest arm would squeeze every arm for its sake.
        let outward = outward.max(farthest_tick.min(inward.max(outward) * 2));
        let room = cells.saturating_sub(1);
        let needs = |cell: TimeDelta| [cells_up(inward, cell).max(heading), cells_up(outward, cell) + 1];
        let [.., coarsest] = MINUTES_A_CELL;
        let cell = MINUTES_A_CELL
            .into_iter()
            .map(TimeDelta::minutes)
            .find(|cell| needs(*cell).into_iter().sum::<usize>() <= room)
            .unwrap_or_else(|| TimeDelta::minutes(coarsest));
        let [left, _] = needs(cell);
        Self { cells, axis: left.min(room), cell, lens }
    }

    /// Returns the cell of the axis, which is the pivot of every row.
    pub fn axis(&self) -> usize {
        self.axis
    }

    /// Returns how much time a cell stands for.
    pub fn cell(&self) -> TimeDelta {
        self.cell
    }

    /// Draws one row.
    pub fn row(&self, tally: &Tally, target: Share, glyphs: Glyphs) -> Row {
        let mut canvas = Canvas::blank(self.cells);
        if tally.logged() <= TimeDelta::zero() {
            canvas.set(self.axis, glyphs.pick('│', '|'), Role::Rail);
            return canvas.row();
        }
        canvas.set(self.axis, glyphs.pick('┃', '|'), Role::Rail);
        let reach = self.draw_arms(&mut canvas, tally, glyphs);
        self.draw_tick(&mut canvas, tally, target, reach, glyphs);
        canvas.row()
    }

    /// Draws both arms and returns how many cells the out arm is long.
    fn draw_arms(&self, canvas: &mut Canvas, tally: &Tally, glyphs: Glyphs) -> usize {
        let [inward, outward] = kinds::sides(self.lens);
        let kinds = [inward, outward].concat();
        let times: Vec<TimeDelta> = kinds.iter().map(|kind| tally.time(*kind)).collect();
        let cells = share_out(&times, self.cell, self.cells_of(tally.logged()));
        let (mut left, mut right) = (self.axis, self.axis + 1);
        for (kind, cells) in kinds.iter().zip(cells) {
            let from = if inward.contains(kind) {
                left = left.saturating_sub(cells);
                left
            } else {
                right += cells;
                right - cells
            };
            canvas.fill(from, cells, kinds::glyph(*kind, glyphs), kinds::role(*kind));
        }
        right - self.axis - 1
    }

    /// Draws the tick at the cell where the row would be level. Rounding must not lie
    /// about it: it stands within the arm if the target is met, else beyond its end. On
    /// the axis itself it would say nothing and is left out.
    fn draw_tick(&self, canvas: &mut Canvas, tally: &Tally, target: Share, reach: usize, glyphs: Glyphs) {
        let last = self.cells.saturating_sub(self.axis + 2);
        let level = level_at(tally, self.lens, target);
        if level == Some(TimeDelta::zero()) {
            return;
        }
        let level = level.map(|time| self.cells_of(time));
        if kinds::target_is_met(tally, self.lens, target) {
            if let Some(end) = reach.checked_sub(1) {
                let tick = level.unwrap_or(end).min(end);
                canvas.set(self.axis + 1 + tick, glyphs.pick('╽', '^'), Role::Strong);
            }
            return;
        }
        match level.map(|level| level.max(reach)) {
            Some(tick) if tick <= last => canvas.set(self.axis + 1 + tick, glyphs.pick('╷', '^'), Role::Rail),
            _ => canvas.set(self.axis + 1 + last.max(reach), glyphs.pick('▸', '>'), Role::Rail),
        }
    }

    fn cells_of(&self, time: TimeDelta) -> usize {
        cells_up(time - self.cell / 2, self.cell)
    }
}

/// Returns the time of both sides: in, then out.
fn sides(tally: &Tally, lens: Lens) -> [TimeDelta; 2] {
    let outward = tally.creation(lens);
    [tally.logged() - outward, outward]
}

/// Returns how much creation would make the row level with the rest as it is:
/// `rest · target / (1 − target)`; `None` where no amount would.
pub fn level_at(tally: &Tally, lens: Lens, target: Share) -> Option<TimeDelta> {
    let [rest, _] = sides(tally, lens);
    #[expect(clippy::cast_precision_loss, reason = "2^52 seconds are 142 million years")]
    let seconds = rest.num_seconds() as f64 * target.fraction() / (1.0 - target.fraction());
    #[expect(clippy::cast_possible_truncation, reason = "checked to be finite and small")]
    (seconds.is_finite() && seconds < 1e9).then(|| TimeDelta::seconds(seconds.round() as i64))
}

fn cells_up(time: TimeDelta, cell: TimeDelta) -> usize {
    let seconds = time.num_seconds().max(0);
    usize::try_from(seconds).unwrap_or_default().div_ceil(usize::try_from(cell.num_seconds()).unwrap_or(1).max(1))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::testing::{any_share, any_tally, cells, is_ascii, picture, roles, tally};

    fn week() -> [Tally; 4] {
        [tally(85, 65, 280), tally(45, 47, 418), tally(90, 99, 221), Tally::default()]
    }

    fn rows(tallies: &[Tally], lens: Lens, width: usize, glyphs: Glyphs) -> Vec<Row> {
        let arms = Arms::fitting(tallies.iter().map(|tally| (tally, Share::GUESS)), lens, width, 0);
        tallies.iter().map(|tally| arms.row(tally, Share::GUESS, glyphs)).collect()
    }

    #[test]
    fn levers_laid_down_share_one_axis_and_one_scale() {
        assert_snapshot!(picture(&rows(&week(), Lens::Counted, 40, Glyphs::Unicode)), @r"
               ░░░░░░░░░░░░░░┃████▓▓╽
        ░░░░░░░░░░░░░░░░░░░░░┃██▓▓     ╷
                  ░░░░░░░░░░░┃████▓╽▓▓▓
                             │
        ");
        assert_snapshot!(picture(&rows(&week(), Lens::Counted, 40, Glyphs::Ascii)), @r"
               ..............|####==^
        .....................|##==     ^
                  ...........|####=^===
                             |
        ");
        assert_snapshot!(roles(&rows(&week(), Lens::Counted, 40, Glyphs::Unicode)), @r"
               iiiiiiiiiiiiiirmmmmssS
        iiiiiiiiiiiiiiiiiiiiirmmss     r
                  iiiiiiiiiiirmmmmsSsss
                             r
        ");
        assert_snapshot!(picture(&rows(&week(), Lens::Apart, 40, Glyphs::Unicode)), @r"
              ▓▓▓░░░░░░░░░░░░░░┃████   ╷
        ▓▓░░░░░░░░░░░░░░░░░░░░░┃██        ╷
               ▓▓▓▓▓░░░░░░░░░░░┃████   ╷
                               │
        ");
    }

    #[test]
    fn one_minute_of_creation_decides_whether_the_arm_reaches_the_tick() {
        let pair = [tally(89, 0, 210), tally(90, 0, 210)];
        assert_snapshot!(picture(&rows(&pair, Lens::Counted, 30, Glyphs::Unicode)), @r"
        ░░░░░░░░░░░░░░┃██████╷
        ░░░░░░░░░░░░░░┃█████╽
        ");
    }

    proptest! {
        #[test]
        fn an_arm_reaches_the_tick_if_and_only_if_the_target_is_met(
            tallies in prop::collection::vec((any_tally(), any_share()), 1..8),
            width in 24_usize..130, apart in any::<bool>(),
        ) {
            let lens = if apart { Lens::Apart } else { Lens::Counted };
            let arms = Arms::fitting(tallies.iter().map(|(tally, target)| (tally, *target)), lens, width, 0);
            for (tally, target) in &tallies {
                let row = arms.row(tally, *target, Glyphs::Unicode);
                let ascii = arms.row(tally, *target, Glyphs::Ascii);
                prop_assert_eq!(row.width(), width);
                prop_assert!(is_ascii(&ascii));
                let role = |row| cells(row).into_iter().map(|(_, role)| role).collect::<Vec<_>>();
                prop_assert_eq!(role(&row), role(&ascii), "the same geometry");

                let cells = cells(&row);
                let met = kinds::target_is_met(tally, lens, *target);
                let has_time = tally.logged() > TimeDelta::zero();
                let within = cells.iter().position(|(glyph, _)| *glyph == '╽');
                let beyond = cells.iter().position(|(glyph, _)| "╷▸".contains(*glyph));
                prop_assert_eq!(beyond.is_some(), has_time && !met);
                prop_assert!(within.is_none() || met);
                let reach = cells.iter().skip(arms.axis() + 1).filter(|(glyph, _)| "█▓░╽".contains(*glyph)).count();
                let on_axis = level_at(tally, lens, *target) == Some(TimeDelta::zero());
                prop_assert!(within.is_some() || !met || reach == 0 || on_axis, "a target that is met has its tick within");
                let end = cells.iter().rposition(|(glyph, _)| "█▓░┃╽".contains(*glyph));
                prop_assert!(beyond.is_none() || beyond > end, "else it stands beyond");

                let inked = cells.iter().filter(|(glyph, _)| "█▓░╽".contains(*glyph)).count();
                prop_assert_eq!(inked, arms.cells_of(tally.logged()), "the cells add up to what was logged");
            }
        }

        #[test]
        fn any_width_at_all_can_be_drawn(tally in any_tally(), target in any_share(), width in 0_usize..24) {
            let arms = Arms::fitting([(&tally, target)], Lens::Counted, width, 9);
            prop_assert_eq!(arms.row(&tally, target, Glyphs::Unicode).width(), width);
        }
    }
}
