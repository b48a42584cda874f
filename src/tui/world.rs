//! What every part of the pane knows: the time, the settings, the blocks.

use std::cell::Cell;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::line::Line;
use super::msg::{KeptThings, Known};
use crate::beam::Glyphs;
use crate::domain::usual::Usual;
use crate::domain::{
    Block, Calendar, Change, DayBalance, Days, Edit, Habits, Hand, Id, Kind, KindRule, Ledger, Lived, Past, Reflection,
    Refusal, Reminders, Sample, Share, Spark, WeekBalance,
};
use crate::failure::{Failure, Fault};
use crate::keymap::Keymap;
use crate::notation::{self, Here};
use crate::report::{Look, Words, refusal};
use crate::text::Text;
use crate::theme::Themes;

/// What the user has chosen, as far as the pane is concerned.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What a day is, and where home is.
    pub calendar: Calendar,
    /// What a week is expected to hold.
    pub habits: Habits,
    /// Words that decide a kind.
    pub kinds: Vec<KindRule>,
    /// Which keys do what.
    pub keys: Keymap,
    /// Which characters are drawn.
    pub glyphs: Glyphs,
    /// How roles look, and could.
    pub themes: Themes,
    /// Whether what people wrote is shown.
    pub words: Words,
    /// What somebody wants to be reminded of.
    pub reminders: Reminders,
    /// Whether a reminder outside of the pane says what somebody wrote.
    pub outside: Words,
    /// Whether the target was asked for.
    pub target_asked: bool,
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
    /// The open sparks, the oldest first.
    pub sparks: Vec<Spark>,
    /// What was thought of the days of this week, and of the week that is shown.
    pub thoughts: Vec<Reflection>,
    /// What was answered on these days at random moments.
    pub samples: Vec<Sample>,
    /// The share that one usually has, once it was read.
    pub usual: Option<Usual>,
    /// What of it began before this week,
    long_ago: Past,
    /// which began then.
    since: Lived,
}

impl World {
    /// Knows these blocks, and nothing of what was done before them.
    pub fn new(setting: Setting, ledger: Ledger, now: DateTime<Utc>) -> Self {
        let past = Past::of(ledger.blocks());
        let since = week_began(&setting, now);
        Self {
            now,
            setting,
            ledger,
            past,
            sparks: Vec::new(),
            thoughts: Vec::new(),
            samples: Vec::new(),
            usual: None,
            long_ago: Past::default(),
            since,
        }
    }

    /// Takes other settings; whether words are folded away stays.
    pub fn set(&mut self, setting: Setting) {
        self.setting = Setting { words: self.setting.words, ..setting };
        self.begin_week();
        self.lay_over();
    }

    /// Takes in what is kept besides blocks.
    pub fn keep(&mut self, kept: KeptThings) {
        (self.sparks, self.thoughts, self.samples) = (kept.sparks, kept.thoughts, kept.samples);
    }

    /// Returns the share that one usually has, as it is shown: nobody's target is 23.61 %.
    pub fn usual_share(&self) -> Option<Share> {
        Share::percent(self.usual.as_ref()?.share.shown().into())
    }

    /// Takes in what was done before.
    pub fn remember(&mut self, known: Known) {
        (self.past, self.usual) = (known.past, known.usual);
        self.begin_week();
        self.lay_over();
    }

    /// Takes in the blocks of this week as they are now.
    pub fn read(&mut self, ledger: Ledger) {
        // They are read at every wink of the journal's folder, and mostly are what they were.
        let is_same = ledger.blocks() == self.ledger.blocks();
        self.ledger = ledger;
        let is_new_week = week_began(&self.setting, self.now) != self.since;
        if is_new_week {
            self.begin_week();
        }
        if is_new_week || !is_same {
            self.lay_over();
        }
    }

    /// Puts all that is known of before this week where a read of this week leaves it alone.
    fn begin_week(&mut self) {
        self.since = week_began(&self.setting, self.now);
        self.long_ago = self.past.before(self.since);
    }

    fn lay_over(&mut self) {
        self.past = self.long_ago.with(self.ledger.blocks());
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

    /// Returns the kind that follows from what an activity is called, and its tags.
    pub fn kind_of(&self, activity: &Text, tags: &[Text]) -> Option<Kind> {
        let recent = self.ledger.newest_first().map(|block| (&block.activity, block.kind));
        notation::kind_of(activity, tags, recent.chain(self.past.kinds()), &self.setting.kinds)
    }

    /// Returns a sentence of ours with the keys of the actions that it names.
    pub fn told_keys(&self, sentence: &'static str) -> String {
        self.setting.keys.told(sentence, self.setting.glyphs)
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

    /// Says why an edit cannot be, naming no block where words are folded away.
    pub fn told(&self, why: &Refusal, edit: &Edit) -> Failure {
        let folded = |block: &Block| {
            Box::new(Block { activity: Text::as_written(self.words(&block.activity)), ..block.clone() })
        };
        let why = match why {
            Refusal::Overlap { start, end, clash } => {
                Refusal::Overlap { start: *start, end: *end, clash: folded(clash) }
            }
            Refusal::SwallowsNeighbour(block) => Refusal::SwallowsNeighbour(folded(block)),
            Refusal::BreakTooLong(block) => Refusal::BreakTooLong(folded(block)),
            Refusal::RunsAlready(block) => Refusal::RunsAlready(folded(block)),
            Refusal::Forgotten(block) => Refusal::Forgotten(folded(block)),
            Refusal::SplitOutside { at, block } => Refusal::SplitOutside { at: *at, block: folded(block) },
            other => other.clone(),
        };
        refusal::of_edit(&why, edit, &self.look(200))
    }

    /// Returns why the journal was not changed, as it may be shown: what it says may name
    /// a block.
    pub fn shown(&self, failure: Failure) -> Failure {
        match (self.setting.words, failure.fault) {
            (Words::Hidden, Fault::Refused) => Failure::refused("it was not saved; why is folded away with the words"),
            _ => failure,
        }
    }

    /// Returns the days that a change at these times may touch: theirs, and those beside
    /// them, where neighbours lie that share a border.
    pub fn days_of(&self, times: impl IntoIterator<Item = Option<Lived>>) -> RangeInclusive<NaiveDate> {
        let days: Vec<NaiveDate> = times.into_iter().flatten().map(|at| self.setting.calendar.day_of(at)).collect();
        let first = days.iter().min().copied().unwrap_or_else(|| self.today());
        let last = days.iter().max().copied().unwrap_or(first);
        first.pred_opt().unwrap_or(first)..=last.succ_opt().unwrap_or(last)
    }

    /// Returns a line as it is shown: where words are folded away, a name that is known is
    /// folded too, for it was not typed but taken.
    pub fn as_shown(&self, line: &Line) -> Line {
        let (words, rest) = match line.text().split_once('\t') {
            Some((words, end)) => (words, format!("\t{end}")),
            None => (line.text(), String::new()),
        };
        let (words, tags) = notation::words_and_rest(words);
        if self.setting.words == Words::Shown || !(line.is_taken() || self.past.knows(&words)) {
            return line.clone();
        }
        let mut shown = Line::with_tabs();
        let fold = self.setting.glyphs.pick("···", "...");
        let tags = if tags.is_empty() { String::new() } else { format!(" {fold}") };
        shown.replace(&format!("{fold}{tags}{rest}"));
        shown
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

fn week_began(setting: &Setting, now: DateTime<Utc>) -> Lived {
    let calendar = &setting.calendar;
    let (since, _) = calendar.day_at_home_bounds(calendar.week_of(calendar.day_at_home(now)).first());
    since
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
