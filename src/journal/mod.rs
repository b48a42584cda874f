//! The journal: the only code that touches its files.
