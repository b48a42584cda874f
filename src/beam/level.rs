//! The level: one row. Only the difference from the target is inked: which side says
//! which way, the length says how far, no ink is level.

use super::canvas::Canvas;
use super::kinds;
use super::row::{Glyphs, Role, Row};
use crate::domain::{Kind, Share};

/// How many points either side of the pivot holds; what is more is clipped.
const POINTS_A_SIDE: f64 = 30.0;

/// Draws the level of a share over `cells`, best an odd number of at least nine; a
/// share of nothing is a broken rail and a hollow pivot.
///
/// ```text
///  12 %  ─────░░░░░░░▲────────────   -----<<<<<<<^------------
///  44 %  ────────────▲█████▌──────   ------------^>>>>>>------
/// 100 %  ────────────▲███████████▸   ------------^>>>>>>>>>>>>
/// empty  ┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄   ............^............
/// ```
///
/// Out steps by half a cell; in by a whole one, for the light shade has no half. Of
/// one cell or two, only the way is left: `◂`, `▲` or `▸`.
pub fn level(share: Option<Share>, target: Share, cells: usize, glyphs: Glyphs) -> Row {
    let pivot = cells / 2;
    let Some(share) = share else {
        let mut empty = Canvas::filled(cells, glyphs.pick('┄', '.'), Role::Rail);
        empty.set(pivot, glyphs.pick('△', '^'), Role::Rail);
        return empty.row();
    };
    let points = share.points() - target.points();
    let mut canvas = Canvas::filled(cells, glyphs.pick('─', '-'), Role::Rail);
    canvas.set(pivot, glyphs.pick('▲', '^'), Role::Plain);
    let side = cells.saturating_sub(1) / 2;
    if side == 0 {
        point_the_way(&mut canvas, pivot, points, glyphs);
    } else if points < 0.0 {
        ink_in(&mut canvas, pivot, steps(points, side, 1.0), glyphs);
    } else {
        ink_out(&mut canvas, pivot, cells - pivot - 1, steps(points, side, 2.0), glyphs);
    }
    canvas.row()
}

/// Returns how many steps of ink a difference has, with so many steps to a cell and
/// the points of a side laid over `side` cells.
#[expect(clippy::cast_precision_loss, reason = "a terminal is not that wide")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, positive and small")]
fn steps(points: f64, side: usize, steps_a_cell: f64) -> usize {
    (points.abs() / POINTS_A_SIDE * side as f64 * steps_a_cell).round() as usize
}

fn ink_in(canvas: &mut Canvas, pivot: usize, inked: usize, glyphs: Glyphs) {
    let kept = inked.min(pivot);
    canvas.fill(pivot - kept, kept, glyphs.pick(kinds::glyph(Kind::Consuming, glyphs), '<'), Role::TakenIn);
    if inked > pivot {
        canvas.set(0, glyphs.pick('◂', '<'), Role::TakenIn);
    }
}

fn ink_out(canvas: &mut Canvas, pivot: usize, room: usize, halves: usize, glyphs: Glyphs) {
    let whole = (halves / 2).min(room);
    canvas.fill(pivot + 1, whole, glyphs.pick(kinds::glyph(Kind::Creating, glyphs), '>'), Role::Made);
    if halves.div_ceil(2) > room {
        canvas.set(pivot + room, glyphs.pick('▸', '>'), Role::Made);
    } else if halves % 2 == 1 {
        canvas.set(pivot + 1 + whole, glyphs.pick('▌', '>'), Role::Made);
    }
}

