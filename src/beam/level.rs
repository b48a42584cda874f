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
