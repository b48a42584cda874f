//! The week: seven levers laid down. Time to the left and right of one axis, on one scale,
//! with a tick where each day would be level.

use chrono::{Datelike as _, TimeDelta};

use super::Paper;
use super::drawing::{Drawing, EDGE, WIDTH};
use super::lever::class;
use super::ribbon::seconds;
use crate::beam::{arms::level_at, kinds};
use crate::domain::{DayBalance, Kind, Lens, Share, Tally, WeekBalance};
use crate::report::words;

/// Where the arms begin and end, and where the numbers end.
const LEFT: f64 = 66.0;
const RIGHT: f64 = 376.0;
const SHARE: f64 = 427.0;
const LOGGED: f64 = 493.0;
const LONGEST: f64 = WIDTH - EDGE;
/// The room that the headings need left and right of the axis.
const HEADINGS: [f64; 2] = [106.0, 98.0];
/// What a tick beyond an arm needs.
const BEYOND: f64 = 10.0;
/// How near to an arm's end a tick may stand, so that it is seen on which side.
const SEEN: f64 = 1.0;
const ROW: f64 = 26.0;
const BAR: f64 = 16.0;
/// How many points the level of the week shows on each side.
const POINTS_A_SIDE: f64 = 30.0;

/// What all rows share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arms {
    pub(super) axis: f64,
    /// So many units are a second.
    pub(super) unit: f64,
    lens: Lens,
}

impl Arms {
    /// Finds the scale on which every arm fits, and every tick that is not too far out.
    pub(super) fn of(week: &WeekBalance<'_>) -> Self {
        let mut longest = [TimeDelta::zero(); 2];
        let mut farthest_tick = TimeDelta::zero();
        for day in &week.days {
            let outward = day.tally.creation(week.lens);
            let inward = day.tally.logged() - outward;
            let [longest_in, longest_out] = longest;
            longest = [longest_in.max(inward), longest_out.max(outward)];
            farthest_tick = farthest_tick.max(level_at(&day.tally, week.lens, day.target).unwrap_or(TimeDelta::MAX));
        }
        let [inward, outward] = longest;
        let outward = outward.max(farthest_tick.min(inward.max(outward) * 2));
        let [inward, outward] = [inward, outward].map(|time| seconds(time).max(1.0));
        let room = RIGHT - LEFT - BEYOND;
        let [left, right] = HEADINGS;
        let left = (room * inward / (inward + outward)).clamp(left, room - right);
        Self { axis: LEFT + left, unit: (left / inward).min((room - left) / outward), lens: week.lens }
    }

    fn length(&self, time: TimeDelta) -> f64 {
        seconds(time) * self.unit
    }

    /// Draws one row of arms with its tick.
    fn draw(&self, tally: &Tally, target: Share, top: f64, drawing: &mut Drawing) {
        let [inward, outward] = kinds::sides(self.lens);
        let mut left = self.axis;
        for kind in inward {
            let length = self.length(tally.time(*kind));
            left -= length;
            draw_arm(*kind, tally, (left, top), length, drawing);
        }
        let mut right = self.axis;
        for kind in outward {
            let length = self.length(tally.time(*kind));
            draw_arm(*kind, tally, (right, top), length, drawing);
            right += length;
        }
        if tally.logged() > TimeDelta::zero() {
            self.draw_tick(tally, target, right, top, drawing);
        }
    }

    /// Draws the tick where the row would be level: within the arm if and only if the
    /// target is met. On the axis itself it would say nothing.
    fn draw_tick(&self, tally: &Tally, target: Share, end: f64, top: f64, drawing: &mut Drawing) {
        let level = level_at(tally, self.lens, target);
        if level == Some(TimeDelta::zero()) {
            return;
        }
        let at = level.map(|level| self.axis + self.length(level));
        if kinds::target_is_met(tally, self.lens, target) {
            let at = at.unwrap_or(end).min(end);
            drawing.line("tick", (at, top - 3.0), (at, top + BAR + 3.0));
            return;
        }
        if let Some(at) = at.map(|at| at.max(end + SEEN)).filter(|at| *at <= RIGHT) {
            drawing.line("tick beyond", (at, top - 3.0), (at, top + BAR + 3.0));
        } else {
            let (tip, middle) = (RIGHT.max(end + BEYOND), top + BAR / 2.0);
            drawing.shape("wood far", &[(tip, middle), (tip - 7.0, middle - 4.5), (tip - 7.0, middle + 4.5)]);
        }
    }
}

