//! What is logged with a key, or with a line that a key opens.

use super::super::begin::Begin;
use super::super::catch_up::CatchUp;
use super::super::msg::Effect;
use super::super::until::Until;
use super::offer::Slept;
use super::{App, Offer, Over};
use crate::domain::{Clash, Doing, Edit, Ends, Kind, Lived, Mend};
use crate::failure::Failure;
use crate::keymap::Action;
use crate::report::list::What;
use crate::text::Text;

impl App {
    /// Changes something that concerns now.
    pub(super) fn change_now(&self, edit: Edit) -> Vec<Effect> {
        vec![Effect::Change(edit, self.world.days_of([]))]
    }

    /// Returns the question that comes before something begins: until when what still runs
    /// from another day did, or the whole night would be logged. It is asked once.
    pub(super) fn asks_first(&self, action: Action) -> Option<Until> {
        let begins = matches!(
            action,
            Action::Now
                | Action::Create
                | Action::Shape
                | Action::TakeIn
                | Action::Likely(_)
                | Action::Back
                | Action::Off
                | Action::StopOrAgain
        );
        match &self.offer {
            Some(Offer::Forgotten(block)) if begins && self.world.ledger.ends(block) == Ends::Running => {
                Some(Until::of(block))
            }
            _ => None,
        }
    }

    pub(super) fn open_begin(&mut self, action: Action) -> Vec<Effect> {
        let kind = match action {
            Action::Create => Some(Kind::Creating),
            Action::Shape => Some(Kind::Shaping),
            Action::TakeIn => Some(Kind::Consuming),
            _ => None,
        };
        let day = if self.tab == super::Tab::Day { self.shown_day() } else { self.world.today() };
        let begin = Begin::new(kind, day, &self.world, &mut self.completer);
        self.open(Over::Begin(begin))
    }

    pub(super) fn start_likely(&mut self, number: u8) -> Vec<Effect> {
        if let Some(effect) = self.start_spark(number) {
            return vec![effect];
        }
        let Some(likely) = self.likely().into_iter().nth(usize::from(number).saturating_sub(1)) else {
            return Vec::new();
        };
        let doing = Doing { kind: likely.kind, activity: likely.activity, tags: likely.tags, note: None };
        self.start(doing)
    }

    fn start(&mut self, doing: Doing) -> Vec<Effect> {
        let at = self.world.lived_now();
        self.change_now(Edit::Start { doing, at, clash: Clash::Refuse })
    }

    /// Asks what filled the time that has nothing: of the forgotten block until when it
    /// ran, else the gap that is selected, else the time since what runs began, or since
    /// the last block ended.
    pub(super) fn open_catch_up(&mut self) -> Vec<Effect> {
        if let Some(Offer::Forgotten(block)) = &self.offer {
            let until = Until::of(block);
            return self.open(Over::Until(until));
        }
        if let Some(Offer::Slept(Slept { from, .. })) = &self.offer {
            let catch_up = CatchUp::since(*from);
            self.go(super::Tab::Day);
            self.look_at_today();
            return self.open(Over::CatchUp(catch_up));
        }
        let long = matches!(self.offer, Some(Offer::Long(_)));
        let gap = match self.picked() {
            Some(What::Gap(gap)) if !long && self.tab == super::Tab::Day => Some(gap),
            _ => None,
        };
        let opened = match gap {
            Some(gap) => Ok(CatchUp::of_gap(&gap, &self.world)),
            None => CatchUp::until_now(&self.world),
        };
        match opened {
            Ok(catch_up) => {
                self.go(super::Tab::Day);
                if gap.is_none() {
                    self.look_at_today();
                }
                self.open(Over::CatchUp(catch_up))
            }
            Err(failure) => {
                self.refuse(&failure);
                Vec::new()
            }
        }
    }

    pub(super) fn stop_or_again(&mut self) -> Vec<Effect> {
        let at = self.world.lived_now();
        if self.world.ledger.running().is_some() {
            return self.change_now(Edit::Stop { at });
        }
        self.change_now(Edit::Back { at })
    }

    /// Starts time off; or says that what the machine slept through was some.
    pub(super) fn start_off(&mut self) -> Vec<Effect> {
        let Ok(activity) = Text::activity(Kind::Off.word()) else { return Vec::new() };
        let doing = Doing { kind: Kind::Off, activity, tags: Vec::new(), note: None };
        match &self.offer {
            Some(Offer::Slept(Slept { from, until, .. })) => {
                let edit = Edit::Add { doing, start: *from, end: *until, clash: Clash::Trim };
                self.change_at(edit, *from)
            }
            _ => self.start(doing),
        }
    }

    pub(super) fn tick(&mut self) -> Vec<Effect> {
        let Some(running) = self.world.ledger.running() else {
            self.refuse(&Failure::refused("nothing runs that could be interrupted"));
            return Vec::new();
        };
        let mend = Mend { interrupted: Some(running.interrupted.saturating_add(1)), ..Mend::default() };
        let (id, start) = (running.id, running.start);
        self.change_at(Edit::Mend { id, mend, border: crate::domain::Border::Shared }, start)
    }

    /// Changes something that concerns the day of an instant, and now.
    pub(super) fn change_at(&self, edit: Edit, at: Lived) -> Vec<Effect> {
        vec![Effect::Change(edit, self.world.days_of([Some(at)]))]
    }
}
