//! How the fields of a block are drawn.

use ratatui::layout::{Position, Rect};

use super::super::line::Line;
use super::super::stage::{Hit, Stage, below, cells, right_of};
use super::super::widget::{self, field, marker};
use super::super::world::World;
use super::read::{Read, length};
use super::{Field, Form};
use crate::beam::row::width;
use crate::beam::{Role, Row, kinds};
use crate::domain::{Ends, Kind};
use crate::report::{Words, words};

/// Where the values stand, counted from the left; a narrower pane has no labels.
const VALUES: u16 = 15;
/// From this width on there are labels.
const LABELLED: u16 = 24;
/// A time takes no more, with a space for the cursor, unless it is said with its day.
const TIME: u16 = 6;
/// What is said below takes at most so many rows,
const SAID: usize = 3;
/// and stands below its value where there it has so many columns, else from the left on.
const SAID_COLUMNS: u16 = 40;

/// A row of the form.
enum Piece {
    Title,
    Empty,
    /// A field, and what stands beside its value.
    Field(Field, Row),
    /// What is said of the field above.
    Said(Row),
}

impl Form {
    /// Draws the fields, each with what is wrong with it; where not all fit, those around
    /// the one that is typed in.
    pub fn draw(&self, stage: &mut Stage<'_>, area: Rect, world: &World) {
        let read = self.read(world);
        let trouble = read.trouble.as_ref().map(widget::failure);
        let trouble = trouble.map(|row| widget::wrapped(&row, area.width, SAID)).unwrap_or_default();
        let rows = u16::try_from(trouble.len()).unwrap_or_default();
        // Two fields are worth more than the second row of what is wrong.
        let rows = rows.min(area.height.saturating_sub(1).div_ceil(2));
        let fields = Rect { height: area.height - rows, ..area };
        let mut place = fields;
        for piece in self.seen(&read, fields, world) {
            self.draw_piece(stage, place, &piece, world);
            place = below(place, 1);
        }
        let after = Rect { height: rows, ..below(area, place.y - area.y) };
        stage.rows(after, &trouble);
    }

    /// Returns the rows that there is room for; the field that is typed in is among them,
    /// and so is what is said of it.
    fn seen(&self, read: &Read, area: Rect, world: &World) -> Vec<Piece> {
        let mut pieces: Vec<Piece> =
            Field::ALL.into_iter().flat_map(|field| self.pieces(field, read, area, world)).collect();
        let room = usize::from(area.height);
        if room > pieces.len() {
            let head = if room > pieces.len() + 1 { vec![Piece::Title, Piece::Empty] } else { vec![Piece::Title] };
            pieces.splice(..0, head);
        }
        let is_focused = |piece: &Piece| matches!(piece, Piece::Field(field, _) if *field == self.focus);
        let at = pieces.iter().position(is_focused).unwrap_or_default();
        let said = pieces.iter().skip(at + 1).take_while(|piece| matches!(piece, Piece::Said(_))).count();
        let from = (at + 1 + said).saturating_sub(room).min(at);
        pieces.into_iter().skip(from).take(room).collect()
    }

    /// Returns the rows of a field: what is wrong stands beside the value, or below it
    /// where it is too long for that.
    fn pieces(&self, field: Field, read: &Read, area: Rect, world: &World) -> Vec<Piece> {
        let (said, must_be_read) = self.said(field, read, world);
        let room = usize::from(area.width.saturating_sub(values(area)));
        let value = self.value(field, world).map_or_else(|| self.kind_row(world).width(), |line| width(line.text()));
        if value + 2 + said.width() <= room || area.height == 1 || !must_be_read {
            return vec![Piece::Field(field, said)];
        }
        let below = widget::wrapped(&said, right_of(area, said_from(area)).width, SAID);
        let rows = below.into_iter().map(Piece::Said);
        std::iter::once(Piece::Field(field, Row::new())).chain(rows).collect()
    }

    /// Returns what is said of a field, and whether it may not be left out.
    fn said(&self, field: Field, read: &Read, world: &World) -> (Row, bool) {
        if let Some((_, failure)) = read.wrong.iter().find(|(wrong, _)| *wrong == field) {
            return (widget::failure(failure), true);
        }
        let mut said: Vec<String> = self.hint(field, read, world).into_iter().collect();
        let remarks = read.remarks.iter().filter(|(about, _)| *about == field);
        said.extend(remarks.map(|(_, remark)| remark.clone()));
        let must_be_read = read.remarks.iter().any(|(about, _)| *about == field);
        (Row::new().with(said.join("  "), Role::Faint), must_be_read)
    }

    /// Returns what helps to read a field, or to fill it in.
    fn hint(&self, field: Field, read: &Read, world: &World) -> Option<String> {
        let look = world.look(200);
        let is_focused = field == self.focus;
        let is_empty = self.line(field).is_some_and(|typed| typed.line.is_empty());
        match field {
            Field::Start => read.mend.start.map(|start| words::moment(start, &look)),
            Field::End if is_empty => Some(self.not_ended(world)),
            Field::End => {
                let end = read.mend.end.map(|end| words::moment(end, &look));
                let parts: Vec<String> = end.into_iter().chain(length(read)).collect();
                Some(parts.join("  "))
            }
            Field::Kind if is_focused => {
                let letters = Kind::ALL.map(|kind| format!("{} {}", kind.letter(), kind.done()));
                Some(letters.join("  "))
            }
            Field::Tags if is_focused && is_empty => Some("+team +q4".to_owned()),
            Field::Interrupted if is_empty => Some("never".to_owned()),
            _ => None,
        }
    }

