//! The weeks one below the other: each one's share as a point beside the target, and its numbers.

use super::chart::point;
use crate::beam::{Role, Row};
use crate::domain::trend::Once;
use crate::domain::{Lens, Share, Tally, Trend, TrendPoint};
use crate::report::look::{Look, right};
use crate::report::week::heading;
use crate::report::{Words, words};

/// So many weeks are one side of the comparison in the first sentence.
const COMPARED: usize = 4;

/// Writes the weeks of a trend, the oldest first.
pub(super) fn rows(trend: &Trend, look: &Look<'_>) -> Vec<Row> {
    let points = &trend.weeks;
    let mut rows = compared(points, look);
    rows.push(Row::new());
    let plot = Plot::of(trend, look);
    rows.push(plot.heading(look));
    rows.extend(points.iter().map(|point| plot.row(point, look)));
    if points.iter().any(|point| point.is_thin() && !point.is_empty()) {
        let mark = look.glyphs.pick('○', 'o');
        rows.push(Row::new());
        rows.push(Row::new().with(format!("{mark} {THIN}"), Role::Faint));
    }
    rows.extend(
        trend.baseline.as_ref().and_then(|once| baseline(once, Words::Shown, look.glyphs.pick("┊", ":"), look)),
    );
    rows
}

/// Says what stands for what where the weeks are points over a line.
pub fn legend(trend: &Trend, shown: Words, look: &Look<'_>) -> Vec<Row> {
    let line = look.glyphs.pick("─", "-");
    let mut parts = vec![(format!("{line} target"), Role::Faint)];
    if trend.weeks.iter().any(|point| point.is_thin() && !point.is_empty()) {
        parts.push((format!("{} {THIN}", look.glyphs.pick('○', 'o')), Role::Faint));
    }
    let once = trend.baseline.as_ref();
    let dotted = once.and_then(|once| baseline(once, shown, look.glyphs.pick("┈", "."), look));
    parts.extend(dotted.map(|row| (row.text(), Role::Faint)));
    look.flow(0, parts)
}

/// What a hollow point is.
const THIN: &str = "less than half of what was expected";

/// Names the baseline behind the mark with which it is drawn; nothing, where it has no share.
fn baseline(once: &Once, shown: Words, mark: &str, look: &Look<'_>) -> Option<Row> {
    let share = look.share(Some(once.share(look.habits.lens)?));
    let mut row = Row::new().with(format!("{mark} baseline {share}"), Role::Faint);
    if let Some(name) = once.baseline.name.as_ref().filter(|_| shown == Words::Shown) {
        row.push(format!(" {}", words::quoted(name)), Role::Faint);
    }
    Some(row)
}

/// Writes one week as numbers.
pub fn week_line(point: &TrendPoint, look: &Look<'_>) -> Vec<Row> {
    let mut parts = vec![(heading(point.week, look).text(), Role::Plain)];
    if point.is_empty() {
        parts.push(("nothing logged".to_owned(), Role::Faint));
        return look.flow(0, parts);
    }
    let shown = words::shown(&point.tally);
    parts.extend(named_share(&point.tally, look).map(|share| (share, Role::Strong)));
    parts.push((
        format!("made {}  shaped {}", words::length(shown.creating), words::length(shown.shaping)),
        Role::Plain,
    ));
    parts.push((words::coverage(point.tally.logged(), point.expected), Role::Plain));
    parts.extend(point.marks.mean().map(|mean| (format!("felt {mean:.1}"), Role::Faint)));
    look.flow(0, parts)
}

/// Returns what the last weeks come to, and below it those before them.
pub fn compared(points: &[TrendPoint], look: &Look<'_>) -> Vec<Row> {
    let recent = points.len().saturating_sub(COMPARED);
    let (earlier, later) = points.split_at(recent);
    let earlier = earlier.get(recent.saturating_sub(COMPARED)..).unwrap_or_default();
    // So that the parts of both stand below each other.
    let beside = match look.habits.lens {
        Lens::Counted => 26,
        Lens::Apart => 34,
    };
    let weeks = |count: usize| if count == 1 { "week".to_owned() } else { format!("{count} weeks") };
    let said = |points: &[TrendPoint], when: String, role: Role| {
        let tally: Tally = points.iter().map(|point| point.tally).sum();
        let share = named_share(&tally, look)?;
        let shown = words::shown(&tally);
        let parts = format!("made {}  shaped {}", words::length(shown.creating), words::length(shown.shaping));
        Some(look.flow(0, vec![(format!("{:<beside$}", format!("{share} {when}")), role), (parts, Role::Plain)]))
    };
    let now = said(later, format!("in the last {}", weeks(later.len())), Role::Strong);
    let then = said(earlier, format!("in the {} before", weeks(earlier.len())), Role::Plain);
    now.into_iter().chain(then).flatten().collect()
}

