//! What the pane wants done, done: the only part of it that touches the journal, the
//! editor and the clock. What was asked for comes back as one message.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Opened;
use super::app::App;
use super::msg::{
    Done, Effect, Keeping, KeptNow, KeptThings, Known, Msg, Notices, Opening, Reading, Taken, Way, Whose,
};
use super::pages::read_page;
use super::screen::Screen;
use super::wake::{Wake, Wakes};
use super::world::Setting;
use crate::desk::{Changed, Claim, Demo, Desk, Edited, Editing, Far, Unsaved, no_such_spark};
use crate::domain::usual::Usual;
use crate::domain::{Beside, Days, Edit, Id, Kept, Ledger, Past, Spark, Week};
use crate::failure::Failure;
use crate::journal::{Back, Notice, Reach};
use crate::report::Words;
use crate::theme::Depth;

/// How far back it is remembered what was done, in days: a year, as the command line does
/// for the kinds.
const REMEMBERED: TimeDelta = TimeDelta::days(366);
/// So many weeks are read first of a trend.
const A_YEAR: Far = Far::Weeks(53);
/// A process that was kept from running for longer was asleep with its machine.
const ASLEEP: Duration = Duration::from_secs(90);

/// News from a thread, or from the clock.
#[derive(Debug)]
pub enum News {
    /// The time that was waited for has come.
    Clock,
    /// What was read beside all else, after so many moves from one journal to another.
    Read(Box<Msg>, u32),
}

/// What does what the pane wants.
pub struct Hands {
    pub(super) desk: Desk,
    /// The user's own, while a made-up journal is shown.
    own: Option<Desk>,
    demo: Option<Demo>,
    depth: Depth,
    /// How often another journal was gone over to.
    moves: u32,
    tell: Option<Sender<Wake<News>>>,
    /// By the clock on the wall and by one that stands still while the machine sleeps.
    last: (DateTime<Utc>, Instant),
}

impl Hands {
    /// Works at a desk.
    pub fn new(desk: Desk, depth: Depth) -> Self {
        let last = (desk.now(), desk.awake());
        Self { desk, own: None, demo: None, depth, moves: 0, tell: None, last }
    }

