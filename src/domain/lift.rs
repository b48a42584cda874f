//! Lifting something off the beam, to see how it would tilt: plain arithmetic on the time
//! that was, and nothing is written.

use std::collections::BTreeMap;

use super::block::Block;
use crate::text::Text;

/// What can be lifted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// All blocks of an activity.
    Activity(Text),
    /// All blocks with a tag.
    Tag(Text),
}

/// How the time of what is lifted is thought of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lift {
    /// As free: it is not there.
    Free,
    /// As made.
    Made,
}

/// What is lifted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifts(BTreeMap<Subject, Lift>);

impl Lifts {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how this is lifted, if it is.
    pub fn of(&self, subject: &Subject) -> Option<Lift> {
        self.0.get(subject).copied()
    }

    /// Lifts this.
    pub fn set(&mut self, subject: Subject, lift: Lift) {
        self.0.insert(subject, lift);
    }

    /// Takes it off the beam; then counts it as made; then puts it back.
    pub fn turn(&mut self, subject: &Subject) {
        match self.of(subject) {
            None => self.set(subject.clone(), Lift::Free),
            Some(Lift::Free) => self.set(subject.clone(), Lift::Made),
            Some(Lift::Made) => drop(self.0.remove(subject)),
        }
    }

    /// Returns what is lifted in this way, in the order of the alphabet, activities first.
    pub fn each(&self, lift: Lift) -> impl Iterator<Item = &Subject> {
        self.0.iter().filter(move |(_, of)| **of == lift).map(|(subject, _)| subject)
    }

    /// Returns how a block is lifted, if it is: what is said of its activity goes before what
    /// is said of its tags, and of those that one is free before that another was made.
    pub fn on(&self, block: &Block) -> Option<Lift> {
        if self.is_empty() {
            return None;
        }
        self.of(&Subject::Activity(block.activity.clone())).or_else(|| {
            let of_tags = || block.tags.iter().filter_map(|tag| self.of(&Subject::Tag(tag.clone())));
            of_tags().find(|lift| *lift == Lift::Free).or_else(|| of_tags().next())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_press_puts_it_back() {
        let sync = Subject::Activity(Text::as_written("staff sync"));
        let mut lifts = Lifts::default();
        let pressed: Vec<_> = (0..3)
            .map(|_| {
                lifts.turn(&sync);
                lifts.of(&sync)
            })
            .collect();
        assert_eq!(pressed, [Some(Lift::Free), Some(Lift::Made), None]);
        assert!(lifts.is_empty());
    }

    #[test]
    fn the_activity_is_asked_before_the_tags_and_free_goes_before_made() {
        let text = |text: &str| Text::as_written(text);
        let block = Block {
            id: super::super::Id(uuid::Uuid::from_u128(1)),
            start: "2026-11-24T09:00:00+01:00".parse().unwrap(),
            end: None,
            zone: None,
            kind: super::super::Kind::Consuming,
            activity: text("sync"),
            tags: vec![text("a"), text("b")],
            note: None,
            interrupted: 0,
        };
        let mut lifts = Lifts::default();
        lifts.set(Subject::Tag(text("a")), Lift::Made);
        assert_eq!(lifts.on(&block), Some(Lift::Made));
        lifts.set(Subject::Tag(text("b")), Lift::Free);
        assert_eq!(lifts.on(&block), Some(Lift::Free));
        lifts.set(Subject::Activity(text("sync")), Lift::Made);
        assert_eq!(lifts.on(&block), Some(Lift::Made));
    }
}
