//! What people type, as values; and values as people type them.
