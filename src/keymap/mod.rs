//! What every key does: one table for dispatch, footer, help, palette, docs and names.
//!
//! A key that is not in [`BINDINGS`] does nothing; a text line takes it as text. What a
//! key does depends on the [`Context`] it is pressed in, and on nothing else.

mod own;
mod press;

use crossterm::event::KeyCode;

pub use own::{Keymap, NoKey, listed, names};
pub use press::{NoPress, Press};

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Say what begins now; its kind follows.
    Now,
    /// Say what is made from now on.
    Create,
    /// Say what shapes others from now on.
    Shape,
    /// Say what is taken in from now on.
    TakeIn,
    /// Start the likely one of this number, from 1.
    Likely(u8),
    /// Say what filled the time that has nothing.
    CatchUp,
    /// Start again what ran before.
    Back,
    /// End what runs, or start the last again.
    StopOrAgain,
    /// Start time off.
    Off,
    /// Count an interruption of what runs.
    Tick,
    /// Select the next.
    Down,
    /// Select the one before.
    Up,
    /// Select what is left of it.
    Left,
    /// Select what is right of it.
    Right,
    /// Open what is selected.
    Open,
    /// Take what is selected off the beam, count it as made, put it back.
    Lift,
    /// Go to a day that is typed.
    GoDate,
    /// Select a page further.
    PageDown,
    /// Select a page back.
    PageUp,
    /// Select the first.
    First,
    /// Select the last.
    Last,
    /// Move the start of the selected block.
    StartEarlier,
    /// Move the start of the selected block.
    StartLater,
    /// Move the end of the selected block.
    EndEarlier,
    /// Move the end of the selected block.
    EndLater,
    /// Change the selected block in a form.
    Edit,
    /// Open the day in the editor.
    EditDay,
    /// Turn the kind.
    Turn,
    /// Make two blocks of the selected one.
    Split,
    /// Take the selected block out.
    Remove,
    /// Write down the ends that are assumed on the day.
    Confirm,
    /// Take back the newest change.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Go a day, or a week, back.
    Before,
    /// Go a day, or a week, on.
    After,
    /// Go to today.
    Today,
    /// Go to the next screen.
    NextScreen,
    /// Go to the screen before.
    PreviousScreen,
    /// Go to the day.
    GoDay,
    /// Go to the week.
    GoWeek,
    /// Go to the weeks one after another.
    GoTrend,
    /// Go to all blocks.
    GoJournal,
    /// Count shaping, or set it apart.
    Lens,
    /// Fold all words away, or unfold them.
    Fold,
    /// Draw in other characters.
    Glyphs,
    /// Draw in other colours.
    Theme,
    /// Look for blocks.
    Search,
    /// Find an action by its name.
    Palette,
    /// Show the keys.
    Help,
    /// Close what is open.
    Close,
    /// Leave.
    Quit,
    /// Stop until the shell brings it back.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Take what was typed.
    Accept,
    /// Take the completion into the line, or go on to when it ended.
    Complete,
    /// Choose the next of what is offered.
    Next,
    /// Choose the one before.
    Previous,
    /// Answer the question of a random moment.
    Answer,
    /// Put off the reminder that is said.
    Snooze,
    /// Keep a small thing to make, or see those that are kept.
    Spark,
    /// Say what one thinks of the day.
    Reflect,
    /// Say the target.
    Target,
    /// Take the usual share for the target, where that is offered.
    TakeUsual,
    /// Look at a made-up quarter.
    Demo,
    /// Move or delete in the line.
    Stroke(Stroke),
}

/// Something done to a line other than typing into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// To where this word begins, or the one before. Words are parted by white space, so
    /// that `1:1`, `+tag` and `@9:30` are one each.
    WordLeft,
    /// To where this word ends, or the one after.
    WordRight,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
    /// Takes out the grapheme before the cursor.
    DeleteBack,
    /// Takes out the grapheme after the cursor.
    DeleteForward,
    /// Takes out what [`Stroke::WordLeft`] goes past.
    DeleteWord,
    /// Takes out everything before the cursor.
    DeleteToStart,
}

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// The live day.
    Day,
    /// The week.
    Week,
    /// The weeks one after another.
    Trend,
    /// All blocks.
    Journal,
    /// A line that says what begins now.
    Begin,
    /// Lines that say what was.
    CatchUp,
    /// The fields of a block.
    Form,
    /// A line for a spark, and those that are open.
    Sparks,
    /// A line that looks for something in a list: the search, the palette.
    Finder,
    /// The keys.
    Help,
}

