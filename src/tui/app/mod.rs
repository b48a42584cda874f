//! The pane as a value: what it shows, and what becomes of it when something happens.
//!
//! [`App::update`] decides, [`Effect`]s do, views show. Nothing in here reads a clock, a
//! file or the environment, so every journey is a unit test.

mod heard;
mod keep;
mod log;
mod mend;
mod mouse;
mod nudge;
mod offer;
mod over;
mod scene;
mod week;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use crossterm::event::{KeyEvent, KeyEventKind};

use super::catch_up::CatchUp;
use super::complete::Completer;
use super::go_to::GoTo;
use super::help::Help;
use super::journal::JournalScreen;
use super::line::Inserted;
use super::msg::{Effect, Msg, Opening, Whose};
use super::palette::Palette;
use super::stage::Hits;
use super::step::Step;
use super::toast::Toast;
use super::trend::TrendScreen;
use super::week::WeekScreen;
use super::world::{Setting, World};
use crate::beam::Glyphs;
use crate::desk::Remembered;
use crate::domain::{Days, Edit, Id, Ledger, Lens};
use crate::keymap::{Action, Context, Press};
use crate::notation::Target;
use crate::report::Words;
use crate::theme::Depth;

pub use mouse::Drag;
pub use offer::Offer;
pub use over::Over;
pub use scene::{Pick, Scene};

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The live day.
    Day,
    /// Seven days.
    Week,
    /// The weeks one after another.
    Trend,
    /// All blocks.
    Journal,
}

impl Tab {
    /// The screens in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Trend, Self::Journal];

    /// Returns its name, and what goes there.
    pub fn label(self) -> (&'static str, Action) {
        match self {
            Self::Day => ("Day", Action::GoDay),
            Self::Week => ("Week", Action::GoWeek),
            Self::Trend => ("Trend", Action::GoTrend),
            Self::Journal => ("Journal", Action::GoJournal),
        }
    }

    fn context(self) -> Context {
        match self {
            Self::Day => Context::Day,
            Self::Week => Context::Week,
            Self::Trend => Context::Trend,
            Self::Journal => Context::Journal,
        }
    }

    /// Returns the screen so many tabs further.
    fn plus(self, tabs: usize) -> Self {
        let at = Self::ALL.iter().position(|screen| *screen == self).unwrap_or_default();
        Self::ALL.into_iter().cycle().nth(at + tabs).unwrap_or(self)
    }
}

/// The pane.
#[derive(Debug)]
pub struct App {
    /// What every part of it knows.
    pub world: World,
    /// The day that is shown; `None` follows today.
    pub day: Option<NaiveDate>,
    /// The blocks of that day's week, where it is not this week.
    pub shown: Option<Ledger>,
    /// Which screen.
    pub tab: Tab,
    /// What lies over it.
    pub over: Option<Over>,
    /// What is selected on the day; `None` rests on the first gap.
    pub pick: Option<Pick>,
    /// The week screen.
    pub week: WeekScreen,
    /// The journal screen.
    pub journal: JournalScreen,
    /// The weeks, once they were read.
    pub trend: TrendScreen,
    /// What is said for a while.
    pub toast: Option<Toast>,
    /// What is wrong with the journal, until it is mended.
    pub trouble: Option<String>,
    /// What is wrong with the settings: those from before hold until it is mended.
    pub settings_trouble: Option<String>,
    /// What is offered in a quiet line.
    pub offer: Option<Offer>,
    /// What was slept through, until it is answered.
    pub slept: Option<offer::Slept>,
    /// What is known of nudges.
    nudged: nudge::Nudged,
    /// Forgotten blocks that nobody wants to hear of now.
    pub dismissed: Vec<Id>,
    /// What sets the target back, where setting it was the last thing that was done.
    target_before: Option<Target>,
    /// Whether it is to be said what is thought of the day that is shown, once it was read.
    reflects_when_read: bool,
    /// Whether the next read has a change that was made here.
    expects_change: bool,
    /// The border that is dragged.
    pub drag: Option<Drag>,
    /// Whose journal is shown.
    pub whose: Whose,
    completer: Completer,
    hits: Hits,
    last_key: DateTime<Utc>,
    last_removal: Option<DateTime<Utc>>,
    /// Whether a key is the same as the one before it.
    is_repeated: bool,
    last_press: Option<Press>,
}

