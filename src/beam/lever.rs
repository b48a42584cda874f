//! The lever: three rows or six. The pivot stands at the target's part of the width
//! and the loads at the ends, so it is true physics: arms of t and 1 − t balance
//! exactly when the share is t, and a small load on the long arm lifts a large one.

use chrono::TimeDelta;

use super::canvas::Canvas;
use super::kinds;
use super::level::level;
use super::row::{Glyphs, Role, Row};
use crate::domain::length::{length, share_out, shown};
use crate::domain::{Kind, Lens, Level, Share, Tally};

/// The pivot keeps so many cells from either end.
const SHORTEST_ARM: usize = 8;
/// A load is so many bricks wide, where the arm is long enough and they fit.
const LOAD: usize = 10;
/// A tilt of more points than this is the greatest that is drawn.
const STEEP_POINTS: f64 = 15.0;
/// How long a brick lasts, unless so many do not fit: then twice as long, and again.
const BRICK: TimeDelta = TimeDelta::minutes(15);

/// A tally on a lever.
///
/// ```
/// use chrono::TimeDelta;
/// use tiltmeter::beam::{Glyphs, Lever, LeverHeight};
/// use tiltmeter::domain::{Lens, Share, Tally};
///
/// let (creating, consuming) = (TimeDelta::hours(2), TimeDelta::hours(5));
/// let tally = Tally { creating, consuming, ..Tally::default() };
/// let lever = Lever { tally, lens: Lens::Counted, target: Share::GUESS };
/// for row in lever.rows(41, LeverHeight::Six, Glyphs::Unicode) {
///     println!("{}", row.text());
/// }
/// ```
///
/// draws one of these:
///
/// ```text
///  ░░░░░                                             30 %
///  ░░░░░░░░░░                   ██▓                  ░░░░░░░░░░
///  ░░░░░░░░░░ ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━          ░░░░░░░░░░                   █████▓▓▓
/// ━━━━━━━━━━━━┛                                     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
/// in 6h10     ▲ 30 %               out 0h50         in 4h54     ▲ 30 %               out 2h06
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lever {
    /// What was logged.
    pub tally: Tally,
    /// Whether shaping stands on the out side or, set apart, on the in side.
    pub lens: Lens,
    /// Where the pivot stands.
    pub target: Share,
}

/// How many rows a lever takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeverHeight {
    /// One row of load, its bricks as short as fit; a plank that tilts within its row;
    /// the words.
    Three,
    /// Bricks upon each other on a plank that tilts by whole rows, the words.
    Six,
}

impl LeverHeight {
    /// Returns the number of rows.
    pub fn rows(self) -> usize {
        match self {
            Self::Three => 3,
            Self::Six => 6,
        }
    }
}

/// Which way the plank tilts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tilt {
    In(usize),
    Out(usize),
}

impl Tilt {
    /// Whether it tilts at all, the words say too; so both ask the tally.
    fn of(tally: &Tally, lens: Lens, target: Share) -> Self {
        let beyond = tally.share(lens).map_or(0.0, |share| (share.points() - target.points()).abs());
        let steps = if beyond > STEEP_POINTS { 2 } else { 1 };
        match tally.level(lens, target) {
            None | Some(Level::Level) => Self::Out(0),
            Some(Level::ToLevel(_)) => Self::In(steps),
            Some(Level::ToSpare(_)) => Self::Out(steps),
        }
    }

    fn steps(self) -> usize {
        match self {
            Self::In(steps) | Self::Out(steps) => steps,
        }
    }

    /// Returns the rows of the plank left and right of the pivot, lying on `ground`.
    fn planks(self, ground: usize) -> [usize; 2] {
        match self {
            Self::In(steps) => [ground, ground - steps],
            Self::Out(steps) => [ground - steps, ground],
        }
    }

    fn gentler(self) -> Self {
        match self {
            Self::In(steps) => Self::In(steps.saturating_sub(1)),
            Self::Out(steps) => Self::Out(steps.saturating_sub(1)),
        }
    }
}

/// The bricks of one side, from the inner end of the lowest row on.
#[derive(Debug)]
struct Load {
    bricks: Vec<Kind>,
    /// The cells of the plank that may carry it.
    arm: usize,
    /// The rows above the plank, which lies in the row of that number.
    height: usize,
}

