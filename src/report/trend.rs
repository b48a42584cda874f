//! The trend as text: each week's share as a point beside the target.

use chrono::TimeDelta;

use super::look::{Look, right};
use super::words;
use crate::beam::{Role, Row};
use crate::domain::{Lens, Share, Tally, TrendPoint};

/// A trend is not set wider than this.
const WIDEST: usize = 100;
/// So many weeks are one side of the comparison in the first sentence.
const COMPARED: usize = 4;

/// Writes the weeks of a trend, the oldest first.
pub fn rows(points: &[TrendPoint], look: &Look<'_>) -> Vec<Row> {
    let look = &Look { width: look.width.min(WIDEST), ..*look };
    if points.iter().all(|point| point.tally.logged() <= TimeDelta::zero()) {
        return look.set(vec![Row::plain("nothing logged in these weeks")]);
    }
    let mut rows = sentence(points, look);
    rows.push(Row::new());
    let plot = Plot::of(points, look);
    rows.push(plot.heading(look));
    rows.extend(points.iter().map(|point| plot.row(point, look)));
    if points.iter().any(is_hollow) {
        let mark = look.glyphs.pick('○', 'o');
        rows.push(Row::new());
        rows.push(Row::new().with(format!("{mark} less than half of what was expected"), Role::Faint));
    }
    look.set(rows)
}

fn is_hollow(point: &TrendPoint) -> bool {
    point.is_thin() && point.tally.logged() > TimeDelta::zero()
}

/// Returns what the last weeks come to, beside those before them.
fn sentence(points: &[TrendPoint], look: &Look<'_>) -> Vec<Row> {
    let recent = points.len().saturating_sub(COMPARED);
    let (earlier, later) = points.split_at(recent);
    let earlier = earlier.get(recent.saturating_sub(COMPARED)..).unwrap_or_default();
    let said = |weeks: &[TrendPoint]| {
        let tally: Tally = weeks.iter().map(|point| point.tally).sum();
        tally.share(look.habits.lens).map(|share| look.share(Some(share)))
    };
    let weeks = |count: usize| if count == 1 { "week".to_owned() } else { format!("{count} weeks") };
    let now = said(later).map(|share| (format!("{share} in the last {}", weeks(later.len())), Role::Strong));
    let then = said(earlier).map(|share| (format!("{share} in the {} before", weeks(earlier.len())), Role::Plain));
    look.flow(0, now.into_iter().chain(then).collect())
}

