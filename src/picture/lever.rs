//! The lever of a day. Its pivot stands at the target's part of the plank, bricks of time
//! lie at the ends, and it tilts as it would.

use chrono::TimeDelta;

use super::drawing::{Drawing, EDGE, WIDTH};
use super::said::Balance;
use crate::beam::{Lever, kinds};
use crate::domain::{Kind, Lens, Level, Share, Tally};
use crate::report::words;

/// The pivot keeps so far from either end.
const SHORTEST_ARM: f64 = 64.0;
/// How high the pivot is: an end that has sunk so far lies on the ground.
const PIVOT: f64 = 34.0;
const PLANK: f64 = 5.0;
/// A brick with the space beside it.
const BRICK: f64 = 15.0;
/// So many bricks lie beside each other, and on each other, before they stand for more.
const ACROSS: usize = 10;
const HIGH: usize = 8;
/// The plank is never steeper, in degrees; it is as steep as it gets so many points from
/// the target, and can be seen to tilt as soon as it does.
const STEEPEST: f64 = 8.0;
const STEEP_POINTS: f64 = 20.0;
const GENTLEST: f64 = 1.2;

/// The bricks of one side, from the inner end on.
struct Load {
    bricks: Vec<Kind>,
    high: usize,
}

impl Load {
    fn of(bricks: Vec<Kind>, across: usize) -> Self {
        let high = bricks.len().div_ceil(across.max(1));
        Self { bricks, high }
    }

    /// Returns its columns, the inner one first.
    fn columns(&self) -> impl ExactSizeIterator<Item = &[Kind]> {
        self.bricks.chunks(self.high.max(1))
    }
}

/// Draws a day's lever with its words below it.
pub(super) fn draw(of: &Balance, target: &str, drawing: &mut Drawing) {
    let pivot = pivot(of.target);
    let arms = [pivot - EDGE, WIDTH - EDGE - pivot];
    let (brick, loads) = loads(of, arms);
    let degrees = tilt(&of.tally, of.lens, of.target, arms);
    drawing.grow(height_above(&loads, degrees, arms) + PIVOT);
    let ground = drawing.grow(0.0);
    let plank = ground - PIVOT;
    let is_empty = of.tally.logged() <= TimeDelta::zero();
    drawing.turned(degrees, (pivot, plank), |drawing| {
        let class = if is_empty { "gap" } else { "wood" };
        drawing.rect(class, (EDGE, plank - PLANK), (WIDTH - 2.0 * EDGE, PLANK), None);
        draw_loads(&loads, plank - PLANK, drawing);
    });
    let class = if is_empty { "rail hollow" } else { "wood" };
    drawing.shape(class, &[(pivot, plank), (pivot + 16.0, ground), (pivot - 16.0, ground)]);
    drawing.line("rail", (EDGE, ground), (WIDTH - EDGE, ground));
    draw_words(of, pivot, target, (brick, is_empty), drawing);
}

fn pivot(target: Share) -> f64 {
    let plank = WIDTH - 2.0 * EDGE;
    EDGE + (target.fraction() * plank).clamp(SHORTEST_ARM, plank - SHORTEST_ARM)
}

/// Returns the degrees by which the plank is turned, clockwise: out is right, and down
/// where it weighs more. It is level exactly where the words say so.
fn tilt(tally: &Tally, lens: Lens, target: Share, [within, without]: [f64; 2]) -> f64 {
    let points = tally.share(lens).map_or(0.0, |share| (share.points() - target.points()).abs());
    let steep = |arm: f64| {
        let lies_on_ground = arc_of(((PIVOT - PLANK) / arm).min(1.0)).to_degrees();
        let steepest = STEEPEST.min(lies_on_ground);
        (steepest * (points / STEEP_POINTS).min(1.0)).max(GENTLEST)
    };
    match tally.level(lens, target) {
        None | Some(Level::Level) => 0.0,
        Some(Level::ToLevel(_)) => -steep(within),
        Some(Level::ToSpare(_)) => steep(without),
    }
}

