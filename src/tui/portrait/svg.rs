//! A drawn screen as SVG 1.1: what a terminal would show, at any size, without one.
//!
//! Letters are text, each run of them as wide as its cells, so that no font moves anything. Blocks,
//! shades and lines are shapes: fonts disagree on them, and leave gaps between cells.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

use crate::text::markup::markup_safe;

/// How wide and high a cell is, in the units of the picture.
const CELL: (f64, f64) = (8.4, 17.0);
/// The space around the cells.
const EDGE: f64 = 14.0;
/// How far below the top of a cell letters stand.
const BASELINE: f64 = 12.8;
const FONTS: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// Part of a cell: from left, top to right, bottom, each from 0 to 1; and how dense it is.
type Part = (f64, f64, f64, f64, f64);

/// What is drawn of a character as shapes.
const SHAPES: &[(&str, &[Part])] = &[
    ("█", &[(0.0, 0.0, 1.0, 1.0, 1.0)]),
    ("▓", &[(0.0, 0.0, 1.0, 1.0, 0.72)]),
    ("▒", &[(0.0, 0.0, 1.0, 1.0, 0.5)]),
    ("░", &[(0.0, 0.0, 1.0, 1.0, 0.3)]),
    ("▌", &[(0.0, 0.0, 0.5, 1.0, 1.0)]),
    ("▐", &[(0.5, 0.0, 1.0, 1.0, 1.0)]),
    ("▁", &[(0.0, 0.875, 1.0, 1.0, 1.0)]),
    ("▂", &[(0.0, 0.75, 1.0, 1.0, 1.0)]),
    ("▃", &[(0.0, 0.625, 1.0, 1.0, 1.0)]),
    ("▄", &[(0.0, 0.5, 1.0, 1.0, 1.0)]),
    ("▅", &[(0.0, 0.375, 1.0, 1.0, 1.0)]),
    ("▆", &[(0.0, 0.25, 1.0, 1.0, 1.0)]),
    ("▇", &[(0.0, 0.125, 1.0, 1.0, 1.0)]),
    ("━", &[(0.0, 0.44, 1.0, 0.56, 1.0)]),
    ("─", &[(0.0, 0.47, 1.0, 0.53, 1.0)]),
    ("┃", &[(0.4, 0.0, 0.6, 1.0, 1.0)]),
    ("│", &[(0.45, 0.0, 0.55, 1.0, 1.0)]),
    ("┏", &[(0.4, 0.44, 1.0, 0.56, 1.0), (0.4, 0.56, 0.6, 1.0, 1.0)]),
    ("┓", &[(0.0, 0.44, 0.6, 0.56, 1.0), (0.4, 0.56, 0.6, 1.0, 1.0)]),
    ("┗", &[(0.4, 0.44, 1.0, 0.56, 1.0), (0.4, 0.0, 0.6, 0.44, 1.0)]),
    ("┛", &[(0.0, 0.44, 0.6, 0.56, 1.0), (0.4, 0.0, 0.6, 0.44, 1.0)]),
    ("┄", &[(0.05, 0.47, 0.28, 0.53, 1.0), (0.38, 0.47, 0.62, 0.53, 1.0), (0.72, 0.47, 0.95, 0.53, 1.0)]),
];

/// What is written and stood on where a cell says nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    pub(super) ink: [u8; 3],
    pub(super) paper: [u8; 3],
}

/// Returns the picture of a screen; `title` says what it is to those who cannot see it.
pub(super) fn svg(buffer: &Buffer, ground: Ground, title: &str) -> String {
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2.0 * EDGE, rows * CELL.1 + 2.0 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         role=\"img\" font-family=\"{FONTS}\" font-size=\"14\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"9\" fill=\"{}\"/>\n",
        markup_safe(title),
        hex(ground.paper),
    );
    for y in 0..buffer.area.height {
        draw_row(&mut out, &runs(buffer, y, ground), y);
    }
    out.push_str("</svg>\n");
    out
}

/// Cells beside each other that look the same.
struct Run {
    from: u16,
    cells: usize,
    text: String,
    parts: Option<&'static [Part]>,
    look: Looks,
}

#[derive(Clone, Copy, PartialEq)]
struct Looks {
    ink: [u8; 3],
    paper: Option<[u8; 3]>,
    modifiers: Modifier,
}

impl Looks {
    fn of(cell: &Cell, ground: Ground) -> Self {
        let own = Some(rgb(cell.bg, ground.paper)).filter(|paper| *paper != ground.paper);
        let (ink, paper) = (rgb(cell.fg, ground.ink), own);
        if cell.modifier.contains(Modifier::REVERSED) {
            let modifiers = cell.modifier - Modifier::REVERSED;
            return Self { ink: paper.unwrap_or(ground.paper), paper: Some(ink), modifiers };
        }
        Self { ink, paper, modifiers: cell.modifier }
    }
}

