//! The blocks of an activity, or of a tag, in one week.

use super::super::step::moved;
use super::Leads;
use crate::beam::{Glyphs, Role, Row, kinds};
use crate::domain::{Block, DayBalance, Review, Slice, Subject};
use crate::keymap::Action;
use crate::report::{Look, words};

/// The blocks of an entry of the lists.
#[derive(Clone, Debug)]
pub(super) struct BlocksOf {
    subject: Subject,
    at: usize,
}

impl BlocksOf {
    pub(super) fn new(subject: Subject) -> Self {
        Self { subject, at: 0 }
    }

    /// Returns what they are the blocks of.
    pub(super) fn of(&self) -> &Subject {
        &self.subject
    }

    /// Returns the number of the one that is selected, of those that there are now.
    pub(super) fn at_of(&self, review: &Review<'_>) -> usize {
        self.at.min(self.slices(review).count().saturating_sub(1))
    }

    pub(super) fn select(&mut self, action: Action, review: &Review<'_>) {
        self.at = moved(self.at_of(review), self.slices(review).count(), action);
    }

    pub(super) fn select_at(&mut self, at: usize, review: &Review<'_>) {
        self.at = at.min(self.slices(review).count().saturating_sub(1));
    }

    pub(super) fn open(&self, review: &Review<'_>) -> Leads {
        let found = self.slices(review).nth(self.at_of(review));
        found.map_or(Leads::Nowhere, |(day, slice)| Leads::To(day.day, Some(slice.block.clone())))
    }

    fn has(&self, block: &Block) -> bool {
        match &self.subject {
            Subject::Activity(name) => block.activity == *name,
            Subject::Tag(tag) => block.tags.contains(tag),
        }
    }

    fn slices<'r, 'a>(&'r self, review: &'r Review<'a>) -> impl Iterator<Item = (&'r DayBalance<'a>, &'r Slice<'a>)> {
        let of_day = |day: &'r DayBalance<'a>| day.slices.iter().map(move |slice| (day, slice));
        review.was.days.iter().flat_map(of_day).filter(|(_, slice)| self.has(slice.block))
    }

    /// Returns the heading: what it is, how long, how often.
    pub(super) fn heading(&self, review: &Review<'_>, look: &Look<'_>) -> Row {
        let time = self.slices(review).map(|(_, slice)| slice.length()).sum();
        let count = self.slices(review).count();
        Row::new()
            .with(crate::report::week::subject(&self.subject), Role::Strong)
            .with(format!("   {}", words::length(time)), Role::Strong)
            .with(format!("   {count}{}", look.glyphs.pick("×", "x")), Role::Faint)
    }

    /// Returns a row for each.
    pub(super) fn rows(&self, review: &Review<'_>, look: &Look<'_>) -> Vec<Row> {
        self.slices(review).map(|(day, slice)| row(day, slice, &self.subject, look)).collect()
    }
}

/// Returns `Mon 23  10:30–12:00  ░ 1h30  staff sync +team  "a note"`.
fn row(day: &DayBalance<'_>, slice: &Slice<'_>, subject: &Subject, look: &Look<'_>) -> Row {
    let dash = look.glyphs.pick("–", "-");
    let clock = look.calendar.face().width();
    let end = if slice.runs { "now".to_owned() } else { words::in_list(slice.end, look.calendar) };
    let mut row = Row::plain(format!(
        "{}  {}{dash}{end:<clock$}  ",
        day.day.format("%a %e"),
        words::in_list(slice.start, look.calendar)
    ));
    push_kind(&mut row, slice, look.glyphs);
    row.push(format!(" {:>5}", words::length(slice.length())), Role::Plain);
    if matches!(subject, Subject::Tag(_)) {
        row.push(format!("  {}", slice.block.activity.for_terminal()), Role::Plain);
    }
    for tag in &slice.block.tags {
        row.push(format!("  +{}", tag.for_terminal()), Role::Faint);
    }
    if let Some(note) = &slice.block.note {
        row.push(format!("  {}", note.for_terminal()), Role::Faint);
    }
    row
}

fn push_kind(row: &mut Row, slice: &Slice<'_>, glyphs: Glyphs) {
    row.push(kinds::glyph(slice.kind, glyphs), kinds::role(slice.kind));
}
