//! Why something that was typed was not understood.

use std::borrow::Cow;
use std::fmt;

use super::length::show_length;
use crate::domain::Lived;
use crate::domain::block::LONGEST_BLOCK;
use crate::text::{TAGS, TextError, terminal_safe};

/// The most characters of what was typed that are said back.
const SAID_BACK: usize = 60;

/// Something that was typed and cannot be taken. Shown, it is cut where it is long, and
/// safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" {why}", terminal_safe(&beginning(.typed)))]
pub struct NotUnderstood {
    typed: Box<str>,
    why: Why,
}

/// What was due where something else stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A time of day.
    Time,
    /// How long.
    Length,
    /// From when to when.
    Range,
    /// A range, or a length that ends now.
    Stretch,
    /// A day.
    Date,
    /// A day, or from which to which.
    Dates,
    /// A week.
    Week,
    /// A block.
    Reference,
    /// One of the four kinds.
    Kind,
    /// A time after the `@` of a line.
    When,
    /// A share in per cent.
    Share,
    /// A share, or one for some days.
    Target,
}

/// Why it cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It is not what was due.
    Not(What),
    /// The clocks were set over it.
    Skipped { before: Lived, after: Lived },
    /// The end is before the start.
    EndsBeforeStart,
    /// The end is the start.
    EndsAtStart,
    /// The last day comes before the first.
    LastBeforeFirst,
    /// A length that is none, or more than a block may have.
    NoLength,
    /// See [`LONGEST_BLOCK`].
    TooLong,
    /// More days than a year has.
    TooManyDays,
    /// A length alone, of a day that is over.
    EndsWhen,
    /// A second time in one line.
    SecondTime,
    /// More tags than a block may have.
    TooManyTags,
    /// The words themselves.
    Words(TextError),
    /// A line of the day without a kind.
    NoKind,
    /// A line without an activity.
    NoActivity,
    /// The last line of a day that is over.
    NoEnd,
}

impl NotUnderstood {
    pub(super) fn new(typed: &str, why: Why) -> Self {
        Self { typed: typed.into(), why }
    }

    pub(super) fn not(what: What, typed: &str) -> Self {
        Self::new(typed, Why::Not(what))
    }

    /// Returns what was typed, as it was: show it escaped.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Returns what was due, where it was just not that.
    pub fn due(&self) -> Option<What> {
        match self.why {
            Why::Not(what) => Some(what),
            _ => None,
        }
    }

    /// Returns what would be understood.
    pub fn hint(&self) -> String {
        match &self.why {
            Why::Not(What::Length) => match bare_number(&self.typed) {
                Some(number) => format!("say minutes or hours: {}", with_units(number)),
                None => format!("try {}", What::Length.examples()),
            },
            Why::Not(what) => format!("try {}", what.examples()),
            Why::Skipped { before, after } => {
                let form = if before.date_naive() == after.date_naive() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
                format!("try {} or {}", before.format(form), after.format(form))
            }
            Why::EndsBeforeStart => "say the earlier time first: 9:00-10:30".into(),
            Why::LastBeforeFirst => "say the earlier day first, or the years too: 2026-12-24..2027-11-30".into(),
            Why::EndsAtStart => "say when it ended, or how long it was: 9:00-10:30, 9:00+45m".into(),
            Why::NoLength => format!("try {}", What::Length.examples()),
            Why::TooLong => format!("a block lasts at most {}", show_length(LONGEST_BLOCK)),
            Why::TooManyDays => "say at most a year at once".into(),
            Why::EndsWhen => "say when it was: 9:00-10:30, or 9:00+45m".into(),
            Why::SecondTime => "say one time: @9:30, @15m or @9-10:30".into(),
            Why::TooManyTags => format!("a block has at most {TAGS} tags"),
            Why::Words(TextError::TagWords) => "put a + before each tag: +team +hiring".into(),
            Why::Words(TextError::TooLong { .. }) => "keep the activity short; a note holds the rest".into(),
            Why::Words(TextError::Empty) | Why::NoActivity => "say what it was: standup, design doc +platform".into(),
            Why::Words(TextError::Control(_) | TextError::Direction(_) | TextError::Unseen(_)) => {
                "type it again without that character".into()
            }
            Why::Words(TextError::Marks) => "type it again without them".into(),
            Why::NoKind => "say the time, the kind, and what it was: 9:15 i standup".into(),
            Why::NoEnd => "say until when: 15:20-16:00".into(),
        }
    }
}