    /// Returns the time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.desk.again().now()
    }

    /// Opens the pane on a journal.
    pub fn open(&mut self, opened: Opened) -> Result<App, Failure> {
        let opening = match opened {
            Opened::Own => Self::opening(&self.desk, Whose::Own)?,
            Opened::Demo => Opening { whose: Whose::OnlyMadeUp, ..self.enter_demo()? },
        };
        Ok(App::new(self.setting(), opening))
    }

    /// Reads what the pane opens on.
    fn opening(desk: &Desk, whose: Whose) -> Result<Opening, Failure> {
        let reading = Self::read(desk, desk.today())?;
        let is_new = reading.now.blocks().is_empty() && desk.journal.is_missing();
        Ok(Opening { reading, now: desk.now(), whose, is_new })
    }

    /// Begins to listen: to the journal, and for what was done before.
    pub fn begin(&mut self, wakes: &mut Wakes<News>) {
        self.tell = Some(wakes.sender());
        Self::watch(&self.desk, wakes);
        if let Some(settings) = &self.desk.settings {
            // Where it cannot be watched, what it says now holds until the pane is opened again.
            let _ = wakes.watch_settings(settings);
        }
        let _ = self.beside(&Effect::ReadPast);
        // What changed between the first read and the watch would not be told of.
        for changed in [Wake::Journal, Wake::Settings] {
            let _ = wakes.sender().send(changed);
        }
    }

    fn watch(desk: &Desk, wakes: &mut Wakes<News>) {
        // Where it cannot be watched, each minute is a time to read again.
        let _ = wakes.watch(&desk.journal.place().journal);
    }

    /// Returns since when the machine slept, if it did since this was asked last.
    pub fn slept_since(&mut self) -> Option<DateTime<Utc>> {
        let now = (self.now(), self.desk.awake());
        let (wall, awake) = std::mem::replace(&mut self.last, now);
        let passed = (self.last.0 - wall).to_std().unwrap_or_default();
        let awake = self.last.1.saturating_duration_since(awake);
        (passed.saturating_sub(awake) > ASLEEP).then_some(wall)
    }

    /// Does what is wanted; returns what is to be heard of it, unless a thread will tell, or
    /// there is nothing to tell.
    pub fn carry_out(
        &mut self,
        effect: Effect,
        screen: &mut Screen,
        wakes: &mut Wakes<News>,
    ) -> std::io::Result<Option<Msg>> {
        Ok(match effect {
            Effect::EditDay(day) => Some(Msg::Edited(self.edit_day(day, screen, wakes)?)),
            Effect::Demo => {
                let moved = self.enter_demo();
                Self::watch(&self.desk, wakes);
                Some(Msg::Moved(moved.map(Box::new)))
            }
            Effect::LeaveDemo => {
                let moved = self.leave_demo();
                Self::watch(&self.desk, wakes);
                Some(Msg::Moved(moved.map(Box::new)))
            }
            Effect::Nudge(nudge, text) => {
                let msg = self.at_the_desk(Effect::Nudge(nudge, text.clone()));
                if matches!(msg, Some(Msg::Nudged(_, Ok(Claim::Ours)))) {
                    screen.signal(&self.desk.for_the_terminal(&text))?;
                    self.tell_outside(text);
                }
                msg
            }
            Effect::Suspend => {
                wakes.quietly(|| screen.suspend())?;
                Some(Msg::Continued)
            }
            Effect::Redraw => {
                screen.take_again()?;
                None
            }
            effect @ (Effect::ReadPast
            | Effect::ReadPage(_)
            | Effect::ReadTrend
            | Effect::ReadWeeksBefore(_)
            | Effect::ReadBeside(_)) => self.beside(&effect),
            other => self.at_the_desk(other),
        })
    }

    /// Does what needs no terminal.
    pub fn at_the_desk(&mut self, effect: Effect) -> Option<Msg> {
        self.desk = self.desk.again();
        Some(match effect {
            Effect::Read(day) => Msg::Read(day, Self::read(&self.desk, day)),
            Effect::Change(edit, days) => {
                let found = |ledger: &Ledger| ledger.before_this().is_some();
                let back = matches!(edit, Edit::Back { .. }).then_some(Back { found: &found, months: None });
                let reach = Reach { days, now_too: true, back_until: back };
                Msg::Changed(self.desk.change(&reach, |_| Ok(edit)).map(|changed| self.done(changed)))
            }
            Effect::Keep(keeping) => {
                let kept = keep(&self.desk, keeping);
                // What was written there is known when the file is said to have changed.
                if let Ok(KeptNow::Target(_)) = &kept
                    && let Ok(Some(new)) = self.desk.with_new_settings()
                {
                    self.desk = new;
                }
                Msg::Kept(kept)
            }
            Effect::Undo => Msg::Back(self.desk.undo().map(|undone| taken(Way::Undo, undone))),
            Effect::Redo => Msg::Back(self.desk.redo().map(|undone| taken(Way::Redo, undone))),
            effect @ (Effect::ReadPast
            | Effect::ReadPage(_)
            | Effect::ReadTrend
            | Effect::ReadWeeksBefore(_)
            | Effect::ReadBeside(_)) => {
                return read_long(&self.desk, &effect);
            }
            Effect::Nudge(nudge, _) => {
                let claim = self.desk.claim(&nudge);
                Msg::Nudged(nudge, claim)
            }
            Effect::Snooze(nudge) => {
                let until = self.desk.snooze(&nudge);
                Msg::Snoozed(nudge, until)
            }
            Effect::Remember(remembered) => {
                self.desk.remember(remembered);
                return None;
            }
            _ => return None,
        })
    }

    /// Reads the settings again. Of a made-up journal there are none: they are one's own.
    pub fn settings_again(&mut self) -> Msg {
        let desk = self.own.as_mut().unwrap_or(&mut self.desk);
        Msg::Settings(match desk.with_new_settings() {
            Ok(None) => Ok(None),
            Ok(Some(new)) => {
                *desk = new;
                Ok(self.own.is_none().then(|| Box::new(self.setting())))
            }
            Err(failure) => Err(failure),
        })
    }

    fn setting(&self) -> Setting {
        let Desk { config, calendar, glyphs, .. } = &self.desk;
        let remembered = self.desk.remembered();
        Setting {
            calendar: calendar.clone(),
            habits: config.habits.clone(),
            kinds: config.kinds.clone(),
            keys: config.keys.clone(),
            glyphs: *glyphs,
            themes: config.themes(self.depth),
            words: if remembered.folded { Words::Hidden } else { Words::Shown },
            reminders: config.nudges.of,
            outside: self.desk.words_outside(),
            target_asked: remembered.target_asked,
        }
    }

    /// Reads this week and what concerns now; and the week of the day that is shown.
    fn read(desk: &Desk, day: NaiveDate) -> Result<Reading, Failure> {
        let calendar = &desk.calendar;
        let (this, shown) = (calendar.week_of(desk.today()), calendar.week_of(day));
        let now = desk.read(&Reach { days: this.range(), now_too: true, back_until: None })?;
        let mut notices = now.notices;
        let (mut thoughts, mut samples) = (now.reflections, now.samples);
        let shown = if shown == this {
            None
        } else {
            let reading = desk.read(&Reach { days: shown.range(), now_too: false, back_until: None })?;
            notices.extend(reading.notices);
            thoughts.extend(reading.reflections);
            samples.extend(reading.samples);
            Some(reading.ledger)
        };
        let read = desk.kept()?;
        notices.extend(read.notices);
        let sparks = read.sparks.into_iter().filter(Spark::is_open).collect();
        let kept = KeptThings { sparks, thoughts, samples };
        Ok(Reading { now: now.ledger, shown, kept, notices: Self::told(desk, &notices) })
    }

    fn told(desk: &Desk, notices: &[Notice]) -> Notices {
        let told = desk.journal.not_told_yet(notices, desk.now());
        let (once, lasting): (Vec<Notice>, Vec<Notice>) = told.into_iter().partition(Notice::is_told_once);
        let texts = |notices: Vec<Notice>| notices.iter().map(Notice::with_way_out).collect();
        Notices { lasting: texts(lasting), once: texts(once) }
    }

    fn done(&self, changed: Changed) -> Done {
        let notices = Self::told(&self.desk, &changed.notices);
        Done { change: changed.change, before: changed.before, notices }
    }

    /// Reads something on a thread, and tells it when it is there: it may take longer than a
    /// key may. Where there is no thread to be had, it is read at once.
    fn beside(&self, effect: &Effect) -> Option<Msg> {
        let desk = self.desk.again();
        let Some(tell) = self.tell.clone() else { return read_long(&desk, effect) };
        let (asked, moves) = (effect.clone(), self.moves);
        let reads = move || {
            if let Some(msg) = read_long(&desk, &asked) {
                // Nobody listens any more: the pane was left.
                let _ = tell.send(Wake::News(News::Read(Box::new(msg), moves)));
            }
        };
        match thread::Builder::new().name("read".into()).spawn(reads) {
            Ok(_) => None,
            Err(_) => read_long(&self.desk, effect),
        }
    }

    /// Reaches somebody outside of the pane, on a thread: what notifies may take its time.
    fn tell_outside(&self, text: String) {
        let (desk, moves) = (self.desk.clone(), self.moves);
        let Some(tell) = self.tell.clone().filter(|_| desk.reaches_outside()) else { return };
        let reaches = move || {
            if let Err(failure) = desk.tell_outside(&text) {
                // Nobody listens any more: the pane was left.
                let _ = tell.send(Wake::News(News::Read(Box::new(Msg::NotReached(failure)), moves)));
            }
        };
        // Without a thread to be had, the line in the pane has to do.
        let _ = thread::Builder::new().name("nudge".into()).spawn(reaches);
    }

    /// Opens a day in the editor, as often as it takes for its text to be understood.
    fn edit_day(
        &mut self,
        day: NaiveDate,
        screen: &mut Screen,
        wakes: &Wakes<News>,
    ) -> std::io::Result<Result<Option<Done>, Failure>> {
        self.desk = self.desk.again();
        let begun =
            self.desk.read(&self.desk.whole_day(day)).and_then(|read| Editing::begin(&self.desk, day, &read.ledger));
        let mut editing = match begun {
            Ok(editing) => editing,
            Err(failure) => return Ok(Err(failure)),
        };
        loop {
            let status = wakes.quietly(|| screen.lend(|| editing.command().status()))?;
            self.desk = self.desk.again();
            match editing.read_back(status) {
                Err(failure) => return Ok(Err(failure)),
                Ok(Edited::Nothing) => {
                    editing.done();
                    return Ok(Ok(None));
                }
                Ok(Edited::Another) => {}
            }
            let saved = editing.understood(&self.desk).and_then(|text| editing.save(&self.desk, text.entries));
            match saved {
                Ok(changed) => {
                    editing.done();
                    return Ok(Ok(Some(self.done(changed))));
                }
                Err(Unsaved::Wrong(wrong)) => {
                    if let Err(failure) = editing.mend(&wrong) {
                        return Ok(Err(failure));
                    }
                }
                Err(unsaved) => return Ok(Err(editing.keep(unsaved))),
            }
        }
    }

    /// Goes over to a made-up quarter, with a clock of its own.
    pub(super) fn enter_demo(&mut self) -> Result<Opening, Failure> {
        if self.own.is_some() {
            return Self::opening(&self.desk, Whose::MadeUp);
        }
        let demo = Demo::make(&self.desk)?;
        let opening = Self::opening(demo.desk(), Whose::MadeUp)?;
        self.own = Some(self.desk.clone());
        self.move_to(demo.desk().clone());
        self.demo = Some(demo);
        Ok(opening)
    }

    /// Comes back to one's own journal; the made-up one is gone then.
    pub(super) fn leave_demo(&mut self) -> Result<Opening, Failure> {
        let own = self.own.as_ref().map_or_else(|| self.desk.again(), Desk::again);
        let opening = Self::opening(&own, Whose::Own)?;
        self.move_to(own);
        self.own = None;
        self.demo = None;
        Ok(opening)
    }

    fn move_to(&mut self, desk: Desk) {
        self.desk = desk;
        self.last = (self.now(), self.desk.awake());
        self.moves += 1;
    }

    /// Whether news is of the journal that is shown now.
    pub fn is_of_this_journal(&self, moves: u32) -> bool {
        self.moves == moves
    }
}