impl Load {
    /// Returns how many bricks lie beside each other: always the same, unless there
    /// are more than can be piled up so.
    fn across(&self) -> usize {
        LOAD.min(self.arm).max(self.bricks.len().div_ceil(self.height.max(1)))
    }

    fn fits(&self) -> bool {
        self.across() <= self.arm
    }

    /// Draws it from the cell `at` on, row upon row from below.
    fn draw(&self, canvases: &mut [Canvas], at: usize, glyphs: Glyphs) {
        let from_below = canvases.iter_mut().take(self.height).rev();
        for (canvas, bricks) in from_below.zip(self.bricks.chunks(self.across().max(1))) {
            for (at, kind) in (at..).zip(bricks) {
                canvas.set(at, kinds::glyph(*kind, glyphs), kinds::role(*kind));
            }
        }
    }
}

impl Lever {
    /// The width from which on a lever can be drawn; a level is drawn where there is less.
    pub const NARROWEST: usize = 2 * SHORTEST_ARM + 1;

    /// Draws the lever over `cells`.
    pub fn rows(&self, cells: usize, height: LeverHeight, glyphs: Glyphs) -> Vec<Row> {
        if cells < Self::NARROWEST {
            let mut rows = vec![Canvas::blank(cells).row(); height.rows() - 1];
            rows.push(level(self.tally.share(self.lens), self.target, cells, glyphs));
            return rows;
        }
        let mut rows = match height {
            LeverHeight::Three => self.three(cells, glyphs),
            LeverHeight::Six => self.six(cells, glyphs),
        };
        rows.push(self.words(cells, glyphs));
        rows.into_iter().map(Canvas::row).collect()
    }

    fn three(&self, cells: usize, glyphs: Glyphs) -> Vec<Canvas> {
        let mut load = vec![Canvas::blank(cells)];
        let planks = [load.len(); 2];
        self.draw_loads(&mut load, planks, cells, self.brick(cells, planks), glyphs);
        load.push(self.slope(cells, glyphs));
        load
    }

    fn six(&self, cells: usize, glyphs: Glyphs) -> Vec<Canvas> {
        let mut canvases = vec![Canvas::blank(cells); LeverHeight::Six.rows() - 1];
        let ground = canvases.len() - 1;
        // The lifted load has less height: before bricks are made longer for it, the
        // plank tilts less.
        let mut tilt = self.tilt();
        let brick = self.brick(cells, [ground; 2]);
        while tilt.steps() > 0 && self.brick(cells, tilt.planks(ground)) > brick {
            tilt = tilt.gentler();
        }
        let planks = tilt.planks(ground);
        self.draw_plank(&mut canvases, planks, cells, glyphs);
        self.draw_loads(&mut canvases, planks, cells, brick, glyphs);
        canvases
    }

    /// Draws the plank in its rows, and the joint over the pivot.
    fn draw_plank(&self, canvases: &mut [Canvas], [left, right]: [usize; 2], cells: usize, glyphs: Glyphs) {
        let pivot = self.pivot(cells);
        let wood = if self.is_empty() { glyphs.pick('┄', '.') } else { glyphs.pick('━', '-') };
        let (low_end, high_end) = if left > right { ('┛', '┏') } else { ('┗', '┓') };
        let (high, low) = (left.min(right), left.max(right));
        for (row, canvas) in canvases.iter_mut().enumerate().take(low + 1).skip(high) {
            let joint = match row {
                _ if high == low => wood,
                row if row == low => glyphs.pick(low_end, '+'),
                row if row == high => glyphs.pick(high_end, '+'),
                _ => glyphs.pick('┃', '|'),
            };
            canvas.set(pivot, joint, Role::Rail);
            if row == left {
                canvas.fill(0, pivot, wood, Role::Rail);
            }
            if row == right {
                canvas.fill(pivot + 1, cells, wood, Role::Rail);
            }
        }
    }