impl What {
    #[cfg(test)]
    pub(super) const ALL: [Self; 12] = [
        Self::Time,
        Self::Length,
        Self::Range,
        Self::Stretch,
        Self::Date,
        Self::Dates,
        Self::Week,
        Self::Reference,
        Self::Kind,
        Self::When,
        Self::Share,
        Self::Target,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Time | Self::When => "a time",
            Self::Length => "a length of time",
            Self::Range => "a range of times",
            Self::Stretch => "a range of times or a length",
            Self::Date => "a day",
            Self::Dates => "a day or a range of days",
            Self::Week => "a week",
            Self::Reference => "a block",
            Self::Kind => "a kind",
            Self::Share => "a share",
            Self::Target => "a target",
        }
    }

    /// Returns what would be understood. A test reads every one of them back.
    pub(super) fn examples(self) -> &'static str {
        match self {
            Self::Time => "9, 9:30, 2pm, \"yesterday 17:00\" or \"15m ago\"",
            Self::Length => "45m, 1h, 1h30 or 1.5h",
            Self::Range => "9-10:30, 22:00-1:30 or 9:00+45m",
            Self::Stretch => "9-10:30, 22:00-1:30 or 45m",
            Self::Date => "yesterday, mon, 2026-11-20 or \"20 nov\"",
            Self::Dates => "today, mon..fri or \"24 dec..1 jan\"",
            Self::Week => "\"last week\", w48 or 2026-W48",
            Self::Reference => "@1, 9:30 or yesterday@14:00",
            Self::Kind => "c, s, i or o",
            Self::Share => "35, 70% or 12.5",
            Self::Target => "35, \"mon 20 thu 50\" or usual",
            Self::When => "@9:30, @15m or @9-10:30; a word that begins so is typed \\@9",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not(what) => write!(f, "is not {}", what.name()),
            Self::Skipped { before, after } => {
                write!(
                    f,
                    "did not exist: the clocks went from {} on to {}",
                    next_minute(*before),
                    after.format("%H:%M")
                )
            }
            Self::EndsBeforeStart | Self::LastBeforeFirst => f.write_str("does not end after it starts"),
            Self::EndsAtStart => f.write_str("has no length: it ends when it starts"),
            Self::NoLength => f.write_str("is no time at all"),
            Self::TooLong => write!(f, "is more than {}", show_length(LONGEST_BLOCK)),
            Self::TooManyDays => f.write_str("is more than a year"),
            Self::EndsWhen => f.write_str("says how long, but the day is over"),
            Self::SecondTime => f.write_str("is a second time in one line"),
            Self::TooManyTags => f.write_str("is one tag too many"),
            Self::Words(TextError::TagWords) => f.write_str("is more than one tag, and a tag is one word"),
            Self::Words(error) => write!(f, "has {error}"),
            Self::NoKind => f.write_str("says no kind"),
            Self::NoActivity => f.write_str("says no activity"),
            Self::NoEnd => f.write_str("does not say when it ended, and the day is over"),
        }
    }
}

/// Reads a number without a unit that is a length with one.
fn bare_number(typed: &str) -> Option<u16> {
    typed.trim().parse().ok().filter(|number| (1..=24 * 60).contains(number))
}

/// Returns the lengths that a number may be: `10m or 10h`, `45m`.
fn with_units(number: u16) -> String {
    if number <= 24 { format!("{number}m or {number}h") } else { format!("{number}m") }
}

/// Returns what was typed, cut where it is long.
fn beginning(typed: &str) -> Cow<'_, str> {
    if typed.chars().nth(SAID_BACK).is_none() {
        return typed.into();
    }
    let kept: String = typed.chars().take(SAID_BACK - 1).collect();
    format!("{}…", kept.trim_end()).into()
}

/// Returns what the clocks would have said next, had they not been set.
fn next_minute(before: Lived) -> impl fmt::Display {
    (before + chrono::TimeDelta::minutes(1)).format("%H:%M").to_string()
}
