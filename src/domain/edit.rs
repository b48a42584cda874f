//! Every change there is, and why one cannot be.

use chrono::{NaiveDate, TimeDelta};

use super::block::{Block, Id, Kind, Lived};
use super::zone::Zone;
use crate::text::Text;

/// What a block is about: everything but its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doing {
    /// What became of the time.
    pub kind: Kind,
    /// What it was spent on.
    pub activity: Text,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Anything else.
    pub note: Option<Text>,
}

impl Doing {
    /// Returns what a block is about; what was noted of it stays its own.
    pub fn of(block: &Block) -> Self {
        Self { kind: block.kind, activity: block.activity.clone(), tags: block.tags.clone(), note: None }
    }
}

/// What to do where a new block stands in the way of others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clash {
    /// Refuse, and name the block in the way.
    #[default]
    Refuse,
    /// Cut the others.
    Trim,
    /// Keep only what is free.
    Fit,
}

/// Whether the neighbour that shares a border moves with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Border {
    /// The neighbour follows.
    #[default]
    Shared,
    /// Only this block's own side moves.
    Alone,
}

/// Where a block is split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SplitAt {
    /// At an instant.
    Time(Lived),
    /// At a part of its length, from 0 to 1.
    Part(f64),
}

/// What is to be different about a block; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mend {
    /// A new start.
    pub start: Option<Lived>,
    /// A new end.
    pub end: Option<Lived>,
    /// A new kind.
    pub kind: Option<Kind>,
    /// A new activity.
    pub activity: Option<Text>,
    /// Tags to put on.
    pub tags_on: Vec<Text>,
    /// Tags to take off.
    pub tags_off: Vec<Text>,
    /// A new note; `Some(None)` takes it away.
    pub note: Option<Option<Text>>,
    /// How often it was interrupted.
    pub interrupted: Option<u32>,
}

/// One block as a line of an edited day or of a catch-up says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it began.
    pub start: Lived,
    /// When it ended; `None` where it still runs.
    pub end: Option<Lived>,
    /// What it is about. A note of `None` keeps the note of the block it is matched with.
    pub doing: Doing,
}

/// A change to the ledger. Each is one change of the journal: all of it happens, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Start a block at `at`; the running one ends there.
    Start {
        /// What it is about.
        doing: Doing,
        /// When it began.
        at: Lived,
        /// What to do about blocks after `at`.
        clash: Clash,
    },
    /// Put in a block that has ended.
    Add {
        /// What it is about.
        doing: Doing,
        /// When it began.
        start: Lived,
        /// When it ended.
        end: Lived,
        /// What to do about blocks in the way.
        clash: Clash,
    },
    /// End the running block, or say until when a forgotten one ran.
    Stop {
        /// When.
        at: Lived,
    },
    /// Start again what ran before.
    Back {
        /// When.
        at: Lived,
    },
    /// Say what filled the time since `since`: the last entry may run on. A block that
    /// runs since then or longer is ended there, or replaced by the entries.
    CatchUp {
        /// Where the entries begin.
        since: Lived,
        /// In order.
        entries: Vec<Entry>,
    },
    /// Change one block.
    Mend {
        /// Which.
        id: Id,
        /// How.
        mend: Mend,
        /// Whether neighbours follow.
        border: Border,
    },
    /// Make two of one.
    Split {
        /// Which.
        id: Id,
        /// Where.
        at: SplitAt,
    },
    /// Take one out.
    Remove {
        /// Which.
        id: Id,
    },
    /// Write down the ends that are assumed of blocks within `from`..`until`.
    Confirm {
        /// Where the span begins.
        from: Lived,
        /// Where it ends.
        until: Lived,
    },
    /// Make of a block, there or removed, what it once was.
    Restore {
        /// As it was, under the id that it has or had last.
        block: Box<Block>,
        /// What to do about blocks in the way.
        clash: Clash,
    },
    /// Take whole days out of what is expected.
    DaysOff {
        /// Each of them, with from when to when it lasts.
        days: Vec<(Lived, Lived)>,
        /// What for.
        why: Text,
    },
    /// Make of these blocks just these entries; blocks are matched by start, then by name,
    /// then by order, and keep their id and what the entries don't say. New ones start
    /// within `from`..`until`.
    Rewrite {
        /// The blocks that were shown.
        blocks: Vec<Id>,
        /// Where the day begins.
        from: Lived,
        /// Where it ends.
        until: Lived,
        /// In order.
        entries: Vec<Entry>,
    },
}

