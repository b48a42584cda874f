//! What is found, in sentences; never praise, never a reason.

use chrono::{NaiveTime, TimeDelta, Weekday};

use crate::beam::{Role, Row, kinds};
use crate::domain::trend::{FEWEST_WEEKS, Feeling, Finding, Marks, Moved, Window};
use crate::domain::{Kind, RecurringGap, Trend};
use crate::report::look::Look;
use crate::report::{Words, words};

/// Returns a sentence for everything that is found, the most useful first.
pub fn sentences(trend: &Trend, shown: Words, look: &Look<'_>) -> Vec<Row> {
    let found = trend.findings(look.habits.lens);
    if found.is_empty() {
        return look.wrapped(&Row::new().with("nothing recurs so clearly that it could be said", Role::Faint));
    }
    found.iter().flat_map(|finding| look.wrapped(&sentence(finding, shown, look))).collect()
}

/// Says that there are too few weeks, and how many there are.
pub fn too_few(trend: &Trend, look: &Look<'_>) -> Vec<Row> {
    let so_far = match trend.weeks_with_time() {
        0 => "nothing is logged yet".to_owned(),
        weeks => format!("so far there is something in {}", words::count(weeks, "week", "weeks")),
    };
    let fewest = words::number(u32::try_from(FEWEST_WEEKS).unwrap_or_default());
    look.wrapped(&Row::new().with(format!("a trend begins with {fewest} weeks; {so_far}"), Role::Faint))
}

/// Says that part of the journal could not be read, where that is so.
pub fn incomplete(trend: &Trend, look: &Look<'_>) -> Vec<Row> {
    match trend.unread {
        0 => Vec::new(),
        unread => {
            let of = words::count(unread, "line or file of the journal", "lines or files of the journal");
            look.wrapped(&Row::new().with(format!("not complete: {of} could not be read"), Role::Alert))
        }
    }
}

fn sentence(finding: &Finding<'_>, shown: Words, look: &Look<'_>) -> Row {
    match finding {
        Finding::Window(window) => of_window(window, look),
        Finding::Gap(gap) => of_gap(gap, look),
        Finding::Grew(moved) => of_moved("grew", moved, shown, look),
        Finding::Shrank(moved) => of_moved("shrank", moved, shown, look),
        Finding::Felt(feeling) => of_feeling(feeling),
    }
}

fn of_window(window: &Window, look: &Look<'_>) -> Row {
    let Window { kind, weekday, from, until, spent, open, weeks, of_weeks, other_days } = window;
    let does = match kind {
        Kind::Shaping => "you shape others",
        _ => "you make things",
    };
    let hours = hours(*spent);
    let (dash, open) = (look.dash(), open.num_hours());
    let clock = |hour: u32| look.calendar.face().short(NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap_or_default());
    let (from, until) = (clock(*from), clock(*until));
    // What is so on other days too is no habit of this one alone.
    let others = match other_days {
        0 => String::new(),
        1 => ", and on another day".to_owned(),
        more => format!(", and on {} other days", words::number(*more)),
    };
    Row::new()
        .with(format!("{} {from}{dash}{until} is when {does}", name(*weekday)), Role::Strong)
        .with(format!(": {hours} of {open} hours there, in {weeks} of {of_weeks} weeks{others}"), Role::Plain)
}

/// Returns whole hours, to the nearest.
fn hours(time: TimeDelta) -> i64 {
    (time + TimeDelta::minutes(30)).num_hours()
}

fn of_gap(gap: &RecurringGap, look: &Look<'_>) -> Row {
    let clock = |time| look.calendar.face().short(time);
    let when = format!("{} {}{}{}", name(gap.weekday), clock(gap.from), look.dash(), clock(gap.until));
    Row::new()
        .with(format!("{when} has been free"), Role::Strong)
        .with(format!(" {} weeks running", words::number(gap.weeks)), Role::Plain)
}

fn of_moved(how: &str, moved: &Moved, shown: Words, look: &Look<'_>) -> Row {
    let activity = match shown {
        Words::Shown => moved.activity.for_terminal().to_string(),
        Words::Hidden => look.glyphs.pick("···", "...").to_owned(),
    };
    let a_week = |time: TimeDelta| {
        if time.num_minutes() == 0 { "nothing".to_owned() } else { words::length(time) }
    };
    Row::new()
        .with(kinds::glyph(moved.kind, look.glyphs), kinds::role(moved.kind))
        .with(format!(" {activity} {how}"), Role::Strong)
        .with(format!(" from {} to {} a week", a_week(moved.before), a_week(moved.now)), Role::Plain)
        .with(", over four weeks", Role::Faint)
}

fn of_feeling(feeling: &Feeling) -> Row {
    let mean = |marks: &Marks| marks.mean().map(|mean| format!("{mean:.1}")).unwrap_or_default();
    let Feeling { above, below } = feeling;
    Row::new()
        .with(format!("days at the target or above felt {}", mean(above)), Role::Strong)
        .with(format!(" of 5 ({} of them), days below it {} ({})", above.days, mean(below), below.days), Role::Plain)
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
