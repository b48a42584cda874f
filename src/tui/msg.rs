//! What the pane hears, and what it wants done.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use crossterm::event::{KeyEvent, MouseEvent};

use super::world::Setting;
use crate::desk::{Claim, Remembered, TargetSet};
use crate::domain::usual::Usual;
use crate::domain::{
    Beside, Block, Change, Edit, Id, Kept, Kind, Ledger, Lived, Nudge, Past, Reflection, Sample, Spark, Thought, Trend,
    TrendPoint, Week,
};
use crate::failure::Failure;
use crate::notation::Target;
use crate::text::Text;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resized,
    /// It has become later.
    Clock,
    /// The machine slept, from when to now.
    Woke(DateTime<Utc>),
    /// The files of the journal are not what they were.
    JournalChanged,
    /// The settings were read again: what they are, where they are not what they were.
    Settings(Result<Option<Box<Setting>>, Failure>),
    /// The process goes on after it was stopped.
    Continued,
    /// [`Effect::Read`] was done.
    Read(NaiveDate, Result<Reading, Failure>),
    /// [`Effect::ReadPast`] was done.
    Past(Box<Known>),
    /// [`Effect::ReadBeside`] was done.
    Beside(Week, Beside),
    /// [`Effect::ReadTrend`] was done.
    Trend(Result<Box<Trend>, Failure>),
    /// [`Effect::ReadWeeksBefore`] was done: of this week; nothing, where there are none.
    WeeksBefore(Week, Result<Option<Vec<TrendPoint>>, Failure>),
    /// [`Effect::ReadPage`] was done.
    Page(Result<Page, Failure>),
    /// [`Effect::Change`] was done, or was not.
    Changed(Result<Done, Failure>),
    /// [`Effect::Undo`] or [`Effect::Redo`] was done, or was not.
    Back(Result<Taken, Failure>),
    /// [`Effect::Keep`] was done, or was not.
    Kept(Result<KeptNow, Failure>),
    /// [`Effect::EditDay`] was done: what is to be said of it.
    Edited(Result<Option<Done>, Failure>),
    /// [`Effect::Nudge`] was asked for: whose it is to say it.
    Nudged(Nudge, Result<Claim, Failure>),
    /// What reaches somebody outside of the pane did not.
    NotReached(Failure),
    /// [`Effect::Snooze`] was done: until when.
    Snoozed(Nudge, Result<DateTime<Utc>, Failure>),
    /// [`Effect::Demo`] or [`Effect::LeaveDemo`] was done.
    Moved(Result<Box<Opening>, Failure>),
}

/// What the pane opens on, at first and when it goes over to another journal.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its blocks.
    pub reading: Reading,
    /// The time there.
    pub now: DateTime<Utc>,
    /// Whose it is.
    pub whose: Whose,
    /// Whether there is nothing in it yet, not even a folder.
    pub is_new: bool,
}

/// Whose journal is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The user's own.
    Own,
    /// Nobody's; leaving it leads back to one's own.
    MadeUp,
    /// Nobody's; leaving it leaves.
    OnlyMadeUp,
}

/// What is known of the days that are shown.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The blocks of this week, and what concerns now.
    pub now: Ledger,
    /// The blocks of the week of the day that is shown, where that is another.
    pub shown: Option<Ledger>,
    /// What is kept besides blocks.
    pub kept: KeptThings,
    /// What else a person should hear of.
    pub notices: Notices,
}

/// What is kept besides blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptThings {
    /// The open sparks, the oldest first.
    pub sparks: Vec<Spark>,
    /// What was thought of the days of this week, and of the week that is shown.
    pub thoughts: Vec<Reflection>,
    /// What was answered on these days at random moments.
    pub samples: Vec<Sample>,
}

/// What is known of all that was before.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What was done.
    pub past: Past,
    /// The share that one usually has.
    pub usual: Option<Usual>,
}

/// What is to be kept besides blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// Another spark, and how long it takes.
    Put(Text, TimeDelta),
    /// This spark is done.
    Done(Id),
    /// This spark is dropped.
    Drop(Id),
    /// What is thought of a day.
    Reflect(NaiveDate, Thought),
    /// What it was at a random moment of a day.
    Answer(NaiveDate, DateTime<Utc>, Kind),
    /// The target, in the file of settings.
    Target(Target),
}

/// Something besides blocks that is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub enum KeptNow {
    /// This, and what was done to it.
    Thing(Kept, &'static str),
    /// The target of each day; and whether the environment says another, which wins.
    Target(TargetSet),
}

/// What is to be told of the journal besides its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// What stays so until it is mended.
    pub lasting: Vec<String>,
    /// What is told once.
    pub once: Vec<String>,
}

/// Some days of the journal, for reading back in it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its blocks, the newest first.
    pub blocks: Vec<Block>,
    /// Where those of them ended that do not say so: where another began.
    pub ends: Vec<(Id, Lived)>,
    /// The first day that it has all of; `None` where there is nothing before it.
    pub since: Option<NaiveDate>,
    /// Which days were asked for.
    pub asked: Asked,
}

/// A page that is asked for by the day before which it ends has at least so many days.
pub const PAGE: TimeDelta = TimeDelta::days(31);

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All that was loaded before, anew: down to this day, or the newest page.
    Down(Option<NaiveDate>),
    /// The page before this day.
    Before(NaiveDate),
}

/// A change that is on the disk.
#[derive(Clone, Debug)]
pub struct Done {
    /// What it is.
    pub change: Change,
    /// The blocks as they were before it.
    pub before: Ledger,
    /// What else a person should hear of.
    pub notices: Notices,
}

/// Which way along the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Take back.
    Undo,
    /// Do again.
    Redo,
}

/// A change that was taken back, or done again.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Which way.
    pub way: Way,
    /// The blocks it touched, as they were until now; those that were there.
    pub before: Vec<Block>,
    /// The same, as they are now; those that are there.
    pub after: Vec<Block>,
    /// What it touched besides blocks: as it was until now, and as it is.
    pub kept: (Vec<Kept>, Vec<Kept>),
}

/// What the pane wants done. What was asked for comes back as one [`Msg`]; nothing comes back
/// of what ends it, of what is only drawn, and of what is kept in mind for the next time.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read this week, what concerns now, and the week of this day.
    Read(NaiveDate),
    /// Read what was done before, beside all else.
    ReadPast,
    /// Read what the weeks around a week say of it.
    ReadBeside(Week),
    /// Read the weeks of the last year, and what is found in them.
    ReadTrend,
    /// Read the weeks of a year before this one.
    ReadWeeksBefore(Week),
    /// Read a page of the journal.
    ReadPage(Asked),
    /// Change the journal. The days are those it may touch.
    Change(Edit, RangeInclusive<NaiveDate>),
    /// Keep something besides blocks.
    Keep(Keeping),
    /// Take back the newest change.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Open a day in the editor.
    EditDay(NaiveDate),
    /// Open a made-up quarter.
    Demo,
    /// Come back from it.
    LeaveDemo,
    /// Remind of this, if nobody has: with this text outside of the pane.
    Nudge(Nudge, String),
    /// Put a nudge off.
    Snooze(Nudge),
    /// Keep something in mind for the next time.
    Remember(Remembered),
    /// Stop until the shell brings it back.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}
