//! The weeks' shares as points over the target line, in the order of time.

use chrono::NaiveDate;

use super::year::month_names;
use crate::beam::{Role, Row};
use crate::domain::{Share, TrendPoint};
use crate::report::look::{Look, right};

/// Before the points stands the scale.
const SCALE: usize = 6;
/// Further than so many cells apart, points do not make a line to the eye.
const WIDEST_STEP: usize = 6;

/// What a chart is drawn of.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// The weeks, the oldest first.
    pub weeks: &'a [TrendPoint],
    /// What the share once was.
    pub baseline: Option<Share>,
    /// Which week is marked.
    pub marked: Option<usize>,
    /// How many rows it has at most, its axis included.
    pub height: usize,
}

impl Chart<'_> {
    /// Draws as many weeks as there is room for, the marked one among them: the latest, where
    /// it is of them.
    pub fn rows(&self, look: &Look<'_>) -> Vec<Row> {
        let plot = Plot::of(self, look);
        let height = plot.height;
        let mut rows: Vec<Row> = (0..height).map(|row| plot.row(height - 1 - row, look)).collect();
        rows.push(plot.marks(self.marked, look));
        rows.push(plot.months(look));
        rows
    }

    /// Returns which weeks are drawn, and over which cells: where a click finds them.
    pub fn places(&self, look: &Look<'_>) -> Vec<(usize, std::ops::Range<usize>)> {
        let plot = Plot::of(self, look);
        let column = |at: usize| SCALE + at * plot.step;
        (0..plot.weeks.len()).map(|at| (plot.from + at, column(at)..column(at) + plot.step)).collect()
    }
}

/// Where everything stands.
struct Plot<'a> {
    weeks: &'a [TrendPoint],
    baseline: Option<Share>,
    /// Which week is the first that is drawn.
    from: usize,
    step: usize,
    height: usize,
    /// The share at the upper edge, in points.
    upper: f64,
}

impl<'a> Plot<'a> {
    fn of(chart: &Chart<'a>, look: &Look<'_>) -> Self {
        let room = look.width.saturating_sub(SCALE);
        let step = (room / chart.weeks.len().max(1)).clamp(1, WIDEST_STEP);
        let fit = room / step;
        let last = chart.weeks.len();
        let latest = last.saturating_sub(fit);
        let from = chart.marked.map_or(latest, |marked| marked.min(latest));
        let weeks = chart.weeks.get(from..(from + fit).min(last)).unwrap_or_default();
        let shares = weeks.iter().flat_map(|week| [week.tally.share(look.habits.lens), Some(week.target)]);
        let highest = shares.chain([chart.baseline]).flatten().map(Share::points).fold(0.0, f64::max);
        let upper = ((highest / 10.0).ceil() * 10.0).clamp(50.0, 100.0);
        Self { weeks, baseline: chart.baseline, from, step, height: chart.height.saturating_sub(2).max(1), upper }
    }

    /// Returns the row of a share, from the bottom.
    #[expect(clippy::cast_precision_loss, reason = "a terminal is not that high")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, positive and small")]
    fn at(&self, share: Share) -> usize {
        let last = self.height - 1;
        ((share.points() / self.upper * last as f64).round() as usize).min(last)
    }

    fn row(&self, row: usize, look: &Look<'_>) -> Row {
        let mut drawn = Row::new().with(self.scale(row), Role::Faint);
        let baseline = self.baseline.is_some_and(|share| self.at(share) == row);
        for week in self.weeks {
            let target = self.at(week.target) == row;
            let (line, role) = match (target, baseline) {
                (true, _) => (look.glyphs.pick("─", "-"), Role::Rail),
                (_, true) => (look.glyphs.pick("┈", "."), Role::Rail),
                _ => (" ", Role::Plain),
            };
            let share = week.tally.share(look.habits.lens).filter(|share| self.at(*share) == row);
            let before = self.step / 2;
            drawn.push(line.repeat(before), role);
            match share {
                Some(_) => drawn.push(point(week, look), Role::Strong),
                None => drawn.push(line, role),
            }
            drawn.push(line.repeat(self.step - before - 1), role);
        }
        drawn
    }

    /// Returns the scale at a row: every twenty points, where there is a row for them.
    fn scale(&self, row: usize) -> String {
        let twenties = (0..=5).filter_map(|twenties| Share::percent(f64::from(twenties) * 20.0));
        let mut drawn = twenties.filter(|share| share.points() <= self.upper);
        let said = drawn.find(|share| self.height > 5 && self.at(*share) == row);
        let text = said.map_or_else(String::new, |share| format!("{} %", share.shown()));
        format!("{} ", right(&text, SCALE - 1))
    }

    fn marks(&self, marked: Option<usize>, look: &Look<'_>) -> Row {
        let mut row = Row::new();
        if let Some(at) = marked.and_then(|marked| marked.checked_sub(self.from)).filter(|at| *at < self.weeks.len()) {
            row.pad_to(SCALE + at * self.step + self.step / 2);
            row.push(look.glyphs.pick("▴", "^"), Role::Strong);
        }
        row
    }

    fn months(&self, look: &Look<'_>) -> Row {
        let weeks: Vec<NaiveDate> = self.weeks.iter().map(|week| week.week.first()).collect();
        let mut row = Row::new();
        for (at, month) in month_names(&weeks) {
            let column = SCALE + at * self.step + self.step / 2;
            if (row.width() == 0 || row.width() < column) && column + month.len() <= look.width {
                row.pad_to(column);
                row.push(month, Role::Faint);
            }
        }
        row
    }
}

/// Returns the mark of a week: hollow where too little was logged to say much.
pub(super) fn point(week: &TrendPoint, look: &Look<'_>) -> &'static str {
    if week.is_thin() { look.glyphs.pick("○", "o") } else { look.glyphs.pick("●", "*") }
}
