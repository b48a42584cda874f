//! Times as the journal writes them.
//!
//! Both forms have a fixed width and are read by hand: a general parser would cost more
//! than the rest of a line.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, SecondsFormat, Timelike, Utc};

use crate::domain::Lived;

/// When a version was written: milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp(i64);

impl Stamp {
    /// The first instant that is no stamp any more: 2200-01-01T00:00:00Z.
    const END: i64 = 7_258_118_400_000;

    /// Returns the stamp of an instant, its parts of a millisecond cut off.
    pub(super) fn of(instant: DateTime<Utc>) -> Self {
        Self(instant.timestamp_millis())
    }

    /// Returns the instant that `text` says, if it is exactly `YYYY-MM-DDTHH:MM:SS.mmmZ`
    /// and before 2200.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (seconds, rest) = text.split_at_checked(19)?;
        let millis = rest.strip_prefix('.')?.strip_suffix('Z')?;
        let instant = wall(seconds.as_bytes())?.and_utc().timestamp_millis();
        let millis = (millis.len() == 3).then(|| digits(millis.as_bytes()))??;
        Self(instant + i64::from(millis)).if_known()
    }

    /// Returns the next stamp, if there is one.
    pub(super) fn next(self) -> Option<Self> {
        Self(self.0.saturating_add(1)).if_known()
    }

    /// Returns it as an instant.
    pub(super) fn instant(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// Returns it as the journal writes it.
    pub(super) fn text(self) -> String {
        self.instant().to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    fn if_known(self) -> Option<Self> {
        (self.0 < Self::END).then_some(self)
    }
}

/// Returns the time that `text` says by RFC 3339, cut to the second.
pub(super) fn lived(text: &str) -> Option<Lived> {
    fixed_width(text).or_else(|| DateTime::parse_from_rfc3339(text).ok()?.with_nanosecond(0))
}

/// Returns a time as the journal writes it: to the second, with its offset.
pub(super) fn lived_text(time: Lived) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Reads `YYYY-MM-DDTHH:MM:SS+HH:MM`, which is what this program writes.
fn fixed_width(text: &str) -> Option<Lived> {
    let (wall_time, rest) = text.split_at_checked(19)?;
    let offset = offset(rest.as_bytes())?;
    wall(wall_time.as_bytes())?.and_local_timezone(offset).single()
}

fn offset(text: &[u8]) -> Option<FixedOffset> {
    let [sign, h1, h2, b':', m1, m2] = text else {
        return (text == b"Z").then(|| Utc.fix());
    };
    let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok().filter(|_| hours < 24 && minutes < 60)?;
    match sign {
        b'+' => FixedOffset::east_opt(seconds),
        b'-' => FixedOffset::west_opt(seconds),
        _ => None,
    }
}

fn wall(text: &[u8]) -> Option<NaiveDateTime> {
    let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', m1, m2, b':', s1, s2] = text else {
        return None;
    };
    let year = i32::try_from(digits(&[*y1, *y2, *y3, *y4])?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, digits(&[*mo1, *mo2])?, digits(&[*d1, *d2])?)?;
    date.and_hms_opt(digits(&[*h1, *h2])?, digits(&[*m1, *m2])?, digits(&[*s1, *s2])?)
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_exactly_one_form_and_before_2200() {
        let stamp = Stamp::from_text("2026-11-22T09:15:00.123Z").unwrap();
        assert_eq!(stamp.text(), "2026-11-22T09:15:00.123Z");
        assert_eq!(Stamp::from_text("2199-12-31T23:59:59.999Z").unwrap().next(), None);
        for other in [
            "2200-01-01T00:00:00.000Z",
            "2026-11-22T09:15:00Z",
            "2026-11-22T09:15:00.123456Z",
            "2026-11-22T09:15:00.123+00:00",
            "2026-11-22 09:15:00.123Z",
            "2026-02-30T09:15:00.123Z",
            "2026-11-22T09:15:00.1é",
            "",
        ] {
            assert_eq!(Stamp::from_text(other), None, "{other}");
        }
    }

    #[test]
    fn a_time_reads_the_same_by_hand_and_by_the_general_parser() {
        for text in ["2026-11-22T09:15:00+01:00", "2026-11-22T09:15:00-09:30", "1999-02-28T23:59:59Z"] {
            let by_hand = fixed_width(text).unwrap();
            let general = DateTime::parse_from_rfc3339(text).unwrap();
            assert_eq!((by_hand, by_hand.offset()), (general, general.offset()), "{text}");
        }
        assert_eq!(lived_text(lived("2026-11-22T09:15:00.9+01:00").unwrap()), "2026-11-22T09:15:00+01:00");
        assert_eq!(lived("2026-11-22T09:15:00"), None);
        assert_eq!(lived("2026-11-22T09:15:00+24:00"), None);
    }
}
