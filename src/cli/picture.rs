//! Pictures and pages, made where the thing is looked at: `day`, `week` and `trend` with
//! `--svg`, `--html` or `--md`.

use std::path::PathBuf;

use clap::Args;

use super::desk::Desk;
use super::file::to_file;
use crate::failure::Failure;
use crate::journal::{Notice, Reading};
use crate::picture::{Form, Paper, Show};
use crate::text::terminal_safe;

// As what a day, a week or a trend is written. (Not a doc comment: clap would say it of
// every command that takes these flags.)
#[derive(Args, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is typed")]
pub(super) struct Pictures {
    /// Make a picture of it: an SVG
    #[arg(long, group = "form", conflicts_with = "json")]
    svg: bool,
    /// Make a page of it: one HTML file with the picture and the numbers
    #[arg(long, group = "form", conflicts_with = "json")]
    html: bool,
    /// Make it Markdown, to paste
    #[arg(long, group = "form", conflicts_with = "json")]
    md: bool,
    /// The file to write it to; without one, it is printed
    #[arg(short, long, value_name = "FILE", requires = "form")]
    output: Option<PathBuf>,
    /// Leave out of it what was noted
    #[arg(long, requires = "form")]
    no_notes: bool,
    /// Leave out of it all that was written: activities, tags, notes, why days are off
    #[arg(long, requires = "form")]
    no_names: bool,
}

impl Pictures {
    /// Returns as what it is wanted, if not as lines.
    pub(super) fn form(&self) -> Option<Form> {
        let forms = [(self.svg, Form::Svg), (self.html, Form::Html), (self.md, Form::Markdown)];
        forms.into_iter().find_map(|(wanted, form)| wanted.then_some(form))
    }

    /// Makes it with `draw` and writes it where it was wanted.
    pub(super) fn write(
        &self,
        desk: &Desk<'_>,
        reading: &Reading,
        draw: impl FnOnce(&Paper<'_>) -> String,
    ) -> Result<(), Failure> {
        let document = draw(&self.paper(desk, reading));
        let Some(path) = self.output.as_ref().filter(|path| path.as_os_str() != "-") else {
            return desk.out.text(&document);
        };
        to_file(path, |file| file.write_all(document.as_bytes()))?;
        desk.out.line(&format!("wrote {}", terminal_safe(&path.to_string_lossy())))
    }

    fn paper<'d>(&self, desk: &'d Desk<'_>, reading: &'d Reading) -> Paper<'d> {
        let show = match (self.no_names, self.no_notes) {
            (true, _) => Show::WithoutNames,
            (false, true) => Show::WithoutNotes,
            (false, false) => Show::All,
        };
        let missing = reading.notices.iter().filter(|notice| hides_something(notice)).count();
        Paper {
            look: desk.silent.look(WIDTH),
            show,
            missing: missing + reading.ledger.forgotten().count(),
            thoughts: &reading.reflections,
        }
    }
}

/// How wide the picture in characters is, wherever it is made.
const WIDTH: usize = 80;

/// Whether something that is in the journal is not on the page.
fn hides_something(notice: &Notice) -> bool {
    match notice {
        Notice::UnreadableLine { .. }
        | Notice::UnreadableFile { .. }
        | Notice::NewerFormat { .. }
        | Notice::Ahead { .. } => true,
        Notice::Misplaced { .. }
        | Notice::CopyHoldsMore { .. }
        | Notice::OwnReplaced { .. }
        | Notice::StampAhead { .. } => false,
    }
}
