//! What a week's time went into: the kinds beside each other or below, longest first, and
//! how the week would be without each.

use std::ops::Range;

use chrono::TimeDelta;

use super::super::look::{Look, right};
use super::super::words;
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::insight::{self, Part};
use crate::domain::{Kind, Lift, Review, Share, Slice, Subject, Tally, WeekBalance};

/// So many are named of each list, where room is short.
const NAMED: usize = 5;
/// From this width on the kinds stand beside each other.
const THREE_COLUMNS: usize = 72;
/// From this width on it is said how the week would be without an activity.
const WITHOUT_IT: usize = 36;
/// Between two columns.
const GUTTER: usize = 3;

/// The lists of a week, in columns.
#[derive(Clone, Debug)]
pub struct Lists {
    columns: Vec<Column>,
}

/// Lists below each other.
#[derive(Clone, Debug, Default)]
struct Column {
    lines: Vec<Line>,
}

/// A line of a column.
#[derive(Clone, Debug)]
enum Line {
    Heading { kind: Option<Kind>, name: String, total: Option<TimeDelta>, says_without: bool },
    Entry(Entry),
    Blank,
}

/// An activity or a tag, or what is left after those that are named.
#[derive(Clone, Debug)]
struct Entry {
    named: Option<Named>,
    name: String,
    time: TimeDelta,
    blocks: usize,
    without: Option<Share>,
    lift: Option<Lift>,
    says_without: bool,
}

/// What an entry of the lists is: an activity in the list of a kind, or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Of which kind the list is; `None` for that of tags.
    pub kind: Option<Kind>,
    /// The activity, or the tag.
    pub subject: Subject,
}

/// Where an entry of the lists stands: in this column, as this line of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The column.
    pub column: usize,
    /// The line.
    pub line: usize,
}

/// The lists as they are drawn.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the entries stand in them: which, the row, and its cells.
    pub places: Vec<(Spot, usize, Range<usize>)>,
}

impl Lists {
    /// Lists what the time of a week went into.
    pub fn of(review: &Review<'_>, look: &Look<'_>) -> Self {
        let shown = words::shown(&review.was.tally);
        let with = With::of(review, look);
        let [taken_in, made, mut shaped] = [Kind::Consuming, Kind::Creating, Kind::Shaping]
            .map(|kind| Column { lines: with.lines_of(kind, shown.time(kind)) });
        let tags = with.lines_of_tags();
        if !shaped.lines.is_empty() && !tags.is_empty() {
            shaped.lines.push(Line::Blank);
        }
        shaped.lines.extend(tags);
        let columns: Vec<Column> =
            [taken_in, made, shaped].into_iter().filter(|column| !column.lines.is_empty()).collect();
        if look.width >= THREE_COLUMNS { Self { columns } } else { Self { columns: Column::below_each_other(columns) } }
    }

    /// Returns the lists with the first of each named and the rest summed up.
    pub fn rows(&self, look: &Look<'_>) -> Vec<Row> {
        let summed = Self { columns: self.columns.iter().map(Column::summed_up).collect() };
        summed.laid(0, usize::MAX, look).rows
    }

    /// Draws so many rows of the lists, the headings and what follows after the first `from`
    /// lines that do not fit.
    pub fn laid(&self, from: usize, height: usize, look: &Look<'_>) -> Laid {
        let mut laid = Laid::default();
        let rows = self.height().saturating_sub(from).min(height);
        laid.rows = vec![Row::new(); rows];
        let mut x = 0;
        for ((at, column), name) in self.columns.iter().enumerate().zip(self.names(look)) {
            let window = from..from + rows;
            let lines = column.lines.iter().enumerate().skip(from).take(rows);
            for (row, (line, is)) in lines.enumerate() {
                let drawn = if row + 1 == rows { column.rest(&window) } else { None };
                let drawn = drawn.as_ref().unwrap_or(is);
                if let Some(into) = laid.rows.get_mut(row) {
                    into.pad_to(x);
                    into.append(drawn.row(name, look));
                }
                if matches!(drawn, Line::Entry(Entry { named: Some(_), .. })) {
                    laid.places.push((Spot { column: at, line }, row, x..x + name + column.numbers()));
                }
            }
            x += name + column.numbers() + GUTTER;
        }
        laid
    }

    /// Returns how many rows all of it takes.
    pub fn height(&self) -> usize {
        self.columns.iter().map(|column| column.lines.len()).max().unwrap_or_default()
    }

    /// Returns every entry in the order of the columns.
    pub fn spots(&self) -> impl Iterator<Item = (Spot, &Named)> {
        self.columns.iter().enumerate().flat_map(|(column, of)| {
            of.lines.iter().enumerate().filter_map(move |(line, is)| match is {
                Line::Entry(Entry { named: Some(named), .. }) => Some((Spot { column, line }, named)),
                _ => None,
            })
        })
    }

