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
pub mod past;
pub mod ratio;
pub mod sure;
pub mod trend;
pub mod usual;
pub mod zone;

pub use balance::{DayBalance, Habits, WeekBalance};
pub use block::{Block, Id, Kind, Lived, ZoneName};
pub use calendar::{Calendar, Cutter, Piece, Week};
pub use days::{Days, Slice};
pub use edit::{Border, Change, Clash, Doing, Edit, Entry, Hand, Mend, Refusal, Remark, SplitAt};
pub use kept::{Baseline, BaselineFrom, Felt, Kept, Reflection, Spark, Thing, Thought};
pub use ledger::{Ends, Ledger, Stretch};
pub use past::{Habit, Known, Likely, Past};
pub use ratio::{Lens, Level, Share, Tally};
pub use sure::Sure;
pub use trend::TrendPoint;
pub use zone::{WallTime, Zone, Zones};