impl Edit {
    /// What [`Edit::Restore`] is called in the journal.
    pub const RESTORE: &str = "restore";
}

/// What an edit is given besides the ledger, which knows the time: the place, and names
/// for new blocks.
pub struct Hand<'a> {
    /// Where it is recorded.
    pub zone: &'a Zone,
    /// Makes the id of a new block.
    pub new_id: &'a mut dyn FnMut() -> Id,
}

/// What an edit does to the blocks, for the journal to write and the user to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is called in the journal: `start`, `switch`, `edit`, …
    pub does: &'static str,
    /// Every block it touches, each once: whole, as it is afterwards.
    pub put: Vec<Block>,
    /// Every block it takes out, as it was before.
    pub removed: Vec<Block>,
    /// What the user should hear of, besides the change itself.
    pub remarks: Vec<Remark>,
}

/// Something that an edit did and was not asked for in so many words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// This block would have ended in the second it began, so it was removed.
    NoLength(Block),
    /// The clock stands before the start of the block that was stopped.
    ClockBehind(Block),
    /// This block was cut to make room; as it is afterwards.
    Trimmed(Block),
    /// This block lay wholly in the way and was removed.
    Swallowed(Block),
    /// Only this part was free, and kept.
    Fitted {
        /// Where it begins.
        start: Lived,
        /// Where it ends; `None` where it runs on.
        end: Option<Lived>,
    },
}

/// Why an edit cannot be. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The time from `start` to `end` (now, where `None`) is taken.
    Overlap {
        /// Where the new time begins.
        start: Lived,
        /// Where it ends.
        end: Option<Lived>,
        /// The first block in its way.
        clash: Box<Block>,
    },
    /// All of the time is taken; nothing is left to fit into.
    NothingFree {
        /// Where the new time begins.
        start: Lived,
        /// Where it ends.
        end: Lived,
    },
    /// The end is not after the start.
    EndsBeforeStart {
        /// The start.
        start: Lived,
        /// The end.
        end: Lived,
    },
    /// It starts or ends after now.
    InTheFuture {
        /// What is.
        at: Lived,
        /// Now, at the same place.
        now: Lived,
    },
    /// It would last more than a day.
    TooLong {
        /// The start.
        start: Lived,
        /// How long.
        length: TimeDelta,
    },
    /// A break of so many hours would be a whole day off.
    BreakTooLong(Box<Block>),
    /// Nothing runs, so nothing can be stopped.
    NothingRuns,
    /// A block runs for more than a day: until when did it?
    Forgotten(Box<Block>),
    /// This is what runs already.
    RunsAlready(Box<Block>),
    /// Nothing ran before.
    NothingBefore,
    /// There is no such block (any more).
    NoSuchBlock,
    /// No end is assumed there, so none can be confirmed.
    NothingToConfirm,
    /// The edit leaves everything as it is.
    NothingChanges,
    /// The place to split at is not inside the block.
    SplitOutside {
        /// Where.
        at: Lived,
        /// The block.
        block: Box<Block>,
    },
    /// The border would move over the whole of the neighbour.
    SwallowsNeighbour(Box<Block>),
    /// An entry ends after the next begins, or begins outside of its day.
    EntryOrder {
        /// Which line, from 0.
        index: usize,
    },
    /// More tags than a block may have.
    TooManyTags,
    /// The day is off already.
    DayOffAlready(NaiveDate),
}
