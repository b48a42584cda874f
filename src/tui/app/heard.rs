//! What effects have come to.

use super::super::msg::{Done, Effect, Msg, Notices, Opening, Reading, Taken, Way};
use super::super::toast::Toast;
use super::super::world::Setting;
use super::{App, Pick, Tab};
use crate::beam::{Role, Row};
use crate::domain::Block;
use crate::failure::Failure;
use crate::report::{change, kept};

/// What a change that splits a block is called.
const SPLIT: &str = "split";

impl App {
    /// Takes in what an effect has come to.
    pub(super) fn heard(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Read(day, reading) => self.read(day, reading),
            Msg::Past(known) => {
                self.world.remember(*known);
                Vec::new()
            }
            Msg::Trend(Ok(trend)) => {
                let older = self.trend.take(*trend);
                self.where_it_is_looked_at(older)
            }
            Msg::WeeksBefore(week, Ok(weeks)) => {
                let older = self.trend.take_older(week, weeks);
                self.where_it_is_looked_at(older)
            }
            Msg::WeeksBefore(_, Err(failure)) => {
                self.trend.not_read();
                self.refuse(&failure);
                Vec::new()
            }
            Msg::Beside(week, beside) => {
                self.week.take(week, beside);
                Vec::new()
            }
            Msg::Page(Ok(page)) => self.journal.take(page, &self.world.setting.calendar).into_iter().collect(),
            Msg::Changed(Ok(done)) | Msg::Edited(Ok(Some(done))) => self.changed(&done),
            Msg::Changed(Err(failure)) => self.not_changed(failure),
            Msg::Back(Ok(taken)) => self.taken(&taken),
            Msg::Settings(settings) => self.set(settings),
            Msg::Kept(outcome) => self.kept(outcome),
            Msg::Edited(Ok(None)) => self.read_again(),
            Msg::Back(Err(failure)) | Msg::Edited(Err(failure)) => {
                self.refuse(&failure);
                self.read_again()
            }
            Msg::Moved(Ok(opening)) => self.moved(*opening),
            Msg::Nudged(nudge, claim) => {
                self.nudged(nudge, claim);
                Vec::new()
            }
            Msg::NotReached(failure) => {
                self.not_nudged(failure);
                Vec::new()
            }
            Msg::Snoozed(nudge, until) => {
                self.snoozed(&nudge, until);
                Vec::new()
            }
            Msg::Page(Err(failure)) => {
                self.journal.not_read();
                self.refuse(&failure);
                Vec::new()
            }
            Msg::Trend(Err(failure)) | Msg::Moved(Err(failure)) => {
                self.refuse(&failure);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Takes the settings as they are now. Where anything is wrong with them, those from before
    /// hold, and it is told until they are mended.
    fn set(&mut self, settings: Result<Option<Box<Setting>>, Failure>) -> Vec<Effect> {
        match settings {
            Err(failure) => {
                let first = failure.message.lines().next().unwrap_or_default().trim_end_matches(':');
                // What was said of them before is not so any more.
                self.toast = self.toast.take().filter(Toast::is_of_change);
                self.settings_trouble = Some(format!("{first}; tiltmeter config check shows it"));
                Vec::new()
            }
            Ok(new) => {
                self.settings_trouble = None;
                let Some(new) = new else { return Vec::new() };
                self.world.set(*new);
                self.say("the settings are read anew");
                let mut effects = self.read_again();
                effects.push(Effect::ReadPast);
                effects
            }
        }
    }

    /// Reads older weeks on only where somebody looks at them: opened again, it begins anew.
    fn where_it_is_looked_at(&self, older: Option<Effect>) -> Vec<Effect> {
        older.filter(|_| self.tab == Tab::Trend).into_iter().collect()
    }

    /// Reads again what is shown.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Read(self.shown_day())];
        match self.tab {
            Tab::Trend => effects.push(Effect::ReadTrend),
            Tab::Week => effects.extend(self.read_around()),
            Tab::Day | Tab::Journal => {}
        }
        effects.extend(self.journal.read_again());
        effects
    }

    /// Shows what was read; where nothing could be, what was known stays.
    fn read(&mut self, day: chrono::NaiveDate, reading: Result<Reading, Failure>) -> Vec<Effect> {
        match reading {
            Ok(reading) => {
                let is_other =
                    self.world.ledger.blocks() != reading.now.blocks() || self.world.sparks != reading.kept.sparks;
                let is_own = std::mem::take(&mut self.expects_change);
                if is_other && !is_own {
                    // What `u` takes back is another change now.
                    self.toast = self.toast.take().filter(|toast| !toast.is_of_change());
                }
                self.world.read(reading.now);
                if day == self.shown_day() {
                    self.shown = reading.shown;
                }
                self.tell(reading.notices);
                self.world.keep(reading.kept);
                self.reflect_now();
            }
            Err(failure) => {
                self.trouble = Some(format!("not up to date: {}", failure.message));
            }
        }
        Vec::new()
    }

    /// Tells what is wrong with the journal: until it is mended, or once.
    pub(super) fn tell(&mut self, notices: Notices) {
        self.trouble = notices.lasting.into_iter().next();
        if let Some(once) = notices.once.first() {
            self.say(once);
        }
    }

    /// Says what was changed, and closes what asked for it.
    fn changed(&mut self, done: &Done) -> Vec<Effect> {
        self.target_before = None;
        self.over = None;
        let begins = |block: &Block| block.end.is_none() && done.before.get(block.id).is_none();
        if self.tab == super::Tab::Day && done.change.put.iter().any(begins) {
            self.look_at_today();
        }
        self.slept = None;
        self.drag = None;
        let look = self.world.look(200);
        let said = change::brief(&done.change, &done.before, &look);
        let folded = Row::plain("changed");
        let made = self.made(&done.before, &done.change.put);
        let toast = Toast::of_change(said, folded, self.toast.as_ref(), self.world.now);
        self.toast = Some(toast.of_made(made));
        self.tell(done.notices.clone());
        self.expects_change = true;
        self.follow(done);
        self.journal.change(&done.change, &self.world.setting.calendar);
        self.read_again()
    }

    /// Keeps what was selected selected: where a block moved to another month, it has
    /// another id there; what was put in is selected, what begins is not, for the next
    /// thing that needs a hand is a gap.
    fn follow(&mut self, done: &Done) {
        let Some(pick) = self.pick else { return };
        if done.change.does == SPLIT {
            // The border between the halves is the start of the second.
            let half = done.change.put.iter().find(|block| done.before.get(block.id).is_none());
            self.pick = half.map(|block| Pick { block: Some(block.id), start: block.start }).or(self.pick);
            return;
        }
        let still_there = done.change.put.iter().any(|block| Some(block.id) == pick.block);
        let touched = done.change.removed.iter().any(|block| Some(block.id) == pick.block);
        if still_there || !touched {
            return;
        }
        let moved = done.change.put.iter().min_by_key(|block| (block.start - pick.start).num_seconds().abs());
        self.pick = moved
            .map(|block| Pick { block: Some(block.id), start: block.start })
            .or(Some(Pick { block: None, ..pick }));
    }

    /// Keeps what was typed, and says why it was not saved.
    fn not_changed(&mut self, failure: Failure) -> Vec<Effect> {
        let failure = self.world.shown(failure);
        let told = match &mut self.over {
            Some(over) => over.refused(failure),
            None => Some(failure),
        };
        if let Some(failure) = told {
            self.refuse(&failure);
        }
        self.drag = None;
        self.read_again()
    }

    fn taken(&mut self, taken: &Taken) -> Vec<Effect> {
        self.target_before = None;
        let look = self.world.look(200);
        let verb = match taken.way {
            Way::Undo => "taken back: ",
            Way::Redo => "done again: ",
        };
        let mut said = Row::new().with(verb, Role::Strong);
        let (before, after) = &taken.kept;
        if before.is_empty() && after.is_empty() {
            said.append(change::back(&taken.before, &taken.after, &look));
        } else {
            said.append(kept::back(before, after, &look));
        }
        let folded = Row::plain(verb.trim_end_matches([':', ' ']));
        let (before, now) = (self.toast.as_ref(), self.world.now);
        let toast = match taken.way {
            Way::Undo => Toast::of_undo(said, folded, before, now),
            Way::Redo => Toast::of_change(said, folded, before, now),
        };
        self.toast = Some(toast);
        self.expects_change = true;
        self.read_again()
    }

    /// Shows another journal: a made-up one, or one's own again.
    fn moved(&mut self, opening: Opening) -> Vec<Effect> {
        *self = Self::new(self.world.setting.clone(), opening);
        vec![Effect::ReadPast]
    }
}
