//! How the weeks are drawn: what is found first, the year of days last.

use ratatui::layout::Rect;

use super::super::size;
use super::super::stage::{Hit, Stage};
use super::super::world::World;
use super::TrendScreen;
use crate::beam::{Role, Row};
use crate::domain::Trend;
use crate::report::Look;
use crate::report::trend::{self, Chart};

impl TrendScreen {
    /// Draws the screen.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let look = world.look(area.width);
        let Some(trend) = &self.trend else {
            stage.row(area, &Row::new().with("reading the weeks", Role::Faint));
            return;
        };
        let sheet = self.sheet(trend, area.height.into(), world, &look);
        let most = sheet.rows.len().saturating_sub(area.height.into());
        stage.can_scroll(most);
        let mut from = self.scroll.get();
        if self.follows {
            from = from.max(sheet.chosen.saturating_sub(area.height.into()));
        }
        let from = from.min(most);
        self.scroll.set(from);
        stage.rows(area, sheet.rows.get(from..).unwrap_or_default());
        for (week, place) in sheet.weeks {
            if let Some(place) = place.on(area, from) {
                stage.hit(place, Hit::Line(week));
            }
        }
    }

    /// Returns all rows, however many the area has.
    fn sheet(&self, trend: &Trend, height: usize, world: &World, look: &Look<'_>) -> Sheet {
        let mut sheet = Sheet { rows: trend::incomplete(trend, look), weeks: Vec::new(), chosen: 0 };
        if !trend.says_something() {
            sheet.rows.extend(trend::too_few(trend, look));
            return sheet;
        }
        sheet.rows.extend(trend::sentences(trend, world.setting.words, look));
        sheet.rows.push(Row::new());
        if let Some([left, between]) = size::beside(look.width) {
            let map = trend::map(&trend.rhythm, &Look { width: left, ..*look });
            let column = left + between;
            let look = Look { width: look.width - column, ..*look };
            let weeks = self.weeks_drawn(trend, map.len(), world, &look);
            sheet.add_beside(map, weeks, column);
        } else {
            sheet.rows.extend(trend::map(&trend.rhythm, look));
            sheet.rows.push(Row::new());
            let weeks = self.weeks_drawn(trend, height, world, look);
            sheet.add_beside(Vec::new(), weeks, 0);
        }
        sheet.rows.push(Row::new());
        sheet.rows.extend(trend::year(&trend.days, look));
        sheet
    }

    /// Returns the weeks as points, what is chosen of them in numbers, and what stands for what.
    fn weeks_drawn(&self, trend: &Trend, height: usize, world: &World, look: &Look<'_>) -> Drawn {
        let marked = self.chosen_at();
        let week = marked.and_then(|at| trend.weeks.get(at)).map(|point| trend::week_line(point, look));
        let mut rows = trend::compared(&trend.weeks, look);
        let legend = trend::legend(trend, world.setting.words, look);
        let week: Vec<Row> = week.into_iter().flatten().collect();
        let told = week.len();
        let below = week.into_iter().chain(legend).collect::<Vec<_>>();
        let chart = Chart {
            weeks: &trend.weeks,
            baseline: trend.baseline.as_ref().and_then(|once| once.share(look.habits.lens)),
            marked,
            height: height.saturating_sub(rows.len() + below.len()).clamp(size::CHART.0, size::CHART.1),
        };
        let above = rows.len();
        let drawn = chart.rows(look);
        let places = chart.places(look);
        let places = places.into_iter().map(|(week, cells)| {
            (week, Place { row: above, rows: drawn.len(), cell: cells.start, cells: cells.len() })
        });
        let places = places.collect();
        let chosen = above + drawn.len() + told;
        rows.extend(drawn);
        rows.extend(below);
        Drawn { rows, places, chosen }
    }
}

/// The screen as rows, and where its weeks are.
struct Sheet {
    rows: Vec<Row>,
    weeks: Vec<(usize, Place)>,
    /// The row after what is told of the week that is chosen.
    chosen: usize,
}

/// The weeks as rows, and where each is.
struct Drawn {
    rows: Vec<Row>,
    places: Vec<(usize, Place)>,
    chosen: usize,
}

/// Some cells of some rows.
struct Place {
    row: usize,
    rows: usize,
    cell: usize,
    cells: usize,
}

impl Sheet {
    /// Adds something, and beside it, from this column on, the weeks.
    fn add_beside(&mut self, left: Vec<Row>, weeks: Drawn, column: usize) {
        let above = self.rows.len();
        let moved = |place: Place| Place { row: place.row + above, cell: place.cell + column, ..place };
        self.weeks = weeks.places.into_iter().map(|(week, place)| (week, moved(place))).collect();
        self.chosen = above + weeks.chosen;
        let height = left.len().max(weeks.rows.len());
        let (mut left, mut right) = (left.into_iter(), weeks.rows.into_iter());
        for _ in 0..height {
            let mut row = left.next().unwrap_or_default();
            row.pad_to(column);
            row.append(right.next().unwrap_or_default());
            row.trim_end();
            self.rows.push(row);
        }
    }
}

impl Place {
    /// Returns where it is seen on an area whose first row is row `from`.
    fn on(&self, area: Rect, from: usize) -> Option<Rect> {
        let until = (self.row + self.rows).checked_sub(from)?;
        let top = self.row.saturating_sub(from);
        let small = |cells: usize| u16::try_from(cells).ok();
        let place = Rect {
            x: area.x.checked_add(small(self.cell)?)?,
            y: area.y.checked_add(small(top)?)?,
            width: small(self.cells)?,
            height: small(until.saturating_sub(top))?,
        };
        Some(place.intersection(area))
    }
}
