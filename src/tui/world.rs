//! What every part of the pane knows: the time, the settings, the blocks.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::theme::Theme;
use crate::beam::Glyphs;
use crate::domain::{
    Block, Calendar, Change, DayBalance, Days, Doing, Edit, Habits, Hand, Id, Kind, Ledger, Lived, Past, Refusal,
    WeekBalance,
};
use crate::notation::{self, Here};
use crate::report::{Look, Words};
use crate::text::Text;

/// What the user has chosen, as far as the pane is concerned.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What a day is, and where home is.
    pub calendar: Calendar,
    /// What a week is expected to hold.
    pub habits: Habits,
    /// Words that decide a kind.
    pub kinds: Vec<(String, Kind)>,
    /// Which characters are drawn.
    pub glyphs: Glyphs,
    /// How roles look.
    pub theme: Theme,
    /// Whether what people wrote is shown.
    pub words: Words,
}

/// What every part of the pane knows.
#[derive(Clone, Debug)]
pub struct World {
    /// The time now.
    pub now: DateTime<Utc>,
    /// The settings.
    pub setting: Setting,
    /// The blocks of this week, and what concerns now.
    pub ledger: Ledger,
    /// What was done before, this week included.
    pub past: Past,
    /// What of it was read beside all else, and how it was then.
    long_ago: Past,
}

impl World {
    /// Knows these blocks, and nothing of what was done before them.
    pub fn new(setting: Setting, ledger: Ledger, now: DateTime<Utc>) -> Self {
        let past = Past::of(ledger.blocks());
        Self { now, setting, ledger, past, long_ago: Past::default() }
    }

    /// Takes in what was done before.
    pub fn remember(&mut self, past: Past) {
        self.long_ago = past;
        self.lay_over();
    }

    /// Takes in the blocks of this week as they are now.
    pub fn read(&mut self, ledger: Ledger) {
        self.ledger = ledger;
        self.lay_over();
    }

    fn lay_over(&mut self) {
        let week = self.setting.calendar.week_of(self.today());
        let (since, _) = self.setting.calendar.day_at_home_bounds(week.first());
        self.past = self.long_ago.before(since).with(self.ledger.blocks());
    }

    /// Returns the logical day that it is.
    pub fn today(&self) -> NaiveDate {
        self.setting.calendar.day_at_home(self.now)
    }

    /// Returns what typed words are read against.
    pub fn here(&self) -> Here<'_> {
        Here::new(self.now, &self.setting.calendar)
    }

    /// Returns how rows of so many cells are set.
    pub fn look(&self, width: u16) -> Look<'_> {
        let Setting { calendar, habits, glyphs, .. } = &self.setting;
        Look { width: width.into(), glyphs: *glyphs, calendar, habits, now: self.ledger.now() }
    }

    /// Returns what somebody wrote, or nothing where words are folded away.
    pub fn words(&self, text: &Text) -> String {
        match self.setting.words {
            Words::Shown => text.for_terminal().to_string(),
            Words::Hidden => self.setting.glyphs.pick("···", "...").to_owned(),
        }
    }

    /// Returns the kind that follows from what an activity is called.
    pub fn kind_of(&self, activity: &Text) -> Option<Kind> {
        let recent = self.ledger.newest_first().map(|block| (&block.activity, block.kind));
        notation::kind_of(activity, recent.chain(self.past.kinds()), &self.setting.kinds)
    }

    /// Returns what an edit would do to a ledger now.
    pub fn try_on(&self, ledger: &Ledger, edit: &Edit) -> Result<Change, Refusal> {
        let count = Cell::new(0_u128);
        let mut new_id = || {
            count.set(count.get() + 1);
            Id(Uuid::from_u128(count.get()))
        };
        ledger.apply(edit, &mut Hand { zone: self.setting.calendar.home(), new_id: &mut new_id })
    }

    /// Returns what an edit would do now.
    pub fn trial(&self, edit: &Edit) -> Result<Change, Refusal> {
        self.try_on(&self.ledger, edit)
    }

    /// Reads a day of a ledger.
    pub fn day<'a>(&self, days: &Days<'a>, day: NaiveDate) -> DayBalance<'a> {
        let Setting { calendar, habits, .. } = &self.setting;
        DayBalance::of(days, day, calendar, habits, self.here().now())
    }

    /// Reads the week of a day.
    pub fn week<'a>(&self, days: &Days<'a>, day: NaiveDate) -> WeekBalance<'a> {
        let Setting { calendar, habits, .. } = &self.setting;
        WeekBalance::of(days, calendar.week_of(day), calendar, habits, self.here().now())
    }

    /// Returns the time now as blocks are written with it.
    pub fn lived_now(&self) -> Lived {
        self.here().now()
    }
}

/// Returns what a block is about.
pub fn doing(block: &Block) -> Doing {
    Doing { kind: block.kind, activity: block.activity.clone(), tags: block.tags.clone(), note: None }
}

/// Returns the kind that follows when one is turned: what was taken in was perhaps half
/// coaching, so that comes first.
pub fn turned(kind: Kind) -> Kind {
    match kind {
        Kind::Consuming => Kind::Shaping,
        Kind::Shaping => Kind::Creating,
        Kind::Creating => Kind::Off,
        Kind::Off => Kind::Consuming,
    }
}
