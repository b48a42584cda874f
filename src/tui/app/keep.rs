//! What is kept besides blocks: sparks, what is thought of a day, the target.

use chrono::{NaiveDate, TimeDelta};

use super::super::msg::{Effect, Keeping, KeptNow, Msg, Whose};
use super::super::reflect::Reflect;
use super::super::sparks::{Sparks, start};
use super::super::target::TargetLine;
use super::super::toast::Toast;
use super::{App, Offer, Over, Tab};
use crate::beam::{Role, Row};
use crate::desk::TargetSet;
use crate::domain::{Block, Id, Kept, Kind, Ledger, Spark, free};
use crate::failure::Failure;
use crate::notation::Target;
use crate::report::{Look, kept, words};

impl App {
    /// Opens the line for a spark; or marks the one done that was made just now.
    pub(super) fn spark(&mut self) -> Vec<Effect> {
        let made = self.toast.as_ref().and_then(Toast::made);
        if let Some(id) = made.filter(|id| self.world.sparks.iter().any(|spark| spark.id == *id)) {
            return vec![Effect::Keep(Keeping::Done(id))];
        }
        self.open(Over::Sparks(Sparks::new()))
    }

    /// Opens what is thought of the day that is selected, or shown.
    pub(super) fn reflect(&mut self) -> Vec<Effect> {
        let Some(day) = self.reflected_day() else {
            self.refuse(&Failure::refused("which day?").hint("select one of the week, then r"));
            return Vec::new();
        };
        if day > self.world.today() {
            let message = format!("{} is still to come", words::date(day));
            self.refuse(&Failure::refused(message).hint("say how it felt when it has begun"));
            return Vec::new();
        }
        let mut effects = if self.tab == Tab::Day { Vec::new() } else { self.go(Tab::Day) };
        if day != self.shown_day() {
            effects.extend(self.go_to(day));
        }
        if self.is_read() {
            let reflect = Reflect::on(day, &self.world);
            effects.extend(self.open(Over::Reflect(Box::new(reflect))));
        } else {
            self.reflects_when_read = true;
        }
        effects
    }

    /// Opens what is thought of the day that is shown, now that it was read, if that waits.
    pub(super) fn reflect_now(&mut self) {
        if std::mem::take(&mut self.reflects_when_read) && self.over.is_none() && self.tab == Tab::Day {
            let reflect = Reflect::on(self.shown_day(), &self.world);
            self.over = Some(Over::Reflect(Box::new(reflect)));
        }
    }

    /// Returns the day that is meant: that of the selected block, the selected day of the
    /// week, or today where it is of the week; among weeks, today.
    fn reflected_day(&mut self) -> Option<NaiveDate> {
        let (today, calendar) = (self.world.today(), &self.world.setting.calendar);
        match self.tab {
            Tab::Day => Some(self.shown_day()),
            Tab::Trend => Some(today),
            Tab::Journal => self.journal.selected().map(|block| calendar.day_of_block(block)).or(Some(today)),
            Tab::Week => {
                let week = calendar.week_of(self.shown_day());
                let selected = self.with_week(|screen, review, look| screen.day(review, look));
                selected.or_else(|| week.range().contains(&today).then_some(today))
            }
        }
    }

    /// Opens the line for the target.
    pub(super) fn open_target(&mut self) -> Vec<Effect> {
        if self.whose != Whose::Own {
            self.refuse(
                &Failure::refused("a made-up quarter has no settings").hint(self.world.told_keys("{quit} leaves it")),
            );
            return Vec::new();
        }
        self.open(Over::Target(TargetLine::new()))
    }

    /// Takes the usual share for the target, where that is offered.
    pub(super) fn take_usual(&mut self) -> Vec<Effect> {
        match (&self.offer, self.world.usual_share()) {
            (Some(Offer::Target), Some(usual)) if self.tab == Tab::Day => {
                vec![Effect::Keep(Keeping::Target(Target::Every(usual)))]
            }
            _ => Vec::new(),
        }
    }

    /// Whether the target is to be offered: once, while it is a guess and one's own share is known.
    pub(super) fn offers_target(&self) -> bool {
        let setting = &self.world.setting;
        let is_unasked = setting.habits.target_is_a_guess && !setting.target_asked;
        is_unasked && self.whose == Whose::Own && self.world.usual.is_some()
    }

    /// Asks for the target no more.
    pub(super) fn target_was_asked(&mut self) -> Effect {
        self.world.setting.target_asked = true;
        self.remember()
    }