impl Context {
    /// Whether letters are typed into a line there.
    pub fn is_line(self) -> bool {
        LINES.contains(&self)
    }
}

/// Which part of the help it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Saying what is going on.
    Log,
    /// Selecting and mending.
    Mend,
    /// Getting about.
    Go,
    /// How it looks, and all else.
    See,
    /// In a line of text; not in the README's table, for lines are as everywhere.
    Line,
}

impl Group {
    /// The groups that the README has, in its order.
    pub const SHOWN: [Self; 4] = [Self::Log, Self::Mend, Self::Go, Self::See];

    /// Returns its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::Mend => "Select and mend",
            Self::Go => "Get about",
            Self::See => "See",
            Self::Line => "In a line",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// Its name in the settings.
    pub name: &'static str,
    /// Which keys do it, the one to show first.
    pub keys: &'static [Press],
    /// Where.
    pub contexts: &'static [Context],
    /// The word in the footer.
    pub short: &'static str,
    /// What the help says.
    pub help: &'static str,
    /// Which part of the help has it.
    pub group: Group,
}

use Action as A;
use Context::{Begin, CatchUp, Day, Finder, Form, Help, Journal, Sparks, Trend, Week};
use Group as G;
use KeyCode as K;
use Press::{Char, Ctrl, CtrlKey, Key, Shift, Twice};

const ANYWHERE: &[Context] = &[Day, Week, Trend, Journal, Begin, CatchUp, Form, Sparks, Finder, Help];
const SCREENS: &[Context] = &[Day, Week, Trend, Journal];
const BLOCKS: &[Context] = &[Day, Journal];
/// Where a space is not for lifting.
const UNLIFTED: &[Context] = &[Day, Trend, Journal];
const LISTS: &[Context] = &[Day, Week, Trend, Journal, Help];
const LINES: &[Context] = &[Begin, CatchUp, Form, Sparks, Finder];

const fn row(
    action: Action,
    name: &'static str,
    keys: &'static [Press],
    contexts: &'static [Context],
    group: Group,
    (short, help): (&'static str, &'static str),
) -> Binding {
    Binding { action, name, keys, contexts, short, help, group }
}

