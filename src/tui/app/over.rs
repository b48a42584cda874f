//! What lies over the screen: one thing at a time, which takes every key.

use super::super::asked::Asked;
use super::super::begin::Begin;
use super::super::catch_up::CatchUp;
use super::super::complete::Completer;
use super::super::form::Form;
use super::super::go_to::GoTo;
use super::super::help::Help;
use super::super::line::Inserted;
use super::super::palette::Palette;
use super::super::reflect::Reflect;
use super::super::sparks::Sparks;
use super::super::step::Step;
use super::super::target::TargetLine;
use super::super::until::Until;
use super::super::world::World;
use crate::failure::Failure;
use crate::keymap::{Action, Context};

/// What lies over the screen.
#[derive(Debug)]
pub enum Over {
    /// A line that says what begins.
    Begin(Begin),
    /// Lines that say what was.
    CatchUp(CatchUp),
    /// A line that says until when a forgotten block ran.
    Until(Until),
    /// A line that says which day, or week, to go to.
    GoTo(GoTo),
    /// The fields of a block.
    Form(Box<Form>),
    /// A line for a spark, and those that are open.
    Sparks(Sparks),
    /// What is thought of a day.
    Reflect(Box<Reflect>),
    /// The question of a random moment.
    Asked(Asked),
    /// A line that says the target.
    Target(TargetLine),
    /// Every action by its name.
    Palette(Palette),
    /// The keys.
    Help(Help),
}

impl Over {
    /// Returns the context in which a key is pressed here.
    pub fn context(&self) -> Context {
        match self {
            Self::Begin(_) | Self::Until(_) | Self::GoTo(_) | Self::Target(_) | Self::Asked(_) => Context::Begin,
            Self::Sparks(_) => Context::Sparks,
            Self::CatchUp(_) => Context::CatchUp,
            Self::Form(_) | Self::Reflect(_) => Context::Form,
            Self::Palette(_) => Context::Finder,
            Self::Help(_) => Context::Help,
        }
    }

    /// Does what a key means here.
    pub fn act(&mut self, action: Action, world: &World, completer: &mut Completer) -> Step {
        match self {
            Self::Begin(begin) => begin.act(action, world, completer),
            Self::CatchUp(catch_up) => catch_up.act(action, world, completer),
            Self::Until(until) => until.act(action, world),
            Self::GoTo(go_to) => go_to.act(action, world),
            Self::Form(form) => form.act(action, world),
            Self::Sparks(sparks) => sparks.act(action, world),
            Self::Reflect(reflect) => reflect.act(action),
            Self::Target(target) => target.act(action, world),
            Self::Asked(asked) => asked.act(action),
            Self::Palette(palette) => palette.act(action),
            Self::Help(help) => help.act(action),
        }
    }

    /// Puts text, typed or pasted, where text goes; `None` where none does.
    pub fn insert(&mut self, text: &str, world: &World, completer: &mut Completer) -> Option<Inserted> {
        match self {
            Self::Begin(begin) => Some(begin.insert(text, world, completer)),
            Self::CatchUp(catch_up) => Some(catch_up.insert(text, world, completer)),
            Self::Until(until) => Some(until.insert(text)),
            Self::GoTo(go_to) => Some(go_to.insert(text)),
            Self::Form(form) => form.insert(text),
            Self::Sparks(sparks) => Some(sparks.insert(text)),
            Self::Reflect(reflect) => Some(reflect.insert(text)),
            Self::Target(target) => Some(target.insert(text)),
            Self::Palette(palette) => Some(palette.insert(text)),
            Self::Help(_) | Self::Asked(_) => None,
        }
    }

    /// Whether the next letter answers a question for a kind.
    pub fn asks_kind(&self) -> bool {
        match self {
            Self::Begin(begin) => begin.asks_kind(),
            Self::CatchUp(catch_up) => catch_up.asks_kind(),
            Self::Asked(_) => true,
            _ => false,
        }
    }

    /// Takes the letter that says the kind.
    pub fn answer(&mut self, letter: char, world: &World) -> Step {
        match self {
            Self::Begin(begin) => begin.answer(letter, world),
            Self::CatchUp(catch_up) => catch_up.answer(letter),
            Self::Asked(asked) => asked.answer(letter),
            _ => Step::Stay,
        }
    }

    /// Keeps what was typed, and says why it was not saved; gives the failure back where
    /// nothing is typed.
    pub fn refused(&mut self, failure: Failure) -> Option<Failure> {
        match self {
            Self::Begin(begin) => begin.refused(failure),
            Self::CatchUp(catch_up) => catch_up.refused(failure),
            Self::Until(until) => until.refused(failure),
            Self::Form(form) => form.refused(failure),
            Self::Sparks(sparks) => sparks.refused(failure),
            Self::Reflect(reflect) => reflect.refused(failure),
            Self::Target(target) => target.refused(failure),
            Self::GoTo(_) | Self::Palette(_) | Self::Help(_) | Self::Asked(_) => return Some(failure),
        }
        None
    }

    /// Chooses, and takes, this one of what is offered.
    pub fn choose(&mut self, at: usize, world: &World) -> Step {
        match self {
            Self::Begin(begin) => begin.choose(at, world),
            Self::Palette(palette) => palette.choose(at),
            Self::Sparks(sparks) => {
                sparks.choose(at, world);
                Step::Stay
            }
            _ => Step::Stay,
        }
    }

    /// Whether a key that lines have does something in this one now.
    pub fn offers(&self, action: Action) -> bool {
        match self {
            Self::Until(_) | Self::Target(_) => matches!(action, Action::Accept | Action::Close),
            Self::Sparks(sparks) => sparks.has_chosen() || !matches!(action, Action::Complete | Action::Turn),
            _ => !self.asks_kind() || action == Action::Close,
        }
    }

    /// Returns what Enter, or the arrow, does here, in a word or two.
    pub fn word(&self, action: Action) -> &'static str {
        match self {
            Self::Form(_) | Self::Reflect(_) if action == Action::Next => "field",
            Self::Reflect(_) if action == Action::Turn => "field",
            Self::Sparks(_) if action == Action::Complete => "done",
            Self::Sparks(_) if action == Action::Turn => "drop",
            _ if action == Action::Turn => "turn",
            Self::CatchUp(_) if action == Action::Complete => "when it ended",
            Self::CatchUp(_) if action == Action::Previous => "line above",
            _ if action == Action::Complete => "complete",
            _ if matches!(action, Action::Next | Action::Previous) => "choose",
            Self::Begin(begin) => begin.accepts(),
            Self::CatchUp(catch_up) => catch_up.accepts(),
            Self::Sparks(sparks) => sparks.accepts(),
            Self::Until(_) | Self::Form(_) | Self::Reflect(_) | Self::Target(_) => "save",
            Self::GoTo(_) => "go there",
            Self::Palette(_) => "do it",
            Self::Help(_) | Self::Asked(_) => "close",
        }
    }
}