/// Returns a share with its name, where that is not the usual one.
fn named_share(tally: &Tally, look: &Look<'_>) -> Option<String> {
    let share = look.share(Some(tally.share(look.habits.lens)?));
    Some(match look.habits.lens {
        Lens::Counted => share,
        lens @ Lens::Apart => format!("{share} {}", words::share_of(lens)),
    })
}

/// The numbers beside a point: name, cells, and the width of the report from which on
/// it is there. The parts of a share stand beside it even on a narrow terminal.
fn numbers(lens: Lens, is_felt: bool) -> [(&'static str, usize, usize); 7] {
    let name = words::share_of(lens);
    let share = (name, 2 + name.len(), 0);
    let felt = if is_felt { ("felt", "  felt".len(), 46) } else { ("", 0, 0) };
    [
        share,
        felt,
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
    baseline: Option<Share>,
    /// Whether there are marks of any week.
    is_felt: bool,
}

impl Plot {
    fn of(trend: &Trend, look: &Look<'_>) -> Self {
        let points = &trend.weeks;
        let lens = look.habits.lens;
        let baseline = trend.baseline.as_ref().and_then(|once| once.share(lens));
        let is_felt = points.iter().any(|point| point.marks.days > 0);
        let highest = points
            .iter()
            .flat_map(|point| [point.tally.share(lens), Some(point.target)])
            .chain([baseline])
            .flatten()
            .map(Share::points)
            .fold(0.0, f64::max);
        let name = "23 Nov  ".len();
        let numbers: usize = numbers_with_room(look, is_felt).map(|(_, (_, cells, _))| cells).sum();
        Self {
            name,
            cells: look.width.saturating_sub(name + numbers),
            upper: ((highest / 10.0).ceil() * 10.0 + 10.0).clamp(50.0, 100.0),
            baseline,
            is_felt,
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
        self.add_numbers(&mut row, numbers(look.habits.lens, self.is_felt).map(|(name, ..)| name), Role::Faint, look);
        row
    }

    fn row(&self, point: &TrendPoint, look: &Look<'_>) -> Row {
        let date = point.week.first().format("%-d %b").to_string();
        let mut row = Row::plain(format!("{date:>6}  "));
        let share = point.tally.share(look.habits.lens);
        row.append(self.point(point, share, look));
        let Some(share) = share else {
            self.add_numbers(&mut row, [look.dash(), "", "", "", look.dash(), "", ""], Role::Faint, look);
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
        let felt = point.marks.mean().map(|mean| format!("{mean:.1}")).unwrap_or_default();
        self.add_numbers(&mut row, [&share, &felt, &made, &shaped, &logged, &of, &longest], Role::Plain, look);
        row
    }

    /// Draws target and baseline and, beside or over them, the point.
    fn point(&self, week: &TrendPoint, share: Option<Share>, look: &Look<'_>) -> Row {
        let share = share.map(|share| (self.at(share), point(week, look), Role::Strong));
        let target = (self.at(week.target), look.glyphs.pick("│", "|"), Role::Rail);
        let baseline = self.baseline.map(|share| (self.at(share), look.glyphs.pick("┊", ":"), Role::Rail));
        let mut marks: Vec<_> = share.into_iter().chain([target]).chain(baseline).collect();
        // Of what falls on one cell, the first is drawn: the sort keeps their order.
        marks.sort_by_key(|(at, ..)| *at);
        marks.dedup_by_key(|(at, ..)| *at);
        let mut row = Row::new();
        for (at, glyph, role) in marks {
            row.pad_to(at);
            row.push(glyph, role);
        }
        row.pad_to(self.cells);
        row
    }

    fn add_numbers(&self, row: &mut Row, numbers: [&str; 7], role: Role, look: &Look<'_>) {
        for (at, (_, cells, _)) in numbers_with_room(look, self.is_felt) {
            row.push(right(numbers.get(at).unwrap_or(&""), cells), role);
        }
    }
}

/// Returns the numbers for which the report is wide enough, with their places among all.
fn numbers_with_room(look: &Look<'_>, is_felt: bool) -> impl Iterator<Item = (usize, (&'static str, usize, usize))> {
    let width = look.width;
    numbers(look.habits.lens, is_felt).into_iter().enumerate().filter(move |(_, (_, _, from))| width >= *from)
}
