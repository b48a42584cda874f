//! Pictures and pages: a day, a week or a trend as SVG, HTML and Markdown.
//!
//! Pure builders that return strings; nothing in them asks for anything elsewhere. A
//! picture is drawn from the values themselves, to scale, not from rows of glyphs. A page
//! is first what it says (`page`), then written as HTML or as Markdown.
//!
//! Two things are decided before anything is drawn: what of what people wrote may leave
//! ([`Show`]; what may not is taken out of the values themselves, so that nothing
//! below can forget it), and that everything goes out through the escaper of its
//! destination (`drawing` and the writers of pages have no other way).

mod arms;
mod colours;
mod day;
mod drawing;
mod html;
mod lever;
mod lists;
mod map;
mod markdown;
mod page;
mod points;
mod ribbon;
mod said;
mod trend;
mod veil;
mod week;

use crate::domain::trend::Trend;
use crate::domain::{Block, DayBalance, Reflection, Review};
use crate::report::Look;
use page::Page;
use veil::Veil;

/// As what it goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A picture that stands alone.
    Svg,
    /// A page in one file: what is said, the picture, the numbers as tables.
    Html,
    /// The same to be pasted, the picture in characters.
    Markdown,
}

/// How much of what people wrote goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// All but the notes.
    WithoutNotes,
    /// Nothing that anybody wrote: only times and kinds.
    WithoutNames,
}

/// What every page and picture is made with.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// By whose clock and habits, and as of when.
    pub look: Look<'a>,
    /// What may leave.
    pub show: Show,
    /// How much of the journal was not understood, or not counted.
    pub missing: usize,
    /// What was thought of the days that it is about.
    pub thoughts: &'a [Reflection],
}

/// Pictures a day. `running` is the block that runs now, on whichever day.
pub fn day(day: &DayBalance<'_>, running: Option<&Block>, form: Form, paper: &Paper<'_>) -> String {
    let veil = Veil::over([day], running, paper.show);
    let running = running.and_then(|block| veil.block(block.id));
    day::page(&veil.day(day), running, paper).written(form)
}

/// Pictures a week, as it would be with what is lifted.
pub fn week(review: &Review<'_>, form: Form, paper: &Paper<'_>) -> String {
    let veil = Veil::over(&review.was.days, None, paper.show);
    week::page(&veil.review(review), paper).written(form)
}

/// Pictures weeks one after another, the oldest first.
pub fn trend(trend: &Trend, form: Form, paper: &Paper<'_>) -> String {
    trend::page(&veil::trend(trend, paper.show), paper).written(form)
}

impl Page {
    fn written(&self, form: Form) -> String {
        match form {
            Form::Svg => self.drawing.alone(&self.title, &self.in_words()),
            Form::Html => html::write(self),
            Form::Markdown => markdown::write(self),
        }
    }
}
