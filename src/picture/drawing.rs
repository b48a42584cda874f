//! A drawing: elements of an SVG, one after another, in a space of fixed width. Every word
//! in it has gone through the escaper; every look is a class of the style sheet.

use std::fmt::Write as _;

use super::colours;
use crate::text::markup::markup_safe;

/// How wide every drawing is, in its own units.
pub(super) const WIDTH: f64 = 560.0;
/// The space at its left and right edge, for the outlines of what stands there.
pub(super) const EDGE: f64 = 1.0;

/// Right of the left edge, down from the top.
pub(super) type Point = (f64, f64);

/// What is drawn, from the top down.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawing {
    elements: String,
    /// What stands alone and not on a page, where the same is said in words.
    alone: String,
    alone_height: f64,
    height: f64,
}

impl Drawing {
    /// Leaves space at the bottom and returns where it begins.
    pub(super) fn grow(&mut self, height: f64) -> f64 {
        let top = self.height;
        self.height += height;
        top
    }

    /// Draws a rectangle from its upper left corner; `title` is what it says when asked.
    pub(super) fn rect(&mut self, class: &str, (left, top): Point, (width, height): Point, title: Option<&str>) {
        let (left, top, width, height) = (number(left), number(top), number(width.max(0.0)), number(height.max(0.0)));
        let start = format!(r#"<rect class="{class}" x="{left}" y="{top}" width="{width}" height="{height}""#);
        self.element(&start, "rect", title);
    }

    /// Draws a straight line.
    pub(super) fn line(&mut self, class: &str, from: Point, to: Point) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let _ = writeln!(self.elements, r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
    }

    /// Draws a line through points.
    pub(super) fn path(&mut self, class: &str, points: &[Point]) {
        let points = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y)));
        let points = points.collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.elements, r#"<polyline class="{class}" points="{points}"/>"#);
    }

    /// Draws a filled shape.
    pub(super) fn shape(&mut self, class: &str, points: &[Point]) {
        let points = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y)));
        let points = points.collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.elements, r#"<polygon class="{class}" points="{points}"/>"#);
    }

    /// Draws a circle around its middle.
    pub(super) fn circle(&mut self, class: &str, middle: Point, radius: f64, title: Option<&str>) {
        let [x, y, r] = [middle.0, middle.1, radius].map(number);
        self.element(&format!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}""#), "circle", title);
    }

    /// Writes words on a base line; the classes `middle` and `end` say which part of them
    /// stands at the point.
    pub(super) fn words(&mut self, class: &str, at: Point, words: &str) {
        let (x, y, words) = (number(at.0), number(at.1), markup_safe(words));
        let _ = writeln!(self.elements, r#"<text class="{class}" x="{x}" y="{y}">{words}</text>"#);
    }

    /// Draws what `draw` does turned by so many degrees, clockwise, about a point.
    pub(super) fn turned(&mut self, degrees: f64, about: Point, draw: impl FnOnce(&mut Self)) {
        let [angle, x, y] = [degrees, about.0, about.1].map(number);
        let _ = writeln!(self.elements, r#"<g transform="rotate({angle} {x} {y})">"#);
        draw(self);
        self.elements.push_str("</g>\n");
    }

    /// Adds below what stands alone and not on a page, which says it in words.
    pub(super) fn only_alone(&mut self, draw: impl FnOnce(&mut Self)) {
        let mut other = Self { height: self.height + self.alone_height, ..Self::default() };
        draw(&mut other);
        self.alone_height = other.height - self.height;
        self.alone.push_str(&other.elements);
    }

    fn element(&mut self, start: &str, name: &str, title: Option<&str>) {
        self.elements.push_str(start);
        let _ = match title {
            None => writeln!(self.elements, "/>"),
            Some(title) => writeln!(self.elements, "><title>{}</title></{name}>", markup_safe(title)),
        };
    }

    /// Returns it as a document of its own, that says in words what it shows, under its title.
    pub(super) fn alone(&self, title: &str, in_words: &str) -> String {
        let said = lines(in_words, 82);
        let mut heading = Self::default();
        let line = heading.grow(40.0) + 26.0;
        heading.words("ink strong large", (EDGE, line), title);
        for words in said.iter().take(MOST_LINES) {
            let line = heading.grow(16.5) + 6.0;
            heading.words("ink small", (EDGE, line), words);
        }
        let top = heading.grow(14.0) + 14.0;
        let height = top + self.height + self.alone_height;
        let style = colours::of_pictures();
        format!(
            "{}<style>{style}</style>\n{DEFINITIONS}<rect class=\"ground\" x=\"{}\" width=\"{}\" height=\"{}\"/>\n{}\
             <g transform=\"translate(0 {})\">\n{}{}</g>\n</svg>\n",
            opening(title, in_words, MARGIN, height),
            number(-MARGIN),
            number(WIDTH + 2.0 * MARGIN),
            number(height),
            heading.elements,
            number(top),
            self.elements,
            self.alone,
        )
    }

    /// Returns it as a part of a page, which has the style sheet.
    pub(super) fn within(&self, title: &str, in_words: &str) -> String {
        format!("{}{DEFINITIONS}{}</svg>\n", opening(title, in_words, 0.0, self.height), self.elements)
    }
}

/// So many lines of words head a drawing that stands alone.
const MOST_LINES: usize = 8;
/// The space left and right of it then.
const MARGIN: f64 = 18.0;

fn opening(title: &str, in_words: &str, margin: f64, height: f64) -> String {
    let (title, in_words) = (markup_safe(title), markup_safe(in_words));
    let (left, width, height) = (number(-margin), number(WIDTH + 2.0 * margin), number(height));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} 0 {width} {height}\" role=\"img\" lang=\"en\" \
         aria-label=\"{in_words}\">\n<title>{title}</title>\n<desc>{in_words}</desc>\n"
    )
}

/// What was shaped is hatched, so that it is told from what was made without colours.
const DEFINITIONS: &str = "<defs><pattern id=\"hatching\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" \
     patternTransform=\"rotate(45)\"><rect class=\"hatched\" width=\"4\" height=\"4\"/>\
     <rect class=\"hatch\" width=\"2\" height=\"4\"/></pattern></defs>\n";

/// Returns a length as it is written: to the hundredth, without zeros at its end.
fn number(length: f64) -> String {
    let written = format!("{length:.2}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Breaks words into lines of about so many characters.
fn lines(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