    /// Returns the plank in one row. It lies on the middle of the cell at the pivot, and
    /// the steeper it is, the nearer to the pivot its arms leave it, one down, one up.
    fn slope(&self, cells: usize, glyphs: Glyphs) -> Canvas {
        if self.is_empty() {
            return Canvas::filled(cells, glyphs.pick('┄', '.'), Role::Rail);
        }
        let pivot = self.pivot(cells);
        let (down, up) = (glyphs.pick('▁', '_'), glyphs.pick('▔', '\''));
        let [left, right] = match self.tilt() {
            Tilt::In(_) => [down, up],
            Tilt::Out(_) => [up, down],
        };
        let leaves = |arm: usize| match self.tilt().steps() {
            0 => 0,
            1 => arm / 2,
            _ => arm * 3 / 4,
        };
        let mut canvas = Canvas::filled(cells, glyphs.pick('━', '-'), Role::Rail);
        canvas.fill(0, leaves(pivot), left, Role::Rail);
        let falls = leaves(cells - 1 - pivot);
        canvas.fill(cells - falls, falls, right, Role::Rail);
        canvas
    }

    /// Draws the loads of both sides upon their planks.
    fn draw_loads(&self, canvases: &mut [Canvas], planks: [usize; 2], cells: usize, brick: TimeDelta, glyphs: Glyphs) {
        let [within, without] = self.loads(cells, planks, brick);
        let outer_end = cells - 1;
        within.draw(canvases, 1, glyphs);
        without.draw(canvases, outer_end.saturating_sub(without.across()), glyphs);
    }

    /// Returns the shortest brick of which there is room for all on these planks.
    fn brick(&self, cells: usize, planks: [usize; 2]) -> TimeDelta {
        let mut lengths = std::iter::successors(Some(BRICK), |brick| brick.checked_mul(2));
        lengths.find(|brick| self.loads(cells, planks, *brick).iter().all(Load::fits)).unwrap_or(BRICK)
    }

    /// Returns what lies on each side, one cell at the end of the plank left free.
    fn loads(&self, cells: usize, [left, right]: [usize; 2], brick: TimeDelta) -> [Load; 2] {
        let pivot = self.pivot(cells);
        let [within, without] = self.bricks(brick);
        [
            Load { bricks: within, arm: pivot - 1, height: left },
            Load { bricks: without, arm: cells - pivot - 2, height: right },
        ]
    }

    fn pivot(&self, cells: usize) -> usize {
        let (shortest, longest) = (SHORTEST_ARM, cells - 1 - SHORTEST_ARM);
        #[expect(clippy::cast_precision_loss, reason = "a terminal is not that wide")]
        let at = self.target.fraction() * cells as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is 0 to 1")]
        let at = at.round() as usize;
        at.clamp(shortest, longest)
    }

    fn tilt(&self) -> Tilt {
        Tilt::of(&self.tally, self.lens, self.target)
    }

    /// Returns the bricks of both sides, in and then out, the inner kind first, shared out so that they add up to the
    /// time logged.
    pub fn bricks(&self, brick: TimeDelta) -> [Vec<Kind>; 2] {
        let kinds = kinds::sides(self.lens).concat();
        let times: Vec<TimeDelta> = kinds.iter().map(|kind| self.tally.time(*kind)).collect();
        let logged = self.tally.logged().num_seconds().max(0);
        let pieces = usize::try_from((logged + brick.num_seconds() / 2) / brick.num_seconds()).unwrap_or_default();
        let shares = share_out(&times, brick, pieces);
        kinds::sides(self.lens).map(|side| {
            let of = |kind: &Kind| kinds.iter().zip(&shares).find(|(of, _)| *of == kind).map_or(0, |(_, share)| *share);
            side.iter().flat_map(|kind| std::iter::repeat_n(*kind, of(kind))).collect()
        })
    }