    /// Returns what there is instead of an end.
    fn not_ended(&self, world: &World) -> String {
        let running = || words::running(world.ledger.now() - self.block.began());
        match world.ledger.get(self.block.id).map(|block| world.ledger.ends(block)) {
            Some(Ends::Running) => format!("still runs  {}", running()),
            Some(Ends::At(next)) => format!("until the next began, {}", words::moment(next, &world.look(200))),
            Some(Ends::Forgotten) | None => "nobody has said when".to_owned(),
        }
    }

    fn draw_piece(&self, stage: &mut Stage<'_>, area: Rect, piece: &Piece, world: &World) {
        match piece {
            Piece::Title => stage.row(area, &self.title(world)),
            Piece::Empty => {}
            Piece::Field(field, said) => self.draw_field(stage, area, *field, said, world),
            Piece::Said(row) => stage.row(right_of(area, said_from(area)), row),
        }
    }

    /// Returns which block this is, as it was when the form was opened.
    fn title(&self, world: &World) -> Row {
        let (block, glyphs) = (&self.block, world.setting.glyphs);
        let mut row =
            Row::new().with("  ", Role::Plain).with(kinds::glyph(block.kind, glyphs), kinds::role(block.kind));
        row.push(format!(" {}", world.words(&block.activity)), Role::Strong);
        // Of a block without an end, the field says until when it lasts.
        let when = match block.end {
            Some(_) => words::range(block.start, block.end, &world.look(200)),
            None => format!("since {}", words::moment(block.start, &world.look(200))),
        };
        row.with(format!("  {when}"), Role::Plain)
    }

    fn draw_field(&self, stage: &mut Stage<'_>, area: Rect, of: Field, said: &Row, world: &World) {
        let is_focused = of == self.focus;
        let mut label = marker(is_focused, stage.glyphs());
        if values(area) == VALUES {
            label.push(of.label(), Role::Faint);
        }
        stage.row(area, &label);
        let place = right_of(area, values(area));
        let taken = match self.value(of, world) {
            Some(line) => draw_line(stage, place, &line, is_focused, said),
            None => self.draw_kind(stage, place, is_focused, world),
        };
        stage.row(right_of(place, taken), said);
        let at = Field::ALL.iter().position(|field| *field == of).unwrap_or_default();
        stage.hit(Rect { height: 1.min(area.height), ..area }, Hit::Field(at));
    }

    /// Draws the kind; returns where something may stand beside it.
    fn draw_kind(&self, stage: &mut Stage<'_>, area: Rect, is_focused: bool, world: &World) -> u16 {
        let row = self.kind_row(world);
        stage.row(area, &row);
        if is_focused && !area.is_empty() {
            stage.cursor = Some(Position::new(area.x, area.y));
        }
        cells(&row) + 2
    }

    fn kind_row(&self, world: &World) -> Row {
        let glyph = kinds::glyph(self.kind, world.setting.glyphs);
        Row::new().with(glyph, kinds::role(self.kind)).with(format!(" {}", self.kind.done()), Role::Strong)
    }

    /// Returns the line of a field as it is shown: where words are folded away, only what
    /// is being typed. The kind has none.
    fn value(&self, field: Field, world: &World) -> Option<Line> {
        let typed = self.line(field)?;
        let is_shown = world.setting.words == Words::Shown || !field.is_words();
        let is_typed = field == self.focus && typed.is_changed();
        if is_shown || is_typed || typed.line.is_empty() {
            return Some(typed.line.clone());
        }
        Some(Line::of(world.setting.glyphs.pick("···", "...")))
    }
}

/// Draws a line, with a cursor if it is the one that is typed in; returns where something
/// may stand beside it.
fn draw_line(stage: &mut Stage<'_>, area: Rect, line: &Line, is_focused: bool, beside: &Row) -> u16 {
    if line.is_empty() && !is_focused {
        return 0;
    }
    let whole = u16::try_from(width(line.text())).unwrap_or(u16::MAX).saturating_add(1);
    let room = area.width.saturating_sub(whole).saturating_sub(1);
    // In one row both must be seen: then the line has half, or as much as a time takes.
    let most = if cells(beside) <= room { area.width } else { (area.width / 2).max(TIME) };
    let area = Rect { width: whole.min(most).min(area.width), ..area };
    if is_focused {
        field(stage, area, "", line);
    } else {
        stage.row(area, &Row::new().with(line.text(), Role::Strong));
    }
    area.width + 1
}

/// Returns where values stand in an area.
fn values(area: Rect) -> u16 {
    if area.width >= LABELLED { VALUES } else { 2.min(area.width) }
}

/// Returns where what is said of a field stands below it.
fn said_from(area: Rect) -> u16 {
    if area.width >= VALUES + SAID_COLUMNS { VALUES } else { 2.min(area.width) }
}