    /// Returns of each kind the time that its heading says, and what its entries add up to.
    #[cfg(test)]
    pub(super) fn sums(&self) -> Vec<(Kind, TimeDelta, TimeDelta)> {
        let lists = self.columns.iter().flat_map(|of| of.lines.chunk_by(|_, next| matches!(next, Line::Entry(_))));
        let time = |line: &Line| match line {
            Line::Entry(entry) => entry.time,
            _ => TimeDelta::zero(),
        };
        lists
            .filter_map(|list| match list.first()? {
                Line::Heading { kind: Some(kind), total: Some(total), .. } => {
                    Some((*kind, *total, list.iter().map(time).sum()))
                }
                _ => None,
            })
            .collect()
    }

    /// Returns the cells that the names of each column get.
    fn names(&self, look: &Look<'_>) -> Vec<usize> {
        let needs: Vec<usize> = self.columns.iter().map(Column::needs).collect();
        let numbers: usize = self.columns.iter().map(Column::numbers).sum();
        let fixed = numbers + GUTTER * self.columns.len().saturating_sub(1);
        let names = room_for_each(&needs, look.width.saturating_sub(fixed));
        // A name alone may as well be cut at the end of the row.
        if self.columns.len() == 1 { names.into_iter().map(|name| name.max(8)).collect() } else { names }
    }
}

impl Column {
    fn below_each_other(columns: Vec<Self>) -> Vec<Self> {
        let lines: Vec<Vec<Line>> = columns.into_iter().map(|column| column.lines).collect();
        let lines = lines.join(&Line::Blank);
        if lines.is_empty() { Vec::new() } else { vec![Self { lines }] }
    }

    /// Returns the column with each list cut to those that are named. One that is left over
    /// is named too: it takes no more room than «1 other».
    fn summed_up(&self) -> Self {
        let mut lines = Vec::new();
        for list in self.lines.chunk_by(|_, next| matches!(next, Line::Entry(_))) {
            let fits = if list.len() == NAMED + 2 { NAMED + 2 } else { NAMED + 1 };
            let (named, others) = list.split_at(fits.min(list.len()));
            lines.extend_from_slice(named);
            lines.extend(Line::of_others(others));
        }
        Self { lines }
    }

    /// Returns what stands for the last line of a window and all of its list that is below.
    fn rest(&self, window: &Range<usize>) -> Option<Line> {
        let below = self.lines.get(window.end..).filter(|below| !below.is_empty())?;
        let last = window.end.checked_sub(1).filter(|last| *last > window.start)?;
        let rest = self.lines.get(last..)?;
        match (rest.first()?, below.first()?) {
            // What it is the heading of is below.
            (Line::Heading { .. }, _) => Some(Line::Blank),
            (Line::Entry(_), Line::Entry(_)) => {
                let end = rest.iter().position(|line| !matches!(line, Line::Entry(_))).unwrap_or(rest.len());
                Line::of_others(rest.get(..end)?)
            }
            _ => None,
        }
    }

    fn says_without(&self) -> bool {
        self.lines.iter().any(|line| matches!(line, Line::Heading { says_without: true, .. }))
    }

    /// Returns the cells that the widest name takes.
    fn needs(&self) -> usize {
        self.lines.iter().map(Line::needs).max().unwrap_or_default()
    }

    /// Returns the cells that stand right of the names.
    fn numbers(&self) -> usize {
        if self.says_without() { TIME + TIMES + WITHOUT } else { TIME }
    }
}

const TIME: usize = " 24h50".len();
const TIMES: usize = " 12x".len();
const WITHOUT: usize = "  100 %".len();

impl Line {
    /// Sums entries up to one.
    fn of_others(entries: &[Self]) -> Option<Self> {
        let entries: Vec<&Entry> = entries
            .iter()
            .filter_map(|line| match line {
                Self::Entry(entry) => Some(entry),
                _ => None,
            })
            .collect();
        let first = entries.first()?;
        Some(Self::Entry(Entry {
            named: None,
            name: words::count(entries.len(), "other", "others"),
            time: entries.iter().map(|entry| entry.time).sum(),
            blocks: 0,
            without: None,
            lift: None,
            says_without: first.says_without,
        }))
    }

    fn needs(&self) -> usize {
        match self {
            Self::Heading { kind, name, .. } => width(name) + if kind.is_some() { 2 } else { 0 },
            Self::Entry(entry) => width(&entry.name),
            Self::Blank => 0,
        }
    }

    fn row(&self, name: usize, look: &Look<'_>) -> Row {
        match self {
            Self::Heading { kind, name: called, total, says_without } => {
                let mut row = Row::new();
                if let Some(kind) = kind {
                    row.push(kinds::glyph(*kind, look.glyphs), kinds::role(*kind));
                    row.push(" ", Role::Strong);
                }
                row.push(look.left(called, name.saturating_sub(row.width())), Role::Strong);
                row.push(right(&total.map(words::length).unwrap_or_default(), TIME), Role::Strong);
                if *says_without {
                    row.push(right("without it", TIMES + WITHOUT), Role::Faint);
                }
                row
            }
            Self::Entry(entry) => entry.row(name, look),
            Self::Blank => Row::new(),
        }
    }
}

