//! The hours of the week: what each was spent on, over some weeks.

use chrono::{NaiveTime, TimeDelta, Weekday};

use super::drawing::{Drawing, EDGE, WIDTH};
use super::lever::{class, key};
use super::page::{Cell, Column, Table};
use super::ribbon::seconds;
use crate::domain::trend::Rhythm;
use crate::domain::{Face, Kind};
use crate::report::words;

const LEFT: f64 = EDGE + 44.0;
const ROW: f64 = 24.0;
/// What is drawn of a row: a full hour of all weeks fills it.
const FULL: f64 = 18.0;
/// The hours that are always there.
const USUAL: std::ops::Range<u32> = 9..17;

/// The hours of a rhythm that have anything, in the order of the day, and the weekdays in that
/// of the week.
struct Frame {
    hours: Vec<u32>,
    face: Face,
    weekdays: Vec<Weekday>,
}

impl Frame {
    /// Returns the frame of all that was logged, and of a working day; `None` where nothing was.
    fn of(rhythm: &Rhythm, face: Face) -> Option<Self> {
        if rhythm.tally().logged() <= TimeDelta::zero() {
            return None;
        }
        let weekdays: Vec<Weekday> = rhythm.first.days().map(|day| chrono::Datelike::weekday(&day)).collect();
        let has_time =
            |hour: u32| weekdays.iter().any(|day| rhythm.hour(*day, hour).tally.logged() > TimeDelta::zero());
        let order: Vec<u32> = rhythm.order().collect();
        let wanted = |hour: &u32| has_time(*hour) || USUAL.contains(hour);
        let first = order.iter().position(&wanted)?;
        let last = order.iter().rposition(wanted)?;
        let hours = order.get(first..=last)?.to_vec();
        let at_weekend = |day: Weekday| matches!(day, Weekday::Sat | Weekday::Sun);
        let weekdays = weekdays.into_iter().filter(|day| !at_weekend(*day) || rhythm.logged_days(*day) > 0).collect();
        Some(Self { hours, face, weekdays })
    }

    /// Returns what an hour is called.
    fn name(&self, hour: u32) -> String {
        self.face.hour(NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap_or_default())
    }
}

/// Draws the hours as columns and the weekdays as rows: in each, what was made lies lowest,
/// then what was shaped, then what was taken in.
pub(super) fn draw(rhythm: &Rhythm, face: Face, drawing: &mut Drawing) {
    let Some(frame) = Frame::of(rhythm, face) else { return };
    let heading = drawing.grow(58.0) + 32.0;
    let weeks = format!(
        "The hours of the week, {}–{}",
        rhythm.first.first().format("%-d %b"),
        rhythm.last.last().format("%-d %b %Y")
    );
    drawing.words("ink strong", (EDGE, heading), &weeks);
    #[expect(clippy::cast_precision_loss, reason = "a day has 24 hours")]
    let column = ((WIDTH - EDGE - LEFT) / frame.hours.len() as f64).min(56.0);
    let mut left = LEFT;
    for hour in &frame.hours {
        drawing.words("faint small middle", (left + column / 2.0, heading + 22.0), &frame.name(*hour));
        left += column;
    }
    for weekday in &frame.weekdays {
        let top = drawing.grow(ROW);
        drawing.words("ink", (EDGE, top + 16.0), &weekday.to_string());
        drawing.line("grid", (LEFT, top + FULL + 1.0), (left, top + FULL + 1.0));
        for (at, hour) in frame.hours.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a day has 24 hours")]
            let left = LEFT + column * at as f64;
            let name = format!("{weekday} {}", frame.name(*hour));
            draw_hour((rhythm, &name), (*weekday, *hour), (left, top), column, drawing);
        }
    }
    let line = drawing.grow(28.0) + 18.0;
    let after = key(Kind::Consuming, "", EDGE, line, drawing) - 24.0;
    drawing.words("faint small", (after, line), "a box that is full: that hour of every day that was logged");
}

fn draw_hour(
    (rhythm, name): (&Rhythm, &str),
    (weekday, hour): (Weekday, u32),
    (left, top): (f64, f64),
    column: f64,
    drawing: &mut Drawing,
) {
    let tally = rhythm.hour(weekday, hour).tally;
    let days = f64::from(rhythm.logged_days(weekday).max(1));
    let mut foot = top + FULL;
    for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
        let time = tally.time(kind);
        let height = (seconds(time) / (3_600.0 * days)).min(1.0) * FULL;
        foot -= height;
        if height > 0.0 {
            let title = format!("{name}: {} {}", kind.done(), words::length(time));
            drawing.rect(class(kind), (left + 1.0, foot), (column - 2.0, height), Some(&title));
        }
    }
}

/// Returns the hours as numbers: what was made and shaped in each where anything was logged.
pub(super) fn table(rhythm: &Rhythm, face: Face) -> Option<Table> {
    let frame = Frame::of(rhythm, face)?;
    let columns =
        std::iter::once(Column::Short("hour")).chain(frame.weekdays.iter().map(|day| Column::Numbers(name(*day))));
    let cell = |weekday: &Weekday, hour: u32| {
        let tally = rhythm.hour(*weekday, hour).tally;
        if tally.logged() <= TimeDelta::zero() {
            return Cell::none();
        }
        let [made, shaped] = [tally.creating, tally.shaping].map(words::length);
        Cell::Ours(format!("{made} + {shaped}"))
    };
    let row = |hour: &u32| {
        let name = Cell::Ours(frame.name(*hour));
        std::iter::once(name).chain(frame.weekdays.iter().map(|weekday| cell(weekday, *hour))).collect()
    };
    let rows = frame.hours.iter().map(row).collect();
    Some(Table { heading: "Made + shaped, by hour".to_owned(), columns: columns.collect(), rows, sum: None })
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}
