//! The one place that asks for the time and the local zone.
