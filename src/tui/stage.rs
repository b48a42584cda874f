//! What views draw on: rows of glyphs into areas, and what a click there means.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::theme::{ground, style};
use crate::beam::{Glyphs, Row};
use crate::domain::{Id, Lived};
use crate::keymap::Action;
use crate::report::week::lists::Spot;
use crate::theme::Theme;

/// What a click on a place means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The same as the key for it.
    Do(Action),
    /// Select this line of the list.
    Line(usize),
    /// Select this entry of the week's lists.
    Entry(Spot),
    /// Choose, and take, this one of what is offered.
    Choice(usize),
    /// Go to this field of the form.
    Field(usize),
    /// A time of the day on the ribbon: of a cell its beginning, and how long it is in minutes.
    Time(Lived, i64),
    /// A border between two blocks on the ribbon: the end of the one, the start of the other.
    Border(Option<Id>, Option<Id>),
}

/// Where what was drawn can be clicked; what was drawn last lies on top.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    places: Vec<(Rect, Hit)>,
    /// By how many rows what was drawn can be scrolled.
    pub most: usize,
}

impl Hits {
    /// Returns what lies at a place.
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let place = Position::new(column, row);
        self.places.iter().rev().find(|(area, _)| area.contains(place)).map(|(_, hit)| *hit)
    }

    /// Returns the time at a column, wherever on the ribbon's row the pointer has been
    /// dragged to.
    pub fn time_at(&self, column: u16) -> Option<Lived> {
        let times = self.places.iter().filter_map(|(area, hit)| match hit {
            Hit::Time(at, _) => Some((area.x, *at)),
            _ => None,
        });
        times.min_by_key(|(x, _)| x.abs_diff(column)).map(|(_, at)| at)
    }
}

/// What views draw on.
pub struct Stage<'b> {
    buffer: &'b mut Buffer,
    theme: Theme,
    glyphs: Glyphs,
    /// What can be clicked.
    pub hits: Hits,
    /// Where the cursor of a line stands, if there is one.
    pub cursor: Option<Position>,
}

impl<'b> Stage<'b> {
    /// Draws on a buffer, all of which gets the theme's ground.
    pub fn new(buffer: &'b mut Buffer, theme: Theme, glyphs: Glyphs) -> Self {
        let ground = ground(&theme);
        if ground != Style::new() {
            buffer.set_style(*buffer.area(), ground);
        }
        Self { buffer, theme, glyphs, hits: Hits::default(), cursor: None }
    }

    /// Returns the characters to draw with.
    pub fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    /// Draws a row at the top of an area, cut to its width.
    pub fn row(&mut self, area: Rect, row: &Row) {
        let area = area.intersection(*self.buffer.area());
        if area.is_empty() {
            return;
        }
        let mut row = row.clone();
        row.cut_to(area.width.into(), self.glyphs);
        let mut x = area.x;
        for span in row.spans() {
            let left = usize::from(area.right().saturating_sub(x));
            (x, _) = self.buffer.set_stringn(x, area.y, &span.text, left, style(self.theme.look(span.role)));
        }
    }

    /// Draws rows below each other, as many as fit; returns what is left of the area.
    pub fn rows(&mut self, area: Rect, rows: &[Row]) -> Rect {
        let mut area = area;
        for row in rows {
            self.row(area, row);
            area = below(area, 1);
        }
        area
    }

    /// Draws a row that can be clicked, as wide as its area.
    pub fn clickable(&mut self, area: Rect, row: &Row, hit: Hit) {
        self.row(area, row);
        self.hit(Rect { height: 1.min(area.height), ..area }, hit);
    }

    /// Says what a click on an area means.
    pub fn hit(&mut self, area: Rect, hit: Hit) {
        let area = area.intersection(*self.buffer.area());
        if !area.is_empty() {
            self.hits.places.push((area, hit));
        }
    }

    /// Says by how many rows what is drawn can be scrolled.
    pub fn can_scroll(&mut self, most: usize) {
        self.hits.most = most;
    }

    /// Draws the row of an area as what is chosen.
    pub fn choose(&mut self, area: Rect) {
        let row = Rect { height: 1.min(area.height), ..area }.intersection(*self.buffer.area());
        self.buffer.set_style(row, style(self.theme.chosen()));
    }

    /// Draws the top row of an area bold, for what is selected.
    pub fn embolden(&mut self, area: Rect) {
        let row = Rect { height: 1.min(area.height), ..area }.intersection(*self.buffer.area());
        self.buffer.set_style(row, Style::new().add_modifier(Modifier::BOLD));
    }

    /// Draws offers beside each other, each a click: as many as fit into the area's rows. The
    /// last always has its place.
    pub fn offers(&mut self, area: Rect, offers: &[(Row, Action)]) {
        let gap = if area.width < TIGHT { 1 } else { 2 };
        let (mut x, mut row) = (area.x, area);
        let mut is_full = false;
        let last = offers.last().map_or(0, |(row, _)| cells(row));
        for (at, (offer, action)) in offers.iter().enumerate() {
            let is_last = at + 1 == offers.len();
            let keep = if is_last || row.height > 1 { 0 } else { last + gap };
            if x + cells(offer) + keep > area.right() && row.height > 1 {
                (x, row) = (area.x, below(row, 1));
            }
            let keep = if is_last || row.height > 1 { 0 } else { last + gap };
            // Those after one that does not fit are less useful than it; but the last says
            // where the others are.
            is_full |= x + cells(offer) + keep > area.right();
            if is_full && !is_last {
                continue;
            }
            let place = Rect { x, width: cells(offer), height: 1.min(row.height), ..row };
            self.clickable(place, offer, Hit::Do(*action));
            x += cells(offer) + gap;
        }
    }
}

/// Below this width, offers stand nearer to each other.
const TIGHT: u16 = 60;

/// Returns an area without its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Returns an area without its first columns.
pub fn right_of(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

/// Returns how many columns a row takes.
pub fn cells(row: &Row) -> u16 {
    u16::try_from(row.width()).unwrap_or(u16::MAX)
}