impl Entry {
    fn row(&self, name: usize, look: &Look<'_>) -> Row {
        let role = if self.named.is_some() && self.lift.is_none() { Role::Plain } else { Role::Faint };
        let mut row = Row::new().with(look.left(&self.name, name), role);
        let time = words::length(self.time);
        if !self.says_without {
            let said = self.lift.map_or(time.as_str(), |lift| if lift == Lift::Free { "off" } else { "made" });
            row.push(right(said, TIME), if self.lift.is_some() { Role::Strong } else { role });
            return row;
        }
        row.push(right(&time, TIME), role);
        if let Some(lift) = self.lift {
            let said = if lift == Lift::Free { "lifted off" } else { "as made" };
            row.push(right(said, TIMES + WITHOUT), Role::Strong);
        } else if let Some(without) = self.without {
            let often = if self.blocks > 1 { look.times(self.blocks) } else { String::new() };
            row.push(right(&often, TIMES), Role::Faint);
            row.push(right(&look.share(Some(without)), WITHOUT), Role::Plain);
        }
        row
    }
}

/// What entries are made with: the week as it was, and how it would be.
struct With<'r, 'a> {
    review: &'r Review<'a>,
    /// Every activity of the tipped week with all its kinds: without one, all of it would
    /// be gone.
    tipped: Vec<Part<'a>>,
    says_without: bool,
}

fn slices<'r, 'a>(week: &'r WeekBalance<'a>) -> impl Iterator<Item = Slice<'a>> + use<'r, 'a> {
    week.days.iter().flat_map(|day| &day.slices).copied()
}

impl<'r, 'a> With<'r, 'a> {
    fn of(review: &'r Review<'a>, look: &Look<'_>) -> Self {
        let tipped = insight::activities(slices(&review.tipped));
        Self { review, tipped, says_without: look.width >= WITHOUT_IT }
    }

    fn lines_of(&self, kind: Kind, total: TimeDelta) -> Vec<Line> {
        let parts = insight::activities(slices(&self.review.was).filter(|slice| slice.kind == kind));
        if parts.is_empty() {
            return Vec::new();
        }
        let says_without = self.says_without && kind == Kind::Consuming;
        let times: Vec<TimeDelta> = parts.iter().map(|part| part.tally.time(kind)).collect();
        let shown = words::minutes_that_add_up_to(total, &times);
        let heading =
            Line::Heading { kind: Some(kind), name: kind.done().to_owned(), total: Some(total), says_without };
        let entry = |(part, time): (&Part<'a>, TimeDelta)| {
            let subject = Subject::Activity(part.name.clone());
            let without = says_without.then(|| self.without(part)).flatten();
            let named = Named { kind: Some(kind), subject };
            Line::Entry(Entry { without, says_without, ..self.entry(named, part, time) })
        };
        [heading].into_iter().chain(parts.iter().zip(shown).map(entry)).collect()
    }

    fn lines_of_tags(&self) -> Vec<Line> {
        let parts = insight::tags(slices(&self.review.was));
        if parts.is_empty() {
            return Vec::new();
        }
        // They overlap, so there is nothing that they add up to.
        let heading = Line::Heading { kind: None, name: "tags".to_owned(), total: None, says_without: false };
        let entry = |part: &Part<'a>| {
            Line::Entry(self.entry(
                Named { kind: None, subject: Subject::Tag(part.name.clone()) },
                part,
                part.tally.logged(),
            ))
        };
        [heading].into_iter().chain(parts.iter().map(entry)).collect()
    }

    fn entry(&self, named: Named, part: &Part<'_>, time: TimeDelta) -> Entry {
        let subject = &named.subject;
        Entry {
            name: super::subject(subject),
            lift: self.review.lift_of(subject),
            named: Some(named),
            time,
            blocks: part.blocks,
            without: None,
            says_without: false,
        }
    }

    /// Returns the share that the week would have, as it is tipped, without this activity.
    fn without(&self, part: &Part<'_>) -> Option<Share> {
        let week = &self.review.tipped;
        let left: Tally = match self.tipped.iter().find(|of| of.name == part.name) {
            Some(of) => of.without(&week.tally),
            None => week.tally,
        };
        left.share(week.lens)
    }
}

/// Shares `room` out over columns: each gets what it needs, and where that is too much,
/// the widest give way first.
fn room_for_each(needs: &[usize], room: usize) -> Vec<usize> {
    let mut widths = needs.to_vec();
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 2 => *widest -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_each_other_the_widest_first() {
        assert_eq!(room_for_each(&[20, 10, 5], 60), [20, 10, 5]);
        assert_eq!(room_for_each(&[20, 10, 5], 25), [10, 10, 5]);
        assert_eq!(room_for_each(&[20, 10, 5], 12), [4, 4, 4]);
    }
}