/// Reads what may take longer than a key may.
fn read_long(desk: &Desk, effect: &Effect) -> Option<Msg> {
    match effect {
        // What cannot be read here is told by the read of the days that are shown.
        Effect::ReadPast => known(desk).ok().map(|known| Msg::Past(Box::new(known))),
        Effect::ReadPage(asked) => Some(Msg::Page(read_page(desk, *asked))),
        Effect::ReadBeside(week) => beside(desk, *week).ok().map(|beside| Msg::Beside(*week, beside)),
        Effect::ReadTrend => Some(Msg::Trend(desk.trend(A_YEAR).map(|(trend, _)| Box::new(trend)))),
        Effect::ReadWeeksBefore(week) => Some(Msg::WeeksBefore(*week, desk.weeks_before(*week))),
        _ => None,
    }
}

/// Reads what the weeks around a week say of it.
fn beside(desk: &Desk, week: Week) -> Result<Beside, Failure> {
    let today = desk.today();
    let days = Beside::since(week, today)..=week.last();
    let ledger = desk.read(&Reach { days, now_too: false, back_until: None })?.ledger;
    Ok(Beside::of(&Days::of(&ledger, &desk.calendar), week, &desk.config.habits, today))
}

/// Keeps something besides blocks.
fn keep(desk: &Desk, keeping: Keeping) -> Result<KeptNow, Failure> {
    let of = |id: Id| move |open: &[Spark]| open.iter().find(|spark| spark.id == id).cloned().ok_or_else(no_such_spark);
    Ok(match keeping {
        Keeping::Put(text, length) => KeptNow::Thing(Kept::Spark(desk.put_spark(text, length)?), "kept"),
        Keeping::Done(id) => KeptNow::Thing(Kept::Spark(desk.finish_spark(of(id))?), "done"),
        Keeping::Drop(id) => KeptNow::Thing(Kept::Spark(desk.drop_spark(of(id))?), "dropped"),
        Keeping::Reflect(day, thought) => KeptNow::Thing(Kept::Reflection(desk.reflect(day, thought)?), "said"),
        Keeping::Answer(day, at, kind) => KeptNow::Thing(Kept::Sample(desk.answer(day, at, kind)?), "answered"),
        Keeping::Target(target) => KeptNow::Target(desk.set_target(target)?),
    })
}

/// Reads what was done before, and what that says of one's share.
fn known(desk: &Desk) -> Result<Known, Failure> {
    let today = desk.today();
    let since = today.checked_sub_signed(REMEMBERED).unwrap_or(NaiveDate::MIN);
    let reading = desk.read(&Reach { days: since..=today, now_too: false, back_until: None })?;
    let usual = Usual::of(&Days::of(&reading.ledger, &desk.calendar), today, desk.config.habits.lens);
    Ok(Known { past: Past::of(reading.ledger.blocks()), usual })
}

fn taken(way: Way, undone: crate::journal::Undone) -> Taken {
    Taken { way, before: undone.before, after: undone.after, kept: undone.kept }
}
