//! What the pane wants done, done: the only part of it that touches the journal, the
//! editor and the clock. Every effect comes back as one message.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Opened;
use super::app::App;
use super::msg::{Asked, Done, Effect, Msg, Notices, Page, Reading, Taken, Way};
use super::pages::read_page;
use super::screen::Screen;
use super::theme::Theme;
use super::wake::{Wake, Wakes};
use super::world::Setting;
use crate::desk::{Changed, Demo, Desk, Edited, Editing, Unsaved};
use crate::domain::{Days, Edit, Ledger, Past, TrendPoint, WeekBalance};
use crate::failure::Failure;
use crate::journal::{Back, Notice, Reach};
use crate::report::Words;

/// How far back it is remembered what was done, in days: a year, as the command line does
/// for the kinds.
const REMEMBERED: TimeDelta = TimeDelta::days(366);
/// So many weeks are one trend.
const WEEKS: i64 = 12;
/// A process that was kept from running for longer was asleep with its machine.
const ASLEEP: Duration = Duration::from_secs(90);

/// News from a thread, or from the clock.
#[derive(Debug)]
pub enum News {
    /// The time that was waited for has come.
    Clock,
    /// What was done before was read.
    Past(Box<Past>),
    /// A page of the journal was read, or could not be.
    Page(Box<Result<Page, Failure>>),
}

/// What does what the pane wants.
pub struct Hands {
    pub(super) desk: Desk,
    /// The user's own, while a made-up journal is shown.
    own: Option<Desk>,
    demo: Option<Demo>,
    theme: Theme,
    tell: Option<Sender<Wake<News>>>,
    /// By the clock on the wall and by one that stands still while the machine sleeps.
    last: (DateTime<Utc>, Instant),
}

impl Hands {
    /// Works at a desk.
    pub fn new(desk: Desk, theme: Theme) -> Self {
        let last = (desk.now(), desk.awake());
        Self { desk, own: None, demo: None, theme, tell: None, last }
    }

