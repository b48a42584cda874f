//! How a command speaks: to people on a terminal, plain when piped, JSON when asked.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use super::paint::painted;
use crate::beam::{Glyphs, Role, Row};
use crate::failure::{Failure, in_words};
use crate::theme::{Depth, Place, Theme, Themes};

/// Where output goes, and how wide and colourful it may be.
pub(super) struct Out {
    /// How many colours there are where answers go, and where all else goes.
    depths: [Depth; 2],
    /// How what is printed looks, in both places; `None` without colours.
    themes: Cell<[Option<Theme>; 2]>,
    width: usize,
    /// Whether a person reads what is printed.
    terminal: bool,
    /// Which characters sentences have for their dashes; known once the settings are.
    glyphs: Cell<Glyphs>,
    streams: Streams,
}

/// Whether somebody reads what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Reads,
    Gone,
}

/// Where what is printed and what is said besides goes.
enum Streams {
    /// To the standard streams.
    Standard,
    /// Nowhere: it is kept.
    #[cfg(test)]
    Kept(std::cell::RefCell<Kept>),
}

/// What was printed, and said besides.
#[cfg(test)]
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) printed: String,
    pub(super) said: String,
}

/// How wide text is where nobody tells.
const USUAL_WIDTH: usize = 80;

impl Out {
    /// Looks where the standard streams lead.
    pub(super) fn new() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured =
            || if terminal { crossterm::terminal::size().ok().map(|(columns, _)| columns.into()) } else { None };
        let depths = [depth(&stdout), depth(&io::stderr())];
        Self {
            depths,
            themes: Cell::new(depths.map(|depth| Themes::new(depth).printed())),
            width: measured().or(columns).filter(|&width| width > 0).unwrap_or(USUAL_WIDTH),
            terminal,
            glyphs: Cell::new(Glyphs::Unicode),
            streams: Streams::Standard,
        }
    }

    /// Returns one that keeps what it is given, and is no terminal.
    #[cfg(test)]
    pub(super) fn kept() -> Self {
        let (glyphs, streams) = (Cell::new(Glyphs::Unicode), Streams::Kept(std::cell::RefCell::default()));
        let (depths, themes) = ([Depth::None; 2], Cell::default());
        Self { depths, themes, width: USUAL_WIDTH, terminal: false, glyphs, streams }
    }

    /// Returns what was printed and said so far.
    #[cfg(test)]
    pub(super) fn so_far(&self) -> Kept {
        match &self.streams {
            Streams::Standard => Kept::default(),
            Streams::Kept(kept) => kept.borrow().clone(),
        }
    }

    /// Draws what follows with these characters.
    pub(super) fn draw_with(&self, glyphs: Glyphs) {
        self.glyphs.set(glyphs);
    }

    /// Colours what follows by the theme that is chosen.
    pub(super) fn colour_by(&self, themes: &Themes) {
        self.themes.set(self.depths.map(|depth| themes.at(depth).printed()));
    }

    /// Returns how many colours there are where answers go.
    pub(super) fn depth(&self) -> Depth {
        let [answers, _] = self.depths;
        answers
    }

    /// Returns a row as it is written where answers go.
    pub(super) fn painted(&self, row: &Row) -> String {
        let [answers, _] = self.themes.get();
        self.drawn(painted(row, answers.as_ref()).trim_end_matches(' ')).into_owned()
    }

    /// Returns a row as it is written where all else goes.
    fn painted_besides(&self, row: &Row) -> String {
        let [_, besides] = self.themes.get();
        painted(row, besides.as_ref())
    }

    /// Returns a line with the dashes and dots that there are.
    fn drawn<'t>(&self, line: &'t str) -> Cow<'t, str> {
        match self.glyphs.get() {
            Glyphs::Unicode => line.into(),
            Glyphs::Ascii => line.replace('–', "-").replace('…', "~").into(),
        }
    }

    /// Returns how many cells a line may take.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether there is a terminal at both ends that can show more than lines.
    pub(super) fn can_show_pane(&self) -> bool {
        self.can_ask() && std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb")
    }

    /// Whether there is a person at both ends who can be asked.
    pub(super) fn can_ask(&self) -> bool {
        self.terminal && io::stdin().is_terminal()
    }

    /// Prints rows.
    pub(super) fn rows(&self, rows: &[Row]) -> Result<(), Failure> {
        let mut text: String = String::new();
        for row in rows {
            text.push_str(&self.painted(row));
            text.push('\n');
        }
        self.text(&text)
    }

    /// Prints one row.
    pub(super) fn row(&self, row: &Row) -> Result<(), Failure> {
        self.rows(std::slice::from_ref(row))
    }

    /// Prints a line.
    pub(super) fn line(&self, line: &str) -> Result<(), Failure> {
        self.text(&format!("{line}\n"))
    }

    /// Prints a document for programs.
    pub(super) fn json(&self, document: &str) -> Result<(), Failure> {
        self.line(document)
    }

    /// Prints text as it is. A reader that has gone is no failure.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        self.written(|to| to.write_all(text.as_bytes()).and_then(|()| to.flush()))
    }

    /// Prints a line at once, and says whether somebody reads on.
    pub(super) fn line_to_reader(&self, line: &str) -> Result<Reader, Failure> {
        match &self.streams {
            Streams::Standard => {
                let mut to = io::stdout().lock();
                match to.write_all(format!("{line}\n").as_bytes()).and_then(|()| to.flush()) {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
                    other => told(other).map(|()| Reader::Reads),
                }
            }
            #[cfg(test)]
            Streams::Kept(_) => self.line(line).map(|()| Reader::Reads),
        }
    }

    /// Prints what `write` writes, as it comes.
    pub(super) fn written(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match &self.streams {
            Streams::Standard => told(write(&mut io::stdout().lock())),
            #[cfg(test)]
            Streams::Kept(kept) => {
                let mut bytes = Vec::new();
                let written = told(write(&mut bytes));
                kept.borrow_mut().printed.push_str(&String::from_utf8_lossy(&bytes));
                written
            }
        }
    }

    /// Says a line on the other stream. Nobody is left to tell where this fails.
    fn say(&self, text: &str) {
        match &self.streams {
            Streams::Standard => drop(io::stderr().lock().write_all(text.as_bytes())),
            #[cfg(test)]
            Streams::Kept(kept) => kept.borrow_mut().said.push_str(text),
        }
    }

    /// Says something besides the answer: on the other stream, so that pipes stay clean.
    pub(super) fn note(&self, text: &str) {
        let mut line = Row::new();
        line.push("note: ", Role::Strong);
        line.push(text, Role::Plain);
        self.say(&format!("{}\n", self.drawn(&self.painted_besides(&line))));
    }

    /// Says in one line what could not be and why: for what is shown where nobody asked just now.
    pub(super) fn failure_in_short(&self, failure: &Failure) {
        self.failure(&Failure { hints: Vec::new(), ..failure.clone() });
    }

    /// Says what could not be, why, and what now.
    pub(super) fn failure(&self, failure: &Failure) {
        let mut text = String::new();
        let messages =
            std::iter::once(("error: ", &failure.message)).chain(failure.hints.iter().map(|hint| ("hint: ", hint)));
        for (label, message) in messages {
            let labels = std::iter::once(label).chain(std::iter::repeat(""));
            for (label, line) in labels.zip(message.lines()) {
                let row = Row::new().with(label, Role::Strong).with(line, Role::Plain);
                text.push_str(&self.drawn(&self.painted_besides(&row)));
                text.push('\n');
            }
        }
        self.say(&text);
    }
}

/// Returns how many colours there are where a stream leads.
fn depth(stream: &impl IsTerminal) -> Depth {
    let place = if stream.is_terminal() { Place::Terminal } else { Place::Elsewhere };
    Depth::of(place, |name| std::env::var_os(name))
}

/// Turns a failure to print into one for a person; a closed pipe is success.
pub(super) fn told(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::environment(format!("cannot print: {}", in_words(&error)))
                .hint("a change that was asked for is saved all the same: tiltmeter history shows it"))
        }
        _ => Ok(()),
    }
}