fn point_the_way(canvas: &mut Canvas, pivot: usize, points: f64, glyphs: Glyphs) {
    if points < -POINTS_A_SIDE / 2.0 {
        canvas.set(pivot, glyphs.pick('◂', '<'), Role::TakenIn);
    } else if points > POINTS_A_SIDE / 2.0 {
        canvas.set(pivot, glyphs.pick('▸', '>'), Role::Made);
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::testing::{any_share, cells, is_ascii};

    fn drawn(points: f64, width: usize, glyphs: Glyphs) -> String {
        level(Share::percent(points), Share::GUESS, width, glyphs).text()
    }

    #[test]
    fn only_the_difference_is_inked() {
        let all = [0.0, 12.0, 23.0, 30.0, 44.0, 100.0];
        let rows = |glyphs| all.map(|points| drawn(points, 25, glyphs)).join("\n");
        assert_snapshot!(rows(Glyphs::Unicode), @r"
        ░░░░░░░░░░░░▲────────────
        ─────░░░░░░░▲────────────
        ─────────░░░▲────────────
        ────────────▲────────────
        ────────────▲█████▌──────
        ────────────▲███████████▸
        ");
        assert_snapshot!(rows(Glyphs::Ascii), @r"
        <<<<<<<<<<<<^------------
        -----<<<<<<<^------------
        ---------<<<^------------
        ------------^------------
        ------------^>>>>>>------
        ------------^>>>>>>>>>>>>
        ");
        assert_snapshot!(level(None, Share::GUESS, 25, Glyphs::Unicode).text(), @"┄┄┄┄┄┄┄┄┄┄┄┄△┄┄┄┄┄┄┄┄┄┄┄┄");
    }

    #[test]
    fn it_shrinks_until_only_the_way_is_left() {
        let rows = |points| (0..=9).map(|width| drawn(points, width, Glyphs::Unicode)).collect::<Vec<_>>().join("\n");
        assert_snapshot!(rows(12.0), @r"
        ◂
        ─◂
        ░▲─
        ─░▲─
        ─░▲──
        ──░▲──
        ─░░▲───
        ──░░▲───
        ──░░▲────
        ");
        assert_snapshot!(rows(90.0), @r"
        ▸
        ─▸
        ─▲▸
        ──▲▸
        ──▲█▸
        ───▲█▸
        ───▲██▸
        ────▲██▸
        ────▲███▸
        ");
    }

    proptest! {
        #[test]
        fn the_ink_says_which_way_and_how_far(share in any_share(), target in any_share(), width in 3_usize..150) {
            let row = level(Some(share), target, width, Glyphs::Unicode);
            let ascii = level(Some(share), target, width, Glyphs::Ascii);
            prop_assert_eq!(row.width(), width);
            prop_assert!(is_ascii(&ascii));
            let role = |row| cells(row).into_iter().map(|(_, role)| role).collect::<Vec<_>>();
            prop_assert_eq!(role(&row), role(&ascii), "the same geometry");

            let cells = cells(&row);
            let of = |role| cells.iter().enumerate().filter(move |(_, cell)| cell.1 == role).map(|(at, _)| at);
            let (inward, outward) = (of(Role::TakenIn).count(), of(Role::Made).count());
            prop_assert!(of(Role::TakenIn).all(|at| at < width / 2) && of(Role::Made).all(|at| at > width / 2));
            prop_assert!(inward == 0 || outward == 0);

            let side = f64::from(u32::try_from((width - 1) / 2).unwrap());
            let off = (share.points() - target.points()) / POINTS_A_SIDE * side;
            prop_assert!(inward > 0 || off > -0.51, "{off} cells below, and no ink");
            prop_assert!(outward > 0 || off < 0.26, "{off} cells above, and no ink");
            prop_assert!(inward == 0 || off < -0.49, "{off} cells, and ink below");
            prop_assert!(outward == 0 || off > 0.24, "{off} cells, and ink above");
        }

        #[test]
        fn nothing_logged_has_no_ink(target in any_share(), width in 0_usize..150) {
            let row = level(None, target, width, Glyphs::Unicode);
            prop_assert_eq!(row.width(), width);
            prop_assert!(cells(&row).iter().all(|(glyph, role)| *role == Role::Rail && "┄△".contains(*glyph)));
        }
    }
}