    /// Returns the time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.desk.again().now()
    }

    /// Reads what the pane opens on.
    pub fn open(&mut self, opened: Opened) -> Result<App, Failure> {
        if opened == Opened::Demo {
            self.enter_demo()?;
        }
        let reading = self.read(self.desk.today())?;
        let is_new = reading.now.blocks().is_empty() && self.desk.journal.is_missing();
        let mut app = App::new(self.setting(), reading, self.desk.now());
        if let Some(folder) = self.shown_demo() {
            app.show_demo(folder);
        }
        app.is_only_demo = opened == Opened::Demo;
        if is_new {
            app.ask_about_today();
        }
        Ok(app)
    }

    /// Begins to listen: to the journal, and for what was done before.
    pub fn begin(&mut self, wakes: &mut Wakes<News>) {
        self.tell = Some(wakes.sender());
        self.watch(wakes);
        self.read_past();
        // What changed between the first read and the watch would not be told of.
        let _ = wakes.sender().send(Wake::Journal);
    }

    fn watch(&self, wakes: &mut Wakes<News>) {
        // Where nothing can be watched, each key and each minute reads again.
        let _ = wakes.watch(&self.desk.journal.place().journal);
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
                self.watch(wakes);
                Some(Msg::Moved(moved.map(|()| self.shown_demo())))
            }
            Effect::LeaveDemo => {
                self.leave_demo();
                self.watch(wakes);
                Some(Msg::Moved(Ok(None)))
            }
            Effect::Suspend => {
                wakes.quietly(|| screen.suspend())?;
                Some(Msg::Continued)
            }
            Effect::Redraw => {
                screen.take_again()?;
                None
            }
            Effect::ReadPage(asked) => self.read_page_beside(asked),
            other => self.at_the_desk(other),
        })
    }

    /// Does what needs no terminal.
    pub fn at_the_desk(&mut self, effect: Effect) -> Option<Msg> {
        self.desk = self.desk.again();
        Some(match effect {
            Effect::Read(day) => Msg::Read(day, self.read(day)),
            Effect::ReadWeeks => Msg::Weeks(self.read_weeks()),
            Effect::ReadPage(asked) => Msg::Page(read_page(&self.desk, asked)),
            Effect::Change(edit, days) => {
                let found = |ledger: &Ledger| ledger.before_this().is_some();
                let back = matches!(edit, Edit::Back { .. }).then_some(Back { found: &found, months: None });
                let reach = Reach { days, now_too: true, back_until: back };
                Msg::Changed(self.desk.change(&reach, |_| Ok(edit)).map(|changed| self.done(changed)))
            }
            Effect::Undo => Msg::Back(self.desk.undo().map(|undone| taken(Way::Undo, undone))),
            Effect::Redo => Msg::Back(self.desk.redo().map(|undone| taken(Way::Redo, undone))),
            Effect::ReadPast => {
                self.read_past();
                return None;
            }
            Effect::Remember(folded) => {
                self.desk.keep_folded(folded);
                return None;
            }
            _ => return None,
        })
    }

    fn setting(&self) -> Setting {
        let Desk { config, calendar, glyphs, .. } = &self.desk;
        Setting {
            calendar: calendar.clone(),
            habits: config.habits.clone(),
            kinds: config.kinds.clone(),
            glyphs: *glyphs,
            theme: self.theme,
            words: if self.desk.is_folded() { Words::Hidden } else { Words::Shown },
        }
    }

    /// Reads this week and what concerns now; and the week of the day that is shown.
    fn read(&self, day: NaiveDate) -> Result<Reading, Failure> {
        let calendar = &self.desk.calendar;
        let (this, shown) = (calendar.week_of(self.desk.today()), calendar.week_of(day));
        let now = self.desk.read(&Reach { days: this.range(), now_too: true, back_until: None })?;
        let mut notices = now.notices;
        let shown = if shown == this {
            None
        } else {
            let reading = self.desk.read(&Reach { days: shown.range(), now_too: false, back_until: None })?;
            notices.extend(reading.notices);
            Some(reading.ledger)
        };
        Ok(Reading { now: now.ledger, shown, notices: self.told(&notices) })
    }

    fn told(&self, notices: &[Notice]) -> Notices {
        let told = self.desk.journal.not_told_yet(notices, self.desk.now());
        let (once, lasting): (Vec<Notice>, Vec<Notice>) = told.into_iter().partition(Notice::is_told_once);
        let texts = |notices: Vec<Notice>| notices.iter().map(ToString::to_string).collect();
        Notices { lasting: texts(lasting), once: texts(once) }
    }

    fn done(&self, changed: Changed) -> Done {
        let notices = self.told(&changed.notices);
        Done { change: changed.change, before: changed.before, notices }
    }

    /// Reads a page on a thread, so that keys are served between one page and the next.
    fn read_page_beside(&mut self, asked: Asked) -> Option<Msg> {
        let (desk, Some(tell)) = (self.desk.again(), self.tell.clone()) else {
            return self.at_the_desk(Effect::ReadPage(asked));
        };
        let read = move || {
            // Nobody listens any more: the pane was left.
            let _ = tell.send(Wake::News(News::Page(Box::new(read_page(&desk, asked)))));
        };
        match thread::Builder::new().name("page".into()).spawn(read) {
            Ok(_) => None,
            Err(_) => self.at_the_desk(Effect::ReadPage(asked)),
        }
    }

    /// Reads what was done before on a thread: it may take longer than a key may.
    fn read_past(&self) {
        let (desk, Some(tell)) = (self.desk.clone(), self.tell.clone()) else { return };
        let read = move || {
            // What cannot be read here is told by the read of the days that are shown.
            let Ok(past) = past(&desk) else { return };
            // Nobody listens any more: the pane was left.
            let _ = tell.send(Wake::News(News::Past(Box::new(past))));
        };
        // Without the thread nothing is likely, and all else works.
        let _ = thread::Builder::new().name("past".into()).spawn(read);
    }

    fn read_weeks(&self) -> Result<Vec<TrendPoint>, Failure> {
        let Desk { calendar, config, .. } = &self.desk;
        let last = calendar.week_of(self.desk.today());
        let first = last.plus(1 - WEEKS);
        let reach = Reach { days: first.first()..=last.last(), now_too: true, back_until: None };
        let ledger = self.desk.read(&reach)?.ledger;
        let days = Days::of(&ledger, calendar);
        let point = |weeks: i64| {
            let here = self.desk.here().now();
            TrendPoint::from(&WeekBalance::of(&days, first.plus(weeks), calendar, &config.habits, here))
        };
        let is_empty = |point: &TrendPoint| point.tally.logged() <= TimeDelta::zero();
        Ok((0..WEEKS).map(point).skip_while(is_empty).collect())
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

    pub(super) fn enter_demo(&mut self) -> Result<(), Failure> {
        let demo = Demo::make(&self.desk)?;
        self.own = Some(std::mem::replace(&mut self.desk, demo.desk().clone()));
        self.demo = Some(demo);
        Ok(())
    }

    pub(super) fn shown_demo(&self) -> Option<PathBuf> {
        self.demo.as_ref().map(|demo| demo.folder().to_owned())
    }

    pub(super) fn leave_demo(&mut self) {
        if let Some(own) = self.own.take() {
            self.desk = own.again();
        }
        self.demo = None;
    }
}

/// Reads what was done before.
pub(super) fn past(desk: &Desk) -> Result<Past, Failure> {
    let today = desk.today();
    let since = today.checked_sub_signed(REMEMBERED).unwrap_or(NaiveDate::MIN);
    let reading = desk.read(&Reach { days: since..=today, now_too: false, back_until: None })?;
    Ok(Past::of(reading.ledger.blocks()))
}

fn taken(way: Way, undone: crate::journal::Undone) -> Taken {
    Taken { way, before: undone.before, after: undone.after }
}
