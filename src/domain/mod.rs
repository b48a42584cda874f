//! The manager's world: blocks, days, and which way they tilt.
//!
//! Pure: nothing here knows a clock, a file, a terminal or a format. Read
//! [`block`] first, then [`ratio`], then [`ledger`].

pub mod balance;
pub mod block;
pub mod calendar;
pub mod days;
pub mod edit;
pub mod free;
pub mod insight;
pub mod kept;
pub mod ledger;
pub mod length;
pub mod lift;
pub mod nudge;
pub mod past;
pub(crate) mod random;
pub mod ratio;
pub mod review;
pub mod rule;
pub mod sample;
pub mod sure;
pub mod tilted;
pub mod trend;
pub mod usual;
pub mod zone;

pub use balance::{DayBalance, Habits, Limits, WeekBalance};
pub use block::{Block, Id, Kind, Lived, ZoneName};
pub use calendar::{Calendar, Cutter, Face, Piece, Week};
pub use days::{Days, Slice};
pub use edit::{Border, Change, Clash, Doing, Edit, Entry, Hand, Mend, Refusal, Remark, SplitAt};
pub use kept::{Baseline, BaselineFrom, Felt, Kept, Reflection, Spark, Thing, Thought};
pub use ledger::{Assumed, Ends, Ledger, Stretch};
pub use lift::{Lift, Lifts, Subject};
pub use nudge::{Nudge, Reminders};
pub use past::{Habit, Known, Likely, Past};
pub use ratio::{Lens, Level, Share, Tally};
pub use review::{Ahead, Before, Beside, Opening, Review};
pub use rule::KindRule;
pub use sample::{Answers, Estimate, Sample};
pub use sure::Sure;
pub use tilted::Tilted;
pub use trend::{RecurringGap, Trend, TrendPoint, recurring_gaps};
pub use zone::{NoZones, WallTime, Zone, Zones};