    /// Returns the last row: what each side weighs, and where the pivot stands.
    fn words(&self, cells: usize, glyphs: Glyphs) -> Canvas {
        let mut canvas = Canvas::blank(cells);
        let pivot = self.pivot(cells);
        let shown = shown(&self.tally);
        let weight = |side: &[Kind]| length(side.iter().map(|kind| shown.time(*kind)).sum());
        let [within, without] = kinds::sides(self.lens).map(weight);
        let pivot_glyph = if self.is_empty() { glyphs.pick('△', '^') } else { glyphs.pick('▲', '^') };
        canvas.set(pivot, pivot_glyph, Role::Plain);
        for word in [format!("in {within}"), within] {
            if word.len() < pivot && canvas.is_blank(0, word.len() + 1) {
                canvas.write(0, &word, Role::Plain);
                break;
            }
        }
        for word in [format!("out {without}"), without] {
            let at = cells.saturating_sub(word.len());
            if at > pivot + 1 {
                canvas.write(at, &word, Role::Plain);
                break;
            }
        }
        let target = format!("{} %", self.target.shown());
        if canvas.is_blank(pivot + 1, target.len() + 3) {
            canvas.write(pivot + 2, &target, Role::Faint);
        }
        canvas
    }

    fn is_empty(&self) -> bool {
        self.tally.logged() <= TimeDelta::zero()
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::testing::{any_share, any_tally, cells, is_ascii, picture, roles, tally};

    fn lever(tally: Tally) -> Lever {
        Lever { tally, lens: Lens::Counted, target: Share::GUESS }
    }

    fn drawn(lever: Lever, height: LeverHeight, glyphs: Glyphs) -> String {
        picture(&lever.rows(41, height, glyphs))
    }

    #[test]
    fn a_small_load_on_the_long_arm_lifts_a_large_one() {
        let heavy = lever(tally(30, 20, 370));
        assert_snapshot!(drawn(heavy, LeverHeight::Six, Glyphs::Unicode), @r"
         ░░░░░                        ██▓
         ░░░░░░░░░░ ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━
         ░░░░░░░░░░ ┃
        ━━━━━━━━━━━━┛
        in 6h10     ▲ 30 %               out 0h50
        ");
        assert_snapshot!(drawn(heavy, LeverHeight::Six, Glyphs::Ascii), @r"
         .....                        ##=
         .......... +----------------------------
         .......... |
        ------------+
        in 6h10     ^ 30 %               out 0h50
        ");
        assert_snapshot!(drawn(heavy, LeverHeight::Three, Glyphs::Unicode), @r"
         ░░░░░░                       █
        ▁▁▁▁▁▁▁▁▁━━━━━━━━━━━▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
        in 6h10     ▲ 30 %               out 0h50
        ");
        assert_snapshot!(drawn(heavy, LeverHeight::Three, Glyphs::Ascii), @r"
         ......                       #
        _________-----------'''''''''''''''''''''
        in 6h10     ^ 30 %               out 0h50
        ");
    }

    #[test]
    fn arms_of_t_and_the_rest_balance_when_the_share_is_t() {
        let level = lever(tally(60, 66, 294));
        assert_snapshot!(drawn(level, LeverHeight::Six, Glyphs::Unicode), @r"
         ░░░░░░░░░░
         ░░░░░░░░░░                   ████▓▓▓▓
        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        in 4h54     ▲ 30 %               out 2h06
        ");
        assert_snapshot!(drawn(level, LeverHeight::Three, Glyphs::Unicode), @r"
         ░░░░░░░░░░                   ██▓▓
        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        in 4h54     ▲ 30 %               out 2h06
        ");
    }

    #[test]
    fn more_creation_than_the_target_lowers_the_out_side() {
        let light = lever(tally(140, 45, 235));
        assert_snapshot!(drawn(light, LeverHeight::Six, Glyphs::Unicode), @r"
         ░░░░░░
         ░░░░░░░░░░                   ▓▓
        ━━━━━━━━━━━━┓                 █████████▓
                    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        in 3h55     ▲ 30 %               out 3h05
        ");
        assert_snapshot!(drawn(light, LeverHeight::Three, Glyphs::Unicode), @r"
         ░░░░░░░░                     █████▓
        ▔▔▔▔▔▔━━━━━━━━━━━━━━━━━━━━━▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        in 3h55     ▲ 30 %               out 3h05
        ");
        assert_snapshot!(roles(&light.rows(41, LeverHeight::Six, Glyphs::Unicode)), @r"
         iiiiii
         iiiiiiiiii                   ss
        rrrrrrrrrrrrr                 mmmmmmmmms
                    rrrrrrrrrrrrrrrrrrrrrrrrrrrrr
                      ffff
        ");
    }

    #[test]
    fn set_apart_shaping_weighs_on_the_in_side_and_keeps_its_glyph() {
        let apart = Lever { lens: Lens::Apart, ..lever(tally(60, 66, 294)) };
        assert_snapshot!(drawn(apart, LeverHeight::Six, Glyphs::Unicode), @r"
         ▓▓▓▓                         ████
         ░░░░░░░░░░ ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━
         ░░░░░░░░░░ ┃
        ━━━━━━━━━━━━┛
        in 6h00     ▲ 30 %               out 1h00
        ");
    }

    #[test]
    fn nothing_logged_is_a_broken_plank_on_a_hollow_pivot() {
        assert_snapshot!(drawn(lever(Tally::default()), LeverHeight::Three, Glyphs::Unicode), @r"
        ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
        in 0h00     △ 30 %               out 0h00
        ");
    }

    #[test]
    fn the_plank_lies_level_wherever_the_words_say_level() {
        for (made, points) in (0..=100).flat_map(|made| [made - 5, made + 5].map(|points| (made, points))) {
            let Some(target) = Share::percent(f64::from(points)) else { continue };
            let lever = Lever { target, ..lever(tally(made.into(), 0, (100 - made).into())) };
            assert_eq!(lever.tally.level(lever.lens, target), Some(Level::Level), "{made} to {points}");
            assert_eq!(lever.tilt().steps(), 0, "{made} to {points}");
        }
    }

    #[test]
    fn a_quarter_of_an_hour_is_a_brick_however_the_day_leans() {
        for made in 0..=8 {
            let day = lever(tally(made * 15, 0, (8 - made) * 15));
            let rows = day.rows(41, LeverHeight::Six, Glyphs::Unicode);
            let bricks = rows.iter().flat_map(cells).filter(|(glyph, _)| "█▓░".contains(*glyph)).count();
            assert_eq!(bricks, 8, "{made}");
        }
    }

    #[test]
    fn the_plank_tilts_less_before_the_lifted_load_loses_its_bricks() {
        let target = Share::percent(90.0).unwrap();
        let lever = Lever { target, ..lever(tally(480, 0, 150)) };
        assert_snapshot!(drawn(lever, LeverHeight::Six, Glyphs::Unicode), @r"
                                         ██
                                         ███████
                                         ███████
         ░░░░░                          ┏━━━━━━━━
        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
        in 2h30                         ▲    8h00
        ");
    }

    proptest! {
        #[test]
        fn every_lever_is_as_wide_as_asked_and_carries_all_that_was_logged(
            tally in any_tally(), target in any_share(), width in 0_usize..130,
            apart in any::<bool>(), six in any::<bool>(),
        ) {
            let lens = if apart { Lens::Apart } else { Lens::Counted };
            let lever = Lever { tally, lens, target };
            let height = if six { LeverHeight::Six } else { LeverHeight::Three };
            let unicode = lever.rows(width, height, Glyphs::Unicode);
            let ascii = lever.rows(width, height, Glyphs::Ascii);
            prop_assert_eq!(unicode.len(), height.rows());
            for (row, plain) in unicode.iter().zip(&ascii) {
                prop_assert_eq!(row.width(), width);
                prop_assert!(is_ascii(plain));
                let role = |row| cells(row).into_iter().map(|(_, role)| role).collect::<Vec<_>>();
                prop_assert_eq!(role(row), role(plain), "the same geometry");
            }
            if width < Lever::NARROWEST {
                return Ok(());
            }
            let count = |kind: Kind| {
                let glyph = kinds::glyph(kind, Glyphs::Unicode);
                unicode.iter().flat_map(cells).filter(|(drawn, _)| *drawn == glyph).count()
            };
            let brick = lever.brick(width, [if six { 4 } else { 1 }; 2]);
            let expected = lever.bricks(brick).concat();
            for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
                prop_assert_eq!(count(kind), expected.iter().filter(|brick| **brick == kind).count());
            }
            let carried = i64::try_from(expected.len()).unwrap() * brick.num_seconds();
            prop_assert!((carried - tally.logged().num_seconds()).abs() * 2 <= brick.num_seconds());
        }
    }
}