/// Every key there is.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(A::Now, "now", &[Char('n')], SCREENS, G::Log, ("now", "start something; the kind follows")),
    row(A::Create, "create", &[Char('c')], SCREENS, G::Log, ("create", "start something that you make")),
    row(A::Shape, "shape", &[Char('s')], SCREENS, G::Log, ("shape", "start something that lets others do more")),
    row(A::TakeIn, "take-in", &[Char('i')], SCREENS, G::Log, ("take in", "start something that you take in")),
    row(A::Likely(1), "likely-1", &[Char('1')], &[Day], G::Log, ("likely", "start the first likely one")),
    row(A::Likely(2), "likely-2", &[Char('2')], &[Day], G::Log, ("likely", "start the second likely one")),
    row(A::Likely(3), "likely-3", &[Char('3')], &[Day], G::Log, ("likely", "start the third likely one")),
    row(A::Likely(4), "likely-4", &[Char('4')], &[Day], G::Log, ("likely", "start the fourth likely one")),
    row(A::Likely(5), "likely-5", &[Char('5')], &[Day], G::Log, ("likely", "start the fifth likely one")),
    row(A::Likely(6), "likely-6", &[Char('6')], &[Day], G::Log, ("likely", "start the sixth likely one")),
    row(A::CatchUp, "catch-up", &[Char('w')], SCREENS, G::Log, ("was", "catch up: say what filled the gap, or the time until now")),
    row(A::Back, "back", &[Char('b')], SCREENS, G::Log, ("back", "start again what ran before")),
    row(A::StopOrAgain, "stop", &[Char(' ')], UNLIFTED, G::Log, ("stop", "end what runs, or start the last again")),
    row(A::Off, "off", &[Char('o')], SCREENS, G::Log, ("off", "a break begins: time that counts nowhere")),
    row(A::Tick, "tick", &[Char('!')], SCREENS, G::Log, ("tick", "count an interruption of what runs")),
    row(A::Answer, "answer", &[Char('A')], SCREENS, G::Log, ("answer", "say what it was at the random moment that you are asked about")),
    row(A::Snooze, "snooze", &[Char('Z')], SCREENS, G::Log, ("later", "put off the reminder that is said")),
    row(A::Spark, "spark", &[Char('*')], SCREENS, G::Log, ("spark", "keep something small you want to make; see what is kept")),
    row(A::Reflect, "reflect", &[Char('r')], SCREENS, G::Log, ("reflect", "say how the day felt, and what you think of it")),

    row(A::Down, "down", &[Char('j'), Key(K::Down)], LISTS, G::Mend, ("down", "select the next")),
    row(A::Up, "up", &[Char('k'), Key(K::Up)], LISTS, G::Mend, ("select", "select the one before")),
    row(A::First, "first", &[Twice('g'), Key(K::Home)], LISTS, G::Mend, ("first", "select the first")),
    row(A::Last, "last", &[Char('G'), Key(K::End)], LISTS, G::Mend, ("last", "select the last")),
    row(A::PageDown, "page-down", &[Key(K::PageDown)], LISTS, G::Mend, ("page", "a page further")),
    row(A::PageUp, "page-up", &[Key(K::PageUp)], LISTS, G::Mend, ("page", "a page back")),
    row(A::Left, "left-list", &[Char('h'), Key(K::Left)], &[Week], G::Mend, ("left", "select the list to the left")),
    row(A::Right, "right-list", &[Char('l'), Key(K::Right)], &[Week], G::Mend, ("right", "select the list to the right")),
    row(A::Lift, "lift", &[Char(' ')], &[Week], G::Mend, ("lift off the beam", "lift it off the beam, then count it as made, then put it back: the week tips, nothing is written")),
    row(A::Open, "open", &[Key(K::Enter)], &[Week], G::Mend, ("open", "open the day, or the blocks it was")),
    row(A::StartEarlier, "start-earlier", &[Char('h'), Key(K::Left)], BLOCKS, G::Mend, ("start", "its start 5 minutes earlier; the neighbour follows")),
    row(A::StartLater, "start-later", &[Char('l'), Key(K::Right)], BLOCKS, G::Mend, ("start", "its start 5 minutes later")),
    row(A::EndEarlier, "end-earlier", &[Char('H'), Shift(K::Left)], BLOCKS, G::Mend, ("end", "its end 5 minutes earlier")),
    row(A::EndLater, "end-later", &[Char('L'), Shift(K::Right)], BLOCKS, G::Mend, ("end", "its end 5 minutes later")),
    row(A::Edit, "edit", &[Key(K::Enter), Char('e')], BLOCKS, G::Mend, ("edit", "change it in a form; of a gap, say what it was")),
    row(A::EditDay, "edit-day", &[Char('E')], BLOCKS, G::Mend, ("editor", "the day as text in your editor")),
    row(A::Turn, "turn", &[Char('t')], BLOCKS, G::Mend, ("turn", "turn its kind: taken in, shaped, made, off")),
    row(A::Split, "split", &[Char('S')], BLOCKS, G::Mend, ("split", "split it in the middle")),
    row(A::Remove, "remove", &[Char('d'), Key(K::Delete)], BLOCKS, G::Mend, ("remove", "take it out")),
    row(A::Confirm, "confirm", &[Char('a')], &[Day], G::Mend, ("confirm", "two ran at once: write down the end that is assumed")),
    row(A::Undo, "undo", &[Char('u')], SCREENS, G::Mend, ("undo", "take back the newest change")),
    row(A::Redo, "redo", &[Char('U'), Ctrl('r')], SCREENS, G::Mend, ("redo", "do again what was taken back")),

    row(A::Before, "before", &[Char(',')], &[Day, Week], G::Go, ("earlier, later", "the day before, or the week")),
    row(A::After, "after", &[Char('.')], &[Day, Week], G::Go, ("after", "the day after, or the week")),
    row(A::Before, "week-before", &[Key(K::Left), Char('h'), Char(',')], &[Trend], G::Go, ("weeks", "choose the week before")),
    row(A::After, "week-after", &[Key(K::Right), Char('l'), Char('.')], &[Trend], G::Go, ("after", "choose the week after")),
    row(A::Open, "open-week", &[Key(K::Enter)], &[Trend], G::Go, ("that week", "open the week that is chosen")),
    row(A::Today, "today", &[Char('0')], SCREENS, G::Go, ("today", "today")),
    row(A::GoDate, "date", &[Char('f')], SCREENS, G::Go, ("find a date", "go to a date, or the week of one: mon, 20 nov, w48")),
    row(A::NextScreen, "next-screen", &[Key(K::Tab)], SCREENS, G::Go, ("next", "the next screen")),
    row(A::PreviousScreen, "previous-screen", &[Key(K::BackTab)], SCREENS, G::Go, ("previous", "the screen before")),
    row(A::GoDay, "day", &[Char('D')], SCREENS, G::Go, ("day", "the day")),
    row(A::GoWeek, "week", &[Char('W')], SCREENS, G::Go, ("week", "the week")),
    row(A::GoTrend, "trend", &[Char('T')], SCREENS, G::Go, ("trend", "the weeks one after another")),
    row(A::GoJournal, "journal", &[Char('J')], SCREENS, G::Go, ("journal", "all blocks")),
    row(A::Search, "search", &[Char('/')], SCREENS, G::Go, ("search", "search all blocks: words, +tags, notes, kinds")),

    row(A::Lens, "lens", &[Char('v')], SCREENS, G::See, ("shaping", "count shaping as creation, or set it apart")),
    row(A::Fold, "fold", &[Char('z')], SCREENS, G::See, ("fold", "fold all words away (you share the screen), or unfold them")),
    row(A::Glyphs, "glyphs", &[], SCREENS, G::See, ("ascii", "draw in plain ASCII characters, or in blocks again")),
    row(A::Theme, "theme", &[], SCREENS, G::See, ("theme", "draw in the next theme: other colours, light or dark")),
    row(A::Target, "target", &[], SCREENS, G::See, ("target", "say the share at which the beam is level")),
    row(A::TakeUsual, "take-usual", &[Char('y')], &[Day], G::Line, ("take it", "take what is usual for the target, where that is offered")),
    row(A::Demo, "demo", &[], SCREENS, G::See, ("demo", "look at a made-up quarter; q comes back")),
    row(A::Palette, "palette", &[Char(':')], SCREENS, G::See, ("palette", "find anything by its name")),
    row(A::Help, "keys", &[Char('?')], SCREENS, G::See, ("keys", "all keys")),
    row(A::Close, "close", &[Key(K::Esc)], ANYWHERE, G::See, ("close", "close what is open; never quits")),
    row(A::Quit, "quit", &[Char('q'), Ctrl('c')], SCREENS, G::See, ("quit", "leave; what runs goes on running")),
    row(A::Close, "close-help", &[Char('q'), Char('?'), Ctrl('c')], &[Help], G::Line, ("close", "close the keys")),
    row(A::Close, "close-line", &[Ctrl('c')], LINES, G::Line, ("close", "close it")),
    row(A::Suspend, "suspend", &[Ctrl('z')], ANYWHERE, G::See, ("suspend", "back to the shell; fg comes back")),
    row(A::Redraw, "redraw", &[Ctrl('l')], ANYWHERE, G::See, ("redraw", "draw everything anew")),

    row(A::Accept, "accept", &[Key(K::Enter)], LINES, G::Line, ("take it", "take what was typed")),
    row(A::Complete, "complete", &[Key(K::Tab)], LINES, G::Line, ("complete", "take the completion; then, when it ended")),
    row(A::Turn, "turn-line", &[Key(K::BackTab)], LINES, G::Line, ("turn", "turn the kind of the line")),
    row(A::Next, "next", &[Key(K::Down)], LINES, G::Line, ("choose", "choose the next")),
    row(A::Previous, "previous", &[Key(K::Up)], LINES, G::Line, ("choose", "choose the one before")),
    row(A::Stroke(Stroke::Left), "left", &[Key(K::Left)], LINES, G::Line, ("", "left")),
    row(A::Stroke(Stroke::Right), "right", &[Key(K::Right)], LINES, G::Line, ("", "right")),
    row(A::Stroke(Stroke::WordLeft), "word-left", &[CtrlKey(K::Left)], LINES, G::Line, ("", "a word left")),
    row(A::Stroke(Stroke::WordRight), "word-right", &[CtrlKey(K::Right)], LINES, G::Line, ("", "a word right")),
    row(A::Stroke(Stroke::Start), "line-start", &[Ctrl('a'), Key(K::Home)], LINES, G::Line, ("", "to its start")),
    row(A::Stroke(Stroke::End), "line-end", &[Ctrl('e'), Key(K::End)], LINES, G::Line, ("", "to its end")),
    row(A::Stroke(Stroke::DeleteBack), "delete-back", &[Key(K::Backspace), Ctrl('h')], LINES, G::Line, ("", "delete before")),
    row(A::Stroke(Stroke::DeleteForward), "delete-forward", &[Key(K::Delete)], LINES, G::Line, ("", "delete after")),
    row(A::Stroke(Stroke::DeleteWord), "delete-word", &[Ctrl('w'), CtrlKey(K::Backspace)], LINES, G::Line, ("", "delete the word before")),
    row(A::Stroke(Stroke::DeleteToStart), "delete-to-start", &[Ctrl('u')], LINES, G::Line, ("", "delete all before")),
];