    /// Returns the spark that fits now, and how much time is free: on today's day, where
    /// nothing else is asked or offered.
    pub fn fitting(&self) -> Option<(&Spark, TimeDelta)> {
        let is_quiet = self.over.is_none() && self.offer.is_none();
        if self.world.sparks.is_empty() || !is_quiet || self.shown_day() != self.world.today() {
            return None;
        }
        if self.is_off_today() {
            return None;
        }
        let time = free::free(self.world.lived_now(), &self.world.setting.habits, &self.world.past)?;
        let runs = self.world.ledger.running().map(|block| &block.activity);
        free::fitting(&self.world.sparks, time).filter(|spark| runs != Some(&spark.text)).map(|spark| (spark, time))
    }

    /// Whether today is a day off.
    fn is_off_today(&self) -> bool {
        let (calendar, today) = (&self.world.setting.calendar, self.world.today());
        let mut blocks = self.world.ledger.blocks().iter();
        blocks.any(|block| block.is_day_off() && calendar.day_of_block(block) == today)
    }

    /// Returns the number of the key that starts the spark that fits, after the likely ones.
    pub fn spark_number(&self) -> u8 {
        u8::try_from(self.likely().len() + 1).unwrap_or(u8::MAX)
    }

    /// Starts the spark that fits, if this is its number.
    pub(super) fn start_spark(&self, number: u8) -> Option<Effect> {
        let (spark, _) = self.fitting().filter(|_| self.spark_number() == number)?;
        Some(start(spark, &self.world))
    }

    /// Returns the open spark that a change has made for at least half of its length.
    pub(super) fn made(&self, before: &Ledger, put: &[Block]) -> Option<Id> {
        let ended =
            |block: &&Block| block.kind == Kind::Creating && before.get(block.id).is_some_and(|was| was.end.is_none());
        put.iter().filter(ended).find_map(|block| {
            let length = block.end? - block.start;
            let is_it = |spark: &&Spark| spark.text == block.activity && length * 2 >= spark.length;
            self.world.sparks.iter().find(is_it).map(|spark| spark.id)
        })
    }

    /// Says what was kept, and closes what asked for it.
    pub(super) fn kept(&mut self, outcome: Result<KeptNow, Failure>) -> Vec<Effect> {
        let (before, now) = (self.toast.as_ref(), self.world.now);
        match outcome {
            Ok(KeptNow::Thing(thing, verb)) => {
                self.target_before = None;
                let said = said(&thing, verb, &self.world.look(200));
                self.toast = Some(Toast::of_change(said, Row::plain("changed"), before, now));
                self.over = None;
                self.expects_change = true;
                self.read_again()
            }
            Ok(KeptNow::Target(set)) => {
                self.over = None;
                self.target_set(&set);
                vec![self.target_was_asked()]
            }
            Err(failure) => self.heard(Msg::Changed(Err(failure))),
        }
    }

    fn target_set(&mut self, set: &TargetSet) {
        let said = kept::target(&set.targets);
        if set.is_overruled {
            self.say(&format!("the target is {said} in the settings, but TILTMETER_TARGET says another, which wins"));
            return;
        }
        let habits = &mut self.world.setting.habits;
        (habits.targets, habits.target_is_a_guess) = (set.targets, set.is_a_guess);
        let whose = if set.is_a_guess { "a guess" } else { "yours" };
        let undo = self.world.told_keys("{undo} puts back what it was");
        self.say(&format!("the target is {said}, {whose}   {undo}"));
        self.target_before = Some(set.before.map_or(Target::Guess, |days| Target::Some(days.map(Some))));
    }

    /// Takes back the newest change: of the target, where that was the last thing that was done.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        vec![match self.target_before.take() {
            None => Effect::Undo,
            Some(before) => Effect::Keep(Keeping::Target(before)),
        }]
    }
}

/// Returns what was done to something, in a line.
fn said(thing: &Kept, verb: &str, look: &Look<'_>) -> Row {
    match thing {
        Kept::Spark(_) => {
            let mut row = Row::plain(format!("{verb} "));
            row.append(kept::brief(thing, look));
            row
        }
        Kept::Reflection(reflection) => {
            let mut row = Row::new().with(format!("{}: ", words::date(reflection.day)), Role::Plain);
            row.append(kept::reflected(reflection, look));
            row
        }
        Kept::Sample(_) => {
            let mut row = kept::row(thing, "", look);
            row.trim_end();
            row
        }
        Kept::Baseline(_) => Row::plain(kept::named(thing)),
    }
}