/// Returns the runs of a row; nothing of what is empty.
fn runs(buffer: &Buffer, y: u16, ground: Ground) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut covered = 0_usize;
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell((x, y)).filter(|_| covered == 0) else {
            covered = covered.saturating_sub(1);
            continue;
        };
        let symbol = cell.symbol();
        let cells = symbol.width().max(1);
        covered = cells - 1;
        let look = Looks::of(cell, ground);
        let parts = SHAPES.iter().find(|(known, _)| *known == symbol).map(|(_, parts)| *parts);
        match runs.last_mut().filter(|run| run.goes_on(symbol, parts, look)) {
            Some(run) => {
                run.text.push_str(symbol);
                run.cells += cells;
            }
            None => runs.push(Run { from: x, cells, text: symbol.to_owned(), parts, look }),
        }
    }
    runs.retain(|run| !run.text.trim().is_empty() || run.look.paper.is_some());
    runs
}

impl Run {
    /// Whether the next cell belongs to it: letters go on with letters, a shape with itself.
    fn goes_on(&self, symbol: &str, parts: Option<&[Part]>, look: Looks) -> bool {
        look == self.look
            && match (self.parts, parts) {
                (None, None) => true,
                (Some(_), Some(_)) => self.text.ends_with(symbol),
                _ => false,
            }
    }
}

fn draw_row(out: &mut String, runs: &[Run], y: u16) {
    let top = EDGE + f64::from(y) * CELL.1;
    for run in runs {
        #[expect(clippy::cast_precision_loss, reason = "a screen has some hundred columns")]
        let cells = run.cells as f64;
        let left = EDGE + f64::from(run.from) * CELL.0;
        if let Some(paper) = run.look.paper {
            rect(out, (left, top, cells * CELL.0, CELL.1), hex(paper).as_str(), 1.0);
        }
        match run.parts {
            Some(parts) => draw_shapes(out, parts, (left, top, cells), &hex(run.look.ink)),
            None => draw_text(out, run, (left, top, cells)),
        }
    }
}

fn draw_shapes(out: &mut String, parts: &[Part], (left, top, cells): (f64, f64, f64), ink: &str) {
    for &(from, above, to, below, dense) in parts {
        let (y, height) = (top + above * CELL.1, (below - above) * CELL.1);
        if to - from >= 1.0 {
            rect(out, (left, y, cells * CELL.0, height), ink, dense);
            continue;
        }
        let mut x = left + from * CELL.0;
        while x < left + cells * CELL.0 {
            rect(out, (x, y, (to - from) * CELL.0, height), ink, dense);
            x += CELL.0;
        }
    }
}

fn draw_text(out: &mut String, run: &Run, (left, top, cells): (f64, f64, f64)) {
    let text = run.text.trim_end();
    if text.trim_start().is_empty() {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a screen has some hundred columns")]
    let cells = cells - (run.text.width() - text.width()) as f64;
    let bold = if run.look.modifiers.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" fill=\"{}\"{bold} xml:space=\"preserve\">{}</text>",
        top + BASELINE,
        cells * CELL.0,
        hex(run.look.ink),
        markup_safe(text),
    );
}

fn rect(out: &mut String, (x, y, width, height): (f64, f64, f64, f64), fill: &str, dense: f64) {
    let opacity = if dense < 1.0 { format!(" fill-opacity=\"{dense}\"") } else { String::new() };
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"{opacity}/>"
    );
}

/// Returns a colour that is exact, and of all others what a cell has that says nothing.
fn rgb(colour: Color, otherwise: [u8; 3]) -> [u8; 3] {
    match colour {
        Color::Rgb(red, green, blue) => [red, green, blue],
        _ => otherwise,
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const GROUND: Ground = Ground { ink: [1, 2, 3], paper: [250, 251, 252] };

    fn drawn(text: &str, style: Style) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, style);
        svg(&buffer, GROUND, "a <title>")
    }

    #[test]
    fn letters_are_as_wide_as_their_cells_and_nobody_s_words_are_markup() {
        let picture = drawn("<b>&漢", Style::new().add_modifier(Modifier::BOLD));
        roxmltree::Document::parse(&picture).unwrap();
        assert!(picture.contains("&lt;b&gt;&amp;漢</text>") && picture.contains("font-weight=\"bold\""), "{picture}");
        assert!(picture.contains("textLength=\"50.4\""), "six cells: {picture}");
    }

    /// Catches: gaps between the cells of a beam, and shades that differ from font to font.
    #[test]
    fn blocks_beside_each_other_are_one_shape() {
        let picture = drawn("██░", Style::new().fg(Color::Rgb(9, 9, 9)));
        assert_eq!(picture.matches("fill=\"#090909\"").count(), 2, "{picture}");
        assert!(picture.contains("width=\"16.8\"") && picture.contains("fill-opacity=\"0.3\""), "{picture}");
        assert!(!picture.contains("<text"), "{picture}");
    }

    #[test]
    fn what_is_chosen_has_its_colours_the_other_way_round() {
        let picture = drawn("x", Style::new().add_modifier(Modifier::REVERSED));
        assert!(picture.contains("fill=\"#010203\"/>") && picture.contains("fill=\"#fafbfc\" xml:space"), "{picture}");
    }
}