/// The numbers beside a point: name, cells, and the width of the report from which on
/// it is there. The parts of a share stand beside it even on a narrow terminal.
fn numbers(lens: Lens) -> [(&'static str, usize, usize); 6] {
    let name = words::share_of(lens);
    let share = (name, 2 + name.len(), 0);
    [
        share,
        ("made", "  12h30".len(), 40),
        ("shaped", "  shaped".len(), 40),
        ("logged", "  logged".len(), 52),
        ("", " of 37h30".len(), 64),
        ("longest", "  longest".len(), 74),
    ]
}

/// Where the points stand.
struct Plot {
    name: usize,
    cells: usize,
    /// The share at the right edge, in points.
    upper: f64,
}

impl Plot {
    fn of(points: &[TrendPoint], look: &Look<'_>) -> Self {
        let highest = points
            .iter()
            .flat_map(|point| [point.tally.share(look.habits.lens), Some(point.target)])
            .flatten()
            .map(Share::points)
            .fold(0.0, f64::max);
        let name = "23 Nov  ".len();
        let numbers: usize = numbers_with_room(look).map(|(_, (_, cells, _))| cells).sum();
        Self {
            name,
            cells: look.width.saturating_sub(name + numbers),
            upper: ((highest / 10.0).ceil() * 10.0 + 10.0).clamp(50.0, 100.0),
        }
    }

    /// Returns the cell of a share.
    #[expect(clippy::cast_precision_loss, reason = "a terminal is not that wide")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, positive and small")]
    fn at(&self, share: Share) -> usize {
        let last = self.cells.saturating_sub(1);
        ((share.points() / self.upper * last as f64).round() as usize).min(last)
    }

    fn heading(&self, look: &Look<'_>) -> Row {
        let mut row = Row::plain(" ".repeat(self.name));
        if self.cells >= 12 {
            row.push("0", Role::Faint);
            row.push(right(&format!("{} %", self.upper), self.cells - 1), Role::Faint);
        }
        row.pad_to(self.name + self.cells);
        add_numbers(&mut row, numbers(look.habits.lens).map(|(name, ..)| name), Role::Faint, look);
        row
    }

    fn row(&self, point: &TrendPoint, look: &Look<'_>) -> Row {
        let date = point.week.first().format("%-d %b").to_string();
        let mut row = Row::plain(format!("{date:>6}  "));
        let share = point.tally.share(look.habits.lens);
        row.append(self.point(point, share, look));
        let Some(share) = share else {
            add_numbers(&mut row, [look.dash(), "", "", look.dash(), "", ""], Role::Faint, look);
            return row;
        };
        let shown = words::shown(&point.tally);
        let logged = words::length(point.tally.logged());
        let coverage = words::coverage(point.tally.logged(), point.expected);
        let of = coverage.strip_prefix(&logged).unwrap_or_default().trim_start();
        let of = format!("{of:<8}");
        let longest = point.longest.as_ref().map(|longest| words::length(longest.length)).unwrap_or_default();
        let [share, made, shaped] =
            [look.share(Some(share)), words::length(shown.creating), words::length(shown.shaping)];
        add_numbers(&mut row, [&share, &made, &shaped, &logged, &of, &longest], Role::Plain, look);
        row
    }

    /// Draws the target and, beside or over it, the point.
    fn point(&self, point: &TrendPoint, share: Option<Share>, look: &Look<'_>) -> Row {
        let mark = if point.is_thin() { look.glyphs.pick("○", "o") } else { look.glyphs.pick("●", "*") };
        let share = share.map(|share| (self.at(share), mark, Role::Strong));
        let target = (self.at(point.target), look.glyphs.pick("│", "|"), Role::Rail);
        let covered = share.is_some_and(|(at, ..)| at == target.0);
        let mut marks: Vec<_> = share.into_iter().chain((!covered).then_some(target)).collect();
        marks.sort_by_key(|(at, ..)| *at);
        let mut row = Row::new();
        for (at, glyph, role) in marks {
            row.pad_to(at);
            row.push(glyph, role);
        }
        row.pad_to(self.cells);
        row
    }
}

/// Returns the numbers for which the report is wide enough, with their places among all.
fn numbers_with_room(look: &Look<'_>) -> impl Iterator<Item = (usize, (&'static str, usize, usize))> {
    let width = look.width;
    numbers(look.habits.lens).into_iter().enumerate().filter(move |(_, (_, _, from))| width >= *from)
}