fn draw_arm(kind: Kind, tally: &Tally, (left, top): (f64, f64), length: f64, drawing: &mut Drawing) {
    if length > 0.0 {
        let title = format!("{} {}", kind.done(), words::length(words::shown(tally).time(kind)));
        drawing.rect(class(kind), (left, top), (length, BAR), Some(&title));
    }
}

/// Draws the seven days and their sum.
pub(super) fn draw(week: &WeekBalance<'_>, paper: &Paper<'_>, drawing: &mut Drawing) {
    let arms = Arms::of(week);
    draw_headings(week.lens, &arms, drawing);
    let logged: Vec<TimeDelta> = week.days.iter().map(|day| day.tally.logged()).collect();
    let top = drawing.grow(0.0);
    for (day, logged) in week.days.iter().zip(words::minutes_that_add_up(&logged)) {
        draw_day(day, logged, &arms, paper, drawing);
    }
    let bottom = drawing.grow(14.0);
    drawing.line("rail", (arms.axis, top - 2.0), (arms.axis, bottom));
    draw_level(week, &arms, paper, drawing);
}

fn draw_headings(lens: Lens, arms: &Arms, drawing: &mut Drawing) {
    let line = drawing.grow(24.0) + 14.0;
    let [inward, outward] = match lens {
        Lens::Counted => ["taken in", "made, shaped"],
        Lens::Apart => ["shaped, taken in", "made"],
    };
    drawing.words("faint small end", (arms.axis - 5.0, line), inward);
    drawing.words("faint small", (arms.axis + 5.0, line), outward);
    for (at, name) in [(SHARE, words::share_of(lens)), (LOGGED, "logged"), (LONGEST, "longest")] {
        drawing.words("faint small end", (at, line), name);
    }
}

fn draw_day(day: &DayBalance<'_>, logged: TimeDelta, arms: &Arms, paper: &Paper<'_>, drawing: &mut Drawing) {
    let row = drawing.grow(ROW);
    let (top, line) = (row + (ROW - BAR) / 2.0, row + 18.0);
    let has_time = day.tally.logged() > TimeDelta::zero();
    let ink = if has_time { "ink" } else { "faint" };
    drawing.words(ink, (EDGE, line), &format!("{} {}", day.day.weekday(), day.day.day()));
    arms.draw(&day.tally, day.target, top, drawing);
    if !has_time {
        let why = day.off.map(|off| words::why_off(off).unwrap_or_else(|| words::DAY_OFF.to_owned()));
        if let Some(why) = why {
            let room = if arms.axis > 200.0 { 20 } else { 26 };
            drawing.words("faint small", (arms.axis + 8.0, line), &super::lists::short(&why, room));
        }
        let dash = if day.day > paper.look.today() { "" } else { "–" };
        drawing.words("faint end", (SHARE, line), dash);
        drawing.words("faint end", (LOGGED, line), dash);
        return;
    }
    drawing.words("ink end", (SHARE, line), &paper.look.share(day.share()));
    drawing.words("ink end", (LOGGED, line), &words::length(logged));
    let longest = day.longest.map_or_else(String::new, |longest| words::length(longest.length));
    drawing.words("ink end", (LONGEST, line), &longest);
}