/// A second `d` within this is swallowed: it was pressed twice by habit.
const TWICE: TimeDelta = TimeDelta::milliseconds(500);

impl App {
    /// Opens the pane.
    pub fn new(setting: Setting, opening: Opening) -> Self {
        let Opening { reading, now, .. } = opening;
        let world = World::new(setting, reading.now, now);
        let mut app = Self {
            world,
            day: None,
            shown: None,
            tab: Tab::Day,
            over: None,
            pick: None,
            week: WeekScreen::default(),
            journal: JournalScreen::default(),
            trend: TrendScreen::default(),
            toast: None,
            trouble: None,
            settings_trouble: None,
            offer: None,
            slept: None,
            nudged: nudge::Nudged::default(),
            dismissed: Vec::new(),
            target_before: None,
            reflects_when_read: false,
            expects_change: false,
            drag: None,
            whose: opening.whose,
            completer: Completer::default(),
            hits: Hits::default(),
            last_key: now,
            last_removal: None,
            is_repeated: false,
            last_press: None,
        };
        app.world.keep(reading.kept);
        app.tell(reading.notices);
        if opening.whose != Whose::Own {
            app.say_keys("a made-up quarter, in a temporary folder, gone when you leave: try anything; {quit} leaves");
        }
        if opening.is_new {
            app.over = CatchUp::of_first_day(&app.world).map(Over::CatchUp);
        }
        app.offer = app.offer_now();
        app
    }

