//! The week that is shown, and what keys do on it.

use super::super::msg::Effect;
use super::super::week::{Leads, WeekScreen};
use super::{App, Pick, Tab};
use crate::domain::{Days, Review, Week};
use crate::keymap::Action;
use crate::report::Look;
use crate::report::week::lists::Spot;

impl App {
    /// Returns the time of the week that is shown, by day.
    pub fn shown_days(&self) -> Days<'_> {
        Days::of(self.shown_ledger(), &self.world.setting.calendar)
    }

    /// Returns the week that is shown.
    pub fn shown_week(&self) -> Week {
        self.world.setting.calendar.week_of(self.shown_day())
    }

    /// Reviews the week that is shown.
    pub fn review<'a>(&self, days: &Days<'a>) -> Review<'a> {
        let (week, setting) = (self.shown_week(), &self.world.setting);
        Review::of(days, week, (&setting.calendar, &setting.habits), self.world.lived_now(), self.week.lifts())
            .beside(&self.week.beside(week), &self.world.sparks)
    }

    /// Reads what the weeks around the one that is shown say of it.
    pub(super) fn read_around(&self) -> Vec<Effect> {
        vec![Effect::ReadBeside(self.shown_week())]
    }

    /// Does what a key means on the week.
    pub(super) fn on_week(&mut self, action: Action) -> Vec<Effect> {
        if self.is_folded() {
            self.say_keys("what the time went into is folded away; {fold} unfolds it");
            return Vec::new();
        }
        match action {
            Action::Lift => {
                if !self.with_week(WeekScreen::lift) {
                    self.say("a day is not lifted; what took its time is");
                }
                Vec::new()
            }
            Action::Open => {
                let leads = self.with_week(WeekScreen::open);
                self.lead(leads)
            }
            action => {
                self.with_week(|week, review, look| week.select(action, review, look));
                Vec::new()
            }
        }
    }

    /// Selects a line of the week that was clicked; one that is selected opens.
    pub(super) fn choose_on_week(&mut self, at: usize) -> Vec<Effect> {
        let leads = self.with_week(|week, review, look| week.choose(at, review, look));
        self.lead(leads)
    }

    /// Selects an entry that was clicked; one that is selected is lifted.
    pub(super) fn choose_entry(&mut self, spot: Spot) {
        self.with_week(|week, review, look| week.choose_entry(spot, review, look));
    }

    /// Lets the screen work on the week that it shows.
    pub(super) fn with_week<T>(&mut self, work: impl FnOnce(&mut WeekScreen, &Review<'_>, &Look<'_>) -> T) -> T {
        let mut screen = std::mem::take(&mut self.week);
        let outcome = {
            let days = self.shown_days();
            let (week, setting) = (self.shown_week(), &self.world.setting);
            let measure = (&setting.calendar, &setting.habits);
            let review = Review::of(&days, week, measure, self.world.lived_now(), screen.lifts());
            let look = self.world.look(screen.columns());
            work(&mut screen, &review, &look)
        };
        self.week = screen;
        outcome
    }

    fn lead(&mut self, leads: Leads) -> Vec<Effect> {
        let Leads::To(day, block) = leads else { return Vec::new() };
        let mut effects = self.go(Tab::Day);
        effects.extend(self.go_to(day));
        self.pick = block.map(|block| Pick { block: Some(block.id), start: block.start });
        effects
    }
}
