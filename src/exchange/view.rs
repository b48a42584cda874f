//! How the blocks of an export are read, and how they are gathered on their way out.

use std::io;

use crate::domain::{Calendar, Ledger};

/// Whether notes leave with the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// They do.
    #[default]
    With,
    /// They stay: notes are where the private things are.
    Without,
}

/// How the blocks of an export are read: what only a whole ledger knows (when a block
/// ends, how much of it counts) and what a day is.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The ledger the blocks stand in.
    pub ledger: &'a Ledger,
    /// The calendar of the days.
    pub calendar: &'a Calendar,
    /// Whether notes leave.
    pub notes: Notes,
}

/// Gathers what is written until there is enough of it for one write.
pub(super) struct Gathered<'a> {
    buffer: Vec<u8>,
    out: &'a mut dyn io::Write,
}

impl<'a> Gathered<'a> {
    /// What is gathered before it is written.
    const ENOUGH: usize = 64 << 10;

    pub(super) fn new(out: &'a mut dyn io::Write) -> Self {
        Self { buffer: Vec::with_capacity(Self::ENOUGH + (Self::ENOUGH >> 2)), out }
    }

    /// Returns where to put what comes next. A `Vec`, so that nothing between here and
    /// the serializer is a call through a table.
    pub(super) fn next(&mut self) -> io::Result<&mut Vec<u8>> {
        if self.buffer.len() >= Self::ENOUGH {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(&mut self.buffer)
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.out.flush()
    }
}
