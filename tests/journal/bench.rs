//! What reading costs.
