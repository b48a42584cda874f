//! Every changing command on a disk that fails, and in a process that dies.
//!
//! What is promised, of each command, at each call that it makes of the disk, whatever
//! goes wrong there: what was acknowledged is there, also after the power went; what was
//! not is there wholly or not at all; nothing is said to be saved that is not; and the
//! next command works. What a command should have done is known from the same command on
//! a disk that works.

mod every_call;
mod room;
mod story;

use self::room::{Answer, Room, View, Word};

/// What may be found after a command that something happened to.
struct Before {
    /// What the journal said before it.
    was: View,
    /// What it says when the command is done.
    becomes: View,
}

impl Before {
    /// Looks at a command that is about to be run.
    fn of(room: &Room, command: &str) -> Self {
        let perfect = room.copy();
        perfect.run(command);
        Self { was: room.view(), becomes: perfect.view() }
    }

    /// Holds what is found against what the command said.
    fn hold(&self, found: &Room, answer: &Answer) -> Result<(), String> {
        match answer.word() {
            Word::Saved => Self::hold_view("saved", &found.view(), &self.becomes),
            Word::NotSaved => Self::hold_view("not saved", &found.view(), &self.was),
            Word::SavedWithSomethingUnread => self.hold_lost_nothing(&found.view()),
            Word::Unsure | Word::None | Word::Next => self.hold_unsure(found),
        }
        .map_err(|why| format!("{why}\nafter {answer:?}"))
    }

    fn hold_view(said: &str, found: &View, expected: &View) -> Result<(), String> {
        if found == expected { Ok(()) } else { Err(format!("{said}, and found is{}", found.beside(expected))) }
    }

    /// Holds what is found where nobody was told how it went: all of it, or nothing. Of a
    /// change of two months one may be there, and then a check says which is not.
    fn hold_unsure(&self, found: &Room) -> Result<(), String> {
        let view = found.view();
        if view == self.was || view == self.becomes {
            return Ok(());
        }
        let why = || {
            format!("beside what was{}\nbeside what was to be{}", view.beside(&self.was), view.beside(&self.becomes))
        };
        if found.check().half.is_empty() { Err(why()) } else { self.hold_lost_nothing(&view) }
    }

    /// Holds what is found where the command may have decided otherwise, or was done by
    /// half: nothing is lost that it was not about.
    fn hold_lost_nothing(&self, view: &View) -> Result<(), String> {
        let kept = self.was.and(&self.becomes);
        if view.has_all_of(&kept) { Ok(()) } else { Err(format!("lost is{}", view.beside(&kept))) }
    }
}

/// Returns chance that is the same each time: numbers below what is asked for.
fn dice(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        // SplitMix64, as in src/domain/random.rs.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }
}
