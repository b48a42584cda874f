//! Selecting, and mending what is selected.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::catch_up::CatchUp;
use super::super::form::Form;
use super::super::msg::Effect;
use super::super::step::moved;
use super::super::toast::Toast;
use super::super::world::turned;
use super::{App, Offer, Over, Pick, TWICE, Tab};
use crate::domain::{Block, Border, Edit, Mend, SplitAt};
use crate::failure::Failure;
use crate::keymap::{Action, Press};
use crate::report::Words;
use crate::report::list::What;

/// How far a key moves a border.
const STEP: TimeDelta = TimeDelta::minutes(5);

impl App {
    /// Selects another line, or scrolls.
    pub(super) fn select(&mut self, action: Action) -> Vec<Effect> {
        match self.tab {
            Tab::Journal => return self.journal.select(action).into_iter().collect(),
            Tab::Week => return self.on_week(action),
            Tab::Trend => self.trend.scroll(action),
            Tab::Day => self.select_on_day(action),
        }
        Vec::new()
    }

    fn select_on_day(&mut self, action: Action) {
        let ledger = self.shown_ledger();
        let scene = self.scene(ledger);
        let look = self.world.look(80);
        let list = self.list(&scene, &look, Words::Shown);
        let Some(at) = self.selected(&list) else { return };
        let at = moved(at, list.lines().len(), action);
        let pick = list.lines().get(at).map(Pick::of);
        self.pick = pick.or(self.pick);
    }

    /// Selects the line of this number.
    pub(super) fn select_line(&mut self, at: usize) {
        let ledger = self.shown_ledger();
        let scene = self.scene(ledger);
        let look = self.world.look(80);
        let list = self.list(&scene, &look, Words::Shown);
        let pick = list.lines().get(at).map(Pick::of);
        self.pick = pick.or(self.pick);
    }

    /// Returns the day that the editor opens: of the block that is selected in the journal.
    pub(super) fn edited_day(&self) -> NaiveDate {
        match (self.tab, self.journal.selected()) {
            (Tab::Journal, Some(block)) => self.world.setting.calendar.day_of(block.start),
            _ => self.shown_day(),
        }
    }

    /// Does something to the block that is selected.
    fn with_block(&mut self, edit: impl FnOnce(&Block) -> Result<Edit, Failure>) -> Vec<Effect> {
        let Some(block) = self.picked_block() else {
            self.refuse(&Failure::refused("no block is selected").hint("j and k select one"));
            return Vec::new();
        };
        if self.tab == Tab::Day {
            self.pick = Some(Pick { block: Some(block.id), start: block.start });
        }
        match edit(&block) {
            Ok(edit) => self.change_at(edit, block.start),
            Err(failure) => {
                self.refuse(&failure);
                Vec::new()
            }
        }
    }

    fn mend(&mut self, mend: impl FnOnce(&Block) -> Result<Mend, Failure>) -> Vec<Effect> {
        self.with_block(|block| Ok(Edit::Mend { id: block.id, mend: mend(block)?, border: Border::Shared }))
    }

    pub(super) fn move_border(&mut self, action: Action) -> Vec<Effect> {
        let by = if matches!(action, Action::StartEarlier | Action::EndEarlier) { -STEP } else { STEP };
        self.mend(|block| match action {
            Action::StartEarlier | Action::StartLater => Ok(Mend { start: Some(block.start + by), ..Mend::default() }),
            _ => match block.end {
                Some(end) => Ok(Mend { end: Some(end + by), ..Mend::default() }),
                None => Err(Failure::refused("it still runs: it has no end to move").hint("space ends it")),
            },
        })
    }

    pub(super) fn turn_kind(&mut self) -> Vec<Effect> {
        self.mend(|block| Ok(Mend { kind: Some(turned(block.kind)), ..Mend::default() }))
    }

    pub(super) fn split(&mut self) -> Vec<Effect> {
        let now = self.world.lived_now();
        self.with_block(|block| {
            let end = block.end.unwrap_or(now);
            let middle = block.start + (end - block.start) / 2;
            let even = middle - TimeDelta::seconds(middle.timestamp().rem_euclid(STEP.num_seconds()));
            let at = if even > block.start { SplitAt::Time(even) } else { SplitAt::Part(0.5) };
            Ok(Edit::Split { id: block.id, at })
        })
    }

    /// Takes out what is selected. A second press right after the first was meant for the
    /// same block.
    pub(super) fn remove(&mut self) -> Vec<Effect> {
        let now = self.world.now;
        let last = self.last_removal.replace(now);
        let at_once = |last: DateTime<Utc>| (TimeDelta::zero()..TWICE).contains(&(now - last));
        if self.is_repeated && last.is_some_and(at_once) {
            return Vec::new();
        }
        self.with_block(|block| Ok(Edit::Remove { id: block.id }))
    }

    /// Writes down the ends that are assumed on the day that is shown.
    pub(super) fn confirm(&mut self) -> Vec<Effect> {
        let (from, until) = self.shown_span();
        let edit = Edit::Confirm { from, until };
        match self.world.try_on(self.shown_ledger(), &edit) {
            Ok(_) => vec![Effect::Change(edit, self.world.days_of([Some(from)]))],
            Err(why) => {
                let failure = self.world.told(&why, &edit);
                self.refuse(&failure);
                Vec::new()
            }
        }
    }

    /// Opens what is selected: a block in a form, a gap as lines that say what it was.
    pub(super) fn edit(&mut self) -> Vec<Effect> {
        // `e` answers what is offered, unless something was selected to be edited.
        let is_letter = self.last_press == Some(Press::Char('e'));
        if is_letter && matches!(self.offer, Some(Offer::Target)) && self.tab == Tab::Day && self.pick.is_none() {
            return self.open_target();
        }
        if self.tab == Tab::Day
            && let Some(What::Gap(gap)) = self.picked()
        {
            let catch_up = CatchUp::of_gap(&gap, &self.world);
            return self.open(Over::CatchUp(catch_up));
        }
        match self.picked_block() {
            Some(block) => {
                let form = Form::of(&block, &self.world);
                self.open(Over::Form(Box::new(form)))
            }
            None => Vec::new(),
        }
    }

    /// Says why something was not done.
    pub(super) fn refuse(&mut self, failure: &Failure) {
        self.toast = Some(Toast::of_failure(failure, self.toast.as_ref(), self.world.now));
    }
}
