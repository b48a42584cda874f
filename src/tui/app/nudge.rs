//! Nudges in the pane: what is due is said in the quiet line, and outside of it, once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::super::asked::Asked;
use super::super::msg::{Effect, Whose};
use super::super::world::World;
use super::{App, Over};
use crate::desk::Claim;
use crate::domain::Nudge;
use crate::domain::nudge::{self, Planned, Seen};
use crate::failure::Failure;
use crate::report::{self, Words, words};

/// What is known of nudges here.
#[derive(Debug, Default)]
pub(super) struct Nudged {
    /// Those that are this pane's to say, and were not answered; the newest is shown.
    said: Vec<Nudge>,
    /// Which were asked for, by name; and from when they may be asked for again.
    asked: BTreeMap<String, Option<DateTime<Utc>>>,
    /// Why one could not be sent, as it was told last.
    trouble: Option<Failure>,
}

impl Nudged {
    /// Whether nobody has asked for it yet, or it was put off until now.
    fn may_ask(&self, nudge: &Nudge, now: DateTime<Utc>) -> bool {
        match self.asked.get(&nudge.name()) {
            None => true,
            Some(again) => again.is_some_and(|again| again <= now),
        }
    }

    /// Returns the one that is said now.
    pub(super) fn said(&self) -> Option<&Nudge> {
        self.said.last()
    }

    /// Says this one no more; one below it is seen again.
    pub(super) fn dismiss(&mut self, nudge: &Nudge) {
        self.said.retain(|said| said.name() != nudge.name());
    }
}

impl App {
    fn planned(&self) -> Vec<Planned> {
        // Nobody is reminded of what is made up.
        if self.whose != Whose::Own {
            return Vec::new();
        }
        nudge::planned(&self.world.setting.reminders, &self.seen())
    }

    fn seen(&self) -> Seen<'_> {
        let World { ledger, setting, samples, .. } = &self.world;
        Seen { ledger, calendar: &setting.calendar, habits: &setting.habits, samples }
    }

    /// Opens the question of the random moment that can be answered now, also where another pane or
    /// command has asked it.
    pub(super) fn answer(&mut self) -> Vec<Effect> {
        let reminders = &self.world.setting.reminders;
        if let Some(Nudge::Sample { day, at }) = nudge::question(reminders, &self.seen()) {
            return self.open(Over::Asked(Asked { day, at }));
        }
        self.say(match reminders.sample {
            Some(_) => "nothing is asked right now: a question comes by itself",
            None => "you are not asked at random moments: nudges.sample in the settings does that",
        });
        Vec::new()
    }

    /// Asks for each nudge that has become due, once; stops saying the one that no longer is.
    pub(super) fn nudge_now(&mut self) -> Vec<Effect> {
        let now = self.world.now;
        let due: Vec<Nudge> =
            self.planned().into_iter().filter(|planned| planned.is_due(now)).map(|planned| planned.nudge).collect();
        let is_due = |said: &Nudge| due.iter().any(|nudge| nudge.name() == said.name());
        self.nudged.said.retain(is_due);
        let mut effects = Vec::new();
        for nudge in due {
            if self.nudged.may_ask(&nudge, now) {
                self.nudged.asked.insert(nudge.name(), None);
                let text = self.nudge_in_words(&nudge, self.world.setting.outside);
                effects.push(Effect::Nudge(nudge, text));
            }
        }
        effects
    }

    /// Returns when a nudge is due next, as long as nothing is logged.
    pub(super) fn next_nudge(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let put_off = self.nudged.asked.values().flatten().filter(|again| **again > now).min().copied();
        nudge::next_due(&self.planned(), now).into_iter().chain(put_off).min()
    }

    /// Says a nudge that is this pane's to say.
    pub(super) fn nudged(&mut self, nudge: Nudge, claim: Result<Claim, Failure>) {
        match claim {
            Ok(Claim::Ours) => self.nudged.said.push(nudge),
            Ok(Claim::Sent) => {}
            Ok(Claim::PutOff(until)) => drop(self.nudged.asked.insert(nudge.name(), Some(until))),
            Err(failure) => self.not_nudged(failure),
        }
    }

    /// Says why nobody was reminded: once, for it will be the same the next time.
    pub(super) fn not_nudged(&mut self, failure: Failure) {
        if self.nudged.trouble.as_ref() != Some(&failure) {
            self.refuse(&failure);
            self.nudged.trouble = Some(failure);
        }
    }

    /// Puts off the nudge that is said.
    pub(super) fn snooze(&mut self) -> Vec<Effect> {
        if let Some(nudge) = self.nudged.said.pop() {
            return vec![Effect::Snooze(nudge)];
        }
        self.say("there is no reminder to put off");
        Vec::new()
    }

    /// Says until when it was put off.
    pub(super) fn snoozed(&mut self, nudge: &Nudge, until: Result<DateTime<Utc>, Failure>) {
        match until {
            Ok(until) => {
                self.nudged.asked.insert(nudge.name(), Some(until));
                let calendar = &self.world.setting.calendar;
                let until = words::read(calendar.home().at(until), calendar);
                self.say(&format!("put off until {until}"));
            }
            Err(failure) => self.not_nudged(failure),
        }
    }

    /// Returns a nudge in words, and which keys answer it.
    pub(super) fn nudge_row(&self, nudge: &Nudge) -> (String, String) {
        let said = self.nudge_in_words(nudge, self.world.setting.words);
        let answer = match nudge {
            Nudge::Silence { .. } => "{catch-up} says what  {snooze} puts it off  {close} not now",
            Nudge::Block { .. } => "{now} says what now  {snooze} puts it off  {close} not now",
            Nudge::Evening { .. } => "{catch-up} says what  {stop} ends it  {snooze} puts it off  {close} not now",
            Nudge::Sample { .. } => "{answer} answers  {close} not now",
            Nudge::Limit { .. } => "{snooze} puts it off  {close} not now",
        };
        (said, self.world.told_keys(answer))
    }

    fn nudge_in_words(&self, nudge: &Nudge, show: Words) -> String {
        report::nudge::said(nudge, &self.world.ledger, &self.world.look(200), show)
    }
}
