//! What the tests of pictures share: values to draw, and ways to look at rows.

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::row::{Role, Row, width};
use crate::domain::{Block, Id, Kind, Lived, Share, Tally};
use crate::text::Text;

/// Returns so many minutes made, shaped and taken in.
pub(crate) fn tally(creating: i64, shaping: i64, consuming: i64) -> Tally {
    let [creating, shaping, consuming] = [creating, shaping, consuming].map(TimeDelta::minutes);
    Tally { creating, shaping, consuming }
}

/// Returns tallies of up to a day, to the second; some kinds are often absent.
pub(crate) fn any_tally() -> impl Strategy<Value = Tally> {
    let time = || prop_oneof![Just(0), 0_i64..40_000].prop_map(TimeDelta::seconds);
    [time(), time(), time()].prop_map(|[creating, shaping, consuming]| Tally { creating, shaping, consuming })
}

/// Returns shares from 0 to 1, the ends included.
pub(crate) fn any_share() -> impl Strategy<Value = Share> {
    let points = prop_oneof![Just(0.0), Just(30.0), Just(100.0), 0.0..100.0];
    points.prop_map(|points| Share::percent(points).unwrap())
}

/// Returns so many minutes after midnight on a Tuesday in Berlin.
pub(crate) fn lived(minutes: i64) -> Lived {
    let midnight = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_time(NaiveTime::MIN);
    (midnight + TimeDelta::minutes(minutes)).and_local_timezone(FixedOffset::east_opt(3_600).unwrap()).unwrap()
}

/// Returns a block from minute to minute of that Tuesday.
pub(crate) fn block(kind: Kind, start: i64, end: Option<i64>) -> Block {
    Block {
        id: Id(Uuid::from_u64_pair(0, u64::try_from(start).unwrap())),
        start: lived(start),
        end: end.map(lived),
        zone: None,
        kind,
        activity: Text::as_written(kind.word()),
        tags: Vec::new(),
        note: None,
        interrupted: 0,
    }
}

/// Returns the cells of a row of narrow glyphs.
pub(crate) fn cells(row: &Row) -> Vec<(char, Role)> {
    row.spans().iter().flat_map(|span| span.text.chars().map(|glyph| (glyph, span.role))).collect()
}

/// Says whether nothing but ASCII is in a row.
pub(crate) fn is_ascii(row: &Row) -> bool {
    row.spans().iter().all(|span| span.text.is_ascii())
}

/// Returns the text of rows, as it is printed.
pub(crate) fn picture(rows: &[Row]) -> String {
    rows.iter().map(Row::text).collect::<Vec<_>>().join("\n")
}

/// Returns the roles of rows, a letter a cell: made, shaped, taken `i`n, off, rail,
/// faint, `S`trong, alert; plain is blank.
pub(crate) fn roles(rows: &[Row]) -> String {
    let letter = |role: Role| match role {
        Role::Plain => " ",
        Role::Made => "m",
        Role::Shaped => "s",
        Role::TakenIn => "i",
        Role::Off => "o",
        Role::Rail => "r",
        Role::Faint => "f",
        Role::Strong => "S",
        Role::Alert => "!",
    };
    let of_row = |row: &Row| -> String {
        let letters: String = row.spans().iter().map(|span| letter(span.role).repeat(width(&span.text))).collect();
        letters.trim_end().to_owned()
    };
    rows.iter().map(of_row).collect::<Vec<_>>().join("\n")
}