/// Draws the level of the week, its pivot under the axis of the days.
fn draw_level(week: &WeekBalance<'_>, arms: &Arms, paper: &Paper<'_>, drawing: &mut Drawing) {
    let row = drawing.grow(ROW + 8.0);
    let (middle, line) = (row + 12.0, row + 17.0);
    drawing.words("ink strong", (EDGE, line), "week");
    let side = (arms.axis - LEFT).min(RIGHT - arms.axis);
    drawing.line("rail", (arms.axis - side, middle), (arms.axis + side, middle));
    if let Some(share) = week.share() {
        let points = (share.points() - week.target.points()).clamp(-POINTS_A_SIDE, POINTS_A_SIDE);
        let length = points.abs() / POINTS_A_SIDE * side;
        let (class, left) = if points < 0.0 { ("taken-in", arms.axis - length) } else { ("made", arms.axis) };
        drawing.rect(class, (left, middle - 5.0), (length, 10.0), None);
    }
    let pivot = if week.share().is_some() { "wood" } else { "hollow" };
    drawing.shape(pivot, &[(arms.axis, middle), (arms.axis + 9.0, middle + 14.0), (arms.axis - 9.0, middle + 14.0)]);
    drawing.words("ink strong end", (SHARE, line), &paper.look.share(week.share()));
    drawing.words("ink strong end", (LOGGED, line), &words::length(week.tally.logged()));
    let coverage = words::coverage(week.tally.logged(), week.expected);
    let of = coverage.split_once(" of ").map_or_else(String::new, |(_, expected)| format!("of {expected}"));
    drawing.words("ink end", (LONGEST, line), &of);
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::*;
    use crate::beam::testing::{any_share, any_tally};

    fn week(days: &[(Tally, Share)], lens: Lens) -> WeekBalance<'static> {
        let first: NaiveDate = "2026-11-23".parse().unwrap();
        let day = |(day, (tally, target)): (NaiveDate, &(Tally, Share))| DayBalance {
            day,
            tally: *tally,
            expected: TimeDelta::hours(8),
            limits: crate::domain::Limits::default(),
            off: None,
            lens,
            target: *target,
            slices: Vec::new(),
            gaps: Vec::new(),
            longest: None,
            switches: 0,
            fragments: 0,
            interrupted: 0,
        };
        let days: Vec<_> = first.iter_days().zip(days).map(day).collect();
        let sample = crate::report::testing::Example::at("2026-11-24T12:00");
        let tally = days.iter().map(|day| day.tally).sum();
        let week = sample.calendar.week_of(first);
        WeekBalance { week, days, tally, expected: TimeDelta::hours(40), lens, target: Share::GUESS }
    }

    proptest! {
        #[test]
        fn an_arm_is_as_long_as_its_time_and_reaches_the_tick_if_and_only_if_the_target_is_met(
            days in prop::collection::vec((any_tally(), any_share()), 7), apart in any::<bool>(),
        ) {
            let lens = if apart { Lens::Apart } else { Lens::Counted };
            let arms = Arms::of(&week(&days, lens));
            for (tally, target) in &days {
                let mut drawing = Drawing::default();
                arms.draw(tally, *target, 0.0, &mut drawing);
                let text = drawing.within("", "");
                let document = Document::parse(&text).unwrap();
                let of_class = |class: &str| {
                    document.descendants().find(|node| node.attribute("class") == Some(class) && !node.ancestors().any(|node| node.has_tag_name("pattern")))
                };
                let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();

                let mut end = arms.axis;
                for kind in [Kind::Creating, Kind::Shaping, Kind::Consuming] {
                    let width = of_class(class(kind)).map_or(0.0, |arm| number(arm, "width"));
                    prop_assert!((width - seconds(tally.time(kind)) * arms.unit).abs() < 0.5);
                    if let Some(arm) = of_class(class(kind)) {
                        let left = number(arm, "x");
                        prop_assert!(left + width <= arms.axis + 0.02 || left >= arms.axis - 0.02, "on one side of the axis");
                        prop_assert!(left >= LEFT - 0.02 && left + width <= RIGHT + 0.02);
                        end = end.max(left + width);
                    }
                }
                let met = kinds::target_is_met(tally, lens, *target);
                let has_time = tally.logged() > TimeDelta::zero();
                let on_axis = level_at(tally, lens, *target) == Some(TimeDelta::zero());
                let (within, beyond, far) = (of_class("tick"), of_class("tick beyond"), of_class("wood far"));
                prop_assert_eq!(within.is_some(), has_time && met && !on_axis);
                prop_assert_eq!(beyond.is_some() || far.is_some(), has_time && !met && !on_axis);
                prop_assert!(within.is_none_or(|tick| number(tick, "x1") <= end + 0.02), "the arm reaches it");
                prop_assert!(beyond.is_none_or(|tick| number(tick, "x1") > end + SEEN / 2.0), "it does not");
            }
        }
    }
}
