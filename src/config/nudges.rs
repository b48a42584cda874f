//! How nudges are sent: what is due, `domain::nudge` knows.

use chrono::TimeDelta;

use crate::domain::Reminders;

/// What somebody wants to be reminded of, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudges {
    /// What of.
    pub of: Reminders,
    /// How, besides the line in the pane.
    pub by: Vec<Means>,
    /// A command of the user's own, for a shell.
    pub command: Option<String>,
    /// How long one is put off.
    pub snooze: TimeDelta,
    /// Whether what leaves the pane may say what somebody wrote.
    pub words: bool,
}

impl Default for Nudges {
    fn default() -> Self {
        let snooze = TimeDelta::minutes(15);
        Self { of: Reminders::default(), by: Vec::new(), command: None, snooze, words: false }
    }
}

/// A way to reach somebody who does not look at the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The terminal's bell.
    Bell,
    /// A notification that the terminal shows.
    Terminal,
    /// A notification that the desktop shows.
    Desktop,
}

impl Means {
    /// Each, by its name in the settings.
    pub const ALL: [(&str, Self); 3] = [("bell", Self::Bell), ("terminal", Self::Terminal), ("desktop", Self::Desktop)];

    /// Returns the words for these.
    pub fn words(means: &[Self]) -> String {
        let named = Self::ALL.into_iter().filter(|(_, known)| means.contains(known));
        named.map(|(name, _)| name).collect::<Vec<_>>().join(" ")
    }
}
