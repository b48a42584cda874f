//! What a key comes to, in a line or a list.

use chrono::NaiveDate;

use super::msg::Effect;
use crate::keymap::Action;

/// What becomes of what lies over the screen after a key.
#[derive(Debug)]
pub enum Step {
    /// It stays.
    Stay,
    /// It closes.
    Close,
    /// It stays until this is done, and closes then.
    Ask(Effect),
    /// It closes, and this is wanted.
    Do(Action),
    /// It closes, and this day is shown.
    GoTo(NaiveDate),
}

/// How far a key pages.
const PAGE: usize = 10;

/// Returns the place that a key leads to from this one of so many.
pub fn moved(at: usize, of: usize, action: Action) -> usize {
    let last = of.saturating_sub(1);
    match action {
        Action::Down => at.saturating_add(1).min(last),
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at.saturating_add(PAGE).min(last),
        Action::PageUp => at.saturating_sub(PAGE),
        Action::First => 0,
        Action::Last => last,
        _ => at,
    }
}
