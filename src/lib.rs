//! Tiltmeter: see which way your day tilts.
//!
//! Read [`domain`] first: it is the whole idea, without a file or a terminal. Which way a made-up
//! manager's day tilts, and what would make it level:
//!
//! ```
//! use std::sync::Arc;
//!
//! use chrono::{NaiveTime, TimeDelta, Weekday};
//! use tiltmeter::domain::{Calendar, Habits, Ledger, Level, NoZones, Zone, balance};
//! use tiltmeter::made_up::MadeUp;
//!
//! let now = "2026-11-24T15:44:00Z".parse()?;
//! let ledger = Ledger::new(MadeUp::quarter(Zone::utc(), now).blocks().collect(), now);
//! let calendar = Calendar::new(Zone::utc(), Arc::new(NoZones), NaiveTime::MIN, Weekday::Mon);
//!
//! let day = balance::day(&ledger, "2026-11-24".parse()?, &calendar, &Habits::default());
//! assert_eq!(day.tally.logged(), TimeDelta::minutes(294));
//! assert_eq!(day.share().map(|share| share.shown()), Some(17));
//! assert_eq!(day.level(), Some(Level::ToLevel(Some(TimeDelta::seconds(3_275)))));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod beam;
mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod failure;
pub mod journal;
pub mod keymap;
pub mod made_up;
pub mod notation;
pub mod picture;
pub mod places;
pub mod report;
mod small_file;
pub mod text;
pub mod theme;
pub mod tui;
pub mod watch;

pub use cli::run;