/// Returns the loads in bricks of a quarter of an hour, or of twice that, and twice again,
/// until they can be piled up; and how long a brick is.
fn loads(of: &Balance, arms: [f64; 2]) -> (TimeDelta, [Load; 2]) {
    let lever = Lever { tally: of.tally, lens: of.lens, target: of.target };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an arm is short and positive")]
    let [within, without] = arms.map(|arm| (((arm - 10.0) / BRICK) as usize).clamp(1, ACROSS));
    let mut brick = TimeDelta::minutes(15);
    loop {
        let [inward, outward] = lever.bricks(brick);
        let loads = [Load::of(inward, within), Load::of(outward, without)];
        if loads.iter().all(|load| load.high <= HIGH) {
            return (brick, loads);
        }
        brick = brick * 2;
    }
}

/// Returns how far what is drawn rises over the plank at its pivot.
fn height_above([inward, outward]: &[Load; 2], degrees: f64, [within, without]: [f64; 2]) -> f64 {
    let sine = sine_of(degrees.to_radians());
    let rises = |load: &Load, arm: f64, rise: f64| length_of(load.high) + arm * rise + PLANK;
    rises(inward, within, sine).max(rises(outward, without, -sine)).max(PLANK) + 10.0
}

/// Returns the sine of a small angle, by the first terms of its series.
///
/// The standard library's would have every start of the program load the system's library of
/// mathematics, which costs a tenth of a millisecond, whatever the command.
fn sine_of(angle: f64) -> f64 {
    let square = angle * angle;
    angle * (1.0 - square / 6.0 * (1.0 - square / 20.0))
}

/// Returns the angle of a sine, by the first terms of its series: never more than it is.
fn arc_of(sine: f64) -> f64 {
    let square = sine * sine;
    sine * (1.0 + square / 6.0 + square * square * 3.0 / 40.0)
}

fn draw_loads([inward, outward]: &[Load; 2], plank: f64, drawing: &mut Drawing) {
    let from =
        [EDGE + 5.0 + length_of(inward.columns().len()), WIDTH - EDGE - 4.0 - length_of(outward.columns().len())];
    let [inner_end, outer_start] = from;
    for (at, column) in inward.columns().enumerate() {
        draw_column(column, inner_end - length_of(at + 1), plank, drawing);
    }
    for (at, column) in outward.columns().enumerate() {
        draw_column(column, outer_start + length_of(at), plank, drawing);
    }
}

