//! How much fits: the only place that knows widths and heights.

/// How much of the pane fits into an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One row to three: the level and what runs.
    Strip,
    /// What runs, the level, a few blocks.
    Compact,
    /// All of it.
    Full,
}

/// Up to this height there is only room for a strip.
const STRIP_ROWS: u16 = 3;
/// From this width and height on, the lever has its six rows and the list its neighbour.
const FULL: (u16, u16) = (72, 20);

/// Wider than this, nothing is drawn: eyes do not follow such a line.
pub const WIDEST: u16 = 124;
/// The margin left and right of a full pane.
pub const MARGIN: u16 = 1;

/// A chart has so many rows at least, and at most.
pub const CHART: (usize, usize) = (12, 20);
/// From this width on, two halves stand beside each other, so far apart.
const HALVES: (usize, usize) = (100, 4);

/// Returns how wide the left one of two halves is and how far the other is from it, where there
/// is room for two.
pub fn beside(columns: usize) -> Option<[usize; 2]> {
    let (from, between) = HALVES;
    (columns >= from).then(|| [(columns - between) / 2, between])
}

impl Size {
    /// Returns what fits into so many columns and rows.
    pub fn of(columns: u16, rows: u16) -> Self {
        match (columns, rows) {
            (_, ..=STRIP_ROWS) => Self::Strip,
            (columns, rows) if columns >= FULL.0 && rows >= FULL.1 => Self::Full,
            _ => Self::Compact,
        }
    }
}
