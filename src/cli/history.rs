//! `history`: what was changed, and when.
