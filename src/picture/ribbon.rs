//! The ribbon of a day: its time to scale, with its hours above it.

use chrono::{NaiveTime, TimeDelta, Timelike};

use super::Paper;
use super::drawing::{Drawing, EDGE, WIDTH};
use super::lever::class;
use crate::domain::{Calendar, DayBalance, Kind, Lived, Slice, Zone};
use crate::report::day::ribbon_hours;
use crate::report::words;

const HEIGHT: f64 = 24.0;

/// A stretch of time across the drawing.
struct Scale {
    start: Lived,
    length: TimeDelta,
    zone: Zone,
}

impl Scale {
    /// Returns the scale on which everything of a day is, in whole hours; `None` where
    /// nothing of it is logged.
    fn of(day: &DayBalance<'_>, paper: &Paper<'_>) -> Option<Self> {
        let ((from, until), zone) = ribbon_hours(day, &paper.look)?;
        let first = day.slices.iter().map(|slice| slice.start).chain([from]).min()?;
        let last = day.slices.iter().map(|slice| slice.end).chain([until]).max()?;
        let first = zone.at(first.to_utc());
        let start = first - TimeDelta::seconds(i64::from(first.minute() * 60 + first.second()));
        Some(Self { start, length: (last - start).max(TimeDelta::hours(1)), zone })
    }

    fn at(&self, time: Lived) -> f64 {
        EDGE + seconds(time - self.start) / seconds(self.length) * (WIDTH - 2.0 * EDGE)
    }

    /// Returns the full hours with their places; of many, every second or fourth.
    fn hours(&self) -> impl Iterator<Item = (f64, NaiveTime)> {
        let hours = self.length.num_hours();
        let every = match hours {
            ..=14 => 1,
            15..=26 => 2,
            _ => 4,
        };
        (0..=hours).filter_map(move |hour| {
            let time = self.start + TimeDelta::hours(hour);
            let wall = self.zone.at(time.to_utc());
            wall.hour().is_multiple_of(every).then(|| (self.at(time), wall.time()))
        })
    }
}

/// Draws the ribbon of a day.
pub(super) fn draw(day: &DayBalance<'_>, paper: &Paper<'_>, drawing: &mut Drawing) {
    let Some(scale) = Scale::of(day, paper) else { return };
    let hours = drawing.grow(20.0) + 14.0;
    let top = drawing.grow(HEIGHT + 10.0);
    let now = day.slices.iter().find(|slice| slice.runs).map(|running| scale.at(running.end));
    for (at, hour) in scale.hours() {
        let is_free = now.is_none_or(|now| !(-6.0..20.0).contains(&(now - at)));
        if at < WIDTH - 16.0 && is_free {
            drawing.words("faint small", (at - 1.0, hours), &paper.look.calendar.face().hour(hour));
        }
        drawing.line("grid", (at, top - 4.0), (at, top + HEIGHT + 3.0));
    }
    for gap in &day.gaps {
        let (from, until) = (scale.at(gap.start), scale.at(gap.end));
        let title =
            format!("{} nothing logged, {}", words::read(gap.start, paper.look.calendar), words::length(gap.length()));
        drawing.rect("gap", (from + 0.5, top + 0.5), (until - from - 1.0, HEIGHT - 1.0), Some(&title));
    }
    for slice in &day.slices {
        draw_slice(slice, (&scale, paper.look.calendar), top, drawing);
    }
    if let Some(at) = now {
        drawing.shape("wood", &[(at - 5.0, top - 8.0), (at + 5.0, top - 8.0), (at, top - 1.0)]);
    }
}

fn draw_slice(slice: &Slice<'_>, (scale, calendar): (&Scale, &Calendar), top: f64, drawing: &mut Drawing) {
    let (from, until) = (scale.at(slice.start), scale.at(slice.end));
    let kind = slice.kind;
    if kind == Kind::Off {
        let middle = top + HEIGHT / 2.0;
        drawing.line(class(kind), (from, middle), (until, middle));
        return;
    }
    let (clock, length) = (words::read(slice.start, calendar), words::length(slice.length()));
    let title = format!("{clock} {}, {} {length}", slice.block.activity.raw(), kind.done());
    drawing.rect(class(kind), (from + 0.5, top + 0.5), (until - from - 1.0, HEIGHT - 1.0), Some(&title));
}

#[expect(clippy::cast_precision_loss, reason = "2^52 seconds are 142 million years")]
pub(super) fn seconds(time: TimeDelta) -> f64 {
    time.num_seconds() as f64
}