fn add_numbers(row: &mut Row, numbers: [&str; 6], role: Role, look: &Look<'_>) {
    for (at, (_, cells, _)) in numbers_with_room(look) {
        row.push(right(numbers.get(at).unwrap_or(&""), cells), role);
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::beam::Glyphs;
    use crate::beam::testing::{is_ascii, picture, tally};
    use crate::domain::trend::{LongestOfWeek, Marks};
    use crate::report::sample::Sample;
    use crate::text::Text;

    fn points(sample: &Sample) -> Vec<TrendPoint> {
        let last = sample.calendar.week_of("2026-11-23".parse().unwrap());
        let tallies = [
            tally(300, 200, 1_500),
            tally(330, 215, 1_440),
            tally(190, 145, 300),
            Tally::default(),
            tally(420, 260, 1_260),
            tally(330, 215, 1_440),
            tally(360, 230, 1_380),
            tally(385, 265, 1_490),
        ];
        let point = |(tally, back): (Tally, i64)| TrendPoint {
            week: last.plus(-back),
            tally,
            expected: TimeDelta::hours(40),
            target: Share::GUESS,
            longest: (tally.creating > TimeDelta::zero()).then(|| LongestOfWeek {
                activity: Text::as_written("spec"),
                start: "2026-11-24T09:00:00+01:00".parse().unwrap(),
                length: tally.creating / 4,
            }),
            switches: 20,
            interrupted: 0,
            marks: Marks::default(),
        };
        tallies.into_iter().zip((0..8).rev()).map(point).collect()
    }

    fn drawn(width: usize, glyphs: Glyphs) -> Vec<Row> {
        let sample = Sample::at("2026-11-29T12:00");
        rows(&points(&sample), &sample.look(width, glyphs))
    }

    #[test]
    fn weeks_are_points_beside_the_target_and_thin_ones_are_hollow() {
        assert_snapshot!(picture(&drawn(80, Glyphs::Unicode)), @r"
        31 % in the last 4 weeks   30 % in the 4 weeks before

                0                   70 %  share   made  shaped  logged           longest
         5 Oct          ● │                25 %   5h00    3h20   33h20 of 40h       1h15
        12 Oct           ●│                27 %   5h30    3h35   33h05 of 40h       1h22
        19 Oct            │      ○         53 %   3h10    2h25   10h35 of 40h       0h47
        26 Oct            │                   –                      –
         2 Nov            │ ●              35 %   7h00    4h20   32h20 of 40h       1h45
         9 Nov           ●│                27 %   5h30    3h35   33h05 of 40h       1h22
        16 Nov            ●                30 %   6h00    3h50   32h50 of 40h       1h30
        23 Nov            ●                30 %   6h25    4h25   35h40 of 40h       1h36

        ○ less than half of what was expected
        ");
        assert_snapshot!(picture(&drawn(80, Glyphs::Ascii)), @r"
        31 % in the last 4 weeks   30 % in the 4 weeks before

                0                   70 %  share   made  shaped  logged           longest
         5 Oct          * |                25 %   5h00    3h20   33h20 of 40h       1h15
        12 Oct           *|                27 %   5h30    3h35   33h05 of 40h       1h22
        19 Oct            |      o         53 %   3h10    2h25   10h35 of 40h       0h47
        26 Oct            |                   -                      -
         2 Nov            | *              35 %   7h00    4h20   32h20 of 40h       1h45
         9 Nov           *|                27 %   5h30    3h35   33h05 of 40h       1h22
        16 Nov            *                30 %   6h00    3h50   32h50 of 40h       1h30
        23 Nov            *                30 %   6h25    4h25   35h40 of 40h       1h36

        o less than half of what was expected
        ");
        assert_snapshot!(picture(&drawn(40, Glyphs::Unicode)), @r"
        31 % in the last 4 weeks
        30 % in the 4 weeks before

                            share   made  shaped
         5 Oct     ●│        25 %   5h00    3h20
        12 Oct      ●        27 %   5h30    3h35
        19 Oct      │  ○     53 %   3h10    2h25
        26 Oct      │           –
         2 Nov      │●       35 %   7h00    4h20
         9 Nov      ●        27 %   5h30    3h35
        16 Nov      ●        30 %   6h00    3h50
        23 Nov      ●        30 %   6h25    4h25

        ○ less than half of what was expected
        ");
    }

    #[test]
    fn the_name_of_what_was_made_by_hand_stands_apart_from_its_neighbours() {
        let mut sample = Sample::at("2026-11-29T12:00");
        sample.habits.lens = Lens::Apart;
        for width in [80, 60, 40] {
            let drawn = picture(&rows(&points(&sample), &sample.look(width, Glyphs::Unicode)));
            let heading = drawn.lines().find(|line| line.contains("by hand")).unwrap();
            assert!(heading.contains(" by hand   made"), "{drawn}");
        }
    }

    #[test]
    fn a_trend_of_nothing_says_so() {
        let sample = Sample::at("2026-11-29T12:00");
        assert_eq!(picture(&rows(&[], &sample.look(80, Glyphs::Unicode))), "nothing logged in these weeks");
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_asked_or_ends_in_a_space(width in 0_usize..120, ascii in any::<bool>()) {
            for row in drawn(width, if ascii { Glyphs::Ascii } else { Glyphs::Unicode }) {
                prop_assert!(row.width() <= width, "{:?}", row.text());
                prop_assert!(row.spans().last().is_none_or(|span| !span.text.ends_with(' ')));
                prop_assert!(!ascii || is_ascii(&row), "{:?}", row.text());
            }
        }
    }
}
