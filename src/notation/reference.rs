//! Which block is meant: `@1`, `9:30`, `yesterday@14:00`.

use std::num::NonZeroUsize;

use super::Here;
use super::error::{NotUnderstood, What, Why};
use super::time::Joint;
use crate::domain::Lived;

/// A block, as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `@1` is the newest, `@2` the one before.
    Newest(NonZeroUsize),
    /// The block at that time.
    At(Lived),
}

impl Here<'_> {
    /// Reads which block is meant: `@1`, `@2`; or the one at a time, of the day that is
    /// dealt with or of another: `9:30`, `@9:30`, `yesterday@14:00`, `2026-11-20@14:00`.
    ///
    /// After `DAY@` the time is the one that the day's list shows.
    pub fn reference(&self, typed: &str) -> Result<Reference, NotUnderstood> {
        let after_at = typed.trim().strip_prefix('@');
        let digits = after_at.filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
        let not = |why| match why {
            Why::Not(_) => NotUnderstood::not(What::Reference, typed),
            why => NotUnderstood::new(typed, why),
        };
        match digits {
            Some(count) => count.parse().map(Reference::Newest).map_err(|_| not(Why::Not(What::Reference))),
            None => self.read_time(after_at.unwrap_or(typed)).map(|time| Reference::At(time.at)).map_err(not),
        }
    }

    /// Returns what [`Here::reference`] reads as this, in one word.
    pub fn show_reference(&self, reference: Reference) -> String {
        match reference {
            Reference::Newest(count) => format!("@{count}"),
            Reference::At(at) => self.show_joined(at, Joint::At),
        }
    }
}