/// Returns the row of an action, the first that a context has.
pub fn binding(context: Context, action: Action) -> Option<&'static Binding> {
    BINDINGS.iter().find(|binding| binding.action == action && binding.contexts.contains(&context))
}

/// Returns what the footer of a context offers, the most useful first; the keys last.
pub fn footer(context: Context) -> &'static [Action] {
    match context {
        Day => &[
            A::Now,
            A::CatchUp,
            A::StopOrAgain,
            A::Back,
            A::Off,
            A::Tick,
            A::Undo,
            A::Up,
            A::Create,
            A::Shape,
            A::TakeIn,
            A::Help,
        ],
        Week => &[A::Lift, A::Open, A::Before, A::Lens, A::GoDate, A::Today, A::Now, A::GoDay, A::Help],
        Trend => &[A::Before, A::Open, A::Down, A::Lens, A::Now, A::GoDay, A::Help],
        Journal => &[A::Search, A::Edit, A::Turn, A::Split, A::Remove, A::Undo, A::GoDay, A::Help],
        Begin | Sparks => &[A::Accept, A::Next, A::Complete, A::Turn, A::Close],
        CatchUp => &[A::Accept, A::Complete, A::Turn, A::Previous, A::Close],
        Form => &[A::Accept, A::Next, A::Turn, A::Close],
        Finder => &[A::Accept, A::Next, A::Close],
        Help => &[A::Down, A::Close],
    }
}

/// What the footer offers while something is lifted off the week's beam.
pub const LIFTED: &[Action] = &[A::Lift, A::Close, A::Open, A::Before, A::Lens, A::Help];

/// What the footer offers while the blocks of an entry of the week are shown.
pub const OPENED: &[Action] = &[A::Open, A::Lift, A::Close, A::Help];

/// Returns what the footer offers for a block that was selected.
pub const SELECTED: &[Action] =
    &[A::Turn, A::Split, A::StartEarlier, A::EndEarlier, A::Edit, A::Remove, A::Undo, A::Help];
