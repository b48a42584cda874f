//! The trend: each week's share as a point, over its parts, with the target across. A week
//! of which little was logged is hollow.

use chrono::TimeDelta;

use super::Paper;
use super::drawing::{Drawing, EDGE, WIDTH};
use super::lever::{class, key};
use crate::domain::{Kind, Lens, Share, TrendPoint};
use crate::report::words;

const LEFT: f64 = EDGE + 46.0;
const HEIGHT: f64 = 190.0;
/// There is room for so many names of weeks below them.
const NAMES: usize = 10;
/// The room that a share over its point needs.
const NUMBER: f64 = 36.0;

/// Where the weeks stand.
struct Plot {
    bottom: f64,
    /// The share at the top, in points.
    upper: f64,
    /// How wide a week is.
    week: f64,
}

impl Plot {
    fn of(points: &[TrendPoint], once: Option<Share>, lens: Lens, top: f64) -> Self {
        let shares = points.iter().flat_map(|point| [point.tally.share(lens), Some(point.target)]).chain([once]);
        let highest = shares.flatten().map(Share::points).fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "there are at most 5,200 weeks")]
        let weeks = points.len().max(1) as f64;
        Self {
            bottom: top + HEIGHT,
            upper: ((highest / 10.0).ceil() * 10.0 + 10.0).clamp(40.0, 110.0),
            week: (WIDTH - EDGE - LEFT) / weeks,
        }
    }

    fn height(&self, points: f64) -> f64 {
        points / self.upper * HEIGHT
    }

    /// Returns the left edge of a week.
    fn left(&self, at: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are at most 5,200 weeks")]
        let at = at as f64;
        LEFT + self.week * at
    }

    /// Draws the shares at the side, a line across at each.
    fn draw_grid(&self, drawing: &mut Drawing) {
        let step: usize = if self.upper > 60.0 { 20 } else { 10 };
        for points in (0..=100).step_by(step) {
            let height = self.height(f64::from(points));
            if height <= HEIGHT {
                let line = self.bottom - height;
                drawing.line("grid", (LEFT, line), (WIDTH - EDGE, line));
                drawing.words("faint small end", (LEFT - 8.0, line + 4.0), &format!("{points} %"));
            }
        }
    }

    /// Draws the target of every week across it, a step where it changed.
    fn draw_target(&self, points: &[TrendPoint], drawing: &mut Drawing) {
        let ends = |(at, point): (usize, &TrendPoint)| {
            let line = self.bottom - self.height(point.target.points());
            [(self.left(at), line), (self.left(at + 1), line)]
        };
        let line: Vec<_> = points.iter().enumerate().flat_map(ends).collect();
        drawing.path("target", &line);
    }

    /// Draws what a week's share is made of.
    fn draw_parts(&self, at: usize, point: &TrendPoint, lens: Lens, drawing: &mut Drawing) {
        let middle = self.left(at) + self.week / 2.0;
        let width = (self.week * 0.5).min(20.0);
        let parts: &[Kind] = match lens {
            Lens::Counted => &[Kind::Creating, Kind::Shaping],
            Lens::Apart => &[Kind::Creating],
        };
        let mut foot = self.bottom;
        for kind in parts {
            let part = Share::of(point.tally.time(*kind), point.tally.logged()).map_or(0.0, Share::points);
            let height = self.height(part);
            foot -= height;
            if height > 0.0 {
                drawing.rect(class(*kind), (middle - width / 2.0, foot), (width, height), None);
            }
        }
    }

    /// Draws a week's share as a point, with its number where there is room.
    fn draw_point(&self, at: usize, point: &TrendPoint, paper: &Paper<'_>, drawing: &mut Drawing) {
        let Some(share) = point.tally.share(paper.look.habits.lens) else { return };
        let middle = self.left(at) + self.week / 2.0;
        let end = self.bottom - self.height(share.points());
        let mark = if point.is_thin() { "hollow" } else { "point" };
        let radius = (self.week * 0.2).clamp(1.5, 5.0);
        drawing.circle(mark, (middle, end), radius, Some(&in_words(point, share, paper)));
        if self.week >= NUMBER {
            drawing.words("ink small middle", (middle, end - 9.0), &paper.look.share(Some(share)));
        }
    }

    /// Draws what the share once was.
    fn draw_once(&self, once: Share, drawing: &mut Drawing) {
        let line = self.bottom - self.height(once.points());
        drawing.line("target once", (LEFT, line), (WIDTH - EDGE, line));
    }

    /// Names the weeks by their first days, as many as there is room for.
    fn draw_names(&self, points: &[TrendPoint], line: f64, drawing: &mut Drawing) {
        let every = points.len().div_ceil(NAMES).max(1);
        for (at, point) in points.iter().enumerate().rev().step_by(every) {
            let name = point.week.first().format("%-d %b").to_string();
            let middle = (self.left(at) + self.week / 2.0).min(WIDTH - 23.0);
            drawing.words("faint small middle", (middle, line), &name);
        }
    }
}

fn in_words(point: &TrendPoint, share: Share, paper: &Paper<'_>) -> String {
    let shown = words::shown(&point.tally);
    let logged = words::coverage(point.tally.logged(), point.expected);
    let [made, shaped] = [shown.creating, shown.shaping].map(words::length);
    let (first, share) = (words::date(point.week.first()), paper.look.share(Some(share)));
    format!("week of {first}: {share}, made {made}, shaped {shaped}, logged {logged}")
}

/// Draws the weeks, the oldest first. `once` is what the share was at another time.
pub(super) fn draw(points: &[TrendPoint], once: Option<Share>, paper: &Paper<'_>, drawing: &mut Drawing) {
    let lens = paper.look.habits.lens;
    let top = drawing.grow(HEIGHT + 12.0) + 10.0;
    let plot = Plot::of(points, once, lens, top);
    plot.draw_grid(drawing);
    for (at, point) in points.iter().enumerate() {
        plot.draw_parts(at, point, lens, drawing);
    }
    plot.draw_target(points, drawing);
    if let Some(once) = once {
        plot.draw_once(once, drawing);
    }
    for (at, point) in points.iter().enumerate() {
        plot.draw_point(at, point, paper, drawing);
    }
    let names = drawing.grow(24.0) + 14.0;
    plot.draw_names(points, names, drawing);
    draw_key(points, once, paper, drawing);
}

/// Draws which mark is which.
fn draw_key(points: &[TrendPoint], once: Option<Share>, paper: &Paper<'_>, drawing: &mut Drawing) {
    let line = drawing.grow(24.0) + 16.0;
    let mut left = key(Kind::Creating, "", EDGE, line, drawing) - 50.0;
    if paper.look.habits.lens == Lens::Counted {
        left = key(Kind::Shaping, "", left, line, drawing) - 42.0;
    }
    drawing.line("target", (left, line - 5.0), (left + 20.0, line - 5.0));
    drawing.words("ink", (left + 26.0, line), "target");
    left += 92.0;
    if once.is_some() {
        drawing.line("target once", (left, line - 5.0), (left + 20.0, line - 5.0));
        drawing.words("ink", (left + 26.0, line), "baseline");
        left += 100.0;
    }
    if points.iter().any(|point| point.is_thin() && point.tally.logged() > TimeDelta::zero()) {
        drawing.circle("hollow", (left, line - 5.0), 5.0, None);
        drawing.words("ink", (left + 12.0, line), "little was logged");
    }
}