    /// Keeps where what was drawn can be clicked.
    pub fn drawn(&mut self, hits: Hits) {
        if self.tab == Tab::Trend {
            self.trend.drawn(hits.most);
        }
        self.hits = hits;
    }

    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, msg: Msg, now: DateTime<Utc>) -> Vec<Effect> {
        let is_new_day = self.turn(now);
        let mut effects = match msg {
            Msg::Key(event) => self.key(&event),
            Msg::Mouse(event) => self.mouse(event),
            Msg::Paste(text) => self.typed(&text),
            // Each draw asks how much fits.
            Msg::Resized | Msg::Clock => Vec::new(),
            Msg::Woke(since) => self.woke(since),
            Msg::JournalChanged => self.read_again(),
            Msg::Continued => [vec![Effect::Redraw], self.read_again()].concat(),
            heard => self.heard(heard),
        };
        if is_new_day {
            effects.push(Effect::Read(self.shown_day()));
        }
        effects.extend(self.nudge_now());
        self.offer = self.offer_now();
        effects
    }

    /// Makes it as late as it is; says whether another day began.
    fn turn(&mut self, now: DateTime<Utc>) -> bool {
        let before = self.world.today();
        self.world.now = now;
        if self.world.ledger.now().timestamp() != now.timestamp() {
            self.world.ledger = std::mem::take(&mut self.world.ledger).read_at(now);
            self.shown = self.shown.take().map(|shown| shown.read_at(now));
        }
        if self.toast.as_ref().is_some_and(|toast| !toast.lasts(now)) {
            self.toast = None;
        }
        let is_new_day = before != self.world.today();
        if is_new_day && self.day.is_none_or(|day| day == self.world.today()) {
            self.day = None;
            self.pick = None;
        }
        is_new_day
    }

    /// Returns when the picture would next differ by itself: at the turn of a minute, of
    /// the running block's or of the clock's, when something has been said long enough, or when
    /// a nudge is due.
    pub fn next_change(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let begun = self.world.ledger.running().map_or(0, |block| block.began().timestamp());
        let into = (now.timestamp() - begun).rem_euclid(60);
        let over = TimeDelta::nanoseconds(i64::from(now.nanosecond() % 1_000_000_000));
        let turn = now - over + TimeDelta::seconds(60 - into);
        let next = self.toast.as_ref().map_or(turn, |toast| turn.min(toast.until().max(now)));
        self.next_nudge(now).map_or(next, |due| next.min(due))
    }

    /// Returns the day that is shown.
    pub fn shown_day(&self) -> NaiveDate {
        self.day.unwrap_or_else(|| self.world.today())
    }

    /// Whether the blocks of the day that is shown were read.
    pub fn is_read(&self) -> bool {
        let calendar = &self.world.setting.calendar;
        self.shown.is_some() || calendar.week_of(self.shown_day()) == calendar.week_of(self.world.today())
    }

    /// Shows today, whatever day was looked at.
    pub(super) fn look_at_today(&mut self) {
        self.day = None;
        self.shown = None;
    }

    /// Returns the blocks of the week of the day that is shown.
    pub fn shown_ledger(&self) -> &Ledger {
        self.shown.as_ref().unwrap_or(&self.world.ledger)
    }

    /// Whether somebody has selected a block of the day.
    pub fn has_selected(&self) -> bool {
        self.over.is_none() && self.tab == Tab::Day && self.pick.is_some_and(|pick| pick.block.is_some())
    }

    /// Whether the words that people wrote are folded away.
    pub fn is_folded(&self) -> bool {
        self.world.setting.words == Words::Hidden
    }

    /// Returns the context in which a key is pressed now.
    pub fn context(&self) -> Context {
        match &self.over {
            Some(over) => over.context(),
            None if self.tab == Tab::Journal && self.journal.is_searching() => Context::Finder,
            None => self.tab.context(),
        }
    }

    fn key(&mut self, event: &KeyEvent) -> Vec<Effect> {
        self.last_key = self.world.now;
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        let Some(press) = Press::of(event) else { return Vec::new() };
        let before = self.last_press.replace(press);
        self.is_repeated = before == Some(press);
        if let Press::Char(letter) = press
            && self.over.as_ref().is_some_and(Over::asks_kind)
        {
            return self.over_step(|over, world, _| over.answer(letter, world));
        }
        match (self.world.setting.keys.action(self.context(), press, before), press) {
            (Some(action), _) => {
                if self.world.setting.keys.is_first_of_two(press) {
                    self.last_press = None;
                }
                self.wish(action)
            }
            (None, Press::Char(c)) => self.typed(c.encode_utf8(&mut [0; 4])),
            (None, _) => Vec::new(),
        }
    }

    /// Does what is wanted, of what lies over the screen first.
    pub fn wish(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            _ => {}
        }
        if self.over.is_some() {
            return self.over_step(|over, world, completer| over.act(action, world, completer));
        }
        if self.context() == Context::Finder {
            return self.journal.act_while_searching(action).into_iter().collect();
        }
        self.act(action)
    }

    /// Puts text, typed or pasted, where text goes.
    fn typed(&mut self, text: &str) -> Vec<Effect> {
        let mut inserted = None;
        let effects = if self.over.is_some() {
            self.over_step(|over, world, completer| {
                inserted = over.insert(text, world, completer);
                Step::Stay
            })
        } else if self.context() == Context::Finder {
            let (said, effect) = self.journal.insert(text);
            inserted = Some(said);
            effect.into_iter().collect()
        } else {
            Vec::new()
        };
        match inserted {
            Some(Inserted::Cut) => self.say("that is more than a line takes: the rest was left out"),
            Some(Inserted::Cleaned) => self.say("what is no text was left out"),
            Some(Inserted::All) | None => {}
        }
        effects
    }

    /// Lets what lies over the screen take a step.
    fn over_step(&mut self, step: impl FnOnce(&mut Over, &World, &mut Completer) -> Step) -> Vec<Effect> {
        let Some(mut over) = self.over.take() else { return Vec::new() };
        match step(&mut over, &self.world, &mut self.completer) {
            Step::Stay => {
                self.over = Some(over);
                Vec::new()
            }
            Step::Close => {
                if let Over::Until(until) = &over {
                    self.dismissed.push(until.block().id);
                }
                Vec::new()
            }
            Step::Ask(effect) => {
                self.over = Some(over);
                vec![effect]
            }
            Step::Do(action) => self.wish(action),
            Step::GoTo(day) => self.arrive(day),
        }
    }

    /// Does what is wanted of the screen.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        if let Some(until) = self.asks_first(action) {
            return self.open(Over::Until(until));
        }
        match action {
            Action::Now | Action::Create | Action::Shape | Action::TakeIn => self.open_begin(action),
            Action::Likely(number) => self.start_likely(number),
            Action::CatchUp => self.open_catch_up(),
            Action::Spark => self.spark(),
            Action::Reflect => self.reflect(),
            Action::Target => self.open_target(),
            Action::TakeUsual => self.take_usual(),
            Action::Back => self.change_now(Edit::Back { at: self.world.lived_now() }),
            Action::StopOrAgain => self.stop_or_again(),
            Action::Off => self.start_off(),
            Action::Tick => self.tick(),
            Action::Snooze => self.snooze(),
            Action::Answer => self.answer(),
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                self.select(action)
            }
            Action::Open if self.tab == Tab::Trend => self.open_week(),
            Action::Left | Action::Right | Action::Lift | Action::Open => self.on_week(action),
            Action::GoDate => self.open(Over::GoTo(GoTo::new(self.tab))),
            Action::StartEarlier | Action::StartLater | Action::EndEarlier | Action::EndLater => {
                self.move_border(action)
            }
            Action::Edit => self.edit(),
            Action::EditDay => vec![Effect::EditDay(self.edited_day())],
            Action::Turn => self.turn_kind(),
            Action::Split => self.split(),
            Action::Remove => self.remove(),
            Action::Confirm => self.confirm(),
            Action::Undo => self.undo(),
            Action::Redo => vec![Effect::Redo],
            Action::Before => self.go_days(-1),
            Action::After => self.go_days(1),
            Action::Today => self.go_to(self.world.today()),
            Action::NextScreen => self.go(self.tab.plus(1)),
            Action::PreviousScreen => self.go(self.tab.plus(Tab::ALL.len() - 1)),
            Action::GoDay => self.go(Tab::Day),
            Action::GoWeek => self.go(Tab::Week),
            Action::GoTrend => self.go(Tab::Trend),
            Action::GoJournal => self.go(Tab::Journal),
            Action::Search => self.search(),
            Action::Lens => self.turn_lens(),
            Action::Fold => self.fold(),
            Action::Glyphs => self.turn_glyphs(),
            Action::Theme => self.turn_theme(),
            Action::Demo if self.whose == Whose::Own => vec![Effect::Demo],
            Action::Palette => self.open(Over::Palette(Palette::new(self.tab.context()))),
            Action::Help => self.open(Over::Help(Help::of(self.tab.context()))),
            Action::Close => self.close(),
            Action::Quit if self.whose == Whose::MadeUp => vec![Effect::LeaveDemo],
            Action::Quit => vec![Effect::Quit],
            _ => Vec::new(),
        }
    }

    fn open(&mut self, over: Over) -> Vec<Effect> {
        self.drag = None;
        self.over = Some(over);
        Vec::new()
    }

    /// Closes what is said or searched for; never leaves.
    fn close(&mut self) -> Vec<Effect> {
        self.toast = None;
        self.drag = None;
        self.pick = None;
        let mut effects: Vec<Effect> = self.dismiss_offer().into_iter().collect();
        match self.tab {
            Tab::Journal => effects.extend(self.journal.close_search()),
            Tab::Week => self.week.close(),
            Tab::Day | Tab::Trend => {}
        }
        effects
    }

    fn go(&mut self, screen: Tab) -> Vec<Effect> {
        self.drag = None;
        // What was read is read on, and not once more from its beginning.
        if self.tab == Tab::Trend && screen == Tab::Trend {
            self.trend.scroll(Action::First);
            return Vec::new();
        }
        if self.tab == Tab::Journal && screen != Tab::Journal {
            self.journal.leave();
        }
        self.tab = screen;
        match screen {
            Tab::Day => Vec::new(),
            Tab::Week => self.read_around(),
            Tab::Trend => vec![self.trend.open()],
            Tab::Journal => self.journal.open().into_iter().collect(),
        }
    }

    fn search(&mut self) -> Vec<Effect> {
        let effects = if self.tab == Tab::Journal { Vec::new() } else { self.go(Tab::Journal) };
        self.journal.search();
        effects
    }

    /// Goes so many days, or weeks, on.
    fn go_days(&mut self, by: i64) -> Vec<Effect> {
        if self.tab == Tab::Trend {
            self.trend.choose(by);
            return Vec::new();
        }
        let by = if self.tab == Tab::Week { TimeDelta::weeks(by) } else { TimeDelta::days(by) };
        match self.shown_day().checked_add_signed(by) {
            Some(day) => self.go_to(day.min(self.last_day())),
            None => Vec::new(),
        }
    }

    /// Goes to the week that is chosen among weeks: to today, of this one.
    fn open_week(&mut self) -> Vec<Effect> {
        let Some(week) = self.trend.chosen() else { return Vec::new() };
        let is_this = week.range().contains(&self.world.today());
        let day = if is_this { self.world.today() } else { week.first() };
        let mut effects = self.go_to(day);
        effects.extend(self.go(Tab::Week));
        effects
    }

    /// Returns the last day that can be gone to: days off may lie ahead, and so may weeks
    /// that are looked at for them; a year is enough.
    fn last_day(&self) -> NaiveDate {
        self.world.today().checked_add_signed(TimeDelta::days(366)).unwrap_or(NaiveDate::MAX)
    }

    /// Shows a day that was asked for by its date, on the screen for it.
    fn arrive(&mut self, day: NaiveDate) -> Vec<Effect> {
        let mut effects = if matches!(self.tab, Tab::Trend | Tab::Journal) { self.go(Tab::Day) } else { Vec::new() };
        effects.extend(self.go_to(day.min(self.last_day())));
        effects
    }

    /// Shows a day.
    pub fn go_to(&mut self, day: NaiveDate) -> Vec<Effect> {
        self.drag = None;
        let calendar = &self.world.setting.calendar;
        let is_other_week = calendar.week_of(day) != calendar.week_of(self.shown_day());
        if is_other_week {
            self.shown = None;
            self.week.turn();
        }
        self.day = (day != self.world.today()).then_some(day);
        self.pick = None;
        let mut effects = vec![Effect::Read(self.shown_day())];
        if is_other_week && self.tab == Tab::Week {
            effects.extend(self.read_around());
        }
        effects
    }

    fn turn_lens(&mut self) -> Vec<Effect> {
        let habits = &mut self.world.setting.habits;
        let (lens, said) = match habits.lens {
            Lens::Apart => (Lens::Counted, "shaping counts as creation"),
            Lens::Counted => (Lens::Apart, "shaping stands apart: the share is what was made by hand"),
        };
        habits.lens = lens;
        self.say(said);
        Vec::new()
    }

    fn fold(&mut self) -> Vec<Effect> {
        let words = &mut self.world.setting.words;
        *words = match words {
            Words::Shown => Words::Hidden,
            Words::Hidden => Words::Shown,
        };
        let said = match words {
            Words::Shown => "words are shown again",
            Words::Hidden => "words are folded away, now and the next time; {fold} unfolds them",
        };
        self.say_keys(said);
        vec![self.remember()]
    }

    /// Keeps in mind for the next time what is to be.
    pub(super) fn remember(&self) -> Effect {
        let target_asked = self.world.setting.target_asked;
        Effect::Remember(Remembered { folded: self.is_folded(), target_asked })
    }

    fn turn_glyphs(&mut self) -> Vec<Effect> {
        let glyphs = &mut self.world.setting.glyphs;
        *glyphs = glyphs.pick(Glyphs::Ascii, Glyphs::Unicode);
        self.say("to keep it so: glyphs = \"ascii\" in the settings");
        Vec::new()
    }

    fn turn_theme(&mut self) -> Vec<Effect> {
        let themes = &mut self.world.setting.themes;
        themes.turn();
        let name = themes.name();
        let said = match themes.depth() {
            Depth::None => format!("{name}, but no colours are shown here: NO_COLOR or TERM says so"),
            Depth::Sixteen if themes.gives_way() => {
                format!("{name} needs 256 colours, and this terminal tells of 16 (TERM, COLORTERM)")
            }
            _ => format!("to keep it so: theme = \"{name}\" in the settings"),
        };
        self.say(&said);
        Vec::new()
    }

    /// Returns the title of the window: it carries no words of anybody.
    pub fn title(&self) -> String {
        let today = self.world.today();
        if self.shown_day() != today {
            return "tiltmeter".to_owned();
        }
        let days = Days::of(&self.world.ledger, &self.world.setting.calendar);
        let share = days.tally(today).share(self.world.setting.habits.lens);
        share.map_or_else(|| "tiltmeter".to_owned(), |share| format!("tiltmeter {} %", share.shown()))
    }

    /// Says a sentence of ours with the keys of the actions that it names.
    pub(super) fn say_keys(&mut self, sentence: &'static str) {
        let said = self.world.told_keys(sentence);
        self.say(&said);
    }

    pub(super) fn say(&mut self, text: &str) {
        self.toast = Some(Toast::saying(text, self.toast.as_ref(), self.world.now));
    }
}
