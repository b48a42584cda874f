//! What is offered in one quiet line: never asked, gone with a key.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use super::super::msg::Effect;
use super::{App, Tab};
use crate::beam::{Role, Row};
use crate::domain::{Block, Ends, Id, Kind, Lived, Nudge};
use crate::report::{assumed, words};

/// A block that has run for so long may have ended unseen,
const LONG: TimeDelta = TimeDelta::hours(1);
/// if for so long no key was pressed.
const QUIET: TimeDelta = TimeDelta::minutes(45);
/// A machine that was asleep for less was not left.
const NAP: TimeDelta = TimeDelta::minutes(5);

/// What is offered.
#[derive(Clone, Debug)]
pub enum Offer {
    /// Somebody asked to be reminded of this.
    Nudge(Nudge),
    /// This block runs for more than a day, or since another: somebody forgot it.
    Forgotten(Block),
    /// The machine slept inside this block.
    Slept(Slept),
    /// This block runs for long, and no key came.
    Long(Block),
    /// An end is assumed of this block, on the day that is shown.
    Assumed(Id),
    /// The target is a guess, and what is usual is known.
    Target,
}

/// Time that the machine slept through.
#[derive(Clone, Debug)]
pub struct Slept {
    /// From when.
    pub from: Lived,
    /// Until when.
    pub until: Lived,
    /// What ran meanwhile.
    pub block: Block,
}

impl App {
    /// Returns what is to be offered now.
    pub(super) fn offer_now(&self) -> Option<Offer> {
        if let Some(nudge) = self.nudged.said() {
            return Some(Offer::Nudge(nudge.clone()));
        }
        let forgotten = self.world.ledger.forgotten().find(|block| !self.dismissed.contains(&block.id));
        if let Some(block) = forgotten {
            return Some(Offer::Forgotten(block.clone()));
        }
        let running = self.offer_of_running();
        running.or_else(|| self.offer_of_assumed()).or_else(|| self.offers_target().then_some(Offer::Target))
    }

    /// What is assumed is told where it is seen, and where the key is that confirms it.
    fn offer_of_assumed(&self) -> Option<Offer> {
        let mut assumed = self.shown_ledger().assumed_within(self.shown_span()).map(|assumed| assumed.block.id);
        assumed.find(|id| self.tab == Tab::Day && !self.dismissed.contains(id)).map(Offer::Assumed)
    }

    fn offer_of_running(&self) -> Option<Offer> {
        let running = self.world.ledger.running()?;
        // What goes on since another day went on in the evening, and was left on.
        let began = self.world.setting.calendar.day_of(running.start);
        if began < self.world.today() && running.kind != Kind::Off && !self.dismissed.contains(&running.id) {
            return Some(Offer::Forgotten(running.clone()));
        }
        if let Some(slept) = self.slept.as_ref().filter(|slept| slept.block.id == running.id) {
            return Some(Offer::Slept(slept.clone()));
        }
        let is_long = self.world.now - running.began() >= LONG && self.world.now - self.last_key >= QUIET;
        is_long.then(|| Offer::Long(running.clone()))
    }

    /// Takes in that the machine slept since then.
    pub(super) fn woke(&mut self, since: DateTime<Utc>) -> Vec<Effect> {
        let until = self.world.lived_now();
        let from = self.world.setting.calendar.home().at(since);
        let running = self.world.ledger.running().filter(|block| block.start < from);
        self.slept = running.filter(|_| until - from >= NAP).map(|block| Slept { from, until, block: block.clone() });
        self.read_again()
    }

    /// Stops offering what is offered.
    pub(super) fn dismiss_offer(&mut self) -> Option<Effect> {
        match self.offer.take() {
            Some(Offer::Forgotten(Block { id, .. }) | Offer::Assumed(id)) => self.dismissed.push(id),
            Some(Offer::Slept(_)) => self.slept = None,
            Some(Offer::Nudge(nudge)) => self.nudged.dismiss(&nudge),
            Some(Offer::Target) if self.tab == Tab::Day => return Some(self.target_was_asked()),
            Some(Offer::Long(_) | Offer::Target) | None => {}
        }
        None
    }

    /// Whether all there is to say is a question that can wait for a larger pane.
    pub fn is_asking_quietly(&self) -> bool {
        matches!(self.offer, Some(Offer::Assumed(_) | Offer::Target))
            && self.toast.is_none()
            && self.trouble.is_none()
            && self.settings_trouble.is_none()
    }

    /// Returns the offer as a row.
    pub fn offered(&self) -> Option<Row> {
        let look = self.world.look(80);
        let name = |block: &Block| {
            if self.is_folded() { "a block".to_owned() } else { words::quoted(&block.activity) }
        };
        let (said, keys) = match self.offer.as_ref()? {
            // What lies over the screen may be the answer to it.
            Offer::Nudge(_) if self.over.is_some() => return None,
            Offer::Nudge(nudge) => {
                let (said, keys) = self.nudge_row(nudge);
                return Some(Row::new().with(said, Role::Alert).with(format!("   {keys}"), Role::Faint));
            }
            Offer::Forgotten(block) => {
                let since = words::moment(block.start, &look);
                let what = match self.world.ledger.ends(block) {
                    Ends::Forgotten => "ran since",
                    _ => "still runs, since",
                };
                let name = name(block);
                (format!("{name} {what} {since}: it was not ended"), "{catch-up} says until when  {close} not now")
            }
            Offer::Slept(Slept { from, until, block }) => {
                let slept = words::range(*from, Some(*until), &look);
                (format!("asleep {slept} inside {}", name(block)), "{off} off  {catch-up} say  {close} keep")
            }
            Offer::Assumed(id) => {
                let ledger = self.shown_ledger();
                let assumed = ledger.assumed_within(self.shown_span()).find(|assumed| assumed.block.id == *id)?;
                let show = self.world.setting.words;
                (assumed::said(&assumed, ledger, &look, show), "{confirm} confirms  {close} not now")
            }
            Offer::Target => {
                if self.tab != Tab::Day || self.over.is_some() {
                    return None;
                }
                let target = self.world.setting.habits.target(self.world.today().weekday());
                let (target, usual) = (look.share(Some(target)), look.share(self.world.usual_share()));
                let said = format!("target {target} is a guess; your usual is {usual}");
                let row = Row::new().with(said, Role::Plain);
                return Some(row.with(
                    self.world.told_keys("   {take-usual} take it  {edit} another  {close} keep it"),
                    Role::Faint,
                ));
            }
            Offer::Long(block) => {
                let long = words::length(self.world.now - block.began());
                let quiet = words::length(self.world.now - self.last_key);
                (format!("{} for {long}, no key for {quiet}", name(block)), "{catch-up} says what it was")
            }
        };
        Some(Row::new().with(said, Role::Alert).with(format!("   {}", self.world.told_keys(keys)), Role::Faint))
    }
}