fn draw_column(column: &[Kind], left: f64, plank: f64, drawing: &mut Drawing) {
    for (at, kind) in column.iter().enumerate() {
        let top = plank - length_of(at + 1) + 1.0;
        drawing.rect(class(*kind), (left + 0.5, top), (BRICK - 2.0, BRICK - 2.0), None);
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are a few dozen bricks")]
fn length_of(bricks: usize) -> f64 {
    bricks as f64 * BRICK
}

/// Says what lies on each side, and by its marks which is which.
fn draw_words(of: &Balance, pivot: f64, target: &str, (brick, is_empty): (TimeDelta, bool), drawing: &mut Drawing) {
    let first = drawing.grow(22.0) + 17.0;
    let class = if pivot < 200.0 { "faint small" } else { "faint small end" };
    let beside = if pivot < 200.0 { 22.0 } else { -22.0 };
    drawing.words(class, (pivot + beside, first - 23.0), target);
    let shown = words::shown(&of.tally);
    let [inward, outward] = kinds::sides(of.lens);
    let mut left = EDGE;
    for kind in inward {
        left = key(*kind, &words::length(shown.time(*kind)), left, first, drawing);
    }
    let middle = left;
    let mut left = WIDTH - EDGE - if outward.len() > 1 { 2.0 * KEY - 6.0 } else { KEY - 18.0 };
    let middle = f64::midpoint(middle, left) - 8.0;
    for kind in outward {
        left = key(*kind, &words::length(shown.time(*kind)), left, first, drawing);
    }
    if !is_empty {
        let brick = format!("a brick is {} minutes", brick.num_minutes());
        drawing.words("faint small middle", (middle, first), &brick);
    }
    drawing.grow(12.0);
}

/// How far apart keys stand.
const KEY: f64 = 130.0;

/// Draws the mark of a kind, its word and how long it lasted; returns where the next begins.
pub(super) fn key(kind: Kind, length: &str, left: f64, line: f64, drawing: &mut Drawing) -> f64 {
    drawing.rect(class(kind), (left + 0.5, line - 10.5), (11.0, 11.0), None);
    drawing.words("ink", (left + 18.0, line), &format!("{} {length}", kind.done()));
    left + KEY
}

/// Returns the class of a kind.
pub(super) fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Creating => "made",
        Kind::Shaping => "shaped",
        Kind::Consuming => "taken-in",
        Kind::Off => "off",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::beam::testing::{any_share, any_tally, tally};

    fn balance(tally: Tally, lens: Lens, target: Share) -> Balance {
        Balance { tally, expected: TimeDelta::hours(8), lens, target, level: tally.level(lens, target) }
    }

    fn degrees(tally: &Tally, target: Share) -> f64 {
        let pivot = pivot(target);
        tilt(tally, Lens::Counted, target, [pivot - EDGE, WIDTH - EDGE - pivot])
    }

    #[test]
    fn the_heavier_side_goes_down() {
        assert!(degrees(&tally(30, 20, 370), Share::GUESS) < 0.0, "in is left");
        assert!(degrees(&tally(160, 25, 235), Share::GUESS) > 0.0);
        assert!(degrees(&tally(126, 0, 294), Share::GUESS).abs() < f64::EPSILON);
        assert!(degrees(&Tally::default(), Share::GUESS).abs() < f64::EPSILON);
    }

    #[test]
    fn small_angles_and_their_sines_are_near_enough_to_draw_them() {
        let mut degrees = 0.0;
        while degrees <= STEEPEST {
            let angle = f64::to_radians(degrees);
            assert!((sine_of(angle) - angle.sin()).abs() < 1e-6, "{degrees}");
            assert!(arc_of(angle.sin()) <= angle && angle - arc_of(angle.sin()) < 1e-3, "{degrees}");
            degrees += 0.5;
        }
    }

    proptest! {
        #[test]
        fn it_tilts_if_and_only_if_the_words_say_so_and_stays_over_the_ground(
            tally in any_tally(), target in any_share(), apart in any::<bool>(),
        ) {
            let lens = if apart { Lens::Apart } else { Lens::Counted };
            let pivot = pivot(target);
            let arms = [pivot - EDGE, WIDTH - EDGE - pivot];
            let degrees = tilt(&tally, lens, target, arms);
            let is_level = matches!(tally.level(lens, target), None | Some(Level::Level));
            prop_assert_eq!(degrees.abs() < 1e-9, is_level);
            let sinks = arms[usize::from(degrees > 0.0)] * degrees.abs().to_radians().sin();
            prop_assert!(sinks <= PIVOT, "{} under the plank", sinks);
            prop_assert!((-STEEPEST..=STEEPEST).contains(&degrees));
        }

        #[test]
        fn its_bricks_add_up_to_what_was_logged(tally in any_tally(), target in any_share()) {
            let of = balance(tally, Lens::Counted, target);
            let (brick, loads) = loads(&of, [pivot(target) - EDGE, WIDTH - EDGE - pivot(target)]);
            let bricks: usize = loads.iter().map(|load| load.bricks.len()).sum();
            let time = brick * i32::try_from(bricks).unwrap();
            prop_assert!((time - tally.logged()).abs() <= brick / 2);
            for load in loads {
                prop_assert!(load.columns().len() <= ACROSS && load.high <= HIGH);
            }
        }
    }
}
